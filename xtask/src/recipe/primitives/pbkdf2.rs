//! PBKDF2-HMAC-SHA512: passwords and salts of every awkward length and form, counts, lengths, and absurd costs.

use super::{PARAMETER, TOO_COSTLY};
use crate::builder::forms::edges::{self, edged};
use crate::builder::{Ask, AskRefused, CaseId, Change, FileBuilder, KeyStream, Recipe};
use oracle::sodium;
use vectors::{Cost, Fields, Value};

mod flags;
mod forms;

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "pbkdf2-hmac-sha512/passwords", write: passwords },
        Recipe { name: "pbkdf2-hmac-sha512/password-forms", write: forms::password_forms },
        Recipe { name: "pbkdf2-hmac-sha512/salts", write: salts },
        Recipe { name: "pbkdf2-hmac-sha512/iterations", write: iterations },
        Recipe { name: "pbkdf2-hmac-sha512/iterations-16-bits", write: iterations_16_bits },
        Recipe { name: "pbkdf2-hmac-sha512/lengths", write: lengths },
        Recipe { name: "pbkdf2-hmac-sha512/long-key", write: long_key },
        Recipe { name: "pbkdf2-hmac-sha512/refused", write: refused },
        Recipe { name: "pbkdf2-hmac-sha512/hostile-cost", write: hostile_cost },
    ]
}

fn file(title: &str) -> FileBuilder {
    flags::add(FileBuilder::new("pbkdf2-hmac-sha512.derive", title)).spec(&["RFC 8018 §5.2"])
}

/// One derivation; most cases keep the parts that they are not about.
struct Derivation<'a> {
    password: &'a [u8],
    salt: &'a [u8],
    iterations: u64,
    length: u64,
}

fn derive(file: &mut FileBuilder, name: &str, why: &str, flags: &[&str], derivation: &Derivation<'_>) -> CaseId {
    let Derivation { password, salt, iterations, length } = *derivation;
    let first = sodium::hmac_sha512(password, &[salt, &[0, 0, 0, 1]].concat());
    let input = Fields::new().with_bytes("password", password).with_bytes("salt", salt);
    let input = input.with_integer("iterations", iterations).with_integer("length", length);
    let trace = [("block_1_u_1", hex::encode(first))];
    let hashed = [("password_hashed", hex::encode(sodium::sha512(password))), trace[0].clone()];
    let trace = if password.len() > 128 { &hashed[..] } else { &trace[..] };
    file.confirm(Ask { name, why, flags, input, trace })
}

fn passwords(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 of passwords whose lengths surround the edges of blocks");
    for (length, why, flags) in PASSWORD_LENGTHS {
        let (password, salt) = (stream.bytes(*length), stream.bytes(16));
        let derivation = Derivation { password: &password, salt: &salt, iterations: 100, length: 64 };
        derive(&mut file, &format!("password-{length}"), why, flags, &derivation);
    }
    let (long, salt) = (stream.bytes(200), stream.bytes(16));
    let derivation = Derivation { password: &long, salt: &salt, iterations: 100, length: 64 };
    let why = "A password of 200 bytes; the next case derives the same key";
    derive(&mut file, "password-long", why, &["PwOverBlock"], &derivation);
    let derivation = Derivation { password: &sodium::sha512(&long), ..derivation };
    let why = "The SHA-512 of the password before, which is what HMAC makes of it";
    derive(&mut file, "password-long-hashed", why, &["PwOverBlock"], &derivation);
    file
}

const PASSWORD_LENGTHS: &[(usize, &str, &[&str])] = &[
    (0, "The password is empty, which HMAC takes as a key of zeros", &["PwEmpty"]),
    (1, "The password is one byte", &[]),
    (8, "The password is eight bytes that are not text", &[]),
    (55, "Together with its padding the password is a block of SHA-256", &["HmacBlock64"]),
    (63, "The password is one byte less than a block of SHA-256", &["HmacBlock64"]),
    (64, "The password is a whole block of SHA-256 and half of one of SHA-512", &["HmacBlock64"]),
    (65, "The password is longer than a block of SHA-256, which must not get it hashed", &["HmacBlock64"]),
    (72, "The password is as long as the most that bcrypt reads", &["PwTrunc"]),
    (73, "The password is one byte longer than the most that bcrypt reads", &["PwTrunc"]),
    (127, "The password is one byte less than a block", &["PwBlockEdge", "HmacBlock64"]),
    (128, "The password is a whole block and is used as it is", &["PwBlockEdge", "HmacBlock64"]),
    (129, "The password is one byte more than a block and is hashed first", &["PwBlockEdge", "PwOverBlock"]),
    (255, "The password's length is the largest that one byte holds", &["PwOverBlock"]),
    (256, "The password is two whole blocks and is hashed first", &["PwOverBlock"]),
    (257, "The password is one byte more than two blocks", &["PwOverBlock"]),
];

