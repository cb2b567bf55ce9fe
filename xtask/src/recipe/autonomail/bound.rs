//! What belongs together, what a lowered header may not do, and what a refusal may not tell.

use aes::Aes256;
use aes::cipher::{BlockCipherEncrypt, KeyInit};

use ::document::member;

use super::flags::described;
use super::open::{flipped, opens_from, whole};
use super::sample::{Profile, Sample};
use crate::builder::checked::{AUTHENTICATION, Checked, UNOPENABLE, UNREADABLE, edited, edited_text};
use crate::builder::{CaseId, Change, FileBuilder, KeyStream, Refuse};
use oracle::openssl::{self, OtherCipher};
use primitives::hash;
use vectors::{Reason, Value};

/// Parts of two records, records sealed in ways that a reader might fall back to, and lowered costs.
pub(super) fn bound(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Records put together of parts that do not belong together", described);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    let other = Sample { plaintext: br#"{"pgp":{"keys":["other"]}}"#.to_vec(), ..Sample::new(profile, stream) };
    opens_from(&mut file, &other, other.record(), ("other-whole", "Another record of the same person", &["FieldSwap"]));
    for (name, why, record) in [
        ("salt-of-another-record", "The salt is another record's", other.record_of(sample.text().as_bytes())),
        ("data-of-another-record", "The sealed text is another record's", sample.record_of(other.text().as_bytes())),
        (
            "iv-of-another-record",
            "The IV is another record's",
            sample.record_of(other.text_of(&sample.sealed()).as_bytes()),
        ),
        (
            "ciphertext-of-another-record",
            "The ciphertext is another record's",
            sample.record_of(sample.text_of(&other.sealed()).as_bytes()),
        ),
    ] {
        refuse(&mut file, parent, (name, why, "FieldSwap"), AUTHENTICATION, record);
    }
    for (name, why, key) in other_keys(&sample) {
        refuse(&mut file, parent, (name, why, "SilentFallback"), AUTHENTICATION, sample.record_under(&key));
    }
    sizes(&mut file, parent, &sample);
    counts(&mut file, parent, &sample);
    file.finish()
}

/// Keys that known bugs have fallen back to.
fn other_keys(sample: &Sample) -> [(&'static str, &'static str, [u8; 32]); 6] {
    let password = sample.password.as_bytes();
    let mut padded = [0; 32];
    padded[..password.len()].copy_from_slice(password);
    let sha_256 = |iterations| openssl::pbkdf2_hmac_sha256(password, &sample.salt, iterations);
    let sha_512 = openssl::sha512(password).expect("OpenSSL hashes");
    [
        (
            "sealed-under-pbkdf2-sha-256",
            "SJCL from npm has no SHA-512, and its HMAC falls back to SHA-256",
            sha_256(100).expect("a count"),
        ),
        (
            "sealed-as-sjcl-seals-by-itself",
            "SJCL's own derivation was used: SHA-256, and its default count",
            sha_256(10_000).expect("a count"),
        ),
        ("sealed-under-zeros", "The key is zeros, what a derivation that failed leaves", [0; 32]),
        ("sealed-under-the-password", "The password itself is the key, with zeros after it", padded),
        ("sealed-under-a-bare-hash", "SHA-256 of the password is the key", hash::sha256(password)),
        (
            "sealed-under-half-a-hash",
            "Half of SHA-512 of the password is the key",
            sha_512[..32].try_into().expect("32 bytes"),
        ),
    ]
}

