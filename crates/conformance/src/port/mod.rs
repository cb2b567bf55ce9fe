//! Talking to a port.
//!
//! In: requests. Out: [`Observed`]: what was seen of the port for each. A [`Port`] starts [`Session`]s; the transports
//! (a child process, a process for each request, the reference in this process) differ in nothing else. Layer: above
//! `registry`, below `plan`.

mod child;
mod crosscheck;
mod date;
pub mod fakes;
mod hello;
mod lines;
mod manifest;
mod mismatch;
mod observed;
mod one_shot;
mod process;
pub mod protocol;
mod reference;
mod sample;
pub mod serve;
mod spawned;

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

pub use child::End;
pub use crosscheck::Crosschecked;
pub use date::Date;
pub use hello::{Constraint, Given, Hello, HelloError, Range};
pub use manifest::{KnownClass, KnownIssue, Manifest, ManifestError, Mode, PortLimits};
pub use mismatch::Mismatch;
pub use observed::Observed;
pub use process::ProcessPort;
pub use protocol::RequestId;
pub use reference::{InProcess, LocalPort, POLICIES, Reference};
pub use sample::Sample;

use vectors::{Fields, Operation};

/// Anything that can be asked: it is started as often as there are workers, and again after it died.
pub trait Port: Sync {
    /// Starts the port and shakes hands.
    ///
    /// # Errors
    ///
    /// [`StartError`] when there is no process or no hello.
    fn start(&self, interrupt: &AtomicBool) -> Result<(Box<dyn Session + '_>, Hello), StartError>;

    /// What the port may cost.
    fn limits(&self) -> PortLimits;

    /// What people should know after a run, beside what each session remarks; one line each.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A started port.
pub trait Session: Send {
    /// How many requests may be open at once.
    fn window(&self) -> usize;

    /// Takes one request; never blocks.
    fn submit(&mut self, id: RequestId, operation: &'static Operation, input: &Fields);

    /// Waits for something to happen, until the given time at the longest, and says what did. It may return early with
    /// nothing.
    fn wait(&mut self, until: Instant, events: &mut Vec<Event>);

    /// Gives up the open requests, which got no answer in time.
    fn abandon(&mut self) -> Afterwards;

    /// The end of standard error, for an observation.
    fn stderr(&self) -> String;

    /// The number of the process that does the work, where one process does all of it.
    fn process(&self) -> Option<u32> {
        None
    }

    /// Ends the port: in order, if it is not already gone.
    fn end(self: Box<Self>) -> Remarks;
}

/// What happened in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// One request has its observation.
    Observed {
        /// The request.
        id: RequestId,
        /// What was seen.
        observed: Observed,
    },
    /// The port is gone and takes every open request with it; which one is to blame is not known here.
    Ended(End),
}

/// Whether a session can be used after its requests were abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// It can take further requests.
    Usable,
    /// It must be ended.
    Gone,
}

/// What people should know about a session beside its answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// Lines on standard output that were no answers.
    pub noise_lines: u64,
    /// The last of them.
    pub noise: String,
    /// The end of standard error.
    pub stderr: String,
    /// Anything else.
    pub notes: Vec<String>,
}

impl Remarks {
    /// Takes in the remarks of another session of the same port.
    pub fn merge(&mut self, other: Self) {
        self.noise_lines += other.noise_lines;
        if !other.noise.is_empty() {
            self.noise = other.noise;
        }
        if !other.stderr.is_empty() {
            self.stderr = other.stderr;
        }
        for note in other.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }
}

/// Why a port did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The command cannot be run.
    #[error("cannot run `{command}`")]
    Spawn {
        /// The program.
        command: String,
        /// Why.
        source: std::io::Error,
    },
    /// The process ended before its hello.
    #[error("{end} before its hello")]
    Ended {
        /// How.
        end: End,
        /// The end of standard error.
        stderr: String,
    },
    /// No hello in time.
    #[error("no hello within {within:?}")]
    Silent {
        /// The allowance for the start.
        within: Duration,
        /// The end of standard error.
        stderr: String,
    },
    /// The hello is not one.
    #[error(transparent)]
    Hello(#[from] HelloError),
    /// The run was interrupted.
    #[error("interrupted")]
    Interrupted,
}
