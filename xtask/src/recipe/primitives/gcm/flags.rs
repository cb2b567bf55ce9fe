//! The mistakes that AES-GCM vectors are after.

use crate::builder::FileBuilder;
use vectors::{BugClass, Flag};

/// A file that knows all of them.
pub(super) fn add(file: FileBuilder) -> FileBuilder {
    let flags = tag_flags().into_iter().chain(iv_flags()).chain(edge_flags()).chain(message_flags());
    flags.fold(file, |file, (name, flag)| file.flag(name, flag))
}

fn tag_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{AuthBypass, Functionality, ParserDifferential, WeakParams};
    vec![
        (
            "TagTruncated",
            Flag::new(
                AuthBypass,
                "The tag's length comes from the caller, not from how many bytes arrived",
                "An attacker cuts the tag until it can be guessed",
            )
            .link("https://github.com/kazu-yamamoto/crypton/pull/80")
            .link("https://github.com/dotnet/runtime/issues/71366")
            .cve("CVE-2018-1000539")
            .cve("CVE-2023-37464")
            .cve("CVE-2025-54887")
            .cve("CVE-2026-34182")
            .cve("CVE-2026-5500"),
        ),
        (
            "TagExtended",
            Flag::new(AuthBypass, "Nothing follows the tag", "Bytes that nobody sealed are taken along").link(
                "https://github.com/AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet/issues/2201",
            ),
        ),
        ("TagEmpty", Flag::new(AuthBypass, "No tag at all is not a tag that fits", "Anybody can forge")),
        (
            "TagPlace",
            Flag::new(
                ParserDifferential,
                "The tag is the last bytes of the input, as many as agreed",
                "Text and tag are confused",
            ),
        ),
        (
            "TagLenPolicy",
            Flag::new(
                Functionality,
                "Tags of 4, 8 and 12 to 15 bytes are the front of the whole tag, and legal",
                "A port that knows 16 bytes only cannot open what others seal",
            )
            .link("https://github.com/gchq/CyberChef/issues/1546"),
        ),
        (
            "TagLenInvalid",
            Flag::new(
                WeakParams,
                "The standard names tags of 4, 8 and 12 to 16 bytes",
                "With less, or with odd lengths, a tag can be guessed or is none at all",
            )
            .link("https://github.com/weidai11/cryptopp/issues/954"),
        ),
        (
            "PartialTagCompare",
            Flag::new(
                AuthBypass,
                "Every byte of the tag counts",
                "A comparison of some bytes, or of their sum, makes forging cheap",
            ),
        ),
    ]
}

fn iv_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{AuthBypass, EdgeCase, WeakParams, WrongPrimitive};
    vec![
        (
            "IvNot96",
            Flag::new(
                WrongPrimitive,
                "An IV that is not 12 bytes is hashed with GHASH, padded and followed by its length",
                "Such IVs are cut, padded or refused",
            )
            .link("https://github.com/gchq/CyberChef/issues/469")
            .link("https://github.com/Mbed-TLS/mbedtls/issues/4884"),
        ),
        (
            "Iv128",
            Flag::new(
                WrongPrimitive,
                "An IV of 16 bytes is hashed like any other; it is not J0",
                "Nothing that SJCL seals can be opened, and public vectors hardly show it",
            )
            .link("https://github.com/latchset/jose/issues/42"),
        ),
        (
            "IvEmpty",
            Flag::new(
                WeakParams,
                "An IV has at least one byte",
                "With none the tag is masked by H, and one message gives H away",
            )
            .link("https://github.com/wolfSSL/wolfssl/pull/2910")
            .cve("CVE-2017-7822"),
        ),
        (
            "ModifiedIv",
            Flag::new(
                AuthBypass,
                "The tag depends on every byte of the IV",
                "The plaintext can be garbled without notice",
            ),
        ),
        (
            "CounterWrap32",
            Flag::new(
                EdgeCase,
                "The counter is the last 32 bits of the block and wraps without a carry",
                "What follows the wrap is wrong, or the key stream repeats",
            )
            .link("https://github.com/openssl/openssl/pull/17607")
            .cve("CVE-2018-2972")
            .cve("CVE-2015-6644"),
        ),
    ]
}

fn edge_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::Functionality;
    vec![
        (
            "ByteEdge",
            Flag::new(
                Functionality,
                "Keys and IVs are bytes, also where the first or the last of them is 00 or 80",
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
    ]
}

fn message_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{AuthBypass, Commitment, EdgeCase, Functionality, ModifiedParameter};
    vec![
        (
            "BlockEdge",
            Flag::new(
                EdgeCase,
                "The last block is cut for the ciphertext and padded with zeros for the tag",
                "Messages at whole blocks, or next to them, are wrong",
            ),
        ),
        (
            "AadPad",
            Flag::new(
                EdgeCase,
                "Associated data are padded with zeros to whole blocks, and not at all when they are whole or empty",
                "Tags are wrong, or do not tell the data from their padding",
            ),
        ),
        (
            "AadIgnored",
            Flag::new(AuthBypass, "The tag covers the associated data", "Whoever changes them is not noticed"),
        ),
        (
            "LengthField",
            Flag::new(
                EdgeCase,
                "The tag covers both lengths, in bits, with 64 bits each",
                "Tags of longer messages are wrong, or text can pass for associated data",
            )
            .link("https://github.com/Mbed-TLS/mbedtls/issues/4884"),
        ),
        (
            "LongMessage",
            Flag::new(
                Functionality,
                "Code that takes several blocks at a time has a path that short messages never reach",
                "Long messages come out wrong",
            )
            .link("https://github.com/C2SP/wycheproof/issues/73"),
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
            "KeyCommitment",
            Flag::new(
                Commitment,
                "A tag that fits does not say that the key is the one it was made with",
                "Who may choose keys or passwords can make one ciphertext that two readers open to different texts, or test many passwords at once",
            )
            .cve("CVE-2020-8897"),
        ),
        ("WrongKey", Flag::new(AuthBypass, "Another key gives another tag", "Garbage is accepted as plaintext")),
        (
            "KeySize",
            Flag::new(
                ModifiedParameter,
                "The key has 32 bytes",
                "A shorter key is taken as one of AES-128 or AES-192, or is padded",
            ),
        ),
    ]
}
