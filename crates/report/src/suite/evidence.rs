//! What a run has seen, for the diagnosis: the answers of cases, and of a port that fails its probes those of some cases
//! that get no verdict. Layer: `suite`.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use super::Order;
use crate::{Diagnosed, plain};
use conformance::plan::{Entry, Plan, Step};
use conformance::port::{Hello, Mismatch, POLICIES};
use conformance::runner::{Manner, Runner};
use conformance::verdict::{Judged, Subject, Tally, Verdict};
use diagnosis::{Derivations, Diagnosis, Exhibit, Finding, Watch, explain};

/// Cases of each operation that are asked of a port that fails its probes.
const ASKED_OF_BROKEN: usize = 64;

/// Cases of the operation whose probe failed that are asked.
const ASKED_OF_WRONG: usize = 400;

/// A case that derives more than this is costly.
const UNITS_MAX: u64 = 100_000;

/// Costly cases of the operations whose probes failed that are asked, of each; of other operations none are.
const ASKED_OF_COSTLY: usize = 12;

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
        subjects: Vec<Subject<'_>>,
        wrong: &[&'static str],
        runner: &mut Runner<'_>,
        hello: &Hello,
    ) -> Self {
        let steps = some_of_each(&plan.steps, wrong);
        runner.measure(hello, &steps);
        let (mut evidence, mut tally) = (Self::default(), Tally::new(subjects));
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
        let mut positions: Vec<usize> = self.seen.keys().copied().collect();
        let mut exhibits: Vec<_> =
            self.seen.iter().map(|(at, found)| exhibit(&plan.entries[*at], found.clone())).collect();
        // One answer for everything would hide, in hundreds of failures, what else is wrong.
        let one_reason = plain::one_reason(&exhibits)
            .map(|(reason, cases)| plain::of_one_reason(reason, without(&mut exhibits, &mut positions, &cases)));
        let refuses = plain::refuses_all(&exhibits)
            .map(|cases| plain::of_refusing_all(without(&mut exhibits, &mut positions, &cases)));
        let began = (order.time.clock)();
        let watch = Watch { elapsed: &|| (order.time.clock)().saturating_sub(began), allowed };
        let diagnosis: Diagnosis = explain(&exhibits, &Derivations::default(), watch);
        let mut diagnosed = Diagnosed::of(&diagnosis, &exhibits, &positions, hello, allowed);
        plain::describe(&mut diagnosed, &exhibits, &positions);
        diagnosed.causes.extend(one_reason.into_iter().chain(refuses));
        // What the port's own bytes prove comes before what only fails alike.
        diagnosed.causes.sort_by_key(|cause| (!cause.is_proven, std::cmp::Reverse(cause.cases.len())));
        Some(diagnosed)
    }
}

/// Takes these exhibits out, in ascending order; their positions.
fn without(exhibits: &mut Vec<Exhibit<'_>>, positions: &mut Vec<usize>, taken: &[usize]) -> Vec<usize> {
    let gone = taken.iter().map(|at| positions[*at]).collect();
    for at in taken.iter().rev() {
        exhibits.remove(*at);
        positions.remove(*at);
    }
    gone
}

fn exhibit<'v>(entry: &Entry<'v>, found: Option<Finding>) -> Exhibit<'v> {
    Exhibit { file: entry.file, case: entry.case, found }
}

/// Of each operation so many cases, spread over its files, each with all of its draws.
fn some_of_each<'v>(steps: &[Step<'v>], wrong: &[&'static str]) -> Vec<Step<'v>> {
    type Cases<'v> = BTreeMap<usize, Vec<Step<'v>>>;
    let mut kinds: BTreeMap<(&str, bool), Cases<'v>> = BTreeMap::new();
    for step in steps {
        let kind = (step.operation.name, units(step) > UNITS_MAX);
        kinds.entry(kind).or_default().entry(step.entry).or_default().push(*step);
    }
    let some = |((operation, is_costly), cases): ((&str, bool), Cases<'v>)| {
        let asked = match (is_costly, wrong.contains(&operation)) {
            (false, false) => ASKED_OF_BROKEN,
            (false, true) => ASKED_OF_WRONG,
            (true, false) => 0,
            (true, true) => ASKED_OF_COSTLY,
        };
        let stride = cases.len().div_ceil(asked.max(1)).max(1);
        cases.into_values().step_by(stride).take(asked).flatten().collect::<Vec<_>>()
    };
    kinds.into_iter().flat_map(some).collect()
}

fn units(step: &Step<'_>) -> u64 {
    step.work.map_or(0, |work| work.units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use conformance::registry::{Kdf, Work};
    use vectors::Fields;
    use vectors::operation::find;

    /// A costly operation whose probe fails is the one that needs a diagnosis; the costly ones beside it would only take time.
    #[test]
    fn costly_cases_are_asked_of_the_wrong_operation_alone() {
        let (input, login, open) =
            (Fields::new(), find("notesnook.login-hash").unwrap(), find("notesnook.open").unwrap());
        let work = |units| Some(Work { kdf: Kdf::Argon2, units, memory_kib: 0 });
        let step = |entry, operation, units| Step { entry, operation, input: &input, work: work(units) };
        let costly = (0..30).flat_map(|at| [step(at, login, UNITS_MAX + 1), step(100 + at, open, UNITS_MAX + 1)]);
        let steps: Vec<_> = costly.chain([step(200, open, 1)]).collect();
        let chosen = some_of_each(&steps, &[login.name]);
        let count = |name| chosen.iter().filter(|step| step.operation.name == name).count();
        assert_eq!((count("notesnook.login-hash"), count("notesnook.open")), (10, 1));
    }
}
