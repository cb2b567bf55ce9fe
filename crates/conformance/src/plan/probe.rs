//! The simplest questions, which come before the cases: whether the adapter speaks the protocol, and whether each operation
//! is right where it is easiest. Layer: `plan`, pure.

use serde_json::json;

use super::{Claims, Step};
use crate::port::Observed;
use crate::registry;
use crate::shown::shorten;
use vectors::operation::OPERATIONS;
use vectors::{Answer, Cost, Expect, Fields, Operation, Value, VectorFile};

/// An operation that no port has; one that answers it answers anything.
static CANARY: Operation = Operation { name: "sealproof-canary.open", input: &[], output: &[], opened_by: None };

/// What was expected and what was observed are each cut beyond this.
const SHOWN_CHARS_MAX: usize = 240;

/// What a probe is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The protocol: an operation that does not exist must be `unsupported`.
    Protocol,
    /// The simplest known answer of an operation.
    KnownAnswer,
    /// The same with one bit flipped, which must be refused.
    Refusal,
}

/// One question before the cases, and what must come back.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What is asked for.
    pub operation: &'static Operation,
    /// The request's input.
    pub input: Fields,
    /// Where the question comes from, in words.
    pub title: String,
    want: Want,
}

#[derive(Clone, Debug)]
enum Want {
    Unsupported,
    Output(Fields),
    Refusal,
}

impl Probe {
    /// The question as a step.
    #[must_use]
    pub fn step(&self) -> Step<'_> {
        Step { entry: 0, operation: self.operation, input: &self.input, work: self.work() }
    }

    /// The key derivation that the question asks for.
    #[must_use]
    pub fn work(&self) -> Option<registry::Work> {
        match self.want {
            Want::Unsupported => None,
            Want::Output(_) | Want::Refusal => registry::work(self.operation, &self.input),
        }
    }

    /// What it is about.
    #[must_use]
    pub fn aim(&self) -> Aim {
        match self.want {
            Want::Unsupported => Aim::Protocol,
            Want::Output(_) => Aim::KnownAnswer,
            Want::Refusal => Aim::Refusal,
        }
    }

    /// What is wrong with the observation, in words; `None` when it is right.
    #[must_use]
    pub fn objection(&self, observed: &Observed) -> Option<String> {
        let wanted = match (&self.want, observed) {
            (Want::Unsupported, Observed::Answer(Answer::Unsupported { .. }))
            | (Want::Refusal, Observed::Answer(Answer::Reject { .. })) => return None,
            (Want::Output(wanted), Observed::Answer(Answer::Output(found))) if wanted == found => return None,
            (Want::Unsupported, _) => "expected `unsupported`".to_owned(),
            (Want::Refusal, _) => "expected `reject`".to_owned(),
            (Want::Output(wanted), _) => {
                format!("expected {}", shorten(&json!({ "output": wanted.to_json() }).to_string(), SHOWN_CHARS_MAX))
            }
        };
        Some(format!(
            "{}: {wanted}, observed {}",
            self.title,
            shorten(&observed.to_json().to_string(), SHOWN_CHARS_MAX)
        ))
    }
}

/// The known answers of operations that are claimed and not asked, the cheapest first: a port that is wrong in all that it is
/// asked may be right in these.
pub(super) fn others(files: &[VectorFile], claims: &Claims<'_>, steps: &[Step<'_>]) -> Vec<Probe> {
    let unasked = OPERATIONS.iter().filter(|known| !steps.iter().any(|step| step.operation == *known));
    let mut probes: Vec<_> = unasked.flat_map(|known| known_answer(known, files, claims)).collect();
    probes.retain(|probe| probe.aim() == Aim::KnownAnswer);
    probes.sort_by_key(|probe| probe.work().map_or(0, |work| work.units));
    probes
}

/// The probes of the operations that are asked: the canary; then, for each operation, a known answer, and for one that
/// opens, a flipped bit.
pub(super) fn probes(files: &[VectorFile], claims: &Claims<'_>, steps: &[Step<'_>]) -> Vec<Probe> {
    let canary = Probe {
        operation: &CANARY,
        input: Fields::new(),
        title: "an operation that does not exist".to_owned(),
        want: Want::Unsupported,
    };
    let asked = OPERATIONS.iter().filter(|known| steps.iter().any(|step| step.operation == *known));
    std::iter::once(canary).chain(asked.flat_map(|known| known_answer(known, files, claims))).collect()
}

