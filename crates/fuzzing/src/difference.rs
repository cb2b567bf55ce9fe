//! How a port and the reference part over a question. Layer: `fuzzing`; pure.

use serde::{Deserialize, Serialize};

use super::recipe::Question;
use conformance::registry;
use conformance::verdict::Observed;
use primitives::Limits;
use vectors::{Answer, Fields, Operation, Reason, operation};

/// How a port's answer differs from the reference's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// An output where the tag or the key is wrong, or one with other content than was sealed.
    Accepted,
    /// The content that was sealed, out of a text that a strict reader refuses to read.
    Lenient,
    /// A refusal of what the reference opens or computes.
    Refused,
    /// Another output than the reference's.
    WrongOutput,
    /// A seal that the reference does not open to what was sealed.
    DoesNotOpen,
    /// The process ended.
    Died,
    /// No answer within the deadline.
    TimedOut,
    /// An answer that does not fit the protocol.
    Garbled,
    /// The adapter said that it broke.
    Failure,
    /// `unsupported` inside the port's own claims.
    Declined,
    /// Two answers to one question.
    Nondeterministic,
}

/// What an observation comes to beside the reference's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Both say the same, or both refuse.
    Agrees,
    /// They part.
    Differs(Difference),
    /// The port was not asked.
    NotAsked,
}

impl Difference {
    /// Every difference, the gravest first.
    pub const ALL: [Self; 11] = [
        Self::Accepted,
        Self::WrongOutput,
        Self::DoesNotOpen,
        Self::Died,
        Self::TimedOut,
        Self::Garbled,
        Self::Nondeterministic,
        Self::Refused,
        Self::Failure,
        Self::Declined,
        Self::Lenient,
    ];

    /// The word that reports, classes and known issues use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Lenient => "lenient",
            Self::Refused => "refused",
            Self::WrongOutput => "wrong-output",
            Self::DoesNotOpen => "does-not-open",
            Self::Died => "died",
            Self::TimedOut => "timed-out",
            Self::Garbled => "garbled",
            Self::Failure => "failure",
            Self::Declined => "declined",
            Self::Nondeterministic => "nondeterministic",
        }
    }

    /// In a sentence, for somebody who has not read the book.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Accepted => "the port opened what it must reject, or returned other content",
            Self::Lenient => "the port read what the reference rejects, and returned the content that was sealed",
            Self::Refused => "the port rejected what the reference opens",
            Self::WrongOutput => "the port's output differs from the reference's",
            Self::DoesNotOpen => "the reference does not open what the port sealed",
            Self::Died => "the port's process ended",
            Self::TimedOut => "the port gave no answer in time",
            Self::Garbled => "the port's answer does not fit the protocol",
            Self::Failure => "the adapter reported that it failed",
            Self::Declined => "the port declined an operation that it claims",
            Self::Nondeterministic => "the port gave two different answers to one question",
        }
    }

    /// Whether it is no fault: leniency of a port that does not promise to be strict.
    #[must_use]
    pub fn is_note(self, is_strict: bool) -> bool {
        self == Self::Lenient && !is_strict
    }

    /// Whether the port's process is of no more use afterwards.
    #[must_use]
    pub fn is_fatal(self) -> bool {
        match self {
            Self::Died | Self::TimedOut | Self::Garbled => true,
            Self::Accepted
            | Self::Lenient
            | Self::Refused
            | Self::WrongOutput
            | Self::DoesNotOpen
            | Self::Failure
            | Self::Declined
            | Self::Nondeterministic => false,
        }
    }
}

/// Compares what was observed with what the reference answers to the same question. Two refusals agree whatever their
/// reasons; those are what `run` compares.
#[must_use]
pub fn compare(question: &Question, reference: &Answer, observed: &Observed) -> Comparison {
    let differs = Comparison::Differs;
    match (reference, observed) {
        (_, Observed::NotRun { .. }) => Comparison::NotAsked,
        (_, Observed::Died { .. }) => differs(Difference::Died),
        (_, Observed::TimedOut { .. }) => differs(Difference::TimedOut),
        (_, Observed::Garbled { .. }) => differs(Difference::Garbled),
        (_, Observed::Nondeterministic { .. }) => differs(Difference::Nondeterministic),
        (_, Observed::Answer(Answer::Failure { .. })) => differs(Difference::Failure),
        (_, Observed::Answer(Answer::Unsupported { .. })) => differs(Difference::Declined),
        (Answer::Output(wanted), Observed::Answer(Answer::Output(found))) => outputs(question, wanted, found),
        (Answer::Output(_), Observed::Answer(Answer::Reject { .. })) => differs(Difference::Refused),
        (Answer::Reject { reason, .. }, Observed::Answer(Answer::Output(found))) => {
            differs(opened_anyway(question, *reason, found))
        }
        // The reference computes every operation; what it fails at is told apart from the port's differences.
        (Answer::Reject { .. }, Observed::Answer(Answer::Reject { .. }))
        | (Answer::Unsupported { .. } | Answer::Failure { .. }, Observed::Answer(_)) => Comparison::Agrees,
    }
}

