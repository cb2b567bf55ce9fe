//! Mistakes in the variant and the version of Argon2, in H0 and in H'.

use super::{ARGON2, ARGON2I, ARGON2ID, argon2};
use crate::Mistake;
use crate::models::argon2::{Costs, H0, Variant, blake2b, h0, long_hash};

/// A number in four bytes, the lowest first.
fn word(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or_default().to_le_bytes()
}

/// H' of more than 64 bytes: this much of each digest but the last.
fn chain(input: &[u8], length: usize, last: fn(&[u8], usize) -> Vec<u8>) -> Vec<u8> {
    let mut hashed = [&word(length), input].concat();
    let mut output = Vec::new();
    while output.is_empty() || length - output.len() > 64 {
        hashed = blake2b(&hashed, 64);
        output.extend_from_slice(&hashed[..32]);
    }
    output.extend(last(&hashed, length - output.len()));
    output
}

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "argon2-is-argon2d",
        sentence: "Argon2d is computed, whose addresses depend on the password",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).variant = |_| Variant::D,
    },
    Mistake {
        name: "argon2-i-computed-as-id",
        sentence: "Argon2id is computed instead of Argon2i",
        operations: ARGON2I,
        links: &[],
        wrong: |parts| argon2(parts).variant = |_| Variant::Id,
    },
    Mistake {
        name: "argon2-id-computed-as-i",
        sentence: "Argon2i is computed instead of Argon2id",
        operations: ARGON2ID,
        links: &[],
        wrong: |parts| argon2(parts).variant = |_| Variant::I,
    },
    Mistake {
        name: "argon2-version-0x10",
        sentence: "The old version 0x10 is computed, as of a PHC string without v=",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).version = 0x10;
            argon2(parts).combines = |_| false;
        },
    },
    Mistake {
        name: "argon2-version-0x10-hashed",
        sentence: "H0 has the old version 0x10, while the blocks are filled as in 0x13",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).version = 0x10,
    },
    Mistake {
        name: "argon2-type-not-hashed",
        sentence: "H0 has the type 0 for every variant",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).h0 = |of| h0(&H0 { variant: Variant::D, ..*of }),
    },
    Mistake {
        name: "argon2-h0-has-the-rounded-memory",
        sentence: "H0 has the memory as it was rounded, instead of as it was asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).h0 = |of| {
                let memory_kib = (of.shape.lanes * of.shape.columns) as u64;
                h0(&H0 { costs: Costs { memory_kib, ..of.costs }, ..*of })
            };
        },
    },
    Mistake {
        name: "argon2-lanes-not-hashed",
        sentence: "H0 has one lane whatever is asked for",
        operations: ARGON2,
        links: &["https://github.com/golang/go/issues/23200"],
        wrong: |parts| argon2(parts).h0 = |of| h0(&H0 { costs: Costs { lanes: 1, ..of.costs }, ..*of }),
    },
    Mistake {
        name: "argon2-length-not-hashed",
        sentence: "H0 has a length of 32 bytes whatever is asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).h0 = |of| h0(&H0 { costs: Costs { length: 32, ..of.costs }, ..*of }),
    },
    Mistake {
        name: "argon2-passes-not-hashed",
        sentence: "H0 has one pass whatever is asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).h0 = |of| h0(&H0 { costs: Costs { passes: 1, ..of.costs }, ..*of }),
    },
    Mistake {
        name: "argon2-memory-hashed-in-bytes",
        sentence: "H0 has the memory in bytes",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).h0 =
                |of| h0(&H0 { costs: Costs { memory_kib: of.costs.memory_kib * 1024, ..of.costs }, ..*of });
        },
    },
    Mistake {
        name: "argon2-memory-and-passes-swapped-in-h0",
        sentence: "H0 has the passes before the memory",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).h0 = |of| {
                let costs = Costs { memory_kib: of.costs.passes, passes: of.costs.memory_kib, ..of.costs };
                h0(&H0 { costs, ..*of })
            };
        },
    },
    Mistake {
        name: "argon2-salt-in-front-of-the-password-in-h0",
        sentence: "H0 has the salt before the password",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).h0 = |of| h0(&H0 { password: of.salt, salt: of.password, ..*of }),
    },
    Mistake {
        name: "argon2-h0-big-endian",
        sentence: "The numbers in H0 have their highest byte first",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).h0 = |of| {
                let mut hashed = h0(of);
                hashed[..24].chunks_mut(4).for_each(<[u8]>::reverse);
                hashed
            };
        },
    },
    Mistake {
        name: "argon2-h0-without-lengths",
        sentence: "H0 has password and salt without their lengths in front",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).h0 = |of| {
                let fixed = h0(of)[..24].to_vec();
                [&fixed, of.password, of.salt, of.secret, of.associated_data].concat()
            };
        },
    },
    Mistake {
        name: "argon2-h0-without-the-empty-ones",
        sentence: "H0 ends with the salt, without the lengths of the secret and of the associated data",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).h0 = |of| {
                let whole = h0(of);
                whole[..32 + of.password.len() + of.salt.len()].to_vec()
            };
        },
    },
    Mistake {
        name: "argon2-first-blocks-swapped",
        sentence: "The first blocks of a lane are made of the lane's number before the block's",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).first = |h0, lane, index| [h0, &lane.to_le_bytes(), &index.to_le_bytes()].concat(),
    },
    Mistake {
        name: "argon2-first-blocks-of-every-lane-the-same",
        sentence: "The first blocks are made without the lane's number",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).first = |h0, _, index| [h0, &index.to_le_bytes(), &[0; 4]].concat(),
    },
    Mistake {
        name: "argon2-long-hash-from-64-on",
        sentence: "A key of exactly 64 bytes is already made of a chain of digests",
        operations: ARGON2,
        links: &["https://github.com/yandex/argon2/pull/2"],
        wrong: |parts| {
            argon2(parts).long_hash =
                |input, length| if length == 64 { chain(input, length, blake2b) } else { long_hash(input, length) }
        },
    },
    Mistake {
        name: "argon2-long-hash-last-digest-cut",
        sentence: "The last digest of a key above 64 bytes has 64 bytes and is cut",
        operations: ARGON2,
        links: &["https://github.com/randombit/botan/issues/2078"],
        wrong: |parts| {
            argon2(parts).long_hash = |input, length| match length {
                ..=64 => long_hash(input, length),
                _ => chain(input, length, |hashed, rest| blake2b(hashed, 64)[..rest].to_vec()),
            };
        },
    },
    Mistake {
        name: "argon2-long-hash-last-digest-not-hashed-again",
        sentence: "The end of a key above 64 bytes is the second half of the digest before",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).long_hash = |input, length| match length {
                ..=64 => long_hash(input, length),
                _ => chain(input, length, |hashed, rest| hashed.iter().copied().cycle().skip(32).take(rest).collect()),
            };
        },
    },
    Mistake {
        name: "argon2-long-hash-of-whole-digests",
        sentence: "All 64 bytes of each digest are used instead of 32",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).long_hash = |input, length| {
                if length <= 64 {
                    return long_hash(input, length);
                }
                let mut output = blake2b(&[&word(length), input].concat(), 64);
                while output.len() < length {
                    output.extend(blake2b(&output[output.len() - 64..], 64));
                }
                output.truncate(length);
                output
            };
        },
    },
    Mistake {
        name: "argon2-long-hash-without-the-length",
        sentence: "The length is not hashed in front",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).long_hash =
                |input, length| if length > 64 { chain(input, length, blake2b) } else { blake2b(input, length) }
        },
    },
    Mistake {
        name: "argon2-short-key-is-a-cut-digest",
        sentence: "A key below 64 bytes is a cut digest of 64 bytes",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).long_hash = |input, length| match length {
                ..64 => blake2b(&[&word(length), input].concat(), 64)[..length].to_vec(),
                _ => long_hash(input, length),
            };
        },
    },
];
