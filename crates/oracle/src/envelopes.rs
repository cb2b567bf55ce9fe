//! Whole envelopes out of an oracle's own functions: what the second reader reads, opened without the reference.
//!
//! In: an operation's input. Out: what it opens to, or that the tag is refused. Of what is not read a library has no
//! opinion; that is the second reader's own ([`super::reader`]).

use super::reader::notesnook;
use super::{Answered, Declined, sodium};
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::Fields;

/// `notesnook.open` out of libsodium alone.
pub(super) fn notesnook_open(input: &Fields, limits: &Limits) -> Answered {
    let envelope = notesnook::under_a_password(input, limits).map_err(unread)?;
    let password = input.text("password_text").as_bytes();
    let key = sodium::argon2(Argon2Variant::I, password, &envelope.salt, (3, 8_192), 32, limits)?;
    let plaintext = sodium::xchacha20_poly1305_open(&whole_key(&key)?, &envelope.nonce, b"", &envelope.sealed)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext))
}

/// `notesnook-item.open` out of libsodium alone.
pub(super) fn notesnook_item_open(input: &Fields, limits: &Limits) -> Answered {
    let item = notesnook::under_a_key(input, limits).map_err(unread)?;
    let plaintext = sodium::xchacha20_poly1305_open(&item.key, &item.nonce, b"", &item.sealed)?;
    Ok(Fields::new().with_text("id_text", &item.id).with_bytes("plaintext", plaintext))
}

pub(super) fn whole_key(key: &[u8]) -> Result<[u8; 32], Declined> {
    key.try_into().map_err(|_| Declined::Failed { detail: format!("{} bytes of key", key.len()) })
}

pub(super) fn unread(_: Declined) -> Declined {
    Declined::OutsideLimits { parameter: "the envelope" }
}
