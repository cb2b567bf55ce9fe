//! The primitives as operations: members in, members out.

use super::Refusal;
use ::primitives::fortuna::{self, Family};
use ::primitives::gcm::{Gcm, Iv, TagLength};
use ::primitives::hash::{self, Blake2bKey, Blake2bLength};
use ::primitives::kdf::{self, Argon2Params, Argon2Salt, Argon2Variant, Pbkdf2Params};
use ::primitives::sjcl_prng::{self, Paranoia};
use ::primitives::{Limits, ParamError, xchacha};
use vectors::{Fields, Value};

type Computed = Result<Fields, Refusal>;

#[expect(clippy::unnecessary_wraps, reason = "every operation has one signature")]
pub(super) fn sha512(input: &Fields, _: &Limits) -> Computed {
    Ok(Fields::new().with_bytes("digest", hash::sha512(input.bytes("message"))))
}

#[expect(clippy::unnecessary_wraps, reason = "every operation has one signature")]
pub(super) fn hmac_sha512(input: &Fields, _: &Limits) -> Computed {
    Ok(Fields::new().with_bytes("tag", hash::hmac_sha512(input.bytes("key"), input.bytes("message"))))
}

pub(super) fn blake2b(input: &Fields, _: &Limits) -> Computed {
    let key = Blake2bKey::read(input.bytes("key"))?;
    let length = Blake2bLength::read(input.integer("length"))?;
    Ok(Fields::new().with_bytes("digest", hash::blake2b(input.bytes("message"), key, length)))
}

pub(super) fn pbkdf2_hmac_sha512(input: &Fields, limits: &Limits) -> Computed {
    let params = Pbkdf2Params::read(input.integer("iterations"), input.integer("length"), limits)?;
    let key = kdf::pbkdf2_hmac_sha512(input.bytes("password"), input.bytes("salt"), params);
    Ok(Fields::new().with_bytes("key", key.as_slice()))
}

pub(super) fn argon2i(input: &Fields, limits: &Limits) -> Computed {
    argon2(Argon2Variant::I, input, limits)
}

pub(super) fn argon2id(input: &Fields, limits: &Limits) -> Computed {
    argon2(Argon2Variant::Id, input, limits)
}

fn argon2(variant: Argon2Variant, input: &Fields, limits: &Limits) -> Computed {
    let salt = Argon2Salt::read(input.bytes("salt"))?;
    let [passes, memory_kib, lanes, length] =
        ["passes", "memory_kib", "lanes", "length"].map(|name| input.integer(name));
    let params = Argon2Params::read(passes, memory_kib, lanes, length, limits)?;
    let key = kdf::argon2(variant, input.bytes("password"), salt, &params);
    Ok(Fields::new().with_bytes("key", key.as_slice()))
}

pub(super) fn aes_256_gcm_seal(input: &Fields, _: &Limits) -> Computed {
    let (gcm, iv, tag_length) = gcm(input)?;
    let sealed = gcm.seal(iv, input.bytes("aad"), input.bytes("plaintext"), tag_length);
    Ok(Fields::new().with_bytes("ciphertext", sealed))
}

pub(super) fn aes_256_gcm_open(input: &Fields, _: &Limits) -> Computed {
    let (gcm, iv, tag_length) = gcm(input)?;
    let plaintext = gcm.open(iv, input.bytes("aad"), input.bytes("ciphertext"), tag_length)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

fn gcm(input: &Fields) -> Result<(Gcm, Iv<'_>, TagLength), ParamError> {
    let gcm = Gcm::new(sized("key", "32 bytes", input)?);
    Ok((gcm, Iv::read(input.bytes("iv"))?, TagLength::read(input.integer("tag_length"))?))
}

pub(super) fn hchacha20(input: &Fields, _: &Limits) -> Computed {
    let subkey = xchacha::hchacha20(sized("key", "32 bytes", input)?, sized("input", "16 bytes", input)?);
    Ok(Fields::new().with_bytes("subkey", subkey.as_slice()))
}

pub(super) fn xchacha20_poly1305_seal(input: &Fields, _: &Limits) -> Computed {
    let (key, nonce) = (sized("key", "32 bytes", input)?, sized("nonce", "24 bytes", input)?);
    Ok(Fields::new().with_bytes("ciphertext", xchacha::seal(key, nonce, input.bytes("aad"), input.bytes("plaintext"))))
}

pub(super) fn xchacha20_poly1305_open(input: &Fields, _: &Limits) -> Computed {
    let (key, nonce) = (sized("key", "32 bytes", input)?, sized("nonce", "24 bytes", input)?);
    let plaintext = xchacha::open(key, nonce, input.bytes("aad"), input.bytes("ciphertext"))?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

/// The most bytes of one request that an answer carries: its last ones, which only who computed the others can know.
const OUTPUT_BYTES_MAX: usize = 1024;

pub(super) fn fortuna(input: &Fields, limits: &Limits) -> Computed {
    let family = Family::read(input.text("family_text"))?;
    let script = fortuna::script(input.bytes_list("events"), input.integer_list("requests"), limits)?;
    Ok(last_bytes(fortuna::generate(family, &script)?))
}

pub(super) fn sjcl_prng(input: &Fields, limits: &Limits) -> Computed {
    let paranoia = Paranoia::read(input.integer("paranoia"))?;
    let script = sjcl_prng::script(input.bytes_list("events"), limits)?;
    Ok(last_bytes(sjcl_prng::generate(paranoia, input.integer("start_ms"), &script)?))
}

fn last_bytes(mut outputs: Vec<Vec<u8>>) -> Fields {
    for output in &mut outputs {
        output.drain(..output.len().saturating_sub(OUTPUT_BYTES_MAX));
    }
    Fields::new().with("outputs", Value::BytesList(outputs))
}

/// `random.draw`: `count` samples of `length` bytes each from the system.
pub(super) fn random(input: &Fields, limits: &Limits) -> Computed {
    let (length, count) = (input.integer("length"), input.integer("count"));
    // An empty sample is as much work as one of a byte.
    let asked = length.max(1).saturating_mul(count.max(1));
    if asked > limits.derived_bytes_max {
        return Err(
            ParamError::TooCostly { parameter: "length", found: asked, ceiling: limits.derived_bytes_max }.into()
        );
    }
    let sample = |_| draw(usize::try_from(length).unwrap_or(usize::MAX));
    Ok(Fields::new().with("samples", Value::BytesList((0..count).map(sample).collect())))
}

/// Random bytes from the system.
///
/// # Panics
///
/// When the system has no randomness to give: nothing may be sealed then.
pub(super) fn draw(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("the system's randomness is available");
    bytes
}

/// A member of exactly `N` bytes.
pub(super) fn sized<'a, const N: usize>(
    member: &'static str,
    allowed: &'static str,
    input: &'a Fields,
) -> Result<&'a [u8; N], ParamError> {
    let bytes = input.bytes(member);
    bytes.try_into().map_err(|_| ParamError::OutOfRange { parameter: member, found: bytes.len() as u64, allowed })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples without a byte take room too: a request for 2^53 - 1 of them must not end the process.
    #[test]
    fn empty_samples_are_bounded_as_any() {
        let draw = |length, count| {
            let input = Fields::new().with_integer("length", length).with_integer("count", count);
            random(&input, &Limits::default()).map(|output| output.bytes_list("samples").len()).ok()
        };
        assert_eq!(draw(0, 3), Some(3));
        assert_eq!(draw(0, (1 << 53) - 1), None);
        assert_eq!(draw((1 << 53) - 1, 0), None);
    }
}
