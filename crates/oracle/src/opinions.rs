//! The oracles' functions as operations: members in, members out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::{Answered, Declined, Opinion, at_most, envelopes, sodium};
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::{Fields, Value};

/// What libsodium answers.
pub(super) static LIBSODIUM: &[(&str, Opinion)] = &[
    ("sha512.digest", |input, _| output("digest", Ok(sodium::sha512(input.bytes("message")).to_vec()))),
    ("hmac-sha512.tag", |input, _| {
        output("tag", Ok(sodium::hmac_sha512(input.bytes("key"), input.bytes("message")).to_vec()))
    }),
    ("blake2b.digest", |input, _| {
        output("digest", sodium::blake2b(input.bytes("message"), input.bytes("key"), input.integer("length")))
    }),
    ("argon2i.derive", |input, limits| sodium_argon2(Argon2Variant::I, input, limits)),
    ("argon2id.derive", |input, limits| sodium_argon2(Argon2Variant::Id, input, limits)),
    ("hchacha20.subkey", |input, _| {
        output("subkey", Ok(sodium::hchacha20(sized("key", input)?, sized("input", input)?).to_vec()))
    }),
    ("xchacha20-poly1305.seal", |input, _| {
        let (key, nonce) = (sized("key", input)?, sized("nonce", input)?);
        let sealed = sodium::xchacha20_poly1305_seal(key, nonce, input.bytes("aad"), input.bytes("plaintext"));
        output("ciphertext", sealed)
    }),
    ("xchacha20-poly1305.open", |input, _| {
        let (key, nonce) = (sized("key", input)?, sized("nonce", input)?);
        let opened = sodium::xchacha20_poly1305_open(key, nonce, input.bytes("aad"), input.bytes("ciphertext"));
        output("plaintext", opened)
    }),
    ("notesnook.login-hash", notesnook_login_hash),
    ("notesnook.server-verify", notesnook_server_verify),
    ("notesnook.derive-key", notesnook_derive_key),
    ("notesnook.open", envelopes::notesnook_open),
    ("notesnook-item.open", envelopes::notesnook_item_open),
];

pub(super) fn output(member: &'static str, bytes: Result<Vec<u8>, Declined>) -> Answered {
    Ok(Fields::new().with_bytes(member, bytes?))
}

pub(super) fn sized<'a, const N: usize>(parameter: &'static str, input: &'a Fields) -> Result<&'a [u8; N], Declined> {
    input.bytes(parameter).try_into().map_err(|_| Declined::OutsideLimits { parameter })
}

fn sodium_argon2(variant: Argon2Variant, input: &Fields, limits: &Limits) -> Answered {
    if input.integer("lanes") != 1 {
        return Err(Declined::OutsideLimits { parameter: "lanes" });
    }
    let costs = (input.integer("passes"), input.integer("memory_kib"));
    let (password, salt) = (input.bytes("password"), input.bytes("salt"));
    output("key", sodium::argon2(variant, password, salt, costs, input.integer("length"), limits))
}

/// The constant that Notesnook puts before the e-mail address, as text and not decoded (packages/crypto).
const APP_SALT: &str = "oVzKtazBo7d8sb7TBvY9jw";

/// The login hash out of libsodium alone: Argon2id, 3 passes, 64 MiB, salted with BLAKE2b-16 of constant and e-mail.
fn notesnook_login_hash(input: &Fields, limits: &Limits) -> Answered {
    let named = format!("{APP_SALT}{}", input.text("email_text").to_lowercase());
    let salt = sodium::blake2b(named.as_bytes(), &[], 16)?;
    let password = input.text("password_text").as_bytes();
    let hash = sodium::argon2(Argon2Variant::Id, password, &salt, (3, 65_536), 32, limits)?;
    Ok(Fields::new().with_text("hash_text", sodium::base64_url(&hash)))
}

/// The key of password mode out of libsodium alone: Argon2i, 3 passes, 8 MiB.
fn notesnook_derive_key(input: &Fields, limits: &Limits) -> Answered {
    let (password, salt) = (input.text("password_text").as_bytes(), input.bytes("salt"));
    output("key", sodium::argon2(Argon2Variant::I, password, salt, (3, 8_192), 32, limits))
}

/// UTF-16 units of a password, above which the server refuses before it asks libsodium.
const PASSWORD_UNITS_MAX: u64 = 2_048;

/// Bytes of a stored hash with its zeros; libsodium stops at the first zero, however many there are.
const STORED_BYTES: usize = 128;

/// The server's check out of libsodium alone, for whole texts of the server's own cost: no text from outside sets it,
/// and of a broken text libsodium says no more than of a wrong password.
fn notesnook_server_verify(input: &Fields, limits: &Limits) -> Answered {
    const COST: &str = "$argon2id$v=19$m=64,t=3,p=1$";
    at_most("hash_text", input.text("hash_text").encode_utf16().count() as u64, PASSWORD_UNITS_MAX)?;
    let text = input.text("stored_text");
    let stored = text.trim_end_matches('\0');
    if ![stored.len(), STORED_BYTES].contains(&text.len()) {
        return Err(Declined::OutsideLimits { parameter: "stored_text" });
    }
    let (salt, hash) = stored.strip_prefix(COST).and_then(|rest| rest.split_once('$')).unwrap_or_default();
    let sizes = [salt, hash].map(|text| STANDARD_NO_PAD.decode(text).map_or(0, |bytes| bytes.len()));
    if sizes != [16, 32] {
        return Err(Declined::OutsideLimits { parameter: "stored_text" });
    }
    at_most("stored_text", 3 * 64, limits.argon2_work_kib_max)?;
    let valid = sodium::verify_stored(input.text("hash_text").as_bytes(), stored)?;
    Ok(Fields::new().with("valid", Value::Flag(valid)))
}
