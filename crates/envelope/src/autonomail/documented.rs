//! The profile of the document: `{"salt":"<64 hex>","secureData":"<base64>"}`, the count given from outside, the first
//! 256 bits of the derived key.

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{DOCUMENT, Profile, SALT_BYTES, derive_key, read_envelope, read_salt};
use crate::OpenError;
use crate::facts::Values;
use crate::json::{self, Text};
use crate::sjcl::{Envelope, IV_BYTES};
use primitives::{Limits, ParamError};

/// A record that has been read or sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The salt.
    pub salt: [u8; SALT_BYTES],
    /// What is sealed.
    pub envelope: Envelope,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Members<'a> {
    #[serde(borrow)]
    salt: Text<'a>,
    #[serde(borrow)]
    secure_data: Text<'a>,
}

impl Record {
    /// Reads a record: its two members, and the envelope inside.
    ///
    /// # Errors
    ///
    /// [`OpenError`] naming the member and the byte.
    pub fn read(record: &[u8], limits: &Limits) -> Result<Self, OpenError> {
        let members: Members<'_> = json::read(DOCUMENT, record, limits)?;
        Ok(Self { salt: read_salt(&members.salt)?, envelope: read_envelope(&members.secure_data, limits)? })
    }

    /// The record's bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let inner = self.envelope.write();
        let values = Values { salt: Some(&self.salt), inner: Some(inner.as_bytes()), ..Values::default() };
        Profile::Documented.layout().write(&values).into_bytes()
    }
}

/// Opens a record.
///
/// # Errors
///
/// [`OpenError`]: a record that does not parse is refused before the derivation.
pub fn open(password: &str, iterations: u64, record: &[u8], limits: &Limits) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let record = Record::read(record, limits)?;
    record.envelope.open(&*derive_key(Profile::Documented, password, &record.salt, iterations, limits)?)
}

/// Seals under a salt and an IV that were drawn for this record alone.
///
/// # Errors
///
/// [`ParamError`] for a count outside 1 ..= 2^31 - 1 or above the limits.
pub fn seal(
    password: &str,
    iterations: u64,
    salt: &[u8; SALT_BYTES],
    iv: &[u8; IV_BYTES],
    plaintext: &[u8],
    limits: &Limits,
) -> Result<Vec<u8>, ParamError> {
    let key = derive_key(Profile::Documented, password, salt, iterations, limits)?;
    Ok(Record { salt: *salt, envelope: Envelope::seal(&key, iv, plaintext) }.write())
}
