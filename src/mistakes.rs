//! `sealproof mistakes`: the catalogue of known mistakes, for porters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use glob::Pattern;
use serde_json::{Value as Json, json};

use super::output::{Form, complain, print, print_json, print_wrapped};
use conformance::port::POLICIES;
use conformance::shown::{counted, printable};
use diagnosis::hints::{self, Hint};
use diagnosis::kill::{self, Kills};
use diagnosis::mistakes::{self, Chapter};
use diagnosis::{Derivations, Mistake};
use vectors::{VectorFile, load, operation};

/// What was asked for is not there.
const USAGE: u8 = 2;
/// The vectors cannot be read.
const INVALID: u8 = 5;
/// As many names are offered in place of one that is not there.
const OFFERED_MAX: usize = 5;
/// Files that a command names one by one.
const FILES_MAX: usize = 6;

/// The arguments of `sealproof mistakes`.
#[derive(Args)]
pub(super) struct MistakesArgs {
    #[command(subcommand)]
    command: Command,
    /// Print text for people or one JSON object for programs
    #[arg(long, value_name = "FORM", default_value = "text", global = true)]
    format: Form,
}

#[derive(Subcommand)]
enum Command {
    /// List the known mistakes by chapter, each with its name and one sentence
    List {
        /// Only mistakes in this operation
        #[arg(long, value_name = "NAME")]
        operation: Option<String>,
        /// Only mistakes of this chapter
        #[arg(long, value_name = "NAME")]
        chapter: Option<String>,
        /// Only mistakes whose name contains this text, or matches it with * and ?
        pattern: Option<String>,
    },
    /// Show one mistake: its fixes, public reports of it, and the vectors that catch it
    Show {
        /// The mistake's name
        name: String,
    },
}

/// Runs `sealproof mistakes`.
pub(super) fn mistakes(args: &MistakesArgs) -> ExitCode {
    let done = match &args.command {
        Command::List { operation, chapter, pattern } => {
            list(operation.as_deref(), chapter.as_deref(), pattern.as_deref(), args.format)
        }
        Command::Show { name } => show(name, args.format),
    };
    done.unwrap_or_else(|objection| {
        eprintln!("sealproof: {}", printable(&objection));
        ExitCode::from(USAGE)
    })
}

/// How a command ends, or why it cannot be done as it was asked.
type Done = Result<ExitCode, String>;

fn list(operation: Option<&str>, chapter: Option<&str>, pattern: Option<&str>, form: Form) -> Done {
    let operations = || operation::OPERATIONS.iter().map(|operation| operation.name);
    known("operation", operation, operations())?;
    known("chapter", chapter, mistakes::chapters().iter().map(|chapter| chapter.name))?;
    let named = pattern.map(glob).transpose()?;
    let wanted = |mistake: &&Mistake| {
        operation.is_none_or(|operation| mistake.operations.contains(&operation))
            && named.as_ref().is_none_or(|named| named.matches(mistake.name))
    };
    let chapters = mistakes::chapters().iter().filter(|each| chapter.is_none_or(|name| each.name == name));
    let chapters: Vec<_> = chapters.collect();
    let found: Vec<_> = chapters.iter().flat_map(|chapter| chapter.mistakes).filter(wanted).map(as_json).collect();
    if found.is_empty() {
        return Err("no known mistake matches; `sealproof mistakes list` lists them all".to_owned());
    }
    Ok(match form {
        Form::Json => print_json(&json!({ "schema": 1, "mistakes": found })),
        Form::Text => print(&chapters.into_iter().map(|chapter| listed(chapter, wanted)).collect::<String>()),
    })
}

/// A mistake for programs, without what catches it.
fn as_json(mistake: &'static Mistake) -> Json {
    json!({
        "name": mistake.name,
        "sentence_text": mistake.sentence,
        "chapter": mistakes::chapter_of(mistake.name).map(|chapter| chapter.name),
        "operations": mistake.operations,
        "links": mistake.links,
    })
}

/// A mistake for programs, with its fixes and what catches it.
fn shown_as_json(mistake: &'static Mistake, kills: &Kills, files: &[VectorFile]) -> Json {
    let hint = |hint: &Hint| json!({ "language": hint.language.map(hints::shown), "library": hint.library, "fix_text": hint.text });
    let mut object = as_json(mistake);
    object["schema"] = 1.into();
    object["fix_text"] = hints::fix(mistake.name).into();
    object["platforms"] = hints::of(mistake.name).filter(|hint| hint.language.is_some()).map(hint).collect();
    object["caught_by"] = json!(by_file(kills, files));
    object
}

/// A chapter's heading and its mistakes, or nothing if none is wanted.
fn listed(chapter: &'static Chapter, wanted: impl Fn(&&Mistake) -> bool) -> String {
    let mut text = String::new();
    for mistake in chapter.mistakes.iter().filter(wanted) {
        if text.is_empty() {
            let _ = writeln!(text, "{}: {}", chapter.name, chapter.title);
        }
        let _ = writeln!(text, "  {}\t{}", mistake.name, printable(mistake.sentence));
    }
    text
}

/// What a pattern matches: a part of the name, if it has nothing that stands for others.
fn glob(pattern: &str) -> Result<Pattern, String> {
    let whole = if pattern.contains(['*', '?', '[']) { pattern.to_owned() } else { format!("*{pattern}*") };
    Pattern::new(&whole).map_err(|error| format!("`{pattern}` is not a valid pattern: {error}"))
}

