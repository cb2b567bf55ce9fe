//! Campaigns against a port: questions that no vector asks, and where port and reference part over them.
//!
//! In: cases of the vectors, a port, a seed. Out: classes of disagreement, each with its smallest question. [`recipe`] says how
//! a question is made of a case; [`source`] draws recipes from a seed. Layer: above `runner` and `verdict`, below `cli`.

mod bases;
pub mod change;
mod cost;
pub mod recipe;
pub mod source;
#[cfg(test)]
mod tests;

pub use change::{Edit, Place};
pub use recipe::{Bases, Change, Question, Recipe};
pub use source::Source;
