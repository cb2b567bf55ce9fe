//! What a question costs, and whether it may be asked. Layer: `fuzzing`; pure.

use conformance::registry;
use envelope::facts::{self, Layout, Role, Text};
use vectors::{Fields, Operation, Value};

/// Nanoseconds for a byte of the input, its transport included, and for a byte that a generator gives.
const BYTE_NS: u64 = 10;
/// Microseconds that any question takes.
const QUESTION_US: u64 = 6;

/// The greatest costs that a change may ask for, where the case itself asks for less.
const ITERATIONS_MAX: u64 = 2_100;
const ARGON2_KIB_MAX: u64 = 2_048;
const LENGTH_MAX: u64 = 4_096;
const REQUESTED_MAX: u64 = 1 << 16;
const DERIVATION_NS_MAX: u64 = 3_000_000;

/// From where on a cost is more than anybody has: `cost-ceiling`.
const HOSTILE_ITERATIONS: u64 = 1_000_000_000;
const HOSTILE_DERIVATION: u64 = (1 << 31) - 1;
const HOSTILE_KIB: u64 = 1 << 31;
const HOSTILE_LENGTH: u64 = 1 << 32;

/// Who bears what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ceiling {
    /// The port refuses costs that nobody has.
    Claimed,
    /// Nothing is known of the port.
    Unclaimed,
}

/// What a question costs on the reference, in microseconds.
pub(super) fn estimate_us(operation: &Operation, input: &Fields) -> u64 {
    let derivation = derivation_ns(operation, input);
    let bytes: u64 = input.iter().map(|(_, value)| bytes(value)).sum();
    let ns = derivation.saturating_add(bytes.saturating_mul(BYTE_NS));
    (ns / 1_000).saturating_add(QUESTION_US)
}

/// Nanoseconds of a question's key derivation.
fn derivation_ns(operation: &Operation, input: &Fields) -> u64 {
    let work = registry::derivation(operation, input);
    work.map_or(0, |work| work.units.saturating_mul(work.kdf.reference_unit_ns()))
}

/// Bytes that a member carries, or asks for.
fn bytes(value: &Value) -> u64 {
    match value {
        Value::Bytes(bytes) => bytes.len() as u64,
        Value::Text(text) => text.len() as u64,
        Value::Integer(_) | Value::Flag(_) => 0,
        Value::BytesList(list) => list.iter().map(|bytes| bytes.len() as u64 + 40).sum(),
        Value::IntegerList(list) => list.iter().fold(0, |sum: u64, count| sum.saturating_add(*count)),
    }
}

/// Whether a question may be asked: its cost is small, or one that a port with a ceiling refuses unworked. `base` is the
/// input of the case that it was made of, whose cost is known.
pub(super) fn is_bearable(operation: &Operation, base: &Fields, input: &Fields, ceiling: Ceiling) -> bool {
    let integer = |name: &str| match (operation.input_member(name), input.value(name)) {
        (Some(_), Some(Value::Integer(integer))) => *integer,
        _ => 0,
    };
    let hostile = |cost: u64, from: u64| ceiling == Ceiling::Claimed && cost >= from;
    match operation.name {
        "pbkdf2-hmac-sha512.derive" => {
            let (iterations, length) = (integer("iterations"), integer("length"));
            let is_hostile = hostile(iterations, HOSTILE_DERIVATION) || hostile(length, HOSTILE_LENGTH);
            let blocks = length.div_ceil(64).max(1);
            is_hostile || (length <= LENGTH_MAX && iterations.saturating_mul(blocks) <= 2 * ITERATIONS_MAX)
        }
        "argon2i.derive" | "argon2id.derive" => {
            let [passes, kib, lanes, length] = ["passes", "memory_kib", "lanes", "length"].map(integer);
            let is_hostile = hostile(passes, HOSTILE_DERIVATION)
                || hostile(kib, HOSTILE_KIB)
                || hostile(lanes, HOSTILE_LENGTH)
                || hostile(length, HOSTILE_LENGTH);
            let is_cheap = passes.max(1).saturating_mul(kib.max(1)) <= ARGON2_KIB_MAX && passes <= 64;
            is_hostile || (is_cheap && length <= LENGTH_MAX && lanes <= 512)
        }
        "random.draw" => integer("length").saturating_mul(integer("count")) <= LENGTH_MAX,
        "fortuna.generate" | "sjcl-prng.generate" => {
            let sum = |fields: &Fields| fields.iter().fold(0, |sum: u64, (_, value)| sum.saturating_add(bytes(value)));
            sum(input) <= sum(base).saturating_mul(2).max(REQUESTED_MAX)
        }
        name if facts::operation(name).is_none() => {
            integer("length") <= LENGTH_MAX && derivation_ns(operation, input) <= DERIVATION_NS_MAX
        }
        name => {
            let is_count = |count: u64| count <= ITERATIONS_MAX || hostile(count, HOSTILE_ITERATIONS);
            let counted = facts::operation(name).and_then(facts::Operation::counted);
            let envelope = registry::envelope(operation, input);
            let changed = envelope.filter(|envelope| registry::envelope(operation, base) != Some(envelope));
            match (counted, changed, facts::of(name).map(|facts| facts.text)) {
                (Some(member), _, _) => is_count(integer(member)),
                (None, Some(envelope), Some(Text::Json(layout))) if layout.member(Role::Iterations).is_some() => {
                    counts(envelope, layout).all(is_count)
                }
                (None, Some(envelope), Some(Text::Phc(_))) => stored(&String::from_utf8_lossy(envelope), hostile),
                (None, _, _) => true,
            }
        }
    }
}

