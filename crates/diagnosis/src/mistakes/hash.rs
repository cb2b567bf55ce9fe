//! Mistakes in SHA-512.

use super::taking;
use crate::models::hash::{BLOCK_BYTES, Hash, Sha512, in_words, pad};
use crate::{Mistake, Parts};
use primitives::hash::sha256;

const DIGEST: &[&str] = &["sha512.digest"];

/// SHA-384 (FIPS 180-4 §5.3.4): another initial value, and a cut.
pub(super) const SHA384: Sha512 = Sha512 {
    initial: [
        0xcbbb_9d5d_c105_9ed8,
        0x629a_292a_367c_d507,
        0x9159_015a_3070_dd17,
        0x152f_ecd8_f70e_5939,
        0x6733_2667_ffc0_0b31,
        0x8eb4_4a87_6858_1511,
        0xdb0c_2e0d_64f9_8fa7,
        0x47b5_481d_befa_4fa4,
    ],
    bytes: 48,
    ..Sha512::RIGHT
};

/// SHA-512/256 (FIPS 180-4 §5.3.6.2): another initial value, and a cut.
pub(super) const SHA512_256: Sha512 = Sha512 {
    initial: [
        0x2231_2194_fc2b_f72c,
        0x9f55_5fa3_c84c_64c2,
        0x2393_b86b_6f53_b151,
        0x9638_7719_5940_eabd,
        0x9628_3ee2_a88e_ffe3,
        0xbe5e_1e25_5386_3992,
        0x2b01_99fc_2c85_b8aa,
        0x0eb7_2ddc_81c5_2ca2,
    ],
    bytes: 32,
    ..Sha512::RIGHT
};

pub(super) fn hash(parts: &mut Parts) -> &mut Hash {
    parts.hash.get_or_insert(Hash::RIGHT)
}

fn sha512(parts: &mut Parts) -> &mut Sha512 {
    &mut hash(parts).sha512
}

