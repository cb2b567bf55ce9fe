//! How a campaign puts questions: whole batches in windows, single ones alone. What ends the port is found out on the way,
//! before more of its kind is asked.

use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use super::{Campaign, Ending};
use crate::batch::{Batch, Prepared};
use crate::difference::{Comparison, Difference, compare};
use conformance::plan::Step;
use conformance::port::Observed;
use conformance::runner::{Manner, Runner};

/// Between two tellings of how far it is, in questions.
const TOLD_EVERY: usize = 512;

/// What was seen of one question of a batch.
pub(super) enum Sight {
    /// Nothing yet.
    Unasked,
    /// This.
    Seen(Observed),
    /// It ended the port, and is in a class by now.
    Settled,
}

/// Whether an observation differs from the reference's answer in just this way.
pub(super) fn differs_so(prepared: &Prepared, observed: &Observed, difference: Difference) -> bool {
    compared(prepared, observed) == Comparison::Differs(difference)
}

pub(super) fn compared(prepared: &Prepared, observed: &Observed) -> Comparison {
    compare(&prepared.question, &prepared.reference, observed)
}

impl Campaign<'_, '_, '_> {
    /// Asks a batch. A question that ends the port stops the asking until it is understood: all below it are asked first,
    /// then it is made small, and what contains it is not asked any more.
    pub(super) fn ask_batch(&mut self, batch: &Batch) -> Vec<Sight> {
        let mut sights: Vec<Sight> = batch.questions.iter().map(|_| Sight::Unasked).collect();
        loop {
            let fatal = (0..sights.len()).find(|at| is_fatal(&batch.questions[*at], &sights[*at]));
            let end = fatal.unwrap_or(sights.len());
            let todo: Vec<usize> =
                (0..end).filter(|at| self.is_to_be_asked(&batch.questions[*at], &sights[*at])).collect();
            match (todo.is_empty(), fatal) {
                (true, None) => return sights,
                (true, Some(at)) => self.settle(&batch.questions[at], &mut sights[at]),
                (false, _) => self.ask_some(batch, &todo, &mut sights),
            }
            if self.ending.is_some() {
                return sights;
            }
        }
    }

    fn is_to_be_asked(&self, prepared: &Prepared, sight: &Sight) -> bool {
        let operation = prepared.question.operation.name;
        matches!(sight, Sight::Unasked)
            && !self.classes.quarantines(operation, &prepared.family, &prepared.recipe.base, prepared.number)
    }

    /// Asks questions in windows, until one ends the port or the time is over.
    fn ask_some(&mut self, batch: &Batch, todo: &[usize], sights: &mut [Sight]) {
        let steps: Vec<_> = todo.iter().map(|at| step(&batch.questions[*at], *at)).collect();
        let (order, interrupt) = (self.order, self.interrupt);
        let is_over = || interrupt.load(Ordering::Relaxed) || order.until.is_some_and(|until| (order.clock)() >= until);
        let (mut count, mut why) = (0, String::new());
        let (counts, classes, listener) = (&mut self.counts, &self.classes, &mut *self.listener);
        self.runner.ask(&steps, Manner::UntilTrouble, &mut |seen| {
            if let Observed::NotRun { why: reason } = seen.observed {
                why = reason;
                return ControlFlow::Continue(());
            }
            sights[todo[seen.step]] = Sight::Seen(seen.observed);
            count += 1;
            counts.asked += 1;
            if count % TOLD_EVERY == 0 {
                listener.asked(counts, classes);
            }
            if is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if self.is_over() {
            self.ending = Some(self.over());
        } else if count == 0 {
            self.ending = Some(Ending::Exhausted { why });
        }
    }

    /// What is seen when a question is asked with nothing else open.
    pub(super) fn ask_alone(&mut self, prepared: &Prepared) -> Observed {
        let mut observed = Observed::NotRun { why: "there was no answer".to_owned() };
        self.counts.requests += 1;
        self.runner.ask(&[step(prepared, 0)], Manner::OneByOne, &mut |seen| {
            observed = seen.observed;
            ControlFlow::Continue(())
        });
        if let Observed::NotRun { why } = &observed {
            let exhausted = Ending::Exhausted { why: why.clone() };
            self.ending = Some(if self.interrupt.load(Ordering::Relaxed) { Ending::Interrupted } else { exhausted });
        }
        observed
    }

    /// A question that ended the port, with all below it asked: it is asked again and made small, or told as an accident.
    fn settle(&mut self, prepared: &Prepared, sight: &mut Sight) {
        let Sight::Seen(observed) = std::mem::replace(sight, Sight::Settled) else { return };
        let Comparison::Differs(difference) = compared(prepared, &observed) else { return };
        let operation = prepared.question.operation.name;
        if self.classes.quarantines(operation, &prepared.family, &prepared.recipe.base, prepared.number) {
            // It came to an end in the same window as the one that the class was made of.
            *sight = Sight::Unasked;
            return;
        }
        let again = self.ask_alone(prepared);
        if matches!(again, Observed::NotRun { .. }) {
            return;
        }
        if differs_so(prepared, &again, difference) {
            self.classify(prepared, difference, again);
        } else if difference == Difference::TimedOut {
            self.counts.stalls += 1;
            *sight = Sight::Seen(again);
        } else {
            self.call_unsteady(prepared, &observed, &again);
        }
    }

    /// The observation to go on with: a stall is asked again.
    pub(super) fn steadied(&mut self, prepared: &Prepared, observed: &Observed) -> Option<Observed> {
        if !Runner::is_stall(observed) {
            return None;
        }
        self.counts.stalls += 1;
        Some(self.ask_alone(prepared))
    }
}

fn is_fatal(prepared: &Prepared, sight: &Sight) -> bool {
    match sight {
        Sight::Seen(observed) => {
            matches!(compared(prepared, observed), Comparison::Differs(difference) if difference.is_fatal())
        }
        Sight::Unasked | Sight::Settled => false,
    }
}

fn step(prepared: &Prepared, entry: usize) -> Step<'_> {
    Step { entry, operation: prepared.question.operation, input: &prepared.question.input, work: prepared.work }
}
