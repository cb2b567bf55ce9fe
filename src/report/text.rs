//! The report for people.

use std::io::{self, Write};

use super::escape::{printable, shorten};
use super::{CaseRecord, Conclusion, Detail, Outcome, Report};
use crate::port::Mismatch;
use crate::verdict::Verdict;

/// Failures that are shown from near by; the rest has one line each.
const DETAILS_MAX: usize = 20;

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

/// Writes the report; its last line is `N passed, N failed, N skipped` and nothing else.
///
/// # Errors
///
/// The writer's.
pub fn write(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    title(report, colour, out)?;
    for fault in &report.faults {
        writeln!(out, "{} {}", colour.paint(RED, "FAULT"), printable(fault))?;
    }
    let was_run = |record: &&CaseRecord| record.outcome.mismatch() != Some(Mismatch::NotRun);
    let mut details_left = DETAILS_MAX;
    for record in report.cases.iter().filter(was_run) {
        case(report, record, colour, &mut details_left, out)?;
    }
    not_run(report, colour, out)?;
    summary(report, out)
}

/// The cases that could not be asked: one line, whatever their number, so that it buries no failure.
fn not_run(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let first = report.cases.iter().find(|record| record.outcome.mismatch() == Some(Mismatch::NotRun));
    let Some(CaseRecord { case, detail, .. }) = first else { return Ok(()) };
    let why = detail.as_ref().and_then(|detail| detail.observed.pointer("/not-run/why_text")?.as_str());
    let (word, count) = (colour.paint(RED, "NOT RUN"), report.counts.not_run);
    writeln!(out, "{word} {count} of the cases, the first is {case}: {}", printable(why.unwrap_or_default()))
}

fn title(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let port = &report.header.port;
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
        report.header.suite,
        report.header.vectors_sha256.get(..12).unwrap_or_default(),
        report.header.selected,
        report.header.seed
    )
}

fn case(
    report: &Report,
    record: &CaseRecord,
    colour: Colour,
    details_left: &mut usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (code, word) = match record.outcome {
        Outcome::Judged(Verdict::Pass) | Outcome::LeftOut(_) => return Ok(()),
        Outcome::Judged(Verdict::Fail(_)) => (RED, "FAIL"),
        Outcome::Judged(Verdict::UnexpectedPass) => (RED, "UNEXPECTED PASS"),
        Outcome::Judged(Verdict::KnownFailure(_)) => (YELLOW, "KNOWN"),
    };
    let mismatch = record.outcome.mismatch().map_or(String::new(), |mismatch| format!(": {}", mismatch.as_str()));
    writeln!(out, "{} {} {}{mismatch}", colour.paint(code, word), record.case, printable(&record.name))?;
    match (&record.detail, record.outcome) {
        (Some(detail), Outcome::Judged(Verdict::Fail(_))) if *details_left > 0 => {
            *details_left -= 1;
            from_near_by(report, record, detail, out)
        }
        (Some(_) | None, _) => Ok(()),
    }
}

fn from_near_by(report: &Report, record: &CaseRecord, detail: &Detail, out: &mut dyn Write) -> io::Result<()> {
    let observed = shorten(&detail.observed.to_string(), OBSERVED_CHARS_MAX);
    writeln!(out, "     why       {}", printable(&detail.why))?;
    writeln!(out, "     expected  {}", printable(&detail.expected))?;
    writeln!(out, "     observed  {}", printable(&observed))?;
    writeln!(out, "     repeat    sealproof run {}--select {}", report.header.port_arguments, record.case)
}

fn summary(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let left_out = report.left_out();
    if !left_out.is_empty() {
        let reasons: Vec<_> = left_out.iter().map(|(reason, count)| format!("{count} {}", reason.as_str())).collect();
        writeln!(out, "left out: {}", reasons.join(", "))?;
    }
    for note in &report.notes {
        writeln!(out, "note: {}", printable(note))?;
    }
    let counts = &report.counts;
    if counts.known_failures > 0 {
        writeln!(out, "{} of the failed are known issues", counts.known_failures)?;
    }
    let plain = counts.failed - counts.known_failures - counts.not_run;
    if plain > DETAILS_MAX {
        writeln!(out, "details of {} more: --report jsonl=FILE", plain - DETAILS_MAX)?;
    }
    match report.conclusion {
        Conclusion::Conforms | Conclusion::Red => {}
        Conclusion::TooFew => writeln!(out, "too few cases ran: {}", counts.executed())?,
        Conclusion::Broken => writeln!(out, "adapter broken: it failed its probes, so no verdict was given")?,
        Conclusion::Interrupted { signal } => writeln!(out, "interrupted by signal {signal}")?,
    }
    writeln!(out, "{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped)
}
