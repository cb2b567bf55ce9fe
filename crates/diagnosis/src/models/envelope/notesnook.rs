//! Steps of Notesnook's key, of its envelope under a password and of its synced item.

use super::document::{Form, Written};
use super::drawing::Draw;
use super::{Envelope, OUT_OF_RANGE, sized};
use crate::computed::{Computed, Primitives};
use ::document::Members;
use envelope::facts::{Argon2, Values};
use envelope::notesnook::cipher::{Item, PasswordEnvelope};
use primitives::Limits;
use vectors::Fields;

/// The steps of Notesnook.
#[derive(Clone, Copy, Debug)]
pub struct Notesnook {
    /// The derivation of a key.
    pub cost: Cost,
    /// The length of a salt that is given: 16 bytes.
    pub salt_sized: fn(&[u8]) -> Computed<Vec<u8>>,
    /// The length of a nonce that is given: 24 bytes.
    pub nonce_sized: fn(&[u8]) -> Computed<Vec<u8>>,
    /// The length of a key that is given: 32 bytes.
    pub key_sized: fn(&[u8]) -> Computed<Vec<u8>>,
    /// The password, if there is one: the empty one is none.
    pub there_is: fn(&str) -> Computed<String>,
    /// The salt as Argon2 takes it: 16 bytes.
    pub salt: fn(&[u8]) -> Vec<u8>,
    /// The key as the cipher takes it.
    pub key: fn(Vec<u8>) -> Vec<u8>,
    /// Reads an envelope.
    pub read: fn(Form, &[u8], &Limits) -> Computed<Opening>,
    /// The associated data of the cipher: none.
    pub aad: fn(&Opening) -> Vec<u8>,
    /// The nonce as the cipher takes it.
    pub nonce: fn(&[u8]) -> Vec<u8>,
    /// Ciphertext ‖ tag as it is written.
    pub ciphertext: fn(Vec<u8>) -> Vec<u8>,
    /// The plaintext that is given back, the envelope at hand.
    pub plaintext: fn(&Opening, Vec<u8>) -> Computed<Vec<u8>>,
    /// The id that is given back, the plaintext at hand: the one beside it.
    pub id: fn(&Opening, &[u8]) -> String,
}

/// The parameters of an Argon2.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// `argon2i.derive` or `argon2id.derive`.
    pub operation: &'static str,
    /// Passes.
    pub passes: u64,
    /// Memory, KiB.
    pub memory_kib: u64,
    /// Lanes.
    pub lanes: u64,
}

/// An envelope that has been read, or that is about to be written.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The salt: of the derivation, or a copy of the key's.
    pub salt: Vec<u8>,
    /// The nonce.
    pub nonce: Vec<u8>,
    /// Ciphertext ‖ tag; empty before it is sealed.
    pub ciphertext: Vec<u8>,
    /// The id of an item.
    pub id: String,
    /// `length`, which says nothing.
    pub length: i128,
}

impl Notesnook {
    /// The clients' ways.
    pub const RIGHT: Self = Self {
        cost: Cost::of("argon2i.derive", envelope::notesnook::Cost::KEY),
        salt_sized: sized::<16>,
        nonce_sized: sized::<24>,
        key_sized: sized::<32>,
        there_is: |password| if password.is_empty() { Err(OUT_OF_RANGE) } else { Ok(password.to_owned()) },
        salt: <[u8]>::to_vec,
        key: |key| key,
        read: strictly,
        aad: |_| Vec::new(),
        nonce: <[u8]>::to_vec,
        ciphertext: |ciphertext| ciphertext,
        plaintext: |_, plaintext| Ok(plaintext),
        id: |opening, _| opening.id.clone(),
    };
}

/// An envelope as the reference reads it.
///
/// # Errors
///
/// [`Stop`](crate::computed::Stop) where the reference refuses it.
pub fn strictly(form: Form, text: &[u8], limits: &Limits) -> Computed<Opening> {
    let length = Members::read(text).and_then(|members| members.integer("length")).unwrap_or_default();
    if form == Form::Item {
        let Item { id, key_salt, sealed } = Item::read(text, limits)?;
        let salt = key_salt.map_or_else(Vec::new, |salt| salt.to_vec());
        return Ok(Opening { salt, nonce: sealed.nonce.to_vec(), ciphertext: sealed.ciphertext, id, length });
    }
    let PasswordEnvelope { salt, sealed } = PasswordEnvelope::read(text, limits)?;
    let (salt, nonce) = (salt.to_vec(), sealed.nonce.to_vec());
    Ok(Opening { salt, nonce, ciphertext: sealed.ciphertext, id: String::new(), length })
}

impl Cost {
    /// What a format fixes, with one lane.
    pub(super) const fn of(operation: &'static str, cost: Argon2) -> Self {
        Self { operation, passes: cost.passes, memory_kib: cost.memory_kib, lanes: 1 }
    }

    /// 32 bytes of Argon2.
    pub(super) fn derive(&self, port: &dyn Primitives, password: Vec<u8>, salt: Vec<u8>) -> Computed<Vec<u8>> {
        let question = Fields::new()
            .with_bytes("password", password)
            .with_bytes("salt", salt)
            .with_integer("passes", self.passes)
            .with_integer("memory_kib", self.memory_kib)
            .with_integer("lanes", self.lanes)
            .with_integer("length", 32);
        Ok(port.primitive(self.operation, &question)?.bytes("key").to_vec())
    }
}

