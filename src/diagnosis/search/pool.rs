//! The guesses of a search, and how each of them fits the cases that it was held against.

use std::collections::HashMap;

use super::Watch;
use crate::diagnosis::evidence::Fit;
use crate::diagnosis::{Derivations, Exhibit, Hypothesis, Mutant, Parts, Proof};
use crate::registry;
use crate::vector::Expect;

/// Open cases of one operation that every guess is held against at first.
const SAMPLE: usize = 6;

/// Cases after which those guesses that fall behind are given up.
const LAP: usize = 32;

/// Guesses that stay in a race, if more do not stand as well as they do.
const FIELD: usize = 8;

/// Guesses and what is known of them.
pub(super) struct Pool<'a, 'v, 'd> {
    exhibits: &'a [Exhibit<'v>],
    derivations: &'d Derivations,
    watch: Watch<'a>,
    /// The positions of the exhibits, those with the least key derivation first.
    by_cost: Vec<usize>,
    guesses: Vec<Guess<'d>>,
}

struct Guess<'d> {
    hypothesis: Hypothesis,
    parts: Parts,
    port: Mutant<'d>,
    fits: HashMap<usize, Fit>,
}

/// How a guess stands.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// Its position.
    pub(super) guess: usize,
    /// What speaks for and against it.
    pub(super) proof: Proof,
    /// The open cases that it explains, ascending.
    pub(super) cases: Vec<usize>,
}

impl Standing {
    /// Whether both explain the same cases equally well.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.proof.weight() == other.proof.weight() && self.cases == other.cases
    }
}

