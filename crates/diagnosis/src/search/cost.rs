//! What the answers to a run's cases take. Layer: `diagnosis`; pure.

use crate::Exhibit;
use conformance::registry;
use vectors::{Expect, Fields, Value};

/// What an answer takes beside its derivation, in microseconds.
const ANSWER_US: u64 = 30;

/// Bytes that are gone through in a microsecond.
const BYTES_IN_A_US: u64 = 4;

/// An answer that takes longer is given only by guesses that stood a screening, in microseconds.
pub(super) const COSTLY_US: u64 = 2_000;

/// The units of derivation that a case asks for, about a microsecond each.
pub(super) fn work_units(exhibit: &Exhibit<'_>) -> u64 {
    registry::derivation(exhibit.operation(), &exhibit.case.input).map_or(0, |work| work.units)
}

/// What the right answer to a case takes, in microseconds: what its bytes take where its derivation is known.
pub(super) fn cost_us(exhibit: &Exhibit<'_>, known: bool) -> u64 {
    let derivation = match &exhibit.case.expect {
        Expect::Opens(_) => work_units(exhibit) * draws(exhibit),
        Expect::Output(_) | Expect::Reject(_) if known => 0,
        Expect::Output(_) | Expect::Reject(_) => work_units(exhibit),
    };
    ANSWER_US * draws(exhibit) + derivation + bytes(&exhibit.case.input) / BYTES_IN_A_US
}

/// The bytes that an operation has to go through.
fn bytes(input: &Fields) -> u64 {
    let count = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.len() as u64,
        Value::Text(text) => text.len() as u64,
        Value::BytesList(list) => list.iter().map(|bytes| bytes.len() as u64 + 64).sum(),
        Value::IntegerList(list) => list.iter().fold(0, |sum: u64, number| sum.saturating_add(*number)),
        Value::Integer(_) | Value::Flag(_) => 0,
    };
    input.iter().fold(0, |sum: u64, (_, value)| sum.saturating_add(count(value)))
}

/// How often a case's answer is computed to see how it fits: seals are made several times and opened.
fn draws(exhibit: &Exhibit<'_>) -> u64 {
    match &exhibit.case.expect {
        Expect::Opens(_) => 5,
        Expect::Output(_) | Expect::Reject(_) => 1,
    }
}
