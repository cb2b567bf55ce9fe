//! `cargo xtask kill-table`: which vectors notice which known mistake.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use glob::Pattern;

use diagnosis::kill::Kills;
use diagnosis::{Mistake, mistakes};
use vectors::VectorFile;
use xtask::generate::GenerateError;
use xtask::kill::{counts, table};

use super::asked::{self, Asked, COUNTS, binding, judged};
use super::output::{complain, print, print_lines};
use crate::{Done, INVALID, USAGE};

/// The arguments of `cargo xtask kill-table`.
#[derive(Args)]
pub(crate) struct KillTableArgs {
    /// Keep how many cases notice each mistake
    #[arg(long, conflicts_with_all = ["mistake", "check"])]
    write: bool,
    /// Print no table; name every mistake and file that is in debt, and every count that moved; exit with 1 if there is one
    #[arg(long, conflicts_with = "mistake")]
    check: bool,
    /// The file of the counts
    #[arg(long, value_name = "FILE", default_value = COUNTS)]
    counts: PathBuf,
    /// Count too what this file or folder of others notices, such as `vectors/third_party`; may be repeated
    #[arg(long, value_name = "DIR", conflicts_with = "mistake")]
    public: Vec<PathBuf>,
    /// Only the mistakes of this name or pattern: every case that notices each
    #[arg(long, value_name = "PATTERN")]
    mistake: Option<Pattern>,
    /// A folder laid out like `vectors/`; without it the vectors inside this binary
    folder: Option<PathBuf>,
}

/// Runs `cargo xtask kill-table`.
pub(crate) fn kill_table(args: &KillTableArgs) -> Done {
    let chosen = |mistake: &&Mistake| args.mistake.as_ref().is_none_or(|pattern| pattern.matches(mistake.name));
    let mistakes: Vec<_> = mistakes::all().filter(chosen).collect();
    if mistakes.is_empty() {
        eprintln!("xtask: no known mistake has such a name");
        return Ok(ExitCode::from(USAGE));
    }
    let theirs = match asked::theirs(&args.public) {
        Ok(theirs) => theirs,
        Err(error) => {
            complain(&error);
            return Ok(ExitCode::from(INVALID));
        }
    };
    let asked = Asked::of(&mistakes, binding(args.folder.as_deref())?, theirs);
    if args.mistake.is_some() {
        return Ok(print_lines(killers(&asked.files, &asked.ours)));
    }
    let mut objections = asked.objections();
    if args.check {
        objections.extend(asked.moved(&args.counts));
    } else if args.write {
        let failed = |source| GenerateError::Write { path: args.counts.display().to_string(), source };
        std::fs::write(&args.counts, counts::text(&asked.ours)).map_err(failed)?;
    } else {
        print(&table::page(&asked.files, &asked.ours, &asked.public));
    }
    Ok(judged(asked.ours.len(), &objections))
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
