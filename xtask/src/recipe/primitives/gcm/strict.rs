//! Parameters outside SP 800-38D. They are `strict`, since libraries take them: SJCL looks at no length, OpenSSL cuts tags anywhere.

use super::{BLOCK_BYTES, Message, Shape, iv, messages, open_file, seal_file};
use crate::builder::{AskRefused, CaseId, Change, FileBuilder, KeyStream};
use crate::recipe::primitives::{AUTHENTICATION, PARAMETER, TOO_SHORT};
use primitives::aes::Aes;
use primitives::gf128::{ghash, padded};
use vectors::{Reason, Value};

/// Tag lengths that the standard does not name and that a tag could be cut to.
const ILLEGAL_TAG_LENGTHS: [u64; 10] = [0, 1, 2, 3, 5, 6, 7, 9, 10, 11];

/// A parameter out of range, or a tag of that length that cannot be right.
const PARAMETER_OR_TAG: &[Reason] = &[Reason::Parameter, Reason::Malformed, Reason::Authentication];

pub(super) fn seal_refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file = seal_file("AES-256-GCM asked to seal with parameters that SP 800-38D excludes").policy("strict");
    let message = Message::random(stream, [16, 13, 20], 16);
    let parent = message.called("ordinary", "Every parameter is one that the standard names", &[]).ask_seal(&mut file);
    for length in ILLEGAL_TAG_LENGTHS.into_iter().chain([17, 32, 96, 128]) {
        let why = match length {
            96 | 128 => format!("A tag of {length} bytes, for somebody who counts in bits"),
            _ => format!("A tag of {length} bytes, which the standard does not name"),
        };
        let change = Change("tag_length", Value::Integer(length));
        refuse(&mut file, &format!("tag-length-{length}"), &why, "TagLenInvalid", (parent, change, PARAMETER));
    }
    let empty = Change("iv", Value::Bytes(Vec::new()));
    refuse(
        &mut file,
        "iv-empty",
        "The IV is empty, so the mask of the tag would be H itself",
        "IvEmpty",
        (parent, empty, PARAMETER),
    );
    refuse_keys(&mut file, parent, PARAMETER, stream);
    file
}

pub(super) fn open_refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file = open_file("AES-256-GCM asked to open with parameters that SP 800-38D excludes").policy("strict");
    let messages = messages::ordinary(Shape(16, 16), stream);
    let ordinary = &messages[0];
    let first = ordinary.ask_open(&mut file);
    for length in ILLEGAL_TAG_LENGTHS {
        cut_tag(&mut file, ordinary, first, length);
    }
    for length in [17, 32, 96, 128] {
        let why = format!("A tag of {length} bytes, which is longer than a tag can be");
        let change = Change("tag_length", Value::Integer(length));
        refuse(&mut file, &format!("tag-length-{length}"), &why, "TagLenInvalid", (first, change, PARAMETER_OR_TAG));
    }
    let without_iv = Message::random(stream, [0, 13, 20], 16);
    let without_iv = Message { iv: iv::solve(&without_iv.key, &[], [0; 16]), ..without_iv };
    let why = "J0 is all zero, as it is for an empty IV, so the next case has the right tag";
    let parent = without_iv.called("j0-all-zero", why, &[]).ask_open(&mut file);
    let empty = Change("iv", Value::Bytes(Vec::new()));
    refuse(&mut file, "iv-empty", "The IV is empty and the tag is right for it", "IvEmpty", (parent, empty, PARAMETER));
    refuse_keys(&mut file, parent, PARAMETER_OR_TAG, stream);
    lengthen_tag(&mut file, &messages[0], first);
    resize_key(&mut file, stream);
    shorten_key(&mut file, stream);
    file
}

/// Two cases: the tag cut as such, and the same bytes with the tag length that makes them fit.
fn cut_tag(file: &mut FileBuilder, message: &Message, parent: CaseId, length: u64) {
    let left = message.plaintext.len() + usize::try_from(length).unwrap_or_default();
    let cut = message.sealed()[..left].to_vec();
    let reasons = if cut.len() < 16 { TOO_SHORT } else { AUTHENTICATION };
    let change = Change("ciphertext", Value::Bytes(cut));
    let why = format!("{length} bytes of the tag are left where 16 are agreed");
    let cut = refuse(file, &format!("tag-cut-to-{length}"), &why, "TagTruncated", (parent, change, reasons));
    let why = format!("The same bytes with a tag length of {length}, so that what is left of the tag would fit");
    let change = Change("tag_length", Value::Integer(length));
    refuse(file, &format!("tag-length-{length}"), &why, "TagLenInvalid", (cut, change, PARAMETER));
}

