//! How often a planted mistake is named, and how long it takes. Not a criterion bench: what counts is how many.
//!
//! `cargo bench --bench diagnosis -- [--singles N] [--pairs N] [--unknown N] [--seed N] [--for SECONDS] [--verbose]`

#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sealproof::diagnosis::edit::{Change, Edit};
use sealproof::diagnosis::{
    Derivations, Diagnosis, Exhibit, Finding, Hypothesis, Mistake, Mutant, Step, Watch, explain, mistakes,
};
use sealproof::vector::operation::OPERATIONS;
use sealproof::vector::{Expect, Fields, Kind, Operation, VectorFile, load};
use sealproof::verdict::{Known, Observed, Subject, Tally};

struct Options {
    singles: usize,
    pairs: usize,
    unknown: usize,
    seed: u64,
    allowed: Duration,
    verbose: bool,
    threads: usize,
    only: Vec<String>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            singles: usize::MAX,
            pairs: 500,
            unknown: 200,
            seed: 1,
            allowed: Duration::from_secs(2),
            verbose: false,
            threads: 1,
            only: Vec::new(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            if argument == "--only" {
                options.only.extend(arguments.next());
                continue;
            }
            let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok()).expect("a number follows");
            match argument.as_str() {
                "--singles" => options.singles = usize::try_from(number()).expect("it is small"),
                "--pairs" => options.pairs = usize::try_from(number()).expect("it is small"),
                "--unknown" => options.unknown = usize::try_from(number()).expect("it is small"),
                "--threads" => options.threads = usize::try_from(number()).expect("it is small"),
                "--seed" => options.seed = number(),
                "--for" => options.allowed = Duration::from_secs(number()),
                "--verbose" => options.verbose = true,
                _ => {}
            }
        }
        options
    }
}

/// What came of one planted port.
struct Trial {
    planted: Hypothesis,
    failures: usize,
    diagnosis: Diagnosis,
    elapsed: Duration,
}

fn main() {
    let options = Options::read();
    std::panic::set_hook(Box::new(|_| {}));
    let files: Vec<VectorFile> = load::embedded().expect("the embedded vectors are valid");
    let files: Vec<VectorFile> =
        files.into_iter().filter(|file| ["core", "strict"].contains(&file.policy.as_str())).collect();
    let mut random = fastrand::Rng::with_seed(options.seed);
    let all: Vec<&'static Mistake> = mistakes::all().collect();

    if !options.only.is_empty() {
        let mistake = |name: &String| Hypothesis::of(mistakes::find(name).expect("a mistake of this name"));
        let planted = options.only.iter().map(mistake).reduce(|one, other| one.and(&other));
        return report("these", &trials(&planted.into_iter().collect::<Vec<_>>(), &files, &options), &options, |_| {
            false
        });
    }
    let stride = all.len().div_ceil(options.singles.max(1)).max(1);
    let planted: Vec<_> = match options.singles {
        0 => Vec::new(),
        _ => all.iter().step_by(stride).map(|mistake| Hypothesis::of(mistake)).collect(),
    };
    let singles = trials(&planted, &files, &options);
    report("single mistakes: named first", &singles, &options, named_first);
    report(
        "single mistakes: named first, or beside one that nothing asked tells from it",
        &singles,
        &options,
        |trial| named_first(trial) || named_beside(trial),
    );

    let pick = |random: &mut fastrand::Rng| Hypothesis::of(all[random.usize(..all.len())]);
    let planted: Vec<_> = (0..options.pairs).map(|_| pick(&mut random).and(&pick(&mut random))).collect();
    report("pairs of mistakes", &trials(&planted, &files, &options), &options, both_named);

    let planted: Vec<_> = (0..options.unknown).map(|_| Hypothesis::changing(unknown(&mut random))).collect();
    let trials = trials(&planted, &files, &options);
    report("unknown mistakes: no wrong name", &trials, &options, |trial| trial.diagnosis.causes.is_empty());
    report("unknown mistakes: first diverging step", &trials, &options, step_right);
}

/// Plants each in a port, runs all vectors against it and asks why they fail.
fn trials(planted: &[Hypothesis], files: &[VectorFile], options: &Options) -> Vec<Trial> {
    let (next, done, shared) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Derivations::default());
    std::thread::scope(|scope| {
        for _ in 0..options.threads {
            scope.spawn(|| {
                while let Some(planted) = planted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let exhibits = exhibits(planted, files, &shared);
                    let failures = exhibits.iter().filter(|exhibit| exhibit.found.is_some()).count();
                    let (started, own) = (Instant::now(), Derivations::default());
                    let watch = Watch { elapsed: &|| started.elapsed(), allowed: options.allowed };
                    let diagnosis = explain(&exhibits, &own, watch);
                    let elapsed = started.elapsed();
                    let trial = Trial { planted: planted.clone(), failures, diagnosis, elapsed };
                    done.lock().expect("no trial panics").push(trial);
                }
            });
        }
    });
    done.into_inner().expect("no trial panics")
}

