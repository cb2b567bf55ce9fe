//! Messages that agree but for a byte near their end, and the tag of each on the other.

use super::message::{Message, file, refuse};
use crate::builder::forms::late::LATE;
use crate::builder::{Change, FileBuilder, KeyStream};
use crate::recipe::primitives::{AUTHENTICATION, flipped};
use vectors::Value;

pub(super) fn opened(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of messages that differ late, opened");
    for (name, what, length, at) in LATE {
        let one = Message::random(stream, 13, *length);
        let other = Message { plaintext: flipped(&one.plaintext, *at, 1), ..one.clone() };
        let tags = [&one, &other].map(|message| message.sealed()[*length..].to_vec());
        for (message, which, tag) in [(one, "one", &tags[1]), (other, "other", &tags[0])] {
            let why = format!("Of two messages under one key and nonce that differ in {what}, the {which}");
            let parent = message.ask_open(&mut file, &format!("{which}-{name}"), &why, &["LongMessage"]);
            let forged = [message.body().as_slice(), tag.as_slice()].concat();
            let change = Change("ciphertext", Value::Bytes(forged));
            let why = format!("The tag is that of a message with another byte: {what}");
            let name = format!("{which}-{name}-tag");
            refuse(&mut file, &name, &why, "ModifiedCiphertext", (parent, change, AUTHENTICATION));
        }
    }
    file
}