/// Two cases: zeros behind the tag, and the same bytes with the tag length that takes them in.
fn lengthen_tag(file: &mut FileBuilder, message: &Message, parent: CaseId) {
    for more in [1, 16] {
        let length = BLOCK_BYTES + more;
        let change = Change("ciphertext", Value::Bytes([message.sealed(), vec![0; more]].concat()));
        let why = format!("{more} zeros follow the tag");
        let lengthened =
            refuse(file, &format!("tag-and-{more}-zeros"), &why, "TagExtended", (parent, change, AUTHENTICATION));
        let why = format!("The same bytes with a tag length of {length}, whose first 16 bytes are right");
        let change = Change("tag_length", Value::Integer(length as u64));
        let name = format!("tag-length-{length}-of-them");
        refuse(file, &name, &why, "TagLenInvalid", (lengthened, change, PARAMETER_OR_TAG));
    }
}

/// Keys that are the right one when they are filled with zeros, or cut.
fn resize_key(file: &mut FileBuilder, stream: &mut KeyStream) {
    let mut message = Message::random(stream, [16, 13, 20], 16);
    message.key[31] = 0;
    let message = message.called("key-ends-in-zero", "The last byte of the key is zero", &[]);
    let (parent, key) = (message.ask_open(file), message.key);
    for (name, why, bytes) in [
        (
            "key-without-its-zero",
            "The zero at the key's end is left out, which filling would bring back",
            key[..31].to_vec(),
        ),
        ("key-and-a-byte", "One byte follows the key, which cutting would take away", [&key[..], &[1]].concat()),
    ] {
        refuse(file, name, why, "KeySize", (parent, Change("key", Value::Bytes(bytes)), PARAMETER_OR_TAG));
    }
}

/// Two cases: bytes that AES-128 or AES-192 sealed under the key's front, and the key cut to it.
fn shorten_key(file: &mut FileBuilder, stream: &mut KeyStream) {
    let message = Message::random(stream, [12, 0, BLOCK_BYTES], 16);
    let message = message.called("one-block", "One block, sealed with AES-256", &[]);
    let parent = message.ask_open(file);
    for length in [16, 24] {
        let bits = length * 8;
        let change = Change("ciphertext", Value::Bytes(sealed_under(&message.key[..length], &message)));
        let why = format!("The same block, sealed with AES-{bits} under the first {length} bytes of the key");
        let other =
            refuse(file, &format!("sealed-with-aes-{bits}"), &why, "WrongKey", (parent, change, AUTHENTICATION));
        let why = format!("The same bytes and a key of {length}, with which AES-{bits} would open them");
        let change = Change("key", Value::Bytes(message.key[..length].to_vec()));
        refuse(file, &format!("key-of-aes-{bits}"), &why, "KeySize", (other, change, PARAMETER_OR_TAG));
    }
}

/// AES-GCM of one block without associated data under a 12-byte IV and a key of any size (SP 800-38D §7.1); nothing for other keys.
fn sealed_under(key: &[u8], message: &Message) -> Vec<u8> {
    let Some(aes) = Aes::new(key) else { return Vec::new() };
    let encrypt = |block: u128| u128::from_be_bytes(aes.encrypt(block.to_be_bytes()));
    let j0 = padded(&message.iv) | 1;
    let block = (padded(&message.plaintext) ^ encrypt(j0 + 1)).to_be_bytes();
    let lengths = (BLOCK_BYTES as u128 * 8).to_be_bytes();
    let tag = ghash(encrypt(0), &[block, lengths].concat()) ^ encrypt(j0);
    [block, tag.to_be_bytes()].concat()
}

fn refuse_keys(file: &mut FileBuilder, parent: CaseId, reasons: &'static [Reason], stream: &mut KeyStream) {
    for (length, why) in [
        (0, "There is no key"),
        (16, "The key is one of AES-128"),
        (24, "The key is one of AES-192"),
        (31, "The key is one byte short"),
        (33, "The key is one byte too long"),
    ] {
        let change = Change("key", Value::Bytes(stream.bytes(length)));
        refuse(file, &format!("key-{length}"), why, "KeySize", (parent, change, reasons));
    }
}

fn refuse(
    file: &mut FileBuilder,
    name: &str,
    why: &str,
    flag: &str,
    (parent, change, reasons): (CaseId, Change, &[Reason]),
) -> CaseId {
    file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons })
}
