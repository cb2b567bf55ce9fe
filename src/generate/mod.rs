//! Writes the vectors.
//!
//! In: the recipes. Out: the files below `vectors/`, the same bytes on every run.

mod builder;
pub(crate) mod checked;
mod stream;

pub use builder::{Accept, CaseId, Change, FileBuilder, Opens, RecipeError, Refuse};
pub use stream::KeyStream;

/// What writes one vector file.
pub struct Recipe {
    /// The recipe's name, of which its key stream follows: the path of its file, `<family>/<topic>`.
    pub name: &'static str,
    /// Fills the file.
    pub write: fn(&mut KeyStream) -> FileBuilder,
}

/// Every recipe, one line each.
#[must_use]
pub fn recipes() -> Vec<Recipe> {
    Vec::new()
}
