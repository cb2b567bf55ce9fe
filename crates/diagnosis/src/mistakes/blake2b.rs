//! Mistakes in BLAKE2b.

use super::{hmac, taking};
use crate::models::blake2b::{BLOCK_BYTES, Blake2b, length};
use crate::models::hash::as_given;
use crate::{Mistake, Parts, Stop};
use primitives::hash::sha512;
use primitives::rounds::blake2s;
use vectors::Reason;

const BLAKE2B: &[&str] = &["blake2b.digest"];

fn blake2b(parts: &mut Parts) -> &mut Blake2b {
    parts.blake2b.get_or_insert(Blake2b::RIGHT)
}

/// BLAKE2b-512 without a key.
fn plain(message: &[u8]) -> Vec<u8> {
    Blake2b::RIGHT.hash(message, &[], 64)
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "blake2b-digest-of-64-cut",
        sentence: "A digest of 64 bytes is computed and cut, instead of a digest of the requested length",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).parameters = |key, _| (Blake2b::RIGHT.parameters)(key, 64),
    },
    Mistake {
        name: "blake2b-digest-of-32-cut",
        sentence: "A digest of 32 bytes, the default of libsodium, is computed and cut when less is asked for",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).parameters = |key, length| (Blake2b::RIGHT.parameters)(key, length.max(32)),
    },
    Mistake {
        name: "blake2b-length-not-in-the-parameters",
        sentence: "The digest's length is left out of the parameter block",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).parameters = |key, _| (Blake2b::RIGHT.parameters)(key, 0),
    },
    Mistake {
        name: "blake2b-digest-cut-from-the-end",
        sentence: "A short digest is the end of the state instead of its front",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).cut = |state, length| state[64 - length..].to_vec(),
    },
    Mistake {
        name: "blake2b-digest-always-64",
        sentence: "The digest has 64 bytes whatever length is asked for",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).length = |asked| length(asked).map(|_| 64),
    },
    Mistake {
        name: "blake2b-usual-lengths-only",
        sentence: "Only digests of 16, 20, 32, 48 and 64 bytes are supported, others are refused",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).length = |asked| match asked {
                16 | 20 | 32 | 48 | 64 => length(asked),
                _ => Err(Stop::Refuse(Reason::Parameter)),
            };
        },
    },
    Mistake {
        name: "blake2b-length-above-64-cut",
        sentence: "A length above 64 bytes is treated as 64 instead of being refused",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).length = |asked| length(asked.min(64)),
    },
    Mistake {
        name: "blake2b-length-in-8-bits",
        sentence: "The length is kept in one byte, so that 272 is 16",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).length = |asked| match asked % 256 {
                0 => Ok(64),
                low => length(low),
            };
        },
    },
    Mistake {
        name: "blake2b-length-not-checked",
        sentence: "A length outside 1 to 64 is used until the program crashes",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).length = |asked| length(asked).map_err(|_| Stop::Crash),
    },
    Mistake {
        name: "blake2b-key-length-not-in-the-parameters",
        sentence: "The key's length is left out of the parameter block",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).parameters = |_, length| (Blake2b::RIGHT.parameters)(0, length),
    },
    Mistake {
        name: "blake2b-parameters-swapped",
        sentence: "The parameter block has the key's length first and the digest's second",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).parameters = |key, length| (Blake2b::RIGHT.parameters)(length, key),
    },
    Mistake {
        name: "blake2b-parameters-without-the-tree",
        sentence: "Fan-out and depth, which are 1 for a plain hash, are 0 in the parameter block",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).parameters = |key, length| (Blake2b::RIGHT.parameters)(key, length) & 0xffff,
    },
    Mistake {
        name: "blake2b-key-not-padded",
        sentence: "The message follows the key directly, instead of beginning a block of its own",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).key_block = <[u8]>::to_vec,
    },
    Mistake {
        name: "blake2b-no-key-is-a-block",
        sentence: "An empty key is hashed as a block of zeros instead of none",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).key_block = |key| {
                let mut block = key.to_vec();
                block.resize(BLOCK_BYTES, 0);
                block
            };
        },
    },
    Mistake {
        name: "blake2b-key-ignored",
        sentence: "The key is not used at all",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).key = |key| (Blake2b::RIGHT.key)(key).and_then(|_| taking::ignored(key)),
    },
    Mistake {
        name: "blake2b-key-in-front-of-the-message",
        sentence: "The key is hashed as the front of the message, without a key in the parameter block",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).hash = |_, message, key, length| Blake2b::RIGHT.hash(&[key, message].concat(), &[], length);
        },
    },
    Mistake {
        name: "blake2b-key-behind-the-message",
        sentence: "The key is hashed as the end of the message, without a key in the parameter block",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).hash = |_, message, key, length| Blake2b::RIGHT.hash(&[message, key].concat(), &[], length);
        },
    },
    Mistake {
        name: "blake2b-key-and-message-swapped",
        sentence: "Key and message are swapped, where both fit",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).hash = |_, message, key, length| match message.len() {
                0..=64 => Blake2b::RIGHT.hash(key, message, length),
                _ => Blake2b::RIGHT.hash(message, key, length),
            };
        },
    },
    Mistake {
        name: "blake2b-keyed-by-hmac",
        sentence: "With a key HMAC-BLAKE2b is computed instead of keyed BLAKE2b",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).hash = |_, message, key, length| match key {
                [] => Blake2b::RIGHT.hash(message, key, length),
                _ => hmac::generic(plain, BLOCK_BYTES, key, message)[..length].to_vec(),
            };
        },
    },
    Mistake {
        name: "blake2b-keyed-by-hmac-with-block-64",
        sentence: "With a key HMAC-BLAKE2b is computed instead of keyed BLAKE2b, and with the block of BLAKE2s",
        operations: BLAKE2B,
        links: &["https://rustsec.org/advisories/RUSTSEC-2019-0019.html"],
        wrong: |parts| {
            blake2b(parts).hash = |_, message, key, length| match key {
                [] => Blake2b::RIGHT.hash(message, key, length),
                _ => hmac::generic(plain, 64, key, message)[..length].to_vec(),
            };
        },
    },
    Mistake {
        name: "blake2b-key-cut-at-32",
        sentence: "A key above 32 bytes, the most that BLAKE2s takes, is cut",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).key =
                |key| if key.len() > 64 { Err(Stop::Refuse(Reason::Parameter)) } else { taking::cut::<32>(key) };
        },
    },
    Mistake {
        name: "blake2b-long-key-cut",
        sentence: "A key above 64 bytes is cut instead of being refused",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).key = taking::cut::<64>,
    },
    Mistake {
        name: "blake2b-long-key-hashed",
        sentence: "A key above 64 bytes is hashed instead of being refused",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).key = |key| if key.len() > 64 { Ok(plain(key).into()) } else { as_given(key) };
        },
    },
    Mistake {
        name: "blake2b-key-below-16-refused",
        sentence: "A key below 16 bytes, libsodium's least, is refused",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).key = |key| match key.len() {
                1..16 => Err(Stop::Refuse(Reason::Parameter)),
                _ => (Blake2b::RIGHT.key)(key),
            };
        },
    },
    Mistake {
        name: "blake2b-key-without-nuls-at-the-end",
        sentence: "NULs at the end of the key are taken off, so that it loses its length",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).key = |key| (Blake2b::RIGHT.key)(key).and_then(|_| taking::without_nuls_at_the_end(key));
        },
    },
    Mistake {
        name: "blake2b-is-blake2s",
        sentence: "BLAKE2s is used instead of BLAKE2b, and crashes on lengths that it does not have",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).key = |key| if key.len() > 32 { Err(Stop::Crash) } else { as_given(key) };
            blake2b(parts).length =
                |asked| length(asked).and_then(|length| if length > 32 { Err(Stop::Crash) } else { Ok(length) });
            blake2b(parts).hash = |_, message, key, length| blake2s(message, key, length);
        },
    },
    Mistake {
        name: "blake2b-is-sha512-cut",
        sentence: "SHA-512 is computed and cut instead of BLAKE2b, with the key in front",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).hash = |_, message, key, length| sha512(&[key, message].concat())[..length].to_vec();
        },
    },
    Mistake {
        name: "blake2b-block-of-64",
        sentence: "Blocks have 64 bytes, as with BLAKE2s, and half of each stays empty",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).block = 64,
    },
    Mistake {
        name: "blake2b-full-last-block-not-last",
        sentence: "A message of whole blocks gets an empty block after it, which is marked as the last",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).last = |total, block| total % block,
    },
    Mistake {
        name: "blake2b-counter-of-whole-blocks",
        sentence: "The last block is counted with its padding",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).counter = |counted| (counted.before + counted.block) as u64,
    },
    Mistake {
        name: "blake2b-counter-behind-by-a-block",
        sentence: "The counter of a block leaves out the block itself",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).counter = |counted| counted.before as u64,
    },
    Mistake {
        name: "blake2b-counter-without-the-key",
        sentence: "The counter leaves out the block of the key",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).counter = |counted| counted.done.saturating_sub(counted.key) as u64,
    },
    Mistake {
        name: "blake2b-counter-in-8-bits",
        sentence: "The counter is kept in one byte, so that it is wrong from 256 bytes on",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).counter = |counted| counted.done as u64 % 256,
    },
    Mistake {
        name: "blake2b-last-block-not-marked",
        sentence: "The last block is not marked",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).last_mark = 0,
    },
    Mistake {
        name: "blake2b-last-block-not-cleared",
        sentence: "The last block still holds bytes of the block before it, after the end of the message",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).stale = |before, _| *before,
    },
    Mistake {
        name: "blake2b-ten-rounds",
        sentence: "Ten rounds are made, as with BLAKE2s, instead of twelve",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).rounds = 10,
    },
    Mistake {
        name: "blake2b-rotations-of-blake",
        sentence: "The rotations are those of BLAKE-512, BLAKE2b's predecessor",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).rotations = [32, 25, 16, 11],
    },
    Mistake {
        name: "blake2b-empty-message-refused",
        sentence: "An empty message is refused",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).message = taking::at_least::<1>,
    },
    Mistake {
        name: "blake2b-keyed-empty-message-gets-a-block",
        sentence: "With a key and no message an empty block is hashed after that of the key",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| {
            blake2b(parts).last = |total, block| match total {
                BLOCK_BYTES => 0,
                _ => (Blake2b::RIGHT.last)(total, block),
            };
        },
    },
    Mistake {
        name: "blake2b-message-as-text",
        sentence: "The bytes of the message are treated as characters and encoded as UTF-8 before they are hashed",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).message = taking::utf8_of_latin1,
    },
    Mistake {
        name: "blake2b-message-up-to-nul",
        sentence: "The message ends at its first NUL",
        operations: BLAKE2B,
        links: &[],
        wrong: |parts| blake2b(parts).message = taking::up_to_nul,
    },
];