/// Records that were sealed with smaller keys, shorter IVs or in another mode.
fn sizes(file: &mut Checked, parent: CaseId, sample: &Sample) {
    let key = sample.key();
    let sealed = |cipher, key: &[u8], iv: &[u8]| {
        openssl::seal_otherwise(cipher, key, iv, &sample.plaintext).expect("OpenSSL takes these")
    };
    let small = sealed(OtherCipher::Aes128Gcm, &key[..16], &sample.iv);
    let middle = sealed(OtherCipher::Aes192Gcm, &key[..24], &sample.iv);
    let text = |sealed: &[u8]| sample.text_of(sealed);
    let key_length = |sealed: &[u8], bits| edited_text(&text(sealed), &member("ks").value(bits));
    for (name, why, flag, reasons, text) in [
        (
            "aes-128-and-ks-128",
            "AES-128 under the first half of the key sealed it, and ks says so",
            "KeySizeConfusion",
            UNOPENABLE,
            key_length(&small, "128"),
        ),
        (
            "aes-192-and-ks-192",
            "AES-192 under the key's first 24 bytes sealed it, and ks says so",
            "KeySizeConfusion",
            UNOPENABLE,
            key_length(&middle, "192"),
        ),
        (
            "aes-128-and-ks-256",
            "AES-128 under the first half of the key sealed it, and ks does not say so",
            "KeySizeConfusion",
            AUTHENTICATION,
            text(&small),
        ),
        (
            "sealed-with-12-bytes-of-the-iv",
            "Only the first 12 bytes of the IV were used",
            "IvSize",
            AUTHENTICATION,
            text(&Sample { iv: sample.iv[..12].to_vec(), ..sample.clone() }.sealed()),
        ),
        (
            "ccm-and-mode-gcm",
            "CCM sealed it, SJCL's default, and the mode says gcm",
            "ModeConfusion",
            AUTHENTICATION,
            text(&ccm(&key, sample)),
        ),
    ] {
        refuse(file, parent, (name, why, flag), reasons, sample.record_of(text.as_bytes()));
    }
}

/// Counts that whoever holds the record, or asks for it, has changed.
fn counts(file: &mut Checked, parent: CaseId, sample: &Sample) {
    for iterations in [1, 2, 50, 99, 200, 1_000, 10_000] {
        let (name, why) =
            (format!("iterations-{iterations}"), format!("The count says {iterations} and 100 sealed it"));
        let change = match sample.profile {
            Profile::Documented => Change("iterations", Value::Integer(iterations)),
            Profile::Client2014 => {
                let edit = member("iterations").at_value();
                Change("record", Value::Bytes(edited(&sample.record(), &edit.with(&iterations.to_string()), &name)))
            }
        };
        let (flags, confirmed_by) = (&["CostDowngrade"], &["reference"]);
        file.refuse(Refuse { name: &name, why: &why, flags, parent, change, reasons: AUTHENTICATION, confirmed_by });
    }
}

fn refuse(file: &mut Checked, parent: CaseId, about: (&str, &str, &str), reasons: &[Reason], record: String) {
    file.forge((parent, "record"), about, reasons, record.into_bytes());
}

/// Records that were sealed as their header says, with what SJCL has and Autonomail has not.
pub(super) fn other_modes(file: &mut Checked, parent: CaseId, sample: &Sample) {
    let text = sample.text_of(&ccm(&sample.key(), sample));
    let associated = |aad: &[u8], adata: &str| {
        edited_text(&sample.text_of(&sample.sealed_with(aad, 16)), &member("adata").text(adata))
    };
    for (name, why, text) in [
        ("ccm-sealed-it", "CCM sealed it, and the mode says so", edited_text(&text, &member("mode").text("ccm"))),
        ("adata-believed", "A byte of associated data was sealed, and is there in base64", associated(b"x", "eA==")),
        ("adata-believed-as-text", "Associated data were sealed, and are there unchanged", associated(b"data", "data")),
        (
            "ccm-sealed-it-and-no-mode",
            "CCM sealed it, and no mode is there, which is SJCL's default",
            edited_text(&text, &member("mode").remove()),
        ),
    ] {
        refuse(file, parent, (name, why, "ModeConfusion"), UNREADABLE, sample.record_of(text.as_bytes()));
    }
}

