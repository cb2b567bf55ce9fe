//! The report for people. Pure.

use std::fmt::Write as _;

use super::chart::characters;
use super::words::{basis, clamp, derivation, doubt, fault, rule, seconds};
use super::{Rule, Sheet};
use crate::autonomail::Run;
use crate::policy::FLOORS;
use crate::{Calibration, Claim, Expected, Kdf, Load, Outcome, Subject, matrix};
use conformance::shown::grouped;
use conformance::shown::printable;

/// The text; a port's words in it are harmless on a terminal.
#[must_use]
pub fn text(sheet: &Sheet) -> String {
    let mut text = format!("{}: {}\n", derivation(sheet.kdf), rule(sheet));
    let machine = &sheet.machine;
    let processor = machine.processor.as_deref().map_or("an unknown processor", |name| name);
    let _ = writeln!(text, "on {}, {} processors; seed {}", printable(processor), machine.processors, sheet.seed);
    for subject in &sheet.subjects {
        text += &one(subject, sheet);
    }
    let measured = sheet.subjects.iter().filter(|subject| subject.calibration().is_some()).count();
    if measured > 1 {
        text += &table(sheet);
        text.push('\n');
        text += &characters(sheet);
    }
    text
}

fn one(subject: &Subject, sheet: &Sheet) -> String {
    let mut text = format!("\n{}", printable(&subject.name));
    if !subject.about.is_empty() {
        let _ = write!(text, " ({})", printable(&subject.about));
    }
    text.push('\n');
    let number = match &subject.outcome {
        Outcome::Found(found) => {
            calibration(&mut text, found, sheet);
            Some(found.chosen)
        }
        Outcome::Followed(runs) => {
            followed(&mut text, runs);
            runs.last().map(|run| run.iterations)
        }
        Outcome::Failed(why) => {
            let _ = writeln!(text, "  no number  {}", printable(why));
            None
        }
    };
    if let (Some(number), Kdf::Pbkdf2HmacSha512) = (number, sheet.kdf) {
        floors(&mut text, number);
    }
    if let Some(claim) = &subject.claim {
        claimed(&mut text, claim);
    }
    text
}

fn calibration(text: &mut String, found: &Calibration, sheet: &Sheet) {
    let _ = writeln!(text, "  {:<9}  {}", sheet.kdf.unit(), grouped(found.chosen));
    if let Some(cpu) = found.cpu {
        let _ = writeln!(text, "  cpu        {}", expected(cpu));
    }
    let _ = writeln!(text, "  wall       {}", expected(found.wall));
    let _ = writeln!(text, "  chosen by  {}", basis(found));
    let fixed = Some(found.fixed).filter(|fixed| *fixed > 0.001 * found.target.as_secs_f64());
    let cold = found.cold.filter(|cold| *cold > 1.1);
    let _ = writeln!(
        text,
        "  speed      {} {} a second{}{}",
        grouped(rate(found)),
        sheet.kdf.unit(),
        fixed.map_or(String::new(), |fixed| format!(", and {} for each derivation", seconds(fixed))),
        cold.map_or(String::new(), |cold| format!("; the first took {cold:.1} times as long"))
    );
    if let Some(cold) = sheet.cold_arena.filter(|_| Some(&found.chosen) == first_chosen(sheet).as_ref()) {
        let _ = writeln!(text, "  cold       {cold:.2} times as long in fresh memory");
    }
    let _ = writeln!(text, "  machine    {}{}", found.quality.as_str(), load(found.load));
    let _ = writeln!(
        text,
        "  effort     {} probes, {} of work in {}",
        found.probes.len(),
        seconds(found.spent()),
        seconds(found.elapsed.as_secs_f64())
    );
    for one in &found.clamps {
        let _ = writeln!(text, "  clamped    {}", clamp(one, sheet.kdf));
    }
    for one in &found.doubts {
        let _ = writeln!(text, "  DOUBT      {}", doubt(one));
    }
    if !found.stands() && sheet.rule == Rule::Search {
        let _ = writeln!(text, "  this number is not reliable");
    }
}

/// The number of the reference, which is the first subject.
fn first_chosen(sheet: &Sheet) -> Option<u64> {
    sheet.subjects.first()?.calibration().map(|found| found.chosen)
}

/// Units a second, without what does not depend on them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn rate(found: &Calibration) -> u64 {
    (1.0 / found.per_unit) as u64
}

fn expected(expected: Expected) -> String {
    format!("{} (seen {} to {})", seconds(expected.seconds), seconds(expected.least), seconds(expected.most))
}

fn load(load: Load) -> String {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let mut words = Vec::new();
    words.extend(load.foreign.map(|share| format!("other programs used {}", percent(share))));
    words.extend(
        load.stolen.filter(|share| *share > 0.0).map(|share| format!("{} taken by the hypervisor", percent(share))),
    );
    words.extend(load.throttled.filter(|times| *times > 0).map(|times| format!("throttled {times} times")));
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

fn followed(text: &mut String, runs: &[Run]) {
    for (at, run) in runs.iter().enumerate() {
        let word = if at + 1 == runs.len() { "iterations" } else { "tried" };
        let _ = writeln!(text, "  {word:<10} {} in {} ms", grouped(run.iterations), run.elapsed_ms);
    }
    let _ =
        writeln!(text, "  DOUBT      one sample each: a delayed run ends the search early, with too small a number");
}

/// Policy, shown and never applied.
fn floors(text: &mut String, iterations: u64) {
    for floor in FLOORS {
        let word = if iterations < floor.iterations { "BELOW" } else { "above" };
        let _ = writeln!(text, "  {word}      {}: {}", grouped(floor.iterations), floor.source);
    }
}

fn claimed(text: &mut String, claim: &Claim) {
    for answer in &claim.answers {
        let _ = writeln!(
            text,
            "  calibrator {} for {} ms; it says {} ms",
            grouped(answer.iterations),
            answer.target_ms,
            answer.elapsed_ms
        );
    }
    if claim.faults.is_empty() {
        text.push_str(
            "  calibrator conforms: above the minimum, grows with the target, between half and double the measured number\n",
        );
    }
    for one in &claim.faults {
        let _ = writeln!(text, "  FAULT      {}: {}", one.as_str(), printable(&fault(one)));
    }
}

/// What the number of each costs on each.
fn table(sheet: &Sheet) -> String {
    let rows = matrix(&sheet.subjects);
    let names: Vec<_> = rows.iter().map(|row| printable(&row.chosen_on)).collect();
    let wide = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max("chosen on".len());
    let column = |name: &String| name.chars().count().max(8);
    let mut text = format!("\n{:<wide$}  {:>13}", "chosen on", sheet.kdf.unit());
    for name in &names {
        let _ = write!(text, "  {name:>width$}", width = column(name));
    }
    text.push('\n');
    for (row, name) in rows.iter().zip(&names) {
        let _ = write!(text, "{name:<wide$}  {:>13}", grouped(row.cost));
        for ((_, took), on) in row.seconds.iter().zip(&names) {
            let _ = write!(text, "  {:>width$}", seconds(*took), width = column(on));
        }
        text.push('\n');
    }
    text
}
