//! What a run has seen of a port, and how well a guess fits it.
//!
//! In: an asked case, what was found wrong with its answer if anything, and a port with a mistake. Out: whether that port
//! gives the same answer. Layer: `diagnosis`; pure.

use std::time::Duration;

use super::Mutant;
use super::drawn::drawn;
use super::quiet::quietly;
use ::document::Members;
use conformance::port::{Mismatch, Observed};
use conformance::registry;
use conformance::verdict::{Judged, Known, Stale, Subject, Tally};
use envelope::facts::{self, Role};
use vectors::{Answer, Case, Expect, Fields, Operation, Value, VectorFile, operation};

/// A case that a port was asked.
#[derive(Clone, Debug)]
pub struct Exhibit<'v> {
    /// Its file.
    pub file: &'v VectorFile,
    /// The case.
    pub case: &'v Case,
    /// What was wrong with the answer; `None` when nothing was.
    pub found: Option<Finding>,
}

/// What was wrong with an answer.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How it differs from what was expected.
    pub mismatch: Mismatch,
    /// What was seen.
    pub observed: Observed,
    /// What shows that a salt or nonce is not fresh.
    pub stale: Option<Stale>,
}

/// How a port with a mistake answers a case, beside the port that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Both give the same wrong bytes.
    Reproduces,
    /// Both fail in the same way, which has no bytes of its own: a refusal, an acceptance, a crash.
    Concurs,
    /// Both are right.
    BothRight,
    /// The port is wrong, and with the mistake it would be right.
    Silent,
    /// Both are wrong, each in its own way.
    Differs,
    /// The port is right, and with the mistake it would be wrong.
    Contradicts,
}

/// Wrong outputs of fewer bytes are equal by chance.
const TELLING_BYTES: usize = 8;

/// Draws of a mistake's port for a case of its own randomness.
const DRAWS: u32 = 4;

