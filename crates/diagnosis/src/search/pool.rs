//! The guesses of a search, and how each of them fits the cases that it was held against.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Watch;
use super::cost::{COSTLY_US, cost_us, work_units};
use super::guess::{Guess, Patience, is_short};
use crate::evidence::Fit;
use crate::hypothesis::What;
use crate::parallel::in_parallel;
use crate::{Derivations, Exhibit, Hypothesis, Mutant, Parts, Proof};
use vectors::operation::OPERATIONS;

/// Open cases of one operation that every guess is held against, one after the other until one is explained.
pub(super) const ROUNDS: usize = 6;

/// Cases after which those guesses that fall behind are given up.
const LAP: usize = 64;

/// Guesses that stay in a race after its first lap.
const FIELD: usize = 8;

/// Guesses that are weighed at the end of a race: more that stand as well tell nothing.
const STANDINGS_MAX: usize = 256;

/// Guesses and what is known of them.
pub(super) struct Pool<'a, 'v, 'd> {
    pub(super) exhibits: &'a [Exhibit<'v>],
    derivations: &'d Derivations,
    pub(super) watch: Watch<'a>,
    whole: Watch<'a>,
    /// Whether the derivation of each exhibit is known.
    pub(super) known: Vec<bool>,
    /// What the right answer to each exhibit takes, in microseconds.
    pub(super) costs_us: Vec<u64>,
    /// The positions of the exhibits, the cheapest first.
    pub(super) by_cost: Vec<usize>,
    guesses: Vec<Mutex<Guess<'d>>>,
    /// The guesses that come before all others of about the same cost.
    likely: Range<usize>,
    /// What was guessed, and within which operations: the same guess twice would be its own rival.
    guessed: HashSet<(What, Option<&'static [&'static str]>)>,
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
    /// Operations in which it is made and in which more speaks against it: the port makes another mistake, or makes it there
    /// alone.
    pub(super) excused: usize,
}

impl Standing {
    /// What is the same of all that explain the same cases equally well.
    pub(super) fn rank(&self) -> (i64, usize, usize, &[usize]) {
        (self.proof.weight(), self.excused, self.proof.silent, &self.cases)
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
        // A key that can be made in small is asked about before one that cannot.
        let units = |at: &usize| work_units(&exhibits[*at]) * if is_short(&exhibits[*at]) { 1 } else { 8 };
        by_cost.sort_by_key(|at| (costs_us[*at] + units(at), *at));
        Self {
            exhibits,
            derivations,
            watch,
            whole: watch,
            known,
            costs_us,
            by_cost,
            guesses: Vec::new(),
            likely: 0..0,
            guessed: HashSet::new(),
        }
    }

    /// Adds guesses that come before all others of about the same cost.
    pub(super) fn add_likely(&mut self, hypotheses: impl Iterator<Item = Hypothesis>) {
        let from = self.guesses.len();
        self.add(hypotheses);
        self.likely = from..self.guesses.len();
    }

