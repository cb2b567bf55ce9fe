//! What Notesnook seals: envelopes under a password, and synced items under a key.
//!
//! Written as the web client writes them: `{"format":"base64","alg":"xcha-argon2i13-7","cipher":"…","iv":"…","salt":"…",
//! "length":n}`, an item with `"v":6.1,"id":"…"` after it. Read as they come back: in any order; without `format` and
//! `alg`, and for an item without `salt`, which the server drops; with the `keyVersion` of a synced item and the
//! `chunkSize` that the iOS client adds. `length` may be any integer and is not used: writers before 2020 counted UTF-16
//! units, and a buffer sized by it is how the Android client once overflowed. Of the values that `alg` has had in the past
//! this reader knows none but today's.

use std::fmt;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use super::{ALG, Cost, ITEM_MEMBERS, NONCE_BYTES, PASSWORD_MEMBERS, SALT_BYTES, derive_key};
use crate::OpenError;
use crate::facts::Values;
use crate::json::{self, Text};
use document::encoding::Base64;
use primitives::xchacha::{self, TAG_BYTES};
use primitives::{Limits, ParamError};

/// The document's name in errors.
const DOCUMENT: &str = "envelope";

/// The database versions that have been written, in tenths.
const DATABASE_VERSIONS: [f64; 12] = [5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9, 6.0, 6.1];

/// An envelope under a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordEnvelope {
    /// The salt of the key derivation.
    pub salt: [u8; SALT_BYTES],
    /// What is sealed.
    pub sealed: Sealed,
}

/// A synced item, sealed under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The outer id: it is not authenticated.
    pub id: String,
    /// A copy of the key's salt, if the envelope still has it: it is not used to open.
    pub key_salt: Option<[u8; SALT_BYTES]>,
    /// What is sealed.
    pub sealed: Sealed,
}

/// A nonce and what was sealed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The nonce.
    pub nonce: [u8; NONCE_BYTES],
    /// Ciphertext ‖ tag, at least a tag.
    pub ciphertext: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PasswordMembers<'a> {
    #[serde(borrow, default, deserialize_with = "json::present")]
    format: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "json::present")]
    alg: Option<Text<'a>>,
    #[serde(borrow)]
    cipher: Text<'a>,
    #[serde(borrow)]
    iv: Text<'a>,
    #[serde(borrow)]
    salt: Text<'a>,
    #[serde(rename = "length")]
    _length: AnyInteger,
    #[serde(rename = "chunkSize", default, deserialize_with = "json::present")]
    _chunk_size: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ItemMembers<'a> {
    #[serde(borrow, default, deserialize_with = "json::present")]
    format: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "json::present")]
    alg: Option<Text<'a>>,
    #[serde(borrow)]
    cipher: Text<'a>,
    #[serde(borrow)]
    iv: Text<'a>,
    #[serde(borrow, default, deserialize_with = "json::present")]
    salt: Option<Text<'a>>,
    #[serde(rename = "length")]
    _length: AnyInteger,
    #[serde(rename = "chunkSize", default, deserialize_with = "json::present")]
    _chunk_size: Option<u64>,
    v: f64,
    id: String,
    #[serde(default, deserialize_with = "json::present")]
    key_version: Option<u64>,
}

/// An integer of 64 bits of either sign, which is not looked at.
struct AnyInteger;

impl<'de> Deserialize<'de> for AnyInteger {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_i64(Self)
    }
}

impl Visitor<'_> for AnyInteger {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer of 64 bits")
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }
}

impl PasswordEnvelope {
    /// Reads an envelope.
    ///
    /// # Errors
    ///
    /// [`OpenError`] naming the member and the byte.
    pub fn read(envelope: &[u8], limits: &Limits) -> Result<Self, OpenError> {
        let members: PasswordMembers<'_> = json::read(DOCUMENT, envelope, limits)?;
        check_names(members.format.as_deref(), members.alg.as_deref())?;
        Ok(Self { salt: read_salt(&members.salt)?, sealed: Sealed::read(&members.iv, &members.cipher)? })
    }

