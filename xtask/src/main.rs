//! The maintainers' program: what writes and checks the vectors, the kill table, the book and the packages.
//!
//! `cargo xtask COMMAND`. Users need none of it: the vectors travel inside `sealproof`, and what notices a mistake is computed there.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

mod commands;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{book, export, folder, kill_table, output};
use xtask::generate::GenerateError;

/// Something was found, or a file is not current.
const FOUND: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;
/// The vectors cannot be read or made.
const INVALID: u8 = 5;

/// How a command ends.
type Done = Result<ExitCode, GenerateError>;

/// Writes and checks what belongs to the repository
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the files of every recipe anew, then the index, the schemas, and the hash and counts in the README beside them
    Generate {
        /// A folder laid out like `vectors/`
        #[arg(default_value = "vectors")]
        folder: PathBuf,
        /// Write nothing; name what is not current and exit with 1
        #[arg(long)]
        check: bool,
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
    /// Run every known mistake against the vectors, and tell which cases notice it
    KillTable(kill_table::KillTableArgs),
    /// Write the book: every page, the kill table, and a page for each chapter of known mistakes
    Book(book::BookArgs),
    /// Write the vectors as packages for Node, Python, Go and Java, each with a typed loader and its test
    Export(export::ExportArgs),
}

fn main() -> ExitCode {
    let done = match &Cli::parse().command {
        Command::Generate { folder, check: false } => folder::generate(folder),
        Command::Generate { folder, check: true } => folder::check_generated(folder),
        Command::Index { folder, check: false } => folder::index(folder),
        Command::Index { folder, check: true } => folder::check_index(folder),
        Command::Require { name, folder, policies } => folder::require(name, folder, policies),
        Command::KillTable(args) => kill_table::kill_table(args),
        Command::Book(args) => book::book(args),
        Command::Export(args) => Ok(export::export(args)),
    };
    done.unwrap_or_else(|error| {
        output::complain(&error);
        ExitCode::from(INVALID)
    })
}
