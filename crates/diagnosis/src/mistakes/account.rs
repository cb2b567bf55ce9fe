//! Mistakes in Notesnook's login: the hash that the client sends, and what the server keeps of it.

pub(super) mod server;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::envelope;
use crate::Mistake;
use crate::models::envelope::account::digest;
use crate::models::envelope::notesnook::Cost;
use document::encoding::Base64;
use envelope::notesnook::account::APP_SALT;
use primitives::hash::{sha256, sha512};
use vectors::Fields;

const LOGIN: &[&str] = &["notesnook.login-hash"];

/// The client's hash as it is.
const LOGIN_COST: Cost = Cost { operation: "argon2id.derive", passes: 3, memory_kib: 65_536, lanes: 1 };
/// The server's hash as it is.
const SERVER_COST: Cost = Cost { operation: "argon2id.derive", passes: 3, memory_kib: 64, lanes: 1 };

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "account-address-as-it-is",
        sentence: "Hashes the address as it was typed, without turning it to lower case",
        operations: LOGIN,
        links: &["https://github.com/streetwriters/notesnook/commit/aceb6db8b"],
        wrong: |parts| envelope(parts).account.address = str::to_owned,
    },
    Mistake {
        name: "account-address-lower-case-of-ascii",
        sentence: "Turns only the ASCII letters of the address to lower case",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.address = str::to_ascii_lowercase,
    },
    Mistake {
        name: "account-address-lower-case-by-character",
        sentence: "Turns each character of the address to lower case by itself, so that a sigma at the end of a word is not the final one",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.address = |address| address.chars().flat_map(char::to_lowercase).collect();
        },
    },
    Mistake {
        name: "account-address-lower-case-of-one-character",
        sentence: "Supports only characters whose lower case is one character, so that a dotted capital I loses its dot",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.address = |address| address.to_lowercase().replace("i\u{307}", "i"),
    },
    Mistake {
        name: "account-address-lower-case-in-turkish",
        sentence: "Turns the address to lower case by the Turkish rule, as a device's language has it: I becomes ı, and İ becomes i",
        operations: LOGIN,
        links: &[
            "https://github.com/kuroppoi/brainwine/issues/33",
            "https://github.com/CypherpunkArmory/UserLAnd/pull/1200",
        ],
        wrong: |parts| {
            envelope(parts).account.address =
                |address| address.replace('I', "ı").replace('\u{130}', "i").to_lowercase();
        },
    },
    Mistake {
        name: "account-address-upper-case",
        sentence: "Turns the address to upper case",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.address = str::to_uppercase,
    },
    Mistake {
        name: "account-domain-lower-case",
        sentence: "Turns only the domain of the address to lower case",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.address = |address| match address.rsplit_once('@') {
                Some((local, domain)) => format!("{local}@{}", domain.to_lowercase()),
                None => address.to_lowercase(),
            };
        },
    },
    Mistake {
        name: "account-address-trimmed",
        sentence: "Drops white space at both ends of the address, which the client does not",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.address = |address| address.trim().to_lowercase(),
    },
    Mistake {
        name: "account-address-nfkc",
        sentence: "Folds compatibility forms of the address (NFKC)",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.address = |address| {
                use unicode_normalization::UnicodeNormalization as _;
                address.nfkc().collect::<String>().to_lowercase()
            };
        },
    },
    Mistake {
        name: "account-address-without-its-tag",
        sentence: "Drops what follows a plus in the address",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.address = |address| {
                let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
                format!("{}@{domain}", local.split('+').next().unwrap_or_default()).to_lowercase()
            };
        },
    },
    Mistake {
        name: "account-constant-decoded",
        sentence: "Decodes the constant of the salt, which looks like base64 and is meant as text",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.salt_message = |address| {
                let constant = URL_SAFE_NO_PAD.decode(APP_SALT).unwrap_or_default();
                [&constant, address.as_bytes()].concat()
            };
        },
    },
    Mistake {
        name: "account-address-first",
        sentence: "Puts the address before the constant of the salt",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.salt_message = |address| format!("{address}{APP_SALT}").into_bytes();
        },
    },
    Mistake {
        name: "account-constant-separated",
        sentence: "Puts a colon between the constant of the salt and the address",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.salt_message = |address| format!("{APP_SALT}:{address}").into_bytes();
        },
    },
    Mistake {
        name: "account-without-the-constant",
        sentence: "Leaves the constant out of the salt",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.salt_message = |address| address.as_bytes().to_vec(),
    },
    Mistake {
        name: "account-constant-alone",
        sentence: "Leaves the address out of the salt, so that everybody has the same",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.salt_message = |_| APP_SALT.as_bytes().to_vec(),
    },
    Mistake {
        name: "account-salt-cut-from-64-bytes",
        sentence: "Cuts 16 bytes from BLAKE2b of 64, which hashes its own length",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.salt = |port, message| Ok(digest(port, message, 64)?[..16].to_vec()),
    },
    Mistake {
        name: "account-salt-cut-from-32-bytes",
        sentence: "Cuts 16 bytes from BLAKE2b of 32, libsodium's default",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.salt = |port, message| Ok(digest(port, message, 32)?[..16].to_vec()),
    },
    Mistake {
        name: "account-salt-keyed",
        sentence: "Keys BLAKE2b with the constant and hashes the address alone",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.salt = |port, message| {
                let question = Fields::new()
                    .with_bytes("message", &message[APP_SALT.len()..])
                    .with_bytes("key", APP_SALT)
                    .with_integer("length", 16);
                Ok(port.primitive("blake2b.digest", &question)?.bytes("digest").to_vec())
            };
        },
    },
    Mistake {
        name: "account-salt-of-sha-256",
        sentence: "Cuts the salt from SHA-256",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.salt = |_, message| Ok(sha256(message)[..16].to_vec()),
    },
    Mistake {
        name: "account-salt-of-sha-512",
        sentence: "Cuts the salt from SHA-512",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.salt = |_, message| Ok(sha512(message)[..16].to_vec()),
    },
    Mistake {
        name: "account-login-argon2i",
        sentence: "Hashes the login password with Argon2i, the function of the key",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.login = Cost { operation: "argon2i.derive", ..LOGIN_COST },
    },
    Mistake {
        name: "account-login-of-8-mib",
        sentence: "Hashes the login password with 8 MiB, as a comment in the client says, where the client takes 64",
        operations: LOGIN,
        links: &["https://github.com/streetwriters/notesnook"],
        wrong: |parts| envelope(parts).account.login = Cost { memory_kib: 8_192, ..LOGIN_COST },
    },
    Mistake {
        name: "account-login-of-64-kib",
        sentence: "Hands 65536 to a library that counts memory in bytes",
        operations: LOGIN,
        links: &["https://github.com/samuel-lucas6/Geralt/issues/12"],
        wrong: |parts| envelope(parts).account.login = SERVER_COST,
    },
    Mistake {
        name: "account-login-of-two-passes",
        sentence: "Hashes the login password with 2 passes, libsodium's interactive limit",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.login = Cost { passes: 2, ..LOGIN_COST },
    },
    Mistake {
        name: "account-login-in-standard-base64",
        sentence: "Sends the login hash in padded base64 of the standard alphabet",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.login_text = |_, hash| Base64::Standard.encode(hash),
    },
    Mistake {
        name: "account-login-in-hex",
        sentence: "Sends the login hash in hex",
        operations: LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).account.login_text = |_, hash| hex::encode(hash),
    },
    Mistake {
        name: "account-login-of-16-bytes",
        sentence: "Sends 16 bytes of the login hash",
        operations: LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.login_text =
                |envelope, hash| (envelope.encoding.write_base64)(Base64::UrlSafeUnpadded, &hash[..16]);
        },
    },
    Mistake {
        name: "account-login-of-zeros",
        sentence: "Sends a hash of zeros, because the device lacks 64 MiB and nothing checks the result",
        operations: LOGIN,
        links: &[
            "https://github.com/jedisct1/libsodium.js/issues/311",
            "https://github.com/jedisct1/libsodium.js/issues/301",
        ],
        wrong: |parts| {
            envelope(parts).account.login_text = |_, hash| Base64::UrlSafeUnpadded.encode(&vec![0; hash.len()]);
        },
    },
];
