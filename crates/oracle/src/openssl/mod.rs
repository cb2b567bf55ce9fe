//! OpenSSL, built from bundled sources and linked statically, behind the safe `openssl` crate.
//!
//! In: slices of any length. Out: bytes, or why OpenSSL does not judge the input. Layer: oracle. Here stands what recipes and fuzz
//! targets call by value too; whatever is asked as an operation alone, `opinions` asks of OpenSSL itself.

mod opinions;

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::symm::{Cipher, decrypt_aead, encrypt_aead};
use zeroize::Zeroizing;

use super::{Declined, at_most};
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use primitives::shared::{Derivation, Engine, Function};

pub(super) use opinions::OPENSSL;

/// The longest IV that OpenSSL's GCM takes, bytes (`GCM_IV_MAX_SIZE`, 1,024 bits).
const IV_BYTES_MAX: u64 = 128;

/// The version of the linked library, such as `3.6.3`.
#[must_use]
pub fn version() -> String {
    let text = openssl::version::version();
    text.split(' ').nth(1).unwrap_or(text).to_owned()
}

/// SHA-512.
///
/// # Errors
///
/// [`Declined::Failed`] when the library reports an error, which it has no reason to do.
pub fn sha512(message: &[u8]) -> Result<Vec<u8>, Declined> {
    Ok(openssl::hash::hash(MessageDigest::sha512(), message)?.to_vec())
}

/// PBKDF2-HMAC-SHA512 of a password and salt of any length.
///
/// # Errors
///
/// [`Declined::OutsideLimits`] for a count that no C `int` holds, for work above `limits` and for a length of 0 (OpenSSL
/// returns an empty key, which is no opinion on whether one may be asked for); [`Declined::Refused`] where OpenSSL itself refuses the
/// count.
pub fn pbkdf2_hmac_sha512(
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    length: u64,
    limits: &Limits,
) -> Result<Vec<u8>, Declined> {
    if length == 0 {
        return Err(Declined::OutsideLimits { parameter: "length" });
    }
    at_most("iterations", iterations, i32::MAX as u64)?;
    at_most("iterations", iterations.saturating_mul(length.div_ceil(64)), limits.iterations_max)?;
    at_most("length", length, limits.derived_bytes_max)?;
    for input in [password, salt] {
        at_most("password", input.len() as u64, i32::MAX as u64)?;
    }
    let count = usize::try_from(iterations).map_err(|_| Declined::OutsideLimits { parameter: "iterations" })?;
    let function = Function::Pbkdf2HmacSha512 { iterations };
    let key = Derivation { engine: Engine::OpenSsl, function, password, salt, length }.key(|| {
        let mut key = Zeroizing::new(zeros(length)?);
        openssl::pkcs5::pbkdf2_hmac(password, salt, count, MessageDigest::sha512(), &mut key).map_err(refused)?;
        Ok::<_, Declined>(key)
    })?;
    Ok(key.to_vec())
}

/// Argon2 version 0x13: passes, memory in KiB and lanes, output length in bytes.
///
/// # Errors
///
/// [`Declined::OutsideLimits`] for costs above `limits`; [`Declined::Refused`] where OpenSSL itself refuses a parameter.
pub fn argon2(
    variant: Argon2Variant,
    password: &[u8],
    salt: &[u8],
    (passes, memory_kib, lanes): (u64, u64, u64),
    length: u64,
    limits: &Limits,
) -> Result<Vec<u8>, Declined> {
    at_most("memory_kib", memory_kib, limits.memory_kib_max)?;
    at_most("passes", passes.saturating_mul(memory_kib), limits.argon2_work_kib_max)?;
    at_most("length", length, limits.derived_bytes_max)?;
    let function = Function::Argon2 { variant, passes, memory_kib, lanes };
    let [passes, memory_kib, lanes] = [("passes", passes), ("memory_kib", memory_kib), ("lanes", lanes)]
        .map(|(parameter, found)| u32::try_from(found).map_err(|_| Declined::OutsideLimits { parameter }));
    let derive = match variant {
        Argon2Variant::I => openssl::kdf::argon2i,
        Argon2Variant::Id => openssl::kdf::argon2id,
    };
    let key = Derivation { engine: Engine::OpenSsl, function, password, salt, length }.key(|| {
        let mut key = Zeroizing::new(zeros(length)?);
        derive(None, password, salt, None, None, passes?, lanes?, memory_kib?, &mut key).map_err(refused)?;
        Ok::<_, Declined>(key)
    })?;
    Ok(key.to_vec())
}

