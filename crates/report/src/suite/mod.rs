//! One run of the suite: from a port and vectors to a report.
//!
//! In: a [`Port`], an [`Order`]. Out: a [`Report`] with one record for every selected case, whatever the port does. Layer:
//! above `report`, below `cli`; it joins the others and decides nothing that they could.

mod evidence;
mod known;
mod notes;
mod probes;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{CaseRecord, Conclusion, Counts, Header, Report, Shortage};
use conformance::plan::{self, Claims, Plan, PlanError, Selection};
use conformance::port::{Date, Hello, KnownIssue, Port, StartError};
use conformance::runner::{Budget, Runner};
use evidence::Evidence;
pub use evidence::Time;
use records::Records;
use vectors::{Errata, Reasons, VectorFile};

/// Everything that a run is told.
pub struct Order<'a> {
    /// The vectors.
    pub files: &'a [VectorFile],
    /// Whether they are all that there are.
    pub extent: Extent,
    /// What a reader should know of them, one line each.
    pub notes: &'a [String],
    /// The hash of their index.
    pub vectors_sha256: String,
    /// Cases that are no longer among them.
    pub errata: &'a Errata,
    /// Which of their cases are asked.
    pub selection: Selection,
    /// Policies that the manifest claims beside those in the hello.
    pub policies: &'a [String],
    /// Whether the manifest wants the reasons of refusals judged.
    pub reasons: Reasons,
    /// Mismatches that are excused.
    pub known_issues: &'a [KnownIssue],
    /// Today, for issues that expire.
    pub today: Date,
    /// What the run may cost.
    pub budget: Budget,
    /// What happens at the first failure.
    pub at_failure: AtFailure,
    /// What noise on standard output comes to.
    pub noise: NoisePolicy,
    /// The run is red when fewer cases were executed.
    pub min_cases: usize,
    /// Only these cases decide whether the run is red; without it all do.
    pub required: Option<Required>,
    /// The clock, and how long it may take to find out why cases failed.
    pub time: Time<'a>,
    /// The arguments that name the port again.
    pub port_arguments: String,
}

/// The cases of a requirement set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// The set's name.
    pub name: String,
    /// `<family>/<topic>/<id>` of each case.
    pub cases: BTreeSet<String>,
    /// Whether it wants the reasons of refusals judged, whatever the manifest says.
    pub reasons: Option<Reasons>,
}

impl Order<'_> {
    /// Whether the reasons of refusals are judged: a requirement set has the last word.
    #[must_use]
    pub fn reasons(&self) -> Reasons {
        match self.required.as_ref().and_then(|required| required.reasons) {
            Some(Reasons::Own) => Reasons::Own,
            Some(Reasons::Any) | None => self.reasons,
        }
    }
}

/// Whether a port's known issues speak of the vectors of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// They are this suite's, all of them: an issue that matches no case is stale.
    Suite,
    /// They were given by path: an issue that matches no case speaks of others.
    Given,
}

/// What happens at the first failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtFailure {
    /// The run goes on.
    Continue,
    /// What is left is not asked.
    Stop,
}

