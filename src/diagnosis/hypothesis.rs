//! A guess about a port: the mistakes that it makes, known ones and values changed on their way.
//!
//! In: mistakes and edits. Out: a port that makes them all, and the guess in words. Layer: `diagnosis`; pure.

use super::edit::Edit;
use super::{Derivations, Mistake, Mutant, Parts};
use crate::registry::{self, Kdf};
use crate::vector::{Fields, Operation};

/// The mistakes that a port is thought to make.
#[derive(Clone, Debug, Default)]
pub struct Hypothesis {
    /// Those of the catalogue, in the order in which they are put in.
    pub mistakes: Vec<&'static Mistake>,
    /// Those with a parameter.
    pub edits: Vec<Edit>,
}

impl Hypothesis {
    /// One mistake of the catalogue.
    #[must_use]
    pub fn of(mistake: &'static Mistake) -> Self {
        Self { mistakes: vec![mistake], edits: Vec::new() }
    }

    /// One value changed.
    #[must_use]
    pub fn changing(edit: Edit) -> Self {
        Self { mistakes: Vec::new(), edits: vec![edit] }
    }

    /// Both at once.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            mistakes: [&*self.mistakes, &*other.mistakes].concat(),
            edits: [&*self.edits, &*other.edits].concat(),
        }
    }

    /// The parts of a port with these mistakes; what is changed on its way is not among them.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::default();
        for mistake in &self.mistakes {
            (mistake.wrong)(&mut parts);
        }
        parts
    }

    /// A port that makes these mistakes and no other.
    #[must_use]
    pub fn port<'d>(&self, shared: &'d Derivations) -> Mutant<'d> {
        Mutant::new(self.parts(), shared).with_edits(self.edits.clone())
    }

    /// Whether the answers of an operation can be others under it.
    #[must_use]
    pub fn touches(&self, operation: &Operation) -> bool {
        let changed = |edit: &Edit| {
            edit.concerns(operation.name) || below(operation.name).iter().any(|below| edit.concerns(below))
        };
        self.mistakes.iter().any(|mistake| mistake.operations.contains(&operation.name))
            || self.edits.iter().any(changed)
    }

    /// How long the answer to a request takes under it, in microseconds as far as it can be told: a derivation that is
    /// replaced must be made anew, one that is not is shared.
    #[must_use]
    pub fn cost_us(&self, parts: &Parts, operation: &Operation, input: &Fields) -> u64 {
        let Some(work) = registry::work(operation, input) else { return CHEAP_US };
        let changed = self.edits.iter().any(|edit| edit.member != "key" || operation.verb() != "derive");
        let units = match work.kdf {
            Kdf::Pbkdf2HmacSha512 if parts.pbkdf2.is_some() || changed || replaces_derivation(self) => work.units * 2,
            Kdf::Argon2 if parts.argon2.is_some() => work.units * 3,
            Kdf::Argon2 if changed || replaces_derivation(self) => work.units,
            Kdf::Pbkdf2HmacSha512 | Kdf::Argon2 => 0,
        };
        CHEAP_US.saturating_add(units)
    }

    /// The names of its mistakes.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let known = self.mistakes.iter().map(|mistake| mistake.name.to_owned());
        known.chain(self.edits.iter().map(Edit::name)).collect()
    }

    /// What the port does wrong, in words.
    #[must_use]
    pub fn sentence(&self) -> String {
        let known = self.mistakes.iter().map(|mistake| mistake.sentence.to_owned());
        let sentences: Vec<_> = known.chain(self.edits.iter().map(Edit::sentence)).collect();
        sentences.join("; and: ")
    }
}

/// What an answer costs beside derivations.
const CHEAP_US: u64 = 20;

/// A step of an envelope that gives the derivation other values, as a chapter's names tell.
fn replaces_derivation(hypothesis: &Hypothesis) -> bool {
    const BEFORE_THE_KEY: [&str; 5] =
        ["text-password", "-salt", "autonomail-count", "autonomail-decoy", "account-"];
    let derives = |mistake: &&Mistake| BEFORE_THE_KEY.iter().any(|part| mistake.name.contains(part));
    hypothesis.mistakes.iter().any(|mistake| derives(&mistake))
}

/// The operations that an operation stands on.
pub(super) fn below(operation: &str) -> &'static [&'static str] {
    match operation {
        "autonomail.seal" | "autonomail-2014.seal" => &["pbkdf2-hmac-sha512.derive", "aes-256-gcm.seal"],
        "autonomail.open" | "autonomail-2014.open" => &["pbkdf2-hmac-sha512.derive", "aes-256-gcm.open"],
        "notesnook.login-hash" => &["blake2b.digest", "argon2id.derive"],
        "notesnook.server-hash" | "notesnook.server-verify" => &["argon2id.derive"],
        "notesnook.derive-key" => &["argon2i.derive"],
        "notesnook.seal" => &["argon2i.derive", "notesnook.derive-key", "xchacha20-poly1305.seal"],
        "notesnook.open" => &["argon2i.derive", "notesnook.derive-key", "xchacha20-poly1305.open"],
        "notesnook-item.seal" => &["xchacha20-poly1305.seal"],
        "notesnook-item.open" => &["xchacha20-poly1305.open"],
        _ => &[],
    }
}
