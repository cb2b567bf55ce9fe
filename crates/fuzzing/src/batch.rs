//! The questions of one stretch of numbers, with the reference's answers to them.
//!
//! In: a seed, numbers, the recipes kept so far. Out: a [`Batch`]. Nothing here depends on a port's speed, so a batch is
//! drawn on one thread while the one before it is asked on another. Layer: `fuzzing`; pure.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::bases::Bases;
use super::recipe::{Question, Recipe};
use super::source::Source;
use conformance::port::Hello;
use conformance::registry::{self, Work};
use primitives::Limits;
use vectors::{Answer, Fields, Reason, Value};

/// Numbers of one batch, but for the first few.
pub const BATCH_SIZE: u64 = 4_096;

/// Numbers of the first batch: a slow port shows what is wrong with it soon.
const FIRST_BATCH_SIZE: u64 = 256;

/// Cases of each operation that are asked as they stand.
const UNCHANGED_EACH: usize = 4;

/// Microseconds that such a case costs at the most, unless it is the operation's cheapest.
const UNCHANGED_US_MAX: u64 = 500;

/// Units of key derivation that one question may ask for: one Argon2i of 3 passes over 8 MiB is just below it.
const QUESTION_UNITS_MAX: u64 = 25_000;

/// Units of key derivation of one batch beyond its first such question, about 50 ms on the reference.
const BATCH_UNITS_MAX: u64 = 50_000;

/// Bytes of one question's input.
const QUESTION_BYTES_MAX: usize = 256 << 10;

/// Bytes of one batch's inputs.
const BATCH_BYTES_MAX: usize = 32 << 20;

/// What questions are drawn from: the same for the whole campaign.
pub struct Ground<'v> {
    /// The cases to start from.
    pub bases: Bases<'v>,
    /// The ids of those that are asked as they stand, first.
    pub ids: Vec<String>,
    /// The seed's recipes.
    pub source: Source,
    /// The port's claims.
    pub hello: Hello,
    /// Whether the port promises to refuse absurd cost before the work.
    pub has_ceiling: bool,
    /// The reference's ceilings.
    pub limits: Limits,
}

/// One question, ready to be asked.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The number that it was drawn under.
    pub number: u64,
    /// Its recipe.
    pub recipe: Recipe,
    /// What kinds of change the recipe makes and where.
    pub family: Vec<String>,
    /// The question.
    pub question: Question,
    /// The reference's answer.
    pub reference: Answer,
    /// The key derivation that a deadline must allow for.
    pub work: Option<Work>,
    /// The file of a corpus that holds its envelope, when it was not drawn.
    pub file: Option<String>,
}

/// The questions of a stretch of numbers.
#[derive(Debug, Default)]
pub struct Batch {
    /// The numbers that they were drawn from.
    pub numbers: Range<u64>,
    /// The questions, by number.
    pub questions: Vec<Prepared>,
}

/// The numbers of a batch: 256, 256, 512, 1,024, 2,048, and from there on 4,096 each.
#[must_use]
pub fn numbers(batch: u64) -> Range<u64> {
    let start = |batch: u64| match batch {
        0 => 0,
        1..=5 => FIRST_BATCH_SIZE << (batch - 1),
        _ => BATCH_SIZE.saturating_mul(batch - 4),
    };
    start(batch)..start(batch + 1)
}

