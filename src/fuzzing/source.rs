//! Recipes from a seed: the same seed and number give the same recipe, whatever the port's speed. Layer: `fuzzing`; pure.

use super::recipe::{Bases, Change, Recipe};

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

    /// The recipe of this number. `kept` are recipes that showed something new; some draws go on from one of them.
    #[must_use]
    pub fn recipe(&self, number: u64, bases: &Bases<'_>, kept: &[Recipe]) -> Recipe {
        let mut random = fastrand::Rng::with_seed(self.seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let ids: Vec<_> = bases.ids().collect();
        match kept {
            [] => Recipe {
                base: ids[random.usize(..ids.len())].clone(),
                changes: vec![Change::Flip { member: "ciphertext".to_owned(), bit: random.usize(..1024) }],
            },
            kept => kept[random.usize(..kept.len())].clone(),
        }
    }
}
