//! The recipes, a folder a family: valid things, and each of them with one thing changed.
//!
//! They build every byte by hand, from values of the oracles. On purpose they use neither the writers nor the readers of the crate
//! `envelope`: an error there must not write itself into the vectors.

mod autonomail;
mod notesnook;
mod primitives;

use crate::builder::Recipe;

/// Every recipe, one line each.
#[must_use]
pub fn recipes() -> Vec<Recipe> {
    let mut recipes = primitives::recipes();
    recipes.extend_from_slice(autonomail::RECIPES);
    recipes.extend_from_slice(notesnook::RECIPES);
    recipes
}
