//! `cargo xtask export`: the vectors as packages for other languages.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use xtask::export::Package;

use super::output::{complain, print_lines};

/// The vectors inside this binary are broken.
const INVALID: u8 = 5;

/// The arguments of `cargo xtask export`.
#[derive(Args)]
pub(crate) struct ExportArgs {
    /// The folder that gets a folder for each package; one that is there already is left alone
    folder: PathBuf,
    /// Only this package; may be repeated
    #[arg(long, value_name = "PACKAGE")]
    only: Vec<Only>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    Npm,
    Pypi,
    Go,
    Maven,
}

impl From<Only> for Package {
    fn from(only: Only) -> Self {
        match only {
            Only::Npm => Self::Npm,
            Only::Pypi => Self::Pypi,
            Only::Go => Self::Go,
            Only::Maven => Self::Maven,
        }
    }
}

/// Runs `cargo xtask export`.
pub(crate) fn export(args: &ExportArgs) -> ExitCode {
    let only: Vec<Package> = args.only.iter().copied().map(Package::from).collect();
    let mut written = Vec::new();
    for package in Package::ALL.into_iter().filter(|package| only.is_empty() || only.contains(package)) {
        let folder = args.folder.join(package.as_str());
        let files = match package.files() {
            Ok(files) => files,
            Err(error) => {
                complain(&error);
                return ExitCode::from(INVALID);
            }
        };
        let writes = begin(&folder)
            .and_then(|()| files.iter().try_for_each(|file| write(&folder.join(&file.path), &file.bytes)));
        if let Err(error) = writes {
            eprintln!("xtask: {}: {error}", folder.display());
            return ExitCode::FAILURE;
        }
        eprintln!("{} files", files.len());
        written.push(folder);
    }
    print_lines(written.iter().map(|folder| folder.display()))
}

/// A new folder: in one that is there, files of another version would stay.
fn begin(folder: &Path) -> io::Result<()> {
    folder.parent().map_or(Ok(()), fs::create_dir_all)?;
    let told = |error: io::Error| {
        let there = error.kind() == ErrorKind::AlreadyExists;
        if there { io::Error::other("is there already, and might keep files of another version") } else { error }
    };
    fs::create_dir(folder).map_err(told)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, bytes)
}
