//! A model of HChaCha20 and XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, RFC 8439).

use super::chacha::{State, block, rounds, state};
use super::poly1305::Poly1305;
use super::tag::{Tag, padded};
use crate::computed::{Computed, Stop};
use vectors::{Fields, Reason};

/// Bytes of a tag.
const TAG_BYTES: usize = 16;

/// HChaCha20's input and the nonce under the subkey.
pub type Divided = ([u8; 16], [u8; 12]);

/// A block of key stream, of a key and a nonce, by its number.
pub type Stream = fn(&[u8; 32], &[u8; 24], u32) -> [u8; 64];

/// The steps of HChaCha20 and XChaCha20-Poly1305.
#[derive(Clone, Copy, Debug)]
pub struct Xchacha {
    /// The key as it is used.
    pub key: fn(&[u8]) -> Computed<[u8; 32]>,
    /// HChaCha20's other input, where it is asked for by itself.
    pub input: fn(&[u8]) -> Computed<[u8; 16]>,
    /// The nonce as it is used.
    pub nonce: fn(&[u8]) -> Computed<[u8; 24]>,
    /// Whether so many bytes of associated data and of text are taken.
    pub admit: fn(usize, usize) -> Computed<()>,
    /// HChaCha20's sixteen words before the first round.
    pub state: fn(&[u8; 32], &[u8; 16]) -> State,
    /// Double rounds of HChaCha20.
    pub double_rounds_of_subkey: u32,
    /// The subkey from the words before the first round and after the last.
    pub subkey: fn(&State, &State) -> [u8; 32],
    /// The nonce as HChaCha20's input and the nonce under the subkey.
    pub divide: fn(&[u8; 24]) -> Divided,
    /// A block of key stream, of the key and nonce that are given, by its number; without it, of the subkey.
    pub stream: Option<Stream>,
    /// Double rounds of the cipher under the subkey.
    pub double_rounds: u32,
    /// The block of key stream that Poly1305's key is taken from.
    pub one_time_block: u32,
    /// The block and place in it that a byte of a text of some length is xored with: (byte, length).
    pub position: fn(usize, usize) -> (u32, usize),
    /// What the tag covers of (plaintext, ciphertext).
    pub covered: for<'a> fn(&'a [u8], &'a [u8]) -> &'a [u8],
    /// What Poly1305 takes, of associated data and covered text.
    pub hashed: fn(&[u8], &[u8]) -> Vec<u8>,
    /// Poly1305.
    pub poly1305: Poly1305,
    /// How the tag travels and is checked.
    pub tag: Tag,
}

impl Xchacha {
    /// Every step as the draft has it.
    pub const RIGHT: Self = Self {
        key: sized,
        input: sized,
        nonce: sized,
        admit: |_, _| Ok(()),
        state,
        double_rounds_of_subkey: 10,
        subkey: |_, after| {
            subkey_of([after[0], after[1], after[2], after[3], after[12], after[13], after[14], after[15]])
        },
        divide: |nonce| (part(&nonce[..16]), inner_nonce(&nonce[16..])),
        stream: None,
        double_rounds: 10,
        one_time_block: 0,
        position: |byte, _| (counter(1 + byte / 64), byte % 64),
        covered: |_, ciphertext| ciphertext,
        hashed: |aad, text| hashed(aad, text, lengths),
        poly1305: Poly1305::RIGHT,
        tag: Tag::RIGHT,
    };

