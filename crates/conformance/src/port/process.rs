//! Ports that are processes: started, greeted, asked through their pipes. Layer: `port`; children.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::child::{Child, End};
use super::one_shot::OneShotSession;
use super::protocol::{self, Line, RequestId};
use super::spawned::{Noise, spawn, stderr_shown};
use super::{Afterwards, Event, Hello, Manifest, Mode, Observed, Port, PortLimits, Remarks, Session, StartError};
use vectors::{Fields, Operation};

/// Requests that a looping adapter is sent before it must answer.
const WINDOW: usize = 32;

/// A looping adapter must exit within this after its input is closed.
const EXIT_GRACE: Duration = Duration::from_secs(5);

/// A port that is started as its manifest says.
pub struct ProcessPort {
    manifest: Manifest,
}

impl ProcessPort {
    /// The port of this manifest.
    #[must_use]
    pub fn new(manifest: Manifest) -> Self {
        Self { manifest }
    }

    fn spawn(&self) -> Result<Child, StartError> {
        spawn(&self.manifest.command, &self.manifest.folder, self.manifest.limits.memory_mib)
    }
}

impl Port for ProcessPort {
    fn start(&self, interrupt: &AtomicBool) -> Result<(Box<dyn Session + '_>, Hello), StartError> {
        let mut session = LoopSession::new(self.spawn()?);
        protocol::write_hello_request(session.child.outgoing());
        let greeting = Greeting { within: self.manifest.limits.start, interrupt };
        match self.manifest.mode {
            Mode::Loop => {
                let hello = greeting.shake(&mut session.child, &mut session.noise)?;
                Ok((Box::new(session), hello))
            }
            Mode::OneShot => {
                session.child.close_input();
                let hello = greeting.shake(&mut session.child, &mut session.noise)?;
                Ok((Box::new(OneShotSession::new(self.manifest.clone(), session.noise)), hello))
            }
        }
    }

    fn limits(&self) -> PortLimits {
        self.manifest.limits
    }
}

/// The wait for the hello of a freshly started child.
struct Greeting<'a> {
    within: Duration,
    interrupt: &'a AtomicBool,
}

impl Greeting<'_> {
    fn shake(&self, child: &mut Child, noise: &mut Noise) -> Result<Hello, StartError> {
        let until = Instant::now() + self.within;
        let mut hello = None;
        loop {
            let end =
                child.turn(until.saturating_duration_since(Instant::now()), &mut |line| match Hello::read_line(line) {
                    Some(read) if hello.is_none() => hello = Some(read),
                    Some(_) | None => noise.take(line),
                });
            if let Some(hello) = hello {
                return Ok(hello?);
            }
            if let Some(end) = end {
                return Err(StartError::Ended { end, stderr: stderr_shown(child) });
            }
            if self.interrupt.load(Ordering::Relaxed) {
                return Err(StartError::Interrupted);
            }
            if Instant::now() >= until {
                return Err(StartError::Silent { within: self.within, stderr: stderr_shown(child) });
            }
        }
    }
}

/// A looping adapter.
struct LoopSession {
    child: Child,
    open: Vec<(RequestId, &'static Operation)>,
    noise: Noise,
    ended: Option<End>,
}

impl LoopSession {
    fn new(child: Child) -> Self {
        Self { child, open: Vec::with_capacity(WINDOW), noise: Noise::none(), ended: None }
    }
}

impl Session for LoopSession {
    fn window(&self) -> usize {
        WINDOW
    }

    fn submit(&mut self, id: RequestId, operation: &'static Operation, input: &Fields) {
        protocol::write_request(self.child.outgoing(), id, operation.name, input);
        self.open.push((id, operation));
    }

    fn wait(&mut self, until: Instant, events: &mut Vec<Event>) {
        let Self { child, open, noise, ended } = self;
        *ended = child.turn(until.saturating_duration_since(Instant::now()), &mut |line| {
            let operation_of = |id| open.iter().find(|(known, _)| *known == id).map(|(_, operation)| *operation);
            let (id, observed) = match protocol::read_line(line, operation_of) {
                Line::Answer { id, answer } => (id, Observed::Answer(answer)),
                Line::Garbled { id, what } => (id, Observed::Garbled { what }),
                Line::Noise => return noise.take(line),
            };
            open.retain(|(known, _)| *known != id);
            events.push(Event::Observed { id, observed });
        });
        events.extend(ended.clone().map(Event::Ended));
    }

    fn abandon(&mut self) -> Afterwards {
        Afterwards::Gone
    }

    fn stderr(&self) -> String {
        stderr_shown(&self.child)
    }

    fn process(&self) -> Option<u32> {
        Some(self.child.number())
    }

    fn end(self: Box<Self>) -> Remarks {
        let stderr = self.child.stderr_text(usize::MAX);
        let notes = match (&self.ended, self.open.is_empty()) {
            (Some(_), _) | (None, false) => Vec::new(),
            (None, true) => self.child.finish(EXIT_GRACE).err().into_iter().collect(),
        };
        self.noise.remarks(stderr, notes)
    }
}
