//! Messages that agree but for a byte near their end, and the tag of each on the other.

use super::{Message, open_file};
use crate::builder::forms::late::LATE;
use crate::builder::{AskRefused, Change, FileBuilder, KeyStream};
use crate::recipe::primitives::{AUTHENTICATION, flipped};
use vectors::Value;

pub(super) fn opened(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM of messages that differ late, opened");
    for (name, what, length, at) in LATE {
        let one = Message::random(stream, [16, 13, *length], 16);
        let other = Message { plaintext: flipped(&one.plaintext, *at, 1), ..one.clone() };
        let tags = [&one, &other].map(|message| message.sealed()[*length..].to_vec());
        for (message, which, tag) in [(one, "one", &tags[1]), (other, "other", &tags[0])] {
            let why = format!("Of two messages under one key and IV that differ in {what}, the {which}");
            let message = message.called(&format!("{which}-{name}"), &why, &["LongMessage"]);
            let parent = message.ask_open(&mut file);
            let forged = [&message.sealed()[..*length], tag.as_slice()].concat();
            let change = Change("ciphertext", Value::Bytes(forged));
            let (name, why) =
                (format!("{which}-{name}-tag"), format!("The tag is that of a message with another byte: {what}"));
            let (name, why, flags) = (name.as_str(), why.as_str(), &["ModifiedCiphertext"]);
            file.confirm_refusal(AskRefused { name, why, flags, parent, change, reasons: AUTHENTICATION });
        }
    }
    file
}
