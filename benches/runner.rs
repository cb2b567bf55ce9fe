//! What the runner costs beside the port: an adapter that answers at once, asked in a window of 32, at two lengths of run.
//!
//! The same number of cases answered inside this process, and the same lines only parsed by bare `serde_json`, stand beside it.
//! Then keys that take long to derive: a run with a session for each core, beside loops on one thread and on a thread for each
//! core that do nothing else.
//! Started with `--instant` this program is that adapter.

mod instant;

use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use conformance::plan::Selection;
use conformance::port::{LocalPort, Manifest, Mode, Port, PortLimits, ProcessPort, Reference};
use conformance::registry;
use conformance::runner::Budget;
use criterion::{BenchmarkId, Criterion, Throughput};
use primitives::Limits;
use primitives::hash::sha512;
use report::suite::{AtFailure, Extent, Listener, NoisePolicy, Order, Time, run};
use report::{CaseRecord, Header};
use vectors::{Answer, Case, Cost, Errata, Expect, Fields, Operation, Reasons, Source, VectorFile, operation};

const INSTANT: &str = "--instant";

struct Deaf;

impl Listener for Deaf {
    fn begins(&mut self, _: &Header) {}
    fn fault(&mut self, _: &str) {}
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
    cores(&mut criterion, "pbkdf2-hmac-sha512.derive", &|salt| {
        key(salt).with_integer("iterations", 10_000).with_integer("length", 64)
    });
    cores(&mut criterion, "argon2id.derive", &|salt| {
        let cost = key(salt).with_integer("passes", 3).with_integer("memory_kib", 8_192);
        cost.with_integer("lanes", 1).with_integer("length", 32)
    });
    criterion.final_summary();
}

/// The members that every derivation has.
fn key(salt: u32) -> Fields {
    Fields::new().with_bytes("password", b"correct horse").with_bytes("salt", salt.to_be_bytes().repeat(4))
}

/// So many keys, on one thread, on a thread for each core, and by a run with as many sessions.
fn cores(criterion: &mut Criterion, name: &str, input: &dyn Fn(u32) -> Fields) {
    const KEYS: u32 = 16;
    let known = operation::find(name).expect("the suite knows it");
    let answer = |input: &Fields| registry::reference(known, input, &Limits::default());
    let inputs: Vec<Fields> = (1..=KEYS).map(input).collect();
    let cases = (1..).zip(&inputs).map(|(id, input)| match answer(input) {
        Answer::Output(output) => case(id, input.clone(), output),
        refused @ (Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. }) => {
            panic!("{refused:?}")
        }
    });
    let files = [vectors(known, cases.collect())];
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let on = |threads: usize| {
        std::thread::scope(|scope| {
            for share in inputs.chunks(inputs.len().div_ceil(threads)) {
                scope.spawn(|| share.iter().for_each(|input| drop(black_box(answer(input)))));
            }
        });
    };
    let mut group = criterion.benchmark_group(format!("{KEYS} keys of {name}"));
    let of = |threads: usize| format!("threads: {threads}");
    group.bench_function(BenchmarkId::new("bare loop, one thread", of(threads)), |bencher| bencher.iter(|| on(1)));
    group.bench_function(BenchmarkId::new("bare loop on all", of(threads)), |bencher| bencher.iter(|| on(threads)));
    let reference = Reference::default();
    let port = LocalPort::new(&reference);
    group.bench_function(BenchmarkId::new("run on all", of(threads)), |bencher| {
        bencher.iter(|| conforms(&port, &files, threads));
    });
    group.finish();
}

/// Runs of so many small cases.
fn overhead(criterion: &mut Criterion, cases: u32) {
    let digest = |id: u32| {
        let input = Fields::new().with_bytes("message", id.to_be_bytes());
        case(id, input, Fields::new().with_bytes("digest", sha512(&id.to_be_bytes())))
    };
    let known = operation::find("sha512.digest").expect("the suite knows SHA-512");
    let files = [vectors(known, (1..=cases).map(digest).collect())];
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
        reasons: Reasons::Own,
        limits: PortLimits::default(),
        known_issues: Vec::new(),
        known_classes: Vec::new(),
    });
    let reference = Reference::default();
    let inside = LocalPort::new(&reference);
    let ports: [(&str, &dyn Port); 2] =
        [("adapter that answers at once", &instant), ("reference, in process", &inside)];
    for (name, port) in ports {
        group.bench_function(BenchmarkId::new(name, cases), |bencher| bencher.iter(|| conforms(port, &files, 1)));
    }
    let lines: Vec<String> = (0..cases).map(|id| answer(id.into(), &id.to_be_bytes())).collect();
    group.bench_function(BenchmarkId::new("bare serde_json over the answers", cases), |bencher| {
        bencher.iter(|| lines.iter().for_each(|line| drop(black_box(serde_json::from_str::<serde_json::Value>(line)))));
    });
    group.finish();
}

fn conforms(port: &dyn Port, files: &[VectorFile], jobs: usize) {
    let order = Order {
        files,
        extent: Extent::Suite,
        notes: &[],
        vectors_sha256: String::new(),
        errata: Errata::embedded(),
        selection: Selection::default(),
        policies: &[],
        reasons: Reasons::Own,
        known_issues: &[],
        today: conformance::port::Date::since_1970(Duration::ZERO),
        budget: Budget { jobs, ..Budget::default() },
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

fn case(id: u32, input: Fields, output: Fields) -> Case {
    Case {
        id,
        name: format!("case-{id}"),
        why: "A case of a bench".to_owned(),
        flags: Vec::new(),
        derived_from: None,
        input,
        expect: Expect::Output(output),
        trace: std::collections::BTreeMap::new(),
        confirmed_by: Vec::new(),
    }
}

fn vectors(operation: &'static Operation, cases: Vec<Case>) -> VectorFile {
    VectorFile {
        path: format!("{}/bench", operation.family()),
        operation,
        title: String::new(),
        policy: "core".to_owned(),
        cost: Cost::Fast,
        spec: Vec::new(),
        source: Source { recipe: String::new(), seed: String::new(), oracles: std::collections::BTreeMap::new() },
        flags: std::collections::BTreeMap::new(),
        cases,
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
