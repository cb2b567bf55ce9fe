//! Changed values that are worth a guess.
//!
//! In: the failing cases, or one request. Out: edits of the operations that fail, the likely ones first. What a value could be cut to is
//! read off the cases; everything else is a table. Layer: `diagnosis`; pure.

use super::edit::{Change, CodePage, Edit, Hash, Spelling};
use super::{Exhibit, Hypothesis};
use envelope::facts::{self, below};
use vectors::operation::{self, Member};
use vectors::{Fields, Kind, Operation, Value};

/// Primitives that a port computes with one function, and so gets wrong together.
const TOGETHER: &[&[&str]] = &[
    &["sha512.digest"],
    &["hmac-sha512.tag"],
    &["blake2b.digest"],
    &["pbkdf2-hmac-sha512.derive"],
    &["argon2i.derive", "argon2id.derive"],
    &["argon2i.derive"],
    &["argon2id.derive"],
    &["aes-256-gcm.seal", "aes-256-gcm.open"],
    &["aes-256-gcm.seal"],
    &["aes-256-gcm.open"],
    &["hchacha20.subkey"],
    &["xchacha20-poly1305.seal", "xchacha20-poly1305.open"],
    &["xchacha20-poly1305.seal"],
    &["xchacha20-poly1305.open"],
    &["fortuna.generate"],
    &["sjcl-prng.generate"],
];

/// The same of every operation that the suite knows.
fn together() -> impl Iterator<Item = &'static &'static [&'static str]> {
    TOGETHER.iter().chain(facts::SYSTEMS.iter().flat_map(|system| system.together))
}

/// Counts and costs that are met as defaults.
const DEFAULTS: &[u64] =
    &[1, 2, 3, 4, 8, 10, 16, 32, 64, 1_000, 1_024, 2_048, 4_096, 5_000, 8_192, 10_000, 19_456, 65_536, 100_000];

/// Factors between units.
const FACTORS: &[u64] = &[2, 4, 8, 10, 100, 1_000, 1_024];

/// A value is cut at up to so many places.
const CUTS_MAX: usize = 160;

/// The edits of the operations of the failing cases and of those below them.
pub(super) fn edits(exhibits: &[Exhibit<'_>], open: &[usize]) -> Vec<Edit> {
    let mut failing: Vec<&str> = open.iter().map(|at| exhibits[*at].operation().name).collect();
    failing.sort_unstable();
    failing.dedup();
    let fails = |name: &&str| {
        failing.contains(name) || failing.iter().any(|above| below(above).contains(name) && !asked(exhibits, name))
    };
    let groups = together().filter(|group| group.iter().any(&fails));
    groups.flat_map(|group| of_group(exhibits, open, group)).collect()
}

/// Keys that are another slice of more derived bytes than are asked for.
pub(super) fn slices() -> Vec<Hypothesis> {
    let derivations: [&'static [&'static str]; 3] =
        [&["pbkdf2-hmac-sha512.derive"], &["argon2i.derive", "argon2id.derive"], &["argon2i.derive"]];
    let further = [1, 2, 4, 8, 12, 16, 20, 24, 32, 48, 64].map(|by| (Change::Plus(by as u64), Change::Skip(by)));
    let slices = further.into_iter().chain([(Change::Times(2), Change::SecondHalf)]);
    let of = |operations, (length, key)| Hypothesis {
        mistakes: Vec::new(),
        edits: vec![
            Edit { operations, member: "length", change: length },
            Edit { operations, member: "key", change: key },
        ],
    };
    derivations.iter().flat_map(|operations| slices.clone().map(move |slice| of(operations, slice))).collect()
}

/// Whether a port was asked for an operation by itself: what is wrong in it then shows there.
fn asked(exhibits: &[Exhibit<'_>], name: &str) -> bool {
    exhibits.iter().any(|exhibit| exhibit.operation().name == name)
}

fn of_group(exhibits: &[Exhibit<'_>], open: &[usize], group: &'static [&'static str]) -> Vec<Edit> {
    let Some(operation) = group.first().and_then(|name| operation::find(name)) else { return Vec::new() };
    of_members(operation, group, longest(exhibits, open, group))
}

/// The edits of an operation and of those below it, for values as long as those of a request for it.
pub(super) fn around(operation: &'static Operation, input: &Fields) -> Vec<Edit> {
    let concerned = |name: &&'static str| *name == operation.name || below(operation.name).contains(name);
    let of = |group: &&'static [&'static str]| {
        let above = group.first().and_then(|name| operation::find(name));
        above.map(|above| of_members(above, group, longest_value([input]))).unwrap_or_default()
    };
    together().filter(|group| group.iter().any(concerned)).flat_map(of).collect()
}

fn of_members(operation: &'static Operation, group: &'static [&'static str], longest: usize) -> Vec<Edit> {
    let members = operation.input.iter().chain(operation.output);
    let edit = |member: &'static Member| {
        changes(member, longest).into_iter().map(|change| Edit { operations: group, member: member.name, change })
    };
    members.flat_map(edit).collect()
}

/// The most bytes of a member that these operations are asked with.
fn longest(exhibits: &[Exhibit<'_>], open: &[usize], group: &[&str]) -> usize {
    let cases = open.iter().map(|at| &exhibits[*at]).filter(|exhibit| group.contains(&exhibit.operation().name));
    longest_value(cases.map(|exhibit| &exhibit.case.input))
}

fn longest_value<'f>(inputs: impl IntoIterator<Item = &'f Fields>) -> usize {
    let bytes = inputs.into_iter().flat_map(Fields::iter).map(|(_, value)| match value {
        Value::Bytes(bytes) => bytes.len(),
        Value::Text(text) => text.len(),
        Value::Integer(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_) => 0,
    });
    bytes.max().unwrap_or_default().clamp(64, CUTS_MAX)
}

fn changes(member: &Member, longest: usize) -> Vec<Change> {
    match member.kind {
        Kind::Integer => numbers(),
        Kind::Hex => [texts(), bytes(longest)].concat(),
        Kind::Text => bytes(longest),
        Kind::HexList => [texts(), vec![Change::Reversed, Change::WordsReversed(4), Change::WordsReversed(8)]].concat(),
        Kind::Flag | Kind::IntegerList => Vec::new(),
    }
}

fn numbers() -> Vec<Change> {
    let off_by = [1, 2].into_iter().flat_map(|one| [Change::Plus(one), Change::Minus(one)]);
    let units = FACTORS.iter().flat_map(|factor| [Change::Times(*factor), Change::Over(*factor)]);
    off_by.chain(units).chain(DEFAULTS.iter().map(|value| Change::Set(*value))).collect()
}

fn texts() -> Vec<Change> {
    let spelled = Spelling::ALL.map(Change::Spelled);
    let encoded = CodePage::ALL.map(Change::Encoded);
    spelled.into_iter().chain(encoded).collect()
}

fn bytes(longest: usize) -> Vec<Change> {
    let whole = [
        Change::Reversed,
        Change::WordsReversed(4),
        Change::WordsReversed(8),
        Change::Doubled,
        Change::Hashed(Hash::Sha256),
        Change::Hashed(Hash::Sha512),
        Change::Followed(0),
        Change::Followed(b'\n'),
        Change::Followed(b'\r'),
        Change::Preceded(0),
        Change::Preceded(1),
        Change::Filled(16),
        Change::Filled(32),
        Change::Filled(64),
    ];
    let cut = (1..=longest).flat_map(|at| [Change::Cut(at), Change::Skip(at), Change::Rotated(at)]);
    whole.into_iter().chain(cut).collect()
}
