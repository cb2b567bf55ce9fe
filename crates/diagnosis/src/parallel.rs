//! Work that does not hang together, on all cores. Layer: `diagnosis`; threads.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

/// Cores that are used at most.
const THREADS_MAX: usize = 8;

/// Hands out 0, 1, 2, … to all cores until each got a `Break`; the work itself knows when there is no more.
pub(super) fn in_parallel(work: impl Fn(usize) -> ControlFlow<()> + Sync) {
    on_threads(available_parallelism().map_or(1, usize::from).min(THREADS_MAX), work);
}

/// The same on so many threads.
pub(super) fn on_threads(threads: usize, work: impl Fn(usize) -> ControlFlow<()> + Sync) {
    let next = AtomicUsize::new(0);
    let take = || while work(next.fetch_add(1, Ordering::Relaxed)).is_continue() {};
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(take);
        }
        take();
    });
}
