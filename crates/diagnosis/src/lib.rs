//! From a wrong answer to the mistake that gives it.
//!
//! In: what a port answered wrongly, or one envelope. Out: known mistakes whose computation gives just that, each with its proof and its fix.
//! A mistake is one part of a port replaced by a wrong one; the same entry is a mutant that the vectors must kill ([`kill`]) and a guess about a
//! failing port. The reference knows nothing of it, and a verdict never depends on it.
//!
//! Start with [`Mistake`] and the catalogue [`mistakes`], one file a chapter. Then:
//!
//! - [`models`]: right computations in small steps, whose steps mistakes replace; [`Parts`] is a port made of them, [`Mutant`] the port;
//! - [`explain`]: which guesses explain a run; [`matches`](fn@matches): which mistake gives one answer; [`opens`]: which one sealed an envelope;
//! - [`hints`]: how a mistake comes about on a platform, and its fix there.

mod arrangement;
mod cause;
mod change;
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
mod look;
pub mod mistakes;
pub mod models;
mod mutant;
mod parallel;
mod parts;
mod quiet;
mod relation;
mod search;
mod shape;
mod single;
mod spelling;
mod sweep;
mod written;

pub use cause::{Cause, Diagnosis, Proof};
pub use computed::{Computed, Primitives, Stop};
pub use divergence::{Divergence, Step};
pub use evidence::{Exhibit, Finding};
pub use hypothesis::Hypothesis;
pub use lone::{Lone, Opening, opens};
pub use mutant::{Derivations, Mutant};
pub use parts::Parts;
pub use search::{Watch, explain};
pub use shape::Seen;
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
