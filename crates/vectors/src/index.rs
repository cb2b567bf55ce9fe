//! The index of the vectors: what there is, and the hash by which it is known.
//!
//! In: the bytes of vector files. Out: the text of `vectors/index.json`. A report names the vectors that it speaks of by
//! the SHA-256 of that text.

use serde::{Deserialize, Serialize};

use super::source::SourceFile;
use super::{Cost, Expect, LoadError, VectorFile, load, write};
use primitives::hash::sha256;

/// The version of the index's own layout.
const FORMAT: u32 = 1;

/// `vectors/index.json` as this binary was built with it.
static EMBEDDED: &[u8] = include_bytes!("../../../vectors/index.json");

/// What `vectors/index.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// The version of this layout.
    pub format: u32,
    /// Number of files.
    pub files_total: usize,
    /// Number of cases in all files.
    pub cases_total: usize,
    /// Cases that must be accepted.
    pub positives_total: usize,
    /// Cases that must be refused.
    pub negatives_total: usize,
    /// The files, by path.
    pub files: Vec<IndexedFile>,
}

/// One file of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndexedFile {
    /// `<family>/<topic>`.
    pub path: String,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// The operation that its cases ask for.
    pub operation: String,
    /// The policy under which its expectations hold.
    pub policy: String,
    /// What one of its cases costs.
    pub cost: Cost,
    /// Number of cases.
    pub cases: usize,
    /// Cases that must be accepted.
    pub positives: usize,
    /// Cases that must be refused.
    pub negatives: usize,
}

impl Index {
    /// The index of these files.
    ///
    /// # Errors
    ///
    /// [`LoadError`] when one of them is not a vector file.
    pub fn of(sources: &[SourceFile]) -> Result<Self, LoadError> {
        let mut files = Vec::with_capacity(sources.len());
        for source in sources {
            files.push(IndexedFile::new(&load::file(source)?, &source.bytes));
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            format: FORMAT,
            files_total: files.len(),
            cases_total: files.iter().map(|file| file.cases).sum(),
            positives_total: files.iter().map(|file| file.positives).sum(),
            negatives_total: files.iter().map(|file| file.negatives).sum(),
            files,
        })
    }

    /// The text of `index.json`.
    #[must_use]
    pub fn text(&self) -> String {
        write::pretty(self)
    }
}

impl IndexedFile {
    fn new(file: &VectorFile, bytes: &[u8]) -> Self {
        let refused = |expect: &Expect| match expect {
            Expect::Reject(_) => true,
            Expect::Output(_) | Expect::Opens(_) => false,
        };
        let negatives = file.cases.iter().filter(|case| refused(&case.expect)).count();
        Self {
            path: file.path.clone(),
            sha256: hex::encode(sha256(bytes)),
            operation: file.operation.name.to_owned(),
            policy: file.policy.clone(),
            cost: file.cost,
            cases: file.cases.len(),
            positives: file.cases.len() - negatives,
            negatives,
        }
    }
}

/// The hash by which a report names the embedded vectors: SHA-256 of `index.json`, in hex.
#[must_use]
pub fn vectors_sha256() -> String {
    hex::encode(sha256(EMBEDDED))
}
