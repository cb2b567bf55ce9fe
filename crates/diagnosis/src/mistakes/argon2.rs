//! Mistakes with the memory and the lanes of Argon2.

pub(super) mod filling;
pub(super) mod hashing;
pub(super) mod inputs;
pub(super) mod sizes;

use crate::models::argon2::{Argon2, Costs, costs, shape};
use crate::{Computed, Mistake, Parts, Stop};
use vectors::Reason;

const ARGON2: &[&str] = &["argon2i.derive", "argon2id.derive"];
const ARGON2I: &[&str] = &["argon2i.derive"];
const ARGON2ID: &[&str] = &["argon2id.derive"];
const REFUSED: Stop = Stop::Refuse(Reason::Parameter);

fn argon2(parts: &mut Parts) -> &mut Argon2 {
    parts.argon2.get_or_insert(Argon2::RIGHT)
}

/// Refuses what the port refuses, and then what everybody does.
fn costs_if(kept: fn(&Costs) -> bool, asked: Costs) -> Computed<Costs> {
    if kept(&asked) { costs(asked) } else { Err(REFUSED) }
}

/// What is above the ceilings is worked on.
fn costs_without_ceiling(asked: Costs, end: Stop) -> Computed<Costs> {
    costs(asked).map_err(|stop| if stop == Stop::Refuse(Reason::TooCostly) { end } else { stop })
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "argon2-memory-in-bytes",
        sentence: "The memory in KiB is passed to an interface that counts bytes, so that a thousandth is used, or refused as too little",
        operations: ARGON2,
        links: &[
            "https://github.com/jedisct1/libsodium-php/issues/214",
            "https://github.com/jedisct1/libsodium.js/issues/331",
            "https://github.com/samuel-lucas6/Geralt/issues/12",
        ],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { memory_kib: asked.memory_kib / 1024, ..asked }),
    },
    Mistake {
        name: "argon2-memory-a-thousandfold",
        sentence: "The memory is multiplied by 1,024, as if it was wanted in bytes, so that too much is used, until there is no more",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| match asked.memory_kib * 1024 {
                memory_kib @ ..=0x8000 => costs(Costs { memory_kib, ..asked }),
                _ => Err(Stop::Crash),
            };
        },
    },
    Mistake {
        name: "argon2-memory-in-kilobytes",
        sentence: "The memory is counted in units of 1,000 bytes instead of 1,024",
        operations: ARGON2,
        links: &["https://github.com/kmaragon/Konscious.Security.Cryptography/issues/31"],
        wrong: |parts| {
            argon2(parts).costs = |asked| costs(Costs { memory_kib: asked.memory_kib * 1000 / 1024, ..asked });
        },
    },
    Mistake {
        name: "argon2-memory-ignored",
        sentence: "The memory is always 64 KiB, whatever is asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs(asked).and_then(|asked| costs(Costs { memory_kib: 64.max(8 * asked.lanes), ..asked }));
        },
    },
    Mistake {
        name: "argon2-memory-raised-to-the-least",
        sentence: "Memory below eight KiB a lane is silently raised to it instead of being refused",
        operations: ARGON2,
        links: &[
            "https://github.com/P-H-C/phc-winner-argon2/issues/42",
            "https://github.com/mheyman/Isopoh.Cryptography.Argon2/issues/47",
        ],
        wrong: |parts| {
            argon2(parts).costs = |asked| costs(Costs { memory_kib: asked.memory_kib.max(8 * asked.lanes), ..asked });
        },
    },
    Mistake {
        name: "argon2-passes-and-memory-swapped",
        sentence: "Passes and memory are swapped: the KiB are taken as passes, and the passes as KiB, of which at least eight a lane are filled",
        operations: ARGON2,
        links: &["https://github.com/patcito/mindwallet/issues/13"],
        wrong: |parts| {
            let argon2 = argon2(parts);
            argon2.costs = |asked| {
                costs(asked)?;
                Ok(Costs { passes: asked.memory_kib, memory_kib: asked.passes, ..asked })
            };
            argon2.shape = |costs| shape(costs, |memory, lanes| memory.max(8 * lanes) / (4 * lanes) * 4);
        },
    },
    Mistake {
        name: "argon2-memory-too-small-is-a-crash",
        sentence: "Memory below eight KiB a lane is used until the program crashes",
        operations: ARGON2,
        links: &["https://github.com/mheyman/Isopoh.Cryptography.Argon2/issues/47"],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| if asked.memory_kib < 8 * asked.lanes { Err(Stop::Crash) } else { costs(asked) }
        },
    },
    Mistake {
        name: "argon2-memory-of-whole-segments-only",
        sentence: "Memory that is not a multiple of four KiB a lane is refused instead of being rounded down",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs_if(|asked| asked.memory_kib.is_multiple_of(4 * asked.lanes.max(1)), asked);
        },
    },
    Mistake {
        name: "argon2-memory-in-32-bits",
        sentence: "The memory wraps at 2^32, so that a little more than that is a few KiB",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { memory_kib: asked.memory_kib % (1 << 32), ..asked }),
    },
    Mistake {
        name: "argon2-memory-without-a-ceiling",
        sentence: "Any amount of memory is requested, until the system has no more",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs = |asked| match asked.memory_kib {
                0x10_0001.. => costs_without_ceiling(asked, Stop::Crash),
                _ => costs(asked),
            };
        },
    },
    Mistake {
        name: "argon2-zeros-above-8-mib",
        sentence: "Above 8 MiB the allocation fails, and the key is zeros instead of an error",
        operations: ARGON2,
        links: &["https://github.com/jedisct1/libsodium.js/issues/311"],
        wrong: |parts| argon2(parts).allocates = |costs| costs.memory_kib <= 8_192,
    },
    Mistake {
        name: "argon2-lanes-ignored",
        sentence: "One lane is used and hashed, whatever is asked for",
        operations: ARGON2,
        links: &["https://github.com/jedisct1/libsodium/issues/590"],
        wrong: |parts| argon2(parts).costs = |asked| costs(asked).map(|asked| Costs { lanes: 1, ..asked }),
    },
    Mistake {
        name: "argon2-one-lane-only",
        sentence: "More than one lane is refused, as libsodium has only one",
        operations: ARGON2,
        links: &["https://github.com/jedisct1/libsodium/issues/590"],
        wrong: |parts| argon2(parts).costs = |asked| costs_if(|asked| asked.lanes <= 1, asked),
    },
    Mistake {
        name: "argon2-lanes-in-8-bits",
        sentence: "The lanes are kept in one byte, so that 257 are one",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs(asked).map(|asked| Costs { lanes: (asked.lanes % 256).max(1), ..asked });
        },
    },
    Mistake {
        name: "argon2-lanes-in-32-bits",
        sentence: "The lanes wrap at 2^32, so that one more than that is one",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { lanes: asked.lanes % (1 << 32), ..asked }),
    },
    Mistake {
        name: "argon2-no-lane-is-one",
        sentence: "Zero lanes are treated as one instead of being refused",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { lanes: asked.lanes.max(1), ..asked }),
    },
    Mistake {
        name: "argon2-no-lane-is-a-crash",
        sentence: "Zero lanes cause a division by zero",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| if asked.lanes == 0 { Err(Stop::Crash) } else { costs(asked) },
    },
    Mistake {
        name: "argon2-lanes-filled-as-one",
        sentence: "The memory is filled as one lane, while H0 has the lanes that were asked for",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).shape = |costs| shape(Costs { lanes: 1, ..costs }, |memory, lanes| memory / (4 * lanes) * 4);
        },
    },
    Mistake {
        name: "argon2-memory-not-rounded",
        sentence: "The memory is not rounded down to whole segments, and the last block of a lane is one that nobody fills",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).shape = |costs| shape(costs, |memory, lanes| memory / lanes),
    },
    Mistake {
        name: "argon2-memory-rounded-up",
        sentence: "The memory is rounded up to whole segments instead of down",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).shape = |costs| shape(costs, |memory, lanes| memory.div_ceil(4 * lanes) * 4),
    },
    Mistake {
        name: "argon2-memory-rounded-for-one-lane",
        sentence: "The memory is rounded down to a multiple of four KiB for any number of lanes",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).shape = |costs| shape(costs, |memory, lanes| memory / 4 * 4 / lanes),
    },
    Mistake {
        name: "argon2-memory-of-a-power-of-two",
        sentence: "The memory of a lane is rounded down to a power of two",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).shape = |costs| shape(costs, |memory, lanes| 1 << (memory / lanes).max(8).ilog2()),
    },
    Mistake {
        name: "argon2-passes-capped-at-10",
        sentence: "More than 10 passes are silently made 10",
        operations: ARGON2,
        links: &[],
        wrong: |parts| argon2(parts).costs = |asked| costs(Costs { passes: asked.passes.min(10), ..asked }),
    },
    Mistake {
        name: "argon2-memory-capped-at-64-mib",
        sentence: "More memory than 64 MiB is silently made 64 MiB",
        operations: ARGON2,
        links: &[],
        wrong: |parts| {
            argon2(parts).costs =
                |asked| costs(asked).map(|asked| Costs { memory_kib: asked.memory_kib.min(65_536), ..asked });
        },
    },
];
