//! The lines of README.md that tell which vectors there are, as `run` prints them.
//!
//! In: the README's text and the index. Out: the text with the hash and the counts of today.

use conformance::port::POLICIES;
use primitives::hash::sha256;
use vectors::index::Index;

/// The text as it is for these vectors. Lines that tell nothing of them stay as they are.
pub(super) fn current(text: &str, index: &Index) -> String {
    let is_asked = |policy: &str| policy == "core" || POLICIES.contains(&policy);
    let asked: usize = index.files.iter().filter(|file| is_asked(&file.policy)).map(|file| file.cases).sum();
    let (all, skipped) = (index.cases_total, index.cases_total - asked);
    let hash = hex::encode(sha256(index.text().as_bytes()));
    let current = |line: &str| {
        if let (Some((before, _)), Some((_, seed))) = (line.split_once(", vectors "), line.split_once(" cases, seed "))
        {
            return format!("{before}, vectors {}, {all} cases, seed {seed}", &hash[..12]);
        }
        if line.starts_with("    skipped: ") && line.ends_with(" (policy not claimed)") {
            return format!("    skipped: {skipped} (policy not claimed)");
        }
        if line.contains(" passed, 0 failed, ") && line.ends_with(" skipped") {
            return format!("    {asked} passed, 0 failed, {skipped} skipped");
        }
        line.to_owned()
    };
    text.split('\n').map(current).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::{load, source};

    /// A page that shows other vectors than there are would have to be mended by hand after every change of one.
    #[test]
    fn the_hash_and_the_counts_are_those_of_the_index() {
        let sources = source::embedded().unwrap();
        let of = |policy: &str| sources.iter().find(|file| load::file(file).unwrap().policy == policy).unwrap().clone();
        let files = ["core", "sjcl-reader"].map(of);
        let index = Index::of(&files).unwrap();
        let [asked, skipped] = files.map(|file| load::file(&file).unwrap().cases.len());
        let page = |hash: &str, all: usize, asked: usize, skipped: usize| {
            format!(
                "# Title\n\n    sealproof 0.1.0, vectors {hash}, {all} cases, seed 7\n    skipped: {skipped} (policy not claimed)\n    \
                 note: 1 passed\n    {asked} passed, 0 failed, {skipped} skipped\n\nThe end"
            )
        };
        let hash = &hex::encode(sha256(index.text().as_bytes()))[..12];
        assert_eq!(current(&page("0123456789ab", 3, 2, 1), &index), page(hash, asked + skipped, asked, skipped));
    }
}
