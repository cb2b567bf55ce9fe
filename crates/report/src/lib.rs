//! One run of the suite, and what it comes to in the forms in which people and programs read it.
//!
//! In: vectors, a port and an order. Out: a [`Report`]: one record for every selected case, counts, notes, and why cases failed.
//!
//! Start with [`suite::run`], which joins plan, runner, verdict and diagnosis and decides nothing that they could. A form of report is a file:
//! [`text`] for people, [`jsonl`] for programs. Writers know no clock and no terminal.
//! A new form is a file here and an arm where the command opens its sinks.

mod causes;
mod counts;
pub mod jsonl;
mod plain;
pub mod suite;
pub mod text;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value as Json, json};

pub use causes::{Diagnosed, Explained, Unexplained};
pub use counts::{Conclusion, Counts, Shortage};

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
    /// What is known of the run before it begins, one line each: what is not asked, and how answers are judged.
    pub notes: Vec<String>,
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
    /// Operations that were wrong in their probes.
    pub wrong_probes: Vec<&'static str>,
    /// What turns the run red whatever the cases say, one line each; those that were known before the cases come first.
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
