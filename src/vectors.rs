//! `sealproof vectors`: what there is to ask, and the rules that hold it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use conformance::shown::counted;
use vectors::{Case, Cost, Errata, Expect, LoadError, VectorFile, lint, load, source, write};

use super::output::{complain, print, print_lines};

/// Something was found.
const FOUND: u8 = 1;
/// What was asked for is not there.
const USAGE: u8 = 2;
/// The vectors cannot be read.
const INVALID: u8 = 5;

/// The arguments of `sealproof vectors`.
#[derive(Args)]
pub(super) struct VectorsArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List all cases, one per line: id, name, operation, policy, cost, and whether a port must accept, refuse or open it
    List,
    /// Print a case, or a whole file, exactly as in the vectors
    Show {
        /// A case `<family>/<topic>/<id>`, or a file `<family>/<topic>`
        case: String,
    },
    /// Check vectors against every rule of the format
    Lint {
        /// A folder laid out like `vectors/` [default: the built-in vectors]
        folder: Option<PathBuf>,
    },
}

/// Runs `sealproof vectors`.
pub(super) fn vectors(args: &VectorsArgs) -> ExitCode {
    let done = match &args.command {
        Command::List => list(),
        Command::Show { case } => show(case),
        Command::Lint { folder } => lint(folder.as_deref()),
    };
    done.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(INVALID)
    })
}

/// How a command of this kind ends.
type Done = Result<ExitCode, LoadError>;

fn list() -> Done {
    let files = load::embedded()?;
    let lines = files.iter().flat_map(|file| file.cases.iter().map(|case| line(file, case)));
    Ok(print_lines(lines))
}

fn line(file: &VectorFile, case: &Case) -> String {
    let wanted = match case.expect {
        Expect::Output(_) => "accept",
        Expect::Reject(_) => "refuse",
        Expect::Opens(_) => "opens",
    };
    let cost = match file.cost {
        Cost::Fast => "fast",
        Cost::Slow => "slow",
        Cost::Heavy => "heavy",
        Cost::Hostile => "hostile",
    };
    let (id, operation) = (file.case_id(case), file.operation.name);
    format!("{id}\t{}\t{operation}\t{}\t{cost}\t{wanted}", case.name, file.policy)
}

fn show(wanted: &str) -> Done {
    let files = load::embedded()?;
    let whole = files.iter().find(|file| file.path == wanted).map(write::canonical);
    let found = whole.or_else(|| {
        let mut cases = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
        cases.find(|(file, case)| file.case_id(case) == wanted).map(|(_, case)| write::case(case))
    });
    if let (None, Some(retired)) = (&found, Errata::embedded().find(wanted)) {
        eprintln!("sealproof: `{wanted}` is retired since {}: {}", retired.since, retired.why);
        print(&retired.text());
        return Ok(ExitCode::from(FOUND));
    }
    Ok(found.map_or_else(
        || {
            eprintln!("sealproof: there is no case or file `{wanted}`; `sealproof vectors list` lists all cases");
            ExitCode::from(USAGE)
        },
        |text| print(&text),
    ))
}

fn lint(folder: Option<&Path>) -> Done {
    let sources = folder.map_or_else(source::embedded, source::directory)?;
    let companions = folder.map_or_else(|| Ok(source::embedded_companions()), source::companions)?;
    let findings = lint::folder(&sources, &companions);
    let printed = print_lines(&findings);
    eprintln!("{}, {}", counted(sources.len(), "file"), counted(findings.len(), "finding"));
    // A folder without a single file is a mistyped folder, not a clean one.
    if sources.is_empty() || !findings.is_empty() { Ok(ExitCode::from(FOUND)) } else { Ok(printed) }
}
