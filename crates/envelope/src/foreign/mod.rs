//! Envelopes, hashes and tokens of others, and texts that wrap or damage an envelope: what a person really has.
//!
//! In: any bytes. Out: [`Identified`]: what had to be undone to see it (base64, a byte order mark, JSON in JSON, …), and what
//! stands inside: one of the suite's formats, a [`Kind`] of others, or a description of what is there. Nothing is opened and
//! nothing is believed: depth and work are bounded whatever the bytes are. Layer: above the formats; pure.

mod binary;
mod describe;
mod documents;
mod given;
mod hashes;
mod repair;
mod strings;
#[cfg(test)]
mod tests;
mod wrapping;

use std::borrow::Cow;

use self::given::Given;
use crate::{FORMATS, Finding, Format, Inspection};

/// How many wrappings are undone, one inside the other.
const DEPTH_MAX: u8 = 8;

/// Something that people have and that is no format of the suite.
#[derive(Debug)]
pub struct Kind {
    /// What it is called.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub what: &'static str,
    /// What could open it, in one sentence.
    pub opens: &'static str,
    /// Whether it is one, and what it says of itself.
    tell: fn(&Given<'_>, &mut Inspection) -> Option<()>,
}

/// The kinds that are certain: a prefix, a magic number or members that nothing else has.
static CERTAIN: &[&[Kind]] = &[binary::KINDS, strings::KINDS, hashes::KINDS, documents::KINDS];

/// The kinds that are likely: lengths and separators alone.
static LIKELY: &[&[Kind]] = &[strings::LIKELY, hashes::LIKELY, documents::LIKELY];

/// What some bytes are.
#[derive(Debug)]
pub struct Identified<'a> {
    /// What was undone to see it, the outermost first. Empty where the bytes are it themselves.
    pub layers: Vec<Finding>,
    /// The bytes that are left then.
    pub bytes: Cow<'a, [u8]>,
    /// What they are.
    pub found: Found,
}

/// What bytes were found to be.
#[derive(Clone)]
pub enum Found {
    /// A format of the suite, as far as it can be recognised.
    Format(&'static dyn Format),
    /// Something else that has a name, and what it says of itself.
    Foreign(&'static Kind, Inspection),
    /// Nothing that has a name, described.
    Unknown(String),
}

/// Says what bytes are, undoing what wraps or damages them.
#[must_use]
pub fn identify(bytes: &[u8]) -> Identified<'_> {
    look(Cow::Borrowed(bytes), DEPTH_MAX).unwrap_or_else(|| {
        let (layers, inner) = wrapping::undo_certain(bytes);
        Identified { layers, found: Found::Unknown(describe::describe(&inner)), bytes: Cow::Borrowed(bytes) }
    })
}

/// What bytes are, if it has a name.
fn look(bytes: Cow<'_, [u8]>, depth: u8) -> Option<Identified<'_>> {
    if let Some(found) = named(&bytes) {
        return Some(Identified { layers: Vec::new(), bytes, found });
    }
    let inside = (depth > 0).then(|| wrapping::PEELS.iter().find_map(|peel| inside(peel, &bytes, depth - 1))).flatten();
    inside.or_else(|| {
        let found = of(LIKELY, &Given::new(&bytes))?;
        Some(Identified { layers: Vec::new(), bytes, found })
    })
}

/// What stands inside one wrapping, if that has a name.
fn inside(peel: &wrapping::Peel, bytes: &[u8], depth: u8) -> Option<Identified<'static>> {
    (peel.undo)(bytes).into_iter().find_map(|(layer, inner)| {
        let found = look(Cow::Owned(inner), depth)?;
        if peel.needs_certain && !found.is_certain() {
            return None;
        }
        let mut layers = vec![layer];
        layers.extend(found.layers);
        Some(Identified { layers, bytes: Cow::Owned(found.bytes.into_owned()), found: found.found })
    })
}

/// What is certain of bytes as they stand. Others' kinds come first: they are told by more than the suite's formats are.
fn named(bytes: &[u8]) -> Option<Found> {
    let format = || FORMATS.iter().copied().find(|format| format.recognises(bytes)).map(Found::Format);
    of(CERTAIN, &Given::new(bytes)).or_else(format)
}

fn of(tables: &[&'static [Kind]], given: &Given<'_>) -> Option<Found> {
    let told = |kind: &'static Kind| {
        let mut seen = Inspection::new(kind.name);
        (kind.tell)(given, &mut seen).map(|()| Found::Foreign(kind, seen))
    };
    tables.iter().flat_map(|kinds| kinds.iter()).find_map(told)
}

impl Identified<'_> {
    /// Whether it is more than a likeness of lengths.
    fn is_certain(&self) -> bool {
        match &self.found {
            Found::Format(_) => true,
            Found::Foreign(kind, _) => {
                CERTAIN.iter().flat_map(|kinds| kinds.iter()).any(|certain| certain.name == kind.name)
            }
            Found::Unknown(_) => false,
        }
    }
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Format(format) => write!(f, "Format({})", format.id()),
            Self::Foreign(kind, _) => write!(f, "Foreign({})", kind.name),
            Self::Unknown(words) => write!(f, "Unknown({words})"),
        }
    }
}
