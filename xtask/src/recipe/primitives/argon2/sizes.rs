//! Argon2 with other sizes of key, password and salt, at the least cost that libsodium takes too.

use super::{Derivation, Variant, derive, file};
use crate::builder::forms::edges::{self, edged};
use crate::builder::forms::words;
use crate::builder::{Ask, FileBuilder, KeyStream};
use vectors::Fields;

/// Memory of these cases, KiB.
const MEMORY_KIB: u64 = 16;

pub(super) fn lengths(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with other lengths of the derived key");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for length in [4, 5, 16, 31, 32, 33, 63, 64, 65, 95, 96, 97, 128, 129, 1024] {
        let (why, flags): (String, &[&str]) = match length {
            4 => ("The shortest key that there is".to_owned(), &[]),
            64 => ("64 bytes are the longest key that is one BLAKE2b".to_owned(), &["OutLen64"]),
            ..64 => (format!("{length} bytes are one BLAKE2b of that length"), &[]),
            _ => (format!("{length} bytes are a chain of {} BLAKE2b", (length - 33) / 32 + 1), &["OutLenOver64"]),
        };
        let passes = variant.least_passes();
        let derivation =
            Derivation { password: &password, salt: &salt, passes, memory_kib: MEMORY_KIB, lanes: 1, length };
        derive(variant, &mut file, (&format!("length-{length}"), &why, flags), &derivation);
    }
    file
}

pub(super) fn passwords(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "of passwords of other lengths and with NULs");
    let salt = stream.bytes(16);
    let mut add = |name: &str, why: &str, flags: &[&str], password: &[u8]| {
        let passes = variant.least_passes();
        let derivation = Derivation { password, salt: &salt, passes, memory_kib: MEMORY_KIB, lanes: 1, length: 32 };
        derive(variant, &mut file, (name, why, flags), &derivation);
    };
    add("password-0", "The password is empty", &["PwEmpty"], &[]);
    for length in [1, 64, 65, 128, 129, 255, 256, 1024] {
        let why = format!("All {length} bytes of the password count, whatever bytes they are");
        add(&format!("password-{length}"), &why, &["PwTrunc"], &stream.bytes(length));
    }
    add("nul-inside", "A NUL inside: what follows counts", &["PwNul"], b"pass\0word");
    add("before-the-nul", "Only what is before that NUL: another password", &["PwNul"], b"pass");
    add("nul-at-the-end", "A NUL at the end: another password again, unlike with PBKDF2", &["PwNul"], b"pass\0");
    add("nul-alone", "A NUL alone is not the empty password", &["PwNul"], b"\0");
    file
}

/// Words that a form or a terminal changes, and those of [`edges`], as bytes.
pub(super) fn password_forms(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "of passwords that an interface made of text would confuse");
    let salt = stream.bytes(16);
    let asked = words::PASSWORDS.iter().filter(|(name, ..)| ["nfd", "space-in-front", "newline-at-end"].contains(name));
    for (name, why, _, password) in asked.chain(edges::PASSWORDS) {
        let input = Fields::new().with_bytes("password", password.as_bytes()).with_bytes("salt", salt.clone());
        let input = input.with_integer("passes", variant.least_passes()).with_integer("memory_kib", MEMORY_KIB);
        let input = input.with_integer("lanes", 1).with_integer("length", 32);
        file.confirm(Ask { name, why, flags: &["PwForm"], input, trace: &[] });
    }
    file
}

pub(super) fn salts(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with salts of other lengths");
    let password = stream.bytes(12);
    for length in [8, 9, 15, 16, 17, 24, 32, 64, 128] {
        let why = match length {
            8 => "The shortest salt that Argon2's own code takes".to_owned(),
            16 => "The length that RFC 9106 recommends, and the only one of libsodium".to_owned(),
            _ => format!("A salt of {length} bytes, none of which is cut off or added"),
        };
        let (salt, passes) = (stream.bytes(length), variant.least_passes());
        let derivation =
            Derivation { password: &password, salt: &salt, passes, memory_kib: MEMORY_KIB, lanes: 1, length: 32 };
        derive(variant, &mut file, (&format!("salt-{length}"), &why, &["SaltLen"]), &derivation);
    }
    for (length, why) in [
        (255, "The salt's length is the largest that one byte holds"),
        (256, "The salt's length is 0 in one byte"),
        (257, "The salt's length is 1 in one byte"),
        (1024, "A salt of 1 KiB"),
    ] {
        add_salt(variant, &mut file, &password, (&format!("salt-{length}"), why, &["SaltLen"]), &stream.bytes(length));
    }
    for (name, why, salt) in SALT_FORMS {
        add_salt(variant, &mut file, &password, (name, why, &["SaltForm"]), *salt);
    }
    for (name, what, front, end) in &edges::BYTES[..2] {
        let (name, why, salt) =
            (format!("salt-{name}"), format!("The salt {what}"), edged(stream.bytes(16), front, end));
        add_salt(variant, &mut file, &password, (&name, &why, &["SaltForm"]), &salt);
    }
    for (name, why, space) in edges::SPACES {
        let salt = edged(stream.bytes(16), &[*space], &[*space]);
        add_salt(variant, &mut file, &password, (name, why, &["SaltForm"]), &salt);
    }
    file
}

const SALT_FORMS: &[(&str, &str, &[u8; 16])] = &[
    ("salt-zeros", "The salt is 16 zeros, not a missing salt", &[0; 16]),
    ("salt-nul-inside", "A NUL inside: what follows counts", b"salt\0salt\0salt\0s"),
    ("salt-nul-at-the-end", "A NUL at the end is a byte of the salt", b"saltsaltsaltsal\0"),
    ("salt-like-hex", "The salt is 16 bytes that read as hex text, which must not be decoded", b"00112233deadbeef"),
    (
        "salt-like-base64",
        "The salt is 16 bytes that read as base64 text, which must not be decoded",
        b"QUJDREVGR0hJSg==",
    ),
];

fn add_salt(variant: Variant, file: &mut FileBuilder, password: &[u8], about: (&str, &str, &[&str]), salt: &[u8]) {
    let passes = variant.least_passes();
    let derivation = Derivation { password, salt, passes, memory_kib: MEMORY_KIB, lanes: 1, length: 32 };
    derive(variant, file, about, &derivation);
}
