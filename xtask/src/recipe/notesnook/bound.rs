//! What belongs together, what a reader may not fall back to, and what a refusal may not tell.

use ::document::member;

use super::open::{begun, flipped, opens_from, whole};
use super::sample::{Mode, Sample, derived, derived_at};
use crate::builder::checked::{AUTHENTICATION, Checked, UNOPENABLE, UNREADABLE, edited, edited_text};
use crate::builder::{CaseId, Change, FileBuilder, KeyStream, Refuse};
use oracle::{openssl, sodium};
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::Value;

/// Parts of two envelopes, and envelopes sealed in ways that a reader might fall back to.
pub(super) fn bound(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let title = "Envelopes put together of parts that do not belong together";
    let mut file = begun(mode, title, |file| file);
    let sample = Sample::under("pässwörd", mode, stream);
    let parent = whole(&mut file, &sample);
    let mut other = Sample::under("pässwörd", mode, stream);
    other.plaintext = br#"{"type":"tiptap","data":"<p>other</p>"}"#.to_vec();
    opens_from(&mut file, &other, other.envelope(), ("other-whole", "Another envelope", "FieldSwap"));
    let mut forge = |name: &str, why: &str, flag: &str, envelope: String| {
        file.forge((parent, "envelope"), (name, why, flag), AUTHENTICATION, envelope.into_bytes());
    };
    let nonce = Sample { nonce: other.nonce, ..sample.clone() };
    forge("nonce-of-another", "The nonce is another envelope's", "FieldSwap", nonce.envelope_of(&sample.sealed()));
    forge(
        "ciphertext-of-another",
        "The ciphertext is another envelope's",
        "FieldSwap",
        sample.envelope_of(&other.sealed()),
    );
    forge(
        "both-of-another",
        "Nonce and ciphertext are another envelope's",
        "FieldSwap",
        nonce.envelope_of(&other.sealed()),
    );
    for (name, why, key) in other_keys(&sample) {
        forge(name, why, "SilentFallback", sample.envelope_under(&key, b""));
    }
    for (name, why, aad) in [
        ("sealed-with-alg", "The algorithm's name was sealed with it as associated data", &b"xcha-argon2i13-7"[..]),
        ("sealed-with-id", "The id was sealed with it as associated data", sample.id.as_bytes()),
        ("sealed-with-salt", "The salt was sealed with it as associated data", &sample.salt),
    ] {
        forge(name, why, "IdSwap", sample.envelope_under(&sample.key, aad));
    }
    match mode {
        Mode::Password => unsalted(&mut file, &sample),
        Mode::Item => items(&mut file, &sample),
    }
    file.finish()
}

/// An envelope under a salt of zeros, which a missing salt is not, and one under no password.
fn unsalted(file: &mut Checked, sample: &Sample) {
    let zeros = Sample { salt: [0; 16], key: derived(&sample.password, &[0; 16]), ..sample.clone() };
    let about = ("salt-of-zeros", "The salt is all zeros, and is a salt", "SaltSize");
    let parent = opens_from(file, &zeros, zeros.envelope(), about);
    for (name, why, edit) in [
        ("salt-of-zeros-missing", "The salt is missing, and zeros sealed it", member("salt").remove()),
        ("salt-of-zeros-null", "The salt is null, and zeros sealed it", member("salt").value("null")),
        ("salt-of-zeros-empty", "The salt is empty, and zeros sealed it", member("salt").text("")),
        ("salt-of-zeros-cut", "The salt has eight zeros of sixteen", member("salt").text("AAAAAAAAAAA")),
    ] {
        let envelope = edited(&zeros.envelope(), &edit, name);
        file.forge((parent, "envelope"), (name, why, "SaltSize"), UNOPENABLE, envelope);
    }
    let nobodys = sample.envelope_under(&derived("", &sample.salt), b"").into_bytes();
    let about = ("sealed-under-no-password", "The key of the empty password sealed it", "PwEmpty");
    let parent = file.refuse(Refuse {
        name: about.0,
        why: about.1,
        flags: &[about.2],
        parent,
        change: Change("envelope", Value::Bytes(nobodys)),
        reasons: AUTHENTICATION,
        confirmed_by: &["reference"],
    });
    let change = Change("password_text", Value::Text(String::new()));
    let (name, why) = ("sealed-and-opened-under-no-password", "The empty password sealed it, and is none");
    let (flags, confirmed_by) = (&["PwEmpty"], &["reference"]);
    file.refuse(Refuse { name, why, flags, parent, change, reasons: UNREADABLE, confirmed_by });
}