    /// The envelope's bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let values = Values { salt: Some(&self.salt), ..self.sealed.values() };
        PASSWORD_MEMBERS.write(&values).into_bytes()
    }
}

impl Item {
    /// Reads an item.
    ///
    /// # Errors
    ///
    /// [`OpenError`] naming the member and the byte.
    pub fn read(envelope: &[u8], limits: &Limits) -> Result<Self, OpenError> {
        let members: ItemMembers<'_> = json::read(DOCUMENT, envelope, limits)?;
        check_names(members.format.as_deref(), members.alg.as_deref())?;
        check_versions(members.v, members.key_version)?;
        let key_salt = members.salt.as_deref().map(read_salt).transpose()?;
        Ok(Self { id: members.id, key_salt, sealed: Sealed::read(&members.iv, &members.cipher)? })
    }

    /// The item's bytes, as today's client writes them; without a salt if it has none.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let salt = self.key_salt.as_ref().map(|salt| &salt[..]);
        let values = Values { salt, id: Some(&self.id), ..self.sealed.values() };
        ITEM_MEMBERS.write(&values).into_bytes()
    }
}

impl Sealed {
    fn seal(key: &[u8; 32], nonce: &[u8; NONCE_BYTES], plaintext: &[u8]) -> Self {
        Self { nonce: *nonce, ciphertext: xchacha::seal(key, nonce, b"", plaintext) }
    }

    fn read(iv: &str, cipher: &str) -> Result<Self, OpenError> {
        let ciphertext = json::base64("envelope.cipher", Base64::UrlSafeUnpadded, cipher)?;
        if ciphertext.len() < TAG_BYTES {
            let what = "ends before a whole tag of 16 bytes".to_owned();
            return Err(OpenError::Malformed { member: "envelope.cipher".to_owned(), at: cipher.len(), what });
        }
        Ok(Self { nonce: json::base64_of("envelope.iv", Base64::UrlSafeUnpadded, iv, "24 bytes")?, ciphertext })
    }

    fn open(&self, key: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        Ok(xchacha::open(key, &self.nonce, b"", &self.ciphertext)?)
    }

    /// What both envelopes are written of.
    fn values(&self) -> Values<'_> {
        let length = self.ciphertext.len() - TAG_BYTES;
        Values { nonce: Some(&self.nonce), sealed: Some(&self.ciphertext), length: Some(length), ..Values::default() }
    }

    /// Ciphertext ‖ tag, at least a tag.
    #[must_use]
    pub fn ciphertext(&self) -> &[u8] {
        &self.ciphertext
    }
}

/// Opens an envelope under a password.
///
/// # Errors
///
/// [`OpenError`]: an envelope that does not parse is refused before the derivation.
pub fn open(password: &str, envelope: &[u8], cost: Cost, limits: &Limits) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let envelope = PasswordEnvelope::read(envelope, limits)?;
    envelope.sealed.open(&*derive_key(given(password)?, &envelope.salt, cost, limits)?)
}

/// Seals under a password, with a salt and a nonce that were drawn for this envelope alone.
///
/// # Errors
///
/// [`ParamError`] for the empty password, and for a cost outside Argon2's range or above the limits.
pub fn seal(
    password: &str,
    salt: &[u8; SALT_BYTES],
    nonce: &[u8; NONCE_BYTES],
    plaintext: &[u8],
    cost: Cost,
    limits: &Limits,
) -> Result<Vec<u8>, ParamError> {
    let key = derive_key(given(password)?, salt, cost, limits)?;
    Ok(PasswordEnvelope { salt: *salt, sealed: Sealed::seal(&key, nonce, plaintext) }.write())
}

