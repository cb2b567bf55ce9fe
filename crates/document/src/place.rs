//! Where an edit is made.

use std::borrow::Cow;
use std::ops::Range;

use crate::object::{Object, quoted};

/// A place in a text: all of it, a piece of a JSON member, a point between JSON's tokens, or one of several parts.
///
/// The verbs that make an [`crate::Edit`] of it are in that type's module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a>(pub(crate) Spot<'a>);

/// A member of a JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberPlace<'a>(pub(crate) Which<'a>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which<'a> {
    /// Of this name, the first or so many behind it.
    Named(&'a str, usize),
    /// The first, whatever its name.
    First,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot<'a> {
    Document,
    FirstBrace,
    Front,
    End,
    Of(Which<'a>, Piece),
    Part(char, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Whole,
    QuotedName,
    Name,
    Colon,
    Value,
    Text,
    Content,
}

/// All of a text, be it a JSON document, base64 or anything else.
#[must_use]
pub const fn document() -> Place<'static> {
    Place(Spot::Document)
}

/// The first member of this name, however the name is escaped, of the JSON object that a text is.
#[must_use]
pub const fn member(name: &str) -> MemberPlace<'_> {
    MemberPlace(Which::Named(name, 0))
}

/// The first member of an object, whatever its name.
#[must_use]
pub const fn first_member() -> MemberPlace<'static> {
    MemberPlace(Which::First)
}

/// The part of this number, from 0, of a text whose parts stand between separators.
#[must_use]
pub const fn part(separator: char, number: usize) -> Place<'static> {
    Place(Spot::Part(separator, number))
}

impl<'a> MemberPlace<'a> {
    /// The next member of the same name.
    #[must_use]
    pub const fn next(self) -> Self {
        match self.0 {
            Which::Named(name, later) => Self(Which::Named(name, later + 1)),
            Which::First => self,
        }
    }

    /// Name and value.
    #[must_use]
    pub const fn whole(self) -> Place<'a> {
        self.piece(Piece::Whole)
    }

    /// The name between its quotes, as it stands.
    #[must_use]
    pub const fn in_name(self) -> Place<'a> {
        self.piece(Piece::Name)
    }

    /// The name with its quotes.
    #[must_use]
    pub const fn at_name(self) -> Place<'a> {
        self.piece(Piece::QuotedName)
    }

    /// The colon behind the name.
    #[must_use]
    pub const fn at_colon(self) -> Place<'a> {
        self.piece(Piece::Colon)
    }

    /// The value, with its quotes if it is a text.
    #[must_use]
    pub const fn at_value(self) -> Place<'a> {
        self.piece(Piece::Value)
    }

    /// The value between its quotes, as it stands; there is none where the value is no text.
    #[must_use]
    pub const fn in_text(self) -> Place<'a> {
        self.piece(Piece::Text)
    }

    /// What the text of the value says, without escapes. It is written back with as few of them as JSON allows.
    #[must_use]
    pub const fn content(self) -> Place<'a> {
        self.piece(Piece::Content)
    }

    const fn piece(self, piece: Piece) -> Place<'a> {
        Place(Spot::Of(self.0, piece))
    }
}

impl Place<'static> {
    /// The first brace of the object that a text is.
    #[must_use]
    pub const fn first_brace() -> Self {
        Self(Spot::FirstBrace)
    }

    /// The point behind the first brace.
    #[must_use]
    pub const fn front() -> Self {
        Self(Spot::Front)
    }

    /// The point before the last brace.
    #[must_use]
    pub const fn end() -> Self {
        Self(Spot::End)
    }
}

impl Place<'_> {
    /// What stands here; `None` where a text has no such place.
    #[must_use]
    pub fn get(self, text: &[u8]) -> Option<Cow<'_, [u8]>> {
        if let Spot::Of(which, Piece::Content) = self.0 {
            let object = Object::read(text)?;
            return Some(match object.content(which.find(&object)?)? {
                Cow::Borrowed(content) => Cow::Borrowed(content.as_bytes()),
                Cow::Owned(content) => Cow::Owned(content.into_bytes()),
            });
        }
        self.span(text).map(|span| Cow::Borrowed(&text[span]))
    }

    /// The text with what a function makes of what stands here; `None` where a text has no such place, or the function makes
    /// nothing of it.
    pub fn rewrite(self, text: &[u8], rewrite: impl FnOnce(&[u8]) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let Spot::Of(which, Piece::Content) = self.0 else {
            let span = self.span(text)?;
            return Some([&text[..span.start], &rewrite(&text[span.clone()])?, &text[span.end..]].concat());
        };
        let object = Object::read(text)?;
        let index = which.find(&object)?;
        let content = String::from_utf8(rewrite(object.content(index)?.as_bytes())?).ok()?;
        Some(object.with(object.members[index].value.clone(), quoted(&content).as_bytes()))
    }

    /// Where it stands.
    fn span(self, text: &[u8]) -> Option<Range<usize>> {
        let object = || Object::read(text);
        match self.0 {
            Spot::Document => Some(0..text.len()),
            Spot::FirstBrace => object().map(|object| object.open..object.open + 1),
            Spot::Front => object().map(|object| object.open + 1..object.open + 1),
            Spot::End => object().map(|object| object.close..object.close),
            Spot::Of(which, piece) => {
                let object = object()?;
                piece.span(&object, which.find(&object)?)
            }
            Spot::Part(separator, number) => part_span(text, separator, number),
        }
    }
}

impl Which<'_> {
    pub(crate) fn find(self, object: &Object<'_>) -> Option<usize> {
        match self {
            Self::Named(name, later) => object.find(name, later),
            Self::First => (!object.members.is_empty()).then_some(0),
        }
    }
}

impl Piece {
    fn span(self, object: &Object<'_>, index: usize) -> Option<Range<usize>> {
        let pair = &object.members[index];
        match self {
            Self::Whole => Some(object.span(index)),
            Self::QuotedName => Some(pair.name.clone()),
            Self::Name => Some(pair.name.start + 1..pair.name.end - 1),
            Self::Colon => {
                let between = &object.text[pair.name.end..pair.value.start];
                let at = pair.name.end + between.iter().position(|byte| *byte == b':')?;
                Some(at..at + 1)
            }
            Self::Value => Some(pair.value.clone()),
            Self::Text | Self::Content => {
                let inside = object.raw(index).strip_prefix(b"\"")?.strip_suffix(b"\"")?;
                Some(pair.value.start + 1..pair.value.start + 1 + inside.len())
            }
        }
    }
}

/// Where the part of a number stands; `None` where a text has fewer, or is not UTF-8.
fn part_span(text: &[u8], separator: char, number: usize) -> Option<Range<usize>> {
    let text = std::str::from_utf8(text).ok()?;
    let part = text.split(separator).nth(number)?;
    let before: usize = text.split(separator).take(number).map(|part| part.len() + separator.len_utf8()).sum();
    Some(before..before + part.len())
}
