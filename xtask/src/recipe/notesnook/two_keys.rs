//! Envelopes that open under two keys, to two texts: Poly1305 does not commit to its key.
//!
//! A tag is a polynomial of the ciphertext's blocks at a point that the key chooses, modulo 2^130 - 5, plus a pad. With two
//! keys the first block can be solved for the tags to be equal. It must then be a block (2^128 and less), and both texts
//! must be ASCII there: at each of its bytes the key streams agree in the highest bit, so only 16 bits are left to chance,
//! and the bytes behind the block are changed until they fall out right.

use super::open::{begun, opens_from, whole};
use super::sample::{Mode, Sample, array};
use crate::builder::checked::AUTHENTICATION;
use crate::builder::forms::twins::{free_bits, xored};
use crate::builder::{Change, FileBuilder, KeyStream, Refuse};
use oracle::sodium;
use vectors::Value;

/// Bytes of a block, and of a tag.
const BLOCK: usize = 16;

/// Bytes of each plaintext: a block, and what is changed.
const LENGTH: usize = BLOCK + 6;

/// An envelope for a pair of passwords or keys.
pub(super) fn open(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Envelopes that open under two keys, as Poly1305 allows", |file| file);
    whole(&mut file, &Sample::new(mode, stream));
    for pair in ["letters", "more-letters"] {
        let first = Sample::under("alpha", mode, stream);
        let second = match mode {
            Mode::Password => {
                let key = super::sample::derived("omega", &first.salt);
                Sample { password: "omega".to_owned(), key, ..first.clone() }
            }
            Mode::Item => Sample { key: array(stream), ..first.clone() },
        };
        let (samples, sealed) = solved([first, second], stream);
        let envelope = samples[0].envelope_of(&sealed);
        let [first, _] = [0, 1].map(|at| {
            let name = format!("{pair}-{}", ["first", "second"][at]);
            let why = [
                "Made to open under two keys; this is the one, and no reader of this format can tell",
                "The same envelope under the other key gives another text: nothing may be remembered by the envelope alone",
            ][at];
            opens_from(&mut file, &samples[at], envelope.clone(), (&name, why, "KeyCommitment"))
        });
        let change = match mode {
            Mode::Password => Change("password_text", Value::Text("neither".to_owned())),
            Mode::Item => Change("key", Value::Bytes(stream.bytes(32))),
        };
        let (name, why) = (format!("{pair}-neither"), "A third key opens nothing");
        let (flags, confirmed_by) = (&["KeyCommitment"], &["reference"]);
        file.refuse(Refuse { name: &name, why, flags, parent: first, change, reasons: AUTHENTICATION, confirmed_by });
    }
    file.finish()
}

/// The samples with one nonce, and the one ciphertext and tag that is right for both.
fn solved(mut samples: [Sample; 2], stream: &mut KeyStream) -> ([Sample; 2], Vec<u8>) {
    let keys = [samples[0].key, samples[1].key];
    let start: [u8; 16] = array(stream);
    let subkeys = keys.map(|key| sodium::hchacha20(&key, &start));
    loop {
        let end: [u8; 8] = array(stream);
        let nonce: [u8; 12] = [&[0; 4], &end[..]].concat().try_into().expect("12 bytes");
        // The stream's first block is the one-time key, and the text begins at the second.
        let streams = subkeys.map(|subkey| sodium::chacha20_key_stream(&subkey, &nonce, 64 + LENGTH));
        let [a, b] = [&streams[0][64..], &streams[1][64..]];
        if a[..BLOCK].iter().zip(b).any(|(a, b)| (a ^ b) & 0x80 != 0) {
            continue;
        }
        let Some(free) = free_bits([&a[BLOCK..], &b[BLOCK..]]) else { continue };
        let Some(ciphertext) = collision(&streams, &free) else { continue };
        for (sample, stream) in samples.iter_mut().zip(&streams) {
            sample.nonce = [&start[..], &end].concat().try_into().expect("24 bytes");
            sample.plaintext = xored(&ciphertext, &stream[64..]);
        }
        let sealed = samples[0].sealed();
        return (samples, sealed);
    }
}

