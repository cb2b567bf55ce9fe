//! What standards and papers do not allow, for primitives whose library cannot be asked: its function takes a pointer to a
//! fixed number of bytes, or a C `int`, so that a wrong size cannot even be put to it.
//!
//! In: an operation's input. Out: a refusal, with the sentence that demands it; never an output. Written from the documents,
//! apart from the reference's limits. Layer: oracle.

use super::{Answered, Declined, Opinion};
use vectors::{Fields, Reason};

/// What the oracle answers.
pub(super) static STANDARD_BOUNDS: &[(&str, Opinion)] = &[
    ("blake2b.digest", |input, _| judge(BLAKE2B, input)),
    ("pbkdf2-hmac-sha512.derive", |input, _| judge(PBKDF2, input)),
    ("argon2i.derive", |input, _| judge(ARGON2, input)),
    ("argon2id.derive", |input, _| judge(ARGON2, input)),
    ("aes-256-gcm.seal", |input, _| judge(GCM_SEAL, input)),
    ("aes-256-gcm.open", |input, _| judge(GCM_OPEN, input)),
    ("hchacha20.subkey", |input, _| judge(HCHACHA20, input)),
    ("xchacha20-poly1305.seal", |input, _| judge(XCHACHA20, input)),
    ("xchacha20-poly1305.open", |input, _| judge(XCHACHA20, input)),
    ("fortuna.generate", |input, _| judge(FORTUNA, input)),
];

/// The edition of this table: a bound that changes makes another. The documents are named beside each bound.
pub(super) fn version() -> String {
    "1".to_owned()
}

