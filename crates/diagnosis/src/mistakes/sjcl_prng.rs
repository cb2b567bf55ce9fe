//! Mistakes in SJCL's generator: its pools, its events, its clock, its keys.

use crate::models::fortuna::double;
use crate::models::sjcl_prng::{Counter, Event, Extent, SjclPrng, block, counted};
use crate::{Mistake, Parts};

const GENERATE: &[&str] = &["sjcl-prng.generate"];

/// The model of a port, a right one if no mistake was made in it before.
fn sjcl_prng(parts: &mut Parts) -> &mut SjclPrng {
    parts.sjcl_prng.get_or_insert(SjclPrng::RIGHT)
}

fn counted_from_the_last(mut counter: Counter) -> Counter {
    counter.reverse();
    counter = counted(counter);
    counter.reverse();
    counter
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "sjcl-prng-pools-32-from-the-start",
        sentence: "Begins with Fortuna's 32 pools",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).pools_at_first = 32,
    },
    Mistake {
        name: "sjcl-prng-pools-never-grow",
        sentence: "Keeps to the one pool that it begins with",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).grows = |_, _| false,
    },
    Mistake {
        name: "sjcl-prng-pools-grow-early",
        sentence: "Adds a pool when the number of reseeds, this one counted, reaches two to the power of the pools",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).grows = |reseeds, pools| reseeds + 1 >= 1 << pools,
    },
    Mistake {
        name: "sjcl-prng-fortuna-pool-rule",
        sentence: "Uses pool i at reseed n, counted from 1, if 2^i divides n, as Fortuna does",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).used =
                |reseeds, pools, _| (0..pools).filter(|pool| (reseeds + 1).is_multiple_of(1 << pool)).collect();
        },
    },
    Mistake {
        name: "sjcl-prng-reseeds-from-1",
        sentence: "Counts the reseeds from 1",
        operations: GENERATE,
        links: &["https://github.com/bitwiseshiftleft/sjcl/issues/59"],
        wrong: |parts| {
            sjcl_prng(parts).used = |reseeds, pools, extent| (SjclPrng::RIGHT.used)(reseeds + 1, pools, extent);
        },
    },
    Mistake {
        name: "sjcl-prng-some-pools-while-weak",
        sentence: "Uses only some of the pools while the generator is not ready; all are needed then",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).used = |reseeds, pools, _| (SjclPrng::RIGHT.used)(reseeds, pools, Extent::Some),
    },
    Mistake {
        name: "sjcl-prng-all-pools-always",
        sentence: "Takes all pools at every reseed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).used = |_, pools, _| (0..pools).collect(),
    },
    Mistake {
        name: "sjcl-prng-one-robin-for-all",
        sentence: "Uses one pool counter for all sources",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).robin = |state, _| state.events as usize % state.pools.len(),
    },
    Mistake {
        name: "sjcl-prng-source-id-from-name",
        sentence: "Writes a source's name where the place of its first event belongs",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).header = |state, source, event| {
                let mut header = (SjclPrng::RIGHT.header)(state, source, event);
                header[0] = event.source.into();
                header
            };
        },
    },
    Mistake {
        name: "sjcl-prng-events-numbered-by-source",
        sentence: "Numbers the events of each source separately",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).header = |state, source, event| {
                let mut header = (SjclPrng::RIGHT.header)(state, source, event);
                header[1] = state.sources[source].events;
                header
            };
        },
    },
    Mistake {
        name: "sjcl-prng-estimate-forgotten",
        sentence: "Leaves the estimate out of an event's words",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).header = |state, source, event| {
                let mut header = (SjclPrng::RIGHT.header)(state, source, event);
                header.remove(3);
                header
            };
        },
    },
    Mistake {
        name: "sjcl-prng-time-in-seconds",
        sentence: "Writes the time of an event in seconds",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).header = |state, source, event| {
                (SjclPrng::RIGHT.header)(state, source, &Event { now_ms: event.now_ms / 1000, ..*event })
            };
        },
    },
    Mistake {
        name: "sjcl-prng-text-length-in-bytes",
        sentence: "Writes a text's length in bytes of UTF-8",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).length = |event| match event.kind {
                3 => event.data.len(),
                _ => (SjclPrng::RIGHT.length)(event),
            };
        },
    },
    Mistake {
        name: "sjcl-prng-text-length-in-characters",
        sentence: "Writes a text's length in characters",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).length = |event| match event.kind {
                3 => String::from_utf8_lossy(event.data).chars().count(),
                _ => (SjclPrng::RIGHT.length)(event),
            };
        },
    },
    Mistake {
        name: "sjcl-prng-text-fills-its-words",
        sentence: "Fills a text with zeros to whole words",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).data = |event| {
                let mut data = event.data.to_vec();
                data.resize(event.data.len().next_multiple_of(4), 0);
                data
            };
        },
    },
    Mistake {
        name: "sjcl-prng-number-not-added",
        sentence: "Counts a number's entropy and does not add the number itself to the pool",
        operations: GENERATE,
        links: &["https://github.com/bitwiseshiftleft/sjcl/issues/59"],
        wrong: |parts| {
            sjcl_prng(parts).data = |event| match event.kind {
                1 => Vec::new(),
                _ => event.data.to_vec(),
            };
        },
    },
    Mistake {
        name: "sjcl-prng-words-little-endian",
        sentence: "Writes the words of numbers and arrays little-endian",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).data = |event| match event.kind {
                3 => event.data.to_vec(),
                _ => event.data.rchunks(4).rev().flat_map(|word| word.iter().rev().copied()).collect(),
            };
        },
    },
    Mistake {
        name: "sjcl-prng-no-random-words",
        sentence: "Leaves the words of `Math.random()` out of the seed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).seed = |next_reseed_ms, _| (SjclPrng::RIGHT.seed)(next_reseed_ms, &[]),
    },
    Mistake {
        name: "sjcl-prng-no-next-reseed-word",
        sentence: "Leaves the time of the next reseed out of the seed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).seed = |_, randoms| randoms.to_vec(),
    },
    Mistake {
        name: "sjcl-prng-this-reseed-word",
        sentence: "Puts the time of this reseed into the seed instead of the next one's",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).seed = |next_reseed_ms, randoms| (SjclPrng::RIGHT.seed)(next_reseed_ms - 30_000, randoms);
        },
    },
    Mistake {
        name: "sjcl-prng-key-forgotten",
        sentence: "Makes the new key of the seed alone",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).rekeyed = |_, seed| seed.to_vec(),
    },
    Mistake {
        name: "sjcl-prng-double-hash",
        sentence: "Hashes pools and key twice, as Fortuna does",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).hash = double,
    },
    Mistake {
        name: "sjcl-prng-no-count-at-reseed",
        sentence: "Does not move the counter on at a reseed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).reseeded = |counter| counter,
    },
    Mistake {
        name: "sjcl-prng-counter-after-block",
        sentence: "Moves the counter on after a block instead of before it, as Fortuna does",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            let port = sjcl_prng(parts);
            (port.before, port.after) = (port.after, port.before);
        },
    },
    Mistake {
        name: "sjcl-prng-counter-last-word-first",
        sentence: "Counts in the last word first, as GCM does",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            let port = sjcl_prng(parts);
            (port.before, port.reseeded) = (counted_from_the_last, counted_from_the_last);
        },
    },
    Mistake {
        name: "sjcl-prng-counter-little-endian",
        sentence: "Encrypts the counter's words little-endian",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).block = |counter| block(counter.map(u32::swap_bytes)),
    },
    Mistake {
        name: "sjcl-prng-counter-word-8-bit",
        sentence: "Counts in the last byte of the first word and no further",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).before = |[first, rest @ ..]| {
                let [a, b, c] = rest;
                [first & !0xff | first.wrapping_add(1) & 0xff, a, b, c]
            };
        },
    },
    Mistake {
        name: "sjcl-prng-no-gate",
        sentence: "Reseeds with less entropy than the level asks for",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).short = || Ok(Some(Extent::All)),
    },
    Mistake {
        name: "sjcl-prng-not-ready-gives-words",
        sentence: "Gives words without a reseed when there is too little entropy for one",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).short = || Ok(None),
    },
    Mistake {
        name: "sjcl-prng-levels-count-bytes",
        sentence: "Reads a level's bits as bytes, and so asks for an eighth of them",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).bits = |level| (SjclPrng::RIGHT.bits)(level).map(|bits| bits / 8),
    },
    Mistake {
        name: "sjcl-prng-level-6-for-all",
        sentence: "Asks for the default level's bits whatever the level",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).bits = |level| (SjclPrng::RIGHT.bits)(level).and((SjclPrng::RIGHT.bits)(6)),
    },
    Mistake {
        name: "sjcl-prng-80-bits-suffice",
        sentence: "Reseeds with 80 bits in pool 0, which must be more",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).fresh = |state, now_ms| state.pools[0].entropy >= 80 && now_ms > state.next_reseed_ms;
        },
    },
    Mistake {
        name: "sjcl-prng-at-30-seconds",
        sentence: "Reseeds at 30 seconds, of which there must be more",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            sjcl_prng(parts).fresh = |state, now_ms| state.pools[0].entropy > 80 && now_ms >= state.next_reseed_ms;
        },
    },
    Mistake {
        name: "sjcl-prng-reseeds-without-a-clock",
        sentence: "Reseeds as soon as pool 0 has enough, whatever the time",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).fresh = |state, _| state.pools[0].entropy > 80,
    },
    Mistake {
        name: "sjcl-prng-strength-falls",
        sentence: "Uses the strength of the last reseed as its own instead of the best one's",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).strength = |_, last| last,
    },
    Mistake {
        name: "sjcl-prng-strength-of-the-pools",
        sentence: "Is ready only while there is enough entropy in the pools",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).ready = |state, bits| state.strength > 0 && state.pool_strength >= bits,
    },
    Mistake {
        name: "sjcl-prng-burst-rekey-works",
        sentence: "Changes the key after every 65,536 words within a request, as SJCL intends but does not do",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).burst = |blocks| blocks.is_multiple_of(1 << 14),
    },
    Mistake {
        name: "sjcl-prng-no-rekey",
        sentence: "Keeps the key after a request",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).rekeys = |_| false,
    },
    Mistake {
        name: "sjcl-prng-no-rekey-for-nothing",
        sentence: "Keeps the key after a request of no words",
        operations: GENERATE,
        links: &[],
        wrong: |parts| sjcl_prng(parts).rekeys = |words| words > 0,
    },
];
