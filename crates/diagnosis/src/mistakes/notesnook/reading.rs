//! Mistakes in reading Notesnook's envelopes.

use super::super::envelope;
use super::{ITEM, ITEM_BOTH, NOTESNOOK, OPEN, wrong};
use crate::models::envelope::document::Form;
use crate::{Mistake, Stop};
use ::document::quoted;
use document::encoding::Base64;
use vectors::Reason;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "notesnook-salt-of-envelope-filled-up",
        sentence: "Opens an envelope whose salt is too short or too long, filled with zeros or cut",
        operations: &["notesnook.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |_, members| Ok(wrong::member_resized(members, "salt", 16));
        },
    },
    Mistake {
        name: "notesnook-salt-missing-is-zeros",
        sentence: "Salts with zeros where the envelope has no salt",
        operations: &["notesnook.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let missing = form == Form::Password && members.find("salt").is_none_or(|salt| salt.value == "null");
                Ok(if missing { members.with("salt", "\"AAAAAAAAAAAAAAAAAAAAAA\"") } else { members })
            };
        },
    },
    Mistake {
        name: "notesnook-nonce-of-envelope-filled-up",
        sentence: "Opens an envelope whose nonce is too short or too long, filled with zeros or cut",
        operations: OPEN,
        links: &["CVE-2019-1543", "https://github.com/Mbed-TLS/mbedtls/issues/4301"],
        wrong: |parts| {
            envelope(parts).document.members = |_, members| Ok(wrong::member_resized(members, "iv", 24));
        },
    },
    Mistake {
        name: "notesnook-length-trusted",
        sentence: "Sizes the plaintext's buffer by length: zeros after the plaintext where it is too large, memory overwritten where it is too small",
        operations: OPEN,
        links: &["https://github.com/ammarahm-ed/react-native-sodium"],
        wrong: |parts| envelope(parts).notesnook.plaintext = wrong::of_named_length,
    },
    Mistake {
        name: "notesnook-length-cuts",
        sentence: "Cuts the plaintext at length, which writers before 2020 counted in UTF-16 units",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).notesnook.plaintext =
                |opening, plaintext| Ok(wrong::cut_at_named_length(opening, plaintext));
        },
    },
    Mistake {
        name: "notesnook-length-checked",
        sentence: "Refuses an envelope whose length is not that of the plaintext, although the format does not promise it",
        operations: OPEN,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.plaintext = wrong::only_of_named_length,
    },
    Mistake {
        name: "notesnook-length-optional",
        sentence: "Accepts an envelope without length",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |_, members| {
                let missing = members.find("length").is_none();
                Ok(if missing { members.with("length", "0") } else { members })
            };
        },
    },
    Mistake {
        name: "notesnook-format-required",
        sentence: "Refuses an envelope without format, as the web client's decryption does; phones and the server leave it out",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| wrong::required(members, "format"),
    },
    Mistake {
        name: "notesnook-algorithm-required",
        sentence: "Refuses an envelope without alg, which the server and writers before 2021 leave out",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| wrong::required(members, "alg"),
    },
    Mistake {
        name: "notesnook-salt-required",
        sentence: "Refuses an item without salt, which the server drops and which is not needed",
        operations: ITEM,
        links: &["https://github.com/streetwriters/notesnook-sync-server"],
        wrong: |parts| envelope(parts).document.members = |_, members| wrong::required(members, "salt"),
    },
    Mistake {
        name: "notesnook-key-version-required",
        sentence: "Refuses an item without keyVersion, which means 0",
        operations: ITEM,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| wrong::required(members, "keyVersion"),
    },
    Mistake {
        name: "notesnook-key-version-refused",
        sentence: "Refuses an item with keyVersion, which it does not know",
        operations: ITEM,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| wrong::refused(members, "keyVersion"),
    },
    Mistake {
        name: "notesnook-key-version-ignored",
        sentence: "Accepts any keyVersion, even of keys that it does not have",
        operations: ITEM,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members.without("keyVersion")),
    },
    Mistake {
        name: "notesnook-chunk-size-refused",
        sentence: "Refuses an envelope with the chunkSize that the iOS client adds",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| wrong::refused(members, "chunkSize"),
    },
    Mistake {
        name: "notesnook-algorithm-ignored",
        sentence: "Accepts any alg, as every client does",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members.without("alg")),
    },
    Mistake {
        name: "notesnook-algorithm-by-its-beginning",
        sentence: "Accepts an alg by its first parts, so that a compressed or unpadded plaintext is returned as it is",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).document.members = |_, members| Ok(wrong::by_first_parts_of_alg(members));
        },
    },
    Mistake {
        name: "notesnook-format-ignored",
        sentence: "Treats any format as base64",
        operations: OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members.without("format")),
    },
    Mistake {
        name: "notesnook-database-version-ignored",
        sentence: "Accepts an item of any database version",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let any = form == Form::Item;
                Ok(if any { members.changing("v", "6.1") } else { members })
            };
        },
    },
    Mistake {
        name: "notesnook-only-todays-database-version",
        sentence: "Refuses an item of a database version before today's",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.find("v") {
                Some(v) if form == Form::Item && v.value != "6.1" => Err(Stop::Refuse(Reason::Parameter)),
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "notesnook-database-version-with-a-point",
        sentence: "Refuses a database version that is written without a point",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.integer("v") {
                Some(_) if form == Form::Item => Err(Stop::Refuse(Reason::Malformed)),
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "notesnook-database-version-compared-as-text",
        sentence: "Compares a database version as text or as a decimal with its digits, so that 6.10 and 6.1e0 are unknown",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.find("v") {
                Some(v) if form == Form::Item && (v.value.contains(['e', 'E']) || v.value.len() > 3) => {
                    Err(Stop::Refuse(Reason::Parameter))
                }
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "notesnook-chunk-size-of-the-client-only",
        sentence: "Refuses a chunkSize that is not the iOS client's 524288, although it means nothing",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members =
                |_, members| wrong::only_if(members, "chunkSize", |value| value == 524_288);
        },
    },
    Mistake {
        name: "notesnook-length-above-53-bits-refused",
        sentence: "Refuses a length beyond 2^53 - 1, which a reader without integers does not hold, although it means nothing",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members =
                |_, members| wrong::only_if(members, "length", |value| value.unsigned_abs() < 1 << 53);
        },
    },
    Mistake {
        name: "notesnook-item-under-a-password",
        sentence: "Opens an item under a password, using its salt as that of a password",
        operations: &["notesnook.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let item = form == Form::Password;
                Ok(if item { members.without("id").without("v").without("keyVersion") } else { members })
            };
        },
    },
    Mistake {
        name: "notesnook-item-without-an-id",
        sentence: "Opens an item without an id, or an envelope that is no item, and gives back an empty id",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let none = form == Form::Item && members.find("id").is_none_or(|id| id.value == "null");
                Ok(if none { members.with("id", "\"\"") } else { members })
            };
        },
    },
    Mistake {
        name: "notesnook-id-as-text-of-any-value",
        sentence: "Reads an id that is a number as its text",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.find("id") {
                Some(id) if form == Form::Item && !id.value.starts_with('"') => {
                    let text = quoted(&id.value);
                    Ok(members.with("id", text))
                }
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "notesnook-id-lost",
        sentence: "Returns an empty id, whatever the item says",
        operations: ITEM,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.id = |_, _| String::new(),
    },
    Mistake {
        name: "notesnook-id-from-inside",
        sentence: "Returns the id inside the sealed item instead of the one beside it, so that nobody can compare them",
        operations: ITEM,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).notesnook.id =
                |opening, plaintext| wrong::id_in_item(plaintext).unwrap_or_else(|| opening.id.clone());
        },
    },
    Mistake {
        name: "notesnook-empty-id-refused",
        sentence: "Refuses an item whose id is empty",
        operations: ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.text("id").as_deref() {
                Some("") if form == Form::Item => Err(Stop::Refuse(Reason::Parameter)),
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "notesnook-id-in-ascii",
        sentence: "Keeps the ASCII characters of an id and loses the others",
        operations: ITEM_BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).notesnook.id =
                |opening, _| opening.id.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
            envelope(parts).document.written = |written, members| match members.text("id") {
                Some(id) if written.form == Form::Item => {
                    let ascii: String = id.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
                    members.with("id", quoted(&ascii))
                }
                Some(_) | None => members,
            };
        },
    },
    Mistake {
        name: "notesnook-plaintext-as-base64",
        sentence: "Gives the plaintext back as base64, the other output format of the client",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).notesnook.plaintext = |_, plaintext| Ok(Base64::Standard.encode(&plaintext).into_bytes());
        },
    },
];
