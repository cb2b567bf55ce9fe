//! An inspection for people.

use std::fmt::Write as _;

use super::told::{Opening, Told};
use super::{InspectArgs, plaintext};
use crate::guess::alternative;
use conformance::shown::{counted, grouped, printable};
use diagnosis::Lone;
use envelope::autonomail::CountSearch;
use envelope::foreign::Found;
use envelope::{Finding, Inspection, Severity};

/// Guesses that are named beside the first.
const ALTERNATIVES_MAX: usize = 4;

/// One line each: what was undone, the format, its parameters, what a reader should know, what opens it.
pub(super) fn told(args: &InspectArgs, told: &Told) -> String {
    let mut text = findings(&told.layers);
    match &told.found {
        Found::Format(format) => {
            let _ = writeln!(text, "format: {}", format.id());
        }
        Found::Foreign(kind, _) => {
            let _ = writeln!(text, "this is: {}\nwhat it is: {}\nwhat opens it: {}", kind.name, kind.what, kind.opens);
        }
        Found::Unknown(_) => {}
    }
    if let Some(seen) = &told.seen {
        text.push_str(&inspection(seen));
    }
    if let Some(opening) = &told.opening {
        text.push_str(&opened(args, told, opening));
    }
    text
}

fn inspection(seen: &Inspection) -> String {
    let mut text = String::new();
    for (name, value) in &seen.parameters {
        let _ = writeln!(text, "{name}: {}", printable(value));
    }
    text.push_str(&findings(&seen.findings));
    text
}

fn findings(findings: &[Finding]) -> String {
    let line = |finding: &Finding| format!("{}: {}\n", severity(finding.severity), printable(&finding.text));
    findings.iter().map(line).collect()
}

/// The word for a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Odd => "odd",
        Severity::Danger => "danger",
    }
}

fn opened(args: &InspectArgs, told: &Told, opening: &Opening) -> String {
    match opening {
        Opening::Opens { plaintext: bytes, iterations } => {
            let inside = if told.layers.is_empty() { "" } else { ", once what is said above is undone" };
            let with = iterations.map_or_else(String::new, |count| format!(" with {}", iterations_in_words(count)));
            let mut text = format!("opens{with}: {} of plaintext{inside}\n", counted(bytes.len(), "byte"));
            if let Some(odd) = plaintext::oddity(bytes) {
                let _ = writeln!(text, "odd: the plaintext {odd}");
            }
            text
        }
        Opening::Closed { reason, detail, lone } => {
            format!("does not open: refused as {reason}: {}\n{}", printable(detail), sealed_by(args, reason, lone))
        }
        Opening::Refused { reason, detail } => format!("does not open: refused as {reason}: {}\n", printable(detail)),
        Opening::Uncounted(search) => uncounted(args, search),
        Opening::Nothing(_) => String::new(),
    }
}

fn iterations_in_words(count: u64) -> String {
    format!("{} iteration{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// That no count opens a record.
fn uncounted(args: &InspectArgs, search: &CountSearch) -> String {
    let each = if search.step == 1 { "no" } else { "no round" };
    let mut text = format!(
        "does not open: {each} iteration count up to {} opens it with this password, which may be wrong\n  if you know the count, add --iterations N: then the known mistakes are tried too\n",
        grouped(search.tried)
    );
    if search.tried < primitives::Limits::default().iterations_max {
        let _ = writeln!(text, "  {}", args.guess.overtime());
    }
    text
}

/// The guess that opens it, with its proof, and the one that wrote it, with the fix.
fn sealed_by(args: &InspectArgs, refused: &str, lone: &Lone) -> String {
    let Some((first, others)) = lone.openings.split_first() else { return unknown(args, lone) };
    let (bytes, sentence) = (counted(first.plaintext_bytes, "byte"), printable(&first.hypothesis.sentence()));
    let names = first.hypothesis.names().join(" and ");
    let mut text = format!("opens ({bytes} of plaintext) with this mistake: {sentence} ({names})\n");
    text.push_str("  proof: the tag verifies this way and fails if any byte changes: not chance\n");
    // What only has to be read leniently was written wrongly: the mistake is its writer's and not the reader's.
    let is_sealed_so = refused == "authentication";
    if is_sealed_so {
        text.push_str(&args.guess.remedy(&first.hypothesis));
    }
    others.iter().take(ALTERNATIVES_MAX).for_each(|other| text.push_str(&alternative(&other.hypothesis)));
    let Some((writer, more)) = lone.writers.split_first() else { return text };
    if is_sealed_so && writer.names() == first.hypothesis.names() {
        text.push_str("a port with this mistake writes the same envelope, byte for byte\n");
        return text;
    }
    let (sentence, names) = (printable(&writer.sentence()), writer.names().join(" and "));
    let _ = writeln!(text, "a port with this mistake writes the same envelope, byte for byte: {sentence} ({names})");
    text.push_str(&args.guess.remedy(writer));
    more.iter().take(ALTERNATIVES_MAX).for_each(|other| text.push_str(&alternative(other)));
    text
}

/// That nothing is known of it.
fn unknown(args: &InspectArgs, lone: &Lone) -> String {
    let tried = grouped(lone.tried as u64);
    let mut text =
        format!("none of {tried} guesses opens it: wrong password or key, changed data, or an unknown mistake\n");
    if !lone.complete {
        let _ = writeln!(text, "  {}", args.guess.overtime());
    }
    text
}
