//! Ciphertexts that were tampered with, each a valid one with one thing changed. All of them are `core`.

use super::{Message, Shape};
use crate::builder::{AskRefused, CaseId, Change, FileBuilder};
use crate::recipe::primitives::{AUTHENTICATION, TOO_SHORT, flipped};
use vectors::{Reason, Value};

/// Adds refusals that are all made from one case.
struct Refusals<'a> {
    file: &'a mut FileBuilder,
    parent: CaseId,
}

impl Refusals<'_> {
    fn add(&mut self, name: &str, why: &str, flag: &str, change: Change, reasons: &[Reason]) {
        self.file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent: self.parent, change, reasons });
    }

    fn ciphertext(&mut self, name: &str, why: &str, flag: &str, bytes: Vec<u8>) {
        let reasons = if bytes.len() < 16 { TOO_SHORT } else { AUTHENTICATION };
        self.add(name, why, flag, Change("ciphertext", Value::Bytes(bytes)), reasons);
    }

    fn bytes(&mut self, name: &str, why: &str, flag: &str, member: &'static str, bytes: Vec<u8>) {
        self.add(name, why, flag, Change(member, Value::Bytes(bytes)), AUTHENTICATION);
    }
}

/// The message of 20 bytes: every byte of the tag where the comparison is at stake, then every other input.
pub(super) fn of_ordinary(shape: Shape, message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let (Shape(iv, tag), sealed) = (shape, message.sealed());
    let refusals = &mut Refusals { file, parent };
    flip_tag(refusals, &sealed, shape, message.plaintext.len());
    let (ciphertext, first_of_tag) = (&sealed[..message.plaintext.len()], message.plaintext.len());
    let last = ciphertext.len() - 1;
    refusals.ciphertext(
        "ciphertext-first-bit",
        "The first bit of the ciphertext is flipped",
        "ModifiedCiphertext",
        flipped(&sealed, 0, 0x80),
    );
    refusals.ciphertext(
        "ciphertext-last-bit",
        "The last bit of the ciphertext is flipped",
        "ModifiedCiphertext",
        flipped(&sealed, last, 1),
    );
    refusals.bytes(
        "aad-last-bit",
        "The last bit of the associated data is flipped",
        "AadIgnored",
        "aad",
        flipped(&message.aad, 12, 1),
    );
    refusals.bytes(
        "iv-last-bit",
        "The last bit of the IV is flipped",
        "ModifiedIv",
        "iv",
        flipped(&message.iv, iv - 1, 1),
    );
    let cut = sealed[..sealed.len() - 1].to_vec();
    refusals.ciphertext("tag-cut-by-one", "The last byte of the tag is missing", "TagTruncated", cut);
    if tag == 16 {
        of_whole_tag(refusals, message, &sealed, first_of_tag);
    }
}

/// Whether each byte of such a tag is flipped before all else. The others, which were thought of later, stand last.
fn each_byte_first(Shape(iv, tag): Shape) -> bool {
    iv == 16 && [8, 12, 16].contains(&tag)
}

/// Flips each byte of a tag, or the first and the last.
fn flip_tag(refusals: &mut Refusals<'_>, sealed: &[u8], shape: Shape, first_of_tag: usize) {
    let last = sealed.len() - first_of_tag - 1;
    for at in (0..=last).filter(|at| *at == 0 || *at == last || each_byte_first(shape)) {
        flip_tag_byte(refusals, sealed, first_of_tag, at);
    }
}

fn flip_tag_byte(refusals: &mut Refusals<'_>, sealed: &[u8], first_of_tag: usize, at: usize) {
    let why = format!("Byte {at} of the tag differs and all others are right");
    let bits = if at.is_multiple_of(2) { 0x01 } else { 0x80 };
    let bytes = flipped(sealed, first_of_tag + at, bits);
    refusals.ciphertext(&format!("tag-byte-{at}"), &why, "PartialTagCompare", bytes);
}

/// The bytes between the first and the last, of 16-byte IVs where they are not flipped yet.
pub(super) fn of_other_tag_bytes(shape: Shape, message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let Shape(iv, tag) = shape;
    let (sealed, refusals) = (message.sealed(), &mut Refusals { file, parent });
    if iv == 16 && !each_byte_first(shape) {
        for at in 1..usize::try_from(tag).unwrap_or_default() - 1 {
            flip_tag_byte(refusals, &sealed, message.plaintext.len(), at);
        }
    }
}

fn of_whole_tag(refusals: &mut Refusals<'_>, message: &Message, sealed: &[u8], first_of_tag: usize) {
    let (body, tag) = sealed.split_at(first_of_tag);
    for (name, left) in
        [("tag-cut-to-12", 12), ("tag-cut-to-8", 8), ("tag-cut-to-4", 4), ("tag-cut-to-1", 1), ("tag-removed", 0)]
    {
        let why = format!("{left} bytes of the tag are left where 16 are agreed");
        refusals.ciphertext(name, &why, "TagTruncated", [body, &tag[..left]].concat());
    }
    let extended = [sealed, &[0]].concat();
    refusals.ciphertext("tag-extended", "A zero follows the tag", "TagExtended", extended);
    refusals.ciphertext("tag-twice", "The tag is there twice", "TagExtended", [sealed, tag].concat());
    refusals.ciphertext("tag-in-front", "The tag is before the ciphertext", "TagPlace", [tag, body].concat());
    refusals.ciphertext("tag-zeros", "The tag is all zeros", "PartialTagCompare", [body, &[0; 16]].concat());
    let swapped: Vec<u8> = tag.iter().rev().copied().collect();
    refusals.ciphertext(
        "tag-reversed",
        "The bytes of the tag are in reverse order",
        "PartialTagCompare",
        [body, &swapped].concat(),
    );
    let folded = flipped(&flipped(sealed, first_of_tag, 0x5a), first_of_tag + 1, 0x5a);
    refusals.ciphertext(
        "tag-two-bytes-alike",
        "Two bytes differ by the same bits, which a comparison by xor alone would cancel",
        "PartialTagCompare",
        folded,
    );
    of_other_inputs(refusals, message);
}

