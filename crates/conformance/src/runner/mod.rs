//! Putting the questions of a plan to a port.
//!
//! In: [`Step`]s, a [`Port`], what a run may cost. Out: one [`Seen`] for every step, in the order in which they come. A port
//! that dies, hangs or talks nonsense is started anew, and only the request at fault has the blame. Layer: above `plan`,
//! below `verdict`; it never knows what a port should answer. The clock and threads.

mod queue;
mod speed;
mod worker;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::plan::Step;
use crate::port::protocol::HELLO_ID;
use crate::port::{Hello, Observed, Port, Remarks, Session, StartError};

use queue::Queue;
use worker::Worker;

pub use speed::Speed;

/// Batches of observations that wait for their verdict; a full channel holds the workers up.
const BATCHES_WAITING: usize = 64;

/// Starts of a port beyond the first of each worker, in a run of cases.
const RESTARTS_MAX: u32 = 10;

/// Bytes of open requests beyond the first, in a run of cases.
const OPEN_BYTES_MAX: usize = 4 << 20;

/// What a run may cost.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Sessions at the same time, at least 1.
    pub jobs: usize,
    /// Sum of the memory that open requests fill, KiB; a request above it runs alone.
    pub memory_kib: u64,
    /// The shortest deadline.
    pub floor: Duration,
    /// Starts of the port beyond the first of each session.
    pub restarts: u32,
    /// Bytes of one session's open requests; a request above it is asked alone.
    pub open_bytes: usize,
}

impl Default for Budget {
    /// Two sessions, 256 MiB, 2 s, 10 restarts and 4 MiB.
    fn default() -> Self {
        Self {
            jobs: 2,
            memory_kib: 256 << 10,
            floor: Duration::from_secs(2),
            restarts: RESTARTS_MAX,
            open_bytes: OPEN_BYTES_MAX,
        }
    }
}

/// What was seen of a port for one step.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The step's position in the list that was asked.
    pub step: usize,
    /// What was seen.
    pub observed: Observed,
    /// From the request, or the answer before, to the answer.
    pub elapsed: Duration,
}

/// How questions are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// One after the other, in order.
    OneByOne,
    /// As many at once as the port takes.
    Windowed,
    /// The same, until a step ends the port or silences it: what was not asked by then is seen as not run.
    UntilTrouble,
}

/// A started port and what is known of it.
pub struct Runner<'p> {
    port: &'p dyn Port,
    budget: Budget,
    interrupt: &'p AtomicBool,
    speed: Speed,
    restarts: AtomicU32,
    /// Ids are never used again, so that a late answer to an old request is noise.
    next_id: AtomicU64,
    /// Started sessions that wait for the next list of steps, at most one a worker.
    sessions: Vec<Box<dyn Session + 'p>>,
    remarks: Remarks,
}

/// What the workers of one list of steps share.
struct Shared<'r, 'p> {
    steps: &'r [Step<'r>],
    manner: Manner,
    queue: Queue,
    port: &'p dyn Port,
    budget: Budget,
    speed: Speed,
    interrupt: &'p AtomicBool,
    stop: AtomicBool,
    restarts: &'r AtomicU32,
    next_id: &'r AtomicU64,
    /// How often each case has ended the port, by the entry of its steps.
    ended: Mutex<Vec<(usize, u32)>>,
    /// Why the port cannot be asked any more.
    exhausted: Mutex<Option<String>>,
}

impl<'p> Runner<'p> {
    /// Starts the port and shakes hands.
    ///
    /// # Errors
    ///
    /// [`StartError`] when there is no process or no hello.
    pub fn start(port: &'p dyn Port, budget: Budget, interrupt: &'p AtomicBool) -> Result<(Self, Hello), StartError> {
        let (session, hello) = port.start(interrupt)?;
        let runner = Self {
            port,
            budget,
            interrupt,
            speed: Speed::default(),
            restarts: AtomicU32::new(0),
            next_id: AtomicU64::new(HELLO_ID.0 + 1),
            sessions: vec![session],
            remarks: Remarks::default(),
        };
        Ok((runner, hello))
    }

