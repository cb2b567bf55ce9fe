//! Ciphertexts whose tag was chosen.
//!
//! A tag is a polynomial in H whose coefficients are the blocks of associated data, ciphertext and lengths, plus a mask; it can be
//! solved for one block of ciphertext. With two keys it can be solved so that one ciphertext has the same tag under both.

use super::{BLOCK_BYTES, Message};
use oracle::openssl;
use primitives::gcm::Gcm;
use primitives::gf128::{ghash, inverse, multiply, padded};

impl Message {
    /// The message whose ciphertext begins with the block that gives this tag, the rest of the text being as it is.
    pub(super) fn with_tag(self, tag: [u8; BLOCK_BYTES]) -> Self {
        let (body, found) = self.sealed_apart();
        let wanted = u128::from_be_bytes(tag) ^ u128::from_be_bytes(found);
        let change = multiply(wanted, inverse(self.weight()));
        let first = padded(&body[..BLOCK_BYTES]) ^ change;
        self.with_first_block(&body, first)
    }

    /// Two messages under two keys with one IV, associated data, ciphertext and tag.
    pub(super) fn under_two_keys(self, other_key: [u8; 32]) -> [Self; 2] {
        let (body, tag) = self.sealed_apart();
        let other = Self { key: other_key, ..self.clone() }.with_ciphertext(&body);
        let (_, other_tag) = other.sealed_apart();
        let apart = u128::from_be_bytes(tag) ^ u128::from_be_bytes(other_tag);
        let change = multiply(apart, inverse(self.weight() ^ other.weight()));
        let first = padded(&body[..BLOCK_BYTES]) ^ change;
        [self.with_first_block(&body, first), other.with_first_block(&body, first)]
    }

    /// What a change of the first block of ciphertext is multiplied with on its way into the tag: a power of H.
    fn weight(&self) -> u128 {
        let h = u128::from_be_bytes(*Gcm::new(&self.key).h());
        let behind = self.plaintext.len().div_ceil(BLOCK_BYTES);
        // The block itself, all behind it and the lengths: a one in the first place, zeros in the others.
        ghash(h, &[&(1_u128 << 127).to_be_bytes(), vec![0; behind * BLOCK_BYTES].as_slice()].concat())
    }

    fn sealed_apart(&self) -> (Vec<u8>, [u8; BLOCK_BYTES]) {
        let Self { key, iv, aad, plaintext, .. } = self;
        let sealed = openssl::aes_256_gcm_seal(key, iv, aad, plaintext, 16).unwrap_or_default();
        let (body, tag) = sealed.split_at(plaintext.len());
        (body.to_vec(), padded(tag).to_be_bytes())
    }

    /// The message that seals to this ciphertext.
    fn with_ciphertext(self, ciphertext: &[u8]) -> Self {
        let (body, _) = self.sealed_apart();
        let changed = body.iter().zip(ciphertext).map(|(is, wanted)| is ^ wanted);
        let plaintext = self.plaintext.iter().zip(changed).map(|(text, change)| text ^ change).collect();
        Self { plaintext, ..self }
    }

    fn with_first_block(self, body: &[u8], first: u128) -> Self {
        self.with_ciphertext(&[&first.to_be_bytes(), &body[BLOCK_BYTES..]].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builder::KeyStream;

    /// A tag that is not the chosen one would leave the comparison untested that the case is for.
    #[test]
    fn tags_come_out_as_chosen() {
        let mut stream = KeyStream::new("test");
        for lengths in [[12, 0, 16], [16, 13, 20], [16, 16, 48]] {
            let message = Message::random(&mut stream, lengths, 16);
            assert_eq!(message.clone().with_tag([7; 16]).sealed_apart().1, [7; 16]);
            let [one, other] = message.under_two_keys([9; 32]);
            assert_eq!(one.sealed(), other.sealed());
            assert_ne!(one.plaintext, other.plaintext);
        }
    }
}
