//! Looks at two values: what change makes the wrong one out of the right one. Layer: `diagnosis`; pure, microseconds.

use super::edit::{Change, Escape};
use super::grid;
use vectors::{Fields, Value};

/// Blocks to whose multiple ports pad.
const BLOCKS: [usize; 5] = [16, 8, 32, 64, 128];

/// Characters that writers of JSON and of forms spell in their own way.
const ESCAPED: [char; 9] = ['+', '/', '=', '<', '>', '&', '\'', '"', '-'];

/// The changes that make `found` out of `wanted`, the most telling first; `given` is the request. None where both are equal.
pub(super) fn between(found: &[u8], wanted: &[u8], given: &Fields) -> Vec<Change> {
    if found == wanted {
        return Vec::new();
    }
    let mut changes = around(found, wanted, given);
    changes.extend(cut(found, wanted));
    changes.extend(moved(found, wanted));
    let value = Value::Bytes(wanted.to_vec());
    let makes_it =
        |change: &Change| change.of(&value, given).is_some_and(|value| value == Value::Bytes(found.to_vec()));
    changes.extend(grid::all_of_bytes().into_iter().chain(escapes()).filter(makes_it));
    changes
}

/// How many bytes two values have in common at their beginning.
pub(super) fn shared(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// What stands around the right bytes.
fn around(found: &[u8], wanted: &[u8], given: &Fields) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(front) = found.strip_suffix(wanted) {
        changes.extend(members(given, front).map(Change::Behind));
        if let [byte] = front {
            changes.push(Change::Preceded(*byte));
        }
    }
    if let Some(back) = found.strip_prefix(wanted) {
        changes.extend(members(given, back).map(Change::Before));
        changes
            .extend(BLOCKS.iter().filter(|size| is_pkcs7(back, found.len(), **size)).map(|size| Change::Pkcs7(*size)));
        if back.iter().all(|byte| *byte == 0) {
            let to = |size: &&usize| back.len() < **size && found.len().is_multiple_of(**size);
            changes.push(Change::Zeros(back.len()));
            changes.extend(BLOCKS.iter().filter(to).map(|size| Change::ZerosTo(*size)));
        } else if let [byte] = back {
            changes.push(Change::Followed(*byte));
        }
    }
    changes
}

/// The members of a request that are just these bytes.
fn members<'g>(given: &'g Fields, bytes: &'g [u8]) -> impl Iterator<Item = &'static str> {
    let of = given.iter().filter(|(_, value)| !bytes.is_empty() && value.as_bytes() == Some(bytes));
    of.map(|(name, _)| name).collect::<Vec<_>>().into_iter()
}

fn is_pkcs7(padding: &[u8], length: usize, size: usize) -> bool {
    let is_right = || padding.iter().all(|byte| usize::from(*byte) == padding.len());
    (1..=size).contains(&padding.len()) && length.is_multiple_of(size) && is_right()
}

/// What is left of the right bytes.
fn cut(found: &[u8], wanted: &[u8]) -> Vec<Change> {
    let mut changes = Vec::new();
    let missing = wanted.len().saturating_sub(found.len());
    if missing > 0 && wanted.starts_with(found) {
        changes.extend([Change::Short(missing), Change::Cut(found.len())]);
    }
    if missing > 0 && !found.is_empty() && wanted.ends_with(found) {
        changes.push(Change::Skip(missing));
    }
    changes
}

/// The same bytes in another order, or all changed alike.
fn moved(found: &[u8], wanted: &[u8]) -> Vec<Change> {
    if found.len() != wanted.len() || wanted.len() < 2 {
        return Vec::new();
    }
    let mask = found[0] ^ wanted[0];
    let is_xored = || found.iter().zip(wanted).all(|(found, wanted)| found ^ wanted == mask);
    let rotated = (1..wanted.len()).filter(|by| found.starts_with(&wanted[*by..]) && found.ends_with(&wanted[..*by]));
    let rotated = rotated.take(1).flat_map(|by| [Change::LastFirst(wanted.len() - by), Change::Rotated(by)]);
    let xored = is_xored().then_some(Change::Xored(mask));
    xored.into_iter().chain(rotated).collect()
}

fn escapes() -> impl Iterator<Item = Change> {
    let of = |character: &'static char| {
        Escape::ALL
            .into_iter()
            .flat_map(|escape| [Change::Escaped(*character, escape), Change::EscapedInside(*character, escape)])
    };
    ESCAPED.iter().flat_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{CodePage, Spelling, TextForm};

    /// Each of these is the first that is said of such a value.
    #[test]
    fn what_has_become_of_a_value_is_seen() {
        let given = Fields::new().with_bytes("nonce", [7; 24]).with_text("id_text", "an id");
        let sealed = b"\x01\x02\x03 sealed \xff";
        for (found, wanted, change) in [
            ([&[7; 24][..], sealed].concat(), &sealed[..], Change::Behind("nonce")),
            ([sealed, &b"an id"[..]].concat(), sealed, Change::Before("id_text")),
            ([sealed, &[0; 16][..]].concat(), sealed, Change::Zeros(16)),
            ([sealed, &[4; 4][..]].concat(), sealed, Change::Pkcs7(16)),
            (sealed[..5].to_vec(), sealed, Change::Short(7)),
            (sealed[5..].to_vec(), sealed, Change::Skip(5)),
            ([&sealed[8..], &sealed[..8]].concat(), sealed, Change::LastFirst(4)),
            (sealed.iter().map(|byte| byte ^ 0x5c).collect(), sealed, Change::Xored(0x5c)),
            (hex::encode(sealed).into_bytes(), sealed, Change::Spelled(Spelling::Hex)),
            (hex::encode(sealed).into_bytes()[..12].to_vec(), sealed, Change::SpelledAndCut(Spelling::Hex)),
            ("caf\u{c3}\u{a9}".into(), "café".as_bytes(), Change::Spelled(Spelling::Utf8OfLatin1)),
            (b"caf?".to_vec(), "café".as_bytes(), Change::Encoded(CodePage::AsciiOrQuestion)),
            (b"\xed\xa0\xbd\xed\xb8\x80".to_vec(), "😀".as_bytes(), Change::Encoded(CodePage::ModifiedUtf8)),
            ("ıd".into(), b"ID", Change::Text(TextForm::LowerTurkish)),
            (b"a\\u002bb".to_vec(), b"a+b", Change::Escaped('+', Escape::Unicode)),
            (b"a b".to_vec(), b"a+b", Change::Escaped('+', Escape::Space)),
            (
                b"{\"v\":6.0999999999999996,\"n\":12}".to_vec(),
                b"{\"v\":6.1,\"n\":12}",
                Change::Text(TextForm::LongFractions),
            ),
        ] {
            let changes = between(&found, wanted, &given);
            assert_eq!(changes.first(), Some(&change), "{changes:?}");
        }
        assert_eq!(between(sealed, sealed, &given), []);
    }

    /// A pattern that is seen in everything says nothing.
    #[test]
    fn of_unlike_values_nothing_is_said() {
        let given = Fields::new().with_bytes("nonce", [7; 24]);
        assert_eq!(between(b"other bytes!", b"\x01\x02\x03 sealed \xff", &given), []);
    }
}
