//! The catalogue: every known mistake, one entry each, by the part that it is made in.

mod blake2b;
mod fortuna;
mod gcm;
mod sjcl_prng;

use super::Mistake;

/// The chapters of the catalogue.
static CHAPTERS: &[&[Mistake]] = &[gcm::MISTAKES, blake2b::MISTAKES, fortuna::MISTAKES, sjcl_prng::MISTAKES];

/// Every known mistake, in the order of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Mistake> {
    CHAPTERS.iter().copied().flatten()
}

/// The mistake of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Mistake> {
    all().find(|mistake| mistake.name == name)
}
