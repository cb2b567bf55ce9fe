//! OpenSSL's functions as operations: members in, members out.

use openssl::hash::MessageDigest;
use openssl::pkey::{Id, PKey};
use openssl::sign::Signer;

use super::super::envelopes::{unread, whole_key};
use super::super::opinions::{output, sized};
use super::super::reader::autonomail;
use super::super::{Answered, Opinion, at_most};
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::Fields;

/// What OpenSSL answers.
pub(crate) static OPENSSL: &[(&str, Opinion)] = &[
    ("sha512.digest", |input, _| output("digest", super::sha512(input.bytes("message")))),
    ("hmac-sha512.tag", |input, _| {
        let (key, message) = (input.bytes("key"), input.bytes("message"));
        at_most("key", key.len() as u64, i32::MAX as u64)?;
        let key = PKey::private_key_from_raw_bytes(key, Id::HMAC)?;
        output("tag", Ok(Signer::new(MessageDigest::sha512(), &key)?.sign_oneshot_to_vec(message)?))
    }),
    ("pbkdf2-hmac-sha512.derive", |input, limits| {
        let (password, salt) = (input.bytes("password"), input.bytes("salt"));
        let (iterations, length) = (input.integer("iterations"), input.integer("length"));
        output("key", super::pbkdf2_hmac_sha512(password, salt, iterations, length, limits))
    }),
    ("argon2i.derive", |input, limits| argon2(Argon2Variant::I, input, limits)),
    ("argon2id.derive", |input, limits| argon2(Argon2Variant::Id, input, limits)),
    ("aes-256-gcm.seal", |input, _| {
        let (iv, aad, tag_length) = (input.bytes("iv"), input.bytes("aad"), input.integer("tag_length"));
        let sealed = super::aes_256_gcm_seal(sized("key", input)?, iv, aad, input.bytes("plaintext"), tag_length);
        output("ciphertext", sealed)
    }),
    ("aes-256-gcm.open", |input, _| {
        let (iv, aad, tag_length) = (input.bytes("iv"), input.bytes("aad"), input.integer("tag_length"));
        let opened = super::aes_256_gcm_open(sized("key", input)?, iv, aad, input.bytes("ciphertext"), tag_length);
        output("plaintext", opened)
    }),
    ("autonomail.open", autonomail_open),
    ("autonomail-2014.open", autonomail_2014_open),
];

fn argon2(variant: Argon2Variant, input: &Fields, limits: &Limits) -> Answered {
    let costs = (input.integer("passes"), input.integer("memory_kib"), input.integer("lanes"));
    let (password, salt) = (input.bytes("password"), input.bytes("salt"));
    output("key", super::argon2(variant, password, salt, costs, input.integer("length"), limits))
}

/// `autonomail.open` out of OpenSSL alone: the first 256 bits of the derived key.
fn autonomail_open(input: &Fields, limits: &Limits) -> Answered {
    autonomail(&autonomail::documented(input, limits).map_err(unread)?, input, 0, limits)
}

/// `autonomail-2014.open` out of OpenSSL alone: the second 256 bits.
fn autonomail_2014_open(input: &Fields, limits: &Limits) -> Answered {
    autonomail(&autonomail::client_2014(input, limits).map_err(unread)?, input, 32, limits)
}

fn autonomail(record: &autonomail::Record, input: &Fields, half: usize, limits: &Limits) -> Answered {
    let password = input.text("password_text").as_bytes();
    let derived = super::pbkdf2_hmac_sha512(password, &record.salt, record.iterations, 64, limits)?;
    let key = whole_key(&derived[half..half + 32])?;
    Ok(Fields::new().with_bytes("plaintext", super::aes_256_gcm_open(&key, &record.iv, b"", &record.sealed, 16)?))
}
