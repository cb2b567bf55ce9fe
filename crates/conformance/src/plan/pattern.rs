//! Patterns that name cases. Layer: `plan`, pure.

use glob::{MatchOptions, Pattern};

use super::PlanError;
use vectors::{Case, VectorFile};

/// `*` stays within one part of a case's name.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// A glob over `<family>/<topic>/<id>`; one that matches `<family>` or `<family>/<topic>` stands for all cases below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasePattern(Pattern);

impl CasePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// [`PlanError::Pattern`] when it is not a glob.
    pub fn read(text: &str) -> Result<Self, PlanError> {
        match Pattern::new(text.trim_end_matches('/')) {
            Ok(pattern) => Ok(Self(pattern)),
            Err(error) => Err(PlanError::Pattern { pattern: text.to_owned(), problem: error.to_string() }),
        }
    }

    /// The pattern as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether the case is meant.
    #[must_use]
    pub fn matches(&self, file: &VectorFile, case: &Case) -> bool {
        self.matches_id(&file.case_id(case))
    }

    /// Whether the case of this name, `<family>/<topic>/<id>`, is meant.
    #[must_use]
    pub fn matches_id(&self, id: &str) -> bool {
        let above = id.match_indices('/').map(|(at, _)| &id[..at]);
        above.chain([id]).any(|prefix| self.0.matches_with(prefix, OPTIONS))
    }
}

impl From<Pattern> for CasePattern {
    fn from(pattern: Pattern) -> Self {
        Self(pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str, id: u32) -> bool {
        let case = Case {
            id,
            name: String::new(),
            why: String::new(),
            flags: Vec::new(),
            derived_from: None,
            input: vectors::Fields::new(),
            expect: vectors::Expect::Reject(Vec::new()),
            trace: std::collections::BTreeMap::new(),
            confirmed_by: Vec::new(),
        };
        let file = VectorFile {
            path: path.to_owned(),
            operation: &vectors::operation::OPERATIONS[0],
            title: String::new(),
            policy: String::new(),
            cost: vectors::Cost::Fast,
            spec: Vec::new(),
            source: vectors::Source {
                recipe: String::new(),
                seed: String::new(),
                oracles: std::collections::BTreeMap::new(),
            },
            flags: std::collections::BTreeMap::new(),
            cases: Vec::new(),
        };
        CasePattern::read(pattern).unwrap().matches(&file, &case)
    }

    /// What a user types must select what it seems to say, and no more.
    #[test]
    fn a_pattern_names_a_case_a_file_or_a_family() {
        for (pattern, selected) in [
            ("aes-256-gcm", true),
            ("aes-256-gcm/", true),
            ("aes-*", true),
            ("aes-256-gcm/*", true),
            ("aes-256-gcm/open-*", true),
            ("aes-256-gcm/open-iv16/1*", true),
            ("aes-256-gcm/open-iv16/17", true),
            ("*/open-iv16/17", true),
            ("**/17", true),
            ("*", true),
            ("aes-256-gcm/open-iv16/1", false),
            ("aes-256-gcm/open-iv1", false),
            ("open-iv16", false),
            ("*/17", false),
            ("aes", false),
        ] {
            assert_eq!(matches(pattern, "aes-256-gcm/open-iv16", 17), selected, "{pattern}");
        }
        assert!(CasePattern::read("a/[").is_err());
    }
}
