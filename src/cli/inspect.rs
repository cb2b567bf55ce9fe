//! `sealproof inspect`: what an envelope says of itself, without its secret.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::envelope::{CommandError, finish, read_input};
use crate::envelope::{Inspection, Severity};
use crate::registry;
use crate::report::printable;

/// The arguments of `sealproof inspect`.
#[derive(Args)]
pub(super) struct InspectArgs {
    /// The envelope; standard input without it
    file: Option<PathBuf>,
}

/// Runs `sealproof inspect`.
pub(super) fn inspect(args: &InspectArgs) -> ExitCode {
    finish(inspected(args))
}

fn inspected(args: &InspectArgs) -> Result<Vec<u8>, CommandError> {
    let bytes = read_input(args.file.as_deref())?;
    match registry::FORMATS.iter().find(|format| format.recognises(&bytes)) {
        Some(format) => Ok(text(&format.inspect(&bytes)).into_bytes()),
        None => Err(CommandError::Refused {
            reason: "malformed",
            detail: format!("{} bytes that look like no format of this suite", bytes.len()),
        }),
    }
}

/// One line each: the format, its parameters, what a reader should know.
fn text(seen: &Inspection) -> String {
    let mut text = format!("format: {}\n", seen.format);
    for (name, value) in &seen.parameters {
        let _ = writeln!(text, "{name}: {}", printable(value));
    }
    for finding in &seen.findings {
        let severity = match finding.severity {
            Severity::Note => "note",
            Severity::Odd => "odd",
            Severity::Danger => "danger",
        };
        let _ = writeln!(text, "{severity}: {}", printable(&finding.text));
    }
    text
}
