//! The shape of the source tree where the compiler does not hold it: layers inside a crate, circles between modules, and the few places
//! where the outside world is touched. Which crate may name which is in the manifests.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of the crate `conformance`, and for each the layers that it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("shown", &[]),
    ("registry", &[]),
    ("port", &["registry"]),
    ("plan", &["shown", "registry", "port"]),
    ("runner", &["registry", "port", "plan"]),
    ("verdict", &["registry", "port"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of the command, the crates and the maintainers' program, as (path below the root, text).
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("src"), root().join("crates"), root().join("xtask/src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("build.rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found.retain(|(path, _)| path.iter().all(|part| part != "tests"));
    found.sort();
    assert!(found.len() > 300, "only {} source files found", found.len());
    found
}

/// What is built into the product: without the tests at the end of a file.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap()
}

fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.ends_with("simulated.rs") || path.ends_with("fixture.rs")
}

/// The words behind `crate::` in the code of a text, with their lines.
fn named(text: &str) -> Vec<(usize, String)> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
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
fn each_layer_of_conformance_names_only_those_below_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Ok(below) = path.strip_prefix("crates/conformance/src") else { continue };
        let layer = below.iter().next().unwrap().to_str().unwrap();
        if layer == "lib.rs" {
            continue;
        }
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{}: the layer {layer} is not in tests/tidy.rs", path.display()));
        for (line, name) in named(product(&text)) {
            let is_layer = LAYERS.iter().any(|(known, _)| *known == name);
            if is_layer && name != layer && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}:{line}: {layer} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The source folder of a file's crate.
fn crate_root(path: &Path) -> PathBuf {
    let parts: Vec<_> = path.iter().collect();
    parts[..=parts.iter().position(|part| *part == "src").unwrap()].iter().collect()
}

/// A file's module, as its path in its crate: `search/pool` of `search/pool.rs`, `search` of `search/mod.rs`, nothing for the root.
fn module(path: &Path) -> String {
    let below = path.strip_prefix(crate_root(path)).unwrap().with_extension("");
    let named = match below.file_name().unwrap().to_str().unwrap() {
        "mod" => below.parent().unwrap().to_owned(),
        "lib" | "main" => PathBuf::new(),
        _ => below,
    };
    named.to_str().unwrap().to_owned()
}

/// The paths that a module takes names from by `use super::…` and `use crate::…`, each as deep as it is written.
fn used(module: &str, text: &str) -> Vec<String> {
    let mut used = Vec::new();
    let code: String =
        product(text).lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    for statement in code.split(';').filter_map(|statement| statement.split("use ").last()) {
        let parent = module.rsplit_once('/').map_or("", |(parent, _)| parent);
        let (base, rest) = match (statement.strip_prefix("super::"), statement.strip_prefix("crate::")) {
            (Some(rest), _) if !rest.starts_with("super::") => (parent, rest),
            (_, Some(rest)) => ("", rest),
            (_, _) => continue,
        };
        let firsts = match rest.strip_prefix('{') {
            Some(group) => group.trim_end_matches('}').split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        for path in firsts {
            let steps: Vec<_> = path
                .split("::")
                .map(|step| step.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
                .collect();
            used.push([base].into_iter().chain(steps).filter(|step| !step.is_empty()).collect::<Vec<_>>().join("/"));
        }
    }
    used
}

/// The longest beginning of a path that is a module of the crate.
fn deepest(path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let mut path = path;
    loop {
        if modules.contains(path) {
            return Some(path.to_owned());
        }
        path = path.rsplit_once('/')?.0;
    }
}

/// Two modules that need each other are one module in two files. What a folder's own `mod.rs` gathers of its children is no circle.
#[test]
fn no_two_modules_need_each_other() {
    let mut crates: BTreeMap<PathBuf, Vec<(String, String)>> = BTreeMap::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| !is_test(path)) {
        crates.entry(crate_root(&path)).or_default().push((module(&path), text));
    }
    let mut circles = Vec::new();
    for (root, files) in &crates {
        let modules: BTreeSet<_> =
            files.iter().map(|(module, _)| module.clone()).filter(|module| !module.is_empty()).collect();
        let needs: BTreeMap<&str, BTreeSet<String>> = files
            .iter()
            .map(|(module, text)| {
                let found =
                    used(module, text).iter().filter_map(|path| deepest(path, &modules)).collect::<BTreeSet<_>>();
                (module.as_str(), found)
            })
            .collect();
        for (one, needed) in &needs {
            let back = |other: &&String| {
                let related = one.starts_with(&format!("{other}/"))
                    || other.starts_with(&format!("{one}/"))
                    || *one == other.as_str();
                !related && needs.get(other.as_str()).is_some_and(|theirs| theirs.contains(*one))
            };
            circles.extend(needed.iter().filter(back).map(|other| format!("{}: {one} and {other}", root.display())));
        }
    }
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

/// The expected answer must not be within reach of the code that talks to a port.
#[test]
fn the_runner_never_sees_what_is_expected() {
    for (path, text) in sources() {
        if ["runner", "port"].iter().any(|layer| path.starts_with(Path::new("crates/conformance/src").join(layer))) {
            assert!(!product(&text).contains("Expect"), "{} knows an expectation", path.display());
        }
    }
}

/// Everything outside these places is pure, and so can be tested without a machine around it.
#[test]
fn the_outside_world_is_touched_in_few_places() {
    let touches = ["std::fs", "std::process", "std::net", "std::env", "rustix::", "std::io::stdin", "Instant::now"];
    let allowed = [
        "src",
        "xtask/src/commands",
        "xtask/src/main.rs",
        "xtask/src/generate",
        "crates/conformance/src/port",
        "crates/conformance/src/runner",
        "crates/vectors/src/source.rs",
        "crates/vectors/src/load.rs",
        "crates/vectors/src/error.rs",
        "crates/calibration/src/local.rs",
        "crates/calibration/src/machine.rs",
        "crates/calibration/src/external.rs",
    ];
    for (path, text) in sources() {
        if is_test(&path) || allowed.iter().any(|place| path.starts_with(place)) {
            continue;
        }
        for touch in touches {
            assert!(!product(&text).contains(touch), "{} uses {touch}", path.display());
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
        assert_eq!(has, path == Path::new("crates/oracle/src/sodium.rs"), "{}", path.display());
    }
}

/// Only a terminal's program prints or ends the process; a crate that did could not be used by another.
#[test]
fn crates_neither_print_nor_exit() {
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("crates") && !is_test(path)) {
        for word in ["println!", "print!(", "process::exit"] {
            assert!(!product(&text).contains(word), "{} has {word}", path.display());
        }
    }
}

/// Every crate says why it is one, where who adds a crate looks, and has a page that a stranger can start from.
#[test]
fn each_crate_gives_its_reason_and_an_entry_page() {
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert!(manifest.starts_with("# Why a crate: "), "{}", folder.display());
        let page = fs::read_to_string(folder.join("src/lib.rs")).unwrap();
        assert!(page.lines().take_while(|line| line.starts_with("//!")).count() >= 7, "{}", folder.display());
    }
}

/// The first screen shows what a newcomer will see, down to the number of cases and the hash of the vectors.
#[test]
fn the_readme_shows_the_vectors_that_there_are() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
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
