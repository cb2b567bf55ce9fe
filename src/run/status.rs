//! How far a run is: one line on a terminal, rewritten in place and erased before anything else is written there.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

/// The line is rewritten no more often.
const EVERY: Duration = Duration::from_millis(100);

/// Back to the first column, and nothing after it.
const ERASE: &str = "\r\u{1b}[K";

/// The line and what it says. What cannot be written is not missed.
pub(super) struct Status<W> {
    out: W,
    is_drawn: bool,
    due: Duration,
    judged: usize,
    failed: usize,
    of: usize,
}

/// Whether somebody sees standard error move: it is a terminal, and no CI keeps it as a log.
pub(super) fn is_watched() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stderr().is_terminal() && !set("CI") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

impl<W: Write> Status<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, is_drawn: false, due: Duration::ZERO, judged: 0, failed: 0, of: 0 }
    }

    /// A run of so many cases begins.
    pub(super) fn begins(&mut self, cases: usize) {
        (self.judged, self.failed, self.of) = (0, 0, cases);
    }

    /// A case has its record, at this time since some moment.
    pub(super) fn judged(&mut self, outcome: Seen, now: Duration) {
        self.judged += 1;
        self.failed += usize::from(outcome == Seen::Failure);
        if now >= self.due {
            self.due = now + EVERY;
            self.is_drawn = true;
            let Self { judged, of, failed, .. } = *self;
            let _ = write!(self.out, "{ERASE}{judged} of {of}, {failed} failed").and_then(|()| self.out.flush());
        }
    }

    /// Makes room for other output; the line comes back when it is due.
    pub(super) fn erase(&mut self) {
        if std::mem::take(&mut self.is_drawn) {
            let _ = self.out.write_all(ERASE.as_bytes()).and_then(|()| self.out.flush());
        }
    }
}

/// What the line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// As expected, excused, or not asked.
    Other,
    /// It failed.
    Failure,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that is drawn for each of 6,000 cases costs more than the cases; one that is not erased stands in the report.
    #[test]
    fn the_line_is_rewritten_now_and_then_and_erased_for_others() {
        let mut status = Status::new(Vec::new());
        let at = Duration::from_millis;
        status.erase();
        status.begins(1_234);
        for (outcome, now) in [(Seen::Other, 0), (Seen::Failure, 1), (Seen::Other, 99), (Seen::Other, 100)] {
            status.judged(outcome, at(now));
        }
        status.erase();
        status.erase();
        for now in [101, 200] {
            status.judged(Seen::Failure, at(now));
        }
        let written = String::from_utf8(status.out).unwrap();
        let lines: Vec<_> = written.split(ERASE).collect();
        assert_eq!(lines, ["", "1 of 1234, 0 failed", "4 of 1234, 1 failed", "", "6 of 1234, 3 failed"]);
    }
}
