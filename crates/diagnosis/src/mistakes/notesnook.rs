//! Mistakes in Notesnook's key, its envelope under a password and its synced item.

pub(super) mod reading;
pub(super) mod writing;
mod wrong;

use super::envelope;
use crate::models::envelope::notesnook::Cost;
use crate::{Mistake, Stop};
use document::encoding::Base64;
use vectors::Reason;

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
        sentence: "Derives the key with Argon2id, the default of newer libraries, instead of Argon2i",
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
        sentence: "Salts with the 22 characters of base64 as they are",
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
        sentence: "Cuts a long salt, and reads the memory after a short one, here zeros",
        operations: SALTS_GIVEN,
        links: &["https://github.com/joshjdevl/libsodium-jni/issues/81"],
        wrong: |parts| envelope(parts).notesnook.salt_sized = |salt| Ok(wrong::resized(salt, 16)),
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
        sentence: "Uses a key of zeros if there is no key, as the Android client once did",
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
        sentence: "Seals under a key of zeros, because the derivation ran out of memory unnoticed",
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
        sentence: "Seals under the empty password, which the clients treat as no password",
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
];
