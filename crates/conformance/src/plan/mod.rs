//! What a port is asked.
//!
//! In: vector files, a selection, a port's claims. Out: a [`Plan`]: every selected case with its fate, the questions in the
//! order in which they are put, and the probes that come before them. Layer: above `port`, below `runner`; pure.

mod near;
mod pattern;
mod probe;

use std::collections::BTreeMap;
use std::fmt;

use crate::port::Hello;
use crate::registry::{self, Work};
use vectors::{Case, Cost, Expect, Fields, Operation, VectorFile};

pub use pattern::CasePattern;
pub use probe::{Aim, Probe};

/// How often a seal with the port's own randomness is drawn.
const DRAWS: u32 = 8;

/// How often it is drawn when one draw takes long.
const DRAWS_WHEN_COSTLY: u32 = 3;

/// Above this many units of key derivation, about 0.1 s on the reference, a draw takes long.
const COSTLY_UNITS: u64 = 150_000;

/// Above this many units, about 10 ms on the reference, a step keeps a worker busy while the others are done.
const LONG_UNITS: u64 = 20_000;

/// How often a case is asked that is known to fail only sometimes.
const DRAWS_WHEN_FLAKY: u32 = 3;

/// One case in so many is asked twice.
const TWICE_ONE_IN: usize = 16;

/// At most so many cases are asked twice.
const TWICE_MAX: usize = 64;

/// A case that derives more than this is too costly to be asked twice.
const TWICE_UNITS_MAX: u64 = 2_000;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A selection that is no pattern.
    #[error("`{pattern}` is not a valid pattern: {problem}")]
    Pattern {
        /// What was given.
        pattern: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A selection that selects nothing.
    #[error("`{pattern}` matches no case{}", near::in_words(near))]
    MatchesNothing {
        /// What was given.
        pattern: String,
        /// Selections that are near to it and match cases.
        near: Vec<String>,
    },
    /// A policy that no vector file has.
    #[error("no vector file has the policy `{policy}`")]
    NoSuchPolicy {
        /// What was given.
        policy: String,
    },
}

/// One part of a run that is cut into several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    count: usize,
}

impl Shard {
    /// Reads `I/N` with `1 <= I <= N`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (index, count) = text.split_once('/')?;
        let shard = Self { index: index.parse().ok()?, count: count.parse().ok()? };
        (1..=shard.count).contains(&shard.index).then_some(shard)
    }

    fn holds(self, position: usize) -> bool {
        position % self.count == self.index - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.index, self.count)
    }
}

/// Which cases are to be asked.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The cases that match any of these; empty is all.
    pub patterns: Vec<CasePattern>,
    /// Only the files of this policy.
    pub policy: Option<String>,
    /// Only one part of the cases.
    pub shard: Option<Shard>,
    /// The seed of the order; the same seed gives the same plan.
    pub seed: u64,
}

/// What a port can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Claims<'a> {
    /// The port's own words.
    pub hello: &'a Hello,
    /// Policies that its manifest adds to those of the hello.
    pub policies: &'a [String],
    /// Cases that are known to fail only sometimes.
    pub flaky: &'a [CasePattern],
}

impl Claims<'_> {
    /// Whether the port follows the policy.
    #[must_use]
    pub fn follows(&self, policy: &str) -> bool {
        policy == "core" || self.policies.iter().chain(&self.hello.policies).any(|claimed| claimed == policy)
    }
}

/// Every selected case, and what is asked in which order.
#[derive(Clone, Debug)]
pub struct Plan<'v> {
    /// The selected cases, in file order and by id.
    pub entries: Vec<Entry<'v>>,
    /// The questions, in the order in which they are put.
    pub steps: Vec<Step<'v>>,
    /// The simplest questions, which come before all others.
    pub probes: Vec<Probe>,
    /// Known answers of operations that are claimed and not asked.
    pub other_probes: Vec<Probe>,
}

/// One selected case.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'v> {
    /// The file that holds it.
    pub file: &'v VectorFile,
    /// The case.
    pub case: &'v Case,
    /// Whether it is asked.
    pub fate: Fate,
}

/// What happens to a selected case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is asked so many times.
    Asked {
        /// The number of steps that belong to it.
        draws: u32,
    },
    /// It is not asked.
    LeftOut(LeftOut),
}

/// Why a selected case is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// The port does not claim the file's policy.
    Policy,
    /// The port does not claim the operation.
    Operation,
    /// The port's constraints exclude the input.
    Constraint,
}

impl LeftOut {
    /// The reason in words, as a report counts it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Policy => "policy not claimed",
            Self::Operation => "operation not claimed",
            Self::Constraint => "outside the claims",
        }
    }
}

