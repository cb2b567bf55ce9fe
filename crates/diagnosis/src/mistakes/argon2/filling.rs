//! Mistakes in how Argon2 fills its blocks.

use super::{ARGON2, ARGON2I, ARGON2ID, argon2};
use crate::Mistake;
use crate::models::argon2::{
    Lane, Place, SLICES, Variant, address_words, any_lane, area, compress, compress_with, finished, independent, scaled,
};

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "argon2-other-lanes-with-the-segment-at-hand",
        sentence: "Blocks of the segment that is being filled can be referred to in other lanes as well",
        operations: ARGON2,
        links: &["https://github.com/LoupVaillant/Monocypher/issues/263"],
        wrong: |parts| argon2(parts).area = |place, _| area(place, Lane::Own),
    },
    Mistake {
        name: "argon2-other-lanes-in-the-first-slice",
        sentence: "In the first slice of the first pass other lanes can be referred to, which hold nothing yet",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).lane = any_lane,
    },
    Mistake {
        name: "argon2-own-lane-only",
        sentence: "A block always refers to its own lane",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).lane = |place, _| place.lane,
    },
    Mistake {
        name: "argon2-other-lanes-with-the-last-block",
        sentence: "The first block of a segment can refer to the last block of the segments before in other lanes",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).area = |place, whose| match whose {
                Lane::Own => area(place, whose),
                Lane::Other => finished(place),
            };
        },
    },
    Mistake {
        name: "argon2-other-lanes-always-without-the-last-block",
        sentence: "No block can refer to the last block of the segments before in other lanes",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).area = |place, whose| match whose {
                Lane::Own => area(place, whose),
                Lane::Other => finished(place).saturating_sub(1),
            };
        },
    },
    Mistake {
        name: "argon2-block-before-referred-to",
        sentence: "A block can refer to the block just before it, which is already an input",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).area = |place, whose| match whose {
                Lane::Own => finished(place) + place.index,
                Lane::Other => area(place, whose),
            };
        },
    },
    Mistake {
        name: "argon2-later-passes-as-the-first",
        sentence: "In later passes only the blocks of the same pass can be referred to",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).area = |place, whose| match (place.pass, place.slice, place.index) {
                (0, ..) | (_, 0, ..=1) => area(place, whose),
                _ => area(&Place { pass: 0, ..*place }, whose),
            };
            argon2(parts).start = |_| 0;
        },
    },
    Mistake {
        name: "argon2-later-passes-from-the-first-column",
        sentence: "In later passes the blocks that can be referred to are counted from the first column",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).start = |_| 0,
    },
    Mistake {
        name: "argon2-reference-without-the-square",
        sentence: "The number that picks a block is not squared, so that early and late blocks are as likely",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).map = |lower, area| area.wrapping_sub(1).wrapping_sub(scaled(lower, area)),
    },
    Mistake {
        name: "argon2-reference-from-the-front",
        sentence: "The number that picks a block counts from the front instead of from the end",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).map = |lower, area| scaled((lower * lower) >> 32, area),
    },
    Mistake {
        name: "argon2-reference-by-remainder",
        sentence: "A block is picked by a remainder instead of a product",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).map = |lower, area| usize::try_from(lower % (area.max(1) as u64)).unwrap_or_default();
        },
    },
    Mistake {
        name: "argon2-address-halves-swapped",
        sentence: "The upper half of an address picks the block and the lower half the lane",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).halves = |address| [address >> 32, address & 0xffff_ffff],
    },
    Mistake {
        name: "argon2-addresses-not-refreshed",
        sentence: "The 128 addresses of a segment are used again for the blocks after them",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).refresh = |index| index == 0,
    },
    Mistake {
        name: "argon2-addresses-refreshed-at-129",
        sentence: "New addresses are made after 129 blocks instead of 128",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).refresh = |index| index == 0 || index % 128 == 1 && index > 1,
    },
    Mistake {
        name: "argon2-addresses-counted-from-0",
        sentence: "The counter of the addresses begins at 0 instead of 1",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).address_words =
                |place, costs, variant, counter| address_words(place, costs, variant, counter - 1);
        },
    },
    Mistake {
        name: "argon2-addresses-compressed-once",
        sentence: "Addresses are compressed once instead of twice",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).addresses = |steps, words| (steps.compress)(&[0; 128], words),
    },
    Mistake {
        name: "argon2-addresses-with-the-memory-asked-for",
        sentence: "Addresses are made of the memory as it was asked for instead of as it was rounded",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).address_words = |place, costs, variant, counter| {
                let mut words = address_words(place, costs, variant, counter);
                words[3] = costs.memory_kib;
                words
            };
        },
    },
    Mistake {
        name: "argon2-addresses-lane-and-slice-swapped",
        sentence: "Addresses are made of the slice before the lane",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).address_words = |place, costs, variant, counter| {
                let mut words = address_words(place, costs, variant, counter);
                words.swap(1, 2);
                words
            };
        },
    },
    Mistake {
        name: "argon2-addresses-without-the-type",
        sentence: "Addresses are made without the type",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).address_words = |place, costs, _, counter| address_words(place, costs, Variant::D, counter);
        },
    },
    Mistake {
        name: "argon2-addresses-without-the-passes",
        sentence: "Addresses are made without the number of passes",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).address_words = |place, costs, variant, counter| {
                let mut words = address_words(place, costs, variant, counter);
                words[4] = 0;
                words
            };
        },
    },
    Mistake {
        name: "argon2-id-depends-on-the-password-throughout",
        sentence: "Argon2id takes its addresses from the blocks also in the first half of the first pass",
        operations: ARGON2ID,
        links: &[],
        wrong: |parts| argon2(parts).independent = |_, _| false,
    },
    Mistake {
        name: "argon2-id-never-depends-on-the-password",
        sentence: "Argon2id never takes its addresses from the blocks",
        operations: ARGON2ID,
        links: &[],
        wrong: |parts| argon2(parts).independent = |_, _| true,
    },
    Mistake {
        name: "argon2-id-independent-for-the-first-pass",
        sentence: "Argon2id takes no addresses from the blocks in all of the first pass",
        operations: ARGON2ID,
        links: &[],
        wrong: |parts| argon2(parts).independent = |_, place| place.pass == 0,
    },
    Mistake {
        name: "argon2-id-independent-for-one-slice",
        sentence: "Argon2id takes no addresses from the blocks in one slice instead of two",
        operations: ARGON2ID,
        links: &[],
        wrong: |parts| argon2(parts).independent = |_, place| place.pass == 0 && place.slice < 1,
    },
    Mistake {
        name: "argon2-id-independent-in-every-pass",
        sentence: "Argon2id takes no addresses from the blocks in the first half of every pass",
        operations: ARGON2ID,
        links: &[],
        wrong: |parts| argon2(parts).independent = |_, place| place.slice < 2,
    },
    Mistake {
        name: "argon2-i-depends-on-the-password",
        sentence: "Argon2i takes its addresses from the blocks",
        operations: ARGON2I,
        links: &[],
        wrong: |parts| argon2(parts).independent = |_, _| false,
    },
    Mistake {
        name: "argon2-i-independent-for-the-first-pass",
        sentence: "Argon2i takes its addresses from the blocks from the second pass on",
        operations: ARGON2I,
        links: &[],
        wrong: |parts| argon2(parts).independent = |variant, place| place.pass == 0 && independent(variant, place),
    },
    Mistake {
        name: "argon2-lanes-one-behind-the-other",
        sentence: "Each lane is filled to its end before the next, without waiting after each slice",
        operations: ARGON2,
        links: &["https://github.com/golang/go/issues/23200"],
        wrong: |parts| {
            argon2(parts).order =
                |lanes| (0..lanes).flat_map(|lane| (0..SLICES).map(move |slice| (slice, lane))).collect();
        },
    },
    Mistake {
        name: "argon2-overwrite-in-later-passes",
        sentence: "In later passes a block is overwritten instead of combined, as in version 0x10",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).combines = |_| false,
    },
    Mistake {
        name: "argon2-plain-blake2b-rounds",
        sentence: "The rounds add as in BLAKE2b, without the product",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).compress = |left, right| compress_with(left, right, u64::wrapping_add),
    },
    Mistake {
        name: "argon2-product-not-doubled",
        sentence: "The product in the rounds is not doubled",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).compress = |left, right| {
                compress_with(left, right, |a, b| {
                    a.wrapping_add(b).wrapping_add((a & 0xffff_ffff).wrapping_mul(b & 0xffff_ffff))
                })
            };
        },
    },
    Mistake {
        name: "argon2-product-of-whole-words",
        sentence: "The product in the rounds is of whole words instead of their lower halves",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).compress =
                |left, right| compress_with(left, right, |a, b| a.wrapping_add(b).wrapping_add(a.wrapping_mul(b) << 1));
        },
    },
    Mistake {
        name: "argon2-compression-without-its-input",
        sentence: "The input of the compression is not combined with its output",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).compress = |left, right| {
                let whole = compress(left, right);
                std::array::from_fn(|at| whole[at] ^ left[at] ^ right[at])
            };
        },
    },
    Mistake {
        name: "argon2-first-lane-only-at-the-end",
        sentence: "The key is made of the first lane's last block instead of all lanes'",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).last = |memory, shape| memory[shape.columns - 1],
    },
    Mistake {
        name: "argon2-last-lane-only-at-the-end",
        sentence: "The key is made of the last lane's last block instead of all lanes'",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).last = |memory, shape| memory[shape.lanes * shape.columns - 1],
    },
];
