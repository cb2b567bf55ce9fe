//! The hashes of a login: what the client sends in place of its password, and what the server keeps of that.

use subtle::ConstantTimeEq;

use super::{Cost, PASSES, SALT_BYTES, derive};
use crate::OpenError;
use crate::facts::Phc;
use document::encoding::{Base64, EncodingError};
use primitives::hash::{Blake2bKey, Blake2bLength, blake2b};
use primitives::kdf::{Argon2Params, Argon2Salt, Argon2Variant, argon2};
use primitives::{Limits, ParamError};

/// What stands before the e-mail address in the login salt: the text itself, which is not decoded.
pub const APP_SALT: &str = "oVzKtazBo7d8sb7TBvY9jw";

/// Memory of the login hash, KiB.
pub(super) const LOGIN_MEMORY_KIB: u64 = 65_536;

/// Memory of the server's hash, KiB: 65536 handed to libsodium, which counts in bytes.
pub const SERVER_MEMORY_KIB: u64 = 64;

/// Characters (UTF-16 units) that the server takes as a password.
const PASSWORD_CHARS_MAX: usize = 2_048;

/// Bytes of libsodium's buffer for a PHC string, which the server keeps with the zeros at its end.
const STORED_BYTES: usize = 128;

/// The parameter name of a stored hash in the protocol.
const STORED: &str = "stored_text";

/// What the client sends as its password: Argon2id over the password, salted with the address in lower case (by the
/// full rules of Unicode), 43 characters of base64.
///
/// # Errors
///
/// [`ParamError`] for a cost outside Argon2's range or above the limits.
pub fn login_hash(email: &str, password: &str, cost: Cost, limits: &Limits) -> Result<String, ParamError> {
    let message = format!("{APP_SALT}{}", email.to_lowercase());
    let digest = blake2b(message.as_bytes(), Blake2bKey::NONE, Blake2bLength::read(SALT_BYTES as u64)?);
    let mut salt = [0; SALT_BYTES];
    salt.copy_from_slice(&digest);
    let hash = derive(Argon2Variant::Id, password, &salt, cost, limits)?;
    Ok(Base64::UrlSafeUnpadded.encode(&*hash))
}

/// What the server keeps of a login hash: libsodium's PHC string, zeros up to 128 bytes.
///
/// # Errors
///
/// [`ParamError`] above 2048 characters, and where the limits are below the fixed cost.
pub fn server_hash(login_hash: &str, salt: &[u8; SALT_BYTES], limits: &Limits) -> Result<String, ParamError> {
    let mut stored = StoredHash { passes: PASSES, memory_kib: SERVER_MEMORY_KIB, salt: *salt, hash: [0; 32] };
    stored.hash = stored.compute(login_hash, limits)?;
    Ok(stored.write())
}

/// Whether a login hash is the one that a stored hash was made of.
///
/// # Errors
///
/// [`OpenError`] when the stored hash does not parse or asks for more than the limits allow; [`ParamError`]'s form of it
/// for a login hash above 2048 characters.
pub fn server_verify(login_hash: &str, stored: &str, limits: &Limits) -> Result<bool, OpenError> {
    let stored = StoredHash::read(stored)?;
    Ok(stored.compute(login_hash, limits)?.ct_eq(&stored.hash).into())
}

/// A stored hash: `$argon2id$v=19$m=64,t=3,p=1$<salt>$<hash>`, base64 unpadded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredHash {
    /// Passes, unchecked.
    pub passes: u64,
    /// Memory, KiB, unchecked.
    pub memory_kib: u64,
    /// The salt.
    pub salt: [u8; SALT_BYTES],
    /// Argon2id of what the device sent: 32 bytes.
    pub hash: [u8; 32],
}

impl StoredHash {
    /// Reads a PHC string, alone or with the zeros that fill libsodium's buffer of 128 bytes.
    ///
    /// # Errors
    ///
    /// [`OpenError::Malformed`] with the byte, [`OpenError::Parameter`] for another variant, version, number of lanes or size.
    pub fn read(stored: &str) -> Result<Self, OpenError> {
        let text = match stored.len() {
            STORED_BYTES => stored.trim_end_matches('\0'),
            _ => stored,
        };
        let mut rest = Cursor { text, at: 0 };
        rest.skip("$")?;
        rest.fixed("argon2id", "argon2id")?;
        rest.skip("$v=")?;
        rest.fixed("19", "version 19")?;
        rest.skip("$m=")?;
        let memory_kib = rest.number()?;
        rest.skip(",t=")?;
        let passes = rest.number()?;
        rest.skip(",p=")?;
        rest.fixed("1", "1 lane")?;
        rest.skip("$")?;
        let salt = rest.bytes("a salt of 16 bytes")?;
        rest.skip("$")?;
        let hash = rest.bytes("a hash of 32 bytes")?;
        rest.end()?;
        Ok(Self { passes, memory_kib, salt, hash })
    }

    /// The text as the server keeps it, with its zeros.
    #[must_use]
    pub fn write(&self) -> String {
        let cost = Cost { passes: self.passes, memory_kib: self.memory_kib };
        let mut text = Phc { salt: self.salt.to_vec(), cost }.write(&self.hash);
        text.extend(std::iter::repeat_n('\0', STORED_BYTES.saturating_sub(text.len())));
        text
    }

