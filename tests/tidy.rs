//! The shape of the source tree, held by a text search: who may name whom, and where the outside world is touched.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, and for each the layers that it may name. `cli` may name all.
const LAYERS: &[(&str, &[&str])] = &[
    ("primitives", &[]),
    ("vector", &["primitives"]),
    ("oracle", &["primitives", "vector"]),
    ("envelope", &["primitives"]),
    ("export", &["vector"]),
    ("registry", &["primitives", "oracle", "envelope", "vector"]),
    ("generate", &["primitives", "oracle", "envelope", "vector", "registry"]),
    ("port", &["primitives", "oracle", "vector", "registry"]),
    ("calibration", &["primitives", "vector", "registry", "port"]),
    ("plan", &["vector", "registry", "port"]),
    ("runner", &["vector", "registry", "port", "plan"]),
    ("verdict", &["primitives", "vector", "registry", "port"]),
    ("diagnosis", &["primitives", "envelope", "vector", "registry", "port", "verdict"]),
    ("fuzzing", &["primitives", "oracle", "envelope", "vector", "registry", "port", "plan", "runner", "verdict"]),
    ("report", &["vector", "port", "calibration", "plan", "verdict", "diagnosis"]),
    ("suite", &["vector", "registry", "port", "plan", "runner", "verdict", "diagnosis", "report"]),
    (
        "cli",
        &[
            "primitives",
            "vector",
            "oracle",
            "envelope",
            "export",
            "registry",
            "generate",
            "port",
            "calibration",
            "plan",
            "runner",
            "verdict",
            "diagnosis",
            "report",
            "suite",
            "fuzzing",
        ],
    ),
];

/// Every Rust file below `src`, as (path below `src`, text).
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&root).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "only {} source files found", found.len());
    found
}

/// The layer that a file belongs to. A format's recipes stand in its folder and are part of `generate`.
fn layer(path: &Path) -> String {
    if path.ends_with("recipe.rs") || path.components().any(|part| part.as_os_str() == "recipe") {
        return "generate".to_owned();
    }
    path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The layers that a text names as `crate::<layer>`.
fn named(text: &str) -> Vec<(usize, String)> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let code = |line: &&str| !line.trim_start().starts_with("//");
    let mut names = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| code(line)) {
        for (start, _) in line.match_indices("crate::") {
            let rest = &line[start + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(group.split(", ").map(|part| (at + 1, word(part)))),
                None => names.push((at + 1, word(rest))),
            }
        }
    }
    names
}

/// A layer that names one above it can no longer be understood, tested or replaced alone.
#[test]
fn each_layer_names_only_the_layers_below_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let layer = layer(&path);
        // What tests take in is theirs.
        if ["lib", "main"].contains(&layer.as_str()) || path.ends_with("tests.rs") {
            continue;
        }
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{}: the layer {layer} is not in tests/tidy.rs", path.display()));
        let known = |name: &str| LAYERS.iter().any(|(layer, _)| *layer == name);
        for (line, name) in named(&text) {
            if known(&name) && name != layer && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}:{line}: {layer} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The expected answer must not be within reach of the code that talks to a port.
#[test]
fn the_runner_never_sees_what_is_expected() {
    for (path, text) in sources() {
        if ["runner", "port"].contains(&layer(&path).as_str()) {
            let product = text.split("#[cfg(test)]").next().unwrap();
            assert!(!product.contains("Expect"), "{} knows an expectation", path.display());
        }
    }
}

/// Everything outside these places is pure, and so can be tested without a machine around it.
#[test]
fn the_outside_world_is_touched_in_few_places() {
    let touches = ["std::fs", "std::process", "std::net", "std::env", "rustix::", "std::io::stdin", "Instant::now"];
    let allowed = ["cli", "main", "port", "generate", "runner"];
    for (path, text) in sources() {
        let layer = layer(&path);
        let product = text.split("#[cfg(test)]").next().unwrap();
        if allowed.contains(&layer.as_str())
            || path.starts_with("vector/source.rs")
            || path.starts_with("vector/load.rs")
            || ["local.rs", "machine.rs", "external.rs"].iter().any(|file| path == Path::new("calibration").join(file))
            || path.ends_with("tests.rs")
        {
            continue;
        }
        for touch in touches {
            assert!(!product.contains(touch), "{} uses {touch}", path.display());
        }
    }
}

/// `unsafe` anywhere else would need a review that nobody expects to do there.
#[test]
fn unsafe_stands_in_the_ffi_module_alone() {
    for (path, text) in sources() {
        let has = text.lines().any(|line| {
            let line = line.trim_start();
            !line.starts_with("//")
                && (line.contains("unsafe {") || line.contains("unsafe fn") || line.contains("unsafe impl"))
        });
        assert_eq!(has, path == Path::new("oracle/sodium.rs"), "{}", path.display());
    }
}

/// The first screen shows what a newcomer will see, down to the number of cases and the hash of the vectors.
#[test]
fn the_readme_shows_the_vectors_that_there_are() {
    let read = |path: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let index: serde_json::Value = serde_json::from_str(&read("vectors/index.json")).unwrap();
    let (cases, hash) = (&index["cases_total"], &vectors::index::vectors_sha256()[..12]);
    let binds = |file: &&serde_json::Value| {
        let policy = file["policy"].as_str().unwrap();
        policy == "core" || conformance::port::POLICIES.contains(&policy)
    };
    let files = index["files"].as_array().unwrap();
    let asked: u64 = files.iter().filter(binds).map(|file| file["cases"].as_u64().unwrap()).sum();
    let left_out = cases.as_u64().unwrap() - asked;
    for shown in [
        format!(", vectors {hash}, {cases} cases, seed "),
        format!("\n    {asked} passed, 0 failed, {left_out} skipped\n"),
    ] {
        assert!(read("README.md").contains(&shown), "README.md does not show {shown:?}");
    }
}
