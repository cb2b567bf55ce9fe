//! Steps of JSON: bytes, members as they stand in the text, and writing.
//!
//! Reading is a rewriting: whatever a lenient reader takes is put as the strict one wants it.

use ::document::{Member, Members};

use super::Envelope;
use crate::computed::Computed;

/// The documents that are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Autonomail's record as documented.
    Documented,
    /// Autonomail's record of 2014.
    Client2014,
    /// The SJCL text inside either record.
    Sjcl,
    /// Notesnook's envelope under a password.
    Password,
    /// Notesnook's synced item.
    Item,
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

    /// A document of these members.
    pub(super) fn write(&self, written: &Written<'_>, members: Vec<Member>) -> Vec<u8> {
        let members = (self.document.written)(written, Members(members));
        (self.document.write)(written.form, &members)
    }
}
