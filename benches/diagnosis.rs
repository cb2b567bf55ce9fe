//! How often a planted mistake is named, and how long it takes. Not a criterion bench: what counts is how many.
//!
//! `cargo bench --bench diagnosis -- [--singles N] [--from N] [--pairs N] [--unknown N] [--seed N] [--for SECONDS] [--verbose]`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a bench tells what it measured")]

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::time::Duration;

use conformance::verdict::{Known, Observed, Subject, Tally};
use diagnosis::edit::{Change, Edit};
use diagnosis::{
    Derivations, Diagnosis, Exhibit, Finding, Hypothesis, Mistake, Mutant, Step, Watch, explain, mistakes,
};
use vectors::operation::OPERATIONS;
use vectors::{Answer, Case, Expect, Fields, Kind, Operation, VectorFile, load};

struct Options {
    singles: usize,
    pairs: usize,
    unknown: usize,
    from: usize,
    seed: u64,
    allowed: Duration,
    verbose: bool,
    only: Vec<String>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            singles: usize::MAX,
            pairs: 500,
            unknown: 200,
            from: 0,
            seed: 1,
            allowed: Duration::from_secs(2),
            verbose: false,
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
                "--from" => options.from = usize::try_from(number()).expect("it is small"),
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
        _ => all.iter().skip(options.from).step_by(stride).map(|mistake| Hypothesis::of(mistake)).collect(),
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
    let mut pairs = trials(&planted, &files, &options);
    let shared = Derivations::default();
    pairs.retain(|trial| both_named(trial) || both_show(&trial.planted, &files, &shared));
    report("pairs of mistakes, each of which shows by itself", &pairs, &options, both_named);

    let planted: Vec<_> = (0..options.unknown).map(|_| Hypothesis::changing(unknown(&mut random))).collect();
    let trials = trials(&planted, &files, &options);
    report("unknown mistakes: no wrong name", &trials, &options, |trial| trial.diagnosis.causes.is_empty());
    report("unknown mistakes: first diverging step", &trials, &options, step_right);
}

/// The time that this process has computed, over the cores of the machine: on one that has nothing else to do the same as
/// the time of a clock, while a search keeps all cores busy. Other work on the machine does not count.
fn now() -> Duration {
    static CORES: LazyLock<u32> = LazyLock::new(|| {
        std::thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1))
    });
    let computed = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(computed).unwrap_or_default() / *CORES
}

/// Plants each in a port, runs all vectors against it and asks why they fail.
fn trials(planted: &[Hypothesis], files: &[VectorFile], options: &Options) -> Vec<Trial> {
    let shared = Derivations::default();
    let mut trials = Vec::new();
    for planted in planted {
        let exhibits = exhibits(planted, files, &shared);
        let failures = exhibits.iter().filter(|exhibit| exhibit.found.is_some()).count();
        let (started, own) = (now(), Derivations::default());
        let watch = Watch { elapsed: &|| now().saturating_sub(started), allowed: options.allowed };
        let diagnosis = explain(&exhibits, &own, watch);
        let elapsed = now().saturating_sub(started);
        trials.push(Trial { planted: planted.clone(), failures, diagnosis, elapsed });
        if trials.len().is_multiple_of(50) {
            eprintln!("{}", trials.len());
        }
    }
    trials
}

/// Operations of 64 MiB, which a planted port is asked only if its mistake is made there: Argon2 in small steps takes minutes
/// for them, and fewer answers make a diagnosis no easier.
const COSTLY: &[&str] = &["notesnook.login-hash"];

/// What a run finds, on two threads: the files of each are every other one.
fn exhibits<'v>(planted: &Hypothesis, files: &'v [VectorFile], shared: &Derivations) -> Vec<Exhibit<'v>> {
    let half = |from: usize| {
        let port = planted.port(shared);
        let touched = |file: &VectorFile| planted.touches(file.operation);
        let own =
            |file: &&VectorFile| !COSTLY.contains(&file.operation.name) || planted.names_operation(file.operation.name);
        let asked = files[from..].iter().step_by(2);
        let exhibits =
            |file: &'v VectorFile| if own(&file) { of_file(touched(file).then_some(&port), file) } else { Vec::new() };
        asked.map(exhibits).collect::<Vec<_>>()
    };
    let (even, odd) = std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        (half(0), odd.join().expect("no port panics"))
    });
    let mut odd = odd.into_iter();
    even.into_iter().flat_map(|even| even.into_iter().chain(odd.next().unwrap_or_default())).collect()
}

/// What a run finds in one file; `None` is a port that has no mistake there.
fn of_file<'v>(port: Option<&Mutant<'_>>, file: &'v VectorFile) -> Vec<Exhibit<'v>> {
    let found = |case: &'v Case| {
        let draws = if matches!(case.expect, Expect::Opens(_)) { 4 } else { 1 };
        let subject =
            Subject { operation: file.operation, input: &case.input, expect: &case.expect, draws, known: Known::No };
        let mut tally = Tally::new(vec![subject]);
        (0..draws)
            .filter_map(|_| tally.observe(0, observed(port?, file.operation, &case.input), Duration::ZERO))
            .find_map(|judged| {
                let (mismatch, observed) = (judged.verdict.mismatch()?, judged.observed?);
                Some(Finding { mismatch, observed, stale: judged.stale })
            })
    };
    file.cases.iter().map(|case| Exhibit { file, case, found: found(case) }).collect()
}

/// What a run sees of a planted port; a step that cannot use what the step before it left breaks the answer.
fn observed(port: &Mutant<'_>, operation: &'static Operation, input: &Fields) -> Observed {
    catch_unwind(AssertUnwindSafe(|| port.observed(operation, input)))
        .unwrap_or_else(|_| Observed::Answer(Answer::Failure { detail: "it panicked".to_owned() }))
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

/// Whether each mistake makes some answer wrong when it is alone.
fn both_show(planted: &Hypothesis, files: &[VectorFile], shared: &Derivations) -> bool {
    let shows = |mistake: &&'static Mistake| {
        exhibits(&Hypothesis::of(mistake), files, shared).iter().any(|exhibit| exhibit.found.is_some())
    };
    planted.mistakes.iter().all(shows)
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
            // Without its first byte a value is in the list.
            _ => Change::Dropped(at.max(1)),
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
