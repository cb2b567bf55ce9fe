//! The mistakes that XChaCha20-Poly1305 vectors are after.

use vectors::{BugClass, Flag};

/// All of them, by name.
pub(super) fn all() -> Vec<(&'static str, Flag)> {
    let mut flags = message_flags();
    flags.extend(arithmetic_flags());
    flags.extend(tamper_flags());
    flags
}

fn message_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{AuthBypass, EdgeCase, Functionality};
    vec![
        (
            "ByteEdge",
            Flag::new(
                Functionality,
                "Keys and nonces are bytes, also where the first or the last of them is 00 or 80",
                "One in a hundred is shortened, lengthened or read with a sign, and opens nothing",
            ),
        ),
        (
            "PlaintextEnd",
            Flag::new(
                Functionality,
                "The plaintext is given back to its last byte: there is not padding to take off",
                "Plaintexts that end like a padding, in a NUL or in white space are cut",
            ),
        ),
        (
            "BlockEdge",
            Flag::new(
                EdgeCase,
                "Key stream comes in blocks of 64 bytes, Poly1305 takes blocks of 16",
                "Messages at whole blocks, or next to them, are wrong",
            ),
        ),
        (
            "AadPad",
            Flag::new(
                EdgeCase,
                "Text and associated data are each padded with zeros to 16 bytes, and their lengths follow",
                "Tags are those of the older construction without padding",
            )
            .link("https://github.com/jedisct1/libsodium/issues/461"),
        ),
        (
            "AadIgnored",
            Flag::new(
                AuthBypass,
                "The tag covers the associated data, also when there are none",
                "Whoever adds or changes them is not noticed",
            ),
        ),
        (
            "CounterWrap8",
            Flag::new(
                EdgeCase,
                "The block counter has 32 bits and begins at 1",
                "Text beyond 16,320 bytes repeats the key stream",
            ),
        ),
        (
            "LongMessage",
            Flag::new(
                Functionality,
                "Code that takes several blocks at a time has a path that short messages never reach",
                "Long messages come out wrong, and no public vector is longer than 1,024 bytes",
            )
            .link("https://github.com/C2SP/wycheproof/issues/73")
            .link("https://github.com/weidai11/cryptopp/issues/1069"),
        ),
    ]
}

fn arithmetic_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{Commitment, EdgeCase};
    vec![
        (
            "PolyCarry",
            Flag::new(
                EdgeCase,
                "Carries run through every limb, out of the top and back to the lowest, and through the sum with s",
                "One tag in billions is wrong, which no random message shows",
            )
            .link("https://github.com/krzyzanowskim/CryptoSwift/issues/304")
            .link("https://github.com/aws/aws-lc/pull/187"),
        ),
        (
            "PolyFinalReduce",
            Flag::new(
                EdgeCase,
                "The accumulator is brought below 2^130 - 5 before s is added",
                "One tag in 2^128 is wrong, which no random message shows and an attacker can bring about with a known key",
            ),
        ),
        (
            "KeyCommitment",
            Flag::new(
                Commitment,
                "A tag that fits does not say that the key is the one it was made with",
                "Who may choose keys or passwords can make one ciphertext that two readers open to different texts, or test many passwords at once",
            )
            .cve("CVE-2020-8897"),
        ),
    ]
}

fn tamper_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{AuthBypass, ModifiedParameter};
    vec![
        (
            "PartialTagCompare",
            Flag::new(
                AuthBypass,
                "Every byte of the tag counts",
                "A comparison of some bytes, or of their sum, makes forging cheap",
            ),
        ),
        (
            "TagTruncated",
            Flag::new(AuthBypass, "The tag has 16 bytes", "An attacker cuts the tag until it can be guessed")
                .cve("CVE-2020-12403"),
        ),
        (
            "ModifiedCiphertext",
            Flag::new(
                AuthBypass,
                "The tag covers every byte of the ciphertext",
                "The plaintext can be changed bit by bit",
            ),
        ),
        (
            "NonceTail",
            Flag::new(
                AuthBypass,
                "The first 16 bytes of the nonce make the subkey, the last eight are the nonce under it",
                "Part of the nonce does not matter, and nonces repeat",
            )
            .link("https://github.com/jedisct1/libsodium/issues/742"),
        ),
        (
            "NonceLength",
            Flag::new(ModifiedParameter, "The nonce has 24 bytes", "A longer nonce is silently cut, and nonces repeat")
                .link("https://github.com/Mbed-TLS/mbedtls/issues/4301")
                .cve("CVE-2019-1543"),
        ),
        ("WrongKey", Flag::new(AuthBypass, "Another key gives another tag", "Garbage is accepted as plaintext")),
        (
            "KeySize",
            Flag::new(ModifiedParameter, "The key has 32 bytes", "Bytes are read past the end, cut off or made up"),
        ),
    ]
}