/// Opens an item under a key: its outer id, which anyone may have changed, and the plaintext.
///
/// # Errors
///
/// [`OpenError`].
pub fn open_item(key: &[u8; 32], envelope: &[u8], limits: &Limits) -> Result<(String, Zeroizing<Vec<u8>>), OpenError> {
    let item = Item::read(envelope, limits)?;
    let plaintext = item.sealed.open(key)?;
    Ok((item.id, plaintext))
}

/// Seals an item under a key, with a nonce that was drawn for it alone; `key_salt` is the salt that the key was derived with.
#[must_use]
pub fn seal_item(
    key: &[u8; 32],
    key_salt: &[u8; SALT_BYTES],
    id: &str,
    nonce: &[u8; NONCE_BYTES],
    plaintext: &[u8],
) -> Vec<u8> {
    Item { id: id.to_owned(), key_salt: Some(*key_salt), sealed: Sealed::seal(key, nonce, plaintext) }.write()
}

/// A password that there is: the clients count an empty one as none and seal nothing under it.
fn given(password: &str) -> Result<&str, ParamError> {
    match password {
        "" => Err(ParamError::OutOfRange { parameter: "password_text", found: 0, allowed: "at least 1 byte" }),
        _ => Ok(password),
    }
}

fn read_salt(text: &str) -> Result<[u8; SALT_BYTES], OpenError> {
    json::base64_of("envelope.salt", Base64::UrlSafeUnpadded, text, "16 bytes")
}

/// `format` and `alg`, where they are given.
fn check_names(format: Option<&str>, alg: Option<&str>) -> Result<(), OpenError> {
    if let Some(found) = format.filter(|format| *format != "base64") {
        return Err(OpenError::parameter("envelope.format", &format!("{found:?}"), "\"base64\""));
    }
    if let Some(found) = alg.filter(|alg| *alg != ALG) {
        return Err(OpenError::parameter("envelope.alg", &format!("{found:?}"), "\"xcha-argon2i13-7\""));
    }
    Ok(())
}

/// `v`, the version of the database that the item was written from, and `keyVersion`: 0 for the account's own key, 1 for
/// its data key.
fn check_versions(v: f64, key_version: Option<u64>) -> Result<(), OpenError> {
    if !DATABASE_VERSIONS.contains(&v) {
        return Err(OpenError::parameter("envelope.v", &v, "5.0 to 5.9, 6.0 or 6.1"));
    }
    match key_version {
        None | Some(0 | 1) => Ok(()),
        Some(found) => Err(OpenError::parameter("envelope.keyVersion", &found, "0 or 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second reader takes every integer of 64 bits as `length`; a reader with one type for it refuses half of them.
    #[test]
    fn length_is_any_integer_of_64_bits() {
        let read = |length: &str| {
            let (cipher, iv, salt) = ("A".repeat(22), "A".repeat(32), "A".repeat(22));
            let text = format!(r#"{{"cipher":"{cipher}","iv":"{iv}","salt":"{salt}","length":{length}}}"#);
            PasswordEnvelope::read(text.as_bytes(), &Limits::default()).is_ok()
        };
        for (length, taken) in [
            ("0", true),
            ("-9223372036854775808", true),
            ("9223372036854775808", true),
            ("18446744073709551615", true),
            ("18446744073709551616", false),
            ("-9223372036854775809", false),
            ("-0", false),
            ("1.0", false),
            ("1e1", false),
            ("\"1\"", false),
            ("null", false),
        ] {
            assert_eq!(read(length), taken, "{length}");
        }
    }

    /// The server drops the salt of an item: what is written of such a one must be read as the same.
    #[test]
    fn an_item_without_its_salt_is_written_without_one() {
        let sealed = Sealed { nonce: [1; NONCE_BYTES], ciphertext: vec![2; TAG_BYTES + 3] };
        for key_salt in [None, Some([3; SALT_BYTES])] {
            let item = Item { id: "\"\u{1}é".to_owned(), key_salt, sealed: sealed.clone() };
            assert_eq!(Item::read(&item.write(), &Limits::default()), Ok(item));
        }
    }
}
