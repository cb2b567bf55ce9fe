//! The steps that no worker has taken yet, under one budget of memory. Layer: `runner`.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::plan::Step;

/// Hands out steps in order. A step waits until its memory fits beside that of the open ones; one above the whole budget
/// waits until it is alone.
pub(super) struct Queue {
    budget_kib: u64,
    state: Mutex<State>,
    released: Condvar,
}

#[derive(Default)]
struct State {
    next: usize,
    used_kib: u64,
}

impl Queue {
    pub(super) fn new(budget_kib: u64) -> Self {
        Self { budget_kib, state: Mutex::default(), released: Condvar::new() }
    }

    /// Takes steps, by position, as long as the worker wants the next one and memory allows it.
    pub(super) fn take(&self, steps: &[Step<'_>], wants: &mut dyn FnMut(usize, &Step<'_>) -> bool) {
        let mut state = self.lock();
        while let Some(step) = steps.get(state.next) {
            let memory_kib = memory_kib(step);
            let fits = state.used_kib == 0 || state.used_kib.saturating_add(memory_kib) <= self.budget_kib;
            if !fits || !wants(state.next, step) {
                return;
            }
            state.used_kib = state.used_kib.saturating_add(memory_kib);
            state.next += 1;
        }
    }

    /// Gives a step's memory back.
    pub(super) fn release(&self, step: &Step<'_>) {
        let memory_kib = memory_kib(step);
        if memory_kib > 0 {
            let mut state = self.lock();
            state.used_kib = state.used_kib.saturating_sub(memory_kib);
            self.released.notify_all();
        }
    }

    /// Whether every step was taken.
    pub(super) fn is_empty(&self, steps: &[Step<'_>]) -> bool {
        self.lock().next >= steps.len()
    }

    /// Waits until memory was given back, at most so long.
    pub(super) fn wait(&self, at_most: Duration) {
        let state = self.lock();
        drop(self.released.wait_timeout(state, at_most));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn memory_kib(step: &Step<'_>) -> u64 {
    step.work.map_or(0, |work| work.memory_kib)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{Kdf, Work};
    use vectors::{Fields, operation};

    fn take(queue: &Queue, steps: &[Step<'_>]) -> Vec<usize> {
        let mut taken = Vec::new();
        queue.take(steps, &mut |at, _| {
            taken.push(at);
            true
        });
        taken
    }

    /// Parallel derivations must not add up to more memory than the machine was promised to lose.
    #[test]
    fn open_steps_stay_within_the_memory_budget() {
        let input = Fields::new();
        let step = |memory_kib| Step {
            entry: 0,
            operation: &operation::OPERATIONS[0],
            input: &input,
            work: Some(Work { kdf: Kdf::Argon2, units: 1, memory_kib }),
        };
        let steps = [step(60), step(40), step(1), step(500), step(0), step(u64::MAX)];
        let queue = Queue::new(100);
        assert_eq!(take(&queue, &steps), [0, 1]);
        queue.release(&steps[0]);
        assert_eq!(take(&queue, &steps), [2]);
        queue.release(&steps[1]);
        assert_eq!(take(&queue, &steps), [0_usize; 0], "a step above the budget waits until it is alone");
        queue.release(&steps[2]);
        assert_eq!(take(&queue, &steps), [3]);
        queue.release(&steps[3]);
        assert_eq!(take(&queue, &steps), [4, 5]);
        assert!(queue.is_empty(&steps));
    }
}
