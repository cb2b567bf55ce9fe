//! What stands around the failures: the header, the cases that could not be asked, and how all adds up. Layer: `report`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{BOLD, Colour, DETAILS_MAX, RED, is_plain_failure, tells};
use crate::{CaseRecord, Conclusion, Header, Report, Shortage};
use conformance::port::Mismatch;
use conformance::shown::{counted, printable};

/// Who is asked what, and what is known of the run before it begins.
pub(super) fn title(header: &Header, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
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
        "sealproof {}, vectors {}, {} {}, seed {}",
        header.suite,
        header.vectors_sha256.get(..12).unwrap_or_default(),
        header.selected,
        if header.selected == 1 { "case" } else { "cases" },
        header.seed
    )?;
    notes(&header.notes, out)
}

fn notes(notes: &[String], out: &mut dyn Write) -> io::Result<()> {
    notes.iter().try_for_each(|note| writeln!(out, "note: {}", printable(note)))
}

/// The cases that could not be asked: one line, whatever their number, so that it buries no failure.
pub(super) fn not_run(report: &Report, colour: Colour, out: &mut dyn Write) -> io::Result<()> {
    let is_not_run = |record: &&CaseRecord| record.outcome.mismatch() == Some(Mismatch::NotRun);
    let Some(CaseRecord { case, detail, .. }) = report.cases.iter().find(is_not_run) else { return Ok(()) };
    let why = detail.as_ref().and_then(|detail| detail.observed.pointer("/not-run/why_text")?.as_str());
    let (word, count) = (colour.paint(RED, "NOT RUN"), counted(report.counts.not_run, "case"));
    writeln!(out, "{word} {count}, first {case}: {}", printable(why.unwrap_or_default()))?;
    let ends_the_port = |record: &CaseRecord| {
        matches!(record.outcome.mismatch(), Some(Mismatch::Died | Mismatch::TimedOut | Mismatch::Garbled))
    };
    if report.conclusion == Conclusion::Red && report.cases.iter().any(ends_the_port) {
        writeln!(
            out,
            "     fix       catch the errors of the cases that are died, timed-out or garbled, and answer `reject`"
        )?;
        writeln!(out, "     or        ask the rest a family at a time: --select FAMILY")?;
    }
    Ok(())
}

/// Notes, then how all adds up.
pub(super) fn summary(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    notes(&report.notes, out)?;
    causes(report, out)?;
    if report.counts.failed > DETAILS_MAX {
        writeln!(out, "full details: --report jsonl=FILE")?;
    }
    match report.conclusion {
        Conclusion::Conforms | Conclusion::Red => {}
        Conclusion::TooFew(Shortage::Cases { ran, wanted }) => {
            writeln!(out, "too few cases ran: {ran}, and at least {wanted} must")?;
        }
        Conclusion::TooFew(Shortage::Family) => {
            writeln!(out, "too few cases ran: none of a family that the port claims (see the notes)")?;
        }
        Conclusion::Broken => writeln!(out, "adapter broken: see the FAULT lines; no case has a verdict")?,
        Conclusion::Interrupted { signal } => writeln!(out, "interrupted by signal {signal}")?,
    }
    let counts = &report.counts;
    if counts.skipped() > 0 {
        writeln!(out, "skipped: {}", skipped(report))?;
    }
    writeln!(out, "{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped())
}

/// What the skipped cases are.
fn skipped(report: &Report) -> String {
    let left_out = report.left_out();
    let mut words: Vec<_> =
        left_out.iter().map(|(reason, count)| format!("{count} left out ({})", reason.as_str())).collect();
    let counts = &report.counts;
    if counts.known_failures > 0 {
        words.push(counted(counts.known_failures, "known issue"));
    }
    if counts.not_run > 0 {
        words.push(format!("{} not run", counts.not_run));
    }
    words.join(", ")
}

/// How many of the failures are explained; the numbers add up to the failures.
fn causes(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Some(diagnosis) = &report.diagnosis else { return Ok(()) };
    let causes: Vec<_> = diagnosis.causes.iter().filter(|cause| tells(report, &cause.cases)).collect();
    let counts = |at: &&usize| report.conclusion == Conclusion::Broken || is_plain_failure(report.cases[**at].outcome);
    let explained: BTreeSet<&usize> = causes.iter().flat_map(|cause| &cause.cases).filter(counts).collect();
    let unexplained = diagnosis.unexplained.iter().flat_map(|group| &group.cases).filter(counts);
    let unexplained = unexplained.filter(|at| !explained.contains(at)).count();
    if explained.is_empty() && unexplained == 0 {
        return Ok(());
    }
    let (by, found) = (counted(causes.len(), "cause"), explained.len());
    if report.conclusion == Conclusion::Broken {
        let answers = counted(found, "wrong answer");
        return writeln!(
            out,
            "of those asked only for the diagnosis: {answers} explained by {by}, {unexplained} unexplained"
        );
    }
    let plain = report.cases.iter().filter(|record| is_plain_failure(record.outcome)).count();
    let unchecked = plain.saturating_sub(found + unexplained);
    let unexpected = report.counts.failed.saturating_sub(plain);
    let more = |count: usize, what: &str| if count == 0 { String::new() } else { format!(", {count} {what}") };
    let (unchecked, unexpected) = (more(unchecked, "not checked"), more(unexpected, "unexpectedly right"));
    writeln!(out, "{} explained by {by}, {unexplained} unexplained{unchecked}{unexpected}", counted(found, "failure"))
}
