//! Stored hashes: words that are hashed, costs that are stored, and texts in other forms.

use ::document::{Base64, Edit, Place, Spelling, all, document, part};

use super::account::refuse;
use super::sample::array;
use super::server::{COSTS, HASH, STORED_HASH, STORED_SALT, VARIANT, VERSION, padded, server, stored, verified};
use super::words::passwords;
use crate::builder::checked::{Checked, UNREADABLE, edited_text};
use crate::builder::forms::words::seals_under;
use crate::builder::{Accept, Change, FileBuilder, KeyStream};
use oracle::sodium;
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::{Fields, Value};

const CONFIRMED: &[&str] = &["reference", "libsodium"];

/// Words with the empty one.
fn hashed() -> Vec<([&'static str; 3], String)> {
    let mut words = passwords();
    words.retain(|([name, ..], _)| seals_under(name));
    words.push((["empty", "The text is empty, and is hashed like any other", "PwEmpty"], String::new()));
    words.push((
        ["2048-small-letters", "2048 characters are taken, whatever their bytes", "PwUtf16"],
        "é".repeat(2_048),
    ));
    words.push((["1024-keys", "1024 characters of two UTF-16 units are taken", "PwUtf16"], "🔑".repeat(1_024)));
    words.push((["300-bytes", "A length of one byte cannot say 300", "PwCut"], "x".repeat(300)));
    words
}

/// Stored hashes of words.
pub(super) fn hash_words(stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new("notesnook.server-hash", "Stored hashes of words that nothing may change", server);
    let mut last = None;
    for ([name, why, flag], word) in hashed().into_iter().filter(|(_, word)| word.encode_utf16().count() <= 2_048) {
        let salt = array(stream);
        last = Some(file.accept(Accept {
            name,
            why,
            flags: &[flag],
            input: Fields::new().with_text("hash_text", &word).with_bytes("salt", salt),
            output: Fields::new().with_text("stored_text", padded(&stored(&word, salt))),
            trace: &[],
            confirmed_by: CONFIRMED,
        }));
    }
    let parent = last.expect("words were hashed");
    for (name, why, word) in too_long() {
        refuse(&mut file, parent, [name, why, "PwLong"], Change("hash_text", Value::Text(word)), UNREADABLE);
    }
    file.finish()
}

/// What the server does not take: 2049 UTF-16 units and more.
fn too_long() -> [(&'static str, &'static str, String); 3] {
    [
        ("2049-small-letters", "The server takes no more than 2048 characters", "é".repeat(2_049)),
        ("1025-keys", "1025 characters are 2050 UTF-16 units", "🔑".repeat(1_025)),
        ("1024-keys-and-a-letter", "1025 characters are 2049 UTF-16 units", "🔑".repeat(1_024) + "a"),
    ]
}

/// Words against stored hashes of them, of what a port might make of them, and of other costs.
pub(super) fn verify_words(stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new("notesnook.server-verify", "Words against stored hashes", server);
    let mut verify = |name: &str, why: &str, flag: &str, (word, stored): (&str, String), valid: bool| {
        file.accept(Accept {
            name,
            why,
            flags: &[flag],
            input: Fields::new().with_text("hash_text", word).with_text("stored_text", stored),
            output: Fields::new().with("valid", Value::Flag(valid)),
            trace: &[],
            confirmed_by: CONFIRMED,
        });
    };
    for ([name, why, flag], word) in hashed().into_iter().filter(|(_, word)| word.encode_utf16().count() <= 2_048) {
        verify(name, why, flag, (&word, padded(&stored(&word, array(stream)))), true);
    }
    for (name, why, flag, word, hashed) in CONFUSED {
        verify(name, why, flag, (word, padded(&stored(hashed, array(stream)))), false);
    }
    let cut = "x".repeat(256);
    verify(
        "cut-at-256",
        "The word goes on after 256 bytes",
        "PwCut",
        (&(cut.clone() + "y"), padded(&stored(&cut, array(stream)))),
        false,
    );
    let own = stored("login hash", array(stream));
    for at in [0, 1, 8, 15, 16, 17, 24, 30, 31] {
        let (name, why) =
            (format!("hash-byte-{at}-flipped"), format!("The highest bit of byte {at} of the hash is flipped"));
        let other = padded(&edited_text(&own, &STORED_HASH.with(&hash_with_byte_flipped(&own, at))));
        verify(&name, &why, "PartialTagCompare", ("login hash", other), false);
    }
    for letter in [0, 1, 2] {
        let hash = text_of(&own, STORED_HASH);
        let (at, c) = hash.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).nth(letter).expect("it has letters");
        let other_case = if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
        let swapped = edited_text(&own, &STORED_HASH.set(at, other_case.encode_utf8(&mut [0; 4])));
        let (name, why) = (format!("hash-letter-{letter}-in-other-case"), "A letter of the hash has the other case");
        verify(&name, why, "PhcForm", ("login hash", padded(&swapped)), false);
    }
    for (name, why, cost) in [
        ("cost-of-1-pass", "One pass and 64 KiB are in the stored text", (1, 64)),
        ("cost-of-5-passes", "Five passes and 64 KiB are in the stored text", (5, 64)),
        ("cost-of-8-kib", "The least memory that Argon2 has is in the stored text", (3, 8)),
        ("cost-of-1000-kib", "A memory that is not a multiple of four blocks is in the stored text", (2, 1_001)),
        ("cost-of-1-mib", "Libsodium's minimum for interactive use is above this", (3, 1_024)),
    ] {
        verify(name, why, "StoredCost", ("login hash", stored_at("login hash", array(stream), cost)), true);
    }
    let why = "Ten passes and 64 KiB are in the stored text, a number of two digits";
    verify("cost-of-10-passes", why, "StoredCost", (HASH, stored_at(HASH, array(stream), (10, 64))), true);
    for (name, why, word, hashed, valid) in VARIANTS {
        verify(name, why, "LoginVariant", (word, padded(&stored(hashed, array(stream)))), *valid);
    }
    file.finish()
}

