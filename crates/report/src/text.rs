//! The report for people.

use std::io::{self, Write};

use super::{CaseRecord, Conclusion, Detail, Diagnosed, Explained, Outcome, Report, Unexplained};
use conformance::port::Mismatch;
use conformance::shown::{printable, shorten};
use conformance::verdict::Verdict;
use diagnosis::mistakes;

/// Failures that are shown from near by; the rest has one line each.
const DETAILS_MAX: usize = 20;

/// Failures under one cause that are shown from near by.
const DETAILS_OF_CAUSE: usize = 1;

/// Failures without a cause that begin at one step and are shown from near by.
const DETAILS_OF_GROUP: usize = 5;

/// Public reports that a cause names.
const LINKS_MAX: usize = 3;

/// Cases that a cause names where no case has a verdict.
const CASES_OF_BROKEN: usize = 5;

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
    causes(report, colour, out)?;
    not_run(report, colour, out)?;
    summary(report, out)
}

/// The failures by their causes, then those without one, then what is known beforehand.
fn causes(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let nothing = Diagnosed::default();
    let diagnosis = report.diagnosis.as_ref().unwrap_or(&nothing);
    let mut told = vec![false; report.cases.len()];
    for cause in &diagnosis.causes {
        if tells(report, &cause.cases) {
            explained(report, cause, colour, out)?;
            under(report, &cause.cases, DETAILS_OF_CAUSE, colour, &mut told, out)?;
        }
    }
    for group in &diagnosis.unexplained {
        if tells(report, &group.cases) {
            unexplained(report, diagnosis, group, colour, out)?;
            under(report, &group.cases, DETAILS_OF_GROUP, colour, &mut told, out)?;
        }
    }
    let rest: Vec<_> = (0..told.len()).filter(|at| !told[*at]).collect();
    under(report, &rest, DETAILS_MAX, colour, &mut told, out)
}

/// Whether a cause is news: it explains a failure that is not known, or what a port without verdicts answered.
fn tells(report: &Report, cases: &[usize]) -> bool {
    cases.iter().any(|at| matches!(report.cases[*at].outcome, Outcome::Judged(Verdict::Fail(_))))
}

/// The lines of these cases, the first of them from near by.
fn under(
    report: &Report,
    cases: &[usize],
    mut details: usize,
    colour: Colour,
    told: &mut [bool],
    out: &mut dyn Write,
) -> io::Result<()> {
    for at in cases {
        let record = &report.cases[*at];
        if record.outcome.mismatch() != Some(Mismatch::NotRun) && !told[*at] {
            case(report, record, colour, &mut details, out)?;
            told[*at] = true;
        }
    }
    Ok(())
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
        writeln!(out, "     or        {name}: {}; no case that was asked tells them apart", printable(sentence))?;
    }
    if !cause.unchecked.is_empty() {
        let count = cause.unchecked.len();
        writeln!(out, "     unchecked {count} more failures, which there was no time to hold against it")?;
    }
    if report.conclusion == Conclusion::Broken {
        let cases = cause.cases.iter().take(CASES_OF_BROKEN).map(|at| report.cases[*at].case.as_str());
        let cases = cases.collect::<Vec<_>>().join(", ");
        writeln!(
            out,
            "     cases     {} that were asked for this diagnosis alone, among them {cases}",
            cause.cases.len()
        )?;
    }
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
    let count = group.cases.len();
    writeln!(out, "{word} {count} {} that no known mistake gives", plural(count, "failure"))?;
    writeln!(out, "     first     wrong in {}: {}", group.operation, group.step)?;
    let seconds = diagnosis.allowed.as_secs_f64();
    let tried = diagnosis.tried;
    if diagnosis.complete {
        writeln!(out, "     tried     {tried} guesses")?;
    } else {
        let more = 10.0 * seconds;
        writeln!(out, "     tried     {tried} guesses in {seconds} s; --diagnose-for {more} tries more")?;
    }
    if report.conclusion == Conclusion::Broken {
        let cases = group.cases.iter().take(CASES_OF_BROKEN).map(|at| report.cases[*at].case.as_str());
        writeln!(out, "     cases     {}", cases.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
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
    if let Some(diagnosis) = &report.diagnosis {
        let causes = diagnosis.causes.iter().filter(|cause| tells(report, &cause.cases)).collect::<Vec<_>>();
        let failures: usize = causes.iter().map(|cause| cause.cases.len()).sum();
        let (count, left) = (causes.len(), diagnosis.unexplained.iter().map(|group| group.cases.len()).sum::<usize>());
        if count + left > 0 {
            let failures = format!("{failures} {}", plural(failures, "failure"));
            writeln!(out, "{failures}, {count} {}; {left} unexplained", plural(count, "cause"))?;
        }
    }
    let plain = counts.failed - counts.known_failures - counts.not_run;
    if plain > DETAILS_MAX {
        writeln!(out, "every failure from near by: --report jsonl=FILE")?;
    }
    match report.conclusion {
        Conclusion::Conforms | Conclusion::Red => {}
        Conclusion::TooFew => writeln!(out, "too few cases ran: {}", counts.executed())?,
        Conclusion::Broken => writeln!(out, "adapter broken: it failed its probes, so no verdict was given")?,
        Conclusion::Interrupted { signal } => writeln!(out, "interrupted by signal {signal}")?,
    }
    writeln!(out, "{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped)
}
