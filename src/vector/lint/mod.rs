//! The rules of the vector format that data can be checked for.
//!
//! In: the bytes of vector files. Out: findings, none when every rule is kept. What a file needs in order to be read at
//! all (closed members, hex, unique names and ids, defined flags) is held by [`super::load`] and comes back as one
//! finding of the rule `loads`.

mod cases;
mod files;

use std::fmt;

use super::source::SourceFile;
use super::{Case, VectorFile, load, write};

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

/// What all of these files break, in their order.
#[must_use]
pub fn all(sources: &[SourceFile]) -> Vec<Finding> {
    sources.iter().flat_map(one).collect()
}

/// What one file breaks.
#[must_use]
pub fn one(source: &SourceFile) -> Vec<Finding> {
    let finding = |case: Option<u32>, rule, message| Finding { path: source.path.clone(), case, rule, message };
    let file = match load::file(source) {
        Ok(file) => file,
        Err(error) => return vec![finding(None, "loads", error.to_string())],
    };
    let mut found: Vec<Finding> = Vec::new();
    found.extend(size(source).map(|message| finding(None, "size", message)));
    found.extend(canonical(source, &file).map(|message| finding(None, "canonical", message)));
    for FileRule(rule, check) in files::RULES {
        found.extend(check(&file).into_iter().map(|message| finding(None, rule, message)));
    }
    for case in &file.cases {
        for CaseRule(rule, check) in cases::RULES {
            found.extend(check(&file, case).into_iter().map(|message| finding(Some(case.id), rule, message)));
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
fn is_kebab(name: &str) -> bool {
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
