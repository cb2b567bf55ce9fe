//! What the tests of misbehaving ports share: vectors, ports and runs that end with a whole report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use conformance::plan::Selection;
use conformance::port::{Date, Manifest, Mismatch, ProcessPort};
use conformance::runner::Budget;
use report::suite::{self, AtFailure, Extent, Listener, NoisePolicy, Order, RunError, Time};
use report::{CaseRecord, Header, Report, jsonl, text};
use vectors::operation::find;
use vectors::{Case, Cost, Errata, Expect, Fields, Reason, Reasons, Source, VectorFile};

pub(crate) const ABC: &str = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
/// FIPS 180-2, appendix C.2: a message of 112 bytes, which the liars that stumble over long input stumble over.
pub(crate) const LONG: &[u8] =
    b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
pub(crate) const LONG_DIGEST: &str = "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909";
pub(crate) const LONG_CASE: &str = "sha512/long/1";
/// The GCM specification's test case 14: key, IV and plaintext of zeros.
pub(crate) const GCM_14: &str = "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919";

pub(crate) fn bytes(hex_text: &str) -> Vec<u8> {
    hex::decode(hex_text).unwrap()
}

pub(crate) fn file(path: &str, operation: &str, cases: Vec<(Fields, Expect)>) -> VectorFile {
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

pub(crate) fn digest(message: &[u8], digest: &str) -> (Fields, Expect) {
    let output = Fields::new().with_bytes("digest", bytes(digest));
    (Fields::new().with_bytes("message", message), Expect::Output(output))
}

/// A question for GCM under zeros.
pub(crate) fn gcm(ciphertext: Vec<u8>) -> Fields {
    Fields::new()
        .with_bytes("key", [0; 32])
        .with_bytes("iv", [0; 12])
        .with_bytes("aad", [])
        .with_bytes("ciphertext", ciphertext)
        .with_integer("tag_length", 16)
}

/// Many short cases, one long one, one that must open and one that must not.
pub(crate) fn vectors(short: usize) -> Vec<VectorFile> {
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

pub(crate) struct Silent;

impl Listener for Silent {
    fn begins(&mut self, _: &Header) {}
    fn fault(&mut self, _: &str) {}
    fn judged(&mut self, _: &CaseRecord) {}
}

/// A folder with the manifest of a liar.
pub(crate) fn port(fake: &str, mode: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let arguments = if fake.is_empty() { String::new() } else { format!(", \"--fake\", \"{fake}\"") };
    let program = env!("CARGO_BIN_EXE_sealproof");
    let manifest = format!("name = \"liar\"\nmode = \"{mode}\"\ncommand = [{program:?}, \"serve\"{arguments}]\n");
    std::fs::write(folder.path().join("port.toml"), manifest).unwrap();
    folder
}

pub(crate) fn order(files: &[VectorFile], noise: NoisePolicy) -> Order<'_> {
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

pub(crate) fn run_with(folder: &Path, files: &[VectorFile], noise: NoisePolicy) -> Result<Report, RunError> {
    let port = ProcessPort::new(Manifest::load(folder).unwrap());
    let order = order(files, noise);
    let report = suite::run(&port, &order, &AtomicBool::new(false), &mut Silent)?;
    is_whole(&report, files);
    Ok(report)
}

pub(crate) fn run(fake: &str, mode: &str, files: &[VectorFile]) -> Result<Report, RunError> {
    run_with(port(fake, mode).path(), files, NoisePolicy::Note)
}

/// Every selected case has its record, the counts add up, and both forms are written to their end.
pub(crate) fn is_whole(report: &Report, files: &[VectorFile]) {
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

pub(crate) fn failures(report: &Report) -> Vec<(&str, Mismatch)> {
    report.cases.iter().filter_map(|record| Some((record.case.as_str(), record.outcome.mismatch()?))).collect()
}
