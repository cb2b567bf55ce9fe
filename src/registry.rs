//! What the suite knows how to compute: one line for each operation.

use crate::primitives::Limits;
use crate::vector::{Answer, Fields, Operation};

/// The reference's answer to a request.
#[must_use]
pub fn reference(operation: &Operation, _input: &Fields, _limits: &Limits) -> Answer {
    Answer::Unsupported { detail: format!("{} is not computed yet", operation.name) }
}

/// The key derivation that dominates a request's cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kdf {
    /// Work is counted in iterations times output blocks.
    Pbkdf2HmacSha512,
    /// Work is counted in passes times KiB.
    Argon2,
}

/// How much key derivation a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The derivation.
    pub kdf: Kdf,
    /// Its work, in the unit of the derivation.
    pub units: u64,
    /// The memory that it fills, KiB.
    pub memory_kib: u64,
}

/// The key derivation that a request asks for; `None` where it asks for none.
#[must_use]
pub fn work(_operation: &Operation, _input: &Fields) -> Option<Work> {
    None
}

/// The salt and nonce that a port drew for a seal, by member name (`salt`, `iv` or `nonce`), as they stand in the output.
/// Empty when the output is not readable.
#[must_use]
pub fn randomness(_operation: &Operation, _output: &Fields) -> Vec<(&'static str, Vec<u8>)> {
    Vec::new()
}
