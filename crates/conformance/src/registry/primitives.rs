//! The primitives as operations: members in, members out; and what their key derivations cost.

use super::{Compute, Refusal};
use ::primitives::fortuna::{self, Family};
use ::primitives::gcm::{Gcm, Iv, TagLength};
use ::primitives::hash::{self, Blake2bKey, Blake2bLength};
use ::primitives::kdf::{self, Argon2Params, Argon2Salt, Argon2Variant, Pbkdf2Params};
use ::primitives::sjcl_prng::{self, Paranoia};
use ::primitives::{Limits, ParamError, xchacha};
use vectors::{Fields, Value};

type Computed = Result<Fields, Refusal>;

/// What the reference computes, by operation.
pub(super) static COMPUTED: &[(&str, Compute)] = &[
    ("sha512.digest", sha512),
    ("hmac-sha512.tag", hmac_sha512),
    ("blake2b.digest", blake2b),
    ("pbkdf2-hmac-sha512.derive", pbkdf2_hmac_sha512),
    ("argon2i.derive", argon2i),
    ("argon2id.derive", argon2id),
    ("aes-256-gcm.seal", aes_256_gcm_seal),
    ("aes-256-gcm.open", aes_256_gcm_open),
    ("hchacha20.subkey", hchacha20),
    ("xchacha20-poly1305.seal", xchacha20_poly1305_seal),
    ("xchacha20-poly1305.open", xchacha20_poly1305_open),
    ("fortuna.generate", fortuna),
    ("sjcl-prng.generate", sjcl_prng),
    ("random.draw", random),
];

/// The key derivation that dominates a request's cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kdf {
    /// Work is counted in iterations times output blocks.
    Pbkdf2HmacSha512,
    /// Work is counted in passes times KiB.
    Argon2,
}

/// How much key derivation a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The derivation.
    pub kdf: Kdf,
    /// Its work, in the unit of the derivation.
    pub units: u64,
    /// The memory that it fills, KiB.
    pub memory_kib: u64,
}

impl Kdf {
    /// Each of them.
    pub const ALL: [Self; 2] = [Self::Pbkdf2HmacSha512, Self::Argon2];

    /// The derivation that an operation is by itself; none for what is more, or something else.
    #[must_use]
    pub fn of(operation: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kdf| kdf.operations().contains(&operation))
    }

    /// The operations that are nothing but this derivation. A port's speed is measured with the first that it claims.
    #[must_use]
    pub fn operations(self) -> &'static [&'static str] {
        match self {
            Self::Pbkdf2HmacSha512 => &["pbkdf2-hmac-sha512.derive"],
            Self::Argon2 => &["argon2id.derive", "argon2i.derive"],
        }
    }

    /// The members of an input that make its cost, so many times a small one: a port's speed is measured with two of them.
    #[must_use]
    pub fn small_costs(self, times: u64) -> Fields {
        match self {
            Self::Pbkdf2HmacSha512 => Fields::new().with_integer("iterations", 500 * times),
            Self::Argon2 => {
                Fields::new().with_integer("passes", 3).with_integer("memory_kib", 256 * times).with_integer("lanes", 1)
            }
        }
    }

    /// Nanoseconds that a unit of work takes the reference: measured on a slow core.
    #[must_use]
    pub fn reference_unit_ns(self) -> u64 {
        match self {
            Self::Pbkdf2HmacSha512 => 700,
            Self::Argon2 => 600,
        }
    }

    /// The work that an input of one of its operations asks for.
    pub(super) fn work(self, input: &Fields) -> Work {
        match self {
            Self::Pbkdf2HmacSha512 => {
                let blocks = input.integer("length").div_ceil(64);
                Work::pbkdf2(input.integer("iterations").saturating_mul(blocks))
            }
            Self::Argon2 => Work::argon2(input.integer("passes"), input.integer("memory_kib")),
        }
    }
}

impl Work {
    pub(super) fn pbkdf2(units: u64) -> Self {
        Self { kdf: Kdf::Pbkdf2HmacSha512, units, memory_kib: 0 }
    }

