//! Changes before sealing: the tag fits, and what lies behind it is asked about. Layer: `fuzzing`; pure.
//!
//! A [`Sealing`] is what an envelope that opens was sealed from. Edits change it, and it is sealed again with the reference's
//! primitives, in the format's own spelling, also where the format has no such envelope.

use std::sync::OnceLock;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::edits;
use document::encoding::Base64;
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::{self, account, cipher};
use primitives::gcm::{Gcm, Iv, TagLength};
use primitives::kdf::{Argon2Params, Argon2Salt, Argon2Variant, Pbkdf2Params, argon2, pbkdf2_hmac_sha512};
use primitives::{Limits, xchacha};
use vectors::{Fields, Operation, Value};

/// Iterations that cost nothing.
const ITERATIONS_MAX: u64 = 200;
/// Memory that costs nothing, KiB.
const MEMORY_KIB_MAX: u64 = 1_024;
/// Bytes of plaintext, salt, nonce or associated data that are sealed.
const BYTES_MAX: usize = 4_096;
/// Plaintexts that a port may not give back as they are.
const TEXTS: &[&str] = &[
    "x",
    "\0",
    "null",
    "caf\u{e9}",
    "cafe\u{301}",
    "🔑",
    "\"\\u0041\"",
    "aGVsbG8=",
    "123456789012345\u{1}",
    "{}",
    "{\"a\":1}\n",
    "\u{fffd}",
    "<p>&amp;</p>",
    "1234567890123456",
    " ",
    "\u{feff}",
    "\u{7f}\u{1b}",
    "\u{2028}",
];

edits! {
    /// A change to what is sealed.
    pub enum Seal {
        /// An IV or nonce of this length.
        Iv(usize: 12) "seal-iv-length",
        /// A tag of this length, and the document says so.
        Tag(u64: 8) "seal-tag-length",
        /// Associated data, and the document says so: in base64, as SJCL has since 1.0.2.
        Aad(String: "a".to_owned()) "seal-aad",
        /// Associated data, and the document says so: as text, as SJCL had before.
        AadText(String: "a".to_owned()) "seal-aad-text",
        /// A salt of this length.
        Salt(usize: 16) "seal-salt-length",
        /// So many iterations.
        Iterations(u64: 1) "seal-iterations",
        /// The other half of the derived key.
        OtherHalf "seal-other-half",
        /// Salted with the salt's text.
        SaltText "seal-salt-text",
        /// A plaintext of no bytes.
        Empty "seal-empty",
        /// A byte order mark before the plaintext.
        Bom "seal-bom",
        /// A NUL before the plaintext.
        NulFirst "seal-nul-first",
        /// NULs behind the plaintext.
        Nuls "seal-nuls",
        /// A line end behind the plaintext.
        LineEnd "seal-line-end",
        /// White space around the plaintext.
        Spaces "seal-spaces",
        /// A plaintext of so many bytes.
        Long(usize: 1_025) "seal-long",
        /// This plaintext.
        Text(String: "x".to_owned()) "seal-text",
        /// A stored hash of this memory, in KiB, and so many passes.
        Cost(u64: 8, u64: 1) "seal-cost",
    }
}

/// What an envelope was sealed from.
#[derive(Clone)]
pub(crate) struct Sealing {
    form: Form,
    parts: Parts,
    /// The derived key of these parts, while they are unchanged.
    derived: OnceLock<Zeroizing<Vec<u8>>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Gcm,
    Xchacha,
    Autonomail,
    Autonomail2014,
    Notesnook,
    Item,
    Stored,
}

#[derive(Clone, Zeroize, ZeroizeOnDrop)]
struct Parts {
    /// The password or the key.
    secret: Vec<u8>,
    salt: Vec<u8>,
    iterations: u64,
    nonce: Vec<u8>,
    aad: Vec<u8>,
    tag_length: u64,
    plaintext: Vec<u8>,
    id: String,
    is_other_half: bool,
    is_salt_text: bool,
    is_aad_text: bool,
    cost: (u64, u64),
}

