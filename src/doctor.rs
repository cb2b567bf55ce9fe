//! `sealproof doctor`: is the adapter itself sound, before any verdict on what it wraps?

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use clap::Args;

use super::output::{complain, print_wrapped};
use conformance::plan::{self, Claims, Plan, Probe, Selection, Step};
use conformance::port::{
    Hello, InProcess, Manifest, ManifestError, Observed, Port, ProcessPort, Reference, Remarks, StartError,
};
use conformance::runner::{Budget, Manner, Runner, Seen};
use conformance::shown::{counted, printable, shorten};
use conformance::verdict::{compare, reference_opens};
use vectors::operation::find;
use vectors::source::{self, SourceFile};
use vectors::{Answer, Case, Fields, Operation, load};

/// Bytes of the message of the long line, which is twice as long in hex.
const LONG_BYTES: usize = 4 << 20;

/// Requests that are sent without waiting for answers.
const AT_ONCE: usize = 200;

/// Characters of an answer that are shown.
const SHOWN_CHARS: usize = 200;

/// Characters outside ASCII, outside the first plane, combining, and one that JSON escapes.
const UNICODE: &str = "p\u{e4}ss\u{20ac}\u{1f511}e\u{301}\"\\\u{7f}";

/// The arguments of `sealproof doctor`.
#[derive(Args)]
pub(super) struct DoctorArgs {
    /// The port: its folder, or its name below ports/
    port: String,
}

/// One thing that was looked at.
enum Finding {
    Sound(String),
    Unsound(String),
    /// It cannot be tried with what the port claims.
    Untried(String),
}

/// What was found, and whether the port answers at all.
struct Examination {
    findings: Vec<Finding>,
    answers: bool,
}

/// Runs `sealproof doctor`: 0 sound, 1 unsound in its manners, 4 when it does not start or fails its probes.
pub(super) fn doctor(args: &DoctorArgs) -> ExitCode {
    let manifest = match Manifest::find(&args.port) {
        Ok(manifest) => manifest,
        Err(error) => {
            complain(&error);
            return ExitCode::from(match error {
                ManifestError::Absent { .. } => 4,
                ManifestError::Unreadable { .. } | ManifestError::Invalid { .. } => 5,
            });
        }
    };
    let Examination { findings, answers } = examine(manifest);
    let mut text = String::new();
    for finding in &findings {
        let (word, words) = match finding {
            Finding::Sound(words) => ("ok      ", words),
            Finding::Unsound(words) => ("UNSOUND ", words),
            Finding::Untried(words) => ("untried ", words),
        };
        for (at, line) in words.lines().enumerate() {
            let before = if at == 0 { word } else { "        " };
            let _ = writeln!(text, "{before}{}", printable(line));
        }
    }
    let printed = print_wrapped(&text);
    let unsound = findings.iter().any(|finding| matches!(finding, Finding::Unsound(_)));
    match (answers, unsound) {
        (false, _) => ExitCode::from(4),
        (true, true) => ExitCode::FAILURE,
        (true, false) => printed,
    }
}

fn examine(manifest: Manifest) -> Examination {
    let (policies, port) = (manifest.policies.clone(), ProcessPort::new(manifest));
    let interrupt = AtomicBool::new(false);
    let budget = Budget { jobs: 1, floor: Duration::from_secs(10), ..Budget::default() };
    let started = Instant::now();
    let (mut runner, hello) = match Runner::start(&port, budget, &interrupt) {
        Ok(started) => started,
        Err(error) => {
            let findings = vec![Finding::Unsound(format!("it does not start: {error}{}", said(&error)))];
            return Examination { findings, answers: false };
        }
    };
    let mut findings =
        vec![Finding::Sound(format!("hello of {} after {}", hello.name_text, rounded(started.elapsed())))];
    findings.push(second_hello(&port, &hello, &interrupt));
    findings.extend(
        hello
            .unknown_operations()
            .map(|name| Finding::Unsound(format!("claims `{name}`, which is not an operation of this suite"))),
    );
    let answers = match load::embedded() {
        Ok(files) => match plan::select(
            &files,
            &Selection::default(),
            &Claims { hello: &hello, policies: &policies, flaky: &[] },
        ) {
            Ok(plan) => probe(&mut runner, &plan, &mut findings),
            Err(error) => unsound(&mut findings, error.to_string()),
        },
        Err(error) => unsound(&mut findings, error.to_string()),
    };
    if answers {
        findings.push(long_line(&mut runner, &hello));
        findings.push(unicode(&mut runner, &hello));
        findings.push(at_once(&mut runner, &hello));
        findings.push(canary(&mut runner, &hello));
    }
    findings.extend(manners(&runner.finish()));
    Examination { findings, answers }
}

