//! One worker: keeps a session busy, watches its deadline, and finds out who is to blame when it ends. Layer: `runner`.

use std::collections::VecDeque;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::time::{Duration, Instant};

use super::{Manner, Seen, Shared};
use crate::plan::Step;
use crate::port::{Afterwards, End, Event, Observed, Remarks, RequestId, Session};
use vectors::{Fields, Value};

/// The longest wait before a worker looks whether the run was stopped.
const TICK: Duration = Duration::from_millis(50);

/// Predicted work of open requests beyond the first: a worker does not hoard what another could do.
const OPEN_WORK_MAX: Duration = Duration::from_millis(250);

/// How often the oldest request may be overtaken before the worker waits for it.
const OVERTAKEN_MAX: usize = 128;

/// How often one case may end the port before it is asked no more.
const ENDS_PER_CASE_MAX: u32 = 3;

/// Starts in a row that may fail.
const FAILED_STARTS_MAX: u32 = 2;

/// How a silence is told.
const SILENT: &str = "was silent for";

/// A request that was sent and not answered.
struct Open {
    id: RequestId,
    step: usize,
    sent: Instant,
}

/// Why a session is of no more use.
enum Trouble {
    Ended(End),
    Silent(Duration),
    /// An answer that fits no page of the protocol; the request that it answers has the blame already.
    Garbled,
}

/// What is seen of a step that is asked with nothing else open.
struct Alone {
    observed: Observed,
    elapsed: Duration,
    /// Whether the session was asked nothing before.
    was_fresh: bool,
    /// Whether the port was of no more use afterwards.
    ended: bool,
}

/// One worker and its session.
pub(super) struct Worker<'r, 'p> {
    shared: &'r Shared<'r, 'p>,
    sender: SyncSender<Vec<Seen>>,
    session: Option<Box<dyn Session + 'p>>,
    /// Whether the session was started for the request that it is asked next.
    fresh: bool,
    started: bool,
    open: VecDeque<Open>,
    overtaken: usize,
    progress: Instant,
    events: Vec<Event>,
    batch: Vec<Seen>,
    remarks: Remarks,
}

impl<'r, 'p> Worker<'r, 'p> {
    pub(super) fn new(
        shared: &'r Shared<'r, 'p>,
        sender: SyncSender<Vec<Seen>>,
        session: Option<Box<dyn Session + 'p>>,
        is_first: bool,
    ) -> Self {
        Self {
            shared,
            sender,
            // The port was started before there was any worker, so the first one has had its start.
            started: is_first || session.is_some(),
            session,
            fresh: false,
            open: VecDeque::new(),
            overtaken: 0,
            progress: Instant::now(),
            events: Vec::new(),
            batch: Vec::new(),
            remarks: Remarks::default(),
        }
    }

    /// Works until nothing is left; the session, if it is still good, and what people should know.
    pub(super) fn run(mut self) -> (Option<Box<dyn Session + 'p>>, Remarks) {
        while !self.shared.stopped() {
            if self.open.is_empty() && self.shared.queue.is_empty(self.shared.steps) {
                break;
            }
            if !self.ready() {
                break;
            }
            self.refill();
            if self.open.is_empty() {
                self.deliver();
                self.shared.queue.wait(TICK);
                continue;
            }
            let trouble = self.listen();
            self.deliver();
            if let Some(trouble) = trouble {
                self.find_culprit(&trouble);
                if self.shared.manner == Manner::UntilTrouble {
                    self.shared.stop.store(true, Ordering::Relaxed);
                }
                self.deliver();
            }
        }
        self.deliver();
        self.close()
    }

    fn close(mut self) -> (Option<Box<dyn Session + 'p>>, Remarks) {
        let idle = self.open.is_empty();
        match self.session.take() {
            Some(session) if idle => return (Some(session), self.remarks),
            // Dropping it ends its processes at once.
            Some(_) | None => {}
        }
        (None, self.remarks)
    }

