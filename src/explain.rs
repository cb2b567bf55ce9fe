//! `sealproof explain`: a case, and which known mistake gives an answer to it.

mod given;
mod json;

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::answer;
use super::envelope::CommandError;
use super::guess::{GuessArgs, alternative};
use super::output::{Form, complain, print_json, print_wrapped};
use conformance::port::{Mismatch, Observed};
use conformance::shown::{counted, printable, shorten};
use conformance::verdict::compare;
use diagnosis::{self, Derivations, Diagnosis, Exhibit, Finding, Hypothesis, Match, Mistake, Swept};
use vectors::{Answer, Case, Errata, Expect, Fields, Value, VectorFile, load};

/// The answer is wrong.
const WRONG: u8 = 1;
/// What was asked for is not there, or the answer is none.
const USAGE: u8 = 2;
/// The vectors cannot be read.
const INVALID: u8 = 5;

/// Mistakes that are named one by one.
const NAMED_MAX: usize = 10;
/// Characters of a value: a key of 32 bytes is shown whole, and fits a line.
const VALUE_CHARS_MAX: usize = 64;
/// Characters of an answer without an output.
const WORDS_CHARS_MAX: usize = 300;

/// The arguments of `sealproof explain`.
#[derive(Args)]
pub(super) struct ExplainArgs {
    /// The case's id, `<family>/<topic>/<id>`, as in reports
    #[arg(required_unless_present = "op", conflicts_with = "op")]
    case: Option<String>,
    /// Instead of a case: an operation of the protocol, such as argon2id.derive; the reference says what is right
    #[arg(long, value_name = "NAME", requires = "input")]
    op: Option<String>,
    /// The operation's input as a JSON object; `@FILE` reads a file, `-` standard input. Bytes are hex, or text or base64 under
    /// `NAME_text` or `NAME_base64`
    #[arg(long, value_name = "JSON", requires = "op")]
    input: Option<String>,
    /// The port's answer: its whole line, its output, or a single value; `@FILE` reads a file, `-` standard input
    #[arg(long, value_name = "JSON", allow_hyphen_values = true, conflicts_with = "mismatch")]
    answer: Option<String>,
    /// What the port did instead of answering
    #[arg(long, value_name = "WORD")]
    mismatch: Option<Silence>,
    #[command(flatten)]
    guess: GuessArgs,
    /// Print text for people or one JSON object for programs
    #[arg(long, value_name = "FORM", default_value = "text")]
    format: Form,
}

/// Ways of failing without an answer.
#[derive(Clone, Copy, ValueEnum)]
enum Silence {
    /// The process ended
    Died,
    /// No answer in time
    TimedOut,
}

/// Runs `sealproof explain`.
pub(super) fn explain(args: &ExplainArgs) -> ExitCode {
    if let (Some(name), Some(input)) = (&args.op, &args.input) {
        return match given::file(name, input) {
            Ok(file) => explained(args, &file, &file.cases[0]),
            Err(error) => refused(&error.to_string()),
        };
    }
    let files = match load::embedded() {
        Ok(files) => files,
        Err(error) => {
            complain(&error);
            return ExitCode::from(INVALID);
        }
    };
    let wanted = args.case.as_deref().unwrap_or_default();
    let mut cases = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    match cases.find(|(file, case)| file.case_id(case) == wanted) {
        Some((file, case)) => explained(args, file, case),
        None => refused(&unknown(wanted)),
    }
}

fn refused(why: &str) -> ExitCode {
    eprintln!("sealproof: {}", printable(why));
    ExitCode::from(USAGE)
}

fn explained(args: &ExplainArgs, file: &VectorFile, case: &Case) -> ExitCode {
    match observed(args, file) {
        Ok(Some(observed)) => judged(args, file, case, observed),
        Ok(None) => shown(args, file, case),
        Err(error) => refused(&error.to_string()),
    }
}

/// The case's name, or the operation where the values were given by hand.
fn heading(file: &VectorFile, case: &Case) -> String {
    match file.path.as_str() {
        given::PATH => format!("{}, with the values given\n", file.operation.name),
        _ => format!("{} {}\n", file.case_id(case), case.name),
    }
}

fn unknown(wanted: &str) -> String {
    match Errata::embedded().find(wanted) {
        Some(retired) => format!("`{wanted}` is retired since {}: {}", retired.since, retired.why),
        None => format!("there is no case `{wanted}`; `sealproof vectors list` lists them all"),
    }
}

/// What was seen of the port, if anything is told.
fn observed(args: &ExplainArgs, file: &VectorFile) -> Result<Option<Observed>, CommandError> {
    let silence = args.mismatch.map(|silence| match silence {
        Silence::Died => Observed::Died { how: "died".to_owned(), stderr: String::new() },
        Silence::TimedOut => Observed::TimedOut { after_ms: 0 },
    });
    let answered = args.answer.as_deref().map(|given| answer::read(given, file.operation).map(Observed::Answer));
    answered.transpose().map(|answered| answered.or(silence))
}

