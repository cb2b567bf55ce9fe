//! `cargo xtask book`: every page in one folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use diagnosis::mistakes;
use xtask::book;
use xtask::generate::GenerateError;
use xtask::kill::{pages, table};

use super::asked::{self, Asked, COUNTS, binding, judged};
use super::output::{complain, print_lines};
use crate::{Done, INVALID};

/// The arguments of `cargo xtask book`.
#[derive(Args)]
pub(crate) struct BookArgs {
    /// The folder of the book, which is made anew
    #[arg(long, value_name = "DIR", default_value = "target/book")]
    into: PathBuf,
    /// Count too what this file or folder of others notices, such as `vectors/third_party`; may be repeated
    #[arg(long, value_name = "DIR")]
    public: Vec<PathBuf>,
}

/// Runs `cargo xtask book`. A rule of the kill table that is broken, or a link, ends it with 1.
pub(crate) fn book(args: &BookArgs) -> Done {
    let theirs = match asked::theirs(&args.public) {
        Ok(theirs) => theirs,
        Err(error) => {
            complain(&error);
            return Ok(ExitCode::from(INVALID));
        }
    };
    let mistakes: Vec<_> = mistakes::all().collect();
    let asked = Asked::of(&mistakes, binding(None)?, theirs);
    let table = table::page(&asked.files, &asked.ours, &asked.public);
    let written = pages::book(table, &asked.files, &asked.ours);
    let failed = |(path, source): (PathBuf, _)| GenerateError::Write { path: path.display().to_string(), source };
    let book = book::book(Path::new("."), written).map_err(|error| failed((PathBuf::from("docs"), error)))?;
    book::write(&args.into, &book).map_err(failed)?;
    let mut objections = asked.objections();
    objections.extend(asked.moved(Path::new(COUNTS)));
    objections.extend(book.broken.iter().map(|link| format!("{link} leads nowhere")));
    print_lines([args.into.join(book::CONTENTS).display()]);
    Ok(judged(asked.ours.len(), &objections))
}
