//! Sealing: the very bytes for a given salt and nonce, and what opens for drawn ones.

use super::flags::described;
use super::sample::Mode::{Item, Password};
use super::sample::Sample;
use crate::builder::checked::{Checked, PARAMETER, UNREADABLE};
use crate::builder::forms::edges::RESTS;
use crate::builder::{Accept, CaseId, Change, FileBuilder, KeyStream, Opens, Refuse};
use vectors::{Cost, Fields, Reason, Value};

const CONFIRMED: &[&str] = &["reference", "libsodium"];

/// What is sealed under passwords: name, reason, flag, password, plaintext.
const UNDER_PASSWORDS: &[(&str, &str, &str, &str, &str)] = &[
    ("whole", "An envelope as the web client writes it", "Basic", "password", "hello"),
    ("plaintext-empty", "Nothing is sealed, so the ciphertext is the tag alone", "EmptyPlaintext", "password", ""),
    (
        "length-in-bytes",
        "The length counts bytes of UTF-8, and not UTF-16 units",
        "LengthTrusted",
        "password",
        "Zoë 🔑",
    ),
    ("password-umlaut", "The password has more bytes than characters", "PwUtf16Length", "pässwörd", "hello"),
    ("password-nfd", "The password has é as two code points", "PwNfd", "cafe\u{301}", "hello"),
    ("password-emoji", "The password has characters outside the BMP and a joiner", "PwUtf16Length", "👩‍🔬🔑", "hello"),
];

/// What is sealed under keys: name, reason, flag, id, plaintext.
const UNDER_KEYS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "whole",
        "An item as the web client sends it",
        "Basic",
        "64b1f0c2a9d34e5f8a7b6c5d",
        "{\"id\":\"64b1f0c2a9d34e5f8a7b6c5d\"}",
    ),
    ("plaintext-empty", "Nothing is sealed, so the ciphertext is the tag alone", "EmptyPlaintext", "a", ""),
    ("length-in-bytes", "The length counts bytes of UTF-8, and not UTF-16 units", "LengthTrusted", "a", "Zoë 🔑"),
    ("id-unicode", "The id is written as it is, and not as escapes", "JsonEscape", "Zoë-🔑", "hello"),
    ("id-uuid", "The id has hyphens", "Basic", "3f2c8a54-9d1e-4b60-a7c5-0e8f6b21d943", "hello"),
    (
        "plaintext-lines",
        "The plaintext has line ends of two kinds, which stay what they are",
        "PlaintextBytes",
        "a",
        "a\r\nb\n",
    ),
];

