//! `sealproof vectors kill-table`: which vectors notice which known mistake.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use glob::Pattern;

use super::output::{print, print_lines};
use super::vectors::Done;
use crate::diagnosis::kill::{self, Kills, rules, table};
use crate::diagnosis::{Derivations, Mistake, mistakes};
use crate::generate::GenerateError;
use crate::port::POLICIES;
use crate::vector::{VectorFile, load, source};

/// A mistake is not noticed, or the page is not current.
const FOUND: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;

/// The arguments of `sealproof vectors kill-table`.
#[derive(Args)]
pub(super) struct KillTableArgs {
    /// Write the page to this file in place of standard output
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Write nothing; name every mistake and file that is in debt, and exit with 1 if there is one
    #[arg(long, conflicts_with = "to")]
    check: bool,
    /// Only the mistakes of this name or pattern: every case that notices each
    #[arg(long, value_name = "PATTERN", conflicts_with_all = ["to", "check"])]
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
    let ours = kill::kills(&mistakes, &files, &Derivations::default(), threads);
    if args.mistake.is_some() {
        return Ok(print_lines(killers(&files, &ours)));
    }
    let printed = match (&args.to, args.check) {
        (_, true) => ExitCode::SUCCESS,
        (Some(path), false) => write(path, &table::page(&files, &ours, &[]))?,
        (None, false) => print(&table::page(&files, &ours, &[])),
    };
    let objections = rules::objections(&files, &ours, &[]);
    for objection in &objections {
        eprintln!("{objection}");
    }
    eprintln!("{} mistakes, {} objections", ours.len(), objections.len());
    Ok(if objections.is_empty() { printed } else { ExitCode::from(FOUND) })
}

/// The files that bind the reference, and so a port that is the reference but for its mistake.
fn files(args: &KillTableArgs) -> Result<Vec<VectorFile>, GenerateError> {
    let sources = args.folder.as_deref().map_or_else(source::embedded, source::directory)?;
    let mut files = sources.iter().map(load::file).collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.policy == "core" || POLICIES.contains(&file.policy.as_str()));
    Ok(files)
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

fn write(path: &std::path::Path, page: &str) -> Result<ExitCode, GenerateError> {
    std::fs::write(path, page).map_err(|source| GenerateError::Write { path: path.display().to_string(), source })?;
    Ok(ExitCode::SUCCESS)
}
