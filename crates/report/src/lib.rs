//! One run of the suite, and what it comes to in the forms in which people and programs read it.
//!
//! In: vectors, a port and an order. Out: a [`Report`]: one record for every selected case, counts, notes, and why cases failed.
//!
//! Start with [`suite::run`], which joins plan, runner, verdict and diagnosis and decides nothing that they could. A form of report is a file:
//! [`text`] for people, [`jsonl`] for programs. Writers know no clock and no terminal.
//! A new form is a file here and an arm where the command opens its sinks.

mod causes;
pub mod jsonl;
pub mod suite;
pub mod text;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};

pub use causes::{Diagnosed, Explained, Unexplained};

use conformance::plan::LeftOut;
use conformance::port::{Hello, Mismatch};
use conformance::verdict::{Judged, Verdict};
use vectors::Expect;

/// Observations of failures that a report keeps whole; beyond it only their size is kept.
const OBSERVED_BYTES_MAX: usize = 32 << 20;

/// An expectation in words is cut beyond this.
const EXPECTED_CHARS_MAX: usize = 600;

/// What stands above the records.
#[derive(Clone, Debug)]
pub struct Header {
    /// The version of this suite.
    pub suite: &'static str,
    /// The hash of the vectors' index.
    pub vectors_sha256: String,
    /// What the port says about itself.
    pub port: Hello,
    /// The number of selected cases, and so of records.
    pub selected: usize,
    /// The seed of the order.
    pub seed: u64,
    /// The arguments that name the port again, as a shell reads them; empty for the reference.
    pub port_arguments: String,
}

/// One selected case.
#[derive(Clone, Debug)]
pub struct CaseRecord {
    /// `<family>/<topic>/<id>`.
    pub case: String,
    /// What is special about it.
    pub name: String,
    /// What it came to.
    pub outcome: Outcome,
    /// The longest of its draws.
    pub elapsed: Duration,
    /// What a reader needs when it is not simply right.
    pub detail: Option<Box<Detail>>,
}

/// What a selected case came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was asked.
    Judged(Verdict),
    /// It was not asked.
    LeftOut(LeftOut),
}

impl Outcome {
    /// The word that reports use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Judged(verdict) => verdict.as_str(),
            Self::LeftOut(_) => "skipped",
        }
    }

    /// How the observation differed, if it did.
    #[must_use]
    pub fn mismatch(self) -> Option<Mismatch> {
        match self {
            Self::Judged(verdict) => verdict.mismatch(),
            Self::LeftOut(_) => None,
        }
    }
}

/// A failure from near by.
#[derive(Clone, Debug)]
pub struct Detail {
    /// What was seen.
    pub observed: Json,
    /// What was expected, in words and cut to a readable length.
    pub expected: String,
    /// Why the case is asked.
    pub why: String,
}

/// How the records add up; each selected case is in exactly one of `passed`, `failed` and `skipped`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As expected.
    pub passed: usize,
    /// Not as expected (known or not), or unexpectedly right.
    pub failed: usize,
    /// Left out by claims or policy.
    pub skipped: usize,
    /// Those of the failed that a known issue excuses.
    pub known_failures: usize,
    /// Those of the failed that could not be asked.
    pub not_run: usize,
}

impl Counts {
    /// Adds one record.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Judged(Verdict::Pass) => self.passed += 1,
            Outcome::Judged(Verdict::Fail(mismatch)) => {
                self.failed += 1;
                self.not_run += usize::from(mismatch == Mismatch::NotRun);
            }
            Outcome::Judged(Verdict::KnownFailure(_)) => {
                self.failed += 1;
                self.known_failures += 1;
            }
            Outcome::Judged(Verdict::UnexpectedPass) => self.failed += 1,
            Outcome::LeftOut(_) => self.skipped += 1,
        }
    }

    /// Cases that got a verdict from what the port did.
    #[must_use]
    pub fn executed(&self) -> usize {
        self.passed + self.failed - self.not_run
    }
}

