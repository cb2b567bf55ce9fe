//! A guess about a port: the mistakes that it makes, known ones and values changed on their way.
//!
//! In: mistakes and edits. Out: a port that makes them all, and the guess in words. Layer: `diagnosis`; pure.

use super::edit::Edit;
use super::quiet::quietly;
use super::{Derivations, Mistake, Mutant, Parts};
use conformance::registry::{self, Kdf, Work};
use vectors::{Fields, Operation};

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
        Self { mistakes: [&*self.mistakes, &*other.mistakes].concat(), edits: [&*self.edits, &*other.edits].concat() }
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

    /// Whether the answers of an operation can be others under it: of one that it names, or of one that stands on such.
    #[must_use]
    pub fn touches(&self, operation: &Operation) -> bool {
        self.names_operation(operation.name) || below(operation.name).iter().any(|below| self.names_operation(below))
    }

    /// Whether it is made in this very operation.
    #[must_use]
    pub fn names_operation(&self, operation: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.operations.contains(&operation))
            || self.edits.iter().any(|edit| edit.concerns(operation))
    }

    /// How long the derivations for a request take under it, in microseconds as far as a sketch tells: one that was made
    /// before costs nothing, one with a wrong function more than the right one.
    #[must_use]
    pub fn derivation_us(&self, operation: &'static Operation, input: &Fields, derivations: &Derivations) -> u64 {
        let parts = self.parts();
        let unit_us = if parts.pbkdf2.is_some() || parts.argon2.is_some() { 4 } else { 1 };
        let (_, units) = self.port(derivations).sketch(|port| quietly(|| port.compute(operation, input)));
        units.saturating_mul(unit_us)
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

/// How much key derivation a request asks for, that of the account's operations included.
pub(super) fn work(operation: &Operation, input: &Fields) -> Option<Work> {
    let server = || Work { kdf: Kdf::Argon2, units: 3 * 64, memory_kib: 64 };
    match operation.name {
        "notesnook.server-hash" | "notesnook.server-verify" => Some(server()),
        _ => registry::work(operation, input),
    }
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