    /// HChaCha20.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn subkey(&self, input: &Fields) -> Computed<Fields> {
        let (key, input) = ((self.key)(input.bytes("key"))?, (self.input)(input.bytes("input"))?);
        Ok(Fields::new().with_bytes("subkey", self.hchacha20(&key, &input)))
    }

    /// Seals: ciphertext and tag.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn seal(&self, input: &Fields) -> Computed<Fields> {
        let (aad, plaintext) = (input.bytes("aad"), input.bytes("plaintext"));
        let inner = self.inner(input)?;
        (self.admit)(aad.len(), plaintext.len())?;
        let ciphertext = self.xor_key_stream(&inner, plaintext);
        let tag = self.tag(&inner, aad, (self.covered)(plaintext, &ciphertext));
        Ok(Fields::new().with_bytes("ciphertext", (self.tag.join)(&ciphertext, &tag)))
    }

    /// Opens ciphertext and tag.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn open(&self, input: &Fields) -> Computed<Fields> {
        let aad = input.bytes("aad");
        let inner = self.inner(input)?;
        let (ciphertext, sent) = (self.tag.split)(input.bytes("ciphertext"), TAG_BYTES)?;
        (self.admit)(aad.len(), ciphertext.len())?;
        let plaintext = self.xor_key_stream(&inner, ciphertext);
        let tag = self.tag(&inner, aad, (self.covered)(&plaintext, ciphertext));
        let fits = (self.tag.fits)(&tag, sent);
        let opened = if fits { plaintext } else { (self.tag.unfit)(plaintext)? };
        Ok(Fields::new().with_bytes("plaintext", opened))
    }

    fn hchacha20(&self, key: &[u8; 32], input: &[u8; 16]) -> [u8; 32] {
        let before = (self.state)(key, input);
        (self.subkey)(&before, &rounds(before, self.double_rounds_of_subkey))
    }

    fn inner(&self, input: &Fields) -> Computed<Inner> {
        let (key, nonce) = ((self.key)(input.bytes("key"))?, (self.nonce)(input.bytes("nonce"))?);
        let (input, inner) = (self.divide)(&nonce);
        Ok(Inner { given: (key, nonce), key: self.hchacha20(&key, &input), nonce: inner })
    }

    fn block(&self, inner: &Inner, counter: u32) -> [u8; 64] {
        let (key, nonce) = &inner.given;
        match self.stream {
            Some(stream) => stream(key, nonce, counter),
            None => block(&inner.key, counter, &inner.nonce, self.double_rounds),
        }
    }

    fn xor_key_stream(&self, inner: &Inner, text: &[u8]) -> Vec<u8> {
        let (mut held, text_bytes) = (None, text.len());
        let byte = |(at, text): (usize, &u8)| {
            let (counter, place) = (self.position)(at, text_bytes);
            let (_, block) = held
                .take()
                .filter(|(known, _)| *known == counter)
                .unwrap_or_else(|| (counter, self.block(inner, counter)));
            held = Some((counter, block));
            text ^ block[place]
        };
        text.iter().enumerate().map(byte).collect()
    }

    fn tag(&self, inner: &Inner, aad: &[u8], text: &[u8]) -> [u8; 16] {
        let block = self.block(inner, self.one_time_block);
        self.poly1305.tag(&part(&block[..32]), &(self.hashed)(aad, text))
    }
}

/// What ChaCha20-Poly1305 works with.
struct Inner {
    given: ([u8; 32], [u8; 24]),
    key: [u8; 32],
    nonce: [u8; 12],
}

/// Exactly so many bytes.
///
/// # Errors
///
/// A refusal of the parameter where there are more or fewer.
pub fn sized<const N: usize>(bytes: &[u8]) -> Computed<[u8; N]> {
    bytes.try_into().map_err(|_| Stop::Refuse(Reason::Parameter))
}

/// Bytes in an array, cut or with zeros behind where they do not fill it.
#[must_use]
pub fn part<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    array.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    array
}

/// Four zero bytes and the nonce's tail.
#[must_use]
pub fn inner_nonce(tail: &[u8]) -> [u8; 12] {
    part(&[&[0; 4], tail].concat())
}

/// Eight words, each little-endian.
#[must_use]
pub fn subkey_of(words: [u32; 8]) -> [u8; 32] {
    part(words.map(u32::to_le_bytes).as_flattened())
}

/// A block counter, of 32 bits.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the counter is the last 32 bits of the block's number")]
pub fn counter(block: usize) -> u32 {
    block as u32
}

/// Two padded byte strings, and a block of their lengths.
#[must_use]
pub fn hashed(aad: &[u8], ciphertext: &[u8], lengths: impl Fn(usize, usize) -> [u8; 16]) -> Vec<u8> {
    [padded(aad), padded(ciphertext), lengths(aad.len(), ciphertext.len()).to_vec()].concat()
}

/// Two lengths in bytes, each as 64-bit little-endian.
#[must_use]
pub fn lengths(aad: usize, ciphertext: usize) -> [u8; 16] {
    ((ciphertext as u128) << 64 | aad as u128).to_le_bytes()
}
