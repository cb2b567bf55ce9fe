//! Records whose base64 is not that of a record: outside, of the SJCL text, and inside, of IV and ciphertext.

use ::document::{Base64, Encoding, member};

use super::flags::described;
use super::open::{opens_from, whole};
use super::sample::{Profile, Sample};
use crate::builder::checked::{Checked, UNOPENABLE, UNREADABLE, edited};
use crate::builder::forms::base64::{FORMS, Reader};
use crate::builder::{CaseId, FileBuilder, KeyStream};

/// Where base64 stands.
#[derive(Clone, Copy)]
enum Member {
    SecureData,
    Iv,
    Ciphertext,
}

use Member::{Ciphertext, Iv, SecureData};

impl Member {
    /// Its name in names of cases, its name in sentences, and the published client's reader of it.
    fn about(self) -> (&'static str, &'static str, Reader) {
        match self {
            SecureData => ("secure-data", "The base64 of the SJCL text", Reader::Atob),
            Iv => ("iv", "The base64 of the IV", Reader::Sjcl),
            Ciphertext => ("ct", "The base64 of the ciphertext", Reader::Sjcl),
        }
    }

    /// The right text.
    fn text(self, sample: &Sample) -> String {
        match self {
            SecureData => Base64::Standard.encode(sample.text().as_bytes()),
            Iv => Base64::Standard.encode(&sample.iv),
            Ciphertext => Base64::Standard.encode(&sample.sealed()),
        }
    }

    /// The record with another text in its place.
    fn record(self, sample: &Sample, other: &str) -> Vec<u8> {
        let inner = match self {
            SecureData => return edited(&sample.record(), &member("secureData").content().with(other), other),
            Iv => member("iv").text(other),
            Ciphertext => member("ct").text(other),
        };
        edited(&sample.record(), &member("secureData").inside(Encoding::Base64(Base64::Standard), &inner), other)
    }
}

/// What the published client refuses too, and every amount of padding as it should be.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Base64 in forms that no reader may take", described);
    let sample = spelled_otherwise(profile, stream);
    let parent = whole(&mut file, &sample);
    for member in [SecureData, Iv, Ciphertext] {
        deviate(&mut file, parent, &sample, member, |takes| !takes);
    }
    lone(&mut file, SecureData, profile, stream);
    for length in 0..9 {
        let plaintext = b"abcdefgh"[..length].to_vec();
        let sample = Sample { plaintext, ..Sample::new(profile, stream) };
        let padding = [Ciphertext, SecureData].map(|member| member.text(&sample).matches('=').count());
        let why = format!("The ciphertext has {} characters of padding, the SJCL text {}", padding[0], padding[1]);
        opens_from(&mut file, &sample, sample.record(), (&format!("plaintext-{length}-bytes"), &why, &["B64Pad"]));
    }
    file.finish()
}

/// What the published client takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let mut file = Checked::new(profile.open(), "Base64 in forms that a lenient reader takes", strict);
    let sample = spelled_otherwise(profile, stream);
    let parent = whole(&mut file, &sample);
    for member in [SecureData, Iv, Ciphertext] {
        deviate(&mut file, parent, &sample, member, |takes| takes);
    }
    lone(&mut file, Ciphertext, profile, stream);
    file.finish()
}

/// A character behind a text that needs no padding: `atob` refuses it, and SJCL drops its bits.
fn lone(file: &mut Checked, member: Member, profile: Profile, stream: &mut KeyStream) {
    let mut sample = Sample::new(profile, stream);
    while member.text(&sample).ends_with('=') {
        sample.plaintext.push(b' ');
    }
    let (short, words, _) = member.about();
    let about = (&*format!("{short}-without-padding"), &*format!("{words} needs no padding"), &["B64Pad"][..]);
    let parent = opens_from(file, &sample, sample.record(), about);
    for (name, more) in [("lone-character-more", "A"), ("lone-character-of-ones-more", "/")] {
        let record = member.record(&sample, &(member.text(&sample) + more));
        let (name, why) = (format!("{short}-{name}"), format!("{words} has a character more, which is not a byte"));
        file.forge((parent, "record"), (&name, &why, "B64Pad"), UNREADABLE, record);
    }
}

/// A sample with two characters of padding in each of the three, and both alphabets told apart in IV and ciphertext.
fn spelled_otherwise(profile: Profile, stream: &mut KeyStream) -> Sample {
    let mut sample = Sample::new(profile, stream);
    let padded = |member: Member, sample: &Sample| member.text(sample).ends_with("==");
    let told_apart = |member: Member, sample: &Sample| ['+', '/'].iter().all(|c| member.text(sample).contains(*c));
    while !(padded(SecureData, &sample) && padded(Ciphertext, &sample)) {
        sample.plaintext.push(b' ');
    }
    while !(told_apart(Iv, &sample) && told_apart(Ciphertext, &sample)) {
        sample.iv = stream.bytes(16);
    }
    sample
}

fn deviate(file: &mut Checked, parent: CaseId, sample: &Sample, member: Member, wanted: fn(bool) -> bool) {
    let (short, words, reader) = member.about();
    let right = member.text(sample);
    for form in FORMS.iter().filter(|form| wanted(form.taken_by.contains(&reader))) {
        let Some(other) = form.of(&right) else { continue };
        let reasons = if form.taken_by.contains(&reader) { UNREADABLE } else { UNOPENABLE };
        let (name, why) = (format!("{short}-{}", form.name), format!("{words} {}", form.why));
        let record = member.record(sample, &other);
        file.forge((parent, "record"), (&name, &why, form.flag), reasons, record);
    }
}
