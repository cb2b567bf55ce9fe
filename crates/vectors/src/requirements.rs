//! Requirement sets: what a claim like "core-1" means, frozen as `vectors/requirements/<name>.json`.
//!
//! In: the set's file, or the vectors of which one is made. Out: case ids, each with the hash of what the case asks and
//! expects. A case whose words are improved keeps its hash; one that asks for something else does not.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

use super::errata::compact;
use super::form::Members;
use super::{Case, Errata, LoadError, VectorFile, load, source, write};
use primitives::hash::sha256;

/// The version of this layout.
const FORMAT: u32 = 1;
/// Bytes of a case's hash: enough that no case changes unseen by accident.
const HASH_BYTES: usize = 8;

/// What `vectors/requirements/<name>.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    /// The version of this layout.
    pub format: u32,
    /// The name of the set, and of its file.
    pub name: String,
    /// The version of the suite whose cases these are.
    pub suite: String,
    /// The policies whose files the set was made of.
    pub policies: Vec<String>,
    /// Whether a port must give the reasons that the cases want: `own`; without it, it may leave them unjudged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Reasons>,
    /// Number of cases.
    pub cases_total: usize,
    /// The files, by path.
    pub files: Vec<RequiredFile>,
}

/// Whether the reasons of a port's refusals are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reasons {
    /// They are: a refusal needs one of the reasons that its case wants.
    #[default]
    Own,
    /// They are not: a refusal counts whatever reason it gives.
    Any,
}

/// The cases of one file that are required.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequiredFile {
    /// `<family>/<topic>`.
    pub path: String,
    /// By id: the first 8 bytes, in hex, of the SHA-256 of `{"operation":…,"input":…,"expect":…}` as compact JSON.
    #[serde(deserialize_with = "by_id")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub cases: BTreeMap<u32, String>,
}

/// How a set differs from the vectors that there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequirementsFault {
    /// A case is gone without an entry in the errata.
    #[error("{case} is required but is neither in the vectors nor in the errata")]
    Missing {
        /// `<family>/<topic>/<id>`.
        case: String,
    },
    /// A case asks or expects something else.
    #[error("{case} has changed since the set was frozen: {found} instead of {frozen}")]
    Changed {
        /// `<family>/<topic>/<id>`.
        case: String,
        /// The hash in the set.
        frozen: String,
        /// The hash of the case.
        found: String,
    },
    /// A file is of another policy than the set.
    #[error("{path} has the policy `{policy}`, which is not one of the set's")]
    Policy {
        /// `<family>/<topic>`.
        path: String,
        /// The file's policy.
        policy: String,
    },
}

impl Requirements {
    /// Freezes every case of these policies.
    #[must_use]
    pub fn freeze(name: &str, suite: &str, policies: &[String], files: &[VectorFile]) -> Self {
        let hashes = |file: &VectorFile| file.cases.iter().map(|case| (case.id, hash(file, case))).collect();
        let chosen = files.iter().filter(|file| policies.contains(&file.policy));
        let mut files: Vec<_> =
            chosen.map(|file| RequiredFile { path: file.path.clone(), cases: hashes(file) }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let policies: BTreeSet<_> = policies.iter().cloned().collect();
        Self {
            format: FORMAT,
            name: name.to_owned(),
            suite: suite.to_owned(),
            policies: policies.into_iter().collect(),
            reasons: None,
            cases_total: files.iter().map(|file| file.cases.len()).sum(),
            files,
        }
    }

    /// Reads a set whose file has this name.
    ///
    /// # Errors
    ///
    /// [`LoadError::Invalid`] with the place of the first fault.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        let file = format!("requirements/{name}.json");
        let set: Self = load::json(&file, bytes)?;
        load::known_format(&file, set.format, FORMAT)?;
        Ok(set)
    }

    /// A set inside this binary, by its name.
    ///
    /// # Errors
    ///
    /// As [`Requirements::read`].
    pub fn embedded(name: &str) -> Result<Option<Self>, LoadError> {
        let bytes = source::embedded_bytes(&format!("requirements/{name}.json"));
        bytes.map(|bytes| Self::read(name, bytes)).transpose()
    }

    /// The text of the set's file.
    #[must_use]
    pub fn text(&self) -> String {
        write::pretty(self)
    }

    /// Every required case as `<family>/<topic>/<id>`.
    pub fn cases(&self) -> impl Iterator<Item = String> {
        self.files.iter().flat_map(|file| file.cases.keys().map(move |id| format!("{}/{id}", file.path)))
    }

    /// Where the set no longer fits the vectors; empty as long as its claim means what it meant.
    #[must_use]
    pub fn faults(&self, files: &[VectorFile], errata: &Errata) -> Vec<RequirementsFault> {
        self.files.iter().flat_map(|required| required.faults(files, &self.policies, errata)).collect()
    }
}