/// One question: what the runner may know of a case.
#[derive(Clone, Copy, Debug)]
pub struct Step<'v> {
    /// The position of the case in [`Plan::entries`].
    pub entry: usize,
    /// What is asked for.
    pub operation: &'static Operation,
    /// The request's input.
    pub input: &'v Fields,
    /// The key derivation that a deadline must allow for; `None` where an answer must come without one.
    pub work: Option<Work>,
}

/// Plans a run: pure, and the same for the same seed.
///
/// # Errors
///
/// [`PlanError`] when a pattern or policy selects nothing.
pub fn select<'v>(files: &'v [VectorFile], selection: &Selection, claims: &Claims<'_>) -> Result<Plan<'v>, PlanError> {
    let mut entries = chosen(files, selection)?;
    for entry in &mut entries {
        entry.fate = fate(entry, claims);
    }
    let steps = order(&mut entries, selection.seed);
    let probes = probe::probes(files, claims, &steps);
    let other_probes = probe::others(files, claims, &steps);
    Ok(Plan { entries, steps, probes, other_probes })
}

/// The selected cases, in order.
fn chosen<'v>(files: &'v [VectorFile], selection: &Selection) -> Result<Vec<Entry<'v>>, PlanError> {
    if let Some(policy) = &selection.policy
        && files.iter().all(|file| file.policy != *policy)
    {
        return Err(PlanError::NoSuchPolicy { policy: policy.clone() });
    }
    let all = || files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    for pattern in &selection.patterns {
        if !all().any(|(file, case)| pattern.matches(file, case)) {
            let near = near::names(files, pattern.as_str());
            return Err(PlanError::MatchesNothing { pattern: pattern.as_str().to_owned(), near });
        }
    }
    let wanted = all().filter(|(file, case)| {
        selection.policy.as_ref().is_none_or(|policy| file.policy == *policy)
            && (selection.patterns.is_empty() || selection.patterns.iter().any(|pattern| pattern.matches(file, case)))
    });
    Ok(wanted
        .enumerate()
        .filter(|(position, _)| selection.shard.is_none_or(|shard| shard.holds(*position)))
        .map(|(_, (file, case))| Entry { file, case, fate: Fate::Asked { draws: 1 } })
        .collect())
}

fn fate(entry: &Entry<'_>, claims: &Claims<'_>) -> Fate {
    let Entry { file, case, .. } = entry;
    if !claims.follows(&file.policy) {
        return Fate::LeftOut(LeftOut::Policy);
    }
    if !claims.hello.claims_operation(file.operation) {
        return Fate::LeftOut(LeftOut::Operation);
    }
    if !claims.hello.claims(file.operation, &case.input) {
        return Fate::LeftOut(LeftOut::Constraint);
    }
    let flaky = claims.flaky.iter().any(|pattern| pattern.matches(file, case));
    let draws = match &case.expect {
        Expect::Opens(_) if is_costly(entry) => DRAWS_WHEN_COSTLY,
        Expect::Opens(_) => DRAWS,
        Expect::Output(_) | Expect::Reject(_) if flaky => DRAWS_WHEN_FLAKY,
        Expect::Output(_) | Expect::Reject(_) => 1,
    };
    Fate::Asked { draws }
}

fn is_costly(entry: &Entry<'_>) -> bool {
    work(entry).is_some_and(|work| work.units > COSTLY_UNITS)
}

/// A hostile case must be refused before the work, so no deadline allows for it.
fn work(entry: &Entry<'_>) -> Option<Work> {
    match entry.file.cost {
        Cost::Fast | Cost::Slow | Cost::Heavy => registry::work(entry.file.operation, &entry.case.input),
        Cost::Hostile => None,
    }
}

/// All questions, shuffled; then a sample of them again, in another order.
fn order<'v>(entries: &mut [Entry<'v>], seed: u64) -> Vec<Step<'v>> {
    let mut random = fastrand::Rng::with_seed(seed);
    let step = |(position, entry): (usize, &Entry<'v>)| Step {
        entry: position,
        operation: entry.file.operation,
        input: &entry.case.input,
        work: work(entry),
    };
    let mut steps: Vec<Step<'v>> = entries
        .iter()
        .enumerate()
        .flat_map(|(position, entry)| match entry.fate {
            Fate::Asked { draws } => std::iter::repeat_n(step((position, entry)), draws as usize),
            Fate::LeftOut(_) => std::iter::repeat_n(step((position, entry)), 0),
        })
        .collect();
    random.shuffle(&mut steps);
    let steps = with_short_steps_last(steps);
    let again = sample(entries, &steps, &mut random);
    for step in &again {
        entries[step.entry].fate = Fate::Asked { draws: 2 };
    }
    let (long, short): (Vec<_>, Vec<_>) = again.into_iter().partition(is_long);
    [long, steps, short].concat()
}

