//! One campaign against one port.
//!
//! In: vectors, a port, a seed, how long it may take. Out: an [`Outcome`]: classes of disagreement, each with its smallest
//! question. Batches are asked in windows; while one is asked the next is drawn. What a batch showed is taken in by number
//! at its end, so a campaign depends on its seed, its number of cases and the port's answers, and not on anybody's speed.
//! Layer: `fuzzing`; above `runner` and `verdict`. Threads; the clock is the caller's.

mod asking;
mod corpus;
mod judging;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::bases::Bases;
use super::batch::{Batch, Ground, numbers, unchanged};
use super::class::{Class, Classes, Standing, in_scope, standing};
use super::counts::{Counts, Past};
use super::journal::JournalError;
use super::novelty::Kept;
use super::recipe::Recipe;
use super::source::Source;
use conformance::plan::{self, Claims, PlanError, Probe, Selection};
use conformance::port::{Date, Hello, KnownClass, Observed, Port, Remarks, StartError};
use conformance::runner::{Budget, Manner, Runner};
use primitives::Limits;
use vectors::VectorFile;

pub use corpus::CorpusFile;

/// The shortest deadline: questions are cheap, and a hang must not cost more than it has to.
const FLOOR: Duration = Duration::from_secs(1);

/// Starts of the port beyond the first of each session: each question that ends it costs one or two.
const RESTARTS_MAX: u32 = 5_000;

/// How long after its time a campaign may still make small what it has found.
const GRACE: Duration = Duration::from_secs(5);

/// Bytes of open requests of one session.
const OPEN_BYTES_MAX: usize = 256 << 10;

/// What a campaign is to do.
pub struct Order<'a> {
    /// The vectors.
    pub files: &'a [VectorFile],
    /// Policies that the port's manifest adds to those of its hello.
    pub policies: &'a [String],
    /// Classes that are known.
    pub known: &'a [KnownClass],
    /// Today, for known issues that expire.
    pub today: Date,
    /// The seed.
    pub seed: u64,
    /// The last number, if the campaign ends by number.
    pub cases: Option<u64>,
    /// When it ends, by the clock.
    pub until: Option<Duration>,
    /// Processes of the port at the same time.
    pub jobs: usize,
    /// Envelopes to ask before anything is drawn.
    pub corpus: &'a [CorpusFile],
    /// What happens at the first fault.
    pub at_fault: AtFault,
    /// The time since the command began.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
}

/// What happens at the first fault of the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtFault {
    /// The campaign goes on.
    Continue,
    /// It ends with the batch.
    Stop,
}

/// Why a campaign ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Its time was over.
    Time,
    /// All its cases were asked.
    Cases,
    /// A fault was found, and one was enough.
    Fault,
    /// A signal came.
    Interrupted,
    /// The port cannot be asked any more.
    Exhausted {
        /// Why.
        why: String,
    },
}

/// What came out.
#[derive(Debug)]
pub struct Outcome {
    /// What the port says about itself.
    pub hello: Hello,
    /// The classes, in the order in which they were found, and what each means for the port.
    pub classes: Vec<(Class, Standing)>,
    /// Known issues in scope that no class was found for.
    pub unseen: Vec<String>,
    /// Known issues that have expired.
    pub expired: Vec<String>,
    /// The numbers.
    pub counts: Counts,
    /// The first question at which the reference itself failed.
    pub reference_failure: Option<Recipe>,
    /// Why it ended.
    pub ending: Ending,
    /// How often the port was started again.
    pub restarts: u32,
    /// What people should know of the port beside its answers.
    pub remarks: Remarks,
}

impl Outcome {
    /// Whether a class is a fault of the port that no known issue names.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        let exhausted = matches!(self.ending, Ending::Exhausted { .. });
        exhausted || self.classes.iter().any(|(_, standing)| *standing == Standing::Fault)
    }
}

/// Why there is no campaign.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// The port did not start.
    #[error("the port did not start")]
    Start(#[from] StartError),
    /// An earlier part of the campaign cannot be gone on with.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The vectors give no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The port's adapter is broken.
    #[error("{objection}")]
    Broken {
        /// What was wrong.
        objection: String,
    },
    /// No case of the vectors lies within the port's claims.
    #[error("the port claims no operation that a campaign can start from")]
    NothingToAsk,
}

/// What is told while a campaign goes on.
pub trait Listener {
    /// The port has started and passed its probes. Gives what an earlier part of the campaign left, if there was one.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when that cannot be gone on with.
    fn begins(&mut self, hello: &Hello) -> Result<Past, JournalError>;

