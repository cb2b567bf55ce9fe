//! The reference's primitives: pure functions over bounded parameters.
//!
//! In: bytes and parameters that their constructors have checked. Out: bytes. This is the only layer that calls the
//! RustCrypto crates; it knows no envelope, no JSON and no clock.

pub mod aes;
pub mod chacha;
pub mod fortuna;
pub mod gcm;
pub mod gf128;
pub mod hash;
pub mod kdf;
mod limits;
pub mod prime1305;
pub mod rounds;
pub mod shared;
pub mod sjcl_prng;
pub mod xchacha;

pub use limits::{Limits, ParamError};

/// The tag does not fit: tampering, a wrong key or a wrong password, which nobody can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("wrong password or key, or the data was changed")]
pub struct Authentication;
