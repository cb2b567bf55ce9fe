//! The simplest questions, before the cases: an adapter that does not speak the protocol, or is right in nothing, ends the run;
//! one wrong operation costs the others nothing. Layer: `suite`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use conformance::plan::{Aim, Plan, Probe};
use conformance::port::{Hello, Observed};
use conformance::runner::{Manner, Runner};
use conformance::verdict::Excuse;
use vectors::Answer;

/// What the probes came to.
#[derive(Default)]
pub(super) struct Probed {
    /// What is wrong, one line each: the first fault of each operation.
    pub(super) faults: Vec<String>,
    /// The operations that were wrong, in the order in which they were asked.
    pub(super) wrong: Vec<&'static str>,
    /// Those of them that ended or silenced the port.
    pub(super) ending: BTreeSet<&'static str>,
    /// Whether no verdict would mean anything.
    pub(super) is_broken: bool,
    /// Whether a wrong one was answered at all, and the answer is worth a diagnosis.
    pub(super) answers: bool,
    /// Known answers that were given.
    right: usize,
}

/// Asks the probes, and learns the port's speed from those that are right. One whose case has a known issue says nothing.
pub(super) fn ask(runner: &mut Runner<'_>, plan: &Plan<'_>, excused: &[Excuse<'_>]) -> Probed {
    let mut probed = Probed::default();
    let steps: Vec<_> = plan.probes.iter().map(Probe::step).collect();
    let mut learnt = Vec::new();
    runner.ask(&steps, Manner::OneByOne, &mut |seen| {
        let probe = &plan.probes[seen.step];
        if is_excused(probe, plan, excused) && probe.objection(&seen.observed).is_some() {
            return ControlFlow::Continue(());
        }
        if probed.take(probe, &seen.observed) {
            learnt.extend(probe.work().map(|work| (work, seen.elapsed)));
        }
        if probed.is_broken { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    for (work, elapsed) in learnt {
        runner.learn(work, elapsed);
    }
    // What the port claims beside the selected cases tells whether the adapter or one operation is wrong.
    if !probed.is_broken && !probed.wrong.is_empty() && probed.right == 0 {
        probed.is_broken = !is_right_in_one(runner, &plan.other_probes);
        if probed.is_broken && probed.wrong.len() > 1 {
            // Where all are wrong one shows how, and the others only that it is all of them.
            probed.faults.truncate(1);
            probed.faults.push(format!("no operation is right in its probe: {}", probed.wrong.join(", ")));
        }
    }
    probed
}

/// Whether the probe asks what a known issue speaks of: the case has its verdict by itself.
fn is_excused(probe: &Probe, plan: &Plan<'_>, excused: &[Excuse<'_>]) -> bool {
    let entries = excused.iter().flat_map(|excuse| &excuse.cases).map(|at| &plan.entries[*at]);
    entries.into_iter().any(|entry| entry.file.operation == probe.operation && entry.case.input == probe.input)
}

fn is_right_in_one(runner: &mut Runner<'_>, probes: &[Probe]) -> bool {
    let steps: Vec<_> = probes.iter().map(Probe::step).collect();
    let mut is_right = false;
    runner.ask(&steps, Manner::OneByOne, &mut |seen| {
        is_right |= probes[seen.step].objection(&seen.observed).is_none();
        if is_right { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    is_right
}

impl Probed {
    /// The hello without the operations that were wrong: how long they take says nothing about the others.
    pub(super) fn without_wrong(&self, hello: &Hello) -> Hello {
        let mut hello = hello.clone();
        hello.operations.retain(|name, _| !self.wrong.contains(&name.as_str()));
        hello
    }

    /// Takes in one observation; whether it is right.
    fn take(&mut self, probe: &Probe, observed: &Observed) -> bool {
        if matches!(observed, Observed::NotRun { .. }) {
            return false;
        }
        let Some(words) = probe.objection(observed) else {
            self.right += usize::from(probe.aim() == Aim::KnownAnswer);
            return true;
        };
        let name = probe.operation.name;
        self.is_broken |= probe.aim() == Aim::Protocol;
        match observed {
            Observed::Answer(Answer::Output(_) | Answer::Reject { .. }) => self.answers = true,
            Observed::Died { .. } | Observed::TimedOut { .. } | Observed::Garbled { .. } => {
                self.ending.insert(name);
            }
            Observed::Answer(Answer::Unsupported { .. } | Answer::Failure { .. })
            | Observed::Nondeterministic { .. }
            | Observed::NotRun { .. } => {}
        }
        // What follows the first fault of an operation is only its echo.
        if !self.wrong.contains(&name) {
            self.wrong.push(name);
            self.faults.push(format!("probe {words}"));
        }
        false
    }
}
