//! Mistakes with the passes of Argon2 and with the length of its key.

use super::{ARGON2, argon2, costs_if, costs_without_ceiling};
use crate::models::argon2::{Costs, costs};
use crate::{Mistake, Stop};

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "argon2-passes-one-too-many",
        sentence: "One pass more is made and hashed than asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { passes: asked.passes + 1, ..asked });
        },
    },
    Mistake {
        name: "argon2-passes-one-too-few",
        sentence: "One pass fewer is made and hashed than asked for, but at least one",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs(asked).map(|asked| Costs { passes: (asked.passes - 1).max(1), ..asked });
        },
    },
    Mistake {
        name: "argon2-passes-below-3-refused",
        sentence: "Fewer than three passes are refused, as libsodium does for Argon2i",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs_if(|asked| asked.passes >= 3, asked),
    },
    Mistake {
        name: "argon2-passes-raised-to-3",
        sentence: "Fewer than three passes are silently raised to three",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { passes: asked.passes.max(3), ..asked });
        },
    },
    Mistake {
        name: "argon2-passes-ignored",
        sentence: "Three passes are made and hashed, whatever is asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { passes: 3, ..asked }),
    },
    Mistake {
        name: "argon2-no-pass-is-one",
        sentence: "Zero passes are computed as one instead of being refused",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { passes: asked.passes.max(1), ..asked }),
    },
    Mistake {
        name: "argon2-no-pass-is-made",
        sentence: "Zero passes are accepted, and the key is made of memory that nobody filled",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| {
                costs(Costs { passes: asked.passes.max(1), ..asked })
                    .map(|costs| Costs { passes: asked.passes, ..costs })
            };
        },
    },
    Mistake {
        name: "argon2-passes-in-32-bits",
        sentence: "The passes wrap at 2^32, so that a few more than that are a few",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { passes: asked.passes % (1 << 32), ..asked }),
    },
    Mistake {
        name: "argon2-passes-without-a-ceiling",
        sentence: "Any number of passes is computed, even if it takes hours",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| match asked.passes {
                0x1_0000_0000.. => Err(Stop::Hang),
                _ => costs_without_ceiling(asked, Stop::Hang),
            };
        },
    },
    Mistake {
        name: "argon2-short-key-given-out",
        sentence: "A key below four bytes is returned instead of being refused",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| {
                costs(Costs { length: asked.length.max(4), ..asked })
                    .map(|costs| Costs { length: asked.length, ..costs })
            };
        },
    },
    Mistake {
        name: "argon2-no-length-is-32",
        sentence: "A length of 0 is treated as the default of 32 bytes instead of being refused",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs(Costs { length: if asked.length == 0 { 32 } else { asked.length }, ..asked });
        },
    },
    Mistake {
        name: "argon2-length-below-16-refused",
        sentence: "A key below 16 bytes, libsodium's least, is refused",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs_if(|asked| asked.length >= 16, asked),
    },
    Mistake {
        name: "argon2-length-above-64-refused",
        sentence: "A key above 64 bytes is refused",
        operations: ARGON2,
        links: &[
            "https://github.com/mheyman/Isopoh.Cryptography.Argon2/issues/47",
            "https://github.com/randombit/botan/issues/2078",
        ],
        wrong: |parts| argon2(parts).costs = |asked| costs_if(|asked| asked.length <= 64, asked),
    },
    Mistake {
        name: "argon2-length-above-64-cut",
        sentence: "A key above 64 bytes is cut to 64",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { length: asked.length.min(64), ..asked });
        },
    },
    Mistake {
        name: "argon2-length-in-8-bits",
        sentence: "The length of the key is kept in one byte",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs(asked).and_then(|asked| costs(Costs { length: asked.length % 256, ..asked }));
        },
    },
    Mistake {
        name: "argon2-length-in-32-bits",
        sentence: "The length wraps at 2^32, so that a longer key comes out short",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { length: asked.length % (1 << 32), ..asked }),
    },
    Mistake {
        name: "argon2-length-in-bits",
        sentence: "The length is read as bits, so that an eighth of the key comes out",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { length: asked.length.div_ceil(8), ..asked });
        },
    },
    Mistake {
        name: "argon2-length-ignored",
        sentence: "The key has 32 bytes whatever length is asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { length: 32, ..asked }),
    },
    Mistake {
        name: "argon2-length-without-a-ceiling",
        sentence: "A key of any length is made, until memory ends",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| match asked.length {
                0x10_0001.. => costs_without_ceiling(asked, Stop::Crash),
                _ => costs(asked),
            };
        },
    },
    Mistake {
        name: "argon2-key-of-64-cut",
        sentence: "A key of 64 bytes is computed and cut, instead of a key of the length asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).key = |steps, block, costs| {
                let length = usize::try_from(costs.length).unwrap_or_default();
                let mut key = (steps.long_hash)(block, length.max(64));
                key.truncate(length);
                key
            };
        },
    },
];
