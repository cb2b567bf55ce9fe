//! The smallest recipe that still shows a disagreement. Layer: `fuzzing`; asks through a closure.

use std::collections::HashSet;
use std::hash::Hash;

/// Makes something smaller as long as `shows` says that the same is seen, with so many questions at the most. `simpler` gives
/// what is smaller by one step, the smallest first.
pub fn shrink<T: Clone + Eq + Hash>(
    found: &T,
    requests_max: u32,
    simpler: &dyn Fn(&T) -> Vec<T>,
    shows: &mut dyn FnMut(&T) -> bool,
) -> T {
    let (mut smallest, mut left) = (found.clone(), requests_max);
    let mut tried = HashSet::from([found.clone()]);
    'smaller: loop {
        for candidate in simpler(&smallest) {
            if !tried.insert(candidate.clone()) {
                continue;
            }
            if left == 0 {
                return smallest;
            }
            left -= 1;
            if shows(&candidate) {
                smallest = candidate;
                continue 'smaller;
            }
        }
        return smallest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each part left out once.
    #[expect(clippy::ptr_arg, reason = "it is handed over as a function of what is shrunk")]
    fn simpler(parts: &Vec<u8>) -> Vec<Vec<u8>> {
        let without =
            |at| parts.iter().enumerate().filter(move |(known, _)| *known != at).map(|(_, part)| *part).collect();
        (0..parts.len()).map(without).collect()
    }

    /// A class is named after its smallest recipe; one that keeps what does not matter would be a class of its own each time.
    #[test]
    fn only_what_matters_is_left() {
        assert_eq!(shrink(&vec![1, 2, 3, 4], 64, &simpler, &mut |parts| parts.contains(&3)), [3]);
        let both = |parts: &Vec<u8>| parts.contains(&1) && parts.contains(&4);
        assert_eq!(shrink(&vec![1, 2, 3, 4], 64, &simpler, &mut |parts| both(parts)), [1, 4]);
    }

    /// A port that takes a second for each question must not be asked without end.
    #[test]
    fn the_questions_are_bounded() {
        let mut asked = 0;
        shrink(&vec![1, 2, 3, 4, 5, 6, 7, 8], 5, &simpler, &mut |_| {
            asked += 1;
            false
        });
        assert_eq!(asked, 5);
    }
}
