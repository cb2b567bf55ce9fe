//! `cargo xtask` as scripts meet it: what is on standard output, what is written, and the exit code.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use vectors::{lint, source};
use xtask::generate;

/// Exit code, standard output and standard error.
fn xtask(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(args).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), out, err)
}

fn vectors() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors"))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn generated() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(xtask(&["generate", text(folder.path())]).0, 0);
    folder
}

/// The file whose cases the sets below are made of.
const FILE: &str = "sha512/fips-180-examples.json";

/// A folder of three cases.
fn small() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sha512")).unwrap();
    fs::copy(vectors().join(FILE), folder.path().join(FILE)).unwrap();
    folder
}

/// Puts a text in another's place in the folder's one file.
fn edit(folder: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(folder.join(FILE), text.replacen(from, to, 1)).unwrap();
}

/// A fourth case, whose expectation is wrong.
fn add_a_wrong_case(folder: &Path) {
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    let first = text.lines().find(|line| line.starts_with("    {\"id\":1,")).unwrap().trim_end_matches(',');
    let wrong = [("\"id\":1,", "\"id\":4,"), ("\"empty\"", "\"new\""), ("\"message\":\"\"", "\"message\":\"00\"")];
    let wrong = wrong.iter().fold(first.to_owned(), |line, (from, to)| line.replacen(from, to, 1));
    fs::write(folder.join(FILE), text.replace("}\n  ]\n}\n", &format!("}},\n{wrong}\n  ]\n}}\n"))).unwrap();
}

/// A check that writes would make the next check green.
#[test]
fn the_checks_name_what_is_stale_and_write_nothing() {
    let folder = generated();
    let (root, index) = (text(folder.path()), folder.path().join("index.json"));
    for command in ["index", "generate"] {
        let (code, printed, _) = xtask(&[command, "--check", root]);
        assert_eq!((code, printed), (0, String::new()), "{command}");
        fs::write(&index, "{}").unwrap();
        assert_eq!(xtask(&[command, "--check", root]).0, 1, "{command}");
        assert_eq!(fs::read_to_string(&index).unwrap(), "{}", "{command}");
        assert_eq!(xtask(&[command, root]).0, 0, "{command}");
        assert_eq!(xtask(&[command, "--check", root]).0, 0, "{command}");
    }
}

/// What the rules of the format find in a folder.
fn findings(folder: &Path) -> String {
    let (sources, companions) = (source::directory(folder).unwrap(), source::companions(folder).unwrap());
    lint::folder(&sources, &companions).iter().map(ToString::to_string).collect()
}

/// A set that is written again would let a claim of last year mean something else today.
#[test]
fn a_set_is_frozen_once() {
    let folder = small();
    let root = folder.path().to_str().unwrap();
    let set = folder.path().join("requirements/core-1.json");
    for (args, code) in [
        (&["require", "Core 1", root][..], 2),
        (&["require", "core-1", root, "--policy", "strict"], 2),
        (&["require", "core-1", root], 0),
        (&["require", "core-1", root], 1),
    ] {
        assert_eq!(xtask(args).0, code, "{args:?}");
        assert_eq!(set.exists(), code != 2, "{args:?}");
    }
    let frozen = fs::read_to_string(&set).unwrap();
    add_a_wrong_case(folder.path());
    assert_eq!(xtask(&["require", "core-1", root]).0, 1);
    assert_eq!(fs::read_to_string(&set).unwrap(), frozen);
    assert_eq!(findings(folder.path()), "");

    edit(folder.path(), "\"id\":3", "\"id\":5");
    let found = findings(folder.path());
    assert!(found.contains("requirements/core-1: required: sha512/fips-180-examples/3 is required"), "{found}");
}

/// Files of two versions in one folder would be a package of neither.
#[test]
fn a_package_is_never_written_into_a_folder_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_str().unwrap();
    let (code, written, _) = xtask(&["export", root, "--only", "go", "--only", "npm"]);
    assert_eq!((code, written), (0, format!("{root}/npm\n{root}/go\n")));
    assert!(!folder.path().join("maven").exists());
    assert_eq!(fs::read(folder.path().join("go/vectors").join(FILE)).unwrap(), fs::read(vectors().join(FILE)).unwrap());
    fs::write(folder.path().join("npm/index.cjs"), "mine").unwrap();
    assert_eq!(xtask(&["export", root, "--only", "npm"]).0, 1);
    assert_eq!(fs::read_to_string(folder.path().join("npm/index.cjs")).unwrap(), "mine");
}

/// A count that fell must turn a check red, and a check that writes would make the next one green.
#[test]
fn counts_that_moved_are_named_and_not_written_by_a_check() {
    let folder = small();
    let counts = folder.path().join("kills.txt");
    let run = |flag: &str| xtask(&["kill-table", flag, "--counts", text(&counts), text(folder.path())]).2;
    assert!(run("--check").contains("kills.txt: "));
    run("--write");
    assert!(!run("--check").contains("sha512-is-sha256:"));
    let kept = fs::read_to_string(&counts).unwrap();
    assert!(kept.contains("\nsha512-is-sha256 3\n"), "{kept}");
    fs::write(&counts, kept.replace("sha512-is-sha256 3", "sha512-is-sha256 4")).unwrap();
    let said = run("--check");
    assert!(said.contains("sha512-is-sha256: 3 cases notice it, 4 did\n"), "{said}");
    assert!(fs::read_to_string(&counts).unwrap().contains("sha512-is-sha256 4\n"));
}

/// A file that was edited by hand would be lost, or come back, with the next run of the recipes.
#[test]
fn what_is_committed_is_what_the_recipes_write() {
    let stale: Vec<_> = generate::stale(vectors()).unwrap().into_iter().map(|file| file.path).collect();
    assert_eq!(stale, [""; 0]);
}
