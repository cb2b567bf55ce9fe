//! What was measured, side by side: the reference and ports, and what the number of each costs on the others. Pure.

use super::Calibration;
use super::autonomail::Run;
use super::claims::Claim;

/// What a measurement of one implementation came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A number, or a given number's time.
    Found(Box<Calibration>),
    /// The runs of Autonomail's rule; the last is its number.
    Followed(Vec<Run>),
    /// No number, and why.
    Failed(String),
}

/// One implementation.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its name: what was given on the command line, or `reference`.
    pub name: String,
    /// Its own words about itself.
    pub about: String,
    /// What the measurement came to.
    pub outcome: Outcome,
    /// What its own calibrator said, and how that compares.
    pub claim: Option<Claim>,
}

impl Subject {
    /// Seconds that it takes at a cost and the cost that it was found to have; `None` where it has none.
    #[must_use]
    pub fn calibration(&self) -> Option<&Calibration> {
        match &self.outcome {
            Outcome::Found(calibration) => Some(calibration),
            Outcome::Followed(_) | Outcome::Failed(_) => None,
        }
    }
}

/// A number and what it costs everywhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it was chosen.
    pub chosen_on: String,
    /// The number.
    pub cost: u64,
    /// Seconds on each implementation that has been measured, in the order of the subjects.
    pub seconds: Vec<(String, f64)>,
}

/// What the number of each costs on each.
#[must_use]
pub fn matrix(subjects: &[Subject]) -> Vec<Row> {
    let measured = || subjects.iter().filter_map(|subject| Some((&subject.name, subject.calibration()?)));
    let row = |(name, found): (&String, &Calibration)| Row {
        chosen_on: name.clone(),
        cost: found.chosen,
        seconds: measured().map(|(on, there)| (on.clone(), there.seconds_at(found.chosen))).collect(),
    };
    measured().map(row).collect()
}
