//! Mistakes in writing Notesnook's envelopes.

use super::super::envelope;
use super::{NOTESNOOK, SEAL, wrong};
use crate::Mistake;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "notesnook-tag-in-front",
        sentence: "Puts the tag before the ciphertext, as secretbox has it",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).notesnook.ciphertext = |mut sealed| {
                sealed.rotate_right(16);
                sealed
            };
        },
    },
    Mistake {
        name: "notesnook-plaintext-in-utf-16-length",
        sentence: "Uses the plaintext's length in UTF-16 units as its length in bytes, so that the end is not sealed",
        operations: SEAL,
        links: &["https://github.com/streetwriters/notesnook/pull/7093"],
        wrong: |parts| {
            envelope(parts).text.sealed = |plaintext| {
                let units = std::str::from_utf8(plaintext).map_or(plaintext.len(), |text| text.encode_utf16().count());
                Ok(plaintext[..units].to_vec())
            };
        },
    },
    Mistake {
        name: "notesnook-length-in-characters",
        sentence: "Writes the plaintext's length in UTF-16 units, as the clients did before December 2020",
        operations: SEAL,
        links: &["https://github.com/streetwriters/notesnook/commit/7be5e115e"],
        wrong: |parts| {
            envelope(parts).document.written = |written, members| {
                let units = String::from_utf8_lossy(written.plaintext).encode_utf16().count();
                members.changing("length", units.to_string())
            };
        },
    },
    Mistake {
        name: "notesnook-length-with-the-tag",
        sentence: "Writes the length of ciphertext and tag",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written =
                |written, members| members.changing("length", (written.plaintext.len() + 16).to_string());
        },
    },
    Mistake {
        name: "notesnook-format-left-out",
        sentence: "Writes no format, as phones do, so that the web client does not open what is not synced",
        operations: SEAL,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.written = |_, members| members.without("format"),
    },
    Mistake {
        name: "notesnook-algorithm-left-out",
        sentence: "Writes no alg, as the clients did before 2021",
        operations: SEAL,
        links: &[],
        wrong: |parts| envelope(parts).document.written = |_, members| members.without("alg"),
    },
    Mistake {
        name: "notesnook-algorithm-of-2021",
        sentence: "Writes the alg of February 2021, with a part for compression",
        operations: SEAL,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).document.written = |_, members| members.changing("alg", "\"xcha-argon2i13-0-none-7\"");
        },
    },
    Mistake {
        name: "notesnook-salt-left-out",
        sentence: "Writes no salt into an item, as the server gives it back",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.written = |_, members| members.without("salt"),
    },
    Mistake {
        name: "notesnook-order-of-android",
        sentence: "Writes the members that Android writes, in Android's order",
        operations: SEAL,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).document.written = |written, members| wrong::as_android_writes(written, &members);
        },
    },
    Mistake {
        name: "notesnook-chunk-size-written",
        sentence: "Writes the chunkSize of a file into an envelope, as the iOS client does",
        operations: SEAL,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).document.written = |_, members| wrong::and(members, "chunkSize", "524288");
        },
    },
    Mistake {
        name: "notesnook-key-version-written",
        sentence: "Writes a keyVersion of 0, which the web client leaves out",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.written = |_, members| wrong::and(members, "keyVersion", "0"),
    },
    Mistake {
        name: "notesnook-database-version-as-integer",
        sentence: "Writes the database version as the integer 6",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.written = |_, members| members.changing("v", "6"),
    },
    Mistake {
        name: "notesnook-given-salt-ignored",
        sentence: "Draws a salt although one is given, as the clients on phones do",
        operations: &["notesnook.seal"],
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).drawing.given =
                |given, draw| if draw.member == "salt" { draw.stream() } else { given.to_vec() };
        },
    },
];
