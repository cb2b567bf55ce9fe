//! A question of a campaign, as data: a case of the vectors and what is changed in it. Layer: `fuzzing`; pure.

use serde::{Deserialize, Serialize};

use super::change::Change;
use vectors::{Fields, Operation};

/// Changes that a recipe has at most.
pub const CHANGES_MAX: usize = 4;

/// A case and the changes that make a question of it: those to what is sealed first, then the others in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The id of a case.
    pub base: String,
    /// What is changed; few.
    pub changes: Vec<Change>,
}

/// What is put to reference and port.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked for.
    pub operation: &'static Operation,
    /// The request's input.
    pub input: Fields,
    /// What the envelope really holds: the members that an opener gives back if it opens it at all. A member that the
    /// changes may have touched is left out. `None` where nothing is opened, and where something was spliced in.
    pub plaintext: Option<Fields>,
}

impl Recipe {
    /// What kinds of change it makes and where, without numbers: sorted, each once, such as `flip@record`.
    #[must_use]
    pub fn family(&self) -> Vec<String> {
        let mut family: Vec<_> = self.changes.iter().map(Change::kind).collect();
        family.sort();
        family.dedup();
        family
    }

    /// Simpler recipes that may show the same, the simplest first: a change fewer, or a change in its plain form.
    /// [`Bases::simpler`](super::bases::Bases::simpler) has plainer cases, too.
    #[must_use]
    pub fn simpler(&self) -> Vec<Self> {
        let with = |changes: Vec<Change>| Self { base: self.base.clone(), changes };
        let alone = self.changes.iter().filter(|_| self.changes.len() > 2).map(|change| with(vec![change.clone()]));
        let fewer = (0..self.changes.len()).filter(|_| self.changes.len() > 1).map(|at| {
            let mut changes = self.changes.clone();
            changes.remove(at);
            with(changes)
        });
        let plainer = self.changes.iter().enumerate().filter_map(|(at, change)| {
            let mut changes = self.changes.clone();
            changes[at] = change.plainer()?;
            Some(with(changes))
        });
        alone.chain(fewer).chain(plainer).collect()
    }
}
