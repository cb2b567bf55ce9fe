//! The search for a cost: probe up, warm up, look in bursts spread over seconds, draw a line, check at the number itself.
//!
//! Pure, over [`Meter`]. At most [`PROBES_MAX`] probes, and work worth twice the target at most where the meter does not
//! change its mind in between. The number is chosen by the processor's time where that can be had: then work of others does
//! not make it weaker.

use std::ops::Range;
use std::time::Duration;

use super::clock::{await_tick, measure_step};
use super::fit::{Burst, Line, float, median, median_point, whole};
use super::outcome::{Basis, Calibration, Clamp, Doubt, Expected, Probe, Purpose, Quality};
use super::{CalibrationError, Meter, Sample, Scale, Shape};

/// Probes of one calibration.
pub const PROBES_MAX: usize = 40;

/// Work of one calibration, in targets; a sample more than planned still keeps it below two.
const WORK_MAX: f64 = 1.95;

/// Work of all bursts together, in targets.
const BURSTS_WORK: f64 = 0.45;

/// Work before the check, in targets.
const BEFORE_CHECK: f64 = 0.9;

/// A sample is at least so many steps of the clock.
const STEPS_MIN: f64 = 200.0;

/// The bursts and the check are spread over at least this.
const SPAN: Duration = Duration::from_millis(2100);

/// A number that was seen less often, at itself or at a smaller cost, is a guess.
const LOOKS_MIN: usize = 3;

/// Two times are alike within this.
const ALIKE: f64 = 0.10;

/// The speed was steady where the slowest look is not slower than this times the fastest.
const STEADY: f64 = 1.20;

/// A time so much above or below the target is worth a correction.
const ABOVE: f64 = 1.01;
const BELOW: f64 = 0.985;

/// The search predicts no cost that is so many times its largest sample.
const REACH: f64 = 100.0;

/// Digits of the number that it chooses.
const DIGITS: u32 = 3;

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

/// A number before it is checked.
struct Solved {
    cost: u64,
    clamps: Vec<Clamp>,
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
            if left == 0 || worked > self.seconds / 4.0 || (alike && worked >= self.seconds / 10.0) {
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

    /// The cost that the line gives for the target.
    fn solve(&self, line: Line, up: Probe) -> Result<Solved, CalibrationError> {
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
    fn conclude(
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
        const SAMPLES: usize = 4;
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

    /// The number with all that is known about it.
    fn told(
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

/// The check, unless it took longer than both what came before it and what came after it let expect: work can be held up,
/// it cannot be hurried.
fn believed(predicted: f64, measured: f64, after: Option<f64>) -> f64 {
    let Some(after) = after else { return measured };
    let expected = predicted.max(after);
    if measured > expected && !is_alike(expected, measured, ALIKE) { expected } else { measured }
}

fn is_alike(one: f64, other: f64, within: f64) -> bool {
    (one - other).abs() <= within * one.min(other)
}

/// The pause between two of so many bursts.
fn gap(bursts: usize) -> Duration {
    SPAN / u32::try_from(bursts.max(1)).unwrap_or(1)
}

/// Down to three digits.
fn rounded(exact: u64) -> u64 {
    let unit = 10_u64.pow((exact.checked_ilog10().unwrap_or(0) + 1).saturating_sub(DIGITS));
    exact / unit * unit
}