    /// Questions were asked; called often.
    fn asked(&mut self, counts: &Counts, classes: &Classes);

    /// A class was found.
    fn found(&mut self, class: &Class, standing: Standing);

    /// A recipe was kept because of what it showed.
    fn kept(&mut self, batch: u64, sight: &str, recipe: &Recipe);

    /// A batch was asked to its end, and so many before it.
    fn batch_ends(&mut self, batches: u64, counts: &Counts, classes: &Classes);
}

/// A campaign as it goes on.
struct Campaign<'a, 'v, 'p> {
    order: &'a Order<'a>,
    ground: &'a Ground<'v>,
    runner: Runner<'p>,
    interrupt: &'a AtomicBool,
    listener: &'a mut dyn Listener,
    known: Vec<&'a KnownClass>,
    is_strict: bool,
    kept: Kept,
    classes: Classes,
    counts: Counts,
    /// The clock when this part of the campaign began, and what parts before it took.
    began: Duration,
    before: Duration,
    reference_failure: Option<Recipe>,
    ending: Option<Ending>,
}

/// Runs a campaign.
///
/// # Errors
///
/// [`CampaignError`] when the port does not start, fails its probes, or claims nothing; anything later is in the outcome.
pub fn run<'p>(
    port: &'p dyn Port,
    order: &Order<'_>,
    interrupt: &'p AtomicBool,
    listener: &mut dyn Listener,
) -> Result<Outcome, CampaignError> {
    let budget = Budget {
        jobs: order.jobs,
        floor: FLOOR,
        restarts: RESTARTS_MAX,
        open_bytes: OPEN_BYTES_MAX,
        ..Budget::default()
    };
    let (mut runner, hello) = Runner::start(port, budget, interrupt)?;
    probe(&mut runner, order, &hello)?;
    let ground = ground(order, &hello)?;
    let past = listener.begins(&hello)?;
    let is_strict = promises(order, &hello, "strict");
    let mut campaign = Campaign {
        order,
        ground: &ground,
        runner,
        interrupt,
        listener,
        known: in_scope(order.known, &hello, order.today),
        is_strict,
        kept: past.kept,
        classes: past.classes,
        before: Duration::from_millis(past.counts.elapsed_ms),
        counts: past.counts,
        began: (order.clock)(),
        reference_failure: None,
        ending: None,
    };
    if past.batches == 0 {
        campaign.ask_corpus();
    }
    campaign.conduct(past.batches);
    campaign.check_quarantine();
    Ok(campaign.finish(hello))
}

/// Asks what must be right before any verdict, and measures how fast the port derives keys.
fn probe(runner: &mut Runner<'_>, order: &Order<'_>, hello: &Hello) -> Result<(), CampaignError> {
    let claims = Claims { hello, policies: order.policies, flaky: &[] };
    let plan = plan::select(order.files, &Selection::default(), &claims)?;
    let steps: Vec<_> = plan.probes.iter().map(Probe::step).collect();
    let mut objection = None;
    runner.ask(&steps, Manner::OneByOne, &mut |seen| {
        let probe = &plan.probes[seen.step];
        if objection.is_none() {
            objection = probe.objection(&seen.observed).map(|words| format!("probe {words}"));
        }
        if objection.is_none() { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
    });
    if let Some(objection) = objection {
        return Err(CampaignError::Broken { objection });
    }
    runner.measure(hello, &plan.steps);
    Ok(())
}

fn ground<'v>(order: &Order<'v>, hello: &Hello) -> Result<Ground<'v>, CampaignError> {
    let mut policies = order.policies.to_vec();
    policies.extend(hello.policies.iter().cloned());
    let bases = Bases::new(order.files, hello, &policies);
    let ids = unchanged(&bases);
    if ids.is_empty() {
        return Err(CampaignError::NothingToAsk);
    }
    Ok(Ground {
        bases,
        ids,
        source: Source::new(order.seed),
        hello: hello.clone(),
        has_ceiling: promises(order, hello, "cost-ceiling"),
        limits: Limits::default(),
    })
}

fn promises(order: &Order<'_>, hello: &Hello, policy: &str) -> bool {
    order.policies.iter().chain(&hello.policies).any(|claimed| claimed == policy)
}

