//! Steps of both Autonomail profiles and of the SJCL text inside.

use super::document::{Form, Written};
use super::drawing::Draw;
use super::{Envelope, sized};
use crate::computed::{Computed, Primitives};
use ::document::{Members, quoted};
use document::encoding::Base64;
use envelope::autonomail::{Profile, client_2014, documented};
use envelope::facts::Values;
use envelope::sjcl;
use primitives::Limits;
use vectors::Fields;

/// The steps of the profiles.
#[derive(Clone, Copy, Debug)]
pub struct Autonomail {
    /// How often PBKDF2 iterates.
    pub count: fn(&Counts) -> u64,
    /// The salt as PBKDF2 takes it: 32 bytes.
    pub salt: fn(&[u8]) -> Vec<u8>,
    /// The derivation: PBKDF2-HMAC-SHA512, 64 bytes.
    pub derive: fn(&dyn Primitives, &Fields) -> Computed<Fields>,
    /// The key's 32 bytes among the 64.
    pub key: fn(Profile, &[u8]) -> Vec<u8>,
    /// A key that is tried when the first does not open it: none.
    pub second_key: fn(Profile, &[u8]) -> Option<Vec<u8>>,
    /// The cipher: AES-256-GCM.
    pub seal: fn(&dyn Primitives, &Fields) -> Computed<Fields>,
    /// The lengths of a salt and an IV that are given: 32 and 16 bytes.
    pub salt_sized: fn(&[u8]) -> Computed<Vec<u8>>,
    /// See [`Self::salt_sized`].
    pub iv_sized: fn(&[u8]) -> Computed<Vec<u8>>,
    /// Reads the SJCL text.
    pub read: fn(&[u8], &Limits) -> Computed<Message>,
    /// What the cipher is given, both ways.
    pub message: fn(Message) -> Message,
    /// Ciphertext and tag as they are written.
    pub ciphertext: fn(Vec<u8>) -> Vec<u8>,
    /// The SJCL text as it stands in the record: base64.
    pub secure_data: fn(&Envelope, &[u8]) -> String,
}

/// The counts that a port could take.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// The right one: from the request, or from the record of 2014.
    pub right: u64,
    /// `iter` of the SJCL text, a decoy; 1000 where it is written.
    pub decoy: Option<u64>,
}

/// What the cipher is given beside the key.
#[derive(Clone, Debug)]
pub struct Message {
    /// The IV.
    pub iv: Vec<u8>,
    /// Associated data: none.
    pub aad: Vec<u8>,
    /// Plaintext, or ciphertext ‖ tag.
    pub body: Vec<u8>,
    /// Bytes of the tag.
    pub tag_length: u64,
}

impl Autonomail {
    /// The profiles as they are.
    pub const RIGHT: Self = Self {
        count: |counts| counts.right,
        salt: <[u8]>::to_vec,
        derive: |port, input| port.primitive("pbkdf2-hmac-sha512.derive", input),
        key: |profile, derived| match profile {
            Profile::Documented => derived[..32].to_vec(),
            Profile::Client2014 => derived[32..].to_vec(),
        },
        second_key: |_, _| None,
        seal: |port, input| port.primitive("aes-256-gcm.seal", input),
        salt_sized: sized::<32>,
        iv_sized: sized::<16>,
        read: strictly,
        message: |message| message,
        ciphertext: |ciphertext| ciphertext,
        secure_data: |envelope, text| envelope.base64_text(Base64::Standard, text),
    };
}

/// The SJCL text as the reference reads it.
///
/// # Errors
///
/// [`Stop`](crate::computed::Stop) where the reference refuses it.
pub fn strictly(text: &[u8], limits: &Limits) -> Computed<Message> {
    let read = sjcl::Envelope::read(text, limits)?;
    Ok(Message { iv: read.iv.to_vec(), aad: Vec::new(), body: read.sealed, tag_length: 16 })
}

/// A record whose SJCL text has not been read yet.
struct Outer {
    salt: Vec<u8>,
    iterations: u64,
    text: Vec<u8>,
}

impl Envelope {
    pub(super) fn open_record(&self, port: &dyn Primitives, profile: Profile, input: &Fields) -> Computed<Fields> {
        let outer = self.read_outer(port, profile, input)?;
        let message = (self.autonomail.message)((self.autonomail.read)(&outer.text, port.limits())?);
        let decoy = Members::read(&outer.text).and_then(|members| members.integer("iter"));
        let counts = Counts { right: outer.iterations, decoy: decoy.and_then(|decoy| u64::try_from(decoy).ok()) };
        let derived = self.derived(port, input, &outer.salt, counts)?;
        let key = (self.autonomail.key)(profile, &derived);
        let first = self.decipher(port, "aes-256-gcm.open", &question(key, &message, "ciphertext"));
        let second = (self.autonomail.second_key)(profile, &derived).filter(|_| first.is_err());
        let plaintext = match second {
            Some(key) => self.decipher(port, "aes-256-gcm.open", &question(key, &message, "ciphertext"))?,
            None => first?,
        };
        Ok(Fields::new().with_bytes("plaintext", (self.text.opened)(&plaintext)?))
    }

