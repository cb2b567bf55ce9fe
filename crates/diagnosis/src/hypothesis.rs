//! A guess about a port: the mistakes that it makes, known ones and values changed on their way.
//!
//! In: mistakes and edits. Out: a port that makes them all, and the guess in words. Layer: `diagnosis`; pure.

use super::edit::{Edit, listed};
use super::quiet::quietly;
use super::{Derivations, Mistake, Mutant, Parts};
use envelope::facts::below;
use vectors::{Fields, Operation};

/// The names of mistakes, and changes of values.
pub(crate) type What = (Vec<&'static str>, Vec<Edit>);

/// The mistakes that a port is thought to make.
#[derive(Clone, Debug, Default)]
pub struct Hypothesis {
    /// Those of the catalogue, in the order in which they are put in.
    pub mistakes: Vec<&'static Mistake>,
    /// Those with a parameter.
    pub edits: Vec<Edit>,
    /// The operations in which alone they are made, what lies below them included; in all without any.
    pub within: Option<&'static [&'static str]>,
}

impl Hypothesis {
    /// One mistake of the catalogue.
    #[must_use]
    pub fn of(mistake: &'static Mistake) -> Self {
        Self { mistakes: vec![mistake], ..Self::default() }
    }

    /// One value changed.
    #[must_use]
    pub fn changing(edit: Edit) -> Self {
        Self { edits: vec![edit], ..Self::default() }
    }

    /// The same, made in these operations alone: their primitives are right when they are asked by themselves.
    #[must_use]
    pub fn within(self, operations: &'static [&'static str]) -> Self {
        Self { within: Some(operations), ..self }
    }

    /// Both at once.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            mistakes: [&*self.mistakes, &*other.mistakes].concat(),
            edits: [&*self.edits, &*other.edits].concat(),
            within: self.within.filter(|within| other.within == Some(*within)),
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
        Mutant::new(self.parts(), shared).with_edits(self.edits.clone()).within(self.within)
    }

    /// Whether the answers of an operation can be others under it: of one that it names, or of one that stands on such.
    #[must_use]
    pub fn touches(&self, operation: &Operation) -> bool {
        if self.within.is_some_and(|within| !within.contains(&operation.name)) {
            return false;
        }
        self.is_made_in(operation.name) || below(operation.name).iter().any(|below| self.is_made_in(below))
    }

    /// Whether it is made in this very operation.
    #[must_use]
    pub fn names_operation(&self, operation: &str) -> bool {
        if let Some(within) = self.within {
            return within.contains(&operation);
        }
        self.is_made_in(operation)
    }

    fn is_made_in(&self, operation: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.operations.contains(&operation))
            || self.edits.iter().any(|edit| edit.concerns(operation))
    }

    /// What the port does, wherever it does it: the names of its mistakes, and its changes.
    #[must_use]
    pub(crate) fn what(&self) -> What {
        (self.mistakes.iter().map(|mistake| mistake.name).collect(), self.edits.clone())
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
        let all = sentences.join("; and: ");
        match self.within {
            // An edit of the operation's own members names it already.
            Some(within) if !self.edits.iter().all(|edit| edit.operations == within) || self.edits.is_empty() => {
                format!("In {} alone: {all}", room(within))
            }
            Some(_) | None => all,
        }
    }
}

/// Operations in words: a few by their names, more by their families.
fn room(operations: &[&'static str]) -> String {
    if operations.len() <= 2 {
        return listed(operations);
    }
    let mut families: Vec<_> =
        operations.iter().map(|operation| operation.split('.').next().unwrap_or(operation)).collect();
    families.dedup();
    listed(&families)
}