/// Pads into the block at hand, even where the length then lies over the message's end.
pub(super) fn pad_one_block(tail: &mut [u8; 2 * BLOCK_BYTES], used: usize, total: u64) -> usize {
    tail[used] = 0x80;
    tail[BLOCK_BYTES - 16..BLOCK_BYTES].copy_from_slice(&(u128::from(total) * 8).to_be_bytes());
    1
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "sha512-is-sha256",
        sentence: "SHA-256 is used instead of SHA-512",
        operations: DIGEST,
        links: &[],
        wrong: |parts| hash(parts).digest = |_, message| sha256(message).to_vec(),
    },
    Mistake {
        name: "sha512-is-sha384",
        sentence: "SHA-384 is used instead of SHA-512",
        operations: DIGEST,
        links: &[],
        wrong: |parts| *sha512(parts) = SHA384,
    },
    Mistake {
        name: "sha512-is-sha512-256",
        sentence: "SHA-512/256 is used instead of SHA-512",
        operations: DIGEST,
        links: &[],
        wrong: |parts| *sha512(parts) = SHA512_256,
    },
    Mistake {
        name: "sha512-initial-value-of-sha384",
        sentence: "The hash starts from the initial value of SHA-384 and is not cut",
        operations: DIGEST,
        links: &[],
        wrong: |parts| sha512(parts).initial = SHA384.initial,
    },
    Mistake {
        name: "sha512-length-in-bytes",
        sentence: "The length field of the padding counts bytes instead of bits",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| {
                let blocks = pad(tail, used, total);
                tail[blocks * BLOCK_BYTES - 8..blocks * BLOCK_BYTES].copy_from_slice(&total.to_be_bytes());
                blocks
            };
        },
    },
    Mistake {
        name: "sha512-length-little-endian",
        sentence: "The length field of the padding has its lowest byte first",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| {
                let blocks = pad(tail, used, total);
                tail[blocks * BLOCK_BYTES - 16..blocks * BLOCK_BYTES].reverse();
                blocks
            };
        },
    },
    Mistake {
        name: "sha512-length-in-8-bits",
        sentence: "The length in bits is kept in one byte, so that it is wrong from 32 bytes on",
        operations: DIGEST,
        links: &[],
        wrong: |parts| sha512(parts).pad = |tail, used, total| pad(tail, used, total % 32),
    },
    Mistake {
        name: "sha512-length-in-16-bits",
        sentence: "The length in bits is kept in two bytes, so that it is wrong from 8,192 bytes on",
        operations: DIGEST,
        links: &[],
        wrong: |parts| sha512(parts).pad = |tail, used, total| pad(tail, used, total % (1 << 13)),
    },
    Mistake {
        name: "sha512-length-field-of-8-bytes",
        sentence: "The padding leaves 8 bytes for the length, as SHA-256 does, so that it ends a block too early after 112 to 119 bytes",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| match used {
                112..120 => {
                    tail[used] = 0x80;
                    tail[BLOCK_BYTES - 8..BLOCK_BYTES].copy_from_slice(&(total * 8).to_be_bytes());
                    1
                }
                _ => pad(tail, used, total),
            };
        },
    },
    Mistake {
        name: "sha512-padding-in-one-block",
        sentence: "The padding never takes a block of its own, so that its length lies over the message's end from 112 bytes on",
        operations: DIGEST,
        links: &[],
        wrong: |parts| sha512(parts).pad = pad_one_block,
    },
    Mistake {
        name: "sha512-padding-late-by-one",
        sentence: "The padding takes a second block from 113 bytes on instead of 112",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| match used {
                112 => pad_one_block(tail, used, total),
                _ => pad(tail, used, total),
            };
        },
    },
    Mistake {
        name: "sha512-padding-early-by-one",
        sentence: "The padding takes a second block already after 111 bytes",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| {
                let padded = pad(tail, used, total);
                if used == 111 {
                    tail.copy_within(BLOCK_BYTES - 16..BLOCK_BYTES, 2 * BLOCK_BYTES - 16);
                    tail[BLOCK_BYTES - 16..BLOCK_BYTES].fill(0);
                }
                if used == 111 { 2 } else { padded }
            };
        },
    },
    Mistake {
        name: "sha512-whole-blocks-not-padded",
        sentence: "A message of whole blocks is not padded",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| match (used, total) {
                (0, 1..) => 0,
                _ => pad(tail, used, total),
            };
        },
    },
    Mistake {
        name: "sha512-padding-bit-at-the-wrong-end",
        sentence: "The padding starts with the byte 01 instead of 80",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).pad = |tail, used, total| {
                let blocks = pad(tail, used, total);
                tail[used] = 1;
                blocks
            };
        },
    },
    Mistake {
        name: "sha512-words-little-endian",
        sentence: "The words of a block are read with their lowest byte first",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            sha512(parts).words = |block| {
                let mut words = *block;
                words.chunks_exact_mut(8).for_each(<[u8]>::reverse);
                words
            };
        },
    },
    Mistake {
        name: "sha512-digest-little-endian",
        sentence: "The words of the digest are written with their lowest byte first",
        operations: DIGEST,
        links: &[],
        wrong: |parts| sha512(parts).read = |state| in_words(state, u64::to_le_bytes),
    },
    Mistake {
        name: "sha512-message-as-text",
        sentence: "The bytes of the message are treated as characters and encoded as UTF-8 before they are hashed",
        operations: DIGEST,
        links: &["https://github.com/bitwiseshiftleft/sjcl/issues/225"],
        wrong: |parts| hash(parts).message = taking::utf8_of_latin1,
    },
    Mistake {
        name: "sha512-message-up-to-nul",
        sentence: "The message ends at its first NUL",
        operations: DIGEST,
        links: &[],
        wrong: |parts| hash(parts).message = taking::up_to_nul,
    },
    Mistake {
        name: "sha512-message-length-in-16-bits",
        sentence: "The message's length is kept in two bytes, so that 65,536 bytes count as none",
        operations: DIGEST,
        links: &[],
        wrong: |parts| hash(parts).message = taking::length_in_bits::<16>,
    },
    Mistake {
        name: "sha512-empty-message-refused",
        sentence: "An empty message is refused",
        operations: DIGEST,
        links: &[],
        wrong: |parts| {
            hash(parts).message = taking::at_least::<1>;
        },
    },
];
