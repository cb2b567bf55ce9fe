//! `sealproof open`: one envelope, by hand.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use zeroize::Zeroizing;

use super::envelope::{
    CommandError, SecretArgs, compute, envelope_member, find, finish, formats_with, read_input, with_option,
    with_secret,
};
use super::output::{Form, print_json};
use conformance::shown::printable;
use vectors::{Fields, Value};

/// The envelope does not open.
const CLOSED: u8 = 1;

/// The arguments of `sealproof open`.
#[derive(Args)]
pub(super) struct OpenArgs {
    /// The envelope's format
    #[arg(value_parser = formats_with("open"))]
    format: String,
    #[command(flatten)]
    secret: SecretArgs,
    /// The iteration count, for a format that does not store it
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// Print the plaintext's own bytes, or one JSON object for programs
    #[arg(id = "form", long = "format", value_name = "FORM", default_value = "text")]
    form: Form,
    /// The file with the envelope [default: standard input]
    file: Option<PathBuf>,
}

/// Runs `sealproof open`: the plaintext goes to standard output.
pub(super) fn open(args: &OpenArgs) -> ExitCode {
    match (args.form, opened(args)) {
        (Form::Json, Err(CommandError::Refused { reason, detail })) => {
            let object = json!({ "schema": 1, "opens": false, "reason": reason, "detail_text": detail });
            let printed = print_json(&object);
            if printed == ExitCode::SUCCESS { ExitCode::from(CLOSED) } else { printed }
        }
        (_, done) => finish(done),
    }
}

fn opened(args: &OpenArgs) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let operation = find(&args.format, "open").ok_or_else(|| CommandError::Usage("no such format".to_owned()))?;
    let iterations = ("iterations", "--iterations");
    let input = with_option(Fields::new(), operation, iterations, args.iterations, Fields::with_integer)
        .map_err(|error| with_advice(error, args.iterations))?;
    let input = with_secret(input, operation, &args.secret)?;
    let envelope = read_input(args.file.as_deref())?;
    let output = compute(operation, &input.with_bytes(envelope_member(operation)?, envelope))?;
    let id = match output.value("id_text") {
        Some(Value::Text(id)) => Some(id),
        _ => None,
    };
    let plaintext = Zeroizing::new(output.bytes("plaintext").to_vec());
    if args.form == Form::Json {
        return Ok(Zeroizing::new(as_json(&plaintext, id).into_bytes()));
    }
    if let Some(id) = id {
        eprintln!("id (not authenticated): {}", printable(id));
    }
    Ok(plaintext)
}

/// One object on a line: the plaintext in hex, and as text where it is UTF-8.
fn as_json(plaintext: &[u8], id: Option<&String>) -> String {
    let text = std::str::from_utf8(plaintext).ok();
    let hex = hex::encode(plaintext);
    let object = json!({ "schema": 1, "opens": true, "plaintext": hex, "plaintext_text": text, "id_text": id });
    format!("{object}\n")
}

/// Where a count is missing: what finds it.
fn with_advice(error: CommandError, iterations: Option<u64>) -> CommandError {
    match error {
        CommandError::Usage(words) if iterations.is_none() => CommandError::Usage(format!(
            "{words}; `sealproof inspect` with the password finds a count that nobody knows"
        )),
        error @ (CommandError::Io { .. } | CommandError::Usage(_) | CommandError::Refused { .. }) => error,
    }
}
