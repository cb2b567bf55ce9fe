//! `sealproof run`: asks ports, judges them, and tells what came out.

mod embedded;
mod options;
mod required;
pub(super) mod signals;
mod sinks;
mod status;

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use super::output::complain;
use conformance::plan::PlanError;
use conformance::port::{Date, KnownIssue, Manifest, ManifestError, Port, ProcessPort, StartError};
use report::Conclusion;
use report::suite::{self, Extent, Order, Required, RunError, Time};
use vectors::foreign::ForeignError;
use vectors::given::{self, Given};
use vectors::index::vectors_sha256;
use vectors::source::{self, Companions};
use vectors::{Errata, LoadError, Reasons, load};

pub(super) use options::RunArgs;
use signals::Signals;
use sinks::Sinks;

/// What was asked for cannot be done as it was asked.
const USAGE: u8 = 2;
/// The port did not start.
const NO_PORT: u8 = 4;
/// The vectors or a manifest are invalid.
const INVALID: u8 = 5;

/// Why a run ends without a verdict.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Vectors(#[from] LoadError),
    #[error("there is no requirement set `{name}`; {}", required::listed(known))]
    NoSuchSet { name: String, known: Vec<String> },
    #[error("the requirement set `{name}` does not match the vectors: {}", faults.join("; "))]
    StaleSet { name: String, faults: Vec<String> },
    #[error(transparent)]
    Given(#[from] ForeignError),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("port {port}")]
    Run { port: String, source: RunError },
    #[error("cannot write {target}")]
    Write { target: String, source: std::io::Error },
    #[error("cannot watch for signals")]
    Signals(#[source] std::io::Error),
}

impl Failed {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Run { source: RunError::Plan(_), .. } | Self::NoSuchSet { .. } => USAGE,
            Self::Manifest(ManifestError::Absent { .. }) | Self::Run { source: RunError::Start(_), .. } => NO_PORT,
            Self::Vectors(_) | Self::Given(_) | Self::StaleSet { .. } | Self::Manifest(_) => INVALID,
            Self::Write { .. } | Self::Signals(_) => 1,
        }
    }
}

/// Runs `sealproof run`.
pub(super) fn run(args: &RunArgs) -> ExitCode {
    match conduct(args) {
        Ok(code) => ExitCode::from(code),
        Err(failed) => {
            complain(&failed);
            explain_failure(&failed);
            ExitCode::from(failed.exit_code())
        }
    }
}

/// What runs against one target, beside what all targets share.
struct Target<'a> {
    name: String,
    policies: &'a [String],
    reasons: Reasons,
    known_issues: &'a [KnownIssue],
    /// What a reader should know of it, one line each.
    notes: Vec<String>,
    port_arguments: String,
}

/// What every target is asked, and what of it decides.
struct Vectors {
    given: Given,
    extent: Extent,
    errata: Errata,
    required: Option<Required>,
    /// The arguments that give them again.
    arguments: String,
}

impl Vectors {
    fn of(args: &RunArgs) -> Result<Self, Failed> {
        let paths = &args.vectors;
        let (given, extent) = match paths[..] {
            [] => (Given { files: load::embedded()?, sha256: vectors_sha256(), ..Given::default() }, Extent::Suite),
            [..] => (given::load(paths)?, Extent::Given),
        };
        let companions = companions(paths)?;
        let errata = companions.errata.as_deref().map_or_else(|| Ok(Errata::none()), Errata::read)?;
        let required = args.require.as_deref();
        let required = required.map(|name| required::find(name, &companions, &given.files, &errata)).transpose()?;
        let argument = |path: &PathBuf| format!("--vectors {} ", quoted(&path.display().to_string()));
        Ok(Self { given, extent, errata, required, arguments: paths.iter().map(argument).collect() })
    }
}

/// The errata and requirement sets that belong to the vectors: the embedded ones, or those of one folder.
fn companions(paths: &[PathBuf]) -> Result<Companions, LoadError> {
    match paths {
        [] => Ok(source::embedded_companions()),
        [folder] if folder.is_dir() => source::companions(folder),
        [..] => Ok(Companions::default()),
    }
}

