//! The smallest recipe that still shows a disagreement. Layer: `fuzzing`; asks through a closure.

use std::collections::HashSet;

use super::recipe::Recipe;

/// Makes a recipe smaller as long as `shows` says that the same is seen, with so many questions at the most.
pub fn shrink(recipe: &Recipe, requests_max: u32, shows: &mut dyn FnMut(&Recipe) -> bool) -> Recipe {
    let (mut smallest, mut left) = (recipe.clone(), requests_max);
    let mut tried = HashSet::from([recipe.clone()]);
    'smaller: loop {
        for candidate in smallest.simpler() {
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
    use crate::fuzzing::recipe::Change;

    fn recipe(bits: &[usize]) -> Recipe {
        let flip = |bit: &usize| Change::Flip { member: "record".to_owned(), bit: *bit };
        Recipe { base: "a/b/1".to_owned(), changes: bits.iter().map(flip).collect() }
    }

    fn holds(recipe: &Recipe, bit: usize) -> bool {
        recipe.changes.contains(&Change::Flip { member: "record".to_owned(), bit })
    }

    /// A class is named after its smallest recipe; one that keeps what does not matter would be a class of its own each time.
    #[test]
    fn only_what_matters_is_left() {
        let smallest = shrink(&recipe(&[1, 2, 3, 4]), 64, &mut |recipe| holds(recipe, 3));
        assert!(smallest.changes.len() == 1 && holds(&smallest, 3), "{smallest:?}");
        let pair = shrink(&recipe(&[1, 2, 3, 4]), 64, &mut |recipe| holds(recipe, 1) && holds(recipe, 4));
        assert_eq!(pair.changes.len(), 2);
    }

    /// A port that takes a second for each question must not be asked without end.
    #[test]
    fn the_questions_are_bounded() {
        let mut asked = 0;
        shrink(&recipe(&[1, 2, 3, 4, 5, 6, 7, 8]), 5, &mut |_| {
            asked += 1;
            false
        });
        assert_eq!(asked, 5);
    }
}
