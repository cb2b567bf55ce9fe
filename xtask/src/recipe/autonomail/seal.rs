//! Sealing: the very bytes for a given salt and IV, what opens for drawn ones, and what is not sealed.

use super::flags::described;
use super::open::{ABSURD, WRAPPED, absurd};
use super::sample::{Profile, Sample};
use crate::builder::checked::{Checked, PARAMETER, UNREADABLE};
use crate::builder::forms::edges::RESTS;
use crate::builder::{Accept, CaseId, Change, FileBuilder, KeyStream, Opens, Refuse};
use vectors::{Cost, Fields, Reason, Value};

const CONFIRMED: &[&str] = &["reference", "openssl"];

/// What is sealed in each file: name, reason, flag, password, plaintext.
const SEALED: &[(&str, &str, &str, &str, &str)] = &[
    ("whole", "A record as the client writes it", "Basic", "correct horse battery staple", "{\"pgp\":{}}"),
    ("plaintext-empty", "Nothing is sealed, so the ciphertext is the tag alone", "EmptyPlaintext", "password", ""),
    (
        "plaintext-unicode",
        "The plaintext has characters outside the BMP",
        "PlaintextBytes",
        "password",
        "{\"name\":\"Zo\u{eb} 🔑\"}",
    ),
    (
        "plaintext-needs-no-padding",
        "Base64 of the ciphertext needs no padding",
        "PlaintextBytes",
        "password",
        "{\"a\":1}\n",
    ),
    ("password-empty", "The password is empty", "PwEmpty", "", "{}"),
    ("password-nfd", "The password has é as two code points", "PwUtf8", "cafe\u{301}", "{}"),
    ("password-emoji", "The password has characters outside the BMP and a joiner", "PwUtf8", "👩‍🔬🔑", "{}"),
];

fn samples(profile: Profile, stream: &mut KeyStream) -> Vec<(Sample, [&'static str; 3])> {
    let sealed = SEALED.iter().map(|(name, why, flag, password, plaintext)| {
        let (password, plaintext) = ((*password).to_owned(), plaintext.as_bytes().to_vec());
        (Sample { password, plaintext, ..Sample::new(profile, stream) }, [*name, *why, *flag])
    });
    sealed.collect()
}

/// Seals to exactly these bytes.
pub(super) fn given(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.seal(), "Records as the client writes them, byte for byte", described);
    for (sample, about) in samples(profile, stream) {
        shown(&mut file, &sample, about);
    }
    for (name, why, iterations) in [
        ("iterations-1", "One iteration is the first HMAC alone", 1),
        ("iterations-10000", "The client's calibration starts here", 10_000),
    ] {
        let sample = Sample { iterations, ..Sample::new(profile, stream) };
        shown(&mut file, &sample, [name, why, "IterEdge"]);
    }
    let sample = Sample { plaintext: b"sealproof ".repeat(500), ..Sample::new(profile, stream) };
    let parent = shown(&mut file, &sample, ["plaintext-long", "5,000 bytes are sealed", "LongMessage"]);
    for (name, why, length) in [
        ("iv-empty", "An empty IV would give the hash key away", 0),
        ("iv-17-bytes", "The IV has more bytes than SJCL's four words", 17),
    ] {
        let change = Change("iv", Value::Bytes(stream.bytes(length)));
        let (flags, confirmed_by) = (&["IvSize"], &["reference"]);
        file.refuse(Refuse { name, why, flags, parent, change, reasons: UNREADABLE, confirmed_by });
    }
    file.finish()
}

pub(super) fn sealed(file: &mut Checked, sample: &Sample, about: [&str; 3]) -> CaseId {
    accept(file, sample, about, &sample.trace())
}

/// The same with every step.
fn shown(file: &mut Checked, sample: &Sample, about: [&str; 3]) -> CaseId {
    accept(file, sample, about, &sample.whole_trace())
}

fn accept(file: &mut Checked, sample: &Sample, [name, why, flag]: [&str; 3], trace: &[(&str, String)]) -> CaseId {
    let (input, output) = (sample.sealing(), record(sample));
    file.accept(Accept { name, why, flags: &[flag], input, output, trace, confirmed_by: CONFIRMED })
}

fn record(sample: &Sample) -> Fields {
    Fields::new().with_bytes("record", sample.record().into_bytes())
}

/// Seals with the port's own salt and IV.
pub(super) fn drawn(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.seal(), "Records with the port's own salt and IV", described);
    let samples = samples(profile, stream);
    let rests = RESTS.iter().map(|(name, why, plaintext)| {
        let plaintext = plaintext.as_bytes().to_vec();
        (Sample { plaintext, ..Sample::new(profile, stream) }, [*name, *why, "B64Pad"])
    });
    for (sample, [name, why, flag]) in samples.into_iter().chain(rests) {
        let flags: &[&str] = if flag == "Basic" { &["Randomness"] } else { &["Randomness", flag] };
        let (input, opened) = (sample.drawing(), sample.opened());
        file.opens(Opens { name, why, flags, input, opened, confirmed_by: CONFIRMED }, &record(&sample));
    }
    file.finish()
}

/// Sizes and counts that SJCL takes and the format does not have.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let mut file = Checked::new(profile.seal(), "Sizes and counts that must not be used to seal", strict);
    let sample = Sample::new(profile, stream);
    let parent = sealed(&mut file, &sample, ["whole", "A record as the client writes it", "Basic"]);
    let mut refuse = |name: &str, why: &str, flag: &str, change: Change, reasons: &[Reason]| {
        file.refuse(Refuse { name, why, flags: &[flag], parent, change, reasons, confirmed_by: &["reference"] });
    };
    for (member, flag, lengths) in [("salt", "SaltSize", [0, 16, 31, 33, 64]), ("iv", "IvSize", [5, 8, 12, 13, 15])] {
        for length in lengths {
            let (name, why) = (format!("{member}-{length}-bytes"), format!("The {member} has {length} bytes"));
            refuse(&name, &why, flag, Change(member, Value::Bytes(stream.bytes(length))), UNREADABLE);
        }
    }
    refuse("iterations-0", "The count is 0", "Iter0", Change("iterations", Value::Integer(0)), PARAMETER);
    file.finish()
}

/// Counts that are absurd.
pub(super) fn cost(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let hostile = |file| described(file).policy("cost-ceiling").cost(Cost::Hostile);
    let mut file = Checked::new(profile.seal(), "Counts that must be refused before the work", hostile);
    let sample = Sample::new(profile, stream);
    let parent = sealed(&mut file, &sample, ["whole", "A record as the client writes it", "Basic"]);
    for (name, iterations) in ABSURD.iter().chain(WRAPPED) {
        absurd(&mut file, parent, name, Change("iterations", Value::Integer(*iterations)), *iterations);
    }
    file.finish()
}
