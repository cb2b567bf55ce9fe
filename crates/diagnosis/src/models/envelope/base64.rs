//! Steps of base64 and hex.
//!
//! Reading is a rewriting: whatever a lenient decoder takes is spelt as the strict one wants it.

use super::Envelope;
use super::document::Form;
use crate::computed::Computed;
use ::document::{self, Members, quoted};
use document::Base64;
use envelope::facts;

/// The steps of the text encodings of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    /// How base64 is spelt before it is read strictly: as it stands.
    pub base64: fn(Base64, &str) -> Computed<String>,
    /// How hex is spelt before it is read strictly: as it stands.
    pub hex: fn(&str) -> Computed<String>,
    /// Bytes as base64.
    pub write_base64: fn(Base64, &[u8]) -> String,
    /// Bytes as hex.
    pub write_hex: fn(&[u8]) -> String,
}

impl Encoding {
    /// One spelling for each byte string.
    pub const RIGHT: Self = Self {
        base64: |_, text| Ok(text.to_owned()),
        hex: |text| Ok(text.to_owned()),
        write_base64: |dialect, bytes| dialect.encode(bytes),
        write_hex: |bytes| hex::encode(bytes),
    };

    /// The members with every encoded one spelt anew.
    pub(super) fn respelt(&self, form: Form, mut members: Members) -> Computed<Members> {
        for member in &mut members.0 {
            let encoding = form.layout().named(&member.name()).and_then(facts::Member::encoding);
            let (Some(encoding), Some(text)) = (encoding, member.text()) else { continue };
            let respelt = match encoding {
                document::Encoding::Base64(dialect) => (self.base64)(dialect, &text)?,
                document::Encoding::Hex => (self.hex)(&text)?,
            };
            if respelt != text {
                member.value = quoted(&respelt);
            }
        }
        Ok(members)
    }
}

impl Envelope {
    /// A JSON text that holds bytes as base64.
    pub(super) fn base64_text(&self, dialect: Base64, bytes: &[u8]) -> String {
        quoted(&(self.encoding.write_base64)(dialect, bytes))
    }
}
