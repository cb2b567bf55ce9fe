//! One run of the suite: from a port and vectors to a report.
//!
//! In: a [`Port`], an [`Order`]. Out: a [`Report`] with one record for every selected case, whatever the port does. Layer:
//! above `report`, below `cli`; it joins the others and decides nothing that they could.

mod evidence;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{CaseRecord, Conclusion, Counts, Header, Named, Recorder, Report};
use conformance::plan::{self, CasePattern, Claims, Entry, Fate, Plan, PlanError, Selection};
use conformance::port::{Date, Hello, KnownIssue, Observed, Port, Remarks, StartError};
use conformance::runner::{Budget, Manner, Runner, Seen};
use conformance::shown::counted;
use evidence::Evidence;
pub use evidence::Time;
use vectors::errata::Retired;
use vectors::{Answer, Errata, VectorFile};

use conformance::verdict::{Excuse, Known, KnownIssueFault, Scope, Subject, Tally, Verdict, excuses};

/// Characters of noise that a note shows.
const NOISE_CHARS_SHOWN: usize = 200;

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
    let in_scope = |issue: &&KnownIssue| issue.when.iter().all(|(key, value)| hello.says(key, value));
    let flaky: Vec<CasePattern> = order
        .known_issues
        .iter()
        .filter(in_scope)
        .filter(|issue| issue.flaky)
        .map(|issue| CasePattern::from(issue.case.clone()))
        .collect();
    let claims = Claims { hello: &hello, policies: order.policies, flaky: &flaky };
    let plan = plan::select(order.files, &order.selection, &claims)?;
    let scope = Scope { hello: &hello, today: order.today };
    let (excused, mut faults) = excuses(order.known_issues, scope, |issue| matched(order.files, &plan, issue));
    faults.retain(|fault| match (fault, order.extent) {
        (KnownIssueFault::MatchesNothing { .. }, Extent::Given) => false,
        (
            KnownIssueFault::MatchesNothing { .. }
            | KnownIssueFault::TooWide { .. }
            | KnownIssueFault::Expired { .. }
            | KnownIssueFault::Overlap { .. },
            Extent::Suite | Extent::Given,
        ) => true,
    });
    let header = header(order, &hello, &plan);
    listener.begins(&header);
    let (outlived, faults) = outlived(&faults, order.errata);
    let mut faults: Vec<String> = faults.iter().map(ToString::to_string).collect();

    let Probed { objections, wrong } = probe(&mut runner, &plan);
    let mut records = Records::new(&plan, order, listener);
    let mut evidence = Evidence::default();
    if objections.is_empty() {
        runner.measure(&hello, &plan.steps);
        records.ask(&mut runner, &excused, &mut evidence);
    } else {
        // An adapter that answers is worth a diagnosis, though no verdict.
        if let Some(wrong) = wrong {
            evidence = Evidence::gather(&plan, &excused, wrong, &mut runner, &hello);
        }
        records.give_no_verdicts();
    }
    let (cases, counts, gating) = records.finish();
    let mut notes = order.notes.to_vec();
    notes.extend(hello.unknown_operations().map(unknown_operation));
    notes.extend(outlived);
    match order.extent {
        Extent::Suite => notes.extend(policies_without_vectors(order, &hello)),
        Extent::Given => {}
    }
    notes.extend(order.required.as_ref().map(|required| gate(&required.name, &counts, &gating)));
    let broken = !objections.is_empty();
    faults.extend(objections);
    remark(&runner.finish(), order.noise, &mut notes, &mut faults);
    notes.extend(port.notes());
    let conclusion = match interrupt.load(Ordering::Relaxed) {
        true => Conclusion::Interrupted { signal: 2 },
        false if broken => Conclusion::Broken,
        false => conclude(&gating, &faults, order.min_cases),
    };
    let diagnosis = match conclusion {
        Conclusion::Interrupted { .. } => None,
        Conclusion::Conforms | Conclusion::Red | Conclusion::TooFew | Conclusion::Broken => {
            evidence.explain(&plan, order, &hello)
        }
    };
    Ok(Report { header, cases, diagnosis, counts, faults, notes, conclusion })
}

