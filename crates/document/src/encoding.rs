//! The text encodings of bytes that the envelopes use, read strictly: one spelling for each byte string.

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The dialects of base64 (RFC 4648) that the envelopes use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base64 {
    /// §4, alphabet with `+` and `/`, padded: SJCL and the Autonomail record.
    Standard,
    /// §4's alphabet, unpadded: PHC strings.
    StandardUnpadded,
    /// §5, alphabet with `-` and `_`, unpadded: libsodium's variant 7, Notesnook.
    UrlSafeUnpadded,
}

/// How bytes are spelled in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Pairs of hex digits.
    Hex,
    /// Base64 of this dialect.
    Base64(Base64),
}

/// Text that is not an encoding of bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {problem}")]
pub struct EncodingError {
    /// Offset in the text, in bytes.
    pub at: usize,
    /// What stands there.
    pub problem: &'static str,
}

impl Base64 {
    /// Bytes to text.
    #[must_use]
    pub fn encode(self, bytes: &[u8]) -> String {
        self.engine().encode(bytes)
    }

    /// Text to bytes. Other alphabets, missing, extra or misplaced padding, white space and non-zero spare bits are refused.
    ///
    /// # Errors
    ///
    /// [`EncodingError`] with the offset of the first character that does not fit.
    pub fn decode(self, text: &str) -> Result<Vec<u8>, EncodingError> {
        self.engine().decode(text).map_err(|error| match error {
            base64::DecodeError::InvalidByte(at, b'=') => EncodingError { at, problem: "padding in the wrong place" },
            base64::DecodeError::InvalidByte(at, _) => EncodingError { at, problem: "not of this base64 alphabet" },
            base64::DecodeError::InvalidLength(at) => {
                EncodingError { at, problem: "a lone character at the end is no byte" }
            }
            base64::DecodeError::InvalidLastSymbol { offset, .. } => {
                EncodingError { at: offset, problem: "the last character carries bits that are not zero" }
            }
            base64::DecodeError::InvalidPadding => {
                EncodingError { at: text.len(), problem: "padding is missing or not canonical" }
            }
        })
    }

    fn engine(self) -> &'static GeneralPurpose {
        match self {
            Self::Standard => &STANDARD,
            Self::StandardUnpadded => &STANDARD_NO_PAD,
            Self::UrlSafeUnpadded => &URL_SAFE_NO_PAD,
        }
    }
}

impl Encoding {
    /// Bytes to text; hex in small letters.
    #[must_use]
    pub fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => hex::encode(bytes),
            Self::Base64(dialect) => dialect.encode(bytes),
        }
    }

    /// Text to bytes, hex in small letters or capitals; `None` where it spells none.
    #[must_use]
    pub fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => hex::decode(text).ok(),
            Self::Base64(dialect) => dialect.decode(text).ok(),
        }
    }
}

/// Lower-case hex to bytes.
///
/// # Errors
///
/// [`EncodingError`] with the offset of the first character that is not a lower-case hex digit, or of the end where a digit is missing.
pub fn decode_hex(text: &str) -> Result<Vec<u8>, EncodingError> {
    let digit = |at: usize| match text.as_bytes().get(at) {
        Some(digit @ b'0'..=b'9') => Ok(digit - b'0'),
        Some(digit @ b'a'..=b'f') => Ok(digit - b'a' + 10),
        Some(_) => Err(EncodingError { at, problem: "not a lower-case hex digit" }),
        None => Err(EncodingError { at, problem: "an odd number of hex digits" }),
    };
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for at in (0..text.len()).step_by(2) {
        bytes.push(digit(at)? << 4 | digit(at + 1)?);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two spellings of one envelope would let a copy pass as a new one.
    #[test]
    fn each_byte_string_has_one_spelling() {
        for (dialect, text) in [
            (Base64::Standard, "QQ"),
            (Base64::Standard, "QR=="),
            (Base64::Standard, "QQ==\n"),
            (Base64::Standard, " QQ=="),
            (Base64::Standard, "QQ==="),
            (Base64::Standard, "Q=Q="),
            (Base64::Standard, "-_8="),
            (Base64::StandardUnpadded, "QQ=="),
            (Base64::StandardUnpadded, "-_8"),
            (Base64::UrlSafeUnpadded, "QQ=="),
            (Base64::UrlSafeUnpadded, "QR"),
            (Base64::UrlSafeUnpadded, "A"),
            (Base64::UrlSafeUnpadded, "+/8"),
            (Base64::UrlSafeUnpadded, "QQ\0"),
        ] {
            assert!(dialect.decode(text).is_err(), "{dialect:?} {text:?}");
        }
        assert_eq!(Base64::Standard.decode("+/8=").unwrap(), Base64::UrlSafeUnpadded.decode("-_8").unwrap());
        for text in ["AB", "a", "0x", "é0"] {
            assert!(decode_hex(text).is_err(), "{text:?}");
        }
    }
}