impl Seal {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Iv(length) => {
                *length = [1, 4, 5, 7, 8, 11, 12, 13, 15, 16, 17, 23, 24, 25, 32, 64][random.usize(..16)];
            }
            Self::Tag(length) => *length = if random.bool() { [4, 8, 12][random.usize(..3)] } else { random.u64(..17) },
            Self::Aad(text) | Self::AadText(text) => ["", "a", "adata", "é", "{}"][random.usize(..5)].clone_into(text),
            Self::Salt(length) => *length = [0, 1, 8, 15, 16, 17, 31, 33, 64][random.usize(..9)],
            Self::Iterations(count) => *count = [1, 2, 3, 10, 100][random.usize(..5)],
            Self::Long(length) => *length = [15, 16, 17, 63, 64, 65, 255, 256, 1_024, 1_025, 2_049][random.usize(..11)],
            Self::Text(text) => TEXTS[random.usize(..TEXTS.len())].clone_into(text),
            Self::Cost(memory_kib, passes) => {
                (*memory_kib, *passes) = ([8, 9, 15, 16, 63, 64, 65, 128][random.usize(..8)], random.u64(1..5));
            }
            Self::OtherHalf
            | Self::SaltText
            | Self::Empty
            | Self::Bom
            | Self::NulFirst
            | Self::Nuls
            | Self::LineEnd
            | Self::Spaces => {}
        }
    }

    /// Changes what will be sealed; `None` where the format has nothing to change there.
    pub(crate) fn apply(&self, sealing: &mut Sealing) -> Option<()> {
        let form = sealing.form;
        let is_gcm = matches!(form, Form::Gcm | Form::Autonomail | Form::Autonomail2014);
        let is_autonomail = matches!(form, Form::Autonomail | Form::Autonomail2014);
        let parts = &mut sealing.parts;
        let around = |front: &str, text: &[u8], end: &str| [front.as_bytes(), text, end.as_bytes()].concat();
        match self {
            Self::Iv(length) if form != Form::Stored => resize(&mut parts.nonce, *length),
            Self::Tag(length) if is_gcm => parts.tag_length = *length,
            Self::Aad(text) if form != Form::Stored => parts.aad = text.clone().into_bytes(),
            Self::AadText(text) if is_autonomail => {
                (parts.aad, parts.is_aad_text) = (text.clone().into_bytes(), true);
            }
            Self::Salt(length) if is_autonomail || form == Form::Notesnook => resize(&mut parts.salt, *length),
            Self::Iterations(count) if is_autonomail => parts.iterations = *count,
            Self::OtherHalf if is_autonomail => parts.is_other_half = true,
            Self::SaltText if is_autonomail => parts.is_salt_text = true,
            Self::Cost(memory_kib, passes) if form == Form::Stored => parts.cost = (*memory_kib, *passes),
            _ if form == Form::Stored => return None,
            Self::Empty => parts.plaintext.clear(),
            Self::Bom => parts.plaintext = around("\u{feff}", &parts.plaintext, ""),
            Self::NulFirst => parts.plaintext = around("\0", &parts.plaintext, ""),
            Self::Nuls => parts.plaintext = around("", &parts.plaintext, "\0\0"),
            Self::LineEnd => parts.plaintext = around("", &parts.plaintext, "\r\n"),
            Self::Spaces => parts.plaintext = around(" \t", &parts.plaintext, "\n "),
            Self::Long(length) => parts.plaintext = b"0123456789abcdef".iter().copied().cycle().take(*length).collect(),
            Self::Text(text) => parts.plaintext = text.clone().into_bytes(),
            Self::Iv(_)
            | Self::Tag(_)
            | Self::Aad(_)
            | Self::AadText(_)
            | Self::Salt(_)
            | Self::Iterations(_)
            | Self::OtherHalf
            | Self::SaltText
            | Self::Cost(..) => return None,
        }
        if matches!(self, Self::Salt(_) | Self::Iterations(_) | Self::SaltText) {
            sealing.derived = OnceLock::new();
        }
        let longest = [&sealing.parts.plaintext, &sealing.parts.nonce, &sealing.parts.salt, &sealing.parts.aad];
        longest.iter().all(|bytes| bytes.len() <= BYTES_MAX).then_some(())
    }
}

impl Sealing {
    /// What the envelope of a case was sealed from, where the case opens one.
    pub(crate) fn of(operation: &Operation, input: &Fields, output: &Fields) -> Option<Self> {
        let form = match operation.name {
            "aes-256-gcm.open" => Form::Gcm,
            "xchacha20-poly1305.open" => Form::Xchacha,
            "autonomail.open" => Form::Autonomail,
            "autonomail-2014.open" => Form::Autonomail2014,
            "notesnook.open" => Form::Notesnook,
            "notesnook-item.open" => Form::Item,
            "notesnook.server-verify" => Form::Stored,
            _ => return None,
        };
        Some(Self { form, parts: Parts::read(form, input, output)?, derived: OnceLock::new() })
    }

