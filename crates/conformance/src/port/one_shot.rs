//! Adapters that cannot loop: one process for each request. Layer: `port`; children.

use std::time::Instant;

use super::child::{Child, End};
use super::protocol::{self, Line, RequestId};
use super::spawned::{Noise, observe_end, spawn, stderr_shown};
use super::{Afterwards, Event, Manifest, Observed, Remarks, Session};
use vectors::{Answer, Fields, Operation};

/// The exit code for "operation not implemented".
const EXIT_UNSUPPORTED: i32 = 89;

/// A port that is started anew for each request.
pub(super) struct OneShotSession {
    manifest: Manifest,
    running: Option<Running>,
    refused: Option<(RequestId, Observed)>,
    noise: Noise,
    stderr: String,
}

/// The process of the open request, and what it has said.
struct Running {
    child: Child,
    id: RequestId,
    operation: &'static Operation,
    said: Option<Observed>,
}

impl OneShotSession {
    pub(super) fn new(manifest: Manifest, noise: Noise) -> Self {
        Self { manifest, running: None, refused: None, noise, stderr: String::new() }
    }
}

impl Session for OneShotSession {
    fn window(&self) -> usize {
        1
    }

    fn submit(&mut self, id: RequestId, operation: &'static Operation, input: &Fields) {
        match spawn(&self.manifest.command, &self.manifest.folder, self.manifest.limits.memory_mib) {
            Ok(mut child) => {
                protocol::write_request(child.outgoing(), id, operation.name, input);
                child.close_input();
                self.running = Some(Running { child, id, operation, said: None });
            }
            Err(error) => {
                self.refused = Some((id, Observed::NotRun { why: error.to_string() }));
            }
        }
    }

    fn wait(&mut self, until: Instant, events: &mut Vec<Event>) {
        if let Some((id, observed)) = self.refused.take() {
            return events.push(Event::Observed { id, observed });
        }
        let Some(Running { child, id, operation, said }) = &mut self.running else { return };
        let (id, noise) = (*id, &mut self.noise);
        let end = child.turn(until.saturating_duration_since(Instant::now()), &mut |line| match protocol::read_line(
            line,
            |asked| (asked == id).then_some(*operation),
        ) {
            Line::Answer { answer, .. } if said.is_none() => *said = Some(Observed::Answer(answer)),
            Line::Garbled { what, .. } if said.is_none() => *said = Some(Observed::Garbled { what }),
            Line::Answer { .. } | Line::Garbled { .. } | Line::Noise => noise.take(line),
        });
        if let Some(end) = end {
            let stderr = stderr_shown(child);
            let observed = conclude(&end, said.take(), stderr.clone());
            self.stderr = stderr;
            self.running = None;
            events.push(Event::Observed { id, observed });
        }
    }

    fn abandon(&mut self) -> Afterwards {
        self.running = None;
        Afterwards::Usable
    }

    fn stderr(&self) -> String {
        self.running.as_ref().map_or_else(|| self.stderr.clone(), |running| stderr_shown(&running.child))
    }

    fn end(self: Box<Self>) -> Remarks {
        self.noise.remarks(self.stderr.clone(), Vec::new())
    }
}

/// What a process that ended was seen to do: its answer counts only with exit code 0.
fn conclude(end: &End, said: Option<Observed>, stderr: String) -> Observed {
    match (end, said) {
        (End::Exited { code: EXIT_UNSUPPORTED }, None) => {
            Observed::Answer(Answer::Unsupported { detail: "exit code 89".to_owned() })
        }
        (End::Exited { code: 0 }, Some(said)) => said,
        (End::Exited { code: 0 }, None) => Observed::Garbled { what: "exit code 0 without an answer".to_owned() },
        (
            End::Exited { .. }
            | End::Signalled { .. }
            | End::ClosedOutput
            | End::ClosedInput
            | End::LineTooLong
            | End::TooMuchMemory { .. }
            | End::Broken { .. },
            _,
        ) => observe_end(end, stderr),
    }
}
