//! Looks at wrong answers before anything is searched: what has become of the right one.
//!
//! In: failures. Out: guesses that were read off them, each the change of one value; the search holds them against every other
//! case. Of a seal, what stands in the envelope is looked at, and what was sealed, which the right keystream shows. Layer:
//! `diagnosis`; pure.

use std::slice;

use super::arrangement::Arrangement;
use super::drawn::{decoded, drawn};
use super::edit::{Change, Edit};
use super::quiet::quietly;
use super::{Derivations, Exhibit, Hypothesis, Mutant, Parts, relation};
use conformance::registry;
use envelope::facts::{self, Role};
use vectors::{Answer, Expect, Fields, Operation, Value, operation};

use conformance::port::Observed;

/// Failures of an operation that are looked at.
const LOOKED_AT: usize = 8;

/// Seals of the port's own randomness that are looked at where there are no others.
const DRAWN_LOOKED_AT: usize = 3;

/// A seal under a key that takes longer to derive is not looked at, in units of derivation.
const UNITS_MAX: u64 = 150_000;

/// Guesses that are read off one failure.
const GUESSES_MAX: usize = 12;

/// The guesses that the failures at these positions suggest: in the operation alone, and wherever it can be.
pub(super) fn guesses(exhibits: &[Exhibit<'_>], open: &[usize], derivations: &Derivations) -> Vec<Hypothesis> {
    let everywhere = |guess: Hypothesis| [Hypothesis { within: None, ..guess.clone() }, guess];
    let of = |exhibit| {
        let looked = quietly(|| look(exhibit, derivations)).unwrap_or_default();
        looked.into_iter().take(GUESSES_MAX).flat_map(everywhere)
    };
    looked_at(exhibits, open).into_iter().flat_map(of).collect()
}

/// Failures with wrong bytes, spread over those of each operation.
fn looked_at<'e, 'v>(exhibits: &'e [Exhibit<'v>], open: &[usize]) -> Vec<&'e Exhibit<'v>> {
    let wrong = || open.iter().map(|at| &exhibits[*at]).filter(|exhibit| exhibit.has_wrong_bytes());
    let mut names: Vec<&str> = wrong().map(|exhibit| exhibit.operation().name).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &&str| {
        // A seal of the port's own randomness has a key that nobody has derived before.
        let is_known = |exhibit: &&Exhibit<'_>| matches!(exhibit.case.expect, Expect::Output(_));
        let (known, drawn): (Vec<_>, Vec<_>) =
            wrong().filter(|exhibit| exhibit.operation().name == *name).partition(is_known);
        let step = known.len().div_ceil(LOOKED_AT).max(1);
        let drawn_max = if known.is_empty() { DRAWN_LOOKED_AT } else { 0 };
        known.into_iter().step_by(step).chain(drawn.into_iter().take(drawn_max)).collect::<Vec<_>>()
    };
    names.iter().flat_map(of).collect()
}

fn look(exhibit: &Exhibit<'_>, derivations: &Derivations) -> Vec<Hypothesis> {
    let Some(found) = exhibit.found.as_ref() else { return Vec::new() };
    let Observed::Answer(Answer::Output(found)) = &found.observed else { return Vec::new() };
    let operation = exhibit.operation();
    if operation.verb() == "seal" {
        return Seal { operation, input: &exhibit.case.input, found, derivations }.guesses(&exhibit.case.expect);
    }
    let Expect::Output(wanted) = &exhibit.case.expect else { return Vec::new() };
    members(operation, found, wanted, &exhibit.case.input)
}

/// What the members of an answer were made of.
fn members(operation: &'static Operation, found: &Fields, wanted: &Fields, given: &Fields) -> Vec<Hypothesis> {
    let of = |(name, value): (&'static str, &Value)| {
        let found = found.value(name).and_then(Value::as_bytes);
        let (Some(found), Some(wanted)) = (found, value.as_bytes()) else { return Vec::new() };
        let changes = relation::between(found, wanted, given).into_iter();
        changes.map(|change| made_in(operation, operation, name, change)).collect()
    };
    wanted.iter().flat_map(of).collect()
}

/// One member changed in an operation, or in one below it, when `asked` is asked for.
fn made_in(asked: &'static Operation, made: &'static Operation, member: &'static str, change: Change) -> Hypothesis {
    let edit = Edit { operations: slice::from_ref(&made.name), member, change };
    Hypothesis::changing(edit).within(slice::from_ref(&asked.name))
}

/// A wrong seal.
struct Seal<'a> {
    operation: &'static Operation,
    input: &'a Fields,
    found: &'a Fields,
    derivations: &'a Derivations,
}

