//! Envelopes made by hand: the key and the tag by libsodium, the texts spelled out.
//!
//! Members and costs are told again here, on purpose: an error in the format's facts (`envelope::facts`) must not write itself
//! into the vectors.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::builder::KeyStream;
use document::encoding::Base64;
use oracle::sodium;
use primitives::Limits;
use primitives::kdf::Argon2Variant;
use vectors::Fields;

/// The two envelopes, as far as their vectors differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Password,
    Item,
}

/// What goes into an envelope. The password and the id are each used in one mode only.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) mode: Mode,
    pub(super) password: String,
    pub(super) id: String,
    pub(super) key: [u8; 32],
    pub(super) salt: [u8; 16],
    pub(super) nonce: [u8; 24],
    pub(super) plaintext: Vec<u8>,
}

impl Mode {
    pub(super) fn open(self) -> &'static str {
        match self {
            Self::Password => "notesnook.open",
            Self::Item => "notesnook-item.open",
        }
    }
}

/// Keys by password and salt.
type Keys = BTreeMap<(String, [u8; 16]), [u8; 32]>;

/// The key of a password, by libsodium; each is derived once, since several files ask for the same.
pub(super) fn derived(password: &str, salt: &[u8; 16]) -> [u8; 32] {
    static KNOWN: Mutex<Keys> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known.entry((password.to_owned(), *salt)).or_insert_with(|| derived_at(password.as_bytes(), salt, (3, 8_192)))
}

/// The key of a password's bytes at another cost: passes, and memory in KiB.
pub(super) fn derived_at(password: &[u8], salt: &[u8; 16], cost: (u64, u64)) -> [u8; 32] {
    let derived = sodium::argon2(Argon2Variant::I, password, salt, cost, 32, &Limits::default());
    derived.expect("libsodium takes these").try_into().expect("32 bytes were asked for")
}

/// The one salt of all words, so that a port that derives slowly derives each key once.
pub(super) fn salt_of_words() -> [u8; 16] {
    array(&mut KeyStream::new("notesnook/words"))
}

/// The next bytes of a stream, as many as wanted.
pub(super) fn array<const N: usize>(stream: &mut KeyStream) -> [u8; N] {
    stream.bytes(N).try_into().expect("a stream gives as many bytes as asked for")
}

/// Bytes as every member of an envelope holds them.
pub(super) fn base64(bytes: &[u8]) -> String {
    Base64::UrlSafeUnpadded.encode(bytes)
}

impl Sample {
    /// An ordinary envelope.
    pub(super) fn new(mode: Mode, stream: &mut KeyStream) -> Self {
        Self::under("correct horse battery staple", mode, stream)
    }

    /// An envelope under another password.
    pub(super) fn under(password: &str, mode: Mode, stream: &mut KeyStream) -> Self {
        let (salt, nonce) = (array(stream), array(stream));
        let key = match mode {
            Mode::Password => derived(password, &salt),
            Mode::Item => array(stream),
        };
        let plaintext = br#"{"type":"tiptap","data":"<p>hello</p>"}"#.to_vec();
        let (password, id) = (password.to_owned(), "64b1f0c2a9d34e5f8a7b6c5d".to_owned());
        Self { mode, password, id, key, salt, nonce, plaintext }
    }

    /// Ciphertext ‖ tag.
    pub(super) fn sealed(&self) -> Vec<u8> {
        sodium::xchacha20_poly1305_seal(&self.key, &self.nonce, b"", &self.plaintext).expect("libsodium seals")
    }

    /// The envelope, sealed under another key and with associated data.
    pub(super) fn envelope_under(&self, key: &[u8; 32], aad: &[u8]) -> String {
        let sealed = sodium::xchacha20_poly1305_seal(key, &self.nonce, aad, &self.plaintext);
        self.envelope_of(&sealed.expect("libsodium seals"))
    }

    /// The envelope as the web client writes it.
    pub(super) fn envelope(&self) -> String {
        self.envelope_of(&self.sealed())
    }

    /// The envelope around another ciphertext.
    pub(super) fn envelope_of(&self, sealed: &[u8]) -> String {
        let [cipher, iv, salt] = [sealed, &self.nonce, &self.salt].map(base64);
        let length = self.plaintext.len();
        let common = format!(
            r#""format":"base64","alg":"xcha-argon2i13-7","cipher":"{cipher}","iv":"{iv}","salt":"{salt}","length":{length}"#
        );
        match self.mode {
            Mode::Password => format!("{{{common}}}"),
            Mode::Item => format!(r#"{{{common},"v":6.1,"id":"{}"}}"#, self.id),
        }
    }

    /// The input that opens an envelope.
    pub(super) fn opening(&self, envelope: impl Into<Vec<u8>>) -> Fields {
        let input = match self.mode {
            Mode::Password => Fields::new().with_text("password_text", &self.password),
            Mode::Item => Fields::new().with_bytes("key", self.key),
        };
        input.with_bytes("envelope", envelope)
    }

    /// The output of opening.
    pub(super) fn opened(&self) -> Fields {
        let output = match self.mode {
            Mode::Password => Fields::new(),
            Mode::Item => Fields::new().with_text("id_text", &self.id),
        };
        output.with_bytes("plaintext", self.plaintext.clone())
    }

    /// The input that seals with the port's own salt and nonce.
    pub(super) fn drawing(&self) -> Fields {
        let input = match self.mode {
            Mode::Password => Fields::new().with_text("password_text", &self.password),
            Mode::Item => Fields::new()
                .with_bytes("key", self.key)
                .with_bytes("key_salt", self.salt)
                .with_text("id_text", &self.id),
        };
        input.with_bytes("plaintext", self.plaintext.clone())
    }

    /// The input that seals to exactly this envelope.
    pub(super) fn sealing(&self) -> Fields {
        let input = match self.mode {
            Mode::Password => self.drawing().with_bytes("salt", self.salt),
            Mode::Item => self.drawing(),
        };
        input.with_bytes("nonce", self.nonce)
    }

    /// What a porter compares step by step.
    pub(super) fn trace(&self) -> Vec<(&'static str, String)> {
        let start: &[u8; 16] = self.nonce[..16].try_into().expect("a nonce has 24 bytes");
        let subkey = ("subkey", hex::encode(sodium::hchacha20(&self.key, start)));
        match self.mode {
            Mode::Password => vec![("key", hex::encode(self.key)), subkey],
            Mode::Item => vec![subkey],
        }
    }
}