/// A part of a stored text.
fn text_of(stored: &str, part: Place<'_>) -> String {
    let part = part.get(stored.as_bytes()).expect("every part was written");
    String::from_utf8_lossy(&part).into_owned()
}

fn hash_with_byte_flipped(stored: &str, at: usize) -> String {
    let mut hash = Base64::StandardUnpadded.decode(&text_of(stored, STORED_HASH)).expect("a hash was written");
    hash[at] ^= 0x80;
    Base64::StandardUnpadded.encode(&hash)
}

/// Login hashes in other variants of base64, which the server hashes as text: name, reason, what is tried, what was stored,
/// whether it is valid.
const VARIANTS: &[(&str, &str, &str, &str, bool)] = &[
    (
        "login-hash-padded",
        "The login hash ends in the padding of another base64, which is hashed with it",
        "A80R53ca3Zsf6DtjKhBqsWlCf7R7c0z-TDL6XENQGZg=",
        "A80R53ca3Zsf6DtjKhBqsWlCf7R7c0z-TDL6XENQGZg=",
        true,
    ),
    (
        "login-hash-padded-and-stored-without",
        "The login hash ends in padding, and the stored one was made without: they are two texts",
        "A80R53ca3Zsf6DtjKhBqsWlCf7R7c0z-TDL6XENQGZg=",
        HASH,
        false,
    ),
    (
        "login-hash-of-the-other-alphabet",
        "The login hash has a plus where the stored one had a minus: they are two texts",
        "A80R53ca3Zsf6DtjKhBqsWlCf7R7c0z+TDL6XENQGZg",
        HASH,
        false,
    ),
];

/// The PHC string of a text at another cost: passes, and memory in KiB.
fn stored_at(text: &str, salt: [u8; 16], (passes, memory): (u64, u64)) -> String {
    let hash = sodium::argon2(Argon2Variant::Id, text.as_bytes(), &salt, (passes, memory), 32, &Limits::default());
    let [salt, hash] =
        [&salt[..], &hash.expect("libsodium takes these")].map(|bytes| Base64::StandardUnpadded.encode(bytes));
    format!("$argon2id$v=19$m={memory},t={passes},p=1${salt}${hash}")
}

/// Words that a lenient port takes for others: name, reason, flag, the word that is tried, the word that was stored.
const CONFUSED: &[(&str, &str, &str, &str, &str)] = &[
    ("more-after-a-nul", "What was stored ends where the word has a NUL", "PwNul", "before\0after", "before"),
    ("less-than-a-nul", "What was stored goes on after a NUL", "PwNul", "before", "before\0after"),
    ("nul-more", "The word has a NUL more", "PwNul", "before\0", "before"),
    ("space-more", "The word has a space more", "PwTrim", "before ", "before"),
    ("newline-more", "The word has a newline more", "PwTrim", "before\n", "before"),
    ("bom-more", "The word has a byte order mark more", "PwBom", "\u{feff}before", "before"),
    ("in-capitals", "The word is in capitals", "PwCase", "BEFORE", "before"),
    ("decomposed", "The word is decomposed", "PwNormal", "cafe\u{301}", "caf\u{e9}"),
    ("compatibility-forms", "The word is what NFKC makes of what was stored", "PwNormal", "fi", "\u{fb01}"),
    (
        "replacement-characters",
        "The word has replacement characters for what is not Latin",
        "PwUtf16",
        "??",
        "\u{5bc6}\u{7801}",
    ),
];

