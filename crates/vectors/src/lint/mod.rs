//! The rules of the vector format that data can be checked for.
//!
//! In: the bytes of vector files. Out: findings, none when every rule is kept. What a file needs in order to be read at
//! all (closed members, hex, unique names and ids, defined flags) is held by [`super::load`] and comes back as one
//! finding of the rule `loads`.

mod cases;
mod files;
mod folder;

use std::fmt;

use super::source::{Companions, SourceFile};
use super::{Case, LoadError, VectorFile, load, write};

/// Bytes of a vector file, unless its topic says `long`.
const FILE_BYTES_MAX: usize = 400 << 10;

/// A rule that a file breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `<family>/<topic>`.
    pub path: String,
    /// The case at fault; nothing when the file as a whole is.
    pub case: Option<u32>,
    /// The rule's name, in kebab case.
    pub rule: &'static str,
    /// What is wrong and what is right.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.case {
            Some(case) => write!(f, "{}/{case}: {}: {}", self.path, self.rule, self.message),
            None => write!(f, "{}: {}: {}", self.path, self.rule, self.message),
        }
    }
}

/// A rule about a file: its name and what it finds.
struct FileRule(&'static str, fn(&VectorFile) -> Vec<String>);

/// A rule about a case of a file: its name and what it finds.
struct CaseRule(&'static str, fn(&VectorFile, &Case) -> Vec<String>);

/// What these files and what stands beside them break: the errata and the requirement sets.
#[must_use]
pub fn folder(sources: &[SourceFile], companions: &Companions) -> Vec<Finding> {
    let (mut found, mut files) = (Vec::new(), Vec::with_capacity(sources.len()));
    for source in sources {
        match load::file(source) {
            Ok(file) => {
                found.extend(rules(source, &file));
                files.push(file);
            }
            Err(error) => found.push(unreadable(source, &error)),
        }
    }
    found.extend(folder::check(&files, companions));
    found
}

/// What one file breaks.
#[must_use]
pub fn one(source: &SourceFile) -> Vec<Finding> {
    match load::file(source) {
        Ok(file) => rules(source, &file),
        Err(error) => vec![unreadable(source, &error)],
    }
}

fn unreadable(source: &SourceFile, error: &LoadError) -> Finding {
    Finding { path: source.path.clone(), case: None, rule: "loads", message: error.to_string() }
}

fn rules(source: &SourceFile, file: &VectorFile) -> Vec<Finding> {
    let finding = |case: Option<u32>, rule, message| Finding { path: source.path.clone(), case, rule, message };
    let mut found: Vec<Finding> = Vec::new();
    found.extend(size(source).map(|message| finding(None, "size", message)));
    found.extend(canonical(source, file).map(|message| finding(None, "canonical", message)));
    for FileRule(rule, check) in files::RULES {
        found.extend(check(file).into_iter().map(|message| finding(None, rule, message)));
    }
    for case in &file.cases {
        for CaseRule(rule, check) in cases::RULES {
            found.extend(check(file, case).into_iter().map(|message| finding(Some(case.id), rule, message)));
        }
    }
    found
}

fn size(source: &SourceFile) -> Option<String> {
    let bytes = source.bytes.len();
    (bytes > FILE_BYTES_MAX && !source.path.contains("long"))
        .then(|| format!("{bytes} bytes, at most {FILE_BYTES_MAX} unless the topic says `long`"))
}

fn canonical(source: &SourceFile, file: &VectorFile) -> Option<String> {
    let wanted = write::canonical(file);
    if wanted.as_bytes() == &*source.bytes {
        return None;
    }
    let text = String::from_utf8_lossy(&source.bytes);
    let same = wanted.split('\n').zip(text.split('\n')).take_while(|(wanted, found)| wanted == found).count();
    let line = |text: &str| text.split('\n').nth(same).map_or("the end".to_owned(), |line| format!("`{line}`"));
    Some(format!("line {}: canonical is {}, found {}", same + 1, line(&wanted), line(&text)))
}

/// Lower-case words of letters and digits, joined by single dashes.
#[must_use]
pub fn is_kebab(name: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.split('-').all(word)
}

/// A line for people: at least two words, nothing around them, no control character within.
fn is_sentence(text: &str) -> bool {
    text.trim() == text && text.contains(' ') && !text.contains(char::is_control)
}

/// Pairs of lower-case hex digits, possibly none.
fn is_hex(text: &str) -> bool {
    text.len().is_multiple_of(2) && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

/// The names that stand more than once in a list.
fn repeated<T: PartialEq>(items: &[T]) -> Vec<&T> {
    items.iter().enumerate().filter(|(at, item)| items[..*at].contains(item)).map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests;
