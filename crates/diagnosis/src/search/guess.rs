//! One guess of a search, and what may be spent on it. Layer: `diagnosis`; pure.

use std::collections::HashMap;

use crate::evidence::Fit;
use crate::models::pbkdf2::SMALL_BYTES;
use crate::{Exhibit, Hypothesis, Mutant, Parts};
use vectors::Value;

/// A guess, and how it fits the cases that it was held against.
pub(super) struct Guess<'d> {
    pub(super) hypothesis: Hypothesis,
    pub(super) parts: Parts,
    pub(super) port: Mutant<'d>,
    pub(super) fits: HashMap<usize, Fit>,
    /// Whether costly answers of it are worth their time, once that was asked.
    pub(super) screened: Option<bool>,
    /// Costly answers that were made of it.
    pub(super) proofs: usize,
}

/// What may be spent on a costly answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Patience {
    /// Nothing.
    Short,
    /// What the little time left bears, while there is no proof yet.
    Proof,
    /// Whatever it costs.
    Long,
}

/// Whether a key in small tells what becomes of a case.
pub(super) fn is_short(exhibit: &Exhibit<'_>) -> bool {
    !matches!(exhibit.case.input.value("length"), Some(Value::Integer(length)) if *length > SMALL_BYTES)
}
