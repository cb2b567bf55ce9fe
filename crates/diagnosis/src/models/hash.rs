//! A model of SHA-512 and of HMAC with it.
//!
//! In: a message, and a key. Out: a digest or a tag. The compression function is the crate's; everything around it stands here.

use std::borrow::Cow;

use crate::computed::Computed;
use primitives::rounds;
use vectors::Fields;

/// Bytes of a block of SHA-512.
pub const BLOCK_BYTES: usize = 128;

/// The bytes that a port works on, made of those that it is given.
pub type Taken = for<'a> fn(&'a [u8]) -> Computed<Cow<'a, [u8]>>;

/// Nothing is changed.
///
/// # Errors
///
/// Never.
pub fn as_given(bytes: &[u8]) -> Computed<Cow<'_, [u8]>> {
    Ok(Cow::Borrowed(bytes))
}

/// The steps of SHA-512 (FIPS 180-4 §5, §6.4).
#[derive(Clone, Copy, Debug)]
pub struct Sha512 {
    /// The initial hash value (§5.3.5).
    pub initial: [u64; 8],
    /// A block as the compression function reads it.
    pub words: fn(&[u8; BLOCK_BYTES]) -> [u8; BLOCK_BYTES],
    /// Pads (§5.1.2) what is left, `used` bytes of the first 128, of a message of `total` bytes; the rest is zero. Returns
    /// the number of blocks, 1 or 2.
    pub pad: fn(tail: &mut [u8; 2 * BLOCK_BYTES], used: usize, total: u64) -> usize,
    /// The state as bytes.
    pub read: fn(&[u64; 8]) -> [u8; 64],
    /// Bytes of the digest, at most 64.
    pub bytes: usize,
}

impl Sha512 {
    /// Every step as the standard has it.
    pub const RIGHT: Self = Self {
        initial: [
            0x6a09_e667_f3bc_c908,
            0xbb67_ae85_84ca_a73b,
            0x3c6e_f372_fe94_f82b,
            0xa54f_f53a_5f1d_36f1,
            0x510e_527f_ade6_82d1,
            0x9b05_688c_2b3e_6c1f,
            0x1f83_d9ab_fb41_bd6b,
            0x5be0_cd19_137e_2179,
        ],
        words: |block| *block,
        pad,
        read: |state| in_words(state, u64::to_be_bytes),
        bytes: 64,
    };

    /// The digest of a message.
    #[must_use]
    pub fn digest(&self, message: &[u8]) -> Vec<u8> {
        let mut hashing = Hashing::start(*self);
        hashing.update(message);
        hashing.finish()[..self.bytes].to_vec()
    }
}

/// A state as bytes, each word by itself.
#[must_use]
pub fn in_words(state: &[u64; 8], bytes: fn(u64) -> [u8; 8]) -> [u8; 64] {
    let mut read = [0; 64];
    read.chunks_exact_mut(8).zip(state).for_each(|(chunk, word)| chunk.copy_from_slice(&bytes(*word)));
    read
}

/// A one bit, zeros, and the length in bits in the last 16 bytes.
#[must_use]
pub fn pad(tail: &mut [u8; 2 * BLOCK_BYTES], used: usize, total: u64) -> usize {
    let blocks = if used < BLOCK_BYTES - 16 { 1 } else { 2 };
    tail[used] = 0x80;
    tail[blocks * BLOCK_BYTES - 16..blocks * BLOCK_BYTES].copy_from_slice(&(u128::from(total) * 8).to_be_bytes());
    blocks
}

/// A message while it is hashed.
#[derive(Clone, Copy)]
pub struct Hashing {
    hash: Sha512,
    state: [u64; 8],
    tail: [u8; BLOCK_BYTES],
    used: usize,
    total: u64,
}

impl Hashing {
    /// Nothing is hashed yet.
    #[must_use]
    pub fn start(hash: Sha512) -> Self {
        Self { hash, state: hash.initial, tail: [0; BLOCK_BYTES], used: 0, total: 0 }
    }

    /// Takes in more of the message.
    pub fn update(&mut self, mut message: &[u8]) {
        self.total += message.len() as u64;
        while self.used + message.len() >= BLOCK_BYTES {
            let (head, rest) = message.split_at(BLOCK_BYTES - self.used);
            self.tail[self.used..].copy_from_slice(head);
            rounds::sha512_compress(&mut self.state, &(self.hash.words)(&self.tail));
            (self.used, message) = (0, rest);
        }
        self.tail[self.used..self.used + message.len()].copy_from_slice(message);
        self.used += message.len();
    }

