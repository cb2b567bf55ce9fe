//! The key of a password, and what the client sends in place of its password.

use super::flags::described;
use super::sample::{array, base64, derived};
use crate::builder::checked::{Checked, UNREADABLE};
use crate::builder::{Accept, CaseId, Change, FileBuilder, KeyStream, Refuse};
use oracle::sodium;
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::{Cost, Fields, Reason, Value};

const CONFIRMED: &[&str] = &["reference", "libsodium"];

/// What the client sends in place of its password.
pub(super) fn login_hash(_: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let mut file = Checked::new("notesnook.login-hash", "Login hashes of addresses and passwords", slow);
    for (name, why, flag, email, lower, password) in LOGINS {
        let salt =
            sodium::blake2b(format!("oVzKtazBo7d8sb7TBvY9jw{lower}").as_bytes(), &[], 16).expect("16 bytes is a size");
        let cost = (3, 65_536);
        let hash = sodium::argon2(Argon2Variant::Id, password.as_bytes(), &salt, cost, 32, &Limits::default());
        file.accept(Accept {
            name,
            why,
            flags: &[flag],
            input: Fields::new().with_text("email_text", *email).with_text("password_text", *password),
            output: Fields::new().with_text("hash_text", base64(&hash.expect("libsodium takes these"))),
            trace: &[("salt", hex::encode(salt))],
            confirmed_by: CONFIRMED,
        });
    }
    file.finish()
}

/// Name, reason, flag, address, address in lower case as JavaScript's `toLowerCase` gives it, password.
const LOGINS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("plain", "An address in lower case", "LoginSalt", "user@example.com", "user@example.com", "password"),
    (
        "address-in-mixed-case",
        "The address is taken in lower case, so the hash is that of the plain one",
        "Email",
        "User@Example.COM",
        "user@example.com",
        "password",
    ),
    (
        "address-not-ascii",
        "The address has a capital that is not ASCII",
        "Email",
        "JOSÉ@example.com",
        "josé@example.com",
        "password",
    ),
    (
        "address-dotted-i",
        "The lower case of a dotted capital I is two code points",
        "Email",
        "\u{130}stanbul@example.com",
        "i\u{307}stanbul@example.com",
        "password",
    ),
    (
        "address-final-sigma",
        "A capital sigma at the end of a word has a lower case of its own",
        "Email",
        "ΟΔΟΣ@example.com",
        "οδος@example.com",
        "password",
    ),
    (
        "address-kelvin-sign",
        "The lower case of the Kelvin sign is an ASCII k",
        "Email",
        "\u{212a}elvin@example.com",
        "kelvin@example.com",
        "password",
    ),
    (
        "password-unicode",
        "The password has more bytes than UTF-16 units and is not normalised",
        "PwUtf16Length",
        "user@example.com",
        "user@example.com",
        "pa\u{308}ssword 🔑",
    ),
    (
        "password-nul-inside",
        "The password goes on after a NUL",
        "PwNul",
        "user@example.com",
        "user@example.com",
        "before\0after",
    ),
];

/// The key of a password.
pub(super) fn derive_key(stream: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let mut file = Checked::new("notesnook.derive-key", "Keys of passwords", slow);
    let keys: Vec<_> = KEYS.iter().map(|row| key(&mut file, row, array(stream))).collect();
    for length in [8, 15, 17, 32] {
        let (name, why) = (format!("salt-{length}-bytes"), format!("The salt has {length} bytes"));
        refuse(
            &mut file,
            keys[0],
            [&name, &why, "SaltSize"],
            Change("salt", Value::Bytes(stream.bytes(length))),
            UNREADABLE,
        );
    }
    file.finish()
}

/// The key of a password without a salt, for which the published client draws one.
pub(super) fn derive_key_strict(stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).cost(Cost::Slow).policy("strict");
    let mut file = Checked::new("notesnook.derive-key", "Keys that a lenient client derives", strict);
    let parent = key(&mut file, &KEYS[0], array(stream));
    let change = Change("salt", Value::Bytes(Vec::new()));
    refuse(&mut file, parent, ["salt-empty", "The salt is empty", "SaltSize"], change, UNREADABLE);
    file.finish()
}

pub(super) fn key(
    file: &mut Checked,
    (name, why, flag, password): &(&str, &str, &str, &str),
    salt: [u8; 16],
) -> CaseId {
    file.accept(Accept {
        name,
        why,
        flags: &[flag],
        input: Fields::new().with_text("password_text", *password).with_bytes("salt", salt),
        output: Fields::new().with_bytes("key", derived(password, &salt)),
        trace: &[],
        confirmed_by: CONFIRMED,
    })
}

/// Name, reason, flag, password.
const KEYS: &[(&str, &str, &str, &str)] = &[
    ("plain", "A password of ASCII", "Basic", "correct horse battery staple"),
    ("password-empty", "A key can be derived from no password, though nothing is sealed under it", "PwEmpty", ""),
    ("password-umlauts", "The password has more bytes than characters", "PwUtf16Length", "pässwörd"),
    ("password-cjk", "Each character is three bytes and one UTF-16 unit", "PwUtf16Length", "パスワード"),
    ("password-emoji", "The password has characters outside the BMP", "PwUtf16Length", "🔑🔒"),
    ("password-nfc", "The password has é as one code point", "PwNfd", "caf\u{e9}"),
    ("password-nfd", "The password has é as two code points", "PwNfd", "cafe\u{301}"),
    ("password-nul-inside", "The password goes on after a NUL", "PwNul", "before\0after"),
    ("password-nul-at-end", "The password ends in a NUL, which counts", "PwNul", "before\0"),
    ("password-bom", "The password begins with a byte order mark", "PwBom", "\u{feff}before"),
    ("password-129-bytes", "The password has a byte more than a block of BLAKE2b", "PwLong", LONG),
];

const LONG: &str = "129 bytes ------------------------------------------------------------------------------------------------------------- 129 bytes";

pub(super) fn refuse(
    file: &mut Checked,
    parent: CaseId,
    [name, why, flag]: [&str; 3],
    change: Change,
    reasons: &[Reason],
) {
    file.refuse(Refuse { name, why, flags: &[flag], parent, change, reasons, confirmed_by: &["reference"] });
}
