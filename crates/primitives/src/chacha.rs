//! The ChaCha20 key stream (RFC 8439), from which the recipes of vectors take their bytes.

use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};

/// `count` bytes of the key stream from the byte `position` on; the nonce is 12 zeros, the block counter starts at 0.
///
/// # Panics
///
/// Past the 256 GiB that one nonce has.
#[must_use]
pub fn key_stream(key: &[u8; 32], position: u64, count: usize) -> Vec<u8> {
    let mut cipher = ChaCha20::new(&(*key).into(), &[0; 12].into());
    cipher.seek(position);
    let mut bytes = vec![0; count];
    cipher.apply_keystream(&mut bytes);
    bytes
}
