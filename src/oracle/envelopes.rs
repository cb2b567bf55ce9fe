//! Whole envelopes out of an oracle's own functions: what the second reader reads, opened without the reference.
//!
//! In: an operation's input. Out: what it opens to, or that the tag is refused. Of what is not read a library has no
//! opinion; that is the second reader's own ([`super::reader`]).

#[cfg(feature = "openssl")]
use super::openssl;
#[cfg(feature = "openssl")]
use super::reader::autonomail;
use super::reader::notesnook;
use super::{Answered, Declined, sodium};
use crate::primitives::Limits;
use crate::primitives::kdf::Argon2Variant;
use crate::vector::Fields;

/// `autonomail.open` out of OpenSSL alone: the first 256 bits of the derived key.
#[cfg(feature = "openssl")]
pub(super) fn autonomail_open(input: &Fields, limits: &Limits) -> Answered {
    autonomail(&autonomail::documented(input, limits).map_err(unread)?, input, 0, limits)
}

/// `autonomail-2014.open` out of OpenSSL alone: the second 256 bits.
#[cfg(feature = "openssl")]
pub(super) fn autonomail_2014_open(input: &Fields, limits: &Limits) -> Answered {
    autonomail(&autonomail::client_2014(input, limits).map_err(unread)?, input, 32, limits)
}

/// `notesnook.open` out of libsodium alone.
pub(super) fn notesnook_open(input: &Fields, limits: &Limits) -> Answered {
    let envelope = notesnook::under_a_password(input, limits).map_err(unread)?;
    let password = input.text("password_text").as_bytes();
    let key = sodium::argon2(Argon2Variant::I, password, &envelope.salt, (3, 8_192), 32, limits)?;
    let plaintext = sodium::xchacha20_poly1305_open(&sized(&key)?, &envelope.nonce, b"", &envelope.sealed)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext))
}

/// `notesnook-item.open` out of libsodium alone.
pub(super) fn notesnook_item_open(input: &Fields, limits: &Limits) -> Answered {
    let item = notesnook::under_a_key(input, limits).map_err(unread)?;
    let plaintext = sodium::xchacha20_poly1305_open(&item.key, &item.nonce, b"", &item.sealed)?;
    Ok(Fields::new().with_text("id_text", &item.id).with_bytes("plaintext", plaintext))
}

#[cfg(feature = "openssl")]
fn autonomail(record: &autonomail::Record, input: &Fields, half: usize, limits: &Limits) -> Answered {
    let password = input.text("password_text").as_bytes();
    let derived = openssl::pbkdf2_hmac_sha512(password, &record.salt, record.iterations, 64, limits)?;
    let key = sized(&derived[half..half + 32])?;
    Ok(Fields::new().with_bytes("plaintext", openssl::aes_256_gcm_open(&key, &record.iv, b"", &record.sealed, 16)?))
}

fn sized(key: &[u8]) -> Result<[u8; 32], Declined> {
    key.try_into().map_err(|_| Declined::Failed { detail: format!("{} bytes of key", key.len()) })
}

fn unread(_: Declined) -> Declined {
    Declined::OutsideLimits { parameter: "the envelope" }
}