fn is_long(step: &Step<'_>) -> bool {
    units(step) > LONG_UNITS
}

/// The long steps of the last quarter come first, so that at the end no worker is left alone with one.
fn with_short_steps_last(mut steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    let last = steps.split_off(steps.len() - steps.len() / 4);
    let (long, short): (Vec<_>, Vec<_>) = last.into_iter().partition(is_long);
    [long, steps, short].concat()
}

/// The steps that are asked twice: some cheap ones whose answer is fixed, and of every operation at least one that has an answer.
fn sample<'v>(entries: &[Entry<'v>], steps: &[Step<'v>], random: &mut fastrand::Rng) -> Vec<Step<'v>> {
    let fixed = |step: &&Step<'v>| {
        let entry = &entries[step.entry];
        entry.fate == Fate::Asked { draws: 1 } && entry.file.cost != Cost::Hostile
    };
    let candidates: Vec<_> = steps.iter().filter(fixed).copied().collect();
    let cheap: Vec<_> = candidates.iter().filter(|step| units(step) <= TWICE_UNITS_MAX).copied().collect();
    let count = cheap.len().div_ceil(TWICE_ONE_IN).min(TWICE_MAX);
    let mut sample: Vec<Step<'v>> = random.choose_multiple(&cheap, count).into_iter().copied().collect();
    let mut cheapest = cheapest(entries, &candidates);
    for step in sample.iter().filter(|step| has_output(entries, step)) {
        cheapest.remove(step.operation.name);
    }
    sample.extend(cheapest.into_values());
    sample
}

/// The cheapest step of each operation that has an answer.
fn cheapest<'v>(entries: &[Entry<'v>], steps: &[Step<'v>]) -> BTreeMap<&'v str, Step<'v>> {
    let mut cheapest: BTreeMap<&str, Step<'v>> = BTreeMap::new();
    for step in steps.iter().filter(|step| has_output(entries, step)) {
        let known = cheapest.entry(step.operation.name).or_insert(*step);
        if units(step) < units(known) {
            *known = *step;
        }
    }
    cheapest
}

