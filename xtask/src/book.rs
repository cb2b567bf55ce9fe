//! The book: the pages of the repository and those that are written by a program, in one folder, with every link working.
//!
//! In: the repository's folder, and the written pages by their path. Out: every file of the book by its path, and the links that lead
//! nowhere. A file that a page links to and that is no page comes along. Layer: xtask, reads files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The list of all pages.
pub const CONTENTS: &str = "contents.md";

/// Where pages are, below the repository's folder.
const FOLDERS: [&str; 4] = ["", "docs", "fuzz", "scripts"];

/// Every file of a book, by its path in it.
#[derive(Debug, Default)]
pub struct Book {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Links that lead nowhere: the page, and where it sends its reader.
    pub broken: Vec<String>,
}

/// Puts a book together.
///
/// # Errors
///
/// A folder or a file that cannot be read.
pub fn book(root: &Path, written: BTreeMap<String, String>) -> io::Result<Book> {
    let mut files = committed(root)?;
    files.extend(written.into_iter().map(|(path, text)| (path, text.into_bytes())));
    let mut book = Book { files, broken: Vec::new() };
    let links: Vec<_> =
        book.files.iter().flat_map(|(path, bytes)| links(path, &String::from_utf8_lossy(bytes))).collect();
    for (page, link) in links {
        let Some(target) = resolved(&page, &link) else {
            book.broken.push(format!("{page}: {link}"));
            continue;
        };
        if book.files.contains_key(&target) {
            continue;
        }
        match fs::read(root.join(&target)) {
            Ok(bytes) => drop(book.files.insert(target, bytes)),
            Err(_) => book.broken.push(format!("{page}: {link}")),
        }
    }
    book.files.insert(CONTENTS.to_owned(), contents(&book.files).into_bytes());
    Ok(book)
}

/// The pages of the repository.
fn committed(root: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root.join(folder))? {
            let name = entry?.file_name();
            let path = Path::new(folder).join(&name);
            if path.extension().is_some_and(|ending| ending == "md") {
                files.insert(path.to_string_lossy().into_owned(), fs::read(root.join(&path))?);
            }
        }
    }
    Ok(files)
}

/// The links of a page to other files, each with its page.
fn links(page: &str, text: &str) -> Vec<(String, String)> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let files =
        targets.filter_map(|target| target.split('#').next()).filter(|file| !file.is_empty() && !file.contains(':'));
    files.map(|file| (page.to_owned(), file.to_owned())).collect()
}

/// The path that a link of a page means, or none outside the book.
fn resolved(page: &str, link: &str) -> Option<String> {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(path.pop()?),
            "." | "" => {}
            part => path.push(part),
        }
    }
    Some(path.join("/"))
}

/// The list of all pages, by their first heading.
fn contents(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut text = String::from("# Contents\n\n");
    for (path, bytes) in
        files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "md"))
    {
        let page = String::from_utf8_lossy(bytes);
        let title = page.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(path);
        let _ = writeln!(text, "- [{title}]({path})");
    }
    text
}

/// Writes a book into a folder that is made anew.
///
/// # Errors
///
/// The path that cannot be written.
pub fn write(folder: &Path, book: &Book) -> Result<(), (PathBuf, io::Error)> {
    let failed = |path: &Path, error| (path.to_owned(), error);
    if folder.join(CONTENTS).is_file() {
        fs::remove_dir_all(folder).map_err(|error| failed(folder, error))?;
    }
    for (name, bytes) in &book.files {
        let path = folder.join(name);
        let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
        parent.and_then(|()| fs::write(&path, bytes)).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kill::{pages, table};
    use diagnosis::kill::Kills;
    use diagnosis::mistakes;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    fn written() -> BTreeMap<String, String> {
        let ours: Vec<_> = mistakes::all().map(|mistake| Kills { mistake, by: Vec::new() }).collect();
        pages::book(table::page(&[], &ours, &[]), &[], &ours)
    }

    /// A reader of the repository must not be sent to a page that only the book has.
    #[test]
    fn every_link_of_a_committed_page_leads_to_a_committed_file() {
        assert_eq!(book(&root(), BTreeMap::new()).unwrap().broken, [""; 0]);
    }

    /// A page that no other page names is found through the contents.
    #[test]
    fn the_book_has_every_page_and_no_broken_link() {
        let book = book(&root(), written()).unwrap();
        assert_eq!(book.broken, [""; 0]);
        let contents = String::from_utf8_lossy(&book.files[CONTENTS]);
        for page in ["README.md", "docs/porting.md", "docs/kill-table.md", "docs/mistakes/pbkdf2.md"] {
            assert!(contents.contains(&format!("]({page})")), "{page}");
        }
    }

    /// A check of links that finds none would always be green.
    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        let page = "[a](nowhere.md#x), [b](../../out.md), [c](#here), [d](https://example.org/a), [e](../README.md)";
        let written = BTreeMap::from([("docs/new.md".to_owned(), page.to_owned())]);
        assert_eq!(book(&root(), written).unwrap().broken, ["docs/new.md: nowhere.md", "docs/new.md: ../../out.md"]);
    }

    /// A page of yesterday's catalogue would stay in the book for ever.
    #[test]
    fn what_is_no_longer_in_the_book_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("book");
        let book = |name: &str| book(&root(), BTreeMap::from([(name.to_owned(), String::new())])).unwrap();
        write(&into, &book("docs/old.md")).unwrap();
        write(&into, &book("docs/new.md")).unwrap();
        assert!(into.join("docs/new.md").is_file() && !into.join("docs/old.md").exists());
    }
}
