//! libsodium, statically linked, behind length-checked functions: the only module with `unsafe`.
//!
//! In: slices of any length. Out: bytes, or why libsodium does not judge the input. Layer: oracle.
//!
//! Every call keeps to the same contract, which the `SAFETY` notes refer to: the library is initialised, each pointer
//! comes with the length of the slice that it is taken from, fixed sizes are array references, and outputs are owned
//! by this module and not shared.
#![expect(unsafe_code, reason = "the foreign interface of libsodium; every length is checked here")]

use std::ffi::{CStr, CString, c_char};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::OnceLock;

use libsodium_sys as sodium;
use zeroize::Zeroizing;

use super::{Declined, at_most};
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use primitives::shared::{Derivation, Engine, Function};

/// Bytes of the one salt size that libsodium's Argon2 takes.
const SALT_BYTES: usize = sodium::crypto_pwhash_SALTBYTES as usize;
/// Bytes of a Poly1305 tag.
const TAG_BYTES: usize = sodium::crypto_aead_xchacha20poly1305_ietf_ABYTES as usize;
/// Bytes of the largest string that `crypto_pwhash_str` writes, with its NUL.
const STORED_BYTES_MAX: usize = sodium::crypto_pwhash_STRBYTES as usize;

/// Bytes of the longest BLAKE2b digest that the library is asked for; it has 64 at most and refuses the rest.
const ASKED_DIGEST_BYTES_MAX: u64 = 1024;

/// The version of the linked library, such as `1.0.21`.
#[must_use]
pub fn version() -> String {
    // SAFETY: the function takes nothing and returns a static, NUL-terminated string.
    let text = unsafe { CStr::from_ptr(sodium::sodium_version_string()) };
    text.to_string_lossy().into_owned()
}

/// Initialises the library once for the process; it is safe for threads from then on.
fn initialise() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        // SAFETY: the function takes nothing, and `OnceLock` lets it run once.
        let code = unsafe { sodium::sodium_init() };
        assert!(code >= 0, "libsodium finds no source of randomness on this system");
    });
}

/// Argon2 version 0x13 with one lane (`crypto_pwhash`): passes, memory in KiB, output length in bytes.
///
/// # Errors
///
/// [`Declined::OutsideLimits`] where the salt is not 16 bytes, the output is below 16 bytes, the passes or memory are outside
/// libsodium's range (Argon2i takes 3 passes or more) or above `limits`.
pub fn argon2(
    variant: Argon2Variant,
    password: &[u8],
    salt: &[u8],
    (passes, memory_kib): (u64, u64),
    length: u64,
    limits: &Limits,
) -> Result<Vec<u8>, Declined> {
    let salt: &[u8; SALT_BYTES] = salt.try_into().map_err(|_| Declined::OutsideLimits { parameter: "salt" })?;
    let (derive, algorithm, least_passes): (ArgonFn, _, _) = match variant {
        Argon2Variant::I => (
            sodium::crypto_pwhash_argon2i,
            sodium::crypto_pwhash_argon2i_ALG_ARGON2I13,
            sodium::crypto_pwhash_argon2i_OPSLIMIT_MIN,
        ),
        Argon2Variant::Id => (
            sodium::crypto_pwhash_argon2id,
            sodium::crypto_pwhash_argon2id_ALG_ARGON2ID13,
            sodium::crypto_pwhash_argon2id_OPSLIMIT_MIN,
        ),
    };
    at_least("passes", passes, least_passes.into())?;
    at_least("memory_kib", memory_kib, u64::from(sodium::crypto_pwhash_MEMLIMIT_MIN) / 1024)?;
    at_least("length", length, sodium::crypto_pwhash_BYTES_MIN.into())?;
    at_most("passes", passes, sodium::crypto_pwhash_OPSLIMIT_MAX.into())?;
    at_most("passes", passes.saturating_mul(memory_kib), limits.argon2_work_kib_max)?;
    at_most("memory_kib", memory_kib, limits.memory_kib_max)?;
    at_most("length", length, limits.derived_bytes_max)?;
    at_most("password", password.len() as u64, sodium::crypto_pwhash_PASSWD_MAX.into())?;
    let outside = |parameter| move |_| Declined::OutsideLimits { parameter };
    let memory_bytes = usize::try_from(memory_kib.saturating_mul(1024)).map_err(outside("memory_kib"))?;
    let algorithm = i32::try_from(algorithm).map_err(outside("variant"))?;
    let room = usize::try_from(length).map_err(outside("length"))?;
    initialise();
    let function = Function::Argon2 { variant, passes, memory_kib, lanes: 1 };
    let derivation = Derivation { engine: Engine::Libsodium, function, password, salt, length };
    let key = derivation.key(|| {
        let mut key = Zeroizing::new(vec![0; room]);
        // SAFETY: the module's contract; the salt is 16 bytes and every cost is within the library's range.
        let code = unsafe {
            derive(
                key.as_mut_ptr(),
                length,
                password.as_ptr().cast(),
                password.len() as u64,
                salt.as_ptr(),
                passes,
                memory_bytes,
                algorithm,
            )
        };
        done(code, key)
    })?;
    Ok(key.to_vec())
}

