//! Mistakes in Fortuna: events, pools, reseeds, keys and the counter.

use crate::models::fortuna::{
    Event, Fortuna, Hash, POOLS, Pool, REQUEST_BYTES_MAX, any_event, double, double_zero, event, family, low_byte,
};
use crate::models::gcm::PARAMETER;
use crate::{Mistake, Parts, Stop};
use primitives::aes::Aes;
use primitives::hash::sha256;

const GENERATE: &[&str] = &["fortuna.generate"];
const FORGE_520: &str = "https://github.com/digitalbazaar/forge/issues/520";
const FORGE_794: &str = "https://github.com/digitalbazaar/forge/issues/794";
const RIOT: &str =
    "https://github.com/RIOT-OS/RIOT/blob/03b2e2ad9f23031f3480bacb674e65ecda69324d/sys/random/fortuna/fortuna.c";

/// The model of a port, a right one if no mistake was made in it before.
fn fortuna(parts: &mut Parts) -> &mut Fortuna {
    parts.fortuna.get_or_insert(Fortuna::RIGHT)
}

/// The pools of a reseed for which a condition on reseed and 2^pool holds.
fn pools_where(holds: impl Fn(u64) -> bool) -> Vec<usize> {
    (0..POOLS).filter(|pool| holds(1 << pool)).collect()
}

/// An event whose header is these bytes.
fn headed(header: &[u8], event: &Event) -> Vec<u8> {
    [header, &event.data].concat()
}

