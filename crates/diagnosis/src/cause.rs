//! Why cases failed, as far as it is known. Layer: `diagnosis`.

use super::evidence::Fit;
use super::{Divergence, Hypothesis};
use conformance::shown::counted;

/// What can be said of a run's failures.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// The causes, the one that explains most first.
    pub causes: Vec<Cause>,
    /// Where the other failures begin, as far as it can be told.
    pub unexplained: Vec<Divergence>,
    /// How many guesses were tried.
    pub tried: usize,
    /// Whether the search ended before its time did.
    pub complete: bool,
}

/// A mistake, and the failures that it explains.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The mistake, or the several that are made at once.
    pub hypothesis: Hypothesis,
    /// Others that explain the same failures just as well: no case that was asked tells them apart.
    pub alternatives: Vec<Hypothesis>,
    /// The positions of the exhibits that it explains, ascending.
    pub cases: Vec<usize>,
    /// Failures that it touches and that there was no time to hold against it, ascending.
    pub unchecked: Vec<usize>,
    /// What it rests on.
    pub proof: Proof,
}

/// What a diagnosis rests on, counted in cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The port's wrong bytes are those of the mistake.
    pub reproduced: usize,
    /// The port fails as the mistake does, in a way without bytes of its own.
    pub concurring: usize,
    /// The port fails, and the mistake would not make it: another cause.
    pub silent: usize,
    /// Both fail, each in its own way.
    pub differing: usize,
    /// The port is right where the mistake would make it wrong.
    pub contradicted: usize,
    /// Both are right.
    pub both_right: usize,
    /// The case whose bytes show it best: the position of its exhibit.
    pub shown_by: Option<usize>,
}

impl Proof {
    /// Takes in how one case fits; of cases that another cause explains only what speaks against it.
    pub(super) fn count(&mut self, fit: Fit, is_open: bool) {
        let open = usize::from(is_open);
        match fit {
            Fit::Reproduces => self.reproduced += open,
            Fit::Concurs => self.concurring += open,
            Fit::Silent => self.silent += open,
            Fit::Differs => self.differing += open,
            Fit::BothRight => self.both_right += 1,
            Fit::Contradicts => self.contradicted += 1,
        }
    }

    /// Both together.
    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            reproduced: self.reproduced + other.reproduced,
            concurring: self.concurring + other.concurring,
            silent: self.silent + other.silent,
            differing: self.differing + other.differing,
            contradicted: self.contradicted + other.contradicted,
            both_right: self.both_right + other.both_right,
            shown_by: self.shown_by.or(other.shown_by),
        }
    }

    /// How much it explains, less what speaks against it.
    #[must_use]
    pub(super) fn weight(&self) -> i64 {
        let count = |cases: usize| i64::try_from(cases).unwrap_or(i64::MAX / 16);
        5 * count(self.reproduced) + count(self.concurring) - 2 * count(self.differing) - 5 * count(self.contradicted)
    }

    /// The failures that it explains.
    #[must_use]
    pub fn explained(&self) -> usize {
        self.reproduced + self.concurring
    }

    /// Whether there is no need to look for anything better: it gives the port's bytes and hardly any others, or leaves no
    /// failure that it touches to another cause.
    #[must_use]
    pub(super) fn is_plain(&self) -> bool {
        let against = self.differing + self.contradicted;
        self.reproduced > 0 && 4 * against <= self.explained() || self.silent + against == 0
    }

    /// The cases that the mistake touches and was held against.
    #[must_use]
    pub(super) fn held_against(&self) -> usize {
        self.explained() + self.silent + self.differing + self.both_right + self.contradicted
    }

    /// What the diagnosis rests on, as a sentence without its full stop.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = match (self.reproduced, self.concurring) {
            (0, verdicts) => format!(
                "the port fails the same {} and passes the same {} as a port with this mistake; there are no bytes to compare",
                counted(verdicts, "case"),
                self.both_right
            ),
            (bytes, 0) => {
                format!("in {} the port's wrong bytes are exactly those of this mistake", counted(bytes, "case"))
            }
            (bytes, verdicts) => format!(
                "in {} the port's wrong bytes are exactly those of this mistake, and {} in the same way",
                counted(bytes, "case"),
                if verdicts == 1 { "1 more fails".to_owned() } else { format!("{verdicts} more fail") }
            ),
        };
        if self.contradicted > 0 {
            let passed = counted(self.contradicted, "case");
            let but = format!("; but the port passes {passed} that this mistake alone would fail");
            words.push_str(&but);
        }
        words
    }
}
