//! XChaCha20-Poly1305-IETF, sealed, opened and refused.

use super::message::{Message, file, refuse};
use super::{edges, late, tampered};
use crate::builder::{CaseId, Change, FileBuilder, KeyStream, Recipe};
use crate::recipe::primitives::{AUTHENTICATION, PARAMETER, flipped};
use vectors::Value;

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "xchacha20-poly1305/seal-lengths", write: sealed_lengths },
        Recipe { name: "xchacha20-poly1305/seal-long", write: sealed_long },
        Recipe { name: "xchacha20-poly1305/seal-refused", write: seal_refused },
        Recipe { name: "xchacha20-poly1305/open-lengths", write: opened_lengths },
        Recipe { name: "xchacha20-poly1305/open-long", write: opened_long },
        Recipe { name: "xchacha20-poly1305/open-tampered", write: tampered::tampered },
        Recipe { name: "xchacha20-poly1305/open-refused", write: open_refused },
        Recipe { name: "xchacha20-poly1305/open-long-text", write: opened_long_text },
        Recipe { name: "xchacha20-poly1305/open-edges", write: edges::opened },
        Recipe { name: "xchacha20-poly1305/open-long-late", write: late::opened },
    ]
}

/// Length of associated data and plaintext, and why.
type Lengths = (usize, usize, &'static str, &'static [&'static str]);

const LENGTHS: &[Lengths] = &[
    (0, 0, "Nothing is sealed, so the ciphertext is the tag alone", &["BlockEdge"]),
    (0, 1, "One byte", &["BlockEdge"]),
    (0, 15, "One byte less than a block of Poly1305", &["BlockEdge"]),
    (0, 16, "A whole block of Poly1305, to which no padding is added", &["BlockEdge", "AadPad"]),
    (0, 17, "One byte more than a block of Poly1305", &["BlockEdge"]),
    (0, 63, "One byte less than a block of key stream", &["BlockEdge"]),
    (0, 64, "A whole block of key stream", &["BlockEdge"]),
    (0, 65, "One byte more than a block of key stream", &["BlockEdge"]),
    (0, 127, "One byte less than two blocks of key stream", &["BlockEdge"]),
    (0, 128, "Two whole blocks of key stream", &["BlockEdge"]),
    (0, 255, "The largest length that one byte holds", &["LongMessage"]),
    (0, 256, "Four blocks of key stream, as many as 128-bit vector code takes at once", &["LongMessage"]),
    (0, 257, "One byte more than four blocks of key stream", &["LongMessage"]),
    (0, 511, "One byte less than eight blocks of key stream", &["LongMessage"]),
    (0, 513, "One byte more than eight blocks of key stream", &["LongMessage"]),
    (0, 1023, "One byte less than sixteen blocks of key stream", &["LongMessage"]),
    (0, 1024, "Sixteen blocks of key stream, the longest that public vectors have", &["LongMessage"]),
    (0, 1025, "One byte longer than public vectors are", &["LongMessage"]),
    (1, 0, "One byte of associated data and nothing else", &["AadPad"]),
    (15, 20, "Associated data one byte short of a block", &["AadPad"]),
    (16, 20, "Associated data of a whole block, to which no padding is added", &["AadPad"]),
    (17, 20, "Associated data one byte over a block", &["AadPad"]),
    (64, 16, "Associated data and text of whole blocks, without any padding", &["AadPad"]),
    (255, 1, "The largest length of associated data that one byte holds", &["AadPad"]),
    (256, 1, "Associated data whose length needs two bytes", &["AadPad"]),
];

fn sealed_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.seal", "XChaCha20-Poly1305 of lengths that surround the edges of blocks, sealed");
    for (aad, plaintext, why, flags) in LENGTHS {
        let name = format!("aad-{aad}-text-{plaintext}");
        Message::random(stream, *aad, *plaintext).ask_seal(&mut file, &name, why, flags);
    }
    file
}

fn opened_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of lengths that surround the edges of blocks, opened");
    for (aad, plaintext, why, flags) in LENGTHS {
        let name = format!("aad-{aad}-text-{plaintext}");
        Message::random(stream, *aad, *plaintext).ask_open(&mut file, &name, why, flags);
    }
    file
}

const LONG: &[Lengths] = &[
    (0, 16_321, "One byte beyond the 255 blocks that one byte counts from 1", &["CounterWrap8", "LongMessage"]),
    (20, 65_537, "A length that two bytes do not hold, and 1,025 blocks of key stream", &["LongMessage"]),
];

fn sealed_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.seal", "XChaCha20-Poly1305 of long messages, sealed");
    for (aad, plaintext, why, flags) in LONG {
        Message::random(stream, *aad, *plaintext).ask_seal(&mut file, &format!("text-{plaintext}"), why, flags);
    }
    file
}

/// The longest message stands in a file of its own.
fn opened_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of long messages, opened");
    for (aad, plaintext, why, flags) in &LONG[..1] {
        let message = Message::random(stream, *aad, *plaintext);
        let parent = message.ask_open(&mut file, &format!("text-{plaintext}"), why, flags);
        let far = Change("ciphertext", Value::Bytes(flipped(&message.sealed(), plaintext - 1, 1)));
        let why = "The last bit of a long ciphertext is flipped";
        refuse(&mut file, "last-bit", why, "ModifiedCiphertext", (parent, far, AUTHENTICATION));
    }
    file
}

fn opened_long_text(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of a text beyond 65,535 bytes, opened");
    for (aad, plaintext, why, flags) in &LONG[1..] {
        let message = Message::random(stream, *aad, *plaintext);
        message.ask_open(&mut file, &format!("text-{plaintext}"), why, flags);
    }
    file
}

fn seal_refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.seal", "XChaCha20-Poly1305 asked to seal with keys and nonces of the wrong size");
    let message = Message::random(stream, 13, 20);
    let parent = message.ask_seal(&mut file, "right-sizes", "Key and nonce have the right sizes", &[]);
    refuse_sizes(&mut file, &message, parent, stream);
    file
}

fn open_refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.open", "XChaCha20-Poly1305 asked to open with keys and nonces of the wrong size");
    let message = Message::random(stream, 13, 20);
    let parent = message.ask_open(&mut file, "right-sizes", "Key and nonce have the right sizes", &[]);
    refuse_sizes(&mut file, &message, parent, stream);
    file
}

/// The right key and nonce, cut or with more behind: what a port that cuts or pads would take.
fn refuse_sizes(file: &mut FileBuilder, message: &Message, parent: CaseId, stream: &mut KeyStream) {
    let more = stream.bytes(16);
    let resized = |bytes: &[u8], length: usize| [bytes, &more].concat()[..length].to_vec();
    for (length, what) in [
        (0, "none"),
        (8, "that of the first ChaCha20"),
        (12, "that of ChaCha20"),
        (16, "that of HChaCha20's input"),
        (23, "one byte short"),
        (25, "one byte too long"),
        (32, "that of a key"),
    ] {
        let change = Change("nonce", Value::Bytes(resized(&message.nonce, length)));
        let why = format!("The nonce has {length} bytes instead of 24, its size is {what}");
        refuse(file, &format!("nonce-{length}"), &why, "NonceLength", (parent, change, PARAMETER));
    }
    for (length, what) in [(0, "missing"), (16, "cut in half"), (31, "one byte short"), (33, "one byte too long")] {
        let change = Change("key", Value::Bytes(resized(&message.key, length)));
        let why = format!("The key has {length} bytes instead of 32, it is {what}");
        refuse(file, &format!("key-{length}"), &why, "KeySize", (parent, change, PARAMETER));
    }
}
