//! Vector files that notice nothing alone, and why they are kept.

/// Why files are kept that notice nothing which no other file notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are one set, cut into files because a file has one operation, one shape of parameters and one policy: together
    /// they must notice something that no file outside the set does.
    AsSet,
    /// They are evidence of another kind, and are not held to what they notice.
    AsEvidence,
}

/// Files and why they are kept.
#[derive(Debug)]
pub struct Exception {
    /// Patterns of `<family>/<topic>`.
    pub files: &'static [&'static str],
    /// In which way they earn their place.
    pub kept: Kept,
    /// The reason, for people.
    pub why: &'static str,
}

/// Every exception.
pub static EXCEPTIONS: &[Exception] = &[Exception {
    files: &["fortuna/double", "fortuna/double-zero", "fortuna/single"],
    kept: Kept::AsSet,
    why: "the same scripts in three families: a port claims the one that it has, and must find every script there",
}];
