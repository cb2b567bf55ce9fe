//! The facts of every format, as data: which operations it has and what lies below them, where its envelope stands in
//! requests and answers, what is drawn for it, what it costs, and the members of its text ([`Layout`]).
//!
//! In: the name of an operation. Out: the facts. Each format's own folder tells them once; reference, command, diagnosis and
//! campaigns follow from them. The second reader (`oracle`) and the recipes (`xtask`) know the formats by themselves, so that an
//! error here shows there.

pub use crate::SYSTEMS;
pub use crate::description::*;

/// The facts of every format.
pub fn formats() -> impl Iterator<Item = &'static Facts> {
    SYSTEMS.iter().flat_map(|system| system.formats).copied()
}

/// The facts of the format that an operation seals or opens.
#[must_use]
pub fn of(operation: &str) -> Option<&'static Facts> {
    formats().find(|facts| facts.seal.name == operation || facts.open.name == operation)
}

/// The system that an operation belongs to; none for a primitive.
#[must_use]
pub fn system(operation: &str) -> Option<&'static System> {
    SYSTEMS.iter().copied().find(|system| system.operations().any(|known| known.name == operation))
}

/// The facts of an operation; none for a primitive.
#[must_use]
pub fn operation(name: &str) -> Option<&'static Operation> {
    SYSTEMS.iter().flat_map(|system| system.operations()).find(|operation| operation.name == name)
}

/// The operations that an operation stands on, the first step first.
#[must_use]
pub fn below(operation: &str) -> &'static [&'static str] {
    self::operation(operation).map_or(&[], |operation| operation.below)
}
