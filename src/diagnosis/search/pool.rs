//! The guesses of a search, and how each of them fits the cases that it was held against.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use super::Watch;
use crate::diagnosis::evidence::Fit;
use crate::diagnosis::{Derivations, Exhibit, Hypothesis, Mutant, Parts, Proof, hypothesis};
use crate::vector::operation::OPERATIONS;
use crate::vector::{Expect, Fields, Value};

/// Open cases of one operation that every guess is held against, one after the other until one is explained.
pub(super) const ROUNDS: usize = 6;

/// Cases after which those guesses that fall behind are given up.
const LAP: usize = 64;

/// Guesses that stay in a race after its first lap, and those that stand as well.
const FIELD: usize = 8;

/// What an answer takes beside its derivation, in microseconds.
const ANSWER_US: u64 = 30;

/// Bytes that are gone through in a microsecond.
const BYTES_IN_A_US: u64 = 4;

/// An answer that takes longer is given only by guesses that stood a screening, in microseconds.
const COSTLY_US: u64 = 2_000;

/// Costly guesses are held against cases in lots of this length, in microseconds, until one gives the port's bytes.
const LOT_US: u64 = 400_000;

/// Costly answers that are made of one guess.
const PROOFS_MAX: usize = 3;

/// Right answers that a guess is screened with.
const SCREEN: usize = 12;

/// Cores that a search uses.
const THREADS_MAX: usize = 8;

/// Guesses and what is known of them.
pub(super) struct Pool<'a, 'v, 'd> {
    exhibits: &'a [Exhibit<'v>],
    derivations: &'d Derivations,
    watch: Watch<'a>,
    /// Whether the derivation of each exhibit is known.
    known: Vec<bool>,
    /// What the right answer to each exhibit takes, in microseconds.
    costs_us: Vec<u64>,
    /// The positions of the exhibits, the cheapest first.
    by_cost: Vec<usize>,
    guesses: Vec<Mutex<Guess<'d>>>,
}

struct Guess<'d> {
    hypothesis: Hypothesis,
    parts: Parts,
    port: Mutant<'d>,
    fits: HashMap<usize, Fit>,
    /// Whether costly answers of it are worth their time, once that was asked.
    screened: Option<bool>,
    /// Costly answers that were made of it.
    proofs: usize,
}

/// What may be spent on a costly answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Patience {
    /// Nothing.
    Short,
    /// What the little time left bears, while there is no proof yet.
    Proof,
    /// Whatever it costs.
    Long,
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
    /// Open cases that it touches and was not held against, ascending.
    pub(super) unchecked: Vec<usize>,
    /// Whether it was held against every cheap case that it touches.
    pub(super) checked: bool,
}

impl Standing {
    /// Whether both explain the same cases equally well.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.proof.weight() == other.proof.weight() && self.cases == other.cases
    }
}