impl Exhibit<'_> {
    /// The operation that was asked for.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.file.operation
    }

    /// Whether its answer was wrong in a way that a computation can explain.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.found.as_ref().is_some_and(|found| match found.mismatch {
            Mismatch::WrongOutput
            | Mismatch::Accepted
            | Mismatch::Refused
            | Mismatch::WrongReason
            | Mismatch::DoesNotOpen
            | Mismatch::NotFresh
            | Mismatch::Failure
            | Mismatch::Died
            | Mismatch::TimedOut => true,
            Mismatch::Nondeterministic | Mismatch::Declined | Mismatch::Garbled | Mismatch::NotRun => false,
        })
    }

    /// Whether it holds wrong bytes, which a guess can give as well.
    pub(super) fn has_wrong_bytes(&self) -> bool {
        self.found.as_ref().is_some_and(|found| matches!(found.mismatch, Mismatch::WrongOutput | Mismatch::DoesNotOpen))
    }

    /// How a port with a mistake fits what was seen. One that cannot be made to answer fits a port that failed to.
    #[must_use]
    pub fn fit(&self, port: &Mutant<'_>) -> Fit {
        quietly(|| self.fit_of(port)).unwrap_or(match self.found.as_ref().map(|found| found.mismatch) {
            Some(Mismatch::Failure | Mismatch::Died) => Fit::Concurs,
            Some(_) => Fit::Differs,
            None => Fit::Contradicts,
        })
    }

    /// Whether the answer of a port with a mistake would be wrong, as far as a sketch of its derivations tells, and the work
    /// that was spared. A seal of the port's own randomness cannot be sketched.
    pub(super) fn would_be_wrong(&self, port: &Mutant<'_>) -> (Option<bool>, u64) {
        if self.is_drawn() {
            return (None, u64::MAX);
        }
        port.sketch(|port| quietly(|| self.would(port).is_some()))
    }

    fn fit_of(&self, port: &Mutant<'_>) -> Fit {
        let would = self.would(port);
        match (&self.found, would) {
            (None, None) => Fit::BothRight,
            (None, Some(_)) => Fit::Contradicts,
            (Some(found), None) => self.would_draw_so(port, found),
            (Some(found), Some(would)) => self.compare(port, found, &would),
        }
    }

    /// Whether a port that is right with its own salt and nonce would be wrong with those that the port drew.
    fn would_draw_so(&self, port: &Mutant<'_>, found: &Finding) -> Fit {
        match (found.mismatch, &found.observed) {
            (Mismatch::DoesNotOpen, Observed::Answer(Answer::Output(sealed))) if self.would_seal(port, sealed) => {
                Fit::Reproduces
            }
            (_, _) => Fit::Silent,
        }
    }

    /// What would be wrong with the answer of a port with a mistake.
    fn would(&self, port: &Mutant<'_>) -> Option<Finding> {
        let Case { input, expect, .. } = self.case;
        let draws = if matches!(expect, Expect::Opens(_)) { DRAWS } else { 1 };
        let subject = Subject { operation: self.operation(), input, expect, draws, known: Known::No };
        let opener = |operation: &'static Operation, input: &Fields| port.derivations().opened(operation, input);
        let mut tally = Tally::opening(vec![subject], &opener);
        let ask = |_| tally.observe(0, port.observed(self.operation(), input), Duration::ZERO);
        let Judged { verdict, observed, stale, .. } = (0..draws).find_map(ask)?;
        Some(Finding { mismatch: verdict.mismatch()?, observed: observed?, stale })
    }

    fn compare(&self, port: &Mutant<'_>, found: &Finding, would: &Finding) -> Fit {
        match (&found.observed, &would.observed) {
            (Observed::Answer(Answer::Output(found_output)), Observed::Answer(Answer::Output(output))) => {
                match (found.mismatch, would.mismatch) {
                    (Mismatch::NotFresh, Mismatch::NotFresh) if found.stale == would.stale => Fit::Concurs,
                    (Mismatch::DoesNotOpen | Mismatch::WrongOutput, _) if self.would_seal(port, found_output) => {
                        Fit::Reproduces
                    }
                    (Mismatch::DoesNotOpen, Mismatch::DoesNotOpen) if self.same_lengths(found_output, output) => {
                        Fit::Concurs
                    }
                    (Mismatch::WrongOutput | Mismatch::Accepted, _) if found_output == output && self.tells(output) => {
                        Fit::Reproduces
                    }
                    (Mismatch::WrongOutput, _) if self.same_but_for_length(found_output, output) => Fit::Reproduces,
                    (Mismatch::WrongOutput | Mismatch::Accepted, _) if found_output == output => Fit::Concurs,
                    _ => Fit::Differs,
                }
            }
            (
                Observed::Answer(Answer::Reject { reason: found_reason, .. }),
                Observed::Answer(Answer::Reject { reason, .. }),
            ) if found.mismatch == Mismatch::Refused || found_reason == reason => Fit::Concurs,
            (Observed::Answer(Answer::Failure { .. }), Observed::Answer(Answer::Reject { .. }))
                if would.mismatch == Mismatch::Refused =>
            {
                Fit::Concurs
            }
            (Observed::Died { .. } | Observed::Answer(Answer::Failure { .. }), Observed::Died { .. })
            | (Observed::TimedOut { .. }, Observed::TimedOut { .. }) => Fit::Concurs,
            (_, _) => Fit::Differs,
        }
    }

    /// Whether the port draws for itself, so that its bytes are another's only if what it drew is given.
    fn is_drawn(&self) -> bool {
        matches!(self.case.expect, Expect::Opens(_))
    }

    /// Whether an output is telling: it has bytes enough, and they are not just what an opener has to give.
    fn tells(&self, output: &Fields) -> bool {
        let mere_plaintext = self.operation().verb() == "open" && matches!(self.case.expect, Expect::Reject(_));
        !mere_plaintext && bytes(output) >= TELLING_BYTES
    }

    /// What the port drew for this case, by member.
    pub(super) fn drew(&self) -> Vec<(&'static str, Vec<u8>)> {
        match self.found.as_ref().map(|found| &found.observed) {
            Some(Observed::Answer(Answer::Output(sealed))) => self.not_given(sealed),
            Some(_) | None => Vec::new(),
        }
    }

    /// What a port with a mistake would draw for it. Keys are only sketched, since nothing is drawn from one.
    pub(super) fn would_draw(&self, port: &Mutant<'_>) -> Vec<(&'static str, Vec<u8>)> {
        let (sealed, _) = port.sketch(|port| quietly(|| port.compute(self.operation(), &self.case.input)));
        sealed.and_then(Result::ok).map(|sealed| self.not_given(&sealed)).unwrap_or_default()
    }

    fn not_given(&self, sealed: &Fields) -> Vec<(&'static str, Vec<u8>)> {
        let drawn = drawn(self.operation(), sealed).into_iter();
        drawn.filter(|(name, _)| self.case.input.value(name).is_none()).collect()
    }

    /// Whether two seals are wrong in the same way but for the length that they name: some ports count the plaintext, others what
    /// they sealed.
    fn same_but_for_length(&self, found: &Fields, other: &Fields) -> bool {
        let operation = self.operation();
        let counted =
            facts::of(operation.name).and_then(facts::Facts::layout).and_then(|layout| layout.member(Role::Length));
        let rest = |seal| {
            let members = Members::read(registry::envelope(operation, seal)?)?;
            Some(members.without(counted?.name).write())
        };
        let Some(found) = rest(found) else { return false };
        let is_right = matches!(&self.case.expect, Expect::Output(wanted) if rest(wanted).as_ref() == Some(&found));
        !is_right && rest(other) == Some(found)
    }

    /// Whether two seals hold a salt and nonce of the same lengths, one of which is wrong.
    fn same_lengths(&self, one: &Fields, other: &Fields) -> bool {
        let lengths = |sealed| {
            drawn(self.operation(), sealed).into_iter().map(|(name, value)| (name, value.len())).collect::<Vec<_>>()
        };
        let facts = facts::of(self.operation().name);
        let right = |(name, length): &(&str, usize)| facts.and_then(|facts| facts.length(name)) == Some(*length);
        let lengths_of_one = lengths(one);
        !lengths_of_one.iter().all(right) && lengths_of_one == lengths(other)
    }

    /// Whether a port with a mistake makes this very seal out of the salt and nonce in it, or opens it to what was sealed. A
    /// salt or nonce in it that is not the given one can only have been drawn.
    fn would_seal(&self, port: &Mutant<'_>, sealed: &Fields) -> bool {
        let (operation, Case { input, expect, .. }) = (self.operation(), self.case);
        let drawn = drawn(operation, sealed);
        let is_given = |(name, _): &(&str, Vec<u8>)| input.value(name).is_some();
        let (mut given, missing): (Vec<_>, Vec<_>) = drawn.into_iter().partition(is_given);
        given.retain(|(name, value)| input.optional_bytes(name) != Some(value));
        let is_changed = |(name, value): &(&str, Vec<u8>)| is_made_of(value, input.bytes(name));
        if given.is_empty() && !self.is_drawn() || given.iter().any(is_changed) {
            return false;
        }
        if !given.is_empty() || !missing.is_empty() {
            let whole =
                missing.into_iter().fold(input.clone(), |input, (name, value)| input.with(name, Value::Bytes(value)));
            let again = port.handed(given, |port| port.compute(operation, &whole));
            return again.is_ok_and(|again| again == *sealed || self.same_but_for_length(&again, sealed));
        }
        let Some(opener) = operation.opened_by.and_then(operation::find) else { return false };
        let question = Fields::pick(opener.input, &[sealed, input]);
        let Expect::Opens(wanted) = expect else { return false };
        port.compute(opener, &question).is_ok_and(|opened| opened == *wanted)
    }
}

/// Whether most bytes of a value are those of another, wherever they stand: then it is the other one changed, and not drawn.
fn is_made_of(value: &[u8], other: &[u8]) -> bool {
    let mut left = other.to_vec();
    let taken = value.iter().filter(|byte| {
        left.iter().position(|other| other == *byte).is_some_and(|at| {
            left.swap_remove(at);
            true
        })
    });
    2 * taken.count() > value.len()
}

/// The bytes of an output that hold what was computed.
fn bytes(output: &Fields) -> usize {
    let count = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.len(),
        Value::Text(text) => text.len(),
        Value::BytesList(list) => list.iter().map(Vec::len).sum(),
        Value::Integer(_) | Value::Flag(_) | Value::IntegerList(_) => 0,
    };
    output.iter().map(|(_, value)| count(value)).sum()
}