/// Seals with AES-256-GCM: ciphertext ‖ tag.
///
/// # Errors
///
/// [`Declined::OutsideLimits`] for a tag length that SP 800-38D does not name (OpenSSL cuts at any byte and so is no judge of it) or an IV
/// above 128 bytes; [`Declined::Refused`] where OpenSSL itself refuses the IV.
pub fn aes_256_gcm_seal(
    key: &[u8; 32],
    iv: &[u8],
    aad: &[u8],
    plaintext: &[u8],
    tag_length: u64,
) -> Result<Vec<u8>, Declined> {
    let mut tag = zeros(judged_tag_length(iv, tag_length)?)?;
    let mut sealed = encrypt_aead(Cipher::aes_256_gcm(), key, Some(iv), aad, plaintext, &mut tag).map_err(refused)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// Opens AES-256-GCM: ciphertext ‖ tag.
///
/// # Errors
///
/// As [`aes_256_gcm_seal`]; [`Declined::OutsideLimits`] too where there is less than a tag; [`Declined::Authentication`] when OpenSSL
/// refuses the tag.
pub fn aes_256_gcm_open(
    key: &[u8; 32],
    iv: &[u8],
    aad: &[u8],
    sealed: &[u8],
    tag_length: u64,
) -> Result<Vec<u8>, Declined> {
    let tag_length = judged_tag_length(iv, tag_length)?;
    if iv.is_empty() {
        return Err(Declined::Refused);
    }
    let too_short = Declined::OutsideLimits { parameter: "ciphertext" };
    let body = usize::try_from(tag_length).ok().and_then(|tag| sealed.len().checked_sub(tag)).ok_or(too_short)?;
    let (ciphertext, tag) = sealed.split_at(body);
    decrypt_aead(Cipher::aes_256_gcm(), key, Some(iv), aad, ciphertext, tag).map_err(|_| Declined::Authentication)
}

/// Key sizes that SJCL's envelope can name and Autonomail's does not have: for envelopes that nobody may open.
#[derive(Clone, Copy, Debug)]
pub enum OtherCipher {
    /// AES-128 in GCM.
    Aes128Gcm,
    /// AES-192 in GCM.
    Aes192Gcm,
}

/// Seals with another cipher: ciphertext ‖ 16-byte tag. The key has as many bytes as the cipher wants.
///
/// # Errors
///
/// [`Declined::Refused`] where OpenSSL refuses the key or the IV.
pub fn seal_otherwise(cipher: OtherCipher, key: &[u8], iv: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Declined> {
    let cipher = match cipher {
        OtherCipher::Aes128Gcm => Cipher::aes_128_gcm(),
        OtherCipher::Aes192Gcm => Cipher::aes_192_gcm(),
    };
    let mut tag = [0; 16];
    let mut sealed = encrypt_aead(cipher, key, Some(iv), b"", plaintext, &mut tag).map_err(refused)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// PBKDF2-HMAC-SHA256, 32 bytes, into which SJCL's own build falls back: for records that nobody may open.
///
/// # Errors
///
/// [`Declined::Refused`] where OpenSSL refuses the count.
pub fn pbkdf2_hmac_sha256(password: &[u8], salt: &[u8], iterations: usize) -> Result<[u8; 32], Declined> {
    let mut key = [0; 32];
    openssl::pkcs5::pbkdf2_hmac(password, salt, iterations, MessageDigest::sha256(), &mut key).map_err(refused)?;
    Ok(key)
}

fn judged_tag_length(iv: &[u8], tag_length: u64) -> Result<u64, Declined> {
    at_most("iv", iv.len() as u64, IV_BYTES_MAX)?;
    match tag_length {
        4 | 8 | 12..=16 => Ok(tag_length),
        _ => Err(Declined::OutsideLimits { parameter: "tag_length" }),
    }
}

fn zeros(length: u64) -> Result<Vec<u8>, Declined> {
    let length = usize::try_from(length).map_err(|_| Declined::OutsideLimits { parameter: "length" })?;
    Ok(vec![0; length])
}

fn refused(_: ErrorStack) -> Declined {
    Declined::Refused
}

impl From<ErrorStack> for Declined {
    fn from(error: ErrorStack) -> Self {
        Self::Failed { detail: error.to_string() }
    }
}