fn outputs(question: &Question, wanted: &Fields, found: &Fields) -> Comparison {
    if wanted == found {
        return Comparison::Agrees;
    }
    match draws(question).and_then(|operation| operation.opened_by).and_then(operation::find) {
        None => Comparison::Differs(Difference::WrongOutput),
        Some(opener) if opened(opener, question, found) == opened(opener, question, wanted) => Comparison::Agrees,
        Some(_) => Comparison::Differs(Difference::DoesNotOpen),
    }
}

/// The operation, if something is left for the port to draw.
fn draws(question: &Question) -> Option<&'static Operation> {
    let left = |member: &operation::Member| member.optional && question.input.value(member.name).is_none();
    question.operation.input.iter().any(left).then_some(question.operation)
}

fn opened(opener: &'static Operation, question: &Question, sealed: &Fields) -> Option<Fields> {
    let input = Fields::pick(opener.input, &[sealed, &question.input]);
    match registry::reference(opener, &input, &Limits::default()) {
        Answer::Output(output) => Some(output),
        Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => None,
    }
}

/// A port that gives an output where the reference refuses: only a matter of reading when the content is what was sealed.
fn opened_anyway(question: &Question, reason: Reason, found: &Fields) -> Difference {
    match reason {
        Reason::Authentication => Difference::Accepted,
        Reason::Malformed | Reason::Parameter | Reason::TooCostly => {
            // What the changes may have touched is not among the content that is known.
            let is_sealed = |sealed: &Fields| sealed.iter().all(|(name, value)| found.value(name) == Some(value));
            let is_known_content = question.plaintext.as_ref().is_none_or(is_sealed);
            if is_known_content { Difference::Lenient } else { Difference::Accepted }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::operation::find;

    fn question(operation: &str, input: Fields) -> Question {
        let plaintext = Some(Fields::new().with_bytes("plaintext", *b"sealed"));
        Question { operation: find(operation).unwrap(), input, plaintext }
    }

    /// Each cell of the table of answers: the word decides whether a port is at fault.
    #[test]
    fn each_pair_of_answers_has_its_word() {
        let question = question("notesnook-item.open", Fields::new());
        let output = |text: &[u8]| Answer::Output(Fields::new().with_bytes("plaintext", text));
        let reject = |reason| Answer::Reject { reason, detail: String::new() };
        for (reference, port, found) in [
            (output(b"sealed"), output(b"sealed"), None),
            (output(b"sealed"), output(b"other"), Some(Difference::WrongOutput)),
            (output(b"sealed"), reject(Reason::Malformed), Some(Difference::Refused)),
            (reject(Reason::Malformed), reject(Reason::Authentication), None),
            (reject(Reason::Malformed), output(b"sealed"), Some(Difference::Lenient)),
            (reject(Reason::Parameter), output(b"sealed"), Some(Difference::Lenient)),
            (reject(Reason::Malformed), output(b"other"), Some(Difference::Accepted)),
            (reject(Reason::Authentication), output(b"sealed"), Some(Difference::Accepted)),
            (output(b"sealed"), Answer::Failure { detail: String::new() }, Some(Difference::Failure)),
            (output(b"sealed"), Answer::Unsupported { detail: String::new() }, Some(Difference::Declined)),
        ] {
            let wanted = found.map_or(Comparison::Agrees, Comparison::Differs);
            assert_eq!(
                compare(&question, &reference, &Observed::Answer(port.clone())),
                wanted,
                "{reference:?} {port:?}"
            );
        }
        for (observed, wanted) in [
            (Observed::TimedOut { after_ms: 1 }, Comparison::Differs(Difference::TimedOut)),
            (Observed::Garbled { what: String::new() }, Comparison::Differs(Difference::Garbled)),
            (Observed::NotRun { why: String::new() }, Comparison::NotAsked),
        ] {
            assert_eq!(compare(&question, &output(b"sealed"), &observed), wanted);
        }
    }

    /// Two seals of one plaintext under drawn nonces are never equal, and both are right.
    #[test]
    fn a_seal_is_judged_by_what_it_opens_to() {
        let input = || {
            let item =
                Fields::new().with_bytes("key", [1; 32]).with_bytes("key_salt", [2; 16]).with_text("id_text", "i");
            item.with_bytes("plaintext", *b"p")
        };
        let question = question("notesnook-item.seal", input());
        let sealed = |input: &Fields| registry::reference(question.operation, input, &Limits::default());
        let (once, twice) = (sealed(&input()), sealed(&input()));
        assert_ne!(once, twice);
        assert_eq!(compare(&question, &once, &Observed::Answer(twice)), Comparison::Agrees);
        let other = sealed(&input().replacing("plaintext", vectors::Value::Bytes(b"q".to_vec())));
        let found = compare(&question, &once, &Observed::Answer(other));
        assert_eq!(found, Comparison::Differs(Difference::DoesNotOpen));
    }
}