impl Campaign<'_, '_, '_> {
    /// Asks batch after batch, and draws the next one meanwhile.
    fn conduct(&mut self, first: u64) {
        let ground = self.ground;
        let mut at = first;
        let mut recipes: Arc<[Recipe]> = self.kept.for_batch(at).into();
        let mut batch = ground.draw(self.numbers(at), &recipes);
        while self.ending.is_none() {
            if batch.numbers.is_empty() {
                self.ending = Some(Ending::Cases);
                return;
            }
            // What the batch that is asked now shows counts from the one after the next.
            if self.kept.for_batch(at + 1).len() != recipes.len() {
                recipes = self.kept.for_batch(at + 1).into();
            }
            let (numbers, for_next, next) = (self.numbers(at + 1), Arc::clone(&recipes), OnceLock::new());
            std::thread::scope(|scope| {
                scope.spawn(|| next.set(ground.draw(numbers, &for_next)));
                self.ask_and_judge(at, &batch);
            });
            if self.ending.is_none() {
                self.end_batch(at, &batch);
            }
            // A panic while drawing has already come out of the scope.
            batch = next.into_inner().unwrap_or_default();
            at += 1;
        }
    }

    fn numbers(&self, batch: u64) -> std::ops::Range<u64> {
        let (whole, last) = (numbers(batch), self.order.cases.unwrap_or(u64::MAX));
        whole.start.min(last)..whole.end.min(last)
    }

    fn end_batch(&mut self, at: u64, batch: &Batch) {
        self.count_time();
        if batch.numbers == numbers(at) {
            self.listener.batch_ends(at + 1, &self.counts, &self.classes);
        }
        self.listener.asked(&self.counts, &self.classes);
        let found = self.order.at_fault == AtFault::Stop
            && self.classes.all().iter().any(|class| standing(class, self.is_strict, &self.known) == Standing::Fault);
        if found {
            self.ending = Some(Ending::Fault);
        } else if self.is_over() {
            self.ending = Some(self.over());
        }
    }

    fn count_time(&mut self) {
        let elapsed = self.before + (self.order.clock)().saturating_sub(self.began);
        self.counts.elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    }

    /// Whether a signal or the clock says that it is enough.
    fn is_over(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed) || self.order.until.is_some_and(|until| (self.order.clock)() >= until)
    }

    /// Whether it is too late even for what was found already.
    fn is_too_late(&self) -> bool {
        let hurried = matches!(self.ending, Some(Ending::Interrupted | Ending::Exhausted { .. }));
        hurried
            || self.interrupt.load(Ordering::Relaxed)
            || self.order.until.is_some_and(|until| (self.order.clock)() >= until + GRACE)
    }

    fn over(&self) -> Ending {
        if self.interrupt.load(Ordering::Relaxed) { Ending::Interrupted } else { Ending::Time }
    }

    /// Asks each class that ended the port once more: one that was an accident is told apart.
    fn check_quarantine(&mut self) {
        if self.interrupt.load(Ordering::Relaxed) || matches!(self.ending, Some(Ending::Exhausted { .. })) {
            return;
        }
        for at in 0..self.classes.all().len() {
            let class = &self.classes.all()[at];
            let (difference, first) = (class.difference, class.first().clone());
            if !difference.is_fatal() || first.file.is_some() {
                continue;
            }
            let Some(prepared) = self.ground.question(first.number, first.recipe) else { continue };
            let observed = self.ask_alone(&prepared);
            if !matches!(observed, Observed::NotRun { .. }) {
                self.classes.set_repeats(at, asking::differs_so(&prepared, &observed, difference));
            }
        }
    }

    fn finish(mut self, hello: Hello) -> Outcome {
        self.count_time();
        let judged = |class: &Class| (class.clone(), standing(class, self.is_strict, &self.known));
        let classes: Vec<_> = self.classes.all().iter().map(judged).collect();
        let is_seen = |issue: &&&KnownClass| classes.iter().any(|(class, _)| issue.class.matches(&class.name()));
        let name = |issue: &KnownClass| issue.class.as_str().to_owned();
        let unseen = self.known.iter().filter(|issue| !is_seen(issue)).map(|issue| name(issue)).collect();
        let today = self.order.today;
        let has_expired = |issue: &&KnownClass| issue.expires.is_some_and(|day| day < today);
        Outcome {
            hello,
            unseen,
            expired: self.order.known.iter().filter(has_expired).map(name).collect(),
            classes,
            counts: self.counts,
            reference_failure: self.reference_failure,
            ending: self.ending.unwrap_or(Ending::Cases),
            restarts: self.runner.restarts(),
            remarks: self.runner.finish(),
        }
    }
}
