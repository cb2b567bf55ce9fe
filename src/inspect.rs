//! `sealproof inspect`: what an envelope says of itself without its secret, and with it how it was sealed.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::envelope::{
    CommandError, SecretArgs, compute, envelope_member, find, finish, read_input, with_option, with_secret,
};
use super::guess::{GuessArgs, alternative};
use conformance::registry;
use conformance::shown::printable;
use diagnosis::{self, Lone};
use envelope::{Inspection, Severity};
use vectors::{Fields, Operation};

/// The envelope does not open.
const CLOSED: u8 = 1;
/// Guesses that are named beside the first.
const ALTERNATIVES_MAX: usize = 4;

/// The arguments of `sealproof inspect`.
#[derive(Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    secret: Option<SecretArgs>,
    /// The iteration count, for a format that does not store it
    #[arg(long, value_name = "N", requires = "SecretArgs")]
    iterations: Option<u64>,
    #[command(flatten)]
    guess: GuessArgs,
    /// The file with the envelope [default: standard input]
    file: Option<PathBuf>,
}

/// Runs `sealproof inspect`. With the secret it fails where the envelope does not open as it stands.
pub(super) fn inspect(args: &InspectArgs) -> ExitCode {
    let mut opens = true;
    let printed = finish(inspected(args, &mut opens));
    if opens || printed != ExitCode::SUCCESS { printed } else { ExitCode::from(CLOSED) }
}

fn inspected(args: &InspectArgs, opens: &mut bool) -> Result<Vec<u8>, CommandError> {
    let bytes = read_input(args.file.as_deref())?;
    let Some(format) = registry::FORMATS.iter().find(|format| format.recognises(&bytes)) else {
        return Err(CommandError::Refused {
            reason: "malformed",
            detail: format!("{} bytes, in no format that sealproof knows", bytes.len()),
        });
    };
    let mut told = text(&format.inspect(&bytes));
    if let Some(secret) = &args.secret {
        let Some(operation) = find(format.id(), "open") else {
            return Err(CommandError::Usage(unopenable(format.id()).to_owned()));
        };
        let iterations = ("iterations", "--iterations");
        let input = with_option(Fields::new(), operation, iterations, args.iterations, Fields::with_integer)?;
        let input = with_secret(input, operation, secret)?;
        *opens = tried(args, operation, &input.with_bytes(envelope_member(operation)?, bytes), &mut told)?;
    }
    Ok(told.into_bytes())
}

/// Why a format has no operation that opens it.
fn unopenable(format: &str) -> &'static str {
    match format {
        "sjcl" => "this SJCL text is sealed under a raw key, so a password does not open it",
        _ => "this is a password hash: there is nothing to open",
    }
}

/// Whether the envelope opens, and if it does not, who would open it.
fn tried(
    args: &InspectArgs,
    operation: &'static Operation,
    input: &Fields,
    told: &mut String,
) -> Result<bool, CommandError> {
    match compute(operation, input) {
        Ok(output) => {
            let _ = writeln!(told, "opens: {} bytes of plaintext", output.bytes("plaintext").len());
            Ok(true)
        }
        Err(CommandError::Refused { reason, detail }) => {
            let _ = writeln!(told, "does not open: refused as {reason}: {}", printable(&detail));
            let lone = args.guess.timed(|watch| diagnosis::opens(operation, input, watch));
            told.push_str(&sealed_by(args, reason, &lone));
            Ok(false)
        }
        Err(error @ (CommandError::Io { .. } | CommandError::Usage(_))) => Err(error),
    }
}

/// The guess that opens it, with its proof, and the one that wrote it, with the fix.
fn sealed_by(args: &InspectArgs, refused: &str, lone: &Lone) -> String {
    let Some((first, others)) = lone.openings.split_first() else { return unknown(args, lone) };
    let (bytes, sentence) = (first.plaintext_bytes, printable(&first.hypothesis.sentence()));
    let names = first.hypothesis.names().join(" and ");
    let mut text = format!("opens ({bytes} bytes of plaintext) with this mistake: {sentence} ({names})\n");
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
    let mut text = format!(
        "none of {} guesses opens it: wrong password or key, changed data, or an unknown mistake\n",
        lone.tried
    );
    if !lone.complete {
        let _ = writeln!(text, "  {}", args.guess.overtime());
    }
    text
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
