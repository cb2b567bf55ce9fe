//! AES-256-GCM (NIST SP 800-38D) with IVs of 1 ..= 1,024 bytes and all tag lengths that the standard names.
//!
//! Composed from the RustCrypto parts that the crate `aes-gcm` itself is made of: that crate fixes IV and tag length in
//! its types, which would be 448 copies of one cipher, and does not show H and J0, which a failing port needs to see.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, InnerIvInit, KeyInit, StreamCipher};
use ctr::{Ctr32BE, CtrCore, flavors};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{Authentication, ParamError};

/// Bytes of a block, of H, of J0 and of a whole tag.
const BLOCK_BYTES: usize = 16;

/// An IV of 1 ..= 1,024 bytes; the longest of a public test vector has 257. 12 bytes are used directly; every other length goes through GHASH (SP 800-38D §7.1).
#[derive(Clone, Copy)]
pub struct Iv<'a>(&'a [u8]);

impl<'a> Iv<'a> {
    /// Accepts an IV from a request or envelope.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] outside 1 ..= 1,024 bytes; an empty IV would give H away.
    pub fn read(iv: &'a [u8]) -> Result<Self, ParamError> {
        match iv.len() {
            1..=1024 => Ok(Self(iv)),
            length => Err(ParamError::OutOfRange { parameter: "iv", found: length as u64, allowed: "1 to 1024 bytes" }),
        }
    }
}

impl<'a> From<&'a [u8; BLOCK_BYTES]> for Iv<'a> {
    /// Four words, what SJCL writes by default.
    fn from(iv: &'a [u8; BLOCK_BYTES]) -> Self {
        Self(iv)
    }
}

/// A tag length in bytes: 4, 8, 12, 13, 14, 15 or 16 (SP 800-38D §5.2.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagLength(usize);

impl TagLength {
    /// The whole tag.
    pub const FULL: Self = Self(BLOCK_BYTES);

    /// Accepts a length in bytes from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] for every other length.
    pub fn read(bytes: u64) -> Result<Self, ParamError> {
        match bytes {
            4 => Ok(Self(4)),
            8 => Ok(Self(8)),
            12 => Ok(Self(12)),
            13 => Ok(Self(13)),
            14 => Ok(Self(14)),
            15 => Ok(Self(15)),
            16 => Ok(Self(16)),
            found => Err(ParamError::OutOfRange { parameter: "tag_length", found, allowed: "4, 8 or 12 to 16 bytes" }),
        }
    }
}

/// A key with its expanded rounds and hash key H = E(K, 0^128).
pub struct Gcm {
    cipher: Aes256,
    hash: GHash,
    h: Zeroizing<[u8; BLOCK_BYTES]>,
}

impl Gcm {
    /// Expands a 32-byte key.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        let cipher = Aes256::new(&(*key).into());
        let mut h = Array::default();
        cipher.encrypt_block(&mut h);
        Self { hash: GHash::new(&h), h: Zeroizing::new(h.into()), cipher }
    }

    /// The hash key H (SP 800-38D §7.1, step 1).
    #[must_use]
    pub fn h(&self) -> &[u8; BLOCK_BYTES] {
        &self.h
    }

    /// The pre-counter block J0 (SP 800-38D §7.1, step 2).
    #[must_use]
    pub fn j0(&self, iv: Iv<'_>) -> [u8; BLOCK_BYTES] {
        if iv.0.len() == 12 {
            let mut j0 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
            j0[..12].copy_from_slice(iv.0);
            return j0;
        }
        let mut hash = self.hash.clone();
        hash.update_padded(iv.0);
        hash.update(&[bit_lengths(0, iv.0.len()).into()]);
        hash.finalize().into()
    }

    /// Seals: ciphertext ‖ tag.
    #[must_use]
    pub fn seal(&self, iv: Iv<'_>, aad: &[u8], plaintext: &[u8], tag_length: TagLength) -> Vec<u8> {
        let j0 = self.j0(iv);
        let mut sealed = plaintext.to_vec();
        self.xor_keystream(&j0, &mut sealed);
        let tag = self.tag(&j0, aad, &sealed);
        sealed.extend_from_slice(&tag[..tag_length.0]);
        sealed
    }

    /// Opens ciphertext ‖ tag; the tag is checked in constant time and before anything is decrypted.
    ///
    /// # Errors
    ///
    /// [`Authentication`] when the tag does not fit or the input is shorter than a tag.
    pub fn open(
        &self,
        iv: Iv<'_>,
        aad: &[u8],
        sealed: &[u8],
        tag_length: TagLength,
    ) -> Result<Zeroizing<Vec<u8>>, Authentication> {
        let body = sealed.len().checked_sub(tag_length.0).ok_or(Authentication)?;
        let (ciphertext, tag) = sealed.split_at(body);
        let j0 = self.j0(iv);
        if !bool::from(self.tag(&j0, aad, ciphertext)[..tag_length.0].ct_eq(tag)) {
            return Err(Authentication);
        }
        let mut plaintext = Zeroizing::new(ciphertext.to_vec());
        self.xor_keystream(&j0, &mut plaintext);
        Ok(plaintext)
    }

    /// GCTR from inc32(J0) on: the counter is the last 32 bits, big-endian, and wraps within them (SP 800-38D §6.2, §6.5).
    fn xor_keystream(&self, j0: &[u8; BLOCK_BYTES], data: &mut [u8]) {
        let [fixed @ .., a, b, c, d] = *j0;
        let next = u32::from_be_bytes([a, b, c, d]).wrapping_add(1);
        let mut first = [0; BLOCK_BYTES];
        first[..12].copy_from_slice(&fixed);
        first[12..].copy_from_slice(&next.to_be_bytes());
        let core = CtrCore::<&Aes256, flavors::Ctr32BE>::inner_iv_init(&self.cipher, &first.into());
        Ctr32BE::from_core(core).apply_keystream(data);
    }

    /// The whole tag: GHASH(A, C) xor E(K, J0) (SP 800-38D §7.1, steps 4 to 6).
    fn tag(&self, j0: &[u8; BLOCK_BYTES], aad: &[u8], ciphertext: &[u8]) -> [u8; BLOCK_BYTES] {
        let mut hash = self.hash.clone();
        hash.update_padded(aad);
        hash.update_padded(ciphertext);
        hash.update(&[bit_lengths(aad.len(), ciphertext.len()).into()]);
        let mut mask = (*j0).into();
        self.cipher.encrypt_block(&mut mask);
        let digest: [u8; BLOCK_BYTES] = hash.finalize().into();
        std::array::from_fn(|at| digest[at] ^ mask[at])
    }
}