fn salts(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 with salts of other lengths and forms");
    let password = stream.bytes(12);
    for length in [0, 1, 7, 8, 15, 16, 17, 32, 64, 107, 108, 124, 128, 1024] {
        let (why, flags): (&str, &[&str]) = match length {
            0 => ("The salt is empty, so the block index is all that is hashed", &["SaltEmpty"]),
            1..8 => ("The salt is shorter than the eight bytes that some libraries ask for", &["SaltShort"]),
            107 => ("Salt and block index just fit in one block with the padding", &["SaltBlockEdge"]),
            108 => ("Salt and block index leave one byte too little for the padding", &["SaltBlockEdge"]),
            124 => ("Salt and block index are a whole block", &["SaltBlockEdge"]),
            128 => ("The salt is a whole block and the block index is in the next", &["SaltBlockEdge"]),
            17.. => ("The salt is longer than the 16 bytes that many take for granted", &["SaltTrunc"]),
            _ => ("The salt has one of the usual lengths or is next to it", &[]),
        };
        let derivation = Derivation { password: &password, salt: &stream.bytes(length), iterations: 100, length: 64 };
        derive(&mut file, &format!("salt-{length}"), why, flags, &derivation);
    }
    for (name, why, salt) in [
        ("salt-zeros", "The salt is 16 zeros, not a missing salt", vec![0; 16]),
        (
            "salt-like-hex",
            "The salt is 16 bytes that read as hex text, which must not be decoded",
            b"00112233deadbeef".to_vec(),
        ),
        (
            "salt-like-base64",
            "The salt is 16 bytes that read as base64 text, which must not be decoded",
            b"QUJDREVGR0hJSg==".to_vec(),
        ),
        ("salt-not-utf8", "The salt is bytes that are not UTF-8", vec![0xff, 0xfe, 0x80, 0xc0, 0xed, 0xa0, 0x80, 0xf5]),
        ("salt-nul-inside", "The salt has a NUL inside", b"salt\0salt".to_vec()),
        ("salt-ends-like-an-index", "The salt ends in the four bytes of a block index", b"salt\0\0\0\x01".to_vec()),
    ] {
        let derivation = Derivation { password: &password, salt: &salt, iterations: 100, length: 64 };
        derive(&mut file, name, why, &["SaltText"], &derivation);
    }
    for (length, why) in [
        (127, "The salt is one byte less than a block"),
        (255, "The salt's length is the largest that one byte holds"),
        (256, "The salt's length is 0 in one byte"),
        (257, "The salt's length is 1 in one byte"),
    ] {
        let derivation = Derivation { password: &password, salt: &stream.bytes(length), iterations: 100, length: 64 };
        derive(&mut file, &format!("salt-{length}"), why, &["SaltTrunc"], &derivation);
    }
    for (name, why, salt) in [
        ("salt-text", "The salt is four letters; the next case adds a NUL", &b"salt"[..]),
        (
            "salt-nul-at-the-end",
            "The letters before and a NUL, which counts, unlike at the end of a password",
            b"salt\0",
        ),
    ] {
        let derivation = Derivation { password: &password, salt, iterations: 100, length: 64 };
        derive(&mut file, name, why, &["SaltText"], &derivation);
    }
    salt_edges(&mut file, &password, stream);
    file
}

fn salt_edges(file: &mut FileBuilder, password: &[u8], stream: &mut KeyStream) {
    let mut add = |name: &str, why: &str, salt: &[u8]| {
        let derivation = Derivation { password, salt, iterations: 100, length: 32 };
        derive(file, name, why, &["SaltText"], &derivation);
    };
    for (name, what, front, end) in &edges::BYTES[..2] {
        let salt = edged(stream.bytes(16), front, end);
        add(&format!("salt-{name}"), &format!("The salt {what}"), &salt);
    }
    for (name, why, space) in edges::SPACES {
        add(name, why, &edged(stream.bytes(16), &[*space], &[*space]));
    }
}

fn iterations(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 with other iteration counts");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for (iterations, why, flags) in ITERATIONS {
        let derivation = Derivation { password: &password, salt: &salt, iterations: *iterations, length: 32 };
        derive(&mut file, &format!("iterations-{iterations}"), why, flags, &derivation);
    }
    file
}

const ITERATIONS: &[(u64, &str, &[&str])] = &[
    (1, "A single iteration is U1 alone", &["Iter1", "IterClamp"]),
    (2, "Two iterations are U1 and U2 combined", &["Iter1", "IterClamp"]),
    (3, "Three iterations, the last of which is not the second", &["IterClamp"]),
    (255, "The largest count that one byte holds", &["IterNarrow"]),
    (256, "The smallest count that one byte does not hold", &["IterNarrow"]),
    (999, "One less than the minimum that some libraries silently raise to", &["IterClamp"]),
    (1000, "The old recommendation of RFC 8018", &["IterClamp"]),
    (1001, "One more than the old recommendation of RFC 8018", &["IterClamp"]),
    (4096, "The count of WPA2", &[]),
    (10_000, "The least that Autonomail uses", &[]),
];

