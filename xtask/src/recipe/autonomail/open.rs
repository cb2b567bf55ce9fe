//! Opening: what every reader opens, what nobody may open, and what asks for too much.

use ::document::{Escape, all, document, member};

use super::flags::described;
use super::sample::{Profile, Sample};
use crate::builder::checked::{AUTHENTICATION, Checked, edited};
use crate::builder::{Accept, CaseId, Change, FileBuilder, KeyStream, Refuse};
use vectors::{Cost, Reason, Value};

const CONFIRMED: &[&str] = &["reference", "openssl"];

const WHOLE: (&str, &str, &[&str]) = ("whole", "A record as the client writes it", &["Basic"]);

/// Adds the case that opens a sample's record as it is written.
pub(super) fn whole(file: &mut Checked, sample: &Sample) -> CaseId {
    opens_from(file, sample, sample.record(), WHOLE)
}

pub(super) fn opens_from(
    file: &mut Checked,
    sample: &Sample,
    record: impl Into<Vec<u8>>,
    about: (&str, &str, &[&str]),
) -> CaseId {
    accept(file, sample, record, about, &sample.trace())
}

/// The same with every step.
fn shown(file: &mut Checked, sample: &Sample, record: impl Into<Vec<u8>>, about: (&str, &str, &[&str])) {
    accept(file, sample, record, about, &sample.whole_trace());
}

fn accept(
    file: &mut Checked,
    sample: &Sample,
    record: impl Into<Vec<u8>>,
    (name, why, flags): (&str, &str, &[&str]),
    trace: &[(&str, String)],
) -> CaseId {
    let (input, output) = (sample.opening(record), sample.opened());
    file.accept(Accept { name, why, flags, input, output, trace, confirmed_by: CONFIRMED })
}

/// Records that every reader opens, though no two of them look alike.
pub(super) fn open(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Records that every reader of the format opens", described);
    let sample = Sample::new(profile, stream);
    shown(&mut file, &sample, sample.record(), WHOLE);
    for (name, why, flag, password) in PASSWORDS {
        let sample = Sample { password: (*password).to_owned(), ..Sample::new(profile, stream) };
        shown(&mut file, &sample, sample.record(), (name, why, &[flag]));
    }
    for (name, why, length) in [
        ("password-127-bytes", "The password is a byte short of HMAC's block", 127),
        ("password-128-bytes", "The password fills HMAC's block", 128),
        ("password-1000-bytes", "The password is hashed before HMAC pads it", 1000),
    ] {
        let sample = Sample { password: "p".repeat(length), ..Sample::new(profile, stream) };
        shown(&mut file, &sample, sample.record(), (name, why, &["PwBlockEdge"]));
    }
    for (name, why, iterations) in [
        ("iterations-1", "One iteration is the first HMAC alone", 1),
        ("iterations-2", "Two iterations are two HMACs, xored", 2),
        ("iterations-4096", "The count has more than one byte", 4096),
        ("iterations-10000", "The client's calibration starts here", 10_000),
    ] {
        let sample = Sample { iterations, ..Sample::new(profile, stream) };
        shown(&mut file, &sample, sample.record(), (name, why, &["IterEdge"]));
    }
    for (name, why, flag, plaintext) in plaintexts() {
        let sample = Sample { plaintext, ..Sample::new(profile, stream) };
        shown(&mut file, &sample, sample.record(), (name, why, &[flag]));
    }
    spelled(&mut file, &sample);
    file.finish()
}

const PASSWORDS: &[(&str, &str, &str, &str)] = &[
    ("password-empty", "The password is empty", "PwEmpty", ""),
    ("password-emoji", "The password has characters outside the BMP and a joiner", "PwUtf8", "👩‍🔬🔑 et cetera"),
    ("password-nfc", "The password has é as one code point", "PwUtf8", "caf\u{e9}"),
    (
        "password-nfd",
        "The password has é as two code points and is another password than with one",
        "PwUtf8",
        "cafe\u{301}",
    ),
    (
        "password-right-to-left",
        "The password is Hebrew with points",
        "PwUtf8",
        "\u{5e1}\u{5b4}\u{5d9}\u{5e1}\u{5b0}\u{5de}\u{5b8}\u{5d4}",
    ),
    (
        "password-compatibility-forms",
        "The password has a ligature and full-width letters, which stay what they are",
        "PwUtf8",
        "\u{fb01}\u{ff21}\u{ff22}",
    ),
    ("password-nul-inside", "The password goes on after a NUL", "PwNul", "before\0after"),
    ("password-only-nul", "The password is one NUL, which HMAC cannot tell from none", "PwNul", "\0"),
    ("password-with-controls", "The password has a tab, a newline and an escape", "PwUtf8", "a\tb\nc\u{1b}"),
];

