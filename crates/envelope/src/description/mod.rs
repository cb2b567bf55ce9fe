//! What is told of a format: the types of its facts, and what follows from them alone. [`Layout`] is the members of its text.
//!
//! Each format's own folder fills them in once, in its `facts.rs`; [`crate::facts`] finds them by the name of an operation.

mod layout;

pub use layout::{Holds, Layout, Member, Role, Values};

use std::fmt;

use crate::OpenError;
use document::{Base64, Encoding};
use primitives::{Limits, ParamError};
use zeroize::Zeroizing;

/// What one product has: formats, and operations beside them.
#[derive(Debug)]
pub struct System {
    /// Its name, with which the names of its operations begin.
    pub name: &'static str,
    /// Its formats.
    pub formats: &'static [&'static Facts],
    /// Its operations that neither seal nor open.
    pub beside: &'static [Operation],
    /// Operations that a port computes with one function, and so gets wrong together.
    pub together: &'static [&'static [&'static str]],
}

/// What is true of one format.
#[derive(Debug)]
pub struct Facts {
    /// The member of requests and answers that holds an envelope whole: hex of a document, or a text.
    pub envelope: &'static str,
    /// What an envelope is.
    pub text: Text,
    /// The values that a sealer is given or draws and that stand in the envelope, in the order in which they are drawn.
    pub parts: &'static [Part],
    /// Seals, or hashes what is kept.
    pub seal: Operation,
    /// Opens, or checks against what is kept.
    pub open: Operation,
    /// The cipher below both; none for a hash.
    pub cipher: Option<Cipher>,
    /// Seals and opens; none for a hash.
    pub functions: Option<Functions>,
    /// Whether the strict reader takes an envelope.
    pub check: fn(&[u8], &Limits) -> Result<(), OpenError>,
}

/// What an envelope is.
#[derive(Clone, Copy, Debug)]
pub enum Text {
    /// A JSON document with these members.
    Json(&'static Layout),
    /// A PHC string, `$argon2id$v=19$m=…,t=…,p=1$<salt>$<hash>`, and its strict reader.
    Phc(fn(&str) -> Option<Phc>),
}

/// What a PHC string says beside its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phc {
    /// The salt.
    pub salt: Vec<u8>,
    /// Passes and memory.
    pub cost: Argon2,
}

/// The format's own sealer and opener.
#[derive(Clone, Copy, Debug)]
pub struct Functions {
    /// An envelope of a plaintext. Salt and nonce are of any length, the wrong ones are refused.
    pub seal: fn(&Given<'_>) -> Result<Vec<u8>, ParamError>,
    /// What an envelope was sealed from.
    pub open: fn(&Given<'_>) -> Result<Opened, OpenError>,
}

/// What a sealer or an opener is given. Whatever its format does not ask for is empty.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The password that the key is derived from.
    pub password: &'a str,
    /// The key, where none is derived.
    pub key: &'a [u8; 32],
    /// The iteration count, where the request names it.
    pub iterations: u64,
    /// The salt, for a sealer.
    pub salt: &'a [u8],
    /// The IV or nonce, for a sealer.
    pub nonce: &'a [u8],
    /// The id, for a sealer.
    pub id: &'a str,
    /// The plaintext, or the envelope.
    pub text: &'a [u8],
    /// The ceilings.
    pub limits: &'a Limits,
}

/// What an envelope was sealed from.
pub struct Opened {
    /// The plaintext.
    pub plaintext: Zeroizing<Vec<u8>>,
    /// The id beside it, which anyone may have changed.
    pub id: Option<String>,
}

impl From<Zeroizing<Vec<u8>>> for Opened {
    fn from(plaintext: Zeroizing<Vec<u8>>) -> Self {
        Self { plaintext, id: None }
    }
}

/// Bytes that must be so many, as the parameter of this name.
pub(crate) fn sized<'a, const N: usize>(
    parameter: &'static str,
    allowed: &'static str,
    bytes: &'a [u8],
) -> Result<&'a [u8; N], ParamError> {
    bytes.try_into().map_err(|_| ParamError::OutOfRange { parameter, found: bytes.len() as u64, allowed })
}

/// A value of random bytes in an envelope.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The member of the seal's input that gives it.
    pub member: &'static str,
    /// What it is in the envelope.
    pub role: Role,
    /// Its bytes.
    pub length: usize,
    /// Whether the sealer draws it where it is not given; other parts are always given.
    pub is_drawn: bool,
}

/// An operation of a system.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name.
    pub name: &'static str,
    /// The operations that it stands on, the first step first.
    pub below: &'static [&'static str],
    /// The key derivation in it.
    pub derivation: Option<Derivation>,
}

/// A cipher, by the operations that it has of its own.
#[derive(Clone, Copy, Debug)]
pub struct Cipher {
    /// Seals.
    pub seal: &'static str,
    /// Opens.
    pub open: &'static str,
    /// The same as a list.
    pub opens: &'static [&'static str],
}

/// AES-256-GCM.
pub const GCM: Cipher = Cipher { seal: "aes-256-gcm.seal", open: "aes-256-gcm.open", opens: &["aes-256-gcm.open"] };

