//! `sealproof calibrate`: how many iterations are the wanted time, here and on ports.

mod options;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use self::options::Form;
use super::output::{complain, print};
use super::run::explain_start;
use super::run::signals::Signals;
use calibration::report::{Rule, Sheet, html, json, text};
use calibration::{
    Answered, Calibration, CalibrationError, Claim, ExternalMeter, Fault, LocalMeter, Meter, Order, Outcome, Scale,
    Subject, autonomail, describe, fixed, search,
};
use conformance::port::{Manifest, ManifestError, Port, ProcessPort, StartError};
use conformance::shown::printable;
use vectors::operation::CALIBRATE;

pub(super) use options::CalibrateArgs;

/// Something gave no number, or a port's calibrator is at fault.
const NO_NUMBER: u8 = 1;
/// What was asked for cannot be done as it was asked.
const USAGE: u8 = 2;
/// With `--strict`: a number that cannot be relied on.
const DOUBTED: u8 = 4;
/// A manifest is invalid.
const INVALID: u8 = 5;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("cannot write {}", path.display())]
    Write { path: PathBuf, source: std::io::Error },
    #[error("cannot watch for signals")]
    Signals(#[source] std::io::Error),
}

impl Failed {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Manifest(ManifestError::Absent { .. }) => USAGE,
            Self::Manifest(_) => INVALID,
            Self::Write { .. } | Self::Signals(_) => NO_NUMBER,
        }
    }
}

/// Runs `sealproof calibrate`.
pub(super) fn calibrate(args: &CalibrateArgs) -> ExitCode {
    match conduct(args) {
        Ok(code) => ExitCode::from(code),
        Err(failed) => {
            complain(&failed);
            ExitCode::from(failed.exit_code())
        }
    }
}

fn conduct(args: &CalibrateArgs) -> Result<u8, Failed> {
    let manifests = args.ports.iter().map(|port| Manifest::find(port)).collect::<Result<Vec<_>, _>>()?;
    let bench = Bench::new(args)?;
    let signals = Signals::watch().map_err(Failed::Signals)?;
    let (reference, cold_arena) = bench.reference();
    let mut subjects = vec![reference];
    for (manifest, name) in manifests.into_iter().zip(&args.ports) {
        if signals.caught().is_some() {
            break;
        }
        subjects.push(bench.port(manifest, name, &signals));
    }
    if let Some(signal) = signals.caught() {
        return Ok(128 + signal);
    }
    let sheet = Sheet {
        kdf: bench.kdf,
        target: bench.order.target.duration(),
        rule: bench.rule,
        seed: bench.order.seed,
        machine: describe(),
        cold_arena,
        subjects,
    };
    write(args, &sheet)?;
    Ok(exit_code(args.strict, &sheet.subjects))
}

/// The worst of what was found: no number before a doubted one.
fn exit_code(strict: bool, subjects: &[Subject]) -> u8 {
    let broken = |subject: &Subject| {
        matches!(subject.outcome, Outcome::Failed(_))
            || subject.claim.as_ref().is_some_and(|claim| !claim.faults.is_empty())
    };
    let doubted = |subject: &Subject| match &subject.outcome {
        Outcome::Found(found) => !found.stands(),
        // One sample a step is nothing to stand behind.
        Outcome::Followed(_) => true,
        Outcome::Failed(_) => false,
    };
    if subjects.iter().any(broken) {
        NO_NUMBER
    } else if strict && subjects.iter().any(doubted) {
        DOUBTED
    } else {
        0
    }
}

fn write(args: &CalibrateArgs, sheet: &Sheet) -> Result<(), Failed> {
    let render = |form| match form {
        Form::Text => text(sheet),
        Form::Json => json(sheet),
        Form::Html => html(sheet),
    };
    if args.reports.iter().all(|report| report.path.as_os_str() != "-") {
        print(&text(sheet));
    }
    for report in &args.reports {
        if report.path.as_os_str() == "-" {
            print(&render(report.form));
        } else {
            let failed = |source| Failed::Write { path: report.path.clone(), source };
            fs::write(&report.path, render(report.form)).map_err(failed)?;
        }
    }
    Ok(())
}

/// What every implementation is measured for.
struct Bench {
    kdf: calibration::Kdf,
    rule: Rule,
    order: Order,
    memory_mib_max: u32,
}

