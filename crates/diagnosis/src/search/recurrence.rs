//! What salts and nonces have in common from case to case: it tells bad generators apart that no single case does.
//!
//! In: guesses that explain the same cases equally well. Out: those whose draws recur as the port's do. Layer: `diagnosis`;
//! pure.

use super::pool::Pool;
use crate::{Exhibit, Mutant};
use conformance::port::Mismatch;

/// Cases that are compared with each other.
const CASES_MAX: usize = 24;

/// What was drawn for a case, by member.
type Drawn = Vec<(&'static str, Vec<u8>)>;

/// Of guesses in an order those whose draws for these cases are most like the port's: equal where its are, and zero.
pub(super) fn most_alike(pool: &Pool<'_, '_, '_>, guesses: Vec<usize>, cases: &[usize]) -> Vec<usize> {
    let is_stale =
        |exhibit: &&Exhibit<'_>| exhibit.found.as_ref().is_some_and(|found| found.mismatch == Mismatch::NotFresh);
    let exhibits: Vec<_> = cases.iter().map(|at| pool.exhibit(*at)).filter(is_stale).take(CASES_MAX).collect();
    if guesses.len() < 2 || exhibits.len() < 2 {
        return guesses;
    }
    let drew: Vec<Drawn> = exhibits.iter().map(|exhibit| exhibit.drew()).collect();
    let unlikeness: Vec<usize> =
        guesses.iter().map(|guess| pool.with_port(*guess, |port| unlike(&exhibits, &drew, port))).collect();
    let least = unlikeness.iter().min().copied().unwrap_or_default();
    guesses.into_iter().zip(unlikeness).filter(|(_, unlike)| *unlike == least).map(|(guess, _)| guess).collect()
}

/// In how many pairs of cases, and zero bytes of single ones, a guess draws otherwise than the port did.
fn unlike(exhibits: &[&Exhibit<'_>], drew: &[Drawn], port: &Mutant<'_>) -> usize {
    let would: Vec<Drawn> = exhibits.iter().map(|exhibit| exhibit.would_draw(port)).collect();
    let pairs = (0..drew.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let recur = |of: &[Drawn], (one, other): (usize, usize)| {
        of[one].iter().zip(&of[other]).map(|(one, other)| one == other).collect::<Vec<_>>()
    };
    let operation = |at: usize| exhibits[at].operation().name;
    let comparable = |(one, other): &(usize, usize)| operation(*one) == operation(*other);
    let recurrences = pairs.filter(comparable).filter(|pair| recur(drew, *pair) != recur(&would, *pair)).count();
    let zeros = |drawn: &Drawn| -> Vec<bool> {
        drawn.iter().flat_map(|(_, value)| value.iter().map(|byte| *byte == 0)).collect()
    };
    let differ = |(one, other): (&Drawn, &Drawn)| {
        zeros(one).iter().zip(zeros(other)).filter(|(one, other)| **one != *other).count()
    };
    recurrences + drew.iter().zip(&would).map(differ).sum::<usize>()
}
