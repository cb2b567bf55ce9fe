//! Ports that misbehave in one way each must meet the verdict that they deserve, and every run must end with a whole
//! report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use conformance::plan::Selection;
use conformance::port::{Date, Manifest, Mismatch, ProcessPort, StartError};
use conformance::runner::Budget;
use report::suite::{self, AtFailure, Extent, Listener, NoisePolicy, Order, RunError, Time};
use report::{CaseRecord, Conclusion, Header, Outcome, Report, jsonl, text};
use vectors::operation::find;
use vectors::{Case, Cost, Errata, Expect, Fields, Reason, Source, VectorFile};

const ABC: &str = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
/// FIPS 180-2, appendix C.2: a message of 112 bytes, which the liars that stumble over long input stumble over.
const LONG: &[u8] =
    b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
const LONG_DIGEST: &str = "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909";
const LONG_CASE: &str = "sha512/long/1";
/// The GCM specification's test case 14: key, IV and plaintext of zeros.
const GCM_14: &str = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919";

fn bytes(hex_text: &str) -> Vec<u8> {
    hex::decode(hex_text).unwrap()
}

fn file(path: &str, operation: &str, cases: Vec<(Fields, Expect)>) -> VectorFile {
    let case = |(at, (input, expect)): (usize, (Fields, Expect))| Case {
        id: u32::try_from(at).unwrap() + 1,
        name: format!("case-{}", at + 1),
        why: "The suite is tested with it".to_owned(),
        flags: Vec::new(),
        derived_from: None,
        input,
        expect,
        trace: BTreeMap::new(),
        confirmed_by: Vec::new(),
    };
    VectorFile {
        path: path.to_owned(),
        operation: find(operation).unwrap(),
        title: String::new(),
        policy: "core".to_owned(),
        cost: Cost::Fast,
        spec: Vec::new(),
        source: Source { recipe: String::new(), seed: String::new(), oracles: BTreeMap::new() },
        flags: BTreeMap::new(),
        cases: cases.into_iter().enumerate().map(case).collect(),
    }
}

fn digest(message: &[u8], digest: &str) -> (Fields, Expect) {
    let output = Fields::new().with_bytes("digest", bytes(digest));
    (Fields::new().with_bytes("message", message), Expect::Output(output))
}

/// Many short cases, one long one, one that must open and one that must not.
fn vectors(short: usize) -> Vec<VectorFile> {
    let gcm = |ciphertext: Vec<u8>| {
        Fields::new()
            .with_bytes("key", [0; 32])
            .with_bytes("iv", [0; 12])
            .with_bytes("aad", [])
            .with_bytes("ciphertext", ciphertext)
            .with_integer("tag_length", 16)
    };
    let opened = Expect::Output(Fields::new().with_bytes("plaintext", [0; 16]));
    let mut forged = bytes(GCM_14);
    forged[0] ^= 0x80;
    let open = vec![(gcm(bytes(GCM_14)), opened), (gcm(forged), Expect::Reject(vec![Reason::Authentication]))];
    vec![
        file("aes-256-gcm/open", "aes-256-gcm.open", open),
        file("sha512/short", "sha512.digest", vec![digest(b"abc", ABC); short]),
        file("sha512/long", "sha512.digest", vec![digest(LONG, LONG_DIGEST)]),
    ]
}

struct Silent;

impl Listener for Silent {
    fn begins(&mut self, _: &Header) {}
    fn judged(&mut self, _: &CaseRecord) {}
}

/// A folder with the manifest of a liar.
fn port(fake: &str, mode: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let arguments = if fake.is_empty() { String::new() } else { format!(", \"--fake\", \"{fake}\"") };
    let program = env!("CARGO_BIN_EXE_sealproof");
    let manifest = format!("name = \"liar\"\nmode = \"{mode}\"\ncommand = [{program:?}, \"serve\"{arguments}]\n");
    std::fs::write(folder.path().join("port.toml"), manifest).unwrap();
    folder
}