    pub(super) fn seal_record(&self, port: &dyn Primitives, profile: Profile, input: &Fields) -> Computed<Fields> {
        let (secret, plaintext) = (input.text("password_text").as_bytes(), input.bytes("plaintext"));
        let draw = Draw { port, member: "salt", length: 32, secret, plaintext, salt: &[] };
        let salt = self.given_or_drawn(input, &draw, self.autonomail.salt_sized)?;
        let draw = Draw { member: "iv", length: 16, salt: &salt, ..draw };
        let iv = self.given_or_drawn(input, &draw, self.autonomail.iv_sized)?;
        let iterations = input.integer("iterations");
        let counts = Counts { right: iterations, decoy: Some(1_000) };
        let key = (self.autonomail.key)(profile, &self.derived(port, input, &salt, counts)?);
        let written = Written { form: Form::Sjcl, plaintext, iterations };
        let text = self.seal_sjcl(port, key, &iv, &written)?;
        let written = Written { form: Form::Record(profile), ..written };
        let values =
            Values { salt: Some(&salt), iterations: Some(iterations), inner: Some(&text), ..Values::default() };
        let members = self.members(written.form, &values);
        let members = members.with("secureData", (self.autonomail.secure_data)(self, &text));
        let record = self.write(&written, members);
        Ok(Fields::new().with_bytes("record", record))
    }

    /// The SJCL text of a plaintext.
    fn seal_sjcl(&self, port: &dyn Primitives, key: Vec<u8>, iv: &[u8], written: &Written<'_>) -> Computed<Vec<u8>> {
        let body = (self.text.sealed)(written.plaintext)?;
        let message = Message { iv: iv.to_vec(), aad: Vec::new(), body, tag_length: 16 };
        let message = (self.autonomail.message)(message);
        let sealed = (self.autonomail.seal)(port, &question(key, &message, "plaintext"))?;
        let ciphertext = (self.autonomail.ciphertext)(sealed.bytes("ciphertext").to_vec());
        let values = Values { nonce: Some(iv), sealed: Some(&ciphertext), ..Values::default() };
        let members = self.members(written.form, &values);
        Ok(self.write(written, members))
    }

    /// What PBKDF2 yields: 64 bytes.
    fn derived(&self, port: &dyn Primitives, input: &Fields, salt: &[u8], counts: Counts) -> Computed<Vec<u8>> {
        let question = Fields::new()
            .with_bytes("password", (self.text.password)(input.text("password_text"))?)
            .with_bytes("salt", (self.autonomail.salt)(salt))
            .with_integer("iterations", (self.autonomail.count)(&counts))
            .with_integer("length", 64);
        Ok((self.autonomail.derive)(port, &question)?.bytes("key").to_vec())
    }

    /// Reads all of a record but the SJCL text, in whose place the strict reader is shown one that is right.
    fn read_outer(&self, port: &dyn Primitives, profile: Profile, input: &Fields) -> Computed<Outer> {
        let mut record = self.rewritten(Form::Record(profile), input.bytes("record"))?;
        let mut text = Vec::new();
        let members = Members::read(&record);
        let data = members.as_ref().and_then(|members| members.text("secureData"));
        if let (Some(members), Some(Ok(decoded))) = (members, data.map(|data| Base64::Standard.decode(&data))) {
            text = self.rewritten(Form::Sjcl, &decoded)?;
            let stand_in = sjcl::Envelope::seal(&[0; 32], &[0; 16], b"").write();
            record =
                members.with("secureData", quoted(&Base64::Standard.encode(stand_in.as_bytes()))).write().into_bytes();
        }
        Ok(match profile {
            Profile::Documented => {
                let read = documented::Record::read(&record, port.limits())?;
                Outer { salt: read.salt.to_vec(), iterations: input.integer("iterations"), text }
            }
            Profile::Client2014 => {
                let read = client_2014::Record::read(&record, port.limits())?;
                Outer { salt: read.salt.to_vec(), iterations: read.iterations, text }
            }
        })
    }
}

/// The input of the cipher, whose body is a plaintext or a ciphertext.
fn question(key: Vec<u8>, message: &Message, body: &'static str) -> Fields {
    Fields::new()
        .with_bytes("key", key)
        .with_bytes("iv", &*message.iv)
        .with_bytes("aad", &*message.aad)
        .with_bytes(body, &*message.body)
        .with_integer("tag_length", message.tag_length)
}
