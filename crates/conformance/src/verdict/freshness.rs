//! Whether the salts and nonces that a port draws are fresh. Layer: `verdict`, pure.

use std::collections::HashMap;

use crate::registry;
use primitives::Limits;
use vectors::{Answer, Fields, Operation, Value};

/// Values shorter than this repeat by chance.
const BYTES_MIN: usize = 8;

/// Two random values that share so many bytes at one end are not random: with a million seals the odds are 2^-25.
const SHARED_BYTES: usize = 8;

/// How unlikely a thing must be before it is held against a port, as a power of two: below 2^-40 over a whole run, in
/// which 9 members are looked at (4 bits), for any number of bits between 1 and 256 that do not change (8 bits).
const ODDS_BITS: u32 = 40 + 4 + 8;

/// All that a run has seen a port draw.
#[derive(Default)]
pub struct Freshness {
    /// What all draws of a member have in common: by operation and member.
    common: HashMap<(&'static str, &'static str), Common>,
    /// Which draw began with, or ended in, these bytes: by operation, member and end of the value.
    seen: HashMap<(&'static str, &'static str, End, Vec<u8>), Vec<u8>>,
    /// The lengths that the reference draws.
    lengths: HashMap<&'static str, Vec<(&'static str, usize)>>,
}

/// The bits that every draw of a member had alike.
struct Common {
    first: Vec<u8>,
    /// Ones where a draw differed from the first.
    changed: Vec<u8>,
    draws: u32,
}

/// What shows that a salt or nonce was not drawn, as two ports with the same mistake have it alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The member.
    pub member: &'static str,
    /// What is wrong with its value.
    pub how: How,
}

/// What is wrong with a drawn value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It has so many bytes, which are too many or too few.
    Length(usize),
    /// It is part of this member of the input.
    Given(&'static str),
    /// It was drawn before.
    Repeats,
    /// It differs from an earlier one at this end alone.
    Counts(End),
    /// Its halves are equal.
    Halves,
    /// So many of its bytes are always the same, the last of them at this end.
    Constant(usize, End),
    /// Every byte is below 0x80.
    Ascii,
    /// Single bits never change.
    Bits,
}

/// An end of a value; a counter of 64 bits stands in its first eight bytes or behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Its first eight bytes.
    Front,
    /// What is behind them.
    Back,
}

impl End {
    fn of(position: Option<usize>) -> Self {
        if position.is_some_and(|at| at < SHARED_BYTES) { Self::Front } else { Self::Back }
    }
}

/// An objection to a value: what it is, and in words.
type Objection = (How, String);

