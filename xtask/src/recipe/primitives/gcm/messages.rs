//! The messages that are sealed, and most of them opened too.

use super::{BLOCK_BYTES, Message, Shape, iv, key, seal_file};
use crate::builder::{FileBuilder, KeyStream};

pub(super) fn sealed(shape: Shape, stream: &mut KeyStream) -> FileBuilder {
    let Shape(iv, tag) = shape;
    let mut file = seal_file(&format!("AES-256-GCM with an IV of {iv} bytes and a tag of {tag}, sealed"));
    for message in ordinary(shape, stream) {
        message.ask_seal(&mut file);
    }
    file
}

/// Three messages for each shape: what differs between shapes is J0 and the end of the tag.
pub(super) fn ordinary(Shape(iv, tag): Shape, stream: &mut KeyStream) -> [Message; 3] {
    let shape_flags = [(iv == 16).then_some("Iv128"), (tag < 16).then_some("TagLenPolicy")];
    let flags: Vec<_> = shape_flags.into_iter().flatten().collect();
    let mut message = |aad, plaintext| Message::random(stream, [iv, aad, plaintext], tag);
    [
        message(13, 20).called(
            "ordinary",
            "A message of two blocks, the second not whole, with associated data",
            &flags,
        ),
        message(0, 0).called("empty", "Nothing is sealed, so the ciphertext is the tag alone", &flags),
        message(0, 48).called("whole-blocks", "Three whole blocks without associated data", &flags),
    ]
}

pub(super) fn sealed_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = seal_file("AES-256-GCM with a 16-byte IV, of lengths that surround the edges of blocks");
    for message in lengths(stream) {
        message.ask_seal(&mut file);
    }
    file
}

pub(super) fn lengths(stream: &mut KeyStream) -> Vec<Message> {
    let mut messages = Vec::new();
    for length in [0, 1, 15, 16, 17, 31, 32, 33] {
        let why = format!("{length} bytes of plaintext, padded with zeros to a whole block for the tag alone");
        let message = Message::random(stream, [16, 0, length], 16);
        messages.push(message.called(&format!("plaintext-{length}"), &why, &["BlockEdge"]));
    }
    for length in [1, 15, 16, 17, 31, 32, 33, 64, 1000] {
        let why = format!("{length} bytes of associated data, padded with zeros to a whole block of their own");
        let message = Message::random(stream, [16, length, 5], 16);
        messages.push(message.called(&format!("aad-{length}"), &why, &["AadPad"]));
    }
    let message = Message::random(stream, [16, 32, 0], 16);
    let why = "Associated data alone: the tag is all that comes out";
    messages.push(message.called("aad-only", why, &["AadPad"]));
    let message = Message::random(stream, [16, 13, 0], 16);
    let why = "Associated data alone, less than a block of them";
    messages.push(message.called("aad-only-13", why, &["AadPad"]));
    messages
}

pub(super) fn sealed_iv_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = seal_file("AES-256-GCM with IVs of every length from 1 to 64 bytes, sealed");
    for length in 1..=64 {
        iv_length(length, stream).ask_seal(&mut file);
    }
    file
}

pub(super) fn iv_length(length: usize, stream: &mut KeyStream) -> Message {
    let (why, flags): (String, &[&str]) = match length {
        12 => ("12 bytes are the one length that is not hashed: J0 is the IV and a counter of 1".to_owned(), &[]),
        16 => (
            "16 bytes are hashed with GHASH; they are neither J0 nor cut to 12 bytes".to_owned(),
            &["IvNot96", "Iv128"],
        ),
        _ => (
            format!("{length} bytes are hashed with GHASH, padded to whole blocks and followed by their length"),
            &["IvNot96"],
        ),
    };
    Message::random(stream, [length, 5, 20], 16).called(&format!("iv-{length}"), &why, flags)
}

pub(super) fn sealed_counter_wrap(stream: &mut KeyStream) -> FileBuilder {
    let mut file = seal_file("AES-256-GCM whose counter wraps within the message, sealed");
    for message in counter_wrap(stream) {
        message.ask_seal(&mut file);
    }
    file
}