/// Keys that known bugs have fallen back to.
fn other_keys(sample: &Sample) -> Vec<(&'static str, &'static str, [u8; 32])> {
    let (password, salt, limits) = (sample.password.as_bytes(), &sample.salt, Limits::default());
    let digest = sodium::blake2b(password, &[], 32).expect("32 bytes is a size");
    let mut keys = vec![
        ("sealed-under-zeros", "The key is zeros, what a phone took where it had no key", [0; 32]),
        ("sealed-under-a-bare-hash", "BLAKE2b of the password is the key", digest.try_into().expect("32 bytes")),
    ];
    if sample.mode == Mode::Item {
        return keys;
    }
    let array = |key: Vec<u8>| key.try_into().expect("32 bytes were asked for");
    let id = sodium::argon2(Argon2Variant::Id, password, salt, (3, 8_192), 32, &limits).expect("libsodium takes these");
    let text = super::sample::base64(salt);
    let salted = openssl::argon2(Argon2Variant::I, password, text.as_bytes(), (3, 8_192, 1), 32, &limits);
    keys.extend([
        (
            "sealed-by-an-old-phone",
            "An old iOS client took as many bytes of the password as it has UTF-16 units",
            derived_at(&password[..sample.password.encode_utf16().count()], salt, (3, 8_192)),
        ),
        ("sealed-with-argon2id", "Argon2id was used instead of Argon2i", array(id)),
        ("sealed-with-four-passes", "Four passes were made", derived_at(password, salt, (4, 8_192))),
        ("sealed-with-8-kib", "The memory was 8192 bytes, and not KiB", derived_at(password, salt, (3, 8))),
        ("sealed-with-8000-kib", "The memory was 8,000 KiB", derived_at(password, salt, (3, 8_000))),
        (
            "salted-with-the-text",
            "The base64 of the salt was used instead of its bytes",
            array(salted.expect("OpenSSL takes these")),
        ),
        (
            "password-with-its-nul",
            "The NUL of a C string was taken with the password",
            derived_at(&[password, b"\0"].concat(), salt, (3, 8_192)),
        ),
    ]);
    keys
}

