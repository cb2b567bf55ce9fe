//! The second reader of the envelopes: what it does not read, two who were written apart refuse.
//!
//! In: an operation's input. Out: the parts of an envelope for an oracle's cryptography, or why it is not read. It follows
//! [formats](../../../docs/formats.md) and nothing else, on purpose not even `envelope::facts`: JSON is `struson`'s and base64
//! and hex are `data-encoding`'s, where the reference has `serde_json`, `base64` and readers of its own. Nothing is derived
//! here, so that a refusal costs nothing. Layer: oracle.

pub(super) mod autonomail;
mod members;
pub(super) mod notesnook;
mod object;
mod sealing;
mod stored;

#[cfg(test)]
mod tests;

use super::{Answered, Declined, Opinion};
use primitives::Limits;
use vectors::{Fields, Operation, Reason};

/// What the second reader answers: refusals alone. What it reads, the libraries open.
pub(super) static SECOND_READER: &[(&str, Opinion)] = &[
    ("autonomail.seal", |input, limits| silent(sealing::autonomail(input, limits))),
    ("autonomail.open", |input, limits| silent(autonomail::documented(input, limits))),
    ("autonomail-2014.seal", |input, limits| silent(sealing::autonomail(input, limits))),
    ("autonomail-2014.open", |input, limits| silent(autonomail::client_2014(input, limits))),
    ("notesnook.server-hash", |input, _| silent(sealing::server_hash(input))),
    ("notesnook.server-verify", |input, limits| silent(stored::read(input, limits))),
    ("notesnook.derive-key", |input, _| silent(sealing::derive_key(input))),
    ("notesnook.seal", |input, _| silent(sealing::notesnook(input))),
    ("notesnook.open", |input, limits| silent(notesnook::under_a_password(input, limits))),
    ("notesnook-item.seal", |input, _| silent(sealing::item(input))),
    ("notesnook-item.open", |input, limits| silent(notesnook::under_a_key(input, limits))),
];

/// The parts of an envelope as the second reader has them, under the names of the protocol (`sealed` is ciphertext and tag),
/// or why it is not read; `None` for an operation that opens no envelope.
#[must_use]
pub fn parts(operation: &Operation, input: &Fields, limits: &Limits) -> Option<Result<Fields, Declined>> {
    let read = match operation.name {
        "autonomail.open" => autonomail::documented(input, limits).map(autonomail::Record::parts),
        "autonomail-2014.open" => autonomail::client_2014(input, limits).map(autonomail::Record::parts),
        "notesnook.open" => notesnook::under_a_password(input, limits).map(notesnook::Envelope::parts),
        "notesnook-item.open" => notesnook::under_a_key(input, limits).map(notesnook::Item::parts),
        _ => return None,
    };
    Some(read)
}

/// The versions of what it reads with, as this build's lock file names them.
pub(super) fn version() -> String {
    let lock = include_str!("../../../../Cargo.lock");
    let version = |name: &str| {
        let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        after.split('"').next()
    };
    let named = ["struson", "data-encoding"].map(|name| format!("{name} {}", version(name).unwrap_or("unknown")));
    named.join(", ")
}

/// No opinion on what is read.
fn silent<T>(read: Result<T, Declined>) -> Answered {
    read.and(Err(Declined::OutsideLimits { parameter: "nothing" }))
}

/// It does not parse.
fn malformed(what: impl Into<String>) -> Declined {
    Declined::Against { reason: Reason::Malformed, what: what.into() }
}

/// It parses, and is a value that the format does not have.
fn parameter(what: impl Into<String>) -> Declined {
    Declined::Against { reason: Reason::Parameter, what: what.into() }
}

/// It asks for more than the caller bears.
fn too_costly(what: impl Into<String>) -> Declined {
    Declined::Against { reason: Reason::TooCostly, what: what.into() }
}