/// XChaCha20-Poly1305.
pub const XCHACHA: Cipher =
    Cipher { seal: "xchacha20-poly1305.seal", open: "xchacha20-poly1305.open", opens: &["xchacha20-poly1305.open"] };

/// A key derivation from a text of the request.
#[derive(Clone, Copy, Debug)]
pub struct Derivation {
    /// The primitive.
    pub primitive: &'static str,
    /// The member of the request that is hashed as its UTF-8.
    pub secret: &'static str,
    /// Where the salt comes from.
    pub salt: Salt,
    /// What it costs.
    pub cost: Cost,
    /// Bytes that are derived.
    pub length: u64,
    /// Where the 32 bytes of the key begin among them.
    pub key_at: usize,
    /// Where the derived bytes show.
    pub shows: Shows,
}

/// Where a salt comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Salt {
    /// A member of the request.
    Request(&'static str),
    /// The envelope.
    Envelope,
    /// It is computed on the way.
    Computed,
}

/// Where derived bytes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// In a member of the answer with bytes.
    Bytes(&'static str),
    /// In a member of the answer with a text.
    Text(&'static str, Encoding),
    /// Nowhere.
    Inside,
}

/// What a derivation costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Iterations of PBKDF2-HMAC-SHA512 that the request names, in this member.
    Requested(&'static str),
    /// Iterations of PBKDF2-HMAC-SHA512 that the envelope names.
    Named,
    /// Argon2 with one lane and these parameters. A stored hash names others where it has them.
    Fixed(Argon2),
}

/// What an Argon2 with one lane costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2 {
    /// Passes.
    pub passes: u64,
    /// Memory, KiB.
    pub memory_kib: u64,
}

/// A cost that an envelope names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Iterations of PBKDF2-HMAC-SHA512.
    Iterations(u64),
    /// Passes and memory of Argon2.
    Argon2(Argon2),
}

impl Phc {
    /// The PHC string of a hash by Argon2id with one lane.
    #[must_use]
    pub fn write(&self, hash: &[u8]) -> String {
        let [salt, hash] = [&self.salt, hash].map(|bytes| Base64::StandardUnpadded.encode(bytes));
        format!("$argon2id$v=19${},p=1${salt}${hash}", Named::Argon2(self.cost))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iterations(count) => write!(f, "iterations: {count}"),
            Self::Argon2(Argon2 { passes, memory_kib }) => write!(f, "m={memory_kib},t={passes}"),
        }
    }
}

impl System {
    /// Its operations.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> {
        let of_formats = self.formats.iter().flat_map(|facts| [&facts.seal, &facts.open]);
        self.beside.iter().chain(of_formats)
    }
}

impl Operation {
    /// The member of the request that says how often the derivation iterates.
    #[must_use]
    pub fn counted(&self) -> Option<&'static str> {
        match self.derivation?.cost {
            Cost::Requested(member) => Some(member),
            Cost::Named | Cost::Fixed(_) => None,
        }
    }
}

impl Facts {
    /// The members of its text, where that is a JSON document.
    #[must_use]
    pub fn layout(&self) -> Option<&'static Layout> {
        match self.text {
            Text::Json(layout) => Some(layout),
            Text::Phc(_) => None,
        }
    }

    /// The values that a sealer draws where they are not given.
    pub fn drawn(&self) -> impl Iterator<Item = &'static Part> {
        self.parts.iter().filter(|part| part.is_drawn)
    }

    /// The length of a part, in bytes, by the member that gives it.
    #[must_use]
    pub fn length(&self, member: &str) -> Option<usize> {
        self.parts.iter().find(|part| part.member == member).map(|part| part.length)
    }

    /// What was drawn for an envelope that the strict reader takes, by member.
    #[must_use]
    pub fn read_drawn(&self, envelope: &[u8]) -> Option<Vec<(&'static str, Vec<u8>)>> {
        let Text::Phc(read) = self.text else {
            (self.check)(envelope, &Limits::default()).ok()?;
            return self.find_drawn(envelope, &|encoding, text| encoding.decode(text));
        };
        let salt = read(std::str::from_utf8(envelope).ok()?)?.salt;
        Some(self.drawn().map(|part| (part.member, salt.clone())).collect())
    }

    /// The same of a document that nobody has checked, its texts decoded by whatever is given here.
    #[must_use]
    pub fn find_drawn(
        &self,
        document: &[u8],
        decode: &dyn Fn(Encoding, &str) -> Option<Vec<u8>>,
    ) -> Option<Vec<(&'static str, Vec<u8>)>> {
        let layout = self.layout()?;
        self.drawn().map(|part| Some((part.member, layout.bytes(document, part.role, decode)?))).collect()
    }

    /// The cost that an envelope names, if the strict reader takes it and it names one.
    #[must_use]
    pub fn named_cost(&self, envelope: &[u8]) -> Option<Named> {
        let layout = match self.text {
            Text::Json(layout) => layout,
            Text::Phc(read) => return read(std::str::from_utf8(envelope).ok()?).map(|phc| Named::Argon2(phc.cost)),
        };
        layout.member(Role::Iterations)?;
        (self.check)(envelope, &Limits::default()).ok()?;
        layout.integer(envelope, Role::Iterations).map(Named::Iterations)
    }
}
