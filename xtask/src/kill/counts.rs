//! The ratchet: how many cases of ours notice each known mistake, in a short file that is committed.
//!
//! In: what notices each mistake. Out: a line for each, `name count`, in the order of the catalogue; and the lines read back.
//! What may change between the two is said in [`rules`](super::rules).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use diagnosis::kill::Kills;

const HEAD: &str =
    "# How many cases notice each known mistake. Written by `cargo xtask kill-table --write`, compared by `--check`.\n";

/// Cases that notice a mistake, by its name.
pub type Counts = BTreeMap<String, usize>;

/// The file.
#[must_use]
pub fn text(ours: &[Kills]) -> String {
    let mut text = String::from(HEAD);
    for kills in ours {
        let _ = writeln!(text, "{} {}", kills.mistake.name, kills.by.len());
    }
    text
}

/// The counts in a file.
///
/// # Errors
///
/// The first line that is no `name count`, or whose name stands there already.
pub fn read(text: &str) -> Result<Counts, String> {
    let mut counts = Counts::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let read = line.split_once(' ').and_then(|(name, count)| Some((name.to_owned(), count.parse().ok()?)));
        let (name, count) = read.ok_or_else(|| format!("no `name count`: {line:?}"))?;
        if counts.insert(name, count).is_some() {
            return Err(format!("stands twice: {line:?}"));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnosis::mistakes;

    /// What is written and read back otherwise would be a ratchet that slips.
    #[test]
    fn what_is_written_is_read_back() {
        let ours: Vec<_> = mistakes::all().map(|mistake| Kills { mistake, by: vec![(0, 1), (0, 2)] }).collect();
        let counts = read(&text(&ours)).unwrap();
        assert_eq!(counts.len(), ours.len());
        assert!(counts.values().all(|count| *count == 2));
    }

    /// A line that is skipped without a word would let its mistake go unnoticed.
    #[test]
    fn a_line_that_says_nothing_is_refused() {
        for (text, said) in
            [("a\n", "no `name count`"), ("a x\n", "no `name count`"), ("\n", "no `name"), ("a 1\na 2\n", "twice")]
        {
            assert!(read(text).unwrap_err().contains(said), "{text:?}");
        }
    }
}