fn header(order: &Order<'_>, hello: &Hello, plan: &Plan<'_>) -> Header {
    Header {
        suite: env!("CARGO_PKG_VERSION"),
        vectors_sha256: order.vectors_sha256.clone(),
        port: hello.clone(),
        selected: plan.entries.len(),
        seed: order.selection.seed,
        port_arguments: order.port_arguments.clone(),
    }
}

/// How many cases a known issue matches in all vectors, and which of them are asked.
fn matched(files: &[VectorFile], plan: &Plan<'_>, issue: &KnownIssue) -> (usize, Vec<usize>) {
    let pattern = CasePattern::from(issue.case.clone());
    let all = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    let asked = plan
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| matches!(entry.fate, Fate::Asked { .. }) && pattern.matches(entry.file, entry.case));
    (all.filter(|(file, case)| pattern.matches(file, case)).count(), asked.map(|(position, _)| position).collect())
}

/// Known issues of retired cases are notes, for the case was wrong and not the port; the other faults stay.
fn outlived<'f>(faults: &'f [KnownIssueFault], errata: &Errata) -> (Vec<String>, Vec<&'f KnownIssueFault>) {
    let (mut notes, mut left) = (Vec::new(), Vec::new());
    for fault in faults {
        let retired = match fault {
            KnownIssueFault::MatchesNothing { case } => CasePattern::read(case)
                .ok()
                .and_then(|pattern| errata.retired.iter().find(|retired| pattern.matches_id(&retired.case))),
            KnownIssueFault::Expired { .. } | KnownIssueFault::Overlap { .. } | KnownIssueFault::TooWide { .. } => None,
        };
        match retired {
            Some(Retired { case, since, why, .. }) => {
                notes.push(format!("{case} is retired since {since}, so remove its known issue: {why}"));
            }
            None => left.push(fault),
        }
    }
    (notes, left)
}

/// What the probes came to.
struct Probed {
    /// What is wrong, one line each.
    objections: Vec<String>,
    /// The operation that was answered wrongly, if what was wrong was an answer, and not a crash or noise.
    wrong: Option<&'static str>,
}

