//! The corpus and all past findings, through the targets' bodies, without an engine.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use sealproof_fuzz::TARGETS;

/// The inputs of one target, each with where it stands: the lines of its corpus and the files of past findings.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = fs::read_to_string(root.join("corpus").join(format!("{target}.b64"))).unwrap_or_default();
    let lines = corpus.lines().enumerate();
    let lines = lines.map(|(at, line)| (format!("{target}.b64:{}", at + 1), BASE64.decode(line.as_bytes()).unwrap()));
    let findings = fs::read_dir(root.join("regress").join(target)).into_iter().flatten();
    let findings = findings.map(|entry| entry.unwrap().path());
    lines.chain(findings.map(|path| (path.display().to_string(), fs::read(path).unwrap()))).collect()
}

/// What was once found must never be found again, and what a campaign has learnt to reach is reached by every change.
#[test]
fn every_input_of_the_corpus_keeps_every_law() {
    let mut broken = Vec::new();
    for (target, body) in TARGETS {
        for (place, bytes) in inputs(target) {
            if catch_unwind(|| body(&bytes)).is_err() {
                broken.push(place);
            }
        }
    }
    assert!(broken.is_empty(), "laws are broken by\n{}", broken.join("\n"));
}

/// A target without inputs is replayed by nothing.
#[test]
fn every_target_has_a_corpus() {
    for (target, _) in TARGETS {
        assert!(!inputs(target).is_empty(), "{target} has no corpus; scripts/fuzz minimise writes one");
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