impl Envelope {
    pub(super) fn derive_key(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let salt = (self.notesnook.salt_sized)(input.bytes("salt"))?;
        let key = self.password_key(port, input.text("password_text"), &salt)?;
        Ok(Fields::new().with_bytes("key", key))
    }

    pub(super) fn seal_under_password(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let (password, plaintext) = (input.text("password_text"), input.bytes("plaintext"));
        let draw = Draw { port, member: "salt", length: 16, secret: password.as_bytes(), plaintext, salt: &[] };
        let salt = self.given_or_drawn(input, &draw, self.notesnook.salt_sized)?;
        let draw = Draw { member: "nonce", length: 24, salt: &salt, ..draw };
        let nonce = self.given_or_drawn(input, &draw, self.notesnook.nonce_sized)?;
        let key = self.password_key(port, &(self.notesnook.there_is)(password)?, &salt)?;
        let opening = Opening { salt, nonce, ..Opening::default() };
        let envelope = self.sealed(port, Form::Password, key, &opening, plaintext)?;
        Ok(Fields::new().with_bytes("envelope", envelope))
    }

    pub(super) fn open_under_password(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let opening = self.read_envelope(port, Form::Password, input)?;
        let password = (self.notesnook.there_is)(input.text("password_text"))?;
        let key = self.password_key(port, &password, &opening.salt)?;
        Ok(Fields::new().with_bytes("plaintext", self.unseal(port, key, &opening)?))
    }

    pub(super) fn seal_item(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let key = (self.notesnook.key_sized)(input.bytes("key"))?;
        let salt = (self.notesnook.salt_sized)(input.bytes("key_salt"))?;
        let plaintext = input.bytes("plaintext");
        let draw = Draw { port, member: "nonce", length: 24, secret: &key, plaintext, salt: &salt };
        let nonce = self.given_or_drawn(input, &draw, self.notesnook.nonce_sized)?;
        let id = input.text("id_text").to_owned();
        let key = (self.notesnook.key)(key.clone());
        let opening = Opening { salt, nonce, id, ..Opening::default() };
        let envelope = self.sealed(port, Form::Item, key, &opening, plaintext)?;
        Ok(Fields::new().with_bytes("envelope", envelope))
    }

    pub(super) fn open_item(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let key = (self.notesnook.key_sized)(input.bytes("key"))?;
        let opening = self.read_envelope(port, Form::Item, input)?;
        let plaintext = self.unseal(port, (self.notesnook.key)(key), &opening)?;
        let id = (self.notesnook.id)(&opening, &plaintext);
        Ok(Fields::new().with_text("id_text", id).with_bytes("plaintext", plaintext))
    }

    fn password_key(&self, port: &dyn Primitives, password: &str, salt: &[u8]) -> Computed<Vec<u8>> {
        let password = (self.text.password)(password)?;
        let key = self.notesnook.cost.derive(port, password, (self.notesnook.salt)(salt))?;
        Ok((self.notesnook.key)(key))
    }

    fn read_envelope(&self, port: &dyn Primitives, form: Form, input: &Fields) -> Computed<Opening> {
        let text = self.rewritten(form, input.bytes("envelope"))?;
        (self.notesnook.read)(form, &text, port.limits())
    }

    /// An envelope of a plaintext.
    fn sealed(
        &self,
        port: &dyn Primitives,
        form: Form,
        key: Vec<u8>,
        opening: &Opening,
        plaintext: &[u8],
    ) -> Computed<Vec<u8>> {
        let question = Fields::new()
            .with_bytes("key", key)
            .with_bytes("nonce", (self.notesnook.nonce)(&opening.nonce))
            .with_bytes("aad", (self.notesnook.aad)(opening))
            .with_bytes("plaintext", (self.text.sealed)(plaintext)?);
        let sealed = port.primitive("xchacha20-poly1305.seal", &question)?;
        let ciphertext = (self.notesnook.ciphertext)(sealed.bytes("ciphertext").to_vec());
        let values = Values {
            salt: Some(&opening.salt),
            nonce: Some(&opening.nonce),
            sealed: Some(&ciphertext),
            length: Some(plaintext.len()),
            id: Some(&opening.id),
            ..Values::default()
        };
        Ok(self.write(&Written { form, plaintext, iterations: 0 }, self.members(form, &values)))
    }

    fn unseal(&self, port: &dyn Primitives, key: Vec<u8>, opening: &Opening) -> Computed<Vec<u8>> {
        let question = Fields::new()
            .with_bytes("key", key)
            .with_bytes("nonce", (self.notesnook.nonce)(&opening.nonce))
            .with_bytes("aad", (self.notesnook.aad)(opening))
            .with_bytes("ciphertext", &*opening.ciphertext);
        let plaintext = self.decipher(port, "xchacha20-poly1305.open", &question)?;
        (self.text.opened)(&(self.notesnook.plaintext)(opening, plaintext)?)
    }
}
