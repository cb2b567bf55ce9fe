//! The command line: the only layer that prints or exits.
#![expect(clippy::print_stderr, reason = "this layer talks to people")]

mod envelope;
mod inspect;
mod open;
mod seal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Does every port of a password-based encrypted envelope open what every other port sealed?
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open an envelope, by hand
    Open(open::OpenArgs),
    /// Seal an envelope, by hand
    Seal(seal::SealArgs),
    /// Name an envelope's format, its parameters, and what is odd or dangerous in it; needs no password
    Inspect(inspect::InspectArgs),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Open(args) => open::open(&args),
        Command::Seal(args) => seal::seal(&args),
        Command::Inspect(args) => inspect::inspect(&args),
    }
}
