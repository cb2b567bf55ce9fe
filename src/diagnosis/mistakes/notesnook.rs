//! Mistakes in Notesnook's key, its envelope under a password and its synced item.

mod wrong;

use super::envelope;
use crate::diagnosis::models::envelope::document::{Form, quoted};
use crate::diagnosis::models::envelope::notesnook::Cost;
use crate::diagnosis::{Mistake, Stop};
use crate::primitives::encoding::Base64;
use crate::vector::Reason;

const NOTESNOOK: &str = "https://github.com/streetwriters/notesnook";

const KEY: &[&str] = &["notesnook.derive-key", "notesnook.seal", "notesnook.open"];
const OPEN: &[&str] = &["notesnook.open", "notesnook-item.open"];
const SEAL: &[&str] = &["notesnook.seal", "notesnook-item.seal"];
const BOTH: &[&str] = &["notesnook.seal", "notesnook.open", "notesnook-item.seal", "notesnook-item.open"];
const ITEM: &[&str] = &["notesnook-item.open"];
const ITEM_BOTH: &[&str] = &["notesnook-item.seal", "notesnook-item.open"];

/// Everything that takes a salt from its caller.
const SALTS_GIVEN: &[&str] =
    &["notesnook.derive-key", "notesnook.seal", "notesnook-item.seal", "notesnook.server-hash"];

