//! Keys, nonces and plaintexts at whose ends a port may change something.

use super::message::{Message, file};
use crate::builder::forms::edges::{BYTES, ENDS, edged};
use crate::builder::{Ask, FileBuilder, KeyStream};

/// Opened only: a port that seals with what it loses of a key opens with it, too.
pub(super) fn opened(stream: &mut KeyStream) -> FileBuilder {
    let title = "XChaCha20-Poly1305 with keys and nonces that a number or a text would not keep, and of such plaintexts, opened";
    let mut file = file("xchacha20-poly1305.open", title);
    for (message, [name, why]) in of_bytes(stream) {
        ask_open(&mut file, &message, &name, &why, "ByteEdge");
    }
    for (name, why, plaintext) in ENDS {
        let message = Message { plaintext: plaintext.to_vec(), ..Message::random(stream, 0, 0) };
        ask_open(&mut file, &message, name, why, "PlaintextEnd");
    }
    file
}

/// Without intermediate values, which these cases are not about.
fn ask_open(file: &mut FileBuilder, message: &Message, name: &str, why: &str, flag: &str) {
    let input = message.common().with_bytes("ciphertext", message.sealed());
    file.confirm(Ask { name, why, flags: &[flag], input, trace: &[] });
}

fn of_bytes(stream: &mut KeyStream) -> Vec<(Message, [String; 2])> {
    let mut messages = Vec::new();
    for (name, what, front, end) in BYTES {
        let mut message = Message::random(stream, 0, 20);
        message.key = edged(message.key, front, end);
        messages.push((message, [format!("key-{name}"), format!("The key {what}")]));
        let mut message = Message::random(stream, 0, 20);
        message.nonce = edged(message.nonce, front, end);
        messages.push((message, [format!("nonce-{name}"), format!("The nonce {what}")]));
    }
    messages
}
