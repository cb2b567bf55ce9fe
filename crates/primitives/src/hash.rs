//! SHA-256, SHA-512, HMAC-SHA512 and BLAKE2b.

use blake2::Blake2bVarCore;
use blake2::digest::Output;
use blake2::digest::block_api::{Block, Buffer, UpdateCore, VariableOutputCore};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};

use super::ParamError;

/// SHA-256 (FIPS 180-4) of a message: 32 bytes. The suite names its files and seeds its recipes with it.
#[must_use]
pub fn sha256(message: &[u8]) -> [u8; 32] {
    Sha256::digest(message).into()
}

/// SHA-512 (FIPS 180-4) of a message: 64 bytes.
#[must_use]
pub fn sha512(message: &[u8]) -> [u8; 64] {
    Sha512::digest(message).into()
}

/// HMAC-SHA512 (RFC 2104, RFC 4231) with a key of any length: 64 bytes.
///
/// # Panics
///
/// Never: HMAC takes a key of any length.
#[must_use]
pub fn hmac_sha512(key: &[u8], message: &[u8]) -> [u8; 64] {
    let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// The length of a BLAKE2b digest, 1 ..= 64 bytes (RFC 7693 §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blake2bLength(u8);

impl Blake2bLength {
    /// Accepts a length from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] outside 1 ..= 64.
    pub fn read(length: u64) -> Result<Self, ParamError> {
        match u8::try_from(length) {
            Ok(length @ 1..=64) => Ok(Self(length)),
            Ok(_) | Err(_) => {
                Err(ParamError::OutOfRange { parameter: "length", found: length, allowed: "1 to 64 bytes" })
            }
        }
    }
}

/// A BLAKE2b key of 0 ..= 64 bytes (RFC 7693 §2.1); the empty key is no key.
#[derive(Clone, Copy)]
pub struct Blake2bKey<'a>(&'a [u8]);

impl<'a> Blake2bKey<'a> {
    /// No key.
    pub const NONE: Self = Self(&[]);

    /// Accepts a key from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] above 64 bytes.
    pub fn read(key: &'a [u8]) -> Result<Self, ParamError> {
        match key.len() {
            0..=64 => Ok(Self(key)),
            length => Err(ParamError::OutOfRange { parameter: "key", found: length as u64, allowed: "0 to 64 bytes" }),
        }
    }
}

/// BLAKE2b (RFC 7693): the digest length is part of the parameter block, so a short digest is not a cut long one.
#[must_use]
pub fn blake2b(message: &[u8], key: Blake2bKey<'_>, length: Blake2bLength) -> Vec<u8> {
    let mut core = Blake2bVarCore::new_with_params(&[], &[], key.0.len(), usize::from(length.0));
    let mut buffer = Buffer::<Blake2bVarCore>::default();
    if !key.0.is_empty() {
        let mut block = Block::<Blake2bVarCore>::default();
        block[..key.0.len()].copy_from_slice(key.0);
        buffer.digest_blocks(&block, |blocks| core.update_blocks(blocks));
    }
    buffer.digest_blocks(message, |blocks| core.update_blocks(blocks));
    let mut digest = Output::<Blake2bVarCore>::default();
    core.finalize_variable_core(&mut buffer, &mut digest);
    digest[..usize::from(length.0)].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed(message: &[u8], key: &[u8], length: u64) -> String {
        hex::encode(blake2b(message, Blake2bKey::read(key).unwrap(), Blake2bLength::read(length).unwrap()))
    }

    /// Python: `hashlib.blake2b(message, key=key, digest_size=length).hexdigest()`, the BLAKE2 authors' own code.
    #[test]
    fn blake2b_agrees_with_its_authors_code() {
        let known = [
            (&b""[..], &b""[..], 16, "cae66941d9efbd404e4d88758ea67670"),
            (b"abc", b"", 1, "6b"),
            (b"abc", b"k", 16, "6858b7b52110e28dc8e99bd7c341f05e"),
            (&[b'a'; 129], &[b'k'; 64], 33, "7e4a12da238d0f6ab231b8fabad686273378ead57dc03375ee8f410a1e801aeeaf"),
        ];
        for (message, key, length, digest) in known {
            assert_eq!(hashed(message, key, length), digest, "{length} bytes of {message:?} under {key:?}");
        }
    }

    /// A reader that takes 0 or 65 would hand an attacker the choice of the digest's strength.
    #[test]
    fn lengths_outside_the_rfc_are_refused() {
        for length in [0, 65, 256, 1 << 40] {
            assert!(Blake2bLength::read(length).is_err(), "{length}");
        }
        assert!(Blake2bKey::read(&[0; 65]).is_err());
    }
}
