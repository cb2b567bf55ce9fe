//! Reads vector files.
//!
//! In: the bytes of a file. Out: a [`VectorFile`] whose every member is known and of its kind, or the line and column
//! of the first thing that is not. Columns count bytes, from 1.

use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::error::LoadError;
use super::form::{CaseForm, FileForm, Members};
use super::source::{self, SourceFile};
use super::{Case, Expect, FieldError, Fields, Member, Operation, Reason, VectorFile, operation};

/// The vectors inside this binary, by path.
///
/// # Errors
///
/// [`LoadError`], for the first file at fault.
pub fn embedded() -> Result<Vec<VectorFile>, LoadError> {
    source::embedded()?.iter().map(file).collect()
}

/// The vectors of a folder that is laid out like `vectors/`, by path.
///
/// # Errors
///
/// [`LoadError`], for the first file at fault.
pub fn directory(root: &Path) -> Result<Vec<VectorFile>, LoadError> {
    source::directory(root)?.iter().map(file).collect()
}

/// Reads one vector file.
///
/// # Errors
///
/// [`LoadError::Invalid`] with the place of the first fault.
pub fn file(source: &SourceFile) -> Result<VectorFile, LoadError> {
    let path = format!("{}.json", source.path);
    let reader = Reader { file: &path, text: utf8(&path, &source.bytes)? };
    let form: FileForm<&RawValue> = reader.object(reader.text)?;
    let mut file = VectorFile {
        path: source.path.clone(),
        operation: form.operation,
        title: form.title_text,
        policy: form.policy,
        cost: form.cost,
        spec: form.spec,
        source: form.source,
        flags: form.flags,
        cases: Vec::with_capacity(form.cases.len()),
    };
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for raw in form.cases {
        let case = reader.case(file.operation, raw)?;
        if !ids.insert(case.id) {
            return Err(reader.fault(raw.get(), format!("duplicate case id {}", case.id)));
        }
        if !names.insert(case.name.clone()) {
            return Err(reader.fault(raw.get(), format!("duplicate case name `{}`", case.name)));
        }
        if let Some(flag) = case.flags.iter().find(|flag| !file.flags.contains_key(*flag)) {
            return Err(reader.fault(raw.get(), format!("case {}: the file defines no flag `{flag}`", case.id)));
        }
        file.cases.push(case);
    }
    Ok(file)
}

/// Reads a whole JSON text that is no vector file: the errata, a requirement set.
pub(super) fn json<T: for<'t> Deserialize<'t>>(name: &str, bytes: &[u8]) -> Result<T, LoadError> {
    let reader = Reader { file: name, text: utf8(name, bytes)? };
    reader.object(reader.text)
}

/// Refuses a layout of another version.
pub(super) fn known_format(name: &str, found: u32, known: u32) -> Result<(), LoadError> {
    if found == known {
        return Ok(());
    }
    let problem = format!("format {found} is unknown, expected {known}");
    Err(LoadError::Invalid { file: name.to_owned(), line: 1, column: 1, problem })
}

fn utf8<'t>(file: &str, bytes: &'t [u8]) -> Result<&'t str, LoadError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (line, column) = place(bytes, error.valid_up_to());
        LoadError::Invalid { file: file.to_owned(), line, column, problem: "not UTF-8".to_owned() }
    })
}

/// Line and column of a byte, both from 1.
fn place(bytes: &[u8], offset: usize) -> (usize, usize) {
    let before = &bytes[..offset.min(bytes.len())];
    let mut lines = before.split(|byte| *byte == b'\n');
    (lines.clone().count(), lines.next_back().map_or(0, <[u8]>::len) + 1)
}