fn iterations_16_bits(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 with iteration counts that two bytes do not hold").cost(Cost::Slow);
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for (iterations, why) in [
        (65_536, "A count that is 0 in two bytes"),
        (65_537, "A count that is 1 in two bytes"),
        (100_001, "One more than 100,000, where the count must not be capped"),
        (120_000, "A count that was long recommended for SHA-512, and above a cap of 100,000"),
    ] {
        let derivation = Derivation { password: &password, salt: &salt, iterations, length: 32 };
        derive(&mut file, &format!("iterations-{iterations}"), why, &["IterNarrow"], &derivation);
    }
    file
}

fn lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 with other lengths of the derived key");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for length in [1, 2, 16, 31, 32, 33, 63, 64, 65, 96, 127, 128, 129, 192, 255, 256, 257] {
        let (why, flags): (String, &[&str]) = match length {
            ..64 => (format!("{length} bytes are the front of one block"), &["DkPartialLastBlock"]),
            64 => ("64 bytes are exactly one block".to_owned(), &[]),
            _ if length % 64 == 0 => (format!("{length} bytes are {} whole blocks", length / 64), &["DkMultiBlock"]),
            _ => (format!("{length} bytes end inside their last block"), &["DkMultiBlock", "DkPartialLastBlock"]),
        };
        let derivation = Derivation { password: &password, salt: &salt, iterations: 10, length };
        derive(&mut file, &format!("length-{length}"), &why, flags, &derivation);
    }
    file
}

fn long_key(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 of a key so long that the block index passes one byte");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    let why = "Block 257 is the second whose index is not a single byte";
    let derivation = Derivation { password: &password, salt: &salt, iterations: 1, length: 16_385 };
    derive(&mut file, "block-index-257", why, &["DkBlockIndexOver255", "DkMultiBlock"], &derivation);
    file
}

/// What RFC 8018 excludes and some libraries take: SJCL reads a count of 0 as its default, OpenSSL gives an empty key.
fn refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 asked for what RFC 8018 excludes").policy("strict");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    let derivation = Derivation { password: &password, salt: &salt, iterations: 1, length: 32 };
    let whole = derive(&mut file, "least", "The least count that there is", &["Iter1"], &derivation);
    for (name, why, flag, change) in [
        (
            "iterations-0",
            "No iteration at all, which is neither one nor a default",
            "Iter0",
            Change("iterations", Value::Integer(0)),
        ),
        ("length-0", "A key of no bytes", "DkZero", Change("length", Value::Integer(0))),
    ] {
        file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent: whole, change, reasons: PARAMETER });
    }
    let derivation = Derivation { password: b"", salt: b"", iterations: 1000, length: 65 };
    let why = "Two blocks of an empty password and an empty salt";
    let parent = derive(&mut file, "two-blocks", why, &["PwEmpty", "SaltEmpty"], &derivation);
    for (name, why, flag, change) in [
        ("two-blocks-iterations-0", "No iteration for either block", "Iter0", Change("iterations", Value::Integer(0))),
        (
            "two-blocks-length-0",
            "A key of no bytes, after many iterations",
            "DkZero",
            Change("length", Value::Integer(0)),
        ),
    ] {
        file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons: PARAMETER });
    }
    file
}

/// Of the policy `cost-ceiling`: a library leaves the ceiling to its caller, and would work for hours.
fn hostile_cost(stream: &mut KeyStream) -> FileBuilder {
    let title = "PBKDF2-HMAC-SHA512 asked for absurd work, to be refused before any of it";
    let mut file = file(title).policy("cost-ceiling").cost(Cost::Hostile);
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    let derivation = Derivation { password: &password, salt: &salt, iterations: 1, length: 32 };
    let whole = derive(&mut file, "least", "The least count that there is", &["Iter1"], &derivation);
    for (name, why, flag, change) in [
        (
            "iterations-2p31-1",
            "The largest count of a signed 32-bit integer: an hour of work",
            "IterHuge",
            Change("iterations", Value::Integer((1 << 31) - 1)),
        ),
        (
            "iterations-2p31",
            "A count that is negative in 32 bits",
            "IterWrap",
            Change("iterations", Value::Integer(1 << 31)),
        ),
        ("iterations-2p32", "A count that is 0 in 32 bits", "IterWrap", Change("iterations", Value::Integer(1 << 32))),
        (
            "iterations-2p32-and-1",
            "A count that is 1 in 32 bits",
            "IterWrap",
            Change("iterations", Value::Integer((1 << 32) + 1)),
        ),
        (
            "iterations-2p53-1",
            "The largest integer that JSON carries safely",
            "IterHuge",
            Change("iterations", Value::Integer((1 << 53) - 1)),
        ),
        ("length-2p40", "A key of a tebibyte", "DkHuge", Change("length", Value::Integer(1 << 40))),
        (
            "length-2p32-and-32",
            "A length that is 32 in 32 bits",
            "DkHuge",
            Change("length", Value::Integer((1 << 32) + 32)),
        ),
        (
            "length-2p32-and-64",
            "A length that is 64 in 32 bits",
            "DkHuge",
            Change("length", Value::Integer((1 << 32) + 64)),
        ),
    ] {
        file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent: whole, change, reasons: TOO_COSTLY });
    }
    file
}