    /// Makes sure that there is a session; `false` when the port cannot be started any more.
    fn ready(&mut self) -> bool {
        let mut failures = 0;
        while self.session.is_none() {
            if self.shared.exhausted().is_some() || (self.started && !self.shared.may_restart()) {
                return false;
            }
            self.started = true;
            match self.shared.port.start(self.shared.interrupt) {
                Ok((session, _)) => {
                    self.session = Some(session);
                    self.fresh = true;
                }
                Err(error) => {
                    failures += 1;
                    if failures > FAILED_STARTS_MAX {
                        self.shared.exhaust(format!("the port did not restart: {error}"));
                        return false;
                    }
                }
            }
            if self.shared.stopped() {
                return false;
            }
        }
        true
    }

    /// Sends further requests when half of the window is free, so that they are written together.
    fn refill(&mut self) {
        let window = match (self.shared.manner, &self.session) {
            (Manner::Windowed | Manner::UntilTrouble, Some(session)) => session.window(),
            (Manner::OneByOne, _) | (Manner::Windowed | Manner::UntilTrouble, None) => 1,
        };
        if self.open.len() > window / 2 || self.overtaken > OVERTAKEN_MAX {
            return;
        }
        let (shared, mut room) = (self.shared, window - self.open.len());
        let mut bytes: usize = self.open.iter().map(|open| input_bytes(shared.steps[open.step].input)).sum();
        let mut work: Duration = self.open.iter().map(|open| self.predict(open.step)).sum();
        let mut is_first = self.open.is_empty();
        let mut taken = Vec::new();
        shared.queue.take(shared.steps, &mut |at, step| {
            bytes += input_bytes(step.input);
            work += shared.speed.predict(step.work);
            let fits = room > 0 && (is_first || (bytes <= shared.budget.open_bytes && work <= OPEN_WORK_MAX));
            if fits {
                (room, is_first) = (room - 1, false);
                taken.push(at);
            }
            fits
        });
        for step in taken {
            if self.ends_of(step) >= ENDS_PER_CASE_MAX {
                let why = format!("the port ended {ENDS_PER_CASE_MAX} times on this case");
                self.see(step, Observed::NotRun { why }, Duration::ZERO);
            } else {
                self.send(step);
            }
        }
    }

    fn send(&mut self, step: usize) {
        let now = Instant::now();
        if self.open.is_empty() {
            self.progress = now;
        }
        let id = RequestId(self.shared.next_id.fetch_add(1, Ordering::Relaxed));
        let Step { operation, input, .. } = self.shared.steps[step];
        if let Some(session) = &mut self.session {
            session.submit(id, operation, input);
        }
        self.open.push_back(Open { id, step, sent: now });
    }

    /// Waits for the port once and takes in what happened; the trouble, if there is any.
    fn listen(&mut self) -> Option<Trouble> {
        let (allowed, session) = (self.allowance(), self.session.as_mut()?);
        let deadline = self.progress + allowed;
        session.wait(deadline.min(Instant::now() + TICK), &mut self.events);
        let quiet = self.events.is_empty();
        let mut trouble = None;
        for event in std::mem::take(&mut self.events) {
            match event {
                Event::Observed { id, observed: observed @ Observed::Garbled { .. } } => {
                    self.count_end_of(id);
                    self.answered(id, observed);
                    // What else this process wrote is asked again of the next one.
                    trouble = Some(Trouble::Garbled);
                    break;
                }
                Event::Observed { id, observed } => self.answered(id, observed),
                Event::Ended(end) => trouble = Some(Trouble::Ended(end)),
            }
        }
        if quiet && Instant::now() >= deadline {
            trouble = Some(Trouble::Silent(allowed));
        }
        trouble
    }

    /// How long the port may be silent: its slowest open request several times, and all of them once, in case it works
    /// on all at the same time.
    fn allowance(&self) -> Duration {
        let predicted = || self.open.iter().map(|open| self.predict(open.step));
        let slowest = predicted().max().unwrap_or_default();
        let factor = self.shared.port.limits().deadline_factor;
        self.shared.budget.floor + slowest.mul_f64(factor) + predicted().sum::<Duration>()
    }

