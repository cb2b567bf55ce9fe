//! Lines of JSON: a header, one record for every case, a footer. A report without its footer is no report.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use super::{CaseRecord, Explained, Header, Outcome, Report};

/// The version of this form.
const SCHEMA: u64 = 1;

/// Writes the whole report.
///
/// # Errors
///
/// The writer's.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    header(&report.header, out)?;
    for (position, record) in report.cases.iter().enumerate() {
        let cause = report.diagnosis.as_ref().and_then(|diagnosis| diagnosis.cause_of(position));
        line(&record_of(record, &cause.map_or_else(Vec::new, diagnosis)), out)?;
    }
    footer(report, out)
}

/// Writes the first line.
///
/// # Errors
///
/// The writer's.
pub fn header(header: &Header, out: &mut dyn Write) -> io::Result<()> {
    line(
        &json!({
            "record": "header",
            "schema": SCHEMA,
            "suite": header.suite,
            "vectors_sha256": header.vectors_sha256,
            "port": header.port,
            "selected": header.selected,
            "seed": header.seed,
            "notes_text": header.notes,
        }),
        out,
    )
}

/// What is known of a failure's cause: an entry for each mistake, then those that explain it as well.
fn diagnosis(cause: &Explained) -> Vec<Json> {
    let entry =
        |mistake: &str, title: &str, proof: &str| json!({"mistake": mistake, "title_text": title, "proof_text": proof});
    let first = cause.mistakes.iter().map(|mistake| entry(mistake, &cause.sentence, &cause.proof));
    let others = cause.alternatives.iter().map(|(mistake, sentence)| {
        entry(mistake, sentence, "explains the same cases: no case that was asked tells them apart")
    });
    // What needs no known mistake has no name, only words.
    let plain = json!({"title_text": cause.sentence, "proof_text": cause.proof});
    let plain = cause.mistakes.is_empty().then_some(plain);
    plain.into_iter().chain(first).chain(others).collect()
}

/// Writes the line of one case, whose cause is not known yet.
///
/// # Errors
///
/// The writer's.
pub fn case(record: &CaseRecord, out: &mut dyn Write) -> io::Result<()> {
    line(&record_of(record, &[]), out)
}

fn record_of(record: &CaseRecord, diagnosis: &[Json]) -> Json {
    let observed = match (record.outcome, &record.detail) {
        (Outcome::LeftOut(reason), _) => json!({"left-out": {"why_text": reason.as_str()}}),
        (Outcome::Judged(_), Some(detail)) => detail.observed.clone(),
        (Outcome::Judged(_), None) => Json::Null,
    };
    json!({
            "record": "case",
            "case": record.case,
            "name": record.name,
            "verdict": record.outcome.as_str(),
            "mismatch": record.outcome.mismatch(),
            "observed": observed,
            "diagnosis": diagnosis,
            "elapsed_us": u64::try_from(record.elapsed.as_micros()).unwrap_or(u64::MAX),
    })
}

/// Writes the last line: `passed + failed + skipped` are the selected cases, and the skipped are the known failures, those that
/// could not be run and those that were left out.
///
/// # Errors
///
/// The writer's.
pub fn footer(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let counts = &report.counts;
    line(
        &json!({
            "record": "footer",
            "passed": counts.passed,
            "failed": counts.failed,
            "skipped": counts.skipped(),
            "known_failures": counts.known_failures,
            "not_run": counts.not_run,
            "left_out": counts.left_out,
            "wrong_probes": report.wrong_probes,
            "exit": report.conclusion.exit_code(),
        }),
        out,
    )
}

fn line(json: &Json, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, json)?;
    out.write_all(b"\n")
}
