//! XChaCha20-Poly1305 of bytes that were tampered with, each a valid case with one thing changed.

use super::message::{Message, file, refuse};
use crate::builder::{Change, FileBuilder, KeyStream};
use crate::recipe::primitives::{AUTHENTICATION, TOO_SHORT, flipped};
use vectors::{Reason, Value};

pub(super) fn tampered(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of bytes that were tampered with");
    let message = Message::random(stream, 13, 80);
    let parent =
        message.ask_open(&mut file, "ordinary", "A message of two blocks of key stream with associated data", &[]);
    let sealed = message.sealed();
    for at in 0..16 {
        let bits = if at % 2 == 0 { 0x01 } else { 0x80 };
        let change = Change("ciphertext", Value::Bytes(flipped(&sealed, 80 + at, bits)));
        let why = format!("Byte {at} of the tag differs and all others are right");
        refuse(&mut file, &format!("tag-byte-{at}"), &why, "PartialTagCompare", (parent, change, AUTHENTICATION));
    }
    for (name, why, flag, bytes, reasons) in tampered_ciphertexts(&sealed) {
        refuse(&mut file, name, why, flag, (parent, Change("ciphertext", Value::Bytes(bytes)), reasons));
    }
    for (name, why, flag, member, bytes) in tampered_inputs(&message) {
        refuse(&mut file, name, why, flag, (parent, Change(member, Value::Bytes(bytes)), AUTHENTICATION));
    }
    let bare = Message::random(stream, 0, 0);
    let parent = bare.ask_open(&mut file, "empty", "A tag alone, without associated data", &["BlockEdge"]);
    let added = Change("aad", Value::Bytes(vec![0]));
    refuse(
        &mut file,
        "aad-added",
        "A zero of associated data where there were none",
        "AadIgnored",
        (parent, added, AUTHENTICATION),
    );
    let forged = Change("ciphertext", Value::Bytes(flipped(&bare.sealed(), 15, 1)));
    refuse(
        &mut file,
        "empty-tag-last-bit",
        "The last bit of a tag of nothing is flipped",
        "PartialTagCompare",
        (parent, forged, AUTHENTICATION),
    );
    for (name, why, flag, bytes, reasons) in [
        (
            "empty-half-a-tag",
            "There is only half a tag of nothing",
            "TagTruncated",
            bare.sealed()[..8].to_vec(),
            TOO_SHORT,
        ),
        ("empty-nothing", "There is no byte at all where a tag of nothing was", "TagTruncated", Vec::new(), TOO_SHORT),
        ("empty-tag-zeros", "The tag of nothing is all zeros", "PartialTagCompare", vec![0; 16], AUTHENTICATION),
    ] {
        refuse(&mut file, name, why, flag, (parent, Change("ciphertext", Value::Bytes(bytes)), reasons));
    }
    file
}

type TamperedCiphertext = (&'static str, &'static str, &'static str, Vec<u8>, &'static [Reason]);

/// From a ciphertext of 80 bytes and its tag.
fn tampered_ciphertexts(sealed: &[u8]) -> Vec<TamperedCiphertext> {
    let (body, tag) = sealed.split_at(80);
    let alike = flipped(&flipped(sealed, 80, 0x5a), 81, 0x5a);
    vec![
        ("tag-zeros", "The tag is all zeros", "PartialTagCompare", [body, &[0; 16]].concat(), AUTHENTICATION),
        (
            "tag-two-bytes-alike",
            "Two bytes differ by the same bits, which a comparison by xor alone would cancel",
            "PartialTagCompare",
            alike,
            AUTHENTICATION,
        ),
        (
            "tag-in-front",
            "The tag is before the ciphertext, as in a secretbox",
            "ModifiedCiphertext",
            [tag, body].concat(),
            AUTHENTICATION,
        ),
        (
            "tag-cut-by-one",
            "The last byte of the tag is missing",
            "TagTruncated",
            sealed[..95].to_vec(),
            AUTHENTICATION,
        ),
        ("tag-removed", "There is no tag after the ciphertext", "TagTruncated", body.to_vec(), AUTHENTICATION),
        ("extended", "A zero follows the tag", "ModifiedCiphertext", [sealed, &[0]].concat(), AUTHENTICATION),
        (
            "first-bit",
            "The first bit of the ciphertext is flipped",
            "ModifiedCiphertext",
            flipped(sealed, 0, 0x80),
            AUTHENTICATION,
        ),
        (
            "last-bit",
            "The last bit of the ciphertext is flipped",
            "ModifiedCiphertext",
            flipped(sealed, 79, 1),
            AUTHENTICATION,
        ),
        (
            "second-block-first-bit",
            "The first bit of the second block of key stream is flipped",
            "ModifiedCiphertext",
            flipped(sealed, 64, 0x80),
            AUTHENTICATION,
        ),
        (
            "first-byte-missing",
            "The first byte of the ciphertext is missing",
            "ModifiedCiphertext",
            sealed[1..].to_vec(),
            AUTHENTICATION,
        ),
        ("tag-alone", "Only the tag is left", "ModifiedCiphertext", tag.to_vec(), AUTHENTICATION),
        (
            "fifteen-bytes",
            "There are 15 bytes, which is less than a tag",
            "TagTruncated",
            sealed[..15].to_vec(),
            TOO_SHORT,
        ),
        ("one-byte", "There is one byte, which is less than a tag", "TagTruncated", sealed[..1].to_vec(), TOO_SHORT),
        ("nothing", "There is no byte at all", "TagTruncated", Vec::new(), TOO_SHORT),
    ]
}

type TamperedInput = (&'static str, &'static str, &'static str, &'static str, Vec<u8>);

fn tampered_inputs(message: &Message) -> Vec<TamperedInput> {
    let Message { key, nonce, aad, .. } = message;
    vec![
        (
            "aad-first-bit",
            "The first bit of the associated data is flipped",
            "AadIgnored",
            "aad",
            flipped(aad, 0, 0x80),
        ),
        ("aad-last-bit", "The last bit of the associated data is flipped", "AadIgnored", "aad", flipped(aad, 12, 1)),
        ("aad-missing", "The associated data are missing", "AadIgnored", "aad", Vec::new()),
        (
            "aad-and-a-zero",
            "A zero follows the associated data, where the padding was",
            "AadPad",
            "aad",
            [aad.as_slice(), &[0]].concat(),
        ),
        ("nonce-first-bit", "The first bit of the nonce is flipped", "NonceTail", "nonce", flipped(nonce, 0, 0x80)),
        (
            "nonce-byte-15",
            "The last byte that makes the subkey is changed",
            "NonceTail",
            "nonce",
            flipped(nonce, 15, 1),
        ),
        (
            "nonce-byte-16",
            "The first byte that is the nonce under the subkey is changed",
            "NonceTail",
            "nonce",
            flipped(nonce, 16, 1),
        ),
        ("nonce-last-bit", "The last bit of the nonce is flipped", "NonceTail", "nonce", flipped(nonce, 23, 1)),
        ("key-first-bit", "The first bit of the key is flipped", "WrongKey", "key", flipped(key, 0, 0x80)),
        ("key-last-bit", "The last bit of the key is flipped", "WrongKey", "key", flipped(key, 31, 1)),
    ]
}
