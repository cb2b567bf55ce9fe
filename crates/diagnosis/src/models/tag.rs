//! How a sealed message carries its tag, and how the tag is checked: what both ciphers have in common.

use crate::computed::{Computed, Stop};
use vectors::Reason;

/// Ciphertext and tag.
pub type Apart<'a> = Computed<(&'a [u8], &'a [u8])>;

/// The steps around a tag.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// Ciphertext and tag as they are sent.
    pub join: fn(&[u8], &[u8]) -> Vec<u8>,
    /// Ciphertext and tag of what was sent, by the tag's length in bytes.
    pub split: fn(&[u8], usize) -> Apart<'_>,
    /// Whether the computed tag and the one that was sent are alike.
    pub fits: fn(&[u8], &[u8]) -> bool,
    /// What is given back of the decrypted text when they are not.
    pub unfit: fn(Vec<u8>) -> Computed<Vec<u8>>,
}

impl Tag {
    /// The tag behind the ciphertext, every byte of it compared.
    pub const RIGHT: Self = Self {
        join: |ciphertext, tag| [ciphertext, tag].concat(),
        split: |sealed, tag_length| match sealed.len().checked_sub(tag_length) {
            Some(text) => Ok(sealed.split_at(text)),
            None => Err(Stop::Refuse(Reason::Authentication)),
        },
        fits: |computed, sent| computed == sent,
        unfit: |_| Err(Stop::Refuse(Reason::Authentication)),
    };
}

/// Bytes and the zeros that fill their last block of 16.
#[must_use]
pub fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut whole = bytes.to_vec();
    whole.resize(bytes.len().next_multiple_of(16), 0);
    whole
}