/// The C signature that libsodium's two Argon2 functions share.
type ArgonFn = unsafe extern "C" fn(*mut u8, u64, *const c_char, u64, *const u8, u64, usize, i32) -> i32;

/// BLAKE2b (`crypto_generichash`) with a digest of `length` bytes and a key of any length.
///
/// libsodium advises 16 bytes or more of either; its code computes and checks the whole range of RFC 7693, 1 ..= 64 and
/// 0 ..= 64 bytes, which makes it a second opinion on the short ones too.
///
/// # Errors
///
/// [`Declined::Refused`] where the library refuses a length; [`Declined::OutsideLimits`] above a digest of 1,024 bytes, for which no room is
/// made.
pub fn blake2b(message: &[u8], key: &[u8], length: u64) -> Result<Vec<u8>, Declined> {
    at_most("length", length, ASKED_DIGEST_BYTES_MAX)?;
    let outside = |_| Declined::OutsideLimits { parameter: "length" };
    let mut digest = vec![0; usize::try_from(length).map_err(outside)?];
    initialise();
    // SAFETY: the module's contract; the function itself checks both lengths.
    let code = unsafe {
        sodium::crypto_generichash(
            digest.as_mut_ptr(),
            digest.len(),
            message.as_ptr(),
            message.len() as u64,
            key.as_ptr(),
            key.len(),
        )
    };
    done(code, digest).map_err(|_| Declined::Refused)
}

/// SHA-512.
#[must_use]
pub fn sha512(message: &[u8]) -> [u8; 64] {
    let mut digest = [0; 64];
    initialise();
    // SAFETY: the module's contract; the digest is 64 bytes.
    unsafe { sodium::crypto_hash_sha512(digest.as_mut_ptr(), message.as_ptr(), message.len() as u64) };
    digest
}

/// HMAC-SHA512 with a key of any length.
#[must_use]
pub fn hmac_sha512(key: &[u8], message: &[u8]) -> [u8; 64] {
    let mut tag = [0; 64];
    let mut state = MaybeUninit::<sodium::crypto_auth_hmacsha512_state>::uninit();
    initialise();
    // SAFETY: the module's contract; `init` fills the state before the others read it, and the tag is 64 bytes.
    unsafe {
        sodium::crypto_auth_hmacsha512_init(state.as_mut_ptr(), key.as_ptr(), key.len());
        sodium::crypto_auth_hmacsha512_update(state.as_mut_ptr(), message.as_ptr(), message.len() as u64);
        sodium::crypto_auth_hmacsha512_final(state.as_mut_ptr(), tag.as_mut_ptr());
    }
    tag
}

/// HChaCha20 with the usual constants.
#[must_use]
pub fn hchacha20(key: &[u8; 32], input: &[u8; 16]) -> [u8; 32] {
    let mut subkey = [0; 32];
    initialise();
    // SAFETY: the module's contract; a null constant selects "expand 32-byte k".
    unsafe { sodium::crypto_core_hchacha20(subkey.as_mut_ptr(), input.as_ptr(), key.as_ptr(), ptr::null()) };
    subkey
}

/// The first bytes of the ChaCha20 key stream (RFC 8439), block counter from 0: the first 32 of them are the Poly1305 key.
#[must_use]
pub fn chacha20_key_stream(key: &[u8; 32], nonce: &[u8; 12], length: usize) -> Vec<u8> {
    let mut stream = vec![0; length];
    initialise();
    // SAFETY: the module's contract; key and nonce have the sizes that the function reads.
    unsafe {
        sodium::crypto_stream_chacha20_ietf(stream.as_mut_ptr(), stream.len() as u64, nonce.as_ptr(), key.as_ptr())
    };
    stream
}

