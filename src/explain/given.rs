//! A question that no case holds, as a case: the operation and input are given by hand, the reference says what is right.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use crate::answer::given_text;
use crate::envelope::CommandError;
use crate::mistakes::unknown;
use conformance::registry;
use conformance::shown::grouped;
use document::Members;
use primitives::Limits;
use vectors::operation::{self, OPERATIONS};
use vectors::{Answer, Case, Cost, Expect, Fields, Kind, Operation, Source, Value, VectorFile};

/// The path of the file that holds a question given by hand.
pub(super) const PATH: &str = "given";

/// A file with the one case.
///
/// # Errors
///
/// [`CommandError::Usage`] for an operation that there is not, an input that does not fit it, with its place, and a question
/// without one right answer.
pub(super) fn file(name: &str, input: &str) -> Result<VectorFile, CommandError> {
    let operation = operation::find(name)
        .ok_or_else(|| CommandError::Usage(unknown("operation", name, OPERATIONS.iter().map(|known| known.name))))?;
    let text = given_text(input)?;
    let input = read(&text, operation).map_err(|fault| CommandError::Usage(format!("--input: {fault}")))?;
    let expect = expected(operation, &input)?;
    let case = Case {
        id: 1,
        name: operation.name.to_owned(),
        why: "Values that were given by hand; the reference says what is right".to_owned(),
        flags: Vec::new(),
        derived_from: None,
        input,
        expect,
        trace: BTreeMap::new(),
        confirmed_by: Vec::new(),
    };
    let source = Source { recipe: PATH.to_owned(), seed: String::new(), oracles: BTreeMap::new() };
    Ok(VectorFile {
        path: PATH.to_owned(),
        operation,
        title: "given by hand".to_owned(),
        policy: "core".to_owned(),
        cost: Cost::Fast,
        spec: Vec::new(),
        source,
        flags: BTreeMap::new(),
        cases: vec![case],
    })
}

/// What is right, as the reference computes it.
fn expected(operation: &'static Operation, input: &Fields) -> Result<Expect, CommandError> {
    let draws = operation.name == "random.draw";
    let left_out = operation.input.iter().any(|member| member.optional && input.value(member.name).is_none());
    match registry::reference(operation, input, &Limits::default()) {
        _ if draws => Err(CommandError::Usage(format!("{} draws: it has no one right answer", operation.name))),
        Answer::Output(_) if left_out => Ok(Expect::Opens(opens_to(operation, input))),
        Answer::Output(output) => Ok(Expect::Output(output)),
        Answer::Reject { reason, .. } => Ok(Expect::Reject(vec![reason])),
        Answer::Unsupported { detail } | Answer::Failure { detail } => Err(CommandError::Usage(detail)),
    }
}

/// What a seal of the port's own randomness has to open to.
fn opens_to(operation: &Operation, input: &Fields) -> Fields {
    let opener = operation.opened_by.and_then(operation::find);
    let output = opener.map(|opener| opener.output).unwrap_or_default();
    match output {
        [valid] if valid.kind == Kind::Flag => Fields::new().with(valid.name, Value::Flag(true)),
        members => Fields::pick(members, &[input]),
    }
}

/// Reads an input; beside the members of the operation's own kind it takes `NAME_text` and `NAME_base64` for bytes.
fn read(text: &[u8], operation: &'static Operation) -> Result<Fields, String> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(text).map_err(|fault| fault.to_string())?;
    if Members::read(text).is_some_and(|all| all.0.len() > members.len()) {
        return Err("a member stands twice".to_owned());
    }
    let mut object = Map::new();
    for (name, raw) in &members {
        let value: Json = serde_json::from_str(raw.get()).map_err(|fault| format!("member `{name}`: {fault}"))?;
        let (name, value) = as_hex(name, value, operation).map_err(|fault| placed(text, raw, &fault))?;
        object.insert(name, value);
    }
    Fields::read(operation.input, &Json::Object(object)).map_err(|fault| {
        let wanted = || operation.input.iter().map(|member| member.name).collect::<Vec<_>>().join(", ");
        let at = members.iter().find(|(name, _)| **name == fault.member || spelling_of(name) == Some(&fault.member));
        let words = match operation.input_member(&fault.member) {
            Some(_) => fault.to_string(),
            None => format!("{fault}; {} takes {}", operation.name, wanted()),
        };
        at.map_or_else(|| words.clone(), |(_, raw)| placed(text, raw, &words))
    })
}

/// The member that `NAME_text` or `NAME_base64` spells.
fn spelling_of(name: &str) -> Option<&str> {
    name.strip_suffix("_text").or_else(|| name.strip_suffix("_base64"))
}

/// A member's bytes in hex, if it is one that is given as text or base64, or in capitals.
fn as_hex(name: &str, value: Json, operation: &Operation) -> Result<(String, Json), String> {
    let is_hex = |name: &str| operation.input_member(name).is_some_and(|member| member.kind == Kind::Hex);
    let Json::String(text) = &value else { return Ok((name.to_owned(), value)) };
    if operation.input_member(name).is_some() {
        let value = if is_hex(name) { Json::String(text.to_ascii_lowercase()) } else { value };
        return Ok((name.to_owned(), value));
    }
    match name.strip_suffix("_base64") {
        _ if !spelling_of(name).is_some_and(is_hex) => Ok((name.to_owned(), value)),
        None => Ok((spelling_of(name).unwrap_or(name).to_owned(), Json::String(hex::encode(text)))),
        Some(member) => {
            let dialects =
                [document::Base64::Standard, document::Base64::StandardUnpadded, document::Base64::UrlSafeUnpadded];
            let bytes = dialects.iter().find_map(|dialect| dialect.decode(text).ok());
            let bytes = bytes.ok_or_else(|| format!("member `{name}` is no base64"))?;
            Ok((member.to_owned(), Json::String(hex::encode(bytes))))
        }
    }
}

/// A fault with line and column of the value that it is about.
fn placed(text: &[u8], raw: &RawValue, fault: &str) -> String {
    let at = raw.get().as_ptr().addr().saturating_sub(text.as_ptr().addr()).min(text.len());
    let line = text[..at].split(|byte| *byte == b'\n').count();
    let column = at - text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1) + 1;
    format!("{fault} (line {} column {})", grouped(line as u64), grouped(column as u64))
}
