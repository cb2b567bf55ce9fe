//! A port made of parts: the reference, but for the parts that a mistake has replaced.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Mutex;

use zeroize::Zeroizing;

use super::edit::Edit;
use super::models::argon2::Costs;
use super::models::envelope::Envelope;
use super::{Computed, Parts, Primitives, Stop};
use conformance::port::Observed;
use conformance::registry;
use primitives::Limits;
use primitives::hash::sha512;
use vectors::operation::Member;
use vectors::{Answer, Fields, Operation, operation};

/// Key derivations that were made before, by operation and input. They are most of the time that a port takes, and few of
/// them differ.
#[derive(Default)]
pub struct Derivations(Mutex<HashMap<Vec<u8>, Computed<Fields>>>);

impl Derivations {
    /// The reference's answer, computed once.
    fn of_reference(&self, operation: &'static Operation, input: &Fields, limits: &Limits) -> Computed<Fields> {
        let question = question(operation, input);
        if let Some(known) = self.lock().get(&question) {
            return known.clone();
        }
        let computed = reference(operation, input, limits);
        self.lock().insert(question, computed.clone());
        computed
    }

    fn known(&self, question: &[u8]) -> Option<Fields> {
        self.lock().get(question).and_then(|known| known.clone().ok())
    }

    /// What the reference opens, out of derivations that were made before: a port without any mistake.
    #[must_use]
    pub fn opened(&self, operation: &'static Operation, input: &Fields) -> Answer {
        match Mutant::new(Parts::default(), self).compute(operation, input) {
            Ok(output) => Answer::Output(output),
            Err(Stop::Refuse(reason)) => Answer::Reject { reason, detail: String::new() },
            Err(Stop::Hang | Stop::Crash) => Answer::Failure { detail: String::new() },
        }
    }

    /// Takes in a derivation that was made elsewhere.
    pub(super) fn learn(&self, operation: &'static Operation, input: &Fields, output: Fields) {
        self.lock().entry(question(operation, input)).or_insert(Ok(output));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Vec<u8>, Computed<Fields>>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A port with a mistake, or with none.
pub struct Mutant<'d> {
    parts: Parts,
    edits: Vec<Edit>,
    /// The operations in which alone it is wrong; in all without any.
    within: Option<&'static [&'static str]>,
    /// The operation that it was asked for.
    asked: Cell<Option<&'static str>>,
    limits: Limits,
    shared: &'d Derivations,
    own: RefCell<HashMap<Vec<u8>, Computed<Fields>>>,
    /// Whether its derivations come out right in small.
    small: RefCell<HashMap<Vec<u8>, bool>>,
    drawn: Cell<u64>,
    /// What its stream gives for these members, in place of what nobody can foretell.
    handed: RefCell<Vec<(&'static str, Vec<u8>)>>,
    sketches: Cell<bool>,
    sketched: Cell<u64>,
}

impl<'d> Mutant<'d> {
    /// A port of these parts; the derivations of its right parts are shared with others.
    #[must_use]
    pub fn new(parts: Parts, shared: &'d Derivations) -> Self {
        Self {
            parts,
            edits: Vec::new(),
            within: None,
            asked: Cell::new(None),
            limits: Limits::default(),
            shared,
            own: RefCell::default(),
            small: RefCell::default(),
            drawn: Cell::new(0),
            handed: RefCell::default(),
            sketches: Cell::new(false),
            sketched: Cell::new(0),
        }
    }

    /// The same port, which changes these values on their way.
    #[must_use]
    pub fn with_edits(self, edits: Vec<Edit>) -> Self {
        Self { edits, ..self }
    }

    /// The same port, wrong in these operations alone.
    #[must_use]
    pub fn within(self, within: Option<&'static [&'static str]>) -> Self {
        Self { within, ..self }
    }

    /// Whether it is wrong in what it was asked for.
    fn is_wrong_here(&self) -> bool {
        self.within.is_none_or(|within| self.asked.get().is_some_and(|asked| within.contains(&asked)))
    }

    /// What a runner would see of this port.
    #[must_use]
    pub fn observed(&self, operation: &'static Operation, input: &Fields) -> Observed {
        match self.compute(operation, input) {
            Ok(output) => Observed::Answer(Answer::Output(output)),
            Err(Stop::Refuse(reason)) => Observed::Answer(Answer::Reject { reason, detail: String::new() }),
            Err(Stop::Hang) => Observed::TimedOut { after_ms: 0 },
            Err(Stop::Crash) => Observed::Died { how: "a mistake that crashes".to_owned(), stderr: String::new() },
        }
    }

