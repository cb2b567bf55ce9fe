//! What the server keeps of a login hash.

use ::document::{Place, document, part};

use super::account::refuse;
use super::flags::described;
use super::sample::array;
use crate::builder::checked::{Checked, UNREADABLE, edited_text};
use crate::builder::{Accept, CaseId, Change, FileBuilder, KeyStream, Opens};
use document::encoding::Base64;
use oracle::sodium;
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::{Cost, Fields, Reason, Value};

const CONFIRMED: &[&str] = &["reference", "libsodium"];

/// A login hash that a client sent.
pub(super) const HASH: &str = "A80R53ca3Zsf6DtjKhBqsWlCf7R7c0z-TDL6XENQGZg";

/// The parts of a stored text, `$argon2id$v=19$m=64,t=3,p=1$<salt>$<hash>`.
pub(super) const VARIANT: Place<'_> = part('$', 1);
pub(super) const VERSION: Place<'_> = part('$', 2);
pub(super) const COSTS: Place<'_> = part('$', 3);
pub(super) const STORED_SALT: Place<'_> = part('$', 4);
pub(super) const STORED_HASH: Place<'_> = part('$', 5);

/// The PHC string of a login hash, by libsodium, without its zeros.
pub(super) fn stored(login_hash: &str, salt: [u8; 16]) -> String {
    let hash = sodium::argon2(Argon2Variant::Id, login_hash.as_bytes(), &salt, (3, 64), 32, &Limits::default());
    let [salt, hash] =
        [&salt[..], &hash.expect("libsodium takes these")].map(|bytes| Base64::StandardUnpadded.encode(bytes));
    format!("$argon2id$v=19$m=64,t=3,p=1${salt}${hash}")
}

/// The same as the server keeps it.
pub(super) fn padded(stored: &str) -> String {
    format!("{stored:\0<128}")
}

/// What is stored: name, reason, flag, login hash.
const STORED: &[(&str, &str, &str, &str)] = &[
    ("login-hash", "A login hash as the client sends it", "PhcNulPadding", HASH),
    ("one-character", "The server accepts any text as a login hash", "MemoryUnit", "a"),
    ("not-ascii", "The server hashes the UTF-8 of the text", "PwUtf16Length", "pässwörd 🔑"),
    ("nul-inside", "The text goes on after a NUL", "PwNul", "before\0after"),
];

/// Stored hashes for given salts.
pub(super) fn hash(stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new("notesnook.server-hash", "Stored hashes of login hashes", server);
    let long = "x".repeat(2048);
    let longest = ("2048-characters", "The server takes up to 2048 characters", "PwLong", long.as_str());
    let hashed = STORED.iter().chain([&longest]).map(|(name, why, flag, hash)| {
        let salt = array(stream);
        file.accept(Accept {
            name,
            why,
            flags: &[flag],
            input: Fields::new().with_text("hash_text", *hash).with_bytes("salt", salt),
            output: Fields::new().with_text("stored_text", padded(&stored(hash, salt))),
            trace: &[],
            confirmed_by: CONFIRMED,
        })
    });
    let parent = hashed.collect::<Vec<_>>()[0];
    let change = Change("hash_text", Value::Text("x".repeat(2049)));
    refuse(
        &mut file,
        parent,
        ["2049-characters", "The server takes no more than 2048 characters", "PwLong"],
        change,
        UNREADABLE,
    );
    for length in [0, 15, 17] {
        let (name, why) = (format!("salt-{length}-bytes"), format!("The salt has {length} bytes"));
        refuse(
            &mut file,
            parent,
            [&name, &why, "SaltSize"],
            Change("salt", Value::Bytes(stream.bytes(length))),
            UNREADABLE,
        );
    }
    file.finish()
}

/// Stored hashes with the port's own salt.
pub(super) fn drawn(stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new("notesnook.server-hash", "Stored hashes with the port's own salt", server);
    for (name, why, flag, hash) in STORED {
        let by_hand = Fields::new().with_text("stored_text", padded(&stored(hash, array(stream))));
        let flags: &[&str] = &["Randomness", flag];
        let input = Fields::new().with_text("hash_text", *hash);
        let opened = Fields::new().with("valid", Value::Flag(true));
        file.opens(Opens { name, why, flags, input, opened, confirmed_by: CONFIRMED }, &by_hand);
    }
    file.finish()
}

/// Login hashes against stored hashes.
pub(super) fn verify(stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new("notesnook.server-verify", "Login hashes against stored hashes", server);
    let plain = stored(HASH, array(stream));
    let upper = HASH.to_uppercase();
    let [salt_changed, hash_changed, end_changed] =
        [(STORED_SALT, 0), (STORED_HASH, 0), (STORED_HASH, 40)].map(|(part, at)| other(&plain, part, at));
    for (name, why, flag, hash, stored, valid) in [
        (
            "as-the-server-keeps-it",
            "The stored text has libsodium's zeros at its end",
            "PhcNulPadding",
            HASH,
            padded(&plain),
            true,
        ),
        ("without-zeros", "The stored text is a PHC string alone", "PhcNulPadding", HASH, plain.clone(), true),
        ("wrong", "The login hash is another", "WrongPassword", upper.as_str(), padded(&plain), false),
        (
            "wrong-without-zeros",
            "The login hash is another, and the stored text a PHC string alone",
            "WrongPassword",
            upper.as_str(),
            plain.clone(),
            false,
        ),
        (
            "prefix",
            "The last character of the login hash is missing",
            "WrongPassword",
            &HASH[..42],
            padded(&plain),
            false,
        ),
        ("empty", "The login hash is empty", "PwEmpty", "", padded(&plain), false),
        ("stored-salt-changed", "A bit of the stored salt is another", "WrongPassword", HASH, salt_changed, false),
        (
            "stored-hash-changed",
            "A bit of the stored hash's first byte is another",
            "PartialTagCompare",
            HASH,
            hash_changed,
            false,
        ),
        (
            "stored-hash-end-changed",
            "A bit of the stored hash's last bytes is another",
            "PartialTagCompare",
            HASH,
            end_changed,
            false,
        ),
        (
            "not-ascii",
            "The login hash is not ASCII",
            "PwUtf16Length",
            "pässwörd",
            padded(&stored("pässwörd", array(stream))),
            true,
        ),
    ] {
        file.accept(Accept {
            name,
            why,
            flags: &[flag],
            input: Fields::new().with_text("hash_text", hash).with_text("stored_text", stored),
            output: Fields::new().with("valid", Value::Flag(valid)),
            trace: &[],
            confirmed_by: CONFIRMED,
        });
    }
    file.finish()
}

