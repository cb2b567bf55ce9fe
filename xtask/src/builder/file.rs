//! How recipes write a vector file.
//!
//! In: what is special about each case. Out: a [`VectorFile`] that has been written, read back and found clean by lint.
//!
//! ```
//! use xtask::builder::{Accept, Change, FileBuilder, KeyStream, Refuse};
//! use vectors::{BugClass, Cost, Fields, Flag, Reason, Value};
//!
//! # fn gcm_by_hand(_: &[u8], _: &[u8], _: &[u8]) -> Vec<u8> { vec![7; 16] }
//! let mut stream = KeyStream::new("aes-256-gcm/example");
//! let mut file = FileBuilder::new("aes-256-gcm.open", "AES-256-GCM of nothing")
//!     .cost(Cost::Fast)
//!     .spec(&["NIST SP 800-38D"])
//!     .oracle("openssl", "3.0.22")
//!     .flag("TagIgnored", Flag::new(BugClass::MissingStep, "the tag is not compared", "forged text is accepted"));
//! let (key, iv) = (stream.bytes(32), stream.bytes(12));
//! let ciphertext = gcm_by_hand(&key, &iv, b"");
//! let whole = file.accept(Accept {
//!     name: "empty",
//!     why: "Nothing is sealed, so the ciphertext is the tag alone",
//!     flags: &[],
//!     input: Fields::new()
//!         .with_bytes("key", key)
//!         .with_bytes("iv", iv)
//!         .with_bytes("aad", b"")
//!         .with_bytes("ciphertext", ciphertext)
//!         .with_integer("tag_length", 16),
//!     output: Fields::new().with_bytes("plaintext", b""),
//!     trace: &[("j0", "00".to_owned())],
//!     confirmed_by: &["reference", "openssl"],
//! });
//! file.refuse(Refuse {
//!     name: "tag-first-bit-flipped",
//!     why: "The first bit of the tag is flipped",
//!     flags: &["TagIgnored"],
//!     parent: whole,
//!     change: Change("ciphertext", Value::Bytes([vec![0x87], vec![7; 15]].concat())),
//!     reasons: &[Reason::Authentication],
//!     confirmed_by: &["reference", "openssl"],
//! });
//! let file = file.build("aes-256-gcm/example")?;
//! assert_eq!(file.cases[1].derived_from, Some(1));
//! # Ok::<(), xtask::builder::RecipeError>(())
//! ```

mod confirm;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use confirm::{Ask, AskRefused};

use super::KeyStream;
use vectors::LoadError;
use vectors::lint::{self, Finding};
use vectors::load;
use vectors::source::SourceFile;
use vectors::{Case, Cost, Expect, Fields, Flag, Operation, Reason, Source, Value, VectorFile, operation, write};

/// Why a recipe's file cannot be written: a mistake of the recipe.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// What it wrote is not a vector file.
    #[error("recipe {recipe} wrote a file that does not load")]
    Load {
        /// The recipe.
        recipe: String,
        /// The first fault.
        source: LoadError,
    },
    /// What it wrote breaks rules.
    #[error("recipe {recipe} breaks {} rules: {}", findings.len(), listed(findings))]
    Lint {
        /// The recipe.
        recipe: String,
        /// The broken rules.
        findings: Vec<Finding>,
    },
    /// The implementations that it asked do not agree, or there is only one.
    #[error("recipe {recipe} has no agreed answer to {} cases: {}", cases.len(), cases.join("; "))]
    Disagreement {
        /// The recipe.
        recipe: String,
        /// The cases, each with what was answered.
        cases: Vec<String>,
    },
}

fn listed(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("; ")
}

/// The id of a case that a later one is derived from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseId(u32);

/// A positive case whose output is known byte for byte.
pub struct Accept<'a> {
    /// What is special about the case, in kebab case.
    pub name: &'a str,
    /// One sentence for a porter.
    pub why: &'a str,
    /// Names of flags that the file knows.
    pub flags: &'a [&'a str],
    /// The request's input.
    pub input: Fields,
    /// What must come back.
    pub output: Fields,
    /// Intermediate values by name, in hex.
    pub trace: &'a [(&'a str, String)],
    /// The implementations that gave this output, at least two; `reference` is this suite's own.
    pub confirmed_by: &'a [&'a str],
}

