//! The corpus and all past findings, through the targets' bodies, without an engine.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use sealproof_fuzz::TARGETS;

/// The inputs of one target, sorted by path.
fn inputs(target: &str) -> Vec<PathBuf> {
    let folders = ["corpus", "regress"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(target));
    let mut paths: Vec<_> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|entries| entries.map(|entry| entry.unwrap().path()))
        .collect();
    paths.sort();
    paths
}

/// What was once found must never be found again, and what a campaign has learnt to reach is reached by every change.
#[test]
fn every_input_of_the_corpus_keeps_every_law() {
    let mut broken = Vec::new();
    for (target, body) in TARGETS {
        for path in inputs(target) {
            let bytes = fs::read(&path).unwrap();
            if catch_unwind(|| body(&bytes)).is_err() {
                broken.push(path.display().to_string());
            }
        }
    }
    assert!(broken.is_empty(), "laws are broken by\n{}", broken.join("\n"));
}

/// A target without inputs is replayed by nothing.
#[test]
fn every_target_has_a_corpus() {
    for (target, _) in TARGETS {
        assert!(!inputs(target).is_empty(), "{target} has no corpus; scripts/fuzz-seeds writes one");
    }
}

/// A binary that no table names is neither replayed nor smoked, and one that the table names must exist.
#[test]
fn the_table_names_every_binary() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz_targets");
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| stem(entry.unwrap().path())).collect();
    // What is measured, and what has a law only once a port is linked.
    files.retain(|name| !name.starts_with("baseline_") && name != "port");
    files.sort();
    let mut named: Vec<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    named.sort();
    assert_eq!(files, named);
}