/// Two lengths in bits as 64-bit big-endian integers, from lengths in bytes.
fn bit_lengths(first_bytes: usize, second_bytes: usize) -> [u8; BLOCK_BYTES] {
    let mut block = [0; BLOCK_BYTES];
    block[..8].copy_from_slice(&(first_bytes as u64 * 8).to_be_bytes());
    block[8..].copy_from_slice(&(second_bytes as u64 * 8).to_be_bytes());
    block
}

#[cfg(test)]
mod tests {
    use aes_gcm::aead::AeadInOut;
    use aes_gcm::aead::consts::{U12, U16};
    use aes_gcm::{AesGcm, KeyInit as _};

    use super::*;

    /// The composition must be the crate's own cipher where the crate can go; OpenSSL covers every other length (src/oracle).
    #[test]
    fn agrees_with_the_aes_gcm_crate_at_12_and_16_byte_ivs() {
        let key = [7; 32];
        let plaintext: Vec<u8> = (0..100).collect();
        let (mut twelve, mut sixteen) = (plaintext.clone(), plaintext.clone());
        let tag = AesGcm::<Aes256, U12>::new(&key.into())
            .encrypt_inout_detached(&[9; 12].into(), b"aad", twelve.as_mut_slice().into())
            .unwrap();
        twelve.extend_from_slice(&tag);
        let tag = AesGcm::<Aes256, U16>::new(&key.into())
            .encrypt_inout_detached(&[9; 16].into(), b"aad", sixteen.as_mut_slice().into())
            .unwrap();
        sixteen.extend_from_slice(&tag);
        let gcm = Gcm::new(&key);
        assert_eq!(gcm.seal(Iv(&[9; 12]), b"aad", &plaintext, TagLength::FULL), twelve);
        assert_eq!(gcm.seal(Iv(&[9; 16]), b"aad", &plaintext, TagLength::FULL), sixteen);
    }

    /// A tag compared in part, or not at all, is the bug class that vectors exist for.
    #[test]
    fn every_bit_of_every_tag_counts() {
        let gcm = Gcm::new(&[1; 32]);
        for length in [4, 8, 12, 13, 14, 15, 16] {
            let tag_length = TagLength::read(length).unwrap();
            let sealed = gcm.seal(Iv(&[2; 16]), b"", b"seal", tag_length);
            assert_eq!(gcm.open(Iv(&[2; 16]), b"", &sealed, tag_length).unwrap().as_slice(), b"seal");
            for bit in 0..sealed.len() * 8 {
                let mut forged = sealed.clone();
                forged[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(gcm.open(Iv(&[2; 16]), b"", &forged, tag_length), Err(Authentication), "bit {bit}");
            }
        }
    }

    /// Below the shortest legal tag a forgery is a coin toss; an empty IV gives H away.
    #[test]
    fn lengths_outside_the_standard_are_refused() {
        for length in [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 17, 32, 128] {
            assert!(TagLength::read(length).is_err(), "{length}");
        }
        assert!(Iv::read(&[]).is_err());
        assert!(Iv::read(&[0; 1025]).is_err());
    }
}
