//! The catalogue: every known mistake, one entry each, by the part that it is made in.

mod account;
mod argon2;
mod autonomail;
mod base64;
mod blake2b;
mod chapters;
mod compare;
mod dialects;
mod drawing;
mod fortuna;
mod gcm;
mod gcm_tag;
mod hash;
mod hchacha;
mod hmac;
mod json;
mod lookalikes;

pub(crate) use lookalikes::sha1;
mod notesnook;
mod opening;
mod pbkdf2;
mod pieces;
mod plaintext;
mod poly1305;
mod sjcl_prng;
mod taking;
#[cfg(test)]
mod tests;
mod text;
mod xchacha;
pub use self::chapters::Chapter;
use super::models::envelope::Envelope;
use super::{Mistake, Parts};

/// Every known mistake, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Mistake> {
    chapters().iter().flat_map(|chapter| chapter.mistakes)
}

/// The chapters, in the order of the catalogue.
#[must_use]
pub fn chapters() -> &'static [Chapter] {
    chapters::CHAPTERS
}

/// The chapter that holds the mistake of this name.
#[must_use]
pub fn chapter_of(name: &str) -> Option<&'static Chapter> {
    chapters().iter().find(|chapter| chapter.mistakes.iter().any(|mistake| mistake.name == name))
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
