//! Executions a second of `sealproof fuzz --port`, with what they are made of in the same run.
//!
//! First against an adapter that answers at once; every other rate is told as a part of that one. Then drawing the questions and
//! the reference's answers alone, and ports of this repository that are set up, asked for the one operation that costs them
//! least. Arguments: names of rows; nothing is all. Started with `--instant` this program is that adapter.

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]
#![expect(clippy::cast_precision_loss, reason = "a rate is rough")]

mod instant;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use conformance::port::{
    Date, Hello, InProcess as _, Manifest, Mode, Port, PortLimits, ProcessPort, Reference, Session, StartError,
    protocol,
};
use fuzzing::batch::{self, Ground};
use fuzzing::class::Classes;
use fuzzing::journal::JournalError;
use fuzzing::{AtFault, Bases, Class, Counts, Listener, Order, Past, Recipe, Source, Standing, campaign};
use primitives::Limits;
use vectors::{Answer, Fields, Reasons, VectorFile, load, operation};

const INSTANT: &str = "--instant";

/// Requests that the adapter answers rightly: the probes.
const ANSWERED: u64 = 12;

/// Seconds of one row.
const SECONDS: f64 = 10.0;

/// The operation that is asked.
const OPERATION: &str = "notesnook-item.open";

struct Deaf;

impl Listener for Deaf {
    fn begins(&mut self, _: &Hello) -> Result<Past, JournalError> {
        Ok(Past::default())
    }
    fn asked(&mut self, _: &Counts, _: &Classes) {}
    fn found(&mut self, _: &Class, _: Standing) {}
    fn kept(&mut self, _: u64, _: &str, _: &Recipe) {}
    fn batch_ends(&mut self, _: u64, _: &Counts, _: &Classes) {}
}

/// A port of which only one operation is asked.
struct Only {
    port: ProcessPort,
    operation: &'static str,
}

impl Port for Only {
    fn start(&self, interrupt: &AtomicBool) -> Result<(Box<dyn Session + '_>, Hello), StartError> {
        let (session, mut hello) = self.port.start(interrupt)?;
        hello.operations.retain(|name, _| name == self.operation);
        Ok((session, hello))
    }

    fn limits(&self) -> PortLimits {
        self.port.limits()
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if arguments.first().map(String::as_str) == Some(INSTANT) {
        return answer_at_once();
    }
    let files = load::embedded().expect("the vectors are sound");
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let Some(at_once) = row(&files, "instant, an adapter that answers at once", OPERATION, instant_port(), None) else {
        return;
    };
    if wanted("draw") {
        told("draw, questions and the reference alone", drawn(&files), Some(at_once), "");
    }
    for (name, operation) in
        [("notesnook-crypto", OPERATION), ("go", OPERATION), ("python", "aes-256-gcm.open"), ("sjcl", "sha512.digest")]
    {
        if let Some(manifest) = manifest(name).filter(|_| wanted(name)) {
            row(&files, &format!("{name}, {operation}"), operation, manifest, Some(at_once));
        }
    }
}

/// Prints a rate, and what part it is of the adapter's that answers at once.
fn told(title: &str, rate: f64, at_once: Option<f64>, more: &str) {
    let part = rate / at_once.unwrap_or(rate);
    println!("{title:<44}{rate:>10.0} /s {part:>6.2}{more}");
}

/// Runs and prints a campaign; its rate, unless the port did not start.
fn row(
    files: &[VectorFile],
    title: &str,
    operation: &'static str,
    manifest: Manifest,
    at_once: Option<f64>,
) -> Option<f64> {
    let port = Only { port: ProcessPort::new(manifest), operation };
    let began = Instant::now();
    let clock = || began.elapsed();
    let order = Order {
        files,
        policies: &[],
        known: &[],
        today: Date::since_1970(Duration::ZERO),
        seed: 1,
        cases: None,
        until: Some(Duration::from_secs_f64(SECONDS)),
        jobs: 1,
        corpus: &[],
        at_fault: AtFault::Continue,
        clock: &clock,
    };
    match campaign::run(&port, &order, &AtomicBool::new(false), &mut Deaf) {
        Ok(outcome) => {
            let rate = outcome.counts.asked as f64 * 1000.0 / outcome.counts.elapsed_ms.max(1) as f64;
            let more = format!(
                "   {} classes, {} restarts, {} asked again",
                outcome.classes.len(),
                outcome.restarts,
                outcome.counts.requests
            );
            told(title, rate, at_once, &more);
            Some(rate)
        }
        Err(error) => {
            println!("{title}: {error} (is it set up?)");
            None
        }
    }
}

fn drawn(files: &[VectorFile]) -> f64 {
    let mut hello = Reference::default().hello();
    hello.operations = BTreeMap::from([(OPERATION.to_owned(), BTreeMap::new())]);
    let bases = Bases::new(files, &hello, &[]);
    let ids = batch::unchanged(&bases);
    let ground = Ground { bases, ids, source: Source::new(1), hello, has_ceiling: false, limits: Limits::default() };
    let (began, mut count, mut at) = (Instant::now(), 0, 0);
    while began.elapsed().as_secs_f64() < SECONDS / 2.0 {
        count += ground.draw(batch::numbers(at), &[]).questions.len();
        at += 1;
    }
    count as f64 / began.elapsed().as_secs_f64()
}

fn instant_port() -> Manifest {
    let program = std::env::current_exe().expect("this program has a path").display().to_string();
    Manifest {
        name: "instant".to_owned(),
        folder: std::env::current_dir().expect("there is a current folder"),
        command: vec![program, INSTANT.to_owned()],
        setup: Vec::new(),
        mode: Mode::Loop,
        policies: Vec::new(),
        reasons: Reasons::Own,
        limits: PortLimits::default(),
        known_issues: Vec::new(),
        known_classes: Vec::new(),
    }
}

fn manifest(name: &str) -> Option<Manifest> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("ports").join(name);
    Manifest::load(&folder).ok()
}

/// The adapter: right while it is probed, then one refusal for everything.
fn answer_at_once() {
    let mut asked = 0;
    instant::answer_lines(|line, answers| {
        answers.extend(if asked <= ANSWERED { probed(line) } else { refused(line) });
        asked += 1;
    });
}

fn refused(line: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = line
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    [b"{\"id\":".as_slice(), &digits, b",\"reject\":{\"reason\":\"malformed\",\"detail_text\":\"\"}}\n"].concat()
}

fn probed(line: &[u8]) -> Vec<u8> {
    let request: serde_json::Value = serde_json::from_slice(line).expect("the runner writes JSON");
    let (id, name) = (request["id"].as_u64().unwrap_or(0), request["op"].as_str().unwrap_or_default());
    let mut out = Vec::new();
    if name == "hello" {
        let mut hello = Reference::default().hello();
        "instant".clone_into(&mut hello.name_text);
        hello.policies.clear();
        let answer = serde_json::json!({ "id": id, "output": hello });
        out.extend(answer.to_string().into_bytes());
        out.push(b'\n');
        return out;
    }
    let answer = match operation::find(name) {
        None => Answer::Unsupported { detail: String::new() },
        Some(known) => {
            let input = Fields::read(known.input, &request["input"]).expect("the runner fills the table");
            Reference::default().answer(known, &input)
        }
    };
    protocol::write_answer(&mut out, protocol::RequestId(id), &answer);
    out
}