/// The case by itself.
fn shown(args: &ExplainArgs, file: &VectorFile, case: &Case) -> ExitCode {
    let exhibit = Exhibit { file, case, found: None };
    let noticing = args.guess.timed(|watch| diagnosis::matches(&exhibit, &Derivations::default(), watch));
    match args.format {
        Form::Json => print_json(&json::shown(file, case, &noticing)),
        Form::Text => print_wrapped(&(described(file, case) + &noticed(args, file, &noticing))),
    }
}

/// What a case asks, what is right, and the values between.
fn described(file: &VectorFile, case: &Case) -> String {
    let mut text = format!("{}  {}.\n", heading(file, case), printable(&case.why));
    let _ = writeln!(text, "operation: {}\npolicy: {}", file.operation.name, file.policy);
    section(&mut text, "input", &case.input);
    match &case.expect {
        Expect::Output(output) => section(&mut text, "expected", output),
        Expect::Opens(output) => section(&mut text, "expected: an envelope that opens to", output),
        Expect::Reject(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(|reason| reason.as_str()).collect();
            let _ = writeln!(text, "expected: refused as {}", reasons.join(" or "));
        }
    }
    if !case.trace.is_empty() {
        text.push_str("intermediate values:\n");
    }
    for (name, value) in &case.trace {
        let words = stage(name).map_or_else(String::new, |words| format!("  ({words})"));
        let _ = writeln!(text, "  {name}  {}{words}", short(value));
    }
    text
}

/// What an intermediate value is.
fn stage(name: &str) -> Option<&'static str> {
    Some(match name {
        "block_1_u_1" => "U_1 of the first block: HMAC of salt and counter, before the other iterations",
        "password_hashed" => "the password is longer than a block and is hashed first",
        "h0" => "H_0: the hash of all parameters, which fills the memory",
        "h" => "the hash key: a block of zeros, encrypted",
        "j0" => "the first counter block, made from the IV",
        "derived" => "the whole output of PBKDF2: 64 bytes",
        "derived_key" => "the key that SJCL gets",
        "key" => "the key that the cipher gets",
        "subkey" => "HChaCha20 of the key and the first 16 bytes of the nonce",
        "chacha20_nonce" => "4 zeros and the last 8 bytes of the nonce",
        "poly1305_key" => "the first 32 bytes of the keystream's block 0",
        "sealed_text" | "sjcl_json_text" => "SJCL's JSON, before base64",
        "salt" => "the salt of the derivation",
        "iv" => "the IV as bytes",
        "parameter_block_start" => "lengths, fanout and depth, mixed into the initial state",
        "key_block" => "the key (hashed if it is longer than a block), padded with zeros",
        "inner_digest" => "the hash of the inner pad and the message",
        "padding" => "what follows the message: 0x80, zeros, its length in bits",
        "initial_state" => "constants, key and input, before the rounds",
        "first_key" => "the generator's key after its first reseeding",
        "last_key" => "the generator's key at the end",
        "last_counter" => "the generator's counter at the end",
        _ => return None,
    })
}

fn noticed(args: &ExplainArgs, file: &VectorFile, noticing: &Swept<Match>) -> String {
    let mut text = format!("this case catches {} of {} known mistakes\n", noticing.found.len(), noticing.tried);
    let mistakes: Vec<_> = noticing.found.iter().map(|found| found.mistake).collect();
    list(&mut text, &mistakes, file);
    if !noticing.complete {
        let _ = writeln!(text, "  {}", args.guess.overtime());
    }
    text
}

/// The first of these mistakes, and how many others there are.
fn list(text: &mut String, mistakes: &[&Mistake], file: &VectorFile) {
    for mistake in mistakes.iter().take(NAMED_MAX) {
        let _ = writeln!(text, "  {}: {}", mistake.name, printable(mistake.sentence));
    }
    if let Some(more) = mistakes.len().checked_sub(NAMED_MAX).filter(|more| *more > 0) {
        let operation = file.operation.name;
        let _ = writeln!(text, "  and {more} more: sealproof mistakes list --operation {operation}");
    }
}

/// Judges an answer and looks for what gives it.
fn judged(args: &ExplainArgs, file: &VectorFile, case: &Case, observed: Observed) -> ExitCode {
    let derivations = Derivations::default();
    let opener = |operation, input: &Fields| derivations.opened(operation, input);
    let mut text = heading(file, case);
    let Some(mismatch) = compare(file.operation, &case.input, &case.expect, &observed, &opener) else {
        text.push_str("pass: the answer is right\n");
        return match args.format {
            Form::Json => print_json(&json::passed(file, case, &observed)),
            Form::Text => print_wrapped(&text),
        };
    };
    let _ = writeln!(text, "fail: {}", mismatch.as_str());
    compared(&mut text, case, &observed);
    let mut object = json::failed(file, case, mismatch, &observed);
    let exhibit = Exhibit { file, case, found: Some(Finding { mismatch, observed, stale: None }) };
    let looked = args.guess.timed(|watch| {
        let known = diagnosis::matches(&exhibit, &derivations, watch);
        let proven = known.found.iter().any(|found| found.reproduces);
        let wrong_bytes = matches!(mismatch, Mismatch::WrongOutput | Mismatch::DoesNotOpen | Mismatch::Accepted);
        let beyond = (!proven && wrong_bytes).then(|| diagnosis::explain(&[exhibit], &derivations, watch));
        (known, beyond)
    });
    let printed = match args.format {
        Form::Json => {
            json::diagnose(&mut object, &looked.0, looked.1.as_ref());
            print_json(&object)
        }
        Form::Text => print_wrapped(&(text + &diagnosed(args, file, &looked.0, looked.1.as_ref()))),
    };
    if printed == ExitCode::SUCCESS { ExitCode::from(WRONG) } else { ExitCode::FAILURE }
}

