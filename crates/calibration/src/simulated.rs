//! Meters with a clock of their own, for tests: what they take is known, so that a calibration can be held against the truth.

use std::time::Duration;

use super::{Load, Meter, MeterError, Sample};

/// Reading a fine clock takes so long, seconds; reading a coarse one is made longer, so that waiting for it is not.
const READING: f64 = 50e-9;

/// A machine that does not exist.
#[derive(Clone)]
pub(super) struct Simulated {
    /// Seconds that do not depend on the cost.
    pub(super) fixed: f64,
    /// Seconds for each unit of cost, when warm and cool.
    pub(super) per_unit: f64,
    /// Units grow to this power before they are timed.
    pub(super) bend: f64,
    /// Each sample is longer or shorter by up to this share.
    pub(super) noise: f64,
    /// The share of samples that take five times as long.
    pub(super) spikes: f64,
    /// The wall's time over the processor's: others get their turns.
    pub(super) waiting: f64,
    /// Whether a spike takes the processor's time too, as a page fault does, or only the wall's, as another process does.
    pub(super) spikes_work: bool,
    /// At first each unit takes eight times as long; after so many units the rest of that has fallen to a third.
    pub(super) compiled_after: Option<f64>,
    /// After so many seconds, whether working or not, all takes a fifth longer.
    pub(super) hot_after: Option<f64>,
    /// The speed at each time: seconds and units a second, over and over. In place of `per_unit`.
    pub(super) trace: Vec<(f64, f64)>,
    /// The step of the clock on the wall.
    pub(super) step: f64,
    /// Whether the processor's time can be told.
    pub(super) tells_cpu: bool,
    /// What it says about others.
    pub(super) says: Load,
    /// The time that it is.
    pub(super) clock: f64,
    /// Units done so far.
    pub(super) done: f64,
    /// Seconds of work so far, spikes and noise aside.
    pub(super) worked: f64,
    /// Probes so far.
    pub(super) probes: usize,
    /// Where noise and spikes come from.
    pub(super) random: fastrand::Rng,
}

impl Simulated {
    /// A machine without troubles, with a fine clock.
    pub(super) fn steady(per_unit: f64, seed: u64) -> Self {
        let says = Load { foreign: Some(0.0), stolen: Some(0.0), throttled: Some(0) };
        Self {
            fixed: 0.0,
            per_unit,
            bend: 1.0,
            noise: 0.01,
            spikes: 0.0,
            waiting: 1.0,
            spikes_work: true,
            compiled_after: None,
            hot_after: None,
            trace: Vec::new(),
            step: 1e-9,
            tells_cpu: true,
            says,
            clock: 100.0 + seed_fraction(seed),
            done: 0.0,
            worked: 0.0,
            probes: 0,
            random: fastrand::Rng::with_seed(seed),
        }
    }

    /// What a cost would take if it began now, without noise and spikes, seconds.
    #[expect(clippy::cast_precision_loss, reason = "costs are small")]
    pub(super) fn truth(&self, cost: u64) -> f64 {
        let units = (cost as f64).powf(self.bend);
        let slowness = self.hot_after.map_or(1.0, |after| 1.0 + 0.2 * ((self.clock - 100.0) / after).min(1.0));
        let cold = self
            .compiled_after
            .map_or(0.0, |after| 7.0 * after * (-self.done / after).exp() * (1.0 - (-units / after).exp()));
        match &self.trace[..] {
            [] => self.fixed + self.per_unit * (units + cold) * slowness,
            trace => traced(trace, self.clock, units),
        }
    }
}

/// How long so many units take from a time on.
fn traced(trace: &[(f64, f64)], from: f64, mut units: f64) -> f64 {
    let period: f64 = trace.iter().map(|(seconds, _)| seconds).sum();
    let (mut at, mut taken) = (from % period, 0.0);
    loop {
        for (seconds, speed) in trace {
            if at >= *seconds {
                at -= seconds;
                continue;
            }
            let left = seconds - at;
            if units <= left * speed {
                return taken + units / speed;
            }
            (units, taken, at) = (units - left * speed, taken + left, 0.0);
        }
    }
}

fn seed_fraction(seed: u64) -> f64 {
    fastrand::Rng::with_seed(!seed).f64()
}

impl Meter for Simulated {
    fn now(&mut self) -> Duration {
        self.clock += READING.max(self.step / 500.0);
        Duration::from_secs_f64((self.clock / self.step).floor() * self.step)
    }

    fn pause(&mut self, time: Duration) {
        self.clock += time.as_secs_f64();
    }

    #[expect(clippy::cast_precision_loss, reason = "costs are small")]
    fn probe(&mut self, cost: u64) -> Result<Sample, MeterError> {
        let undisturbed = self.truth(cost);
        let noisy = undisturbed * (1.0 + self.noise * (2.0 * self.random.f64() - 1.0));
        let spike = if self.random.f64() < self.spikes { 5.0 } else { 1.0 };
        let before = self.now();
        self.clock += noisy * spike * (1.0 + (self.waiting - 1.0) * 2.0 * self.random.f64());
        let wall = self.now().saturating_sub(before);
        let cpu = noisy * if self.spikes_work { spike } else { 1.0 };
        self.done += cost as f64;
        self.worked += undisturbed;
        self.probes += 1;
        Ok(Sample { wall, cpu: self.tells_cpu.then(|| Duration::from_secs_f64(cpu)) })
    }

    fn load(&mut self) -> Load {
        self.says
    }
}