/// One file's text. Everything that is read from it is a slice of it, which is how a fault finds its line.
struct Reader<'t> {
    file: &'t str,
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn case(&self, operation: &'static Operation, raw: &'t RawValue) -> Result<Case, LoadError> {
        let form: CaseForm<&RawValue> = self.object(raw.get())?;
        let expect = self.expect(operation, form.expect)?;
        match (&expect, form.derived_from) {
            (Expect::Reject(_), None) => {
                Err(self.fault(raw.get(), format!("case {} expects a refusal but has no `derived_from`", form.id)))
            }
            (Expect::Output(_) | Expect::Opens(_), Some(_)) => {
                Err(self.fault(raw.get(), format!("case {} expects no refusal but has `derived_from`", form.id)))
            }
            (Expect::Reject(_), Some(_)) | (Expect::Output(_) | Expect::Opens(_), None) => Ok(Case {
                id: form.id,
                name: form.name,
                why: form.why,
                flags: form.flags,
                derived_from: form.derived_from,
                input: self.fields(operation.input, form.input)?,
                expect,
                trace: form.trace,
                confirmed_by: form.confirmed_by,
            }),
        }
    }

    fn expect(&self, operation: &'static Operation, raw: &'t RawValue) -> Result<Expect, LoadError> {
        let Members(members) = self.json::<Members<&RawValue>>(raw.get())?;
        let [(kind, value)] = members.as_slice() else {
            return Err(self.fault(raw.get(), "expected exactly one of `output`, `reject`, `opens`"));
        };
        match kind.as_str() {
            "output" => self.fields(operation.output, value).map(Expect::Output),
            "reject" => match self.json::<Vec<Reason>>(value.get())? {
                reasons if reasons.is_empty() => Err(self.fault(value.get(), "expected at least one reason")),
                reasons => Ok(Expect::Reject(reasons)),
            },
            "opens" => match operation.opened_by.and_then(operation::find) {
                Some(opener) => self.fields(opener.output, value).map(Expect::Opens),
                None => Err(self.fault(value.get(), format!("no operation opens the output of `{}`", operation.name))),
            },
            other => {
                let problem = format!("expected `output`, `reject` or `opens`, found `{other}`");
                Err(self.fault(raw.get(), problem))
            }
        }
    }

    /// Reads an object against a table of members; a fault is placed at the member's value where it has one.
    fn fields(&self, members: &'static [Member], raw: &'t RawValue) -> Result<Fields, LoadError> {
        let Members(found) = self.json::<Members<&RawValue>>(raw.get())?;
        let mut object = serde_json::Map::with_capacity(found.len());
        for (name, value) in &found {
            object.insert(name.clone(), self.json(value.get())?);
        }
        Fields::read(members, &Json::Object(object)).map_err(|error: FieldError| {
            let value = found.iter().find(|(name, _)| *name == error.member).map_or(raw, |(_, value)| value);
            self.fault(value.get(), error.to_string())
        })
    }

    /// Parses an object; serde alone would also take an array of the members' values.
    fn object<T: Deserialize<'t>>(&self, slice: &'t str) -> Result<T, LoadError> {
        if slice.trim_start().starts_with('[') {
            return Err(self.fault(slice, "expected an object, found an array"));
        }
        self.json(slice)
    }

    /// Parses a slice of the text; the error's place is one in the whole text.
    fn json<T: Deserialize<'t>>(&self, slice: &'t str) -> Result<T, LoadError> {
        serde_json::from_str(slice).map_err(|error| {
            let (line, column) = self.place_of(slice);
            // serde_json counts a line break that it trips over as column 0 of the line that it would begin.
            let in_line = error.column().saturating_sub(1);
            let column = if error.line() <= 1 { column + in_line } else { 1 + in_line };
            let text = error.to_string();
            let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem);
            self.invalid(line + error.line().saturating_sub(1), column, problem.to_owned())
        })
    }

    /// An error at the start of a slice of the text.
    fn fault(&self, slice: &str, problem: impl Into<String>) -> LoadError {
        let (line, column) = self.place_of(slice);
        self.invalid(line, column, problem.into())
    }

    fn place_of(&self, slice: &str) -> (usize, usize) {
        place(self.text.as_bytes(), slice.as_ptr().addr() - self.text.as_ptr().addr())
    }

    fn invalid(&self, line: usize, column: usize, problem: String) -> LoadError {
        LoadError::Invalid { file: self.file.to_owned(), line, column, problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{CLEAN, broken_spread, source};

    fn fault(source: &SourceFile) -> String {
        file(source).unwrap_err().to_string()
    }

    /// Whoever writes vectors by hand finds the line; an error without one costs an hour in a file of 400 KiB.
    #[test]
    fn each_fault_is_named_with_its_line_and_column() {
        for (from, to, wanted) in [
            ("\"format\": 1", "\"format\": 2", "2:13: format 2 is unknown, expected 1"),
            ("\"format\": 1", "\"format\": -1", "2:14: invalid value: integer `-1`, expected u32"),
            (
                "blake2b.digest",
                "blake3.digest",
                "3:30: unknown operation `blake3.digest`, expected one of sha512.digest",
            ),
            ("\"policy\"", "\"police\"", "5:10: unknown field `police`, expected one of `format`"),
            ("  \"policy\": \"core\",\n", "", "74:1: missing field `policy`"),
            ("\"core\",\n", "\"core\",\n  \"policy\": \"core\",\n", "6:10: duplicate field `policy`"),
            ("\"fast\"", "\"quick\"", "6:17: unknown variant `quick`, expected one of `fast`"),
            ("\"3.0.19\"\n", "\"3.0.19\",\n      \"openssl\": \"1\"\n", "15:15: duplicate member `openssl`"),
            ("\"EDGE_CASE\"", "\"EDGE\"", "19:19: unknown variant `EDGE`"),
            ("\"id\": 2", "\"id\": 4294967296", "51:22: invalid value: integer `4294967296`, expected u32"),
            ("\"id\": 2", "\"id\": 1", "50:5: duplicate case id 1"),
            ("no-byte", "one-byte", "50:5: duplicate case name `one-byte`"),
            ("[\n        \"OutLen\"", "[\n        \"OutLan\"", "50:5: case 2: the file defines no flag `OutLan`"),
            ("\"derived_from\": 1,\n", "", "50:5: case 2 expects a refusal but has no `derived_from`"),
            ("\"derived_from\": 1", "\"derived_from\": null", "57:26: invalid type: null, expected u32"),
            ("\"id\": 1,", "\"id\": 1, \"derived_from\": 1,", "27:5: case 1 expects no refusal but has `derived_from`"),
            (
                "\"key\": \"\",\n        \"length\": 1",
                "\"key\": \"0\",\n        \"length\": 1",
                "34:16: member `key`: expected pairs",
            ),
            (
                "\"message\": \"00ff\"",
                "\"message\": \"00FF\"",
                "33:20: member `message`: expected lower-case hex, found 'F'",
            ),
            ("\"length\": 1\n", "\"length\": 9007199254740992\n", "35:19: member `length`: expected an integer from 0"),
            ("\"length\": 1\n", "\"length\": 1.0\n", "35:19: member `length`: expected an integer from 0"),
            ("\"length\": 1\n", "\"length\": 1,\n        \"length\": 1\n", "36:16: duplicate member `length`"),
            (",\n        \"length\": 1", "", "32:16: member `length`: is missing"),
            ("\"length\": 1\n", "\"lenght\": 1\n", "35:19: member `lenght`: is not a member of this operation"),
            ("\"digest\": \"6b\"", "\"digest\": 6", "39:21: member `digest`: expected a string"),
            ("\"digest\": \"6b\"", "\"tag\": \"6b\"", "39:18: member `tag`: is not a member"),
            ("\"output\": {", "\"opens\": {", "38:18: no operation opens the output of `blake2b.digest`"),
            ("\"output\": {", "\"result\": {", "37:17: expected `output`, `reject` or `opens`, found `result`"),
            (
                "\"reject\": [\n          \"parameter\"\n        ]",
                "\"reject\": []",
                "64:19: expected at least one reason",
            ),
            ("\"parameter\"", "\"any\"", "65:15: unknown variant `any`, expected one of `malformed`"),
            (
                "\"reject\": [",
                "\"output\": {}, \"reject\": [",
                "63:17: expected exactly one of `output`, `reject`, `opens`",
            ),
            ("\"block\": \"00ff\"", "\"block\": 1", "43:18: invalid type: integer `1`, expected a string"),
            ("\n  ]\n}\n", "\n  ]\n}\n{}", "76:1: trailing characters"),
            ("\n  ]\n}\n", "\n  ]", "74:3: EOF while parsing an object"),
        ] {
            let found = fault(&broken_spread(from, to));
            assert!(found.starts_with(&format!("blake2b/little.json:{wanted}")), "{from} -> {to}\n{found}");
        }
    }

    /// `serde_json` calls the line break that it trips over column 0, and nobody's editor has one.
    #[test]
    fn columns_are_counted_from_one() {
        let broken = CLEAN.replacen("\"core\"", "\"co\nre\"", 1);
        assert_ne!(broken, CLEAN);
        let found = fault(&source(&broken));
        assert!(found.contains(":1: control character"), "{found}");
    }

    /// None of these is a vector file, and none may end in a panic or a full stack.
    #[test]
    fn other_bytes_are_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let nested = CLEAN.replace("\"00ff\"", &deep);
        for text in ["", "[]", "null", "{}", "\u{feff}{}", "{\"format\":1", &deep, &nested] {
            assert!(matches!(file(&source(text)), Err(LoadError::Invalid { .. })), "{text:.40}");
        }
        let array = format!("[1, \"blake2b.digest\", {}", "0");
        assert!(fault(&source(&array)).ends_with("1:1: expected an object, found an array"));
        let mut bytes = CLEAN.as_bytes().to_vec();
        bytes[30] = 0xFF;
        let broken = SourceFile { path: "a/b".to_owned(), bytes: bytes.into() };
        assert_eq!(fault(&broken), "a/b.json:3:14: not UTF-8");
    }

    /// What opens is checked against the opener's output, not the sealer's own.
    #[test]
    fn opens_takes_the_members_of_the_opener() {
        let seal = |expect: &str| {
            let case = format!(
                r#"{{"id":1,"name":"a","why":"A b","flags":[],"input":{{"hash_text":"h"}},"expect":{expect},"trace":{{}},"confirmed_by":[]}}"#
            );
            let start = CLEAN.find("\"cases\"").unwrap();
            let text = CLEAN[..start].replace("blake2b.digest", "notesnook.server-hash");
            file(&source(&format!("{text}\"cases\":[{case}]}}")))
        };
        let opened = seal(r#"{"opens":{"valid":true}}"#).unwrap().cases.remove(0).expect;
        assert!(
            matches!(opened, Expect::Opens(fields) if fields == Fields::new().with("valid", crate::Value::Flag(true)))
        );
        assert!(seal(r#"{"opens":{"stored_text":""}}"#).is_err());
    }
}
