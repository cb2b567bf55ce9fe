//! `sealproof completions` and `sealproof man`: the command line, described for shells and readers.

use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::output::print;

/// The arguments of `sealproof completions`.
#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// The shell to print a completion script for
    shell: Shell,
}

/// The arguments of `sealproof man`.
#[derive(Args)]
pub(super) struct ManArgs {
    /// The command to print a page for, as in `sealproof man vectors lint` [default: the main page]
    command: Vec<String>,
}

/// Prints a completion script.
pub(super) fn completions(args: &CompletionsArgs, mut command: Command) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "sealproof", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints a manual page, in roff.
pub(super) fn man(args: &ManArgs, mut command: Command) -> ExitCode {
    command.build();
    let mut wanted = &command;
    for name in &args.command {
        let Some(found) = wanted.find_subcommand(name) else {
            eprintln!("sealproof: no such command: `{}`", args.command.join(" "));
            return ExitCode::from(2);
        };
        wanted = found;
    }
    let mut page = Vec::new();
    match clap_mangen::Man::new(wanted.clone()).render(&mut page) {
        Ok(()) => print(&String::from_utf8_lossy(&page)),
        Err(error) => {
            super::output::complain(&error);
            ExitCode::FAILURE
        }
    }
}