/// What a port that did not start wrote to standard error, on lines of its own.
fn said(error: &StartError) -> String {
    match error {
        StartError::Ended { stderr, .. } | StartError::Silent { stderr, .. } => match stderr.trim() {
            "" => "\nit wrote nothing to standard error".to_owned(),
            stderr => format!("\nits standard error ends:\n{stderr}"),
        },
        StartError::Spawn { source, .. } => format!(": {source}"),
        StartError::Hello(_) | StartError::Interrupted => String::new(),
    }
}

/// A time as people read it.
fn rounded(time: Duration) -> String {
    match time.as_millis() {
        0 => "under 1 ms".to_owned(),
        ms @ 1..1_000 => format!("{ms} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// What was seen in place of the right answer, and the right answer.
fn beside(observed: &Observed, wanted: &Answer) -> String {
    let wanted = Observed::Answer(wanted.clone()).to_json().to_string();
    format!(
        "\nobserved {}\nexpected {}",
        shorten(&observed.to_json().to_string(), SHOWN_CHARS),
        shorten(&wanted, SHOWN_CHARS)
    )
}

fn unsound(findings: &mut Vec<Finding>, words: String) -> bool {
    findings.push(Finding::Unsound(words));
    false
}

/// A second process must say the same about itself.
fn second_hello(port: &dyn Port, first: &Hello, interrupt: &AtomicBool) -> Finding {
    match port.start(interrupt) {
        Ok((session, second)) => {
            drop(session);
            if second == *first {
                Finding::Sound("a second process gives the same hello".to_owned())
            } else {
                Finding::Unsound("a second process gives a different hello".to_owned())
            }
        }
        Err(error) => Finding::Unsound(format!("a second process does not start: {error}")),
    }
}

/// The canary, known answers and flipped bits.
fn probe(runner: &mut Runner<'_>, plan: &Plan<'_>, findings: &mut Vec<Finding>) -> bool {
    let steps: Vec<_> = plan.probes.iter().map(Probe::step).collect();
    let mut sound = true;
    runner.ask(&steps, Manner::OneByOne, &mut |seen| {
        let probe = &plan.probes[seen.step];
        findings.push(match probe.objection(&seen.observed) {
            None => Finding::Sound(format!("{} ({})", probe.title, rounded(seen.elapsed))),
            Some(objection) => {
                sound = false;
                Finding::Unsound(objection)
            }
        });
        ControlFlow::Continue(())
    });
    sound
}

/// Asks one question and compares the answer with the reference's.
fn like_the_reference(runner: &mut Runner<'_>, what: &str, operation: &'static Operation, input: &Fields) -> Finding {
    let mut finding = Finding::Untried(what.to_owned());
    let wanted = Reference::default().answer(operation, input);
    runner.ask(&[step(operation, input)], Manner::OneByOne, &mut |Seen { observed, elapsed, .. }| {
        let same = matches!((&observed, &wanted), (Observed::Answer(Answer::Output(found)), Answer::Output(wanted)) if found == wanted);
        finding = if same {
            Finding::Sound(format!("{what}, with {} ({})", operation.name, rounded(elapsed)))
        } else {
            Finding::Unsound(format!("{what}, with {}:{}", operation.name, beside(&observed, &wanted)))
        };
        ControlFlow::Continue(())
    });
    finding
}

fn step<'v>(operation: &'static Operation, input: &'v Fields) -> Step<'v> {
    Step { entry: 0, operation, input, work: conformance::registry::work(operation, input) }
}

/// The first of the questions that the port claims.
fn claimed(hello: &Hello, names: &[&str], all: &Fields) -> Option<(&'static Operation, Fields)> {
    names.iter().filter_map(|name| find(name)).find_map(|operation| {
        let input = Fields::pick(operation.input, &[all]);
        hello.claims(operation, &input).then_some((operation, input))
    })
}

fn bulk(bytes: usize) -> Fields {
    let message: Vec<u8> = (0_u8..=250).cycle().take(bytes).collect();
    Fields::new()
        .with_bytes("message", message.clone())
        .with_bytes("plaintext", message)
        .with_bytes("key", [7; 32])
        .with_bytes("iv", [8; 12])
        .with_bytes("nonce", [9; 24])
        .with_bytes("aad", [])
        .with_integer("tag_length", 16)
        .with_integer("length", 32)
}

/// Operations that take a message of any length.
const BULK: [&str; 5] =
    ["sha512.digest", "hmac-sha512.tag", "blake2b.digest", "aes-256-gcm.seal", "xchacha20-poly1305.seal"];

fn long_line(runner: &mut Runner<'_>, hello: &Hello) -> Finding {
    let what = format!("a line of {} MiB", LONG_BYTES >> 19);
    match claimed(hello, &BULK, &bulk(LONG_BYTES)) {
        Some((operation, input)) => like_the_reference(runner, &what, operation, &input),
        None => Finding::Untried(format!("{what}: the port claims no operation that takes a long message")),
    }
}

fn unicode(runner: &mut Runner<'_>, hello: &Hello) -> Finding {
    let what = "non-ASCII text";
    let salt_bytes = if hello.operations.contains_key("autonomail.seal") { 32 } else { 16 };
    let all = Fields::new()
        .with_text("password_text", UNICODE)
        .with_text("email_text", "user@example.org")
        .with_text("id_text", UNICODE)
        .with_integer("iterations", 1000)
        .with_bytes("key", [7; 32])
        .with_bytes("salt", vec![8; salt_bytes])
        .with_bytes("key_salt", [8; 16])
        .with_bytes("iv", [9; 16])
        .with_bytes("nonce", [9; 24])
        .with_bytes("plaintext", [1]);
    let names = ["notesnook-item.seal", "notesnook.derive-key", "autonomail.seal", "notesnook.login-hash"];
    let computed: Vec<&str> =
        names.into_iter().filter(|name| conformance::registry::computed().any(|known| known == *name)).collect();
    match claimed(hello, &computed, &all) {
        Some((operation, input)) => like_the_reference(runner, what, operation, &input),
        None => Finding::Untried(format!("{what}: the port claims no operation that takes text")),
    }
}

/// Many requests without waiting: each must be answered once, and all alike.
fn at_once(runner: &mut Runner<'_>, hello: &Hello) -> Finding {
    let what = format!("{AT_ONCE} requests without waiting");
    let Some((operation, input)) = claimed(hello, &BULK, &bulk(100)) else {
        return Finding::Untried(format!("{what}: the port claims no operation that takes a message"));
    };
    let (steps, wanted) = (vec![step(operation, &input); AT_ONCE], Reference::default().answer(operation, &input));
    let (mut wrong, mut slowest) = (None, Duration::ZERO);
    runner.ask(&steps, Manner::Windowed, &mut |seen| {
        slowest = slowest.max(seen.elapsed);
        if !matches!(&seen.observed, Observed::Answer(answer) if *answer == wanted) {
            wrong.get_or_insert(seen.observed);
        }
        ControlFlow::Continue(())
    });
    match wrong {
        None => Finding::Sound(format!("{what} (slowest {})", rounded(slowest))),
        Some(observed) => Finding::Unsound(format!("{what}:{}", beside(&observed, &wanted))),
    }
}

/// Cases whose expectations are wrong on purpose: a port whose answers fit one of them is told what to answer, and nothing
/// that it passes means anything.
fn canary(runner: &mut Runner<'_>, hello: &Hello) -> Finding {
    let what = "cases that are wrong on purpose";
    let read = |source: &SourceFile| load::file(source);
    let files: Vec<_> = match source::embedded_canary().iter().map(read).collect() {
        Ok(files) => files,
        Err(error) => return Finding::Unsound(error.to_string()),
    };
    let claims = Claims { hello, policies: &["canary".to_owned()], flaky: &[] };
    let plan = match plan::select(&files, &Selection::default(), &claims) {
        Ok(plan) if !plan.steps.is_empty() => plan,
        Ok(_) => return Finding::Untried(format!("{what}: the port claims none of their operations")),
        Err(error) => return Finding::Unsound(error.to_string()),
    };
    let mut passed = None;
    runner.ask(&plan.steps, Manner::OneByOne, &mut |Seen { step, observed, .. }| {
        let entry = &plan.entries[plan.steps[step].entry];
        let Case { input, expect, .. } = entry.case;
        if compare(entry.file.operation, input, expect, &observed, &reference_opens).is_none() {
            passed = Some(format!("canary/{}", entry.file.case_id(entry.case)));
        }
        ControlFlow::Continue(())
    });
    match passed {
        None => Finding::Sound(format!("passes none of the {} {what}", plan.steps.len())),
        Some(case) => Finding::Unsound(format!("{what}: it passes {case}")),
    }
}

/// What came beside the answers, and how it ended.
fn manners(remarks: &Remarks) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.push(match remarks.noise_lines {
        0 => Finding::Sound("only answers on standard output".to_owned()),
        lines => Finding::Unsound(format!(
            "{} on standard output that answered no open request (a print, or a second answer), ending with:\n{}",
            counted(usize::try_from(lines).unwrap_or(usize::MAX), "line"),
            shorten(&remarks.noise, SHOWN_CHARS)
        )),
    });
    match remarks.notes.as_slice() {
        [] => findings.push(Finding::Sound("exits with 0 when its input ends".to_owned())),
        notes => findings.extend(notes.iter().cloned().map(Finding::Unsound)),
    }
    findings
}