/// A counter of which only so many bits count on.
fn counted_in(bits: u128, counter: u128) -> u128 {
    counter & !bits | counter.wrapping_add(1) & bits
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "fortuna-single-hash",
        sentence: "Hashes once, whatever the family",
        operations: GENERATE,
        links: &["https://github.com/DaGenix/rust-crypto/issues/451"],
        wrong: |parts| fortuna(parts).family = |name| family(name).map(|_| sha256 as Hash),
    },
    Mistake {
        name: "fortuna-wrong-hash-family",
        sentence: "Swaps the two families that hash twice: a block of zeros is where it must not be, and is missing where it must be",
        operations: GENERATE,
        links: &["https://github.com/DaGenix/rust-crypto/issues/451"],
        wrong: |parts| {
            fortuna(parts).family = |name| match name {
                "double" => Ok(double_zero),
                "double-zero" => Ok(double),
                _ => family(name),
            };
        },
    },
    Mistake {
        name: "fortuna-zeros-before-the-second-hash",
        sentence: "Puts the block of zeros of `double-zero` before the second hash instead of the first",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).family = |name| match name {
                "double-zero" => Ok(|message| sha256(&[&[0; 64], sha256(message).as_slice()].concat())),
                _ => family(name),
            };
        },
    },
    Mistake {
        name: "fortuna-double-for-single",
        sentence: "Hashes twice where the family hashes once",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).family = |name| match name {
                "single" => Ok(double),
                _ => family(name),
            };
        },
    },
    Mistake {
        name: "fortuna-unknown-family-is-double",
        sentence: "Treats an unknown family as `double`",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).family = |name| Ok(family(name).unwrap_or(double)),
    },
    Mistake {
        name: "fortuna-source-ignored",
        sentence: "Leaves the source out of what an event adds to its pool",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).framed = |event| headed(&[low_byte(event.data.len())], event),
    },
    Mistake {
        name: "fortuna-source-0-as-no-byte",
        sentence: "Writes source 0 as an integer of no bytes",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).framed = |event| match event.source {
                0 => headed(&[low_byte(event.data.len())], event),
                _ => (Fortuna::RIGHT.framed)(event),
            };
        },
    },
    Mistake {
        name: "fortuna-length-before-source",
        sentence: "Writes the length of an event before its source",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).framed = |event| headed(&[low_byte(event.data.len()), event.source], event),
    },
    Mistake {
        name: "fortuna-length-counts-the-header",
        sentence: "Counts the two bytes of the header in the length of an event",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).framed = |event| headed(&[event.source, low_byte(event.data.len() + 2)], event),
    },
    Mistake {
        name: "fortuna-event-without-header",
        sentence: "Adds the data of an event to its pool and nothing else",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).framed = |event| event.data.clone(),
    },
    Mistake {
        name: "fortuna-event-bytes-spread",
        sentence: "Deals the bytes of one event out to the pools, one each",
        operations: GENERATE,
        links: &[FORGE_794],
        wrong: |parts| {
            fortuna(parts).pour = |pools, event, bytes| {
                for (at, byte) in bytes.iter().enumerate() {
                    pools[(event.pool + at) % POOLS].add(&[*byte], usize::from(at > 1));
                }
            };
        },
    },
    Mistake {
        name: "fortuna-pool-holds-one-event",
        sentence: "Keeps only the last event in a pool, though all of them count towards a reseed",
        operations: GENERATE,
        links: &["https://github.com/smithc/Fortuna/issues/2"],
        wrong: |parts| {
            fortuna(parts).pour = |pools, event, bytes| {
                pools[event.pool].bytes.clear();
                pools[event.pool].add(bytes, event.data.len());
            };
        },
    },
    Mistake {
        name: "fortuna-pool-0-for-all",
        sentence: "Puts every event into pool 0",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).pour = |pools, event, bytes| pools[0].add(bytes, event.data.len()),
    },
    Mistake {
        name: "fortuna-data-cut-to-32",
        sentence: "Cuts the data of an event to 32 bytes instead of refusing more",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).event = |bytes| {
                let mut cut = any_event(bytes)?;
                cut.data.truncate(32);
                if cut.pool < POOLS && !cut.data.is_empty() { Ok(cut) } else { Err(PARAMETER) }
            };
        },
    },
    Mistake {
        name: "fortuna-data-of-any-length",
        sentence: "Takes events of more than 32 bytes, whose length it writes modulo 256",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).event = |bytes| match any_event(bytes)? {
                event if event.pool < POOLS && !event.data.is_empty() => Ok(event),
                _ => Err(PARAMETER),
            };
        },
    },
    Mistake {
        name: "fortuna-empty-events-taken",
        sentence: "Takes events without data",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).event = |bytes| match any_event(bytes)? {
                event if event.pool < POOLS && event.data.len() <= 32 => Ok(event),
                _ => Err(PARAMETER),
            };
        },
    },
    Mistake {
        name: "fortuna-pool-modulo-32",
        sentence: "Takes the number of a pool modulo 32",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).event = |bytes| match bytes {
                [source, pool, data @ ..] => event(&[&[*source, pool % 32], data].concat()),
                _ => Err(PARAMETER),
            };
        },
    },
    Mistake {
        name: "fortuna-data-only-counts",
        sentence: "Counts the data in pool 0 towards a reseed, and not the headers",
        operations: GENERATE,
        links: &[RIOT],
        wrong: |parts| fortuna(parts).due = |pool| pool.data >= 64,
    },
    Mistake {
        name: "fortuna-min-pool-32",
        sentence: "Reseeds with 32 bytes in pool 0",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).due = |pool| pool.added >= 32,
    },
    Mistake {
        name: "fortuna-min-pool-128",
        sentence: "Reseeds only with 128 bytes in pool 0",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).due = |pool| pool.added >= 128,
    },
    Mistake {
        name: "fortuna-more-than-64",
        sentence: "Reseeds only with more than 64 bytes in pool 0",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).due = |pool| pool.added > 64,
    },
    Mistake {
        name: "fortuna-reseed-or-instead-of-and",
        sentence: "Reseeds when pool 0 holds enough or the time has come, and so at every request",
        operations: GENERATE,
        links: &["https://github.com/libtom/libtomcrypt/pull/363"],
        wrong: |parts| fortuna(parts).due = |_| true,
    },
    Mistake {
        name: "fortuna-pool-condition-reversed",
        sentence: "Uses pool i at reseed n if n divides 2^i",
        operations: GENERATE,
        links: &[FORGE_520],
        wrong: |parts| fortuna(parts).used = |reseed| pools_where(|power| power.is_multiple_of(reseed)),
    },
    Mistake {
        name: "fortuna-every-pool-every-time",
        sentence: "Uses every pool at every reseed",
        operations: GENERATE,
        links: &[RIOT],
        wrong: |parts| fortuna(parts).used = |_| (0..POOLS).collect(),
    },
    Mistake {
        name: "fortuna-pools-by-bits",
        sentence: "Uses pool i at reseed n if bit i of n is set",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).used = |reseed| pools_where(|power| reseed & power != 0),
    },
    Mistake {
        name: "fortuna-reseeds-from-0",
        sentence: "Counts the reseeds from 0, so that the first uses every pool and the second only pool 0",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).used = |reseed| (Fortuna::RIGHT.used)(reseed - 1),
    },
    Mistake {
        name: "fortuna-pools-backwards",
        sentence: "Puts the digests into the seed from the last pool to the first",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).used = |reseed| (Fortuna::RIGHT.used)(reseed).into_iter().rev().collect(),
    },
    Mistake {
        name: "fortuna-empty-pool-skipped",
        sentence: "Leaves out the digest of a pool that is empty",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).digest = |hash, pool| {
                if pool.bytes.is_empty() { Vec::new() } else { (Fortuna::RIGHT.digest)(hash, pool) }
            };
        },
    },
    Mistake {
        name: "fortuna-pools-not-hashed",
        sentence: "Puts the pools themselves into the seed and not their digests",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).digest = |_, pool| pool.bytes.clone(),
    },
    Mistake {
        name: "fortuna-pool-not-emptied",
        sentence: "Does not empty the used pools and only restarts their count",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).emptied = |_, pool| Pool { bytes: pool.bytes.clone(), added: 0, data: 0 },
    },
    Mistake {
        name: "fortuna-pool-restarts-from-its-digest",
        sentence: "Begins a used pool with its digest",
        operations: GENERATE,
        links: &["https://github.com/OP-TEE/optee_os/pull/2397"],
        wrong: |parts| {
            fortuna(parts).emptied = |hash, pool| Pool { bytes: hash(&pool.bytes).to_vec(), added: 0, data: 0 };
        },
    },
    Mistake {
        name: "fortuna-pool-count-goes-on",
        sentence: "Empties pool 0 and forgets that it holds nothing now, so that each request reseeds",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).emptied = |_, pool| Pool { bytes: Vec::new(), ..*pool },
    },
    Mistake {
        name: "fortuna-digests-hashed-again",
        sentence: "Hashes the digests of the pools once more before they become the seed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).seed = |hash, digests| hash(&digests).to_vec(),
    },
    Mistake {
        name: "fortuna-reseed-forgets-the-key",
        sentence: "Makes the new key of the seed alone",
        operations: GENERATE,
        links: &[FORGE_520],
        wrong: |parts| fortuna(parts).rekeyed = |hash, _, seed| hash(seed),
    },
    Mistake {
        name: "fortuna-seed-before-key",
        sentence: "Hashes the seed before the old key",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).rekeyed = |hash, key, seed| hash(&[seed, key].concat()),
    },
    Mistake {
        name: "fortuna-no-count-at-reseed",
        sentence: "Does not move the counter on at a reseed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).reseeded = |counter| counter,
    },
    Mistake {
        name: "fortuna-counter-reset-at-reseed",
        sentence: "Sets the counter back to 1 at a reseed",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).reseeded = |_| 1,
    },
    Mistake {
        name: "fortuna-unseeded-gives-bytes",
        sentence: "Gives bytes before the first reseed, which are the same for everybody",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).seeded = |_| Ok(()),
    },
    Mistake {
        name: "fortuna-aes-128",
        sentence: "Encrypts with AES-128 under the first half of the key",
        operations: GENERATE,
        links: &["https://github.com/RIOT-OS/RIOT/pull/5675"],
        wrong: |parts| fortuna(parts).cipher = |key| Aes::new(&key[..16]).ok_or(PARAMETER),
    },
    Mistake {
        name: "fortuna-counter-big-endian",
        sentence: "Encrypts the counter big-endian",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).block = u128::to_be_bytes,
    },
    Mistake {
        name: "fortuna-counter-8-bit",
        sentence: "Counts in the first byte alone, which begins again after 256 blocks",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).next = |counter| counted_in(0xff, counter),
    },
    Mistake {
        name: "fortuna-counter-16-bit",
        sentence: "Counts in the first two bytes alone, which begin again after 65,536 blocks",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).next = |counter| counted_in(0xffff, counter),
    },
    Mistake {
        name: "fortuna-no-rekey",
        sentence: "Keeps the key after a request",
        operations: GENERATE,
        links: &["https://github.com/SerenityOS/serenity/pull/3123"],
        wrong: |parts| fortuna(parts).keys = |_| 0,
    },
    Mistake {
        name: "fortuna-no-rekey-for-nothing",
        sentence: "Keeps the key after a request of no bytes",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).keys = |length| usize::from(length > 0),
    },
    Mistake {
        name: "fortuna-rekey-twice-at-the-limit",
        sentence: "Cuts requests into pieces of 2^20 bytes and a rest, and so makes two keys when there is no rest",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).keys = |length| if length == REQUEST_BYTES_MAX { 2 } else { 1 },
    },
    Mistake {
        name: "fortuna-no-request-limit",
        sentence: "Gives more than 2^20 bytes under one key",
        operations: GENERATE,
        links: &[],
        wrong: |parts| {
            fortuna(parts).length = |length| match usize::try_from(length) {
                Ok(bytes) if bytes <= 16 << 20 => Ok(bytes),
                Ok(_) | Err(_) => Err(Stop::Crash),
            };
        },
    },
    Mistake {
        name: "fortuna-length-in-32-bits",
        sentence: "Keeps the length of a request in 32 bits",
        operations: GENERATE,
        links: &[],
        wrong: |parts| fortuna(parts).length = |length| (Fortuna::RIGHT.length)(length & 0xffff_ffff),
    },
    Mistake {
        name: "fortuna-chunk-asks-for-everything",
        sentence: "Reads a long request in pieces, and asks for all that is left in each: more than the generator gives, which ends the program",
        operations: GENERATE,
        links: &["https://github.com/RIOT-OS/RIOT/pull/5675"],
        wrong: |parts| fortuna(parts).length = |length| (Fortuna::RIGHT.length)(length).map_err(|_| Stop::Crash),
    },
];
