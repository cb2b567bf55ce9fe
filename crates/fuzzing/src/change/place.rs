//! Where a change can be made: a member of the input, or of the documents inside one. Layer: `fuzzing`; pure.

use std::sync::LazyLock;

use ::document::Encoding;
use envelope::facts::{self, Layout, Role};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place, named by its path: `record`, `record.secureData.iv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(usize);

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Bytes of the input.
    Bytes,
    /// Bytes of the input that were sealed.
    Sealed,
    /// A list of the input.
    List,
    /// An integer of the input.
    Integer,
    /// A text of the input.
    Text,
    /// A stored hash.
    Stored,
    /// A JSON document that holds something sealed.
    Document,
    /// A JSON document in the base64 of a member.
    Nested(Encoding),
    /// A member with bytes in base64 or hex.
    Encoded(Encoding),
    /// A member with a number.
    Number,
    /// A member with a text.
    Word,
}

struct Spot {
    path: String,
    member: &'static str,
    inner: Vec<&'static str>,
    holds: Holds,
    is_id: bool,
}

/// The members of inputs that hold no document. Their order, and that of what follows them, decides what a seed asks.
const INPUTS: &[(&str, Holds)] = &[
    ("message", Holds::Bytes),
    ("key", Holds::Bytes),
    ("salt", Holds::Bytes),
    ("password", Holds::Bytes),
    ("iv", Holds::Bytes),
    ("nonce", Holds::Bytes),
    ("aad", Holds::Bytes),
    ("input", Holds::Bytes),
    ("key_salt", Holds::Bytes),
    ("plaintext", Holds::Bytes),
    ("ciphertext", Holds::Sealed),
    ("events", Holds::List),
    ("requests", Holds::List),
    ("length", Holds::Integer),
    ("iterations", Holds::Integer),
    ("passes", Holds::Integer),
    ("memory_kib", Holds::Integer),
    ("lanes", Holds::Integer),
    ("tag_length", Holds::Integer),
    ("paranoia", Holds::Integer),
    ("start_ms", Holds::Integer),
    ("count", Holds::Integer),
    ("password_text", Holds::Text),
    ("email_text", Holds::Text),
    ("hash_text", Holds::Text),
    ("id_text", Holds::Text),
    ("family_text", Holds::Text),
    ("stored_text", Holds::Stored),
];

/// The inputs, then each member that holds a document, with the members of every format's document in it.
static SPOTS: LazyLock<Vec<Spot>> = LazyLock::new(|| {
    let input =
        |member: &'static str, holds| Spot { path: member.to_owned(), member, inner: Vec::new(), holds, is_id: false };
    let mut spots: Vec<_> = INPUTS.iter().map(|(member, holds)| input(member, *holds)).collect();
    for facts in facts::formats() {
        let Some(layout) = facts.layout() else { continue };
        if spots.iter().all(|spot| spot.path != facts.envelope) {
            spots.push(input(facts.envelope, Holds::Document));
        }
        merge(&mut spots, inside(facts.envelope, &[], layout));
    }
    spots
});

/// The members of a document, each before those of the document inside it.
fn inside(member: &'static str, inner: &[&'static str], layout: &'static Layout) -> Vec<Spot> {
    let of = |own: &'static facts::Member| {
        let inner = [inner, &[own.name]].concat();
        let (holds, nested) = match own.holds {
            facts::Holds::Bytes(encoding) => (Holds::Encoded(encoding), Vec::new()),
            facts::Holds::Number => (Holds::Number, Vec::new()),
            facts::Holds::Text => (Holds::Word, Vec::new()),
            facts::Holds::Document(dialect, layout) => {
                (Holds::Nested(Encoding::Base64(dialect)), inside(member, &inner, layout))
            }
        };
        let path = [&[member], &*inner].concat().join(".");
        let spot = Spot { path, member, inner, holds, is_id: own.role == Role::Id };
        std::iter::once(spot).chain(nested)
    };
    layout.members.iter().flat_map(of).collect()
}

/// Adds what is new, each behind what stands before it.
fn merge(spots: &mut Vec<Spot>, new: Vec<Spot>) {
    let mut at = spots.len();
    for spot in new {
        let known = spots.iter().position(|known| known.path == spot.path);
        if known.is_none() {
            spots.insert(at, spot);
        }
        at = known.unwrap_or(at) + 1;
    }
}

impl Place {
    /// The place of this path.
    #[must_use]
    pub fn find(path: &str) -> Option<Self> {
        SPOTS.iter().position(|spot| spot.path == path).map(Self)
    }

    /// Every place.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..SPOTS.len()).map(Self)
    }

    /// Its path.
    #[must_use]
    pub fn path(self) -> &'static str {
        &self.spot().path
    }

    /// The member of the input that it is in.
    #[must_use]
    pub fn member(self) -> &'static str {
        self.spot().member
    }

    /// The names of JSON members that lead to it from there.
    pub(crate) fn inner(self) -> &'static [&'static str] {
        &self.spot().inner
    }

    pub(crate) fn holds(self) -> Holds {
        self.spot().holds
    }

    /// Whether the id of what is sealed stands there.
    pub(crate) fn is_id(self) -> bool {
        self.spot().is_id
    }

    pub(crate) fn depth(self) -> usize {
        self.spot().inner.len()
    }

    fn spot(self) -> &'static Spot {
        &SPOTS[self.0]
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::find(&path).ok_or_else(|| serde::de::Error::custom(format!("no place is called {path}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seeds hold this order, and capsules hold these paths.
    #[test]
    fn places_keep_their_order() {
        let paths: Vec<_> = Place::all().skip(INPUTS.len()).map(Place::path).collect();
        let record = ["", ".salt", ".iterations", ".secureData"].map(|path| format!("record{path}"));
        let text = ["iv", "v", "iter", "ks", "ts", "mode", "adata", "cipher", "ct"];
        let text = text.map(|name| format!("record.secureData.{name}"));
        let envelope = ["", ".format", ".alg", ".cipher", ".iv", ".salt", ".length", ".v", ".id"];
        let envelope = envelope.map(|path| format!("envelope{path}"));
        // Places of later formats stand between and behind them.
        let mut all = paths.iter();
        for known in [&record[..], &text, &envelope].concat() {
            assert!(all.any(|path| *path == known), "{known} is not in its order in {paths:?}");
        }
        assert!(Place::all().filter(|place| place.is_id()).any(|place| place.path() == "envelope.id"));
    }
}
