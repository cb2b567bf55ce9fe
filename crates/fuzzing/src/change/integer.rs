//! Changes to integers of the input. Layer: `fuzzing`; pure.

use super::edits;
use vectors::fields::INTEGER_MAX;

/// Values beside the small ones: what formats fix, and where types end.
const VALUES: &[u64] = &[24, 25, 31, 32, 33, 63, 64, 65, 96, 100, 127, 128, 129, 255, 256, 257, 1_000, 1_024, 2_048];
/// Costs that nobody bears.
const HOSTILE: &[u64] = &[
    1_000_000_000,
    (1 << 31) - 1,
    1 << 31,
    (1 << 32) - 1,
    1 << 32,
    (1 << 32) + 1,
    (1 << 32) + 100,
    (1 << 40) + 3,
    INTEGER_MAX,
];

edits! {
    /// A change to an integer of the input.
    pub enum Integer {
        /// This integer.
        Set(u64: 0) "integer",
        /// So much more.
        More(u64: 1) "more",
        /// So much less.
        Less(u64: 1) "less",
        /// Twice as much.
        Double "double",
        /// A cost that nobody bears, or a value that no 32 bits hold.
        Hostile(u64: 1 << 32) "hostile",
    }
}

impl Integer {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Set(value) => {
                *value = if random.bool() { random.u64(..24) } else { VALUES[random.usize(..VALUES.len())] };
            }
            Self::More(by) | Self::Less(by) => *by = 1 + random.u64(..4),
            Self::Double => {}
            Self::Hostile(value) => *value = HOSTILE[random.usize(..HOSTILE.len())],
        }
    }

    pub(crate) fn apply(&self, integer: u64) -> Option<u64> {
        match *self {
            Self::Set(value) | Self::Hostile(value) => Some(value),
            Self::More(by) => integer.checked_add(by),
            Self::Less(by) => integer.checked_sub(by),
            Self::Double => integer.checked_mul(2),
        }
        .filter(|changed| *changed <= INTEGER_MAX)
    }
}
