//! The report for people, as the run goes on: the header when it begins, each failure when it is found, and at the end why
//! cases failed, what is to be known of the run, and how it adds up.

mod frame;

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{CaseRecord, Conclusion, Detail, Diagnosed, Explained, Header, Outcome, Report, Unexplained};
use conformance::port::Mismatch;
use conformance::shown::{counted, printable, shorten};
use conformance::verdict::Verdict;
use diagnosis::mistakes;

/// Failures that are shown in detail; the rest has one line each.
const DETAILS_MAX: usize = 20;

/// Public reports that a cause names.
const LINKS_MAX: usize = 3;

/// Cases that a cause names.
const CASES_NAMED: usize = 5;

/// An observation is cut beyond this.
const OBSERVED_CHARS_MAX: usize = 600;

/// Whether the text may hold colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Off,
    /// ANSI colours.
    On,
}

impl Colour {
    fn paint(self, code: u8, text: &str) -> String {
        match self {
            Self::Off => text.to_owned(),
            Self::On => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

const RED: u8 = 31;
const YELLOW: u8 = 33;
const BOLD: u8 = 1;

/// Writes the events of one run.
pub struct Text {
    colour: Colour,
    /// The arguments that name the port again.
    port_arguments: String,
    /// The failures that were shown in detail.
    detailed: BTreeSet<String>,
    /// How many faults were told as they came.
    faults: usize,
}

/// Writes a finished run; its last line is `N passed, N failed, N skipped` and nothing else, and the line above tells what the
/// skipped are.
///
/// # Errors
///
/// The writer's.
pub fn write(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Text::new(colour);
    text.begins(&report.header, out)?;
    for fault in &report.faults {
        text.fault(fault, out)?;
    }
    for record in &report.cases {
        text.judged(record, out)?;
    }
    text.finishes(report, out)
}

impl Text {
    /// Of a run that has not begun.
    #[must_use]
    pub fn new(colour: Colour) -> Self {
        Self { colour, port_arguments: String::new(), detailed: BTreeSet::new(), faults: 0 }
    }

    /// The run begins: who is asked what.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn begins(&mut self, header: &Header, out: &mut dyn Write) -> io::Result<()> {
        *self = Self { port_arguments: header.port_arguments.clone(), ..Self::new(self.colour) };
        frame::title(header, self.colour, out)
    }

    /// Something is wrong with the run as a whole, or with an operation as a whole.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn fault(&mut self, fault: &str, out: &mut dyn Write) -> io::Result<()> {
        self.faults += 1;
        writeln!(out, "{} {}", self.colour.paint(RED, "FAULT"), printable(fault))
    }

    /// A case has its record: nothing is written of what passed, was left out, or could not be asked. The first failures are
    /// shown in detail.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn judged(&mut self, record: &CaseRecord, out: &mut dyn Write) -> io::Result<()> {
        let Some((code, word)) = heading(record.outcome) else { return Ok(()) };
        let mismatch = record.outcome.mismatch().map_or(String::new(), |mismatch| format!(": {}", mismatch.as_str()));
        writeln!(out, "{} {} {}{mismatch}", self.colour.paint(code, word), record.case, printable(&record.name))?;
        match (&record.detail, record.outcome) {
            (Some(detail), outcome) if is_plain_failure(outcome) && self.detailed.len() < DETAILS_MAX => {
                self.in_detail(&record.case, detail, out)
            }
            (Some(_) | None, _) => Ok(()),
        }
    }

    /// The run is over: faults, causes, notes and sums.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn finishes(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        for fault in report.faults.iter().skip(self.faults) {
            self.fault(fault, out)?;
        }
        self.causes(report, out)?;
        frame::not_run(report, self.colour, out)?;
        frame::summary(report, out)
    }

    /// Why cases failed, then what nothing explains, then what only says itself.
    fn causes(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let Some(diagnosis) = &report.diagnosis else { return Ok(()) };
        let causes = || diagnosis.causes.iter().filter(|cause| tells(report, &cause.cases));
        for cause in causes().filter(|cause| !cause.speaks_for_itself) {
            explained(report, cause, self.colour, out)?;
            self.example(report, &cause.cases, out)?;
        }
        for group in diagnosis.unexplained.iter().filter(|group| tells(report, &group.cases)) {
            unexplained(report, diagnosis, group, self.colour, out)?;
            self.example(report, &group.cases, out)?;
        }
        for cause in causes().filter(|cause| cause.speaks_for_itself) {
            explained(report, cause, self.colour, out)?;
            self.example(report, &cause.cases, out)?;
        }
        Ok(())
    }

    /// The first of these cases in detail, where none of them was shown so.
    fn example(&mut self, report: &Report, cases: &[usize], out: &mut dyn Write) -> io::Result<()> {
        let records = || cases.iter().map(|at| &report.cases[*at]);
        if records().any(|record| self.detailed.contains(&record.case)) {
            return Ok(());
        }
        match records().find(|record| is_plain_failure(record.outcome)) {
            Some(CaseRecord { case, detail: Some(detail), .. }) => {
                writeln!(out, "     example   {case}")?;
                self.in_detail(case, detail, out)
            }
            Some(_) | None => Ok(()),
        }
    }

    fn in_detail(&mut self, case: &str, detail: &Detail, out: &mut dyn Write) -> io::Result<()> {
        self.detailed.insert(case.to_owned());
        let observed = shorten(&detail.observed.to_string(), OBSERVED_CHARS_MAX);
        writeln!(out, "     why       {}", printable(&detail.why))?;
        writeln!(out, "     expected  {}", printable(&detail.expected))?;
        writeln!(out, "     observed  {}", printable(&observed))?;
        writeln!(out, "     repeat    sealproof run {}--select {case}", self.port_arguments)
    }
}

