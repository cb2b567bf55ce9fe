//! Changed values that are worth a guess.
//!
//! In: the failing cases, or one request. Out: edits of the operations that fail, the likely ones first. What a value could be cut to is
//! read off the cases; everything else is a table. Layer: `diagnosis`; pure.

use std::collections::BTreeSet;

use super::edit::{Change, CodePage, Edit, Hash, Spelling, TextForm};
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

/// Pieces in which texts are read, in bytes.
const PIECES: &[usize] = &[16, 64, 256, 512, 1_024, 4_096, 8_192, 16_384, 65_536];

/// A value is cut at up to so many places.
const CUTS_MAX: usize = 160;

/// The edits of the operations of the failing cases and of those below them, without cuts.
pub(super) fn likely(exhibits: &[Exhibit<'_>], open: &[usize]) -> Vec<Hypothesis> {
    let edits = concerned(exhibits, open).flat_map(likely_of);
    edits.map(Hypothesis::changing).collect()
}

/// The cuts of their members: there are many.
pub(super) fn cuts(exhibits: &[Exhibit<'_>], open: &[usize]) -> Vec<Hypothesis> {
    let edits = concerned(exhibits, open).flat_map(|group| cuts_of(exhibits, open, group));
    edits.map(Hypothesis::changing).collect()
}

/// The operations that fail.
fn failing(exhibits: &[Exhibit<'_>], open: &[usize]) -> BTreeSet<&'static str> {
    open.iter().map(|at| exhibits[*at].operation().name).collect()
}

/// The groups of operations that fail, or that stand below such and were not asked.
fn concerned<'e>(exhibits: &'e [Exhibit<'_>], open: &[usize]) -> impl Iterator<Item = &'static [&'static str]> + 'e {
    let failing = failing(exhibits, open);
    let fails = move |name: &&str| {
        failing.contains(name) || failing.iter().any(|above| below(above).contains(name) && !asked(exhibits, name))
    };
    together().copied().filter(move |group| group.iter().any(&fails))
}

/// Keys that are another slice of more derived bytes than are asked for.
pub(super) fn slices() -> Vec<Hypothesis> {
    let derivations: [&'static [&'static str]; 3] =
        [&["pbkdf2-hmac-sha512.derive"], &["argon2i.derive", "argon2id.derive"], &["argon2i.derive"]];
    let further = [1, 2, 4, 8, 12, 16, 20, 24, 32, 48, 64].map(|by| (Change::Plus(by as u64), Change::Skip(by)));
    let slices = further.into_iter().chain([(Change::Times(2), Change::SecondHalf)]);
    let of = |operations, (length, key)| Hypothesis {
        edits: vec![
            Edit { operations, member: "length", change: length },
            Edit { operations, member: "key", change: key },
        ],
        ..Hypothesis::default()
    };
    derivations.iter().flat_map(|operations| slices.clone().map(move |slice| of(operations, slice))).collect()
}

/// Whether a port was asked for an operation by itself: what is wrong in it then shows there.
fn asked(exhibits: &[Exhibit<'_>], name: &str) -> bool {
    exhibits.iter().any(|exhibit| exhibit.operation().name == name)
}

/// What may become of the members of a group's operations, without cuts.
fn likely_of(group: &'static [&'static str]) -> Vec<Edit> {
    let whole = members(group).flat_map(|member| changed(group, member, whole(member)));
    across(group).into_iter().chain(whole).collect()
}

/// Guesses in an order that suits costly answers, of which only the first few are made: what ports are often seen to do, apart from
/// all others.
pub(super) fn in_order(mut guesses: Vec<Hypothesis>) -> (Vec<Hypothesis>, Vec<Hypothesis>) {
    let rarest = |guess: &Hypothesis| guess.edits.iter().map(rarity).max();
    guesses.sort_by_key(rarest);
    guesses.into_iter().partition(|guess| rarest(guess) == Some(0))
}

/// How rarely ports are seen to make a change: from 0, which they often do, to 2.
#[expect(clippy::wildcard_enum_match_arm, reason = "all others are rare")]
fn rarity(edit: &Edit) -> u8 {
    let is_password = edit.member.starts_with("password");
    match edit.change {
        Change::InThousands => 0,
        Change::Set(4) if edit.member == "lanes" => 0,
        Change::Hashed(Hash::Sha256) | Change::HashedAndSpelled(Hash::Sha256 | Hash::Sha512, Spelling::Hex) => {
            u8::from(!is_password)
        }
        Change::Set(2 | 8) if edit.member == "lanes" => 1,
        Change::Set(..=4) if edit.member == "passes" => 1,
        Change::Times(1_000..)
        | Change::Over(1_000..)
        | Change::Hashed(Hash::Sha512)
        | Change::HashedAndSpelled(Hash::Md5, Spelling::Hex)
        | Change::HashedAndSpelled(Hash::Sha256, Spelling::Base64)
        | Change::Spelled(Spelling::Hex | Spelling::Base64 | Spelling::LossyUtf8)
        | Change::Encoded(CodePage::Utf16Le)
        | Change::Text(TextForm::Lower | TextForm::Trimmed | TextForm::Nfc | TextForm::Nfkd)
        | Change::Cleared => 1,
        _ => 2,
    }
}

fn cuts_of(exhibits: &[Exhibit<'_>], open: &[usize], group: &'static [&'static str]) -> Vec<Edit> {
    let longest = longest(exhibits, open, group);
    members(group).flat_map(|member| changed(group, member, positions(member, longest))).collect()
}

/// The members of the operations of a group, each once.
fn members(group: &'static [&'static str]) -> impl Iterator<Item = &'static Member> {
    let of = |operation: &'static Operation| operation.input.iter().chain(operation.output);
    let all: Vec<_> = group.iter().filter_map(|name| operation::find(name)).flat_map(of).collect();
    let is_first = |(at, member): &(usize, &Member)| all[..*at].iter().all(|other| other.name != member.name);
    let first: Vec<_> = all.iter().copied().enumerate().filter(is_first).map(|(_, member)| member).collect();
    first.into_iter()
}

fn changed(
    operations: &'static [&'static str],
    member: &'static Member,
    changes: Vec<Change>,
) -> impl Iterator<Item = Edit> {
    changes.into_iter().map(move |change| Edit { operations, member: member.name, change })
}

/// Two inputs of one kind swapped, or one in the other's place.
fn across(operations: &'static [&'static str]) -> Vec<Edit> {
    let inputs = operations.first().and_then(|name| operation::find(name)).map_or(&[][..], |operation| operation.input);
    let alike = |one: &Member, other: &Member| {
        one.kind == other.kind || matches!((one.kind, other.kind), (Kind::Hex, Kind::Text))
    };
    let of = |(at, one): (usize, &'static Member)| {
        let others = inputs.iter().enumerate().filter(move |(other, member)| *other != at && alike(one, member));
        let edits = move |(other, member): (usize, &'static Member)| {
            let swapped = (at < other && one.kind == member.kind).then_some(Change::Swapped(member.name));
            swapped.into_iter().chain([Change::Is(member.name)])
        };
        others.flat_map(edits).map(move |change| Edit { operations, member: one.name, change }).collect::<Vec<_>>()
    };
    inputs.iter().enumerate().flat_map(of).collect()
}

/// Inputs of failing operations, and of those below them that fail, swapped: there are few, and no list of mistakes has them.
pub(super) fn swaps(exhibits: &[Exhibit<'_>], open: &[usize]) -> Vec<Hypothesis> {
    let failing = failing(exhibits, open);
    let groups = together().filter(|group| group.iter().any(|name| failing.contains(name)));
    groups.flat_map(|group| across(group)).map(Hypothesis::changing).collect()
}

/// Operations in which alone a mistake may be made: those of a system that fail together, and each that fails.
pub(super) fn rooms(exhibits: &[Exhibit<'_>], open: &[usize]) -> Vec<&'static [&'static str]> {
    let failing = failing(exhibits, open);
    let operations = failing.iter().filter_map(|name| operation::find(name));
    let alone = operations.map(|operation| std::slice::from_ref(&operation.name));
    let groups = facts::SYSTEMS.iter().flat_map(|system| system.together).copied();
    let is_failing = |group: &&'static [&'static str]| group.iter().filter(|name| failing.contains(*name)).count() > 1;
    groups.filter(is_failing).chain(alone).collect()
}

/// What is made in some failing operations alone: changed values of their own and of what lies below them, though that be right
/// when it is asked by itself.
pub(super) fn within(rooms: &[&'static [&'static str]]) -> Vec<Hypothesis> {
    rooms.iter().flat_map(|room| within_room(room)).collect()
}

fn within_room(room: &'static [&'static str]) -> Vec<Hypothesis> {
    // What several have in common is among the edits without a room.
    let own = room.iter().filter(|_| room.len() == 1).filter_map(|name| operation::find(name));
    let mut below: Vec<&'static str> = room.iter().flat_map(|name| below(name)).copied().collect();
    below.sort_unstable();
    below.dedup();
    let made_in = own.chain(below.into_iter().filter_map(operation::find));
    let edits = made_in.flat_map(|operation| likely_of(std::slice::from_ref(&operation.name)));
    edits.map(|edit| Hypothesis::changing(edit).within(room)).collect()
}

/// The edits of an operation and of those below it, for values as long as those of a request for it.
pub(super) fn around(operation: &'static Operation, input: &Fields) -> Vec<Edit> {
    let concerned = |name: &&'static str| *name == operation.name || below(operation.name).contains(name);
    let of = |group: &&'static [&'static str]| {
        let longest = longest_value([input]);
        members(group)
            .flat_map(|member| changed(group, member, [whole(member), positions(member, longest)].concat()))
            .collect::<Vec<_>>()
    };
    together().filter(|group| group.iter().any(concerned)).flat_map(of).collect()
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

/// The changes with a position.
fn positions(member: &Member, longest: usize) -> Vec<Change> {
    let cut = (1..=longest).flat_map(|at| [Change::Cut(at), Change::Skip(at), Change::Rotated(at)]);
    match member.kind {
        Kind::Hex | Kind::Text => cut.collect(),
        Kind::Integer | Kind::HexList | Kind::Flag | Kind::IntegerList => Vec::new(),
    }
}

/// The changes without a position.
fn whole(member: &Member) -> Vec<Change> {
    match member.kind {
        Kind::Integer => numbers(member.name),
        Kind::Hex => all_of_bytes(),
        Kind::Text => [bytes(), forms()].concat(),
        Kind::HexList => [texts(), vec![Change::Reversed, Change::WordsReversed(4), Change::WordsReversed(8)]].concat(),
        Kind::Flag | Kind::IntegerList => Vec::new(),
    }
}

/// Every change of bytes without a position.
pub(super) fn all_of_bytes() -> Vec<Change> {
    [texts(), bytes(), forms()].concat()
}

fn numbers(member: &str) -> Vec<Change> {
    let thousands = (member == "memory_kib").then_some(Change::InThousands);
    let off_by = [1, 2].into_iter().flat_map(|one| [Change::Plus(one), Change::Minus(one)]);
    let units = FACTORS.iter().flat_map(|factor| [Change::Times(*factor), Change::Over(*factor)]);
    off_by.chain(units).chain(thousands).chain(DEFAULTS.iter().map(|value| Change::Set(*value))).collect()
}

fn texts() -> Vec<Change> {
    let spelled = Spelling::ALL.map(Change::Spelled);
    let encoded = CodePage::ALL.map(Change::Encoded);
    spelled.into_iter().chain(encoded).collect()
}

fn forms() -> Vec<Change> {
    let pieces = PIECES.iter().map(|size| Change::InPieces(*size));
    TextForm::ALL.into_iter().map(Change::Text).chain(pieces).collect()
}

fn bytes() -> Vec<Change> {
    let hashed = Hash::ALL.into_iter().flat_map(|hash| {
        let spelled = [Spelling::Hex, Spelling::HexCapitals, Spelling::Base64, Spelling::Utf8OfLatin1];
        [Change::Hashed(hash), Change::HashedAndCut(hash)]
            .into_iter()
            .chain(spelled.map(|spelling| Change::HashedAndSpelled(hash, spelling)))
    });
    let cut = [Spelling::Hex, Spelling::HexCapitals, Spelling::Base64, Spelling::Base64Url].map(Change::SpelledAndCut);
    let whole = [
        Change::Cleared,
        Change::Cut(0),
        Change::Reversed,
        Change::WordsReversed(4),
        Change::WordsReversed(8),
        Change::Doubled,
        Change::Followed(0),
        Change::Followed(b'\n'),
        Change::Followed(b'\r'),
        Change::Preceded(0),
        Change::Preceded(1),
        Change::Filled(16),
        Change::Filled(32),
        Change::Filled(64),
        Change::Pkcs7(16),
        Change::ZerosTo(16),
        Change::ZerosDropped,
        Change::Number { signed: true },
        Change::Number { signed: false },
    ];
    let wide = [Spelling::Hex, Spelling::HexCapitals, Spelling::Base64].into_iter().flat_map(|spelling| {
        [CodePage::Utf16Le, CodePage::Utf16Be].map(|page| Change::SpelledAndEncoded(spelling, page))
    });
    whole.into_iter().chain(hashed).chain(cut).chain(wide).collect()
}