/// Every number that a lenient reader might take for a member's value, but of what holds bytes.
fn counts<'r>(record: &'r [u8], layout: &'static Layout) -> impl Iterator<Item = u64> + 'r {
    let of_bytes = layout.members.iter().filter(|member| member.encoding().is_some());
    let ends: Vec<&[u8]> =
        of_bytes.filter_map(|member| member.name.as_bytes().last_chunk::<4>()).map(|end| &end[..]).collect();
    record.iter().enumerate().filter(|(_, byte)| b":=".contains(byte)).filter_map(move |(at, _)| {
        let name = &record[at.saturating_sub(8)..at];
        if name.windows(4).any(|four| ends.iter().any(|end| four.eq_ignore_ascii_case(end))) {
            return None;
        }
        let is_around = |byte: &&u8| !byte.is_ascii_alphanumeric() && !b",}.".contains(byte);
        let is_value = |byte: &&u8| byte.is_ascii_alphanumeric() || b".+- _".contains(byte);
        let start = at + 1 + record[at + 1..].iter().take_while(is_around).count();
        let text: String = record[start..].iter().take_while(is_value).map(|byte| char::from(*byte)).collect();
        (text.len() < 40 || text.bytes().all(|byte| byte.is_ascii_digit())).then(|| count(&text))
    })
}

/// A count as the most lenient reader takes it.
fn count(text: &str) -> u64 {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '_' | '+' | '-')).collect();
    if let Some(digits) = plain.strip_prefix("0x") {
        let end = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
        return if end == 0 { 0 } else { u64::from_str_radix(&digits[..end], 16).unwrap_or(u64::MAX) };
    }
    let digits = plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len());
    let whole = if digits == 0 { 0 } else { plain[..digits].parse().unwrap_or(u64::MAX) };
    // Of the two readings the greater counts; whatever no 64 bits hold is hostile enough.
    let rounded = format!("{:.0}", plain.parse::<f64>().unwrap_or_default());
    if digits == plain.len() { whole } else { whole.max(rounded.parse().unwrap_or(u64::MAX)) }
}

/// Whether the costs of a stored hash are small, or hostile to a port with a ceiling.
fn stored(text: &str, hostile: impl Fn(u64, u64) -> bool) -> bool {
    let cost = |name: &str| {
        let values = text.split(name).skip(1).map(count_in_front);
        values.max().unwrap_or_default()
    };
    let (kib, passes) = (cost("m="), cost("t="));
    let is_cheap = passes <= 64 && kib.max(1).saturating_mul(passes.max(1)) <= ARGON2_KIB_MAX;
    is_cheap || hostile(kib, HOSTILE_KIB) || hostile(passes, (1 << 32) - 1)
}

fn count_in_front(text: &str) -> u64 {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !" +-._".contains(c)).unwrap_or(text.len());
    count(&text[..end])
}