/// A seal with the port's own randomness: what the port puts out must open to these fields.
pub struct Opens<'a> {
    /// What is special about the case, in kebab case.
    pub name: &'a str,
    /// One sentence for a porter.
    pub why: &'a str,
    /// Names of flags that the file knows.
    pub flags: &'a [&'a str],
    /// The request's input.
    pub input: Fields,
    /// The output of the operation's opener.
    pub opened: Fields,
    /// The implementations whose seals were opened, at least two.
    pub confirmed_by: &'a [&'a str],
}

/// One input member and the value that it has in place of the parent's.
pub struct Change(pub &'static str, pub Value);

/// A negative case: another case with one thing changed.
pub struct Refuse<'a> {
    /// What is special about the case, in kebab case.
    pub name: &'a str,
    /// One sentence for a porter.
    pub why: &'a str,
    /// Names of flags that the file knows.
    pub flags: &'a [&'a str],
    /// The case that this one is made from.
    pub parent: CaseId,
    /// The one thing.
    pub change: Change,
    /// The refusals that are right.
    pub reasons: &'a [Reason],
    /// The implementations that refuse it, at least one.
    pub confirmed_by: &'a [&'a str],
}

/// A vector file while a recipe fills it. Cases get their ids in the order in which they are added; a case that is added
/// later must therefore stand last, since an id is never used again.
pub struct FileBuilder {
    file: VectorFile,
    next_id: u32,
    disagreements: Vec<String>,
}

impl FileBuilder {
    /// An empty file of policy `core` and cost `fast`.
    ///
    /// # Panics
    ///
    /// When the suite knows no such operation: a mistake of the recipe.
    #[must_use]
    pub fn new(operation: &str, title: &str) -> Self {
        let operation: &'static Operation =
            operation::find(operation).unwrap_or_else(|| panic!("no operation is called {operation}"));
        let file = VectorFile {
            path: String::new(),
            operation,
            title: title.to_owned(),
            policy: "core".to_owned(),
            cost: Cost::Fast,
            spec: Vec::new(),
            source: Source { recipe: String::new(), seed: String::new(), oracles: BTreeMap::new() },
            flags: BTreeMap::new(),
            cases: Vec::new(),
        };
        Self { file, next_id: 1, disagreements: Vec::new() }
    }

    /// The policy under which the expectations hold.
    #[must_use]
    pub fn policy(mut self, policy: &str) -> Self {
        policy.clone_into(&mut self.file.policy);
        self
    }

    /// What a case costs on the reference.
    #[must_use]
    pub fn cost(mut self, cost: Cost) -> Self {
        self.file.cost = cost;
        self
    }

    /// The documents that the expectations follow.
    #[must_use]
    pub fn spec(mut self, documents: &[&str]) -> Self {
        self.file.spec = owned(documents);
        self
    }

    /// A flag that cases may have. One that no case has is not written, so that a family can share its flags.
    #[must_use]
    pub fn flag(mut self, name: &str, flag: Flag) -> Self {
        self.file.flags.insert(name.to_owned(), flag);
        self
    }

    /// An implementation that cases may be confirmed by, and its version. One that no case names is not written.
    #[must_use]
    pub fn oracle(mut self, name: &str, version: &str) -> Self {
        self.file.source.oracles.insert(name.to_owned(), version.to_owned());
        self
    }

    /// Leaves out the next id: the case that had it is retired and stands in `errata.json`.
    pub fn retire_id(&mut self) {
        self.next_id += 1;
    }

    /// Adds a positive case.
    pub fn accept(&mut self, case: Accept<'_>) -> CaseId {
        self.push(Case {
            id: self.next_id,
            name: case.name.to_owned(),
            why: case.why.to_owned(),
            flags: owned(case.flags),
            derived_from: None,
            input: case.input,
            expect: Expect::Output(case.output),
            trace: case.trace.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            confirmed_by: owned(case.confirmed_by),
        })
    }

    /// Adds a seal with the port's own randomness.
    pub fn opens(&mut self, case: Opens<'_>) -> CaseId {
        self.push(Case {
            id: self.next_id,
            name: case.name.to_owned(),
            why: case.why.to_owned(),
            flags: owned(case.flags),
            derived_from: None,
            input: case.input,
            expect: Expect::Opens(case.opened),
            trace: BTreeMap::new(),
            confirmed_by: owned(case.confirmed_by),
        })
    }

