//! Ports that misbehave in one way each must meet the verdict that they deserve, and every run must end with a whole
//! report.

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use conformance::plan::Selection;
use conformance::port::{Manifest, Mismatch, ProcessPort, StartError};
use conformance::runner::Budget;
use report::suite::{self, AtFailure, NoisePolicy, Order, RunError};
use report::{Conclusion, Outcome, text};
use vectors::{Expect, Fields};

use crate::liar::{
    ABC, LONG, LONG_CASE, LONG_DIGEST, Silent, digest, failures, file, is_whole, order, port, run, run_with, vectors,
};

/// The reference speaks its own protocol; were this red, all below would mean nothing.
#[test]
fn the_honest_port_conforms_in_both_modes() {
    for mode in ["loop", "one-shot"] {
        let report = run("", mode, &vectors(10)).unwrap();
        assert_eq!((failures(&report), report.conclusion), (vec![], Conclusion::Conforms), "{mode}");
        // The reference claims policies of which these few vectors have none.
        let notes = report.header.notes.iter().chain(&report.notes);
        let unforeseen: Vec<_> = notes.filter(|note| !note.ends_with("no vectors have it")).collect();
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
        let noted =
            report.header.notes.iter().chain(&report.notes).any(|line| note.is_some_and(|note| line.contains(note)));
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
    // Each is the only case of its operation: it is probed once and asked twice.
    let report = run("nondeterministic", "loop", &files).unwrap();
    assert_eq!(
        failures(&report).iter().map(|(_, mismatch)| *mismatch).collect::<Vec<_>>(),
        [Mismatch::Nondeterministic; 2]
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
        selection: Selection::default(),
        known_issues: &manifest.known_issues,
        budget: Budget::default(),
        at_failure: AtFailure::Stop,
        min_cases: 6,
        ..order(&files, NoisePolicy::Note)
    };
    let report = suite::run(&ProcessPort::new(manifest.clone()), &order, &interrupt, &mut Silent).unwrap();
    assert_eq!((report.conclusion, report.counts.known_failures), (Conclusion::Conforms, 1));
    assert_eq!((report.counts.failed, report.counts.skipped()), (0, 1));
    is_whole(&report, &files);
    let excused: Vec<_> = report
        .cases
        .iter()
        .filter(|record| record.outcome.as_str() == "known-failure")
        .map(|record| &record.case)
        .collect();
    assert_eq!(excused, [LONG_CASE]);
    assert!(report.cases.iter().all(|record| matches!(record.outcome, Outcome::Judged(_))));
}