fn run_with(folder: &Path, files: &[VectorFile], noise: NoisePolicy) -> Result<Report, RunError> {
    let port = ProcessPort::new(Manifest::load(folder).unwrap());
    let order = Order {
        files,
        extent: Extent::Suite,
        notes: &[],
        vectors_sha256: String::new(),
        errata: Errata::embedded(),
        selection: Selection { seed: 4, ..Selection::default() },
        policies: &[],
        known_issues: &[],
        today: Date::read("2026-01-01").unwrap(),
        // One process, so that what a liar counts it counts the same each time.
        budget: Budget { jobs: 1, floor: Duration::from_millis(700), ..Budget::default() },
        at_failure: AtFailure::Continue,
        noise,
        required: None,
        min_cases: 0,
        time: Time::NO_DIAGNOSIS,
        port_arguments: String::new(),
    };
    let report = suite::run(&port, &order, &AtomicBool::new(false), &mut Silent)?;
    is_whole(&report, files);
    Ok(report)
}

fn run(fake: &str, mode: &str, files: &[VectorFile]) -> Result<Report, RunError> {
    run_with(port(fake, mode).path(), files, NoisePolicy::Note)
}

/// Every selected case has its record, the counts add up, and both forms are written to their end.
fn is_whole(report: &Report, files: &[VectorFile]) {
    let ids: Vec<_> = files.iter().flat_map(|file| file.cases.iter().map(|case| file.case_id(case))).collect();
    assert_eq!(report.cases.iter().map(|record| record.case.clone()).collect::<Vec<_>>(), ids);
    let counts = report.counts;
    assert_eq!(counts.passed + counts.failed + counts.skipped, ids.len());
    let (mut lines, mut words) = (Vec::new(), Vec::new());
    jsonl::write(report, &mut lines).unwrap();
    text::write(report, text::Colour::Off, &mut words).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.lines().count(), ids.len() + 2);
    assert!(lines.lines().last().unwrap().starts_with("{\"record\":\"footer\""));
    let last = format!("{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped);
    assert_eq!(String::from_utf8(words).unwrap().lines().last().unwrap(), last);
}

fn failures(report: &Report) -> Vec<(&str, Mismatch)> {
    report.cases.iter().filter_map(|record| Some((record.case.as_str(), record.outcome.mismatch()?))).collect()
}

/// The reference speaks its own protocol; were this red, all below would mean nothing.
#[test]
fn the_honest_port_conforms_in_both_modes() {
    for mode in ["loop", "one-shot"] {
        let report = run("", mode, &vectors(10)).unwrap();
        assert_eq!((failures(&report), report.conclusion), (vec![], Conclusion::Conforms), "{mode}");
        // The reference claims policies of which these few vectors have none.
        let unforeseen: Vec<_> = report.notes.iter().filter(|note| !note.ends_with("no vectors have it")).collect();
        assert_eq!((unforeseen.as_slice(), report.faults.as_slice()), ([].as_slice(), [].as_slice()), "{mode}");
    }
}

/// A port that stumbles over one input must be blamed for that input and for no other, however many were open.
#[test]
fn exactly_the_case_at_fault_has_the_blame() {
    for (fake, mode, mismatch) in [
        ("crashes-on-case", "loop", Mismatch::Died),
        ("crashes-on-case", "one-shot", Mismatch::Died),
        ("hangs", "loop", Mismatch::TimedOut),
        ("hangs", "one-shot", Mismatch::TimedOut),
        ("garbles", "loop", Mismatch::Garbled),
        ("huge-line", "loop", Mismatch::Garbled),
    ] {
        let started = Instant::now();
        let report = run(fake, mode, &vectors(40)).unwrap();
        assert_eq!(failures(&report), [(LONG_CASE, mismatch)], "{fake} {mode}");
        assert_eq!(report.conclusion.exit_code(), 1, "{fake} {mode}");
        assert!(started.elapsed() < Duration::from_secs(20), "{fake} {mode}");
    }
}

