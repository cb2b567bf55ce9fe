//! Our primitives beside libsodium's and OpenSSL's, over inputs that `arbitrary` draws.

use arbitrary::{Arbitrary, Unstructured};
use oracle::{openssl, sodium};
use primitives::gcm::{Gcm, Iv, TagLength};
use primitives::hash::{Blake2bKey, Blake2bLength, blake2b};
use primitives::kdf::{Argon2Params, Argon2Salt, Argon2Variant, Pbkdf2Params, argon2, pbkdf2_hmac_sha512};
use primitives::xchacha;

use crate::limits;

/// What a target makes of its bytes; `None` where they are too few.
pub(crate) fn drawn<'a, T: Arbitrary<'a>>(bytes: &'a [u8]) -> Option<T> {
    T::arbitrary_take_rest(Unstructured::new(bytes)).ok()
}

#[derive(Arbitrary)]
struct Aead<'a, const NONCE: usize> {
    key: [u8; 32],
    nonce: [u8; NONCE],
    /// The bit of the sealed bytes that is turned.
    bit: u16,
    aad: &'a [u8],
    plaintext: &'a [u8],
}

/// XChaCha20-Poly1305 seals to libsodium's bytes, each opens the other's, and neither opens a changed bit.
pub fn diff_xchacha(bytes: &[u8]) {
    let Some(Aead { key, nonce, bit, aad, plaintext }) = drawn::<Aead<'_, 24>>(bytes) else { return };
    let mut sealed = xchacha::seal(&key, &nonce, aad, plaintext);
    let theirs = sodium::xchacha20_poly1305_seal(&key, &nonce, aad, plaintext);
    if theirs.as_ref() != Ok(&sealed) {
        mismatch!(xchacha_seals_otherwise, "{sealed:?} and {theirs:?}");
    }
    if xchacha::open(&key, &nonce, aad, &sealed).as_deref().map(Vec::as_slice) != Ok(plaintext) {
        mismatch!(xchacha_does_not_open_its_own, "{sealed:?}");
    }
    flip(&mut sealed, bit);
    if xchacha::open(&key, &nonce, aad, &sealed).is_ok() {
        mismatch!(xchacha_opens_a_forgery, "bit {bit} of {sealed:?}");
    }
    if sodium::xchacha20_poly1305_open(&key, &nonce, aad, &sealed).is_ok() {
        mismatch!(libsodium_opens_a_forgery, "bit {bit} of {sealed:?}");
    }
}

/// HChaCha20 gives libsodium's subkey.
pub fn diff_hchacha(bytes: &[u8]) {
    let Some((key, input)) = drawn::<([u8; 32], [u8; 16])>(bytes) else { return };
    let (ours, theirs) = (xchacha::hchacha20(&key, &input), sodium::hchacha20(&key, &input));
    if *ours != theirs {
        mismatch!(hchacha_differs, "{key:?} {input:?}: {ours:?} and {theirs:?}");
    }
}

#[derive(Arbitrary)]
struct Argon2<'a> {
    is_id: bool,
    passes: u8,
    memory_kib: u8,
    length: u8,
    salt: [u8; 16],
    password: &'a [u8],
}

/// Argon2i and Argon2id give libsodium's and OpenSSL's key at costs from the least on.
pub fn diff_argon2(bytes: &[u8]) {
    let Some(drawn) = drawn::<Argon2<'_>>(bytes) else { return };
    let variant = if drawn.is_id { Argon2Variant::Id } else { Argon2Variant::I };
    let (passes, memory_kib) = (1 + u64::from(drawn.passes % 4), 8 + u64::from(drawn.memory_kib % 40));
    let (length, password, limits) = (u64::from(drawn.length), drawn.password, limits());
    let ours = Argon2Params::read(passes, memory_kib, 1, length, &limits).map_err(|error| error.to_string()).and_then(
        |params| {
            let salt = Argon2Salt::read(&drawn.salt).map_err(|error| error.to_string())?;
            Ok(argon2(variant, password, salt, &params).to_vec())
        },
    );
    let costs = (passes, memory_kib);
    match (&ours, sodium::argon2(variant, password, &drawn.salt, costs, length, &limits)) {
        (Ok(ours), Ok(theirs)) if *ours != theirs => {
            mismatch!(argon2_differs_from_libsodium, "{ours:?} and {theirs:?}")
        }
        (Err(ours), Ok(theirs)) => mismatch!(argon2_is_refused_by_us_alone, "{ours} and {theirs:?}"),
        (Ok(_), _) | (Err(_), Err(_)) => {}
    }
    let costs = (passes, memory_kib, 1);
    match (&ours, openssl::argon2(variant, password, &drawn.salt, costs, length, &limits)) {
        (Ok(ours), Ok(theirs)) if *ours == theirs => {}
        (Err(_), Err(_)) => {}
        (ours, theirs) => mismatch!(argon2_differs_from_openssl, "{ours:?} and {theirs:?}"),
    }
}