/// What the whole run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Nothing is wrong.
    Conforms,
    /// A case failed, or a known issue is at fault, or the output was not clean where it had to be.
    Red,
    /// Nothing ran, or less than was asked for.
    TooFew,
    /// The port failed its probes: no verdict means anything.
    Broken,
    /// A signal ended the run.
    Interrupted {
        /// The signal's number.
        signal: u8,
    },
}

impl Conclusion {
    /// The exit code of `sealproof run`.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Conforms => 0,
            Self::Red => 1,
            Self::TooFew => 3,
            Self::Broken => 4,
            Self::Interrupted { signal } => 128 + signal,
        }
    }
}

/// A finished run.
#[derive(Clone, Debug)]
pub struct Report {
    /// What stands above the records.
    pub header: Header,
    /// One record for every selected case, in file order and by id.
    pub cases: Vec<CaseRecord>,
    /// Why cases failed, where somebody wanted to know.
    pub diagnosis: Option<Diagnosed>,
    /// How they add up.
    pub counts: Counts,
    /// What turns the run red whatever the cases say, one line each.
    pub faults: Vec<String>,
    /// What people should know, one line each.
    pub notes: Vec<String>,
    /// What the run comes to.
    pub conclusion: Conclusion,
}

impl Report {
    /// How many cases were left out, by reason.
    #[must_use]
    pub fn left_out(&self) -> BTreeMap<LeftOut, usize> {
        let mut counts = BTreeMap::new();
        for record in &self.cases {
            if let Outcome::LeftOut(reason) = record.outcome {
                *counts.entry(reason).or_default() += 1;
            }
        }
        counts
    }
}

/// Makes records, and keeps what they hold of failures within bounds.
#[derive(Default)]
pub struct Recorder {
    observed_bytes: usize,
}

/// What a record says about a case beside its verdict.
#[derive(Clone, Copy, Debug)]
pub struct Named<'v> {
    /// `<family>/<topic>/<id>`.
    pub case: &'v str,
    /// What is special about it.
    pub name: &'v str,
    /// Why it is asked.
    pub why: &'v str,
    /// What must come back.
    pub expect: &'v Expect,
}

impl Recorder {
    /// The record of a case that was asked.
    pub fn judged(&mut self, named: Named<'_>, judged: Judged) -> CaseRecord {
        let detail = judged.observed.map(|observed| {
            let mut json = observed.to_json();
            if let (Json::Object(object), Some(remark)) = (&mut json, judged.remark) {
                object.insert("remark_text".to_owned(), Json::String(remark));
            }
            let bytes = json.to_string().len();
            self.observed_bytes = self.observed_bytes.saturating_add(bytes);
            if self.observed_bytes > OBSERVED_BYTES_MAX {
                json = json!({"left-out": {"bytes": bytes}});
            }
            Box::new(Detail { observed: json, expected: in_words(named.expect), why: named.why.to_owned() })
        });
        CaseRecord {
            case: named.case.to_owned(),
            name: named.name.to_owned(),
            outcome: Outcome::Judged(judged.verdict),
            elapsed: judged.elapsed,
            detail,
        }
    }

    /// The record of a case that was not asked.
    #[must_use]
    pub fn left_out(&self, named: Named<'_>, reason: LeftOut) -> CaseRecord {
        CaseRecord {
            case: named.case.to_owned(),
            name: named.name.to_owned(),
            outcome: Outcome::LeftOut(reason),
            elapsed: Duration::ZERO,
            detail: None,
        }
    }
}

fn in_words(expect: &Expect) -> String {
    let words = match expect {
        Expect::Output(fields) => format!("output {fields:?}"),
        Expect::Opens(fields) => format!("an envelope that opens to {fields:?}"),
        Expect::Reject(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(|reason| reason.as_str()).collect();
            format!("a refusal: {}", reasons.join(" or "))
        }
    };
    conformance::shown::shorten(&words, EXPECTED_CHARS_MAX)
}
