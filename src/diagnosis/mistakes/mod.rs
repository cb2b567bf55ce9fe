//! The catalogue: every known mistake, one entry each, by the part that it is made in.

mod blake2b;
mod compare;
mod gcm;
mod gcm_tag;
mod hchacha;
mod poly1305;
mod xchacha;

use super::Mistake;

/// The chapters of the catalogue.
static CHAPTERS: &[&[Mistake]] =
    &[gcm::MISTAKES, gcm_tag::MISTAKES, hchacha::MISTAKES, xchacha::MISTAKES, poly1305::MISTAKES, blake2b::MISTAKES];

/// Every known mistake, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Mistake> {
    CHAPTERS.iter().copied().flatten()
}

/// The mistake of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Mistake> {
    all().find(|mistake| mistake.name == name)
}
