//! The types of the vector format.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Fields, Operation, Reason};

/// What must come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// This output, byte for byte.
    Output(Fields),
    /// A refusal for one of these reasons.
    Reject(Vec<Reason>),
    /// A sealed thing that the reference opens to these fields (for seals with the port's own randomness).
    Opens(Fields),
}

/// One case: a request, what must come back, and why it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Unique in its file and never used again.
    pub id: u32,
    /// Unique in its file: what is special about the case, in kebab case.
    pub name: String,
    /// One sentence for a porter.
    pub why: String,
    /// Names of the file's flags.
    pub flags: Vec<String>,
    /// For a negative case: the id of the case that it was made from.
    pub derived_from: Option<u32>,
    /// The request's input.
    pub input: Fields,
    /// What must come back.
    pub expect: Expect,
    /// Intermediate values by name, in hex (text values where the name ends in `_text`).
    pub trace: BTreeMap<String, String>,
    /// The implementations that gave this answer.
    pub confirmed_by: Vec<String>,
}

/// What a case costs on the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Cost {
    /// Under 10 ms.
    Fast,
    /// Under 1 s.
    Slow,
    /// Above 1 s.
    Heavy,
    /// Asks for absurd cost and must be refused before the work.
    Hostile,
}

/// The class of mistake that a flag stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the format's own, from Wycheproof and the vector format page")]
pub enum BugClass {
    Basic,
    EdgeCase,
    Functionality,
    AuthBypass,
    MissingStep,
    ModifiedParameter,
    WrongPrimitive,
    KnownBug,
    WeakParams,
    Malleability,
    Legacy,
    ParserDifferential,
    Encoding,
    Dos,
    Downgrade,
    Binding,
    Commitment,
    LeakOnFailure,
}

/// What a flag means: a cause, its class and its effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The class of mistake.
    pub bug: BugClass,
    /// The cause.
    pub why: String,
    /// What a user of such a port would suffer.
    pub effect: String,
    /// Public reports of this very mistake.
    pub links: Vec<String>,
    /// CVE identifiers.
    pub cves: Vec<String>,
}

impl Flag {
    /// A flag without links or CVEs.
    #[must_use]
    pub fn new(bug: BugClass, why: &str, effect: &str) -> Self {
        Self { bug, why: why.to_owned(), effect: effect.to_owned(), links: Vec::new(), cves: Vec::new() }
    }

    /// The flag and one more public report.
    #[must_use]
    pub fn link(mut self, link: &str) -> Self {
        self.links.push(link.to_owned());
        self
    }

    /// The flag and one more CVE identifier.
    #[must_use]
    pub fn cve(mut self, cve: &str) -> Self {
        self.cves.push(cve.to_owned());
        self
    }
}

/// Where a file's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The recipe that writes the file.
    pub recipe: String,
    /// The key of the recipe's key stream, in hex.
    pub seed: String,
    /// Versions of the implementations that `confirmed_by` names.
    #[serde(deserialize_with = "super::form::unique_names")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub oracles: BTreeMap<String, String>,
}

/// One vector file: one operation, one parameter shape, one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VectorFile {
    /// `<family>/<topic>`, the file's path below `vectors/` without its ending.
    pub path: String,
    /// The operation that every case asks for.
    pub operation: &'static Operation,
    /// One line for people.
    pub title: String,
    /// The policy under which the expectations hold; `core` binds every port.
    pub policy: String,
    /// What a case of this file costs.
    pub cost: Cost,
    /// The documents that the expectations follow.
    pub spec: Vec<String>,
    /// Where the bytes come from.
    pub source: Source,
    /// The flags that the cases use.
    pub flags: BTreeMap<String, Flag>,
    /// The cases, by ascending id.
    pub cases: Vec<Case>,
}

impl VectorFile {
    /// The case of this id, found by halves: ids ascend in every file that lint finds clean.
    #[must_use]
    pub fn case(&self, id: u32) -> Option<&Case> {
        self.cases.binary_search_by_key(&id, |case| case.id).ok().map(|at| &self.cases[at])
    }

    /// How the case is called everywhere outside its file: `<family>/<topic>/<id>`.
    #[must_use]
    pub fn case_id(&self, case: &Case) -> String {
        format!("{}/{}", self.path, case.id)
    }
}
