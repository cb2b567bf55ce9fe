//! What is opened: the same messages as are sealed, and what becomes of them on the way.

use super::{Message, Shape, messages, open_file, refusals};
use crate::builder::{FileBuilder, KeyStream};

pub(super) fn opened(shape: Shape, stream: &mut KeyStream) -> FileBuilder {
    let Shape(iv, tag) = shape;
    let mut file = open_file(&format!("AES-256-GCM with an IV of {iv} bytes and a tag of {tag}, opened"));
    let messages = messages::ordinary(shape, stream);
    let [ordinary, empty, whole_blocks] = messages.each_ref().map(|message| message.ask_open(&mut file));
    refusals::of_ordinary(shape, &messages[0], ordinary, &mut file);
    if iv == 16 || tag == 16 {
        refusals::of_empty(&messages[1], empty, &mut file);
        refusals::of_whole_blocks(&messages[2], whole_blocks, &mut file);
    }
    refusals::of_other_tag_bytes(shape, &messages[0], ordinary, &mut file);
    file
}

pub(super) fn opened_iv_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM with IVs of other lengths, opened");
    for length in [1, 4, 7, 8, 11, 12, 13, 15, 16, 17, 24, 31, 32, 33, 47, 48, 49, 60, 63, 64] {
        let message = messages::iv_length(length, stream);
        let parent = message.ask_open(&mut file);
        if [13, 17, 32, 64].contains(&length) {
            refusals::of_iv_length(&message, parent, &mut file);
        }
    }
    file
}

pub(super) fn opened_counter_wrap(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM whose counter wraps within the message, opened");
    for message in messages::counter_wrap(stream) {
        message.ask_open(&mut file);
    }
    file
}

/// The longest message is sealed only: one copy of it is enough of a file.
pub(super) fn opened_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM of long messages, opened");
    for message in messages::long(stream).iter().take(2) {
        let parent = message.ask_open(&mut file);
        refusals::of_long(message, parent, &mut file);
    }
    file
}

pub(super) fn opened_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM with a 16-byte IV, of lengths that surround the edges of blocks, opened");
    for message in messages::lengths(stream) {
        message.ask_open(&mut file);
    }
    file
}

pub(super) fn opened_long_text(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM of a text beyond 65,535 bytes, opened");
    let why = "A length in bytes that two bytes do not hold, in whole blocks";
    let message = Message::random(stream, [16, 20, 65_552], 16);
    message.called("text-65552", why, &["LengthField", "LongMessage"]).ask_open(&mut file);
    file
}

pub(super) fn opened_long_aad(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM of associated data beyond 65,535 bytes, opened");
    messages::long_aad(stream).ask_open(&mut file);
    file
}
