//! A value changed on its way: what a list of mistakes cannot hold, because it has a parameter.
//!
//! In: a member of an operation's input or output, a [`Change`]. Out: the value as a port with that change takes it or gives
//! it out. Layer: `diagnosis`; pure.

use vectors::operation::{self, Member};
use vectors::{Fields, Kind};

pub use super::change::Change;
pub use super::spelling::{CodePage, Escape, Hash, Spelling, TextForm};

/// One member of one or more operations, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The operations: those that a port computes with one function.
    pub operations: &'static [&'static str],
    /// The member of their input or output.
    pub member: &'static str,
    /// What becomes of it.
    pub change: Change,
}

impl Edit {
    /// Whether the operation's members of this name are changed.
    #[must_use]
    pub fn concerns(&self, operation: &str) -> bool {
        self.operations.contains(&operation)
    }

    /// Whether it is about a number: a count, a cost or a length.
    #[must_use]
    pub fn is_of_numbers(&self) -> bool {
        let is_number = |member: &Member| member.name == self.member && member.kind == Kind::Integer;
        let inputs = self.operations.iter().filter_map(|name| operation::find(name)).flat_map(|found| found.input);
        inputs.into_iter().any(is_number)
    }

    /// The fields with the member changed; as they were where there is none, or where the change does not fit it. `given`
    /// is the request.
    #[must_use]
    pub fn apply(&self, fields: Fields, given: &Fields) -> Fields {
        let Some(value) = fields.value(self.member) else { return fields };
        if let Change::Swapped(other) = self.change {
            let (value, other_value) = (value.clone(), fields.value(other).cloned());
            return match other_value {
                Some(other_value) => fields.replacing(self.member, other_value).replacing(other, value),
                None => fields,
            };
        }
        match self.change.of(value, given) {
            Some(value) => fields.replacing(self.member, value),
            None => fields,
        }
    }

    /// What a port with this change does, as a sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("In {}, `{}` is {}", listed(self.operations), self.member, self.change.words())
    }

    /// A name in kebab case, made of its parts.
    #[must_use]
    pub fn name(&self) -> String {
        let family = self.operations.first().map_or("", |operation| operation.split('.').next().unwrap_or(operation));
        format!("{family}-{}-{}", self.member.replace('_', "-"), self.change.name())
    }
}

/// Names as a list in words.
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        Some(_) | None => quoted.concat(),
    }
}