/// What is not authenticated in an item: each opens, and the caller has to compare.
fn items(file: &mut Checked, sample: &Sample) {
    let inner = "64b1f0c2a9d34e5f8a7b6c5d";
    let plaintext = format!(r#"{{"id":"{inner}","type":"note","title":"mine"}}"#).into_bytes();
    let own = Sample { plaintext, id: inner.to_owned(), ..sample.clone() };
    let why = "The outer id is the inner one, as the client writes it";
    opens_from(file, &own, own.envelope(), ("id-inside-and-outside", why, "IdSwap"));
    for (name, why, outer) in [
        (
            "id-of-another-item-outside",
            "The outer id is another item's: it opens, is given back, and only the inner id tells the caller",
            "64b1f0c2a9d34e5f8a7b6c5e",
        ),
        (
            "id-in-capitals-outside",
            "The outer id is the inner one in capitals, which is another id",
            "64B1F0C2A9D34E5F8A7B6C5D",
        ),
        (
            "id-with-a-space-outside",
            "The outer id is the inner one with a space, which is given back",
            "64b1f0c2a9d34e5f8a7b6c5d ",
        ),
        ("id-empty-outside", "The outer id is empty, and the inner one is not put in its place", ""),
        ("id-proto-outside", "The outer id is a name that a cache must not use as a member", "__proto__"),
    ] {
        let swapped = Sample { id: outer.to_owned(), ..own.clone() };
        opens_from(file, &swapped, swapped.envelope(), (name, why, "IdSwap"));
    }
    for (name, why, edit) in [
        ("v-exchanged", "The version is another, and nothing tells", member("v").value("5.0")),
        (
            "key-version-exchanged",
            "The key version is another, and does not choose the key",
            member("v").whole().before(r#""keyVersion":1,"#),
        ),
        ("length-exchanged", "The length is another, and nothing tells", member("length").at_value().before("1")),
    ] {
        opens_from(file, &own, edited_text(&own.envelope(), &edit), (name, why, "IdSwap"));
    }
}

/// Everything that can be wrong after an envelope was read, with the one reason that a reader may give.
pub(super) fn one_refusal(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let title = "Wrong passwords or keys and changed envelopes, which must not be distinguishable";
    let mut file = begun(mode, title, |file| file);
    let sample = Sample::new(mode, stream);
    let parent = whole(&mut file, &sample);
    match mode {
        Mode::Password => {
            for (name, why, password) in WRONG {
                wrong(&mut file, parent, (name, why), Change("password_text", Value::Text((*password).to_owned())));
            }
        }
        Mode::Item => {
            for (name, why, key) in [
                ("key-first-bit", "The first bit of the key is another", flipped(&sample.key, 0)),
                ("key-last-byte", "The last byte of the key is another", flipped(&sample.key, 31)),
                ("key-of-zeros", "The key is all zeros", vec![0; 32]),
                ("key-reversed", "The key's bytes are reversed", sample.key.iter().rev().copied().collect()),
            ] {
                wrong(&mut file, parent, (name, why), Change("key", Value::Bytes(key)));
            }
        }
    }
    let sealed = sample.sealed();
    let mut nonce = sample.clone();
    nonce.nonce[20] ^= 1;
    let mut salt = sample.clone();
    salt.salt[7] ^= 1;
    let mut changed = vec![
        ("tag-flipped", "A bit of the tag is flipped", sample.envelope_of(&flipped(&sealed, sealed.len() - 1))),
        ("ciphertext-flipped", "A bit of the ciphertext is flipped", sample.envelope_of(&flipped(&sealed, 3))),
        (
            "ciphertext-gone",
            "The ciphertext is gone, and the tag is there",
            sample.envelope_of(&sealed[sealed.len() - 16..]),
        ),
        ("nonce-flipped", "A bit of the nonce is flipped", nonce.envelope_of(&sealed)),
        ("all-zeros", "Ciphertext and tag are all zeros", sample.envelope_of(&vec![0; sealed.len()])),
    ];
    if mode == Mode::Password {
        changed.push(("salt-flipped", "A bit of the salt is flipped", salt.envelope_of(&sealed)));
    }
    for (name, why, envelope) in changed {
        file.forge((parent, "envelope"), (name, why, "OneRefusal"), AUTHENTICATION, envelope.into_bytes());
    }
    file.finish()
}

fn wrong(file: &mut Checked, parent: CaseId, (name, why): (&str, &str), change: Change) {
    let (flags, confirmed_by) = (&["OneRefusal", "WrongPassword"], &["reference"]);
    file.refuse(Refuse { name, why, flags, parent, change, reasons: AUTHENTICATION, confirmed_by });
}

/// Passwords that are not that of the sample: name, reason, password.
const WRONG: &[(&str, &str, &str)] = &[
    ("password-another", "The password is another", "incorrect horse battery staple"),
    ("password-newline-more", "The password has a newline at its end", "correct horse battery staple\n"),
    ("password-nul-and-more", "The password goes on after a NUL", "correct horse battery staple\0x"),
    ("password-in-capitals", "The password is in capitals", "CORRECT HORSE BATTERY STAPLE"),
    (
        "password-bom-in-front",
        "The password has a byte order mark at the front",
        "\u{feff}correct horse battery staple",
    ),
];