    /// Adds the guesses that are new.
    pub(super) fn add(&mut self, hypotheses: impl Iterator<Item = Hypothesis>) {
        for hypothesis in hypotheses {
            if !self.guessed.insert((hypothesis.what(), hypothesis.within)) {
                continue;
            }
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

    /// Does something with the port that a guess is about.
    pub(super) fn with_port<T>(&self, guess: usize, of: impl FnOnce(&Mutant<'d>) -> T) -> T {
        of(&self.guess(guess).port)
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

    /// Ends what it does from now on when so much of the whole time is left.
    pub(super) fn stop_at(&mut self, left: Duration) {
        self.watch = self.whole.ending_at(left);
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

    /// The guesses that give the port's own bytes in some of these cases, the most first, each with what speaks for and against it.
    pub(super) fn nearest(&self, cases: &[usize], count: usize) -> Vec<(Hypothesis, Proof)> {
        let weighed = |at: usize| {
            let guess = self.guess(at);
            let mut proof = Proof::default();
            for (case, fit) in &guess.fits {
                proof.count(*fit, cases.binary_search(case).is_ok());
            }
            (proof.reproduced > 0).then(|| (guess.hypothesis.clone(), proof))
        };
        let mut nearest: Vec<_> = (0..self.guesses.len()).filter_map(weighed).collect();
        nearest.sort_by_key(|(_, proof)| Reverse(proof.weight()));
        nearest.truncate(count);
        nearest
    }

    /// How many guesses were held against a case.
    pub(super) fn tried(&self) -> usize {
        (0..self.guesses.len()).filter(|at| !self.guess(*at).fits.is_empty()).count()
    }

    /// Whether a guess gives other wrong bytes than the port in a case that another cause explains: there the port would show it.
    pub(super) fn is_belied(&self, guess: usize, open: &[usize]) -> bool {
        let is_explained = |at: &usize| self.exhibits[*at].has_wrong_bytes() && open.binary_search(at).is_err();
        self.guess(guess).fits.iter().any(|(at, fit)| *fit == Fit::Differs && is_explained(at))
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
        let others = self.passing(open);
        let mut queues = [self.cheapest(open), others].map(|queue| queue.into_iter().peekable());
        // What one was held against in an earlier race gives it no lead over those that are new.
        let mut asked: HashSet<usize> = self.samples(open, round).into_iter().collect();
        while !field.is_empty() && !self.watch.is_over() {
            let tasks: Vec<(u64, usize, usize)> = queues.iter_mut().flat_map(|queue| self.lap(&field, queue)).collect();
            if tasks.is_empty() {
                break;
            }
            asked.extend(tasks.iter().map(|(_, _, case)| *case));
            self.hold(&tasks, Duration::ZERO, Patience::Proof);
            field = self.leaders(field, open, &asked);
        }
        field = self.leaders(field, open, &asked);
        field.truncate(STANDINGS_MAX);
        let mut standings: Vec<_> = field.into_iter().map(|guess| self.standing(guess, open)).collect();
        // Of equals, one that has a name comes first, then one that may explain more, then one that is made wherever it can be.
        let rank = |standing: &Standing| {
            let hypothesis = self.hypothesis(standing.guess);
            (hypothesis.edits.len(), Reverse(standing.unchecked.len()), hypothesis.within.is_some())
        };
        standings.sort_by_cached_key(|standing| {
            (-standing.proof.weight(), standing.excused, standing.proof.silent, rank(standing), standing.guess)
        });
        standings
    }

    /// The cases in which the port is right, the cheapest first: those of operations that fail before all others, since there most
    /// guesses end.
    fn passing(&self, open: &[usize]) -> Vec<usize> {
        let failing: HashSet<&str> = open.iter().map(|at| self.exhibits[*at].operation().name).collect();
        let passed = |at: &usize| self.exhibits[*at].found.is_none();
        let of_failing = |at: &usize| failing.contains(self.exhibits[*at].operation().name);
        let (near, far): (Vec<_>, Vec<_>) = self.by_cost.iter().copied().filter(passed).partition(of_failing);
        [near, far].concat()
    }

    /// The guesses that explain an open case of a sample. Cheap answers are given first, and costly ones only while no guess
    /// gives the port's own bytes.
    fn qualified(&self, open: &[usize], round: usize) -> Vec<usize> {
        let sample = self.samples(open, round);
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
        let mut deferred = self.in_turns(self.hold(&tasks, until, Patience::Short));
        // A refusal is no proof at any price, if a cheap guess concurs in one.
        if (0..self.guesses.len()).any(|at| explains(at, &[Fit::Concurs])) {
            deferred.retain(|(_, _, case)| self.exhibits[*case].has_wrong_bytes());
        }
        // One that other answers speak against, since they were asked, is not in the way of the next.
        let stands = |at: usize| self.weigh(&self.guess(at), open).0.weight() > 0;
        if !(0..self.guesses.len()).any(|at| explains(at, &[Fit::Reproduces]) && stands(at)) {
            let until = self.watch.left() / 8;
            self.hold_until(&deferred, until, Patience::Long, |fit| fit == Fit::Reproduces);
            // Others may come to the same derivation, which is known now, and explain more.
            let is_shown = |case: usize| self.guesses_reproduce(case);
            let shown: Vec<usize> = sample.iter().copied().filter(|case| is_shown(*case)).collect();
            deferred.retain(|(_, _, case)| shown.contains(case));
            self.hold(&deferred, until, Patience::Short);
        }
        (0..self.guesses.len()).filter(|at| explains(*at, &[Fit::Reproduces, Fit::Concurs])).collect()
    }

    /// Costly tasks in their order: each guess with one case before any has its second, and of about the same cost the likely ones
    /// first, then those that were added before others.
    fn in_turns(&self, mut tasks: Vec<(u64, usize, usize)>) -> Vec<(u64, usize, usize)> {
        tasks.sort_unstable();
        let mut turns: HashMap<usize, usize> = HashMap::new();
        let turn = |task: &(u64, usize, usize)| {
            let turn = turns.entry(task.1).or_default();
            *turn += 1;
            *turn
        };
        let counted: Vec<usize> = tasks.iter().map(turn).collect();
        let mut tasks: Vec<_> = counted.into_iter().zip(tasks).collect();
        tasks.sort_by_key(|(turn, (cost_us, at, _))| (*turn, (cost_us | 1).ilog2(), !self.likely.contains(at), *at));
        tasks.into_iter().map(|(_, task)| task).collect()
    }

    fn guesses_reproduce(&self, case: usize) -> bool {
        (0..self.guesses.len()).any(|at| self.guess(at).fits.get(&case) == Some(&Fit::Reproduces))
    }

    /// The samples of all rounds up to this one.
    fn samples(&self, open: &[usize], round: usize) -> Vec<usize> {
        let mut samples: Vec<usize> = (0..=round).flat_map(|round| self.sample(open, round)).collect();
        samples.sort_unstable();
        samples.dedup();
        samples
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
        self.hold_until(tasks, until, patience, |_| false)
    }

    /// The same, until one fits well enough.
    fn hold_until(
        &self,
        tasks: &[(u64, usize, usize)],
        until: Duration,
        patience: Patience,
        enough: impl Fn(Fit) -> bool + Sync,
    ) -> Vec<(u64, usize, usize)> {
        let is_enough = AtomicBool::new(false);
        let deferred = Mutex::new(Vec::new());
        in_parallel(|at| {
            let Some((_, at, case)) =
                tasks.get(at).filter(|_| self.watch.left() > until && !is_enough.load(Ordering::Relaxed))
            else {
                return ControlFlow::Break(());
            };
            let guess = &mut *self.guess(*at);
            let is_touched = guess.hypothesis.touches(self.exhibits[*case].operation());
            if is_touched && !guess.fits.contains_key(case) {
                match self.fit(guess, *case, patience) {
                    Ok(fit) => {
                        guess.fits.insert(*case, fit);
                        is_enough.fetch_or(enough(fit), Ordering::Relaxed);
                    }
                    Err(cost_us) => {
                        deferred.lock().unwrap_or_else(PoisonError::into_inner).push((cost_us, *at, *case));
                    }
                }
            }
            ControlFlow::Continue(())
        });
        deferred.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those that may still win: not far behind the first.
    fn leaders(&self, field: Vec<usize>, open: &[usize], asked: &HashSet<usize>) -> Vec<usize> {
        let weight = |guess: usize| {
            let by_operation = self.by_operation(&self.guess(guess), open, &|case| asked.contains(&case));
            by_operation.values().map(Proof::weight).filter(|weight| *weight > 0).sum::<i64>()
        };
        let mut weighed: Vec<_> = field.into_iter().map(|guess| (-weight(guess), guess)).collect();
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
        // Where it was only right, as the port was, nothing says that it does not explain the rest.
        let telling = held.fits.iter().filter(|(_, fit)| **fit != Fit::BothRight);
        let tried: BTreeSet<_> = telling.map(|(at, _)| self.exhibits[*at].operation().name).collect();
        let unheld = |at: &&usize| {
            let operation = self.exhibits[**at].operation();
            let may_be = reach.contains(operation.name) || !tried.contains(operation.name);
            may_be && held.hypothesis.touches(operation) && !held.fits.contains_key(at)
        };
        let unchecked = open.iter().filter(unheld).copied().collect();
        let excused = self.excused(&held, open);
        Standing { guess, proof: Proof { shown_by, ..proof }, cases, unchecked, checked, excused }
    }

    /// What speaks for and against a guess in each operation.
    fn by_operation(
        &self,
        guess: &Guess<'_>,
        open: &[usize],
        counts: &dyn Fn(usize) -> bool,
    ) -> BTreeMap<&'static str, Proof> {
        let mut by_operation: BTreeMap<&'static str, Proof> = BTreeMap::new();
        for (at, fit) in guess.fits.iter().filter(|(at, _)| counts(**at)) {
            let proof = by_operation.entry(self.exhibits[*at].operation().name).or_default();
            proof.count(*fit, open.binary_search(at).is_ok());
        }
        by_operation
    }

    /// Operations in which a guess is made and in which more speaks against it.
    fn excused(&self, guess: &Guess<'_>, open: &[usize]) -> usize {
        let by_operation = self.by_operation(guess, open, &|_| true);
        let against = by_operation.iter().filter(|(_, proof)| proof.weight() < 0);
        against.filter(|(operation, _)| guess.hypothesis.names_operation(operation)).count()
    }

    /// What speaks for and against a guess, in those operations in which more speaks for it: a port may make the mistake
    /// wherever its primitive is used, or in one envelope and not in the other.
    fn weigh(&self, guess: &Guess<'_>, open: &[usize]) -> (Proof, Reach) {
        let within = self.by_operation(guess, open, &|_| true).into_iter().filter(|(_, proof)| proof.weight() > 0);
        within.fold((Proof::default(), Reach::new()), |(sum, mut reach), (operation, proof)| {
            reach.insert(operation);
            (sum.and(&proof), reach)
        })
    }
}

/// The operations in which a port makes a mistake.
type Reach = BTreeSet<&'static str>;
