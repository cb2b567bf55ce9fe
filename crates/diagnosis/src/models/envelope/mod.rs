//! A model of the envelopes and of the login, composed of steps: text to bytes, documents to members, members to bytes,
//! bytes to a key, the cipher, the writing.
//!
//! In: an operation's input and the port's own primitives. Out: its output. Reading is the reference's strict reading of
//! what the steps before it have rewritten, so that a lenient port is a rewriting and the strict reader stays one.

pub mod account;
pub mod autonomail;
pub mod base64;
pub mod document;
pub mod drawing;
pub mod notesnook;
pub mod text;

use crate::computed::{Computed, Primitives, Stop};
use conformance::registry::Refusal;
use envelope::OpenError;
use envelope::autonomail::Profile::{Client2014, Documented};
use vectors::{Fields, Operation, Reason};

/// The steps of envelopes, by chapter.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {
    /// Passwords and plaintexts.
    pub text: text::Text,
    /// JSON.
    pub document: document::Document,
    /// The text encodings of bytes.
    pub encoding: base64::Encoding,
    /// Both Autonomail profiles.
    pub autonomail: autonomail::Autonomail,
    /// Notesnook's envelopes and key.
    pub notesnook: notesnook::Notesnook,
    /// Notesnook's login.
    pub account: account::Account,
    /// Salts and nonces.
    pub drawing: drawing::Drawing,
    /// What comes of a tag that does not fit.
    pub on_failure: fn(&Failure<'_>) -> Computed<Vec<u8>>,
}

/// A ciphertext that the cipher has refused.
#[derive(Clone, Copy)]
pub struct Failure<'a> {
    /// The port that opens it.
    pub port: &'a dyn Primitives,
    /// The operation of the cipher.
    pub cipher: &'static str,
    /// The cipher's input.
    pub input: &'a Fields,
    /// Why it was refused.
    pub stop: Stop,
}

impl Envelope {
    /// Every step as the formats have it.
    pub const RIGHT: Self = Self {
        text: text::Text::RIGHT,
        document: document::Document::RIGHT,
        encoding: base64::Encoding::RIGHT,
        autonomail: autonomail::Autonomail::RIGHT,
        notesnook: notesnook::Notesnook::RIGHT,
        account: account::Account::RIGHT,
        drawing: drawing::Drawing::RIGHT,
        on_failure: |failure| Err(failure.stop),
    };

    /// Whether this is an operation on envelopes or logins that is modelled here; any other is the reference's as a whole.
    #[must_use]
    pub fn composes(operation: &Operation) -> bool {
        model(operation.name).is_some()
    }

    /// The output of an operation on envelopes, with the port's own primitives.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn compute(&self, port: &dyn Primitives, operation: &'static Operation, input: &Fields) -> Computed<Fields> {
        model(operation.name).map_or(Err(Stop::Crash), |model| model(self, port, input))
    }

    /// Opens with the port's own cipher.
    fn decipher(&self, port: &dyn Primitives, cipher: &'static str, input: &Fields) -> Computed<Vec<u8>> {
        match port.primitive(cipher, input) {
            Ok(output) => Ok(output.bytes("plaintext").to_vec()),
            Err(stop) => (self.on_failure)(&Failure { port, cipher, input, stop }),
        }
    }
}

/// An operation, composed of steps.
type Model = fn(&Envelope, &dyn Primitives, &Fields) -> Computed<Fields>;

fn model(name: &str) -> Option<Model> {
    let model: Model = match name {
        "autonomail.seal" => |steps, port, input| steps.seal_record(port, Documented, input),
        "autonomail.open" => |steps, port, input| steps.open_record(port, Documented, input),
        "autonomail-2014.seal" => |steps, port, input| steps.seal_record(port, Client2014, input),
        "autonomail-2014.open" => |steps, port, input| steps.open_record(port, Client2014, input),
        "notesnook.login-hash" => Envelope::login_hash,
        "notesnook.server-hash" => Envelope::server_hash,
        "notesnook.server-verify" => Envelope::server_verify,
        "notesnook.derive-key" => Envelope::derive_key,
        "notesnook.seal" => Envelope::seal_under_password,
        "notesnook.open" => Envelope::open_under_password,
        "notesnook-item.seal" => Envelope::seal_item,
        "notesnook-item.open" => Envelope::open_item,
        _ => return None,
    };
    Some(model)
}

impl From<OpenError> for Stop {
    fn from(error: OpenError) -> Self {
        Self::Refuse(Refusal::from(error).reason)
    }
}

/// A value that cannot be used.
pub(super) const OUT_OF_RANGE: Stop = Stop::Refuse(Reason::Parameter);

/// Bytes that must be so many.
fn sized<const N: usize>(bytes: &[u8]) -> Computed<Vec<u8>> {
    if bytes.len() == N { Ok(bytes.to_vec()) } else { Err(OUT_OF_RANGE) }
}