    fn predict(&self, step: usize) -> Duration {
        self.shared.speed.predict(self.shared.steps[step].work)
    }

    fn answered(&mut self, id: RequestId, observed: Observed) {
        let Some(at) = self.open.iter().position(|open| open.id == id) else { return };
        self.overtaken = if at == 0 { 0 } else { self.overtaken + 1 };
        let Some(open) = self.open.remove(at) else { return };
        let now = Instant::now();
        let elapsed = now.duration_since(open.sent.max(self.progress));
        self.progress = now;
        self.fresh = false;
        self.see(open.step, observed, elapsed);
    }

    fn see(&mut self, step: usize, observed: Observed, elapsed: Duration) {
        self.batch.push(Seen { step, observed, elapsed });
    }

    /// Hands over what was seen, and gives its memory back. Time that is spent waiting for the verdicts is not the port's.
    fn deliver(&mut self) {
        if self.batch.is_empty() {
            return;
        }
        for seen in &self.batch {
            self.shared.queue.release(&self.shared.steps[seen.step]);
        }
        let before = Instant::now();
        // The receiver lives as long as the workers.
        let _ = self.sender.send(std::mem::take(&mut self.batch));
        self.progress += before.elapsed();
    }

    /// Ends the session and asks what was open again, one at a time: only the culprit has the blame.
    fn find_culprit(&mut self, trouble: &Trouble) {
        let suspects: Vec<usize> = self.open.drain(..).map(|open| open.step).collect();
        self.overtaken = 0;
        let observed = self.give_up(trouble);
        match suspects.as_slice() {
            _ if matches!(trouble, Trouble::Garbled) => self.ask_one_by_one(&suspects, trouble),
            [] => self.remarks.notes.push(format!("the port {} with no request open", describe(trouble))),
            [only] => {
                self.count_end(*only);
                self.see(*only, observed, Duration::ZERO);
            }
            [oldest, ..] => {
                self.count_end(*oldest);
                self.ask_one_by_one(&suspects, trouble);
            }
        }
    }

    /// Asks each suspect alone. If all answer, the oldest was the one that the port worked on when it ended.
    fn ask_one_by_one(&mut self, suspects: &[usize], trouble: &Trouble) {
        let mut culprit_known = matches!(trouble, Trouble::Garbled);
        let mut oldest = None;
        let mut is_enough = false;
        for (at, step) in suspects.iter().enumerate() {
            let alone = if is_enough { None } else { self.ask_alone(*step) };
            let Some(alone) = alone else {
                // What cannot be asked stays unseen, and the runner says why.
                self.shared.queue.release(&self.shared.steps[*step]);
                continue;
            };
            culprit_known |= alone.ended;
            is_enough = alone.ended && self.shared.manner == Manner::UntilTrouble;
            if at == 0 {
                oldest = Some((*step, alone));
            } else {
                self.see(*step, alone.observed, alone.elapsed);
            }
        }
        if let Some((step, alone)) = oldest {
            let seen = if culprit_known { alone.observed } else { changed_its_mind(trouble, suspects.len()) };
            self.see(step, seen, alone.elapsed);
        }
    }

    /// What is seen when the step is asked alone: in a new process, if one ends on it that was asked other things before.
    fn ask_alone(&mut self, step: usize) -> Option<Alone> {
        let once = self.ask_once(step)?;
        if !once.ended || once.was_fresh {
            return Some(once);
        }
        match self.ask_once(step) {
            None => Some(once),
            Some(again) if again.ended => Some(again),
            Some(again) => {
                let what = format!("{}; answered when asked in a new process", once.observed.to_json());
                Some(Alone { observed: Observed::Nondeterministic { what }, ended: true, ..again })
            }
        }
    }

