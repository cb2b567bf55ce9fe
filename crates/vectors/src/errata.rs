//! Cases that were wrong and are gone: `vectors/errata.json`.
//!
//! In: the file's bytes. Out: which case ids are retired, why, and what stands in their place. An id that is here is never
//! used again.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Case, LoadError, load, source, write};
use primitives::hash::sha256;

/// The version of this layout.
const FORMAT: u32 = 1;

/// What `vectors/errata.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Errata {
    /// The version of this layout.
    pub format: u32,
    /// Files that are gone as a whole, `<family>/<topic>`; each of their cases is among the retired.
    pub retired_files: Vec<String>,
    /// The retired cases, by file and id.
    pub retired: Vec<Retired>,
}

/// A case that was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// `<family>/<topic>/<id>`.
    pub case: String,
    /// SHA-256 of the case's input as compact JSON, in hex: whoever kept a copy knows it by this.
    pub input_sha256: String,
    /// What was wrong.
    pub why: String,
    /// The version of the suite that no longer has the case.
    pub since: String,
    /// The cases that stand in its place; none when nothing does.
    pub replaced_by: Vec<String>,
}

impl Errata {
    /// No errata.
    #[must_use]
    pub fn none() -> Self {
        Self { format: FORMAT, retired_files: Vec::new(), retired: Vec::new() }
    }

    /// Reads `errata.json`.
    ///
    /// # Errors
    ///
    /// [`LoadError::Invalid`] with the place of the first fault.
    pub fn read(bytes: &[u8]) -> Result<Self, LoadError> {
        let errata: Self = load::json("errata.json", bytes)?;
        load::known_format("errata.json", errata.format, FORMAT)?;
        Ok(errata)
    }

    /// The errata inside this binary.
    ///
    /// # Panics
    ///
    /// When `vectors/errata.json` is broken: a test keeps it from being committed.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static READ: OnceLock<Errata> = OnceLock::new();
        READ.get_or_init(|| {
            let bytes = source::embedded_bytes("errata.json").expect("the file is embedded");
            Self::read(bytes).expect("a test reads it")
        })
    }

    /// The text of `errata.json`.
    #[must_use]
    pub fn text(&self) -> String {
        write::pretty(self)
    }

    /// What became of a case.
    #[must_use]
    pub fn find(&self, case: &str) -> Option<&Retired> {
        self.retired.iter().find(|retired| retired.case == case)
    }
}

impl Retired {
    /// The file and id of the case, if its name is one.
    #[must_use]
    pub fn place(&self) -> Option<(&str, u32)> {
        place(&self.case)
    }

    /// The entry's text, as it stands in the file but for the indent.
    #[must_use]
    pub fn text(&self) -> String {
        write::pretty(self)
    }
}

/// `<family>/<topic>` and id of `<family>/<topic>/<id>`; an id has one spelling.
#[must_use]
pub fn place(case: &str) -> Option<(&str, u32)> {
    let (path, id) = case.rsplit_once('/')?;
    let number: u32 = id.parse().ok()?;
    (path.matches('/').count() == 1 && number > 0 && number.to_string() == id).then_some((path, number))
}

/// By what the errata know a case: SHA-256 of its input as compact JSON, in hex.
#[must_use]
pub fn input_sha256(case: &Case) -> String {
    hex::encode(sha256(compact(&case.input.to_json()).as_bytes()))
}

/// JSON without white space, as `JSON.stringify` gives it.
pub(super) fn compact(json: &Json) -> String {
    json.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second spelling of an id would be a second case to every list that goes by names.
    #[test]
    fn a_case_has_one_name() {
        assert_eq!(place("sha512/lengths/7"), Some(("sha512/lengths", 7)));
        for wrong in
            ["sha512/lengths/07", "sha512/lengths/0", "sha512/lengths/+7", "sha512/lengths", "lengths/7", "a/b/c/7"]
        {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }

    /// Broken errata in the binary would end the program at the first question about them.
    #[test]
    fn the_embedded_errata_are_read() {
        assert_eq!(Errata::embedded().text().as_bytes(), source::embedded_bytes("errata.json").unwrap());
    }

    /// Whoever mistypes a member must not retire nothing.
    #[test]
    fn other_texts_are_refused() {
        let sound = Errata::none().text();
        assert_eq!(Errata::read(sound.as_bytes()).unwrap(), Errata::none());
        for (from, to) in
            [("\"retired\"", "\"retried\""), ("\"format\": 1", "\"format\": 2"), ("[]\n", "[{}]\n"), ("{\n", "[{\n")]
        {
            let broken = sound.replacen(from, to, 1);
            assert_ne!(broken, sound, "{from}");
            assert!(matches!(Errata::read(broken.as_bytes()), Err(LoadError::Invalid { .. })), "{broken}");
        }
    }
}
