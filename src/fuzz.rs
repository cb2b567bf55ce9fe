//! `sealproof fuzz`: a campaign against a port, with questions that no vector asks.

mod console;
mod shown;
mod summary;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use self::console::Console;
use super::output::{complain, print};
use super::run::signals::Signals;
use super::run::{explain_start, quoted, today};
use conformance::port::{Manifest, ManifestError, ProcessPort};
use fuzzing::journal::{self, JournalError};
use fuzzing::{AtFault, CampaignError, CorpusFile, Ending, Order, campaign};
use vectors::{LoadError, load};

/// A campaign takes so long unless told otherwise, seconds.
const SECONDS: f64 = 60.0;

/// A campaign may take a year.
const SECONDS_MAX: f64 = 31_536_000.0;

/// Files of a corpus that are asked.
const CORPUS_FILES_MAX: usize = 4_096;

/// Bytes of one of them.
const CORPUS_BYTES_MAX: u64 = 64 << 10;

/// The arguments of `sealproof fuzz`.
#[derive(Args)]
#[command(
    after_help = "Exit codes: 0 no fault was found, 1 faults were found, 2 usage, 4 the port did not start or failed \
                        its probes, 5 the vectors or a manifest are invalid, 130/143 on signals."
)]
pub(super) struct FuzzArgs {
    /// The port: its folder, or its name below ports/
    #[arg(long, value_name = "DIR|NAME")]
    port: String,
    /// Time limit in seconds [default: 60, or none with --cases]
    #[arg(long, value_name = "S", value_parser = seconds)]
    time: Option<f64>,
    /// Stop after N cases, counting all parts of a resumed campaign
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    cases: Option<u64>,
    /// The same seed asks the same port the same questions [default: the journal's seed, or a random one]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Folder with a corpus: its files are asked first, each as an envelope of every format that the port opens
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder for reproducers, proposed vectors and a journal; the same command resumes from it
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    /// Number of worker processes
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: u16,
    /// Stop at the first fault
    #[arg(long)]
    fail_fast: bool,
}

/// Why there is no campaign.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Vectors(#[from] LoadError),
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error("port {port}")]
    Campaign { port: String, source: CampaignError },
    #[error("cannot use {}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("cannot use the corpus {}", path.display())]
    Corpus { path: PathBuf, source: std::io::Error },
    #[error("{}", path.display())]
    Journal { path: PathBuf, source: JournalError },
    #[error("cannot watch for signals")]
    Signals(#[source] std::io::Error),
}

impl Failed {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Journal { .. }
            | Self::Corpus { .. }
            | Self::Campaign {
                source: CampaignError::Journal(_) | CampaignError::Plan(_) | CampaignError::NothingToAsk,
                ..
            } => 2,
            Self::Manifest(ManifestError::Absent { .. })
            | Self::Campaign { source: CampaignError::Start(_) | CampaignError::Broken { .. }, .. } => 4,
            Self::Vectors(_) | Self::Manifest(_) => 5,
            Self::File { .. } | Self::Signals(_) => 1,
        }
    }
}

/// Runs `sealproof fuzz`.
pub(super) fn fuzz(args: &FuzzArgs) -> ExitCode {
    match conduct(args) {
        Ok(code) => ExitCode::from(code),
        Err(failed) => {
            complain(&failed);
            if let Failed::Campaign { source: CampaignError::Start(error), .. } = &failed {
                explain_start(error);
            }
            ExitCode::from(failed.exit_code())
        }
    }
}

fn conduct(args: &FuzzArgs) -> Result<u8, Failed> {
    let manifest = Manifest::find(&args.port)?;
    let files = load::embedded()?;
    let corpus = args.corpus.as_deref().map_or_else(|| Ok(Vec::new()), corpus)?;
    let signals = Signals::watch().map_err(Failed::Signals)?;
    let seed = seed(args)?;
    let began = Instant::now();
    let clock = || began.elapsed();
    let default = if args.cases.is_some() { None } else { Some(SECONDS) };
    let order = Order {
        files: &files,
        policies: &manifest.policies,
        known: &manifest.known_classes,
        today: today(),
        seed,
        cases: args.cases,
        until: args.time.or(default).map(Duration::from_secs_f64),
        jobs: usize::from(args.jobs),
        corpus: &corpus,
        at_fault: if args.fail_fast { AtFault::Stop } else { AtFault::Continue },
        clock: &clock,
    };
    let port = ProcessPort::new(manifest.clone());
    let mut console = Console::new(&args.port, seed, args.save.as_deref(), &manifest.policies, &files);
    let result = campaign::run(&port, &order, signals.interrupt(), &mut console);
    let outcome = match (result, signals.caught()) {
        (Err(CampaignError::Start(_)), Some(signal)) => return Ok(128 + signal),
        (result, _) => result.map_err(|source| Failed::Campaign { port: args.port.clone(), source })?,
    };
    let written = console.end();
    print(&summary::summary(&outcome, &console, args.cases));
    written.map_err(|source| Failed::File { path: args.save.clone().unwrap_or_default(), source })?;
    Ok(match (&outcome.ending, signals.caught()) {
        (Ending::Interrupted, Some(signal)) => 128 + signal,
        _ => u8::from(outcome.has_faults()),
    })
}

/// The seed that was asked for, else that of the journal, else any.
fn seed(args: &FuzzArgs) -> Result<u64, Failed> {
    if let Some(seed) = args.seed {
        return Ok(seed);
    }
    let drawn = || u64::from(fastrand::u32(..));
    let Some(path) = args.save.as_deref().map(console::journal_path).filter(|path| path.is_file()) else {
        return Ok(drawn());
    };
    let file = fs::File::open(&path).map_err(|source| Failed::File { path: path.clone(), source })?;
    let (header, _) =
        journal::read(std::io::BufReader::new(file)).map_err(|source| Failed::Journal { path, source })?;
    Ok(header.map_or_else(drawn, |header| header.seed()))
}

/// The files of a folder, as far as they are small and few enough; in the order of their names.
fn corpus(folder: &Path) -> Result<Vec<CorpusFile>, Failed> {
    let failed = |source| Failed::Corpus { path: folder.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.retain(|path| path.is_file());
    paths.sort();
    let left_out = paths.len().saturating_sub(CORPUS_FILES_MAX);
    if left_out > 0 {
        eprintln!("{}: {left_out} files after the first {CORPUS_FILES_MAX} are ignored", folder.display());
    }
    let mut files = Vec::new();
    for path in paths.into_iter().take(CORPUS_FILES_MAX) {
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(failed)?;
        file.take(CORPUS_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 <= CORPUS_BYTES_MAX {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push(CorpusFile { name, bytes });
        }
    }
    Ok(files)
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=SECONDS_MAX).contains(seconds));
    seconds.ok_or_else(|| format!("expected a number of seconds from 0 to {SECONDS_MAX}"))
}
