//! What an observation means.
//!
//! In: what was expected and what was observed. Out: a [`Verdict`], decided in one exhaustive match; a crash, a silence or
//! nonsense is never a refusal. Layer: beside `runner`, which it does not know; above `port`.

mod freshness;
mod known;
mod tally;

use crate::registry;
use primitives::Limits;
use vectors::{Answer, Expect, Fields, Operation, operation};

pub use crate::port::{Mismatch, Observed};
pub use freshness::{End, Freshness, How, Stale};
pub use known::{Excuse, KnownIssueFault, Scope, excuses};
pub use tally::{Judged, Subject, Tally};

/// What a case comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As expected.
    Pass,
    /// Not as expected.
    Fail(Mismatch),
    /// Not as expected, exactly as a known issue says.
    KnownFailure(Mismatch),
    /// As expected, although a known issue says otherwise.
    UnexpectedPass,
}

impl Verdict {
    /// The word that reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail(_) => "fail",
            Self::KnownFailure(_) => "known-failure",
            Self::UnexpectedPass => "unexpected-pass",
        }
    }

    /// How the observation differed, if it did.
    #[must_use]
    pub fn mismatch(self) -> Option<Mismatch> {
        match self {
            Self::Fail(mismatch) | Self::KnownFailure(mismatch) => Some(mismatch),
            Self::Pass | Self::UnexpectedPass => None,
        }
    }
}

/// What a known issue says about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    No,
    /// It always fails so.
    Fails(Mismatch),
    /// It sometimes fails so.
    Flaky(Mismatch),
}

/// The verdict on a case whose observation differs so from what was expected, or does not.
#[must_use]
pub fn judge(found: Option<Mismatch>, known: Known) -> Verdict {
    match (found, known) {
        (None, Known::No | Known::Flaky(_)) => Verdict::Pass,
        (None, Known::Fails(_)) => Verdict::UnexpectedPass,
        (Some(found), Known::Fails(recorded) | Known::Flaky(recorded)) if found == recorded => {
            Verdict::KnownFailure(found)
        }
        (Some(found), Known::No | Known::Fails(_) | Known::Flaky(_)) => Verdict::Fail(found),
    }
}

