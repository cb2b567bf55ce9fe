//! What known mistakes come to in one case.
//!
//! In: a case, and the answer to it if there is one. Out: the mistakes that the case notices, or that give this answer. One
//! refusal, one acceptance or one crash is given by many mistakes and proves none of them; wrong bytes do. Layer: `diagnosis`;
//! pure.

use super::evidence::Fit;
use super::sweep::{Swept, sweep};
use super::{Derivations, Exhibit, Hypothesis, Mistake, Watch, known, mistakes};
use envelope::facts::below;

/// A mistake that a case and its answer speak of.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    /// The mistake.
    pub mistake: &'static Mistake,
    /// Whether its bytes are those of the answer.
    pub reproduces: bool,
}

/// The mistakes of the catalogue whose answer to this case is wrong; where a wrong answer was found, those that fail as it
/// does. Mistakes of the primitives below the operation are among them.
#[must_use]
pub fn matches(exhibit: &Exhibit<'_>, derivations: &Derivations, watch: Watch<'_>) -> Swept<Match> {
    known::learn(derivations, std::slice::from_ref(exhibit));
    let (operation, input) = (exhibit.operation(), &exhibit.case.input);
    let concerned = |mistake: &&'static Mistake| {
        let stands_on = |name: &&str| *name == operation.name || below(operation.name).contains(name);
        mistake.operations.iter().any(stands_on)
    };
    let costed =
        |mistake: &'static Mistake| (Hypothesis::of(mistake).derivation_us(operation, input, derivations), mistake);
    let mut guesses: Vec<_> = mistakes::all().filter(concerned).map(costed).collect();
    guesses.sort_by_key(|(cost_us, _)| *cost_us);
    // Those of this very operation come first: below it there are many more.
    let (own, below): (Vec<_>, Vec<_>) =
        guesses.into_iter().partition(|(_, mistake)| mistake.operations.contains(&operation.name));
    let attempt = |mistake: &&'static Mistake| {
        match exhibit.fit(&Hypothesis::of(mistake).port(derivations)) {
            Fit::Reproduces => Some(true),
            Fit::Concurs | Fit::Contradicts => Some(false),
            Fit::BothRight | Fit::Silent | Fit::Differs => None,
        }
        .map(|reproduces| Match { mistake, reproduces })
    };
    let (own, below) = (sweep(&own, watch, attempt), sweep(&below, watch, attempt));
    Swept {
        found: [own.found, below.found].concat(),
        tried: own.tried + below.tried,
        complete: own.complete && below.complete,
    }
}
