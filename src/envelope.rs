//! What `open`, `seal` and `inspect` share: reading the secret and the input, asking the reference, telling people.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;
use zeroize::Zeroizing;

use super::prompt;
use conformance::registry;
use conformance::shown::printable;
use document::encoding::Base64;
use primitives::Limits;
use vectors::{Answer, Fields, Operation, operation};

/// The reference refuses.
const REFUSED: u8 = 1;
/// The command line is not one that can be followed.
const USAGE: u8 = 2;

/// The member of a format's requests and answers that holds its envelope.
///
/// # Errors
///
/// [`CommandError::Usage`] for an operation that has none.
pub(super) fn envelope_member(operation: &Operation) -> Result<&'static str, CommandError> {
    let none = || CommandError::Usage(format!("{} has no envelopes", operation.family()));
    registry::document_member(operation).ok_or_else(none)
}

/// What to do where a command needs the secret.
const UNGIVEN: &str =
    "a password or key is needed: give --password-file FILE, --password-env VARIABLE or --password-prompt";

/// Bytes of a password or key file.
const SECRET_BYTES_MAX: u64 = 1 << 20;

/// Where the password or the key comes from: never an argument, which every process could read.
#[derive(Args)]
#[group(multiple = false)]
#[expect(clippy::struct_field_names, reason = "the flags are called so")]
pub(super) struct SecretArgs {
    /// File with the password, or with a key as 64 hex digits or 43 characters of base64url; one newline at its end is ignored
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Environment variable with the password or key
    #[arg(long, value_name = "VARIABLE")]
    password_env: Option<String>,
    /// Ask for the password or key at the terminal, without showing it
    #[arg(long)]
    password_prompt: bool,
}

/// Why a command cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// Something could not be read or written.
    #[error("{what}: {source}")]
    Io { what: String, source: io::Error },
    /// The arguments do not fit the format.
    #[error("{0}")]
    Usage(String),
    /// The reference refuses the input.
    #[error("refused as {reason}: {detail}")]
    Refused { reason: &'static str, detail: String },
}

/// The formats that have an operation of this verb, for the argument FORMAT.
pub(super) fn formats_with(verb: &'static str) -> PossibleValuesParser {
    let ids = registry::FORMATS.iter().map(|format| format.id());
    PossibleValuesParser::new(ids.filter(|id| find(id, verb).is_some()).collect::<Vec<_>>())
}

/// The operation `<format>.<verb>`.
pub(super) fn find(format: &str, verb: &str) -> Option<&'static Operation> {
    operation::find(&format!("{format}.{verb}"))
}

/// Adds the secret to an input, as the member under which the operation wants it.
pub(super) fn with_secret(input: Fields, operation: &Operation, args: &SecretArgs) -> Result<Fields, CommandError> {
    let secret = read_secret(args)?;
    if operation.input_member("key").is_some() {
        return Ok(input.with_bytes("key", key_of(&secret)?.to_vec()));
    }
    Ok(input.with_text("password_text", secret.as_str()))
}

/// Adds an option to an input, if it was given. An option that the operation has no use for, or a missing one that it
/// needs, is an error.
pub(super) fn with_option<T>(
    input: Fields,
    operation: &Operation,
    (member, option): (&'static str, &str),
    value: Option<T>,
    add: impl FnOnce(Fields, &'static str, T) -> Fields,
) -> Result<Fields, CommandError> {
    match (operation.input_member(member), value) {
        (Some(_), Some(value)) => Ok(add(input, member, value)),
        (None, None) => Ok(input),
        (Some(_), None) => Err(CommandError::Usage(format!("{} needs {option}", operation.family()))),
        (None, Some(_)) => Err(CommandError::Usage(format!("{} does not use {option}", operation.family()))),
    }
}

/// The bytes of a file, or of standard input; up to the limit for envelopes.
pub(super) fn read_input(file: Option<&Path>) -> Result<Vec<u8>, CommandError> {
    let most = Limits::default().envelope_bytes_max as u64;
    let bytes = match file {
        Some(path) => read_file(path, most)?,
        None => read_bounded(io::stdin().lock(), most, "standard input")?,
    };
    Ok(bytes)
}

/// The reference's output.
pub(super) fn compute(operation: &Operation, input: &Fields) -> Result<Fields, CommandError> {
    match registry::reference(operation, input, &Limits::default()) {
        Answer::Output(output) => Ok(output),
        Answer::Reject { reason, detail } => Err(CommandError::Refused { reason: reason.as_str(), detail }),
        Answer::Unsupported { detail } | Answer::Failure { detail } => Err(CommandError::Usage(detail)),
    }
}

/// Writes data to standard output, or says why nothing came of it.
pub(super) fn finish(done: Result<impl AsRef<[u8]>, CommandError>) -> ExitCode {
    let written = done.and_then(|bytes| {
        let mut out = io::stdout().lock();
        match out.write_all(bytes.as_ref()).and_then(|()| out.flush()) {
            // A reader that has seen enough and closed the pipe is no failure.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|source| CommandError::Io { what: "standard output".to_owned(), source }),
        }
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sealproof: {}", printable(&error.to_string()));
            ExitCode::from(match error {
                CommandError::Refused { .. } => REFUSED,
                CommandError::Io { .. } | CommandError::Usage(_) => USAGE,
            })
        }
    }
}

fn read_secret(args: &SecretArgs) -> Result<Zeroizing<String>, CommandError> {
    let bytes = match (&args.password_file, &args.password_env) {
        (Some(path), _) => Zeroizing::new(read_file(path, SECRET_BYTES_MAX)?),
        (None, Some(name)) => {
            let value = std::env::var_os(name);
            let value =
                value.ok_or_else(|| CommandError::Usage(format!("the environment variable {name} is not set")))?;
            Zeroizing::new(value.into_encoded_bytes())
        }
        (None, None) if args.password_prompt => {
            let typed = prompt::password("Password or key").map_err(|fault| CommandError::Usage(fault.to_string()))?;
            Zeroizing::new(typed.as_bytes().to_vec())
        }
        (None, None) => return Err(CommandError::Usage(UNGIVEN.to_owned())),
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| CommandError::Usage("the password is not UTF-8".to_owned()))?;
    let text = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(Zeroizing::new(text.to_owned()))
}

/// A key as 64 hex digits or 43 characters of base64url.
fn key_of(text: &str) -> Result<Zeroizing<Vec<u8>>, CommandError> {
    let decoded = match text.len() {
        64 => hex::decode(text).ok(),
        43 => Base64::UrlSafeUnpadded.decode(text).ok(),
        _ => None,
    };
    let wanted = "the key must be 64 hex digits or 43 characters of base64url";
    decoded.map(Zeroizing::new).ok_or_else(|| CommandError::Usage(wanted.to_owned()))
}

fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, CommandError> {
    let what = path.display().to_string();
    let file = std::fs::File::open(path).map_err(|source| CommandError::Io { what: what.clone(), source })?;
    read_bounded(file, most, &what)
}

fn read_bounded(reader: impl Read, most: u64, what: &str) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|source| CommandError::Io { what: what.to_owned(), source })?;
    if bytes.len() as u64 > most {
        return Err(CommandError::Usage(format!("{what} is larger than {most} bytes")));
    }
    Ok(bytes)
}
