//! Mistakes in HMAC-SHA512, and with it in PBKDF2.

use super::hash::{SHA384, SHA512_256, hash, pad_one_block};
use super::taking;
use crate::models::hash::{Hashing, Hmac, Sha512, pad};
use crate::models::pbkdf2::Pbkdf2;
use crate::{Mistake, Parts};
use primitives::hash::sha256;

const TAG: &[&str] = &["hmac-sha512.tag"];
const BOTH: &[&str] = &["hmac-sha512.tag", "pbkdf2-hmac-sha512.derive"];

/// In tags, and in keys made of them.
fn in_both(parts: &mut Parts, wrong: fn(&mut Hmac)) {
    wrong(&mut hash(parts).hmac);
    wrong(&mut parts.pbkdf2.get_or_insert(Pbkdf2::RIGHT).hmac);
}

/// HMAC with any hash of this block size.
pub(super) fn generic(hash: fn(&[u8]) -> Vec<u8>, block: usize, key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut key = if key.len() > block { hash(key) } else { key.to_vec() };
    key.resize(block, 0);
    let padded = |pad: u8| key.iter().map(move |byte| byte ^ pad);
    let inner = hash(&padded(0x36).chain(message.iter().copied()).collect::<Vec<_>>());
    hash(&padded(0x5c).chain(inner).collect::<Vec<_>>())
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "hmac-block-of-64",
        sentence: "Keys are padded to 64 bytes and hashed above that, as with SHA-256, instead of 128",
        operations: BOTH,
        links: &[
            "https://github.com/cryptii/cryptii/issues/24",
            "https://github.com/crypto-browserify/createHmac/issues/38",
        ],
        wrong: |parts| in_both(parts, |hmac| hmac.block = 64),
    },
    Mistake {
        name: "hmac-keys-above-64-hashed",
        sentence: "Keys are hashed from 65 bytes on instead of 129",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            in_both(parts, |hmac| {
                hmac.shorten = |hash, key, _| if key.len() > 64 { hash.digest(key) } else { key.to_vec() };
            });
        },
    },
    Mistake {
        name: "hmac-keys-of-128-hashed",
        sentence: "A key of a whole block, 128 bytes, is hashed although it fits",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            in_both(parts, |hmac| {
                hmac.shorten = |hash, key, _| if key.len() >= 128 { hash.digest(key) } else { key.to_vec() };
            });
        },
    },
    Mistake {
        name: "hmac-every-key-hashed",
        sentence: "Every key is hashed, also one that fits in a block",
        operations: BOTH,
        links: &[],
        wrong: |parts| in_both(parts, |hmac| hmac.shorten = |hash, key, _| hash.digest(key)),
    },
    Mistake {
        name: "hmac-long-key-cut-at-128",
        sentence: "A key above 128 bytes is cut to the block instead of being hashed",
        operations: BOTH,
        links: &["https://github.com/davidben/webathena/issues/39"],
        wrong: |parts| in_both(parts, |hmac| hmac.shorten = |_, key, block| key[..key.len().min(block)].to_vec()),
    },
    Mistake {
        name: "hmac-long-key-cut-at-64",
        sentence: "A key above 64 bytes is cut to 64",
        operations: BOTH,
        links: &[],
        wrong: |parts| in_both(parts, |hmac| hmac.shorten = |_, key, _| key[..key.len().min(64)].to_vec()),
    },
    Mistake {
        name: "hmac-long-key-used-whole",
        sentence: "A key above 128 bytes is used as it is, longer than the block",
        operations: BOTH,
        links: &["https://github.com/nodemcu/nodemcu-firmware/pull/585"],
        wrong: |parts| in_both(parts, |hmac| hmac.shorten = |_, key, _| key.to_vec()),
    },
    Mistake {
        name: "hmac-long-key-hashed-with-sha256",
        sentence: "A key above 128 bytes is replaced by its SHA-256",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            in_both(parts, |hmac| {
                hmac.shorten = |_, key, block| if key.len() > block { sha256(key).to_vec() } else { key.to_vec() };
            });
        },
    },
    Mistake {
        name: "hmac-pads-swapped",
        sentence: "The inner hash takes the outer pad and the outer hash the inner one",
        operations: BOTH,
        links: &[],
        wrong: |parts| in_both(parts, |hmac| hmac.pads.reverse()),
    },
    Mistake {
        name: "hmac-is-hmac-sha256",
        sentence: "HMAC-SHA256 is used instead of HMAC-SHA512",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).tag = |_, key, message| generic(|bytes| sha256(bytes).to_vec(), 64, key, message),
    },
    Mistake {
        name: "hmac-is-hmac-sha384",
        sentence: "HMAC-SHA384 is used instead of HMAC-SHA512",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).hmac.hash = SHA384,
    },
    Mistake {
        name: "hmac-is-hmac-sha512-256",
        sentence: "HMAC with SHA-512/256 is used instead of HMAC-SHA512",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).hmac.hash = SHA512_256,
    },
    Mistake {
        name: "hmac-tag-cut-at-32",
        sentence: "The tag is cut to 32 bytes, as libsodium's crypto_auth cuts it",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).tag = |hmac, key, message| hmac.keyed(key).tag(message)[..32].to_vec(),
    },
    Mistake {
        name: "hmac-key-in-front-of-the-message",
        sentence: "Key and message are hashed one after the other, once, without HMAC",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).tag = |hmac, key, message| hmac.hash.digest(&[key, message].concat()),
    },
    Mistake {
        name: "hmac-without-the-outer-hash",
        sentence: "The inner hash is given out as the tag",
        operations: TAG,
        links: &[],
        wrong: |parts| {
            hash(parts).tag = |hmac, key, message| {
                let mut key = (hmac.shorten)(&hmac.hash, key, hmac.block);
                key.resize(hmac.block, 0);
                let mut inner = Hashing::start(hmac.hash);
                inner.update(&key.iter().map(|byte| byte ^ hmac.pads[0]).collect::<Vec<_>>());
                inner.update(message);
                inner.finish().to_vec()
            };
        },
    },
    Mistake {
        name: "hmac-key-and-message-swapped",
        sentence: "Key and message are swapped",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).tag = |hmac, key, message| hmac.keyed(message).tag(key).to_vec(),
    },
    Mistake {
        name: "hmac-empty-key-refused",
        sentence: "An empty key is refused",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).key = taking::at_least::<1>,
    },
    Mistake {
        name: "hmac-key-up-to-nul",
        sentence: "The key ends at its first NUL",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).key = taking::up_to_nul,
    },
    Mistake {
        name: "hmac-key-without-nuls-at-the-end",
        sentence: "NULs at the end of the key are taken off, also where it is longer than a block",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).key = taking::without_nuls_at_the_end,
    },
    Mistake {
        name: "hmac-key-length-in-8-bits",
        sentence: "The key's length is kept in one byte, so that 256 bytes count as none",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).key = taking::length_in_bits::<8>,
    },
    Mistake {
        name: "hmac-key-as-hex-text",
        sentence: "The hex text of the key is used as the key",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).key = taking::hex_text,
    },
    Mistake {
        name: "hmac-key-as-text",
        sentence: "The bytes of the key are treated as characters and encoded as UTF-8",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).key = taking::utf8_of_latin1,
    },
    Mistake {
        name: "hmac-message-length-in-8-bits",
        sentence: "The message's length is kept in one byte, so that 256 bytes count as none",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).message = taking::length_in_bits::<8>,
    },
    Mistake {
        name: "hmac-empty-message-refused",
        sentence: "An empty message is refused",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).message = taking::at_least::<1>,
    },
    Mistake {
        name: "hmac-padding-in-one-block",
        sentence: "The padding after the message never takes a block of its own, so that it lies over the message's end from 112 bytes on",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).hmac.hash = Sha512 { pad: pad_one_block, ..Sha512::RIGHT },
    },
    Mistake {
        name: "hmac-length-without-the-key",
        sentence: "The length in the padding leaves out the block of the key",
        operations: TAG,
        links: &[],
        wrong: |parts| hash(parts).hmac.hash.pad = |tail, used, total| pad(tail, used, total.saturating_sub(128)),
    },
];
