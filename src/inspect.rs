//! `sealproof inspect`: what an envelope says of itself without its secret, and with it how it was sealed.

mod json;
mod plaintext;
mod text;
mod told;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use self::told::{Opening, Told};
use super::envelope::{
    CommandError, SecretArgs, compute, envelope_member, find, finish, read_input, with_option, with_secret,
};
use super::guess::GuessArgs;
use super::output::{Form, print_json, print_wrapped};
use ::envelope::autonomail;
use ::envelope::foreign::{Found, identify};
use primitives::Limits;
use vectors::{Fields, Operation};

/// The envelope does not open, or the bytes have no name.
const CLOSED: u8 = 1;

/// The arguments of `sealproof inspect`.
#[derive(Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    secret: Option<SecretArgs>,
    /// The iteration count, for a format that does not store it; without it inspect searches for the count
    #[arg(long, value_name = "N", requires = "SecretArgs")]
    iterations: Option<u64>,
    #[command(flatten)]
    guess: GuessArgs,
    /// Print text for people or one JSON object for programs
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
    /// The file with the envelope [default: standard input]
    file: Option<PathBuf>,
}

/// Runs `sealproof inspect`. With the secret it fails where the envelope does not open as it stands.
pub(super) fn inspect(args: &InspectArgs) -> ExitCode {
    let told = match inspected(args) {
        Ok(told) => told,
        Err(error) => return finish(Err::<Vec<u8>, _>(error)),
    };
    let printed = match (args.format, &told.found) {
        (Form::Json, _) => print_json(&json::told(&told)),
        (Form::Text, Found::Unknown(words)) => return unknown(&told, words),
        (Form::Text, Found::Format(_) | Found::Foreign(..)) => print_wrapped(&text::told(args, &told)),
    };
    match &told.opening {
        _ if printed != ExitCode::SUCCESS => printed,
        Some(Opening::Nothing(why)) => finish(Err::<Vec<u8>, _>(CommandError::Usage(why.clone()))),
        _ if told.is_as_it_should_be() => ExitCode::SUCCESS,
        _ => ExitCode::from(CLOSED),
    }
}

/// That the bytes have no name; what is known of them goes where errors go.
fn unknown(told: &Told, words: &str) -> ExitCode {
    let layers = told.layers.iter().map(|layer| layer.text.as_str());
    let detail = std::iter::once(words).chain(layers).collect::<Vec<_>>().join("; ");
    finish(Err::<Vec<u8>, _>(CommandError::Refused { reason: "malformed", detail }))
}

fn inspected(args: &InspectArgs) -> Result<Told, CommandError> {
    let bytes = read_input(args.file.as_deref())?;
    let identified = identify(&bytes);
    let seen = match &identified.found {
        Found::Format(format) => Some(format.inspect(&identified.bytes)),
        Found::Foreign(_, seen) => Some(seen.clone()),
        Found::Unknown(_) => None,
    };
    let mut told = Told { layers: identified.layers, found: identified.found, seen, opening: None };
    if let Some(secret) = &args.secret {
        told.opening = Some(match &told.found {
            Found::Format(format) => opened(args, secret, format.id(), identified.bytes.into_owned())?,
            Found::Foreign(kind, _) => {
                Opening::Nothing(format!("sealproof does not open this ({}); {}", kind.name, kind.opens))
            }
            Found::Unknown(_) => return Ok(told),
        });
    }
    Ok(told)
}

/// What comes of the secret.
fn opened(args: &InspectArgs, secret: &SecretArgs, format: &str, bytes: Vec<u8>) -> Result<Opening, CommandError> {
    let Some(operation) = find(format, "open") else { return Ok(Opening::Nothing(unopenable(format).to_owned())) };
    let (member, searched) = (envelope_member(operation)?, args.iterations.is_none() && args.guess.diagnose_for > 0);
    if searched && format == "autonomail" {
        let input = with_secret(Fields::new(), operation, secret)?;
        return counted(args, input.text("password_text"), &bytes);
    }
    let iterations = ("iterations", "--iterations");
    let input = with_option(Fields::new(), operation, iterations, args.iterations, Fields::with_integer)?;
    let input = with_secret(input, operation, secret)?;
    tried(args, operation, &input.with_bytes(member, bytes))
}

/// A record whose count nobody gave: the count is searched for.
fn counted(args: &InspectArgs, password: &str, record: &[u8]) -> Result<Opening, CommandError> {
    let goes_on = |watch: diagnosis::Watch<'_>| (watch.elapsed)() < watch.allowed;
    let searched =
        args.guess.timed(|watch| autonomail::find_iterations(password, record, &Limits::default(), &|| goes_on(watch)));
    let search = match searched {
        Ok(search) => search,
        Err(error) => return Ok(Opening::Refused { reason: "malformed", detail: error.to_string() }),
    };
    let Some(count) = search.found else { return Ok(Opening::Uncounted(search)) };
    let plaintext = autonomail::documented::open(password, count, record, &Limits::default());
    plaintext
        .map(|plaintext| Opening::Opens { plaintext, iterations: Some(count) })
        .map_err(|error| CommandError::Refused { reason: "authentication", detail: error.to_string() })
}

/// Why a format has no operation that opens it.
fn unopenable(format: &str) -> &'static str {
    match format {
        "sjcl" => {
            "this SJCL text is sealed under a raw key, so a password does not open it: the record that it comes from has the salt"
        }
        _ => "this is a password hash: there is nothing to open",
    }
}

/// Whether the envelope opens, and if it does not, who would open it.
fn tried(args: &InspectArgs, operation: &'static Operation, input: &Fields) -> Result<Opening, CommandError> {
    match compute(operation, input) {
        Ok(output) => Ok(Opening::Opens { plaintext: output.bytes("plaintext").to_vec().into(), iterations: None }),
        Err(CommandError::Refused { reason, detail }) => {
            let lone = args.guess.timed(|watch| diagnosis::opens(operation, input, watch));
            Ok(Opening::Closed { reason, detail, lone })
        }
        Err(error @ (CommandError::Io { .. } | CommandError::Usage(_))) => Err(error),
    }
}