impl<'a, 'v, 'd> Pool<'a, 'v, 'd> {
    pub(super) fn new(exhibits: &'a [Exhibit<'v>], derivations: &'d Derivations, watch: Watch<'a>) -> Self {
        let mut by_cost: Vec<usize> = (0..exhibits.len()).collect();
        by_cost.sort_by_key(|at| cost(&exhibits[*at]));
        Self { exhibits, derivations, watch, by_cost, guesses: Vec::new() }
    }

    /// Adds guesses.
    pub(super) fn add(&mut self, hypotheses: impl Iterator<Item = Hypothesis>) {
        for hypothesis in hypotheses {
            let (parts, port) = (hypothesis.parts(), hypothesis.port(self.derivations));
            self.guesses.push(Guess { hypothesis, parts, port, fits: HashMap::new() });
        }
    }

    pub(super) fn hypothesis(&self, guess: usize) -> &Hypothesis {
        &self.guesses[guess].hypothesis
    }

    pub(super) fn exhibit(&self, at: usize) -> &Exhibit<'v> {
        &self.exhibits[at]
    }

    pub(super) fn derivations(&self) -> &'d Derivations {
        self.derivations
    }

    pub(super) fn is_over(&self, share: f64) -> bool {
        (self.watch)() >= share
    }

    /// The positions of these exhibits, those with the least key derivation first.
    pub(super) fn cheapest(&self, of: &[usize]) -> Vec<usize> {
        self.by_cost.iter().copied().filter(|at| of.binary_search(at).is_ok()).collect()
    }

    /// The guesses that would give another wrong answer to a case than the port's.
    pub(super) fn differing(&self, at: usize) -> Vec<usize> {
        let differs = |guess: &usize| self.guesses[*guess].fits.get(&at) == Some(&Fit::Differs);
        (0..self.guesses.len()).filter(differs).collect()
    }

    /// How many guesses were held against a case.
    pub(super) fn tried(&self) -> usize {
        self.guesses.iter().filter(|guess| !guess.fits.is_empty()).count()
    }

    /// Holds all guesses against a sample of the open cases, and those that explain one against all cases; the best first.
    pub(super) fn race(&mut self, open: &[usize]) -> Vec<Standing> {
        self.qualify(open);
        let explains = |guess: &Guess<'_>| {
            open.iter().any(|at| matches!(guess.fits.get(at), Some(Fit::Reproduces | Fit::Concurs)))
        };
        let mut field: Vec<usize> = (0..self.guesses.len()).filter(|at| explains(&self.guesses[*at])).collect();
        for lap in self.laps(open) {
            if field.is_empty() || self.is_over(0.9) {
                break;
            }
            for guess in &field {
                self.hold(*guess, &lap);
            }
            field = self.leaders(field, open);
        }
        let mut standings: Vec<_> = field.into_iter().map(|guess| self.standing(guess, open)).collect();
        standings.sort_by_key(|standing| (-standing.proof.weight(), standing.guess));
        standings
    }

    /// Holds every guess against some open cases of each operation, cheap answers first.
    fn qualify(&mut self, open: &[usize]) {
        let sample = self.sample(open);
        let mut work: Vec<(u64, usize, usize)> = Vec::new();
        for (at, guess) in self.guesses.iter().enumerate() {
            let fresh = |case: &&usize| !guess.fits.contains_key(case);
            for case in sample.iter().filter(fresh) {
                let (operation, input) = (self.exhibits[*case].operation(), &self.exhibits[*case].case.input);
                if guess.hypothesis.touches(operation) {
                    work.push((guess.hypothesis.cost_us(&guess.parts, operation, input), at, *case));
                }
            }
        }
        work.sort_unstable();
        for (_, guess, case) in work {
            if self.is_over(0.5) {
                break;
            }
            self.hold(guess, &[case]);
        }
    }

    /// Open cases of each operation, spread over the cheaper half of them.
    fn sample(&self, open: &[usize]) -> Vec<usize> {
        let mut by_operation: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in self.cheapest(open) {
            by_operation.entry(self.exhibits[at].operation().name).or_default().push(at);
        }
        let mut sample: Vec<usize> = by_operation
            .values()
            .flat_map(|cases| {
                let (head, half) = (SAMPLE / 2, cases.len().div_ceil(2));
                let stride = half.div_ceil(SAMPLE).max(1);
                cases.iter().take(head).chain(cases.iter().step_by(stride).take(SAMPLE)).copied()
            })
            .collect();
        sample.sort_unstable();
        sample.dedup();
        sample
    }

    /// All cases, a lap of failures and a lap of others in turn, cheap ones first.
    fn laps(&self, open: &[usize]) -> Vec<Vec<usize>> {
        let passed = |at: &usize| self.exhibits[*at].found.is_none();
        let (failures, others) = (self.cheapest(open), self.by_cost.iter().copied().filter(passed).collect::<Vec<_>>());
        let (mut failures, mut others) = (failures.chunks(LAP), others.chunks(4 * LAP));
        let mut laps = Vec::new();
        loop {
            let (one, other) = (failures.next(), others.next());
            if one.is_none() && other.is_none() {
                return laps;
            }
            laps.extend([one, other].into_iter().flatten().map(<[usize]>::to_vec));
        }
    }

    fn hold(&mut self, guess: usize, cases: &[usize]) {
        let Guess { hypothesis, port, fits, .. } = &mut self.guesses[guess];
        for at in cases {
            let exhibit = &self.exhibits[*at];
            if hypothesis.touches(exhibit.operation()) && !fits.contains_key(at) {
                if (self.watch)() >= 1.0 {
                    return;
                }
                fits.insert(*at, exhibit.fit(port));
            }
        }
    }

    /// Those that may still win.
    fn leaders(&self, field: Vec<usize>, open: &[usize]) -> Vec<usize> {
        let mut weighed: Vec<_> =
            field.into_iter().map(|guess| (-self.standing(guess, open).proof.weight(), guess)).collect();
        weighed.sort_unstable();
        let Some(bar) = weighed.get(FIELD.min(weighed.len()) - 1).map(|(weight, _)| *weight) else { return Vec::new() };
        weighed.into_iter().filter(|(weight, _)| *weight <= bar).map(|(_, guess)| guess).collect()
    }

    fn standing(&self, guess: usize, open: &[usize]) -> Standing {
        let (mut proof, mut cases) = (Proof::default(), Vec::new());
        for (at, fit) in &self.guesses[guess].fits {
            let is_open = open.binary_search(at).is_ok();
            match fit {
                Fit::Reproduces | Fit::Concurs if !is_open => {}
                Fit::Reproduces => {
                    proof.reproduced += 1;
                    cases.push(*at);
                }
                Fit::Concurs => {
                    proof.concurring += 1;
                    cases.push(*at);
                }
                Fit::BothRight => proof.both_right += 1,
                Fit::Silent => proof.silent += usize::from(is_open),
                Fit::Differs => proof.differing += usize::from(is_open),
                Fit::Contradicts => proof.contradicted += 1,
            }
        }
        cases.sort_unstable();
        let shown = |at: &&usize| self.guesses[guess].fits.get(at) == Some(&Fit::Reproduces);
        proof.shown_by = self.cheapest(&cases).iter().find(shown).copied();
        Standing { guess, proof, cases }
    }
}

/// The key derivation that a case asks for, and whether it is asked more than once.
fn cost(exhibit: &Exhibit<'_>) -> (bool, u64) {
    let work = registry::work(exhibit.operation(), &exhibit.case.input);
    (matches!(exhibit.case.expect, Expect::Opens(_)), work.map_or(0, |work| work.units))
}