/// Who opens what a port sealed: the reference, or one who remembers its derivations.
pub type Opener<'o> = &'o dyn Fn(&'static Operation, &Fields) -> Answer;

/// How one observation differs from what was expected; `None` when it does not.
#[must_use]
pub fn compare(
    operation: &'static Operation,
    input: &Fields,
    expect: &Expect,
    observed: &Observed,
    opener: Opener<'_>,
) -> Option<Mismatch> {
    match (expect, observed) {
        (Expect::Output(wanted), Observed::Answer(Answer::Output(found))) => {
            (wanted != found).then_some(Mismatch::WrongOutput)
        }
        (Expect::Opens(wanted), Observed::Answer(Answer::Output(found))) => {
            if !opens_to(operation, input, found, wanted, opener) {
                return Some(Mismatch::DoesNotOpen);
            }
            registry::other_cost(operation, input, found).map(|_| Mismatch::WrongOutput)
        }
        (Expect::Reject(_), Observed::Answer(Answer::Output(_))) => Some(Mismatch::Accepted),
        (Expect::Output(_) | Expect::Opens(_), Observed::Answer(Answer::Reject { .. })) => Some(Mismatch::Refused),
        (Expect::Reject(reasons), Observed::Answer(Answer::Reject { reason, .. })) => {
            (!reasons.contains(reason)).then_some(Mismatch::WrongReason)
        }
        (Expect::Output(_) | Expect::Opens(_) | Expect::Reject(_), other) => Some(no_answer(other)),
    }
}

/// What an observation without an output or refusal comes to.
fn no_answer(observed: &Observed) -> Mismatch {
    match observed {
        Observed::Answer(Answer::Unsupported { .. }) => Mismatch::Declined,
        Observed::Answer(Answer::Failure { .. } | Answer::Output(_) | Answer::Reject { .. }) => Mismatch::Failure,
        Observed::Died { .. } => Mismatch::Died,
        Observed::TimedOut { .. } => Mismatch::TimedOut,
        Observed::Garbled { .. } => Mismatch::Garbled,
        Observed::Nondeterministic { .. } => Mismatch::Nondeterministic,
        Observed::NotRun { .. } => Mismatch::NotRun,
    }
}

/// What the reference opens a seal to.
#[must_use]
pub fn reference_opens(operation: &'static Operation, input: &Fields) -> Answer {
    registry::reference(operation, input, &Limits::default())
}

/// Whether a seal opens to exactly what was sealed.
fn opens_to(sealer: &'static Operation, input: &Fields, output: &Fields, wanted: &Fields, opener: Opener<'_>) -> bool {
    let Some(opens) = sealer.opened_by.and_then(operation::find) else { return false };
    match opener(opens, &Fields::pick(opens.input, &[output, input])) {
        Answer::Output(found) => found == *wanted,
        Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::Reason;
    use vectors::operation::find;

    fn output(byte: u8) -> Fields {
        Fields::new().with_bytes("digest", [byte])
    }

    fn not_answers() -> [(Observed, Mismatch); 5] {
        [
            (Observed::Died { how: String::new(), stderr: String::new() }, Mismatch::Died),
            (Observed::TimedOut { after_ms: 1 }, Mismatch::TimedOut),
            (Observed::Garbled { what: String::new() }, Mismatch::Garbled),
            (Observed::Nondeterministic { what: String::new() }, Mismatch::Nondeterministic),
            (Observed::NotRun { why: String::new() }, Mismatch::NotRun),
        ]
    }

    /// A port that dies on hostile input must not look like one that refuses it.
    #[test]
    fn only_an_answer_can_pass() {
        let operation = find("sha512.digest").unwrap();
        let unsupported = Observed::Answer(Answer::Unsupported { detail: String::new() });
        let failure = Observed::Answer(Answer::Failure { detail: String::new() });
        for expect in [Expect::Output(output(1)), Expect::Reject(Reason::ALL.to_vec()), Expect::Opens(output(1))] {
            for (observed, mismatch) in not_answers()
                .into_iter()
                .chain([(unsupported.clone(), Mismatch::Declined), (failure.clone(), Mismatch::Failure)])
            {
                assert_eq!(compare(operation, &Fields::new(), &expect, &observed, &reference_opens), Some(mismatch));
            }
        }
    }

    /// Each cell of the table of expectations and answers.
    #[test]
    fn answers_are_compared_with_what_was_expected() {
        let operation = find("sha512.digest").unwrap();
        let reject = |reason| Answer::Reject { reason, detail: String::new() };
        let refuse = || Expect::Reject(vec![Reason::Malformed, Reason::Parameter]);
        for (expect, answer, mismatch) in [
            (Expect::Output(output(1)), Answer::Output(output(1)), None),
            (Expect::Output(output(1)), Answer::Output(output(2)), Some(Mismatch::WrongOutput)),
            (Expect::Output(output(1)), reject(Reason::Malformed), Some(Mismatch::Refused)),
            (Expect::Opens(output(1)), reject(Reason::Malformed), Some(Mismatch::Refused)),
            (refuse(), reject(Reason::Parameter), None),
            (refuse(), reject(Reason::Authentication), Some(Mismatch::WrongReason)),
            (refuse(), Answer::Output(output(1)), Some(Mismatch::Accepted)),
        ] {
            let observed = Observed::Answer(answer);
            assert_eq!(
                compare(operation, &Fields::new(), &expect, &observed, &reference_opens),
                mismatch,
                "{expect:?} {observed:?}"
            );
        }
    }

    /// An excuse for one mismatch must not excuse another, and must not outlive the failure.
    #[test]
    fn a_known_issue_excuses_exactly_its_mismatch() {
        let (wrong, died) = (Mismatch::WrongOutput, Mismatch::Died);
        for (found, known, verdict) in [
            (None, Known::No, Verdict::Pass),
            (Some(wrong), Known::No, Verdict::Fail(wrong)),
            (Some(wrong), Known::Fails(wrong), Verdict::KnownFailure(wrong)),
            (Some(died), Known::Fails(wrong), Verdict::Fail(died)),
            (None, Known::Fails(wrong), Verdict::UnexpectedPass),
            (None, Known::Flaky(wrong), Verdict::Pass),
            (Some(wrong), Known::Flaky(wrong), Verdict::KnownFailure(wrong)),
            (Some(died), Known::Flaky(wrong), Verdict::Fail(died)),
        ] {
            assert_eq!(judge(found, known), verdict, "{found:?} {known:?}");
        }
    }
}