fn conduct(args: &RunArgs) -> Result<u8, Failed> {
    let manifests = args.ports.iter().map(|port| Manifest::find(port)).collect::<Result<Vec<_>, _>>()?;
    let vectors = Vectors::of(args)?;
    let signals = Signals::watch().map_err(Failed::Signals)?;
    let mut sinks = Sinks::open(args)?;
    let mut worst = 0;
    if manifests.is_empty() {
        worst = embedded::run(args, &vectors, &signals, &mut sinks)?;
    }
    for (manifest, argument) in manifests.iter().zip(&args.ports) {
        let target = Target {
            name: argument.clone(),
            policies: &manifest.policies,
            reasons: manifest.reasons,
            known_issues: &manifest.known_issues,
            notes: Vec::new(),
            port_arguments: format!("--port {} ", quoted(argument)),
        };
        let port = ProcessPort::new(manifest.clone());
        worst = severer(worst, one(&port, &target, args, &vectors, &signals, &mut sinks)?);
        if signals.caught().is_some() {
            break;
        }
    }
    sinks.close()?;
    Ok(worst)
}

fn one(
    port: &dyn Port,
    target: &Target<'_>,
    args: &RunArgs,
    vectors: &Vectors,
    signals: &Signals,
    sinks: &mut Sinks,
) -> Result<u8, Failed> {
    let began = Instant::now();
    let clock = || began.elapsed();
    let notes = [vectors.given.notes.as_slice(), &target.notes].concat();
    let order = Order {
        files: &vectors.given.files,
        extent: vectors.extent,
        notes: &notes,
        vectors_sha256: vectors.given.sha256.clone(),
        errata: &vectors.errata,
        selection: args.selection(),
        policies: target.policies,
        reasons: target.reasons,
        known_issues: target.known_issues,
        today: today(),
        budget: args.budget(),
        at_failure: args.at_failure(),
        noise: args.noise(),
        min_cases: args.min_cases,
        required: vectors.required.clone(),
        time: Time { clock: &clock, diagnosis: args.diagnose_for() },
        port_arguments: format!("{}{}", target.port_arguments, vectors.arguments),
    };
    let mut report = match (suite::run(port, &order, signals.interrupt(), sinks), signals.caught()) {
        // There is no hello, and so nothing to report.
        (Err(RunError::Start(StartError::Interrupted)), Some(signal)) => {
            return Ok(Conclusion::Interrupted { signal }.exit_code());
        }
        (run, _) => run.map_err(|source| Failed::Run { port: target.name.clone(), source })?,
    };
    if let Some(signal) = signals.caught() {
        report.conclusion = Conclusion::Interrupted { signal };
    }
    sinks.write(&report)?;
    Ok(report.conclusion.exit_code())
}

/// Of several ports' exit codes the one that a CI must not miss: a signal, then a broken adapter, then a red case.
fn severer(one: u8, other: u8) -> u8 {
    let weight = |code: u8| match code {
        0 => 0,
        3 => 1,
        1 => 2,
        NO_PORT => 3,
        _ => 4,
    };
    if weight(other) > weight(one) { other } else { one }
}

pub(super) fn today() -> Date {
    Date::since_1970(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default())
}

/// The argument as a shell reads it back.
pub(super) fn quoted(argument: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%=".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

/// Shows what a port that did not start said, and what helps.
fn explain_failure(failed: &Failed) {
    let Failed::Run { source, .. } = failed else { return };
    match source {
        RunError::Start(error) => explain_start(error),
        RunError::Plan(PlanError::MatchesNothing { .. }) => eprintln!("hint: `sealproof vectors list` lists all cases"),
        RunError::Plan(_) => {}
    }
}

/// The same for what did not start.
pub(super) fn explain_start(error: &StartError) {
    let stderr = match error {
        StartError::Ended { stderr, .. } | StartError::Silent { stderr, .. } => stderr,
        StartError::Spawn { source, .. } if source.kind() == ErrorKind::PermissionDenied => {
            return eprintln!("hint: `chmod +x` the program, or name its interpreter first in `command`");
        }
        StartError::Spawn { .. } => return eprintln!("hint: `sealproof setup PORT` installs what the port needs"),
        StartError::Hello(_) | StartError::Interrupted => return,
    };
    for line in stderr.lines() {
        eprintln!("  stderr: {}", line.escape_debug());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One broken port among several must not be hidden by the others.
    #[test]
    fn the_severest_exit_code_wins() {
        for (codes, worst) in [(&[0, 1, 0][..], 1), (&[1, 4, 0], 4), (&[0, 3], 3), (&[3, 1], 1), (&[4, 130], 130)] {
            assert_eq!(codes.iter().fold(0, |worst, code| severer(worst, *code)), worst, "{codes:?}");
        }
    }

    /// The line that repeats a failure is pasted into a shell.
    #[test]
    fn arguments_survive_a_shell() {
        for (argument, shown) in
            [("ports/sjcl", "ports/sjcl"), ("my port", "'my port'"), ("it's", "'it'\\''s'"), ("", "''")]
        {
            assert_eq!(quoted(argument), shown);
        }
    }
}
