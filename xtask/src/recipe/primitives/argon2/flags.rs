//! The mistakes that Argon2 vectors are after.

use crate::builder::FileBuilder;
use vectors::{BugClass, Flag};

/// A file that knows all of them.
pub(super) fn add(file: FileBuilder) -> FileBuilder {
    let flags = inner_flags().into_iter().chain(size_flags()).chain(form_flags()).chain(cost_flags());
    flags.fold(file, |file, (name, flag)| file.flag(name, flag))
}

fn inner_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, Functionality, WrongPrimitive};
    vec![
        (
            "LaneRefArea",
            Flag::new(
                EdgeCase,
                "A block may refer to other lanes, but not to the segments that are being filled beside it",
                "Keys of more than one lane are wrong, and the examples of RFC 9106 do not show it",
            )
            .link("https://github.com/LoupVaillant/Monocypher/issues/263"),
        ),
        (
            "LanesHashed",
            Flag::new(
                Functionality,
                "The lanes count in H0, in each lane's first blocks and in the last combination",
                "Keys of more than one lane are wrong",
            )
            .link("https://github.com/golang/go/issues/23200"),
        ),
        (
            "MemRounding",
            Flag::new(
                EdgeCase,
                "The memory is rounded down to whole segments for the blocks, while H0 has it as it was asked for",
                "Keys of odd memory sizes are wrong",
            ),
        ),
        (
            "Overwrite",
            Flag::new(
                Functionality,
                "A single pass writes each block once",
                "The simplest derivation is wrong, or a minimum of passes is imposed",
            ),
        ),
        (
            "MultiPass",
            Flag::new(
                WrongPrimitive,
                "From the second pass on version 0x13 combines a block with what it replaces; version 0x10 did not",
                "Keys of more than one pass are those of the old version",
            ),
        ),
        (
            "AddrRefresh",
            Flag::new(
                EdgeCase,
                "One block holds 128 addresses, then the next is made",
                "Keys of 512 KiB and more a lane are wrong, others are not",
            ),
        ),
    ]
}

fn size_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{EdgeCase, Encoding, MissingStep, WeakParams};
    vec![
        (
            "OutLenOver64",
            Flag::new(
                EdgeCase,
                "More than 64 bytes come from a chain of BLAKE2b-512, of which all but the last give 32 bytes",
                "Long keys are wrong or refused",
            )
            .link("https://github.com/mheyman/Isopoh.Cryptography.Argon2/issues/47")
            .link("https://github.com/randombit/botan/issues/2078"),
        ),
        (
            "OutLen64",
            Flag::new(EdgeCase, "Exactly 64 bytes are still one BLAKE2b", "Keys of 64 bytes are wrong")
                .link("https://github.com/yandex/argon2/pull/2"),
        ),
        (
            "OutLenMin",
            Flag::new(WeakParams, "A key has at least four bytes", "Next to nothing is accepted as if it were a key"),
        ),
        (
            "PwEmpty",
            Flag::new(
                EdgeCase,
                "An empty password is a password",
                "A port that refuses or replaces it cannot open what others seal",
            ),
        ),
        (
            "PwTrunc",
            Flag::new(
                MissingStep,
                "All of the password counts",
                "A port that cuts long passwords opens its own seals and no others",
            ),
        ),
        (
            "PwNul",
            Flag::new(
                Encoding,
                "A NUL is a byte of the password like any other, also at the end",
                "A port on C strings uses only the part before the NUL",
            )
            .link("https://github.com/P-H-C/phc-winner-argon2/pull/207"),
        ),
        (
            "SaltForm",
            Flag::new(
                Encoding,
                "A salt is bytes, whatever text they look like",
                "A salt with a NUL is cut, one that looks like text is decoded",
            ),
        ),
        (
            "SaltLen",
            Flag::new(
                EdgeCase,
                "The salt is hashed after its length",
                "A salt of an unusual length is cut, padded, or read past its end",
            )
            .link("https://github.com/jedisct1/libsodium.js/issues/331")
            .link("https://github.com/jedisct1/libsodium.js/issues/325"),
        ),
    ]
}

fn form_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::Encoding;
    vec![(
        "PwForm",
        Flag::new(
            Encoding,
            "A password is bytes: nothing in it is read, trimmed, folded or normalised",
            "Two passwords become one, or a password opens nothing written elsewhere",
        ),
    )]
}

fn cost_flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{Dos, Downgrade, MissingStep, ModifiedParameter, WeakParams};
    vec![
        (
            "MemUnits",
            Flag::new(
                ModifiedParameter,
                "Memory is counted in KiB here and in RFC 9106, and in bytes by libsodium",
                "Keys are derived with a thousandth of the memory, or with a thousand times as much",
            )
            .link("https://github.com/jedisct1/libsodium-php/issues/214")
            .link("https://github.com/samuel-lucas6/Geralt/issues/12"),
        ),
        (
            "MemLarge",
            Flag::new(
                MissingStep,
                "Memory that cannot be had is an error",
                "A key of zeros, or another wrong key, instead of an error",
            )
            .link("https://github.com/jedisct1/libsodium.js/issues/311"),
        ),
        (
            "PassesCapped",
            Flag::new(
                ModifiedParameter,
                "As many passes are made as are asked for",
                "A port with a maximum of its own derives other keys, and does not say so",
            ),
        ),
        (
            "LanesNarrow",
            Flag::new(ModifiedParameter, "The number of lanes has 24 bits", "Keys of many lanes are those of a few"),
        ),
        (
            "MemTooSmall",
            Flag::new(
                WeakParams,
                "Each lane needs eight KiB",
                "A library that raises the memory silently gives a key that others refuse to give",
            )
            .link("https://github.com/P-H-C/phc-winner-argon2/issues/42"),
        ),
        (
            "PassesZero",
            Flag::new(WeakParams, "There is at least one pass", "Memory that was never filled becomes the key"),
        ),
        (
            "LanesZero",
            Flag::new(WeakParams, "There is at least one lane", "A division by zero, or a default in its place"),
        ),
        (
            "CostHuge",
            Flag::new(
                Dos,
                "Whoever writes the envelope may choose the cost, so it needs a ceiling",
                "One envelope exhausts the memory or keeps a reader busy for hours",
            ),
        ),
        (
            "CostWrap",
            Flag::new(
                Downgrade,
                "The cost does not fit in 32 bits",
                "A library that wraps it derives with hardly any work at all",
            ),
        ),
    ]
}
