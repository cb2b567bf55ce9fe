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
mod repro;
mod run;
mod seal;
mod serve;
mod setup;
mod shell;
mod vectors;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Does every port of a password-based encrypted envelope open what every other port sealed?
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Ask ports what the vectors ask, and judge their answers
    Run(run::RunArgs),
    /// Is a port's adapter itself sound?
    Doctor(doctor::DoctorArgs),
    /// Install what ports need, with their own commands
    Setup(setup::SetupArgs),
    /// Be a port: answer with the reference on standard input and output
    Serve(serve::ServeArgs),
    /// Open an envelope, by hand
    Open(open::OpenArgs),
    /// Seal an envelope, by hand
    Seal(seal::SealArgs),
    /// Name an envelope's format, its parameters, and what is odd or dangerous in it; with its password, who sealed it wrongly
    Inspect(inspect::InspectArgs),
    /// A case and its intermediate values; for an answer to it, whether it is right and which mistake gives it
    Explain(explain::ExplainArgs),
    /// List, show, check and write the vectors
    Vectors(vectors::VectorsArgs),
    /// What ports get wrong, how it comes about, how to fix it, and which vectors notice it
    Mistakes(mistakes::MistakesArgs),
    /// Ask a port questions that no vector asks, and sort what it and the reference part over into classes
    Fuzz(fuzz::FuzzArgs),
    /// Ask a port one question of a campaign again
    Repro(repro::ReproArgs),
    /// How many iterations (or passes, or how much memory) are a second, here and on ports
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
