//! Parameters outside SP 800-38D. They are `strict`, since libraries take them: SJCL looks at no length, OpenSSL cuts tags anywhere.

use super::{Message, Shape, iv, messages, open_file, seal_file};
use crate::generate::primitives::{AUTHENTICATION, PARAMETER, TOO_SHORT};
use crate::generate::{AskRefused, CaseId, Change, FileBuilder, KeyStream};
use crate::vector::{Reason, Value};

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
    let parent = ordinary.ask_open(&mut file);
    for length in ILLEGAL_TAG_LENGTHS {
        cut_tag(&mut file, ordinary, parent, length);
    }
    for length in [17, 32, 96, 128] {
        let why = format!("A tag of {length} bytes, which is longer than a tag can be");
        let change = Change("tag_length", Value::Integer(length));
        refuse(&mut file, &format!("tag-length-{length}"), &why, "TagLenInvalid", (parent, change, PARAMETER_OR_TAG));
    }
    let without_iv = Message::random(stream, [0, 13, 20], 16);
    let without_iv = Message { iv: iv::solve(&without_iv.key, &[], [0; 16]), ..without_iv };
    let why = "J0 is all zero, as it is for an empty IV, so the next case has the right tag";
    let parent = without_iv.called("j0-all-zero", why, &[]).ask_open(&mut file);
    let empty = Change("iv", Value::Bytes(Vec::new()));
    refuse(&mut file, "iv-empty", "The IV is empty and the tag is right for it", "IvEmpty", (parent, empty, PARAMETER));
    refuse_keys(&mut file, parent, PARAMETER_OR_TAG, stream);
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
