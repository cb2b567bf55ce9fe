//! `sealproof vectors`: what there is to ask, and the tools of those who write it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::output::{complain, print};
use crate::generate::{self, GenerateError};
use crate::vector::index::Index;
use crate::vector::source::{self, SourceFile};
use crate::vector::{Case, Expect, LoadError, VectorFile, lint, load, write};

/// Something was found, or a file is not current.
const FOUND: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;
/// The vectors cannot be read.
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
    match &args.command {
        Command::List => list(),
        Command::Show { case } => show(case),
        Command::Lint { folder } => lint(folder.as_deref()),
        Command::Index { folder, check: false } => index(folder),
        Command::Index { folder, check: true } => check_index(folder),
        Command::Generate { folder, check: false } => generate(folder),
        Command::Generate { folder, check: true } => check_generated(folder),
    }
}

fn list() -> ExitCode {
    match load::embedded() {
        Ok(files) => print(&files.iter().flat_map(|file| file.cases.iter().map(|case| line(file, case))).collect::<String>()),
        Err(error) => invalid(&error),
    }
}

fn line(file: &VectorFile, case: &Case) -> String {
    let wanted = match case.expect {
        Expect::Output(_) => "accept",
        Expect::Reject(_) => "refuse",
        Expect::Opens(_) => "opens",
    };
    let (id, cost) = (file.case_id(case), cost(file));
    format!("{id}\t{}\t{}\t{}\t{cost}\t{wanted}\n", case.name, file.operation.name, file.policy)
}

fn cost(file: &VectorFile) -> &'static str {
    match file.cost {
        crate::vector::Cost::Fast => "fast",
        crate::vector::Cost::Slow => "slow",
        crate::vector::Cost::Heavy => "heavy",
        crate::vector::Cost::Hostile => "hostile",
    }
}

fn show(wanted: &str) -> ExitCode {
    let files = match load::embedded() {
        Ok(files) => files,
        Err(error) => return invalid(&error),
    };
    let text = files.iter().find_map(|file| match file.path == wanted {
        true => Some(write::canonical(file)),
        false => file.cases.iter().find(|case| file.case_id(case) == wanted).map(write::case),
    });
    if let Some(text) = text {
        return print(&text);
    }
    complain(&format!("no case or file is called {wanted}; `sealproof vectors list` names them all"));
    ExitCode::from(USAGE)
}

fn lint(folder: Option<&Path>) -> ExitCode {
    let sources = match folder.map_or_else(source::embedded, source::directory) {
        Ok(sources) => sources,
        Err(error) => return invalid(&error),
    };
    let findings = lint::all(&sources);
    complain(&format!("{} files, {} findings", sources.len(), findings.len()));
    let printed = print(&findings.iter().map(|finding| format!("{finding}\n")).collect::<String>());
    if sources.is_empty() || !findings.is_empty() { ExitCode::from(FOUND) } else { printed }
}

fn index(folder: &Path) -> ExitCode {
    let text = match indexed(folder) {
        Ok((_, index)) => index.text(),
        Err(error) => return invalid(&error),
    };
    match std::fs::write(folder.join("index.json"), text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(source) => invalid(&LoadError::Read { file: "index.json".to_owned(), source }),
    }
}

fn check_index(folder: &Path) -> ExitCode {
    todo!()
}

fn indexed(folder: &Path) -> Result<(Vec<SourceFile>, Index), LoadError> {
    todo!()
}