/// The cases to ask as they stand: a few cheap ones of each operation.
#[must_use]
pub fn unchanged(bases: &Bases<'_>) -> Vec<String> {
    let mut chosen: Vec<(String, &'static str)> = Vec::new();
    for id in bases.ids() {
        let recipe = Recipe { base: id, changes: Vec::new() };
        let (Some(question), Some(cost_us)) = (bases.question(&recipe), bases.cost_us(&recipe)) else { continue };
        let name = question.operation.name;
        let known = chosen.iter().filter(|(_, operation)| *operation == name).count();
        if known == 0 || (known < UNCHANGED_EACH && cost_us <= UNCHANGED_US_MAX) {
            chosen.push((recipe.base, name));
        }
    }
    chosen.into_iter().map(|(id, _)| id).collect()
}

impl Ground<'_> {
    /// Draws a batch. The first numbers of a campaign are its cases as they stand.
    #[must_use]
    pub fn draw(&self, numbers: Range<u64>, kept: &[Recipe]) -> Batch {
        let (mut units, mut bytes) = (0_u64, 0_usize);
        let mut batch = Batch { numbers: numbers.clone(), questions: Vec::new() };
        for number in numbers {
            let recipe = self.recipe(number, kept);
            let Some(prepared) = self.prepare(number, recipe) else { continue };
            let cost = prepared.work.map_or(0, |work| work.units);
            let length = input_bytes(&prepared.question.input);
            if (units > 0 && units.saturating_add(cost) > BATCH_UNITS_MAX) || bytes + length > BATCH_BYTES_MAX {
                continue;
            }
            (units, bytes) = (units + cost, bytes + length);
            batch.questions.extend(self.answered(prepared));
        }
        batch
    }

    /// The recipe of a number.
    #[must_use]
    pub fn recipe(&self, number: u64, kept: &[Recipe]) -> Recipe {
        match usize::try_from(number).ok().and_then(|at| self.ids.get(at)) {
            Some(id) => Recipe { base: id.clone(), changes: Vec::new() },
            None => self.source.recipe(number, &self.bases, kept),
        }
    }

    /// The question of a recipe with the reference's answer, if it can be asked alone.
    #[must_use]
    pub fn question(&self, number: u64, recipe: Recipe) -> Option<Prepared> {
        self.prepare(number, recipe).and_then(|prepared| self.answered(prepared))
    }

    /// The same with the reference's answer, unless no answer is right.
    #[must_use]
    pub fn answered(&self, prepared: Prepared) -> Option<Prepared> {
        let reference = self.answer(&prepared.question);
        (!is_open(&prepared.question, &reference)).then_some(Prepared { reference, ..prepared })
    }

    /// The question of a recipe, within the port's claims and what one question may cost, without its answer yet.
    fn prepare(&self, number: u64, recipe: Recipe) -> Option<Prepared> {
        let question = self.bases.question(&recipe)?;
        self.ready(number, recipe, question)
    }

    /// The same of a question whose envelope comes from elsewhere.
    #[must_use]
    pub fn ready(&self, number: u64, recipe: Recipe, question: Question) -> Option<Prepared> {
        let fits = self.hello.claims(question.operation, &question.input)
            && input_bytes(&question.input) <= QUESTION_BYTES_MAX;
        let work = registry::work(question.operation, &question.input);
        let work = if work.is_some_and(|work| work.units > QUESTION_UNITS_MAX) {
            // Absurd cost is a question for ports that say they refuse it, and then at once.
            if !self.has_ceiling || !refuses_the_cost(&self.answer(&question)) {
                return None;
            }
            None
        } else {
            work
        };
        let reference = Answer::Unsupported { detail: String::new() };
        let family = recipe.family();
        fits.then_some(Prepared { number, recipe, family, question, reference, work, file: None })
    }

    /// The reference's answer; a panic of the reference is a failure of that answer and of nothing else.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Answer {
        catch_unwind(AssertUnwindSafe(|| registry::reference(question.operation, &question.input, &self.limits)))
            .unwrap_or_else(|_| Answer::Failure { detail: "the reference panicked".to_owned() })
    }
}

/// Whether the formats leave open what is right: the clients seal and open text, so bytes that are not UTF-8 come out of each
/// library in another way, or not at all (docs/formats.md).
fn is_open(question: &Question, reference: &Answer) -> bool {
    if registry::document_member(question.operation).is_none() {
        return false;
    }
    let not_text = |fields: &Fields| {
        fields.optional_bytes("plaintext").is_some_and(|plaintext| std::str::from_utf8(plaintext).is_err())
    };
    let sealed = question.plaintext.as_ref().is_some_and(not_text);
    not_text(&question.input) || sealed || matches!(reference, Answer::Output(output) if not_text(output))
}

fn refuses_the_cost(answer: &Answer) -> bool {
    matches!(answer, Answer::Reject { reason: Reason::TooCostly, .. })
}

fn input_bytes(input: &Fields) -> usize {
    let length = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.len(),
        Value::Text(text) => text.len(),
        Value::Integer(_) | Value::Flag(_) => 8,
        Value::BytesList(list) => list.iter().map(|bytes| bytes.len() + 8).sum(),
        Value::IntegerList(list) => 8 * list.len(),
    };
    input.iter().map(|(_, value)| length(value)).sum()
}
