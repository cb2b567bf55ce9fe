//! The catalogue: every known mistake, one entry each, by the part that it is made in.

mod argon2;
mod blake2b;
mod compare;
mod gcm;
mod gcm_tag;
mod hash;
mod hchacha;
mod hmac;
mod lookalikes;
mod pbkdf2;
mod poly1305;
mod taking;
#[cfg(test)]
mod tests;
mod xchacha;

use super::Mistake;

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
