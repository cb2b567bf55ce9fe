//! The report for people, as the run goes on: the header when it begins, each failure when it is found, and at the end why
//! cases failed, what is to be known of the run, and how it adds up.

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
}

/// Writes a finished run; its last line is `N passed, N failed, N skipped` and nothing else.
///
/// # Errors
///
/// The writer's.
pub fn write(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let mut text = Text::new(colour);
    text.begins(&report.header, out)?;
    for record in &report.cases {
        text.judged(record, out)?;
    }
    text.finishes(report, out)
}

impl Text {
    /// Of a run that has not begun.
    #[must_use]
    pub fn new(colour: Colour) -> Self {
        Self { colour, port_arguments: String::new(), detailed: BTreeSet::new() }
    }

    /// The run begins: who is asked what.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn begins(&mut self, header: &Header, out: &mut dyn Write) -> io::Result<()> {
        *self = Self { port_arguments: header.port_arguments.clone(), ..Self::new(self.colour) };
        title(header, self.colour, out)
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
        for fault in &report.faults {
            writeln!(out, "{} {}", self.colour.paint(RED, "FAULT"), printable(fault))?;
        }
        self.causes(report, out)?;
        not_run(report, self.colour, out)?;
        summary(report, out)
    }

    /// Why cases failed, then what nothing explains.
    fn causes(&mut self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let Some(diagnosis) = &report.diagnosis else { return Ok(()) };
        for cause in diagnosis.causes.iter().filter(|cause| tells(report, &cause.cases)) {
            explained(report, cause, self.colour, out)?;
            self.example(report, &cause.cases, out)?;
        }
        for group in diagnosis.unexplained.iter().filter(|group| tells(report, &group.cases)) {
            unexplained(report, diagnosis, group, self.colour, out)?;
            self.example(report, &group.cases, out)?;
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
    writeln!(out, "     mistake   {}", cause.mistakes.join(" and "))?;
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
    let tried = diagnosis.tried;
    if diagnosis.complete {
        writeln!(out, "     tried     {tried} guesses")?;
    } else {
        writeln!(out, "     tried     {tried} guesses, stopped after {seconds} s; raise --diagnose-for")?;
    }
    cases(report, &group.cases, out)
}

/// The cases that could not be asked: one line, whatever their number, so that it buries no failure.
fn not_run(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let first = report.cases.iter().find(|record| record.outcome.mismatch() == Some(Mismatch::NotRun));
    let Some(CaseRecord { case, detail, .. }) = first else { return Ok(()) };
    let why = detail.as_ref().and_then(|detail| detail.observed.pointer("/not-run/why_text")?.as_str());
    let (word, count) = (colour.paint(RED, "NOT RUN"), counted(report.counts.not_run, "case"));
    writeln!(out, "{word} {count}, first {case}: {}", printable(why.unwrap_or_default()))
}

fn title(header: &Header, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let port = &header.port;
    let name = colour.paint(BOLD, &printable(&port.name_text));
    let words = [&port.version_text, &port.language_text, &port.runtime_text].map(|text| printable(text));
    let [version, language, runtime] = words;
    writeln!(out, "{name} {version} ({language}, {runtime})")?;
    for (library, version) in &port.libraries {
        writeln!(out, "  {} {}", printable(library), printable(version))?;
    }
    writeln!(
        out,
        "sealproof {}, vectors {}, {} cases, seed {}",
        header.suite,
        header.vectors_sha256.get(..12).unwrap_or_default(),
        header.selected,
        header.seed
    )
}

fn summary(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let left_out = report.left_out();
    if !left_out.is_empty() {
        let reasons: Vec<_> = left_out.iter().map(|(reason, count)| format!("{count} ({})", reason.as_str())).collect();
        writeln!(out, "skipped: {}", reasons.join(", "))?;
    }
    for note in &report.notes {
        writeln!(out, "note: {}", printable(note))?;
    }
    let counts = &report.counts;
    if counts.known_failures > 0 {
        writeln!(out, "the failures include {}", counted(counts.known_failures, "known issue"))?;
    }
    if let Some(diagnosis) = &report.diagnosis {
        let causes = diagnosis.causes.iter().filter(|cause| tells(report, &cause.cases)).collect::<Vec<_>>();
        let failures: usize = causes.iter().map(|cause| cause.cases.len()).sum();
        let (count, left) = (causes.len(), diagnosis.unexplained.iter().map(|group| group.cases.len()).sum::<usize>());
        if count + left > 0 {
            let (failures, causes) = (counted(failures, "failure"), counted(count, "cause"));
            writeln!(out, "{failures} explained by {causes}, {left} unexplained")?;
        }
    }
    let plain = counts.failed - counts.known_failures - counts.not_run;
    if plain > DETAILS_MAX {
        writeln!(out, "full details: --report jsonl=FILE")?;
    }
    match report.conclusion {
        Conclusion::Conforms | Conclusion::Red => {}
        Conclusion::TooFew => writeln!(out, "too few cases ran: {}", counts.executed())?,
        Conclusion::Broken => writeln!(out, "adapter broken: it failed its probes, so no case has a verdict")?,
        Conclusion::Interrupted { signal } => writeln!(out, "interrupted by signal {signal}")?,
    }
    writeln!(out, "{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped)
}
