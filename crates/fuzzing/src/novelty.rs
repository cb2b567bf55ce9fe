//! What a question has shown that none before it did: the feedback of a campaign.
//!
//! In: the reference's answer, what was observed of the port, and how they part. Out: recipes worth going on from. A port
//! cannot be instrumented, but the reference's words of refusal name where in the text it stopped reading. Layer: `fuzzing`;
//! pure.

use std::collections::HashSet;

use super::difference::Comparison;
use super::recipe::{Question, Recipe};
use conformance::verdict::Observed;
use vectors::Answer;

/// Recipes that are kept; a campaign that has shown so many different things goes on from these.
pub const KEPT_MAX: usize = 4_096;

/// Characters of a sight that are remembered.
const SIGHT_CHARS_MAX: usize = 240;

/// The recipes that showed something new, each with the batch that it was asked in.
#[derive(Debug, Default)]
pub struct Kept {
    seen: HashSet<String>,
    recipes: Vec<Recipe>,
    batches: Vec<u64>,
}

impl Kept {
    /// The recipes that a batch is drawn with: those of all batches but the one before it, which is asked meanwhile.
    #[must_use]
    pub fn for_batch(&self, batch: u64) -> &[Recipe] {
        &self.recipes[..self.batches.partition_point(|known| known + 2 <= batch)]
    }

    /// Keeps the recipe if its sight is new and there is room; whether it was kept.
    pub fn offer(&mut self, sight: String, recipe: &Recipe, batch: u64) -> bool {
        if self.recipes.len() >= KEPT_MAX || !self.seen.insert(sight) {
            return false;
        }
        self.recipes.push(recipe.clone());
        self.batches.push(batch);
        true
    }

    /// How many are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.recipes.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recipes.is_empty()
    }
}

/// What one question showed: operation, the reference's reason and the place where it stopped, the port's outcome, and how
/// they part.
#[must_use]
pub fn sight(question: &Question, reference: &Answer, observed: &Observed, comparison: Comparison) -> String {
    let mut sight = format!("{} {}", question.operation.name, outcome(reference));
    if let Answer::Reject { detail, .. } = reference {
        sight.push(' ');
        push_parse_path(&mut sight, detail);
    }
    sight.push_str(" | ");
    sight.push_str(match observed {
        Observed::Answer(answer) => outcome(answer),
        Observed::Died { .. } => "died",
        Observed::TimedOut { .. } => "timed-out",
        Observed::Garbled { .. } => "garbled",
        Observed::Nondeterministic { .. } => "nondeterministic",
        Observed::NotRun { .. } => "not-run",
    });
    if let Comparison::Differs(difference) = comparison {
        sight.push(' ');
        sight.push_str(difference.as_str());
    }
    sight
}

fn outcome(answer: &Answer) -> &'static str {
    match answer {
        Answer::Output(_) => "output",
        Answer::Reject { reason, .. } => reason.as_str(),
        Answer::Unsupported { .. } => "unsupported",
        Answer::Failure { .. } => "failure",
    }
}

/// The rule by which the reference refuses, in its words without what differs with every input; empty when it does not.
#[must_use]
pub fn rule(reference: &Answer) -> String {
    let mut rule = String::new();
    if let Answer::Reject { detail, .. } = reference {
        push_parse_path(&mut rule, detail);
    }
    rule
}

/// The words of a refusal without its digits and quoted parts, which differ with every input.
fn push_parse_path(sight: &mut String, detail: &str) {
    let mut quote = None;
    for c in detail.chars().take(SIGHT_CHARS_MAX) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, c) if c.is_ascii_digit() => {}
            (None, c) => sight.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(detail: &str) -> String {
        let mut path = String::new();
        push_parse_path(&mut path, detail);
        path
    }

    /// Numbers and quoted input would make every question a new sight, and feedback a random choice.
    #[test]
    fn the_place_is_kept_and_the_input_is_not() {
        assert_eq!(path("record: expected `salt`, found \"x9\" at 17"), path("record: expected `iv`, found \"\" at 3"));
        assert_ne!(path("record: trailing characters"), path("record: expected value"));
        assert!(path(&"a".repeat(10_000)).len() <= SIGHT_CHARS_MAX);
    }

    /// A batch is drawn while the one before it is asked: what that one shows must not matter, or timing would.
    #[test]
    fn a_batch_is_drawn_with_what_was_kept_two_batches_before() {
        let mut kept = Kept::default();
        let recipe = |base: &str| Recipe { base: base.to_owned(), changes: Vec::new() };
        assert!(kept.offer("a".to_owned(), &recipe("a"), 0));
        assert!(!kept.offer("a".to_owned(), &recipe("b"), 1));
        assert!(kept.offer("b".to_owned(), &recipe("b"), 1));
        assert!(kept.for_batch(0).is_empty() && kept.for_batch(1).is_empty());
        assert_eq!(kept.for_batch(2), [recipe("a")]);
        assert_eq!(kept.for_batch(3).len(), 2);
    }
}
