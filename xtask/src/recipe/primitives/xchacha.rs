//! HChaCha20 and XChaCha20-Poly1305-IETF: Notesnook's cipher.

use crate::builder::Recipe;

mod aead;
mod chosen;
mod edges;
mod flags;
mod late;
mod message;
mod solve;
mod subkey;
mod tampered;

pub(super) fn recipes() -> Vec<Recipe> {
    let mut recipes = subkey::recipes();
    recipes.extend(aead::recipes());
    recipes.extend(chosen::recipes());
    recipes
}