impl Seal<'_> {
    fn guesses(&self, expect: &Expect) -> Vec<Hypothesis> {
        let given = self.given();
        let Some(wanted) = self.wanted(expect, &given) else { return Vec::new() };
        let members = members(self.operation, self.found, &wanted, &given);
        let mut guesses = Vec::new();
        let (Some(cipher), Some(found), Some(right)) = (self.cipher(), self.sealed(self.found), self.sealed(&wanted))
        else {
            return members;
        };
        let arranged = Arrangement::found(&found, &right, &given).into_iter().map(Change::Arranged);
        let changes = arranged.chain(relation::between(&found, &right, &given));
        guesses.extend(changes.into_iter().map(|change| made_in(self.operation, cipher, "ciphertext", change)));
        guesses.extend(members);
        guesses.extend(self.plaintexts(&found, &right, &given));
        guesses
    }

    /// The request with what the port drew for it.
    fn given(&self) -> Fields {
        let drawn = drawn(self.operation, self.found).into_iter();
        let missing = drawn.filter(|(name, _)| self.input.value(name).is_none());
        missing.fold(self.input.clone(), |given, (name, value)| given.with(name, Value::Bytes(value)))
    }

    /// The right seal of this request.
    fn wanted(&self, expect: &Expect, given: &Fields) -> Option<Fields> {
        match expect {
            Expect::Output(wanted) => Some(wanted.clone()),
            Expect::Opens(_) => self.right(given),
            Expect::Reject(_) => None,
        }
    }

    fn right(&self, given: &Fields) -> Option<Fields> {
        let units = registry::derivation(self.operation, given).map_or(0, |work| work.units);
        let right = || Mutant::new(Parts::default(), self.derivations).compute(self.operation, given).ok();
        (units <= UNITS_MAX).then(right)?
    }

    /// The operation that encrypts: one below, or this one.
    fn cipher(&self) -> Option<&'static Operation> {
        match facts::of(self.operation.name) {
            Some(facts) => operation::find(facts.cipher?.seal),
            None => self.operation.output.iter().any(|member| member.name == "ciphertext").then_some(self.operation),
        }
    }

    /// Ciphertext ‖ tag of a seal.
    fn sealed(&self, seal: &Fields) -> Option<Vec<u8>> {
        match facts::of(self.operation.name) {
            Some(facts) => facts.layout()?.bytes(registry::envelope(self.operation, seal)?, Role::Sealed, &decoded),
            None => seal.optional_bytes("ciphertext").map(<[u8]>::to_vec),
        }
    }

    /// What was sealed in place of the plaintext, as the right keystream shows it: with a tag behind it, or without one.
    fn plaintexts(&self, found: &[u8], right: &[u8], given: &Fields) -> Vec<Hypothesis> {
        let Some(plaintext) = given.optional_bytes("plaintext") else { return Vec::new() };
        let Some(shown) = self.shown(found, given) else { return Vec::new() };
        let Some(tag) = right.len().checked_sub(plaintext.len()) else { return Vec::new() };
        let Some(with_tag) = found.len().checked_sub(tag) else { return Vec::new() };
        let sealed = |change| made_in(self.operation, self.operation, "plaintext", change);
        let mut guesses: Vec<_> =
            relation::between(&shown[..with_tag], plaintext, given).into_iter().map(sealed).collect();
        if let Some(cipher) = self.cipher() {
            let untagged =
                |change| sealed(change).and(&made_in(self.operation, cipher, "ciphertext", Change::Short(tag)));
            guesses.extend(relation::between(&shown, plaintext, given).into_iter().map(untagged));
        }
        guesses
    }

    /// What these bytes are under the right keystream.
    fn shown(&self, found: &[u8], given: &Fields) -> Option<Vec<u8>> {
        let zeros = given.clone().replacing("plaintext", Value::Bytes(vec![0; found.len()]));
        let stream = self.right(&zeros).and_then(|seal| self.sealed(&seal))?;
        Some(found.iter().zip(&stream).map(|(found, stream)| found ^ stream).collect())
    }
}

/// Another plaintext that was sealed instead of the given one: its tag is right.
pub(super) fn sealed_instead(exhibit: &Exhibit<'_>, derivations: &Derivations) -> Option<Vec<u8>> {
    let Observed::Answer(Answer::Output(found)) = &exhibit.found.as_ref()?.observed else { return None };
    let (operation, input) = (exhibit.operation(), &exhibit.case.input);
    if operation.verb() != "seal" {
        return None;
    }
    let seal = Seal { operation, input, found, derivations };
    let look = || {
        let given = seal.given();
        let (sealed, right) = (seal.sealed(found)?, seal.sealed(&seal.wanted(&exhibit.case.expect, &given)?)?);
        let plaintext = given.optional_bytes("plaintext")?;
        let tag = right.len().checked_sub(plaintext.len())?;
        let mut text = seal.shown(&sealed, &given)?;
        text.truncate(sealed.len().checked_sub(tag)?);
        let again = seal.right(&given.clone().replacing("plaintext", Value::Bytes(text.clone())))?;
        (text != plaintext && seal.sealed(&again)? == sealed).then_some(text)
    };
    quietly(look).flatten()
}
