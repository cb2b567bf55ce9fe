//! The search for a cost: probe up, warm up, look in bursts spread over seconds, draw a line, check at the number itself.
//!
//! Pure, over [`Meter`]. At most [`PROBES_MAX`] probes, and work worth twice the target at most where the meter does not
//! change its mind in between. The number is chosen by the processor's time where that can be had: then work of others does
//! not make it weaker.

mod check;
mod told;

use std::ops::Range;
use std::time::Duration;

use super::clock::{await_tick, measure_step};
use super::fit::{Burst, Line, float, median_point, whole};
use super::outcome::{Basis, Calibration, Probe, Purpose};
use super::{CalibrationError, Meter, Sample, Scale, Shape};

/// Probes of one calibration.
pub const PROBES_MAX: usize = 40;

/// Work of all bursts together, in targets.
const BURSTS_WORK: f64 = 0.45;

/// Work before the check, in targets.
const BEFORE_CHECK: f64 = 0.9;

/// The least length of a sample, in steps of the clock.
const STEPS_MIN: f64 = 200.0;

/// The bursts and the check are spread over at least this.
const SPAN: Duration = Duration::from_millis(2100);

/// How long the work may take: 10 ms to a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target(Duration);

impl Target {
    const LEAST: Duration = Duration::from_millis(10);
    const MOST: Duration = Duration::from_secs(60);

    /// Accepts a time.
    ///
    /// # Errors
    ///
    /// [`CalibrationError::Target`] outside 10 ms to 60 s.
    pub fn read(time: Duration) -> Result<Self, CalibrationError> {
        if time < Self::LEAST || time > Self::MOST {
            return Err(CalibrationError::Target { found: time, least: Self::LEAST, most: Self::MOST });
        }
        Ok(Self(time))
    }

    /// The time.
    #[must_use]
    pub fn duration(self) -> Duration {
        self.0
    }
}

/// What is searched for.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The time that the work is to take.
    pub target: Target,
    /// The costs that may be asked for.
    pub scale: Scale,
    /// Moves the pauses a little, so that they keep no step with anything periodic.
    pub seed: u64,
}

/// After so long a calibration gives up between two probes.
pub(super) fn patience(target: Target) -> Duration {
    target.0 * 20 + Duration::from_secs(60)
}

/// Finds the cost that takes the target.
///
/// # Errors
///
/// [`CalibrationError`] where the clock does not serve, time does not grow with the cost, the samples do not settle, time is up, or
/// a probe fails.
pub fn search(meter: &mut dyn Meter, order: &Order) -> Result<Calibration, CalibrationError> {
    let mut bench = Bench::new(meter, order)?;
    let (up, base) = bench.probe_up()?;
    let (cost, seconds) = bench.warm_up(up, base)?;
    let bursts = bench.bursts(cost, seconds, base)?;
    let line = bench.line(&bursts);
    let solved = bench.solve(line, up)?;
    let pause = gap(bursts.len());
    bench.pause(pause);
    bench.conclude(&bursts, line, solved)
}

/// Times a number that is given, three times within two seconds.
///
/// # Errors
///
/// As [`search`].
pub fn fixed(meter: &mut dyn Meter, cost: u64, order: &Order) -> Result<Calibration, CalibrationError> {
    let mut bench = Bench::new(meter, order)?;
    let mut bursts = Vec::new();
    for _ in 0..3 {
        let at = bench.probes.len();
        bench.take(Purpose::Large, cost)?;
        bursts.push(at..at + 1);
        bench.pause(SPAN / 3);
    }
    bench.choose_basis();
    let line = bench.line(&bursts);
    Ok(bench.told(cost, &bursts, line, Vec::new(), Vec::new()))
}

/// A meter, what is wanted of it, and what it has shown.
struct Bench<'m> {
    meter: &'m mut dyn Meter,
    scale: Scale,
    target: Duration,
    seconds: f64,
    step: Duration,
    began: Duration,
    basis: Basis,
    probes: Vec<Probe>,
    jitter: fastrand::Rng,
}

impl<'m> Bench<'m> {
    fn new(meter: &'m mut dyn Meter, order: &Order) -> Result<Self, CalibrationError> {
        let began = meter.now();
        let step = measure_step(meter)?;
        let target = order.target.0;
        let probes = Vec::with_capacity(PROBES_MAX);
        let jitter = fastrand::Rng::with_seed(order.seed);
        let seconds = target.as_secs_f64();
        Ok(Self { meter, scale: order.scale, target, seconds, step, began, basis: Basis::Wall, probes, jitter })
    }

