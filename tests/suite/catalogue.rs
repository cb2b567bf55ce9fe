//! The catalogue of known mistakes and the models that they are made of.

use std::collections::BTreeSet;

use conformance::port::POLICIES;
use diagnosis::kill::failed;
use diagnosis::{Derivations, Mutant, Parts, mistakes};
use vectors::{VectorFile, load, operation};

/// The files that bind the reference.
fn files() -> Vec<VectorFile> {
    let mut files = load::embedded().unwrap();
    files.retain(|file| file.policy == "core" || POLICIES.contains(&file.policy.as_str()));
    files
}

/// Every case that a port of these parts fails.
fn failures(parts: &Parts) -> Vec<String> {
    let derivations = Derivations::default();
    let port = Mutant::new(*parts, &derivations);
    let failures = |file: &VectorFile| {
        let path = file.path.clone();
        failed(&port, file).into_iter().map(move |id| format!("{path}/{id}"))
    };
    files().iter().flat_map(failures).collect()
}

/// A mistake is a right model with one step replaced: if the model were wrong by itself, every mistake made of it would seem
/// to be noticed.
#[test]
fn every_model_is_right_until_a_mistake_is_made_in_it() {
    assert_eq!(failures(&Parts::MODELS), [""; 0]);
}

/// The parts that no mistake has replaced must be the reference's own.
#[test]
fn a_port_without_a_mistake_fails_nothing() {
    assert_eq!(failures(&Parts::default()), [""; 0]);
}

/// Names are what a report shows and a person looks up; a mistake without an operation would never be tried.
#[test]
fn the_catalogue_is_well_formed() {
    let mut names = BTreeSet::new();
    for mistake in mistakes::all() {
        let name = mistake.name;
        assert!(names.insert(name), "{name} stands twice");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
        assert!(mistake.sentence.len() > 20 && !mistake.sentence.contains('|'), "{name}: {}", mistake.sentence);
        assert!(!mistake.operations.is_empty(), "{name}");
        for operation in mistake.operations {
            assert!(operation::find(operation).is_some(), "{name}: {operation}");
        }
        for link in mistake.links {
            assert!(
                link.starts_with("https://") || link.starts_with("CVE-") || link.starts_with("RUSTSEC-"),
                "{name}: {link}"
            );
        }
    }
    assert!(names.len() >= 150, "{} mistakes", names.len());
}
