//! Campaigns against a port: questions that no vector asks, and where port and reference part over them.
//!
//! In: cases of the vectors, a port, a seed. Out: classes of disagreement, each with its smallest question. [`recipe`] says how
//! a question is made of a case; [`source`] draws recipes from a seed; [`campaign`] asks them in [`batch`]es; [`difference`]
//! says how two answers part, and [`class`] which disagreements are one. Layer: above `runner` and `verdict`, below `cli`.

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

pub use campaign::{AtFault, CampaignError, CorpusFile, Ending, Listener, Order, Outcome};
pub use change::{Edit, Place};
pub use class::{Class, Standing};
pub use counts::{Counts, Past};
pub use difference::Difference;
pub use recipe::{Bases, Change, Question, Recipe};
pub use source::Source;
