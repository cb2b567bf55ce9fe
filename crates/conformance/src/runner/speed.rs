//! How fast a port derives keys, so that its deadlines are its own. Layer: `runner`, no clock.

use std::time::Duration;

use crate::plan::Step;
use crate::port::Hello;
use crate::registry::{self, Kdf, Work};
use vectors::operation::find;
use vectors::{Fields, Operation};

/// A unit of work in the slowest kind of port (pure JavaScript), nanoseconds: what is assumed until it is measured.
const UNIT_NS_ASSUMED: f64 = 50_000.0;

/// No prediction is longer: a request that would take longer is not waited for.
const PREDICTED_MAX: Duration = Duration::from_secs(600);

/// Nanoseconds for one unit of each derivation's work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// By the derivation's position in [`Kdf::ALL`].
    units_ns: [f64; Kdf::ALL.len()],
}

impl Default for Speed {
    fn default() -> Self {
        Self { units_ns: [UNIT_NS_ASSUMED; Kdf::ALL.len()] }
    }
}

/// One derivation at two costs.
pub(super) struct Questions {
    operation: &'static Operation,
    inputs: [Fields; 2],
    works: [Work; 2],
}

impl Questions {
    pub(super) fn steps(&self) -> Vec<Step<'_>> {
        let step = |(input, work): (_, &Work)| Step { entry: 0, operation: self.operation, input, work: Some(*work) };
        self.inputs.iter().zip(&self.works).map(step).collect()
    }
}

impl Speed {
    /// How long the port is expected to take for the work.
    #[must_use]
    pub fn predict(&self, work: Option<Work>) -> Duration {
        let Some(work) = work else { return Duration::ZERO };
        let nanoseconds = self.units_ns[work.kdf as usize] * float(work.units);
        Duration::try_from_secs_f64(nanoseconds / 1e9).map_or(PREDICTED_MAX, |time| time.min(PREDICTED_MAX))
    }

    /// A request that took so long shows the most that a unit can cost.
    pub(super) fn learn(&mut self, work: Work, elapsed: Duration) {
        let most = elapsed.as_secs_f64() * 1e9 / float(work.units.max(1));
        let known = self.units_ns[work.kdf as usize];
        self.units_ns[work.kdf as usize] = known.min(most);
    }

    /// Two requests at different costs show what a unit costs, start-up aside. Fewer than two answers show nothing.
    pub(super) fn set(&mut self, questions: &Questions, elapsed: &[Duration]) {
        let (&[less, more], [small, large]) = (elapsed, &questions.works) else { return };
        let units = float(large.units.saturating_sub(small.units).max(1));
        let slope = more.saturating_sub(less).as_secs_f64() * 1e9 / units;
        self.units_ns[large.kdf as usize] = slope.max(1.0);
    }
}

/// What to ask a port whose steps derive keys: each derivation that it claims, at two costs.
pub(super) fn questions(hello: &Hello, steps: &[Step<'_>]) -> Vec<Questions> {
    let needed = |kdf| steps.iter().filter_map(|step| step.work).any(|work| work.kdf == kdf);
    let operations = |kdf: Kdf| kdf.operations().iter().filter_map(|name| find(name));
    Kdf::ALL
        .into_iter()
        .filter(|kdf| needed(*kdf))
        .filter_map(|kdf| operations(kdf).find_map(|operation| question(hello, operation, kdf)))
        .collect()
}

fn question(hello: &Hello, operation: &'static Operation, kdf: Kdf) -> Option<Questions> {
    let base = Fields::new().with_bytes("password", *b"speed").with_bytes("salt", [5; 16]).with_integer("length", 32);
    let input = |times: u64| Fields::pick(operation.input, &[&base, &kdf.small_costs(times)]);
    let inputs = [input(1), input(4)];
    let claimed = inputs.iter().all(|input| hello.claims(operation, input));
    let works = [registry::work(operation, &inputs[0])?, registry::work(operation, &inputs[1])?];
    claimed.then_some(Questions { operation, inputs, works })
}

/// Units are far below 2^52 wherever the difference would matter.
#[expect(clippy::cast_precision_loss, reason = "a prediction is rough")]
fn float(units: u64) -> f64 {
    units as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{InProcess, Reference};

    const WORK: Work = Work { kdf: Kdf::Argon2, units: 1000, memory_kib: 0 };

    /// A deadline must grow with the work, and never beyond what anybody waits for.
    #[test]
    fn predictions_grow_with_the_work_up_to_a_bound() {
        let speed = Speed::default();
        assert_eq!(speed.predict(None), Duration::ZERO);
        assert_eq!(speed.predict(Some(WORK)), Duration::from_millis(50));
        assert_eq!(speed.predict(Some(Work { units: u64::MAX, ..WORK })), PREDICTED_MAX);
    }

    /// A fast port that hangs must be found out sooner than a slow one.
    #[test]
    fn a_port_is_judged_by_its_own_speed() {
        let input = Fields::new();
        let steps = [Step { entry: 0, operation: &vectors::operation::OPERATIONS[0], input: &input, work: Some(WORK) }];
        let asked = questions(&Reference::default().hello(), &steps);
        assert_eq!(asked.len(), 1);
        let mut speed = Speed::default();
        // 768 and 3072 units: 2304 units in 2304 microseconds.
        speed.set(&asked[0], &[Duration::from_millis(5), Duration::from_micros(7304)]);
        assert_eq!(speed.predict(Some(WORK)), Duration::from_millis(1));
        speed.set(&asked[0], &[Duration::from_millis(5)]);
        assert_eq!(speed.predict(Some(WORK)), Duration::from_millis(1), "one answer shows nothing");
        speed.learn(WORK, Duration::from_micros(10));
        assert_eq!(speed.predict(Some(WORK)), Duration::from_micros(10));
    }
}
