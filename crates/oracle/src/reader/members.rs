//! What the members of an envelope hold: texts, integers, bytes of a fixed length.

use data_encoding::Encoding;

use super::object::{Object, Scalar};
use super::{malformed, parameter};
use crate::Declined;

impl Object {
    /// A text that must be there.
    pub(super) fn text(&self, name: &str) -> Result<&str, Declined> {
        self.text_if_any(name)?.ok_or_else(|| malformed(format!("no {name}")))
    }

    /// A text that may be missing.
    pub(super) fn text_if_any(&self, name: &str) -> Result<Option<&str>, Declined> {
        match self.get(name) {
            Some(Scalar::Text(text)) => Ok(Some(text)),
            Some(Scalar::Number(_)) => Err(malformed(format!("{name} is a number"))),
            None => Ok(None),
        }
    }

    /// A number as it is written, that may be missing.
    pub(super) fn number_if_any(&self, name: &str) -> Result<Option<&str>, Declined> {
        match self.get(name) {
            Some(Scalar::Number(digits)) => Ok(Some(digits)),
            Some(Scalar::Text(_)) => Err(malformed(format!("{name} is a text"))),
            None => Ok(None),
        }
    }

    /// A number as it is written, that must be there.
    pub(super) fn number(&self, name: &str) -> Result<&str, Declined> {
        self.number_if_any(name)?.ok_or_else(|| malformed(format!("no {name}")))
    }

    /// An integer from 0 that must be there.
    pub(super) fn count(&self, name: &str) -> Result<u64, Declined> {
        count(name, self.number(name)?)
    }

    /// An integer from 0 that may be missing.
    pub(super) fn count_if_any(&self, name: &str) -> Result<Option<u64>, Declined> {
        self.number_if_any(name)?.map(|digits| count(name, digits)).transpose()
    }

    /// A text that must be this one.
    pub(super) fn must_say(&self, name: &str, wanted: &str) -> Result<(), Declined> {
        match self.text(name)? {
            found if found == wanted => Ok(()),
            found => Err(parameter(format!("{name} is {found:?}"))),
        }
    }

    /// A text that may be missing, and must be this one where it stands.
    pub(super) fn may_say(&self, name: &str, wanted: &str) -> Result<(), Declined> {
        if self.get(name).is_some() { self.must_say(name, wanted) } else { Ok(()) }
    }

    /// A number that must be this one.
    pub(super) fn must_count(&self, name: &str, wanted: u64) -> Result<(), Declined> {
        match self.count(name)? {
            found if found == wanted => Ok(()),
            found => Err(parameter(format!("{name} is {found}"))),
        }
    }

    /// The bytes of a text that must be there.
    pub(super) fn bytes(&self, name: &str, encoding: &Encoding) -> Result<Vec<u8>, Declined> {
        decoded(name, self.text(name)?, encoding)
    }

    /// Exactly `N` bytes of a text that must be there.
    pub(super) fn sized<const N: usize>(&self, name: &str, encoding: &Encoding) -> Result<[u8; N], Declined> {
        sized(name, &self.bytes(name, encoding)?)
    }
}

/// The bytes that a text stands for, in the one spelling that the encoding writes: `data-encoding` also takes padded texts
/// that follow one another (`QQ==QQ==`).
pub(super) fn decoded(name: &str, text: &str, encoding: &Encoding) -> Result<Vec<u8>, Declined> {
    let bytes = encoding.decode(text.as_bytes()).map_err(|error| malformed(format!("{name}: {error}")))?;
    if encoding.encode(&bytes) == text {
        Ok(bytes)
    } else {
        Err(malformed(format!("{name}: not the canonical encoding")))
    }
}

/// These bytes, which must be `N`.
pub(super) fn sized<const N: usize>(name: &str, bytes: &[u8]) -> Result<[u8; N], Declined> {
    bytes.try_into().map_err(|_| parameter(format!("{name} has {} bytes", bytes.len())))
}

/// Digits alone: JSON's grammar has seen to leading zeros, and a sign, fraction or exponent is no digit.
fn count(name: &str, digits: &str) -> Result<u64, Declined> {
    let digits_alone = digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits_alone.then(|| digits.parse().ok()).flatten();
    number.ok_or_else(|| malformed(format!("{name} is not an integer from 0 to 2^64 - 1")))
}
