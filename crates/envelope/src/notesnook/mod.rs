//! Notesnook: the key from a password, what is sealed under it, and the hashes of a login.
//!
//! In: passwords, keys, envelopes. Out: plaintexts, or the bytes that the web client writes. [`cipher`] has the two
//! envelopes (under a password, and a synced item under a key), [`account`] the login.
//!
//! Parameters are fixed by the clients and never read from an envelope: Argon2i, 3 passes, 8 MiB, one lane, 16 bytes of
//! salt; XChaCha20-Poly1305 without associated data. All base64 is URL-safe and unpadded. The cost is given by the caller
//! as a [`Cost`]: [`Cost::KEY`] is the clients' own, and whoever opens by the million gives a cheaper one.

pub mod account;
pub mod cipher;
mod facts;
mod inspect;

use zeroize::Zeroizing;

pub use facts::{ITEM_MEMBERS, PASSWORD_MEMBERS, SYSTEM};
pub use inspect::{Notesnook, NotesnookItem, NotesnookServerHash};

pub use crate::facts::Argon2 as Cost;
use primitives::kdf::{Argon2Params, Argon2Salt, Argon2Variant, argon2};
use primitives::{Limits, ParamError};

/// Bytes of a salt, everywhere.
pub const SALT_BYTES: usize = 16;

/// Bytes of a nonce.
pub const NONCE_BYTES: usize = 24;

/// Passes of every Argon2 that the clients compute.
pub const PASSES: u64 = 3;

/// Memory of the key derivation, KiB.
pub const KEY_MEMORY_KIB: u64 = 8_192;

/// Encryption, key derivation and libsodium's base64 variant, as they stand in an envelope.
const ALG: &str = "xcha-argon2i13-7";

impl Cost {
    /// What the clients' key derivation costs.
    pub const KEY: Self = Self { passes: PASSES, memory_kib: KEY_MEMORY_KIB };
    /// What the clients' login hash costs.
    pub const LOGIN: Self = Self { passes: PASSES, memory_kib: account::LOGIN_MEMORY_KIB };
    /// What the server's hash of a login hash costs.
    pub const SERVER: Self = Self { passes: PASSES, memory_kib: account::SERVER_MEMORY_KIB };
}

/// The key of a password: Argon2i over its UTF-8, 32 bytes.
///
/// # Errors
///
/// [`ParamError`] for a cost outside Argon2's range or above the limits.
pub fn derive_key(
    password: &str,
    salt: &[u8; SALT_BYTES],
    cost: Cost,
    limits: &Limits,
) -> Result<Zeroizing<[u8; 32]>, ParamError> {
    derive(Argon2Variant::I, password, salt, cost, limits)
}

/// Argon2 with one lane, 32 bytes.
fn derive(
    variant: Argon2Variant,
    password: &str,
    salt: &[u8; SALT_BYTES],
    cost: Cost,
    limits: &Limits,
) -> Result<Zeroizing<[u8; 32]>, ParamError> {
    let params = Argon2Params::read(cost.passes, cost.memory_kib, 1, 32, limits)?;
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(&argon2(variant, password.as_bytes(), Argon2Salt::read(salt)?, &params));
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The empty password derives a key in the client, and seals nothing. Known answers from `@notesnook/crypto` 2.1.3.
    #[test]
    fn the_key_is_the_clients() {
        let salt = std::array::from_fn(|at| u8::try_from(at).unwrap());
        for (password, key) in [
            ("mypassword", "bbe736a6525ca6258481ef2dcb5038554c933e14177239772730b5ae40e14d1f"),
            ("", "ce31574120ea9bc0be33342c077a6dc8b8e11d3dde43582a9d7a0d49661ed237"),
        ] {
            assert_eq!(hex::encode(*derive_key(password, &salt, Cost::KEY, &Limits::default()).unwrap()), key);
        }
    }
}