/// Refuses a name that none of these is.
fn known(kind: &str, wanted: Option<&str>, names: impl Iterator<Item = &'static str>) -> Result<(), String> {
    let names: Vec<_> = names.collect();
    match wanted {
        Some(wanted) if !names.contains(&wanted) => Err(unknown(kind, wanted, names.into_iter())),
        Some(_) | None => Ok(()),
    }
}

/// That there is no such name, and which come near it.
pub(super) fn unknown(kind: &str, wanted: &str, names: impl Iterator<Item = &'static str>) -> String {
    match similar(wanted, names).join(", ") {
        near if near.is_empty() => format!("there is no {kind} `{wanted}`"),
        near => format!("there is no {kind} `{wanted}`; similar names: {near}"),
    }
}

/// The names that share most words with one that is not there, and among those the ones that begin most like it.
fn similar(wanted: &str, names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let words = |name: &str| name.split(['-', '.']).map(str::to_owned).collect::<BTreeSet<_>>();
    let sought = words(wanted);
    let beginning = |name: &str| name.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let near = |name: &str| (words(name).intersection(&sought).count(), beginning(name));
    let mut names: Vec<_> = names.filter(|name| near(name) > (0, 2)).collect();
    names.sort_by_key(|name| Reverse(near(name)));
    names.truncate(OFFERED_MAX);
    names
}

fn show(name: &str, form: Form) -> Done {
    let Some(mistake) = mistakes::find(name) else {
        return Err(unknown("known mistake", name, mistakes::all().map(|mistake| mistake.name)));
    };
    if form == Form::Text {
        // What catches it takes a moment to compute.
        print_wrapped(&described(mistake));
    }
    let files = match load::embedded() {
        Ok(files) => files,
        Err(error) => {
            complain(&error);
            return Ok(ExitCode::from(INVALID));
        }
    };
    let binding = |file: &VectorFile| file.policy == "core" || POLICIES.contains(&file.policy.as_str());
    let files: Vec<_> = files.into_iter().filter(binding).collect();
    // Computed and not read from a page: so it is true of the vectors in this very binary.
    let kills = kill::kills(&[mistake], &files, &Derivations::default(), 1);
    Ok(match form {
        Form::Json => print_json(&kills.iter().map(|kills| shown_as_json(mistake, kills, &files)).collect::<Json>()[0]),
        Form::Text => print_wrapped(&kills.iter().map(|kills| caught(kills, &files)).collect::<String>()),
    })
}

/// All that does not need the vectors.
fn described(mistake: &Mistake) -> String {
    let mut text = format!("{}\n  {}.\n", mistake.name, printable(mistake.sentence));
    if let Some(chapter) = mistakes::chapter_of(mistake.name) {
        let _ = writeln!(text, "chapter: {} ({})", chapter.name, chapter.title);
    }
    let _ = writeln!(text, "operations: {}", mistake.operations.join(", "));
    if let Some(fix) = hints::fix(mistake.name) {
        let _ = writeln!(text, "fix:\n  {fix}");
    }
    let mut platforms: Vec<_> = hints::of(mistake.name).filter(|hint| hint.language.is_some()).collect();
    platforms.sort_by_key(|hint| (hint.language, hint.library.is_none()));
    for hint in platforms {
        let _ = writeln!(text, "{}:\n  {}", place(hint), hint.text);
    }
    for (at, link) in mistake.links.iter().enumerate() {
        let _ = writeln!(text, "{}  {link}", if at == 0 { "seen:\n" } else { "" });
    }
    text
}

/// Whom a hint is for.
fn place(hint: &Hint) -> String {
    let library = hint.library.map_or_else(String::new, |library| format!(", {library}"));
    format!("{}{library}", hint.language.map_or("everywhere", hints::shown))
}

/// How many cases of each file notice a mistake.
fn by_file<'f>(kills: &Kills, files: &'f [VectorFile]) -> BTreeMap<&'f str, usize> {
    let mut by_file: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, _) in &kills.by {
        *by_file.entry(files[*file].path.as_str()).or_default() += 1;
    }
    by_file
}

/// The files that notice a mistake, how often, and how to ask a port the same.
fn caught(kills: &Kills, files: &[VectorFile]) -> String {
    let by_file = by_file(kills, files);
    let mut text = format!("caught by {} in {}:\n", counted(kills.by.len(), "case"), counted(by_file.len(), "file"));
    for (path, cases) in &by_file {
        let _ = writeln!(text, "  {path}\t{cases}");
    }
    let families = || by_file.keys().filter_map(|path| path.split('/').next()).collect::<BTreeSet<_>>();
    let selected: BTreeSet<_> = if by_file.len() > FILES_MAX { families() } else { by_file.keys().copied().collect() };
    text.push_str("ask your port:\n  sealproof run --port DIR");
    for part in selected {
        let _ = write!(text, " --select {part}");
    }
    text.push('\n');
    let _ = writeln!(
        text,
        "every case (in a checkout of the repository):\n  cargo xtask kill-table --mistake {}",
        kills.mistake.name
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name from memory must lead to the one that was meant.
    #[test]
    fn a_name_that_is_not_there_leads_to_its_neighbours() {
        let similar = |wanted: &str| similar(wanted, mistakes::all().map(|mistake| mistake.name));
        assert!(similar("pbkdf2-with-sha265").contains(&"pbkdf2-with-sha256"));
        assert!(similar("gcm-iv-cut").contains(&"gcm-iv-cut-to-12"));
        assert!(similar("quux").is_empty());
        assert!(similar("gcm").len() <= OFFERED_MAX);
    }
}
