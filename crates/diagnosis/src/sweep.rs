//! Trying guesses one after the other on all cores, until the time is over.
//!
//! In: guesses with what each of them costs. Out: what came of those that there was time for. Layer: `diagnosis`; pure: the
//! time is told.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Watch;
use super::parallel::in_parallel;

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
    let (tried, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let affordable = |cost_us: u64| (watch.elapsed)().saturating_add(Duration::from_micros(cost_us)) < watch.allowed;
    in_parallel(|at| {
        let Some((_, guess)) = guesses.get(at).filter(|(cost_us, _)| affordable(*cost_us)) else {
            return ControlFlow::Break(());
        };
        if let Some(hit) = attempt(guess) {
            found.lock().unwrap_or_else(PoisonError::into_inner).push((at, hit));
        }
        tried.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Continue(())
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by_key(|(at, _)| *at);
    let tried = tried.into_inner();
    Swept { found: found.into_iter().map(|(_, hit)| hit).collect(), tried, complete: tried == guesses.len() }
}