    /// What a large sample should take. For a clock of fine steps, a thirtieth of the target.
    fn want(&self) -> f64 {
        let least = match self.scale.shape {
            Shape::Straight => self.seconds / 30.0,
            Shape::Bent => self.seconds / 5.0,
        };
        (STEPS_MIN * self.step.as_secs_f64()).clamp(least, self.seconds / 3.0)
    }

    /// Whether the clock's step shows in a large sample. Work then begins at a tick, and a reading is half a step too short
    /// on the average.
    fn coarse(&self) -> bool {
        STEPS_MIN * self.step.as_secs_f64() > self.seconds / 30.0
    }

    /// Whether even a large sample is too few steps to draw a line through it.
    fn blurred(&self) -> bool {
        STEPS_MIN * self.step.as_secs_f64() > 1.001 * self.want()
    }

    fn half_step(&self) -> f64 {
        let half = match self.basis {
            Basis::Wall => self.step.as_secs_f64() / 2.0,
            Basis::Cpu => 0.0,
        };
        if self.coarse() { half } else { 0.0 }
    }

    fn time(&self, sample: &Sample) -> f64 {
        self.basis.seconds(sample) + self.half_step()
    }

    fn take(&mut self, purpose: Purpose, cost: u64) -> Result<f64, CalibrationError> {
        if self.probes.len() >= PROBES_MAX {
            return Err(CalibrationError::Erratic { probes: PROBES_MAX });
        }
        if self.coarse() {
            await_tick(self.meter)?;
        }
        let at = self.meter.now().saturating_sub(self.began);
        let sample = self.meter.probe(cost)?;
        self.probes.push(Probe { purpose, cost, sample, at });
        let elapsed = self.meter.now().checked_sub(self.began).ok_or(CalibrationError::WentBack)?;
        let within = patience(Target(self.target));
        if elapsed > within {
            return Err(CalibrationError::TooLong { within });
        }
        Ok(self.time(&sample))
    }

    fn spent(&self) -> f64 {
        self.probes.iter().map(|probe| self.time(&probe.sample)).sum()
    }

    fn pause(&mut self, time: Duration) {
        let jitter = 0.95 + 0.1 * self.jitter.f64();
        self.meter.pause(time.mul_f64(jitter));
    }

    /// Growing costs until what depends on the cost takes long enough to be timed; the last probe, and about how many seconds do
    /// not depend on it.
    fn probe_up(&mut self) -> Result<(Probe, f64), CalibrationError> {
        let want = self.want();
        let mut cost = self.scale.least;
        loop {
            self.take(Purpose::Up, cost)?;
            self.choose_basis();
            let (least, seconds) = self.extremes();
            let grown = seconds - least;
            let ceiling = whole(float(cost) * (self.seconds / 2.0 / seconds)).min(self.scale.most);
            let factor = match grown {
                // Too short to be believed: a jump by a wild guess could take for ever.
                short if short < (want / 40.0).max(2.0 * self.step.as_secs_f64()) => 4.0,
                seen => (1.05 * want / seen).clamp(1.0, 8.0),
            };
            let next = whole(float(cost) * factor).max(cost + 1).min(ceiling);
            // The first work of all touches memory and wakes compilers: it is done twice, and the first is no measure.
            if self.probes.len() == 1 && seconds < self.seconds / 8.0 {
                continue;
            }
            if grown >= 0.8 * want || next <= cost {
                let (start, probe) = (float(self.scale.least), self.probes[self.probes.len() - 1]);
                let of_first = if cost > self.scale.least { grown / (float(cost) - start) * start } else { seconds };
                return Ok((probe, (least - of_first).max(0.0)));
            }
            cost = next;
        }
    }

    /// The time of the shortest probe but the first and the last, and of the last; where there is none between them, that of the
    /// last twice.
    fn extremes(&self) -> (f64, f64) {
        let times: Vec<_> = self.probes.iter().map(|probe| self.time(&probe.sample)).collect();
        let last = times.last().copied().unwrap_or(0.0);
        let before = times.get(1..times.len().saturating_sub(1)).unwrap_or_default();
        (before.iter().copied().reduce(f64::min).unwrap_or(last), last)
    }

    /// The processor's time is the basis unless the meter does not tell it or the work is done elsewhere.
    fn choose_basis(&mut self) {
        const OWN_WORK: f64 = 0.02;
        let sum = |time: &dyn Fn(&Sample) -> Option<Duration>| {
            self.probes.iter().map(|probe| time(&probe.sample).map(|time| time.as_secs_f64())).sum::<Option<f64>>()
        };
        let (wall, cpu) = (sum(&|sample| Some(sample.wall)), sum(&|sample| sample.cpu));
        self.basis = match (wall, cpu) {
            (Some(wall), Some(cpu)) if cpu > OWN_WORK * wall => Basis::Cpu,
            (_, _) => Basis::Wall,
        };
    }

