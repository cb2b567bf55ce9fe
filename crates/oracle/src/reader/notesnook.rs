//! Notesnook's envelopes, under a password and under a key.

use data_encoding::BASE64URL_NOPAD;

use super::members::sized;
use super::object::Object;
use super::{malformed, parameter};
use crate::Declined;
use primitives::Limits;
use vectors::Fields;

/// Bytes of the tag.
const TAG_BYTES: usize = 16;

/// What both envelopes may hold.
const NAMES: [&str; 7] = ["format", "alg", "cipher", "iv", "salt", "length", "chunkSize"];

/// What an envelope under a password holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// Ciphertext and tag.
    pub(crate) sealed: Vec<u8>,
    pub(crate) nonce: [u8; 24],
    pub(crate) salt: [u8; 16],
}

/// What an item holds, and the key that was given for it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) id: String,
    /// Ciphertext and tag.
    pub(crate) sealed: Vec<u8>,
    pub(crate) nonce: [u8; 24],
    pub(crate) key: [u8; 32],
}

impl Envelope {
    /// The parts under the names of the protocol.
    pub(super) fn parts(self) -> Fields {
        Fields::new().with_bytes("salt", self.salt).with_bytes("nonce", self.nonce).with_bytes("sealed", self.sealed)
    }
}

impl Item {
    /// The parts under the names of the protocol.
    pub(super) fn parts(self) -> Fields {
        Fields::new().with_text("id_text", self.id).with_bytes("nonce", self.nonce).with_bytes("sealed", self.sealed)
    }
}

/// `notesnook.open`.
///
/// # Errors
///
/// Why it is not read.
pub(crate) fn under_a_password(input: &Fields, limits: &Limits) -> Result<Envelope, Declined> {
    let object = Object::read(input.bytes("envelope"), &NAMES, limits)?;
    let (nonce, sealed) = common(&object)?;
    let salt = object.sized("salt", &BASE64URL_NOPAD)?;
    some_password(input.text("password_text"))?;
    Ok(Envelope { sealed, nonce, salt })
}

/// `notesnook-item.open`.
///
/// # Errors
///
/// Why it is not read.
pub(crate) fn under_a_key(input: &Fields, limits: &Limits) -> Result<Item, Declined> {
    let names = [&NAMES[..], &["v", "id", "keyVersion"]].concat();
    let object = Object::read(input.bytes("envelope"), &names, limits)?;
    let (nonce, sealed) = common(&object)?;
    if object.get("salt").is_some() {
        object.sized::<16>("salt", &BASE64URL_NOPAD)?;
    }
    known_version(object.number("v")?)?;
    if object.count_if_any("keyVersion")?.is_some_and(|version| version > 1) {
        return Err(parameter("an unknown keyVersion"));
    }
    Ok(Item { id: object.text("id")?.to_owned(), sealed, nonce, key: sized("key", input.bytes("key"))? })
}

/// An empty password is none.
pub(super) fn some_password(password: &str) -> Result<(), Declined> {
    if password.is_empty() { Err(parameter("an empty password")) } else { Ok(()) }
}

/// What both envelopes have in common; nonce and ciphertext with its tag.
fn common(object: &Object) -> Result<([u8; 24], Vec<u8>), Declined> {
    object.may_say("format", "base64")?;
    object.may_say("alg", "xcha-argon2i13-7")?;
    any_integer("length", object.number("length")?)?;
    object.count_if_any("chunkSize")?;
    let sealed = object.bytes("cipher", &BASE64URL_NOPAD)?;
    if sealed.len() < TAG_BYTES {
        return Err(parameter("less than a tag"));
    }
    Ok((object.sized("iv", &BASE64URL_NOPAD)?, sealed))
}

/// An integer of 64 bits of either sign, spelled as one: no fraction, no exponent, no negative zero.
fn any_integer(name: &str, digits: &str) -> Result<(), Declined> {
    let whole = digits != "-0" && (digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok());
    if whole { Ok(()) } else { Err(malformed(format!("{name} is not an integer"))) }
}

/// 5.0 to 5.9, 6.0 and 6.1.
fn known_version(digits: &str) -> Result<(), Declined> {
    let number: f64 = digits.parse().map_err(|_| malformed("v is not a number"))?;
    let known = (50..=61).any(|tenths| (f64::from(tenths) / 10.0).to_bits() == number.to_bits());
    if known { Ok(()) } else { Err(parameter(format!("v is {digits}"))) }
}
