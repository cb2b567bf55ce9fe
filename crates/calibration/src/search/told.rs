//! A number with all that is known about it: what it takes, how sure that is, and every doubt.

use std::ops::Range;

use super::{Bench, STEPS_MIN};
use crate::Shape;
use crate::fit::{Burst, Line, median};
use crate::outcome::{Basis, Calibration, Clamp, Doubt, Expected, Probe, Purpose, Quality};

/// A number that was seen less often, at itself or at a smaller cost, is a guess.
const LOOKS_MIN: usize = 3;

/// The speed was steady where the slowest look is not slower than this times the fastest.
const STEADY: f64 = 1.20;

impl Bench<'_> {
    /// The number with all that is known about it.
    pub(super) fn told(
        self,
        chosen: u64,
        bursts: &[Range<usize>],
        line: Line,
        clamps: Vec<Clamp>,
        mut doubts: Vec<Doubt>,
    ) -> Calibration {
        let outlier = doubts.iter().any(|doubt| matches!(doubt, Doubt::Outlier { .. }));
        let expected = |clock| self.expected(clock, chosen, bursts, line, outlier);
        let cpu = (self.basis == Basis::Cpu).then(|| expected(Basis::Cpu));
        let wall = expected(Basis::Wall);
        let by = cpu.unwrap_or(wall);
        if by.most > STEADY * by.least + 2.0 * self.half_step() && !outlier {
            doubts.push(Doubt::Unsteady { ratio: by.most / by.least });
        }
        let seen = |probe: &&Probe| matches!(probe.purpose, Purpose::Large | Purpose::Check | Purpose::After);
        let looks = self.probes.iter().filter(seen).count();
        if looks < LOOKS_MIN {
            doubts.push(Doubt::Few { looks });
        }
        if self.half_step() > 0.03 * self.seconds {
            doubts.push(Doubt::Coarse { step: self.step });
        }
        if clamps.iter().any(|clamp| matches!(clamp, Clamp::ToLeast { .. } | Clamp::ToMost { .. })) {
            doubts.push(Doubt::OutOfReach);
        }
        let load = self.meter.load();
        let quality = Quality::of(load, self.waiting());
        match quality {
            Quality::Contended => doubts.push(Doubt::Contended),
            Quality::Throttled => doubts.push(Doubt::Throttled),
            Quality::Quiet | Quality::Unknown => {}
        }
        Calibration {
            chosen,
            target: self.target,
            basis: self.basis,
            fixed: line.fixed,
            per_unit: line.per_unit,
            wall,
            cpu,
            clock_step: self.step,
            cold: self.cold(line),
            clamps,
            quality,
            load,
            doubts,
            elapsed: self.meter.now().saturating_sub(self.began),
            probes: self.probes,
        }
    }

    /// What the number takes by one clock: the check, else the middle of all looks; and the range of all looks. Of six looks the
    /// fastest and the slowest enclose the middle one 31 times in 32.
    fn expected(&self, clock: Basis, chosen: u64, bursts: &[Range<usize>], line: Line, outlier: bool) -> Expected {
        let scaled = |cost: u64, seconds: f64| seconds * line.at(chosen) / line.at(cost);
        let of = |probe: &Probe| clock.seconds(&probe.sample) + self.half_step();
        let burst = |place: &Range<usize>| {
            let burst = Burst(&self.probes[place.clone()]);
            let (cost, fastest) = burst.fastest(Purpose::Large, |sample| clock.seconds(sample))?;
            let seconds = match clock {
                Basis::Cpu => fastest,
                Basis::Wall => burst.average(Purpose::Large, clock)?,
            };
            Some(scaled(cost, seconds))
        };
        let at = |purpose| self.probes.iter().filter(move |probe| probe.purpose == purpose);
        let check = at(Purpose::Check).map(|probe| scaled(probe.cost, of(probe))).next();
        let after = at(Purpose::After).map(|probe| scaled(probe.cost, of(probe))).min_by(f64::total_cmp);
        let mut looks: Vec<_> = bursts.iter().filter_map(burst).chain(check).chain(after).collect();
        if looks.is_empty() {
            looks.extend(self.probes.last().map(|probe| scaled(probe.cost, of(probe))));
        }
        let middle = median(looks.clone()).unwrap_or(f64::NAN);
        let blur = if clock == Basis::Wall { self.half_step() } else { 0.0 };
        Expected {
            seconds: check.filter(|_| !outlier).unwrap_or(middle),
            least: looks.iter().copied().fold(f64::INFINITY, f64::min) - blur,
            most: looks.iter().copied().fold(0.0, f64::max) + blur,
        }
    }

    /// The first probe that can be timed, over what the line says.
    fn cold(&self, line: Line) -> Option<f64> {
        let straight = self.scale.shape == Shape::Straight;
        let least = (STEPS_MIN * self.step.as_secs_f64()).max(1e-3);
        let first = self.probes.iter().filter(|_| straight).find(|probe| self.time(&probe.sample) >= least)?;
        Some(self.time(&first.sample) / line.at(first.cost))
    }

    /// The wall's time over the processor's, of all that counts.
    fn waiting(&self) -> Option<f64> {
        let counts = |probe: &&Probe| !matches!(probe.purpose, Purpose::Up | Purpose::WarmUp);
        let counted = || self.probes.iter().filter(counts);
        let cpu = counted().map(|probe| Some(probe.sample.cpu?.as_secs_f64())).sum::<Option<f64>>()?;
        let wall: f64 = counted().map(|probe| probe.sample.wall.as_secs_f64()).sum();
        (self.basis == Basis::Cpu).then(|| wall / cpu)
    }
}
