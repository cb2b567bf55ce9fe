//! Opening: what every reader opens, and what nobody may open.

use ::document::{Escape, all, document, member};

use super::flags::described;
use super::sample::Mode::{Item, Password};
use super::sample::{Mode, Sample, array};
use crate::builder::checked::{AUTHENTICATION, Checked, UNOPENABLE, UNREADABLE, edited_text};
use crate::builder::{Accept, CaseId, Change, FileBuilder, KeyStream, Refuse};
use vectors::{Cost, Value};

const CONFIRMED: &[&str] = &["reference", "libsodium"];

/// A file for one mode; deriving a key takes about as long as `fast` allows.
pub(super) fn begun(mode: Mode, title: &str, describe: impl FnOnce(FileBuilder) -> FileBuilder) -> Checked {
    let cost = match mode {
        Password => Cost::Slow,
        Item => Cost::Fast,
    };
    Checked::new(mode.open(), title, |file| describe(described(file).cost(cost)))
}

/// Adds the case that opens a sample's envelope as it is written.
pub(super) fn whole(file: &mut Checked, sample: &Sample) -> CaseId {
    opens_from(file, sample, sample.envelope(), ("whole", "An envelope as the web client writes it", "Basic"))
}

pub(super) fn opens_from(
    file: &mut Checked,
    sample: &Sample,
    envelope: String,
    (name, why, flag): (&str, &str, &str),
) -> CaseId {
    file.accept(Accept {
        name,
        why,
        flags: &[flag],
        input: sample.opening(envelope),
        output: sample.opened(),
        trace: &sample.trace(),
        confirmed_by: CONFIRMED,
    })
}

/// Envelopes under passwords that every reader opens.
pub(super) fn passwords(stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(Password, "Envelopes under passwords that every reader opens", |file| file);
    let sample = Sample::new(Password, stream);
    let parent = whole(&mut file, &sample);
    for (name, why, flag, password) in PASSWORDS {
        let sample = Sample::under(password, Password, stream);
        opens_from(&mut file, &sample, sample.envelope(), (name, why, flag));
    }
    let long = Sample::under(&"long password ".repeat(20), Password, stream);
    opens_from(
        &mut file,
        &long,
        long.envelope(),
        ("password-280-bytes", "The password has more than two blocks of BLAKE2b", "PwLong"),
    );
    for (name, why, flag, plaintext) in plaintexts() {
        let sample = Sample { nonce: array(stream), plaintext, ..sample.clone() };
        opens_from(&mut file, &sample, sample.envelope(), (name, why, flag));
    }
    spelled(&mut file, &sample);
    for (name, why, flag, password) in [
        ("password-wrong", "The password is another", "WrongPassword", "incorrect horse battery staple"),
        (
            "password-prefix",
            "The last letter of the password is missing",
            "WrongPassword",
            "correct horse battery stapl",
        ),
        (
            "password-with-a-space",
            "The password has a space at its end",
            "WrongPassword",
            "correct horse battery staple ",
        ),
        ("password-with-a-nul", "The password has a NUL at its end", "PwNul", "correct horse battery staple\0"),
    ] {
        refuse(&mut file, parent, (name, why, flag), Change("password_text", Value::Text(password.to_owned())));
    }
    let change = Change("password_text", Value::Text(String::new()));
    let (flags, confirmed_by) = (&["PwEmpty"], &["reference"]);
    let (name, why) = ("password-empty", "The password is empty, which counts as none");
    file.refuse(Refuse { name, why, flags, parent, change, reasons: UNOPENABLE, confirmed_by });
    file.finish()
}

const PASSWORDS: &[(&str, &str, &str, &str)] = &[
    ("password-umlauts", "The password has more bytes than characters", "PwUtf16Length", "pässwörd"),
    (
        "password-cjk",
        "Each character of the password is three bytes and one UTF-16 unit",
        "PwUtf16Length",
        "パスワード",
    ),
    ("password-emoji", "The password has characters outside the BMP and a joiner", "PwUtf16Length", "👩‍🔬🔑 et cetera"),
    ("password-nfc", "The password has é as one code point", "PwNfd", "caf\u{e9}"),
    (
        "password-nfd",
        "The password has é as two code points and is another password than with one",
        "PwNfd",
        "cafe\u{301}",
    ),
    ("password-nul-inside", "The password goes on after a NUL", "PwNul", "before\0after"),
    ("password-bom", "The password begins with a byte order mark", "PwBom", "\u{feff}password"),
    ("password-spaces", "The password has spaces at both ends", "PwBom", "  password "),
];

