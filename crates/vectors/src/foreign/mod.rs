//! Test vectors of others, as they are: Wycheproof's JSON (v1) and the `name = value` texts of NIST's CAVP and of pyca's
//! `cryptography_vectors`.
//!
//! In: the bytes of a file. Out: an [`Imported`]: the tests as cases of this suite's operations, and a count with its reason of every
//! test that has no operation here. Which form a file has is told by its content. Layer: `vector`.

mod cavp;
mod draft;
mod response;
mod wycheproof;

use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::source::{FILE_BYTES_MAX, read_bounded};
use super::{LoadError, VectorFile};

pub use draft::LeftOut;

/// Tests that one file may hold; the largest public file of our operations has 7,875.
const TESTS_MAX: usize = 100_000;

/// Why a file of others cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// It cannot be read, or is a file of this suite with a fault.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Its content has none of the known forms.
    #[error("{file} is not a vector file of this suite, of Wycheproof or of CAVP: {problem}")]
    Unknown {
        /// The file.
        file: String,
        /// What it lacks.
        problem: String,
    },
    /// It tests what no operation does.
    #[error("{file}: this suite has no operation for {algorithm}")]
    NoOperation {
        /// The file.
        file: String,
        /// What it tests.
        algorithm: String,
    },
    /// It has one of the known forms and a fault in it.
    #[error("{file}, {place}: {problem}")]
    Invalid {
        /// The file.
        file: String,
        /// The line or the test.
        place: String,
        /// What is wrong and what was expected.
        problem: String,
    },
    /// It is of a known kind, and no test of it fits an operation.
    #[error("no usable test: {0}")]
    NothingUsable(LeftOut),
    /// Nothing was found to be run.
    #[error("{folder} holds no vectors: no *.json, *.rsp or *.txt with tests of this suite's operations{left_out}")]
    Empty {
        /// The folder.
        folder: String,
        /// What was found and left out, if anything, as the end of a sentence.
        left_out: String,
    },
    /// Two files would give their cases the same names.
    #[error("two files have the path {path}, so their cases would have the same ids")]
    Twice {
        /// `<origin>/<file>`.
        path: String,
    },
}

/// A file of others in the terms of this suite.
#[derive(Debug)]
pub struct Imported {
    /// Its cases, one file for each operation: `<origin>/<file>`, with `.open` or `.seal` where the operation is one of the two.
    pub files: Vec<VectorFile>,
    /// Cases whose input has members that no operation has (`secret` and `associated_data` of Argon2). They are for code inside this
    /// process; no request can carry them, and they are counted in `left_out`.
    pub unsendable: Vec<VectorFile>,
    /// The tests that are not in `files`.
    pub left_out: LeftOut,
}

/// The form of a file, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A vector file of this suite.
    Ours,
    /// A JSON file of Wycheproof.
    Wycheproof,
    /// A text of `name = value` lines.
    Response,
}

/// Reads a file of others; its cases are named after it.
///
/// # Errors
///
/// [`ForeignError`]; [`ForeignError::Unknown`] too for a vector file of this suite.
pub fn load(path: &Path) -> Result<Imported, ForeignError> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    read(&name, &read_bounded(path, FILE_BYTES_MAX)?)
}

/// Reads the bytes of a file of others; its cases are named after it.
///
/// # Errors
///
/// [`ForeignError`]; [`ForeignError::Unknown`] too for a vector file of this suite.
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, ForeignError> {
    import(form(name, bytes)?, name, bytes)
}

/// What a file of this form holds. An own file holds nothing of others.
pub(super) fn import(form: Form, name: &str, bytes: &[u8]) -> Result<Imported, ForeignError> {
    match form {
        Form::Wycheproof => wycheproof::read(name, bytes),
        Form::Response => cavp::read(name, response::text(name, bytes)?),
        Form::Ours => Err(unknown(name, "it is this suite's own")),
    }
}

/// The form of these bytes.
pub(super) fn form(name: &str, bytes: &[u8]) -> Result<Form, ForeignError> {
    #[derive(Deserialize)]
    struct Peek {
        format: Option<IgnoredAny>,
        #[serde(rename = "testGroups")]
        test_groups: Option<IgnoredAny>,
    }
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        let neither = || unknown(name, "it begins with neither `{` nor a line `name = value`");
        return response::is_response(bytes).then_some(Form::Response).ok_or_else(neither);
    }
    match serde_json::from_slice(bytes) {
        Ok(Peek { format: Some(_), test_groups: None }) => Ok(Form::Ours),
        Ok(Peek { format: None, test_groups: Some(_) }) => Ok(Form::Wycheproof),
        Ok(_) => Err(unknown(name, "its JSON has neither `format` nor `testGroups`")),
        Err(error) => Err(of_json(name, &error)),
    }
}

fn unknown(name: &str, problem: &str) -> ForeignError {
    ForeignError::Unknown { file: name.to_owned(), problem: problem.to_owned() }
}

/// A fault of JSON at its line.
fn of_json(name: &str, error: &serde_json::Error) -> ForeignError {
    let text = error.to_string();
    let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem).to_owned();
    let place = format!("line {}, column {}", error.line(), error.column().max(1));
    ForeignError::Invalid { file: name.to_owned(), place, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name proves nothing: what a file is has to be seen in it, and what is none must not be run as something.
    #[test]
    fn the_form_is_told_by_the_content() {
        for (text, wanted) in [
            (r#"{"format":1,"cases":[]}"#, Form::Ours),
            (r#" {"algorithm":"AES-GCM","testGroups":[]}"#, Form::Wycheproof),
            ("# CAVS 14.0\r\n\r\n[Keylen = 256]\r\n", Form::Response),
            ("Len = 0\nMsg = 00\n", Form::Response),
        ] {
            assert_eq!(form("x", text.as_bytes()).unwrap(), wanted, "{text}");
        }
        for text in [
            "",
            "[]",
            "Some words.\nLen = 0\n",
            "# only a comment",
            "\u{feff}{}",
            r#"{"format":1,"testGroups":[]}"#,
            "{}",
        ] {
            assert!(matches!(form("x", text.as_bytes()), Err(ForeignError::Unknown { .. })), "{text}");
        }
        assert!(form("x", b"\xff\xfe\x00").is_err());
    }

    /// A cut or nested file must end in its line and column, not in a panic or a full stack.
    #[test]
    fn broken_json_is_named_with_its_place() {
        let deep = format!("{{\"testGroups\":{}", "[".repeat(200_000));
        for text in ["{\n\"testGroups\":[\n{\"tests\":[", deep.as_str()] {
            let error = form("cut.json", text.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("cut.json, line "), "{error}");
        }
    }
}
