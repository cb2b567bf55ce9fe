//! A port as a meter, from outside: through the session that every run uses. Layer: `calibration`; reads clocks and `/proc`.
//!
//! The wall's time is from the request to its answer, so what the way through the pipes costs is in the part that does not
//! depend on the cost. The processor's time is that of all threads of the port's process, where the system tells it.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::local::{KEY_BYTES, Kdf, PASSWORD, reference_key};
use super::machine::Machine;
use super::{Load, Meter, MeterError, Sample, Scale};
use conformance::port::{Constraint, Event, Hello, Observed, RequestId, Session};
use vectors::operation::{CALIBRATE, find};
use vectors::{Answer, Fields, Operation};

/// Salts that ports take: sixteen bytes, or what some formats insist on.
const SALT_LENGTHS: [usize; 3] = [16, 32, 8];

/// Keys of costs up to this are held against the reference's at once; of larger ones the last alone, afterwards.
const COMPARED_AT_ONCE: Duration = Duration::from_millis(20);

/// What a port answers within, beside the time of the work.
const ALLOWANCE: Duration = Duration::from_secs(10);

/// Why a port cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnfitError {
    /// It does not derive keys by themselves.
    #[error("it claims no `{0}.derive` for keys of 32 bytes")]
    ClaimsNoDerivation(&'static str),
}

/// A started port that derives keys.
pub struct ExternalMeter<'s> {
    session: Box<dyn Session + 's>,
    operation: &'static Operation,
    kdf: Kdf,
    salt: Vec<u8>,
    within: Duration,
    interrupt: &'s AtomicBool,
    began: Instant,
    machine: Machine,
    worked: Duration,
    asked: u64,
    last: Option<(u64, Vec<u8>)>,
}

impl<'s> ExternalMeter<'s> {
    /// A meter of a port that was just started. `target` is what the work is to take; an answer is waited for somewhat longer.
    ///
    /// # Errors
    ///
    /// [`UnfitError`] where the port does not claim the derivation.
    pub fn new(
        session: Box<dyn Session + 's>,
        hello: &Hello,
        kdf: Kdf,
        target: Duration,
        interrupt: &'s AtomicBool,
    ) -> Result<Self, UnfitError> {
        let unfit = UnfitError::ClaimsNoDerivation(kdf.name());
        let operation = find(&format!("{}.derive", kdf.name())).ok_or(unfit)?;
        let salt = SALT_LENGTHS.into_iter().map(|length| vec![0xca; length]);
        let salt = salt.clone().find(|salt| claims_any(hello, operation, kdf, salt)).ok_or(unfit)?;
        Ok(Self {
            session,
            operation,
            kdf,
            salt,
            within: 4 * target + ALLOWANCE,
            interrupt,
            began: Instant::now(),
            machine: Machine::look(),
            worked: Duration::ZERO,
            asked: 0,
            last: None,
        })
    }

    /// The costs that the port claims to take.
    #[must_use]
    pub fn scale(hello: &Hello, kdf: Kdf, memory_mib_max: u32) -> Scale {
        let scale = kdf.scale(memory_mib_max);
        let (member, unit) = match kdf {
            Kdf::Pbkdf2HmacSha512 => ("iterations", 1),
            Kdf::Argon2Passes { .. } => ("passes", 1),
            Kdf::Argon2Memory { .. } => ("memory_kib", 1024),
        };
        let claims = hello.operations.get(&format!("{}.derive", kdf.name())).and_then(|claims| claims.get(member));
        match claims {
            Some(Constraint::Range(range)) => Scale {
                least: range.min.map_or(scale.least, |min| min.div_ceil(unit).max(scale.least)),
                most: range.max.map_or(scale.most, |max| (max / unit).min(scale.most)),
                ..scale
            },
            Some(_) | None => scale,
        }
    }

    /// Whether the key of the last large cost is the reference's; a port that leaves out the work is fast.
    ///
    /// # Errors
    ///
    /// [`MeterError::Wrong`] where it is another.
    pub fn confirm(&self) -> Result<(), MeterError> {
        match &self.last {
            Some((cost, key)) => self.compare(*cost, key),
            None => Ok(()),
        }
    }

    /// Asks the port for the number of iterations that it would choose itself, and how long it says they take.
    ///
    /// # Errors
    ///
    /// [`MeterError`] where it does not answer, or not with a number.
    pub fn calibrate(&mut self, target_ms: u64, within: Duration) -> Result<(u64, u64), MeterError> {
        let output = self.ask(&CALIBRATE, &Fields::new().with_integer("target_ms", target_ms), target_ms, within)?;
        Ok((output.integer("iterations"), output.integer("elapsed_ms")))
    }

    fn compare(&self, cost: u64, key: &[u8]) -> Result<(), MeterError> {
        match reference_key(self.kdf, cost, &self.salt) {
            Ok(wanted) if *wanted == key => Ok(()),
            Ok(_) => Err(MeterError::Wrong { cost }),
            Err(error) => Err(MeterError::NotDone { cost, why: format!("the reference: {error}") }),
        }
    }

