//! What a claim rests on: requirement sets that do not change their meaning, and cases that every sound runner fails.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use conformance::plan::Selection;
use conformance::port::{Date, LocalPort, Mismatch, Reference};
use conformance::runner::Budget;
use report::suite::{self, AtFailure, Extent, Listener, NoisePolicy, Order, Time};
use report::{CaseRecord, Header};
use vectors::{Errata, Reasons, Requirements, index, load};

/// Exit code, standard output and standard error.
fn sealproof(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sealproof")).args(args).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), out, err)
}

fn vectors() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors"))
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

/// Writes a requirement set of the folder's cases.
fn freeze(name: &str, folder: &Path) {
    let files = load::directory(folder).unwrap();
    let set = Requirements::freeze(name, env!("CARGO_PKG_VERSION"), &["core".to_owned()], &files);
    fs::create_dir_all(folder.join("requirements")).unwrap();
    fs::write(folder.join("requirements").join(format!("{name}.json")), set.text()).unwrap();
}

/// A new release of the suite must not break the CI of a port that claims an older set, and must still show what fails.
#[test]
fn only_the_cases_of_the_set_decide() {
    let folder = small();
    let root = folder.path().to_str().unwrap();
    let run = |more: &[&str]| sealproof(&[&["run", "--vectors", root], more].concat());
    freeze("core-1", folder.path());
    add_a_wrong_case(folder.path());
    freeze("core-2", folder.path());

    assert_eq!(run(&[]).0, 1);
    let (code, text, _) = run(&["--require", "core-1"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("FAIL sha512/fips-180-examples/4"), "{text}");
    assert!(
        text.contains("note: core-1: 3 passed, 0 failed, 0 skipped; not counted: 1 failure outside this set"),
        "{text}"
    );
    assert!(text.ends_with("\n3 passed, 1 failed, 0 skipped\n"), "{text}");
    assert_eq!(run(&["--require", "core-2"]).0, 1, "the wrong case is one of the set");
    // What stops at the first failure must not stop at one that does not decide.
    let (code, text, _) = run(&["--require", "core-1", "--fail-fast", "--seed", "1"]);
    assert!(code == 0 && text.ends_with("\n3 passed, 1 failed, 0 skipped\n"), "{text}");

    let (code, _, words) = run(&["--require", "core-3"]);
    assert!(code == 2 && words.contains("known sets: core-1, core-2"), "{words}");
    for narrower in ["--select", "--policy"] {
        assert_eq!(run(&["--require", "core-1", narrower, "core"]).0, 2, "a part of a set is not the set");
    }
    edit(folder.path(), "\"message\":\"616263\"", "\"message\":\"616264\"");
    let (code, _, words) = run(&["--require", "core-1"]);
    assert!(code == 5 && words.contains("sha512/fips-180-examples/2 has changed"), "{words}");
}

struct Silent;

impl Listener for Silent {
    fn begins(&mut self, _: &Header) {}
    fn fault(&mut self, _: &str) {}

    fn judged(&mut self, _: &CaseRecord) {}
}

/// A chain of loader, plan, runner and verdict that lets one of these pass would let anything pass.
#[test]
fn every_canary_fails_exactly_as_planned() {
    let files = load::directory(&vectors().join("canary")).unwrap();
    let reference = Reference::default();
    let order = Order {
        files: &files,
        extent: Extent::Given,
        notes: &[],
        vectors_sha256: String::new(),
        errata: Errata::embedded(),
        selection: Selection::default(),
        policies: &["canary".to_owned()],
        reasons: Reasons::Own,
        known_issues: &[],
        today: Date::read("2026-01-01").unwrap(),
        budget: Budget::default(),
        at_failure: AtFailure::Continue,
        noise: NoisePolicy::Fault,
        min_cases: 0,
        required: None,
        time: Time::NO_DIAGNOSIS,
        port_arguments: String::new(),
    };
    let report = suite::run(&LocalPort::new(&reference), &order, &AtomicBool::new(false), &mut Silent).unwrap();
    let planned: Vec<_> = files
        .iter()
        .flat_map(|file| file.cases.iter().map(|case| (file.case_id(case), &case.trace["mismatch_text"])))
        .map(|(case, word)| (case, Some(Mismatch::of_word(word).unwrap())))
        .collect();
    let found: Vec<_> = report.cases.iter().map(|record| (record.case.clone(), record.outcome.mismatch())).collect();
    assert_eq!(found, planned);

    let text = fs::read_to_string(vectors().join("canary/index.json")).unwrap();
    let index: index::Index = serde_json::from_str(&text).unwrap();
    assert_eq!((index.cases_total, report.counts.failed), (planned.len(), planned.len()));
    // Each answer that a port can be wrong in has its canary.
    let mut kinds: Vec<_> = planned.iter().filter_map(|(_, mismatch)| *mismatch).collect();
    kinds.sort();
    kinds.dedup();
    let answers = [Mismatch::WrongOutput, Mismatch::Accepted, Mismatch::Refused, Mismatch::WrongReason];
    assert_eq!(kinds, [&answers[..], &[Mismatch::DoesNotOpen]].concat());
}

/// A wrong expectation among the right ones would blame every port.
#[test]
fn no_canary_is_among_the_vectors() {
    assert!(load::embedded().unwrap().iter().all(|file| file.policy != "canary"));
    let listed = fs::read_to_string(vectors().join("index.json")).unwrap();
    assert!(!listed.contains("canary"));
}

/// Who writes an adapter learns from one command whether its answers are its own.
#[test]
fn doctor_asks_a_port_the_canaries() {
    let folder = tempfile::tempdir().unwrap();
    let command = [env!("CARGO_BIN_EXE_sealproof"), "serve"];
    fs::write(folder.path().join("port.toml"), format!("name = \"port\"\ncommand = {command:?}\n")).unwrap();
    let (code, text, _) = sealproof(&["doctor", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("\nok      passes none of the "), "{text}");
}