    /// Work that is not used, until two samples are alike: compilers, caches and clock frequencies settle. The cost and the
    /// time of a large sample.
    fn warm_up(&mut self, up: Probe, base: f64) -> Result<(u64, f64), CalibrationError> {
        const SAMPLES_MAX: usize = 7;
        let (want, mut cost, mut seconds) = (self.want(), up.cost, self.time(&up.sample));
        if self.coarse() || self.scale.shape == Shape::Bent || self.spent() > self.seconds / 2.0 {
            return Ok((cost, seconds));
        }
        let (mut worked, mut alike, mut fastest) = (0.0, false, f64::INFINITY);
        for left in (0..=SAMPLES_MAX).rev() {
            // A sample that was held up does not make the next one smaller.
            let grown = (seconds - base).min(fastest * float(cost)).max(want / 4.0);
            let fitting = if (0.5..2.0).contains(&(grown / want)) { 1.0 } else { want / grown };
            let next = whole(float(cost) * fitting).clamp(self.scale.least, self.scale.most);
            if left == 0 || worked > self.seconds / 4.0 || (alike && worked >= self.seconds / 15.0) {
                return Ok((next, base + grown * float(next) / float(cost)));
            }
            let taken = self.take(Purpose::WarmUp, next)?;
            alike = next == cost && is_alike(taken, seconds, 0.05);
            (cost, seconds, worked) = (next, taken, worked + taken);
            fastest = fastest.min((taken - base).max(0.0) / float(cost));
        }
        Ok((cost, seconds))
    }

    /// Bursts of samples at two costs, with pauses between them; where each stands among the probes.
    fn bursts(&mut self, cost: u64, seconds: f64, base: f64) -> Result<Vec<Range<usize>>, CalibrationError> {
        let small = whole(0.3 * float(cost)).max(self.scale.least);
        let large = if 2 * small <= cost { cost } else { (3 * small).min(self.scale.most) };
        let base = base.min(seconds);
        let a_pair = 2.0 * base + (seconds - base) * (float(large) + float(small)) / float(cost);
        let (count, purposes, large) = match self.affordable(a_pair) {
            Some((count, 2)) => (count, &[Purpose::Small, Purpose::Large, Purpose::Small, Purpose::Large][..], large),
            Some((count, _)) => (count, &[Purpose::Small, Purpose::Large][..], large),
            None if self.blurred() || self.spent() + seconds > BEFORE_CHECK * self.seconds => (0, &[][..], cost),
            None => (1, &[Purpose::Large][..], cost),
        };
        let mut places = Vec::new();
        for at in 0..count {
            if at > 0 {
                self.pause(gap(count));
            }
            let start = self.probes.len();
            for purpose in purposes {
                self.take(*purpose, if *purpose == Purpose::Small { small } else { large })?;
            }
            places.push(start..self.probes.len());
        }
        Ok(places)
    }

    /// How many bursts of how many pairs there is room for.
    fn affordable(&self, a_pair: f64) -> Option<(usize, usize)> {
        const AFTERWARDS: usize = 5;
        let left = (BEFORE_CHECK * self.seconds - self.spent()).min(BURSTS_WORK * self.seconds);
        let plans = [(4, 2), (4, 1), (3, 1), (2, 1), (1, 1)];
        plans.into_iter().filter(|_| !self.blurred()).find(|(bursts, pairs)| {
            let count = bursts * pairs;
            a_pair * float(count as u64) <= left && self.probes.len() + 2 * count + AFTERWARDS <= PROBES_MAX
        })
    }

    /// The line through the medians of the bursts' fastest samples; without bursts, through the last probe.
    fn line(&self, bursts: &[Range<usize>]) -> Line {
        let point = |purpose| {
            let fastest = |place: &Range<usize>| Burst(&self.probes[place.clone()]).fastest(purpose, |s| self.time(s));
            median_point(bursts.iter().filter_map(fastest).collect())
        };
        let last = self.probes[self.probes.len() - 1];
        let large = point(Purpose::Large).unwrap_or((last.cost, self.time(&last.sample)));
        Line::between(point(Purpose::Small), large, self.scale.shape)
    }
}

fn is_alike(one: f64, other: f64, within: f64) -> bool {
    (one - other).abs() <= within * one.min(other)
}

/// The pause between two of this number of bursts.
fn gap(bursts: usize) -> Duration {
    SPAN / u32::try_from(bursts.max(1)).unwrap_or(1)
}
