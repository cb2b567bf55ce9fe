//! Steps of drawing salts and nonces.

use super::Envelope;
use crate::computed::{Computed, Primitives};
use vectors::Fields;

/// The steps of drawing.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// Bytes that nobody can foretell and that do not come twice.
    pub draw: fn(&Draw<'_>) -> Vec<u8>,
    /// The bytes that are used where the caller gives some: those.
    pub given: fn(&[u8], &Draw<'_>) -> Vec<u8>,
}

/// What is drawn, and what a bad generator could take it from.
#[derive(Clone, Copy)]
pub struct Draw<'a> {
    /// The port.
    pub port: &'a dyn Primitives,
    /// The member that it is for: `salt`, `iv` or `nonce`.
    pub member: &'static str,
    /// Bytes, at most 64.
    pub length: usize,
    /// The secret that is sealed under: a password or a key.
    pub secret: &'a [u8],
    /// What is sealed.
    pub plaintext: &'a [u8],
    /// The salt that stands beside it, for an IV or nonce.
    pub salt: &'a [u8],
}

impl Drawing {
    /// A stream that is the same in every run, so that the kill table is.
    pub const RIGHT: Self = Self { draw: |draw| draw.stream(), given: |given, _| given.to_vec() };
}

impl Draw<'_> {
    /// The next bytes of the port's stream.
    #[must_use]
    pub fn stream(&self) -> Vec<u8> {
        self.port.stream(self.member, self.length)
    }
}

impl Envelope {
    /// The bytes that were given for a member, of the right length, or drawn ones.
    pub(super) fn given_or_drawn(
        &self,
        input: &Fields,
        draw: &Draw<'_>,
        sized: fn(&[u8]) -> Computed<Vec<u8>>,
    ) -> Computed<Vec<u8>> {
        match input.optional_bytes(draw.member) {
            Some(given) => Ok((self.drawing.given)(&sized(given)?, draw)),
            None => Ok((self.drawing.draw)(draw)),
        }
    }
}
