//! Ctrl-C and SIGTERM: noted, so that the run can end its children and write what is known.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What came from outside since the run began.
pub(crate) struct Signals {
    interrupt: Arc<AtomicBool>,
    number: Arc<AtomicUsize>,
}

impl Signals {
    /// Notes the signals from now on.
    pub(crate) fn watch() -> io::Result<Self> {
        let signals = Self { interrupt: Arc::default(), number: Arc::default() };
        for signal in [SIGINT, SIGTERM] {
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&signals.number), number)?;
            flag::register(signal, Arc::clone(&signals.interrupt))?;
        }
        Ok(signals)
    }

    /// Set as soon as there is a signal.
    pub(crate) fn interrupt(&self) -> &AtomicBool {
        &self.interrupt
    }

    /// The last signal.
    pub(crate) fn caught(&self) -> Option<u8> {
        match u8::try_from(self.number.load(Ordering::Relaxed)) {
            Ok(0) | Err(_) => None,
            Ok(signal) => Some(signal),
        }
    }
}
