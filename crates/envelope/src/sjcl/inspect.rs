//! What an SJCL envelope says of itself.

use serde_json::{Map, Value as Json};

use super::{Envelope, IV_BYTES, TAG_BYTES};
use crate::inspection::{members, text_of};
use crate::{Format, Inspection};
use document::encoding::Base64;
use primitives::Limits;

/// The format `sjcl`: the JSON text alone.
pub struct Sjcl;

impl Format for Sjcl {
    fn id(&self) -> &'static str {
        "sjcl"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let members = members(bytes);
        members.contains_key("ct") && members.contains_key("iv") && !members.contains_key("secureData")
    }

    fn inspect(&self, bytes: &[u8]) -> Inspection {
        let mut seen = Inspection::new(self.id());
        seen.note(
            "alone it has no salt: Autonomail's record holds base64 of such a text in secureData, and the salt beside it",
        );
        tell(bytes, &mut seen);
        seen.strictly(Envelope::read(bytes, &Limits::default()));
        seen
    }
}

/// Adds what a JSON text, alone or inside a record, says of itself.
pub(crate) fn tell(text: &[u8], seen: &mut Inspection) {
    let members = members(text);
    tell_parameters(&members, seen);
    tell_oddities(&members, seen);
    tell_spelling(text, &members, seen);
}

fn tell_parameters(members: &Map<String, Json>, seen: &mut Inspection) {
    for (name, member) in [("cipher", "cipher"), ("mode", "mode"), ("key bits", "ks"), ("tag bits", "ts")] {
        if let Some(value) = members.get(member) {
            seen.parameter(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
    }
    if let Some(iv) = bytes_of(members, "iv") {
        seen.parameter("IV bytes", &iv.len());
    }
    if let Some(sealed) = bytes_of(members, "ct") {
        let tag_bytes = tag_bits(members).map_or(TAG_BYTES, |bits| bits / 8);
        match sealed.len().checked_sub(tag_bytes) {
            Some(plaintext_bytes) => seen.parameter("plaintext bytes", &plaintext_bytes),
            None => seen.danger(format!(
                "ct has {} bytes, fewer than its tag of {tag_bytes}: is it complete, and is the tag there?",
                sealed.len()
            )),
        }
    }
}

fn tell_oddities(members: &Map<String, Json>, seen: &mut Inspection) {
    seen.note(
        "the header is not authenticated: anyone who holds the envelope can change every member except iv and ct",
    );
    if members.contains_key("salt") {
        seen.odd("it has a salt: SJCL itself sealed it under a password (PBKDF2-HMAC-SHA256), not under a raw key");
    } else if let Some(iterations) = members.get("iter") {
        seen.note(format!("iter {iterations} is not used: nothing is derived from a raw key"));
    }
    if let Some(bits @ 0..128) = tag_bits(members) {
        seen.danger(format!("a tag of {bits} bits: anyone can cut a full tag to this length"));
    }
    if let Some(iv) = bytes_of(members, "iv").filter(|iv| iv.len() != IV_BYTES) {
        seen.odd(format!("an IV of {} bytes; SJCL writes {IV_BYTES} by default", iv.len()));
    }
    if text_of(members, "adata").is_some_and(|adata| !adata.is_empty()) {
        seen.odd("adata: SJCL before and after 1.0.2 encode it differently and cannot read each other's envelopes");
    }
}

/// What SJCL's own reader does not take, and who writes it so.
fn tell_spelling(text: &[u8], members: &Map<String, Json>, seen: &mut Inspection) {
    if text.contains(&b'\\') {
        seen.odd("escapes (\\u002b, \\/) in SJCL's text: its own reader knows none. Writers of JSON that are careful for HTML spell + / = so (System.Text.Json, Gson, PHP) until told otherwise");
    }
    for member in ["iv", "ct"] {
        if let Some(value) = text_of(members, member) {
            seen.spelling(member, value);
        }
    }
}

fn tag_bits(members: &Map<String, Json>) -> Option<usize> {
    members.get("ts").and_then(Json::as_u64).and_then(|bits| usize::try_from(bits).ok())
}

fn bytes_of(members: &Map<String, Json>, name: &str) -> Option<Vec<u8>> {
    text_of(members, name).and_then(|text| Base64::Standard.decode(text).ok())
}
