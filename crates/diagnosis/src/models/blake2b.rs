//! A model of BLAKE2b (RFC 7693), down to its rounds.
//!
//! In: a message, a key and a length. Out: a digest.

use super::hash::{Taken, as_given};
use crate::computed::{Computed, Stop};
use vectors::{Fields, Reason};

/// Bytes of a block.
pub const BLOCK_BYTES: usize = 128;

/// The initial value (§2.6), which is that of SHA-512.
const INITIAL: [u64; 8] = super::hash::Sha512::RIGHT.initial;

/// The order of the words in each of ten rounds (§2.7); the eleventh and twelfth are the first two again.
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The steps of BLAKE2b.
#[derive(Clone, Copy, Debug)]
pub struct Blake2b {
    /// The message as it is taken in.
    pub message: Taken,
    /// The key as it is taken in.
    pub key: Taken,
    /// The length that the digest has, of the one asked for.
    pub length: fn(u64) -> Computed<usize>,
    /// The digest of message, key and length: the other steps, or something else in their place.
    pub hash: fn(&Self, message: &[u8], key: &[u8], length: usize) -> Vec<u8>,
    /// The first word of the parameter block, of the lengths of key and digest (§2.5).
    pub parameters: fn(key: usize, length: usize) -> u64,
    /// What stands in front of the message.
    pub key_block: fn(&[u8]) -> Vec<u8>,
    /// Bytes of a block.
    pub block: usize,
    /// Bytes that are left for the last block, of how many there are in all and how many a block has.
    pub last: fn(total: usize, block: usize) -> usize,
    /// What stands in the last block behind so many bytes: of the block before it.
    pub stale: fn(before: &[u8; BLOCK_BYTES], used: usize) -> [u8; BLOCK_BYTES],
    /// The counter of a block: bytes up to its end, with the key's block; of the last block it is all there are.
    pub counter: fn(Counted) -> u64,
    /// The mark of the last block.
    pub last_mark: u64,
    /// Rounds.
    pub rounds: usize,
    /// Rotations of G.
    pub rotations: [u32; 4],
    /// The digest as it is given out.
    pub cut: fn(&[u8; 64], usize) -> Vec<u8>,
}

/// What a counter is made of, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Up to the end of this block, without padding.
    pub done: usize,
    /// Of this block with its padding.
    pub block: usize,
    /// Of the block of the key, 0 or 128.
    pub key: usize,
    /// Before this block.
    pub before: usize,
}

impl Blake2b {
    /// Every step as the RFC has it.
    pub const RIGHT: Self = Self {
        message: as_given,
        key: |key| if key.len() > 64 { Err(Stop::Refuse(Reason::Parameter)) } else { as_given(key) },
        length,
        hash: Self::hash,
        parameters: |key, length| 0x0101_0000 ^ (key as u64) << 8 ^ length as u64,
        key_block,
        block: BLOCK_BYTES,
        last: |total, block| if total == 0 { 0 } else { (total - 1) % block + 1 },
        stale: |_, _| [0; BLOCK_BYTES],
        counter: |counted| counted.done as u64,
        last_mark: u64::MAX,
        rounds: 12,
        rotations: [32, 24, 16, 63],
        cut: |state, length| state[..length].to_vec(),
    };

    /// `blake2b.digest`.
    ///
    /// # Errors
    ///
    /// [`Stop`] as the reference refuses, or where a mistake stops.
    pub fn digest(&self, input: &Fields) -> Computed<Fields> {
        let key = (self.key)(input.bytes("key"))?;
        let length = (self.length)(input.integer("length"))?;
        let message = (self.message)(input.bytes("message"))?;
        Ok(Fields::new().with_bytes("digest", (self.hash)(self, &message, &key, length)))
    }

    /// The digest, by these steps.
    #[must_use]
    pub fn hash(&self, message: &[u8], key: &[u8], length: usize) -> Vec<u8> {
        let front = (self.key_block)(key);
        let data = [front.as_slice(), message].concat();
        let mut state = INITIAL;
        state[0] ^= (self.parameters)(key.len(), length);
        let (whole, last) = data.split_at(data.len() - (self.last)(data.len(), self.block));
        let mut before = 0;
        for block in whole.chunks(self.block) {
            let done = before + block.len();
            let counted = Counted { done, block: self.block, key: front.len(), before };
            self.compress(&mut state, &padded(block, [0; BLOCK_BYTES]), (self.counter)(counted), 0);
            before = done;
        }
        let behind = padded(&whole[whole.len().saturating_sub(self.block)..], [0; BLOCK_BYTES]);
        let counted = Counted { done: data.len(), block: self.block, key: front.len(), before };
        let block = padded(last, (self.stale)(&behind, last.len()));
        self.compress(&mut state, &block, (self.counter)(counted), self.last_mark);
        (self.cut)(&super::hash::in_words(&state, u64::to_le_bytes), length)
    }

    /// F (§3.2).
    fn compress(&self, state: &mut [u64; 8], block: &[u8; BLOCK_BYTES], counter: u64, mark: u64) {
        let words: [u64; 16] = std::array::from_fn(|at| u64::from_le_bytes(block.as_chunks().0[at]));
        let mut v: [u64; 16] = std::array::from_fn(|at| if at < 8 { state[at] } else { INITIAL[at - 8] });
        v[12] ^= counter;
        v[14] ^= mark;
        for round in 0..self.rounds {
            let order = SIGMA[round % 10];
            for at in 0..8 {
                let (column, row) = (at % 4, at / 4);
                let place = |line: usize| 4 * line + (column + row * line) % 4;
                let pair = [words[order[2 * at]], words[order[2 * at + 1]]];
                self.mix(&mut v, [place(0), place(1), place(2), place(3)], pair);
            }
        }
        state.iter_mut().enumerate().for_each(|(at, word)| *word ^= v[at] ^ v[at + 8]);
    }

    /// G (§3.1).
    #[expect(clippy::many_single_char_names, reason = "they are the RFC's")]
    fn mix(&self, v: &mut [u64; 16], [a, b, c, d]: [usize; 4], words: [u64; 2]) {
        for (word, turns) in words.into_iter().zip(self.rotations.as_chunks::<2>().0) {
            v[a] = v[a].wrapping_add(v[b]).wrapping_add(word);
            v[d] = (v[d] ^ v[a]).rotate_right(turns[0]);
            v[c] = v[c].wrapping_add(v[d]);
            v[b] = (v[b] ^ v[c]).rotate_right(turns[1]);
        }
    }
}

/// 1 ..= 64.
///
/// # Errors
///
/// Outside.
pub fn length(asked: u64) -> Computed<usize> {
    usize::try_from(asked).ok().filter(|length| (1..=64).contains(length)).ok_or(Stop::Refuse(Reason::Parameter))
}

/// A key is padded to a block; no key is no block.
#[must_use]
pub fn key_block(key: &[u8]) -> Vec<u8> {
    if key.is_empty() { Vec::new() } else { padded(key, [0; BLOCK_BYTES]).to_vec() }
}

/// So many bytes in front of others.
fn padded(bytes: &[u8], behind: [u8; BLOCK_BYTES]) -> [u8; BLOCK_BYTES] {
    let mut block = behind;
    block[..bytes.len()].copy_from_slice(bytes);
    block
}
