//! Which Argon2.

/// The two data-access modes of Argon2 that the envelopes use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argon2Variant {
    /// Argon2i: addresses do not depend on the password.
    I,
    /// Argon2id: the first half of the first pass as Argon2i, the rest as Argon2d.
    Id,
}
