//! `cargo xtask generate|index|require`: what is written below `vectors/`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

use vectors::index::Index;
use vectors::{Requirements, lint, load, source};

use xtask::generate::{self, GenerateError};

use super::output::print_lines;
use crate::{Done, FOUND, USAGE};

pub(crate) fn require(name: &str, folder: &Path, policies: &[String]) -> Done {
    let files = load::directory(folder)?;
    let set = Requirements::freeze(name, env!("CARGO_PKG_VERSION"), policies, &files);
    if let Some(policy) = policies.iter().find(|policy| files.iter().all(|file| file.policy != **policy)) {
        eprintln!("xtask: no vector file has the policy `{policy}`");
        return Ok(ExitCode::from(USAGE));
    }
    if !lint::is_kebab(name) {
        eprintln!("xtask: `{name}` is not kebab case, such as core-1");
        return Ok(ExitCode::from(USAGE));
    }
    let path = folder.join("requirements").join(format!("{name}.json"));
    let failed = |source| GenerateError::Write { path: path.display().to_string(), source };
    std::fs::create_dir_all(folder.join("requirements")).map_err(failed)?;
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file.write_all(set.text().as_bytes()).map_err(failed)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            eprintln!("xtask: {} is there already; what ports claim by it must not change", path.display());
            return Ok(ExitCode::from(FOUND));
        }
        Err(error) => return Err(failed(error)),
    }
    eprintln!("{} cases of {} files", set.cases_total, set.files.len());
    Ok(print_lines([path.display()]))
}

pub(crate) fn index(folder: &Path) -> Done {
    let text = Index::of(&source::directory(folder)?)?.text();
    let path = folder.join("index.json");
    std::fs::write(&path, text).map_err(|source| GenerateError::Write { path: path.display().to_string(), source })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn check_index(folder: &Path) -> Done {
    let wanted = Index::of(&source::directory(folder)?)?.text();
    let path = folder.join("index.json");
    let found = source::read_bounded(&path, source::FILE_BYTES_MAX)?;
    if found == wanted.as_bytes() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{} is not current", path.display());
    Ok(ExitCode::from(FOUND))
}

pub(crate) fn generate(folder: &Path) -> Done {
    let written = generate::generate(folder)?;
    eprintln!("{} files written", written.len());
    Ok(print_lines(written.iter().map(|file| &file.path)))
}

pub(crate) fn check_generated(folder: &Path) -> Done {
    let stale = generate::stale(folder)?;
    let printed = print_lines(stale.iter().map(|file| &file.path));
    eprintln!("{} files are not current", stale.len());
    if stale.is_empty() { Ok(printed) } else { Ok(ExitCode::from(FOUND)) }
}
