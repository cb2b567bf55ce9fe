//! Where a change can be made: a member of the input, or of the documents inside one. Layer: `fuzzing`; pure.

use ::document::{Base64, Encoding};
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
    path: &'static str,
    member: &'static str,
    inner: &'static [&'static str],
    holds: Holds,
}

const fn input(member: &'static str, holds: Holds) -> Spot {
    Spot { path: member, member, inner: &[], holds }
}

const fn inside(path: &'static str, member: &'static str, inner: &'static [&'static str], holds: Holds) -> Spot {
    Spot { path, member, inner, holds }
}

const STANDARD: Encoding = Encoding::Base64(Base64::Standard);
const URL: Encoding = Encoding::Base64(Base64::UrlSafeUnpadded);

static SPOTS: &[Spot] = &[
    input("message", Holds::Bytes),
    input("key", Holds::Bytes),
    input("salt", Holds::Bytes),
    input("password", Holds::Bytes),
    input("iv", Holds::Bytes),
    input("nonce", Holds::Bytes),
    input("aad", Holds::Bytes),
    input("input", Holds::Bytes),
    input("key_salt", Holds::Bytes),
    input("plaintext", Holds::Bytes),
    input("ciphertext", Holds::Sealed),
    input("events", Holds::List),
    input("requests", Holds::List),
    input("length", Holds::Integer),
    input("iterations", Holds::Integer),
    input("passes", Holds::Integer),
    input("memory_kib", Holds::Integer),
    input("lanes", Holds::Integer),
    input("tag_length", Holds::Integer),
    input("paranoia", Holds::Integer),
    input("start_ms", Holds::Integer),
    input("count", Holds::Integer),
    input("password_text", Holds::Text),
    input("email_text", Holds::Text),
    input("hash_text", Holds::Text),
    input("id_text", Holds::Text),
    input("family_text", Holds::Text),
    input("stored_text", Holds::Stored),
    input("record", Holds::Document),
    inside("record.salt", "record", &["salt"], Holds::Encoded(Encoding::Hex)),
    inside("record.iterations", "record", &["iterations"], Holds::Number),
    inside("record.secureData", "record", &["secureData"], Holds::Nested(STANDARD)),
    inside("record.secureData.iv", "record", &["secureData", "iv"], Holds::Encoded(STANDARD)),
    inside("record.secureData.v", "record", &["secureData", "v"], Holds::Number),
    inside("record.secureData.iter", "record", &["secureData", "iter"], Holds::Number),
    inside("record.secureData.ks", "record", &["secureData", "ks"], Holds::Number),
    inside("record.secureData.ts", "record", &["secureData", "ts"], Holds::Number),
    inside("record.secureData.mode", "record", &["secureData", "mode"], Holds::Word),
    inside("record.secureData.adata", "record", &["secureData", "adata"], Holds::Word),
    inside("record.secureData.cipher", "record", &["secureData", "cipher"], Holds::Word),
    inside("record.secureData.ct", "record", &["secureData", "ct"], Holds::Encoded(STANDARD)),
    input("envelope", Holds::Document),
    inside("envelope.format", "envelope", &["format"], Holds::Word),
    inside("envelope.alg", "envelope", &["alg"], Holds::Word),
    inside("envelope.cipher", "envelope", &["cipher"], Holds::Encoded(URL)),
    inside("envelope.iv", "envelope", &["iv"], Holds::Encoded(URL)),
    inside("envelope.salt", "envelope", &["salt"], Holds::Encoded(URL)),
    inside("envelope.length", "envelope", &["length"], Holds::Number),
    inside("envelope.v", "envelope", &["v"], Holds::Number),
    inside("envelope.id", "envelope", &["id"], Holds::Word),
];

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
        self.spot().path
    }

    /// The member of the input that it is in.
    #[must_use]
    pub fn member(self) -> &'static str {
        self.spot().member
    }

    /// The names of JSON members that lead to it from there.
    pub(crate) fn inner(self) -> &'static [&'static str] {
        self.spot().inner
    }

    pub(crate) fn holds(self) -> Holds {
        self.spot().holds
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
