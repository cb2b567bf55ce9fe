//! The command line: the only layer that prints or exits.
#![expect(clippy::print_stderr, reason = "this layer talks to people")]

mod answer;
mod calibrate;
mod doctor;
mod envelope;
mod explain;
mod fuzz;
mod guess;
mod inspect;
mod mistakes;
mod open;
mod output;
mod prompt;
mod repro;
mod run;
mod seal;
mod serve;
mod setup;
mod shell;
mod vectors;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Check that every port of a password-based encrypted envelope opens what the other ports sealed
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Test ports against the vectors, and name the cause of each failure
    Run(run::RunArgs),
    /// Check that a port's adapter itself works
    Doctor(doctor::DoctorArgs),
    /// Install what ports need, with their own setup commands
    Setup(setup::SetupArgs),
    /// Act as a port: answer requests on standard input with the reference
    Serve(serve::ServeArgs),
    /// Open one envelope
    Open(open::OpenArgs),
    /// Seal one plaintext
    Seal(seal::SealArgs),
    /// Show an envelope's format, parameters and oddities; with the password: which mistake produced it
    Inspect(inspect::InspectArgs),
    /// Show a case and its intermediate values; for an answer: whether it is right, and which mistake gives it
    Explain(explain::ExplainArgs),
    /// List, show and check the vectors
    Vectors(vectors::VectorsArgs),
    /// List and show the known mistakes of ports, with their fixes and the vectors that catch them
    Mistakes(mistakes::MistakesArgs),
    /// Ask a port questions that no vector asks, and group disagreements with the reference
    Fuzz(fuzz::FuzzArgs),
    /// Replay one disagreement that `fuzz` saved
    Repro(repro::ReproArgs),
    /// Find the cost that takes one second (iterations, passes or memory), here and on ports
    Calibrate(calibrate::CalibrateArgs),
    /// Print a completion script for a shell
    Completions(shell::CompletionsArgs),
    /// Print a manual page
    Man(shell::ManArgs),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Run(args) => run::run(&args),
        Command::Doctor(args) => doctor::doctor(&args),
        Command::Setup(args) => setup::setup(&args),
        Command::Serve(args) => serve::serve(&args),
        Command::Open(args) => open::open(&args),
        Command::Seal(args) => seal::seal(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Vectors(args) => vectors::vectors(&args),
        Command::Mistakes(args) => mistakes::mistakes(&args),
        Command::Fuzz(args) => fuzz::fuzz(&args),
        Command::Repro(args) => repro::repro(&args),
        Command::Calibrate(args) => calibrate::calibrate(&args),
        Command::Completions(args) => shell::completions(&args, Cli::command()),
        Command::Man(args) => shell::man(&args, Cli::command()),
    }
}
