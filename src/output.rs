//! What every command prints with: data on standard output, words for people on standard error.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;

use conformance::shown::printable;

/// Writes data to standard output. A reader that has seen enough and closed the pipe is no failure.
pub(super) fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Writes each item on a line of its own.
pub(super) fn print_lines(items: impl IntoIterator<Item: Display>) -> ExitCode {
    let mut text = String::new();
    for item in items {
        text += &item.to_string();
        text.push('\n');
    }
    print(&text)
}

/// Tells people what went wrong, with its causes; a port's words may be among them.
pub(super) fn complain(error: &dyn Error) {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    eprintln!("sealproof: {}", printable(&words));
}
