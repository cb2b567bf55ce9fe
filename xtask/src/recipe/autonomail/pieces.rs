//! Texts that a port may decode or encode piece by piece: plaintexts and passwords with a character across each end.

use super::flags::described;
use super::open::opens_from;
use super::sample::{Profile, Sample};
use super::seal::sealed;
use crate::builder::checked::{AUTHENTICATION, Checked};
use crate::builder::forms::pieces::{SHORT, Text, across, across_each, changed_late, dense, mixed, pair};
use crate::builder::{CaseId, FileBuilder, KeyStream};

const FLAG: &str = "CharacterAcrossPieces";

/// Plaintexts. Both profiles seal text in one way, so that a few are enough for the second.
fn plaintexts(profile: Profile) -> Vec<Text> {
    let mut texts = match profile {
        Profile::Documented => SHORT.into_iter().flat_map(across_each).collect(),
        Profile::Client2014 => vec![across(16, 1), across(64, 2), across(256, 3), across(512, 1), across(1_024, 2)],
    };
    texts.push(across(4_096, 3));
    texts.extend([16, 64, 512, 1_024, 4_096].map(pair));
    if profile == Profile::Documented {
        texts.push(dense(4_096));
    }
    texts.push(mixed(4_096));
    texts
}

/// Passwords: around HMAC's block of 128 bytes, too.
fn passwords(profile: Profile) -> Vec<Text> {
    let mut passwords: Vec<_> = match profile {
        Profile::Documented => [16, 64, 128].into_iter().flat_map(across_each).collect(),
        Profile::Client2014 => vec![across(16, 1), across(64, 2), across(128, 3)],
    };
    if profile == Profile::Documented {
        passwords.extend([across(512, 3), across(1_024, 1), across(4_096, 2)]);
        passwords.extend([16, 64, 512].map(pair));
        passwords.push(mixed(1_024));
    }
    passwords
}

/// Samples that differ in a plaintext, with its name and reason.
fn of_plaintexts(profile: Profile, stream: &mut KeyStream) -> Vec<(Sample, [String; 2])> {
    plaintexts(profile).into_iter().map(|text| of_plaintext(text, profile, stream)).collect()
}

fn of_plaintext((name, why, text): Text, profile: Profile, stream: &mut KeyStream) -> (Sample, [String; 2]) {
    let sample = Sample { plaintext: text.into_bytes(), ..Sample::new(profile, stream) };
    (sample, [format!("plaintext-{name}"), why])
}

/// What every reader opens, and one text under the tag of another.
pub(super) fn open(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Characters across the ends of pieces", described);
    for (sample, [name, why]) in of_plaintexts(profile, stream) {
        let parent = opens_from(&mut file, &sample, sample.record(), (&name, &why, &[FLAG]));
        if name == "plaintext-emoji-3-before-byte-4096" {
            tag_of_another(&mut file, &sample, parent);
        }
    }
    for (name, why, password) in passwords(profile) {
        let sample = Sample { password, ..Sample::new(profile, stream) };
        opens_from(&mut file, &sample, sample.record(), (&format!("password-{name}"), &why, &[FLAG]));
    }
    file.finish()
}

/// A text of 64 KiB, which streams cut where short ones stay whole.
pub(super) fn open_long(stream: &mut KeyStream) -> FileBuilder {
    let profile = Profile::Documented;
    let mut file = Checked::new(profile.open(), "Characters across the ends of long pieces", described);
    let (sample, [name, why]) = of_plaintext(mixed(65_536), profile, stream);
    opens_from(&mut file, &sample, sample.record(), (&name, &why, &[FLAG]));
    file.finish()
}

/// The tag of a text whose last letter is another.
fn tag_of_another(file: &mut Checked, sample: &Sample, parent: CaseId) {
    let text = std::str::from_utf8(&sample.plaintext).expect("the plaintext is text");
    let other = Sample { plaintext: changed_late(text).into_bytes(), ..sample.clone() };
    let (ours, others) = (sample.sealed(), other.sealed());
    let tag_at = ours.len() - 16;
    let forged = [&ours[..tag_at], &others[tag_at..]].concat();
    let forged = sample.record_of(sample.text_of(&forged).as_bytes());
    let why = "The tag is that of a text whose last letter is another";
    let about = ("tag-of-a-text-that-differs-late", why, "ModifiedCiphertext");
    file.forge((parent, "record"), about, AUTHENTICATION, forged.into_bytes());
}

/// What is sealed to exactly these bytes.
pub(super) fn seal(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let title = "Characters across the ends of pieces, sealed";
    let mut file = Checked::new(profile.seal(), title, described);
    for (sample, [name, why]) in of_plaintexts(profile, stream) {
        sealed(&mut file, &sample, [&name, &why, FLAG]);
    }
    file.finish()
}