    fn compute(&self, login_hash: &str, limits: &Limits) -> Result<[u8; 32], ParamError> {
        let chars = login_hash.encode_utf16().count();
        if chars > PASSWORD_CHARS_MAX {
            let allowed = "at most 2048 characters";
            return Err(ParamError::OutOfRange { parameter: "hash_text", found: chars as u64, allowed });
        }
        let params = Argon2Params::read(self.passes, self.memory_kib, 1, 32, limits)?;
        let computed = argon2(Argon2Variant::Id, login_hash.as_bytes(), Argon2Salt::read(&self.salt)?, &params);
        let mut hash = [0; 32];
        hash.copy_from_slice(&computed);
        Ok(hash)
    }
}

/// A PHC string while it is read.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A text that must stand here.
    fn skip(&mut self, literal: &str) -> Result<(), OpenError> {
        if !self.text[self.at..].starts_with(literal) {
            return Err(self.malformed(format!("expected `{literal}`")));
        }
        self.at += literal.len();
        Ok(())
    }

    /// What stands here, up to a separator.
    fn value(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let value = &rest[..rest.find(['$', ',']).unwrap_or(rest.len())];
        self.at += value.len();
        value
    }

    /// A value that may be one thing only.
    fn fixed(&mut self, only: &str, allowed: &'static str) -> Result<(), OpenError> {
        match self.value() {
            "" => Err(self.malformed(format!("expected {allowed}"))),
            found if found == only => Ok(()),
            found => Err(OpenError::parameter(STORED, &format!("{found:?}"), allowed)),
        }
    }

    /// A decimal number in its one spelling.
    fn number(&mut self) -> Result<u64, OpenError> {
        let start = self.at;
        let digits = self.value();
        let number = digits.parse::<u64>().ok().filter(|number| number.to_string() == digits);
        number.ok_or_else(|| Self { at: start, ..*self }.malformed("expected a decimal number".to_owned()))
    }

    /// Base64 of exactly `N` bytes.
    fn bytes<const N: usize>(&mut self, allowed: &'static str) -> Result<[u8; N], OpenError> {
        let start = self.at;
        let decoded = Base64::StandardUnpadded.decode(self.value());
        let bytes =
            decoded.map_err(|error| OpenError::encoding(STORED, &EncodingError { at: start + error.at, ..error }))?;
        let length = bytes.len();
        bytes.try_into().map_err(|_| OpenError::parameter(STORED, &format!("{length} bytes"), allowed))
    }

    fn end(&self) -> Result<(), OpenError> {
        if self.at < self.text.len() {
            return Err(self.malformed("expected the end".to_owned()));
        }
        Ok(())
    }

    fn malformed(&self, what: String) -> OpenError {
        OpenError::Malformed { member: STORED.to_owned(), at: self.at, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORED_PLAIN: &str = "$argon2id$v=19$m=64,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$";

    fn stored() -> String {
        server_hash("hash", &std::array::from_fn(|at| u8::try_from(at).unwrap()), &Limits::default()).unwrap()
    }

    /// A server that compares with the zeros, or without, locks its users out when a library is replaced.
    #[test]
    fn zeros_at_the_end_are_no_part_of_the_hash() {
        let stored = stored();
        assert!(stored.starts_with(STORED_PLAIN));
        assert_eq!(stored.len(), 128);
        for stored in [stored.as_str(), stored.trim_end_matches('\0')] {
            assert_eq!(server_verify("hash", stored, &Limits::default()), Ok(true));
            assert_eq!(server_verify("hash ", stored, &Limits::default()), Ok(false));
        }
        assert!(server_verify("hash", &format!("{}\0", stored.trim_end_matches('\0')), &Limits::default()).is_err());
    }

    /// A stored hash that asks for 4 TiB must not take the server down.
    #[test]
    fn a_stored_hash_is_bounded_and_told_apart() {
        let stored = stored();
        for (from, to, told) in [
            ("m=64", "m=4294967295", "`memory_kib` asks for 4294967295, the ceiling is 1048576"),
            ("m=64", "m=7", "`memory_kib` is 7, allowed is 8 × lanes to 2^32 - 1 KiB"),
            ("m=64", "m=064", "`stored_text`, byte 17: expected a decimal number"),
            ("m=64", "m=-1", "`stored_text`, byte 17: expected a decimal number"),
            ("t=3", "t=0", "`passes` is 0, allowed is 1 to 2^32 - 1"),
            ("p=1", "p=2", "`stored_text` is \"2\", allowed is 1 lane"),
            ("argon2id", "argon2i", "`stored_text` is \"argon2i\", allowed is argon2id"),
            ("v=19", "v=16", "`stored_text` is \"16\", allowed is version 19"),
            ("v=19$", "", "`stored_text`, byte 9: expected `$v=`"),
            ("AAEC", "AA-C", "`stored_text`, byte 30: not of this base64 alphabet"),
            ("AAEC", "", "`stored_text` is 13 bytes, allowed is a salt of 16 bytes"),
        ] {
            let refused = server_verify("hash", &stored.replacen(from, to, 1).replace('\0', ""), &Limits::default());
            assert_eq!(refused.unwrap_err().to_string(), told, "{from} {to}");
        }
    }

    /// Upstream has no known answers; these are what `@notesnook/crypto` 2.1.3 gives under node for the text of the salt.
    #[test]
    fn the_login_hash_is_the_clients() {
        for (password, hash) in [
            ("password", "A80R53ca3Zsf6DtjKhBqsWlCf7R7c0z-TDL6XENQGZg"),
            ("", "8Gwn2MVL18-fFDDLM2dSIkX83eEjNsowbNyTDcuScyI"),
        ] {
            assert_eq!(login_hash("User@Example.COM", password, Cost::LOGIN, &Limits::default()).as_deref(), Ok(hash));
        }
    }
}