fn exhibits<'v>(planted: &Hypothesis, files: &'v [VectorFile], shared: &Derivations) -> Vec<Exhibit<'v>> {
    let port = planted.port(shared);
    let mut exhibits = Vec::new();
    for file in files {
        let touched = planted.touches(file.operation);
        for case in &file.cases {
            let draws = if matches!(case.expect, Expect::Opens(_)) { 4 } else { 1 };
            let subject = Subject {
                operation: file.operation,
                input: &case.input,
                expect: &case.expect,
                draws,
                known: Known::No,
            };
            let mut tally = Tally::new(vec![subject]);
            let found = (0..draws)
                .filter(|_| touched)
                .filter_map(|_| tally.observe(0, observed(&port, file.operation, &case.input), Duration::ZERO))
                .find_map(|judged| {
                    let (mismatch, observed) = (judged.verdict.mismatch()?, judged.observed?);
                    Some(Finding { mismatch, observed, remark: judged.remark })
                });
            exhibits.push(Exhibit { file, case, found });
        }
    }
    exhibits
}

/// What a run sees of a planted port; one that takes a step with what another mistake left, and cannot, crashes.
fn observed(port: &Mutant<'_>, operation: &'static Operation, input: &Fields) -> Observed {
    catch_unwind(AssertUnwindSafe(|| port.observed(operation, input)))
        .unwrap_or_else(|_| Observed::Died { how: "it panicked".to_owned(), stderr: String::new() })
}

fn names(hypothesis: &Hypothesis) -> HashSet<String> {
    hypothesis.names().into_iter().collect()
}

fn named_first(trial: &Trial) -> bool {
    trial.diagnosis.causes.first().is_some_and(|cause| names(&cause.hypothesis) == names(&trial.planted))
}

fn named_beside(trial: &Trial) -> bool {
    let wanted = names(&trial.planted);
    trial.diagnosis.causes.first().is_some_and(|cause| cause.alternatives.iter().any(|other| names(other) == wanted))
}

fn both_named(trial: &Trial) -> bool {
    let named: HashSet<_> = trial.diagnosis.causes.iter().flat_map(|cause| cause.hypothesis.names()).collect();
    names(&trial.planted).is_subset(&named)
}

/// A change of one byte or bit of a value on its way, which no list holds.
fn unknown(random: &mut fastrand::Rng) -> Edit {
    loop {
        let operation = &OPERATIONS[random.usize(..OPERATIONS.len() - 1)];
        let members: Vec<_> = operation.input.iter().chain(operation.output).collect();
        let member = members[random.usize(..members.len())];
        let hex = matches!(member.kind, Kind::Hex | Kind::HexList);
        let envelope = ["record", "envelope"].contains(&member.name);
        if !hex || envelope {
            continue;
        }
        let at = random.usize(..24);
        let change = match random.u8(..3) {
            0 => Change::Flipped(at, random.u8(1..)),
            1 => Change::Exchanged(at),
            _ => Change::Dropped(at),
        };
        let operations = std::slice::from_ref(&operation.name);
        return Edit { operations, member: member.name, change };
    }
}

/// Whether the step that is told is one that the change was made in.
fn step_right(trial: &Trial) -> bool {
    let Some(edit) = trial.planted.edits.first() else { return false };
    let Some(first) = trial.diagnosis.unexplained.first() else { return trial.failures == 0 };
    let right: &[Step] = match (edit.operations[0].rsplit_once('.').map_or("", |(_, verb)| verb), edit.member) {
        ("seal", "ciphertext") => &[Step::Keystream, Step::Tag, Step::Later, Step::Length],
        ("seal", "plaintext") => &[Step::Keystream, Step::Tag, Step::Later, Step::Length, Step::Layout],
        ("seal", "aad") => &[Step::Tag],
        ("seal", "salt" | "nonce" | "iv" | "key" | "key_salt") => {
            &[Step::Keystream, Step::Randomness, Step::Taking, Step::Length, Step::Tag]
        }
        ("open", "plaintext") => &[Step::Plaintext],
        ("open", _) => &[Step::Taking, Step::Plaintext],
        (_, _) => &[Step::Derivation, Step::Later, Step::Length, Step::Taking],
    };
    edit.concerns(first.operation) && right.contains(&first.step)
}

fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn report(title: &str, trials: &[Trial], options: &Options, right: impl Fn(&Trial) -> bool) {
    let seen: Vec<_> = trials.iter().filter(|trial| trial.failures > 0).collect();
    if seen.is_empty() {
        return;
    }
    let good = seen.iter().filter(|trial| right(trial)).count();
    let longest = seen.iter().map(|trial| trial.elapsed).max().unwrap_or_default();
    let count = float(seen.len());
    let mean = seen.iter().map(|trial| trial.elapsed.as_secs_f64()).sum::<f64>() / count;
    println!(
        "{title}: {good} of {} ({:.1} %); {} do not show in these vectors; {mean:.2} s each, {:.2} s at most",
        seen.len(),
        100.0 * float(good) / count,
        trials.len() - seen.len(),
        longest.as_secs_f64()
    );
    for trial in seen.iter().filter(|trial| options.verbose && !right(trial)) {
        println!(
            "  planted {:?}, {} failures, {:.2} s",
            trial.planted.names(),
            trial.failures,
            trial.elapsed.as_secs_f64()
        );
        for cause in &trial.diagnosis.causes {
            let others: Vec<_> = cause.alternatives.iter().flat_map(Hypothesis::names).collect();
            println!("    named {:?} or {others:?}: {:?}", cause.hypothesis.names(), cause.proof);
        }
        for divergence in &trial.diagnosis.unexplained {
            println!("    {} {:?}: {} cases", divergence.operation, divergence.step, divergence.cases.len());
        }
    }
}
