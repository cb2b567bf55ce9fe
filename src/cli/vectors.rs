//! `sealproof vectors`: what there is to ask, and the tools of those who write it.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::kill_table::{KillTableArgs, kill_table};
use super::output::{complain, print, print_lines};
#[cfg(feature = "openssl")]
use crate::generate::{self, GenerateError};
use crate::vector::index::Index;
use crate::vector::{Case, Cost, Errata, Expect, LoadError, Requirements, VectorFile, lint, load, source, write};

/// Something was found, or a file is not current.
const FOUND: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;
/// The vectors cannot be read or made.
const INVALID: u8 = 5;

/// The arguments of `sealproof vectors`.
#[derive(Args)]
pub(super) struct VectorsArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One line a case: id, name, operation, policy, cost, and whether it must be accepted, refused or opened
    List,
    /// Print a case, or a whole file, as it stands in the vectors
    Show {
        /// `<family>/<topic>/<id>` or `<family>/<topic>`
        case: String,
    },
    /// Check every rule of the vector format
    Lint {
        /// A folder laid out like `vectors/`; without it the vectors inside this binary
        folder: Option<PathBuf>,
    },
    /// Write the vectors as packages for Node, Python, Go and Java, each with a typed loader and its test
    Export(super::export::ExportArgs),
    /// Freeze a requirement set: every case of some policies, by hash. A set that is there is never written again
    Require {
        /// The set's name in kebab case, such as core-1
        name: String,
        /// A folder laid out like `vectors/`
        #[arg(default_value = "vectors")]
        folder: PathBuf,
        /// The files of this policy; may be repeated
        #[arg(long = "policy", value_name = "NAME", default_value = "core")]
        policies: Vec<String>,
    },
    /// Write `index.json` anew
    Index {
        /// A folder laid out like `vectors/`
        #[arg(default_value = "vectors")]
        folder: PathBuf,
        /// Write nothing; exit with 1 if the index is not current
        #[arg(long)]
        check: bool,
    },
    /// Run every known mistake against the vectors, and tell which cases notice it
    KillTable(KillTableArgs),
    /// Write the files of every recipe anew, then the index and the schemas
    #[cfg(feature = "openssl")]
    Generate {
        /// A folder laid out like `vectors/`
        #[arg(default_value = "vectors")]
        folder: PathBuf,
        /// Write nothing; name what is not current and exit with 1
        #[arg(long)]
        check: bool,
    },
}

/// Runs `sealproof vectors`.
pub(super) fn vectors(args: &VectorsArgs) -> ExitCode {
    let done = match &args.command {
        Command::List => list(),
        Command::Show { case } => show(case),
        Command::Lint { folder } => lint(folder.as_deref()),
        Command::Export(args) => Ok(super::export::export(args)),
        Command::Require { name, folder, policies } => require(name, folder, policies),
        Command::Index { folder, check: false } => index(folder),
        Command::Index { folder, check: true } => check_index(folder),
        Command::KillTable(args) => kill_table(args),
        #[cfg(feature = "openssl")]
        Command::Generate { folder, check: false } => generate(folder),
        #[cfg(feature = "openssl")]
        Command::Generate { folder, check: true } => check_generated(folder),
    };
    done.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(INVALID)
    })
}

/// How a command of this kind ends.
pub(super) type Done = Result<ExitCode, VectorsError>;

/// Why the vectors cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub(super) enum VectorsError {
    /// A file cannot be used.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A file cannot be written.
    #[error("{path} cannot be written")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The recipes did not make it.
    #[cfg(feature = "openssl")]
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

fn list() -> Done {
    let files = load::embedded()?;
    let lines = files.iter().flat_map(|file| file.cases.iter().map(|case| line(file, case)));
    Ok(print_lines(lines))
}

fn line(file: &VectorFile, case: &Case) -> String {
    let wanted = match case.expect {
        Expect::Output(_) => "accept",
        Expect::Reject(_) => "refuse",
        Expect::Opens(_) => "opens",
    };
    let cost = match file.cost {
        Cost::Fast => "fast",
        Cost::Slow => "slow",
        Cost::Heavy => "heavy",
        Cost::Hostile => "hostile",
    };
    let (id, operation) = (file.case_id(case), file.operation.name);
    format!("{id}\t{}\t{operation}\t{}\t{cost}\t{wanted}", case.name, file.policy)
}

