//! What a selection that matches nothing may have meant. Layer: `plan`, pure.

use std::collections::BTreeSet;

use vectors::VectorFile;

/// So many names are given.
const NAMES_MAX: usize = 4;

/// The families, files and cases whose names are nearest to the text, the nearest first; none if nothing is near.
pub(super) fn names(files: &[VectorFile], text: &str) -> Vec<String> {
    let file = text.rsplit_once('/').and_then(|(path, _)| files.iter().find(|file| file.path == path));
    if let Some(file) = file {
        let ids = file.cases.iter().map(|case| case.id);
        return ids.clone().min().into_iter().chain(ids.max()).map(|id| format!("{}/{id}", file.path)).collect();
    }
    let families: BTreeSet<&str> = files.iter().filter_map(|file| Some(file.path.split_once('/')?.0)).collect();
    let depth = text.matches('/').count();
    let paths = files.iter().map(|file| file.path.as_str());
    let names = families.into_iter().chain(paths.filter(|_| depth > 0));
    let mut ranked: Vec<_> = names.filter_map(|name| Some((rank(name, text)?, name.len(), name))).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(NAMES_MAX).map(|(_, _, name)| name.to_owned()).collect()
}

/// The names as the end of a message.
pub(super) fn in_words(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    }
}

/// How far a name is from a text, 0 for one that begins with it; `None` when they have little in common.
fn rank(name: &str, text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    // The case's number says nothing about its file.
    let text = match text.rsplit_once('/') {
        Some((path, id)) if id.chars().all(|c| c.is_ascii_digit()) => path,
        Some(_) | None => text.as_str(),
    };
    if text.is_empty() {
        return None;
    }
    if name.starts_with(text) {
        return Some(0);
    }
    if name.contains(text) {
        return Some(1);
    }
    let distance = edits(name, text);
    (distance * 3 <= text.chars().count()).then_some(1 + distance)
}

/// The number of characters to insert, remove or replace between two texts.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, b) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a user gets for a slip of the pen must be what was meant, and nothing where nothing is near.
    #[test]
    fn near_names_are_given_and_far_ones_are_not() {
        for (name, text, near) in [
            ("aes-256-gcm", "aes", Some(0)),
            ("aes-256-gcm", "gcm", Some(1)),
            ("sha512", "sha521", Some(3)),
            ("sha512", "SHA512", Some(0)),
            ("aes-256-gcm/open-edges", "aes-256-gcm/open/1", Some(0)),
            ("hchacha20", "no-such-family", None),
            ("sha512", "", None),
        ] {
            assert_eq!(rank(name, text), near, "{name} {text}");
        }
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(in_words(&["a".to_owned(), "b".to_owned()]), "; did you mean a or b?");
    }
}
