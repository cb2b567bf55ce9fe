//! The records of a run, as they are made: each step is asked, its case judged, counted and told. Layer: `suite`.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::LazyLock;
use std::time::Duration;

use super::evidence::Evidence;
use super::{AtFailure, Listener, Order, Required};
use crate::{CaseRecord, Counts, Named, Recorder};
use conformance::plan::{Entry, Fate, Plan};
use conformance::port::Observed;
use conformance::runner::{Manner, Runner, Seen};
use conformance::verdict::{Excuse, Known, Subject, Tally, Verdict};
use vectors::{Expect, Reason, Reasons};

/// What a case wants whose refusal counts whatever reason it gives.
static ANY_REFUSAL: LazyLock<Expect> = LazyLock::new(|| Expect::Reject(Reason::ALL.to_vec()));

/// The records of a run, as they are made.
pub(super) struct Records<'a, 'v> {
    plan: &'a Plan<'v>,
    at_failure: AtFailure,
    required: Option<&'a Required>,
    reasons: Reasons,
    listener: &'a mut dyn Listener,
    recorder: Recorder,
    made: Vec<Option<CaseRecord>>,
    counts: Counts,
    /// Those of the counts that decide.
    gating: Counts,
}

impl<'a, 'v> Records<'a, 'v> {
    pub(super) fn new(plan: &'a Plan<'v>, order: &'a Order<'_>, listener: &'a mut dyn Listener) -> Self {
        let mut records = Self {
            plan,
            at_failure: order.at_failure,
            required: order.required.as_ref(),
            reasons: order.reasons(),
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

    /// Asks every step and judges what is seen. Steps of operations that end the port come last: a port is started again only
    /// so often, and the others shall not go without a verdict.
    pub(super) fn ask(
        &mut self,
        runner: &mut Runner<'_>,
        excused: &[Excuse<'_>],
        ending: &BTreeSet<&'static str>,
        evidence: &mut Evidence,
    ) {
        let mut tally = Tally::new(subjects(self.plan, excused, self.reasons));
        let mut asked = self.plan.steps.clone();
        asked.sort_by_key(|step| ending.contains(step.operation.name));
        runner.ask(&asked, Manner::Windowed, &mut |Seen { step, observed, elapsed }| {
            let position = asked[step].entry;
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
    pub(super) fn give_no_verdicts(&mut self) {
        let mut tally = Tally::new(subjects(self.plan, &[], self.reasons));
        for step in &self.plan.steps {
            let why = "the adapter failed its probes".to_owned();
            let judged = tally.observe(step.entry, Observed::NotRun { why }, Duration::ZERO);
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
    pub(super) fn finish(self) -> (Vec<CaseRecord>, Counts, Counts) {
        let cases: Vec<_> = self.made.into_iter().flatten().collect();
        assert_eq!(cases.len(), self.plan.entries.len(), "every selected case has exactly one record");
        (cases, self.counts, self.gating)
    }
}

fn named<'e>(case: &'e str, entry: &'e Entry<'_>) -> Named<'e> {
    Named { case, name: &entry.case.name, why: &entry.case.why, expect: &entry.case.expect }
}

/// The cases as far as their verdicts need them.
pub(super) fn subjects<'v>(plan: &Plan<'v>, excused: &[Excuse<'_>], reasons: Reasons) -> Vec<Subject<'v>> {
    let mut known = vec![Known::No; plan.entries.len()];
    for excuse in excused {
        for case in &excuse.cases {
            known[*case] = excuse.issue.known();
        }
    }
    let subject = |(entry, known): (&Entry<'v>, Known)| Subject {
        operation: entry.file.operation,
        input: &entry.case.input,
        expect: match (&entry.case.expect, reasons) {
            (Expect::Reject(_), Reasons::Any) => &ANY_REFUSAL,
            (expect, _) => expect,
        },
        draws: match entry.fate {
            Fate::Asked { draws } => draws,
            Fate::LeftOut(_) => 0,
        },
        known,
    };
    plan.entries.iter().zip(known).map(subject).collect()
}
