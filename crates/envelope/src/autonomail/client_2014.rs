//! The profile of the client published in 2014: `{"salt":"<64 hex>","iterations":n,"secureData":"<base64>"}`, the second
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
    /// The iteration count as it stands in the record: it is not checked here.
    pub iterations: u64,
    /// What is sealed.
    pub envelope: Envelope,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Members<'a> {
    #[serde(borrow)]
    salt: Text<'a>,
    iterations: u64,
    #[serde(borrow)]
    secure_data: Text<'a>,
}

impl Record {
    /// Reads a record: its three members, and the envelope inside.
    ///
    /// # Errors
    ///
    /// [`OpenError`] naming the member and the byte.
    pub fn read(record: &[u8], limits: &Limits) -> Result<Self, OpenError> {
        let members: Members<'_> = json::read(DOCUMENT, record, limits)?;
        Ok(Self {
            salt: read_salt(&members.salt)?,
            iterations: members.iterations,
            envelope: read_envelope(&members.secure_data, limits)?,
        })
    }

    /// The record's bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let inner = self.envelope.write();
        let values = Values {
            iterations: Some(self.iterations),
            salt: Some(&self.salt),
            inner: Some(inner.as_bytes()),
            ..Values::default()
        };
        Profile::Client2014.layout().write(&values).into_bytes()
    }
}

/// Opens a record.
///
/// # Errors
///
/// [`OpenError`]: a record that does not parse, or whose count is above the limits, is refused before the derivation.
pub fn open(password: &str, record: &[u8], limits: &Limits) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let record = Record::read(record, limits)?;
    let key = derive_key(Profile::Client2014, password, &record.salt, record.iterations, limits);
    record.envelope.open(&*key.map_err(|error| OpenError::at("record.iterations", &error))?)
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
    let key = derive_key(Profile::Client2014, password, salt, iterations, limits)?;
    Ok(Record { salt: *salt, iterations, envelope: Envelope::seal(&key, iv, plaintext) }.write())
}
