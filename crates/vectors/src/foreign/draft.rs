//! The cases of a foreign file while it is read. Layer: `vector`, pure.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::{ForeignError, Imported, TESTS_MAX};
use crate::{Case, Cost, Expect, Fields, Flag, Operation, Source, VectorFile};

/// Reasons that are told; a file may have as many as it has tests.
const REASONS_MAX: usize = 6;

/// Characters of a file's name that go into the names of its cases.
const STEM_CHARS_MAX: usize = 80;

/// The tests of a file that have no operation here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The file.
    pub file: String,
    /// The tests that it has.
    pub tests: usize,
    /// How many are left out, by reason.
    pub reasons: BTreeMap<String, usize>,
}

impl LeftOut {
    /// How many tests are left out.
    #[must_use]
    pub fn count(&self) -> usize {
        self.reasons.values().sum()
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} of {} tests have no operation here", self.file, self.count(), self.tests)?;
        for (at, (reason, count)) in self.reasons.iter().take(REASONS_MAX).enumerate() {
            write!(f, "{}{count} {reason}", if at == 0 { ": " } else { ", " })?;
        }
        match self.reasons.len().saturating_sub(REASONS_MAX) {
            0 => Ok(()),
            more => write!(f, ", and {more} more reasons"),
        }
    }
}

/// One test on its way to a case.
pub(super) struct Test {
    /// The number by which its own project knows it, or its position in the file.
    pub(super) id: u32,
    /// Where it stands, such as `tc-17` or `line-12`.
    pub(super) name: String,
    /// What its project says of it.
    pub(super) why: String,
    /// Its project's flags.
    pub(super) flags: Vec<String>,
}

/// Where a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// It can be put to a port.
    Sendable,
    /// Its input has members that no request can carry.
    Unsendable,
}

/// A file while its tests are read.
pub(super) struct Draft {
    origin: &'static str,
    stem: String,
    title: String,
    flags: BTreeMap<String, Flag>,
    left_out: LeftOut,
    cases: BTreeMap<(Reach, &'static str), (&'static Operation, Vec<Case>)>,
    ids: HashSet<(&'static str, u32)>,
}

impl Draft {
    pub(super) fn new(origin: &'static str, file: &str, title: String, flags: BTreeMap<String, Flag>) -> Self {
        let left_out = LeftOut { file: file.to_owned(), tests: 0, reasons: BTreeMap::new() };
        let (cases, ids) = (BTreeMap::new(), HashSet::new());
        Self { origin, stem: stem(file), title, flags, left_out, cases, ids }
    }

    /// What a flag of the file means.
    pub(super) fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.get(name)
    }

    /// A fault at a place of this file.
    pub(super) fn fault(&self, place: impl fmt::Display, problem: impl Into<String>) -> ForeignError {
        ForeignError::Invalid { file: self.left_out.file.clone(), place: place.to_string(), problem: problem.into() }
    }

    /// Counts one more test, whatever becomes of it; its number in the file.
    pub(super) fn count(&mut self) -> Result<u32, ForeignError> {
        self.left_out.tests += 1;
        match u32::try_from(self.left_out.tests) {
            Ok(number) if self.left_out.tests <= TESTS_MAX => Ok(number),
            Ok(_) | Err(_) => Err(self.fault("at its end", format!("a file may have at most {TESTS_MAX} tests"))),
        }
    }

    /// Counts a test that has no case.
    pub(super) fn leave_out(&mut self, reason: impl Into<String>) {
        *self.left_out.reasons.entry(reason.into()).or_default() += 1;
    }

    /// Adds a case.
    pub(super) fn add(
        &mut self,
        reach: Reach,
        operation: &'static Operation,
        test: Test,
        input: Fields,
        expect: Expect,
    ) -> Result<(), ForeignError> {
        if !self.ids.insert((operation.name, test.id)) {
            return Err(self.fault(&test.name, "another test has the same number"));
        }
        let Test { id, name, why, flags } = test;
        let (trace, confirmed_by) = (BTreeMap::new(), vec![self.origin.to_owned()]);
        let case = Case { id, name, why, flags, derived_from: None, input, expect, trace, confirmed_by };
        self.cases.entry((reach, operation.name)).or_insert((operation, Vec::new())).1.push(case);
        Ok(())
    }

    /// The cases by operation, each file's by ascending id.
    pub(super) fn finish(self) -> Result<Imported, ForeignError> {
        if self.cases.is_empty() {
            return Err(ForeignError::NothingUsable(self.left_out));
        }
        let (mut files, mut unsendable) = (Vec::new(), Vec::new());
        for ((reach, _), (operation, mut cases)) in self.cases {
            cases.sort_by_key(|case| case.id);
            let file = VectorFile {
                path: format!("{}/{}", self.origin, topic(&self.stem, operation)),
                operation,
                title: self.title.clone(),
                policy: "core".to_owned(),
                cost: cost(operation),
                spec: Vec::new(),
                source: Source {
                    recipe: format!("{}/{}", self.origin, self.stem),
                    seed: String::new(),
                    oracles: BTreeMap::new(),
                },
                flags: self.flags.clone(),
                cases,
            };
            match reach {
                Reach::Sendable => files.push(file),
                Reach::Unsendable => unsendable.push(file),
            }
        }
        Ok(Imported { files, unsendable, left_out: self.left_out })
    }
}

/// The file's name without its ending, in characters that a glob and a shell leave alone.
fn stem(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_-+".contains(c) { c } else { '_' };
    stem.chars().take(STEM_CHARS_MAX).map(plain).collect()
}

/// A file whose tests can be sealed and opened gives two, so their names hold the verb.
fn topic(stem: &str, operation: &Operation) -> String {
    match operation.verb() {
        verb @ ("open" | "seal") => format!("{stem}.{verb}"),
        _ => stem.to_owned(),
    }
}

fn cost(operation: &Operation) -> Cost {
    match operation.verb() {
        "derive" => Cost::Slow,
        _ => Cost::Fast,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of cases are pasted into shells and read as globs; a file's name comes from anywhere.
    #[test]
    fn names_of_files_are_made_harmless() {
        assert_eq!(stem("aes_gcm_test.json"), "aes_gcm_test");
        assert_eq!(stem("a b/*\u{1b}$(x).rsp"), "a_b_____x_");
        assert_eq!(stem(&"x".repeat(1000)).len(), STEM_CHARS_MAX);
    }

    /// A file with a reason for every test must not bury the report.
    #[test]
    fn few_reasons_are_told() {
        let reasons = (10..20).map(|bits| (format!("key of {bits} bits"), 2)).collect();
        let left_out = LeftOut { file: "x.json".to_owned(), tests: 30, reasons };
        let text = left_out.to_string();
        assert!(text.starts_with("x.json: 20 of 30 tests have no operation here: 2 key of 10 bits, 2 key"), "{text}");
        assert!(text.ends_with("2 key of 15 bits, and 4 more reasons"), "{text}");
    }
}