    /// The output of an operation, or why there is none.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn compute(&self, operation: &'static Operation, input: &Fields) -> Computed<Fields> {
        self.asked.set(Some(operation.name));
        if Envelope::composes(operation) {
            let envelope = self.parts.envelope.filter(|_| self.is_wrong_here()).unwrap_or(Envelope::RIGHT);
            return self.edited(operation, input, &|input| envelope.compute(self, operation, input));
        }
        self.primitive(operation.name, input)
    }

    /// The output of a computation, with the edits of its operation on both sides of it.
    fn edited(
        &self,
        operation: &'static Operation,
        input: &Fields,
        compute: &dyn Fn(&Fields) -> Computed<Fields>,
    ) -> Computed<Fields> {
        let is_made = |edit: &&Edit| self.is_wrong_here() && edit.concerns(operation.name);
        let concerned: Vec<_> = self.edits.iter().filter(is_made).collect();
        if concerned.is_empty() {
            return compute(input);
        }
        let on = |members: &'static [Member], fields: Fields| {
            let here = |edit: &&&Edit| members.iter().any(|member| member.name == edit.member);
            concerned.iter().filter(here).fold(fields, |fields, edit| edit.apply(fields, input))
        };
        Ok(on(operation.output, compute(&on(operation.input, input.clone()))?))
    }

    fn part(&self, operation: &'static Operation, input: &Fields) -> Computed<Fields> {
        let wrong = || self.parts.primitive(operation.name, input).filter(|_| self.is_wrong_here());
        if operation.verb() != "derive" {
            return wrong().unwrap_or_else(|| reference(operation, input, &self.limits));
        }
        let question = question(operation, input);
        if !self.is_wrong_here() && !self.sketches.get() {
            return self.shared.of_reference(operation, input, &self.limits);
        }
        if let Some(known) = self.own.borrow().get(&question) {
            return known.clone();
        }
        if self.sketches.get()
            && let Some(known) = self.shared.known(&question)
            && self.is_right_in_small(operation, input, &question)
        {
            return Ok(known);
        }
        if self.sketches.get() {
            let units = registry::work(operation, input).map_or(0, |work| work.units);
            self.sketched.set(self.sketched.get().saturating_add(units));
            return Ok(sketched(&question, input));
        }
        match wrong() {
            Some(wrong) => self.own.borrow_mut().entry(question).or_insert(wrong).clone(),
            None => self.shared.of_reference(operation, input, &self.limits),
        }
    }

    /// The parts that this port is made of.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Runs this port with derivations that nobody has made before only sketched: bytes that are others than the right ones,
    /// at no cost. It tells which answers are wrong, and not what they are; beside it the work that was spared.
    pub(super) fn sketch<T>(&self, run: impl FnOnce(&Self) -> T) -> (T, u64) {
        self.sketches.set(true);
        self.sketched.set(0);
        let result = run(self);
        self.sketches.set(false);
        (result, self.sketched.get())
    }

    /// Whether a derivation comes out right, as far as a small one by the port's own function tells.
    fn is_right_in_small(&self, operation: &Operation, input: &Fields, question: &[u8]) -> bool {
        let is_right = || match (operation.family(), &self.parts.pbkdf2, &self.parts.argon2) {
            ("pbkdf2-hmac-sha512", Some(pbkdf2), _) => pbkdf2.is_right_in_small(input),
            ("argon2i" | "argon2id", _, Some(argon2)) => argon2.is_right_in_small(operation.name, input),
            (_, _, _) => true,
        };
        *self.small.borrow_mut().entry(question.to_vec()).or_insert_with(is_right)
    }

    /// Whether it answers a derivation without one, since it cannot have the memory.
    pub(super) fn is_instant(&self, operation: &Operation, input: &Fields) -> bool {
        let is_argon2 = ["argon2i.derive", "argon2id.derive"].contains(&operation.name);
        is_argon2 && self.parts.argon2.is_some_and(|argon2| !(argon2.allocates)(Costs::of(input)))
    }

    /// The derivations that it shares with others.
    #[must_use]
    pub fn derivations(&self) -> &'d Derivations {
        self.shared
    }

    /// Runs this port with a stream that gives these values for these members.
    pub(super) fn handed<T>(&self, values: Vec<(&'static str, Vec<u8>)>, run: impl FnOnce(&Self) -> T) -> T {
        *self.handed.borrow_mut() = values;
        let result = run(self);
        self.handed.borrow_mut().clear();
        result
    }
}

impl Primitives for Mutant<'_> {
    /// The output of a primitive: the wrong part's, or the reference's.
    fn primitive(&self, name: &'static str, input: &Fields) -> Computed<Fields> {
        let operation = operation::find(name).unwrap_or_else(|| panic!("no operation is called {name}"));
        self.edited(operation, input, &|input| self.part(operation, input))
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn stream(&self, member: &str, length: usize) -> Vec<u8> {
        let handed = self.handed.borrow().iter().find(|(name, _)| *name == member).map(|(_, value)| value.clone());
        handed.unwrap_or_else(|| sha512(&self.draw().to_be_bytes())[..length].to_vec())
    }

    fn draw(&self) -> u64 {
        self.drawn.set(self.drawn.get() + 1);
        self.drawn.get()
    }
}

fn reference(operation: &'static Operation, input: &Fields, limits: &Limits) -> Computed<Fields> {
    match registry::reference(operation, input, limits) {
        Answer::Output(output) => Ok(output),
        Answer::Reject { reason, .. } => Err(Stop::Refuse(reason)),
        Answer::Unsupported { .. } | Answer::Failure { .. } => Err(Stop::Crash),
    }
}

/// Bytes in place of a derived key, of its length, that follow from the question.
fn sketched(question: &[u8], input: &Fields) -> Fields {
    let length = usize::try_from(input.integer("length").min(1_024)).unwrap_or_default();
    Fields::new().with_bytes("key", sha512(question).into_iter().cycle().take(length).collect::<Vec<_>>())
}

/// The digest of an operation and its input, each member told apart from the next: no password stays here.
fn question(operation: &'static Operation, input: &Fields) -> Vec<u8> {
    sha512(Zeroizing::new(format!("{}{input:?}", operation.name)).as_bytes()).to_vec()
}
