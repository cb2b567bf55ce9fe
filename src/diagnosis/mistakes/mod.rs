//! The catalogue: every known mistake, one entry each, by the part that it is made in.

mod account;
mod argon2;
mod autonomail;
mod base64;
mod blake2b;
mod compare;
mod drawing;
mod fortuna;
mod gcm;
mod gcm_tag;
mod hash;
mod hchacha;
mod hmac;
mod json;
mod lookalikes;
mod notesnook;
mod opening;
mod pbkdf2;
mod plaintext;
mod poly1305;
mod sjcl_prng;
mod taking;
#[cfg(test)]
mod tests;
mod text;
mod xchacha;
use super::models::envelope::Envelope;
use super::{Mistake, Parts};

/// The chapters of the catalogue.
static CHAPTERS: &[&[Mistake]] = &[
    hash::MISTAKES,
    hmac::MISTAKES,
    blake2b::MISTAKES,
    pbkdf2::MISTAKES,
    pbkdf2::inputs::MISTAKES,
    pbkdf2::costs::MISTAKES,
    argon2::inputs::MISTAKES,
    argon2::MISTAKES,
    argon2::sizes::MISTAKES,
    argon2::hashing::MISTAKES,
    argon2::filling::MISTAKES,
    gcm::MISTAKES,
    gcm_tag::MISTAKES,
    hchacha::MISTAKES,
    xchacha::MISTAKES,
    poly1305::MISTAKES,
    fortuna::MISTAKES,
    sjcl_prng::MISTAKES,
    text::MISTAKES,
    plaintext::MISTAKES,
    base64::MISTAKES,
    json::MISTAKES,
    json::numbers::MISTAKES,
    json::writing::MISTAKES,
    opening::MISTAKES,
    autonomail::MISTAKES,
    autonomail::sjcl_text::MISTAKES,
    autonomail::writing::MISTAKES,
    notesnook::MISTAKES,
    notesnook::reading::MISTAKES,
    notesnook::writing::MISTAKES,
    account::MISTAKES,
    account::server::MISTAKES,
    drawing::MISTAKES,
];

/// Every known mistake, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Mistake> {
    CHAPTERS.iter().copied().flatten()
}

/// The mistake of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Mistake> {
    all().find(|mistake| mistake.name == name)
}

/// Everything that opens an envelope.
const ENVELOPES_OPEN: &[&str] = &["autonomail.open", "autonomail-2014.open", "notesnook.open", "notesnook-item.open"];

/// Everything that seals one.
const ENVELOPES_SEAL: &[&str] = &["autonomail.seal", "autonomail-2014.seal", "notesnook.seal", "notesnook-item.seal"];

/// The steps of envelopes, to make a mistake in one of them.
fn envelope(parts: &mut Parts) -> &mut Envelope {
    parts.envelope.get_or_insert(Envelope::RIGHT)
}