/// Stored texts that resemble the server's.
pub(super) fn forms(stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| server(file).policy("strict");
    let (mut file, parent, plain) = verified("Stored texts in forms that the server does not write", strict, stream);
    for (name, why, edit) in FORMS {
        let change = Change("stored_text", Value::Text(edited_text(&plain, edit)));
        refuse(&mut file, parent, [name, why, "PhcForm"], change, UNREADABLE);
    }
    for (name, why, word) in too_long() {
        refuse(&mut file, parent, [name, why, "PwLong"], Change("hash_text", Value::Text(word)), UNREADABLE);
    }
    for (name, why, edit) in WHOLE_FORMS {
        let change = Change("stored_text", Value::Text(edited_text(&plain, edit)));
        refuse(&mut file, parent, [name, why, "PhcForm"], change, UNREADABLE);
    }
    let (name, why) = ("hash-first", "Salt and hash are exchanged");
    let (salt, hash) = (text_of(&plain, STORED_SALT), text_of(&plain, STORED_HASH));
    let exchanged = edited_text(&plain, &all(&[STORED_SALT.with(&hash), STORED_HASH.with(&salt)]));
    refuse(&mut file, parent, [name, why, "PhcForm"], Change("stored_text", Value::Text(exchanged)), UNREADABLE);
    file.finish()
}

