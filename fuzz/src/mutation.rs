//! Changes of an envelope that know its structure: members, numbers, base64, the record's inner text, and plain bytes.

use arbitrary::Arbitrary;
use data_encoding::BASE64;
use serde_json::Value as Json;

/// Changes that one input may ask for.
const CHANGES_MAX: usize = 4;

/// One change. Places are counted modulo what there is.
#[derive(Arbitrary, Debug)]
pub(crate) enum Change<'a> {
    /// A bit is turned.
    Flip { at: u16, bit: u8 },
    /// Bytes are cut out.
    Cut { at: u16, count: u8 },
    /// Bytes are put in.
    Insert { at: u16, bytes: &'a [u8] },
    /// A member is left out.
    Drop { member: u8 },
    /// A member stands twice, the second time with another value or the same.
    Double { member: u8, value: Spelling<'a> },
    /// A member has another name.
    Rename { member: u8, name: &'a str },
    /// Two members change places.
    Swap { first: u8, second: u8 },
    /// A member has another value.
    Set { member: u8, value: Spelling<'a> },
    /// A character of a member's base64 or hex is another one.
    Character { member: u8, at: u16, character: u8 },
    /// White space around every member.
    Space { character: u8 },
    /// The change is made in the record's inner text.
    Inside { change: Box<Change<'a>> },
}

/// How a value is written.
#[derive(Arbitrary, Debug)]
pub(crate) enum Spelling<'a> {
    /// As it was.
    Same,
    /// A text.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// The same value with a fraction, an exponent, a sign, quotes.
    Dialect(u8),
    /// What no member holds.
    Other(u8),
    /// The same text with an escape for its first character.
    Escaped,
}

/// A member's name and value as they are written.
type Member = (String, String);

/// The envelope after the changes.
pub(crate) fn changed(envelope: Vec<u8>, changes: &[Change<'_>]) -> Vec<u8> {
    changes.iter().take(CHANGES_MAX).fold(envelope, |envelope, change| apply(envelope, change))
}

fn apply(mut envelope: Vec<u8>, change: &Change<'_>) -> Vec<u8> {
    match change {
        Change::Flip { at, bit } => {
            if let Some(byte) = place(&envelope, *at).and_then(|at| envelope.get_mut(at)) {
                *byte ^= 1 << (bit % 8);
            }
            envelope
        }
        Change::Cut { at, count } => {
            let at = place(&envelope, *at).unwrap_or_default();
            let end = (at + usize::from(*count)).min(envelope.len());
            envelope.drain(at..end);
            envelope
        }
        Change::Insert { at, bytes } => {
            let at = place(&envelope, *at).unwrap_or_default();
            envelope.splice(at..at, bytes.iter().copied());
            envelope
        }
        Change::Inside { change } => inside(&envelope, change).unwrap_or(envelope),
        Change::Space { character } => {
            let space = [" ", "\n", "\t", "\r", "\u{b}", "\u{a0}", "\u{feff}"][usize::from(character % 7)];
            rewritten(envelope, |members| {
                for (name, value) in members {
                    *name = format!("{space}{name}{space}");
                    *value = format!("{space}{value}{space}");
                }
            })
        }
        members @ (Change::Drop { .. }
        | Change::Double { .. }
        | Change::Rename { .. }
        | Change::Swap { .. }
        | Change::Set { .. }
        | Change::Character { .. }) => rewritten(envelope, |list| change_members(list, members)),
    }
}

fn change_members(members: &mut Vec<Member>, change: &Change<'_>) {
    let count = members.len();
    let nth = |number: &u8| usize::from(*number) % count;
    match change {
        Change::Drop { member } => drop(members.remove(nth(member))),
        Change::Double { member, value } => {
            let (name, held) = members[nth(member)].clone();
            members.push((name, spelled(&held, value)));
        }
        Change::Rename { member, name } => members[nth(member)].0 = Json::from(*name).to_string(),
        Change::Swap { first, second } => members.swap(nth(first), nth(second)),
        Change::Set { member, value } => {
            let held = &mut members[nth(member)].1;
            *held = spelled(held, value);
        }
        Change::Character { member, at, character } => {
            let mut bytes = std::mem::take(&mut members[nth(member)].1).into_bytes();
            let at = place(&bytes, *at).unwrap_or_default();
            bytes[at] = character % 128;
            members[nth(member)].1 = String::from_utf8_lossy(&bytes).into_owned();
        }
        Change::Flip { .. }
        | Change::Cut { .. }
        | Change::Insert { .. }
        | Change::Space { .. }
        | Change::Inside { .. } => {}
    }
}

/// The envelope with its members changed; as it was where it is no object of one member or more.
fn rewritten(envelope: Vec<u8>, change: impl FnOnce(&mut Vec<Member>)) -> Vec<u8> {
    let Ok(Json::Object(object)) = serde_json::from_slice(&envelope) else { return envelope };
    if object.is_empty() {
        return envelope;
    }
    let mut members: Vec<_> =
        object.iter().map(|(name, value)| (Json::from(name.as_str()).to_string(), value.to_string())).collect();
    change(&mut members);
    let members: Vec<_> = members.into_iter().map(|(name, value)| format!("{name}:{value}")).collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}

/// A record with its inner text changed.
fn inside(envelope: &[u8], change: &Change<'_>) -> Option<Vec<u8>> {
    let Json::Object(mut record) = serde_json::from_slice(envelope).ok()? else { return None };
    let text = BASE64.decode(record.get("secureData")?.as_str()?.as_bytes()).ok()?;
    // No deeper: there is one inner text.
    let text = if matches!(change, Change::Inside { .. }) { text } else { apply(text, change) };
    record.insert("secureData".to_owned(), Json::from(BASE64.encode(&text)));
    Some(Json::Object(record).to_string().into_bytes())
}

fn spelled(held: &str, spelling: &Spelling<'_>) -> String {
    let bare = held.trim_matches('"');
    match spelling {
        Spelling::Same => held.to_owned(),
        Spelling::Text(text) => Json::from(*text).to_string(),
        Spelling::Integer(integer) => integer.to_string(),
        Spelling::Dialect(which) => match which % 8 {
            0 => format!("{held}.0"),
            1 => format!("{held}e0"),
            2 => format!("-{held}"),
            3 => format!("0{held}"),
            4 => format!("+{held}"),
            5 => format!("\"{bare}\""),
            6 => format!("\"{bare}=\""),
            _ => format!("\"{}\"", bare.trim_end_matches('=')),
        },
        Spelling::Other(which) => ["null", "true", "[]", "{}", "-0", "1e400", "18446744073709551616", "NaN"]
            [usize::from(which % 8)]
        .to_owned(),
        Spelling::Escaped => match bare.chars().next() {
            Some(first) if held.starts_with('"') && first != '\\' => {
                format!("\"\\u{:04x}{}\"", u32::from(first) & 0xffff, &bare[first.len_utf8()..])
            }
            Some(_) | None => held.to_owned(),
        },
    }
}

/// A place in the bytes; none in none.
fn place(bytes: &[u8], at: u16) -> Option<usize> {
    (!bytes.is_empty()).then(|| usize::from(at) % bytes.len())
}
