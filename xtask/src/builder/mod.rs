//! What recipes are made of: a builder of vector files, a key stream in place of chance, and forms that many formats share.
//!
//! In: cases made by hand. Out: a vector file whose every case was confirmed while it was built. It knows no recipe.

pub mod checked;
mod file;
pub mod forms;
mod stream;

pub use file::{Accept, Ask, AskRefused, CaseId, Change, FileBuilder, Opens, RecipeError, Refuse};
pub use stream::KeyStream;

/// What writes one vector file.
#[derive(Clone)]
pub struct Recipe {
    /// The recipe's name, of which its key stream follows: the path of its file, `<family>/<topic>`.
    pub name: &'static str,
    /// Fills the file.
    pub write: fn(&mut KeyStream) -> FileBuilder,
}
