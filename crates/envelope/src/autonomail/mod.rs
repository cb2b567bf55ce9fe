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
mod count;
pub mod documented;
mod facts;
mod inspect;

use zeroize::Zeroizing;

pub use count::{CountSearch, find_iterations};
pub use facts::SYSTEM;

use super::sjcl::Envelope;
use super::{OpenError, json};
use document::encoding::Base64;
use primitives::kdf::{Pbkdf2Params, pbkdf2_hmac_sha512};
use primitives::{Limits, ParamError};

/// Bytes of a salt.
pub const SALT_BYTES: usize = 32;

/// The count from which the client's calibration starts.
const ITERATIONS_OF_CLIENT_MIN: u64 = 10_000;

/// What OWASP's password storage cheat sheet asks of PBKDF2-HMAC-SHA512 (August 2026).
const ITERATIONS_ADVISED: u64 = 220_000;

/// The document's name in errors.
const DOCUMENT: &str = "record";

/// Which of the two profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As documented: the count outside, the first 256 bits of the derived key.
    Documented,
    /// As the client of 2014 did it: the count inside, the second 256 bits.
    Client2014,
}

/// The key of a record.
fn derive_key(
    profile: Profile,
    password: &str,
    salt: &[u8; SALT_BYTES],
    iterations: u64,
    limits: &Limits,
) -> Result<Zeroizing<[u8; 32]>, ParamError> {
    let derived = pbkdf2_hmac_sha512(password.as_bytes(), salt, Pbkdf2Params::read(iterations, 64, limits)?);
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(profile.key(&derived));
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
