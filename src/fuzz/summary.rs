//! What a campaign came to, as text.

use std::fmt::Write as _;

use super::console::Console;
use super::shown::{kind, shown_input};
use conformance::shown::{counted, grouped, printable, shorten};
use fuzzing::{Class, Difference, Ending, Outcome, Standing};
use serde_json::Value as Json;

/// Characters of one member of a sample's input, and of an answer.
const SHOWN_CHARS: usize = 160;

/// The text at the end of a campaign.
pub(super) fn summary(outcome: &Outcome, console: &Console<'_>, cases: Option<u64>) -> String {
    let mut text = String::new();
    for (standing, classes) in grouped_by_kind(outcome) {
        match standing {
            Standing::Note => note(&mut text, &classes, console),
            Standing::Fault | Standing::Known => describe(&mut text, &classes, standing, console),
        }
    }
    for (what, names) in [("was not seen", &outcome.unseen), ("has expired", &outcome.expired)] {
        for name in names {
            let _ = writeln!(text, "known issue {} {what}", printable(name));
        }
    }
    if let Some(recipe) = &outcome.reference_failure {
        let count = outcome.counts.reference_failures;
        let _ = writeln!(text, "THE REFERENCE FAILED on {count} questions, first on {recipe:?}");
    }
    remarks(&mut text, outcome);
    let _ = write!(text, "{}", totals(outcome, console));
    let number = |standing| outcome.classes.iter().filter(|(_, found)| *found == standing).count();
    let _ = writeln!(text, "{}", ending(&outcome.ending, cases));
    let (faults, notes, known) = (number(Standing::Fault), number(Standing::Note), number(Standing::Known));
    let _ = writeln!(text, "{}, {}, {known} known", counted(faults, "fault"), counted(notes, "note"));
    text
}

/// The classes by what they mean and by the kind of change, whatever its place: faults first, each group as it was found.
fn grouped_by_kind(outcome: &Outcome) -> Vec<(Standing, Vec<&Class>)> {
    let mut groups: Vec<(Standing, String, Vec<&Class>)> = Vec::new();
    for (class, standing) in &outcome.classes {
        let kind = kind(class);
        match groups.iter_mut().find(|(meaning, known, _)| meaning == standing && *known == kind) {
            Some((_, _, classes)) => classes.push(class),
            None => groups.push((*standing, kind, vec![class])),
        }
    }
    let rank = |standing: Standing| match standing {
        Standing::Fault => 0,
        Standing::Known => 1,
        Standing::Note => 2,
    };
    groups.sort_by_key(|(standing, _, classes)| (rank(*standing), classes[0].difference == Difference::Lenient));
    groups.into_iter().map(|(standing, _, classes)| (standing, classes)).collect()
}

/// Notes are many, for a lenient reader is lenient everywhere: two lines each.
fn note(text: &mut String, classes: &[&Class], console: &Console<'_>) {
    let count = classes.iter().map(|class| class.count).sum();
    let kind = printable(&kind(classes[0]));
    let _ = writeln!(text, "note  {kind} @ {}: {}", places(classes).join(" "), times(count));
    let _ = writeln!(text, "      {}", console.repeats(classes[0], Standing::Note));
}

fn times(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "time")
}

fn places<'c>(classes: &[&'c Class]) -> Vec<&'c str> {
    let kinds = classes.iter().flat_map(|class| &class.family);
    let mut places: Vec<&str> = kinds.filter_map(|kind| kind.split_once('@')).map(|(_, place)| place).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn describe(text: &mut String, classes: &[&Class], standing: Standing, console: &Console<'_>) {
    let class = classes[0];
    let word = match standing {
        Standing::Fault => "FAULT",
        Standing::Note => "note ",
        Standing::Known => "known",
    };
    let _ = writeln!(text, "{word} {}", printable(&class.name()));
    let _ = writeln!(text, "      {}", class.difference.in_words());
    let first = match &class.first().file {
        Some(file) => format!("in {}", printable(file)),
        None => format!("at number {}", class.first().number),
    };
    let accident = if class.repeats == Some(false) { "; it did not happen again at the end" } else { "" };
    let _ = writeln!(text, "      {}, first {first}{accident}", times(class.count));
    let _ = writeln!(text, "      asked     {}", shown_input(&class.exhibit.input, SHOWN_CHARS));
    let answer = |json: &Json| printable(&shorten(&json.to_string(), SHOWN_CHARS));
    let _ = writeln!(text, "      reference {}", answer(&class.exhibit.expected));
    let _ = writeln!(text, "      port      {}", answer(&class.exhibit.observed));
    if classes.len() > 1 {
        let more = classes[1..].iter().map(|class| class.count).sum();
        let _ = writeln!(text, "      the same @ {}: {}", places(&classes[1..]).join(" "), times(more));
    }
    let _ = writeln!(text, "      {}", console.repeats(class, standing));
}

fn remarks(text: &mut String, outcome: &Outcome) {
    let remarks = &outcome.remarks;
    if remarks.noise_lines > 0 {
        let noise = printable(&shorten(&remarks.noise, SHOWN_CHARS));
        let _ = writeln!(text, "{} lines of output were not answers; the last one: {noise}", remarks.noise_lines);
    }
    for note in &remarks.notes {
        let _ = writeln!(text, "note: {}", printable(note));
    }
}

fn totals(outcome: &Outcome, console: &Console<'_>) -> String {
    let (counts, before) = (&outcome.counts, console.before());
    let elapsed = counts.elapsed_ms.saturating_sub(before.elapsed_ms).max(1);
    let rate = counts.asked.saturating_sub(before.asked).saturating_mul(1000) / elapsed;
    let mut text = format!(
        "seed {}, {} cases, {} asked, {}/s, {} disagreements, {} more questions about them\n",
        console.seed(),
        grouped(counts.cases),
        grouped(counts.asked),
        grouped(rate),
        grouped(counts.differing),
        grouped(counts.requests),
    );
    for (count, what) in [
        (counts.quarantined, "cases skipped because similar ones ended the port"),
        (u64::from(outcome.restarts), "restarts of the port"),
        (counts.stalls, "timeouts that did not happen again"),
        (counts.unclassed, "disagreements without a class: the limit of classes is reached"),
    ] {
        if count > 0 {
            let _ = writeln!(text, "{} {what}", grouped(count));
        }
    }
    text
}

fn ending(ending: &Ending, cases: Option<u64>) -> String {
    match ending {
        Ending::Time => "stopped at the time limit".to_owned(),
        Ending::Cases => format!("all {} cases were asked", grouped(cases.unwrap_or_default())),
        Ending::Fault => "stopped at the first fault".to_owned(),
        Ending::Interrupted => "interrupted".to_owned(),
        Ending::Exhausted { why } => format!("ENDED EARLY, the port no longer answers: {}", printable(why)),
    }
}