/// The derivation as the clients have it.
const COST: Cost = Cost { operation: "argon2i.derive", passes: 3, memory_kib: 8_192, lanes: 1 };

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "notesnook-argon2id",
        sentence: "Derives the key with Argon2id, the default of newer libraries, in place of Argon2i",
        operations: KEY,
        links: &["https://github.com/jedisct1/libsodium.js/issues/119"],
        wrong: |parts| envelope(parts).notesnook.cost = Cost { operation: "argon2id.derive", ..COST },
    },
    Mistake {
        name: "notesnook-memory-of-64-mib",
        sentence: "Derives the key with 64 MiB, the cost of the login hash",
        operations: &["notesnook.derive-key"],
        links: &[],
        wrong: |parts| envelope(parts).notesnook.cost = Cost { memory_kib: 65_536, ..COST },
    },
    Mistake {
        name: "notesnook-memory-in-bytes",
        sentence: "Hands 8192 to a library that counts memory in bytes",
        operations: KEY,
        links: &[
            "https://github.com/samuel-lucas6/Geralt/issues/12",
            "https://github.com/jedisct1/libsodium-php/issues/214",
            "https://github.com/jedisct1/libsodium.js/issues/331",
        ],
        wrong: |parts| envelope(parts).notesnook.cost = Cost { memory_kib: 8, ..COST },
    },
    Mistake {
        name: "notesnook-two-passes",
        sentence: "Derives the key with 2 passes, libsodium's interactive limit for Argon2id",
        operations: KEY,
        links: &["https://github.com/jedisct1/libsodium.js/issues/119"],
        wrong: |parts| envelope(parts).notesnook.cost = Cost { passes: 2, ..COST },
    },
    Mistake {
        name: "notesnook-four-passes",
        sentence: "Derives the key with 4 passes, libsodium's interactive limit for Argon2i",
        operations: KEY,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.cost = Cost { passes: 4, ..COST },
    },
    Mistake {
        name: "notesnook-four-lanes",
        sentence: "Derives the key with 4 lanes, the default of other libraries, where libsodium has one",
        operations: KEY,
        links: &["https://github.com/jedisct1/libsodium/issues/590"],
        wrong: |parts| envelope(parts).notesnook.cost = Cost { lanes: 4, ..COST },
    },
    Mistake {
        name: "notesnook-salt-as-text",
        sentence: "Salts with the 22 characters of base64 as they stand",
        operations: KEY,
        links: &[],
        wrong: |parts| {
            envelope(parts).notesnook.salt = |salt| Base64::UrlSafeUnpadded.encode(salt).into_bytes();
        },
    },
    Mistake {
        name: "notesnook-salt-as-hex",
        sentence: "Salts with the hex of the salt",
        operations: KEY,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.salt = |salt| hex::encode(salt).into_bytes(),
    },
    Mistake {
        name: "notesnook-salt-ignored",
        sentence: "Salts with zeros, whatever the salt is",
        operations: KEY,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.salt = |_| vec![0; 16],
    },
    Mistake {
        name: "notesnook-salt-cut-to-8",
        sentence: "Takes 8 bytes of the salt, the least that Argon2 takes",
        operations: KEY,
        links: &["https://github.com/joshjdevl/libsodium-jni/issues/81"],
        wrong: |parts| envelope(parts).notesnook.salt = |salt| salt[..salt.len().min(8)].to_vec(),
    },
    Mistake {
        name: "notesnook-salt-of-any-length",
        sentence: "Takes a salt of any length that Argon2 takes, 8 bytes and more",
        operations: SALTS_GIVEN,
        links: &[
            "https://github.com/jedisct1/libsodium.js/issues/325",
            "https://github.com/jedisct1/libsodium.js/issues/332",
            "https://github.com/sodium-friends/sodium-native/issues/141",
        ],
        wrong: |parts| {
            envelope(parts).notesnook.salt_sized = |salt| match salt.len() {
                0..8 => Err(Stop::Refuse(Reason::Parameter)),
                _ => Ok(salt.to_vec()),
            };
        },
    },
    Mistake {
        name: "notesnook-salt-filled-up",
        sentence: "Fills a short salt with zeros and cuts a long one, the memory behind it read or left",
        operations: SALTS_GIVEN,
        links: &["https://github.com/joshjdevl/libsodium-jni/issues/81"],
        wrong: |parts| envelope(parts).notesnook.salt_sized = |salt| Ok(wrong::resized(salt, 16)),
    },
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
        name: "notesnook-nonce-filled-up",
        sentence: "Seals with a nonce that is too short or too long, filled with zeros or cut",
        operations: SEAL,
        links: &["CVE-2019-1543"],
        wrong: |parts| envelope(parts).notesnook.nonce_sized = |nonce| Ok(wrong::resized(nonce, 24)),
    },
    Mistake {
        name: "notesnook-nonce-of-16-bytes",
        sentence: "Uses the first 16 bytes of the nonce and zeros for the rest",
        operations: BOTH,
        links: &["https://github.com/jedisct1/libsodium/issues/742"],
        wrong: |parts| envelope(parts).notesnook.nonce = |nonce| wrong::resized(&nonce[..nonce.len().min(16)], 24),
    },
    Mistake {
        name: "notesnook-nonce-of-12-bytes",
        sentence: "Uses the first 12 bytes of the nonce, the length of the plain ChaCha20, and zeros for the rest",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.nonce = |nonce| wrong::resized(&nonce[..nonce.len().min(12)], 24),
    },
    Mistake {
        name: "notesnook-key-missing-is-zeros",
        sentence: "Takes a key of zeros where there is none, as the Android client once did",
        operations: ITEM_BOTH,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).notesnook.key_sized = |key| match key.len() {
                0 => Ok(vec![0; 32]),
                32 => Ok(key.to_vec()),
                _ => Err(Stop::Refuse(Reason::Parameter)),
            };
        },
    },
    Mistake {
        name: "notesnook-key-filled-up",
        sentence: "Fills a key that is too short with zeros and cuts one that is too long",
        operations: ITEM_BOTH,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.key_sized = |key| Ok(wrong::resized(key, 32)),
    },
    Mistake {
        name: "notesnook-key-as-text",
        sentence: "Uses the first 32 characters of the key's base64 as the key",
        operations: KEY,
        links: &[],
        wrong: |parts| {
            envelope(parts).notesnook.key = |key| Base64::UrlSafeUnpadded.encode(&key).into_bytes()[..32].to_vec();
        },
    },
    Mistake {
        name: "notesnook-key-of-zeros",
        sentence: "Seals under a key of zeros, the derivation having failed unnoticed for lack of memory",
        operations: &[
            "notesnook.derive-key",
            "notesnook.seal",
            "notesnook.open",
            "notesnook-item.seal",
            "notesnook-item.open",
        ],
        links: &[
            "https://github.com/jedisct1/libsodium.js/issues/311",
            "https://github.com/jedisct1/libsodium.js/issues/235",
        ],
        wrong: |parts| envelope(parts).notesnook.key = |_| vec![0; 32],
    },
    Mistake {
        name: "notesnook-empty-password-taken",
        sentence: "Seals under the empty password, which the clients take for none",
        operations: &["notesnook.seal"],
        links: &[],
        wrong: |parts| envelope(parts).notesnook.there_is = |password| Ok(password.to_owned()),
    },
    Mistake {
        name: "notesnook-id-authenticated",
        sentence: "Authenticates the id of an item, which the clients do not",
        operations: ITEM_BOTH,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.aad = |opening| opening.id.clone().into_bytes(),
    },
    Mistake {
        name: "notesnook-algorithm-authenticated",
        sentence: "Authenticates the name of the algorithm, which the clients do not",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.aad = |_| b"xcha-argon2i13-7".to_vec(),
    },
    Mistake {
        name: "notesnook-salt-authenticated",
        sentence: "Authenticates the salt, which the clients do not, so that an item whose salt the server dropped does not open",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.aad = |opening| opening.salt.clone(),
    },
    Mistake {
        name: "notesnook-tag-in-front",
        sentence: "Puts the tag in front of the ciphertext, as secretbox has it",
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
        name: "notesnook-length-trusted",
        sentence: "Sizes the plaintext's buffer by length: zeros behind the plaintext where it is too large, memory overwritten where it is too small",
        operations: OPEN,
        links: &["https://github.com/ammarahm-ed/react-native-sodium"],
        wrong: |parts| envelope(parts).notesnook.plaintext = wrong::of_named_length,
    },
    Mistake {
        name: "notesnook-length-cuts",
        sentence: "Cuts the plaintext at length, which writers before 2020 counted in UTF-16 units",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).notesnook.plaintext = wrong::cut_at_named_length,
    },
    Mistake {
        name: "notesnook-length-checked",
        sentence: "Refuses an envelope whose length is not that of the plaintext, although nobody promises that it is",
        operations: OPEN,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.plaintext = wrong::only_of_named_length,
    },
    Mistake {
        name: "notesnook-length-optional",
        sentence: "Takes an envelope without length",
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
        sentence: "Refuses an item without salt, which the server drops and which nobody needs",
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
        sentence: "Takes any keyVersion",
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
        sentence: "Takes any alg, as every client does",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members.without("alg")),
    },
    Mistake {
        name: "notesnook-algorithm-by-its-beginning",
        sentence: "Takes an alg by its first parts, so that a compressed or unpadded plaintext is given back as it is",
        operations: OPEN,
        links: &[NOTESNOOK],
        wrong: |parts| {
            envelope(parts).document.members = |_, members| Ok(wrong::by_first_parts_of_alg(members));
        },
    },
    Mistake {
        name: "notesnook-format-ignored",
        sentence: "Takes any format for base64",
        operations: OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members.without("format")),
    },
    Mistake {
        name: "notesnook-database-version-ignored",
        sentence: "Takes an item of any database version",
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
        name: "notesnook-item-under-a-password",
        sentence: "Opens an item under a password, taking its salt for that of a password",
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
        sentence: "Takes an id that is a number for the text of it",
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
        sentence: "Gives no id back",
        operations: ITEM,
        links: &[],
        wrong: |parts| envelope(parts).notesnook.id = |_, _| String::new(),
    },
    Mistake {
        name: "notesnook-id-from-inside",
        sentence: "Gives back the id that the sealed item holds in place of the one beside it, so that nobody can compare them",
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
    Mistake {
        name: "notesnook-plaintext-in-utf-16-length",
        sentence: "Seals so many bytes of the plaintext as it has UTF-16 units",
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
        sentence: "Writes no alg",
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
        wrong: |parts| envelope(parts).document.written = wrong::as_android_writes,
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