fn show(wanted: &str) -> Done {
    let files = load::embedded()?;
    let whole = files.iter().find(|file| file.path == wanted).map(write::canonical);
    let found = whole.or_else(|| {
        let mut cases = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
        cases.find(|(file, case)| file.case_id(case) == wanted).map(|(_, case)| write::case(case))
    });
    if let (None, Some(retired)) = (&found, Errata::embedded().find(wanted)) {
        eprintln!("sealproof: `{wanted}` is retired since {}: {}", retired.since, retired.why);
        print(&retired.text());
        return Ok(ExitCode::from(FOUND));
    }
    Ok(found.map_or_else(
        || {
            eprintln!("sealproof: no case or file is called `{wanted}`; `sealproof vectors list` names them all");
            ExitCode::from(USAGE)
        },
        |text| print(&text),
    ))
}

fn lint(folder: Option<&Path>) -> Done {
    let sources = folder.map_or_else(source::embedded, source::directory)?;
    let companions = folder.map_or_else(|| Ok(source::embedded_companions()), source::companions)?;
    let findings = lint::folder(&sources, &companions);
    let printed = print_lines(&findings);
    eprintln!("{} files, {} findings", sources.len(), findings.len());
    // A folder without a single file is a mistyped folder, not a clean one.
    if sources.is_empty() || !findings.is_empty() { Ok(ExitCode::from(FOUND)) } else { Ok(printed) }
}

fn require(name: &str, folder: &Path, policies: &[String]) -> Done {
    let files = load::directory(folder)?;
    let set = Requirements::freeze(name, env!("CARGO_PKG_VERSION"), policies, &files);
    if let Some(policy) = policies.iter().find(|policy| files.iter().all(|file| file.policy != **policy)) {
        eprintln!("sealproof: no vector file has the policy `{policy}`");
        return Ok(ExitCode::from(USAGE));
    }
    if !lint::is_kebab(name) {
        eprintln!("sealproof: `{name}` is not kebab case, such as core-1");
        return Ok(ExitCode::from(USAGE));
    }
    let path = folder.join("requirements").join(format!("{name}.json"));
    let failed = |source| VectorsError::Write { path: path.display().to_string(), source };
    std::fs::create_dir_all(folder.join("requirements")).map_err(failed)?;
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(set.text().as_bytes()).map_err(failed)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            eprintln!("sealproof: {} is there already; what ports claim by it must not change", path.display());
            return Ok(ExitCode::from(FOUND));
        }
        Err(error) => return Err(failed(error)),
    }
    eprintln!("{} cases of {} files", set.cases_total, set.files.len());
    Ok(print_lines([path.display()]))
}

fn index(folder: &Path) -> Done {
    let text = Index::of(&source::directory(folder)?)?.text();
    let path = folder.join("index.json");
    std::fs::write(&path, text).map_err(|source| VectorsError::Write { path: path.display().to_string(), source })?;
    Ok(ExitCode::SUCCESS)
}

fn check_index(folder: &Path) -> Done {
    let wanted = Index::of(&source::directory(folder)?)?.text();
    let path = folder.join("index.json");
    let found = source::read_bounded(&path, source::FILE_BYTES_MAX)?;
    if found == wanted.as_bytes() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} is not current", path.display());
    Ok(ExitCode::from(FOUND))
}

#[cfg(feature = "openssl")]
fn generate(folder: &Path) -> Done {
    let written = generate::generate(folder)?;
    eprintln!("{} files written", written.len());
    Ok(print_lines(written.iter().map(|file| &file.path)))
}

#[cfg(feature = "openssl")]
fn check_generated(folder: &Path) -> Done {
    let stale = generate::stale(folder)?;
    let printed = print_lines(stale.iter().map(|file| &file.path));
    eprintln!("{} files are not current", stale.len());
    if stale.is_empty() { Ok(printed) } else { Ok(ExitCode::from(FOUND)) }
}
