//! A port's own calibrator, held against what was measured of the port from outside. Pure.

use super::Calibration;

/// The document's floor, where every calibration begins.
const FLOOR: u64 = 10_000;

/// The number may be off by this factor: a machine's speed changes by so much from one second to the next.
const BOUND: f64 = 2.0;

/// The least and the most by which the number may grow when the target doubles: noise around 2.
const DOUBLE_LEAST: f64 = 1.3;
const DOUBLE_MOST: f64 = 3.0;

/// One answer of a port's calibrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The target that it was given, milliseconds.
    pub target_ms: u64,
    /// The iterations that it chose.
    pub iterations: u64,
    /// How long it says that they took, milliseconds.
    pub elapsed_ms: u64,
}

/// What a port's calibrator said, and what is wrong with that.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its answers, in the order of the questions.
    pub answers: Vec<Answered>,
    /// What is wrong; empty where nothing is.
    pub faults: Vec<Fault>,
}

/// What is wrong with a calibrator.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// It chose fewer iterations than the document's floor.
    BelowFloor {
        /// The number.
        iterations: u64,
    },
    /// Twice the target does not give about twice the number.
    NotMonotone {
        /// The number for the target.
        once: u64,
        /// The number for twice the target.
        twice: u64,
    },
    /// The number takes much less than the target, and is so much weaker.
    TooWeak {
        /// Measured seconds at the number.
        seconds: f64,
        /// The target, seconds.
        target: f64,
    },
    /// The number takes much more than the target.
    TooSlow {
        /// Measured seconds at the number.
        seconds: f64,
        /// The target, seconds.
        target: f64,
    },
    /// It says that its number took another time than was measured.
    SaysOtherwise {
        /// Measured seconds at the number.
        seconds: f64,
        /// What it says, seconds.
        said: f64,
    },
    /// It gave no number.
    Silent(String),
}

impl Fault {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::BelowFloor { .. } => "below-floor",
            Self::NotMonotone { .. } => "not-monotone",
            Self::TooWeak { .. } => "too-weak",
            Self::TooSlow { .. } => "too-slow",
            Self::SaysOtherwise { .. } => "says-otherwise",
            Self::Silent(_) => "no-number",
        }
    }
}

impl Claim {
    /// Judges answers by the port's measured speed.
    #[must_use]
    pub fn judge(answers: Vec<Answered>, measured: &Calibration) -> Self {
        let mut faults = Vec::new();
        for answer in &answers {
            if answer.iterations < FLOOR {
                faults.push(Fault::BelowFloor { iterations: answer.iterations });
            }
            let (target, said) = (seconds(answer.target_ms), seconds(answer.elapsed_ms));
            let seconds = measured.seconds_at(answer.iterations);
            // At the floor a slow machine takes longer than the target, and that is right.
            if seconds < target / BOUND {
                faults.push(Fault::TooWeak { seconds, target });
            } else if seconds > target * BOUND && answer.iterations > FLOOR {
                faults.push(Fault::TooSlow { seconds, target });
            }
            if said < seconds / BOUND || said > seconds * BOUND {
                faults.push(Fault::SaysOtherwise { seconds, said });
            }
        }
        for pair in answers.windows(2) {
            let [once, twice] = pair else { continue };
            let (few, many) = (once.iterations, twice.iterations);
            let ratio = super::fit::float(many) / super::fit::float(few.max(1));
            if twice.target_ms == 2 * once.target_ms && few > FLOOR && !(DOUBLE_LEAST..=DOUBLE_MOST).contains(&ratio) {
                faults.push(Fault::NotMonotone { once: few, twice: many });
            }
        }
        Self { answers, faults }
    }
}

fn seconds(milliseconds: u64) -> f64 {
    std::time::Duration::from_millis(milliseconds).as_secs_f64()
}
