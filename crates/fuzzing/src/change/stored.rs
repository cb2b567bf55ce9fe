//! Changes to a stored hash, `$argon2id$v=19$m=64,t=3,p=1$<salt>$<hash>`. Layer: `fuzzing`; pure.

use ::document::{Edit, Spelling, document, part};

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

    /// The hash changed; `None` where it has no such part. Zeros at its end are beside its parts.
    pub(crate) fn apply(&self, stored: &str) -> Option<String> {
        let text = stored.trim_end_matches('\0');
        let zeros = &stored[text.len()..];
        let numbered = |number: &usize| part('$', number % text.split('$').count());
        let changed = |edit: Edit<'_>| Some(String::from_utf8(edit.apply(text.as_bytes())?).ok()? + zeros);
        let cost = |number, cost: &str| changed(part('$', 3).inside(&part(',', number).with(cost)));
        match self {
            Self::Variant(variant) => changed(part('$', 1).with(variant)),
            Self::Version(version) => changed(part('$', 2).with(&format!("v={version}"))),
            Self::Memory(value) => cost(0, &format!("m={value}")),
            Self::Passes(value) => cost(1, &format!("t={value}")),
            Self::Lanes(value) => cost(2, &format!("p={value}")),
            Self::Order => {
                let costs = text.split('$').nth(3)?;
                changed(part('$', 3).with(&costs.rsplit(',').collect::<Vec<_>>().join(",")))
            }
            Self::Drop(number) => changed(numbered(number).remove()),
            Self::Twice(number) => changed(numbered(number).twice("$")),
            Self::Padding(number) => changed(numbered(number).after("=")),
            Self::Spare(number) => {
                let part = numbered(number);
                let spare = super::spelling::spare_bits(std::str::from_utf8(&part.get(text.as_bytes())?).ok()?)?;
                changed(part.with(&spare))
            }
            Self::Alphabet => {
                String::from_utf8(document().spell(Spelling::OtherAlphabet).apply(stored.as_bytes())?).ok()
            }
            Self::Zeros(length) => Some(format!("{text}{}", "\0".repeat(length.checked_sub(text.len())?.min(512)))),
            Self::Bare => Some(text.to_owned()),
        }
    }
}
