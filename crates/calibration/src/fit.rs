//! A straight line through bursts of samples, which single disturbed samples do not move. Pure.

use super::{Basis, Probe, Purpose, Sample, Shape};

/// Below this share of a large sample the part that does not depend on the cost is noise.
const FIXED_MIN: f64 = 0.05;

/// Seconds as a function of the cost: `fixed + per_unit · cost`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) fixed: f64,
    pub(super) per_unit: f64,
}

impl Line {
    pub(super) fn at(self, cost: u64) -> f64 {
        self.fixed + self.per_unit * float(cost)
    }

    /// The cost that takes this number of seconds; negative, infinite or no number where none does.
    pub(super) fn cost_of(self, seconds: f64) -> f64 {
        (seconds - self.fixed) / self.per_unit
    }

    /// The line of the same fixed part through another point.
    pub(super) fn through(self, cost: u64, seconds: f64) -> Self {
        let per_unit = (seconds - self.fixed) / float(cost);
        if per_unit > 0.0 { Self { per_unit, ..self } } else { Self { fixed: 0.0, per_unit: seconds / float(cost) } }
    }

    /// The line through two points. What is left over at cost 0 counts where it is more than noise, or where time is not
    /// proportional to begin with.
    pub(super) fn between(small: Option<(u64, f64)>, large: (u64, f64), shape: Shape) -> Self {
        let proportional = Self { fixed: 0.0, per_unit: large.1 / float(large.0) };
        let Some((cost, seconds)) = small.filter(|(cost, _)| *cost < large.0) else { return proportional };
        let per_unit = (large.1 - seconds) / float(large.0 - cost);
        let fixed = seconds - per_unit * float(cost);
        match shape {
            Shape::Straight if fixed < FIXED_MIN * large.1 => proportional,
            Shape::Straight | Shape::Bent => Self { fixed, per_unit },
        }
    }
}

/// Samples taken right after each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Burst<'p>(pub(super) &'p [Probe]);

impl Burst<'_> {
    /// The fastest sample of this purpose, with its cost: whatever disturbs work only lengthens it.
    pub(super) fn fastest(self, purpose: Purpose, seconds: impl Fn(&Sample) -> f64) -> Option<(u64, f64)> {
        let taken = self.0.iter().filter(|probe| probe.purpose == purpose);
        taken.map(|probe| (probe.cost, seconds(&probe.sample))).min_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// What the samples of this purpose took on the average, which is what somebody waits.
    pub(super) fn average(self, purpose: Purpose, clock: Basis) -> Option<f64> {
        let taken: Vec<_> = self.0.iter().filter(|probe| probe.purpose == purpose).collect();
        let sum: f64 = taken.iter().map(|probe| clock.seconds(&probe.sample)).sum();
        (!taken.is_empty()).then(|| sum / float(taken.len() as u64))
    }
}

/// The median of points of one cost; the lower of two in the middle, since whatever disturbs work only lengthens it.
pub(super) fn median_point(mut points: Vec<(u64, f64)>) -> Option<(u64, f64)> {
    points.sort_by(|one, other| one.1.total_cmp(&other.1));
    points.get(points.len().saturating_sub(1) / 2).copied()
}

/// The middle value, or the mean of the two in the middle.
pub(super) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { f64::midpoint(values[middle - 1], upper) })
}

/// Costs are far below 2^53 wherever their last digit matters.
#[expect(clippy::cast_precision_loss, reason = "times are known to a few digits")]
pub(super) fn float(cost: u64) -> f64 {
    cost as f64
}

/// The cost at or below, from 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates at both ends, and NaN is 0"
)]
pub(super) fn whole(cost: f64) -> u64 {
    cost as u64
}
