//! What the questions of a batch came to, taken in by number: what showed something new, and which disagreements are a
//! class of their own.

use super::Campaign;
use super::asking::{Sight, compared, differs_so};
use crate::batch::{Batch, Prepared};
use crate::class::{Exhibit, Finding, Sample, standing};
use crate::difference::{Comparison, Difference};
use crate::novelty::{rule, sight};
use crate::recipe::Recipe;
use crate::shrink::shrink;
use conformance::port::Observed;
use vectors::Answer;

/// How often more a disagreement is asked of a port that changes its mind.
const ASKED_MORE: u32 = 4;

/// Questions to make one disagreement small.
const SHRINK_REQUESTS_MAX: u32 = 96;

/// The same where it is only worth a note, of which there are hundreds.
const NOTE_REQUESTS_MAX: u32 = 24;

/// The same where each question that shows it ends the port.
const FATAL_REQUESTS_MAX: u32 = 16;

impl Campaign<'_, '_, '_> {
    /// Asks a batch and takes in what it showed, up to the first question that could not be asked.
    pub(super) fn ask_and_judge(&mut self, at: u64, batch: &Batch) {
        let sights = self.ask_batch(batch);
        for (prepared, sight) in batch.questions.iter().zip(sights) {
            let operation = prepared.question.operation.name;
            match sight {
                Sight::Settled => {}
                Sight::Seen(_) | Sight::Unasked
                    if self.classes.quarantines(
                        operation,
                        &prepared.family,
                        &prepared.recipe.base,
                        prepared.number,
                    ) =>
                {
                    self.counts.quarantined += 1;
                }
                // A batch cut short by the clock counts as far as it was asked without a gap.
                Sight::Unasked => {
                    self.counts.cases = prepared.number;
                    return;
                }
                Sight::Seen(observed) => self.take_in(at, prepared, &observed),
            }
            if self.is_too_late() {
                self.ending.get_or_insert(self.over());
                self.counts.cases = prepared.number;
                return;
            }
        }
        self.counts.cases = batch.numbers.end;
    }

    fn take_in(&mut self, at: u64, prepared: &Prepared, observed: &Observed) {
        let steadied = self.steadied(prepared, observed);
        let observed = steadied.as_ref().unwrap_or(observed);
        if matches!(prepared.reference, Answer::Failure { .. }) {
            self.counts.reference_failures += 1;
            self.reference_failure.get_or_insert_with(|| prepared.recipe.clone());
            return;
        }
        let comparison = compared(prepared, observed);
        if comparison == Comparison::NotAsked {
            return;
        }
        let sight = sight(&prepared.question, &prepared.reference, observed, comparison);
        if self.kept.offer(sight.clone(), &prepared.recipe, at) {
            self.listener.kept(at, &sight, &prepared.recipe);
        }
        if let Comparison::Differs(difference) = comparison {
            self.disagreement(prepared, difference, observed);
        }
    }

    /// Counts a disagreement where it belongs: in the class that explains it, or after asking again and making it small.
    pub(super) fn disagreement(&mut self, prepared: &Prepared, difference: Difference, observed: &Observed) {
        self.counts.differing += 1;
        let operation = prepared.question.operation.name;
        let explained =
            self.classes.explain(operation, difference, &prepared.family, &prepared.recipe.base, || sample(prepared));
        if explained.is_some() {
            return;
        }
        if self.classes.is_full(difference) {
            self.counts.unclassed += 1;
            return;
        }
        if difference == Difference::Nondeterministic {
            return self.call_unsteady(prepared, observed, observed);
        }
        // Of a port that has changed its mind before, more is asked.
        let is_fickle = self.classes.all().iter().any(|class| class.difference == Difference::Nondeterministic);
        let mut again = self.ask_alone(prepared);
        for _ in 0..if is_fickle { ASKED_MORE } else { 0 } {
            if differs_so(prepared, &again, difference) {
                again = self.ask_alone(prepared);
            }
        }
        if matches!(again, Observed::NotRun { .. }) {
            return;
        }
        if differs_so(prepared, &again, difference) {
            self.classify(prepared, difference, again);
        } else {
            self.call_unsteady(prepared, observed, &again);
        }
    }

    /// Makes a disagreement small and puts it in its class.
    pub(super) fn classify(&mut self, prepared: &Prepared, difference: Difference, observed: Observed) {
        let Some((smallest, observed)) = self.smallest(prepared, difference, observed) else { return };
        let finding = Finding {
            operation: smallest.question.operation.name,
            difference,
            family: smallest.family.clone(),
            rule: rule(&smallest.reference),
            sample: sample(&smallest),
            exhibit: Exhibit::new(&smallest.question, &smallest.reference, &observed),
        };
        self.add(finding);
    }

    /// The smallest question that shows the same, and what was seen at it; `None` when it could not be asked to the end.
    fn smallest(
        &mut self,
        prepared: &Prepared,
        difference: Difference,
        observed: Observed,
    ) -> Option<(Prepared, Observed)> {
        let (ground, operation) = (self.ground, prepared.question.operation);
        let requests = match difference {
            fatal if fatal.is_fatal() => FATAL_REQUESTS_MAX,
            note if note.is_note(self.is_strict) => NOTE_REQUESTS_MAX,
            _ => SHRINK_REQUESTS_MAX,
        };
        let mut best = (prepared.clone(), observed);
        // A case may show it without any change.
        let simpler = |recipe: &Recipe| {
            let unchanged = Recipe { base: recipe.base.clone(), changes: Vec::new() };
            std::iter::once(unchanged).chain(ground.bases.simpler(recipe)).collect()
        };
        shrink(&prepared.recipe, requests, &simpler, &mut |recipe| {
            if self.is_too_late() {
                return false;
            }
            let Some(smaller) = ground.question(prepared.number, recipe.clone()) else { return false };
            let ends_it = self.classes.ends_the_port(operation.name, &smaller.family, &smaller.recipe.base);
            if smaller.question.operation != operation || ends_it {
                return false;
            }
            let observed = self.ask_alone(&smaller);
            let shows = differs_so(&smaller, &observed, difference);
            if shows {
                best = (smaller, observed);
            }
            shows
        });
        (!self.is_too_late()).then_some(best)
    }

    /// A port that does not stand by its answers: one class an operation, for no recipe explains it.
    pub(super) fn call_unsteady(&mut self, prepared: &Prepared, once: &Observed, again: &Observed) {
        let what = format!("first {}; asked again, {}", once.to_json(), again.to_json());
        let observed = if once == again { once.clone() } else { Observed::Nondeterministic { what } };
        self.add(Finding {
            operation: prepared.question.operation.name,
            difference: Difference::Nondeterministic,
            family: Vec::new(),
            rule: String::new(),
            sample: sample(prepared),
            exhibit: Exhibit::new(&prepared.question, &prepared.reference, &observed),
        });
    }

    pub(super) fn add(&mut self, finding: Finding) {
        if let Some(new) = self.classes.add(finding) {
            let class = &self.classes.all()[new];
            self.listener.found(class, standing(class, self.is_strict, &self.known));
        }
    }
}

fn sample(prepared: &Prepared) -> Sample {
    Sample { number: prepared.number, recipe: prepared.recipe.clone(), file: prepared.file.clone() }
}