/// IVs whose J0 is at an edge of the counter. Five blocks are sealed under each.
pub(super) fn counter_wrap(stream: &mut KeyStream) -> Vec<Message> {
    let mut messages = Vec::new();
    for (name, why, tail) in J0_TAILS {
        messages.push(wrapping(0, tail, stream).called(name, why, &["CounterWrap32", "Iv128"]));
    }
    for rest in [1, 8, 16, 32, 44, 48] {
        let length = BLOCK_BYTES + rest;
        let why = format!("An IV of {length} bytes; J0 ends in fffffffe, so the counter is 0 at the second block");
        let message = wrapping(rest, &[0xff, 0xff, 0xff, 0xfe], stream);
        messages.push(message.called(&format!("iv-{length}-wraps-at-block-2"), &why, &["CounterWrap32", "IvNot96"]));
    }
    messages
}

const J0_TAILS: &[(&str, &str, &[u8])] = &[
    ("wraps-at-block-1", "J0 ends in ffffffff, so the counter is 0 at the first block", &[0xff, 0xff, 0xff, 0xff]),
    ("wraps-at-block-2", "J0 ends in fffffffe, so the counter is 0 at the second block", &[0xff, 0xff, 0xff, 0xfe]),
    ("wraps-at-block-3", "J0 ends in fffffffd, so the counter is 0 at the third block", &[0xff, 0xff, 0xff, 0xfd]),
    ("wraps-at-block-4", "J0 ends in fffffffc, so the counter is 0 at the fourth block", &[0xff, 0xff, 0xff, 0xfc]),
    ("j0-all-ones", "J0 is all ones, so a carry out of the counter would reach every byte", &[0xff; 16]),
    ("j0-low-half-ones", "The last eight bytes of J0 are ones, where a 64-bit counter would carry", &[0xff; 8]),
    (
        "j0-ends-7fffffff",
        "The counter passes from the largest signed integer to the smallest",
        &[0x7f, 0xff, 0xff, 0xff],
    ),
    ("j0-ends-00ffffff", "The counter carries into its fourth byte", &[0, 0xff, 0xff, 0xff]),
    ("j0-ends-0000ffff", "The counter carries into its third byte", &[0, 0, 0xff, 0xff]),
    ("j0-ends-000000ff", "The counter carries into its second byte", &[0, 0, 0, 0xff]),
    ("j0-all-zero", "J0 is all zero, as it would be for an empty IV", &[0; 16]),
    ("j0-like-12-byte-iv", "J0 ends in 00000001, as it does for an IV of 12 bytes", &[0, 0, 0, 1]),
];

/// A message whose J0 ends in these bytes, under an IV with `rest` bytes after its first block.
fn wrapping(rest: usize, tail: &[u8], stream: &mut KeyStream) -> Message {
    let (key, mut j0) = (key(stream), [0; BLOCK_BYTES]);
    j0.copy_from_slice(&stream.bytes(BLOCK_BYTES));
    j0[BLOCK_BYTES - tail.len()..].copy_from_slice(tail);
    let iv = iv::solve(&key, &stream.bytes(rest), j0);
    Message { key, iv, ..Message::random(stream, [0, 5, 80], 16) }
}

pub(super) fn sealed_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = seal_file("AES-256-GCM of long messages, sealed");
    for message in long(stream) {
        message.ask_seal(&mut file);
    }
    file
}

/// Lengths in bits that no longer fit in two bytes, and lengths in bytes that no longer do.
pub(super) fn long(stream: &mut KeyStream) -> Vec<Message> {
    let flags = &["LengthField", "LongMessage"];
    let mut message = |aad, plaintext| Message::random(stream, [16, aad, plaintext], 16);
    vec![
        message(0, 8_192).called(
            "plaintext-8192",
            "65,536 bits of plaintext, more than two bytes of the length field hold",
            flags,
        ),
        message(8_192, 16).called(
            "aad-8192",
            "65,536 bits of associated data, more than two bytes of the length field hold",
            flags,
        ),
        message(20, 65_537).called(
            "plaintext-65537",
            "A length in bytes that two bytes do not hold, and 4,097 blocks",
            flags,
        ),
    ]
}

pub(super) fn sealed_long_aad(stream: &mut KeyStream) -> FileBuilder {
    let mut file = seal_file("AES-256-GCM of associated data beyond 65,535 bytes, sealed");
    long_aad(stream).ask_seal(&mut file);
    file
}

pub(super) fn long_aad(stream: &mut KeyStream) -> Message {
    let why = "A length of associated data in bytes that two bytes do not hold";
    Message::random(stream, [16, 65_537, 20], 16).called("aad-65537", why, &["LengthField", "LongMessage"])
}
