//! Changes inside documents: the way to a member, and the same way back. Layer: `fuzzing`; pure.

use ::document::{Base64, Encoding, MemberPlace, member};

use super::{Edit, Holds};

/// What is done at a place of a document.
#[derive(Clone, Copy)]
pub(crate) enum Apply<'e> {
    /// An edit.
    Edit(&'e Edit),
    /// This takes its place, as it stands.
    Raw(&'e [u8]),
}

/// The encoding of a document inside a document.
const NESTED: Encoding = Encoding::Base64(Base64::Standard);

/// The document with a change made at a place of it.
pub(crate) fn at_place(text: &[u8], inner: &[&str], holds: Holds, apply: Apply<'_>) -> Option<Vec<u8>> {
    match inner {
        [] => whole(text, apply),
        [name] => at_member(text, name, holds, apply),
        [name, rest @ ..] => decoded(text, member(name), NESTED, |nested| at_place(nested, rest, holds, apply)),
    }
}

/// What stands at a place of a document, as it stands.
pub(crate) fn raw_at(text: &[u8], inner: &[&str]) -> Option<Vec<u8>> {
    match inner {
        [] => Some(text.to_vec()),
        [name] => member(name).at_value().get(text).map(Into::into),
        [name, rest @ ..] => {
            let content = member(name).content().get(text)?;
            raw_at(&NESTED.decode(std::str::from_utf8(&content).ok()?)?, rest)
        }
    }
}

fn whole(text: &[u8], apply: Apply<'_>) -> Option<Vec<u8>> {
    match apply {
        Apply::Raw(raw) => Some(raw.to_vec()),
        Apply::Edit(Edit::Bytes(edit)) => edit.apply(text),
        Apply::Edit(Edit::Document(edit)) => edit.apply(text),
        Apply::Edit(_) => None,
    }
}

fn at_member(text: &[u8], name: &str, holds: Holds, apply: Apply<'_>) -> Option<Vec<u8>> {
    let place = member(name);
    let edit = match apply {
        Apply::Raw(raw) => return place.at_value().with_bytes(raw).apply(text),
        Apply::Edit(edit) => edit,
    };
    match (edit, holds) {
        (Edit::Member(edit), _) => edit.apply(text, name),
        (Edit::Bytes(edit), Holds::Encoded(encoding) | Holds::Nested(encoding)) => {
            decoded(text, place, encoding, |bytes| edit.apply(bytes))
        }
        (Edit::Document(edit), Holds::Nested(encoding)) => decoded(text, place, encoding, |nested| edit.apply(nested)),
        (Edit::Spelling(edit), Holds::Encoded(encoding) | Holds::Nested(encoding)) => {
            worded(text, place, |content| edit.apply(content, encoding))
        }
        (Edit::Number(edit), _) => {
            place.at_value().rewrite(text, |raw| edit.apply(std::str::from_utf8(raw).ok()?).map(String::into_bytes))
        }
        (Edit::Word(edit), _) => worded(text, place, |content| edit.apply(content)),
        (_, _) => None,
    }
}

/// The document with the bytes changed that a member spells in an encoding.
fn decoded(
    text: &[u8],
    place: MemberPlace<'_>,
    encoding: Encoding,
    change: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    worded(text, place, |content| Some(encoding.encode(&change(&encoding.decode(content)?)?)))
}

/// The document with what a member's text says changed.
fn worded(text: &[u8], place: MemberPlace<'_>, change: impl FnOnce(&str) -> Option<String>) -> Option<Vec<u8>> {
    place.content().rewrite(text, |content| change(std::str::from_utf8(content).ok()?).map(String::into_bytes))
}
