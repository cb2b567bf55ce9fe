//! The catalogue as pages of the book: one for each chapter, and an index.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use diagnosis::hints::{self, Hint};
use diagnosis::kill::Kills;
use diagnosis::mistakes::{self, Chapter};
use vectors::VectorFile;

/// The name of the index among the pages.
pub const INDEX: &str = "README.md";

/// Every page, by the name of its file. A mistake that was not asked is not on them.
#[must_use]
pub fn pages(files: &[VectorFile], ours: &[Kills]) -> BTreeMap<String, String> {
    let chapters = mistakes::chapters();
    let page = |chapter: &'static Chapter| (format!("{}.md", chapter.name), page(chapter, files, ours));
    let mut pages: BTreeMap<_, _> = chapters.iter().map(page).collect();
    pages.insert(INDEX.to_owned(), index(chapters));
    pages
}

/// The pages with the kill table, by their path in the book.
#[must_use]
pub fn book(table: String, files: &[VectorFile], ours: &[Kills]) -> BTreeMap<String, String> {
    let mut book: BTreeMap<_, _> =
        pages(files, ours).into_iter().map(|(name, page)| (format!("docs/mistakes/{name}"), page)).collect();
    book.insert("docs/kill-table.md".to_owned(), table);
    book
}

const INDEX_HEAD: &str = "# Known mistakes

Written by `cargo xtask book`. What ports of these schemes get wrong, by the part that it is made in: what the
port does, how that comes about on each platform and how to fix it there, where it was seen, and which vectors notice it.

    sealproof mistakes list                     # all of them; --operation, --chapter or a PATTERN for some
    sealproof mistakes show pbkdf2-with-sha256  # what is on these pages, for one of them, and what to run

Each chapter begins with what its schemes want: that is the fix of every mistake that has none of its own. *Everywhere* is for every language; the other lines
are for one, with the names of its real interfaces. Kotlin shares Java's, TypeScript JavaScript's. *Seen* are public reports of this very mistake.
What cannot be shown by one request is [elsewhere](../mistakes-not-expressed.md), what each vector notices is in the [kill table](../kill-table.md).
";

/// The index: what there is in each chapter.
fn index(chapters: &[Chapter]) -> String {
    let mut index = String::from(INDEX_HEAD);
    let (all, seen) = (mistakes::all().count(), mistakes::all().filter(|mistake| !mistake.links.is_empty()).count());
    let hinted = mistakes::all().filter(|mistake| hints::of(mistake.name).next().is_some()).count();
    let _ =
        writeln!(index, "\n{all} mistakes: {hinted} with a fix or hints of their own, {seen} with public reports.\n");
    index.push_str("| chapter | mistakes | of them seen in public |\n|---|---:|---:|\n");
    for Chapter { name, title, mistakes, .. } in chapters {
        let seen = mistakes.iter().filter(|mistake| !mistake.links.is_empty()).count();
        let _ = writeln!(index, "| [{title}]({name}.md) | {} | {seen} |", mistakes.len());
    }
    index
}

/// The page of a chapter.
fn page(chapter: &Chapter, files: &[VectorFile], ours: &[Kills]) -> String {
    let Chapter { title, introduction, fix, .. } = chapter;
    let mut page = format!("# {title}\n\n{}\n\n**What the scheme wants.** {}\n", prose(introduction), prose(fix));
    for mistake in chapter.mistakes {
        if let Some(kills) = ours.iter().find(|kills| kills.mistake.name == mistake.name) {
            section(&mut page, kills, files);
        }
    }
    page.push_str("\n[All chapters](README.md)\n");
    page
}

/// What there is to say of a mistake.
fn section(page: &mut String, kills: &Kills, files: &[VectorFile]) {
    let mistake = kills.mistake;
    let _ = writeln!(page, "\n## `{}`\n\n{}.\n", mistake.name, prose(mistake.sentence));
    for hint in general_first(mistake.name) {
        let _ = writeln!(page, "- {}: {}", place(hint), prose(hint.text));
    }
    if !mistake.links.is_empty() {
        let links: Vec<_> = mistake.links.iter().copied().map(link).collect();
        let _ = writeln!(page, "- *Seen:* {}", links.join(", "));
    }
    let operations: Vec<_> = mistake.operations.iter().map(|operation| format!("`{operation}`")).collect();
    let first = kills.by.first().map_or_else(String::new, |(file, id)| format!(", first `{}/{id}`", files[*file].path));
    let (cases, noticing) = (kills.by.len(), kills.files().len());
    let _ = writeln!(page, "- *Caught* by {cases} cases in {noticing} files{first}. In {}.", operations.join(", "));
}

/// The hints for a mistake, that for everybody before those for one platform.
fn general_first(name: &str) -> Vec<&'static Hint> {
    let mut hints: Vec<_> = hints::of(name).collect();
    hints.sort_by_key(|hint| (hint.language, hint.library.is_none()));
    hints
}

/// Whom a hint is for.
fn place(hint: &Hint) -> String {
    let Some(language) = hint.language else { return "*Everywhere*".to_owned() };
    let library = hint.library.map_or_else(String::new, |library| format!(", {library}"));
    format!("*{}{library}*", hints::shown(language))
}

/// A report by where it is.
fn link(report: &str) -> String {
    match report.strip_prefix("https://") {
        Some(rest) => format!("[{}]({report})", prose(rest.strip_prefix("github.com/").unwrap_or(rest))),
        None => report.to_owned(),
    }
}

/// Text in which nothing but what stands in backquotes is marked.
fn prose(text: &str) -> String {
    let escape = |(at, part): (usize, &str)| match at % 2 {
        0 => part.replace('_', "\\_").replace('*', "\\*").replace('<', "\\<").replace('[', "\\["),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(escape).collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An underscore or an angle bracket that is taken for a mark makes words vanish from the page.
    #[test]
    fn words_stay_words() {
        assert_eq!(prose("called __proto__, for < and `a_b`"), "called \\_\\_proto\\_\\_, for \\< and `a_b`");
        assert_eq!(link("CVE-2025-6545"), "CVE-2025-6545");
        assert_eq!(link("https://github.com/a/b_c/issues/1"), "[a/b\\_c/issues/1](https://github.com/a/b_c/issues/1)");
    }

    /// A chapter without a page, or one that the index does not lead to, is not found by anybody.
    #[test]
    fn every_mistake_has_a_place_in_the_book() {
        let ours: Vec<_> = mistakes::all().map(|mistake| Kills { mistake, by: Vec::new() }).collect();
        let pages = pages(&[], &ours);
        assert_eq!(pages.len(), mistakes::chapters().len() + 1);
        for chapter in mistakes::chapters() {
            let name = format!("{}.md", chapter.name);
            assert!(pages[INDEX].contains(&format!("]({name})")), "{name}");
            for mistake in chapter.mistakes {
                assert!(pages[&name].contains(&format!("## `{}`\n", mistake.name)), "{}", mistake.name);
            }
        }
    }
}
