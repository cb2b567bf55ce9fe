//! The words that users read: plain English, and help that fits a terminal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Phrases that readers stumbled over, in lower case. The design page's glossary has a plain word for each.
const STUMBLES: [&str; 16] = [
    "so many",
    "so-manieth",
    "part over",
    "nothing that a password",
    "time was over",
    "from near by",
    " spelt",
    "nothing works",
    "nobody hits",
    "no known mistake gives",
    "in place of",
    "is taken for",
    "are taken for",
    "stands behind",
    "does not fit,",
    "whoever",
];

/// Columns of help on a wide terminal, and where there is none.
const COLUMNS_MAX: usize = 100;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The stumbles in a text, each with its line.
fn stumbles(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let of = |line: &str| STUMBLES.iter().find(|phrase| line.contains(**phrase)).copied();
    lower.lines().enumerate().filter_map(|(at, line)| Some(format!("{}: {}", at + 1, of(line)?))).collect()
}

/// What a command prints when it is asked for help.
fn help(command: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_sealproof");
    let output = Command::new(program).args(command).arg("--help").env_remove("COLUMNS").output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that a help text lists.
fn listed(help: &str) -> Vec<&str> {
    let Some((_, rest)) = help.split_once("Commands:\n") else { return Vec::new() };
    let lines = rest.lines().take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty()).collect()
}

/// Help is the first thing that a newcomer reads.
#[test]
fn help_is_plain_and_fits_a_terminal() {
    let main = help(&[]);
    let mut pages = vec![(String::new(), main.clone())];
    for command in listed(&main).into_iter().filter(|name| *name != "help") {
        let page = help(&[command]);
        for below in listed(&page).into_iter().filter(|name| *name != "help") {
            pages.push((format!("{command} {below}"), help(&[command, below])));
        }
        pages.push((command.to_owned(), page));
    }
    assert!(pages.len() > 18, "only {} pages of help", pages.len());
    for (command, page) in pages {
        assert_eq!(stumbles(&page), [""; 0], "{command}: {page}");
        for line in page.lines() {
            assert!(line.chars().count() <= COLUMNS_MAX, "{command}: {line}");
        }
    }
}

/// Reports, errors, known mistakes and their fixes: every line of the code that is no comment.
#[test]
fn what_the_program_says_is_plain() {
    let mut sources = files(&root().join("src"), "rs");
    sources.extend(files(&root().join("crates"), "rs"));
    assert!(sources.len() > 200, "only {} source files", sources.len());
    let mut found = Vec::new();
    for path in sources.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "tests")) {
        let text = fs::read_to_string(path).unwrap();
        let product = text.split("#[cfg(test)]").next().unwrap();
        let line = |line: &str| if line.trim_start().starts_with("//") { "\n".to_owned() } else { format!("{line}\n") };
        let code: String = product.lines().map(line).collect();
        found.extend(stumbles(&code).into_iter().map(|stumble| format!("{}:{stumble}", path.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The pages are read beside the reports, and quote them.
#[test]
fn the_pages_are_plain() {
    let mut pages: Vec<_> = files(&root().join("docs"), "md");
    pages.retain(|page| !page.ends_with("kill-table.md") && !page.parent().unwrap().ends_with("mistakes"));
    pages.push(root().join("README.md"));
    let mut found = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        found.extend(stumbles(&text).into_iter().map(|stumble| format!("{}:{stumble}", page.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
