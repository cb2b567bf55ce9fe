//! Passwords, plaintexts, addresses and ids that a port may change.

use super::account;
use super::flags::described;
use super::open::{begun, opens_from};
use super::sample::{Mode, Sample, array, base64, derived, salt_of_words};
use super::seal;
use crate::builder::checked::{Checked, PARAMETER, edited_text};
use crate::builder::forms::edges;
use crate::builder::forms::words::{LONG_PASSWORDS, PASSWORDS, PLAINTEXTS, seals, seals_under};
use crate::builder::{Accept, Change, FileBuilder, KeyStream, Refuse};
use oracle::sodium;
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::{Cost, Fields, Value};

const CONFIRMED: &[&str] = &["reference", "libsodium"];

/// Every password, with its name, reason and flag.
pub(super) fn passwords() -> Vec<([&'static str; 3], String)> {
    let short = PASSWORDS.iter().map(|(name, why, flag, password)| ([*name, *why, *flag], (*password).to_owned()));
    let long =
        LONG_PASSWORDS.iter().map(|(name, why, flag, c, count)| ([*name, *why, *flag], c.to_string().repeat(*count)));
    let nul = (["nul-at-end", "A NUL is at the end, and counts", "PwNul"], "password\0".to_owned());
    short.chain(long).chain([nul]).collect()
}

/// Samples that differ in a word, all under one salt, each with its name, reason and flag.
fn samples(mode: Mode, stream: &mut KeyStream) -> Vec<(Sample, [String; 3])> {
    let salt = salt_of_words();
    let mut start = Sample::new(Mode::Item, stream);
    (start.mode, start.salt) = (mode, salt);
    let mut samples = Vec::new();
    match mode {
        Mode::Password => {
            for ([name, why, flag], password) in passwords() {
                let key = derived(&password, &salt);
                let sample = Sample { nonce: array(stream), password, key, ..start.clone() };
                samples.push((sample, [&format!("password-{name}"), why, flag].map(str::to_owned)));
            }
            "password\0".clone_into(&mut start.password);
            start.key = derived(&start.password, &salt);
        }
        Mode::Item => {
            for (name, why, id) in IDS {
                let sample = Sample { nonce: array(stream), id: (*id).to_owned(), ..start.clone() };
                samples.push((sample, [*name, *why, "JsonEscape"].map(str::to_owned)));
            }
        }
    }
    for (name, why, plaintext) in PLAINTEXTS {
        let sample = Sample { nonce: array(stream), plaintext: plaintext.as_bytes().to_vec(), ..start.clone() };
        samples.push((sample, [*name, *why, "PlaintextBytes"].map(str::to_owned)));
    }
    samples
}

/// Ids that writers of JSON spell differently: name, reason, id.
const IDS: &[(&str, &str, &str)] = &[
    ("id-slash", "A slash in the id is not escaped", "a/b"),
    ("id-html", "Nothing in the id is escaped for HTML", "<a href='?b&c'>"),
    ("id-umlaut", "A letter that is not ASCII is as it is", "Über"),
    ("id-emoji", "A character outside the BMP is as it is", "🔑"),
    ("id-line-separator", "A line separator is as it is", "a\u{2028}b"),
    ("id-delete", "DEL is as it is", "a\u{7f}b"),
    ("id-decomposed", "The id is decomposed, and stays so", "cafe\u{301}"),
    ("id-bom", "The id begins with a byte order mark, which it keeps", "\u{feff}a"),
    ("id-spaces", "The id has spaces at both ends, which it keeps", " a "),
    ("id-empty", "The id is empty, and stays so", ""),
    ("id-long", "The id has three hundred characters", ID_LONG),
];

const ID_LONG: &str = "idididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididididi";

/// Ids with characters that JSON escapes: name, reason, id, the id as JSON writes it.
const ESCAPED_IDS: &[(&str, &str, &str, &str)] = &[
    ("id-quote-and-backslash", "A quote and a backslash are escaped", "a\"b\\c", "a\\\"b\\\\c"),
    ("id-tab", "A tab has an escape of two characters", "a\tb", "a\\tb"),
    ("id-line-ends", "Line ends have escapes of two characters", "a\r\nb", "a\\r\\nb"),
    ("id-backspace", "Backspace and form feed have escapes of two characters", "\u{8}\u{c}", "\\b\\f"),
    ("id-control", "Other controls have escapes of four small digits", "\u{1}\u{1f}", "\\u0001\\u001f"),
    ("id-nul", "A NUL is escaped, and ends nothing", "a\0b", "a\\u0000b"),
];

/// What every reader opens.
pub(super) fn open(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Words that nothing may change", |file| file);
    for (sample, [name, why, flag]) in samples(mode, stream) {
        opens_from(&mut file, &sample, sample.envelope(), (&name, &why, &flag));
    }
    if mode == Mode::Item {
        for (sample, [name, why], spelled) in escaped(stream) {
            opens_from(&mut file, &sample, spelled, (name, why, "JsonEscape"));
        }
    }
    file.finish()
}

fn escaped(stream: &mut KeyStream) -> Vec<(Sample, [&'static str; 2], String)> {
    let samples = ESCAPED_IDS.iter().map(|(name, why, id, spelled)| {
        let sample = Sample { id: "ID".to_owned(), ..Sample::new(Mode::Item, stream) };
        let envelope = edited_text(&sample.envelope(), &::document::member("id").text(spelled));
        (Sample { id: (*id).to_owned(), ..sample }, [*name, *why], envelope)
    });
    samples.collect()
}

/// What is sealed to exactly these bytes.
pub(super) fn seal(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let (operation, cost) = match mode {
        Mode::Password => ("notesnook.seal", Cost::Slow),
        Mode::Item => ("notesnook-item.seal", Cost::Fast),
    };
    let mut file = Checked::new(operation, "Words that nothing may change", |file| described(file).cost(cost));
    let mut last = None;
    let asked = |name: &str| name.starts_with("id-") || seals(name);
    for (sample, [name, why, flag]) in samples(mode, stream).into_iter().filter(|(_, [name, ..])| asked(name)) {
        last = Some(seal::sealed(&mut file, &sample, [&name, &why, &flag]));
    }
    if mode == Mode::Password {
        let change = Change("password_text", Value::Text(String::new()));
        let (name, why) = ("password-empty", "The password is empty, which counts as none");
        let (flags, parent, confirmed_by) = (&["PwEmpty"], last.expect("words were sealed"), &["reference"]);
        file.refuse(Refuse { name, why, flags, parent, change, reasons: PARAMETER, confirmed_by });
    }
    if mode == Mode::Item {
        for (sample, [name, why], spelled) in escaped(stream) {
            let (input, output) = (sample.sealing(), Fields::new().with_bytes("envelope", spelled));
            let (flags, trace) = (&["JsonEscape"], &sample.trace());
            file.accept(Accept { name, why, flags, input, output, trace, confirmed_by: CONFIRMED });
        }
    }
    file.finish()
}

/// Keys of words.
pub(super) fn derive_key(_: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let mut file = Checked::new("notesnook.derive-key", "Keys of passwords that nothing may change", slow);
    for ([name, why, flag], password) in passwords().into_iter().filter(|([name, ..], _)| seals_under(name)) {
        account::key(&mut file, &(name, why, flag, &password), salt_of_words());
    }
    for (name, why, flag, password) in edges::PASSWORDS {
        account::key(&mut file, &(name, why, flag, password), salt_of_words());
    }
    file.finish()
}

/// Login hashes of words: few, since each costs 64 MiB.
pub(super) fn login_hash(_: &mut KeyStream) -> FileBuilder {
    let slow = |file| described(file).cost(Cost::Slow);
    let mut file = Checked::new("notesnook.login-hash", "Login hashes of words that nothing may change", slow);
    let long = "x".repeat(300);
    let longest = ("password-300-bytes", "A length of one byte cannot say 300", "PwCut", PLAIN, PLAIN, long.as_str());
    for (name, why, flag, email, lower, password) in
        LOGINS.iter().copied().chain([longest]).chain(MORE_LOGINS.iter().copied())
    {
        let named = format!("oVzKtazBo7d8sb7TBvY9jw{lower}");
        let salt = sodium::blake2b(named.as_bytes(), &[], 16).expect("16 bytes is a size");
        let cost = (3, 65_536);
        let hash = sodium::argon2(Argon2Variant::Id, password.as_bytes(), &salt, cost, 32, &Limits::default());
        file.accept(Accept {
            name,
            why,
            flags: &[flag],
            input: Fields::new().with_text("email_text", email).with_text("password_text", password),
            output: Fields::new().with_text("hash_text", base64(&hash.expect("libsodium takes these"))),
            trace: &[("salt", hex::encode(salt))],
            confirmed_by: CONFIRMED,
        });
    }
    file.finish()
}

const PLAIN: &str = "user@example.com";

/// A login: name, reason, flag, address, address in lower case as JavaScript gives it, password.
type Login = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const LOGINS: &[Login] = &[
    ("password-spaces", "Spaces are at both ends of the password", "PwTrim", PLAIN, PLAIN, " password "),
    ("password-newline-at-end", "A newline is at the end of the password", "PwTrim", PLAIN, PLAIN, "password\n"),
    ("password-capitals", "The address is folded, and the password is not", "PwCase", PLAIN, PLAIN, "PassWÖRD"),
    ("password-nul-at-end", "The password ends in a NUL, which counts", "PwNul", PLAIN, PLAIN, "password\0"),
    ("password-bom", "The password begins with a byte order mark", "PwBom", PLAIN, PLAIN, "\u{feff}password"),
    ("password-empty", "The password is empty, and is hashed like any other", "PwEmpty", PLAIN, PLAIN, ""),
    (
        "password-compatibility-forms",
        "NFKC would change the password",
        "PwNormal",
        PLAIN,
        PLAIN,
        "\u{fb01}\u{2460}\u{ff21}",
    ),
    ("password-precomposed", "NFD would change the password", "PwNormal", PLAIN, PLAIN, "caf\u{e9}"),
    (
        "address-capital-i",
        "A capital I is a small i with its dot, in Turkey too",
        "Email",
        "INFO@MAIL.EXAMPLE.COM",
        "info@mail.example.com",
        "password",
    ),
    (
        "address-capitals-of-many-kinds",
        "A sharp S, the Angstrom sign and a letter outside the BMP have small letters",
        "Email",
        "STRA\u{1e9e}E.\u{212b}.\u{10400}@example.com",
        "stra\u{df}e.\u{e5}.\u{10428}@example.com",
        "password",
    ),
    (
        "address-sigma-inside",
        "A sigma before a dot and a letter is not final, and one before the sign is",
        "Email",
        "ΑΣ.ΒΣ@example.com",
        "ασ.βς@example.com",
        "password",
    ),
    (
        "address-with-a-tag",
        "Tag and dots of the address stay, and so do the spaces around it",
        "Email",
        " first.Last+Tag@example.com ",
        " first.last+tag@example.com ",
        "password",
    ),
    (
        "address-dotted-i-inside",
        "The small letters of a dotted capital I inside are two code points",
        "Email",
        "A\u{130}B@example.com",
        "ai\u{307}b@example.com",
        "password",
    ),
    (
        "address-compatibility-forms",
        "NFKC would change the address",
        "Email",
        "\u{ff55}ser.\u{fb01}@example.com",
        "\u{ff55}ser.\u{fb01}@example.com",
        "password",
    ),
    (
        "address-with-a-tag-and-a-newline",
        "A tag and a newline at the end of the address stay",
        "Email",
        "user+tag@example.com\n",
        "user+tag@example.com\n",
        "password",
    ),
    (
        "address-decomposed",
        "The address is decomposed, and stays so",
        "Email",
        "Jose\u{301}@example.com",
        "jose\u{301}@example.com",
        "password",
    ),
];

/// What came later, and so stands behind the longest password.
const MORE_LOGINS: &[Login] = &[
    (
        "address-with-dots-at-gmail",
        "The dots of an address stay, also where its provider ignores them",
        "Email",
        "First.Last@gmail.com",
        "first.last@gmail.com",
        "password",
    ),
    (
        "address-82-bytes",
        "An address of 82 bytes is not cut at 64",
        "Email",
        "a.very.long.local.part.of.an.address@a-very-long-name-of-a-domain.mail.example.com",
        "a.very.long.local.part.of.an.address@a-very-long-name-of-a-domain.mail.example.com",
        "password",
    ),
    (
        "address-sharp-s",
        "A sharp s stays, and does not become a double one as case folding makes it",
        "Email",
        "stra\u{df}e@example.com",
        "stra\u{df}e@example.com",
        "password",
    ),
    (
        "address-domain-not-ascii",
        "A domain that is not ASCII stays, and does not become punycode",
        "Email",
        "x@b\u{fc}cher.example",
        "x@b\u{fc}cher.example",
        "password",
    ),
];
