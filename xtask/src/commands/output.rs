//! Data on standard output, words for people on standard error.

use std::error::Error;
use std::fmt::Display;
use std::process::ExitCode;

/// Writes a text as it stands.
pub(crate) fn print(text: &str) {
    print!("{text}");
}

/// Writes each item on a line of its own.
pub(crate) fn print_lines(items: impl IntoIterator<Item = impl Display>) -> ExitCode {
    for item in items {
        println!("{item}");
    }
    ExitCode::SUCCESS
}

/// Tells what went wrong, with its causes.
pub(crate) fn complain(error: &dyn Error) {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    eprintln!("xtask: {words}");
}
