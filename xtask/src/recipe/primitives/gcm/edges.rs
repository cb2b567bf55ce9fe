//! Keys, IVs and plaintexts at whose ends a port may change something.

use super::{Message, open_file, refusals};
use crate::builder::forms::edges::{BYTES, ENDS, edged};
use crate::builder::{FileBuilder, KeyStream};

/// Opened only: a port that seals with what it loses of a key opens with it, too.
pub(super) fn opened(stream: &mut KeyStream) -> FileBuilder {
    let title = "AES-256-GCM with keys and IVs that a number or a text would not keep, and of such plaintexts, opened";
    let mut file = open_file(title);
    for message in of_bytes(stream) {
        message.ask_open(&mut file);
    }
    for (name, why, plaintext) in ENDS {
        let message = Message { plaintext: plaintext.to_vec(), ..Message::random(stream, [16, 0, 0], 16) };
        message.called(name, why, &["PlaintextEnd"]).ask_open(&mut file);
    }
    let why = "There is no text, and all of the ciphertext is its tag";
    let nothing = Message::random(stream, [16, 0, 0], 16).called("a-tag-alone", why, &["TagPlace"]);
    let parent = nothing.ask_open(&mut file);
    refusals::of_a_short_one(&nothing, parent, &mut file);
    file
}

/// Three keys, three IVs of 16 bytes and two of 12.
fn of_bytes(stream: &mut KeyStream) -> Vec<Message> {
    let mut messages = Vec::new();
    for (name, what, front, end) in BYTES {
        let mut message = Message::random(stream, [16, 0, 20], 16);
        message.key = edged(message.key, front, end);
        messages.push(message.called(&format!("key-{name}"), &format!("The key {what}"), &["ByteEdge"]));
    }
    for (name, what, front, end) in BYTES {
        let mut message = Message::random(stream, [16, 0, 20], 16);
        message.iv = edged(message.iv, front, end);
        messages.push(message.called(&format!("iv-{name}"), &format!("The IV {what}"), &["ByteEdge"]));
    }
    for (name, why, zeros) in [
        ("iv-12-begins-with-00", "The IV of 12 bytes begins with four of 00, which a number would lose", 4),
        ("iv-12-zeros", "The IV is 12 bytes of 00, and not a missing one", 12),
    ] {
        let mut message = Message::random(stream, [12, 0, 20], 16);
        message.iv[..zeros].fill(0);
        messages.push(message.called(name, why, &["ByteEdge"]));
    }
    messages
}
