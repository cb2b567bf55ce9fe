//! An answer as people give it by hand.
//!
//! In: the words of `--answer` and the operation that was asked for. Out: the answer, read as a port's line is read, as its
//! output alone, or as the one value that the output consists of.

use std::path::Path;

use serde_json::Value as Json;

use super::envelope::{CommandError, read_input};
use conformance::port::protocol;
use conformance::registry;
use vectors::{Answer, Fields, Kind, Operation};

/// Members by which an answer is told from an output.
const WORDS: [&str; 5] = ["id", "output", "reject", "unsupported", "failure"];

/// Reads the answer: itself, `@FILE`, or `-` for standard input.
///
/// # Errors
///
/// [`CommandError`] where it cannot be had or does not fit the operation.
pub(super) fn read(given: &str, operation: &'static Operation) -> Result<Answer, CommandError> {
    let text = given_text(given)?;
    let text = text.strip_suffix(b"\n").map_or(&*text, |line| line.strip_suffix(b"\r").unwrap_or(line));
    parsed(text, operation).map_err(|fault| CommandError::Usage(format!("the answer: {fault}")))
}

/// A value of the command line: itself, `@FILE`, or `-` for standard input; at most as large as an envelope may be.
///
/// # Errors
///
/// [`CommandError`] where it cannot be had.
pub(super) fn given_text(given: &str) -> Result<Vec<u8>, CommandError> {
    match (given, given.strip_prefix('@')) {
        ("-", _) => read_input(None),
        (_, Some(path)) => read_input(Some(Path::new(path))),
        (_, None) => Ok(given.as_bytes().to_vec()),
    }
}

fn parsed(text: &[u8], operation: &'static Operation) -> Result<Answer, String> {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'{') {
        return value(text, operation).map(Answer::Output);
    }
    let json: serde_json::Map<String, Json> = serde_json::from_slice(text).map_err(|fault| fault.to_string())?;
    if json.keys().any(|name| WORDS.contains(&name.as_str())) {
        return protocol::read_answer(text, operation);
    }
    let named = |name: &String| operation.output.iter().any(|member| member.name == name);
    match operation.output {
        // The envelope itself, which is an object as well.
        [one] if registry::document_member(operation) == Some(one.name) && !json.keys().any(named) => {
            Ok(Answer::Output(Fields::new().with_bytes(one.name, text)))
        }
        _ => Fields::read(operation.output, &Json::Object(json)).map(Answer::Output).map_err(|fault| fault.to_string()),
    }
}

/// The one value of an output, without its name: JSON, hex in any case, or the bare text.
fn value(text: &[u8], operation: &'static Operation) -> Result<Fields, String> {
    let names = || operation.output.iter().map(|member| member.name).collect::<Vec<_>>().join(", ");
    let [member] = operation.output else {
        return Err(format!("the output has the members {}: write them as a JSON object", names()));
    };
    let text = std::str::from_utf8(text).map_err(|fault| format!("not UTF-8: {fault}"))?;
    let bare = |text: &str| match member.kind {
        Kind::Hex => hex::decode(text)
            .map(|bytes| Json::String(hex::encode(bytes)))
            .map_err(|fault| format!("`{}` must be hex: {}", member.name, lower_case(&fault.to_string()))),
        Kind::Text => Ok(Json::String(text.to_owned())),
        Kind::Integer | Kind::Flag | Kind::HexList | Kind::IntegerList => {
            serde_json::from_str(text).map_err(|fault| fault.to_string())
        }
    };
    let json = match serde_json::from_str(text) {
        Ok(Json::String(text)) => bare(&text)?,
        Ok(_) | Err(_) => bare(text.trim())?,
    };
    let object = std::iter::once((member.name.to_owned(), json)).collect();
    Fields::read(operation.output, &Json::Object(object)).map_err(|fault| fault.to_string())
}

/// A foreign sentence as a fragment.
fn lower_case(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}