fn plaintexts() -> [(&'static str, &'static str, &'static str, Vec<u8>); 5] {
    [
        ("plaintext-empty", "Nothing is sealed, so the ciphertext is the tag alone", "EmptyPlaintext", Vec::new()),
        ("plaintext-one-byte", "One byte is sealed", "PlaintextBytes", b"0".to_vec()),
        ("plaintext-with-nul", "The plaintext has a NUL and goes on", "PlaintextBytes", b"before\0after".to_vec()),
        (
            "plaintext-newlines",
            "The plaintext has line ends of three kinds, which stay what they are",
            "PlaintextBytes",
            b"a\r\nb\nc\r".to_vec(),
        ),
        (
            "plaintext-long",
            "512 blocks and a byte",
            "LongMessage",
            b"sealproof ".iter().copied().cycle().take(8193).collect(),
        ),
    ]
}

/// One sample, spelled otherwise.
fn spelled(file: &mut Checked, sample: &Sample) {
    let (record, text) = (sample.record(), sample.text());
    for (name, why, flag, edit) in [
        ("record-members-reversed", "The record's members are in another order", "MemberOrder", document().reverse()),
        (
            "record-spaced",
            "The record is written prettily",
            "Whitespace",
            all(&[document().replace_each(",", " ,\n\t"), document().replace_each(":", " :\r\n ")]),
        ),
        ("record-newline-at-end", "A newline is after the record", "Whitespace", document().after("\n")),
        (
            "record-escaped-value",
            "A digit of the salt is written as an escape",
            "JsonEscape",
            member("salt").in_text().escape(0, Escape::Json),
        ),
        (
            "record-escaped-name",
            "A letter of a name is written as an escape",
            "JsonEscape",
            member("salt").in_name().escape(0, Escape::Json),
        ),
    ] {
        shown(file, sample, edited(&record, &edit, name), (name, why, &[flag]));
    }
    for (name, why, flag, edit) in [
        ("sjcl-members-reversed", "The SJCL text's members are in another order", "MemberOrder", document().reverse()),
        (
            "sjcl-text-spaced",
            "The SJCL text is written prettily",
            "Whitespace",
            all(&[document().replace_each(",", ",\n "), document().replace_each(":", ": ")]),
        ),
        ("sjcl-iter-1", "The decoy count is 1", "IterDecoy", member("iter").value("1")),
        ("sjcl-iter-0", "The decoy count is 0", "IterDecoy", member("iter").value("0")),
        (
            "sjcl-iter-huge",
            "The decoy count is 2^53 - 1, and it costs no work",
            "IterDecoy",
            member("iter").value("9007199254740991"),
        ),
    ] {
        shown(file, sample, sample.record_of(&edited(&text, &edit, name)), (name, why, &[flag]));
    }
}

/// One record, forged in every way that a tag must notice.
pub(super) fn tampered(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Records that were changed after they were sealed", described);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    let sealed = sample.sealed();
    let body = sealed.len() - 16;
    let mut forge = |name: &str, why: &str, flag: &str, record: String| {
        file.forge((parent, "record"), (name, why, flag), AUTHENTICATION, record.into_bytes());
    };
    let around = |sealed: &[u8]| sample.record_of(sample.text_of(sealed).as_bytes());
    for at in 0..16 {
        let why = format!("One bit of byte {at} of the tag is flipped");
        forge(&format!("tag-byte-{at}-flipped"), &why, "PartialTagCompare", around(&flipped(&sealed, body + at)));
    }
    for (name, why, at) in [
        ("ciphertext-first-byte-flipped", "One bit of the first byte is flipped", 0),
        ("ciphertext-byte-15-flipped", "One bit of the first block's last byte is flipped", 15),
        ("ciphertext-last-byte-flipped", "One bit of the last byte is flipped", body - 1),
    ] {
        forge(name, why, "ModifiedCiphertext", around(&flipped(&sealed, at)));
    }
    for (name, why, forged) in [
        ("ciphertext-byte-removed", "The first byte of the ciphertext is gone", sealed[1..].to_vec()),
        ("byte-added-in-front", "A byte is before the ciphertext", [&[0], &sealed[..]].concat()),
        ("byte-added-at-end", "A byte is after the tag", [&sealed[..], &[0]].concat()),
        ("tag-in-front", "The tag is before the ciphertext", [&sealed[body..], &sealed[..body]].concat()),
        ("tag-of-zeros", "The tag is all zeros", [&sealed[..body], &[0; 16]].concat()),
        ("tag-alone", "The ciphertext is gone and its tag is left", sealed[body..].to_vec()),
    ] {
        forge(name, why, "ModifiedCiphertext", around(&forged));
    }
    for at in [0, 11, 12, 15] {
        let other = Sample { iv: flipped(&sample.iv, at), ..sample.clone() };
        let why = format!("One bit of byte {at} of the IV is flipped");
        let record = sample.record_of(other.text_of(&sealed).as_bytes());
        forge(&format!("iv-byte-{at}-flipped"), &why, "ModifiedCiphertext", record);
    }
    for at in [0, 15, 16, 31] {
        let other = Sample { salt: flipped(&sample.salt, at), ..sample.clone() };
        let why = format!("One bit of byte {at} of the salt is flipped");
        forge(&format!("salt-byte-{at}-flipped"), &why, "SaltText", other.record_of(sample.text().as_bytes()));
    }
    for (name, why, flag, other) in other_keys(&sample) {
        forge(name, why, flag, sample.record_of(sample.text_of(&other.sealed()).as_bytes()));
    }
    file.finish()
}

/// Samples that are sealed under the key that a mistaken port would use.
fn other_keys(sample: &Sample) -> Vec<(&'static str, &'static str, &'static str, Sample)> {
    let half = match sample.profile {
        Profile::Documented => Profile::Client2014,
        Profile::Client2014 => Profile::Documented,
    };
    let text_salt = hex::encode(&sample.salt).into_bytes();
    let with = |change: fn(&mut Sample)| {
        let mut other = sample.clone();
        change(&mut other);
        other
    };
    vec![
        (
            "sealed-with-the-other-half",
            "The other 256 bits of the derived key sealed it",
            "KeyHalf",
            Sample { profile: half, ..sample.clone() },
        ),
        (
            "salted-with-the-hex-text",
            "The hex text of the salt was used instead of its bytes",
            "SaltText",
            Sample { salt: text_salt, ..sample.clone() },
        ),
        (
            "sealed-with-the-decoy-count",
            "The count in the SJCL text was used",
            "IterDecoy",
            with(|other| other.iterations = 1000),
        ),
        (
            "sealed-with-one-iteration-more",
            "The count was one more",
            "WrongPassword",
            with(|other| other.iterations += 1),
        ),
        (
            "sealed-with-a-space-at-the-end",
            "The password had a space at its end",
            "WrongPassword",
            with(|other| other.password.push(' ')),
        ),
        (
            "sealed-with-capitals",
            "The password had a capital letter",
            "WrongPassword",
            with(|other| other.password = other.password.replace('c', "C")),
        ),
        ("sealed-with-no-password", "The password was empty", "PwEmpty", with(|other| other.password.clear())),
    ]
}

/// Counts beside the record that are none or absurd.
pub(super) fn cost(stream: &mut KeyStream) -> FileBuilder {
    let hostile = |file| described(file).policy("cost-ceiling").cost(Cost::Hostile);
    let mut file = Checked::new("autonomail.open", "Counts that must be refused before the work", hostile);
    let sample = Sample::new(Profile::Documented, stream);
    let parent = whole(&mut file, &sample);
    for (name, iterations) in ABSURD.iter().chain(WRAPPED) {
        let change = Change("iterations", Value::Integer(*iterations));
        absurd(&mut file, parent, name, change, *iterations);
    }
    file.finish()
}

/// Counts in the record that are absurd.
pub(super) fn cost_2014(stream: &mut KeyStream) -> FileBuilder {
    let hostile = |file| described(file).policy("cost-ceiling").cost(Cost::Hostile);
    let mut file = Checked::new("autonomail-2014.open", "Counts that must be refused before the work", hostile);
    let sample = Sample::new(Profile::Client2014, stream);
    let parent = whole(&mut file, &sample);
    for (name, iterations) in ABSURD.iter().chain(WRAPPED) {
        let record = edited(&sample.record(), &member("iterations").value(&iterations.to_string()), name);
        absurd(&mut file, parent, name, Change("record", Value::Bytes(record)), *iterations);
    }
    for (name, why, count) in [
        ("iterations-wrapped-at-64-bits", "The count is 100 in 64 bits, and 2^64 more", "18446744073709551716"),
        ("iterations-infinite", "The count is beyond every number, which JavaScript calls infinite", "1e400"),
    ] {
        let record = edited(&sample.record(), &member("iterations").value(count), name);
        let reasons = &[Reason::TooCostly, Reason::Parameter, Reason::Malformed];
        file.forge((parent, "record"), (name, why, "KdfParamDoS"), reasons, record);
    }
    file.finish()
}

/// Counts that would take hours or more.
pub(super) const ABSURD: &[(&str, u64)] = &[
    ("iterations-one-thousand-million", 1_000_000_000),
    ("iterations-largest-int32", (1 << 31) - 1),
    ("iterations-above-int32", 1 << 31),
    ("iterations-two-to-the-32", 1 << 32),
    ("iterations-largest-safe-integer", (1 << 53) - 1),
];

/// Counts that are the right one, 100, in 32 bits.
pub(super) const WRAPPED: &[(&str, u64)] =
    &[("iterations-wrapped-at-32-bits", (1 << 32) + 100), ("iterations-wrapped-at-32-bits-high", (1 << 52) + 100)];

/// Adds a count that is refused before the first iteration.
pub(super) fn absurd(file: &mut Checked, parent: CaseId, name: &str, change: Change, iterations: u64) {
    let why = format!("{iterations} iterations would take hours, so they are refused before the first");
    let reasons = &[Reason::TooCostly, Reason::Parameter];
    file.refuse(Refuse {
        name,
        why: &why,
        flags: &["KdfParamDoS"],
        parent,
        change,
        reasons,
        confirmed_by: &["reference"],
    });
}

/// A copy with the lowest bit of one byte flipped.
pub(super) fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    copy[at] ^= 1;
    copy
}
