//! What the public sets of vectors notice.
//!
//! In: the files of others as cases, by the origin that their paths begin with. Out: one [`PublicSet`] for each origin. Layer:
//! `diagnosis`, pure.

use diagnosis::kill::{Kills, kills};
use diagnosis::{Derivations, Mistake};
use vectors::VectorFile;

/// The origins that have a name for people, in the order of the table's columns.
const NAMES: [(&str, &str); 3] = [("wycheproof", "Wycheproof"), ("cavp", "NIST CAVP"), ("pyca", "RFC 9106 and pyca")];

/// A public set of vectors and what it notices.
#[derive(Debug)]
pub struct PublicSet {
    /// Its name.
    pub name: String,
    /// Its files.
    pub files: Vec<VectorFile>,
    /// By mistake, in the same order as ours.
    pub kills: Vec<Kills>,
}

impl PublicSet {
    /// Of how many mistakes the set asks an operation, and how many of these it notices.
    #[must_use]
    pub fn score(&self) -> Score {
        let asks =
            |kills: &&Kills| self.files.iter().any(|file| kills.mistake.operations.contains(&file.operation.name));
        let asked = self.kills.iter().filter(asks).count();
        let noticed = self.kills.iter().filter(|kills| !kills.by.is_empty()).count();
        Score { asked, noticed }
    }
}

/// How a set fares against the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Mistakes in operations that the set has a case of.
    pub asked: usize,
    /// Those of them that a case notices.
    pub noticed: usize,
}

/// Asks a port with each mistake every case of others, on so many threads. A file that stands twice counts once.
#[must_use]
pub fn sets(
    mistakes: &[&'static Mistake],
    files: Vec<VectorFile>,
    derivations: &Derivations,
    threads: usize,
) -> Vec<PublicSet> {
    let asked = |(name, files): (String, Vec<VectorFile>)| {
        let kills = kills(mistakes, &files, derivations, threads);
        PublicSet { name, files, kills }
    };
    grouped(files).into_iter().map(asked).collect()
}

/// The files by the name of their origin: those with a name for people first, then the others by the alphabet.
fn grouped(mut files: Vec<VectorFile>) -> Vec<(String, Vec<VectorFile>)> {
    files.sort_by(|one, other| place(one).cmp(&place(other)).then_with(|| one.path.cmp(&other.path)));
    let mut groups: Vec<(String, Vec<VectorFile>)> = Vec::new();
    for file in files {
        let name = name(&file);
        match groups.last_mut().filter(|(last, _)| *last == name) {
            Some((_, group)) if group.contains(&file) => {}
            Some((_, group)) => group.push(file),
            None => groups.push((name, vec![file])),
        }
    }
    groups
}

fn place(file: &VectorFile) -> (usize, &str) {
    let origin = origin(file);
    (NAMES.iter().position(|(known, _)| *known == origin).unwrap_or(NAMES.len()), origin)
}

fn name(file: &VectorFile) -> String {
    let origin = origin(file);
    NAMES.iter().find(|(known, _)| *known == origin).map_or(origin, |(_, name)| name).to_owned()
}

fn origin(file: &VectorFile) -> &str {
    file.path.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::load;

    fn called(path: &str) -> VectorFile {
        let mut file = load::embedded().unwrap().remove(0);
        path.clone_into(&mut file.path);
        file
    }

    /// What is fetched holds what is committed once more: a file that counted twice would make a set look better than it is.
    #[test]
    fn each_origin_is_one_set_and_each_file_counts_once() {
        let mut hidden = called("pyca/argon2i");
        hidden.cases.truncate(1);
        let paths = ["pyca/argon2i", "zoo/a", "wycheproof/a", "cavp/b", "wycheproof/a", "abc/x"];
        let mut files: Vec<_> = paths.into_iter().map(called).collect();
        files.push(hidden);
        let groups: Vec<_> = grouped(files).into_iter().map(|(name, files)| (name, files.len())).collect();
        let wanted = [("Wycheproof", 1), ("NIST CAVP", 1), ("RFC 9106 and pyca", 2), ("abc", 1), ("zoo", 1)];
        assert_eq!(groups, wanted.map(|(name, count)| (name.to_owned(), count)));
    }
}
