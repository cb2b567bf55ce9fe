//! `sealproof vectors`: what there is to ask, and the tools of those who write it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::kill_table::{KillTableArgs, kill_table};
use super::output::{complain, print, print_lines};
use crate::generate::{self, GenerateError};
use crate::vector::index::Index;
use crate::vector::{Case, Cost, Expect, VectorFile, lint, load, source, write};

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
        Command::Index { folder, check: false } => index(folder),
        Command::Index { folder, check: true } => check_index(folder),
        Command::KillTable(args) => kill_table(args),
        Command::Generate { folder, check: false } => generate(folder),
        Command::Generate { folder, check: true } => check_generated(folder),
    };
    done.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(INVALID)
    })
}

/// How a command of this kind ends.
pub(super) type Done = Result<ExitCode, GenerateError>;

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
    let findings = lint::all(&sources);
    let printed = print_lines(&findings);
    eprintln!("{} files, {} findings", sources.len(), findings.len());
    // A folder without a single file is a mistyped folder, not a clean one.
    if sources.is_empty() || !findings.is_empty() { Ok(ExitCode::from(FOUND)) } else { Ok(printed) }
}

fn index(folder: &Path) -> Done {
    let text = Index::of(&source::directory(folder)?)?.text();
    let path = folder.join("index.json");
    std::fs::write(&path, text).map_err(|source| GenerateError::Write { path: path.display().to_string(), source })?;
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

fn generate(folder: &Path) -> Done {
    let written = generate::generate(folder)?;
    eprintln!("{} files written", written.len());
    Ok(print_lines(written.iter().map(|file| &file.path)))
}

fn check_generated(folder: &Path) -> Done {
    let stale = generate::stale(folder)?;
    let printed = print_lines(stale.iter().map(|file| &file.path));
    eprintln!("{} files are not current", stale.len());
    if stale.is_empty() { Ok(printed) } else { Ok(ExitCode::from(FOUND)) }
}
