//! Writes vector files: one spelling for one content.
//!
//! In: a [`VectorFile`]. Out: what `JSON.stringify(head, null, 2)` gives in JavaScript for everything before the cases, and
//! then each case on a line of its own, as `JSON.stringify(case)` gives it: a changed case is a changed line, and
//! generators in either language write the same bytes.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::form::{CaseForm, FORMAT, FileForm};
use super::{Case, Expect, Reason, VectorFile};

/// The file's canonical text.
///
/// # Panics
///
/// Never: structs with string keys always serialise.
#[must_use]
pub fn canonical(file: &VectorFile) -> String {
    let head = pretty(&FileForm::<Json> {
        format: FORMAT,
        operation: file.operation,
        title_text: file.title.clone(),
        policy: file.policy.clone(),
        cost: file.cost,
        spec: file.spec.clone(),
        source: file.source.clone(),
        flags: file.flags.clone(),
        cases: Vec::new(),
    });
    let line =
        |case: &Case| serde_json::to_string(&case_form(case)).expect("structs with string keys always serialise");
    let cases: Vec<_> = file.cases.iter().map(|case| format!("\n    {}", line(case))).collect();
    head.replace("\n  \"cases\": []\n}", &format!("\n  \"cases\": [{}\n  ]\n}}", cases.join(",")))
}

/// A value as canonical text: two spaces of indent, a newline at the end.
pub(super) fn pretty<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("structs with string keys always serialise") + "\n"
}

/// A case's text as it stands in its file, but for the indent.
#[must_use]
pub fn case(case: &Case) -> String {
    pretty(&case_form(case))
}

fn case_form(case: &Case) -> CaseForm<Json> {
    CaseForm {
        id: case.id,
        name: case.name.clone(),
        why: case.why.clone(),
        flags: case.flags.clone(),
        derived_from: case.derived_from,
        input: case.input.to_json(),
        expect: expect_json(&case.expect),
        trace: case.trace.clone(),
        confirmed_by: case.confirmed_by.clone(),
    }
}

pub(super) fn expect_json(expect: &Expect) -> Json {
    match expect {
        Expect::Output(fields) => json!({ "output": fields.to_json() }),
        Expect::Reject(reasons) => json!({ "reject": reasons.iter().copied().map(Reason::as_str).collect::<Vec<_>>() }),
        Expect::Opens(fields) => json!({ "opens": fields.to_json() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{CLEAN, broken, source};
    use crate::load;

    /// Two spellings of one content would be two hashes of it.
    #[test]
    fn what_was_written_is_written_the_same_again() {
        assert_eq!(canonical(&load::file(&source(CLEAN)).unwrap()), CLEAN);
    }

    /// Expected: Node 20, `JSON.stringify("\0\b\t\n\v\f\r\x1f\"\\/\x7f\u2028é😀")`.
    #[test]
    fn text_is_escaped_as_javascript_does() {
        let node = "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}\u{2028}é😀\"";
        let escaped = "\"\\u0000\\u0008\\u0009\\u000A\\u000b\\u000C\\u000D\\u001F\\u0022\\u005C\\/\\u007F\\u2028\\u00e9\\ud83d\\ude00\"";
        let read = load::file(&broken("\"BLAKE2b of little\"", escaped)).unwrap();
        assert_eq!(canonical(&read), CLEAN.replace("\"BLAKE2b of little\"", node));
    }
}