/// A text with the character at one position of a part replaced by a neighbour in its alphabet.
fn other(text: &str, part: Place<'_>, at: usize) -> String {
    let is_a = part.get(text.as_bytes()).is_some_and(|part| part[at] == b'A');
    edited_text(text, &part.set(at, if is_a { "B" } else { "A" }))
}

/// Stored texts that are not of the server's form.
pub(super) fn verify_strict(stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| server(file).policy("strict");
    let (mut file, parent, plain) = verified("Stored texts that are not of the server's form", strict, stream);
    for (name, why, edit) in [
        ("argon2i", "The variant is another", VARIANT.with("argon2i")),
        ("argon2d", "The variant is one that libsodium does not have", VARIANT.with("argon2d")),
        ("version-16", "The version is the old one", VERSION.with("v=16")),
        ("version-missing", "The version is missing, which once meant the old one", VERSION.remove()),
        ("two-lanes", "There are two lanes, which libsodium does not have", COSTS.replace("p=1", "p=2")),
        ("no-lanes", "There are no lanes", COSTS.replace("p=1", "p=0")),
        ("no-passes", "There are no passes", COSTS.replace("t=3", "t=0")),
        ("no-memory", "There is less memory than Argon2 can use", COSTS.replace("m=64", "m=7")),
        ("memory-leading-zero", "The memory has a zero at the front", COSTS.replace("m=64", "m=064")),
        ("memory-negative", "The memory is negative", COSTS.replace("m=64", "m=-64")),
        ("costs-in-another-order", "The costs are in another order", COSTS.replace("m=64,t=3", "t=3,m=64")),
        ("salt-empty", "The salt is empty", STORED_SALT.with("")),
        ("salt-15-bytes", "The salt has 15 bytes", STORED_SALT.with("AAAAAAAAAAAAAAAAAAAA")),
        ("salt-padded", "The salt is padded", STORED_SALT.with("AAAAAAAAAAAAAAAAAAAAAA==")),
        ("salt-url-alphabet", "The salt is base64 of the other alphabet", STORED_SALT.with("-_AAAAAAAAAAAAAAAAAAAA")),
        ("hash-missing", "The hash is missing", STORED_HASH.remove()),
        ("hash-16-bytes", "The hash has 16 bytes", STORED_HASH.with("AAAAAAAAAAAAAAAAAAAAAA")),
        ("space-in-front", "A space comes first", document().before(" ")),
        (
            "newline-at-end",
            "A newline is at the end",
            STORED_HASH.with("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"),
        ),
        ("empty", "The text is empty", document().with("")),
    ] {
        let change = Change("stored_text", Value::Text(edited_text(&plain, &edit)));
        refuse(&mut file, parent, [name, why, "PhcForm"], change, UNREADABLE);
    }
    file.finish()
}

/// Stored texts that ask for absurd costs.
pub(super) fn verify_cost(stream: &mut KeyStream) -> FileBuilder {
    let hostile = |file| server(file).policy("cost-ceiling").cost(Cost::Hostile);
    let (mut file, parent, plain) = verified("Stored texts that must be refused before the work", hostile, stream);
    for (name, why, edit) in [
        ("memory-2-tebibytes", "The memory is 2 TiB", COSTS.replace("m=64", "m=2147483648")),
        ("memory-largest-uint32", "The memory is the largest that Argon2 has", COSTS.replace("m=64", "m=4294967295")),
        ("passes-largest-uint32", "The passes are the most that Argon2 has", COSTS.replace("t=3", "t=4294967295")),
    ] {
        let change = Change("stored_text", Value::Text(edited_text(&plain, &edit)));
        refuse(&mut file, parent, [name, why, "KdfParamDoS"], change, &[Reason::TooCostly, Reason::Parameter]);
    }
    file.finish()
}

/// A file whose first case verifies, and the text that is stored there.
pub(super) fn verified(
    title: &str,
    describe: fn(FileBuilder) -> FileBuilder,
    stream: &mut KeyStream,
) -> (Checked, CaseId, String) {
    let mut file = Checked::new("notesnook.server-verify", title, describe);
    let plain = stored(HASH, array(stream));
    let parent = file.accept(Accept {
        name: "without-zeros",
        why: "The stored text is a PHC string alone",
        flags: &["Basic"],
        input: Fields::new().with_text("hash_text", HASH).with_text("stored_text", &plain),
        output: Fields::new().with("valid", Value::Flag(true)),
        trace: &[],
        confirmed_by: CONFIRMED,
    });
    (file, parent, plain)
}

/// A file about the server.
pub(super) fn server(file: FileBuilder) -> FileBuilder {
    described(file).spec(&["streetwriters/notesnook-sync-server Streetwriters.Identity", "RFC 9106"])
}