    /// One request and its answer's output.
    fn ask(
        &mut self,
        operation: &'static Operation,
        input: &Fields,
        cost: u64,
        within: Duration,
    ) -> Result<Fields, MeterError> {
        self.asked += 1;
        let id = RequestId(self.asked);
        let until = Instant::now() + within;
        self.session.submit(id, operation, input);
        let mut events = Vec::new();
        loop {
            self.session.wait(until, &mut events);
            for event in events.drain(..) {
                match event {
                    Event::Observed { id: answered, observed } if answered == id => return output(observed, cost),
                    Event::Observed { .. } => {}
                    Event::Ended(end) => {
                        return Err(MeterError::NotDone { cost, why: format!("the port {end}") });
                    }
                }
            }
            if self.interrupt.load(Ordering::Relaxed) {
                return Err(MeterError::NotDone { cost, why: "interrupted".to_owned() });
            }
            if Instant::now() >= until {
                self.session.abandon();
                return Err(MeterError::Silent { cost, within });
            }
        }
    }
}

impl Meter for ExternalMeter<'_> {
    fn now(&mut self) -> Duration {
        self.began.elapsed()
    }

    fn pause(&mut self, time: Duration) {
        std::thread::sleep(time);
    }

    fn probe(&mut self, cost: u64) -> Result<Sample, MeterError> {
        let (operation, within) = (self.operation, self.within);
        let input = request(operation, self.kdf, cost, &self.salt);
        let process = self.session.process();
        let before = process.and_then(|number| work_of(number, 0));
        let sent = self.began.elapsed();
        let output = self.ask(operation, &input, cost, within)?;
        let wall = self.began.elapsed().checked_sub(sent).ok_or(MeterError::WentBack)?;
        let after = process.and_then(|number| work_of(number, 0));
        let cpu = before.zip(after).map(|(before, after)| after.saturating_sub(before));
        self.worked += cpu.unwrap_or(wall);
        let key = output.bytes("key").to_vec();
        if wall <= COMPARED_AT_ONCE {
            self.compare(cost, &key)?;
        } else if self.last.as_ref().is_none_or(|(largest, _)| cost >= *largest) {
            self.last = Some((cost, key));
        }
        Ok(Sample { wall, cpu })
    }

    fn load(&mut self) -> Load {
        self.machine.since(self.worked)
    }
}

fn output(observed: Observed, cost: u64) -> Result<Fields, MeterError> {
    let why = match observed {
        Observed::Answer(Answer::Output(fields)) => return Ok(fields),
        Observed::Answer(Answer::Reject { reason, detail }) => format!("refused as {}: {detail}", reason.as_str()),
        Observed::Answer(Answer::Unsupported { detail }) => format!("unsupported: {detail}"),
        Observed::Answer(Answer::Failure { detail }) => format!("the adapter failed: {detail}"),
        Observed::Died { how, .. } => format!("the port {how}"),
        Observed::TimedOut { after_ms } => format!("no answer within {after_ms} ms"),
        Observed::Garbled { what } => format!("the answer does not fit the protocol: {what}"),
        Observed::Nondeterministic { what } => what,
        Observed::NotRun { why } => why,
    };
    Err(MeterError::NotDone { cost, why })
}

fn request(operation: &'static Operation, kdf: Kdf, cost: u64, salt: &[u8]) -> Fields {
    let fields =
        Fields::new().with_bytes("password", PASSWORD).with_bytes("salt", salt).with_integer("length", KEY_BYTES);
    let fields = match kdf.argon2_costs(cost) {
        None => fields.with_integer("iterations", cost),
        Some((_, passes, memory_kib)) => {
            fields.with_integer("passes", passes).with_integer("memory_kib", memory_kib).with_integer("lanes", 1)
        }
    };
    Fields::pick(operation.input, &[&fields])
}

/// Whether the port claims the derivation with this salt at any cost that is likely to be asked for.
fn claims_any(hello: &Hello, operation: &'static Operation, kdf: Kdf, salt: &[u8]) -> bool {
    let costs = [1, 3, 64, 1_000, 4_096, 10_000];
    costs.into_iter().any(|cost| hello.claims(operation, &request(operation, kdf, cost, salt)))
}

/// Time of the processor that a process and what it started have used, of threads that live; `None` where the system does not
/// tell it to the nanosecond.
fn work_of(process: u32, depth: u32) -> Option<Duration> {
    const CHILDREN_MAX: usize = 64;
    const DEPTH_MAX: u32 = 4;
    let mut nanoseconds = 0;
    for task in fs::read_dir(format!("/proc/{process}/task")).ok()? {
        let text = fs::read_to_string(task.ok()?.path().join("schedstat")).unwrap_or_default();
        nanoseconds += text.split(' ').next().and_then(|first| first.parse::<u64>().ok()).unwrap_or(0);
    }
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let numbers = children.split_whitespace().take(CHILDREN_MAX).filter(|_| depth < DEPTH_MAX);
    let below: Duration = numbers.filter_map(|n| work_of(n.parse().ok()?, depth + 1)).sum();
    let own = Duration::from_nanos(nanoseconds) + below;
    (own > Duration::ZERO).then_some(own)
}
