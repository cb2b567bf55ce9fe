//! Steps between text and bytes: passwords and plaintexts.

use crate::computed::Computed;

/// The steps of text.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The bytes of a password that a key is derived from or that is hashed: its UTF-8.
    pub password: fn(&str) -> Computed<Vec<u8>>,
    /// What is sealed of a plaintext: its bytes.
    pub sealed: fn(&[u8]) -> Computed<Vec<u8>>,
    /// What is given back of a plaintext: its bytes.
    pub opened: fn(&[u8]) -> Computed<Vec<u8>>,
}

impl Text {
    /// Every byte as it is.
    pub const RIGHT: Self = Self {
        password: |text| Ok(text.as_bytes().to_vec()),
        sealed: |plaintext| Ok(plaintext.to_vec()),
        opened: |plaintext| Ok(plaintext.to_vec()),
    };
}
