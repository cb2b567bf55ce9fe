//! How one guess fits one case, and whether to know it is worth its time. Layer: `diagnosis`; pure: the time is told.

use super::cost::{COSTLY_US, work_units};
use super::guess::{Guess, Patience, is_short};
use super::pool::Pool;
use crate::edit::Edit;
use crate::evidence::Fit;

/// Costly answers that are made of one guess.
const PROOFS_MAX: usize = 3;

/// Right answers that a guess is screened with.
const SCREEN: usize = 12;

impl Pool<'_, '_, '_> {
    /// How a guess fits a case, or what it would cost to know, in microseconds. Of a costly answer a sketch tells whether it
    /// would be wrong; its bytes are made only for proof, and only a few times.
    pub(super) fn fit(&self, guess: &mut Guess<'_>, case: usize, patience: Patience) -> Result<Fit, u64> {
        let exhibit = &self.exhibits[case];
        let altered_us = self.altered_us(guess, case);
        let is_cheap = work_units(exhibit) < COSTLY_US && altered_us.is_none_or(|cost_us| cost_us < COSTLY_US);
        if is_cheap || guess.port.is_instant(exhibit.operation(), &exhibit.case.input) {
            return Ok(exhibit.fit(&guess.port));
        }
        let own = guess.parts.pbkdf2.is_some() || guess.parts.argon2.is_some();
        if guess.parts.argon2.is_some() && (patience == Patience::Short || !self.may_explain(guess, case)) {
            return Err(work_units(exhibit).saturating_mul(4));
        }
        let (wrong, units) = exhibit.would_be_wrong(&guess.port);
        match (wrong, &exhibit.found) {
            (Some(false), Some(_)) if own && units == 0 => return Ok(Fit::Silent),
            (Some(false), None) if own && units == 0 => return Ok(Fit::BothRight),
            (Some(true), None) if self.known[case] && (!own || is_short(exhibit)) => return Ok(Fit::Contradicts),
            (_, _) if !own && units < COSTLY_US => return Ok(exhibit.fit(&guess.port)),
            (_, _) => {}
        }
        let bounded_us = units.min(work_units(exhibit).saturating_mul(64)).saturating_mul(if own { 4 } else { 1 });
        let cost_us = altered_us.unwrap_or(bounded_us);
        let left_us = u64::try_from(self.watch.left().as_micros()).unwrap_or(u64::MAX);
        let is_proved = guess.fits.values().any(|fit| *fit == Fit::Reproduces);
        let is_bearable = match patience {
            Patience::Short => false,
            Patience::Long => guess.proofs < PROOFS_MAX && cost_us < left_us,
            Patience::Proof => guess.proofs < PROOFS_MAX && cost_us.saturating_mul(8) < left_us,
        };
        if exhibit.found.is_none() || is_proved || !is_bearable || !self.may_explain(guess, case) {
            return Err(cost_us);
        }
        guess.proofs += 1;
        Ok(exhibit.fit(&guess.port))
    }

    /// What a case costs under a guess that gives a derivation other numbers than the case has, in microseconds.
    fn altered_us(&self, guess: &Guess<'_>, case: usize) -> Option<u64> {
        let exhibit = &self.exhibits[case];
        let alters = guess.hypothesis.edits.iter().any(Edit::is_of_numbers);
        alters.then(|| guess.hypothesis.derivation_us(exhibit.operation(), &exhibit.case.input, self.derivations()))
    }

    /// Whether a costly answer is worth its time: as far as cheap cases and sketches of the derivations tell, the guess would
    /// not be wrong where the port is right, and would be wrong in most cases of the operation in which the port is.
    fn may_explain(&self, guess: &mut Guess<'_>, case: usize) -> bool {
        if let Some(known) = guess.screened {
            return known;
        }
        let explains = !self.is_contradicted(guess) && self.sketches_fit(guess, case);
        *guess.screened.insert(explains)
    }

    /// Whether the port gives a right answer where the guess would be wrong, in a few of the cheap ones that it touches:
    /// the cheapest of all, and others up to the dearest.
    fn is_contradicted(&self, guess: &mut Guess<'_>) -> bool {
        let most_us = if guess.parts.argon2.is_some() { COSTLY_US / 8 } else { COSTLY_US };
        let is_cheap = |at: &&usize| self.costs_us[**at] <= COSTLY_US && work_units(&self.exhibits[**at]) < most_us;
        let counts = |at: &&usize| {
            let exhibit = &self.exhibits[**at];
            exhibit.found.is_none() && guess.hypothesis.touches(exhibit.operation())
        };
        let screen: Vec<usize> = self.by_cost.iter().filter(is_cheap).filter(counts).copied().collect();
        let stride = screen.len().div_ceil(SCREEN).max(1);
        screen.into_iter().step_by(stride).any(|at| {
            let fit = guess.fits.entry(at).or_insert_with(|| self.exhibits[at].fit(&guess.port));
            *fit == Fit::Contradicts
        })
    }

    /// Whether the sketches of a case's operation are wrong where the port is, and nowhere else.
    fn sketches_fit(&self, guess: &Guess<'_>, case: usize) -> bool {
        if guess.parts.pbkdf2.is_some() || guess.parts.argon2.is_some() {
            return true;
        }
        let operation = self.exhibits[case].operation();
        let (mut explained, mut silent) = (0, 0);
        for at in self.by_cost.iter().filter(|at| self.known[**at] && self.exhibits[**at].operation() == operation) {
            let exhibit = &self.exhibits[*at];
            match (exhibit.found.is_some(), exhibit.would_be_wrong(&guess.port).0) {
                (true, Some(true)) => explained += 1,
                (true, Some(false)) => silent += 1,
                (false, Some(true)) => return false,
                (false, Some(false)) | (_, None) => {}
            }
        }
        explained >= silent
    }
}
