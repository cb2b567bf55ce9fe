//! Recipes from a seed: the same seed and number give the same recipe, whatever the port's speed. Layer: `fuzzing`; pure.

use super::bases::{Bases, Menu};
use super::change::{Change, Edit};
use super::recipe::{CHANGES_MAX, Recipe};

/// Draws recipes.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    seed: u64,
}

impl Source {
    /// The source of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The recipe of this number. `kept` are recipes that showed something new; a quarter of the draws go on from one of
    /// them, with a change more, fewer, or drawn anew.
    ///
    /// # Panics
    ///
    /// When there are no cases to draw from.
    #[must_use]
    pub fn recipe(&self, number: u64, bases: &Bases<'_>, kept: &[Recipe]) -> Recipe {
        let mut random = fastrand::Rng::with_seed(mixed(self.seed, number));
        if !kept.is_empty() && random.u8(..4) == 0 {
            let known = &kept[random.usize(..kept.len())];
            if let Some(menu) = bases.menu_of(known) {
                return continued(known, menu, &mut random);
            }
        }
        let menu = bases.pick(&mut random);
        let count = match random.u8(..16) {
            0..=8 => 1,
            9..=12 => 2,
            13 | 14 => 3,
            _ => CHANGES_MAX,
        };
        let base = bases.draw(menu, &mut random).to_owned();
        let changes = (0..count).map(|_| drawn(menu, &mut random)).collect();
        sorted(Recipe { base, changes })
    }
}

/// A seed for each number: neighbours must have nothing in common (the finisher of splitmix64).
fn mixed(seed: u64, number: u64) -> u64 {
    let mut mixed = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn drawn(menu: &Menu, random: &mut fastrand::Rng) -> Change {
    let mut change = menu.changes[random.usize(..menu.changes.len())].clone();
    change.vary(random);
    if let Edit::Splice(donor) = &mut change.edit {
        menu.donors[random.usize(..menu.donors.len())].clone_into(donor);
    }
    change
}

fn continued(known: &Recipe, menu: &Menu, random: &mut fastrand::Rng) -> Recipe {
    let mut recipe = known.clone();
    let count = recipe.changes.len();
    match random.u8(..3) {
        0 if count > 1 => drop(recipe.changes.remove(random.usize(..count))),
        1 if count > 0 => recipe.changes[random.usize(..count)].vary(random),
        _ if count < CHANGES_MAX => recipe.changes.push(drawn(menu, random)),
        _ => recipe.changes[random.usize(..count)] = drawn(menu, random),
    }
    sorted(recipe)
}

/// In the order in which they find something to change.
fn sorted(mut recipe: Recipe) -> Recipe {
    recipe.changes.sort_by_key(Change::stage);
    recipe
}
