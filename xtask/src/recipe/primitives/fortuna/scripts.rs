//! The scripts that every family answers.

use super::script::Script;
use crate::builder::KeyStream;

/// A case without its family: name, why, flags and script.
type Line = (String, String, &'static [&'static str], Script);

pub(super) fn all(stream: &mut KeyStream) -> Vec<Line> {
    let mut lines = published();
    lines.extend(requests(stream));
    lines.extend(counters(stream));
    lines.extend(reseeds(stream));
    lines.extend(thresholds(stream));
    lines.extend(pools(stream));
    lines.extend(events(stream));
    lines.extend(edges(stream));
    lines
}

fn line(name: &str, why: &str, flags: &'static [&'static str], script: Script) -> Line {
    (name.to_owned(), why.to_owned(), flags, script)
}

/// 68 bytes for pool 0, enough for a reseed.
pub(super) fn seed(script: Script, stream: &mut KeyStream) -> Script {
    script.event(0, &stream.bytes(32)).event(0, &stream.bytes(32))
}

fn seeded(stream: &mut KeyStream) -> Script {
    seed(Script::default(), stream)
}

/// The scripts of other people's tests, whose answers they published for the family `double`.
fn published() -> Vec<Line> {
    let pycrypto = (0..2).fold(Script::default(), |script, _| {
        (0..32).fold(script, |script, pool| script.event_of(42, pool, &[b'X'; 32]))
    });
    let zeros = Script::default().event_of(0, 0, &[0; 32]).event_of(0, 0, &[0; 32]);
    let rust_crypto = (0..32).fold(zeros, |script, pool| script.event_of(1, pool, &[1, 2]));
    vec![
        line("pycrypto-self-test", "The script of PyCrypto's own test", &["HashFamily"], pycrypto.request(32)),
        line("rust-crypto-test", "The script of rust-crypto's own test", &["HashFamily"], rust_crypto.request(100)),
    ]
}

fn requests(stream: &mut KeyStream) -> Vec<Line> {
    let mut lines = Vec::new();
    for (bytes, what) in [
        (0, "no byte, which changes the key as any other does"),
        (1, "one byte: the rest of the block is thrown away"),
        (15, "one byte less than a block"),
        (16, "a whole block"),
        (17, "one byte more than a block"),
        (31, "one byte less than two blocks"),
        (32, "two blocks"),
        (33, "one byte more than two blocks"),
        (1024, "all bytes that an answer shows"),
        (1025, "one byte more than an answer shows: its first is left out"),
    ] {
        let script = seeded(stream).request(bytes).request(16);
        let why = format!("A request of {what}, and another block after it");
        lines.push((format!("request-{bytes}"), why, &["Rekey"] as &[_], script));
    }
    let seed = seeded(stream);
    let (once, often) = (seed.clone().request(64), (0..4).fold(seed, |script, _| script.request(16)));
    lines.push(line("blocks-at-once", "Four blocks in one request, under one key", &["Rekey"], once));
    let why = "Four blocks in four requests, the first as before and each other under a key of its own";
    lines.push(line("blocks-one-by-one", why, &["Rekey"], often));
    lines
}

fn counters(stream: &mut KeyStream) -> Vec<Line> {
    const FLAGS: &[&str] = &["CounterLittleEndian"];
    let why = "Counters 1 to 257: the second byte counts from 256 on";
    let inside = line("counter-carries-within-a-request", why, FLAGS, seeded(stream).request(257 * 16));
    let why = "The new key is made of counters 255 and 256";
    let key = line("counter-carries-within-a-key", why, FLAGS, seeded(stream).request(254 * 16).request(16));
    let why = "Counter 256 is the first of the second request, under a new key";
    let between = line("counter-carries-between-requests", why, FLAGS, seeded(stream).request(253 * 16).request(16));
    let seed_twice = seed(seeded(stream).request(16), stream);
    let why = "A reseed moves the counter on by one and sets nothing back";
    let reseed =
        line("counter-goes-on-over-a-reseed", why, &["CounterLittleEndian", "ReseedKeepsKey"], seed_twice.request(16));
    let why = "65,536 blocks under one key: the counter reaches its third byte";
    let third = line("counter-reaches-its-third-byte", why, FLAGS, seeded(stream).request((1 << 20) - 1).request(16));
    vec![inside, key, between, reseed, third]
}

fn reseeds(stream: &mut KeyStream) -> Vec<Line> {
    const FLAGS: &[&str] = &["ReseedKeepsKey"];
    let (first, second) = ([stream.bytes(32), stream.bytes(32)], [stream.bytes(32), stream.bytes(32)]);
    let add = |script: Script, seed: &[Vec<u8>; 2]| script.event(0, &seed[0]).event(0, &seed[1]).request(32);
    let twice = |one, other| add(add(Script::default(), one), other);
    vec![
        line("reseed", "A reseed hashes the old key before the seed", FLAGS, twice(&first, &second)),
        line(
            "reseed-after-another-start",
            "The second seed as before, after another first",
            FLAGS,
            twice(&second, &second),
        ),
        line(
            "reseed-three-times",
            "The same events three times, and three different outputs",
            FLAGS,
            add(twice(&first, &first), &first),
        ),
    ]
}