/// What noise on standard output comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoisePolicy {
    /// A note.
    Note,
    /// A red run.
    Fault,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The port did not start.
    #[error("the port did not start")]
    Start(#[from] StartError),
    /// The selection selects nothing.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// What is told while a run goes on.
pub trait Listener {
    /// The run begins.
    fn begins(&mut self, header: &Header);

    /// Something is wrong with the run or the manifest, or an operation is wrong in its probe; told before the cases.
    fn fault(&mut self, fault: &str);

    /// A case has its record. Records come as they are made; the report orders them.
    fn judged(&mut self, record: &CaseRecord);
}

/// Runs the suite against a port.
///
/// # Errors
///
/// [`RunError`] when the port does not start or nothing is selected; anything later is in the report.
pub fn run<'p>(
    port: &'p dyn Port,
    order: &Order<'_>,
    interrupt: &'p AtomicBool,
    listener: &mut dyn Listener,
) -> Result<Report, RunError> {
    let (mut runner, hello) = Runner::start(port, order.budget, interrupt)?;
    let flaky = known::flaky(order.known_issues, &hello);
    let claims = Claims { hello: &hello, policies: order.policies, flaky: &flaky };
    let plan = plan::select(order.files, &order.selection, &claims)?;
    let issues = known::apply(order, &hello, &plan);
    let untested = match order.extent {
        Extent::Suite => notes::untested(order.files, &claims),
        Extent::Given => BTreeMap::new(),
    };
    let header = header(order, &hello, &plan, notes::before(order, &claims, &plan, &untested));
    listener.begins(&header);
    issues.faults.iter().for_each(|fault| listener.fault(fault));

    let probed = probes::ask(&mut runner, &plan, &issues.excused);
    probed.faults.iter().for_each(|fault| listener.fault(fault));
    let mut records = Records::new(&plan, order, listener);
    let mut evidence = Evidence::default();
    if probed.is_broken {
        // An adapter that answers is worth a diagnosis, though no verdict.
        if probed.answers {
            let (subjects, wrong) = (records::subjects(&plan, &issues.excused, order.reasons()), &probed.wrong);
            evidence = Evidence::gather(&plan, subjects, wrong, &mut runner, &hello);
        }
        records.give_no_verdicts();
    } else {
        runner.measure(&probed.without_wrong(&hello), &plan.steps);
        records.ask(&mut runner, &issues.excused, &probed.ending, &mut evidence);
    }
    let (cases, counts, gating) = records.finish();
    let mut faults = [issues.faults, probed.faults].concat();
    let mut notes = [order.notes, &issues.outlived].concat();
    notes.extend(order.required.as_ref().map(|required| notes::gate(&required.name, &counts, &gating)));
    notes.extend(notes::declined(&plan, &cases));
    if !probed.is_broken {
        notes.extend(notes::wrong_probes(&probed.wrong));
    }
    notes::remark(&runner.finish(), order.noise, &mut notes, &mut faults);
    notes.extend(port.notes());
    let conclusion = match interrupt.load(Ordering::Relaxed) {
        true => Conclusion::Interrupted { signal: 2 },
        false if probed.is_broken => Conclusion::Broken,
        false => conclude(&gating, &faults, order.min_cases, &untested),
    };
    let diagnosis = match conclusion {
        Conclusion::Interrupted { .. } => None,
        Conclusion::Conforms | Conclusion::Red | Conclusion::TooFew(_) | Conclusion::Broken => {
            evidence.explain(&plan, order, &hello)
        }
    };
    Ok(Report { header, cases, diagnosis, counts, wrong_probes: probed.wrong, faults, notes, conclusion })
}

fn header(order: &Order<'_>, hello: &Hello, plan: &Plan<'_>, notes: Vec<String>) -> Header {
    Header {
        suite: env!("CARGO_PKG_VERSION"),
        vectors_sha256: order.vectors_sha256.clone(),
        port: hello.clone(),
        selected: plan.entries.len(),
        seed: order.selection.seed,
        port_arguments: order.port_arguments.clone(),
        notes,
    }
}

fn conclude(
    counts: &Counts,
    faults: &[String],
    min_cases: usize,
    untested: &BTreeMap<&'static str, usize>,
) -> Conclusion {
    let (ran, wanted) = (counts.executed(), min_cases.max(1));
    if !counts.is_clean() || !faults.is_empty() {
        Conclusion::Red
    } else if ran < wanted {
        Conclusion::TooFew(Shortage::Cases { ran, wanted })
    } else if !untested.is_empty() {
        Conclusion::TooFew(Shortage::Family)
    } else {
        Conclusion::Conforms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use conformance::port::Mismatch;
    use conformance::verdict::Verdict;

    fn counts(verdicts: &[Verdict]) -> Counts {
        let mut counts = Counts::default();
        for verdict in verdicts {
            counts.add(Outcome::Judged(*verdict));
        }
        counts
    }

    /// A run in which nothing ran, or in which an excuse no longer holds, or a claim that leaves out all, must not be green.
    #[test]
    fn only_executed_cases_make_a_run_green() {
        let (pass, known) = (Verdict::Pass, Verdict::KnownFailure(Mismatch::Died));
        let (not_run, none) = (Verdict::Fail(Mismatch::NotRun), BTreeMap::new());
        let short = |ran, wanted| Conclusion::TooFew(Shortage::Cases { ran, wanted });
        for (verdicts, faults, min_cases, untested, conclusion) in [
            (vec![pass], 0, 0, &none, Conclusion::Conforms),
            (vec![pass, known], 0, 2, &none, Conclusion::Conforms),
            (vec![], 0, 0, &none, short(0, 1)),
            (vec![pass], 0, 2, &none, short(1, 2)),
            (vec![pass], 0, 0, &BTreeMap::from([("sha512", 9)]), Conclusion::TooFew(Shortage::Family)),
            (vec![pass], 1, 0, &none, Conclusion::Red),
            (vec![pass, Verdict::UnexpectedPass], 0, 0, &none, Conclusion::Red),
            (vec![pass, not_run], 0, 0, &none, Conclusion::Red),
            (vec![pass, Verdict::KnownFailure(Mismatch::NotRun)], 0, 0, &none, Conclusion::Red),
        ] {
            let faults = vec![String::new(); faults];
            assert_eq!(conclude(&counts(&verdicts), &faults, min_cases, untested), conclusion, "{verdicts:?}");
        }
    }
}
