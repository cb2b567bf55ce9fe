//! The arguments of `sealproof calibrate`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use calibration::report::Rule;
use calibration::{CalibrationError, Description, Kdf, Target};
use primitives::kdf::Argon2Variant;

/// Memory of Argon2 where nothing is said, MiB: what RFC 9106 recommends where there is little.
const MEMORY_MIB: u32 = 64;

/// The most memory that a search for memory asks for, MiB, where nothing is said; never more than half of what is free.
const MEMORY_MIB_MAX: u32 = 1024;

/// The arguments of `sealproof calibrate`.
#[derive(Args)]
#[command(after_help = "Published minimums are shown; they never change the number.\n\
                        Exit codes: 0 numbers were found, 1 no number was found or a port's own calibrator is wrong, \
                        2 usage, 4 with --strict: a number is not reliable, 5 a manifest is invalid, 130/143 on signals.")]
pub(crate) struct CalibrateArgs {
    /// The derivation: finds the iteration count of PBKDF2, the passes of Argon2, or with --passes its memory
    #[arg(long, value_enum, default_value_t = KdfName::Pbkdf2HmacSha512, value_name = "NAME")]
    kdf: KdfName,
    /// The time that one derivation should take: 10ms to 60s, as in 1s, 0.5s or 250ms
    #[arg(long, default_value = "1s", value_name = "TIME", value_parser = time)]
    target: Duration,
    /// Argon2: find the memory for N passes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), conflicts_with = "memory")]
    passes: Option<u32>,
    /// Argon2: find the passes for this much memory [default: 64]
    #[arg(long, value_name = "MiB", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    memory: Option<u32>,
    /// Argon2 with --passes: use no more memory than this [default: 1024, at most half of the free memory]
    #[arg(long, value_name = "MiB", value_parser = clap::value_parser!(u32).range(1..=65_536), requires = "passes")]
    memory_max: Option<u32>,
    /// Choose as this client does, instead of searching
    #[arg(long, value_enum, value_name = "NAME")]
    rule: Option<RuleName>,
    /// Do not search: time this number, and show what it costs everywhere
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=(1 << 31) - 1), conflicts_with = "rule")]
    fixed: Option<u64>,
    /// A port to measure as well: its folder, or its name below ports/; may be repeated
    #[arg(long = "port", value_name = "DIR|NAME")]
    pub(super) ports: Vec<String>,
    /// Fail if a number is not reliable
    #[arg(long)]
    pub(super) strict: bool,
    /// Seed of the pauses between samples [default: random]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Write a report: FORM is text, json or html, PATH may be - for standard output; may be repeated
    #[arg(long = "report", value_name = "FORM=PATH", value_parser = report_target)]
    pub(super) reports: Vec<ReportTarget>,
}

/// The derivations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KdfName {
    #[value(name = "pbkdf2-hmac-sha512")]
    Pbkdf2HmacSha512,
    Argon2i,
    Argon2id,
}

/// Rules of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RuleName {
    /// Start at 10,000, time each count once, stop at the first that reaches the target
    Autonomail,
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
    Json,
    Html,
}

impl CalibrateArgs {
    /// The derivation and what is held fixed in it.
    pub(super) fn kdf(&self) -> Result<Kdf, String> {
        let variant = match self.kdf {
            KdfName::Pbkdf2HmacSha512 => {
                return match (self.passes, self.memory) {
                    (None, None) => Ok(Kdf::Pbkdf2HmacSha512),
                    (_, _) => Err("--passes and --memory are for Argon2: add --kdf argon2id or argon2i".to_owned()),
                };
            }
            KdfName::Argon2i => Argon2Variant::I,
            KdfName::Argon2id => Argon2Variant::Id,
        };
        Ok(match self.passes {
            Some(passes) => Kdf::Argon2Memory { variant, passes },
            None => Kdf::Argon2Passes { variant, memory_mib: self.memory.unwrap_or(MEMORY_MIB) },
        })
    }

    pub(super) fn rule(&self, kdf: Kdf) -> Result<Rule, String> {
        match (self.rule, self.fixed, kdf) {
            (None, None, _) => Ok(Rule::Search),
            (None, Some(cost), Kdf::Pbkdf2HmacSha512 | Kdf::Argon2Passes { .. }) => Ok(Rule::Fixed(cost)),
            (None, Some(cost), Kdf::Argon2Memory { .. }) if cost <= 65_536 => Ok(Rule::Fixed(cost)),
            (None, Some(cost), Kdf::Argon2Memory { .. }) => Err(format!("--fixed {cost}: memory is at most 65536 MiB")),
            (Some(RuleName::Autonomail), _, Kdf::Pbkdf2HmacSha512) => Ok(Rule::Autonomail),
            (Some(RuleName::Autonomail), _, Kdf::Argon2Passes { .. } | Kdf::Argon2Memory { .. }) => {
                Err("--rule autonomail works only with pbkdf2-hmac-sha512".to_owned())
            }
        }
    }

    pub(super) fn target(&self) -> Result<Target, CalibrationError> {
        Target::read(self.target)
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(|| u64::from(fastrand::u32(..)))
    }

    /// No search fills more than this.
    pub(super) fn memory_mib_max(&self, machine: &Description) -> u32 {
        let half = machine.available_mib.map_or(u32::MAX, |mib| u32::try_from(mib / 2).unwrap_or(u32::MAX));
        self.memory_max.unwrap_or_else(|| MEMORY_MIB_MAX.min(half.max(1)))
    }
}

/// A time as people write it: `1s`, `0.5s`, `250ms`, or seconds without a unit.
fn time(text: &str) -> Result<Duration, String> {
    let (number, unit) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 1e-3),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (text, 1.0),
    };
    let seconds = number.parse::<f64>().ok().map(|number| number * unit);
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.ok_or_else(|| "expected a time as in 1s, 0.5s or 250ms".to_owned())
}

fn report_target(text: &str) -> Result<ReportTarget, String> {
    let (form, path) = text.split_once('=').ok_or("expected FORM=PATH")?;
    let form = match form {
        "text" => Form::Text,
        "json" => Form::Json,
        "html" => Form::Html,
        other => return Err(format!("unknown form `{other}`, expected text, json or html")),
    };
    match path {
        "" => Err("expected FORM=PATH, found no path".to_owned()),
        path => Ok(ReportTarget { form, path: path.into() }),
    }
}