impl RequiredFile {
    fn faults(&self, files: &[VectorFile], policies: &[String], errata: &Errata) -> Vec<RequirementsFault> {
        let file = files.iter().find(|file| file.path == self.path);
        let mut faults = Vec::new();
        if let Some(file) = file.filter(|file| !policies.contains(&file.policy)) {
            faults.push(RequirementsFault::Policy { path: self.path.clone(), policy: file.policy.clone() });
        }
        for (id, frozen) in &self.cases {
            let case = format!("{}/{id}", self.path);
            match file.and_then(|file| Some(hash(file, file.case(*id)?))) {
                Some(found) if found == *frozen => {}
                Some(found) => faults.push(RequirementsFault::Changed { case, frozen: frozen.clone(), found }),
                None if errata.find(&case).is_some() => {}
                None => faults.push(RequirementsFault::Missing { case }),
            }
        }
        faults
    }
}

/// By what a set knows a case.
#[must_use]
pub fn hash(file: &VectorFile, case: &Case) -> String {
    let asked = json!({
        "operation": file.operation.name,
        "input": case.input.to_json(),
        "expect": write::expect_json(&case.expect),
    });
    hex::encode(&sha256(compact(&asked).as_bytes())[..HASH_BYTES])
}

/// Reads an object whose names are ids, each once and in its one spelling.
fn by_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<u32, String>, D::Error> {
    use serde::de::Error as _;
    let Members(members) = Members::<String>::deserialize(deserializer)?;
    let read = |(name, hash): (String, String)| match name.parse::<u32>() {
        Ok(id) if id.to_string() == name => Ok((id, hash)),
        Ok(_) | Err(_) => Err(D::Error::custom(format_args!("`{name}` is not a case id"))),
    };
    members.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errata::Retired;
    use crate::fixture::{CLEAN, broken, source};
    use crate::load::file;

    fn set() -> Requirements {
        Requirements::freeze("core-1", "0.1.0", &["core".to_owned()], &[file(&source(CLEAN)).unwrap()])
    }

    fn faults(files: &[VectorFile], errata: &Errata) -> Vec<String> {
        set().faults(files, errata).iter().map(ToString::to_string).collect()
    }

    /// Expected: Python's hashlib over the JSON that `json.dumps(…, separators=(",", ":"))` writes.
    #[test]
    fn a_case_is_known_by_what_it_asks_and_expects() {
        let hashes: Vec<_> = set().files[0].cases.values().cloned().collect();
        assert_eq!(hashes, ["abd077c6c57edc42", "7b04c6d044da8a68"]);
    }

    /// A set that is read as another one would gate on other cases than its name says.
    #[test]
    fn what_was_written_is_read_again() {
        assert_eq!(Requirements::read("core-1", set().text().as_bytes()).unwrap(), set());
        for (from, to) in
            [("\"1\"", "\"01\""), ("\"2\"", "\"1\""), ("\"suite\"", "\"suit\""), ("\"format\": 1", "\"format\": 9")]
        {
            let broken = set().text().replacen(from, to, 1);
            assert!(Requirements::read("core-1", broken.as_bytes()).is_err(), "{from} -> {to}");
        }
    }

    /// A claim must not change its meaning under those who made it; better words are no change.
    #[test]
    fn a_changed_or_lost_case_breaks_the_set_and_better_words_do_not() {
        let none = Errata::none();
        for (from, to, wanted) in [
            ("\"no-byte\"", "\"nothing\"", ""),
            ("A digest of no byte", "A digest that has no byte", ""),
            ("\"block\":\"00ff\"", "\"block\":\"00fe\"", ""),
            ("\"6b\"", "\"6c\"", "blake2b/little/1 has changed since the set was frozen"),
            ("\"length\":0", "\"length\":65", "blake2b/little/2 has changed since the set was frozen"),
            ("\"parameter\"", "\"malformed\"", "blake2b/little/2 has changed since the set was frozen"),
            ("\"core\"", "\"strict\"", "blake2b/little has the policy `strict`"),
            ("\"id\":2", "\"id\":3", "blake2b/little/2 is required but is neither"),
        ] {
            let found = faults(&[file(&broken(from, to)).unwrap()], &none);
            assert_eq!(found.len(), usize::from(!wanted.is_empty()), "{from} -> {to}: {found:?}");
            assert!(found.iter().all(|fault| fault.starts_with(wanted)), "{from} -> {to}: {found:?}");
        }
        assert_eq!(faults(&[], &none).len(), 2);
    }

    /// A case that was wrong must not bind the ports that claimed a set before that was known.
    #[test]
    fn a_retired_case_may_be_missing() {
        let retired = |case: &str| Retired {
            case: case.to_owned(),
            input_sha256: String::new(),
            why: String::new(),
            since: String::new(),
            replaced_by: Vec::new(),
        };
        let errata = Errata { retired: vec![retired("blake2b/little/2")], ..Errata::none() };
        assert_eq!(faults(&[file(&broken("\"id\":2", "\"id\":3")).unwrap()], &errata), [""; 0]);
    }
}
