//! Reports of a calibration: what was found on each implementation, how sure it is, and what it costs on the others.
//!
//! In: a [`Sheet`]. Out: text for people, JSON, and a page that stands alone with a picture. Layer: `report`, pure.

mod chart;
mod html;
mod json;
mod text;
mod words;

pub use html::html;
pub use json::json;
pub use text::text;

use std::time::Duration;

use crate::{Description, Kdf, Subject};

/// By which rule numbers were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// By the search.
    Search,
    /// Not at all: the number was given.
    Fixed(u64),
    /// As Autonomail's client does.
    Autonomail,
}

/// All that a report of a calibration tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The derivation.
    pub kdf: Kdf,
    /// The time that it is to take.
    pub target: Duration,
    /// The rule.
    pub rule: Rule,
    /// What the pauses came from.
    pub seed: u64,
    /// Where it was measured.
    pub machine: Description,
    /// Seconds on memory that was never touched over seconds in a reused arena, for the reference.
    pub cold_arena: Option<f64>,
    /// The reference and the ports.
    pub subjects: Vec<Subject>,
}
