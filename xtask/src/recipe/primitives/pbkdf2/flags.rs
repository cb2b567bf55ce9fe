//! The mistakes that PBKDF2 vectors are after.

use crate::builder::FileBuilder;
use vectors::{BugClass, Flag};

/// A file that knows all of them.
pub(super) fn add(file: FileBuilder) -> FileBuilder {
    all().into_iter().fold(file, |file, (name, flag)| file.flag(name, flag))
}

fn all() -> Vec<(&'static str, Flag)> {
    let mut flags = password_flags();
    flags.extend(salt_flags());
    flags.extend(cost_flags());
    flags.extend(length_flags());
    flags
}

fn password_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, Encoding, MissingStep, WrongPrimitive};
    vec![
        ("PwEmpty", Flag::new(EdgeCase, "An empty password is a password", "A port that refuses or replaces it cannot open what others seal")),
        (
            "PwBlockEdge",
            Flag::new(EdgeCase, "HMAC pads passwords up to 128 bytes and hashes longer ones", "Passwords near 128 bytes give other keys")
                .link("https://github.com/davidben/webathena/issues/39"),
        ),
        (
            "PwOverBlock",
            Flag::new(
                MissingStep,
                "A password above 128 bytes is replaced by its SHA-512, so the two give one key",
                "A port that cuts the password, or hashes it again for each iteration, gives another key or is slow beyond use",
            )
            .link("https://github.com/browserify/pbkdf2/pull/128"),
        ),
        ("HmacBlock64", Flag::new(WrongPrimitive, "The block of SHA-512 is 128 bytes, not the 64 of SHA-256", "Passwords of 65 to 128 bytes give other keys")),
        ("PwTrunc", Flag::new(MissingStep, "All of the password counts", "A port that cuts long passwords opens its own seals and no others")),
        (
            "PwNul",
            Flag::new(
                Encoding,
                "A NUL is a byte of the password, except that HMAC's zero padding makes trailing NULs vanish",
                "A port on C strings uses only the part before the NUL",
            )
            .link("https://github.com/P-H-C/phc-winner-argon2/pull/207"),
        ),
        ("PwNonUtf8", Flag::new(Encoding, "PBKDF2 takes bytes, which need not be UTF-8", "A port that passes them through text changes them")),
        ("PwUtf16", Flag::new(Encoding, "UTF-8 and UTF-16 of one text are different passwords", "Passwords open nothing that was sealed elsewhere")),
        ("PwLatin1", Flag::new(Encoding, "UTF-8 and Latin-1 of one text are different passwords", "Passwords with accents open nothing that was sealed elsewhere")),
        (
            "PwNfcNfd",
            Flag::new(Encoding, "Nothing is normalised: the composed and decomposed spellings are different passwords", "A port that normalises opens one of the two spellings only")
                .link("https://github.com/cryptomator/cryptomator/issues/521")
                .link("https://github.com/Picocrypt-NG/Picocrypt-NG/issues/19"),
        ),
        ("PwBom", Flag::new(Encoding, "A byte order mark at the front is part of the password", "A text decoder drops it, and the key changes")),
        ("PwTrim", Flag::new(Encoding, "White space at the ends is part of the password", "A form that trims opens nothing")),
        ("PwMeaning", Flag::new(Encoding, "A password is never parsed: not as quotes, entity, escape or line", "Two passwords become one, or a password opens nothing written elsewhere")),
        ("PwCase", Flag::new(Encoding, "Case counts", "A port that folds case gives another key")),
    ]
}

fn salt_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, Encoding, MissingStep};
    vec![
        (
            "SaltEmpty",
            Flag::new(EdgeCase, "PBKDF2 allows an empty salt", "A port that refuses or replaces it gives another key"),
        ),
        (
            "SaltShort",
            Flag::new(
                EdgeCase,
                "PBKDF2 allows a salt of any length",
                "A port that wants a minimum cannot open what others seal",
            ),
        ),
        (
            "SaltTrunc",
            Flag::new(
                MissingStep,
                "All of the salt counts",
                "A port that cuts at 16 bytes gives another key, and shares it among salts",
            ),
        ),
        (
            "SaltBlockEdge",
            Flag::new(
                EdgeCase,
                "Salt and block index are hashed as one message",
                "Salts near a whole block give other keys",
            ),
        ),
        (
            "SaltText",
            Flag::new(
                Encoding,
                "The salt is bytes, whatever text they look like",
                "A salt that is decoded once too often gives another key",
            ),
        ),
    ]
}

fn cost_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{Dos, Downgrade, EdgeCase, Functionality, WeakParams};
    vec![
        ("Iter1", Flag::new(EdgeCase, "One iteration is U1 alone", "A loop that is off by one gives another key")),
        (
            "Iter0",
            Flag::new(
                WeakParams,
                "A count of 0 is not positive",
                "Libraries hang, return zeros or use a default of their own",
            )
            .link("https://github.com/randombit/botan/issues/2088")
            .link("https://github.com/libtom/libtomcrypt/issues/552"),
        ),
        (
            "IterClamp",
            Flag::new(
                Downgrade,
                "The count is used as it is given",
                "A library that raises it to a minimum gives another key, without a word",
            ),
        ),
        (
            "IterNarrow",
            Flag::new(
                Functionality,
                "The count is more than one byte",
                "A narrow counter gives another key, after less work",
            ),
        ),
        (
            "IterWrap",
            Flag::new(
                Downgrade,
                "The count does not fit in 32 bits",
                "A library that wraps it derives with hardly any work at all, or with none",
            ),
        ),
        (
            "IterHuge",
            Flag::new(
                Dos,
                "Whoever writes the envelope chooses the count, so it needs a ceiling",
                "One envelope keeps a reader busy for hours",
            )
            .cve("CVE-2022-36083")
            .cve("CVE-2023-50967"),
        ),
    ]
}

fn length_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{Dos, EdgeCase, Functionality, WeakParams};
    vec![
        (
            "DkMultiBlock",
            Flag::new(
                Functionality,
                "More than 64 bytes take a second block with its own index",
                "The key repeats itself, or is refused",
            ),
        ),
        (
            "DkPartialLastBlock",
            Flag::new(
                EdgeCase,
                "The last block is cut to the length that was asked for",
                "The key has the wrong length or end",
            ),
        ),
        (
            "DkBlockIndexOver255",
            Flag::new(EdgeCase, "The block index is 32 bits, big-endian", "From block 256 on the key is wrong"),
        ),
        (
            "DkZero",
            Flag::new(WeakParams, "A key of no bytes is not a key", "An empty key is accepted as if it were a secret")
                .link("https://github.com/w3c/webcrypto/pull/380"),
        ),
        ("DkHuge", Flag::new(Dos, "The length is work and memory too", "One request exhausts the memory")),
    ]
}
