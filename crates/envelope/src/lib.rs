//! The envelope formats, one folder each.
//!
//! In: bytes of an envelope and the secret that opens it, or a plaintext and what it is sealed under; salts and nonces
//! come from outside, nothing is drawn here. Out: bytes. Readers are strict: one spelling for every value, exactly the
//! members that the format has, every cost bounded before the work. It stands on the primitives and knows no vector and no port.
//!
//! Start with [`Format`], which every format implements, and with one format whole: [`autonomail`] with [`sjcl`] inside it, or
//! [`notesnook`]. [`OpenError`] says where and what; [`Inspection`] is what can be told without the secret.

pub mod autonomail;
mod description;
mod error;
pub mod facts;
pub mod foreign;
mod inspection;
mod json;
pub mod notesnook;
pub mod sjcl;

pub use error::OpenError;
pub use inspection::{Finding, Inspection, Severity};

/// The formats that can be inspected.
pub static FORMATS: &[&dyn Format] = &[
    &autonomail::Profile::Documented,
    &autonomail::Profile::Client2014,
    &sjcl::Sjcl,
    &notesnook::Notesnook,
    &notesnook::NotesnookItem,
    &notesnook::NotesnookServerHash,
];

/// Every system whose formats the suite knows, in the order of the protocol page, with the facts of each.
pub static SYSTEMS: &[&facts::System] = &[&autonomail::SYSTEM, &notesnook::SYSTEM];

/// A format of envelopes, as far as it can be told without the secret.
pub trait Format: Sync {
    /// The format's name, which is also the family of its operations (`<id>.open`, `<id>.seal`).
    fn id(&self) -> &'static str;

    /// Whether the bytes look like this format, however damaged: what `inspect` decides by. At most one format of the
    /// suite recognises an envelope.
    fn recognises(&self, bytes: &[u8]) -> bool;

    /// What can be told without the secret: parameters, and what is odd or dangerous.
    fn inspect(&self, bytes: &[u8]) -> Inspection;
}
