//! `sealproof vectors` as scripts meet it: what is on standard output, and the exit code.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Exit code and standard output.
fn sealproof(args: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sealproof")).args(args).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// A folder with the vectors of one family, and no index.
fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let family = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/sha512");
    fs::create_dir(folder.path().join("sha512")).unwrap();
    for file in fs::read_dir(family).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), folder.path().join("sha512").join(file.file_name())).unwrap();
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// CI goes by the exit code alone: a finding that exits with 0 is never read.
#[test]
fn lint_exits_with_1_for_findings_and_5_for_what_it_cannot_read() {
    assert_eq!(sealproof(&["vectors", "lint"]), (0, String::new()));
    let folder = small();
    let root = text(folder.path());
    assert_eq!(sealproof(&["vectors", "lint", root]), (0, String::new()));

    fs::write(folder.path().join("sha512/broken.json"), "{}").unwrap();
    let (code, findings) = sealproof(&["vectors", "lint", root]);
    assert_eq!(code, 1);
    assert!(findings.starts_with("sha512/broken: loads: sha512/broken.json:1:2: missing field"), "{findings}");

    fs::rename(folder.path().join("sha512/broken.json"), folder.path().join("broken.json")).unwrap();
    assert_eq!(sealproof(&["vectors", "lint", root]).0, 5);
    assert_eq!(sealproof(&["vectors", "lint", text(&folder.path().join("missing"))]).0, 5);
    assert_eq!(sealproof(&["vectors", "lint", text(tempfile::tempdir().unwrap().path())]).0, 1, "nothing was linted");
}

/// Every name that `list` gives must be one that `show` takes.
#[test]
fn what_is_listed_can_be_shown() {
    let (code, list) = sealproof(&["vectors", "list"]);
    assert_eq!(code, 0);
    let first: Vec<_> = list.lines().next().unwrap().split('\t').collect();
    let [case, name, ..] = first.as_slice() else { panic!("{first:?}") };
    let (code, shown) = sealproof(&["vectors", "show", case]);
    assert_eq!(code, 0);
    assert!(shown.contains(&format!("\"name\": \"{name}\"")), "{shown}");

    let file = case.rsplit_once('/').unwrap().0;
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(format!("{file}.json"));
    assert_eq!(sealproof(&["vectors", "show", file]), (0, fs::read_to_string(committed).unwrap()));
    assert_eq!(sealproof(&["vectors", "show", "no/such/1"]), (2, String::new()));
}

/// Packagers install what these print.
#[test]
fn completions_and_manual_pages_are_printed() {
    for (args, wanted) in [
        (&["completions", "bash"][..], "_sealproof()"),
        (&["completions", "fish"], "complete -c sealproof"),
        (&["man"], ".TH sealproof 1"),
        (&["man", "vectors", "lint"], ".TH sealproof-vectors-lint 1"),
    ] {
        let (code, printed) = sealproof(args);
        assert_eq!(code, 0, "{args:?}");
        assert!(printed.contains(wanted), "{args:?}: {printed:.200}");
    }
    assert_eq!(sealproof(&["man", "nope"]).0, 2);
}