/// A document's word, the refusal that it calls for, and whether an input goes against it.
struct Bound(&'static str, Reason, fn(&Fields) -> bool);

const PARAMETER: Reason = Reason::Parameter;
const TOO_COSTLY: Reason = Reason::TooCostly;

const BLAKE2B: &[Bound] = &[
    Bound("RFC 7693, 2.1: a digest has 1 to 64 bytes", PARAMETER, |input| !(1..=64).contains(&input.integer("length"))),
    Bound("RFC 7693, 2.1: a key has 0 to 64 bytes", PARAMETER, |input| input.bytes("key").len() > 64),
];

/// RFC 8018 allows keys of up to (2^32 - 1) times 64 bytes.
const PBKDF2: &[Bound] = &[
    Bound("RFC 8018, 5.2: a count is positive", PARAMETER, |input| input.integer("iterations") == 0),
    Bound("RFC 8018, 5.2: a key's length is positive", PARAMETER, |input| input.integer("length") == 0),
    Bound("RFC 8018, 5.2: a key has at most 2^32 - 1 blocks", PARAMETER, |input| {
        input.integer("length").div_ceil(64) >= 1 << 32
    }),
    Bound("cost-ceiling: 2^31 - 1 iterations take too long", TOO_COSTLY, |input| {
        input.integer("iterations") >= (1 << 31) - 1
    }),
    Bound("cost-ceiling: a key of 2^32 bytes takes too long", TOO_COSTLY, |input| input.integer("length") >= 1 << 32),
];

const ARGON2: &[Bound] = &[
    Bound("RFC 9106, 3.1: 1 to 2^24 - 1 lanes", PARAMETER, |input| !(1..1 << 24).contains(&input.integer("lanes"))),
    Bound("RFC 9106, 3.1: a tag has 4 to 2^32 - 1 bytes", PARAMETER, |input| {
        !(4..1 << 32).contains(&input.integer("length"))
    }),
    Bound("RFC 9106, 3.1: memory is below 2^32 KiB", PARAMETER, |input| input.integer("memory_kib") >= 1 << 32),
    Bound("RFC 9106, 3.1: each lane has 8 KiB", PARAMETER, |input| {
        input.integer("memory_kib") < input.integer("lanes").saturating_mul(8)
    }),
    Bound("RFC 9106, 3.1: 1 to 2^32 - 1 passes", PARAMETER, |input| !(1..1 << 32).contains(&input.integer("passes"))),
    Bound("cost-ceiling: 2 TiB are too much memory", TOO_COSTLY, |input| input.integer("memory_kib") >= 1 << 31),
    Bound("cost-ceiling: 2^31 passes take too long", TOO_COSTLY, |input| input.integer("passes") >= 1 << 31),
];

const AES_KEY: Bound =
    Bound("FIPS 197, 5: a key of AES-256 has 32 bytes", PARAMETER, |input| input.bytes("key").len() != 32);
const IV: Bound =
    Bound("SP 800-38D, 5.2.1.1: an IV has 1 bit or more", PARAMETER, |input| input.bytes("iv").is_empty());
const TAG: Bound = Bound("SP 800-38D, 5.2.1.2: a tag has 4, 8 or 12 to 16 bytes", PARAMETER, |input| {
    ![4, 8, 12, 13, 14, 15, 16].contains(&input.integer("tag_length"))
});
const WHOLE_TAG: Bound = Bound("SP 800-38D, 7.2: what is opened ends in a whole tag", PARAMETER, |input| {
    (input.bytes("ciphertext").len() as u64) < input.integer("tag_length")
});

const GCM_SEAL: &[Bound] = &[AES_KEY, IV, TAG];
const GCM_OPEN: &[Bound] = &[AES_KEY, IV, TAG, WHOLE_TAG];

const HCHACHA20: &[Bound] = &[
    Bound("draft-irtf-cfrg-xchacha-03, 2.2: a key has 256 bits", PARAMETER, |input| input.bytes("key").len() != 32),
    Bound("draft-irtf-cfrg-xchacha-03, 2.2: an input has 128 bits", PARAMETER, |input| {
        input.bytes("input").len() != 16
    }),
];

const XCHACHA20: &[Bound] = &[
    Bound("draft-irtf-cfrg-xchacha-03, 2.3: a key has 256 bits", PARAMETER, |input| input.bytes("key").len() != 32),
    Bound("draft-irtf-cfrg-xchacha-03, 2.3: a nonce has 192 bits", PARAMETER, |input| input.bytes("nonce").len() != 24),
];

const FORTUNA: &[Bound] = &[
    Bound("Cryptography Engineering, 9: the hash is one of three", PARAMETER, |input| {
        !["double", "double-zero", "single"].contains(&input.text("family_text"))
    }),
    Bound("Cryptography Engineering, 9.5.6: an event has 1 to 32 bytes for one of 32 pools", PARAMETER, |input| {
        // An empty item is a request; an event has its source and pool before its data.
        let mut events = input.bytes_list("events").iter().filter(|item| !item.is_empty());
        events.any(|item| !(3..=34).contains(&item.len()) || item[1] > 31)
    }),
    Bound("Cryptography Engineering, 9.4.4: a request is for at most 2^20 bytes", PARAMETER, |input| {
        input.integer_list("requests").iter().any(|length| *length > 1 << 20)
    }),
    Bound("Cryptography Engineering, 9.5.5: no byte before the first reseed", PARAMETER, |input| {
        let events = input.bytes_list("events").iter();
        // Source and length are pooled with the data, and source and pool stand before the data here: as many bytes.
        let before = events.clone().take_while(|item| !item.is_empty()).filter(|item| item.get(1) == Some(&0));
        events.clone().any(Vec::is_empty) && before.map(Vec::len).sum::<usize>() < 64
    }),
];

/// The first bound that the input goes against; no opinion where it keeps to all of them.
fn judge(bounds: &[Bound], input: &Fields) -> Answered {
    let broken = bounds.iter().find(|Bound(_, _, breaks)| breaks(input));
    broken.map_or(Err(Declined::OutsideLimits { parameter: "nothing" }), |Bound(what, reason, _)| {
        Err(Declined::Against { reason: *reason, what: (*what).to_owned() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::Value;

    fn said(operation: &str, input: &Fields) -> Option<Reason> {
        let (_, opinion) = STANDARD_BOUNDS.iter().find(|(name, _)| *name == operation).unwrap();
        match opinion(input, &primitives::Limits::default()).unwrap_err() {
            Declined::Against { reason, .. } => Some(reason),
            Declined::OutsideLimits { .. } | Declined::Refused | Declined::Authentication | Declined::Failed { .. } => {
                None
            }
        }
    }

    fn argon2([passes, memory_kib, lanes, length]: [u64; 4]) -> Fields {
        let costs = Fields::new().with_integer("passes", passes).with_integer("memory_kib", memory_kib);
        costs.with_integer("lanes", lanes).with_integer("length", length)
    }

    /// A bound that is off by one refuses what a standard allows, or allows what it refuses.
    #[test]
    fn integers_are_held_to_their_first_and_last_value() {
        let (none, parameter, too_costly) = (None, Some(PARAMETER), Some(TOO_COSTLY));
        for (costs, wanted) in [
            ([1, 8, 1, 4], none),
            ([(1 << 31) - 1, (1 << 31) - 1, (1 << 24) - 1, (1 << 32) - 1], none),
            ([0, 8, 1, 4], parameter),
            ([1, 7, 1, 4], parameter),
            ([1, 15, 2, 4], parameter),
            ([1, 8, 0, 4], parameter),
            ([1, 8, 1, 3], parameter),
            ([1, 1 << 31, 1, 4], too_costly),
            ([1 << 31, 8, 1, 4], too_costly),
            ([1 << 32, 8, 1, 4], parameter),
            ([1, 1 << 32, 1, 4], parameter),
            ([1, 1 << 30, 1 << 24, 4], parameter),
            ([1, 8, 1, 1 << 32], parameter),
        ] {
            assert_eq!(said("argon2i.derive", &argon2(costs)), wanted, "{costs:?}");
        }
        for (iterations, length, wanted) in [
            (1, 1, none),
            ((1 << 31) - 2, (1 << 32) - 1, none),
            (0, 1, parameter),
            (1, 0, parameter),
            ((1 << 31) - 1, 1, too_costly),
            (1, 1 << 32, too_costly),
            (1, 1 << 40, parameter),
        ] {
            let input = Fields::new().with_integer("iterations", iterations).with_integer("length", length);
            assert_eq!(said("pbkdf2-hmac-sha512.derive", &input), wanted, "{iterations} {length}");
        }
    }

    /// The same for sizes: key, nonce or IV or input, tag, what is opened.
    #[test]
    fn sizes_are_the_documents_own() {
        let gcm = |key: usize, iv: usize, tag: u64, sealed: usize| {
            let sizes = Fields::new().with_bytes("key", vec![0; key]).with_bytes("iv", vec![0; iv]);
            sizes.with_integer("tag_length", tag).with_bytes("ciphertext", vec![0; sealed])
        };
        for (key, iv, tag, sealed, allowed) in [
            (32, 1, 4, 4, true),
            (32, 1000, 16, 16, true),
            (31, 12, 16, 16, false),
            (32, 0, 16, 16, false),
            (32, 12, 5, 16, false),
            (32, 12, 17, 17, false),
            (32, 12, 0, 0, false),
            (32, 12, 16, 15, false),
        ] {
            let found = said("aes-256-gcm.open", &gcm(key, iv, tag, sealed));
            assert_eq!(found.is_none(), allowed, "{key} {iv} {tag} {sealed}");
        }
        for (name, member, right) in [("hchacha20.subkey", "input", 16), ("xchacha20-poly1305.open", "nonce", 24)] {
            for (key, size) in [(32, right), (31, right), (33, right), (32, right - 1), (32, right + 1)] {
                let input = Fields::new().with_bytes("key", vec![0; key]).with_bytes(member, vec![0; size]);
                assert_eq!(said(name, &input).is_none(), (key, size) == (32, right), "{name} {key} {size}");
            }
        }
    }

    /// Fortuna's bounds lie across its script: what stands before the first request counts.
    #[test]
    fn fortunas_script_is_held_to_the_book() {
        let event = |pool: u8, data: usize| [vec![1, pool], vec![7; data]].concat();
        let request = Vec::new;
        for (events, length, allowed) in [
            (vec![event(0, 32), event(0, 28), request()], 1 << 20, true),
            (vec![event(0, 32), event(0, 27), request()], 1, false),
            (vec![event(0, 32), event(1, 32), request()], 1, false),
            (vec![request(), event(0, 32), event(0, 32)], 1, false),
            (vec![event(0, 32), event(0, 32), request()], (1 << 20) + 1, false),
            (vec![event(0, 32), event(0, 32), event(0, 0), request()], 1, false),
            (vec![event(0, 32), event(0, 33), request()], 1, false),
            (vec![event(0, 32), event(0, 32), event(31, 1), request()], 1, true),
            (vec![event(0, 32), event(0, 32), event(32, 1), request()], 1, false),
        ] {
            let input =
                Fields::new().with_text("family_text", "double").with("events", Value::BytesList(events.clone()));
            let input = input.with("requests", Value::IntegerList(vec![length]));
            assert_eq!(said("fortuna.generate", &input).is_none(), allowed, "{events:?} {length}");
        }
    }
}
