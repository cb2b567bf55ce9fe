//! BLAKE2b: the 16-byte digest that Notesnook salts its login hash with, keyed and unkeyed, and every kind of length.

use super::PARAMETER;
use crate::builder::{Ask, AskRefused, Change, FileBuilder, KeyStream, Recipe};
use vectors::{BugClass, Fields, Flag, Value};

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "blake2b/digest-16", write: digest_16 },
        Recipe { name: "blake2b/digest-lengths", write: digest_lengths },
        Recipe { name: "blake2b/key-lengths", write: key_lengths },
        Recipe { name: "blake2b/refused", write: refused },
    ]
}

fn file(title: &str) -> FileBuilder {
    FileBuilder::new("blake2b.digest", title)
        .spec(&["RFC 7693 §2, §3"])
        .flag(
            "OutLen16",
            Flag::new(
                BugClass::WrongPrimitive,
                "The digest's length is part of the parameter block, so a short digest is not a cut long one",
                "Notesnook's login hash is salted with other bytes, and no login succeeds",
            ),
        )
        .flag(
            "Keyed",
            Flag::new(
                BugClass::MissingStep,
                "A key is padded to a block of its own before the message, and its length is part of the parameter block",
                "Keyed digests are wrong, or the key is ignored",
            ),
        )
        .flag(
            "KeyedEmptyMessage",
            Flag::new(
                BugClass::EdgeCase,
                "With a key and no message the block of the key is the last one",
                "The last block is hashed without its mark, or a block of zeros is added",
            ),
        )
        .flag(
            "BlockEdge",
            Flag::new(
                BugClass::EdgeCase,
                "The last block is marked, so a block that is just full must wait to be known as the last",
                "Digests at whole multiples of 128 bytes are wrong",
            ),
        )
        .flag(
            "WrongBlock",
            Flag::new(
                BugClass::WrongPrimitive,
                "The block of BLAKE2b is 128 bytes, not the 64 of BLAKE2s",
                "Digests from 64 bytes on are wrong",
            )
            .link("https://rustsec.org/advisories/RUSTSEC-2019-0019.html"),
        )
        .flag(
            "LengthInvalid",
            Flag::new(
                BugClass::WeakParams,
                "A digest has 1 to 64 bytes, a key at most 64",
                "Whoever chooses the length chooses the strength, down to none at all",
            ),
        )
}

const KEYS: [(usize, &str); 5] = [
    (0, "Without a key"),
    (1, "With a key of one byte"),
    (16, "With a key of 16 bytes"),
    (32, "With a key of 32 bytes"),
    (64, "With the longest key, 64 bytes"),
];

const MESSAGES: [(usize, &str, &[&str]); 11] = [
    (0, "nothing is hashed", &[]),
    (1, "one byte is hashed", &[]),
    (63, "the message is one byte less than a block of BLAKE2s", &["WrongBlock"]),
    (64, "the message is a whole block of BLAKE2s and half of one of BLAKE2b", &["WrongBlock"]),
    (65, "the message is one byte more than a block of BLAKE2s", &["WrongBlock"]),
    (127, "the message needs one byte of padding", &["BlockEdge"]),
    (128, "the message is a whole block, which is the last", &["BlockEdge"]),
    (129, "the message is one byte more than a block", &["BlockEdge"]),
    (255, "the message needs one byte of padding in its second block", &["BlockEdge"]),
    (256, "the message is two whole blocks, the second of which is the last", &["BlockEdge"]),
    (1024, "the message is eight whole blocks", &["BlockEdge"]),
];

fn digest_16(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("BLAKE2b with a digest of 16 bytes");
    for (key_length, with_key) in KEYS {
        let key = stream.bytes(key_length);
        for (length, what, edges) in MESSAGES {
            let mut flags = vec!["OutLen16"];
            flags.extend(edges);
            flags.extend((key_length > 0).then_some("Keyed"));
            flags.extend((key_length > 0 && length == 0).then_some("KeyedEmptyMessage"));
            let (name, why) = (format!("key-{key_length}-message-{length}"), format!("{with_key}, {what}"));
            digest(&mut file, &name, &why, &flags, &stream.bytes(length), &key, 16);
        }
    }
    file
}

