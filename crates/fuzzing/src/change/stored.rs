//! Changes to a stored hash, `$argon2id$v=19$m=64,t=3,p=1$<salt>$<hash>`. Layer: `fuzzing`; pure.

use super::edits;

/// Numbers in place of a cost, as they are written: cheap ones, and forms that are none.
const COSTS: &[&str] =
    &["0", "1", "2", "3", "4", "7", "8", "9", "16", "63", "65", "064", "+3", "-1", "3.0", "0x40", " 3", ""];

edits! {
    /// A change to a stored hash.
    pub enum Stored {
        /// Another variant.
        Variant(String: "argon2i".to_owned()) "phc-variant",
        /// Another version.
        Version(String: "16".to_owned()) "phc-version",
        /// Another memory.
        Memory(String: "8".to_owned()) "phc-memory",
        /// Other passes.
        Passes(String: "1".to_owned()) "phc-passes",
        /// Other lanes.
        Lanes(String: "2".to_owned()) "phc-lanes",
        /// The costs in another order.
        Order "phc-order",
        /// The part of this number is left out.
        Drop(usize: 1) "phc-drop",
        /// The part of this number stands twice.
        Twice(usize: 1) "phc-twice",
        /// Padding behind the part of this number.
        Padding(usize: 4) "phc-padding",
        /// Spare bits of the part of this number are set.
        Spare(usize: 4) "phc-spare",
        /// The other alphabet.
        Alphabet "phc-alphabet",
        /// Zeros up to so many bytes.
        Zeros(usize: 128) "phc-zeros",
        /// No zeros.
        Bare "phc-bare",
    }
}

impl Stored {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        let mut one = |words: &[&str]| words[random.usize(..words.len())].to_owned();
        match self {
            Self::Variant(word) => *word = one(&["argon2i", "argon2d", "argon2", "Argon2id", "ARGON2ID", "scrypt", ""]),
            Self::Version(word) => *word = one(&["16", "18", "20", "13", "0x13", "019", ""]),
            Self::Memory(word) | Self::Passes(word) | Self::Lanes(word) => *word = one(COSTS),
            Self::Drop(at) | Self::Twice(at) | Self::Padding(at) | Self::Spare(at) => *at = random.usize(..6),
            Self::Zeros(length) => *length = [97, 98, 127, 128, 129, 256][random.usize(..6)],
            Self::Order | Self::Alphabet | Self::Bare => {}
        }
    }

    pub(crate) fn apply(&self, stored: &str) -> Option<String> {
        let text = stored.trim_end_matches('\0');
        let zeros = &stored[text.len()..];
        let parts: Vec<_> = text.split('$').collect();
        let at = |at: usize| at % parts.len();
        let with = |index: usize, part: &str| {
            let mut parts = parts.clone();
            *parts.get_mut(index)? = part;
            Some(parts.join("$") + zeros)
        };
        let costs = || Some(parts.get(3)?.split(',').map(str::to_owned).collect::<Vec<_>>());
        let cost = |index: usize, name: &str, value: &str| {
            let mut costs = costs()?;
            *costs.get_mut(index)? = format!("{name}={value}");
            with(3, &costs.join(","))
        };
        match self {
            Self::Variant(variant) => with(1, variant),
            Self::Version(version) => with(2, &format!("v={version}")),
            Self::Memory(value) => cost(0, "m", value),
            Self::Passes(value) => cost(1, "t", value),
            Self::Lanes(value) => cost(2, "p", value),
            Self::Order => {
                let mut costs = costs()?;
                costs.reverse();
                with(3, &costs.join(","))
            }
            Self::Drop(index) => {
                let mut parts = parts.clone();
                parts.remove(at(*index));
                Some(parts.join("$") + zeros)
            }
            Self::Twice(index) => with(at(*index), &format!("{0}${0}", parts[at(*index)])),
            Self::Padding(index) => with(at(*index), &format!("{}=", parts[at(*index)])),
            Self::Spare(index) => with(at(*index), &super::spelling::spare_bits(parts[at(*index)])?),
            Self::Alphabet => Some(super::spelling::other_alphabet(stored)),
            Self::Zeros(length) => Some(format!("{text}{}", "\0".repeat(length.checked_sub(text.len())?.min(512)))),
            Self::Bare => Some(text.to_owned()),
        }
    }
}
