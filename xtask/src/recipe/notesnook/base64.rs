//! Envelopes whose base64 is not that of an envelope.

use super::open::{begun, opens_from, whole};
use super::sample::{Mode, Sample, array, base64};
use crate::builder::checked::{Checked, UNOPENABLE, UNREADABLE, edited};
use crate::builder::forms::base64::{FORMS, Reader};
use crate::builder::{CaseId, FileBuilder, KeyStream};

/// The members that hold base64.
const MEMBERS: [(&str, &str); 3] =
    [("cipher", "The base64 of the ciphertext"), ("iv", "The base64 of the nonce"), ("salt", "The base64 of the salt")];

/// What the published clients refuse too, and ciphertexts of every length of a last group.
pub(super) fn core(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Base64 in forms that no reader may take", |file| file);
    let sample = told_apart(mode, stream);
    let parent = whole(&mut file, &sample);
    deviate(&mut file, parent, &sample, |takes| !takes);
    for length in 0..7 {
        let sample = Sample { nonce: array(stream), plaintext: b"abcdef"[..length].to_vec(), ..sample.clone() };
        let last = base64(&sample.sealed()).len() % 4;
        let why = format!("The last group of the ciphertext has {last} characters beyond whole ones");
        opens_from(&mut file, &sample, sample.envelope(), (&format!("plaintext-{length}-bytes"), &why, "B64Pad"));
    }
    file.finish()
}

/// What the node build of the published library takes.
pub(super) fn strict(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Base64 in forms that a lenient reader takes", |file| file.policy("strict"));
    let sample = told_apart(mode, stream);
    let parent = whole(&mut file, &sample);
    deviate(&mut file, parent, &sample, |takes| takes);
    file.finish()
}

/// A sample whose three members are spelled otherwise in the other alphabet.
fn told_apart(mode: Mode, stream: &mut KeyStream) -> Sample {
    let mut sample = Sample::new(mode, stream);
    let both = |bytes: &[u8]| ['-', '_'].iter().all(|c| base64(bytes).contains(*c));
    if mode == Mode::Password {
        while !both(&sample.salt) {
            sample.salt = array(stream);
        }
        sample.key = super::sample::derived(&sample.password, &sample.salt);
    }
    while !(both(&sample.nonce) && both(&sample.sealed())) {
        sample.nonce = array(stream);
    }
    sample
}

fn deviate(file: &mut Checked, parent: CaseId, sample: &Sample, wanted: fn(bool) -> bool) {
    for (member, words) in MEMBERS {
        let right = match member {
            "cipher" => base64(&sample.sealed()),
            "iv" => base64(&sample.nonce),
            _ => base64(&sample.salt),
        };
        for form in FORMS {
            let Some(other) = form.of(&right) else { continue };
            // A client that has a key does not look at the salt.
            let unused = member == "salt" && sample.mode == Mode::Item;
            // Node drops the bits of a lone character behind whole groups.
            let dropped = form.name == "lone-character" && right.len() % 4 == 0;
            let taken = unused || dropped || form.taken_by.contains(&Reader::Node);
            if !wanted(taken) {
                continue;
            }
            let reasons = if taken { UNREADABLE } else { UNOPENABLE };
            let (name, why) = (format!("{member}-{}", form.name), format!("{words} {}", form.why));
            let edit = ::document::member(member).content().with(&other);
            let envelope = edited(&sample.envelope(), &edit, &name);
            file.forge((parent, "envelope"), (&name, &why, form.flag), reasons, envelope);
        }
    }
}
