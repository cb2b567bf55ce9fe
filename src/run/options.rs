//! The arguments of `sealproof run`.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread::available_parallelism;
use std::time::Duration;

use clap::{Args, ValueEnum};

use conformance::plan::{CasePattern, Selection, Shard};
use conformance::runner::Budget;
use report::suite::{AtFailure, NoisePolicy};

/// Sessions at the same time, unless told otherwise.
const JOBS_MAX: usize = 4;

/// A diagnosis may take a day.
const SECONDS_MAX: f64 = 86_400.0;

/// The arguments of `sealproof run`.
#[derive(Args)]
#[command(
    after_help = "Exit codes: 0 conforms, 1 a case failed, 2 usage, 3 too few cases ran, 4 the port did not start, \
                        does not speak the protocol or is right in no probe, 5 the vectors or a manifest are invalid, 130/143 on signals."
)]
pub(crate) struct RunArgs {
    /// A port: its folder, or its name below ports/; may be repeated. Without it: the built-in reference, cross-checked
    #[arg(long = "port", value_name = "DIR|NAME")]
    pub(super) ports: Vec<String>,
    /// Run only cases that match FAMILY, FAMILY/TOPIC or FAMILY/TOPIC/ID, with * and ?; may be repeated
    #[arg(long = "select", value_name = "GLOB", value_parser = pattern)]
    select: Vec<CasePattern>,
    /// Run only the files of this policy
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// Number of worker processes [default: number of cores, at most 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Run only part I of N
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Memory limit in MiB for all cases that run at the same time
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    memory_mib: u64,
    /// Write a report: FORM is text or jsonl, PATH may be - for standard output; may be repeated
    #[arg(long = "report", value_name = "FORM=PATH", value_parser = report_target)]
    pub(super) reports: Vec<ReportTarget>,
    /// Write each case's record as soon as it is known
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
    /// Stop at the first failure
    #[arg(long)]
    fail_fast: bool,
    /// Let only the cases of this requirement set decide the exit code; the others still run and are reported
    #[arg(long, value_name = "SET", conflicts_with_all = ["select", "policy"])]
    pub(super) require: Option<String>,
    /// Fail if fewer than N cases ran
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) min_cases: usize,
    /// Diagnosis time limit in seconds; 0 turns it off
    #[arg(long, value_name = "S", default_value_t = 2.0, value_parser = seconds)]
    diagnose_for: f64,
    /// Seed of the order of cases [default: random]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Repeat every derivation of the reference with another library; without this, only a random sample of the costly
    /// ones (chosen by the seed)
    #[arg(long, conflicts_with = "ports")]
    pub(super) all_opinions: bool,
    /// Fail if the port prints anything but answers
    #[arg(long)]
    strict_output: bool,
    /// When to colour the text report
    #[arg(long, value_enum, default_value_t = ColourChoice::Auto, value_name = "WHEN")]
    pub(super) color: ColourChoice,
    /// Run the vectors of this folder or file instead of the built-in ones: this suite's format, Wycheproof JSON, or CAVP
    /// text; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(super) vectors: Vec<PathBuf>,
    /// The shortest deadline
    #[arg(long, value_name = "MS", default_value_t = 2000, hide = true)]
    deadline_floor_ms: u64,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A report and where it goes.
#[derive(Clone, Debug)]
pub(crate) struct ReportTarget {
    pub(super) form: Form,
    /// `-` is standard output.
    pub(super) path: PathBuf,
}

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Jsonl,
}

impl RunArgs {
    pub(super) fn selection(&self) -> Selection {
        static SEED: OnceLock<u64> = OnceLock::new();
        let drawn = || *SEED.get_or_init(|| u64::from(fastrand::u32(..)));
        Selection {
            patterns: self.select.clone(),
            policy: self.policy.clone(),
            shard: self.shard,
            seed: self.seed.unwrap_or_else(drawn),
        }
    }

    pub(super) fn budget(&self) -> Budget {
        let cores = available_parallelism().map_or(1, |cores| cores.get().min(JOBS_MAX));
        Budget {
            jobs: self.jobs.map_or(cores, usize::from),
            memory_kib: self.memory_mib << 10,
            floor: Duration::from_millis(self.deadline_floor_ms),
            ..Budget::default()
        }
    }

    pub(super) fn diagnose_for(&self) -> Duration {
        Duration::from_secs_f64(self.diagnose_for)
    }

    pub(super) fn at_failure(&self) -> AtFailure {
        if self.fail_fast { AtFailure::Stop } else { AtFailure::Continue }
    }

    pub(super) fn noise(&self) -> NoisePolicy {
        if self.strict_output { NoisePolicy::Fault } else { NoisePolicy::Note }
    }
}

fn pattern(text: &str) -> Result<CasePattern, String> {
    CasePattern::read(text).map_err(|error| error.to_string())
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=SECONDS_MAX).contains(seconds));
    seconds.ok_or_else(|| format!("expected a number of seconds from 0 to {SECONDS_MAX}"))
}

fn shard(text: &str) -> Result<Shard, String> {
    Shard::read(text).ok_or_else(|| "expected I/N with 1 <= I <= N".to_owned())
}

fn report_target(text: &str) -> Result<ReportTarget, String> {
    let (form, path) = text.split_once('=').ok_or("expected FORM=PATH")?;
    let form = match form {
        "text" => Form::Text,
        "jsonl" => Form::Jsonl,
        other => return Err(format!("unknown form `{other}`, expected text or jsonl")),
    };
    match path {
        "" => Err("expected FORM=PATH, found no path".to_owned()),
        path => Ok(ReportTarget { form, path: path.into() }),
    }
}
