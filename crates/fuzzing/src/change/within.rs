//! Changes inside documents: the way to a member, and the same way back. Layer: `fuzzing`; pure.

use super::place::Encoding;
use super::scan::{Object, quoted};
use super::{Edit, Holds};
use primitives::encoding::Base64;

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
    let Some((name, rest)) = inner.split_first() else {
        return whole(text, apply);
    };
    let object = Object::scan(text)?;
    let index = object.find(name)?;
    if rest.is_empty() {
        return member(&object, index, holds, apply);
    }
    let nested = NESTED.decode(&object.content(index)?)?;
    let changed = at_place(&nested, rest, holds, apply)?;
    Some(object.with_value(index, &quoted(&NESTED.encode(&changed))))
}

/// What stands at a place of a document, as it stands.
pub(crate) fn raw_at(text: &[u8], inner: &[&str]) -> Option<Vec<u8>> {
    let Some((name, rest)) = inner.split_first() else {
        return Some(text.to_vec());
    };
    let object = Object::scan(text)?;
    let index = object.find(name)?;
    if rest.is_empty() {
        return Some(object.raw(index).to_vec());
    }
    raw_at(&NESTED.decode(&object.content(index)?)?, rest)
}

fn whole(text: &[u8], apply: Apply<'_>) -> Option<Vec<u8>> {
    match apply {
        Apply::Raw(raw) => Some(raw.to_vec()),
        Apply::Edit(Edit::Bytes(edit)) => edit.apply(text),
        Apply::Edit(Edit::Document(edit)) => edit.apply(text),
        Apply::Edit(_) => None,
    }
}

fn member(object: &Object<'_>, index: usize, holds: Holds, apply: Apply<'_>) -> Option<Vec<u8>> {
    let edit = match apply {
        Apply::Raw(raw) => return Some(object.with_value(index, raw)),
        Apply::Edit(edit) => edit,
    };
    let content = || object.content(index);
    let value = match (edit, holds) {
        (Edit::Member(edit), _) => return edit.apply(object, index),
        (Edit::Bytes(edit), Holds::Encoded(encoding) | Holds::Nested(encoding)) => {
            quoted(&encoding.encode(&edit.apply(&encoding.decode(&content()?)?)?))
        }
        (Edit::Document(edit), Holds::Nested(encoding)) => {
            quoted(&encoding.encode(&edit.apply(&encoding.decode(&content()?)?)?))
        }
        (Edit::Spelling(edit), Holds::Encoded(encoding) | Holds::Nested(encoding)) => {
            quoted(&edit.apply(&content()?, encoding)?)
        }
        (Edit::Number(edit), _) => edit.apply(std::str::from_utf8(object.raw(index)).ok()?)?.into_bytes(),
        (Edit::Word(edit), _) => quoted(&edit.apply(&content()?)?),
        (_, _) => return None,
    };
    Some(object.with_value(index, &value))
}
