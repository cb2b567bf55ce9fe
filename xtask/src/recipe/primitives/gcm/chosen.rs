//! Messages whose tag was chosen: for comparisons, and to be right under two keys.

use super::{BLOCK_BYTES, Message, key, open_file};
use crate::builder::{AskRefused, Change, FileBuilder, KeyStream};
use crate::recipe::primitives::{AUTHENTICATION, flipped, tags};
use vectors::Value;

pub(super) fn opened_lookalikes(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM with tags that a wrong comparison takes for others");
    for tags::Lookalikes { name, why, tag, others } in tags::lookalikes() {
        let message = Message::random(stream, [16, 13, 20], 16).with_tag(tag);
        let message = message.called(name, why, &["PartialTagCompare"]);
        let (parent, body) = (message.ask_open(&mut file), message.sealed()[..20].to_vec());
        for (name, why, other) in others {
            let change = Change("ciphertext", Value::Bytes([body.as_slice(), &other].concat()));
            let flags = &["PartialTagCompare"];
            file.confirm_refusal(AskRefused { name, why, flags, parent, change, reasons: AUTHENTICATION });
        }
    }
    let message = Message::random(stream, [12, 0, BLOCK_BYTES], 16).with_tag([0; BLOCK_BYTES]);
    let why = "The tag is all zeros and right, under an IV of 12 bytes and without associated data";
    message.called("tag-of-zeros-one-block", why, &["PartialTagCompare"]).ask_open(&mut file);
    file
}

pub(super) fn opened_under_two_keys(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM of ciphertexts that are right under two keys");
    for (shape, lengths) in [("iv-12", [12, 0, 32]), ("iv-16", [16, 13, 20]), ("iv-16-one-block", [16, 0, BLOCK_BYTES])]
    {
        let [one, other] = Message::random(stream, lengths, 16).under_two_keys(key(stream));
        let called = |message: Message, which: &str, why| {
            message.called(&format!("{shape}-{which}-key"), why, &["KeyCommitment"])
        };
        let why = "Opens under this key; the same bytes open to another text under the next case's";
        let one = called(one, "first", why);
        let parent = one.ask_open(&mut file);
        let why = "The same bytes, under another key: both texts are right, and only who chose the keys could know which was meant";
        called(other, "second", why).ask_open(&mut file);
        let change = Change("key", Value::Bytes(flipped(&one.key, 31, 1)));
        let (name, why) = (format!("{shape}-third-key"), "Under a third key the tag is wrong");
        let (name, flags) = (name.as_str(), &["KeyCommitment"]);
        file.confirm_refusal(AskRefused { name, why, flags, parent, change, reasons: AUTHENTICATION });
    }
    file
}