fn known_answer(operation: &'static Operation, files: &[VectorFile], claims: &Claims<'_>) -> Vec<Probe> {
    let positive = files
        .iter()
        .filter(|file| file.operation == operation && file.policy == "core" && file.cost <= Cost::Slow)
        .flat_map(|file| file.cases.iter().map(move |case| (file, case)))
        .filter_map(|(file, case)| match &case.expect {
            Expect::Output(output) if claims.hello.claims(operation, &case.input) => Some((file, case, output)),
            Expect::Output(_) | Expect::Reject(_) | Expect::Opens(_) => None,
        })
        // The plainest case: a port that errs in a corner has a sound adapter, and is to be judged.
        .min_by_key(|(file, case, _)| (file.cost, case.flags.len(), usual(&case.input)));
    let Some((file, case, output)) = positive else { return Vec::new() };
    let title = format!("{} ({})", file.case_id(case), operation.name);
    let flipped = (operation.verb() == "open").then(|| Probe {
        operation,
        input: flip(&case.input),
        title: format!("{title} with one bit flipped"),
        want: Want::Refusal,
    });
    let known = Probe { operation, input: case.input.clone(), title, want: Want::Output(output.clone()) };
    std::iter::once(known).chain(flipped).collect()
}

/// How far an input is from what every library takes: an IV of 12 bytes, a whole tag.
fn usual(input: &Fields) -> (usize, u64) {
    let iv = input.optional_bytes("iv").map_or(0, |iv| iv.len().abs_diff(12));
    let tag = input.value("tag_length").map_or(0, |_| input.integer("tag_length").abs_diff(16));
    (iv, tag)
}

/// The input with one bit flipped where only the tag can tell: in the ciphertext, else in the password, else in the key.
fn flip(input: &Fields) -> Fields {
    let flip_last = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
        Value::Bytes(bytes)
    };
    if let Some(ciphertext) = input.optional_bytes("ciphertext") {
        return input.clone().replacing("ciphertext", flip_last(ciphertext));
    }
    if let Some(Value::Text(password)) = input.value("password_text") {
        let mut text = password.clone();
        let last = text.pop().and_then(|last| char::from_u32(u32::from(last) ^ 1));
        text.push(last.unwrap_or('x'));
        return input.clone().replacing("password_text", Value::Text(text));
    }
    match input.optional_bytes("key") {
        Some(key) => input.clone().replacing("key", flip_last(key)),
        None => input.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A flip that changes nothing would make every honest port fail its probe.
    #[test]
    fn a_flip_changes_exactly_one_value() {
        let base = Fields::new().with_bytes("key", [1, 2]);
        for (input, changed) in [
            (base.clone().with_bytes("ciphertext", [3]), "ciphertext"),
            (base.clone().with_text("password_text", "pass\u{1f600}"), "password_text"),
            (base.clone().with_text("password_text", ""), "password_text"),
            (base.clone().with_bytes("envelope", [3]), "key"),
        ] {
            let flipped = flip(&input);
            for (name, value) in input.iter() {
                assert_eq!(flipped.value(name) != Some(value), name == changed, "{name} of {input:?}");
            }
        }
    }

    /// Anything but the wanted answer is an objection, above all an answer to the canary.
    #[test]
    fn a_probe_takes_only_what_it_wants() {
        let probe = |want| Probe { operation: &CANARY, input: Fields::new(), title: String::new(), want };
        let output = || Observed::Answer(Answer::Output(Fields::new()));
        let unsupported = Observed::Answer(Answer::Unsupported { detail: String::new() });
        let died = Observed::Died { how: String::new(), stderr: String::new() };
        assert_eq!(probe(Want::Unsupported).objection(&unsupported), None);
        assert_eq!(probe(Want::Output(Fields::new())).objection(&output()), None);
        for (want, observed) in [
            (Want::Unsupported, output()),
            (Want::Refusal, output()),
            (Want::Refusal, died.clone()),
            (Want::Refusal, unsupported.clone()),
            (Want::Output(Fields::new().with_integer("x", 1)), output()),
            (Want::Output(Fields::new()), died),
        ] {
            assert!(probe(want.clone()).objection(&observed).is_some(), "{want:?} {observed:?}");
        }
    }
}
