//! A model of AES-256-GCM (NIST SP 800-38D).

use super::tag::{Tag, padded};
use crate::computed::{Computed, Stop};
use primitives::aes::Aes;
use primitives::gf128;
use vectors::{Fields, Reason};

/// The steps of AES-256-GCM. Blocks are big-endian integers.
#[derive(Clone, Copy, Debug)]
pub struct Gcm {
    /// The block cipher under the key.
    pub cipher: fn(&[u8]) -> Computed<Aes>,
    /// The IV as it is used.
    pub iv: fn(&[u8]) -> Computed<Vec<u8>>,
    /// The tag's length in bytes, as it is asked for.
    pub tag_length: fn(u64) -> Computed<usize>,
    /// Whether so many bytes of associated data and of text are taken.
    pub admit: fn(usize, usize) -> Computed<()>,
    /// J0 from H and the IV.
    pub j0: fn(u128, &[u8]) -> u128,
    /// The counter block of the text's n-th block, n from 1, under J0.
    pub counter: fn(u128, u128) -> u128,
    /// What the tag covers of (plaintext, ciphertext).
    pub covered: for<'a> fn(&'a [u8], &'a [u8]) -> &'a [u8],
    /// What GHASH takes, of associated data and covered text.
    pub hashed: fn(&[u8], &[u8]) -> Vec<u8>,
    /// What is added to the digest, from the cipher and J0.
    pub mask: fn(&Aes, u128) -> u128,
    /// The tag at its length.
    pub cut: fn([u8; 16], usize) -> Vec<u8>,
    /// How the tag travels and is checked.
    pub tag: Tag,
}

impl Gcm {
    /// Every step as the standard has it.
    pub const RIGHT: Self = Self {
        cipher: |key| match key.len() {
            32 => Aes::new(key).ok_or(PARAMETER),
            _ => Err(PARAMETER),
        },
        iv: |iv| match iv.len() {
            1..=1024 => Ok(iv.to_vec()),
            _ => Err(PARAMETER),
        },
        tag_length: |length| match length {
            4 => Ok(4),
            8 => Ok(8),
            12..=16 => Ok(length_of(length)),
            _ => Err(PARAMETER),
        },
        admit: |_, _| Ok(()),
        j0,
        counter: |j0, block| j0 & !LOW_32 | j0.wrapping_add(block) & LOW_32,
        covered: |_, ciphertext| ciphertext,
        hashed: |aad, text| hashed(aad, text, bit_lengths),
        mask: |cipher, j0| encrypt(cipher, j0),
        cut: |tag, length| tag[..length].to_vec(),
        tag: Tag::RIGHT,
    };

    /// Seals: ciphertext and tag.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn seal(&self, input: &Fields) -> Computed<Fields> {
        let (aad, plaintext) = (input.bytes("aad"), input.bytes("plaintext"));
        let message = self.message(input)?;
        (self.admit)(aad.len(), plaintext.len())?;
        let ciphertext = self.xor_key_stream(&message, plaintext);
        let tag = self.tag(&message, aad, (self.covered)(plaintext, &ciphertext));
        Ok(Fields::new().with_bytes("ciphertext", (self.tag.join)(&ciphertext, &tag)))
    }

    /// Opens ciphertext and tag.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn open(&self, input: &Fields) -> Computed<Fields> {
        let aad = input.bytes("aad");
        let message = self.message(input)?;
        let (ciphertext, sent) = (self.tag.split)(input.bytes("ciphertext"), message.tag_length)?;
        (self.admit)(aad.len(), ciphertext.len())?;
        let plaintext = self.xor_key_stream(&message, ciphertext);
        let tag = self.tag(&message, aad, (self.covered)(&plaintext, ciphertext));
        let opened = if (self.tag.fits)(&tag, sent) { plaintext } else { (self.tag.unfit)(plaintext)? };
        Ok(Fields::new().with_bytes("plaintext", opened))
    }

    fn message(&self, input: &Fields) -> Computed<Message> {
        let cipher = (self.cipher)(input.bytes("key"))?;
        let iv = (self.iv)(input.bytes("iv"))?;
        let tag_length = (self.tag_length)(input.integer("tag_length"))?;
        let h = encrypt(&cipher, 0);
        Ok(Message { j0: (self.j0)(h, &iv), cipher, h, tag_length })
    }

    fn xor_key_stream(&self, message: &Message, text: &[u8]) -> Vec<u8> {
        let stream = (1..).flat_map(|block| encrypt(&message.cipher, (self.counter)(message.j0, block)).to_be_bytes());
        text.iter().zip(stream).map(|(text, stream)| text ^ stream).collect()
    }

    fn tag(&self, message: &Message, aad: &[u8], text: &[u8]) -> Vec<u8> {
        let digest = gf128::ghash(message.h, &(self.hashed)(aad, text));
        (self.cut)((digest ^ (self.mask)(&message.cipher, message.j0)).to_be_bytes(), message.tag_length)
    }
}

/// What both directions begin with.
struct Message {
    cipher: Aes,
    h: u128,
    j0: u128,
    tag_length: usize,
}

/// A refusal of a parameter.
pub const PARAMETER: Stop = Stop::Refuse(Reason::Parameter);

/// The counter within a block.
pub const LOW_32: u128 = 0xffff_ffff;

/// J0 (SP 800-38D §7.1, step 2).
#[must_use]
pub fn j0(h: u128, iv: &[u8]) -> u128 {
    match iv.len() {
        12 => gf128::padded(iv) | 1,
        length => gf128::ghash(h, &hashed(&[], iv, |_, _| bit_lengths(0, length))),
    }
}

/// Two padded byte strings, and a block of their lengths.
#[must_use]
pub fn hashed(aad: &[u8], text: &[u8], lengths: impl Fn(usize, usize) -> [u8; 16]) -> Vec<u8> {
    [padded(aad), padded(text), lengths(aad.len(), text.len()).to_vec()].concat()
}

/// Two lengths in bits, each as 64-bit big-endian, from lengths in bytes.
#[must_use]
pub fn bit_lengths(aad: usize, text: usize) -> [u8; 16] {
    (((aad as u128 * 8) << 64) | (text as u128 * 8)).to_be_bytes()
}

/// One block through the cipher.
#[must_use]
pub fn encrypt(cipher: &Aes, block: u128) -> u128 {
    u128::from_be_bytes(cipher.encrypt(block.to_be_bytes()))
}

/// A length that a request names, as one of bytes in memory.
#[must_use]
pub fn length_of(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}