fn has_output(entries: &[Entry<'_>], step: &Step<'_>) -> bool {
    matches!(entries[step.entry].case.expect, Expect::Output(_))
}

/// What a step derives, in units of work.
fn units(step: &Step<'_>) -> u64 {
    step.work.map_or(0, |work| work.units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{InProcess, Reference};
    use vectors::operation::find;
    use vectors::{Reason, Source};

    fn file(path: &str, operation: &str, policy: &str, expects: &[Expect]) -> VectorFile {
        let operation = find(operation).unwrap();
        let all = Fields::new()
            .with_bytes("message", [1; 3])
            .with_text("password_text", "p")
            .with_integer("iterations", 1)
            .with_bytes("plaintext", [2; 2]);
        let case = |(at, expect): (usize, &Expect)| Case {
            id: u32::try_from(at).unwrap() + 1,
            name: format!("case-{at}"),
            why: String::new(),
            flags: Vec::new(),
            derived_from: None,
            input: Fields::pick(operation.input, &[&all]),
            expect: expect.clone(),
            trace: std::collections::BTreeMap::new(),
            confirmed_by: Vec::new(),
        };
        VectorFile {
            path: path.to_owned(),
            operation,
            title: String::new(),
            policy: policy.to_owned(),
            cost: Cost::Fast,
            spec: Vec::new(),
            source: Source { recipe: String::new(), seed: String::new(), oracles: std::collections::BTreeMap::new() },
            flags: std::collections::BTreeMap::new(),
            cases: expects.iter().enumerate().map(case).collect(),
        }
    }

    fn files() -> Vec<VectorFile> {
        let output = Expect::Output(Fields::new().with_bytes("digest", [0]));
        let refuse = Expect::Reject(vec![Reason::Malformed]);
        let opens = Expect::Opens(Fields::new().with_bytes("plaintext", [2; 2]));
        vec![
            file("autonomail/seal", "autonomail.seal", "core", &[opens]),
            file("sha512/long", "sha512.digest", "core", &vec![output; 40]),
            file("sha512/odd", "sha512.digest", "odd-reader", &[refuse]),
        ]
    }

    fn hello(operations: &[&str]) -> Hello {
        let mut hello = Reference::default().hello();
        hello.operations = operations.iter().map(|name| ((*name).to_owned(), [].into())).collect();
        hello
    }

    fn plan<'v>(files: &'v [VectorFile], hello: &Hello, selection: &Selection) -> Result<Plan<'v>, PlanError> {
        select(files, selection, &Claims { hello, policies: &[], flaky: &[] })
    }

    fn asked(plan: &Plan<'_>) -> u32 {
        plan.entries
            .iter()
            .map(|entry| match entry.fate {
                Fate::Asked { draws } => draws,
                Fate::LeftOut(_) => 0,
            })
            .sum()
    }

    /// A case that is neither asked nor counted as left out would vanish from the report.
    #[test]
    fn every_selected_case_is_asked_or_left_out_for_a_reason() {
        let files = files();
        let plan = plan(&files, &hello(&["sha512.digest"]), &Selection::default()).unwrap();
        assert_eq!(plan.entries.len(), 42);
        let left_out = |reason| plan.entries.iter().filter(|entry| entry.fate == Fate::LeftOut(reason)).count();
        assert_eq!((left_out(LeftOut::Policy), left_out(LeftOut::Operation), left_out(LeftOut::Constraint)), (1, 1, 0));
        // 40 cases, and one in sixteen of them again.
        assert_eq!((plan.steps.len(), asked(&plan)), (43, 43));
    }

    /// One draw of a salt shows nothing about the next.
    #[test]
    fn seals_are_drawn_several_times() {
        let files = files();
        let plan = plan(&files, &hello(&["autonomail.seal"]), &Selection::default()).unwrap();
        assert_eq!(plan.steps.len(), 8);
    }

    /// A run that cannot be repeated cannot be debugged; one that is never shuffled hides what depends on order.
    #[test]
    fn the_seed_and_nothing_else_decides_the_order() {
        let (files, hello) = (files(), hello(&["sha512.digest"]));
        let order = |seed| -> Vec<usize> {
            let selection = Selection { seed, ..Selection::default() };
            plan(&files, &hello, &selection).unwrap().steps.iter().map(|step| step.entry).collect()
        };
        assert_eq!(order(1), order(1));
        assert_ne!(order(1), order(2));
    }

    /// One long derivation that is begun last keeps all workers but one waiting for it.
    #[test]
    fn no_long_step_stands_at_the_end() {
        let output = Expect::Output(Fields::new());
        let files = vec![
            file("notesnook/derive-key", "notesnook.derive-key", "core", &vec![output.clone(); 20]),
            file("sha512/long", "sha512.digest", "core", &vec![output; 60]),
        ];
        for seed in 0..20 {
            let selection = Selection { seed, ..Selection::default() };
            let plan = plan(&files, &hello(&["sha512.digest", "notesnook.derive-key"]), &selection).unwrap();
            let last_long = plan.steps.iter().rposition(|step| step.work.is_some()).unwrap();
            assert!(last_long < 70 && plan.steps.len() == 85, "{last_long} of {}", plan.steps.len());
            // One of them is asked twice.
            let long = plan.steps.iter().filter(|step| step.work.is_some()).count();
            assert_eq!(long, 21);
        }
    }

    /// Shards that overlap or leave a gap would let a CI pass that asked less than everything.
    #[test]
    fn shards_are_a_partition() {
        let files = files();
        let names = |selection: &Selection| -> Vec<String> {
            let plan = plan(&files, &hello(&["sha512.digest"]), selection).unwrap();
            plan.entries.iter().map(|entry| entry.file.case_id(entry.case)).collect()
        };
        let mut all: Vec<_> = (1..=3)
            .flat_map(|index| names(&Selection { shard: Shard::read(&format!("{index}/3")), ..Selection::default() }))
            .collect();
        all.sort();
        let mut whole = names(&Selection::default());
        whole.sort();
        assert_eq!(all, whole);
        for bad in ["0/3", "4/3", "1", "1/0", "a/b", "-1/2"] {
            assert_eq!(Shard::read(bad), None, "{bad}");
        }
    }

    /// A typing mistake in a selection must not be a green run of nothing.
    #[test]
    fn a_selection_of_nothing_is_an_error() {
        let (files, hello) = (files(), hello(&["sha512.digest"]));
        let pattern = |text| Selection { patterns: vec![CasePattern::read(text).unwrap()], ..Selection::default() };
        assert!(matches!(plan(&files, &hello, &pattern("sha513/*")), Err(PlanError::MatchesNothing { .. })));
        let policy = Selection { policy: Some("lax".to_owned()), ..Selection::default() };
        assert!(matches!(plan(&files, &hello, &policy), Err(PlanError::NoSuchPolicy { .. })));
        assert_eq!(plan(&files, &hello, &pattern("sha512")).unwrap().entries.len(), 41);
    }
}
