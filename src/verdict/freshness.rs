//! Whether the salts and nonces that a port draws are fresh. Layer: `verdict`, pure.

use std::collections::HashMap;

use crate::primitives::Limits;
use crate::registry;
use crate::vector::{Answer, Fields, Operation, Value};

/// Values shorter than this repeat by chance.
const BYTES_MIN: usize = 8;

/// Two random values that share so many bytes at one end are not random: with a million seals the odds are 2^-25.
const SHARED_BYTES: usize = 8;

/// All that a run has seen a port draw.
#[derive(Default)]
pub struct Freshness {
    /// Which draw began with, or ended in, these bytes: by operation, member and end of the value.
    seen: HashMap<(&'static str, &'static str, End, Vec<u8>), Vec<u8>>,
    /// The lengths that the reference draws.
    lengths: HashMap<&'static str, Vec<(&'static str, usize)>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Front,
    Back,
}

impl Freshness {
    /// Looks at the drawn members of one seal; what is wrong with them, in words.
    pub fn objection(&mut self, operation: &'static Operation, input: &Fields, output: &Fields) -> Option<String> {
        let drawn: Vec<_> = registry::randomness(operation, output)
            .into_iter()
            .filter(|(name, _)| input.value(name).is_none())
            .collect();
        // Every value is looked at, so that a later seal is compared with all of them.
        let objections: Vec<_> = drawn
            .iter()
            .filter_map(|(name, value)| {
                let length = self.length(operation, input, name);
                self.look(operation, input, name, value, length)
            })
            .collect();
        objections.into_iter().next()
    }

    fn look(
        &mut self,
        operation: &'static Operation,
        input: &Fields,
        name: &'static str,
        value: &[u8],
        length: Option<usize>,
    ) -> Option<String> {
        if let Some(length) = length.filter(|length| *length != value.len()) {
            return Some(format!("{name} has {} bytes, {length} are right", value.len()));
        }
        if let Some(source) = source_in(input, value) {
            return Some(format!("{name} is part of the input's {source}"));
        }
        if value.len() < BYTES_MIN {
            return None;
        }
        let front = (operation.name, name, End::Front, value[..SHARED_BYTES].to_vec());
        let back = (operation.name, name, End::Back, value[value.len() - SHARED_BYTES..].to_vec());
        let before = self.seen.insert(front, value.to_vec()).or(self.seen.get(&back).cloned());
        self.seen.insert(back, value.to_vec());
        before.map(|before| describe_repeat(name, &before, value))
    }

    /// How long the reference draws the member, asked once for each operation.
    fn length(&mut self, operation: &'static Operation, input: &Fields, name: &str) -> Option<usize> {
        let lengths = self.lengths.entry(operation.name).or_insert_with(|| {
            match registry::reference(operation, input, &Limits::default()) {
                Answer::Output(output) => {
                    let drawn = registry::randomness(operation, &output);
                    drawn.into_iter().map(|(name, value)| (name, value.len())).collect()
                }
                Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => Vec::new(),
            }
        });
        lengths.iter().find(|(known, _)| *known == name).map(|(_, length)| *length)
    }
}

fn describe_repeat(name: &str, before: &[u8], value: &[u8]) -> String {
    if before == value {
        return format!("{name} {} was drawn before: it is constant or repeats", hex::encode(value));
    }
    let differing = before.iter().zip(value).filter(|(one, other)| one != other).count();
    format!(
        "{name} {} differs from an earlier one in {differing} bytes only: a counter, or partly constant",
        hex::encode(value)
    )
}

/// The input member that holds the value.
fn source_in(input: &Fields, value: &[u8]) -> Option<&'static str> {
    let holds = |bytes: &[u8]| value.len() >= BYTES_MIN && bytes.windows(value.len()).any(|window| window == value);
    input.iter().find_map(|(name, given)| {
        let found = match given {
            Value::Bytes(bytes) => holds(bytes),
            Value::Text(text) => holds(text.as_bytes()),
            Value::BytesList(list) => list.iter().any(|bytes| holds(bytes)),
            Value::Integer(_) | Value::Flag(_) | Value::IntegerList(_) => false,
        };
        found.then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::operation::find;

    fn look(freshness: &mut Freshness, value: &[u8]) -> Option<String> {
        let operation = find("notesnook.seal").unwrap();
        let input = Fields::new().with_text("password_text", "a long password").with_bytes("plaintext", [9; 40]);
        freshness.look(operation, &input, "nonce", value, Some(24))
    }

    /// The same nonce twice under one key gives the plaintext away, however the port came by it.
    #[test]
    fn what_does_not_look_drawn_is_named() {
        let counter = |count: u64, at: usize| {
            let mut value = [0x5a; 24];
            value[at..at + 8].copy_from_slice(&count.to_be_bytes());
            value
        };
        for (first, second, names) in [
            ([1; 24].to_vec(), [1; 24].to_vec(), "repeats"),
            (counter(41, 16).to_vec(), counter(42, 16).to_vec(), "counter"),
            (counter(0x0100, 0).to_vec(), counter(0x2100_0000, 0).to_vec(), "counter"),
            ([1; 24].to_vec(), [2; 23].to_vec(), "24 are right"),
            ([1; 24].to_vec(), [9; 24].to_vec(), "plaintext"),
        ] {
            let mut freshness = Freshness::default();
            assert_eq!(look(&mut freshness, &first), None);
            let objection = look(&mut freshness, &second).unwrap();
            assert!(objection.contains(names), "{objection}");
        }
    }

    /// Honest randomness must never be accused.
    #[test]
    fn random_values_are_fresh() {
        let (mut freshness, mut random) = (Freshness::default(), fastrand::Rng::with_seed(7));
        for _ in 0..10_000 {
            let mut value = [0; 24];
            random.fill(&mut value);
            assert_eq!(look(&mut freshness, &value), None);
        }
    }
}
