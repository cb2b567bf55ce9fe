//! How finely a clock counts, found by looking at it. Pure, over [`Meter`].

use std::time::Duration;

use super::{CalibrationError, Meter};

/// Readings after which a clock that has not moved is taken to stand still.
const READINGS_MAX: u64 = 20_000_000;

/// Steps of a fine clock that are looked at; the shortest counts, since being held up only lengthens one.
const STEPS_FINE: u32 = 8;

/// The same of a clock with steps of a millisecond and more: each costs its own length in waiting.
const STEPS_COARSE: u32 = 2;

/// From here on a step is coarse.
const COARSE: Duration = Duration::from_millis(1);

/// The step in which the clock counts, or the time that reading it takes if that is longer.
pub(super) fn measure_step(meter: &mut dyn Meter) -> Result<Duration, CalibrationError> {
    let mut before = await_tick(meter)?;
    let mut shortest = Duration::MAX;
    let mut looked = 0;
    while looked < STEPS_FINE && (looked < STEPS_COARSE || shortest < COARSE) {
        let after = await_tick(meter)?;
        shortest = shortest.min(after.saturating_sub(before));
        before = after;
        looked += 1;
    }
    Ok(shortest)
}

/// Waits until the clock moves on, and says what it reads then.
pub(super) fn await_tick(meter: &mut dyn Meter) -> Result<Duration, CalibrationError> {
    let start = meter.now();
    for _ in 0..READINGS_MAX {
        let now = meter.now();
        if now < start {
            return Err(CalibrationError::WentBack);
        }
        if now > start {
            return Ok(now);
        }
    }
    Err(CalibrationError::StandsStill { readings: READINGS_MAX })
}
