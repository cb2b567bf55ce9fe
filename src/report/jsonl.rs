//! Lines of JSON: a header, one record for every case, a footer. A report without its footer is no report.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use super::{CaseRecord, Conclusion, Counts, Header, Outcome, Report};

/// The version of this form.
const SCHEMA: u64 = 1;

/// Writes the whole report.
///
/// # Errors
///
/// The writer's.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    header(&report.header, out)?;
    for record in &report.cases {
        case(record, out)?;
    }
    footer(&report.counts, report.conclusion, out)
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
        }),
        out,
    )
}

/// Writes the line of one case.
///
/// # Errors
///
/// The writer's.
pub fn case(record: &CaseRecord, out: &mut dyn Write) -> io::Result<()> {
    let observed = match (record.outcome, &record.detail) {
        (Outcome::LeftOut(reason), _) => json!({"left-out": {"why_text": reason.as_str()}}),
        (Outcome::Judged(_), Some(detail)) => detail.observed.clone(),
        (Outcome::Judged(_), None) => Json::Null,
    };
    line(
        &json!({
            "record": "case",
            "case": record.case,
            "name": record.name,
            "verdict": record.outcome.as_str(),
            "mismatch": record.outcome.mismatch(),
            "observed": observed,
            "diagnosis": [],
            "elapsed_us": u64::try_from(record.elapsed.as_micros()).unwrap_or(u64::MAX),
        }),
        out,
    )
}

/// Writes the last line.
///
/// # Errors
///
/// The writer's.
pub fn footer(counts: &Counts, conclusion: Conclusion, out: &mut dyn Write) -> io::Result<()> {
    line(
        &json!({
            "record": "footer",
            "passed": counts.passed,
            "failed": counts.failed,
            "skipped": counts.skipped,
            "known_failures": counts.known_failures,
            "exit": conclusion.exit_code(),
        }),
        out,
    )
}

fn line(json: &Json, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, json)?;
    out.write_all(b"\n")
}
