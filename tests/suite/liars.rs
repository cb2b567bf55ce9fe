//! Ports that misbehave in one way each must meet the verdict that they deserve, and every run must end with a whole
//! report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use conformance::plan::{CasePattern, Selection};
use conformance::port::{Date, Manifest, Mismatch, ProcessPort, StartError};
use conformance::runner::Budget;
use report::suite::{self, AtFailure, Extent, Listener, NoisePolicy, Order, Required, RunError, Time};
use report::{CaseRecord, Conclusion, Header, Outcome, Report, Shortage, jsonl, text};
use vectors::operation::find;
use vectors::{Case, Cost, Errata, Expect, Fields, Reason, Reasons, Source, VectorFile};

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
    fn fault(&mut self, _: &str) {}
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

fn order(files: &[VectorFile], noise: NoisePolicy) -> Order<'_> {
    Order {
        files,
        extent: Extent::Suite,
        notes: &[],
        vectors_sha256: String::new(),
        errata: Errata::embedded(),
        selection: Selection { seed: 4, ..Selection::default() },
        policies: &[],
        reasons: Reasons::Own,
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
    }
}

fn run_with(folder: &Path, files: &[VectorFile], noise: NoisePolicy) -> Result<Report, RunError> {
    let port = ProcessPort::new(Manifest::load(folder).unwrap());
    let order = order(files, noise);
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
    assert_eq!(counts.passed + counts.failed + counts.skipped(), ids.len());
    assert_eq!(counts.skipped(), counts.known_failures + counts.not_run + counts.left_out);
    let (mut lines, mut words) = (Vec::new(), Vec::new());
    jsonl::write(report, &mut lines).unwrap();
    text::write(report, text::Colour::Off, &mut words).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.lines().count(), ids.len() + 2);
    assert!(lines.lines().last().unwrap().starts_with("{\"record\":\"footer\""));
    let last = format!("{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.skipped());
    let words = String::from_utf8(words).unwrap();
    let mut words = words.lines().rev();
    assert_eq!(words.next().unwrap(), last);
    // The line above says what the skipped are, and its numbers add up.
    let kinds = words.next().unwrap().strip_prefix("skipped: ").map_or(Vec::new(), |kinds| kinds.split(", ").collect());
    let count = |kind: &str| kind.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert_eq!(kinds.into_iter().map(count).sum::<usize>(), counts.skipped());
    let footer: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(footer["wrong_probes"].as_array().map(Vec::len), Some(report.wrong_probes.len()));
    let told =
        ["passed", "failed", "skipped", "known_failures", "not_run", "left_out"].map(|name| footer[name].as_u64());
    let kinds =
        [counts.passed, counts.failed, counts.skipped(), counts.known_failures, counts.not_run, counts.left_out];
    assert_eq!(told, kinds.map(|count| u64::try_from(count).ok()));
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

/// Cases that ask GCM for what must be refused, each for another reason, by turns.
fn refusals(count: usize) -> VectorFile {
    let gcm = |at: usize| {
        let mut ciphertext = bytes(GCM_14);
        ciphertext[at % 16] ^= 1;
        Fields::new()
            .with_bytes("key", [0; 32])
            .with_bytes("iv", [0; 12])
            .with_bytes("aad", [])
            .with_bytes("ciphertext", ciphertext)
            .with_integer("tag_length", 16)
    };
    let case = |at| (gcm(at), Expect::Reject(vec![Reason::Authentication]));
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
