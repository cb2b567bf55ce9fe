//! The one source of "random" bytes in vectors: a key stream that is the same on every run.
//!
//! In: a recipe's name. Out: the ChaCha20 key stream (RFC 8439, 12-byte nonce of zeros, counter from 0) under the key
//! SHA-256(name), taken from its start. Twenty lines in any language that has a crypto library write the same bytes.

use primitives::{chacha, hash};

/// Bytes that look random and follow from a name.
pub struct KeyStream {
    seed: [u8; 32],
    position: u64,
}

impl KeyStream {
    /// The stream of a recipe.
    #[must_use]
    pub fn new(recipe: &str) -> Self {
        Self { seed: hash::sha256(recipe.as_bytes()), position: 0 }
    }

    /// The key of the stream: SHA-256 of the recipe's name.
    #[must_use]
    pub fn seed(&self) -> [u8; 32] {
        self.seed
    }

    /// The next bytes.
    #[must_use]
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let bytes = chacha::key_stream(&self.seed, self.position, count);
        self.position += bytes.len() as u64;
        bytes
    }

    /// The next byte.
    #[must_use]
    pub fn byte(&mut self) -> u8 {
        self.bytes(1)[0]
    }

    /// The next integer below a bound: eight bytes, little-endian, modulo the bound. The bias is of no concern here.
    ///
    /// # Panics
    ///
    /// When the bound is 0: a mistake of the recipe.
    #[must_use]
    pub fn below(&mut self, bound: u64) -> u64 {
        self.bytes(8).iter().rev().fold(0, |integer, byte| integer << 8 | u64::from(*byte)) % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Other bytes here would change every vector that was ever published.
    /// Expected: `openssl enc -chacha20 -K $(printf 'gcm/iv16' | sha256sum) -iv 0…0` over zeros.
    #[test]
    fn the_stream_is_the_same_for_ever() {
        let mut stream = KeyStream::new("gcm/iv16");
        assert_eq!(hex::encode(stream.seed()), "5a6d6211e9a3e3dc077d8e3f7431b356e45ceed2f68049f8c4db5d896f1b7ef3");
        assert_eq!(hex::encode(stream.bytes(16)), "71c993d03c39d4d54f20b07c9ea53297");
        assert_eq!(stream.byte(), 0x27);
        assert_eq!(stream.below(1000), 945);
    }

    /// A recipe that asks for its bytes in other portions must not get other bytes.
    #[test]
    fn portions_do_not_matter() {
        let (mut once, mut twice) = (KeyStream::new("a"), KeyStream::new("a"));
        let mut parts = twice.bytes(63);
        parts.push(twice.byte());
        parts.extend(twice.bytes(100));
        assert_eq!(once.bytes(164), parts);
    }
}
