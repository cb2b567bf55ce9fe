//! Campaigns against a port: questions that no vector asks, and where port and reference disagree.
//!
//! In: cases of the vectors, a port, a seed. Out: classes of disagreement, each with its smallest question.
//!
//! Start with [`campaign`], which asks questions in [`batch`]es. [`recipe`] says how a question is made of a case, [`change`] what can be
//! changed in one, [`source`] draws recipes from a seed; [`difference`] says how two answers differ, [`class`] which disagreements are one.
//! What is found is saved as a [`capsule`], which is played again, and proposed as a vector ([`proposal`]).

mod bases;
pub mod batch;
pub mod campaign;
pub mod capsule;
pub mod change;
pub mod class;
mod cost;
mod counts;
pub mod difference;
pub mod journal;
pub mod novelty;
pub mod proposal;
pub mod recipe;
pub mod shrink;
pub mod source;
#[cfg(test)]
mod tests;

pub use bases::Bases;
pub use campaign::{AtFault, CampaignError, CorpusFile, Ending, Listener, Order, Outcome};
pub use change::{Change, Edit, Place};
pub use class::{Class, Standing};
pub use counts::{Counts, Past};
pub use difference::Difference;
pub use recipe::{Question, Recipe};
pub use source::Source;
