//! One block of AES by itself, for models of modes that are put together wrongly.

use ::aes::cipher::{BlockCipherEncrypt, KeyInit};
use ::aes::{Aes128, Aes192, Aes256};

/// An expanded key of 16, 24 or 32 bytes (FIPS 197).
pub struct Aes(Rounds);

/// Each holds hundreds of bytes of round keys.
enum Rounds {
    Ten(Box<Aes128>),
    Twelve(Box<Aes192>),
    Fourteen(Box<Aes256>),
}

impl Aes {
    /// Expands a key; `None` where it has another length.
    #[must_use]
    pub fn new(key: &[u8]) -> Option<Self> {
        let rounds = match key.len() {
            16 => Rounds::Ten(Box::new(Aes128::new_from_slice(key).ok()?)),
            24 => Rounds::Twelve(Box::new(Aes192::new_from_slice(key).ok()?)),
            _ => Rounds::Fourteen(Box::new(Aes256::new_from_slice(key).ok()?)),
        };
        Some(Self(rounds))
    }

    /// Encrypts one block.
    #[must_use]
    pub fn encrypt(&self, block: [u8; 16]) -> [u8; 16] {
        let mut block = block.into();
        match &self.0 {
            Rounds::Ten(cipher) => cipher.encrypt_block(&mut block),
            Rounds::Twelve(cipher) => cipher.encrypt_block(&mut block),
            Rounds::Fourteen(cipher) => cipher.encrypt_block(&mut block),
        }
        block.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: FIPS 197, appendix C.
    #[test]
    fn the_standards_examples_come_out() {
        let (key, block): (Vec<u8>, _) =
            ((0..32).collect(), std::array::from_fn(|at| 0x11 * u8::try_from(at).unwrap()));
        for (length, encrypted) in [
            (16, "69c4e0d86a7b0430d8cdb78070b4c55a"),
            (24, "dda97ca4864cdfe06eaf70a0ec0d7191"),
            (32, "8ea2b7ca516745bfeafc49904b496089"),
        ] {
            assert_eq!(hex::encode(Aes::new(&key[..length]).unwrap().encrypt(block)), encrypted);
        }
        assert!(Aes::new(&key[..31]).is_none());
    }
}
