//! Bytes as the kinds look at them: as they are, as text, as the members of a JSON object, as bytes behind base64 or hex.
//! Layer: `foreign`; pure.

use std::cell::OnceCell;

use serde_json::{Map, Value as Json};

use crate::inspection::{members, text_of};
use document::encoding::Base64;

/// Bytes of unknown kind.
pub(super) struct Given<'a> {
    /// As they are.
    pub(super) bytes: &'a [u8],
    /// As text, without white space around it; empty where they are no UTF-8.
    pub(super) text: &'a str,
    members: OnceCell<Map<String, Json>>,
}

impl<'a> Given<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        Self { bytes, text: text.trim_matches(|c: char| c.is_whitespace() || c == '\0'), members: OnceCell::new() }
    }

    /// The members of the object that the text is; none of anything else.
    pub(super) fn members(&self) -> &Map<String, Json> {
        self.members.get_or_init(|| if self.text.starts_with('{') { members(self.text.as_bytes()) } else { Map::new() })
    }

    /// Whether it is an object that has all of these members.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.members().contains_key(*name))
    }

    /// A member's text.
    pub(super) fn member(&self, name: &str) -> Option<&str> {
        text_of(self.members(), name)
    }

    /// A member as it would be read aloud: a text without its quotes.
    pub(super) fn shown(&self, name: &str) -> Option<String> {
        let value = self.members().get(name)?;
        Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }
}

/// The bytes behind base64 of any alphabet, with or without padding, in lines or not.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let plain: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let unpadded = plain.trim_end_matches('=');
    if plain.len() - unpadded.len() > 2 || unpadded.is_empty() {
        return None;
    }
    let one = if unpadded.contains(['-', '_']) { Base64::UrlSafeUnpadded } else { Base64::StandardUnpadded };
    one.decode(unpadded).ok()
}

/// The bytes behind hex in small letters or capitals.
pub(super) fn hex_bytes(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() { None } else { hex::decode(text).ok() }
}

/// How many bytes a text spells, and in what: hex before base64.
pub(super) fn spelled(text: &str) -> Option<(usize, &'static str)> {
    hex_bytes(text).map(|bytes| (bytes.len(), "hex")).or_else(|| base64(text).map(|bytes| (bytes.len(), "base64")))
}
