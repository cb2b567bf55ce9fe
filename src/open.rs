//! `sealproof open`: one envelope, by hand.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use zeroize::Zeroizing;

use super::envelope::{
    CommandError, SecretArgs, compute, envelope_member, find, finish, formats_with, needed, read_input, with_option,
    with_secret,
};
use conformance::shown::printable;
use vectors::{Fields, Value};

/// The arguments of `sealproof open`.
#[derive(Args)]
#[command(group(needed()))]
pub(super) struct OpenArgs {
    /// The envelope's format
    #[arg(value_parser = formats_with("open"))]
    format: String,
    #[command(flatten)]
    secret: SecretArgs,
    /// The iteration count, for a format that does not store it
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// The file with the envelope [default: standard input]
    file: Option<PathBuf>,
}

/// Runs `sealproof open`: the plaintext goes to standard output.
pub(super) fn open(args: &OpenArgs) -> ExitCode {
    finish(opened(args))
}

fn opened(args: &OpenArgs) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let operation = find(&args.format, "open").ok_or_else(|| CommandError::Usage("no such format".to_owned()))?;
    let iterations = ("iterations", "--iterations");
    let input = with_option(Fields::new(), operation, iterations, args.iterations, Fields::with_integer)?;
    let input = with_secret(input, operation, &args.secret)?;
    let envelope = read_input(args.file.as_deref())?;
    let output = compute(operation, &input.with_bytes(envelope_member(operation)?, envelope))?;
    if let Some(Value::Text(id)) = output.value("id_text") {
        eprintln!("id (not authenticated): {}", printable(id));
    }
    Ok(Zeroizing::new(output.bytes("plaintext").to_vec()))
}
