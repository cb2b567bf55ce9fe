//! The recipes of the primitives' vectors.
//!
//! In: a key stream. Out: one file each, whose answers come from the oracles (see [`FileBuilder::confirm`]); what a recipe
//! itself computes are inputs and intermediate values.
//!
//! [`FileBuilder::confirm`]: crate::builder::FileBuilder::confirm

mod argon2;
mod blake2b;
mod fortuna;
mod gcm;
mod hmac;
mod pbkdf2;
mod sha512;
mod tags;
mod xchacha;

use crate::builder::Recipe;
use vectors::Reason;

/// The recipes of all primitives, in the order of the protocol page.
pub(super) fn recipes() -> Vec<Recipe> {
    let mut recipes = sha512::recipes();
    recipes.extend(hmac::recipes());
    recipes.extend(blake2b::recipes());
    recipes.extend(pbkdf2::recipes());
    recipes.extend(argon2::recipes());
    recipes.extend(gcm::recipes());
    recipes.extend(xchacha::recipes());
    recipes.extend(fortuna::recipes());
    recipes
}

/// A tag that does not fit.
const AUTHENTICATION: &[Reason] = &[Reason::Authentication];
/// A value outside the range; a size that a type cannot hold may well count as a request that does not parse.
const PARAMETER: &[Reason] = &[Reason::Parameter, Reason::Malformed];
/// Too few bytes to hold a tag: no tag that fits, or nothing that could be read.
const TOO_SHORT: &[Reason] = &[Reason::Authentication, Reason::Malformed, Reason::Parameter];
/// A cost that is absurd; a port may have put its ceiling into the range of the parameter.
const TOO_COSTLY: &[Reason] = &[Reason::TooCostly, Reason::Parameter];

/// A copy with some bits of one byte flipped.
fn flipped(bytes: &[u8], at: usize, bits: u8) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    copy[at] ^= bits;
    copy
}
