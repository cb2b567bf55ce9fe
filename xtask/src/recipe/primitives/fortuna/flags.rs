//! What goes wrong in implementations of Fortuna.

use vectors::{BugClass, Flag};

const FORGE: &str = "https://github.com/digitalbazaar/forge/issues/520";

pub(super) fn all() -> Vec<(&'static str, Flag)> {
    let mut flags = generator();
    flags.extend(accumulator());
    flags.extend(limits());
    flags
}

fn generator() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, MissingStep, WrongPrimitive};
    vec![
        (
            "HashFamily",
            Flag::new(
                WrongPrimitive,
                "Pools and key are hashed by SHA-256 twice, twice after a block of zeros, or once: three families",
                "Two implementations of the same book give different bytes for the same events",
            )
            .link("https://github.com/DaGenix/rust-crypto/issues/451"),
        ),
        (
            "Rekey",
            Flag::new(
                MissingStep,
                "After each request, and after one of no bytes too, two blocks become the new key",
                "Whoever learns the state computes what was given before",
            )
            .link("https://github.com/SerenityOS/serenity/pull/3123")
            .link("https://github.com/mirleft/ocaml-nocrypto/issues/6"),
        ),
        (
            "CounterLittleEndian",
            Flag::new(
                EdgeCase,
                "The counter is 16 bytes, little-endian, begins at 0 and moves on with each reseed and after each block",
                "Outputs are wrong from the first or from the 256th block on",
            ),
        ),
        (
            "ReseedKeepsKey",
            Flag::new(
                MissingStep,
                "A reseed hashes the old key before the seed",
                "One poor reseed throws away all the entropy from before",
            )
            .link(FORGE),
        ),
    ]
}

fn accumulator() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, MissingStep, ModifiedParameter};
    vec![
        (
            "PoolSelect",
            Flag::new(
                ModifiedParameter,
                "Pool i is used at reseed n, counted from 1, if 2^i divides n",
                "Pools are drained at once or never, and an attacker who sees the state keeps up with it",
            )
            .link(FORGE),
        ),
        (
            "PoolEmpty",
            Flag::new(
                EdgeCase,
                "A pool that is used is emptied, and one that is empty has a digest like any other",
                "Entropy counts twice, or the seed is shorter than the book's",
            ),
        ),
        (
            "EventLayout",
            Flag::new(
                MissingStep,
                "An event goes into one pool as a whole: source, length of the data, data",
                "Different events give the same seed",
            )
            .link("https://github.com/digitalbazaar/forge/issues/794"),
        ),
        (
            "MinPool",
            Flag::new(
                ModifiedParameter,
                "A reseed takes 64 bytes in pool 0, in which sources and lengths count",
                "Reseeds come too often for the pools to fill, or too late",
            )
            .link("https://github.com/libtom/libtomcrypt/pull/363"),
        ),
    ]
}

fn limits() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, MissingStep, WeakParams};
    vec![
        (
            "Unseeded",
            Flag::new(
                MissingStep,
                "Before the first reseed there is nothing to give",
                "The bytes are the same for everybody",
            ),
        ),
        (
            "EventInvalid",
            Flag::new(
                EdgeCase,
                "An event has 1 to 32 bytes of data, and there are 32 pools",
                "Memory beyond the last pool is written, or events can be confused",
            ),
        ),
        (
            "RequestLimit",
            Flag::new(
                WeakParams,
                "One request is for at most 2^20 bytes",
                "So many blocks under one key can be told from random ones",
            )
            .link("https://github.com/RIOT-OS/RIOT/pull/5675"),
        ),
    ]
}
