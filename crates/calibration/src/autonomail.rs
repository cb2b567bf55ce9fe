//! Autonomail's own rule: start at 10,000 and stop at the first run that takes at least the target. Pure, over [`Meter`].
//!
//! Each run is timed once, by the clock on the wall, in whole milliseconds. The next count is `n · target / elapsed`,
//! rounded down, plus one; twice the count where the clock read nothing. So 10,000 is the floor, the target is a minimum, and
//! a run that was held up by others ends the search early with too small a count.

use std::time::Duration;

use super::search::{PROBES_MAX, Target, patience};
use super::{CalibrationError, Meter};

/// Where the rule starts.
const START: u64 = 10_000;

/// One run of the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Iterations.
    pub iterations: u64,
    /// How long they took, whole milliseconds.
    pub elapsed_ms: u64,
}

/// Follows the rule; the last run has the count that it chooses.
///
/// # Errors
///
/// [`CalibrationError`] where a probe fails, the count passes `most`, or it does not come to an end.
pub fn follow(meter: &mut dyn Meter, target: Target, most: u64) -> Result<Vec<Run>, CalibrationError> {
    let target_ms = millis(target.duration());
    let (began, within) = (meter.now(), patience(target));
    let (mut runs, mut iterations) = (Vec::new(), START);
    while runs.len() < PROBES_MAX {
        if iterations > most {
            return Err(CalibrationError::DoesNotGrow { cost: most, seconds: last_seconds(&runs) });
        }
        let elapsed_ms = millis(meter.probe(iterations)?.wall);
        runs.push(Run { iterations, elapsed_ms });
        if elapsed_ms >= target_ms {
            return Ok(runs);
        }
        if meter.now().saturating_sub(began) > within {
            return Err(CalibrationError::TooLong { within });
        }
        iterations = next(iterations, elapsed_ms, target_ms);
    }
    Err(CalibrationError::Erratic { probes: PROBES_MAX })
}

fn next(iterations: u64, elapsed_ms: u64, target_ms: u64) -> u64 {
    match iterations.saturating_mul(target_ms).checked_div(elapsed_ms) {
        Some(scaled) => scaled.saturating_add(1),
        None => iterations.saturating_mul(2),
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn last_seconds(runs: &[Run]) -> f64 {
    runs.last().map_or(0.0, |run| Duration::from_millis(run.elapsed_ms).as_secs_f64())
}
