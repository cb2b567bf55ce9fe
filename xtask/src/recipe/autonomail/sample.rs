//! Records made by hand: the key and the tag by OpenSSL, the texts spelled out.
//!
//! Profiles, members and costs are told again here, on purpose: an error in the format's facts (`envelope::facts`) must not
//! write itself into the vectors.

use crate::builder::KeyStream;
use document::encoding::Base64;
use oracle::openssl;
use primitives::Limits;
use vectors::Fields;

/// The two profiles, as far as their vectors differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    Documented,
    Client2014,
}

/// What goes into a record.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) profile: Profile,
    pub(super) password: String,
    pub(super) iterations: u64,
    pub(super) salt: Vec<u8>,
    pub(super) iv: Vec<u8>,
    pub(super) plaintext: Vec<u8>,
}

impl Profile {
    pub(super) fn open(self) -> &'static str {
        match self {
            Self::Documented => "autonomail.open",
            Self::Client2014 => "autonomail-2014.open",
        }
    }

    pub(super) fn seal(self) -> &'static str {
        match self {
            Self::Documented => "autonomail.seal",
            Self::Client2014 => "autonomail-2014.seal",
        }
    }
}

impl Sample {
    /// An ordinary record: few iterations, so that a slow port is not kept busy.
    pub(super) fn new(profile: Profile, stream: &mut KeyStream) -> Self {
        let (password, plaintext) = ("correct horse battery staple".to_owned(), br#"{"pgp":{"keys":[]}}"#.to_vec());
        Self { profile, password, iterations: 100, salt: stream.bytes(32), iv: stream.bytes(16), plaintext }
    }

    /// The whole 512 bits that PBKDF2 yields.
    fn derived(&self) -> Vec<u8> {
        let (password, limits) = (self.password.as_bytes(), Limits::default());
        openssl::pbkdf2_hmac_sha512(password, &self.salt, self.iterations, 64, &limits).expect("the cost is small")
    }

    /// The half of the derived key that this profile seals with.
    pub(super) fn key(&self) -> [u8; 32] {
        let derived = self.derived();
        let half = match self.profile {
            Profile::Documented => &derived[..32],
            Profile::Client2014 => &derived[32..],
        };
        half.try_into().expect("a half has 32 bytes")
    }

    /// Ciphertext ‖ tag.
    pub(super) fn sealed(&self) -> Vec<u8> {
        self.sealed_with(b"", 16)
    }

    /// Ciphertext ‖ tag, with associated data and a tag of another length.
    pub(super) fn sealed_with(&self, aad: &[u8], tag_length: u64) -> Vec<u8> {
        openssl::aes_256_gcm_seal(&self.key(), &self.iv, aad, &self.plaintext, tag_length).expect("OpenSSL takes these")
    }

    /// The record, sealed under another key than the password's.
    pub(super) fn record_under(&self, key: &[u8; 32]) -> String {
        let sealed = openssl::aes_256_gcm_seal(key, &self.iv, b"", &self.plaintext, 16).expect("OpenSSL takes these");
        self.record_of(self.text_of(&sealed).as_bytes())
    }

    /// The SJCL text.
    pub(super) fn text(&self) -> String {
        self.text_of(&self.sealed())
    }

    /// The SJCL text around another ciphertext.
    pub(super) fn text_of(&self, sealed: &[u8]) -> String {
        let [iv, ct] = [&self.iv[..], sealed].map(|bytes| Base64::Standard.encode(bytes));
        format!(
            r#"{{"iv":"{iv}","v":1,"iter":1000,"ks":256,"ts":128,"mode":"gcm","adata":"","cipher":"aes","ct":"{ct}"}}"#
        )
    }

    /// The record around an SJCL text.
    pub(super) fn record_of(&self, text: &[u8]) -> String {
        let (salt, data, iterations) = (hex::encode(&self.salt), Base64::Standard.encode(text), self.iterations);
        match self.profile {
            Profile::Documented => format!(r#"{{"salt":"{salt}","secureData":"{data}"}}"#),
            Profile::Client2014 => format!(r#"{{"salt":"{salt}","iterations":{iterations},"secureData":"{data}"}}"#),
        }
    }

    pub(super) fn record(&self) -> String {
        self.record_of(self.text().as_bytes())
    }

    /// The input that opens a record.
    pub(super) fn opening(&self, record: impl Into<Vec<u8>>) -> Fields {
        let input = Fields::new().with_text("password_text", &self.password);
        match self.profile {
            Profile::Documented => input.with_integer("iterations", self.iterations).with_bytes("record", record),
            Profile::Client2014 => input.with_bytes("record", record),
        }
    }

    /// The input that seals with the port's own salt and IV.
    pub(super) fn drawing(&self) -> Fields {
        let input =
            Fields::new().with_text("password_text", &self.password).with_integer("iterations", self.iterations);
        input.with_bytes("plaintext", self.plaintext.clone())
    }

    /// The input that seals to exactly this record.
    pub(super) fn sealing(&self) -> Fields {
        self.drawing().with_bytes("salt", self.salt.clone()).with_bytes("iv", self.iv.clone())
    }

    pub(super) fn opened(&self) -> Fields {
        Fields::new().with_bytes("plaintext", self.plaintext.clone())
    }

    /// What a porter compares step by step.
    pub(super) fn trace(&self) -> Vec<(&'static str, String)> {
        vec![("derived", hex::encode(self.derived())), ("key", hex::encode(self.key()))]
    }

    /// The same with the SJCL text, in the files that a porter begins with.
    pub(super) fn whole_trace(&self) -> Vec<(&'static str, String)> {
        let mut trace = self.trace();
        trace.push(("sjcl_json_text", self.text()));
        trace
    }
}
