//! What a calibration says. Pure.

use std::time::Duration;

use super::{Load, Sample};

/// The share of the processors from which on others' work counts as contention.
const FOREIGN_MAX: f64 = 0.10;

/// The same for what the hypervisor takes away.
const STOLEN_MAX: f64 = 0.05;

/// How much longer the wall clock may run than the processor worked.
const WAITING_MAX: f64 = 1.15;

/// The clock that the number is chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Time of the processor: work of others does not make the number weaker.
    Cpu,
    /// The clock on the wall, where the processor's time cannot be had.
    Wall,
}

impl Basis {
    /// The sample's time by this clock, seconds.
    #[must_use]
    pub fn seconds(self, sample: &Sample) -> f64 {
        match self {
            Self::Cpu => sample.cpu.unwrap_or(sample.wall).as_secs_f64(),
            Self::Wall => sample.wall.as_secs_f64(),
        }
    }
}

/// Why a probe was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To find costs that take long enough to be timed.
    Up,
    /// To let caches, compilers and clock frequencies settle; not used.
    WarmUp,
    /// In a burst, at the smaller of two costs.
    Small,
    /// In a burst, at the larger of two costs.
    Large,
    /// At the chosen cost.
    Check,
    /// After the check, at the larger of the two costs.
    After,
}

/// One probe and what it showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Why it was made.
    pub purpose: Purpose,
    /// Its cost.
    pub cost: u64,
    /// How long it took.
    pub sample: Sample,
    /// When it began, after the calibration did.
    pub at: Duration,
}

/// What a cost is expected to take, seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The best guess.
    pub seconds: f64,
    /// By the fastest look.
    pub least: f64,
    /// By the slowest look.
    pub most: f64,
}

/// How a machine was while it was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Nothing spoke against it; what shares the processor below a virtual machine cannot be seen.
    Quiet,
    /// Others worked on it.
    Contended,
    /// A quota held the process back.
    Throttled,
    /// The system does not tell.
    Unknown,
}

impl Quality {
    /// Judges by what went on beside the work, and by the probes' time on the wall over their time on the processor.
    #[must_use]
    pub fn of(load: Load, waiting: Option<f64>) -> Self {
        let above = |found: Option<f64>, most: f64| found.is_some_and(|found| found > most);
        if load.throttled.is_some_and(|times| times > 0) {
            Self::Throttled
        } else if above(load.foreign, FOREIGN_MAX) || above(load.stolen, STOLEN_MAX) || above(waiting, WAITING_MAX) {
            Self::Contended
        } else if load.foreign.is_some() {
            Self::Quiet
        } else {
            Self::Unknown
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Contended => "contended",
            Self::Throttled => "throttled",
            Self::Unknown => "unknown",
        }
    }
}

/// A bound that changed the number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clamp {
    /// Even the least cost takes longer than the target.
    ToLeast {
        /// The least cost.
        least: u64,
    },
    /// The target asks for more than the greatest cost.
    ToMost {
        /// What the target asks for.
        wanted: f64,
        /// The greatest cost.
        most: u64,
    },
    /// The check asked for a larger change than it is believed.
    Correction {
        /// The factor that it asked for.
        wanted: f64,
        /// The factor that it got.
        given: f64,
    },
}

/// Why nobody should rely on the number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// Others worked on the machine.
    Contended,
    /// A quota held the process back.
    Throttled,
    /// The speed changed while it was measured: the slowest look over the fastest.
    Unsteady {
        /// The quotient.
        ratio: f64,
    },
    /// The chosen cost took another time than the smaller ones had led to expect, and the number follows the check.
    Corrected {
        /// Expected seconds at the cost that was checked.
        predicted: f64,
        /// What it took.
        measured: f64,
    },
    /// The check at the chosen cost stands alone against what was seen before and after it, and was not believed.
    Outlier {
        /// Expected seconds at the cost that was checked.
        predicted: f64,
        /// What it took.
        measured: f64,
    },
    /// It was seen too seldom.
    Few {
        /// The probes that speak for it.
        looks: usize,
    },
    /// There was no room for a check at the chosen cost.
    Unchecked,
    /// The clock's step is too large a part of the target.
    Coarse {
        /// The step.
        step: Duration,
    },
    /// The number's time is not near the target, since a bound keeps it away.
    OutOfReach,
}

/// A number and all that is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The cost.
    pub chosen: u64,
    /// The time that it was chosen for.
    pub target: Duration,
    /// The clock that it was chosen by.
    pub basis: Basis,
    /// Seconds that do not depend on the cost.
    pub fixed: f64,
    /// Seconds for each unit of cost.
    pub per_unit: f64,
    /// What the cost takes by the clock on the wall.
    pub wall: Expected,
    /// What it takes of the processor.
    pub cpu: Option<Expected>,
    /// The step of the clock.
    pub clock_step: Duration,
    /// The first probe that is long enough to be timed, over the same when warm: what a fresh process pays. `None` where
    /// time is not proportional to the cost.
    pub cold: Option<f64>,
    /// The bounds that changed the number.
    pub clamps: Vec<Clamp>,
    /// How the machine was.
    pub quality: Quality,
    /// What went on beside the work.
    pub load: Load,
    /// Why nobody should rely on it; empty where it can be relied on.
    pub doubts: Vec<Doubt>,
    /// Every probe, in order.
    pub probes: Vec<Probe>,
    /// From the first reading of the clock to the last.
    pub elapsed: Duration,
}

impl Calibration {
    /// What the cost takes by the clock that it was chosen by.
    #[must_use]
    pub fn expected(&self) -> Expected {
        match (self.basis, self.cpu) {
            (Basis::Cpu, Some(cpu)) => cpu,
            (Basis::Cpu | Basis::Wall, _) => self.wall,
        }
    }

    /// What another cost takes here, by the clock that the number was chosen by, seconds.
    #[must_use]
    pub fn seconds_at(&self, cost: u64) -> f64 {
        self.seconds_at_part(super::fit::float(cost))
    }

    /// The same for a cost between two whole ones, as a picture needs it.
    #[must_use]
    pub fn seconds_at_part(&self, cost: f64) -> f64 {
        self.fixed + self.per_unit * cost
    }

    /// Seconds of work that it took to find out.
    #[must_use]
    pub fn spent(&self) -> f64 {
        self.probes.iter().map(|probe| self.basis.seconds(&probe.sample)).sum()
    }

    /// Whether the number can be relied on.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.doubts.is_empty()
    }
}