/// What was expected, and what came.
fn compared(text: &mut String, case: &Case, observed: &Observed) {
    match &case.expect {
        Expect::Output(output) => section(text, "expected", output),
        Expect::Opens(output) => section(text, "expected: an envelope that opens to", output),
        Expect::Reject(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(|reason| reason.as_str()).collect();
            let _ = writeln!(text, "expected: refused as {}", reasons.join(" or "));
        }
    }
    match observed {
        Observed::Answer(Answer::Output(output)) => section(text, "answered", output),
        other @ (Observed::Answer(_)
        | Observed::Died { .. }
        | Observed::TimedOut { .. }
        | Observed::Garbled { .. }
        | Observed::Nondeterministic { .. }
        | Observed::NotRun { .. }) => {
            let words = printable(&other.to_json().to_string());
            let _ = writeln!(text, "answered: {}", shorten(&words, WORDS_CHARS_MAX));
        }
    }
}

/// The guesses that give this very answer, the simplest first.
fn proven(known: &Swept<Match>, beyond: Option<&Diagnosis>) -> Vec<Hypothesis> {
    let proven = known.found.iter().filter(|found| found.reproduces);
    let mut proven: Vec<_> = proven.map(|found| Hypothesis::of(found.mistake)).collect();
    let causes = beyond.into_iter().flat_map(|diagnosis| &diagnosis.causes).filter(|cause| cause.proof.reproduced > 0);
    proven.extend(causes.flat_map(|cause| std::iter::once(&cause.hypothesis).chain(&cause.alternatives)).cloned());
    proven
}

/// What is known of a wrong answer.
fn diagnosed(args: &ExplainArgs, file: &VectorFile, known: &Swept<Match>, beyond: Option<&Diagnosis>) -> String {
    let proven = proven(known, beyond);
    let tried = known.tried.max(beyond.map_or(0, |diagnosis| diagnosis.tried));
    let complete = beyond.map_or(known.complete, |diagnosis| diagnosis.complete && known.complete);
    let mut text = String::new();
    if let Some((cause, others)) = proven.split_first() {
        let _ = writeln!(text, "diagnosis: {}", printable(&cause.sentence()));
        text.push_str("  proof: a port with only this mistake gives exactly this answer\n");
        text.push_str(&args.guess.remedy(cause));
        others.iter().take(NAMED_MAX).for_each(|other| text.push_str(&alternative(other)));
        return text;
    }
    let alike: Vec<_> = known.found.iter().map(|found| found.mistake).collect();
    let steps = beyond.into_iter().flat_map(|diagnosis| &diagnosis.unexplained);
    for divergence in steps {
        let _ = writeln!(text, "first wrong: {} {}", divergence.operation, divergence.step.words());
    }
    if alike.is_empty() {
        let _ = writeln!(text, "no diagnosis: none of {tried} guesses gives this answer");
    } else {
        let _ = writeln!(
            text,
            "no diagnosis: {} of {tried} guesses give this answer, and this case cannot tell them apart; `sealproof run` \
             asks cases that can",
            alike.len()
        );
        list(&mut text, &alike, file);
    }
    if !complete {
        let _ = writeln!(text, "  {}", args.guess.overtime());
    }
    text
}

fn section(text: &mut String, heading: &str, fields: &Fields) {
    let _ = writeln!(text, "{heading}:");
    for (name, value) in fields.iter() {
        let (value, size) = match value {
            Value::Bytes(bytes) => (short(&hex::encode(bytes)), format!("  ({})", counted(bytes.len(), "byte"))),
            Value::Text(value) => (short(&printable(&format!("{value:?}"))), String::new()),
            Value::Integer(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_) => {
                (short(&value.to_json().to_string()), String::new())
            }
        };
        let _ = writeln!(text, "  {name}  {value}{size}");
    }
}

/// A value, or its beginning and its end.
fn short(value: &str) -> String {
    let count = value.chars().count();
    if count <= VALUE_CHARS_MAX {
        return value.to_owned();
    }
    let (front, back) = (VALUE_CHARS_MAX * 5 / 8, VALUE_CHARS_MAX / 4);
    let head: String = value.chars().take(front).collect();
    let tail: String = value.chars().skip(count - back).collect();
    format!("{head}…{tail}")
}