    /// Pads and gives the whole state, of which the digest is the front.
    #[must_use]
    pub fn finish(mut self) -> [u8; 64] {
        let mut tail = [0; 2 * BLOCK_BYTES];
        tail[..self.used].copy_from_slice(&self.tail[..self.used]);
        let blocks = (self.hash.pad)(&mut tail, self.used, self.total);
        for block in tail[..blocks * BLOCK_BYTES].as_chunks().0 {
            rounds::sha512_compress(&mut self.state, &(self.hash.words)(block));
        }
        (self.hash.read)(&self.state)
    }
}

/// The steps of HMAC-SHA512 (RFC 2104 §2).
#[derive(Clone, Copy, Debug)]
pub struct Hmac {
    /// The hash inside.
    pub hash: Sha512,
    /// Bytes that a key is padded to, and above which it is hashed.
    pub block: usize,
    /// Makes a key of at most one block of a key of any length, with this block size.
    pub shorten: fn(&Sha512, &[u8], usize) -> Vec<u8>,
    /// The bytes that the key is combined with, for the inner hash and for the outer one.
    pub pads: [u8; 2],
}

impl Hmac {
    /// Every step as the RFC has it.
    pub const RIGHT: Self = Self { hash: Sha512::RIGHT, block: BLOCK_BYTES, shorten, pads: [0x36, 0x5c] };

    /// Takes in a key.
    #[must_use]
    pub fn keyed(&self, key: &[u8]) -> Keyed {
        let mut key = (self.shorten)(&self.hash, key, self.block);
        key.resize(self.block.max(key.len()), 0);
        let [inner, outer] = self.pads.map(|pad| {
            let mut hashing = Hashing::start(self.hash);
            hashing.update(&key.iter().map(|byte| byte ^ pad).collect::<Vec<_>>());
            hashing
        });
        Keyed { inner, outer }
    }
}

/// A key above one block is replaced by its digest.
#[must_use]
pub fn shorten(hash: &Sha512, key: &[u8], block: usize) -> Vec<u8> {
    if key.len() > block { hash.digest(key) } else { key.to_vec() }
}

/// HMAC with its key taken in, so that each message costs its own blocks only.
#[derive(Clone, Copy)]
pub struct Keyed {
    inner: Hashing,
    outer: Hashing,
}

impl Keyed {
    /// The tag of a message.
    #[must_use]
    pub fn tag(&self, message: &[u8]) -> [u8; 64] {
        let (mut inner, mut outer) = (self.inner, self.outer);
        inner.update(message);
        let bytes = inner.hash.bytes;
        outer.update(&inner.finish()[..bytes]);
        outer.finish()
    }
}

/// The steps of the operations.
#[derive(Clone, Copy, Debug)]
pub struct Hash {
    /// The message as it is taken in, of a digest and of a tag.
    pub message: Taken,
    /// The digest of a message.
    pub digest: fn(&Sha512, message: &[u8]) -> Vec<u8>,
    /// The steps of a digest.
    pub sha512: Sha512,
    /// The key as it is taken in.
    pub key: Taken,
    /// The tag of a message under a key.
    pub tag: fn(&Hmac, key: &[u8], message: &[u8]) -> Vec<u8>,
    /// The steps of a tag.
    pub hmac: Hmac,
}

impl Hash {
    /// Every step as the standards have it.
    pub const RIGHT: Self = Self {
        message: as_given,
        digest: Sha512::digest,
        sha512: Sha512::RIGHT,
        key: as_given,
        tag: |hmac, key, message| hmac.keyed(key).tag(message)[..hmac.hash.bytes].to_vec(),
        hmac: Hmac::RIGHT,
    };

    /// `sha512.digest`.
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::computed::Stop) where a mistake stops.
    pub fn digest(&self, input: &Fields) -> Computed<Fields> {
        let message = (self.message)(input.bytes("message"))?;
        Ok(Fields::new().with_bytes("digest", (self.digest)(&self.sha512, &message)))
    }

    /// `hmac-sha512.tag`.
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::computed::Stop) where a mistake stops.
    pub fn tag(&self, input: &Fields) -> Computed<Fields> {
        let (key, message) = ((self.key)(input.bytes("key"))?, (self.message)(input.bytes("message"))?);
        Ok(Fields::new().with_bytes("tag", (self.tag)(&self.hmac, &key, &message)))
    }
}