/// Seals with XChaCha20-Poly1305-IETF: ciphertext ‖ 16-byte tag.
///
/// # Errors
///
/// [`Declined::Failed`] when the library reports an error, which this combination of lengths never does.
pub fn xchacha20_poly1305_seal(
    key: &[u8; 32],
    nonce: &[u8; 24],
    aad: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, Declined> {
    let mut sealed = vec![0; plaintext.len() + TAG_BYTES];
    initialise();
    // SAFETY: the module's contract; the output has room for the plaintext and the tag, and a null length is allowed.
    let code = unsafe {
        sodium::crypto_aead_xchacha20poly1305_ietf_encrypt(
            sealed.as_mut_ptr(),
            ptr::null_mut(),
            plaintext.as_ptr(),
            plaintext.len() as u64,
            aad.as_ptr(),
            aad.len() as u64,
            ptr::null(),
            nonce.as_ptr(),
            key.as_ptr(),
        )
    };
    done(code, sealed)
}

/// Opens XChaCha20-Poly1305-IETF: ciphertext ‖ 16-byte tag, of any length.
///
/// # Errors
///
/// [`Declined::Authentication`] when libsodium refuses, also below 16 bytes.
pub fn xchacha20_poly1305_open(
    key: &[u8; 32],
    nonce: &[u8; 24],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Declined> {
    let mut plaintext = vec![0; sealed.len().saturating_sub(TAG_BYTES)];
    initialise();
    // SAFETY: the module's contract; the output has room for all but the tag, and the function itself refuses less than a tag.
    let code = unsafe {
        sodium::crypto_aead_xchacha20poly1305_ietf_decrypt(
            plaintext.as_mut_ptr(),
            ptr::null_mut(),
            ptr::null_mut(),
            sealed.as_ptr(),
            sealed.len() as u64,
            aad.as_ptr(),
            aad.len() as u64,
            nonce.as_ptr(),
            key.as_ptr(),
        )
    };
    done(code, plaintext).map_err(|_| Declined::Authentication)
}

/// Whether a password fits a stored `crypto_pwhash_str` text (an Argon2 PHC string); the caller has bounded its cost.
///
/// # Errors
///
/// [`Declined::OutsideLimits`] above 127 bytes or with a NUL inside: C strings end there.
pub fn verify_stored(password: &[u8], stored: &str) -> Result<bool, Declined> {
    let outside = Declined::OutsideLimits { parameter: "stored_text" };
    let stored = CString::new(stored).map_err(|_| outside.clone())?;
    if stored.as_bytes_with_nul().len() > STORED_BYTES_MAX {
        return Err(outside);
    }
    initialise();
    // SAFETY: the module's contract; the stored text ends in a NUL.
    let code =
        unsafe { sodium::crypto_pwhash_str_verify(stored.as_ptr(), password.as_ptr().cast(), password.len() as u64) };
    Ok(code == 0)
}

/// libsodium's variant of base64 that is URL-safe and has no padding.
const BASE64_VARIANT: i32 = 7;

/// URL-safe base64 without padding.
#[must_use]
pub fn base64_url(bytes: &[u8]) -> String {
    initialise();
    // SAFETY: the function is pure arithmetic; the variant is one that the library defines.
    let room = unsafe { sodium::sodium_base64_encoded_len(bytes.len(), BASE64_VARIANT) };
    let mut text = vec![0_u8; room];
    // SAFETY: the module's contract; the library itself has named the room that it needs, the closing NUL included.
    unsafe {
        sodium::sodium_bin2base64(text.as_mut_ptr().cast(), text.len(), bytes.as_ptr(), bytes.len(), BASE64_VARIANT);
    }
    text.pop();
    String::from_utf8_lossy(&text).into_owned()
}

/// The output of a call that returned `code`.
fn done<T>(code: i32, output: T) -> Result<T, Declined> {
    match code {
        0 => Ok(output),
        code => Err(Declined::Failed { detail: format!("libsodium returned {code}") }),
    }
}

fn at_least(parameter: &'static str, found: u64, least: u64) -> Result<(), Declined> {
    if found < least {
        return Err(Declined::OutsideLimits { parameter });
    }
    Ok(())
}
