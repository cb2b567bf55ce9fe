//! The recipes of the primitives' vectors.

pub(super) mod sha512;