fn under_passwords(stream: &mut KeyStream) -> Vec<(Sample, [&'static str; 3])> {
    let samples = UNDER_PASSWORDS.iter().map(|(name, why, flag, password, plaintext)| {
        let plaintext = plaintext.as_bytes().to_vec();
        (Sample { plaintext, ..Sample::under(password, Password, stream) }, [*name, *why, *flag])
    });
    samples.collect()
}

fn under_keys(stream: &mut KeyStream) -> Vec<(Sample, [&'static str; 3])> {
    let samples = UNDER_KEYS.iter().map(|(name, why, flag, id, plaintext)| {
        let (id, plaintext) = ((*id).to_owned(), plaintext.as_bytes().to_vec());
        (Sample { id, plaintext, ..Sample::new(Item, stream) }, [*name, *why, *flag])
    });
    samples.collect()
}

/// Seals under a password to exactly these bytes.
pub(super) fn password(stream: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let mut file = Checked::new("notesnook.seal", "Envelopes under passwords, byte for byte", slow);
    let cases: Vec<_> =
        under_passwords(stream).iter().map(|(sample, about)| sealed(&mut file, sample, *about)).collect();
    sizes(
        &mut file,
        cases[0],
        stream,
        &[("salt", "SaltSize", &[0, 15, 17, 32]), ("nonce", "NonceSize", &[0, 12, 23, 25])],
    );
    let change = Change("password_text", Value::Text(String::new()));
    refuse(&mut file, cases[0], ["password-empty", "The password is empty", "PwEmpty"], change, PARAMETER);
    file.finish()
}

/// Seals an item to exactly these bytes.
pub(super) fn item(stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new("notesnook-item.seal", "Items, byte for byte", described);
    let cases: Vec<_> = under_keys(stream).iter().map(|(sample, about)| sealed(&mut file, sample, *about)).collect();
    let long = Sample { plaintext: b"sealproof ".repeat(500), ..Sample::new(Item, stream) };
    sealed(&mut file, &long, ["plaintext-long", "5,000 bytes are sealed", "LongMessage"]);
    let members: &[Sizes<'_>] = &[
        ("key", "KeySize", &[0, 16, 31, 33]),
        ("key_salt", "SaltSize", &[0, 15, 17]),
        ("nonce", "NonceSize", &[0, 12, 23, 25]),
    ];
    sizes(&mut file, cases[0], stream, members);
    file.finish()
}

/// Seals under a password with the port's own salt and nonce.
pub(super) fn password_drawn(stream: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let title = "Envelopes under passwords, with the port's own salt and nonce";
    // Each is drawn and derived many times: the ordinary, the empty, and the two that phones got wrong.
    let mut samples: Vec<_> = under_passwords(stream).into_iter().take(4).collect();
    samples.extend(of_rests(&Sample::under("password", Password, stream)));
    drawn(Checked::new("notesnook.seal", title, slow), &samples)
}

/// Seals items with the port's own nonce.
pub(super) fn item_drawn(stream: &mut KeyStream) -> FileBuilder {
    let file = Checked::new("notesnook-item.seal", "Items with the port's own nonce", described);
    let mut samples = under_keys(stream);
    samples.extend(of_rests(&Sample::new(Item, stream)));
    drawn(file, &samples)
}

/// A sample with plaintexts for the sake of their base64.
fn of_rests(sample: &Sample) -> Vec<(Sample, [&'static str; 3])> {
    let of = |(name, why, plaintext): &(&'static str, &'static str, &str)| {
        (Sample { plaintext: plaintext.as_bytes().to_vec(), ..sample.clone() }, [*name, *why, "B64Pad"])
    };
    RESTS.iter().map(of).collect()
}

fn envelope(sample: &Sample) -> Fields {
    Fields::new().with_bytes("envelope", sample.envelope())
}

pub(super) fn sealed(file: &mut Checked, sample: &Sample, [name, why, flag]: [&str; 3]) -> CaseId {
    file.accept(Accept {
        name,
        why,
        flags: &[flag],
        input: sample.sealing(),
        output: envelope(sample),
        trace: &sample.trace(),
        confirmed_by: CONFIRMED,
    })
}

fn drawn(mut file: Checked, samples: &[(Sample, [&'static str; 3])]) -> FileBuilder {
    for (sample, [name, why, flag]) in samples {
        let flags: &[&str] = if *flag == "Basic" { &["Randomness"] } else { &["Randomness", flag] };
        let (input, opened) = (sample.drawing(), sample.opened());
        file.opens(Opens { name, why, flags, input, opened, confirmed_by: CONFIRMED }, &envelope(sample));
    }
    file.finish()
}

/// A member, its flag, and lengths in bytes that it may not have.
type Sizes<'a> = (&'static str, &'static str, &'a [usize]);

fn sizes(file: &mut Checked, parent: CaseId, stream: &mut KeyStream, members: &[Sizes<'_>]) {
    for (member, flag, lengths) in members {
        for length in *lengths {
            let words = member.replace('_', "-");
            let (name, why) = (format!("{words}-{length}-bytes"), format!("The member {member} has {length} bytes"));
            let change = Change(member, Value::Bytes(stream.bytes(*length)));
            refuse(file, parent, [&name, &why, flag], change, UNREADABLE);
        }
    }
}

fn refuse(file: &mut Checked, parent: CaseId, [name, why, flag]: [&str; 3], change: Change, reasons: &[Reason]) {
    file.refuse(Refuse { name, why, flags: &[flag], parent, change, reasons, confirmed_by: &["reference"] });
}
