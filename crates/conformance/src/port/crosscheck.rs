//! The reference with the oracles looking over its shoulder: every answer is recomputed, and every refusal judged, where they
//! can. Layer: `port`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::sample::{Sample, is_costly};
use super::{Hello, InProcess};
use crate::registry;
use oracle::{Kind, ORACLES, Oracle};
use primitives::Limits;
use primitives::shared::SharedKeys;
use vectors::{Answer, Fields, Operation};

/// Second opinions that fill more memory are made one after the other: the subject fills as much beside each.
const LARGE_KIB: u64 = 16 << 10;

/// An implementation whose answers the oracles recompute within their limits. A disagreement is a failure that names who
/// disagrees. Equal derivations are made once by each engine.
pub struct Crosschecked<'a> {
    subject: &'a dyn InProcess,
    limits: Limits,
    /// Without it every derivation is made again.
    sample: Option<Sample>,
    keys: SharedKeys,
    large: Mutex<()>,
    recomputed: Vec<AtomicUsize>,
}

impl<'a> Crosschecked<'a> {
    /// The subject, recomputed within the same limits.
    #[must_use]
    pub fn new(subject: &'a dyn InProcess, limits: Limits) -> Self {
        let recomputed = ORACLES.iter().map(|_| AtomicUsize::default()).collect();
        Self { subject, limits, sample: None, keys: SharedKeys::default(), large: Mutex::default(), recomputed }
    }

    /// The same, but that of costly derivations this sample alone is made again.
    #[must_use]
    pub fn sampling(self, sample: Sample) -> Self {
        Self { sample: Some(sample), ..self }
    }

    /// Does some work, on this thread, with the keys that the answers share.
    pub fn while_sharing<T>(&self, work: impl FnOnce() -> T) -> T {
        self.keys.while_sharing(work)
    }

    fn objection(&self, operation: &'static Operation, input: &Fields, answer: &Answer) -> Option<String> {
        ORACLES.iter().zip(&self.recomputed).find_map(|(oracle, recomputed)| {
            let second = self.second_opinion(oracle, operation, input)?;
            recomputed.fetch_add(1, Ordering::Relaxed);
            disagrees(answer, &second).then(|| format!("{} disagrees: {second:?}, but {answer:?}", oracle.name))
        })
    }

    fn second_opinion(&self, oracle: &Oracle, operation: &Operation, input: &Fields) -> Option<Answer> {
        let work = match oracle.kind {
            Kind::Library => registry::work(operation, input),
            Kind::Judge => None,
        };
        if is_costly(work) && self.sample.as_ref().is_some_and(|sample| !sample.holds(operation, input)) {
            return None;
        }
        let is_large = work.is_some_and(|work| work.memory_kib > LARGE_KIB);
        let _alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        oracle.answer(operation, input, &self.limits)
    }

    /// How much of what is costly was made again, where it was not all.
    fn sampled(&self) -> Option<String> {
        let (drawn, of) = self.sample.as_ref()?.counts();
        let words = format!(
            "{drawn} of {of} costly derivations were repeated, chosen by the seed (--all-opinions repeats all)"
        );
        (drawn < of).then_some(words)
    }
}