/// Plaintexts for either mode: name, reason, flag, bytes.
fn plaintexts() -> [(&'static str, &'static str, &'static str, Vec<u8>); 5] {
    [
        ("plaintext-empty", "Nothing is sealed, so the ciphertext is the tag alone", "EmptyPlaintext", Vec::new()),
        ("plaintext-unicode", "The plaintext has characters outside the BMP", "PlaintextBytes", "Zoë 🔑".into()),
        (
            "plaintext-bom",
            "The plaintext begins with a byte order mark, which it keeps",
            "PlaintextBytes",
            "\u{feff}hello".into(),
        ),
        ("plaintext-nul", "The plaintext ends in a NUL, which it keeps", "PlaintextBytes", b"hello\0".to_vec()),
        (
            "plaintext-long",
            "257 blocks and a byte, so that a counter of one byte wraps",
            "LongMessage",
            b"sealproof ".iter().copied().cycle().take(257 * 64 + 1).collect(),
        ),
    ]
}

/// One sample, spelled otherwise.
fn spelled(file: &mut Checked, sample: &Sample) {
    let envelope = sample.envelope();
    let one_more = (sample.plaintext.len() + 1).to_string();
    for (name, why, flag, edit) in [
        ("members-reversed", "The members are in another order", "MemberOrder", document().reverse()),
        (
            "spaced",
            "The envelope is written prettily",
            "Whitespace",
            all(&[document().replace_each(",", ",\n  "), document().replace_each(":", ": ")]),
        ),
        (
            "escaped-value",
            "A character of a value is an escape",
            "JsonEscape",
            member("alg").in_text().escape(3, Escape::Json),
        ),
        (
            "escaped-name",
            "A character of a name is an escape",
            "JsonEscape",
            member("cipher").in_name().escape(4, Escape::Json),
        ),
        (
            "format-missing",
            "The phones do not write format, and the server drops it",
            "MissingMember",
            member("format").remove(),
        ),
        (
            "alg-missing",
            "Clients before 2021 did not write alg, and the server drops it from keys",
            "MissingMember",
            member("alg").remove(),
        ),
        (
            "chunk-size",
            "The iOS client adds a chunkSize",
            "ChunkSize",
            member("length").whole().before(r#""chunkSize":524288,"#),
        ),
        ("length-0", "The length says 0", "LengthTrusted", member("length").value("0")),
        ("length-one-more", "The length says one byte more", "LengthTrusted", member("length").value(&one_more)),
        ("length-two-gigabytes", "The length says 2^31", "LengthTrusted", member("length").value("2147483648")),
        (
            "length-largest-safe-integer",
            "The length says 2^53 - 1",
            "LengthTrusted",
            member("length").value("9007199254740991"),
        ),
        ("length-negative", "The length says -1", "LengthTrusted", member("length").value("-1")),
    ] {
        opens_from(file, sample, edited_text(&envelope, &edit), (name, why, flag));
    }
}

/// Items that every reader opens.
pub(super) fn items(stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(Item, "Items that every reader opens", |file| file);
    let sample = Sample::new(Item, stream);
    let parent = whole(&mut file, &sample);
    for (name, why, flag, plaintext) in plaintexts() {
        let sample = Sample { plaintext, ..Sample::new(Item, stream) };
        opens_from(&mut file, &sample, sample.envelope(), (name, why, flag));
    }
    spelled(&mut file, &sample);
    for (name, why, flag, edit) in [
        (
            "salt-missing",
            "The server drops the salt, which a key does not need",
            "MissingMember",
            member("salt").remove(),
        ),
        (
            "as-the-server-returns-it",
            "The server has dropped salt and format",
            "MissingMember",
            all(&[member("salt").remove(), member("format").remove()]),
        ),
        (
            "salt-of-another-key",
            "The salt is another, and is not used",
            "MissingMember",
            member("salt").text("AAAAAAAAAAAAAAAAAAAAAA"),
        ),
        (
            "key-version-0",
            "The item names the account's own key",
            "KeyVersion",
            member("v").whole().before(r#""keyVersion":0,"#),
        ),
        (
            "key-version-1",
            "The item names the account's data key",
            "KeyVersion",
            member("v").whole().before(r#""keyVersion":1,"#),
        ),
        ("v-5-9", "The item is of an older database", "KeyVersion", member("v").value("5.9")),
        (
            "v-6-as-integer",
            "The version is written without a fraction, as a server may write 6.0",
            "NumberForm",
            member("v").value("6"),
        ),
    ] {
        opens_from(&mut file, &sample, edited_text(&sample.envelope(), &edit), (name, why, flag));
    }
    ids(&mut file, &sample);
    let mut key = sample.key;
    key[31] ^= 1;
    refuse(
        &mut file,
        parent,
        ("key-wrong", "The last bit of the key is another", "WrongPassword"),
        Change("key", Value::Bytes(key.to_vec())),
    );
    for length in [0, 16, 31, 33, 64] {
        let (name, why) = (format!("key-{length}-bytes"), format!("The key has {length} bytes"));
        let change = Change("key", Value::Bytes(stream.bytes(length)));
        let (flags, confirmed_by) = (&["KeySize"], &["reference"]);
        file.refuse(Refuse { name: &name, why: &why, flags, parent, change, reasons: UNREADABLE, confirmed_by });
    }
    file.finish()
}

/// One sealed text under several outer ids, each of which is given back as it stands.
fn ids(file: &mut Checked, sample: &Sample) {
    for (name, why, id, spelled) in [
        (
            "id-swapped",
            "The outer id is another item's, and nothing tells",
            "64b1f0c2a9d34e5f8a7b6c5e",
            "64b1f0c2a9d34e5f8a7b6c5e",
        ),
        ("id-empty", "The outer id is empty", "", ""),
        ("id-unicode", "The outer id has characters outside the BMP", "Zoë-🔑", "Zoë-🔑"),
        ("id-escaped", "The outer id is written with escapes", "a\"\\\u{1}🔑", "a\\\"\\\\\\u0001\\ud83d\\udd11"),
    ] {
        let spelled = edited_text(&sample.envelope(), &member("id").text(spelled));
        let sample = Sample { id: id.to_owned(), ..sample.clone() };
        opens_from(file, &sample, spelled, (name, why, "IdSwap"));
    }
}

/// One envelope, forged in every way that a tag must notice.
pub(super) fn tampered(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Envelopes that were changed after they were sealed", |file| file);
    let sample = Sample::new(mode, stream);
    let parent = whole(&mut file, &sample);
    let (sealed, body) = (sample.sealed(), sample.plaintext.len());
    let mut forge = |name: &str, why: &str, flag: &str, envelope: String| {
        file.forge((parent, "envelope"), (name, why, flag), AUTHENTICATION, envelope.into_bytes());
    };
    for at in 0..16 {
        let why = format!("One bit of byte {at} of the tag is flipped");
        forge(
            &format!("tag-byte-{at}-flipped"),
            &why,
            "PartialTagCompare",
            sample.envelope_of(&flipped(&sealed, body + at)),
        );
    }
    for (name, why, forged) in [
        ("ciphertext-first-byte-flipped", "One bit of the first byte is flipped", flipped(&sealed, 0)),
        ("ciphertext-last-byte-flipped", "One bit of the last byte is flipped", flipped(&sealed, body - 1)),
        ("ciphertext-byte-removed", "The first byte of the ciphertext is gone", sealed[1..].to_vec()),
        ("byte-added-at-end", "A byte is after the tag", [&sealed[..], &[0]].concat()),
        ("tag-in-front", "The tag is before the ciphertext", [&sealed[body..], &sealed[..body]].concat()),
        ("tag-of-zeros", "The tag is all zeros", [&sealed[..body], &[0; 16]].concat()),
        ("tag-alone", "The ciphertext is gone and its tag is left", sealed[body..].to_vec()),
    ] {
        forge(name, why, "ModifiedCiphertext", sample.envelope_of(&forged));
    }
    for (name, why, length) in [
        ("tag-cut-by-one", "The last byte is gone", sealed.len() - 1),
        ("tag-cut-to-eight", "Half of the tag is gone", body + 8),
    ] {
        forge(name, why, "TagTruncated", sample.envelope_of(&sealed[..length]));
    }
    for at in [0, 15, 16, 23] {
        let mut other = sample.clone();
        other.nonce[at] ^= 1;
        let why = format!("One bit of byte {at} of the nonce is flipped");
        forge(&format!("nonce-byte-{at}-flipped"), &why, "ModifiedNonce", other.envelope_of(&sealed));
    }
    if mode == Password {
        for at in [0, 15] {
            let mut other = sample.clone();
            other.salt[at] ^= 1;
            let why = format!("One bit of byte {at} of the salt is flipped");
            forge(&format!("salt-byte-{at}-flipped"), &why, "SaltSize", other.envelope_of(&sealed));
        }
    }
    file.finish()
}

fn refuse(file: &mut Checked, parent: CaseId, (name, why, flag): (&str, &str, &str), change: Change) {
    let (flags, confirmed_by) = (&[flag], &["reference"]);
    file.refuse(Refuse { name, why, flags, parent, change, reasons: AUTHENTICATION, confirmed_by });
}

/// A copy with the lowest bit of one byte flipped.
pub(super) fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    copy[at] ^= 1;
    copy
}
