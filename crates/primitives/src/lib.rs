//! The reference's primitives: pure functions over bounded parameters.
//!
//! In: bytes, and parameters whose constructors have checked them. Out: bytes. This is the only crate that calls the RustCrypto crates;
//! it knows no envelope, no JSON and no clock.
//!
//! Start with [`Limits`], the ceilings that a caller sets, and [`kdf`], where each cost is read against them before any work. Then:
//!
//! - [`gcm`], [`xchacha`]: the AEADs; [`hash`]: SHA-512, HMAC-SHA512, BLAKE2b;
//! - [`fortuna`], [`sjcl_prng`]: the generators of the documents;
//! - [`shared`]: equal derivations made once, for who asks for them again and again;
//! - [`aes`], [`chacha`], [`gf128`], [`prime1305`], [`rounds`]: single blocks and field arithmetic for recipes and models, not for secrets.

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
mod variant;
pub mod xchacha;

pub use limits::{Limits, ParamError};

/// The tag does not fit: tampering, a wrong key or a wrong password, which nobody can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("wrong password or key, or the data was changed")]
pub struct Authentication;
