//! What a calibration measures with: something that does work of a given cost and says how long it took.
//!
//! The search knows nothing else of the world, so the same code drives the reference, a port behind its pipes, and a
//! simulated machine in a test.

use std::time::Duration;

/// Something whose time grows with a cost.
pub trait Meter {
    /// The time by the clock that samples are taken with. Reading it must be all that it does.
    fn now(&mut self) -> Duration;

    /// Waits without working.
    fn pause(&mut self, time: Duration);

    /// Does the work of this cost once.
    ///
    /// # Errors
    ///
    /// [`MeterError`] where the work was not done or could not be timed.
    fn probe(&mut self, cost: u64) -> Result<Sample, MeterError>;

    /// What else went on on the machine since the meter was made.
    fn load(&mut self) -> Load;
}

/// How long a probe took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// By the clock on the wall.
    pub wall: Duration,
    /// Spent by the processor on this work alone; `None` where that cannot be told to well below a millisecond.
    pub cpu: Option<Duration>,
}

/// Why a probe gave no sample.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeterError {
    /// The clock read less after the work than before it.
    #[error("the clock went backwards during the work")]
    WentBack,
    /// No answer in time.
    #[error("no answer to cost {cost} within {} s", within.as_secs())]
    Silent {
        /// The cost that was asked for.
        cost: u64,
        /// How long it was waited for.
        within: Duration,
    },
    /// The work was not done.
    #[error("cost {cost} failed: {why}")]
    NotDone {
        /// The cost that was asked for.
        cost: u64,
        /// What came instead.
        why: String,
    },
    /// The result is not the one that the reference computes.
    #[error("cost {cost} gave a different key than the reference")]
    Wrong {
        /// The cost that was asked for.
        cost: u64,
    },
}

/// What went on on the machine beside the work. `None` where the system does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// The share of all processors that others used, 0 to 1.
    pub foreign: Option<f64>,
    /// The share of all processors that the hypervisor gave to other machines, 0 to 1.
    pub stolen: Option<f64>,
    /// How often the group of processes was held back because its quota was used up.
    pub throttled: Option<u64>,
}

/// The costs that can be asked for, and how time depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The least cost.
    pub least: u64,
    /// The greatest cost.
    pub most: u64,
    /// How time grows.
    pub shape: Shape,
}

/// How time grows with the cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each unit takes the same time: iterations, passes.
    Straight,
    /// A unit takes longer in a larger amount (memory and caches): small samples say nothing about large ones.
    Bent,
}
