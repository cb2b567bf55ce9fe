//! What an inspection found, before it is written down.

use diagnosis::Lone;
use envelope::autonomail::CountSearch;
use envelope::foreign::Found;
use envelope::{Finding, Inspection};
use zeroize::Zeroizing;

/// What an inspection found.
pub(super) struct Told {
    /// What had to be undone to see it.
    pub(super) layers: Vec<Finding>,
    /// What it is.
    pub(super) found: Found,
    /// What it says of itself; none where it has no name.
    pub(super) seen: Option<Inspection>,
    /// What came of the secret, if one was given.
    pub(super) opening: Option<Opening>,
}

/// What came of a secret.
pub(super) enum Opening {
    /// It opens, with this count if that had to be found.
    Opens { plaintext: Zeroizing<Vec<u8>>, iterations: Option<u64> },
    /// It is refused, and these are the guesses under which it opens.
    Closed { reason: &'static str, detail: String, lone: Lone },
    /// It does not parse, so nothing was searched.
    Refused { reason: &'static str, detail: String },
    /// No iteration count was given and none was found.
    Uncounted(CountSearch),
    /// Nothing in this suite opens such a thing.
    Nothing(String),
}

impl Told {
    /// Whether it has a name and opens as it stands, if it was to be opened.
    pub(super) fn is_as_it_should_be(&self) -> bool {
        match (&self.found, &self.opening) {
            (Found::Format(_) | Found::Foreign(..), None) => true,
            (Found::Format(_) | Found::Foreign(..), Some(Opening::Opens { .. })) => self.layers.is_empty(),
            (Found::Unknown(_), _) | (Found::Format(_) | Found::Foreign(..), Some(_)) => false,
        }
    }
}
