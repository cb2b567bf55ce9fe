//! Changes before sealing: the tag fits, and what lies behind it is asked about. Layer: `fuzzing`; pure.
//!
//! A [`Sealing`] is what an envelope that opens was sealed from. Edits change it, and it is sealed again with the reference's
//! primitives, in the format's own spelling, also where the format has no such envelope.

use std::sync::OnceLock;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::edits;
use document::Base64;
use envelope::facts::{self, Argon2, Cipher, Cost, Derivation, Facts, Layout, Phc, Role, Text, Values};
use primitives::gcm::{Gcm, Iv, TagLength};
use primitives::kdf::{Argon2Params, Argon2Salt, Argon2Variant, Pbkdf2Params, argon2, pbkdf2_hmac_sha512};
use primitives::{Limits, xchacha};
use vectors::{Fields, Operation, Value};

/// Bytes of every cipher's key.
const KEY_BYTES: usize = 32;
/// Bytes of XChaCha20's nonce.
const NONCE_BYTES: usize = 24;
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

#[derive(Clone, Copy)]
enum Form {
    /// A cipher by itself.
    Bare(Cipher),
    /// A document.
    Document(&'static Facts, &'static Layout),
    /// A stored hash.
    Stored(&'static Facts),
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
        let is_stored = matches!(form, Form::Stored(_));
        let (is_counted, is_derived) = (form.is_counted(), form.derivation().is_some() && !is_stored);
        let parts = &mut sealing.parts;
        let around = |front: &str, text: &[u8], end: &str| [front.as_bytes(), text, end.as_bytes()].concat();
        match self {
            Self::Iv(length) if !is_stored => resize(&mut parts.nonce, *length),
            Self::Tag(length) if form.is_gcm() => parts.tag_length = *length,
            Self::Aad(text) if !is_stored => parts.aad = text.clone().into_bytes(),
            Self::AadText(text) if form.has_aad() => {
                (parts.aad, parts.is_aad_text) = (text.clone().into_bytes(), true);
            }
            Self::Salt(length) if is_derived => resize(&mut parts.salt, *length),
            Self::Iterations(count) if is_counted => parts.iterations = *count,
            Self::OtherHalf if is_counted => parts.is_other_half = true,
            Self::SaltText if is_counted => parts.is_salt_text = true,
            Self::Cost(memory_kib, passes) if is_stored => parts.cost = (*memory_kib, *passes),
            _ if is_stored => return None,
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

impl Form {
    /// The form of what an operation opens.
    fn of(operation: &str) -> Option<Self> {
        if let Some(cipher) = [facts::GCM, facts::XCHACHA].into_iter().find(|cipher| cipher.open == operation) {
            return Some(Self::Bare(cipher));
        }
        let facts = facts::of(operation).filter(|facts| facts.open.name == operation)?;
        Some(facts.layout().map_or(Self::Stored(facts), |layout| Self::Document(facts, layout)))
    }

    fn cipher(self) -> Option<Cipher> {
        match self {
            Self::Bare(cipher) => Some(cipher),
            Self::Document(facts, _) | Self::Stored(facts) => facts.cipher,
        }
    }

    fn is_gcm(self) -> bool {
        self.cipher().is_some_and(|cipher| cipher.open == facts::GCM.open)
    }

    /// Whether the document says what the associated data is.
    fn has_aad(self) -> bool {
        matches!(self, Self::Document(_, layout) if layout.sealed().member(Role::Aad).is_some())
    }

    fn derivation(self) -> Option<Derivation> {
        match self {
            Self::Bare(_) => None,
            Self::Document(facts, _) | Self::Stored(facts) => facts.open.derivation,
        }
    }

    /// Whether the key is derived with an iteration count.
    fn is_counted(self) -> bool {
        self.derivation().is_some_and(|derivation| !matches!(derivation.cost, Cost::Fixed(_)))
    }
}

impl Sealing {
    /// What the envelope of a case was sealed from, where the case opens one.
    pub(crate) fn of(operation: &Operation, input: &Fields, output: &Fields) -> Option<Self> {
        let form = Form::of(operation.name)?;
        Some(Self { form, parts: Parts::read(form, input, output)?, derived: OnceLock::new() })
    }

    /// Sets the members that change when it is sealed, and says what an opener must give back. Members that the operation
    /// does not have are set in vain.
    pub(crate) fn seal(&self, set: &mut dyn FnMut(&'static str, Value)) -> Option<Fields> {
        let parts = &self.parts;
        let mut opened = Fields::new();
        match self.form {
            Form::Bare(_) => {
                set("ciphertext", Value::Bytes(self.sealed(&parts.secret)?));
                set("iv", Value::Bytes(parts.nonce.clone()));
                set("nonce", Value::Bytes(parts.nonce.clone()));
                set("aad", Value::Bytes(parts.aad.clone()));
                set("tag_length", Value::Integer(parts.tag_length));
            }
            Form::Document(facts, layout) => {
                set(facts.envelope, Value::Bytes(self.document(layout)?));
                if let Some(member) = facts.open.counted() {
                    set(member, Value::Integer(parts.iterations));
                }
                if layout.member(Role::Id).is_some() {
                    opened = opened.with_text("id_text", parts.id.clone());
                }
            }
            Form::Stored(facts) => {
                set(facts.envelope, Value::Text(self.stored()?));
                return Some(opened);
            }
        }
        Some(opened.with_bytes("plaintext", parts.plaintext.clone()))
    }

    /// Ciphertext ‖ tag.
    fn sealed(&self, key: &[u8]) -> Option<Vec<u8>> {
        let key = key.try_into().ok()?;
        if self.form.is_gcm() { self.gcm(key) } else { Some(self.xchacha(key)) }
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
        let mut nonce = [0; NONCE_BYTES];
        let length = self.parts.nonce.len().min(nonce.len());
        nonce[..length].copy_from_slice(&self.parts.nonce[..length]);
        xchacha::seal(key, &nonce, &self.parts.aad, &self.parts.plaintext)
    }

    /// A document as the format's own writer writes it.
    fn document(&self, layout: &Layout) -> Option<Vec<u8>> {
        let parts = &self.parts;
        let sealed = self.sealed(self.key()?)?;
        let values = Values {
            salt: Some(&parts.salt),
            nonce: Some(&parts.nonce),
            sealed: Some(&sealed),
            iterations: Some(parts.iterations),
            length: Some(parts.plaintext.len()),
            id: Some(&parts.id),
            inner: None,
        };
        let inner = layout.inner().map(|inner| self.written(inner, &values));
        let inner = inner.as_ref().map(String::as_bytes);
        Some(self.written(layout, &Values { inner, ..values }).into_bytes())
    }

    /// The text of a document, which says what the tag and the associated data are.
    fn written(&self, layout: &Layout, values: &Values<'_>) -> String {
        let parts = &self.parts;
        let mut members = layout.members(values, &|encoding, bytes| encoding.encode(bytes));
        if let Some(tag_bits) = layout.member(Role::TagBits) {
            members = members.with(tag_bits.name, (parts.tag_length * 8).to_string());
        }
        if let Some(aad) = layout.member(Role::Aad) {
            let text = String::from_utf8_lossy(&parts.aad);
            let text = if parts.is_aad_text { text.into_owned() } else { Base64::Standard.encode(&parts.aad) };
            members = members.with(aad.name, format!("\"{text}\""));
        }
        members.write()
    }

    fn stored(&self) -> Option<String> {
        let cost = Argon2 { memory_kib: self.parts.cost.0, passes: self.parts.cost.1 };
        if cost.memory_kib.checked_mul(cost.passes)? > MEMORY_KIB_MAX {
            return None;
        }
        let hash = self.argon2(self.form.derivation()?, cost)?;
        Some(Phc { salt: self.parts.salt.clone(), cost }.write(&hash))
    }

    /// The key: the secret, or a part of what is derived from it.
    fn key(&self) -> Option<&[u8]> {
        let Some(Derivation { key_at, length, .. }) = self.form.derivation() else { return Some(&self.parts.secret) };
        let other = if self.parts.is_other_half { KEY_BYTES } else { 0 };
        let at = (key_at + other) % usize::try_from(length).ok()?;
        self.derived()?.get(at..at + KEY_BYTES)
    }

    fn derived(&self) -> Option<&[u8]> {
        if self.derived.get().is_none() {
            let derived = self.derive()?;
            return Some(self.derived.get_or_init(|| derived));
        }
        self.derived.get().map(|derived| derived.as_slice())
    }

    fn derive(&self) -> Option<Zeroizing<Vec<u8>>> {
        let (parts, derivation) = (&self.parts, self.form.derivation()?);
        if let Cost::Fixed(cost) = derivation.cost {
            return self.argon2(derivation, cost);
        }
        let salt = if parts.is_salt_text { hex::encode(&parts.salt).into_bytes() } else { parts.salt.clone() };
        let params = Pbkdf2Params::read(parts.iterations, derivation.length, &Limits::default()).ok()?;
        (parts.iterations <= ITERATIONS_MAX).then(|| pbkdf2_hmac_sha512(&parts.secret, &salt, params))
    }

    fn argon2(&self, derivation: Derivation, cost: Argon2) -> Option<Zeroizing<Vec<u8>>> {
        let variant = if derivation.primitive == "argon2id.derive" { Argon2Variant::Id } else { Argon2Variant::I };
        let limits = Limits::default();
        let params = Argon2Params::read(cost.passes, cost.memory_kib, 1, derivation.length, &limits).ok()?;
        Some(argon2(variant, &self.parts.secret, Argon2Salt::read(&self.parts.salt).ok()?, &params))
    }
}

impl Parts {
    /// What the input of a case says; `None` where its document does not read.
    fn read(form: Form, input: &Fields, output: &Fields) -> Option<Self> {
        let secret = match form.derivation() {
            Some(derivation) => input.text(derivation.secret).as_bytes(),
            None => input.bytes("key"),
        };
        let mut parts = Self {
            secret: secret.to_vec(),
            salt: Vec::new(),
            iterations: 0,
            nonce: Vec::new(),
            aad: Vec::new(),
            tag_length: 16,
            plaintext: output.optional_bytes("plaintext").unwrap_or_default().to_vec(),
            id: String::new(),
            is_other_half: false,
            is_salt_text: false,
            is_aad_text: false,
            cost: (0, 0),
        };
        match form {
            Form::Bare(_) => {
                parts.nonce = input.optional_bytes("iv").or_else(|| input.optional_bytes("nonce"))?.to_vec();
                parts.aad = input.bytes("aad").to_vec();
                if input.value("tag_length").is_some() {
                    parts.tag_length = input.integer("tag_length");
                }
            }
            Form::Document(facts, layout) => parts.read_document(facts, layout, input)?,
            Form::Stored(facts) => {
                let Text::Phc(read) = facts.text else { return None };
                let Phc { salt, cost } = read(input.text(facts.envelope))?;
                (parts.salt, parts.cost) = (salt, (cost.memory_kib, cost.passes));
            }
        }
        Some(parts)
    }

    fn read_document(&mut self, facts: &Facts, layout: &Layout, input: &Fields) -> Option<()> {
        let text = input.bytes(facts.envelope);
        (facts.check)(text, &Limits::default()).ok()?;
        let bytes = |role| layout.bytes(text, role, &|encoding, text| encoding.decode(text));
        (self.salt, self.nonce) = (bytes(Role::Salt)?, bytes(Role::Nonce)?);
        self.id = layout.text(text, Role::Id).unwrap_or_default();
        self.iterations = match facts.open.counted() {
            Some(member) => input.integer(member),
            None => layout.integer(text, Role::Iterations).unwrap_or_default(),
        };
        Some(())
    }
}

/// Cut, or filled up with bytes that are no zeros.
fn resize(bytes: &mut Vec<u8>, length: usize) {
    bytes.resize(length.min(BYTES_MAX), 0xa5);
}
