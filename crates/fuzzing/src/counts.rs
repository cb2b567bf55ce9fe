//! What a campaign has come to so far, in numbers, and what an earlier part of it left. Layer: `fuzzing`; pure.

use serde::{Deserialize, Serialize};

use super::class::Classes;
use super::novelty::Kept;

/// What an earlier part of the same campaign left.
#[derive(Debug, Default)]
pub struct Past {
    /// Batches that were asked to their end.
    pub batches: u64,
    /// What they came to.
    pub counts: Counts,
    /// Recipes that showed something new.
    pub kept: Kept,
    /// Classes.
    pub classes: Classes,
}

/// What a campaign has come to, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Numbers that were drawn and settled.
    pub cases: u64,
    /// Questions that were asked of them.
    pub asked: u64,
    /// Those over which port and reference parted.
    pub differing: u64,
    /// Questions that were not asked because they hold what is known to end the port.
    pub quarantined: u64,
    /// Disagreements for which there was no room among the classes.
    pub unclassed: u64,
    /// Questions asked to make disagreements smaller and to ask them again.
    pub requests: u64,
    /// Silences that did not come again when the question was asked alone.
    pub stalls: u64,
    /// Questions at which the reference itself failed.
    pub reference_failures: u64,
    /// Milliseconds that the campaign took, all its parts together.
    pub elapsed_ms: u64,
}
