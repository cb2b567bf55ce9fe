//! Steps of JSON: bytes, members as they stand in the text, and writing.
//!
//! Reading is a rewriting: whatever a lenient reader takes is put as the strict one wants it.

use ::document::{Encoding, Members};
use envelope::autonomail::Profile;
use envelope::facts::{Layout, Values};
use envelope::{notesnook, sjcl};

use super::Envelope;
use crate::computed::Computed;

/// The documents that are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The record of a profile.
    Record(Profile),
    /// The text inside either record.
    Sjcl,
    /// An envelope under a password.
    Password,
    /// A synced item under a key.
    Item,
}

impl Form {
    /// Its members.
    #[must_use]
    pub fn layout(self) -> &'static Layout {
        match self {
            Self::Record(profile) => profile.layout(),
            Self::Sjcl => &sjcl::LAYOUT,
            Self::Password => &notesnook::PASSWORD_MEMBERS,
            Self::Item => &notesnook::ITEM_MEMBERS,
        }
    }
}

/// The steps of JSON.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// The bytes of a document before it is taken apart: as they are.
    pub bytes: fn(Form, &[u8]) -> Computed<Vec<u8>>,
    /// Its members before they are read strictly: as they stand.
    pub members: fn(Form, Members) -> Computed<Members>,
    /// The members that are written.
    pub written: fn(&Written<'_>, Members) -> Members,
    /// How they are written: without a space.
    pub write: fn(Form, &Members) -> Vec<u8>,
}

/// What a document is written of, beside its members.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The document.
    pub form: Form,
    /// The plaintext.
    pub plaintext: &'a [u8],
    /// The iteration count, where there is one.
    pub iterations: u64,
}

impl Document {
    /// JSON as the formats have it.
    pub const RIGHT: Self = Self {
        bytes: |_, text| Ok(text.to_vec()),
        members: |_, members| Ok(members),
        written: |_, members| members,
        write: |_, members| members.write().into_bytes(),
    };
}

impl Envelope {
    /// A document as the strict reader then reads it.
    pub(super) fn rewritten(&self, form: Form, text: &[u8]) -> Computed<Vec<u8>> {
        let bytes = (self.document.bytes)(form, text)?;
        let Some(members) = Members::read(&bytes) else { return Ok(bytes) };
        let members = (self.document.members)(form, members)?;
        Ok(self.encoding.respelt(form, members)?.write().into_bytes())
    }

    /// The members of a document of these values, bytes spelled as this port spells them.
    pub(super) fn members(&self, form: Form, values: &Values<'_>) -> Members {
        form.layout().members(values, &|encoding, bytes| match encoding {
            Encoding::Hex => (self.encoding.write_hex)(bytes),
            Encoding::Base64(dialect) => (self.encoding.write_base64)(dialect, bytes),
        })
    }

    /// A document of these members.
    pub(super) fn write(&self, written: &Written<'_>, members: Members) -> Vec<u8> {
        let members = (self.document.written)(written, members);
        (self.document.write)(written.form, &members)
    }
}
