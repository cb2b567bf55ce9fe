//! From a line to a number: what the line gives for the target, the check at that number, and one step at most after it.

use std::ops::Range;

use super::{Bench, is_alike};
use crate::fit::{Burst, Line, float, median_point, whole};
use crate::outcome::{Calibration, Clamp, Doubt, Probe, Purpose};
use crate::{CalibrationError, Shape};

/// Work of one calibration, in targets; a sample more than planned still keeps it below two.
const WORK_MAX: f64 = 1.95;

/// Two times are alike within this.
const ALIKE: f64 = 0.10;

/// A time so much above or below the target is worth a correction.
const ABOVE: f64 = 1.01;
const BELOW: f64 = 0.985;

/// The search predicts no cost that is so many times its largest sample.
const REACH: f64 = 100.0;

/// Digits of the number that it chooses.
const DIGITS: u32 = 3;

/// A number before it is checked.
pub(super) struct Solved {
    cost: u64,
    clamps: Vec<Clamp>,
}

impl Bench<'_> {
    /// The cost that the line gives for the target.
    pub(super) fn solve(&self, line: Line, up: Probe) -> Result<Solved, CalibrationError> {
        let largest = self.probes.iter().max_by_key(|probe| probe.cost).copied().unwrap_or(up);
        let stuck = CalibrationError::DoesNotGrow { cost: largest.cost, seconds: largest.sample.wall.as_secs_f64() };
        let (least, most) = (self.scale.least, self.scale.most);
        let exact = line.cost_of(self.seconds);
        let within_reach = line.per_unit > 0.0 && exact.is_finite() && exact <= REACH * float(largest.cost);
        // A meter that takes no longer for the greatest cost than for the least is none, even below the target.
        let grows = largest.cost == least || line.at(most) > 2.0 * line.at(least).max(self.step.as_secs_f64());
        match exact {
            above if above > float(most) && largest.cost == most && grows => {
                let clamps = vec![Clamp::ToMost { wanted: above, most }];
                Ok(Solved { cost: most, clamps })
            }
            _ if !within_reach => Err(stuck),
            above if above > float(most) => {
                Ok(Solved { cost: most, clamps: vec![Clamp::ToMost { wanted: above, most }] })
            }
            below if below < float(least) => Ok(Solved { cost: least, clamps: vec![Clamp::ToLeast { least }] }),
            fitting => Ok(Solved { cost: rounded(whole(fitting)).max(least), clamps: Vec::new() }),
        }
    }

    /// The check at the number, and what follows from it.
    pub(super) fn conclude(
        mut self,
        bursts: &[Range<usize>],
        line: Line,
        solved: Solved,
    ) -> Result<Calibration, CalibrationError> {
        let Solved { cost, mut clamps } = solved;
        let predicted = line.at(cost);
        let mut doubts = Vec::new();
        if self.spent() + predicted > WORK_MAX * self.seconds {
            doubts.push(Doubt::Unchecked);
            return Ok(self.told(cost, bursts, line, clamps, doubts));
        }
        let measured = self.take(Purpose::Check, cost)?;
        let after = self.look_again(bursts, line, predicted, measured)?;
        let mut seconds = match self.scale.shape {
            Shape::Straight => believed(predicted, measured, after),
            Shape::Bent => measured,
        };
        if !is_alike(predicted, measured, ALIKE) {
            let followed = is_alike(seconds, measured, ALIKE);
            let doubt = if followed {
                Doubt::Corrected { predicted, measured }
            } else {
                Doubt::Outlier { predicted, measured }
            };
            doubts.push(doubt);
        }
        // Where all three go one way the machine gets slower, or faster, and what came last is nearer to what comes next.
        if let Some(after) = after.filter(|after| line.fixed == 0.0 && is_alike(seconds, *after, ALIKE))
            && (predicted < seconds) == (seconds < after)
        {
            seconds = f64::midpoint(seconds, after);
        }
        let corrected = self.corrected(bursts, line, cost, seconds);
        let chosen = self.correct(cost, seconds, corrected, &mut clamps);
        Ok(self.told(chosen, bursts, corrected, clamps, doubts))
    }

    /// The line through what was found at the number; where one cost alone was looked at before, the two make a line.
    fn corrected(&self, bursts: &[Range<usize>], line: Line, cost: u64, seconds: f64) -> Line {
        let alone = !self.probes.iter().any(|probe| probe.purpose == Purpose::Small);
        let large = bursts.first().map(|place| self.probes[place.end - 1].cost).filter(|large| 2 * large <= cost);
        match large.filter(|_| alone || self.scale.shape == Shape::Bent) {
            Some(large) => {
                let through = Line::between(Some((large, line.at(large))), (cost, seconds), self.scale.shape);
                if through.per_unit > 0.0 { through } else { line.through(cost, seconds) }
            }
            None => line.through(cost, seconds),
        }
    }

    /// Some large samples more, so that the check does not stand alone: what they let expect at the checked cost.
    fn look_again(
        &mut self,
        bursts: &[Range<usize>],
        line: Line,
        predicted: f64,
        measured: f64,
    ) -> Result<Option<f64>, CalibrationError> {
        const SAMPLES: usize = 2;
        let large =
            bursts.first().and_then(|place| Burst(&self.probes[place.clone()]).fastest(Purpose::Large, |_| 0.0));
        let Some((large, _)) = large else { return Ok(None) };
        // What was held up in a burst or in the check was no work.
        let work = |probe: &Probe| match probe.purpose {
            Purpose::Up | Purpose::WarmUp => self.time(&probe.sample),
            Purpose::Small | Purpose::Large | Purpose::Check | Purpose::After => line.at(probe.cost),
        };
        let worked: f64 = self.probes.iter().map(work).sum();
        let room = whole((WORK_MAX * self.seconds - worked) / line.at(large));
        let mut looks = Vec::with_capacity(SAMPLES);
        for _ in 0..room.min(SAMPLES as u64) {
            looks.push((large, self.take(Purpose::After, large)?));
        }
        // Where they are to decide about the check, only the fastest is beyond suspicion.
        if !is_alike(predicted, measured, ALIKE) {
            looks.sort_by(|one, other| one.1.total_cmp(&other.1));
            looks.truncate(1);
        }
        Ok(median_point(looks).map(|(_, seconds)| predicted * seconds / line.at(large)))
    }

    /// One step towards the target, by half or double at the most.
    fn correct(&self, cost: u64, seconds: f64, line: Line, clamps: &mut Vec<Clamp>) -> u64 {
        let off = seconds / self.seconds;
        let bound = clamps.iter().any(|clamp| match clamp {
            Clamp::ToLeast { .. } => off >= 1.0,
            Clamp::ToMost { .. } => off <= 1.0,
            Clamp::Correction { .. } => false,
        });
        if bound || (BELOW..=ABOVE).contains(&off) {
            return cost;
        }
        let wanted = line.cost_of(self.seconds) / float(cost);
        let given = wanted.clamp(0.5, 2.0);
        if !is_alike(wanted, given, 1e-9) {
            clamps.push(Clamp::Correction { wanted, given });
        }
        let exact = whole(float(cost) * given).clamp(self.scale.least, self.scale.most);
        rounded(exact).max(self.scale.least)
    }
}

/// The check, unless it took longer than both what came before it and what came after it let expect: work can be held up,
/// it cannot be hurried.
fn believed(predicted: f64, measured: f64, after: Option<f64>) -> f64 {
    let Some(after) = after else { return measured };
    let expected = predicted.max(after);
    if measured > expected && !is_alike(expected, measured, ALIKE) { expected } else { measured }
}

/// Down to three digits.
fn rounded(exact: u64) -> u64 {
    let unit = 10_u64.pow((exact.checked_ilog10().unwrap_or(0) + 1).saturating_sub(DIGITS));
    exact / unit * unit
}
