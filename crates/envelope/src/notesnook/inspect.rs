//! What Notesnook's envelopes and stored hashes say of themselves.

use serde_json::{Map, Value as Json};

use super::account::StoredHash;
use super::cipher::{Item, PasswordEnvelope};
use super::{KEY_MEMORY_KIB, NONCE_BYTES, PASSES, SALT_BYTES};
use crate::inspection::{bytes_in_words, members, text_of};
use crate::{Format, Inspection};
use document::encoding::Base64;
use primitives::Limits;
use primitives::xchacha::TAG_BYTES;

/// The format `notesnook`: an envelope under a password.
pub struct Notesnook;

/// The format `notesnook-item`: a synced item under a key.
pub struct NotesnookItem;

/// The format `notesnook-server-hash`: what the server keeps of a login hash. It is no envelope and has no operation of
/// its name.
pub struct NotesnookServerHash;

impl Format for Notesnook {
    fn id(&self) -> &'static str {
        "notesnook"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let members = members(bytes);
        is_envelope(&members) && !is_item(&members)
    }

    fn inspect(&self, bytes: &[u8]) -> Inspection {
        let mut seen = Inspection::new(self.id());
        let members = members(bytes);
        seen.parameter("key", &format!("Argon2i, {PASSES} passes, {KEY_MEMORY_KIB} KiB, 1 lane"));
        seen.note(
            "the envelope does not contain the derivation's parameters: a wrong cost looks like a wrong password",
        );
        if !members.contains_key("salt") {
            seen.danger("no salt: no key can be derived from a password");
        }
        tell_members(&members, &mut seen);
        seen.strictly(PasswordEnvelope::read(bytes, &Limits::default()));
        seen
    }
}

impl Format for NotesnookItem {
    fn id(&self) -> &'static str {
        "notesnook-item"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let members = members(bytes);
        is_envelope(&members) && is_item(&members)
    }

    fn inspect(&self, bytes: &[u8]) -> Inspection {
        let mut seen = Inspection::new(self.id());
        let members = members(bytes);
        seen.parameter("key", &"passed in by the caller, 32 bytes");
        for (name, member) in [("outer id", "id"), ("database version", "v"), ("key version", "keyVersion")] {
            if let Some(value) = members.get(member) {
                seen.parameter(name, &shown(value));
            }
        }
        seen.note("id, v and keyVersion are not authenticated: anyone who holds the item can change them");
        if !members.contains_key("salt") {
            seen.note("no salt: the server drops it; opening under a key does not need it");
        }
        tell_members(&members, &mut seen);
        seen.strictly(Item::read(bytes, &Limits::default()));
        seen
    }
}

impl Format for NotesnookServerHash {
    fn id(&self) -> &'static str {
        "notesnook-server-hash"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"$argon2")
    }

    fn inspect(&self, bytes: &[u8]) -> Inspection {
        let mut seen = Inspection::new(self.id());
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_end_matches(['\r', '\n']);
        let plain = text.trim_end_matches('\0');
        if plain.len() < text.len() {
            seen.odd(format!(
                "zero bytes at the end ({}), as libsodium's buffer leaves them: some readers reject the string",
                text.len() - plain.len()
            ));
        }
        let read = StoredHash::read(text);
        if let Ok(stored) = &read {
            seen.parameter("hash", &"Argon2id, 1 lane");
            seen.parameter("passes", &stored.passes);
            seen.parameter("memory KiB", &stored.memory_kib);
            if stored.memory_kib < KEY_MEMORY_KIB {
                seen.note("little memory, but the input is a login hash, which is costly to compute");
            }
        }
        seen.strictly(read);
        seen
    }
}

/// SJCL's text has members of the same names beside its own `ct`.
fn is_envelope(members: &Map<String, Json>) -> bool {
    let has = |name| members.contains_key(name);
    has("cipher") && has("iv") && !has("ct") && !has("secureData")
}

fn is_item(members: &Map<String, Json>) -> bool {
    members.contains_key("id") || members.contains_key("v")
}

/// What both envelopes have.
fn tell_members(members: &Map<String, Json>, seen: &mut Inspection) {
    for (name, member, bytes) in [("salt bytes", "salt", SALT_BYTES), ("nonce bytes", "iv", NONCE_BYTES)] {
        let Some(found) = bytes_of(members, member) else { continue };
        seen.parameter(name, &found.len());
        if found.len() != bytes {
            seen.danger(format!("{member} has {} instead of {bytes}", bytes_in_words(found.len() as u64)));
        }
    }
    match members.get("alg").map(shown).as_deref() {
        None => seen.odd("no alg: written before 2021, or dropped by the server"),
        Some("xcha-argon2i13-7") => {}
        Some(alg) => {
            seen.odd(format!("alg {alg} is obsolete or unknown: clients ignore it, the strict reader rejects it"));
        }
    }
    if !members.contains_key("format") {
        seen.odd("no format: written by a phone, or dropped by the server; the web client needs it");
    }
    if members.contains_key("chunkSize") {
        seen.odd("chunkSize has no meaning here; the iOS client writes it");
    }
    tell_length(members, seen);
}

fn tell_length(members: &Map<String, Json>, seen: &mut Inspection) {
    if let Some(text) = text_of(members, "cipher") {
        seen.spelling("cipher", text);
    }
    let Some(sealed) = bytes_of(members, "cipher") else { return };
    let Some(plaintext_bytes) = sealed.len().checked_sub(TAG_BYTES) else {
        seen.danger(format!(
            "cipher has {} bytes, fewer than a tag of {TAG_BYTES}: is it complete, and is the tag there?",
            sealed.len()
        ));
        return;
    };
    seen.parameter("plaintext bytes", &plaintext_bytes);
    let Some(length) = members.get("length") else { return };
    let (found, words) = (plaintext_bytes as u64, bytes_in_words(plaintext_bytes as u64));
    match length.as_u64() {
        Some(length) if length == found => {}
        Some(length) if length == found + TAG_BYTES as u64 => seen.danger(format!(
            "length says {length}, but with a tag of {TAG_BYTES} bytes the cipher holds {words} of plaintext: {TAG_BYTES} bytes are missing, as many as a tag has. Is the tag there, is the file complete?"
        )),
        Some(length) if length > found => seen.danger(format!(
            "length says {length}, but the plaintext has {words}: {} missing. Is the file complete?",
            bytes_in_words(length - found)
        )),
        Some(length) => seen.danger(format!(
            "length says {length}, but the plaintext has {words}, {} more: its writer counted characters, or this is another text's cipher. A reader that trusts length truncates it",
            bytes_in_words(found - length)
        )),
        None => seen.danger(format!("length is {length}, which is no number of bytes; the plaintext has {words}")),
    }
}

fn bytes_of(members: &Map<String, Json>, name: &str) -> Option<Vec<u8>> {
    text_of(members, name).and_then(|text| Base64::UrlSafeUnpadded.decode(text).ok())
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