impl<'a, 'v, 'd> Pool<'a, 'v, 'd> {
    /// No guesses.
    pub(super) fn new(exhibits: &'a [Exhibit<'v>], derivations: &'d Derivations, watch: Watch<'a>) -> Self {
        // The derivation of a costly case is known if a port without mistakes is right by a sketch.
        let right = Mutant::new(Parts::default(), derivations);
        let is_known = |exhibit: &Exhibit<'_>| {
            work_units(exhibit) >= COSTLY_US && exhibit.would_be_wrong(&right) == (Some(false), 0)
        };
        let known: Vec<bool> = exhibits.iter().map(is_known).collect();
        let costs_us: Vec<u64> = exhibits.iter().zip(&known).map(|(exhibit, known)| cost_us(exhibit, *known)).collect();
        let mut by_cost: Vec<usize> = (0..exhibits.len()).collect();
        let units = |at: &usize| work_units(&exhibits[*at]);
        by_cost.sort_by_key(|at| (costs_us[*at] + units(at), *at));
        Self { exhibits, derivations, watch, known, costs_us, by_cost, guesses: Vec::new() }
    }

    /// Adds guesses.
    pub(super) fn add(&mut self, hypotheses: impl Iterator<Item = Hypothesis>) {
        for hypothesis in hypotheses {
            let (parts, port) = (hypothesis.parts(), hypothesis.port(self.derivations));
            self.guesses.push(Mutex::new(Guess {
                hypothesis,
                parts,
                port,
                fits: HashMap::new(),
                screened: None,
                proofs: 0,
            }));
        }
    }

    pub(super) fn hypothesis(&self, guess: usize) -> Hypothesis {
        self.guess(guess).hypothesis.clone()
    }

    fn guess(&self, at: usize) -> MutexGuard<'_, Guess<'d>> {
        self.guesses[at].lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn exhibit(&self, at: usize) -> &Exhibit<'v> {
        &self.exhibits[at]
    }

    pub(super) fn derivations(&self) -> &'d Derivations {
        self.derivations
    }

    pub(super) fn watch(&self) -> Watch<'a> {
        self.watch
    }

    /// The positions of these exhibits, the cheapest first.
    pub(super) fn cheapest(&self, of: &[usize]) -> Vec<usize> {
        self.by_cost.iter().copied().filter(|at| of.binary_search(at).is_ok()).collect()
    }

    /// The guesses that would give another wrong answer to a case than the port's.
    pub(super) fn differing(&self, at: usize) -> Vec<usize> {
        let differs = |guess: &usize| self.guess(*guess).fits.get(&at) == Some(&Fit::Differs);
        (0..self.guesses.len()).filter(differs).collect()
    }

    /// How many guesses were held against a case.
    pub(super) fn tried(&self) -> usize {
        (0..self.guesses.len()).filter(|at| !self.guess(*at).fits.is_empty()).count()
    }

    /// How many guesses touch what this one touches: so many had the same chance.
    pub(super) fn rivals(&self, guess: usize) -> usize {
        let of = self.hypothesis(guess);
        let touched: Vec<_> = OPERATIONS.iter().filter(|operation| of.touches(operation)).collect();
        let rivals = |at: &usize| {
            let held = self.guess(*at);
            !held.fits.is_empty() && touched.iter().all(|operation| held.hypothesis.touches(operation))
        };
        (0..self.guesses.len()).filter(rivals).count()
    }

    /// Holds all guesses against a sample of the open cases, and those that explain one against the others; the best first.
    /// The sample grows with the round, from 0 to [`ROUNDS`].
    pub(super) fn race(&mut self, open: &[usize], round: usize) -> Vec<Standing> {
        let mut field = self.qualified(open, round);
        let passed = |at: &usize| self.exhibits[*at].found.is_none();
        let others: Vec<_> = self.by_cost.iter().copied().filter(passed).collect();
        let mut queues = [self.cheapest(open), others].map(|queue| queue.into_iter().peekable());
        while !field.is_empty() && !self.watch.is_over() {
            let tasks: Vec<(u64, usize, usize)> = queues.iter_mut().flat_map(|queue| self.lap(&field, queue)).collect();
            if tasks.is_empty() {
                break;
            }
            self.hold(&tasks, Duration::ZERO, Patience::Proof);
            field = self.leaders(field, open);
        }
        let mut standings: Vec<_> = field.into_iter().map(|guess| self.standing(guess, open)).collect();
        standings.sort_by_key(|standing| (-standing.proof.weight(), standing.guess));
        standings
    }

    /// The guesses that explain an open case of a sample. Cheap answers are given first, and costly ones only while no guess
    /// gives the port's own bytes.
    fn qualified(&self, open: &[usize], round: usize) -> Vec<usize> {
        let mut sample: Vec<usize> = (0..=round).flat_map(|round| self.sample(open, round)).collect();
        sample.sort_unstable();
        sample.dedup();
        let mut tasks: Vec<(u64, usize, usize)> = Vec::new();
        for at in 0..self.guesses.len() {
            let guess = self.guess(at);
            let fresh = |case: &&usize| !guess.fits.contains_key(case);
            let touched = |case: &&usize| guess.hypothesis.touches(self.exhibits[**case].operation());
            let cases = sample.iter().filter(fresh).filter(touched);
            tasks.extend(cases.map(|case| (self.costs_us[*case], at, *case)));
        }
        tasks.sort_unstable();
        let until = self.watch.left() / 3;
        let explains = |at: usize, any: &[Fit]| {
            let guess = self.guess(at);
            sample.iter().any(|case| guess.fits.get(case).is_some_and(|fit| any.contains(fit)))
        };
        let mut deferred = self.hold(&tasks, until, Patience::Short);
        deferred.sort_unstable();
        // A refusal is no proof at any price, if a cheap guess concurs in one.
        if (0..self.guesses.len()).any(|at| explains(at, &[Fit::Concurs])) {
            deferred.retain(|(_, _, case)| self.exhibits[*case].has_wrong_bytes());
        }
        while !deferred.is_empty() && self.watch.left() > until {
            if (0..self.guesses.len()).any(|at| explains(at, &[Fit::Reproduces])) {
                break;
            }
            let mut sum_us = 0;
            let fits = |(cost_us, _, _): &&(u64, usize, usize)| {
                sum_us += cost_us;
                sum_us <= LOT_US
            };
            let count = deferred.iter().take_while(fits).count().max(2).min(deferred.len());
            let lot: Vec<_> = deferred.drain(..count).collect();
            self.hold(&lot, until, Patience::Long);
        }
        (0..self.guesses.len()).filter(|at| explains(*at, &[Fit::Reproduces, Fit::Concurs])).collect()
    }

    /// One open case of each operation: the cheapest at first, then such as are spread over the cheaper half.
    fn sample(&self, open: &[usize], round: usize) -> Vec<usize> {
        let mut by_operation: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in self.cheapest(open) {
            by_operation.entry(self.exhibits[at].operation().name).or_default().push(at);
        }
        by_operation.values().filter_map(|cases| cases.get(round * cases.len().div_ceil(2 * ROUNDS)).copied()).collect()
    }

    /// The next cases for a field: as many as an eighth of the time left bears.
    fn lap(
        &self,
        field: &[usize],
        queue: &mut std::iter::Peekable<std::vec::IntoIter<usize>>,
    ) -> Vec<(u64, usize, usize)> {
        let bearable_us = u64::try_from(self.watch.left().as_micros() / 8).unwrap_or(u64::MAX);
        let (mut tasks, mut sum_us, mut cases) = (Vec::new(), 0, 0);
        while let Some(case) = queue.peek().copied() {
            let cost_us = self.costs_us[case].min(COSTLY_US);
            sum_us += cost_us * field.len() as u64;
            if cases == LAP || sum_us > bearable_us && cases > 0 {
                break;
            }
            tasks.extend(field.iter().map(|guess| (cost_us, *guess, case)));
            cases += 1;
            queue.next();
        }
        tasks
    }

    /// Holds guesses against cases, on all cores, in this order, until only so much of the time is left; what would cost more
    /// than there is patience for.
    fn hold(&self, tasks: &[(u64, usize, usize)], until: Duration, patience: Patience) -> Vec<(u64, usize, usize)> {
        let (next, deferred) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            while let Some((_, at, case)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                if self.watch.left() <= until {
                    return;
                }
                let guess = &mut *self.guess(*at);
                let is_touched = guess.hypothesis.touches(self.exhibits[*case].operation());
                if is_touched && !guess.fits.contains_key(case) {
                    match self.fit(guess, *case, patience) {
                        Ok(fit) => drop(guess.fits.insert(*case, fit)),
                        Err(cost_us) => {
                            deferred.lock().unwrap_or_else(PoisonError::into_inner).push((cost_us, *at, *case));
                        }
                    }
                }
            }
        };
        let threads = available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        deferred.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a guess fits a case, or what it would cost to know, in microseconds. Of a costly answer a sketch tells whether it
    /// would be wrong; its bytes are made only for proof, and only a few times.
    fn fit(&self, guess: &mut Guess<'_>, case: usize, patience: Patience) -> Result<Fit, u64> {
        let exhibit = &self.exhibits[case];
        if work_units(exhibit) < COSTLY_US {
            return Ok(exhibit.fit(&guess.port));
        }
        let (wrong, units) = exhibit.would_be_wrong(&guess.port);
        if units < COSTLY_US {
            return Ok(exhibit.fit(&guess.port));
        }
        let own = guess.parts.pbkdf2.is_some() || guess.parts.argon2.is_some();
        if !own && self.known[case] && wrong == Some(true) && exhibit.found.is_none() {
            return Ok(Fit::Contradicts);
        }
        let cost_us = units.min(work_units(exhibit).saturating_mul(64)).saturating_mul(if own { 4 } else { 1 });
        let left_us = u64::try_from(self.watch.left().as_micros()).unwrap_or(u64::MAX);
        let is_proved = guess.fits.values().any(|fit| *fit == Fit::Reproduces);
        let is_bearable = match patience {
            Patience::Short => false,
            Patience::Long => guess.proofs < PROOFS_MAX,
            Patience::Proof => guess.proofs < PROOFS_MAX && cost_us.saturating_mul(8) < left_us,
        };
        if exhibit.found.is_none() || is_proved || !is_bearable || !self.may_explain(guess, case) {
            return Err(cost_us);
        }
        guess.proofs += 1;
        Ok(exhibit.fit(&guess.port))
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

    /// Whether the port gives a right answer where the guess would be wrong, among the cheapest that it touches.
    fn is_contradicted(&self, guess: &mut Guess<'_>) -> bool {
        let mut held = 0;
        for at in &self.by_cost {
            let exhibit = &self.exhibits[*at];
            let counts = exhibit.found.is_none() && guess.hypothesis.touches(exhibit.operation());
            if held == SCREEN || self.costs_us[*at] > COSTLY_US {
                return false;
            }
            if counts && work_units(exhibit) < COSTLY_US {
                held += 1;
                if *guess.fits.entry(*at).or_insert_with(|| exhibit.fit(&guess.port)) == Fit::Contradicts {
                    return true;
                }
            }
        }
        false
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

    /// Those that may still win: not far behind the first.
    fn leaders(&self, field: Vec<usize>, open: &[usize]) -> Vec<usize> {
        let mut weighed: Vec<_> =
            field.into_iter().map(|guess| (-self.weigh(&self.guess(guess), open).0.weight(), guess)).collect();
        weighed.sort_unstable();
        let Some((best, _)) = weighed.first().copied() else { return Vec::new() };
        let bar = if best < 0 { best * 4 / 5 } else { i64::MAX };
        let keep = |(place, (weight, _)): &(usize, (i64, usize))| *weight <= bar && (*place < FIELD || *weight == best);
        let kept = weighed.into_iter().enumerate().filter(keep);
        kept.map(|(_, (_, guess))| guess).collect()
    }

    fn standing(&self, guess: usize, open: &[usize]) -> Standing {
        let held = self.guess(guess);
        let (proof, reach) = self.weigh(&held, open);
        let within = |at: &&usize| reach.contains(self.exhibits[**at].operation().name);
        let explained = |at: &&usize| matches!(held.fits.get(at), Some(Fit::Reproduces | Fit::Concurs)) && within(at);
        let cases: Vec<usize> = open.iter().filter(explained).copied().collect();
        let shown = |at: &&usize| held.fits.get(at) == Some(&Fit::Reproduces);
        let shown_by = self.cheapest(&cases).iter().find(shown).copied();
        let is_cheap = |at: &&usize| self.costs_us[**at] < COSTLY_US && work_units(&self.exhibits[**at]) < COSTLY_US;
        let counts = |at: &&usize| self.exhibits[**at].found.is_none() || open.binary_search(at).is_ok();
        let mut owed = self.by_cost.iter().filter(is_cheap).filter(counts).filter(within);
        let checked = owed.all(|at| held.fits.contains_key(at));
        let tried: BTreeSet<_> = held.fits.keys().map(|at| self.exhibits[*at].operation().name).collect();
        let unheld = |at: &&usize| {
            let operation = self.exhibits[**at].operation();
            let may_be = reach.contains(operation.name) || !tried.contains(operation.name);
            may_be && held.hypothesis.touches(operation) && !held.fits.contains_key(at)
        };
        let unchecked = open.iter().filter(unheld).copied().collect();
        Standing { guess, proof: Proof { shown_by, ..proof }, cases, unchecked, checked }
    }

    /// What speaks for and against a guess, in those operations in which more speaks for it: a port may make the mistake
    /// wherever its primitive is used, or in one envelope and not in the other.
    fn weigh(&self, guess: &Guess<'_>, open: &[usize]) -> (Proof, Reach) {
        let mut by_operation: BTreeMap<&'static str, Proof> = BTreeMap::new();
        for (at, fit) in &guess.fits {
            let proof = by_operation.entry(self.exhibits[*at].operation().name).or_default();
            proof.count(*fit, open.binary_search(at).is_ok());
        }
        let within = by_operation.into_iter().filter(|(_, proof)| proof.weight() > 0);
        within.fold((Proof::default(), Reach::new()), |(sum, mut reach), (operation, proof)| {
            reach.insert(operation);
            (sum.and(&proof), reach)
        })
    }
}

/// The operations in which a port makes a mistake.
type Reach = BTreeSet<&'static str>;

fn work_units(exhibit: &Exhibit<'_>) -> u64 {
    hypothesis::work(exhibit.operation(), &exhibit.case.input).map_or(0, |work| work.units)
}

/// What the right answer to a case takes, in microseconds: what its bytes take where its derivation is known.
fn cost_us(exhibit: &Exhibit<'_>, known: bool) -> u64 {
    let derivation = match &exhibit.case.expect {
        Expect::Opens(_) => work_units(exhibit) * draws(exhibit),
        Expect::Output(_) | Expect::Reject(_) if known => 0,
        Expect::Output(_) | Expect::Reject(_) => work_units(exhibit),
    };
    ANSWER_US * draws(exhibit) + derivation + bytes(&exhibit.case.input) / BYTES_IN_A_US
}

/// The bytes that an operation has to go through.
fn bytes(input: &Fields) -> u64 {
    let count = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.len() as u64,
        Value::Text(text) => text.len() as u64,
        Value::BytesList(list) => list.iter().map(|bytes| bytes.len() as u64 + 64).sum(),
        Value::IntegerList(list) => list.iter().fold(0, |sum: u64, number| sum.saturating_add(*number)),
        Value::Integer(_) | Value::Flag(_) => 0,
    };
    input.iter().fold(0, |sum: u64, (_, value)| sum.saturating_add(count(value)))
}

/// How often a case's answer is computed to see how it fits: seals are made several times and opened.
fn draws(exhibit: &Exhibit<'_>) -> u64 {
    match &exhibit.case.expect {
        Expect::Opens(_) => 5,
        Expect::Output(_) | Expect::Reject(_) => 1,
    }
}
