//! Which mistakes explain a run's failures.
//!
//! In: what a run has seen. Out: causes, each with what it rests on. Guesses are tried the cheapest first: mistakes of the
//! catalogue, values changed on their way ([`super::grid`]), and two at once. The guess that explains most is taken, then
//! what it leaves is explained, until nothing is left or nothing explains it. Layer: `diagnosis`; pure: the time is told.

mod cost;
mod fitting;
mod guess;
mod pairs;
mod pool;
mod recurrence;

use super::grid;
use super::{Cause, Derivations, Diagnosis, Divergence, Exhibit, Hypothesis, Mistake, Proof, known, look, mistakes};
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use super::evidence::Fit;
use conformance::shown::counted;
use envelope::facts::below;
use vectors::Expect;

use pool::{Pool, Standing};

/// The time that a search may take.
#[derive(Clone, Copy)]
pub struct Watch<'w> {
    /// How long it has taken so far.
    pub elapsed: &'w (dyn Fn() -> Duration + Sync),
    /// How long it may take.
    pub allowed: Duration,
}

impl Watch<'_> {
    /// The same, which ends when so much of the time is left.
    fn ending_at(self, left: Duration) -> Self {
        Self { allowed: self.allowed.saturating_sub(left), ..self }
    }

    /// What is left of the time.
    fn left(self) -> Duration {
        self.allowed.saturating_sub((self.elapsed)())
    }

    fn is_over(self) -> bool {
        self.left().is_zero()
    }
}

/// A run's failures have at most so many causes; what is beyond them is not looked for.
const CAUSES_MAX: usize = 16;

/// Guesses that explain the same cases as well are named beside a cause if they are no more than these.
const ALTERNATIVES_MAX: usize = 4;

/// Failures that a cause may leave to others in the operations that it is made in, for each that it explains.
const SILENT_MAX: usize = 16;

/// Cases that a changed value must explain for each in which it gives other bytes than the port's: there are many changes, and
/// some do the same to short values.
const DIFFERING_OF_CHANGES: usize = 8;

/// Guesses that are told of where none is a cause.
const NEAREST_MAX: usize = 2;

/// The part of the time that is left which the first round of the catalogue gets, that of everything, and all rounds before pairs.
const SINGLES_SHARE: (u32, u32) = (1, 3);
const WIDER_SHARE: (u32, u32) = (1, 2);
const WHOLE_SHARE: (u32, u32) = (3, 4);

/// The odds below which a pattern of verdicts is no coincidence, after all guesses that were tried.
const CHANCE_MAX: f64 = 0.05;

/// Finds out why cases failed.
#[must_use]
pub fn explain(exhibits: &[Exhibit<'_>], derivations: &Derivations, watch: Watch<'_>) -> Diagnosis {
    let mut open: Vec<usize> = (0..exhibits.len()).filter(|at| exhibits[*at].is_telling()).collect();
    known::learn(derivations, exhibits);
    let pool = Pool::new(exhibits, derivations, watch);
    let mut search = Search { exhibits, pool, watch, causes: Vec::new(), is_catalogued: false };
    while !open.is_empty() && search.causes.len() < CAUSES_MAX && !watch.is_over() {
        let Some(cause) = search.next(&open) else { break };
        open.retain(|at| cause.cases.binary_search(at).is_err() && cause.unchecked.binary_search(at).is_err());
        search.causes.push(cause);
    }
    let complete = !watch.is_over();
    let Search { pool, mut causes, .. } = search;
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.cases.len()));
    let mut unexplained = Divergence::of(exhibits, &open, derivations);
    for divergence in &mut unexplained {
        divergence.nearest = nearest(&pool, &divergence.cases);
    }
    Diagnosis { causes, unexplained, tried: pool.tried(), complete }
}

/// What fits these cases best, in words.
fn nearest(pool: &Pool<'_, '_, '_>, cases: &[usize]) -> Vec<String> {
    let told = |(hypothesis, proof): (Hypothesis, Proof)| {
        let against = proof.silent + proof.differing + proof.contradicted;
        format!(
            "{}: gives the same bytes in {}, but not what was seen in {}",
            hypothesis.sentence(),
            counted(proof.reproduced, "case"),
            counted(against, "other")
        )
    };
    pool.nearest(cases, NEAREST_MAX).into_iter().map(told).collect()
}

struct Search<'a, 'v, 'd> {
    exhibits: &'a [Exhibit<'v>],
    pool: Pool<'a, 'v, 'd>,
    watch: Watch<'a>,
    causes: Vec<Cause>,
    /// Whether the catalogue is among the guesses.
    is_catalogued: bool,
}

