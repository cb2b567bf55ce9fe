//! The reference's primitives: pure functions over bounded parameters.
//!
//! In: bytes and parameters that their constructors have checked. Out: bytes. This is the only layer that calls the
//! RustCrypto crates; it knows no envelope, no JSON and no clock.

mod limits;

pub use limits::{Limits, ParamError};
