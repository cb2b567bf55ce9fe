//! Trying guesses one after the other on all cores, until the time is over.
//!
//! In: guesses with what each of them costs. Out: what came of those that there was time for. Layer: `diagnosis`; pure: the
//! time is told.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use super::Watch;

/// Cores that a sweep uses.
const THREADS_MAX: usize = 8;

/// What a sweep found.
#[derive(Clone, Debug)]
pub struct Swept<T> {
    /// What was found, in the order of the guesses.
    pub found: Vec<T>,
    /// How many guesses were tried.
    pub tried: usize,
    /// Whether all of them were.
    pub complete: bool,
}

/// A guess and what trying it costs, in microseconds as far as it can be told.
pub(super) type Costed<I> = (u64, I);

/// Tries guesses that stand in ascending order of cost; one that would take longer than what is left is not begun.
pub(super) fn sweep<I: Sync, T: Send>(
    guesses: &[Costed<I>],
    watch: Watch<'_>,
    attempt: impl Fn(&I) -> Option<T> + Sync,
) -> Swept<T> {
    let (next, tried, found) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let affordable = |cost_us: u64| (watch.elapsed)().saturating_add(Duration::from_micros(cost_us)) < watch.allowed;
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((_, guess)) = guesses.get(at).filter(|(cost_us, _)| affordable(*cost_us)) else { break };
            if let Some(hit) = attempt(guess) {
                found.lock().unwrap_or_else(PoisonError::into_inner).push((at, hit));
            }
            tried.fetch_add(1, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..available_parallelism().map_or(1, usize::from).min(THREADS_MAX) {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(at, _)| *at);
    let tried = tried.into_inner();
    Swept { found: found.into_iter().map(|(_, hit)| hit).collect(), tried, complete: tried == guesses.len() }
}
