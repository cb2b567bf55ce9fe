//! What every command prints with: data on standard output, words for people on standard error.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::ValueEnum;
use serde_json::Value as Json;

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

/// How a command tells what it found.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// For people: lines that fit the terminal
    Text,
    /// For programs: one JSON object
    Json,
}

/// Columns where nothing says how many there are.
const COLUMNS: usize = 80;
/// Columns that are used of a wider terminal: longer lines are hard to read.
const COLUMNS_MAX: usize = 100;

/// Writes text for people to standard output, its long lines broken between words.
pub(super) fn print_wrapped(text: &str) -> ExitCode {
    print(&wrapped(text, columns()))
}

/// Writes one JSON value to standard output, on a line.
pub(super) fn print_json(value: &Json) -> ExitCode {
    print(&format!("{value}\n"))
}

/// As many columns as `COLUMNS` says, or the terminal has.
fn columns() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || rustix::termios::tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col));
    let seen = || terminal().filter(|columns| *columns >= 20).map(|columns| columns.min(COLUMNS_MAX));
    named.or_else(seen).unwrap_or(COLUMNS)
}

/// The text with each longer line broken between words; what follows hangs two columns deeper than the line begins. A word that
/// is longer than a line stays whole, so that it can be copied.
fn wrapped(text: &str, columns: usize) -> String {
    let mut broken = String::with_capacity(text.len() + text.len() / 40);
    for line in text.lines() {
        let indent = line.chars().take_while(|c| *c == ' ').count();
        let hanging = " ".repeat(indent + 2);
        let (mut used, mut rest) = (0, line);
        while rest.chars().count() + used > columns {
            let room = columns.saturating_sub(used);
            let spaces = || rest.char_indices().enumerate().skip(if used == 0 { indent + 1 } else { 1 });
            let fits = spaces().take_while(|(at, _)| *at <= room).filter(|(_, (_, c))| *c == ' ').last();
            let Some((_, (at, _))) = fits.or_else(|| spaces().find(|(_, (_, c))| *c == ' ')) else { break };
            broken.push_str(rest[..at].trim_end());
            broken.push('\n');
            broken.push_str(&hanging);
            (used, rest) = (hanging.len(), rest[at..].trim_start());
        }
        broken.push_str(rest);
        broken.push('\n');
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A long line that the terminal breaks anywhere hides where the next one begins.
    #[test]
    fn long_lines_hang_and_words_stay_whole() {
        assert_eq!(wrapped("  fix: one two three four\nnext\n", 14), "  fix: one two\n    three four\nnext\n");
        assert_eq!(wrapped("key  00112233445566  (7 bytes)\n", 12), "key\n  00112233445566\n  (7 bytes)\n");
        assert_eq!(wrapped("a\tb\n\nc\n", 3), "a\tb\n\nc\n");
        assert_eq!(wrapped("äöü äöü\n", 7), "äöü äöü\n");
    }
}
