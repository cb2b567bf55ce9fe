//! Autonomail's private data: a key derived by PBKDF2-HMAC-SHA512, an SJCL envelope, and the salt beside it.
//!
//! In: a password, an iteration count and a record. Out: the plaintext, or the record's very bytes. There are two
//! profiles, and neither opens what the other sealed: [`documented`] takes the first 256 bits of the derived key and
//! keeps the count out of the record; [`client_2014`], what the published client did, takes the second 256 bits and
//! writes the count into it.
//!
//! There is no floor for the count: the client's own calibration starts at 10,000, but a reader that refuses less could
//! not read what another calibration chose. `inspect` calls a low count weak.

pub mod client_2014;
pub mod documented;
mod inspect;
#[cfg(feature = "openssl")]
pub(crate) mod recipe;

use zeroize::Zeroizing;

pub use inspect::{Autonomail, Autonomail2014};

use super::sjcl::Envelope;
use super::{OpenError, json};
use crate::primitives::encoding::Base64;
use crate::primitives::kdf::{Pbkdf2Params, pbkdf2_hmac_sha512};
use crate::primitives::{Limits, ParamError};

/// Bytes of a salt.
pub const SALT_BYTES: usize = 32;

/// The count from which the client's calibration starts.
const ITERATIONS_OF_CLIENT_MIN: u64 = 10_000;

/// What OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA512 (August 2026).
const ITERATIONS_ADVISED: u64 = 220_000;

/// The document's name in errors.
const DOCUMENT: &str = "record";

/// Which 256 bits of the 512 that PBKDF2 yields are the key.
#[derive(Clone, Copy)]
enum Half {
    First,
    Second,
}

/// The key of a record.
fn derive_key(
    half: Half,
    password: &str,
    salt: &[u8; SALT_BYTES],
    iterations: u64,
    limits: &Limits,
) -> Result<Zeroizing<[u8; 32]>, ParamError> {
    let derived = pbkdf2_hmac_sha512(password.as_bytes(), salt, Pbkdf2Params::read(iterations, 64, limits)?);
    let half = match half {
        Half::First => &derived[..32],
        Half::Second => &derived[32..],
    };
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(half);
    Ok(key)
}

/// The salt of a record: 64 lower-case hex digits.
fn read_salt(text: &str) -> Result<[u8; SALT_BYTES], OpenError> {
    json::hex_of("record.salt", text, "32 bytes")
}

/// The envelope of a record: base64 of its JSON text.
fn read_envelope(text: &str, limits: &Limits) -> Result<Envelope, OpenError> {
    Envelope::read(&json::base64("record.secureData", Base64::Standard, text)?, limits)
}

/// The envelope as a record holds it.
fn write_envelope(envelope: &Envelope) -> String {
    Base64::Standard.encode(envelope.write().as_bytes())
}
