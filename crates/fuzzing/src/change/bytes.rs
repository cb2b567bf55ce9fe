//! Changes to bytes. Layer: `fuzzing`; pure.

use super::{edits, position};

/// Bytes that readers trip over.
const INTERESTING: &[u8] = &[
    0, 1, 0x7f, 0x80, 0xff, 0xc0, 0xef, 0x0a, 0x0d, b' ', b'"', b'\\', b'=', b'0', b'9', b'A', b'a', b'{', b'}', b',',
];
/// Lengths around those that the formats and their libraries know.
const LENGTHS: &[usize] = &[4, 8, 11, 12, 13, 15, 16, 17, 23, 24, 25, 31, 32, 33, 48, 63, 64, 65, 127, 128, 129, 200];
/// No change makes more bytes than this.
pub(super) const BYTES_MAX: usize = 8_192;

edits! {
    /// A change to bytes. Positions are taken modulo the length.
    pub enum Bytes {
        /// This bit is flipped.
        Flip(usize: 0) "flip",
        /// The byte at a position becomes another.
        Set(usize: 0, u8: 0) "set",
        /// A byte is put in at a position.
        Insert(usize: 0, u8: 0) "insert",
        /// From a position on, so many bytes are left out.
        Delete(usize: 0, usize: 1) "delete",
        /// From a position on, so many bytes stand twice.
        Repeat(usize: 0, usize: 1) "repeat",
        /// The bytes at two positions change places.
        Swap(usize: 0, usize: 1) "swap",
        /// What stands before a position comes behind the rest.
        Rotate(usize: 1) "rotate",
        /// Cut to this length, or filled up with zeros.
        Length(usize: 0) "length",
        /// So many bytes fewer at the end.
        Shorter(usize: 1) "shorter",
        /// So many bytes fewer in front.
        Beheaded(usize: 1) "beheaded",
        /// This byte more at the end.
        Longer(u8: 0) "longer",
        /// Zeros in place of all bytes.
        Zero "zero",
        /// The last byte first.
        Reverse "reverse",
        /// The hex digits of the bytes.
        Digits "digits",
        /// The bytes twice.
        Twice "twice",
    }
}

impl Bytes {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        let byte = |random: &mut fastrand::Rng| match random.u8(..3) {
            0 => random.u8(..),
            _ => INTERESTING[random.usize(..INTERESTING.len())],
        };
        match self {
            Self::Flip(bit) => *bit = random.usize(..8) + 8 * position(random),
            Self::Set(at, value) | Self::Insert(at, value) => (*at, *value) = (position(random), byte(random)),
            Self::Delete(at, count) | Self::Repeat(at, count) => {
                (*at, *count) = (position(random), 1 + random.usize(..20));
            }
            Self::Swap(at, with) => (*at, *with) = (position(random), position(random)),
            Self::Rotate(at) => *at = position(random),
            Self::Length(length) => {
                *length = if random.bool() { random.usize(..25) } else { LENGTHS[random.usize(..LENGTHS.len())] };
            }
            Self::Shorter(count) | Self::Beheaded(count) => *count = 1 + random.usize(..20),
            Self::Longer(value) => *value = byte(random),
            Self::Zero | Self::Reverse | Self::Digits | Self::Twice => {}
        }
    }

    /// The changed bytes; `None` where there are none to change, or too many would come out.
    pub(crate) fn apply(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let length = bytes.len();
        let index = |at: usize| at.checked_rem(length);
        let mut changed = bytes.to_vec();
        match *self {
            Self::Flip(bit) => changed[index(bit / 8)?] ^= 1 << (bit % 8),
            Self::Set(at, value) => changed[index(at)?] = value,
            Self::Insert(at, value) => changed.insert(at % (length + 1), value),
            Self::Delete(at, count) => drop(changed.drain(slice(index(at)?, count, length))),
            Self::Repeat(at, count) => {
                let range = slice(index(at)?, count, length);
                let end = range.end;
                drop(changed.splice(end..end, bytes[range].iter().copied()));
            }
            Self::Swap(at, with) => changed.swap(index(at)?, index(with)?),
            Self::Rotate(at) => changed.rotate_left(index(at)?),
            Self::Length(to) => changed.resize(to, 0),
            Self::Shorter(count) => changed.truncate(length.checked_sub(count)?),
            Self::Beheaded(count) => drop(changed.drain(..count.min(length))),
            Self::Longer(value) => changed.push(value),
            Self::Zero => changed.fill(0),
            Self::Reverse => changed.reverse(),
            Self::Digits => changed = hex::encode(bytes).into_bytes(),
            Self::Twice => changed.extend_from_slice(bytes),
        }
        (changed.len() <= BYTES_MAX.max(length)).then_some(changed)
    }
}

fn slice(at: usize, count: usize, length: usize) -> std::ops::Range<usize> {
    at..at.saturating_add(count).min(length)
}
