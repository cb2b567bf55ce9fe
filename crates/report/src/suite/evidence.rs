//! What a run has seen, for the diagnosis: the answers of cases, and of a port that fails its probes those of some cases
//! that get no verdict. Layer: `suite`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use super::Order;
use crate::Diagnosed;
use conformance::plan::{Entry, Plan, Step};
use conformance::port::{Hello, Mismatch, POLICIES};
use conformance::runner::{Manner, Runner};
use conformance::verdict::{Excuse, Judged, Tally, Verdict};
use diagnosis::{Derivations, Diagnosis, Exhibit, Finding, Watch, explain};

/// Cases of each operation that are asked of a port that fails its probes.
const ASKED_OF_BROKEN: usize = 64;

/// Cases of the operation whose probe failed that are asked.
const ASKED_OF_WRONG: usize = 400;

/// Cases of such a port derive no more than this.
const UNITS_MAX: u64 = 100_000;

/// Observations that are kept for a diagnosis, in bytes of JSON; later findings are not diagnosed.
const OBSERVED_BYTES_MAX: usize = 32 << 20;

/// How a clock is read and how long a diagnosis may take.
#[derive(Clone, Copy)]
pub struct Time<'a> {
    /// The time since some moment.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
    /// How long a diagnosis may take; with zero there is none.
    pub diagnosis: Duration,
}

impl Time<'static> {
    /// Nobody wants a diagnosis.
    pub const NO_DIAGNOSIS: Self = Self { clock: &|| Duration::ZERO, diagnosis: Duration::ZERO };
}

/// What was seen of each entry of a plan that was asked.
#[derive(Default)]
pub(super) struct Evidence {
    seen: BTreeMap<usize, Option<Finding>>,
    findings: usize,
    observed_bytes: usize,
}

impl Evidence {
    /// Keeps what was judged. What a known issue excuses is no news, and speaks for no other cause. Cases of lenient readers'
    /// policies are left out, for known mistakes are made in a port that reads strictly.
    pub(super) fn keep(&mut self, position: usize, policy: &str, judged: &Judged) {
        let is_lenient = policy != "core" && !POLICIES.contains(&policy);
        if is_lenient || matches!(judged.verdict, Verdict::KnownFailure(_)) {
            return;
        }
        let finding = judged.verdict.mismatch().zip(judged.observed.as_ref()).map(|(mismatch, observed)| Finding {
            mismatch,
            observed: observed.clone(),
            stale: judged.stale,
        });
        let is_seen = finding.as_ref().is_none_or(|finding| finding.mismatch != Mismatch::NotRun);
        let bytes = finding.as_ref().map_or(0, |finding| finding.observed.to_json().to_string().len());
        if is_seen && self.observed_bytes + bytes <= OBSERVED_BYTES_MAX {
            self.observed_bytes += bytes;
            self.findings += usize::from(finding.is_some());
            self.seen.insert(position, finding);
        }
    }

    /// Asks cases that get no verdict: some of every operation, more of the one that is wrong.
    pub(super) fn gather(
        plan: &Plan<'_>,
        excused: &[Excuse<'_>],
        wrong: &str,
        runner: &mut Runner<'_>,
        hello: &Hello,
    ) -> Self {
        let steps = some_of_each(&plan.steps, wrong);
        runner.measure(hello, &steps);
        let (mut evidence, mut tally) = (Self::default(), Tally::new(super::subjects(plan, excused)));
        runner.ask(&steps, Manner::Windowed, &mut |seen| {
            let position = steps[seen.step].entry;
            if let Some(judged) = tally.observe(position, seen.observed, seen.elapsed) {
                evidence.keep(position, &plan.entries[position].file.policy, &judged);
            }
            ControlFlow::Continue(())
        });
        evidence
    }

    /// Why cases failed; `None` when none did or nobody wants to know.
    pub(super) fn explain(&self, plan: &Plan<'_>, order: &Order<'_>, hello: &Hello) -> Option<Diagnosed> {
        let allowed = order.time.diagnosis;
        if allowed.is_zero() || self.findings == 0 {
            return None;
        }
        let positions: Vec<usize> = self.seen.keys().copied().collect();
        let exhibits: Vec<_> = self.seen.iter().map(|(at, found)| exhibit(&plan.entries[*at], found.clone())).collect();
        let began = (order.time.clock)();
        let watch = Watch { elapsed: &|| (order.time.clock)().saturating_sub(began), allowed };
        let diagnosis: Diagnosis = explain(&exhibits, &Derivations::default(), watch);
        Some(Diagnosed::of(&diagnosis, &exhibits, &positions, hello, allowed))
    }
}

fn exhibit<'v>(entry: &Entry<'v>, found: Option<Finding>) -> Exhibit<'v> {
    Exhibit { file: entry.file, case: entry.case, found }
}

/// Of each operation so many cases, spread over its files, each with all of its draws.
fn some_of_each<'v>(steps: &[Step<'v>], wrong: &str) -> Vec<Step<'v>> {
    let mut by_operation: BTreeMap<&str, BTreeMap<usize, Vec<Step<'v>>>> = BTreeMap::new();
    for step in steps.iter().filter(|step| units(step) <= UNITS_MAX) {
        by_operation.entry(step.operation.name).or_default().entry(step.entry).or_default().push(*step);
    }
    let some = |(operation, cases): (&str, BTreeMap<usize, Vec<Step<'v>>>)| {
        let asked = if operation == wrong { ASKED_OF_WRONG } else { ASKED_OF_BROKEN };
        let stride = cases.len().div_ceil(asked).max(1);
        cases.into_values().step_by(stride).flatten().collect::<Vec<_>>()
    };
    by_operation.into_iter().flat_map(some).collect()
}

fn units(step: &Step<'_>) -> u64 {
    step.work.map_or(0, |work| work.units)
}