/// A port that says yes, or no, to everything must not get a single verdict.
#[test]
fn ports_that_fail_their_probes_get_no_verdicts() {
    for fake in ["always-accepts", "always-refuses", "echoes", "ignores-tag", "closes-input", "stops-reading"] {
        let report = run(fake, "loop", &vectors(3)).unwrap();
        assert_eq!(report.conclusion, Conclusion::Broken, "{fake}");
        assert_eq!(report.conclusion.exit_code(), 4, "{fake}");
        assert_eq!(report.faults.len(), 1, "{fake}: {:?}", report.faults);
        assert!(failures(&report).iter().all(|(_, mismatch)| *mismatch == Mismatch::NotRun), "{fake}");
        // What is wrong stands first, and what was not asked takes one line.
        let mut words = Vec::new();
        text::write(&report, text::Colour::Off, &mut words).unwrap();
        let words = String::from_utf8(words).unwrap();
        let told: Vec<_> = words.lines().filter_map(|line| line.split(' ').next()).collect();
        let at = |word| told.iter().position(|first| *first == word).unwrap();
        assert!(at("FAULT") < at("NOT") && !told.contains(&"FAIL"), "{words}");
        assert_eq!(told.iter().filter(|first| **first == "NOT").count(), 1, "{words}");
    }
}

/// Noise, slowness and disorder are no faults of what a port computes.
#[test]
fn odd_manners_cost_no_verdict() {
    for (fake, note) in [
        ("floods", Some("besides the answers")),
        ("prints-before-answering", Some("besides the answers")),
        ("answers-late-twice", Some("besides the answers")),
        ("trickles", None),
        ("claims-unknown", Some("tomorrow.seal")),
    ] {
        let report = run(fake, "loop", &vectors(40)).unwrap();
        assert_eq!((failures(&report), report.conclusion), (vec![], Conclusion::Conforms), "{fake}");
        let noted = report.notes.iter().any(|line| note.is_some_and(|note| line.contains(note)));
        assert_eq!(noted, note.is_some(), "{fake}: {:?}", report.notes);
    }
}

/// What a port prints is shown to people, and must not be able to command their terminal.
#[test]
fn noise_is_a_fault_on_request_and_never_reaches_the_terminal_raw() {
    let folder = port("prints-before-answering", "loop");
    let report = run_with(folder.path(), &vectors(3), NoisePolicy::Fault).unwrap();
    assert_eq!(report.conclusion, Conclusion::Red);
    let mut words = Vec::new();
    text::write(&report, text::Colour::Off, &mut words).unwrap();
    assert!(!words.contains(&0x1b));
    assert!(String::from_utf8(words).unwrap().contains("\\u{1b}[31m"));
}

/// A port that dies now and then must be told from one that dies on an input.
#[test]
fn a_crash_that_does_not_come_again_is_nondeterministic() {
    let report = run("crashes-on-nth", "loop", &vectors(40)).unwrap();
    let found = failures(&report);
    assert!(!found.is_empty());
    assert!(found.iter().all(|(_, mismatch)| *mismatch == Mismatch::Nondeterministic), "{found:?}");
    assert_eq!(report.conclusion.exit_code(), 1);
}

/// An answer that changes when it is asked for again must not pass on the strength of its first value.
#[test]
fn an_answer_that_changes_is_found() {
    let mut files = vectors(1);
    files.truncate(2);
    files[0].cases.truncate(1);
    // Both cases are probed once and asked once; whichever is asked again is asked for the third time.
    let report = run("nondeterministic", "loop", &files).unwrap();
    assert_eq!(
        failures(&report).iter().map(|(_, mismatch)| *mismatch).collect::<Vec<_>>(),
        [Mismatch::Nondeterministic]
    );
}

