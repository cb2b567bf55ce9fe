//! Mistakes in Poly1305, below XChaCha20-Poly1305.

use super::xchacha::{BOTH, xchacha};
use crate::models::poly1305::Poly1305;
use crate::{Mistake, Parts};
use primitives::prime1305::{P, Wide, below_p, first_three, folded, little, low_128, times_five_onto, wide};

/// 2^130 - 6.
const P_MINUS_1: Wide = [u64::MAX - 5, u64::MAX, 3];
/// The lower half of 128 bits.
const HALF: u128 = (1 << 64) - 1;

fn poly1305(parts: &mut Parts) -> &mut Poly1305 {
    &mut xchacha(parts).poly1305
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "poly1305-not-clamped",
        sentence: "Uses r as it is, without clearing 22 of its bits",
        operations: BOTH,
        links: &[],
        wrong: |parts| poly1305(parts).clamp = |r| r,
    },
    Mistake {
        name: "poly1305-clamped-in-part",
        sentence: "Clears the highest four bits of each word of r and not the lowest two",
        operations: BOTH,
        links: &[],
        wrong: |parts| poly1305(parts).clamp = |r| r & 0x0fff_ffff_0fff_ffff_0fff_ffff_0fff_ffff,
    },
    Mistake {
        name: "poly1305-high-bit-missing",
        sentence: "Forgets the bit above the 16 bytes of a block",
        operations: BOTH,
        links: &[],
        wrong: |parts| poly1305(parts).block = |bytes| wide(little(bytes), 0),
    },
    Mistake {
        name: "poly1305-blocks-big-endian",
        sentence: "Reads blocks as big-endian integers",
        operations: BOTH,
        links: &[],
        wrong: |parts| poly1305(parts).block = |bytes| wide(little(bytes).swap_bytes(), 1),
    },
    Mistake {
        name: "poly1305-not-reduced",
        sentence: "Uses the accumulator unreduced if it ends at 2^130 - 5 or above",
        operations: BOTH,
        links: &["https://github.com/floodyberry/poly1305-donna/issues/2"],
        wrong: |parts| poly1305(parts).reduce = |sum| low_128(folded(sum)),
    },
    Mistake {
        name: "poly1305-p-not-reduced",
        sentence: "Leaves an accumulator of exactly 2^130 - 5 as it is",
        operations: BOTH,
        links: &["https://github.com/aws/aws-lc/pull/187"],
        wrong: |parts| poly1305(parts).reduce = |sum| if folded(sum) == P { low_128(P) } else { low_128(below_p(sum)) },
    },
    Mistake {
        name: "poly1305-p-minus-1-reduced",
        sentence: "Reduces an accumulator of 2^130 - 6 once too often",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            poly1305(parts).reduce = |sum| if folded(sum) == P_MINUS_1 { u128::MAX } else { low_128(below_p(sum)) }
        },
    },
    Mistake {
        name: "poly1305-last-carry-lost",
        sentence: "Drops what stands above bit 130 after the last block",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            let poly1305 = poly1305(parts);
            poly1305.fold = |product| first_three(times_five_onto(product));
            poly1305.reduce = |[a, b, c]| low_128(below_p([a, b, c & 3]));
        },
    },
    Mistake {
        name: "poly1305-carry-stops-in-the-fold",
        sentence: "Adds the carry out of bit 130 to the lowest limb and carries no further",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            poly1305(parts).fold = |product| {
                let [a, b, c, ..] = times_five_onto(product);
                [a.wrapping_add(5 * (c >> 2)), b, c & 3]
            }
        },
    },
    Mistake {
        name: "poly1305-carry-stops-in-the-sum",
        sentence: "Adds a block to the accumulator and drops a carry that runs through a limb of ones",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            poly1305(parts).sum = |sum, block| {
                let halting = |at: usize| u64::from(sum[at].overflowing_add(block[at]).1);
                let limb = |at: usize| sum[at].wrapping_add(block[at]);
                [limb(0), limb(1).wrapping_add(halting(0)), limb(2) + halting(1)]
            }
        },
    },
    Mistake {
        name: "poly1305-carry-lost-in-s",
        sentence: "Adds s in two halves and drops the carry between them",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            poly1305(parts).blind =
                |sum, s| (sum & HALF).wrapping_add(s) & HALF | (sum & !HALF).wrapping_add(s & !HALF);
        },
    },
    Mistake {
        name: "poly1305-carry-stops-in-s",
        sentence: "Adds s in words of 32 bits and drops a carry that runs through a word of ones",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            poly1305(parts).blind = |sum, s| {
                let word = |integer: u128, at: u32| integer >> (32 * at) & 0xffff_ffff;
                let carry = |at: u32| at.checked_sub(1).map_or(0, |below| (word(sum, below) + word(s, below)) >> 32);
                (0..4).fold(0, |tag, at| tag | ((word(sum, at) + word(s, at) + carry(at)) & 0xffff_ffff) << (32 * at))
            }
        },
    },
    Mistake {
        name: "poly1305-s-missing",
        sentence: "Sends the accumulator without adding s",
        operations: BOTH,
        links: &[],
        wrong: |parts| poly1305(parts).blind = |sum, _| sum,
    },
    Mistake {
        name: "poly1305-s-xored",
        sentence: "Adds s to the accumulator with xor",
        operations: BOTH,
        links: &[],
        wrong: |parts| poly1305(parts).blind = |sum, s| sum ^ s,
    },
];
