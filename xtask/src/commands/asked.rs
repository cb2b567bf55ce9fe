//! Every known mistake, asked our vectors and those of others: what the kill table and the book are made of.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use conformance::port::POLICIES;
use diagnosis::kill::{self, Kills};
use diagnosis::{Derivations, Mistake};
use vectors::foreign::ForeignError;
use vectors::{VectorFile, given, load, source};
use xtask::generate::GenerateError;
use xtask::kill::public::{self, PublicSet};
use xtask::kill::{counts, rules};

use crate::FOUND;

/// The committed counts.
pub(crate) const COUNTS: &str = "xtask/kills.txt";

/// The mistakes, what of ours notices them, and what of others does.
pub(crate) struct Asked {
    pub(crate) files: Vec<VectorFile>,
    pub(crate) ours: Vec<Kills>,
    pub(crate) public: Vec<PublicSet>,
}

impl Asked {
    /// Asks each of the mistakes everything.
    pub(crate) fn of(mistakes: &[&'static Mistake], files: Vec<VectorFile>, theirs: Vec<VectorFile>) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let derivations = Derivations::default();
        let ours = kill::kills(mistakes, &files, &derivations, threads);
        let public = public::sets(mistakes, theirs, &derivations, threads);
        Self { files, ours, public }
    }

    /// Everything that is owed.
    pub(crate) fn objections(&self) -> Vec<String> {
        rules::objections(&self.files, &self.ours, &self.public)
    }

    /// What is no longer as the committed counts say.
    pub(crate) fn moved(&self, path: &Path) -> Vec<String> {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string());
        match text.and_then(|text| counts::read(&text)) {
            Ok(before) => rules::moved(&before, &self.ours),
            Err(error) => vec![format!("{}: {error}", path.display())],
        }
    }
}

/// The files that bind the reference, and so a port that is the reference but for its mistake.
pub(crate) fn binding(folder: Option<&Path>) -> Result<Vec<VectorFile>, GenerateError> {
    let sources = folder.map_or_else(source::embedded, source::directory)?;
    let mut files = sources.iter().map(load::file).collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.policy == "core" || POLICIES.contains(&file.policy.as_str()));
    Ok(files)
}

/// The cases of others, and those of them that no request can carry.
pub(crate) fn theirs(paths: &[PathBuf]) -> Result<Vec<VectorFile>, ForeignError> {
    let mut files = Vec::new();
    for path in paths {
        let given = given::load(std::slice::from_ref(path))?;
        files.extend(given.files);
        files.extend(given.unsendable);
    }
    Ok(files)
}

/// Names each objection, and ends with 1 if there is one.
pub(crate) fn judged(mistakes: usize, objections: &[String]) -> ExitCode {
    for objection in objections {
        eprintln!("{objection}");
    }
    eprintln!("{mistakes} mistakes, {} objections", objections.len());
    ExitCode::from(if objections.is_empty() { 0 } else { FOUND })
}