impl Bench {
    fn new(args: &CalibrateArgs) -> Result<Self, Failed> {
        let kdf = args.kdf().map_err(Failed::Usage)?;
        let rule = args.rule(kdf).map_err(Failed::Usage)?;
        let memory_mib_max = args.memory_mib_max(&describe());
        let target = args.target().map_err(|error| Failed::Usage(format!("--target: {error}")))?;
        let order = Order { target, scale: kdf.scale(memory_mib_max), seed: args.seed() };
        Ok(Self { kdf, rule, order, memory_mib_max })
    }

    /// The reference in this process; and, for Argon2, what fresh memory costs.
    fn reference(&self) -> (Subject, Option<f64>) {
        eprintln!("measuring the reference …");
        let mut meter = LocalMeter::new(self.kdf);
        let outcome = self.measure(&mut meter, self.order.scale);
        let cold = match (&outcome, self.kdf) {
            (Ok(Outcome::Found(found)), kdf) if kdf != calibration::Kdf::Pbkdf2HmacSha512 => {
                let warm = found.wall.seconds;
                meter.cold(found.chosen).ok().map(|sample| sample.wall.as_secs_f64() / warm)
            }
            (_, _) => None,
        };
        let about = format!("sealproof {}", env!("CARGO_PKG_VERSION"));
        (Subject { name: "reference".to_owned(), about, outcome: told(outcome), claim: None }, cold)
    }

    fn measure(&self, meter: &mut dyn Meter, scale: Scale) -> Result<Outcome, CalibrationError> {
        let order = Order { scale, ..self.order };
        match self.rule {
            Rule::Search => search(meter, &order).map(|found| Outcome::Found(Box::new(found))),
            Rule::Fixed(cost) => fixed(meter, cost, &order).map(|found| Outcome::Found(Box::new(found))),
            Rule::Autonomail => autonomail::follow(meter, order.target, scale.most).map(Outcome::Followed),
        }
    }

    /// A port, from its start to its end.
    fn port(&self, manifest: Manifest, name: &str, signals: &Signals) -> Subject {
        eprintln!("measuring {} …", printable(name));
        let port = ProcessPort::new(manifest);
        let failed = |why: String| Subject {
            name: name.to_owned(),
            about: String::new(),
            outcome: Outcome::Failed(why),
            claim: None,
        };
        let (session, hello) = match port.start(signals.interrupt()) {
            Ok(started) => started,
            Err(error) => {
                explain_start(&error);
                return failed(format!("it does not start: {}", chain(&error)));
            }
        };
        let about = format!("{} {}, {}", hello.name_text, hello.version_text, hello.runtime_text);
        let target = self.order.target.duration();
        let mut meter = match ExternalMeter::new(session, &hello, self.kdf, target, signals.interrupt()) {
            Ok(meter) => meter,
            Err(error) => return Subject { about, ..failed(error.to_string()) },
        };
        let scale = ExternalMeter::scale(&hello, self.kdf, self.memory_mib_max);
        let measured = self.measure(&mut meter, scale);
        let measured = measured.and_then(|found| meter.confirm().map(|()| found).map_err(CalibrationError::from));
        let outcome = told(measured);
        let claim = match &outcome {
            Outcome::Found(found) if hello.operations.contains_key(CALIBRATE.name) => self.claim(&mut meter, found),
            Outcome::Found(_) | Outcome::Followed(_) | Outcome::Failed(_) => None,
        };
        Subject { name: name.to_owned(), about, outcome, claim }
    }

    /// What a port's own calibrator says, for the target, twice the target, and the target again.
    fn claim(&self, meter: &mut ExternalMeter<'_>, found: &Calibration) -> Option<Claim> {
        if self.kdf != calibration::Kdf::Pbkdf2HmacSha512 {
            return None;
        }
        let target = self.order.target.duration();
        let target_ms = u64::try_from(target.as_millis()).unwrap_or(u64::MAX);
        let within = 30 * target + Duration::from_secs(30);
        let mut answers = Vec::new();
        for target_ms in [target_ms, 2 * target_ms, target_ms] {
            match meter.calibrate(target_ms, within) {
                Ok((iterations, elapsed_ms)) => answers.push(Answered { target_ms, iterations, elapsed_ms }),
                Err(error) => {
                    let mut claim = Claim::judge(answers, found);
                    claim.faults.push(Fault::Silent(error.to_string()));
                    return Some(claim);
                }
            }
        }
        Some(Claim::judge(answers, found))
    }
}

fn told(outcome: Result<Outcome, CalibrationError>) -> Outcome {
    outcome.unwrap_or_else(|error| Outcome::Failed(error.to_string()))
}

/// The error with its causes.
fn chain(error: &StartError) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}
