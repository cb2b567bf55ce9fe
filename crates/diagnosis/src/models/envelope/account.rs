//! Steps of Notesnook's login: the hash that the client sends, and what the server keeps of it.

use super::drawing::Draw;
use super::notesnook::Cost;
use super::{Envelope, OUT_OF_RANGE};
use crate::computed::{Computed, Primitives};
use document::encoding::Base64;
use envelope::notesnook::account::{APP_SALT, StoredHash};
use vectors::{Fields, Value};

/// Characters (UTF-16 units) that the server takes as a password.
const CHARACTERS_MAX: usize = 2_048;

/// Bytes of a stored hash, zeros included.
const STORED_BYTES: usize = 128;

/// The steps of the login.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// The address as it is hashed: in lower case.
    pub address: fn(&str) -> String,
    /// What the salt is a hash of.
    pub salt_message: fn(&str) -> Vec<u8>,
    /// The salt: BLAKE2b of 16 bytes.
    pub salt: fn(&dyn Primitives, &[u8]) -> Computed<Vec<u8>>,
    /// The client's hash.
    pub login: Cost,
    /// The client's hash as text.
    pub login_text: fn(&Envelope, &[u8]) -> String,
    /// The server's hash.
    pub server: Cost,
    /// The longest password that the server takes.
    pub fits: fn(&str) -> Computed<()>,
    /// What the server keeps.
    pub stored: fn(&Stored) -> String,
    /// A stored hash before it is read strictly: as it stands.
    pub respelt: fn(&str) -> String,
    /// The parameters that a password is checked with: those of the stored hash.
    pub parameters: fn(Stored, &dyn Primitives) -> Computed<Stored>,
    /// Whether the check succeeds.
    pub equal: fn(&Compared<'_>) -> bool,
}

/// What a stored hash holds.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Passes and memory.
    pub cost: Cost,
    /// The salt.
    pub salt: Vec<u8>,
    /// The hash.
    pub hash: Vec<u8>,
}

/// The two sides of a check.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The hash that is kept.
    pub kept: &'a [u8],
    /// The hash of what was given.
    pub computed: &'a [u8],
    /// What is kept, as it stands.
    pub kept_text: &'a str,
    /// What would be kept of what was given.
    pub computed_text: &'a str,
}

impl Account {
    /// The login as client and server do it.
    pub const RIGHT: Self = Self {
        address: str::to_lowercase,
        salt_message: |address| format!("{APP_SALT}{address}").into_bytes(),
        salt: |port, message| digest(port, message, 16),
        login: Cost::of("argon2id.derive", envelope::notesnook::Cost::LOGIN),
        login_text: |envelope, hash| (envelope.encoding.write_base64)(Base64::UrlSafeUnpadded, hash),
        server: Cost::of("argon2id.derive", envelope::notesnook::Cost::SERVER),
        fits: |password| if password.encode_utf16().count() > CHARACTERS_MAX { Err(OUT_OF_RANGE) } else { Ok(()) },
        stored: |stored| padded(&stored.text()),
        respelt: str::to_owned,
        parameters: |stored, _| Ok(stored),
        equal: |compared| compared.kept == compared.computed,
    };
}

/// BLAKE2b without a key.
///
/// # Errors
///
/// [`Stop`](crate::computed::Stop) of the port's own BLAKE2b.
pub fn digest(port: &dyn Primitives, message: &[u8], length: u64) -> Computed<Vec<u8>> {
    let question = Fields::new().with_bytes("message", message).with_bytes("key", []).with_integer("length", length);
    Ok(port.primitive("blake2b.digest", &question)?.bytes("digest").to_vec())
}

/// A stored hash with the zeros of its buffer.
#[must_use]
pub fn padded(text: &str) -> String {
    let zeros = STORED_BYTES.saturating_sub(text.len());
    text.chars().chain(std::iter::repeat_n('\0', zeros)).collect()
}

impl Stored {
    /// The PHC string, without zeros.
    #[must_use]
    pub fn text(&self) -> String {
        let [salt, hash] = [&self.salt, &self.hash].map(|bytes| Base64::StandardUnpadded.encode(bytes));
        let (variant, Cost { memory_kib, passes, lanes, .. }) = (self.variant(), self.cost);
        format!("${variant}$v=19$m={memory_kib},t={passes},p={lanes}${salt}${hash}")
    }

    fn variant(&self) -> &'static str {
        self.cost.operation.trim_end_matches(".derive")
    }
}

impl Envelope {
    pub(super) fn login_hash(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let address = (self.account.address)(input.text("email_text"));
        let salt = (self.account.salt)(port, &(self.account.salt_message)(&address))?;
        let password = (self.text.password)(input.text("password_text"))?;
        let hash = self.account.login.derive(port, password, salt)?;
        Ok(Fields::new().with_text("hash_text", (self.account.login_text)(self, &hash)))
    }

    pub(super) fn server_hash(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let password = input.text("hash_text");
        let secret = password.as_bytes();
        let draw = Draw { port, member: "salt", length: 16, secret, plaintext: &[], salt: &[] };
        let salt = self.given_or_drawn(input, &draw, self.notesnook.salt_sized)?;
        let stored = self.store(port, password, self.account.server, salt)?;
        Ok(Fields::new().with_text("stored_text", (self.account.stored)(&stored)))
    }

    pub(super) fn server_verify(&self, port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
        let kept_text = input.text("stored_text");
        let read = StoredHash::read(&(self.account.respelt)(kept_text))?;
        let cost = Cost { passes: read.passes, memory_kib: read.memory_kib, ..self.account.server };
        let kept = Stored { cost, salt: read.salt.to_vec(), hash: read.hash.to_vec() };
        let kept = (self.account.parameters)(kept, port)?;
        let computed = self.store(port, input.text("hash_text"), kept.cost, kept.salt.clone())?;
        let compared = Compared {
            kept: &kept.hash,
            computed: &computed.hash,
            kept_text,
            computed_text: &(self.account.stored)(&computed),
        };
        Ok(Fields::new().with("valid", Value::Flag((self.account.equal)(&compared))))
    }

    fn store(&self, port: &dyn Primitives, password: &str, cost: Cost, salt: Vec<u8>) -> Computed<Stored> {
        (self.account.fits)(password)?;
        let hash = cost.derive(port, (self.text.password)(password)?, salt.clone())?;
        Ok(Stored { cost, salt, hash })
    }
}
