//! Known mistakes: what ports of these schemes really do wrong, as computations.
//!
//! In: a mistake and a request. Out: the answer that a port with this mistake gives. The same entry is a mutant that the
//! vectors must kill ([`kill`]) and a hypothesis about a failing port. The reference knows nothing of it: a mistake replaces
//! one part of a port that is otherwise the reference's own. Layer: above `verdict`; pure.

mod cause;
mod computed;
mod divergence;
mod drawn;
pub mod edit;
mod evidence;
mod grid;
pub mod hints;
mod hypothesis;
pub mod kill;
mod known;
mod lone;
pub mod mistakes;
pub mod models;
mod mutant;
mod parallel;
mod parts;
mod quiet;
mod search;
mod single;
mod sweep;

pub use cause::{Cause, Diagnosis, Proof};
pub use computed::{Computed, Primitives, Stop};
pub use divergence::{Divergence, Step};
pub use evidence::{Exhibit, Finding};
pub use hypothesis::Hypothesis;
pub use lone::{Lone, Opening, opens};
pub use mutant::{Derivations, Mutant};
pub use parts::Parts;
pub use search::{Watch, explain};
pub use single::{Match, matches};
pub use sweep::Swept;

/// A mistake that a port can make.
#[derive(Debug)]
pub struct Mistake {
    /// Its name, in kebab case, unique.
    pub name: &'static str,
    /// What the port does, in one sentence that its author understands.
    pub sentence: &'static str,
    /// The operations whose answers it changes; a test holds that each of them is changed somewhere.
    pub operations: &'static [&'static str],
    /// Public reports of this very mistake in real ports.
    pub links: &'static [&'static str],
    /// Puts the wrong part in the right one's place.
    pub wrong: fn(&mut Parts),
}

impl Mistake {
    /// The parts of a port that makes this mistake and no other.
    #[must_use]
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::default();
        (self.wrong)(&mut parts);
        parts
    }
}
