//! Two mistakes at once, neither of which explains anything alone.

use super::pool::Pool;
use crate::Hypothesis;
use crate::evidence::Fit;

/// Open cases that pairs are held against.
const CASES: usize = 3;

/// The pairs that give the port's own wrong bytes for an open case, the first case with such a pair.
pub(super) fn found(pool: &Pool<'_, '_, '_>, open: &[usize]) -> Vec<Hypothesis> {
    let mut operations = Vec::new();
    for at in pool.cheapest(open) {
        let operation = pool.exhibit(at).operation().name;
        if operations.iter().filter(|known| **known == operation).count() >= CASES {
            continue;
        }
        operations.push(operation);
        let found = of(pool, at);
        if !found.is_empty() || pool.watch().is_over() {
            return found;
        }
    }
    Vec::new()
}

/// The pairs that give the port's own wrong bytes for this case. Only those mistakes can be one of two that change the
/// answer by themselves. One of the two has a name; the other may be a changed value.
fn of(pool: &Pool<'_, '_, '_>, at: usize) -> Vec<Hypothesis> {
    let everywhere =
        pool.differing(at).into_iter().map(|guess| pool.hypothesis(guess)).filter(|one| one.within.is_none());
    let (named, changed): (Vec<_>, Vec<_>) = everywhere.partition(|one| one.edits.is_empty());
    let seconds = |position: usize| named[position + 1..].iter();
    let both_named =
        named.iter().enumerate().flat_map(|(position, one)| seconds(position).map(move |other| (one, other)));
    let found = giving(pool, at, both_named);
    if !found.is_empty() {
        return found;
    }
    giving(pool, at, named.iter().flat_map(|one| changed.iter().map(move |other| (one, other))))
}

fn giving<'h>(
    pool: &Pool<'_, '_, '_>,
    at: usize,
    pairs: impl Iterator<Item = (&'h Hypothesis, &'h Hypothesis)>,
) -> Vec<Hypothesis> {
    let mut found = Vec::new();
    for (one, other) in pairs {
        if pool.watch().is_over() {
            break;
        }
        let pair = one.and(other);
        if pool.exhibit(at).fit(&pair.port(pool.derivations())) == Fit::Reproduces {
            found.push(pair);
        }
    }
    found
}