    /// Sets the members that change when it is sealed, and says what an opener must give back.
    pub(crate) fn seal(&self, set: &mut dyn FnMut(&'static str, Value)) -> Option<Fields> {
        let parts = &self.parts;
        match self.form {
            Form::Gcm => {
                set("ciphertext", Value::Bytes(self.gcm(parts.secret.as_slice().try_into().ok()?)?));
                set("iv", Value::Bytes(parts.nonce.clone()));
                set("aad", Value::Bytes(parts.aad.clone()));
                set("tag_length", Value::Integer(parts.tag_length));
            }
            Form::Xchacha => {
                set("ciphertext", Value::Bytes(self.xchacha(parts.secret.as_slice().try_into().ok()?)));
                set("nonce", Value::Bytes(parts.nonce.clone()));
                set("aad", Value::Bytes(parts.aad.clone()));
            }
            Form::Autonomail | Form::Autonomail2014 => {
                set("record", Value::Bytes(self.record()?));
                set("iterations", Value::Integer(parts.iterations));
            }
            Form::Notesnook | Form::Item => set("envelope", Value::Bytes(self.envelope()?)),
            Form::Stored => {
                set("stored_text", Value::Text(self.stored()?));
                return Some(Fields::new());
            }
        }
        let opened = Fields::new();
        let opened = if self.form == Form::Item { opened.with_text("id_text", parts.id.clone()) } else { opened };
        Some(opened.with_bytes("plaintext", parts.plaintext.clone()))
    }

    fn gcm(&self, key: &[u8; 32]) -> Option<Vec<u8>> {
        let parts = &self.parts;
        let mut sealed =
            Gcm::new(key).seal(Iv::read(&parts.nonce).ok()?, &parts.aad, &parts.plaintext, TagLength::FULL);
        // A shorter tag is the beginning of the whole one, also one that no standard knows.
        let missing = 16_usize.checked_sub(usize::try_from(parts.tag_length).ok()?)?;
        sealed.truncate(sealed.len() - missing);
        Some(sealed)
    }

    fn xchacha(&self, key: &[u8; 32]) -> Vec<u8> {
        // A nonce of another length is written as it is, and used as who fills it up with zeros or cuts it does.
        let mut nonce = [0; notesnook::NONCE_BYTES];
        let length = self.parts.nonce.len().min(nonce.len());
        nonce[..length].copy_from_slice(&self.parts.nonce[..length]);
        xchacha::seal(key, &nonce, &self.parts.aad, &self.parts.plaintext)
    }

    /// A record as Autonomail's client writes it.
    fn record(&self) -> Option<Vec<u8>> {
        let parts = &self.parts;
        let derived = self.derived()?;
        let is_second = (self.form == Form::Autonomail2014) != parts.is_other_half;
        let half = if is_second { derived.get(32..)? } else { derived.get(..32)? };
        let ct = Base64::Standard.encode(&self.gcm(half.try_into().ok()?)?);
        let iv = Base64::Standard.encode(&parts.nonce);
        let text = String::from_utf8_lossy(&parts.aad);
        let adata = if parts.is_aad_text { text.into_owned() } else { Base64::Standard.encode(&parts.aad) };
        let ts = parts.tag_length * 8;
        let text = format!(
            r#"{{"iv":"{iv}","v":1,"iter":1000,"ks":256,"ts":{ts},"mode":"gcm","adata":"{adata}","cipher":"aes","ct":"{ct}"}}"#
        );
        let (salt, data) = (hex::encode(&parts.salt), Base64::Standard.encode(text.as_bytes()));
        let has_count = self.form == Form::Autonomail2014;
        let iterations = if has_count { format!("\"iterations\":{},", parts.iterations) } else { String::new() };
        Some(format!(r#"{{"salt":"{salt}",{iterations}"secureData":"{data}"}}"#).into_bytes())
    }

    /// An envelope as Notesnook's web client writes it.
    fn envelope(&self) -> Option<Vec<u8>> {
        let parts = &self.parts;
        let is_item = self.form == Form::Item;
        let key = if is_item { parts.secret.as_slice() } else { self.derived()? };
        let sealed = self.xchacha(key.try_into().ok()?);
        let [cipher, iv, salt] =
            [&sealed, &parts.nonce, &parts.salt].map(|bytes| Base64::UrlSafeUnpadded.encode(bytes));
        let id = serde_json::Value::from(parts.id.as_str());
        let id = if is_item { format!(r#","v":6.1,"id":{id}"#) } else { String::new() };
        let length = parts.plaintext.len();
        Some(
            format!(
                r#"{{"format":"base64","alg":"xcha-argon2i13-7","cipher":"{cipher}","iv":"{iv}","salt":"{salt}","length":{length}{id}}}"#
            )
            .into_bytes(),
        )
    }

    fn stored(&self) -> Option<String> {
        let (memory_kib, passes) = self.parts.cost;
        if memory_kib.checked_mul(passes)? > MEMORY_KIB_MAX {
            return None;
        }
        let params = Argon2Params::read(passes, memory_kib, 1, 32, &Limits::default()).ok()?;
        let hash = argon2(Argon2Variant::Id, &self.parts.secret, Argon2Salt::read(&self.parts.salt).ok()?, &params);
        let [salt, hash] = [&self.parts.salt, &*hash].map(|bytes| Base64::StandardUnpadded.encode(bytes));
        Some(format!("$argon2id$v=19$m={memory_kib},t={passes},p=1${salt}${hash}"))
    }

    fn derived(&self) -> Option<&[u8]> {
        if self.derived.get().is_none() {
            let derived = self.derive()?;
            return Some(self.derived.get_or_init(|| derived));
        }
        self.derived.get().map(|derived| derived.as_slice())
    }

    fn derive(&self) -> Option<Zeroizing<Vec<u8>>> {
        let parts = &self.parts;
        let limits = Limits::default();
        if self.form == Form::Notesnook {
            let params = Argon2Params::read(notesnook::PASSES, notesnook::KEY_MEMORY_KIB, 1, 32, &limits).ok()?;
            return Some(argon2(Argon2Variant::I, &parts.secret, Argon2Salt::read(&parts.salt).ok()?, &params));
        }
        let salt = if parts.is_salt_text { hex::encode(&parts.salt).into_bytes() } else { parts.salt.clone() };
        let params = Pbkdf2Params::read(parts.iterations, 64, &limits).ok()?;
        (parts.iterations <= ITERATIONS_MAX).then(|| pbkdf2_hmac_sha512(&parts.secret, &salt, params))
    }
}

impl Parts {
    /// What the input of a case says; `None` where its document does not read.
    fn read(form: Form, input: &Fields, output: &Fields) -> Option<Self> {
        let limits = Limits::default();
        let password = || input.text("password_text").as_bytes().to_vec();
        let plaintext = output.optional_bytes("plaintext").unwrap_or_default();
        let parts = |secret: Vec<u8>, salt: &[u8], nonce: &[u8]| Self {
            secret,
            salt: salt.to_vec(),
            iterations: 0,
            nonce: nonce.to_vec(),
            aad: Vec::new(),
            tag_length: 16,
            plaintext: plaintext.to_vec(),
            id: String::new(),
            is_other_half: false,
            is_salt_text: false,
            is_aad_text: false,
            cost: (0, 0),
        };
        let key = || input.bytes("key").to_vec();
        Some(match form {
            Form::Gcm => {
                let mut parts = parts(key(), &[], input.bytes("iv"));
                parts.aad = input.bytes("aad").to_vec();
                parts.tag_length = input.integer("tag_length");
                parts
            }
            Form::Xchacha => {
                let mut parts = parts(key(), &[], input.bytes("nonce"));
                parts.aad = input.bytes("aad").to_vec();
                parts
            }
            Form::Autonomail => {
                let record = documented::Record::read(input.bytes("record"), &limits).ok()?;
                let mut parts = parts(password(), &record.salt, &record.envelope.iv);
                parts.iterations = input.integer("iterations");
                parts
            }
            Form::Autonomail2014 => {
                let record = client_2014::Record::read(input.bytes("record"), &limits).ok()?;
                let mut parts = parts(password(), &record.salt, &record.envelope.iv);
                parts.iterations = record.iterations;
                parts
            }
            Form::Notesnook => {
                let envelope = cipher::PasswordEnvelope::read(input.bytes("envelope"), &limits).ok()?;
                parts(password(), &envelope.salt, &envelope.sealed.nonce)
            }
            Form::Item => {
                let item = cipher::Item::read(input.bytes("envelope"), &limits).ok()?;
                let mut parts = parts(key(), &item.key_salt?, &item.sealed.nonce);
                parts.id = item.id;
                parts
            }
            Form::Stored => {
                let stored = account::StoredHash::read(input.text("stored_text")).ok()?;
                let mut parts = parts(input.text("hash_text").as_bytes().to_vec(), &stored.salt, &[]);
                parts.cost = (stored.memory_kib, stored.passes);
                parts
            }
        })
    }
}

/// Cut, or filled up with bytes that are no zeros.
fn resize(bytes: &mut Vec<u8>, length: usize) {
    bytes.resize(length.min(BYTES_MAX), 0xa5);
}