/// Stored texts with a part in another form: name, reason, edit.
const FORMS: &[(&str, &str, Edit<'_>)] = &[
    ("variant-in-capitals", "The variant is in capitals", VARIANT.with("ARGON2ID")),
    ("variant-cut", "The variant does not say which", VARIANT.with("argon2")),
    ("variant-scrypt", "The variant is another function", VARIANT.with("scrypt")),
    ("variant-empty", "The variant is empty", VARIANT.with("")),
    ("separator-missing", "The first separator is missing", part('$', 0).remove()),
    ("separator-twice", "A separator occurs twice", VERSION.before("$")),
    ("separator-another", "A separator is another", document().replace("$v=19", ":v=19")),
    ("version-hexadecimal", "The version is hexadecimal", VERSION.with("v=0x13")),
    ("version-leading-zero", "The version has a zero at the front", VERSION.with("v=019")),
    ("version-20", "The version is one that does not exist", VERSION.with("v=20")),
    ("version-empty", "The version is empty", VERSION.with("v=")),
    ("version-wrapped", "The version is 19 in 32 bits, and 2^32 more", VERSION.with("v=4294967315")),
    (
        "version-after-the-costs",
        "The version is after the costs",
        document().replace("v=19$m=64,t=3,p=1", "m=64,t=3,p=1$v=19"),
    ),
    ("memory-plus", "The memory has a leading plus", COSTS.replace("m=64", "m=+64")),
    ("memory-spaced", "The memory has a space at the front", COSTS.replace("m=64", "m= 64")),
    ("memory-hexadecimal", "The memory is hexadecimal", COSTS.replace("m=64", "m=0x40")),
    ("memory-fraction", "The memory has a fraction", COSTS.replace("m=64", "m=64.0")),
    ("memory-with-a-unit", "The memory has a unit", COSTS.replace("m=64", "m=64k")),
    ("memory-exponent", "The memory has an exponent", COSTS.replace("m=64", "m=64e0")),
    ("memory-full-width", "The memory is in full-width digits", COSTS.replace("m=64", "m=\u{ff16}\u{ff14}")),
    ("memory-empty", "The memory is empty", COSTS.replace("m=64", "m=")),
    ("memory-missing", "The memory is missing", COSTS.replace("m=64,", "")),
    ("memory-0", "The memory is 0", COSTS.replace("m=64", "m=0")),
    ("memory-of-another-name", "The memory has a capital name", COSTS.replace("m=64", "M=64")),
    ("memory-twice", "The memory occurs twice", COSTS.replace("m=64", "m=64,m=64")),
    ("passes-missing", "The passes are missing", COSTS.replace("t=3,", "")),
    ("passes-leading-zero", "The passes have a zero at the front", COSTS.replace("t=3", "t=03")),
    ("passes-negative", "The passes are negative", COSTS.replace("t=3", "t=-3")),
    ("passes-twice", "The passes occur twice", COSTS.replace("t=3", "t=3,t=3")),
    ("lanes-missing", "The lanes are missing", COSTS.replace(",p=1", "")),
    ("lanes-leading-zero", "The lanes have a zero at the front", COSTS.replace("p=1", "p=01")),
    ("lanes-wrapped", "The lanes are 1 in 24 bits, and 2^24 more", COSTS.replace("p=1", "p=16777217")),
    ("key-id", "The costs name a key", COSTS.replace("p=1", "p=1,keyid=AAAA")),
    ("data", "The costs bring data", COSTS.replace("p=1", "p=1,data=AAAA")),
    ("comma-at-end", "A comma is after the costs", COSTS.replace("p=1", "p=1,")),
    ("semicolons", "The costs are separated by semicolons", COSTS.replace("m=64,t=3,", "m=64;t=3;")),
    ("costs-reversed", "The costs are reversed", COSTS.replace("m=64,t=3,p=1", "p=1,t=3,m=64")),
];

/// Stored texts in another form as a whole, and salts and hashes: name, reason, edit.
const WHOLE_FORMS: &[(&str, &str, Edit<'_>)] = &[
    ("one-zero-at-end", "One zero is at the end, and not as many as fill the buffer", document().after("\0")),
    ("127-bytes", "The text is a byte shorter than the buffer", document().wrap_times("", "\0", 33)),
    ("129-bytes", "The text is a byte longer than the buffer", document().wrap_times("", "\0", 35)),
    (
        "text-after-zeros",
        "A letter is after the zeros",
        all(&[document().wrap_times("", "\0", 33), document().after("x")]),
    ),
    ("nul-and-more", "The text goes on after a zero", document().twice("\0")),
    ("zeros-in-front", "The zeros come first", document().wrap_times("\0", "", 34)),
    ("spaces-for-zeros", "The buffer is filled with spaces", document().wrap_times("", " ", 34)),
    ("crlf-at-end", "A line end is after the text", document().after("\r\n")),
    ("dollar-at-end", "A separator is after the text", document().after("$")),
    ("part-more", "The text has a part more", document().after("$AAAA")),
    ("second-after", "A second text is after the first", document().twice("")),
    ("bom-in-front", "A byte order mark comes first", document().before("\u{feff}")),
    ("cut-in-the-hash", "The last character is missing", STORED_HASH.drop_last(1)),
    ("cut-in-the-salt", "The text ends in the salt", all(&[STORED_HASH.remove(), STORED_SALT.keep(12)])),
    ("cut-after-the-costs", "The text ends after the costs", all(&[STORED_HASH.remove(), STORED_SALT.remove()])),
    ("in-quotes", "The text is in quotes", document().wrap("\"", "\"")),
    ("in-capitals", "The text is in capitals", document().spell(Spelling::Upper)),
    ("salt-17-bytes", "The salt has 17 bytes", STORED_SALT.with("AAAAAAAAAAAAAAAAAAAAAAA")),
    ("salt-8-bytes", "The salt has 8 bytes", STORED_SALT.with("AAAAAAAAAAA")),
    ("salt-in-hex", "The salt is hex", STORED_SALT.with("000102030405060708090a0b0c0d0e0f")),
    ("salt-newline-inside", "A newline is in the salt", STORED_SALT.insert(9, "\n")),
    ("salt-spare-bits", "Spare bits of the salt's last character are set", STORED_SALT.with("AAAAAAAAAAAAAAAAAAAAAB")),
    ("hash-padded", "The hash is padded", STORED_HASH.after("=")),
    ("hash-empty", "The hash is empty", STORED_HASH.with("")),
    ("hash-31-bytes", "The hash has 31 bytes", STORED_HASH.with("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
    ("hash-33-bytes", "The hash has 33 bytes", STORED_HASH.with("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
    (
        "hash-url-alphabet",
        "The hash is base64 of the other alphabet",
        STORED_HASH.with("-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ),
    (
        "hash-spare-bits",
        "Spare bits of the hash's last character are set",
        STORED_HASH.with("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"),
    ),
];