    pub(super) fn argon2(passes: u64, memory_kib: u64) -> Self {
        Self { kdf: Kdf::Argon2, units: passes.saturating_mul(memory_kib), memory_kib }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every operation has one signature")]
fn sha512(input: &Fields, _: &Limits) -> Computed {
    Ok(Fields::new().with_bytes("digest", hash::sha512(input.bytes("message"))))
}

#[expect(clippy::unnecessary_wraps, reason = "every operation has one signature")]
fn hmac_sha512(input: &Fields, _: &Limits) -> Computed {
    Ok(Fields::new().with_bytes("tag", hash::hmac_sha512(input.bytes("key"), input.bytes("message"))))
}

fn blake2b(input: &Fields, _: &Limits) -> Computed {
    let key = Blake2bKey::read(input.bytes("key"))?;
    let length = Blake2bLength::read(input.integer("length"))?;
    Ok(Fields::new().with_bytes("digest", hash::blake2b(input.bytes("message"), key, length)))
}

fn pbkdf2_hmac_sha512(input: &Fields, limits: &Limits) -> Computed {
    let params = Pbkdf2Params::read(input.integer("iterations"), input.integer("length"), limits)?;
    let key = kdf::pbkdf2_hmac_sha512(input.bytes("password"), input.bytes("salt"), params);
    Ok(Fields::new().with_bytes("key", key.as_slice()))
}

fn argon2i(input: &Fields, limits: &Limits) -> Computed {
    argon2(Argon2Variant::I, input, limits)
}

fn argon2id(input: &Fields, limits: &Limits) -> Computed {
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

fn aes_256_gcm_seal(input: &Fields, _: &Limits) -> Computed {
    let (gcm, iv, tag_length) = gcm(input)?;
    let sealed = gcm.seal(iv, input.bytes("aad"), input.bytes("plaintext"), tag_length);
    Ok(Fields::new().with_bytes("ciphertext", sealed))
}

fn aes_256_gcm_open(input: &Fields, _: &Limits) -> Computed {
    let (gcm, iv, tag_length) = gcm(input)?;
    let plaintext = gcm.open(iv, input.bytes("aad"), input.bytes("ciphertext"), tag_length)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

fn gcm(input: &Fields) -> Result<(Gcm, Iv<'_>, TagLength), ParamError> {
    let gcm = Gcm::new(sized("key", "32 bytes", input)?);
    Ok((gcm, Iv::read(input.bytes("iv"))?, TagLength::read(input.integer("tag_length"))?))
}

fn hchacha20(input: &Fields, _: &Limits) -> Computed {
    let subkey = xchacha::hchacha20(sized("key", "32 bytes", input)?, sized("input", "16 bytes", input)?);
    Ok(Fields::new().with_bytes("subkey", subkey.as_slice()))
}

fn xchacha20_poly1305_seal(input: &Fields, _: &Limits) -> Computed {
    let (key, nonce) = (sized("key", "32 bytes", input)?, sized("nonce", "24 bytes", input)?);
    Ok(Fields::new().with_bytes("ciphertext", xchacha::seal(key, nonce, input.bytes("aad"), input.bytes("plaintext"))))
}

fn xchacha20_poly1305_open(input: &Fields, _: &Limits) -> Computed {
    let (key, nonce) = (sized("key", "32 bytes", input)?, sized("nonce", "24 bytes", input)?);
    let plaintext = xchacha::open(key, nonce, input.bytes("aad"), input.bytes("ciphertext"))?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

/// The most bytes of one request that an answer carries: its last ones, which only who computed the others can know.
const OUTPUT_BYTES_MAX: usize = 1024;

fn fortuna(input: &Fields, limits: &Limits) -> Computed {
    let family = Family::read(input.text("family_text"))?;
    let script = fortuna::script(input.bytes_list("events"), input.integer_list("requests"), limits)?;
    Ok(last_bytes(fortuna::generate(family, &script)?))
}

fn sjcl_prng(input: &Fields, limits: &Limits) -> Computed {
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
fn random(input: &Fields, limits: &Limits) -> Computed {
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
    use vectors::operation;

    /// What is counted by position would be another's, and an operation that there is not would never be asked.
    #[test]
    fn each_derivation_stands_in_its_place_and_measures_operations_that_there_are() {
        for (at, kdf) in Kdf::ALL.into_iter().enumerate() {
            assert_eq!(kdf as usize, at);
            for name in kdf.operations() {
                let base = Fields::new().with_bytes("password", *b"a").with_bytes("salt", [1; 16]);
                let base = base.with_integer("length", 32);
                let operation = operation::find(name).unwrap();
                let [once, twice] =
                    [1, 2].map(|times| Fields::pick(operation.input, &[&base, &kdf.small_costs(times)]));
                let key = super::super::reference(operation, &once, &Limits::default());
                assert!(matches!(key, vectors::Answer::Output(key) if key.bytes("key").len() == 32), "{name}");
                assert!(kdf.work(&once).units < kdf.work(&twice).units && Kdf::of(name) == Some(kdf), "{name}");
            }
        }
    }

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