    /// Adds a negative case: the parent's input with one member changed.
    ///
    /// # Panics
    ///
    /// When the parent is no case of this file, or its input has no such member: a mistake of the recipe.
    pub fn refuse(&mut self, case: Refuse<'_>) -> CaseId {
        let CaseId(parent) = case.parent;
        let Change(member, value) = case.change;
        let input = self.input(case.parent).clone();
        assert!(input.value(member).is_some(), "case {parent} has no input `{member}`");
        self.push(Case {
            id: self.next_id,
            name: case.name.to_owned(),
            why: case.why.to_owned(),
            flags: owned(case.flags),
            derived_from: Some(parent),
            input: input.replacing(member, value),
            expect: Expect::Reject(case.reasons.to_vec()),
            trace: BTreeMap::new(),
            confirmed_by: owned(case.confirmed_by),
        })
    }

    /// The input of a case of this file, for changes that are made to what it holds.
    ///
    /// # Panics
    ///
    /// When the id is of another file: a mistake of the recipe.
    #[must_use]
    pub fn input(&self, CaseId(id): CaseId) -> &Fields {
        &self.file.case(id).unwrap_or_else(|| panic!("there is no case {id}")).input
    }

    /// The file of this recipe, whose name is also the file's path, as it reads after it was written.
    ///
    /// # Errors
    ///
    /// [`RecipeError`] when its cases have no agreed answer, it does not load, or it breaks a rule.
    pub fn build(mut self, recipe: &str) -> Result<VectorFile, RecipeError> {
        if !self.disagreements.is_empty() {
            return Err(RecipeError::Disagreement { recipe: recipe.to_owned(), cases: self.disagreements });
        }
        let cases = &self.file.cases;
        self.file.flags.retain(|name, _| cases.iter().any(|case| case.flags.contains(name)));
        self.file.source.oracles.retain(|name, _| cases.iter().any(|case| case.confirmed_by.contains(name)));
        recipe.clone_into(&mut self.file.path);
        recipe.clone_into(&mut self.file.source.recipe);
        self.file.source.seed = hex::encode(KeyStream::new(recipe).seed());
        let failed = |source| RecipeError::Load { recipe: recipe.to_owned(), source };
        // Reading brings the members into the order of the operation's table, so what is linted is the second writing.
        let file = load::file(&source_of(&self.file)).map_err(failed)?;
        match lint::one(&source_of(&file)) {
            findings if findings.is_empty() => Ok(file),
            findings => Err(RecipeError::Lint { recipe: recipe.to_owned(), findings }),
        }
    }

    fn push(&mut self, case: Case) -> CaseId {
        self.next_id = case.id + 1;
        let id = CaseId(case.id);
        self.file.cases.push(case);
        id
    }
}

fn source_of(file: &VectorFile) -> SourceFile {
    SourceFile { path: file.path.clone(), bytes: Cow::Owned(write::canonical(file).into_bytes()) }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(name: &'static str) -> Accept<'static> {
        Accept {
            name,
            why: "A digest of two bytes",
            flags: &[],
            input: Fields::new().with_bytes("message", [1, 2]),
            output: Fields::new().with_bytes("digest", [3; 64]),
            trace: &[],
            confirmed_by: &["reference", "openssl"],
        }
    }

    fn file() -> FileBuilder {
        FileBuilder::new("sha512.digest", "Digests of messages").spec(&["FIPS 180-4"]).oracle("openssl", "3")
    }

    /// A recipe that wrote a file which no run can load would be noticed by porters only.
    #[test]
    fn a_recipe_that_breaks_a_rule_is_named_with_the_rule() {
        let mut broken = file();
        broken.accept(Accept { confirmed_by: &["reference"], ..digest("once") });
        let error = broken.build("sha512/lengths").unwrap_err().to_string();
        assert!(error.starts_with("recipe sha512/lengths breaks 1 rules: sha512/lengths/1: confirmed: "), "{error}");

        let mut broken = file();
        broken.accept(Accept { output: Fields::new(), ..digest("once") });
        assert!(matches!(broken.build("sha512/lengths"), Err(RecipeError::Load { .. })));
    }

    /// An id that moved would make a port's list of known issues excuse another case.
    #[test]
    fn ids_follow_the_order_and_leave_out_the_retired() {
        let mut built = file();
        built.accept(digest("first"));
        built.retire_id();
        built.accept(digest("third"));
        let ids: Vec<_> = built.build("sha512/lengths").unwrap().cases.iter().map(|case| case.id).collect();
        assert_eq!(ids, [1, 3]);
    }
}