/// BLAKE2b gives libsodium's digest at every length, and both refuse the same lengths of digest and key.
pub fn diff_blake2b(bytes: &[u8]) {
    let Some((length, key, message)) = drawn::<(u8, &[u8], &[u8])>(bytes) else { return };
    let length = u64::from(length);
    let ours = Blake2bKey::read(key).and_then(|key| Ok(blake2b(message, key, Blake2bLength::read(length)?)));
    match (&ours, sodium::blake2b(message, key, length)) {
        (Ok(ours), Ok(theirs)) if *ours == theirs => {}
        (Err(_), Err(_)) => {}
        (ours, theirs) => mismatch!(blake2b_differs, "{length} {key:?} {message:?}: {ours:?} and {theirs:?}"),
    }
}

#[derive(Arbitrary)]
struct AnyGcm<'a> {
    key: [u8; 32],
    tag_length: u8,
    bit: u16,
    iv: &'a [u8],
    aad: &'a [u8],
    plaintext: &'a [u8],
}

/// AES-256-GCM with any IV and any tag: OpenSSL seals to the same bytes and opens the same, wherever it judges.
pub fn diff_gcm(bytes: &[u8]) {
    let Some(drawn) = drawn::<AnyGcm<'_>>(bytes) else { return };
    let AnyGcm { key, iv, aad, plaintext, bit, .. } = drawn;
    let tag_length = u64::from(drawn.tag_length % 20);
    let ours = Iv::read(iv).and_then(|iv| Ok((iv, TagLength::read(tag_length)?)));
    let theirs = openssl::aes_256_gcm_seal(&key, iv, aad, plaintext, tag_length);
    let (Ok((gcm_iv, tag)), gcm) = (ours, Gcm::new(&key)) else {
        return if theirs.is_ok() {
            mismatch!(gcm_is_refused_by_us_alone, "{} bytes of IV, {tag_length} of tag", iv.len());
        };
    };
    let mut sealed = gcm.seal(gcm_iv, aad, plaintext, tag);
    if iv.len() <= 128 && theirs.as_ref() != Ok(&sealed) {
        mismatch!(gcm_seals_otherwise, "{sealed:?} and {theirs:?}");
    }
    if gcm.open(gcm_iv, aad, &sealed, tag).as_deref().map(Vec::as_slice) != Ok(plaintext) {
        mismatch!(gcm_does_not_open_its_own, "{sealed:?}");
    }
    flip(&mut sealed, bit);
    if gcm.open(gcm_iv, aad, &sealed, tag).is_ok() {
        mismatch!(gcm_opens_a_forgery, "bit {bit} of {sealed:?}");
    }
    if openssl::aes_256_gcm_open(&key, iv, aad, &sealed, tag_length).is_ok() {
        mismatch!(openssl_opens_a_forgery, "bit {bit} of {sealed:?}");
    }
}

#[derive(Arbitrary)]
struct Pbkdf2<'a> {
    iterations: u8,
    length: u16,
    salt: &'a [u8],
    password: &'a [u8],
}

/// PBKDF2-HMAC-SHA512 gives OpenSSL's key, and both refuse the same counts and lengths.
pub fn diff_pbkdf2(bytes: &[u8]) {
    let Some(drawn) = drawn::<Pbkdf2<'_>>(bytes) else { return };
    let (iterations, length, limits) = (u64::from(drawn.iterations % 17), u64::from(drawn.length % 300), limits());
    let ours = Pbkdf2Params::read(iterations, length, &limits);
    let ours = ours.map(|params| pbkdf2_hmac_sha512(drawn.password, drawn.salt, params).to_vec());
    match (&ours, openssl::pbkdf2_hmac_sha512(drawn.password, drawn.salt, iterations, length, &limits)) {
        (Ok(ours), Ok(theirs)) if *ours == theirs => {}
        (Err(_), Err(_)) => {}
        (ours, theirs) => mismatch!(pbkdf2_differs, "{iterations} {length}: {ours:?} and {theirs:?}"),
    }
}

/// Turns a bit.
fn flip(bytes: &mut [u8], bit: u16) {
    let at = usize::from(bit / 8) % bytes.len();
    bytes[at] ^= 1 << (bit % 8);
}
