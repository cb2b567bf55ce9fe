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
/// answer by themselves.
fn of(pool: &Pool<'_, '_, '_>, at: usize) -> Vec<Hypothesis> {
    let (one_of_two, mut found) = (pool.differing(at), Vec::new());
    for (position, first) in one_of_two.iter().enumerate() {
        for second in &one_of_two[position + 1..] {
            if pool.watch().is_over() {
                return found;
            }
            let pair = pool.hypothesis(*first).and(&pool.hypothesis(*second));
            if pool.exhibit(at).fit(&pair.port(pool.derivations())) == Fit::Reproduces {
                found.push(pair);
            }
        }
    }
    found
}