fn thresholds(stream: &mut KeyStream) -> Vec<Line> {
    const FLAGS: &[&str] = &["MinPool"];
    let bytes = |script: Script, data: &[usize], stream: &mut KeyStream| {
        data.iter().fold(script, |script, length| script.event(0, &stream.bytes(*length)))
    };
    let sixty_four = bytes(Script::default(), &[32, 28], stream).request(32);
    let headers = bytes(Script::default(), &[1; 22], stream).request(32);
    let below = bytes(seeded(stream).request(16), &[32, 27], stream).request(16);
    let reached = bytes(below.clone(), &[1], stream).request(16);
    let others = (1..32).fold(seeded(stream).request(16), |script, pool| script.event(pool, &stream.bytes(32)));
    let more = (0..10).fold(seeded(stream), |script, _| script.event(0, &stream.bytes(32)));
    vec![
        line("seeded-by-64-bytes", "Pool 0 holds 64 bytes, of which 60 are data", FLAGS, sixty_four),
        line("seeded-by-headers", "Pool 0 holds 66 bytes, of which 22 are data", FLAGS, headers),
        line(
            "no-reseed-below-64-bytes",
            "Pool 0 holds 63 bytes at the second request, which is not a reseed",
            FLAGS,
            below,
        ),
        line(
            "reseed-when-64-bytes-are-reached",
            "The bytes that were too few stay in pool 0 until more arrive",
            FLAGS,
            reached,
        ),
        line(
            "no-reseed-without-pool-0",
            "All pools but pool 0 hold enough, which is not a reseed",
            FLAGS,
            others.request(16),
        ),
        line(
            "one-reseed-for-much",
            "Pool 0 holds six times what it needs, which is one reseed",
            FLAGS,
            more.request(16).request(16),
        ),
    ]
}

fn pools(stream: &mut KeyStream) -> Vec<Line> {
    const FLAGS: &[&str] = &["PoolSelect"];
    let mut lines = Vec::new();
    for pool in 1..=4 {
        let script = Script::default().event(pool, &stream.bytes(32));
        let script = (0..1 << pool).fold(script, |script, _| seed(script, stream).request(16));
        let why = format!("Pool {pool} has an event from the start, which counts at reseed {} first", 1 << pool);
        lines.push((format!("pool-{pool}"), why, FLAGS, script));
    }
    let script = (1..32).fold(Script::default(), |script, pool| script.event(pool, &stream.bytes(8)));
    let script = (0..9).fold(script, |script, _| seed(script, stream).request(16));
    lines.push(line(
        "pools-filled-once",
        "Every pool has an event, and over nine reseeds pools 1 to 3 are used",
        FLAGS,
        script,
    ));
    let script = (0..17).fold(Script::default(), |script, _| {
        let script = (1..6).fold(script, |script, pool| script.event(pool, &stream.bytes(5)));
        seed(script, stream).request(16)
    });
    lines.push(line("pools-over-17-reseeds", "Pools 1 to 5 get an event before each of 17 reseeds", FLAGS, script));
    let script = seed(seeded(stream).request(16), stream).request(16);
    let why = "Pool 1 is empty at the second reseed, and the digest of nothing is part of the seed";
    lines.push(line("pool-1-empty", why, &["PoolSelect", "PoolEmpty"], script));
    let script = Script::default().event(1, &stream.bytes(32));
    let script = (0..4).fold(script, |script, _| seed(script, stream).request(16));
    let why = "Pool 1 has one event, which the second reseed uses up";
    lines.push(line("pool-is-emptied", why, &["PoolSelect", "PoolEmpty"], script));
    lines
}

fn events(stream: &mut KeyStream) -> Vec<Line> {
    const FLAGS: &[&str] = &["EventLayout"];
    let seed = seeded(stream);
    let of = |source, data: &[u8]| seed.clone().event_of(source, 0, data).request(32);
    let (one, other) = (stream.bytes(16), stream.bytes(16));
    let halves = |first: &[u8], second: &[u8]| seed.clone().event(0, first).event(0, second).request(32);
    let joined = [one.as_slice(), &other].concat();
    vec![
        line("source-0", "The source is a byte of the pool, also if it is 0", FLAGS, of(0, &one)),
        line("source-1", "The same from source 1", FLAGS, of(1, &one)),
        line("source-255", "The same from the last source", FLAGS, of(255, &one)),
        line("data-of-one-byte", "The shortest event", FLAGS, of(1, &one[..1])),
        line("data-of-one-nul", "An event that is a NUL", FLAGS, of(1, &[0])),
        line("data-of-32-bytes", "The longest event", FLAGS, of(1, &joined)),
        line("event-whole", "An event of 32 bytes, which the next case gives in two", FLAGS, of(1, &joined)),
        line(
            "event-in-two",
            "The bytes of the event before in two, each with source and length",
            FLAGS,
            halves(&one, &other),
        ),
        line("events-swapped", "The two events before in the other order", FLAGS, halves(&other, &one)),
    ]
}

/// The edges once more, each from another side.
fn edges(stream: &mut KeyStream) -> Vec<Line> {
    let empty = seeded(stream).request(0).request(0).request(16);
    let small = (0..16).fold(Script::default(), |script, _| script.event(0, &stream.bytes(2)));
    let third = seeded(stream).request(600_000).request(600_000).request(16);
    vec![
        line("empty-requests-in-a-row", "Two requests of no byte, each of which changes the key", &["Rekey"], empty),
        line(
            "seeded-by-small-events",
            "Sixteen events of two bytes make 64 with their headers",
            &["MinPool"],
            small.request(32),
        ),
        line(
            "counter-reaches-its-third-byte-later",
            "The counter reaches its third byte in the second request",
            &["CounterLittleEndian"],
            third,
        ),
    ]
}