/// Ciphertext ‖ 16-byte tag of CCM (RFC 3610) as SJCL has it: the first 13 bytes of the IV, lengths of two bytes.
fn ccm(key: &[u8; 32], sample: &Sample) -> Vec<u8> {
    let cipher = Aes256::new(&(*key).into());
    let block = |flags: u8, counter: usize| -> [u8; 16] {
        let counter = u16::try_from(counter).expect("a short text").to_be_bytes();
        [&[flags], &sample.iv[..13], &counter].concat().try_into().expect("16 bytes")
    };
    let encrypted = |block: [u8; 16]| -> [u8; 16] {
        let mut block = block.into();
        cipher.encrypt_block(&mut block);
        block.into()
    };
    // Flags: a tag of 16 bytes and no associated data; lengths of two bytes.
    let mut tag = encrypted(block(0x39, sample.plaintext.len()));
    let mut sealed = Vec::new();
    for (at, chunk) in sample.plaintext.chunks(16).enumerate() {
        tag.iter_mut().zip(chunk).for_each(|(tag, byte)| *tag ^= byte);
        tag = encrypted(tag);
        sealed.extend(chunk.iter().zip(encrypted(block(1, at + 1))).map(|(byte, stream)| byte ^ stream));
    }
    sealed.extend(tag.iter().zip(encrypted(block(1, 0))).map(|(tag, stream)| tag ^ stream));
    sealed
}

/// Everything that can be wrong after a record was read, with the one reason that a reader may give.
pub(super) fn one_refusal(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let title = "Wrong passwords and changed records, which must not be distinguishable";
    let mut file = Checked::new(profile.open(), title, described);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    for (name, why, password) in WRONG {
        let change = Change("password_text", Value::Text((*password).to_owned()));
        let (flags, confirmed_by) = (&["OneRefusal", "WrongPassword"], &["reference"]);
        file.refuse(Refuse { name, why, flags, parent, change, reasons: AUTHENTICATION, confirmed_by });
    }
    let sealed = sample.sealed();
    let around = |sealed: &[u8]| sample.record_of(sample.text_of(sealed).as_bytes());
    let iv = Sample { iv: flipped(&sample.iv, 7), ..sample.clone() };
    let salt = Sample { salt: flipped(&sample.salt, 9), ..sample.clone() };
    for (name, why, record) in [
        ("tag-flipped", "A bit of the tag is flipped", around(&flipped(&sealed, sealed.len() - 1))),
        ("ciphertext-flipped", "A bit of the ciphertext is flipped", around(&flipped(&sealed, 3))),
        ("ciphertext-gone", "The ciphertext is gone, and the tag is there", around(&sealed[sealed.len() - 16..])),
        ("iv-flipped", "A bit of the IV is flipped", sample.record_of(iv.text_of(&sealed).as_bytes())),
        ("salt-flipped", "A bit of the salt is flipped", salt.record_of(sample.text().as_bytes())),
        ("all-zeros", "Ciphertext and tag are all zeros", around(&vec![0; sealed.len()])),
    ] {
        refuse(&mut file, parent, (name, why, "OneRefusal"), AUTHENTICATION, record);
    }
    file.finish()
}

/// Passwords that are not that of the sample: name, reason, password.
const WRONG: &[(&str, &str, &str)] = &[
    ("password-another", "The password is another", "incorrect horse battery staple"),
    ("password-empty", "The password is empty", ""),
    ("password-letter-less", "The password has lost its last letter", "correct horse battery stapl"),
    ("password-space-more", "The password has a space at its end", "correct horse battery staple "),
    ("password-newline-more", "The password has a newline at its end", "correct horse battery staple\n"),
    ("password-nul-and-more", "The password goes on after a NUL", "correct horse battery staple\0x"),
    ("password-in-capitals", "The password is in capitals", "CORRECT HORSE BATTERY STAPLE"),
    (
        "password-bom-in-front",
        "The password has a byte order mark at the front",
        "\u{feff}correct horse battery staple",
    ),
    ("password-doubled", "The password occurs twice", "correct horse battery staplecorrect horse battery staple"),
];
