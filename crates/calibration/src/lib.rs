//! Which cost takes a wanted time here, how sure that is, and what that cost takes elsewhere.
//!
//! In: a [`Meter`], which does work of a cost and times it, and a [`Target`]. Out: a [`Calibration`]: the cost, the time that
//! it takes with an interval, every clamp, whether the machine was quiet, and every [`Doubt`] about the number.
//! Nothing here runs unless it is called: no constructor, reader or test of the suite calibrates.
//!
//! Start with [`search`](fn@search): it is pure, and its probes go through the meter. [`LocalMeter`] measures the reference, [`ExternalMeter`] a port;
//! [`Claim`] judges a port's own calibrator; [`report`] writes what came out. The clocks are in `local`, `machine` and `external` alone.

pub mod autonomail;
mod claims;
mod clock;
mod external;
mod fit;
mod local;
mod machine;
mod meter;
mod outcome;
pub mod policy;
pub mod report;
mod search;
#[cfg(test)]
mod simulated;
mod subject;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use claims::{Answered, Claim, Fault};
pub use external::{ExternalMeter, UnfitError};
pub use local::{Kdf, LocalMeter};
pub use machine::{Description, describe};
pub use meter::{Load, Meter, MeterError, Sample, Scale, Shape};
pub use outcome::{Basis, Calibration, Clamp, Doubt, Expected, Probe, Purpose, Quality};
pub use search::{Order, PROBES_MAX, Target, fixed, search};
pub use subject::{Outcome, Row, Subject, matrix};

/// Why there is no number.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// Nobody calibrates to nothing, nor to days.
    #[error("the target is {} s, allowed is {} s to {} s", found.as_secs_f64(), least.as_secs_f64(), most.as_secs_f64())]
    Target {
        /// What was asked for.
        found: Duration,
        /// The least.
        least: Duration,
        /// The most.
        most: Duration,
    },
    /// The clock does not move.
    #[error("the clock stands still: {readings} readings were all the same")]
    StandsStill {
        /// How often it was read.
        readings: u64,
    },
    /// The clock moves backwards.
    #[error("the clock goes backwards")]
    WentBack,
    /// More work takes no more time.
    #[error("time does not grow with the cost: cost {cost} took {seconds:.6} s")]
    DoesNotGrow {
        /// The greatest cost that was tried.
        cost: u64,
        /// How long it took.
        seconds: f64,
    },
    /// Time was up.
    #[error("no result within {} s", within.as_secs())]
    TooLong {
        /// The time allowed.
        within: Duration,
    },
    /// The samples do not settle.
    #[error("no steady speed within {probes} probes")]
    Erratic {
        /// The probes made.
        probes: usize,
    },
    /// A probe failed.
    #[error(transparent)]
    Meter(#[from] MeterError),
}
