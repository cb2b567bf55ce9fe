//! What the runner costs beside the port: an adapter that answers at once, asked in a window of 32, at two lengths of run.
//!
//! The same number of cases answered inside this process, and the same lines only parsed by bare `serde_json`, stand beside it.
//! Started with `--instant` this program is that adapter.

mod instant;

use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use sealproof::plan::Selection;
use sealproof::port::{LocalPort, Manifest, Mode, Port, PortLimits, ProcessPort, Reference};
use sealproof::primitives::hash::sha512;
use sealproof::report::{CaseRecord, Header};
use sealproof::runner::Budget;
use sealproof::suite::{AtFailure, Extent, Listener, NoisePolicy, Order, Time, run};
use sealproof::vector::{Case, Cost, Errata, Expect, Fields, Source, VectorFile, operation};

const INSTANT: &str = "--instant";

struct Deaf;

impl Listener for Deaf {
    fn begins(&mut self, _: &Header) {}
    fn judged(&mut self, _: &CaseRecord) {}
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some(INSTANT) {
        return answer_at_once();
    }
    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(8)).configure_from_args();
    for cases in [5_000, 50_000] {
        overhead(&mut criterion, cases);
    }
    criterion.final_summary();
}

/// Runs of so many small cases.
fn overhead(criterion: &mut Criterion, cases: u32) {
    let files = [vectors(cases)];
    let mut group = criterion.benchmark_group("run of sha512.digest");
    group.throughput(Throughput::Elements(u64::from(cases)));
    let instant = ProcessPort::new(Manifest {
        name: "instant".to_owned(),
        folder: std::env::current_dir().expect("there is a current folder"),
        command: vec![
            std::env::current_exe().expect("this program has a path").display().to_string(),
            INSTANT.to_owned(),
        ],
        setup: Vec::new(),
        mode: Mode::Loop,
        policies: Vec::new(),
        limits: PortLimits::default(),
        known_issues: Vec::new(),
        known_classes: Vec::new(),
    });
    let reference = Reference::default();
    let inside = LocalPort::new(&reference);
    let ports: [(&str, &dyn Port); 2] =
        [("adapter that answers at once", &instant), ("reference, in process", &inside)];
    for (name, port) in ports {
        group.bench_function(BenchmarkId::new(name, cases), |bencher| bencher.iter(|| conforms(port, &files)));
    }
    let lines: Vec<String> = (0..cases).map(|id| answer(id.into(), &id.to_be_bytes())).collect();
    group.bench_function(BenchmarkId::new("bare serde_json over the answers", cases), |bencher| {
        bencher.iter(|| lines.iter().for_each(|line| drop(black_box(serde_json::from_str::<serde_json::Value>(line)))));
    });
    group.finish();
}

fn conforms(port: &dyn Port, files: &[VectorFile]) {
    let order = Order {
        files,
        extent: Extent::Suite,
        notes: &[],
        vectors_sha256: String::new(),
        errata: Errata::embedded(),
        selection: Selection::default(),
        policies: &[],
        known_issues: &[],
        today: sealproof::port::Date::since_1970(Duration::ZERO),
        budget: Budget { jobs: 1, ..Budget::default() },
        at_failure: AtFailure::Continue,
        noise: NoisePolicy::Fault,
        required: None,
        min_cases: files[0].cases.len(),
        time: Time::NO_DIAGNOSIS,
        port_arguments: String::new(),
    };
    let report = run(port, &order, &AtomicBool::new(false), &mut Deaf).expect("the adapter starts");
    assert_eq!(report.conclusion.exit_code(), 0, "{:?}", report.faults);
}

fn vectors(cases: u32) -> VectorFile {
    let case = |id: u32| Case {
        id,
        name: format!("message-{id}"),
        why: "A small message".to_owned(),
        flags: Vec::new(),
        derived_from: None,
        input: Fields::new().with_bytes("message", id.to_be_bytes()),
        expect: Expect::Output(Fields::new().with_bytes("digest", sha512(&id.to_be_bytes()))),
        trace: std::collections::BTreeMap::new(),
        confirmed_by: Vec::new(),
    };
    VectorFile {
        path: "sha512/bench".to_owned(),
        operation: operation::find("sha512.digest").expect("the suite knows SHA-512"),
        title: String::new(),
        policy: "core".to_owned(),
        cost: Cost::Fast,
        spec: Vec::new(),
        source: Source { recipe: String::new(), seed: String::new(), oracles: std::collections::BTreeMap::new() },
        flags: std::collections::BTreeMap::new(),
        cases: (1..=cases).map(case).collect(),
    }
}

fn answer(id: u64, message: &[u8]) -> String {
    format!("{{\"id\":{id},\"output\":{{\"digest\":\"{}\"}}}}\n", hex::encode(sha512(message)))
}

/// The adapter: no JSON reader, no allocation worth naming.
fn answer_at_once() {
    instant::answer_lines(|line, answers| answers.extend(reply(&String::from_utf8_lossy(line)).into_bytes()));
}

fn reply(line: &str) -> String {
    let after = |key: &str| line.split_once(key).map(|(_, rest)| rest);
    let id: u64 = after("\"id\":").and_then(|rest| rest.split(',').next()).and_then(|id| id.parse().ok()).unwrap_or(0);
    if line.contains("\"sha512.digest\"") {
        let message = after("\"message\":\"").and_then(|rest| rest.split('"').next()).unwrap_or_default();
        return answer(id, &hex::decode(message).unwrap_or_default());
    }
    if line.contains("\"hello\"") {
        return format!(
            "{{\"id\":{id},\"output\":{{\"protocol\":1,\"name_text\":\"instant\",\"version_text\":\"0\",\"language_text\":\"Rust\",\
             \"runtime_text\":\"native\",\"libraries\":{{}},\"operations\":{{\"sha512.digest\":{{}}}},\"policies\":[]}}}}\n"
        );
    }
    format!("{{\"id\":{id},\"unsupported\":{{\"detail_text\":\"only SHA-512\"}}}}\n")
}
