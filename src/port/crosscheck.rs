//! The reference with the oracles looking over its shoulder: every answer is recomputed, and every refusal judged, where they
//! can. Layer: `port`.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Hello, InProcess};
use crate::oracle::{ORACLES, Oracle};
use crate::primitives::Limits;
use crate::vector::{Answer, Fields, Operation};

/// An implementation whose answers the oracles recompute within their limits. A disagreement is a failure that names who
/// disagrees.
pub struct Crosschecked<'a> {
    subject: &'a dyn InProcess,
    limits: Limits,
    recomputed: Vec<AtomicUsize>,
}

impl<'a> Crosschecked<'a> {
    /// The subject, recomputed within the same limits.
    #[must_use]
    pub fn new(subject: &'a dyn InProcess, limits: Limits) -> Self {
        Self { subject, limits, recomputed: ORACLES.iter().map(|_| AtomicUsize::default()).collect() }
    }

    fn objection(&self, operation: &'static Operation, input: &Fields, answer: &Answer) -> Option<String> {
        ORACLES.iter().zip(&self.recomputed).find_map(|(oracle, recomputed)| {
            let second = oracle.answer(operation, input, &self.limits)?;
            recomputed.fetch_add(1, Ordering::Relaxed);
            disagrees(answer, &second).then(|| format!("{} disagrees: {second:?}, but {answer:?}", oracle.name))
        })
    }
}

impl InProcess for Crosschecked<'_> {
    fn hello(&self) -> Hello {
        let mut hello = self.subject.hello();
        hello.libraries.extend(ORACLES.iter().map(|oracle| (oracle.name.to_owned(), oracle.version())));
        hello
    }

    fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer {
        let answer = self.subject.answer(operation, input);
        let draws_its_own = operation.input.iter().any(|member| member.optional && input.value(member.name).is_none());
        let objection = if draws_its_own { None } else { self.objection(operation, input, &answer) };
        objection.map_or(answer, |detail| Answer::Failure { detail })
    }

    /// What the oracles have done so far, one line each.
    fn notes(&self) -> Vec<String> {
        let line = |(oracle, recomputed): (&Oracle, &AtomicUsize)| {
            format!("{} {} gave {} second opinions", oracle.name, oracle.version(), recomputed.load(Ordering::Relaxed))
        };
        ORACLES.iter().zip(&self.recomputed).map(line).collect()
    }
}

/// Two implementations agree on an output byte for byte, and on a refusal whatever they call it.
fn disagrees(answer: &Answer, second: &Answer) -> bool {
    match (answer, second) {
        (Answer::Output(one), Answer::Output(other)) => one != other,
        // A subject that gives no answer fails by its own words.
        (Answer::Reject { .. }, Answer::Reject { .. }) | (Answer::Unsupported { .. } | Answer::Failure { .. }, _) => {
            false
        }
        (Answer::Output(_) | Answer::Reject { .. }, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::Reference;
    use crate::vector::operation::find;

    /// The reference, but for one bit of every SHA-512.
    struct OneBitOff;

    impl InProcess for OneBitOff {
        fn hello(&self) -> Hello {
            Reference::default().hello()
        }

        fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer {
            match Reference::default().answer(operation, input) {
                Answer::Output(output) => {
                    let mut digest = output.bytes("digest").to_vec();
                    digest[0] ^= 1;
                    Answer::Output(Fields::new().with_bytes("digest", digest))
                }
                other @ (Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. }) => other,
            }
        }
    }

    /// A second opinion that is not heard, or not asked for, would be worth nothing.
    #[test]
    fn an_oracle_that_disagrees_is_named_and_one_that_agrees_is_counted() {
        let operation = find("sha512.digest").unwrap();
        let input = Fields::new().with_bytes("message", b"abc");
        match Crosschecked::new(&OneBitOff, Limits::default()).answer(operation, &input) {
            Answer::Failure { detail } => assert!(detail.starts_with("libsodium disagrees"), "{detail}"),
            other @ (Answer::Output(_) | Answer::Reject { .. } | Answer::Unsupported { .. }) => panic!("{other:?}"),
        }
        let reference = Reference::default();
        let sound = Crosschecked::new(&reference, Limits::default());
        assert!(matches!(sound.answer(operation, &input), Answer::Output(_)));
        // The libraries compute; there is nothing to refuse, so the others have not been asked for a word.
        let notes = sound.notes();
        let counts: Vec<_> =
            notes.iter().filter_map(|line| line.strip_suffix(" second opinions")?.rsplit_once(' ')).collect();
        assert_eq!(counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), ["1", "1", "0", "0"], "{notes:?}");
    }
}