/// Round trips alone would let a port seal everything under one nonce.
#[test]
fn nonces_that_are_not_drawn_are_found_however_the_port_makes_them() {
    let sealed = |plaintext: &[u8]| {
        let input = Fields::new()
            .with_bytes("key", [3; 32])
            .with_bytes("key_salt", [4; 16])
            .with_text("id_text", "note")
            .with_bytes("plaintext", plaintext);
        let opens = Fields::new().with_text("id_text", "note").with_bytes("plaintext", plaintext);
        (input, Expect::Opens(opens))
    };
    let files = [file("notesnook-item/seal", "notesnook-item.seal", vec![sealed(b"one"), sealed(b"two")])];
    assert_eq!(failures(&run("", "loop", &files).unwrap()), []);
    for (fake, words) in [("constant-nonce", "was drawn before"), ("counter-nonce", "a counter")] {
        let report = run(fake, "loop", &files).unwrap();
        assert_eq!(
            failures(&report),
            [("notesnook-item/seal/1", Mismatch::NotFresh), ("notesnook-item/seal/2", Mismatch::NotFresh)]
        );
        for record in &report.cases {
            let observed = record.detail.as_ref().unwrap().observed.to_string();
            assert!(observed.contains(words), "{fake}: {observed}");
        }
    }
}

/// Without a hello there are no claims, and so nothing to judge.
#[test]
fn a_port_that_dies_at_the_handshake_did_not_start() {
    let failed = run("dies-at-handshake", "loop", &vectors(3));
    assert!(matches!(failed, Err(RunError::Start(StartError::Ended { .. }))), "{failed:?}");
}

/// After ten restarts the rest is not asked, and says so.
#[test]
fn restarts_are_limited_and_what_is_left_is_not_run() {
    let long = file("sha512/long", "sha512.digest", vec![digest(LONG, LONG_DIGEST); 40]);
    let short = file("sha512/a", "sha512.digest", vec![digest(b"abc", ABC)]);
    let files = [short, long];
    for (fake, mismatch) in [("crashes-on-case", Mismatch::Died), ("garbles", Mismatch::Garbled)] {
        let report = run(fake, "loop", &files).unwrap();
        let of = |wanted| failures(&report).iter().filter(|(_, mismatch)| *mismatch == wanted).count();
        assert!(of(mismatch) > 3, "{fake}: {:?}", failures(&report));
        assert!(of(Mismatch::NotRun) > 3, "{fake}: {:?}", failures(&report));
        // The short case may come before the end of all restarts, or after.
        assert!((40..=41).contains(&(of(mismatch) + of(Mismatch::NotRun))), "{fake}: {:?}", failures(&report));
        assert_eq!(report.counts.not_run, of(Mismatch::NotRun), "{fake}");
    }
}

/// A known issue excuses its mismatch, and the run says so.
#[test]
fn a_known_issue_excuses_a_crash() {
    let folder = port("crashes-on-case", "loop");
    let issue = "\n[[known_issue]]\ncase = \"sha512/long/*\"\nmismatch = \"died\"\nwhy = \"w\"\nlink = \"l\"\n";
    let path = folder.path().join("port.toml");
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap() + issue).unwrap();
    let manifest = Manifest::load(folder.path()).unwrap();
    let (files, interrupt) = (vectors(3), AtomicBool::new(false));
    let order = Order {
        files: &files,
        extent: Extent::Suite,
        notes: &[],
        vectors_sha256: String::new(),
        errata: Errata::embedded(),
        selection: Selection::default(),
        policies: &[],
        known_issues: &manifest.known_issues,
        today: Date::read("2026-01-01").unwrap(),
        budget: Budget::default(),
        at_failure: AtFailure::Stop,
        noise: NoisePolicy::Note,
        required: None,
        min_cases: 6,
        time: Time::NO_DIAGNOSIS,
        port_arguments: String::new(),
    };
    let report = suite::run(&ProcessPort::new(manifest.clone()), &order, &interrupt, &mut Silent).unwrap();
    assert_eq!((report.conclusion, report.counts.known_failures), (Conclusion::Conforms, 1));
    let excused: Vec<_> = report
        .cases
        .iter()
        .filter(|record| record.outcome.as_str() == "known-failure")
        .map(|record| &record.case)
        .collect();
    assert_eq!(excused, [LONG_CASE]);
    assert!(report.cases.iter().all(|record| matches!(record.outcome, Outcome::Judged(_))));
}
