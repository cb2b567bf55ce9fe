//! SJCL's JSON envelope for a raw key in GCM mode (`sjcl.encrypt(key, text, {mode:"gcm", ks:256, ts:128, iv:…})`).
//!
//! In: the JSON text and a 32-byte key. Out: the plaintext, or the very bytes that SJCL writes:
//! `{"iv":"…","v":1,"iter":1000,"ks":256,"ts":128,"mode":"gcm","adata":"","cipher":"aes","ct":"…"}`.
//!
//! SJCL itself takes IVs of 5 to 16 bytes, tags of 64, 96 and 128 bits, JSON that is none and values that it then
//! ignores. This reader takes what SJCL writes by default and Autonomail asks for: four words of IV, the whole tag. The
//! header is not authenticated, so a shorter tag could be had by writing `"ts":64` and cutting the ciphertext. `iter` may
//! be any integer: a raw key is not derived, and the value is a decoy.

mod inspect;

use serde::Deserialize;
use zeroize::Zeroizing;

pub use inspect::Sjcl;
pub(super) use inspect::tell;

use super::{OpenError, json};
use crate::facts::{Layout, Member, Role, Values};
use document::{Base64, Encoding};
use primitives::Limits;
use primitives::gcm::{Gcm, Iv, TagLength};

/// Bytes of an IV: four words, SJCL's default.
pub const IV_BYTES: usize = 16;

/// Bytes of a tag.
const TAG_BYTES: usize = 16;

/// The document's name in errors; in an Autonomail record it stands in the member of this name.
const DOCUMENT: &str = "secureData";

/// The members as SJCL writes them.
pub static LAYOUT: Layout = Layout {
    members: &[
        Member::bytes("iv", Encoding::Base64(Base64::Standard), Role::Nonce),
        Member::number("v", Role::Other).always("1"),
        Member::number("iter", Role::Other).always("1000"),
        Member::number("ks", Role::Other).always("256"),
        Member::number("ts", Role::TagBits).always("128"),
        Member::text("mode", Role::Other).always("gcm"),
        Member::text("adata", Role::Aad).always(""),
        Member::text("cipher", Role::Other).always("aes"),
        Member::bytes("ct", Encoding::Base64(Base64::Standard), Role::Sealed),
    ],
    added: &[],
};

/// An envelope that has been read or sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The IV.
    pub iv: [u8; IV_BYTES],
    /// Ciphertext ‖ tag, at least a tag.
    pub sealed: Vec<u8>,
}

/// The members as they stand in the text; escapes have been refused by then, so texts can be borrowed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members<'a> {
    iv: &'a str,
    v: u64,
    #[serde(rename = "iter")]
    _iter: u64,
    ks: u64,
    ts: u64,
    mode: &'a str,
    adata: &'a str,
    cipher: &'a str,
    ct: &'a str,
}

impl Envelope {
    /// Reads an envelope: the nine members in any order, each as SJCL writes it.
    ///
    /// # Errors
    ///
    /// [`OpenError`] naming the member and the byte.
    pub fn read(text: &[u8], limits: &Limits) -> Result<Self, OpenError> {
        // `contains` looks at words, `position` at bytes.
        if text.contains(&b'\\')
            && let Some(at) = text.iter().position(|byte| *byte == b'\\')
        {
            let what = "SJCL's own reader knows no escapes".to_owned();
            return Err(OpenError::Malformed { member: DOCUMENT.to_owned(), at, what });
        }
        let members: Members<'_> = json::read(DOCUMENT, text, limits)?;
        members.check_header()?;
        let sealed = json::base64("secureData.ct", Base64::Standard, members.ct)?;
        if sealed.len() < TAG_BYTES {
            let what = "ends before a whole tag of 16 bytes".to_owned();
            return Err(OpenError::Malformed { member: "secureData.ct".to_owned(), at: members.ct.len(), what });
        }
        Ok(Self { iv: json::base64_of("secureData.iv", Base64::Standard, members.iv, "16 bytes")?, sealed })
    }

    /// Seals under a key that is used with this IV only once.
    #[must_use]
    pub fn seal(key: &[u8; 32], iv: &[u8; IV_BYTES], plaintext: &[u8]) -> Self {
        Self { iv: *iv, sealed: Gcm::new(key).seal(Iv::from(iv), b"", plaintext, TagLength::FULL) }
    }

    /// Opens under a key.
    ///
    /// # Errors
    ///
    /// [`OpenError::Authentication`] when the tag does not fit.
    pub fn open(&self, key: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        Ok(Gcm::new(key).open(Iv::from(&self.iv), b"", &self.sealed, TagLength::FULL)?)
    }

    /// Ciphertext ‖ tag, at least a tag.
    #[must_use]
    pub fn sealed(&self) -> &[u8] {
        &self.sealed
    }

    /// The text, byte for byte as SJCL writes it.
    #[must_use]
    pub fn write(&self) -> String {
        LAYOUT.write(&Values { nonce: Some(&self.iv), sealed: Some(&self.sealed), ..Values::default() })
    }
}

impl Members<'_> {
    /// The values that the format fixes.
    fn check_header(&self) -> Result<(), OpenError> {
        let numbers = [
            ("secureData.v", self.v, 1, "1"),
            ("secureData.ks", self.ks, 256, "256"),
            ("secureData.ts", self.ts, 128, "128"),
        ];
        for (member, found, fixed, allowed) in numbers {
            if found != fixed {
                return Err(OpenError::parameter(member, &found, allowed));
            }
        }
        let texts = [
            ("secureData.mode", self.mode, "gcm", "\"gcm\""),
            ("secureData.adata", self.adata, "", "\"\""),
            ("secureData.cipher", self.cipher, "aes", "\"aes\""),
        ];
        for (member, found, fixed, allowed) in texts {
            if found != fixed {
                return Err(OpenError::parameter(member, &format!("{found:?}"), allowed));
            }
        }
        Ok(())
    }
}