    /// Asks one step with nothing else open.
    fn ask_once(&mut self, step: usize) -> Option<Alone> {
        if !self.ready() {
            return None;
        }
        let was_fresh = self.fresh;
        let sent = Instant::now();
        self.send(step);
        let held = self.batch.len();
        while !self.open.is_empty() {
            if self.shared.stopped() {
                self.open.clear();
                self.session = None;
                return None;
            }
            if let Some(trouble) = self.listen() {
                let observed = self.give_up(&trouble);
                if self.open.is_empty() {
                    // It answered and then ended; the next step finds no session.
                    break;
                }
                self.open.clear();
                self.count_end(step);
                return Some(Alone { observed, elapsed: sent.elapsed(), was_fresh, ended: true });
            }
        }
        let Seen { observed, elapsed, .. } = self.batch.drain(held..).next()?;
        Some(Alone { observed, elapsed, was_fresh, ended: false })
    }

    /// Ends the session, unless only its request has to be given up; what the request at fault is seen as.
    fn give_up(&mut self, trouble: &Trouble) -> Observed {
        let stderr = self.session.as_ref().map(|session| session.stderr()).unwrap_or_default();
        let usable = match (trouble, &mut self.session) {
            (Trouble::Silent(_) | Trouble::Garbled, Some(session)) => session.abandon() == Afterwards::Usable,
            (Trouble::Silent(_) | Trouble::Garbled | Trouble::Ended(_), _) => false,
        };
        if !usable && let Some(session) = self.session.take() {
            self.remarks.merge(session.end());
        }
        match trouble {
            Trouble::Silent(allowed) => {
                Observed::TimedOut { after_ms: u64::try_from(allowed.as_millis()).unwrap_or(u64::MAX) }
            }
            Trouble::Ended(end @ End::LineTooLong) => Observed::Garbled { what: end.to_string() },
            Trouble::Garbled => Observed::Garbled { what: describe(trouble) },
            Trouble::Ended(
                end @ (End::Exited { .. }
                | End::Signalled { .. }
                | End::ClosedOutput
                | End::ClosedInput
                | End::TooMuchMemory { .. }
                | End::Broken { .. }),
            ) => Observed::Died { how: end.to_string(), stderr },
        }
    }

    fn ends_of(&self, step: usize) -> u32 {
        let entry = self.shared.steps[step].entry;
        let ended = self.shared.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.iter().find(|(known, _)| *known == entry).map_or(0, |(_, count)| *count)
    }

    fn count_end_of(&self, id: RequestId) {
        if let Some(open) = self.open.iter().find(|open| open.id == id) {
            self.count_end(open.step);
        }
    }

    fn count_end(&self, step: usize) {
        let entry = self.shared.steps[step].entry;
        let mut ended = self.shared.ended.lock().unwrap_or_else(PoisonError::into_inner);
        match ended.iter_mut().find(|(known, _)| *known == entry) {
            Some((_, count)) => *count += 1,
            None => ended.push((entry, 1)),
        }
    }
}

/// Whether the port was only silent for once, with several requests open that it answered alone: a machine under load does
/// that too.
pub(super) fn is_stall(observed: &Observed) -> bool {
    matches!(observed, Observed::Nondeterministic { what } if what.contains(SILENT))
}

fn changed_its_mind(trouble: &Trouble, open: usize) -> Observed {
    let what = format!("the port {} with {open} requests open; each was answered when asked alone", describe(trouble));
    Observed::Nondeterministic { what }
}

fn describe(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Ended(end) => end.to_string(),
        Trouble::Silent(allowed) => format!("{SILENT} {allowed:.1?}"),
        Trouble::Garbled => "gave an answer that does not fit the protocol".to_owned(),
    }
}

/// About how long the request's line is.
fn input_bytes(input: &Fields) -> usize {
    input
        .iter()
        .map(|(_, value)| match value {
            Value::Bytes(bytes) => 2 * bytes.len(),
            Value::Text(text) => text.len(),
            Value::Integer(_) | Value::Flag(_) => 8,
            Value::BytesList(list) => list.iter().map(|bytes| 2 * bytes.len() + 3).sum(),
            Value::IntegerList(list) => 17 * list.len(),
        })
        .sum::<usize>()
        + 64
}