/// The colour and the word of a case that has a line of its own.
fn heading(outcome: Outcome) -> Option<(u8, &'static str)> {
    match outcome {
        Outcome::Judged(Verdict::Pass | Verdict::Fail(Mismatch::NotRun)) | Outcome::LeftOut(_) => None,
        Outcome::Judged(Verdict::Fail(_)) => Some((RED, "FAIL")),
        Outcome::Judged(Verdict::UnexpectedPass) => Some((RED, "UNEXPECTED PASS")),
        Outcome::Judged(Verdict::KnownFailure(_)) => Some((YELLOW, "KNOWN")),
    }
}

fn is_plain_failure(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Judged(Verdict::Fail(mismatch)) if mismatch != Mismatch::NotRun)
}

/// Whether a record has a line of its own.
#[must_use]
pub fn shows(record: &CaseRecord) -> bool {
    heading(record.outcome).is_some()
}

/// Whether a cause is news: it explains a failure that is not known, or what a port without verdicts answered.
fn tells(report: &Report, cases: &[usize]) -> bool {
    cases.iter().any(|at| matches!(report.cases[*at].outcome, Outcome::Judged(Verdict::Fail(_))))
}

/// The first of these cases by name.
fn cases(report: &Report, cases: &[usize], out: &mut dyn Write) -> io::Result<()> {
    let names = cases.iter().take(CASES_NAMED).map(|at| report.cases[*at].case.as_str());
    let (names, count) = (names.collect::<Vec<_>>().join(", "), cases.len());
    match (report.conclusion, count.saturating_sub(CASES_NAMED)) {
        (Conclusion::Broken, _) => {
            writeln!(out, "     cases     {count}, asked only for this diagnosis, such as {names}")
        }
        (_, 0) => writeln!(out, "     cases     {names}"),
        (_, more) => writeln!(out, "     cases     {names} and {more} more"),
    }
}

fn explained(report: &Report, cause: &Explained, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}", colour.paint(RED, "CAUSE"), colour.paint(BOLD, &printable(&cause.sentence)))?;
    if !cause.mistakes.is_empty() {
        writeln!(out, "     mistake   {}", cause.mistakes.join(" and "))?;
    }
    writeln!(out, "     proof     {}", cause.proof)?;
    if let Some(shown) = &cause.shown_by {
        writeln!(out, "     shown by  {}", printable(shown))?;
    }
    for fix in &cause.fixes {
        writeln!(out, "     fix       {fix}")?;
    }
    for link in cause.links.iter().take(LINKS_MAX) {
        writeln!(out, "     seen in   {link}")?;
    }
    for (name, sentence) in &cause.alternatives {
        writeln!(out, "     or        {name}: {} (no case that ran tells them apart)", printable(sentence))?;
    }
    if !cause.unchecked.is_empty() {
        writeln!(out, "     note      {} not checked (time limit)", counted(cause.unchecked.len(), "more failure"))?;
    }
    cases(report, &cause.cases, out)?;
    for name in &cause.mistakes {
        if mistakes::find(name).is_some() {
            writeln!(out, "     more      sealproof mistakes show {name}")?;
        }
    }
    Ok(())
}

fn unexplained(
    report: &Report,
    diagnosis: &Diagnosed,
    group: &Unexplained,
    colour: Colour,
    out: &mut dyn Write,
) -> io::Result<()> {
    let word = colour.paint(RED, "UNEXPLAINED");
    let (count, seconds) = (group.cases.len(), diagnosis.allowed.as_secs_f64());
    let verb = if count == 1 { "matches" } else { "match" };
    if diagnosis.complete {
        writeln!(out, "{word} {} {verb} no known mistake", counted(count, "failure"))?;
    } else {
        let (failures, passive) = (counted(count, "failure"), if count == 1 { "was" } else { "were" });
        writeln!(out, "{word} {failures} {passive} not explained before the time limit of {seconds} s")?;
    }
    writeln!(out, "     where     {} {}", group.operation, group.step)?;
    if let Some(detail) = &group.detail {
        writeln!(out, "     seen      {}", printable(detail))?;
    }
    for guess in &group.nearest {
        writeln!(out, "     best      {}", printable(guess))?;
    }
    let tried = diagnosis.tried;
    if diagnosis.complete {
        writeln!(out, "     tried     {tried} guesses")?;
    } else {
        writeln!(out, "     tried     {tried} guesses, stopped after {seconds} s; raise --diagnose-for")?;
    }
    cases(report, &group.cases, out)
}
