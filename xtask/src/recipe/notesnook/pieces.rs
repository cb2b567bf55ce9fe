//! Texts that a port may decode or encode piece by piece: plaintexts, passwords and ids with a character across each end.

use super::account;
use super::flags::described;
use super::open::{begun, opens_from};
use super::sample::{Mode, Sample, array, derived, salt_of_words};
use super::seal::sealed;
use crate::builder::checked::{AUTHENTICATION, Checked};
use crate::builder::forms::pieces::{SHORT, Text, across, across_each, changed_late, dense, mixed, pair};
use crate::builder::{CaseId, FileBuilder, KeyStream};
use vectors::Cost;

const FLAG: &str = "CharacterAcrossPieces";

/// Plaintexts. An item has more of them than an envelope under a password, whose key is derived each time.
fn plaintexts(mode: Mode) -> Vec<Text> {
    let mut texts = match mode {
        Mode::Item => SHORT.into_iter().flat_map(across_each).collect(),
        Mode::Password => vec![across(16, 3), across(64, 1), across(256, 2), across(512, 3), across(1_024, 1)],
    };
    texts.push(across(4_096, 2));
    texts.extend([16, 64, 512, 1_024, 4_096].map(pair));
    texts.extend([dense(4_096), mixed(4_096)]);
    texts
}

/// Samples that differ in a text, with its name and reason; under one salt, so that a port may derive their key once.
fn samples(mode: Mode, stream: &mut KeyStream) -> Vec<(Sample, [String; 2])> {
    let mut start = Sample { mode, salt: salt_of_words(), ..Sample::new(Mode::Item, stream) };
    if mode == Mode::Password {
        start.key = derived(&start.password, &start.salt);
    }
    let mut samples = Vec::new();
    for text in plaintexts(mode) {
        samples.push(of_plaintext(text, &start, stream));
    }
    for (name, why, id) in if mode == Mode::Item { ids() } else { Vec::new() } {
        let sample = Sample { nonce: array(stream), id, plaintext: b"{}".to_vec(), ..start.clone() };
        samples.push((sample, [format!("id-{name}"), why]));
    }
    samples
}

fn of_plaintext((name, why, text): Text, start: &Sample, stream: &mut KeyStream) -> (Sample, [String; 2]) {
    let sample = Sample { nonce: array(stream), plaintext: text.into_bytes(), ..start.clone() };
    (sample, [format!("plaintext-{name}"), why])
}

/// The last one reaches far into the envelope, whose own bytes may be decoded in pieces.
fn ids() -> Vec<Text> {
    let mut ids = vec![across(16, 2), across(64, 3), across(512, 1), across(1_024, 2)];
    ids.extend([16, 64, 512, 1_024].map(pair));
    ids.extend([mixed(1_024), dense(4_096)]);
    ids
}

/// What every reader opens, and one text under the tag of another.
pub(super) fn open(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Characters across the ends of pieces", |file| file);
    for (sample, [name, why]) in samples(mode, stream) {
        let parent = opens_from(&mut file, &sample, sample.envelope(), (&name, &why, FLAG));
        if name == "plaintext-emoji-2-before-byte-4096" {
            tag_of_another(&mut file, &sample, parent);
        }
    }
    file.finish()
}

/// A text of 64 KiB, which streams cut where short ones stay whole; an item alone has it.
pub(super) fn open_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(Mode::Item, "Characters across the ends of long pieces", |file| file);
    let start = Sample::new(Mode::Item, stream);
    let (sample, [name, why]) = of_plaintext(mixed(65_536), &start, stream);
    opens_from(&mut file, &sample, sample.envelope(), (&name, &why, FLAG));
    file.finish()
}

/// The tag of a text whose last letter is another.
fn tag_of_another(file: &mut Checked, sample: &Sample, parent: CaseId) {
    let text = std::str::from_utf8(&sample.plaintext).expect("the plaintext is text");
    let other = Sample { plaintext: changed_late(text).into_bytes(), ..sample.clone() };
    let (ours, others) = (sample.sealed(), other.sealed());
    let tag_at = ours.len() - 16;
    let forged = sample.envelope_of(&[&ours[..tag_at], &others[tag_at..]].concat());
    let why = "The tag is that of a text whose last letter is another";
    let about = ("tag-of-a-text-that-differs-late", why, "ModifiedCiphertext");
    file.forge((parent, "envelope"), about, AUTHENTICATION, forged.into_bytes());
}

/// What is sealed to exactly these bytes.
pub(super) fn seal(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let (operation, cost) = match mode {
        Mode::Password => ("notesnook.seal", Cost::Slow),
        Mode::Item => ("notesnook-item.seal", Cost::Fast),
    };
    let title = "Characters across the ends of pieces, sealed";
    let mut file = Checked::new(operation, title, |file| described(file).cost(cost));
    for (sample, [name, why]) in samples(mode, stream) {
        sealed(&mut file, &sample, [&name, &why, FLAG]);
    }
    file.finish()
}

/// Keys of passwords.
pub(super) fn derive_key(_: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let title = "Keys of passwords with a character across the ends of pieces";
    let mut file = Checked::new("notesnook.derive-key", title, slow);
    let ends = [(16, 1), (64, 2), (128, 3), (512, 1), (1_024, 2), (4_096, 3)];
    let passwords = ends.into_iter().map(|(size, before)| across(size, before));
    for (name, why, password) in passwords.chain([16, 64, 512].map(pair)) {
        account::key(&mut file, &(&format!("password-{name}"), &why, FLAG, &password), salt_of_words());
    }
    file.finish()
}
