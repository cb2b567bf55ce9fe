//! A campaign's classes and questions in words, for one line.

use conformance::shown::{printable, shorten};
use fuzzing::Class;
use serde_json::Value as Json;

/// A class's name without the places of its changes.
pub(super) fn kind(class: &Class) -> String {
    let words = class.family.iter().map(|kind| kind.split_once('@').map_or(kind.as_str(), |(word, _)| word));
    format!("{}/{}/{}", class.operation, class.difference.as_str(), words.collect::<Vec<_>>().join("+"))
}

/// A request's members on one line; bytes that are text are shown as text.
pub(super) fn shown_input(input: &Json, chars_max: usize) -> String {
    let Json::Object(members) = input else { return String::new() };
    let shown = |(name, json): (&String, &Json)| format!("{name}={}", shown_member(name, json, chars_max));
    members.iter().map(shown).collect::<Vec<_>>().join(" ")
}

fn shown_member(name: &str, json: &Json, chars_max: usize) -> String {
    let bytes = json.as_str().filter(|_| !name.ends_with("_text"));
    let text = match bytes {
        Some(text) => as_text(text).unwrap_or_else(|| text.to_owned()),
        None => json.to_string(),
    };
    printable(&shorten(&text, chars_max))
}

/// Hex of what is surely text, as that text in quotes.
fn as_text(hexed: &str) -> Option<String> {
    let text = String::from_utf8(hex::decode(hexed).ok()?).ok()?;
    let looks_like_text = text.contains('{') || text.contains('"');
    (text.len() > 8 && looks_like_text).then(|| format!("{text:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A port or an envelope must not be able to forge a line of the summary.
    #[test]
    fn what_is_shown_of_an_input_is_one_harmless_line() {
        let hostile = hex::encode("{\"salt\":\"\u{1b}[2K\r\n0 faults\u{202e}\"}");
        let shown = shown_input(&json!({ "password_text": "p\n\u{7}", "record": hostile, "key": "00ff" }), 200);
        assert!(!shown.contains(['\n', '\r', '\u{1b}', '\u{202e}', '\u{7}']), "{shown}");
        assert!(shown.contains("key=00ff") && shown.contains("salt"), "{shown}");
    }
}