/// The ciphertext whose tags under both one-time keys are equal, if the bytes behind its first block suffice to find one.
fn collision(streams: &[Vec<u8>; 2], free: &[(u8, u8)]) -> Option<Vec<u8>> {
    let point = |stream: &[u8]| {
        let clamp = 0x0fff_fffc_0fff_fffc_0fff_fffc_0fff_ffff;
        Residue::new(u128::from_le_bytes(stream[..16].try_into().expect("16 bytes")) & clamp)
    };
    let pad = |stream: &[u8]| u128::from_le_bytes(stream[16..32].try_into().expect("16 bytes"));
    let points = [point(&streams[0]), point(&streams[1])];
    let pads = [pad(&streams[0]), pad(&streams[1])];
    let squares = points.map(|point| point.times(point));
    let cubes = [squares[0].times(points[0]), squares[1].times(points[1])];
    let lengths = Residue::block((LENGTH as u128) << 64);
    let lengths = [lengths.times(points[0]), lengths.times(points[1])];
    let inverse = cubes[0].minus(cubes[1]).inverse();
    // The accumulators must differ by the pads' difference, and by some multiple of 2^128, which a tag leaves out.
    let multiples: Vec<_> = (0..4).map(|multiple| Residue { high: multiple, low: 0 }).collect();
    let pads_apart = Residue::new(pads[1]).minus(Residue::new(pads[0]));
    for trial in 0..1_u64 << 20 {
        let tail = deposited(free, trial);
        let tail = xored(&tail, &streams[0][64 + BLOCK..]);
        let mut second = [0; BLOCK];
        second[..tail.len()].copy_from_slice(&tail);
        let second = Residue::block(u128::from_le_bytes(second));
        let rest = [0, 1].map(|at| second.times(squares[at]).plus(lengths[at]));
        let wanted = pads_apart.minus(rest[0].minus(rest[1]));
        for multiple in &multiples {
            let Some(block) = wanted.plus(*multiple).times(inverse).as_block() else { continue };
            if xored(&block.to_le_bytes(), &streams[0][64..]).iter().any(|byte| byte & 0x80 != 0) {
                continue;
            }
            let first = Residue::block(block);
            let tags = [0, 1].map(|at| first.times(cubes[at]).plus(rest[at]).low.wrapping_add(pads[at]));
            if tags[0] == tags[1] {
                return Some([&block.to_le_bytes()[..], &tail].concat());
            }
        }
    }
    None
}

/// The fixed bits of each byte, with the bits of a number in the free ones.
fn deposited(free: &[(u8, u8)], mut number: u64) -> Vec<u8> {
    let mut byte = |(fixed, mask): &(u8, u8)| {
        (0..8).filter(|bit| mask & (1 << bit) != 0).fold(*fixed, |byte, bit| {
            let set = u8::from(number & 1 != 0) << bit;
            number >>= 1;
            byte | set
        })
    };
    free.iter().map(&mut byte).collect()
}

/// An integer modulo p = 2^130 - 5: its lower 128 bits and the two above.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Residue {
    high: u8,
    low: u128,
}

impl Residue {
    fn new(low: u128) -> Self {
        Self { high: 0, low }
    }

    /// A block of 16 bytes, behind which Poly1305 puts a one.
    fn block(low: u128) -> Self {
        Self { high: 1, low }
    }

    /// The 16 bytes of a block, if it is one.
    fn as_block(self) -> Option<u128> {
        (self.high == 1).then_some(self.low)
    }

    /// A value below 2 p, reduced.
    fn reduced(high: u8, low: u128) -> Self {
        let (added, carried) = low.overflowing_add(5);
        match high + u8::from(carried) {
            above @ 4.. => Self { high: above - 4, low: added },
            _ => Self { high, low },
        }
    }

    fn plus(self, other: Self) -> Self {
        let (low, carried) = self.low.overflowing_add(other.low);
        Self::reduced(self.high + other.high + u8::from(carried), low)
    }

    fn minus(self, other: Self) -> Self {
        // p - other, which needs no borrow beyond its 130 bits.
        let (low, borrowed) = (u128::MAX - 4).overflowing_sub(other.low);
        self.plus(Self::reduced(3 - other.high - u8::from(borrowed), low))
    }

    fn times(self, other: Self) -> Self {
        let bit = |at: u32| match at {
            0..128 => other.low >> at & 1 != 0,
            _ => other.high >> (at - 128) & 1 != 0,
        };
        (0..130).rev().fold(Self::new(0), |product, at| {
            let doubled = product.plus(product);
            if bit(at) { doubled.plus(self) } else { doubled }
        })
    }

    /// By Fermat: the power p - 2.
    fn inverse(self) -> Self {
        let exponent = Self { high: 3, low: u128::MAX - 6 };
        let bit = |at: u32| match at {
            0..128 => exponent.low >> at & 1 != 0,
            _ => exponent.high >> (at - 128) & 1 != 0,
        };
        (0..130).rev().fold(Self::new(1), |power, at| {
            let squared = power.times(power);
            if bit(at) { squared.times(self) } else { squared }
        })
    }
}
