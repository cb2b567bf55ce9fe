//! `sealproof vectors kill-table`: which vectors notice which known mistake.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use glob::Pattern;

use super::output::{complain, print, print_lines};
use super::vectors::{Done, VectorsError};
use crate::diagnosis::kill::{self, Kills, pages, public, rules, table};
use crate::diagnosis::{Derivations, Mistake, mistakes};
use crate::port::POLICIES;
use crate::vector::foreign::ForeignError;
use crate::vector::{VectorFile, given, load, source};

/// A mistake is not noticed, or the page is not current.
const FOUND: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;
/// The vectors of others cannot be read.
const INVALID: u8 = 5;

/// The arguments of `sealproof vectors kill-table`.
#[derive(Args)]
pub(super) struct KillTableArgs {
    /// Write the page to this file in place of standard output
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Write the catalogue into this folder too, a page for each chapter and an index
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// Write nothing; name every mistake and file that is in debt, and pages of `--to` and `--pages` that are not current; exit with 1 if there is one
    #[arg(long)]
    check: bool,
    /// Count too what this file or folder of others notices, such as `vectors/third_party`; may be repeated
    #[arg(long, value_name = "DIR", conflicts_with = "mistake")]
    public: Vec<PathBuf>,
    /// Only the mistakes of this name or pattern: every case that notices each
    #[arg(long, value_name = "PATTERN", conflicts_with_all = ["to", "pages", "check"])]
    mistake: Option<Pattern>,
    /// A folder laid out like `vectors/`; without it the vectors inside this binary
    folder: Option<PathBuf>,
}

/// Runs `sealproof vectors kill-table`.
pub(super) fn kill_table(args: &KillTableArgs) -> Done {
    let files = files(args)?;
    let chosen = |mistake: &&Mistake| args.mistake.as_ref().is_none_or(|pattern| pattern.matches(mistake.name));
    let mistakes: Vec<_> = mistakes::all().filter(chosen).collect();
    if mistakes.is_empty() {
        eprintln!("sealproof: no known mistake has such a name");
        return Ok(ExitCode::from(USAGE));
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let theirs = match theirs(&args.public) {
        Ok(theirs) => theirs,
        Err(error) => {
            complain(&error);
            return Ok(ExitCode::from(INVALID));
        }
    };
    let derivations = Derivations::default();
    let ours = kill::kills(&mistakes, &files, &derivations, threads);
    if args.mistake.is_some() {
        return Ok(print_lines(killers(&files, &ours)));
    }
    let public = public::sets(&mistakes, theirs, &derivations, threads);
    let table = table::page(&files, &ours, &public);
    let mut objections = rules::objections(&files, &ours, &public);
    if args.to.is_none() && !args.check {
        print(&table);
    }
    let wanted = wanted(args, table, &files, &ours);
    if args.check {
        objections.extend(wanted.iter().filter_map(|(path, page)| outdated(path, page)));
    } else {
        wanted.iter().try_for_each(|(path, page)| write(path, page))?;
    }
    objections.extend(args.pages.iter().flat_map(|folder| strangers(folder, &wanted)));
    for objection in &objections {
        eprintln!("{objection}");
    }
    eprintln!("{} mistakes, {} objections", ours.len(), objections.len());
    Ok(ExitCode::from(if objections.is_empty() { 0 } else { FOUND }))
}

/// Every page that is to be written, by its path.
fn wanted(args: &KillTableArgs, table: String, files: &[VectorFile], ours: &[Kills]) -> Vec<(PathBuf, String)> {
    let mut wanted: Vec<_> = args.to.clone().map(|path| (path, table)).into_iter().collect();
    if let Some(folder) = &args.pages {
        wanted.extend(pages::pages(files, ours).into_iter().map(|(name, page)| (folder.join(name), page)));
    }
    wanted
}

/// Files in the folder of the pages that are none of them: those of chapters that are no more.
fn strangers(folder: &Path, wanted: &[(PathBuf, String)]) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return vec![format!("{} cannot be read", folder.display())] };
    let stranger = |path: &PathBuf| wanted.iter().all(|(known, _)| known != path);
    let paths: BTreeSet<_> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(stranger).collect();
    paths.iter().map(|path| format!("{} is the page of no chapter; remove it", path.display())).collect()
}

/// The files that bind the reference, and so a port that is the reference but for its mistake.
fn files(args: &KillTableArgs) -> Result<Vec<VectorFile>, VectorsError> {
    let sources = args.folder.as_deref().map_or_else(source::embedded, source::directory)?;
    let mut files = sources.iter().map(load::file).collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.policy == "core" || POLICIES.contains(&file.policy.as_str()));
    Ok(files)
}

/// The cases of others, and those of them that no request can carry.
fn theirs(paths: &[PathBuf]) -> Result<Vec<VectorFile>, ForeignError> {
    let mut files = Vec::new();
    for path in paths {
        let given = given::load(std::slice::from_ref(path))?;
        files.extend(given.files);
        files.extend(given.unsendable);
    }
    Ok(files)
}

/// What is wrong with a file that ought to hold this page.
fn outdated(path: &Path, page: &str) -> Option<String> {
    let current = std::fs::read(path).is_ok_and(|found| found == page.as_bytes());
    (!current).then(|| format!("{} is not current; write it with --to and without --check", path.display()))
}

fn killers(files: &[VectorFile], ours: &[Kills]) -> Vec<String> {
    let case = |(file, id): &(usize, u32)| {
        let file = &files[*file];
        format!("  {}/{id}\t{}", file.path, file.case(*id).map_or("", |case| &case.name))
    };
    let lines = |kills: &Kills| {
        let head = format!("{}: {} cases in {} files", kills.mistake.name, kills.by.len(), kills.files().len());
        std::iter::once(head).chain(kills.by.iter().map(case)).collect::<Vec<_>>()
    };
    ours.iter().flat_map(lines).collect()
}

fn write(path: &Path, page: &str) -> Result<(), VectorsError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, page));
    written.map_err(|source| VectorsError::Write { path: path.display().to_string(), source })
}