/// All that is not the ciphertext, from one end to the other.
fn of_other_inputs(refusals: &mut Refusals<'_>, message: &Message) {
    refusals.bytes(
        "aad-first-bit",
        "The first bit of the associated data is flipped",
        "AadIgnored",
        "aad",
        flipped(&message.aad, 0, 0x80),
    );
    refusals.bytes("aad-missing", "The associated data are missing", "AadIgnored", "aad", Vec::new());
    refusals.bytes(
        "aad-and-a-zero",
        "A zero follows the associated data, where the padding was",
        "AadPad",
        "aad",
        [message.aad.as_slice(), &[0]].concat(),
    );
    refusals.bytes(
        "iv-first-bit",
        "The first bit of the IV is flipped",
        "ModifiedIv",
        "iv",
        flipped(&message.iv, 0, 0x80),
    );
    let cut = message.iv[..message.iv.len() - 1].to_vec();
    refusals.bytes("iv-cut-by-one", "The last byte of the IV is missing", "ModifiedIv", "iv", cut);
    refusals.bytes(
        "iv-and-a-zero",
        "A zero follows the IV, where the padding was",
        "ModifiedIv",
        "iv",
        [message.iv.as_slice(), &[0]].concat(),
    );
    refusals.bytes(
        "key-first-bit",
        "The first bit of the key is flipped",
        "WrongKey",
        "key",
        flipped(&message.key, 0, 0x80),
    );
    refusals.bytes(
        "key-last-bit",
        "The last bit of the key is flipped",
        "WrongKey",
        "key",
        flipped(&message.key, 31, 1),
    );
    for shorter in [12, 8, 4] {
        let why = format!("The tag has 16 bytes and {shorter} are expected");
        let change = Change("tag_length", Value::Integer(shorter));
        refusals.add(&format!("tag-length-{shorter}"), &why, "TagPlace", change, AUTHENTICATION);
    }
}

/// The message of no bytes: a tag alone.
pub(super) fn of_empty(message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let sealed = message.sealed();
    let refusals = &mut Refusals { file, parent };
    refusals.ciphertext("nothing", "There is no byte at all", "TagEmpty", Vec::new());
    let half = sealed[..sealed.len() / 2].to_vec();
    refusals.ciphertext("half-a-tag", "There is only half a tag", "TagTruncated", half);
    refusals.ciphertext(
        "empty-tag-first-bit",
        "The first bit of a tag of nothing is flipped",
        "PartialTagCompare",
        flipped(&sealed, 0, 0x80),
    );
}

/// The message of no bytes, and less than a tag that is not even the front of the right one.
pub(super) fn of_a_short_one(message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let half = message.sealed()[8..].to_vec();
    let refusals = &mut Refusals { file, parent };
    refusals.ciphertext("the-other-half-of-a-tag", "There are only the last 8 bytes of the tag", "TagTruncated", half);
}

/// The message of three blocks, without associated data.
pub(super) fn of_whole_blocks(message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let sealed = message.sealed();
    let refusals = &mut Refusals { file, parent };
    refusals.ciphertext(
        "block-dropped",
        "The last block of the ciphertext is missing",
        "ModifiedCiphertext",
        [&sealed[..32], &sealed[48..]].concat(),
    );
    let swapped = [&sealed[16..32], &sealed[..16], &sealed[32..]].concat();
    refusals.ciphertext(
        "blocks-swapped",
        "The first two blocks of the ciphertext have changed places",
        "ModifiedCiphertext",
        swapped,
    );
    refusals.bytes(
        "block-of-aad-added",
        "The first block of the ciphertext is given as associated data too",
        "LengthField",
        "aad",
        sealed[..16].to_vec(),
    );
}

/// An IV that is hashed: its end counts like its start.
pub(super) fn of_iv_length(message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let length = message.iv.len();
    let refusals = &mut Refusals { file, parent };
    let (name, why) = (format!("iv-{length}-last-bit"), format!("The last bit of an IV of {length} bytes is flipped"));
    refusals.bytes(&name, &why, "ModifiedIv", "iv", flipped(&message.iv, length - 1, 1));
    let (name, why) =
        (format!("iv-{length}-cut-to-12"), format!("Only the first 12 of {length} bytes of the IV are left"));
    refusals.bytes(&name, &why, "ModifiedIv", "iv", message.iv[..12].to_vec());
}

/// A long message: its far end counts too.
pub(super) fn of_long(message: &Message, parent: CaseId, file: &mut FileBuilder) {
    let refusals = &mut Refusals { file, parent };
    let (member, bytes, at) = match message.aad.len() {
        0 => ("ciphertext", message.sealed(), message.plaintext.len() - 1),
        length => ("aad", message.aad.clone(), length - 1),
    };
    let name = format!("{}-last-bit", message.name);
    refusals.bytes(&name, "The last bit of the long part is flipped", "LongMessage", member, flipped(&bytes, at, 1));
}