/// Asks the probes and learns the port's speed from them.
fn probe(runner: &mut Runner<'_>, plan: &Plan<'_>) -> Probed {
    let steps: Vec<_> = plan.probes.iter().map(plan::Probe::step).collect();
    let (mut probed, mut learnt) = (Probed { objections: Vec::new(), wrong: None }, Vec::new());
    runner.ask(&steps, Manner::OneByOne, &mut |seen| {
        let probe = &plan.probes[seen.step];
        // One objection is enough; what was not asked after it is no second one.
        if probed.objections.is_empty()
            && let Some(words) = probe.objection(&seen.observed)
        {
            probed.objections.push(format!("probe {words}"));
            let answers = matches!(seen.observed, Observed::Answer(Answer::Output(_) | Answer::Reject { .. }));
            probed.wrong = answers.then_some(probe.operation.name);
        }
        learnt.extend(probe.work().map(|work| (work, seen.elapsed)));
        if probed.objections.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if probed.objections.is_empty() {
        for (work, elapsed) in learnt {
            runner.learn(work, elapsed);
        }
    }
    probed
}

/// The records of a run, as they are made.
struct Records<'a, 'v> {
    plan: &'a Plan<'v>,
    at_failure: AtFailure,
    required: Option<&'a Required>,
    listener: &'a mut dyn Listener,
    recorder: Recorder,
    made: Vec<Option<CaseRecord>>,
    counts: Counts,
    /// Those of the counts that decide.
    gating: Counts,
}

impl<'a, 'v> Records<'a, 'v> {
    fn new(plan: &'a Plan<'v>, order: &'a Order<'_>, listener: &'a mut dyn Listener) -> Self {
        let mut records = Self {
            plan,
            at_failure: order.at_failure,
            required: order.required.as_ref(),
            listener,
            recorder: Recorder::default(),
            made: vec![None; plan.entries.len()],
            counts: Counts::default(),
            gating: Counts::default(),
        };
        for (position, entry) in plan.entries.iter().enumerate() {
            if let Fate::LeftOut(reason) = entry.fate {
                let case = entry.file.case_id(entry.case);
                let record = records.recorder.left_out(named(&case, entry), reason);
                records.add(position, record);
            }
        }
        records
    }

    /// Asks every step and judges what is seen.
    fn ask(&mut self, runner: &mut Runner<'_>, excused: &[Excuse<'_>], evidence: &mut Evidence) {
        let mut tally = Tally::new(subjects(self.plan, excused));
        runner.ask(&self.plan.steps, Manner::Windowed, &mut |Seen { step, observed, elapsed }| {
            let position = self.plan.steps[step].entry;
            let Some(judged) = tally.observe(position, observed, elapsed) else { return ControlFlow::Continue(()) };
            let entry = &self.plan.entries[position];
            evidence.keep(position, &entry.file.policy, &judged);
            let case = entry.file.case_id(entry.case);
            let fails = matches!(judged.verdict, Verdict::Fail(_)) && self.gates(&case);
            let stops = self.at_failure == AtFailure::Stop && fails;
            let record = self.recorder.judged(named(&case, entry), judged);
            self.add(position, record);
            if stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    /// Records that no case was put to a port whose adapter is broken.
    fn give_no_verdicts(&mut self) {
        let mut tally = Tally::new(subjects(self.plan, &[]));
        for step in &self.plan.steps {
            let why = "the adapter failed its probes".to_owned();
            let judged = tally.observe(step.entry, Observed::NotRun { why }, std::time::Duration::ZERO);
            if let Some(judged) = judged {
                let entry = &self.plan.entries[step.entry];
                let case = entry.file.case_id(entry.case);
                let record = self.recorder.judged(named(&case, entry), judged);
                self.add(step.entry, record);
            }
        }
    }

    /// Whether a case decides about the run.
    fn gates(&self, case: &str) -> bool {
        self.required.is_none_or(|required| required.cases.contains(case))
    }

    fn add(&mut self, position: usize, record: CaseRecord) {
        self.counts.add(record.outcome);
        if self.gates(&record.case) {
            self.gating.add(record.outcome);
        }
        self.listener.judged(&record);
        self.made[position] = Some(record);
    }

    /// The records, how they add up, and how those that decide add up.
    fn finish(self) -> (Vec<CaseRecord>, Counts, Counts) {
        let cases: Vec<_> = self.made.into_iter().flatten().collect();
        assert_eq!(cases.len(), self.plan.entries.len(), "every selected case has exactly one record");
        (cases, self.counts, self.gating)
    }
}

fn named<'e>(case: &'e str, entry: &'e Entry<'_>) -> Named<'e> {
    Named { case, name: &entry.case.name, why: &entry.case.why, expect: &entry.case.expect }
}

fn subjects<'v>(plan: &Plan<'v>, excused: &[Excuse<'_>]) -> Vec<Subject<'v>> {
    let mut known = vec![Known::No; plan.entries.len()];
    for excuse in excused {
        for case in &excuse.cases {
            known[*case] = excuse.issue.known();
        }
    }
    let subject = |(entry, known): (&Entry<'v>, Known)| Subject {
        operation: entry.file.operation,
        input: &entry.case.input,
        expect: &entry.case.expect,
        draws: match entry.fate {
            Fate::Asked { draws } => draws,
            Fate::LeftOut(_) => 0,
        },
        known,
    };
    plan.entries.iter().zip(known).map(subject).collect()
}

/// A policy that no file has, perhaps by a slip of the pen, would leave out what the port was meant to be asked.
fn policies_without_vectors(order: &Order<'_>, hello: &Hello) -> BTreeSet<String> {
    let claimed = hello.policies.iter().chain(order.policies);
    let unknown = claimed.filter(|policy| order.files.iter().all(|file| file.policy != **policy));
    unknown.map(|policy| format!("the port claims the policy `{policy}`, but no vectors have it")).collect()
}

/// What a requirement set says of a run, beside the counts of all cases.
fn gate(name: &str, all: &Counts, gating: &Counts) -> String {
    let Counts { passed, failed, skipped, .. } = gating;
    let outside = counted(all.failed - failed, "failure");
    format!("{name}: {passed} passed, {failed} failed, {skipped} skipped; not counted: {outside} outside this set")
}

fn unknown_operation(name: &str) -> String {
    format!("the port claims `{name}`, which is not an operation of this suite")
}

/// What a port's outputs and end come to.
fn remark(remarks: &Remarks, policy: NoisePolicy, notes: &mut Vec<String>, faults: &mut Vec<String>) {
    notes.extend(remarks.notes.iter().cloned());
    if remarks.noise_lines > 0 {
        let skipped = remarks.noise.chars().count().saturating_sub(NOISE_CHARS_SHOWN);
        let shown: String = remarks.noise.chars().skip(skipped).collect();
        let words = format!(
            "standard output had {} besides the answers, ending with: {}",
            counted(usize::try_from(remarks.noise_lines).unwrap_or(usize::MAX), "line"),
            shown.trim_end()
        );
        match policy {
            NoisePolicy::Note => notes.push(words),
            NoisePolicy::Fault => faults.push(words),
        }
    }
    if let Some(last) = remarks.stderr.trim_end().lines().last() {
        notes.push(format!("standard error ended with: {}", last.chars().take(NOISE_CHARS_SHOWN).collect::<String>()));
    }
}

fn conclude(counts: &Counts, faults: &[String], min_cases: usize) -> Conclusion {
    let excused = counts.failed == counts.known_failures;
    match (excused && faults.is_empty(), counts.executed() >= min_cases.max(1)) {
        (false, _) => Conclusion::Red,
        (true, false) => Conclusion::TooFew,
        (true, true) => Conclusion::Conforms,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use conformance::port::Mismatch;

    fn counts(verdicts: &[Verdict]) -> Counts {
        let mut counts = Counts::default();
        for verdict in verdicts {
            counts.add(Outcome::Judged(*verdict));
        }
        counts
    }

    /// A port that recorded a case as its failure, and was right, must not be punished when the case goes.
    #[test]
    fn a_known_issue_of_a_retired_case_is_a_note() {
        let retired = Retired {
            case: "sha512/lengths/7".to_owned(),
            input_sha256: String::new(),
            why: "the digest was another's".to_owned(),
            since: "0.2.0".to_owned(),
            replaced_by: Vec::new(),
        };
        let errata = Errata { retired: vec![retired], ..Errata::none() };
        let faults: Vec<_> = ["sha512/lengths/7", "sha512/lengths/8"]
            .map(|case| KnownIssueFault::MatchesNothing { case: case.to_owned() })
            .into();
        let (notes, left) = outlived(&faults, &errata);
        assert_eq!((notes.len(), left), (1, vec![&faults[1]]));
    }

    /// A run in which nothing ran, or in which an excuse no longer holds, must not be green.
    #[test]
    fn only_executed_cases_make_a_run_green() {
        let (pass, known) = (Verdict::Pass, Verdict::KnownFailure(Mismatch::Died));
        let not_run = Verdict::Fail(Mismatch::NotRun);
        for (verdicts, faults, min_cases, conclusion) in [
            (vec![pass], 0, 0, Conclusion::Conforms),
            (vec![pass, known], 0, 2, Conclusion::Conforms),
            (vec![], 0, 0, Conclusion::TooFew),
            (vec![pass], 0, 2, Conclusion::TooFew),
            (vec![pass], 1, 0, Conclusion::Red),
            (vec![pass, Verdict::UnexpectedPass], 0, 0, Conclusion::Red),
            (vec![pass, not_run], 0, 0, Conclusion::Red),
        ] {
            let faults = vec![String::new(); faults];
            assert_eq!(conclude(&counts(&verdicts), &faults, min_cases), conclusion, "{verdicts:?}");
        }
    }
}
