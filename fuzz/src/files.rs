//! The files that others hand us: vectors, errata, requirement sets, foreign vectors, `port.toml`.

use std::path::{Path, PathBuf};

use conformance::port::{Manifest, ManifestError};
use vectors::LoadError;
use vectors::load;
use vectors::source::SourceFile;
use vectors::{Errata, Fields, Requirements, foreign, lint, write};

/// A vector file, errata or a requirement set that is read is written and read again as the same; a fault has a place in
/// the text.
pub fn vector_file(bytes: &[u8]) {
    let source = |bytes: &[u8]| SourceFile { path: "family/topic".to_owned(), bytes: bytes.to_vec().into() };
    let findings = lint::one(&source(bytes));
    match load::file(&source(bytes)) {
        Ok(file) => {
            let text = write::canonical(&file);
            if load::file(&source(text.as_bytes())).ok().as_ref() != Some(&file) {
                mismatch!(a_vector_file_is_read_otherwise, "{text}");
            }
        }
        Err(LoadError::Invalid { line, column, problem, .. }) if !is_place(bytes, line, column) => {
            mismatch!(a_vector_file_has_no_such_place, "{line}:{column}: {problem}")
        }
        Err(_) if findings.is_empty() => mismatch!(lint_is_silent_on_a_broken_file, "no finding"),
        Err(_) => {}
    }
    if let Ok(errata) = Errata::read(bytes)
        && Errata::read(errata.text().as_bytes()).ok().as_ref() != Some(&errata)
    {
        mismatch!(errata_are_read_otherwise, "{}", errata.text());
    }
    if let Ok(set) = Requirements::read("set", bytes)
        && Requirements::read("set", set.text().as_bytes()).ok().map(|set| set.text()) != Some(set.text())
    {
        mismatch!(requirements_are_read_otherwise, "{}", set.text());
    }
}

/// Every test of a foreign file is a case or counted as left out, and every case can be sent.
pub fn foreign_file(bytes: &[u8]) {
    let Ok(imported) = foreign::read("input.json", bytes) else { return };
    let cases = imported.files.iter().flat_map(|file| file.cases.iter().map(|case| (file.operation, case)));
    // A test that seals and opens is two cases.
    let (count, left_out, tests) = (cases.clone().count(), imported.left_out.count(), imported.left_out.tests);
    if count + left_out < tests || count > 2 * tests {
        mismatch!(a_foreign_test_is_lost, "{count} cases and {left_out} left out of {tests}");
    }
    for (operation, case) in cases {
        if Fields::read(operation.input, &case.input.to_json()).ok().as_ref() != Some(&case.input) {
            mismatch!(a_foreign_case_cannot_be_sent, "{} {:?}", operation.name, case.input);
        }
    }
}

/// A manifest that is read starts something and keeps to its ranges; a fault has a place in the text; another reader of
/// TOML reads what ours does.
pub fn manifest(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Manifest::parse(text, Path::new("port.toml"), PathBuf::from(".")) {
        Ok(manifest) => {
            let starts = manifest.command.first().is_some_and(|program| !program.is_empty());
            let limits = &manifest.limits;
            let bounded = limits.memory_mib > 0 && (0.1..=3600.0).contains(&limits.start.as_secs_f64());
            if !starts || !bounded || manifest.name.trim().is_empty() {
                mismatch!(a_manifest_that_nobody_can_start, "{manifest:?}");
            }
            let table: Option<toml::Table> = toml::from_str(text).ok();
            let name = table.as_ref().and_then(|table| table.get("name")?.as_str());
            if name != Some(manifest.name.as_str()) {
                mismatch!(a_manifest_is_read_otherwise, "{name:?} and {:?}", manifest.name);
            }
        }
        Err(ManifestError::Invalid { line, column, problem, .. }) if !is_place(bytes, line, column) => {
            mismatch!(a_manifest_has_no_such_place, "{line}:{column}: {problem}")
        }
        Err(_) => {}
    }
}

/// Whether a text has this line and this column, or the place after its last character.
fn is_place(bytes: &[u8], line: usize, column: usize) -> bool {
    let found = line.checked_sub(1).and_then(|before| bytes.split(|byte| *byte == b'\n').nth(before));
    found.is_some_and(|text| (1..=text.len() + 1).contains(&column))
}
