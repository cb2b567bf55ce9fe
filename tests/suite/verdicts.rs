//! One wrong thing must cost a port what it deserves, and no more: its own cases, one cause, one line.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use conformance::plan::{CasePattern, Selection};
use conformance::port::{Manifest, Mismatch, ProcessPort};
use report::suite::{self, NoisePolicy, Order, Required, Time};
use report::{Conclusion, Report, Shortage, jsonl, text};
use vectors::operation::find;
use vectors::{Expect, Fields, Reason, Reasons, VectorFile};

use crate::liar::{ABC, GCM_14, LONG_CASE, Silent, bytes, digest, failures, file, gcm, order, port, run, vectors};

/// A port that does not speak the protocol, or says no to everything, must not get a single verdict.
#[test]
fn adapters_that_are_broken_get_no_verdicts() {
    for (fake, faults) in [("always-refuses", 2), ("echoes", 2), ("closes-input", 1), ("stops-reading", 1)] {
        let report = run(fake, "loop", &vectors(3)).unwrap();
        assert_eq!(report.conclusion, Conclusion::Broken, "{fake}");
        assert_eq!(report.conclusion.exit_code(), 4, "{fake}");
        assert_eq!(report.faults.len(), faults, "{fake}: {:?}", report.faults);
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

/// One wrong operation must not cost the others their verdicts, and gets its own.
#[test]
fn a_wrong_probe_costs_its_own_operation_alone() {
    for (fake, wrong, cases, mismatch) in [
        ("always-accepts", "aes-256-gcm.open", "aes-256-gcm/open/2", Mismatch::Accepted),
        ("ignores-tag", "aes-256-gcm.open", "aes-256-gcm/open/2", Mismatch::Accepted),
        ("wrong-digest", "sha512.digest", "sha512/", Mismatch::WrongOutput),
        // It uses up all restarts, and the others must have been asked by then.
        ("crashes-on-digest", "sha512.digest", "sha512/", Mismatch::Died),
    ] {
        let report = run(fake, "loop", &vectors(20)).unwrap();
        assert_eq!(report.conclusion.exit_code(), 1, "{fake}");
        assert_eq!(report.wrong_probes, [wrong], "{fake}");
        assert_eq!(report.faults.len(), 1, "{fake}: {:?}", report.faults);
        assert!(report.notes.iter().any(|note| note.contains(wrong)), "{fake}: {:?}", report.notes);
        let found: Vec<_> = failures(&report).into_iter().filter(|(_, found)| *found != Mismatch::NotRun).collect();
        assert!(!found.is_empty() && found.iter().all(|(case, found)| case.starts_with(cases) && *found == mismatch));
        // All of the others have passed.
        let others = report.cases.iter().filter(|record| !record.case.starts_with(cases));
        assert!(others.clone().count() > 0 && others.clone().all(|record| record.outcome.as_str() == "pass"), "{fake}");
        // What is wrong with the whole stands above what is wrong with a case.
        let mut words = Vec::new();
        text::write(&report, text::Colour::Off, &mut words).unwrap();
        let words = String::from_utf8(words).unwrap();
        assert!(words.find("\nFAULT probe ").unwrap() < words.find("\nFAIL ").unwrap(), "{words}");
    }
}

/// A port whose one wrong operation is all that was selected has an adapter that works.
#[test]
fn what_is_claimed_beside_the_selection_shows_that_the_adapter_works() {
    let files = vectors(3);
    let selected = |names: &[&str]| Selection {
        patterns: names.iter().map(|name| CasePattern::read(name).unwrap()).collect(),
        ..Selection::default()
    };
    for (fake, conclusion) in [("wrong-digest", Conclusion::Red), ("always-refuses", Conclusion::Broken)] {
        let folder = port(fake, "loop");
        let manifest = Manifest::load(folder.path()).unwrap();
        let order = Order { selection: selected(&["sha512/short"]), ..order(&files, NoisePolicy::Note) };
        let report = suite::run(&ProcessPort::new(manifest), &order, &AtomicBool::new(false), &mut Silent).unwrap();
        assert_eq!(report.conclusion, conclusion, "{fake}");
    }
    // Where nothing else is claimed nothing shows it.
    let alone = [file("sha512/short", "sha512.digest", vec![digest(b"abc", ABC)])];
    assert_eq!(run("wrong-digest", "loop", &alone).unwrap().conclusion, Conclusion::Broken);
}

/// A library's fault that is on record must not be a fault of the run because it shows in the simplest case too.
#[test]
fn a_known_issue_excuses_its_probe() {
    let files = vectors(3);
    let folder = port("wrong-digest", "loop");
    let path = folder.path().join("port.toml");
    let issue = |mismatch: &str| {
        format!("\n[[known_issue]]\ncase = \"sha512/*/*\"\nmismatch = \"{mismatch}\"\nwhy = \"w\"\nlink = \"l\"\n")
    };
    let text = std::fs::read_to_string(&path).unwrap();
    for (mismatch, conclusion, failed) in [("wrong-output", Conclusion::Conforms, 0), ("refused", Conclusion::Red, 4)] {
        std::fs::write(&path, format!("{text}{}", issue(mismatch))).unwrap();
        let manifest = Manifest::load(folder.path()).unwrap();
        let order = Order { known_issues: &manifest.known_issues, ..order(&files, NoisePolicy::Note) };
        let report =
            suite::run(&ProcessPort::new(manifest.clone()), &order, &AtomicBool::new(false), &mut Silent).unwrap();
        assert_eq!((report.conclusion, report.counts.failed), (conclusion, failed), "{mismatch}");
        assert_eq!((report.faults.as_slice(), report.counts.known_failures + failed), ([].as_slice(), 4), "{mismatch}");
    }
}

/// Cases that ask GCM for what must be refused, each for another reason, by turns.
fn refusals(count: usize) -> VectorFile {
    let case = |at: usize| {
        let mut ciphertext = bytes(GCM_14);
        ciphertext[at % 16] ^= 1;
        (gcm(ciphertext), Expect::Reject(vec![Reason::Authentication]))
    };
    file("aes-256-gcm/refusals", "aes-256-gcm.open", (0..count).map(case).collect())
}

/// A right port with one error for everything is told one thing, or may say so itself; what it opens wrongly fails as before.
#[test]
fn one_reason_for_everything_is_one_cause_and_may_be_declared() {
    let files = [vectors(3), vec![refusals(30)]].concat();
    let clock = || Duration::ZERO;
    let time = Time { clock: &clock, diagnosis: Duration::from_secs(1) };
    let of = |fake: &str, reasons, required: Option<Required>| {
        let folder = port(fake, "loop");
        let manifest = Manifest::load(folder.path()).unwrap();
        let order = Order { reasons, time, required, ..order(&files, NoisePolicy::Note) };
        suite::run(&ProcessPort::new(manifest), &order, &AtomicBool::new(false), &mut Silent).unwrap()
    };
    let own = of("one-reason", Reasons::Own, None);
    assert_eq!((own.conclusion, own.counts.failed), (Conclusion::Red, 31));
    let diagnosed = own.diagnosis.as_ref().unwrap();
    let told: Vec<_> = diagnosed.causes.iter().map(|cause| (cause.sentence.as_str(), cause.cases.len())).collect();
    assert_eq!(told, [("gives `malformed` for every refusal", 31)]);
    assert!(diagnosed.unexplained.is_empty() && diagnosed.causes[0].fixes.iter().any(|fix| fix.contains("\"any\"")));
    let mut words = Vec::new();
    text::write(&own, text::Colour::Off, &mut words).unwrap();
    assert!(String::from_utf8(words).unwrap().contains("\n31 failures explained by 1 cause, 0 unexplained\n"));
    let mut lines = Vec::new();
    jsonl::write(&own, &mut lines).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.lines().filter(|line| line.contains("\"gives `malformed` for every refusal\"")).count(), 31);

    let says_so = |report: &Report| report.header.notes.iter().filter(|note| note.contains("reasons")).count();
    let any = of("one-reason", Reasons::Any, None);
    assert_eq!((any.conclusion, any.counts.failed, says_so(&own), says_so(&any)), (Conclusion::Conforms, 0, 0, 1));
    let accepts = of("ignores-tag", Reasons::Any, None);
    assert_eq!((accepts.conclusion, accepts.counts.failed), (Conclusion::Red, 31));

    // A requirement set has the last word.
    let set = |reasons| Required { name: "set".to_owned(), cases: ["aes-256-gcm/open/2".to_owned()].into(), reasons };
    for (reasons, conclusion) in [(Some(Reasons::Own), Conclusion::Red), (None, Conclusion::Conforms)] {
        let report = of("one-reason", Reasons::Any, Some(set(reasons)));
        assert_eq!((report.conclusion, says_so(&report)), (conclusion, 1), "{reasons:?}");
    }
}

/// What a port claims and then declines, or claims and rules out, must not pass in silence.
#[test]
fn claims_that_are_not_kept_are_named() {
    let report = run("declines-long", "loop", &vectors(3)).unwrap();
    assert_eq!(failures(&report), [(LONG_CASE, Mismatch::Declined)]);
    assert!(report.notes.iter().any(|note| note.contains("sha512.digest (1 case)")), "{:?}", report.notes);

    let report = run("claims-narrowly", "loop", &vectors(3)).unwrap();
    assert_eq!(report.conclusion, Conclusion::TooFew(Shortage::Family));
    assert_eq!((report.conclusion.exit_code(), report.counts.left_out), (3, 2));
    let named = |note: &&String| note.contains("claims aes-256-gcm") && note.contains("2 cases");
    assert_eq!(report.header.notes.iter().filter(named).count(), 1, "{:?}", report.header.notes);

    // One case of 23 is within the claim, and the policy's only case is not.
    let mut files = [vectors(3), vec![refusals(20)]].concat();
    let odd = files[3].cases[0].input.clone().replacing("iv", vectors::Value::Bytes(vec![0; 7]));
    files[3].cases[0].input = odd.clone();
    let seal = Fields::pick(find("aes-256-gcm.seal").unwrap().input, &[&odd.with_bytes("plaintext", [1])]);
    let strict = file("aes-256-gcm/seal", "aes-256-gcm.seal", vec![(seal, Expect::Reject(vec![Reason::Parameter]))]);
    files.push(VectorFile { policy: "strict".to_owned(), ..strict });
    let report = run("claims-narrowly", "loop", &files).unwrap();
    assert_eq!((report.conclusion, report.counts.left_out), (Conclusion::Conforms, 22));
    for wanted in ["on aes-256-gcm.open leave out 21 of 22 cases", "policy `strict`, but no case of it"] {
        assert!(report.header.notes.iter().any(|note| note.contains(wanted)), "{wanted}: {:?}", report.header.notes);
    }
}

/// What answers alike for everything needs no search, and is one cause.
#[test]
fn a_port_that_accepts_nothing_is_told_so_in_one_sentence() {
    let (files, clock) = (vectors(5), || Duration::ZERO);
    let time = Time { clock: &clock, diagnosis: Duration::from_secs(1) };
    for (fake, sentence, cases) in [
        ("always-refuses", "refuses every input that it has to accept", 7),
        ("crashes-on-digest", "sha512.digest ends the port's process: ", 4),
    ] {
        let folder = port(fake, "loop");
        let manifest = Manifest::load(folder.path()).unwrap();
        let order = Order { time, ..order(&files, NoisePolicy::Note) };
        let report = suite::run(&ProcessPort::new(manifest), &order, &AtomicBool::new(false), &mut Silent).unwrap();
        let diagnosed = report.diagnosis.as_ref().unwrap();
        let first = &diagnosed.causes[0];
        assert!(first.sentence.starts_with(sentence) && first.mistakes.is_empty(), "{fake}: {diagnosed:?}");
        assert!(first.cases.len() >= cases && diagnosed.unexplained.is_empty(), "{fake}: {diagnosed:?}");
    }
}