impl Freshness {
    /// Looks at the drawn members of one seal; what is wrong with the first that is not fresh, and in words.
    pub fn objection(
        &mut self,
        operation: &'static Operation,
        input: &Fields,
        output: &Fields,
    ) -> Option<(Stale, String)> {
        let drawn: Vec<_> = registry::randomness(operation, output)
            .into_iter()
            .filter(|(name, _)| input.value(name).is_none())
            .collect();
        // Every value is looked at, so that a later seal is compared with all of them.
        let objections: Vec<_> = drawn
            .iter()
            .filter_map(|(name, value)| {
                let length = self.length(operation, input, name);
                let (how, words) = self.look(operation, input, name, value, length)?;
                Some((Stale { member: name, how }, words))
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
    ) -> Option<Objection> {
        if let Some(length) = length.filter(|length| *length != value.len()) {
            let words = format!("{name} has {} bytes instead of {length}", value.len());
            return Some((How::Length(value.len()), words));
        }
        if let Some(source) = source_in(input, value) {
            return Some((How::Given(source), format!("{name} is part of the input's {source}")));
        }
        if value.len() < BYTES_MIN {
            return None;
        }
        let front = (operation.name, name, End::Front, value[..SHARED_BYTES].to_vec());
        let back = (operation.name, name, End::Back, value[value.len() - SHARED_BYTES..].to_vec());
        let before = self.seen.insert(front, value.to_vec()).or(self.seen.get(&back).cloned());
        self.seen.insert(back, value.to_vec());
        let common = self.common.entry((operation.name, name)).or_insert_with(|| Common::of(value));
        common.take(value);
        before
            .map(|before| describe_repeat(name, &before, value))
            .or_else(|| halves(name, value))
            .or_else(|| common.objection(name))
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

impl Common {
    fn of(value: &[u8]) -> Self {
        Self { first: value.to_vec(), changed: vec![0; value.len()], draws: 0 }
    }

    fn take(&mut self, value: &[u8]) {
        if value.len() == self.first.len() {
            self.draws += 1;
            for ((changed, first), byte) in self.changed.iter_mut().zip(&self.first).zip(value) {
                *changed |= first ^ byte;
            }
        }
    }

    /// Among B random bits, `k` that are the same in each of N draws have odds of at most (B · 2^-(N-1))^k: there are no
    /// more than B^k choices of them. Once that is below [`ODDS_BITS`] they are held against the port: a byte of sixteen
    /// that is always the same after 15 draws, the six bits of a random UUID after 17, text or bytes below 0x80 after 12.
    fn objection(&self, name: &str) -> Option<Objection> {
        let same: u32 = self.changed.iter().map(|byte| byte.count_zeros()).sum();
        let choices = (8 * self.changed.len()).next_power_of_two().ilog2();
        let odds = same.saturating_mul((self.draws - 1).saturating_sub(choices));
        (odds >= ODDS_BITS).then(|| self.describe(name, same))
    }

    fn describe(&self, name: &str, same: u32) -> Objection {
        let bytes = self.changed.iter().zip(&self.first).enumerate();
        let constant: Vec<_> =
            bytes.filter(|(_, (changed, _))| **changed == 0).map(|(at, (_, first))| (at, first)).collect();
        let (how, what) = if let Some((last, _)) = constant.last() {
            let always: Vec<_> = constant.iter().map(|(at, byte)| format!("byte {at} is always {byte:02x}")).collect();
            (How::Constant(constant.len(), End::of(Some(*last))), format!("{}: partly constant", always.join(", ")))
        } else if self.changed.iter().zip(&self.first).all(|(changed, first)| (changed | first) & 0x80 == 0) {
            (How::Ascii, "every byte is below 0x80: text, or drawn from half of the bytes".to_owned())
        } else {
            (How::Bits, "as in a UUID, or in a number that is too small".to_owned())
        };
        (how, format!("{name}: {same} bits are the same in all {} draws; {what}", self.draws))
    }
}

/// Two halves that are equal: with 16 bytes the odds are 2^-64, so that a thousand draws of 9 members keep below 2^-50.
fn halves(name: &str, value: &[u8]) -> Option<Objection> {
    let (front, back) = value.split_at(value.len() / 2);
    let equal = front.len() >= SHARED_BYTES && front == back;
    equal.then(|| (How::Halves, format!("{name} {} has two equal halves", hex::encode(value))))
}

fn describe_repeat(name: &str, before: &[u8], value: &[u8]) -> Objection {
    if before == value {
        let words = format!("{name} {} was drawn before: it is constant or repeats", hex::encode(value));
        return (How::Repeats, words);
    }
    let differing: Vec<_> = (0..value.len()).filter(|at| before.get(*at) != value.get(*at)).collect();
    let positions: Vec<_> = differing.iter().map(usize::to_string).collect();
    let words = format!(
        "{name} {} differs from an earlier one only at byte {}: a counter, or partly constant",
        hex::encode(value),
        positions.join(", ")
    );
    (How::Counts(End::of(differing.last().copied())), words)
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
    use vectors::operation::find;

    fn look(freshness: &mut Freshness, value: &[u8]) -> Option<String> {
        let operation = find("notesnook.seal").unwrap();
        let input = Fields::new().with_text("password_text", "a long password").with_bytes("plaintext", [9; 40]);
        freshness.look(operation, &input, "nonce", value, Some(24)).map(|(_, words)| words)
    }

    /// The same nonce twice under one key gives the plaintext away, however the port came by it.
    #[test]
    fn what_does_not_look_drawn_is_named() {
        let counter = |count: u64, at: usize| {
            let mut value = [0x5a; 24];
            value[at..at + 8].copy_from_slice(&count.to_be_bytes());
            value
        };
        let rising = |from: u8| (from..from + 24).collect::<Vec<_>>();
        for (first, second, names) in [
            (rising(1), rising(1), "repeats"),
            (counter(41, 16).to_vec(), counter(42, 16).to_vec(), "counter"),
            (counter(0x0100, 0).to_vec(), counter(0x2100_0000, 0).to_vec(), "counter"),
            (rising(1), rising(50)[..23].to_vec(), "instead of 24"),
            (rising(1), [9; 24].to_vec(), "plaintext"),
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
        // Early on, few draws have much in common by chance.
        for _ in 0..1_000 {
            let mut freshness = Freshness::default();
            for _ in 0..20 {
                let mut value = [0; 24];
                random.fill(&mut value);
                assert_eq!(look(&mut freshness, &value), None);
            }
        }
    }

    /// How a draw is spoilt, within how many draws that shows, and a part of what is said then.
    type Row = (fn(&mut [u8]), usize, &'static str);

    /// A value that is partly drawn repeats sooner than its length says, and no two draws show it.
    #[test]
    fn what_is_partly_drawn_is_named_within_so_many_draws() {
        let uuid = |value: &mut [u8]| {
            value[6] = value[6] & 0x0f | 0x40;
            value[8] = value[8] & 0x3f | 0x80;
        };
        let hex_text = |value: &mut [u8]| {
            let text = hex::encode(&value[..12]);
            value.copy_from_slice(text.as_bytes());
        };
        let rows: [Row; 7] = [
            (|value| value[23] = 0, 16, "byte 23 is always 00"),
            (|value| value[20..].fill(9), 11, "byte 20 is always 09, byte 21"),
            (|value| value.iter_mut().for_each(|byte| *byte &= 0x7f), 12, "below 0x80"),
            (|value| value.iter_mut().step_by(4).for_each(|byte| *byte &= 0x7f), 18, "too small"),
            (hex_text, 11, "below 0x80"),
            (uuid, 18, "UUID"),
            (|value| value.copy_within(..12, 12), 1, "equal halves"),
        ];
        for (spoil, within, names) in rows {
            let (mut freshness, mut random) = (Freshness::default(), fastrand::Rng::with_seed(7));
            let mut objections = (1..=within).filter_map(|draw| {
                let mut value = [0; 24];
                random.fill(&mut value);
                spoil(&mut value);
                look(&mut freshness, &value).map(|objection| (draw, objection))
            });
            let (draw, objection) = objections.next().unwrap_or_else(|| panic!("{names} is not seen"));
            assert!(draw <= within && objection.contains(names), "{draw} of {within}: {objection}");
        }
    }
}
