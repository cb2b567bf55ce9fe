//! Edits as values, and what each does at its place: bytes to other bytes.

use crate::escape::{Charset, Escape};
use crate::object::{Object, quoted};
use crate::place::{Piece, Place, Spot};
use crate::{Encoding, Spelling};

/// One change of a text, or several in a row, as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit<'a>(Does<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does<'a> {
    One(Place<'a>, Change<'a>),
    All(&'a [Edit<'a>]),
}

/// These edits, each of what the one before it made.
#[must_use]
pub const fn all<'a>(edits: &'a [Edit<'a>]) -> Edit<'a> {
    Edit(Does::All(edits))
}

impl<'a> Edit<'a> {
    /// One change at a place.
    pub(crate) const fn one(place: Place<'a>, change: Change<'a>) -> Self {
        Self(Does::One(place, change))
    }

    /// The text with the change made; `None` where the text has no such place, or what stands there cannot be so changed.
    #[must_use]
    pub fn apply(&self, text: &[u8]) -> Option<Vec<u8>> {
        match self.0 {
            Does::One(place, change) => change.apply(place, text),
            Does::All(edits) => edits.iter().try_fold(text.to_vec(), |text, edit| edit.apply(&text)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change<'a> {
    /// This in its place.
    With(&'a [u8]),
    /// Something so many times in front, and something as often behind.
    Around(&'a [u8], &'a [u8], usize),
    /// Something at a position, modulo the number of positions.
    Insert(usize, &'a [u8]),
    /// Something in place of the byte at a position, modulo the length.
    Set(usize, &'a [u8]),
    /// So many bytes in front and no more.
    Keep(usize),
    /// The first half.
    FirstHalf,
    /// So many bytes fewer at the end.
    DropLast(usize),
    /// So many bytes fewer in front.
    DropFirst(usize),
    /// The first of these texts as another.
    Replace(&'a str, &'a str),
    /// Each of these texts as another, if there are any.
    ReplaceEach(&'a str, &'a str),
    /// Nothing, and no separator beside it.
    Remove,
    /// It again behind a separator.
    Again(&'a str),
    /// A second of the member's name, of this value, directly before it.
    SecondBefore(&'a str),
    /// A second of the member's name, of this value, directly behind it.
    SecondBehind(&'a str),
    /// Other quotes around what stands in double ones.
    Requote(&'a str),
    /// The JSON text that says it.
    Quote,
    Escape(usize, Escape),
    Spell(Spelling),
    Transcode(Charset),
    /// What an edit makes of the bytes in an encoding, or of it as it stands.
    Inside(Option<Encoding>, &'a Edit<'a>),
    /// What stands here is an object, and its members change.
    Members(Order<'a>),
    /// The member is the first of its object.
    MoveFirst,
    /// The member is the last of its object.
    MoveLast,
}

/// The members of an object otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order<'a> {
    /// One more in front.
    First(&'a [u8]),
    /// One more at the end.
    Last(&'a [u8]),
    /// Joined by another separator.
    Joined(&'a str),
    Reversed,
    /// So many places on.
    Rotated(usize),
    /// An array of the values.
    Values,
    /// Names without quotes.
    BareNames,
}

impl Change<'_> {
    /// The text with this done at a place.
    pub(crate) fn apply(self, place: Place<'_>, text: &[u8]) -> Option<Vec<u8>> {
        match (self, place.0) {
            (Self::Remove, Spot::Of(which, Piece::Whole)) => {
                let object = Object::read(text)?;
                Some(object.without(which.find(&object)?))
            }
            (Self::Remove, Spot::Part(separator, number)) => without_part(text, separator, number),
            (Self::SecondBefore(value) | Self::SecondBehind(value), Spot::Of(which, _)) => {
                let object = Object::read(text)?;
                let index = which.find(&object)?;
                let second = [object.name(index), b":", value.as_bytes()].concat();
                let is_first = matches!(self, Self::SecondBefore(_));
                let pair = if is_first { [&second[..], object.whole(index)] } else { [object.whole(index), &second] };
                Some(object.with(object.span(index), &pair.join(&b","[..])))
            }
            (Self::MoveFirst | Self::MoveLast, Spot::Of(which, _)) => {
                let object = Object::read(text)?;
                let from = which.find(&object)?;
                let mut order: Vec<_> = (0..object.members.len()).filter(|index| *index != from).collect();
                order.insert(if self == Self::MoveFirst { 0 } else { order.len() }, from);
                object.rearranged(&order)
            }
            _ => place.rewrite(text, |bytes| self.rewrite(bytes)),
        }
    }

    fn rewrite(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let (length, utf_8) = (bytes.len(), || std::str::from_utf8(bytes).ok());
        match self {
            Self::With(other) => Some(other.to_vec()),
            Self::Around(front, end, times) => Some([&front.repeat(times), bytes, &end.repeat(times)].concat()),
            Self::Insert(at, what) => {
                let (front, rest) = bytes.split_at(at % (length + 1));
                Some([front, what, rest].concat())
            }
            Self::Set(at, what) => {
                let at = at.checked_rem(length)?;
                Some([&bytes[..at], what, &bytes[at + 1..]].concat())
            }
            Self::Keep(count) => bytes.get(..count).map(<[u8]>::to_vec),
            Self::FirstHalf => Some(bytes[..length / 2].to_vec()),
            Self::DropLast(count) => Some(bytes[..length.checked_sub(count)?].to_vec()),
            Self::DropFirst(count) => bytes.get(count..).map(<[u8]>::to_vec),
            Self::Replace(from, to) => {
                let text = utf_8().filter(|text| text.contains(from))?;
                Some(text.replacen(from, to, 1).into_bytes())
            }
            Self::ReplaceEach(from, to) => utf_8().map(|text| text.replace(from, to).into_bytes()),
            Self::Remove => Some(Vec::new()),
            Self::Again(separator) => Some([bytes, separator.as_bytes(), bytes].concat()),
            Self::Requote(quote) => {
                let inside = bytes.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
                Some([quote.as_bytes(), inside, quote.as_bytes()].concat())
            }
            Self::Quote => utf_8().map(|text| quoted(text).into_bytes()),
            Self::Escape(at, escape) => escape.apply(bytes, at),
            Self::Spell(spelling) => spelling.apply(bytes),
            Self::Transcode(charset) => charset.apply(bytes),
            Self::Inside(None, edit) => edit.apply(bytes),
            Self::Inside(Some(encoding), edit) => {
                Some(encoding.encode(&edit.apply(&encoding.decode(utf_8()?)?)?).into_bytes())
            }
            Self::Members(order) => order.apply(&Object::read(bytes)?),
            Self::SecondBefore(_) | Self::SecondBehind(_) | Self::MoveFirst | Self::MoveLast => None,
        }
    }
}

impl Order<'_> {
    fn apply(self, object: &Object<'_>) -> Option<Vec<u8>> {
        let count = object.members.len();
        let comma: &[u8] = if count == 0 { b"" } else { b"," };
        let (front, end) = (object.open + 1, object.close);
        match self {
            Self::First(member) => Some(object.with(front..front, &[member, comma].concat())),
            Self::Last(member) => Some(object.with(end..end, &[comma, member].concat())),
            Self::Joined(separator) => object.joined(separator.as_bytes()),
            Self::Reversed => object.rearranged(&(0..count).rev().collect::<Vec<_>>()),
            Self::Rotated(by) => {
                let mut order: Vec<_> = (0..count).collect();
                order.rotate_left(by.checked_rem(count)?);
                object.rearranged(&order)
            }
            Self::Values => {
                let values: Vec<_> = (0..count).map(|index| object.raw(index)).collect();
                Some([b"[", &values.join(&b","[..])[..], b"]"].concat())
            }
            Self::BareNames => Some(bare_names(object)),
        }
    }
}

fn bare_names(object: &Object<'_>) -> Vec<u8> {
    let (mut bare, mut at) = (Vec::with_capacity(object.text.len()), 0);
    for pair in &object.members {
        bare.extend_from_slice(&object.text[at..pair.name.start]);
        bare.extend_from_slice(&object.text[pair.name.start + 1..pair.name.end - 1]);
        at = pair.name.end;
    }
    bare.extend_from_slice(&object.text[at..]);
    bare
}

fn without_part(text: &[u8], separator: char, number: usize) -> Option<Vec<u8>> {
    let mut parts: Vec<_> = std::str::from_utf8(text).ok()?.split(separator).collect();
    if number >= parts.len() {
        return None;
    }
    parts.remove(number);
    Some(parts.join(separator.encode_utf8(&mut [0; 4])).into_bytes())
}
