//! What can be told of an envelope without its secret.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use super::OpenError;

/// What an envelope says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The format's name.
    pub format: &'static str,
    /// Parameters by name, in the order in which the format uses them.
    pub parameters: Vec<(&'static str, String)>,
    /// What a reader should know, in the order of the envelope.
    pub findings: Vec<Finding>,
}

/// One thing that a reader should know about an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is; may hold text of the envelope, which is to be escaped before it is shown.
    pub text: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Lies in the format.
    Note,
    /// Not what the format's writers write.
    Odd,
    /// Weakens the envelope or breaks readers.
    Danger,
}

impl Inspection {
    pub(super) fn new(format: &'static str) -> Self {
        Self { format, parameters: Vec::new(), findings: Vec::new() }
    }

    pub(super) fn parameter(&mut self, name: &'static str, value: &impl ToString) {
        self.parameters.push((name, value.to_string()));
    }

    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.findings.push(Finding { severity: Severity::Note, text: text.into() });
    }

    pub(super) fn odd(&mut self, text: impl Into<String>) {
        self.findings.push(Finding { severity: Severity::Odd, text: text.into() });
    }

    pub(super) fn danger(&mut self, text: impl Into<String>) {
        self.findings.push(Finding { severity: Severity::Danger, text: text.into() });
    }

    /// What went wrong with a text of base64 on its way, where that can be seen of it.
    pub(super) fn spelling(&mut self, member: &str, text: &str) {
        let spaces = text.matches(' ').count();
        if spaces > 0 && !text.contains('+') {
            self.danger(format!(
                "{member} has spaces ({spaces}) and no +: a form or URL decoder turned each + of the base64 into a space"
            ));
        } else if text.contains(['\n', '\r']) {
            self.danger(format!(
                "{member} is base64 in lines: its writer breaks lines, and strict readers reject that"
            ));
        }
    }

    /// What the strict reader says, if it refuses.
    pub(super) fn strictly<T>(&mut self, read: Result<T, OpenError>) {
        if let Err(error) = read {
            self.danger(format!("the strict reader rejects it: {error}"));
        }
    }
}

/// The members of a JSON object, read as leniently as JSON allows (the last of equal names counts); none of anything else.
/// What an array or object holds is not looked at, so that its size costs nothing.
pub(super) fn members(text: &[u8]) -> Map<String, Json> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(text).unwrap_or_default();
    members.into_iter().map(|(name, value)| (name, shallow(value))).collect()
}

fn shallow(value: &RawValue) -> Json {
    match value.get().as_bytes() {
        [b'[', ..] => Json::Array(Vec::new()),
        [b'{', ..] => Json::Object(Map::new()),
        _ => serde_json::from_str(value.get()).unwrap_or_default(),
    }
}

/// A number of bytes in words.
pub(super) fn bytes_in_words(count: impl Into<u64>) -> String {
    match count.into() {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// A member's text, or none.
pub(super) fn text_of<'a>(members: &'a Map<String, Json>, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Json::as_str)
}
