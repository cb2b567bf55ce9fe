//! HMAC-SHA512: keys around the 128-byte block, and keys that are one key.

use crate::builder::forms::edges::{self, edged};
use crate::builder::{Ask, FileBuilder, KeyStream, Recipe};
use oracle::sodium;
use vectors::{BugClass, Fields, Flag};

/// Bytes of a block of SHA-512, which is what a key is padded to.
const BLOCK_BYTES: usize = 128;

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "hmac-sha512/key-lengths", write: key_lengths },
        Recipe { name: "hmac-sha512/message-lengths", write: message_lengths },
        Recipe { name: "hmac-sha512/same-keys", write: same_keys },
    ]
}

fn file(title: &str) -> FileBuilder {
    FileBuilder::new("hmac-sha512.tag", title)
        .spec(&["RFC 2104 §2", "RFC 4231"])
        .flag(
            "KeyBlockEdge",
            Flag::new(
                BugClass::EdgeCase,
                "Keys up to 128 bytes are padded with zeros, longer ones are hashed first",
                "Keys of 128 bytes or near it give other tags, and PBKDF2 other keys",
            ),
        )
        .flag(
            "HmacBlock64",
            Flag::new(
                BugClass::WrongPrimitive,
                "The block of SHA-512 is 128 bytes, not the 64 of SHA-256",
                "Every key of 65 to 128 bytes is hashed where it must not be",
            ),
        )
        .flag(
            "KeyNotHashed",
            Flag::new(
                BugClass::MissingStep,
                "A key above 128 bytes is replaced by its 64-byte digest, neither cut nor refused",
                "Long passwords open nothing that was sealed elsewhere",
            )
            .link("https://github.com/davidben/webathena/issues/39"),
        )
        .flag(
            "KeyEmpty",
            Flag::new(
                BugClass::EdgeCase,
                "An empty key is a key of 128 zeros",
                "A port that refuses it cannot derive from an empty password",
            ),
        )
        .flag(
            "KeyTrailingNul",
            Flag::new(
                BugClass::Encoding,
                "Padding with zeros makes trailing NULs of a short key vanish, and only those",
                "A port on C strings or with a length prefix derives another key",
            ),
        )
        .flag(
            "KeyEdge",
            Flag::new(
                BugClass::Encoding,
                "A key is bytes, also where the first or the last of them is 00 or 80",
                "A port that keeps keys as numbers or text loses a byte of one key in a hundred",
            ),
        )
        .flag(
            "BlockEdge",
            Flag::new(
                BugClass::EdgeCase,
                "The inner hash has one block before the message, whose own padding moves with it",
                "Tags of messages near a whole block are wrong",
            ),
        )
}

fn key_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("HMAC-SHA512 under keys whose lengths surround the edges of blocks");
    for (length, why, flags) in KEY_LENGTHS {
        let key = stream.bytes(*length);
        for message_length in [0, 28, 200] {
            let name = format!("key-{length}-message-{message_length}");
            tag(
                &mut file,
                &name,
                &format!("{why}; the message is {message_length} bytes"),
                flags,
                &key,
                &stream.bytes(message_length),
            );
        }
    }
    for (name, what, front, end) in &edges::BYTES[..2] {
        let key = edged(stream.bytes(32), front, end);
        tag(&mut file, &format!("key-{name}"), &format!("The key {what}"), &["KeyEdge"], &key, &stream.bytes(28));
    }
    file
}

const KEY_LENGTHS: &[(usize, &str, &[&str])] = &[
    (0, "The key is empty, which pads to 128 zeros", &["KeyEmpty"]),
    (1, "The key is one byte and 127 zeros of padding", &[]),
    (63, "The key is one byte less than a block of SHA-256", &["HmacBlock64"]),
    (64, "The key is a whole block of SHA-256 and half of one of SHA-512", &["HmacBlock64"]),
    (65, "The key is longer than a block of SHA-256, which must not get it hashed", &["HmacBlock64"]),
    (127, "The key needs a single byte of padding", &["KeyBlockEdge", "HmacBlock64"]),
    (128, "The key is a whole block and is used as it is", &["KeyBlockEdge", "HmacBlock64"]),
    (129, "The key is one byte longer than a block and is hashed", &["KeyBlockEdge", "KeyNotHashed"]),
    (200, "The key is longer than a block and is hashed", &["KeyNotHashed"]),
    (255, "The key's length is the largest that one byte holds", &["KeyNotHashed"]),
    (256, "The key is two whole blocks and is hashed", &["KeyNotHashed"]),
];

