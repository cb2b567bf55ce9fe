//! A model of the envelopes and of the login, composed of parts: text to bytes, bytes to a key, the cipher, the encoding.

use crate::diagnosis::{Computed, Mutant, Stop};
use crate::registry;
use crate::vector::{Answer, Fields, Operation};

/// The steps of envelopes.
#[derive(Clone, Copy, Debug)]
pub struct Envelope {}

impl Envelope {
    /// Every step as the formats have it.
    pub const RIGHT: Self = Self {};

    /// Whether this is an operation on envelopes or logins, which stands on primitives.
    #[must_use]
    pub fn composes(operation: &Operation) -> bool {
        ["autonomail", "notesnook"].iter().any(|format| operation.name.starts_with(format))
    }

    /// The output of an operation on envelopes, with the port's own primitives.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn compute(&self, port: &Mutant<'_>, operation: &'static Operation, input: &Fields) -> Computed<Fields> {
        match registry::reference(operation, input, port.limits()) {
            Answer::Output(output) => Ok(output),
            Answer::Reject { reason, .. } => Err(Stop::Refuse(reason)),
            Answer::Unsupported { .. } | Answer::Failure { .. } => Err(Stop::Crash),
        }
    }
}