    /// Puts every step to the port and hands over what was seen, each step once. When `on_seen` breaks, the steps that
    /// are left are seen as not run.
    pub fn ask(&mut self, steps: &[Step<'_>], manner: Manner, on_seen: &mut dyn FnMut(Seen) -> ControlFlow<()>) {
        let shared = Shared {
            steps,
            manner,
            queue: Queue::new(self.budget.memory_kib),
            port: self.port,
            budget: self.budget,
            speed: self.speed,
            interrupt: self.interrupt,
            stop: AtomicBool::new(false),
            restarts: &self.restarts,
            next_id: &self.next_id,
            ended: Mutex::default(),
            exhausted: Mutex::default(),
        };
        let mut seen = vec![false; steps.len()];
        let mut take = |one: Seen| {
            seen[one.step] = true;
            if on_seen(one).is_break() {
                shared.stop.store(true, Ordering::Relaxed);
            }
        };
        let (sessions, remarks) = run_workers(&shared, std::mem::take(&mut self.sessions), &mut take);
        self.sessions = sessions;
        self.remarks.merge(remarks);
        let why = shared.why_not_run();
        for (step, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
            let observed = Observed::NotRun { why: why.clone() };
            let _ = on_seen(Seen { step, observed, elapsed: Duration::ZERO });
        }
    }

    /// Learns how fast the port derives keys from one observation.
    pub fn learn(&mut self, work: crate::registry::Work, elapsed: Duration) {
        self.speed.learn(work, elapsed);
    }

    /// Measures how fast the port derives keys, at two costs each, where it claims a derivation that the steps need.
    pub fn measure(&mut self, hello: &Hello, steps: &[Step<'_>]) {
        for questions in speed::questions(hello, steps) {
            let asked: Vec<Step<'_>> = questions.steps();
            let mut elapsed = Vec::new();
            self.ask(&asked, Manner::OneByOne, &mut |seen| {
                if matches!(seen.observed, Observed::Answer(vectors::Answer::Output(_))) {
                    elapsed.push(seen.elapsed);
                }
                ControlFlow::Continue(())
            });
            self.speed.set(&questions, &elapsed);
        }
    }

    /// What is known of the port's speed.
    #[must_use]
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// Whether an observation is of a port that was silent for once, with requests open each of which it then answered alone.
    /// A machine under load does that too.
    #[must_use]
    pub fn is_stall(observed: &Observed) -> bool {
        worker::is_stall(observed)
    }

    /// How often the port had to be started again.
    #[must_use]
    pub fn restarts(&self) -> u32 {
        self.restarts.load(Ordering::Relaxed)
    }

    /// Ends the port in order, and says what people should know about it.
    #[must_use]
    pub fn finish(mut self) -> Remarks {
        for session in self.sessions {
            if self.interrupt.load(Ordering::Relaxed) {
                drop(session);
            } else {
                self.remarks.merge(session.end());
            }
        }
        self.remarks
    }
}

impl Shared<'_, '_> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.interrupt.load(Ordering::Relaxed)
    }

    fn exhausted(&self) -> Option<String> {
        self.exhausted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn exhaust(&self, why: String) {
        self.exhausted.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
    }

    /// Counts one restart; `false` when there are none left.
    fn may_restart(&self) -> bool {
        let may = self.restarts.fetch_add(1, Ordering::Relaxed) < self.budget.restarts;
        if !may {
            self.exhaust(format!("the port was restarted {} times, which is the limit", self.budget.restarts));
        }
        may
    }

    fn why_not_run(&self) -> String {
        if self.interrupt.load(Ordering::Relaxed) {
            return "the run was interrupted".to_owned();
        }
        self.exhausted().unwrap_or_else(|| "the run was stopped after a failure".to_owned())
    }
}

/// Runs the workers; the sessions that can be used again are handed back, those that were not needed among them.
fn run_workers<'p>(
    shared: &Shared<'_, 'p>,
    sessions: Vec<Box<dyn Session + 'p>>,
    take: &mut dyn FnMut(Seen),
) -> (Vec<Box<dyn Session + 'p>>, Remarks) {
    let window = sessions.first().map_or(1, |session| session.window());
    let useful = shared.steps.len().div_ceil(window).max(1);
    let jobs = match shared.manner {
        Manner::OneByOne => 1,
        Manner::Windowed | Manner::UntilTrouble => shared.budget.jobs.clamp(1, useful),
    };
    let (sender, receiver) = sync_channel::<Vec<Seen>>(BATCHES_WAITING);
    let mut remarks = Remarks::default();
    let mut sessions = sessions.into_iter();
    let mut kept = Vec::new();
    std::thread::scope(|scope| {
        let work = |sender: SyncSender<Vec<Seen>>, session: Option<Box<dyn Session + 'p>>, first: bool| {
            move || Worker::new(shared, sender, session, first).run()
        };
        let workers: Vec<_> = (0..jobs).map(|at| scope.spawn(work(sender.clone(), sessions.next(), at == 0))).collect();
        drop(sender);
        receiver.into_iter().flatten().for_each(take);
        for worker in workers {
            let (session, said) = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            kept.extend(session);
            remarks.merge(said);
        }
    });
    kept.extend(sessions);
    (kept, remarks)
}