fn message_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("HMAC-SHA512 of messages whose lengths surround the edges of blocks");
    let key = stream.bytes(32);
    for (length, why) in [
        (1, "A message of one byte"),
        (111, "The most that one block takes with its padding after the block of the key"),
        (112, "One byte too many for the padding to end in the block of the message"),
        (127, "One byte less than a block"),
        (128, "A whole block, so that the padding is a block of its own"),
        (129, "One byte more than a block"),
        (1000, "Many blocks, the last one not whole"),
        (255, "The message's length is the largest that one byte holds"),
        (256, "Two whole blocks, and a length that is 0 in one byte"),
        (257, "A length that is 1 in one byte"),
    ] {
        tag(&mut file, &format!("message-{length}"), why, &["BlockEdge"], &key, &stream.bytes(length));
    }
    file
}

fn same_keys(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("HMAC-SHA512 under pairs of keys that are the same key, and under pairs that only look so");
    let (long, short, message) = (stream.bytes(200), stream.bytes(20), b"one message for every key".to_vec());
    let (whole, over) = (stream.bytes(128), stream.bytes(129));
    let padded = |key: &[u8], zeros: usize| [key, &vec![0; zeros]].concat();
    let not_hashed: &[&str] = &["KeyNotHashed"];
    let nul: &[&str] = &["KeyTrailingNul"];
    let edge: &[&str] = &["KeyBlockEdge"];
    let cases: [(&str, &str, &[&str], Vec<u8>); 10] = [
        ("long-key", "A key of 200 bytes; the next case has the same tag", not_hashed, long.clone()),
        (
            "long-key-hashed",
            "The SHA-512 of the key before, which is what that key becomes",
            not_hashed,
            sodium::sha512(&long).to_vec(),
        ),
        ("short-key", "A key of 20 bytes; the next two cases have the same tag", nul, short.clone()),
        ("short-key-and-a-nul", "The key before and a NUL, which is what it is padded with", nul, padded(&short, 1)),
        ("short-key-padded", "The key before, padded to the whole block by hand", nul, padded(&short, 108)),
        (
            "short-key-padded-too-far",
            "One NUL more makes the key longer than a block, so it is hashed and the tag differs",
            edge,
            padded(&short, 109),
        ),
        ("nul-in-front", "A NUL before the key is a byte like any other", nul, [&[0], short.as_slice()].concat()),
        ("whole-block-key", "A key of 128 bytes, to which nothing is added", edge, whole.clone()),
        (
            "whole-block-key-and-a-nul",
            "The key before and a NUL: longer than a block, so it is hashed and the tag differs",
            edge,
            padded(&whole, 1),
        ),
        ("over-block-key-cut", "The first 128 bytes of a 129-byte key are not that key", edge, over[..128].to_vec()),
    ];
    for (name, why, flags, key) in cases {
        tag(&mut file, name, why, flags, &key, &message);
    }
    tag(
        &mut file,
        "over-block-key",
        "The 129-byte key itself; the case before is its first 128 bytes",
        edge,
        &over,
        &message,
    );
    file
}

fn tag(file: &mut FileBuilder, name: &str, why: &str, flags: &[&str], key: &[u8], message: &[u8]) {
    let block = key_block(key);
    let inner = sodium::sha512(&[block.map(|byte| byte ^ 0x36).as_slice(), message].concat());
    file.confirm(Ask {
        name,
        why,
        flags,
        input: Fields::new().with_bytes("key", key).with_bytes("message", message),
        trace: &[("key_block", hex::encode(block)), ("inner_digest", hex::encode(inner))],
    });
}

/// The key as it is mixed in (RFC 2104 §2): hashed if it is longer than a block, then padded with zeros.
fn key_block(key: &[u8]) -> [u8; BLOCK_BYTES] {
    let digest = sodium::sha512(key);
    let key = if key.len() > BLOCK_BYTES { &digest[..] } else { key };
    let mut block = [0; BLOCK_BYTES];
    block[..key.len()].copy_from_slice(key);
    block
}