impl InProcess for Crosschecked<'_> {
    fn hello(&self) -> Hello {
        let mut hello = self.subject.hello();
        hello.libraries.extend(ORACLES.iter().map(|oracle| (oracle.name.to_owned(), oracle.version())));
        hello
    }

    fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer {
        self.keys.while_sharing(|| {
            let answer = self.subject.answer(operation, input);
            let draws_its_own =
                operation.input.iter().any(|member| member.optional && input.value(member.name).is_none());
            let objection = if draws_its_own { None } else { self.objection(operation, input, &answer) };
            objection.map_or(answer, |detail| Answer::Failure { detail })
        })
    }

    /// What the oracles have done so far, one line each, and what they were not asked.
    fn notes(&self) -> Vec<String> {
        let line = |(oracle, recomputed): (&Oracle, &AtomicUsize)| {
            format!("{} {} gave {} second opinions", oracle.name, oracle.version(), recomputed.load(Ordering::Relaxed))
        };
        ORACLES.iter().zip(&self.recomputed).map(line).chain(self.sampled()).collect()
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
    use std::convert::Infallible;

    use zeroize::Zeroizing;

    use super::*;
    use crate::port::Reference;
    use primitives::kdf::Argon2Variant;
    use primitives::shared::{Derivation, Engine, Function};
    use vectors::operation::find;

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
        let wanted = ORACLES.iter().map(|oracle| if oracle.kind == Kind::Library { "1" } else { "0" });
        assert!(counts.iter().map(|(_, count)| *count).eq(wanted), "{notes:?}");
    }

    /// What libsodium takes and what is costly, though it fills little memory.
    fn costly(salt: u8) -> Fields {
        let input = Fields::new().with_bytes("password", b"password").with_bytes("salt", [salt; 16]);
        let input = input.with_integer("passes", 5_001).with_integer("memory_kib", 8);
        input.with_integer("lanes", 1).with_integer("length", 32)
    }

    /// A library that was given the reference's kept key would agree with whatever the reference has computed.
    #[test]
    fn an_oracle_makes_its_own_derivation_whatever_the_reference_keeps() {
        let operation = find("argon2id.derive").unwrap();
        let reference = Reference::default();
        let crosschecked = Crosschecked::new(&reference, Limits::default());
        let function = Function::Argon2 { variant: Argon2Variant::Id, passes: 5_001, memory_kib: 8, lanes: 1 };
        let (password, salt) = (b"password", [1; 16]);
        let kept = Derivation { engine: Engine::Reference, function, password, salt: &salt, length: 32 };
        let planted = || Ok::<_, Infallible>(Zeroizing::new(vec![7; 32]));
        crosschecked.while_sharing(|| kept.key(planted)).unwrap();
        match crosschecked.answer(operation, &costly(1)) {
            Answer::Failure { detail } => assert!(detail.starts_with("libsodium disagrees"), "{detail}"),
            other @ (Answer::Output(_) | Answer::Reject { .. } | Answer::Unsupported { .. }) => panic!("{other:?}"),
        }
    }

    /// The reference, but for one key of all.
    struct OneKeyOff(Fields);

    impl InProcess for OneKeyOff {
        fn hello(&self) -> Hello {
            Reference::default().hello()
        }

        fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer {
            if *input == self.0 {
                return Answer::Output(Fields::new().with_bytes("key", [0; 32]));
            }
            Reference::default().answer(operation, input)
        }
    }

    /// A sample may miss a mistake, and says so; all opinions must find it.
    #[test]
    fn all_opinions_find_what_a_sample_misses() {
        let operation = find("argon2id.derive").unwrap();
        let inputs: Vec<_> = (0..4).map(costly).collect();
        let requests = || inputs.iter().map(|input| (operation, input, registry::work(operation, input)));
        let sample = Sample::draw(requests(), 1);
        let missed = inputs.iter().find(|input| !sample.holds(operation, input)).unwrap();
        let wrong = OneKeyOff(missed.clone());
        let failures = |crosschecked: &Crosschecked<'_>| {
            let answers = inputs.iter().map(|input| crosschecked.answer(operation, input));
            answers.filter(|answer| matches!(answer, Answer::Failure { .. })).count()
        };
        let sampled = Crosschecked::new(&wrong, Limits::default()).sampling(sample);
        assert_eq!(failures(&sampled), 0);
        let note = "1 of 4 costly derivations were repeated, chosen by the seed (--all-opinions repeats all)";
        assert!(sampled.notes().contains(&note.to_owned()), "{:?}", sampled.notes());
        let all = Crosschecked::new(&wrong, Limits::default());
        assert_eq!(failures(&all), 1);
        assert!(!all.notes().iter().any(|note| note.contains("costly")), "{:?}", all.notes());
        let drawn = Sample::draw(requests().filter(|(_, input, _)| *input == missed), 1);
        assert_eq!(failures(&Crosschecked::new(&wrong, Limits::default()).sampling(drawn)), 1);
    }
}
