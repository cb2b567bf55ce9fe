//! Ports inside this process, the reference first of all. Layer: `port`.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::protocol::{RequestId, VERSION};
use super::{Afterwards, Event, Hello, Observed, Port, PortLimits, Remarks, Session, StartError};
use crate::registry;
use primitives::Limits;
use vectors::{Answer, Fields, Operation};

/// The policies that the reference follows beside `core`.
pub const POLICIES: &[&str] = &["strict", "cost-ceiling"];

/// An implementation inside this process.
pub trait InProcess: Sync {
    /// What it says about itself, with its claims.
    fn hello(&self) -> Hello;

    /// Its answer to one request.
    fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer;

    /// What people should know after a run, one line each.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The reference.
#[derive(Clone, Debug, Default)]
pub struct Reference {
    /// What untrusted input may ask of it.
    pub limits: Limits,
}

impl InProcess for Reference {
    fn hello(&self) -> Hello {
        Hello {
            protocol: VERSION,
            name_text: "sealproof-reference".to_owned(),
            version_text: env!("CARGO_PKG_VERSION").to_owned(),
            language_text: "Rust".to_owned(),
            runtime_text: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            libraries: BTreeMap::new(),
            operations: registry::computed().map(|name| (name.to_owned(), BTreeMap::new())).collect(),
            policies: POLICIES.iter().map(|policy| (*policy).to_owned()).collect(),
        }
    }

    fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer {
        registry::reference(operation, input, &self.limits)
    }
}

/// An implementation inside this process as a port.
pub struct LocalPort<'a> {
    implementation: &'a dyn InProcess,
}

impl<'a> LocalPort<'a> {
    /// The implementation as a port.
    #[must_use]
    pub fn new(implementation: &'a dyn InProcess) -> Self {
        Self { implementation }
    }
}

impl Port for LocalPort<'_> {
    fn start(&self, _interrupt: &AtomicBool) -> Result<(Box<dyn Session + '_>, Hello), StartError> {
        let session = LocalSession { implementation: self.implementation, asked: VecDeque::new() };
        Ok((Box::new(session), self.implementation.hello()))
    }

    fn limits(&self) -> PortLimits {
        PortLimits::default()
    }

    fn notes(&self) -> Vec<String> {
        self.implementation.notes()
    }
}

struct LocalSession<'a> {
    implementation: &'a dyn InProcess,
    asked: VecDeque<(RequestId, &'static Operation, Fields)>,
}

impl Session for LocalSession<'_> {
    fn window(&self) -> usize {
        1
    }

    fn submit(&mut self, id: RequestId, operation: &'static Operation, input: &Fields) {
        self.asked.push_back((id, operation, input.clone()));
    }

    fn wait(&mut self, _until: Instant, events: &mut Vec<Event>) {
        if let Some((id, operation, input)) = self.asked.pop_front() {
            let observed = Observed::Answer(answer_or_failure(self.implementation, operation, &input));
            events.push(Event::Observed { id, observed });
        }
    }

    fn abandon(&mut self) -> Afterwards {
        self.asked.clear();
        Afterwards::Usable
    }

    fn stderr(&self) -> String {
        String::new()
    }

    fn end(self: Box<Self>) -> Remarks {
        Remarks::default()
    }
}

/// The implementation's answer; a panic is a failure of that answer and of nothing else.
pub(super) fn answer_or_failure(
    implementation: &dyn InProcess,
    operation: &'static Operation,
    input: &Fields,
) -> Answer {
    // The canary of the probes is an operation that nobody implements.
    if vectors::operation::find(operation.name).is_none() {
        return Answer::Unsupported { detail: format!("unknown operation {}", operation.name) };
    }
    catch_unwind(AssertUnwindSafe(|| implementation.answer(operation, input))).unwrap_or_else(|panic| {
        let words =
            panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Answer::Failure { detail: format!("panicked: {}", words.unwrap_or("without a message")) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::operation::find;

    struct Fixed(fn() -> Answer);

    impl InProcess for Fixed {
        fn hello(&self) -> Hello {
            Hello { name_text: "fixed".to_owned(), ..Reference::default().hello() }
        }

        fn answer(&self, _: &'static Operation, _: &Fields) -> Answer {
            (self.0)()
        }
    }

    /// A bug in the reference must cost one answer and not the whole run.
    #[test]
    fn a_panic_is_a_failure() {
        let operation = find("sha512.digest").unwrap();
        let input = Fields::new().with_bytes("message", []);
        let answer = answer_or_failure(&Fixed(|| panic!("at the {}", "disco")), operation, &input);
        assert_eq!(answer, Answer::Failure { detail: "panicked: at the disco".to_owned() });
    }
}