impl Search<'_, '_, '_> {
    /// The cause that explains most of the open cases.
    fn next(&mut self, open: &[usize]) -> Option<Cause> {
        // What an answer shows by itself costs nothing and is most certain.
        self.pool.add(look::guesses(self.exhibits, open, self.pool.derivations()).into_iter());
        let seen = self.best_in(open, 1);
        // One that leaves others where it is made may be a part of something that has a name.
        if let Some(seen) = seen.filter(|cause| cause.proof.is_plain() && cause.proof.silent == 0) {
            return self.in_the_catalogues_words(seen, open);
        }
        if !self.is_catalogued {
            self.is_catalogued = true;
            self.pool.add(mistakes::all().map(Hypothesis::of));
        }
        let single = self.best_within(open, 1, SINGLES_SHARE);
        // One that leaves more than it explains where it is made may be a part of something else.
        if single.as_ref().is_some_and(|cause| cause.proof.is_plain() && cause.proof.silent <= cause.proof.explained())
        {
            return single;
        }
        self.widen(open);
        let wider = self.best_within(open, 1, WIDER_SHARE);
        if wider.as_ref().is_some_and(|cause| cause.proof.is_plain()) {
            return wider;
        }
        self.pool.add(grid::slices().into_iter().chain(grid::cuts(self.exhibits, open)));
        let whole = self.best_within(open, pool::ROUNDS, WHOLE_SHARE);
        if whole.is_some() {
            return whole;
        }
        let pairs = pairs::found(&self.pool, open);
        self.pool.add(pairs.into_iter());
        self.best(open)
    }

    /// The same cause, or a mistake of the catalogue that gives the same bytes: it has a name, reports and a fix.
    fn in_the_catalogues_words(&mut self, seen: Cause, open: &[usize]) -> Option<Cause> {
        let Some(exhibit) = seen.proof.shown_by.map(|at| &self.exhibits[at]) else { return Some(seen) };
        if self.is_catalogued {
            return Some(seen);
        }
        let (operation, input) = (exhibit.operation(), &exhibit.case.input);
        let derivations = self.pool.derivations();
        let gives = |guess: &Hypothesis| {
            guess.touches(operation)
                && guess.derivation_us(operation, input, derivations) == 0
                && exhibit.fit(&guess.port(derivations)) == Fit::Reproduces
        };
        let named: Vec<_> = mistakes::all().map(Hypothesis::of).filter(gives).collect();
        self.pool.add(named.into_iter());
        self.best(open).or(Some(seen))
    }

    /// Adds what is beyond the catalogue: changed values, and each mistake beside the causes that are known.
    fn widen(&mut self, open: &[usize]) {
        let rooms = grid::rooms(self.exhibits, open);
        let changes = [grid::likely(self.exhibits, open), grid::within(&rooms), grid::swaps(self.exhibits, open)];
        let (likely, others) = grid::in_order(changes.concat());
        self.pool.add_likely(likely.into_iter());
        self.pool.add(others.into_iter());
        self.pool.add(mistakes_within(&rooms).into_iter());
        let known: Vec<_> = self.causes.iter().map(|cause| cause.hypothesis.clone()).collect();
        for cause in known {
            let touched = |at: &usize| cause.touches(self.exhibits[*at].operation());
            if open.iter().any(touched) && !self.watch.is_over() {
                let others =
                    mistakes::all().filter(|mistake| cause.mistakes.iter().all(|one| one.name != mistake.name));
                // One that is made nowhere near adds nothing to what the cause explains by itself.
                let near = |other: &Hypothesis| open.iter().any(|at| other.touches(self.exhibits[*at].operation()));
                self.pool.add(others.map(Hypothesis::of).filter(near).map(|other| cause.and(&other)));
            }
        }
    }

    /// The same in a part of the time that is left: what costs much must not keep all others from their turn.
    fn best_within(&mut self, open: &[usize], rounds: usize, (part, of): (u32, u32)) -> Option<Cause> {
        let until = self.watch.left() * (of - part) / of;
        self.pool.stop_at(until);
        let best = self.best_in(open, rounds);
        self.pool.stop_at(Duration::ZERO);
        best
    }

    /// The guess that explains most of the open cases, if it explains them better than chance.
    fn best(&mut self, open: &[usize]) -> Option<Cause> {
        self.best_in(open, pool::ROUNDS)
    }

    /// The same, looked for in so many rounds.
    fn best_in(&mut self, open: &[usize], rounds: usize) -> Option<Cause> {
        let (standings, first) = (0..rounds).find_map(|round| {
            let standings = if self.pool.watch().is_over() { Vec::new() } else { self.pool.race(open, round) };
            let mut equals: HashMap<_, usize> = HashMap::new();
            for standing in &standings {
                *equals.entry(standing.rank()).or_default() += 1;
            }
            let first = standings.iter().position(|standing| self.holds(standing, equals[&standing.rank()], open))?;
            Some((standings, first))
        })?;
        let Standing { proof, cases, unchecked, .. } = &standings[first];
        let equals =
            standings.iter().filter(|other| other.rank() == standings[first].rank()).map(|other| other.guess).collect();
        let alike = recurrence::most_alike(&self.pool, equals, cases);
        let mut alike = alike.into_iter().map(|guess| self.pool.hypothesis(guess));
        let hypothesis = alike.next()?;
        let mut alternatives: Vec<Hypothesis> = Vec::new();
        for other in alike {
            let is_told = std::iter::once(&hypothesis).chain(&alternatives).any(|told| told.what() == other.what());
            if !is_told && alternatives.len() < ALTERNATIVES_MAX {
                alternatives.push(other);
            }
        }
        Some(Cause { hypothesis, alternatives, cases: cases.clone(), unchecked: unchecked.clone(), proof: *proof })
    }

    /// Whether a guess is more than a guess: it gives the port's own bytes, or a pattern of verdicts that few others give
    /// and that chance does not. `equals` explain the same cases as well, itself among them.
    fn holds(&self, standing: &Standing, equals: usize, open: &[usize]) -> bool {
        let Standing { proof, .. } = standing;
        if proof.weight() <= 0 || proof.explained() == 0 {
            return false;
        }
        if proof.reproduced > 0 {
            // One equal answer beside others that it does not touch is a coincidence.
            if proof.explained() == 1 && proof.silent + proof.differing > 1 {
                return false;
            }
            // A few equal bytes among many that differ, or that it leaves right, are short texts on which many changes agree.
            let is_change = !self.pool.hypothesis(standing.guess).edits.is_empty();
            let differing = if is_change { DIFFERING_OF_CHANGES * proof.differing } else { proof.differing };
            return differing < proof.reproduced && proof.silent <= SILENT_MAX * proof.explained();
        }
        standing.checked
            && standing.excused == 0
            && proof.contradicted == 0
            && proof.differing == 0
            && equals <= ALTERNATIVES_MAX
            && (self.pool.hypothesis(standing.guess).edits.is_empty() || self.opens_something(standing))
            && !self.is_fed_wrong_bytes(standing, open)
            && !self.pool.is_belied(standing.guess, open)
            && self.is_no_chance(standing)
    }

    /// Whether the port gives something out in the operations whose failures a guess explains: where it opens nothing, any change
    /// explains that.
    fn opens_something(&self, standing: &Standing) -> bool {
        let operations: BTreeSet<_> = standing.cases.iter().map(|at| self.exhibits[*at].operation().name).collect();
        let gives = |exhibit: &&Exhibit<'_>| {
            let is_given = matches!(&exhibit.case.expect, Expect::Output(output)
                if output.iter().any(|(_, value)| value.as_bytes().is_some_and(|bytes| !bytes.is_empty())));
            exhibit.found.is_none() && is_given
        };
        let alive: BTreeSet<_> = self.exhibits.iter().filter(gives).map(|exhibit| exhibit.operation().name).collect();
        operations.is_subset(&alive)
    }

    /// Whether chance hardly gives such a pattern of verdicts: of all choices of so many cases out of those that were asked, those
    /// that are failures of the port anyway, and that for each guess that had the same chance.
    fn is_no_chance(&self, Standing { proof, guess, .. }: &Standing) -> bool {
        let explained = proof.explained();
        let share = ways(explained + proof.silent, explained) / ways(proof.held_against(), explained);
        float(self.pool.rivals(*guess)) * share < CHANCE_MAX
    }

    /// Whether what a guess explains stands on another operation that gives wrong bytes, for which it has no explanation.
    fn is_fed_wrong_bytes(&self, standing: &Standing, open: &[usize]) -> bool {
        let hypothesis = self.pool.hypothesis(standing.guess);
        let operations: BTreeSet<_> = standing.cases.iter().map(|at| self.exhibits[*at].operation().name).collect();
        open.iter().map(|at| &self.exhibits[*at]).any(|exhibit| {
            let name = exhibit.operation().name;
            let feeds = || operations.iter().any(|above| below(above).contains(&name));
            exhibit.has_wrong_bytes() && !hypothesis.touches(exhibit.operation()) && feeds()
        })
    }
}

/// The mistakes of the catalogue made in some failing operations alone, though the operations below them are right.
fn mistakes_within(rooms: &[&'static [&'static str]]) -> Vec<Hypothesis> {
    let concerned = |mistake: &&'static Mistake, room: &'static [&'static str]| {
        let is_made = |name: &&'static str| mistake.operations.contains(name);
        let elsewhere = mistake.operations.iter().any(|other| !room.contains(other));
        elsewhere && room.iter().any(|name| is_made(name) || below(name).iter().any(is_made))
    };
    let of = |room: &&'static [&'static str]| {
        let room = *room;
        mistakes::all()
            .filter(move |mistake| concerned(mistake, room))
            .map(move |mistake| Hypothesis::of(mistake).within(room))
    };
    rooms.iter().flat_map(of).collect()
}

/// In how many ways so many of all cases can be picked, up to where it no longer matters.
fn ways(all: usize, picked: usize) -> f64 {
    let picked = picked.min(all - picked);
    (0..picked.min(64)).fold(1.0, |ways, at| ways * float(all - at) / float(at + 1))
}

fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