fn digest_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("BLAKE2b with digests of other lengths than 16 bytes");
    let (message, key) = (stream.bytes(50), stream.bytes(32));
    for length in [1, 2, 15, 17, 20, 31, 32, 33, 48, 63, 64] {
        let why =
            format!("A digest of {length} bytes, which the parameter block states and the first word so depends on");
        digest(&mut file, &format!("length-{length}"), &why, &["OutLen16"], &message, &[], length);
    }
    for length in [1, 32, 64] {
        let why = format!("A keyed digest of {length} bytes: both lengths are in the parameter block");
        digest(&mut file, &format!("keyed-length-{length}"), &why, &["OutLen16", "Keyed"], &message, &key, length);
    }
    file
}

fn key_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("BLAKE2b with keys of other lengths, and keys that differ by a NUL only");
    let message = stream.bytes(50);
    for length in [2, 8, 15, 17, 31, 33, 63] {
        let why = format!("A key of {length} bytes, padded with zeros to a block of its own");
        digest(&mut file, &format!("key-{length}"), &why, &["Keyed"], &message, &stream.bytes(length), 32);
    }
    let key = stream.bytes(16);
    digest(&mut file, "key-16-whole", "A key of 16 bytes; the next case adds a NUL", &["Keyed"], &message, &key, 32);
    let (longer, why) =
        ([key.as_slice(), &[0]].concat(), "The key before and a NUL: the key's length counts, so the digest differs");
    digest(&mut file, "key-16-and-a-nul", why, &["Keyed"], &message, &longer, 32);
    let why = "A key of one NUL is a key, unlike no key at all";
    digest(&mut file, "key-of-one-nul", why, &["Keyed"], &message, &[0], 32);
    file
}

fn refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("BLAKE2b asked for lengths that it does not have");
    let (message, key) = (stream.bytes(50), stream.bytes(64));
    let whole = digest(&mut file, "longest", "The longest digest and the longest key", &["Keyed"], &message, &key, 64);
    for (length, why) in [
        (0, "A digest of no bytes is asked for"),
        (65, "A digest of one byte more than there are is asked for"),
        (128, "A digest of twice the bytes that there are is asked for"),
        (256, "A digest length that is 0 in one byte"),
        (272, "A digest length that is 16 in one byte"),
        (1 << 32, "A digest length that is 0 in four bytes"),
    ] {
        refuse(&mut file, &format!("length-{length}"), why, whole, Change("length", Value::Integer(length)));
    }
    for (length, why) in [(65, "The key is one byte too long"), (128, "The key is as long as a block")] {
        let longer = [key.as_slice(), &stream.bytes(length - 64)].concat();
        refuse(&mut file, &format!("key-{length}"), why, whole, Change("key", Value::Bytes(longer)));
    }
    file
}

fn refuse(file: &mut FileBuilder, name: &str, why: &str, parent: crate::builder::CaseId, change: Change) {
    file.confirm_refusal(AskRefused { name, why, flags: &["LengthInvalid"], parent, change, reasons: PARAMETER });
}

fn digest(
    file: &mut FileBuilder,
    name: &str,
    why: &str,
    flags: &[&str],
    message: &[u8],
    key: &[u8],
    length: u64,
) -> crate::builder::CaseId {
    // RFC 7693 §2.5: digest length, key length, fanout 1, depth 1; the rest of the parameter block is zero.
    let parameters = [length.to_le_bytes()[0], key.len().to_le_bytes()[0], 1, 1];
    let input = Fields::new().with_bytes("message", message).with_bytes("key", key).with_integer("length", length);
    file.confirm(Ask { name, why, flags, input, trace: &[("parameter_block_start", hex::encode(parameters))] })
}
