//! What a child that was started leaves to see: its lines that are no answers, its standard error, its end. Layer: `port`; children.

use std::path::Path;

use super::child::{Child, End};
use super::lines::Tail;
use super::{Observed, Remarks, StartError};

/// Noise that is kept.
const NOISE_BYTES_KEPT: usize = 4 << 10;

/// Standard error that goes into an observation.
const STDERR_BYTES_SHOWN: usize = 2 << 10;

/// Starts an adapter's command.
pub(super) fn spawn(command: &[String], folder: &Path, memory_mib_max: u64) -> Result<Child, StartError> {
    Child::spawn(command, folder, memory_mib_max)
        .map_err(|source| StartError::Spawn { command: command.first().cloned().unwrap_or_default(), source })
}

/// The end of a child's standard error, as much as an observation carries.
pub(super) fn stderr_shown(child: &Child) -> String {
    child.stderr_text(STDERR_BYTES_SHOWN)
}

/// Lines that were no answers: counted, and the last of them kept.
pub(super) struct Noise {
    lines: u64,
    tail: Tail,
}

impl Noise {
    pub(super) fn none() -> Self {
        Self { lines: 0, tail: Tail::keeping(NOISE_BYTES_KEPT) }
    }

    pub(super) fn take(&mut self, line: &[u8]) {
        self.lines += 1;
        self.tail.take(line);
        self.tail.take(b"\n");
    }

    pub(super) fn remarks(&self, stderr: String, notes: Vec<String>) -> Remarks {
        Remarks { noise_lines: self.lines, noise: self.tail.text(NOISE_BYTES_KEPT), stderr, notes }
    }
}

/// How a child that is of no more use is observed by the request that is to blame.
pub(super) fn observe_end(end: &End, stderr: String) -> Observed {
    match end {
        End::LineTooLong => Observed::Garbled { what: end.to_string() },
        End::Exited { .. }
        | End::Signalled { .. }
        | End::ClosedOutput
        | End::ClosedInput
        | End::TooMuchMemory { .. }
        | End::Broken { .. } => Observed::Died { how: end.to_string(), stderr },
    }
}
