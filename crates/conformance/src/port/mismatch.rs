//! The ways in which an observation can differ from what was expected. Layer: `port`, where known issues name them.

use serde::{Deserialize, Serialize};

/// How an observation differs from what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mismatch {
    /// Another output than the expected one.
    WrongOutput,
    /// An output where a refusal was right.
    Accepted,
    /// A refusal where an output was right.
    Refused,
    /// A refusal for a reason that the case does not allow.
    WrongReason,
    /// A seal that the reference does not open to what was sealed.
    DoesNotOpen,
    /// A salt or nonce that repeats, has the wrong length or follows from the input.
    NotFresh,
    /// Two answers to one question.
    Nondeterministic,
    /// `unsupported` inside the port's own claims.
    Declined,
    /// The adapter said that it broke.
    Failure,
    /// The process ended.
    Died,
    /// No answer within the deadline.
    TimedOut,
    /// An answer that does not fit the protocol.
    Garbled,
    /// The question could not be put.
    NotRun,
}

impl Mismatch {
    /// Every mismatch, in the order of the command line page.
    pub const ALL: [Self; 13] = [
        Self::WrongOutput,
        Self::Accepted,
        Self::Refused,
        Self::WrongReason,
        Self::DoesNotOpen,
        Self::NotFresh,
        Self::Nondeterministic,
        Self::Declined,
        Self::Failure,
        Self::Died,
        Self::TimedOut,
        Self::Garbled,
        Self::NotRun,
    ];

    /// The word that reports and known issues use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongOutput => "wrong-output",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::WrongReason => "wrong-reason",
            Self::DoesNotOpen => "does-not-open",
            Self::NotFresh => "not-fresh",
            Self::Nondeterministic => "nondeterministic",
            Self::Declined => "declined",
            Self::Failure => "failure",
            Self::Died => "died",
            Self::TimedOut => "timed-out",
            Self::Garbled => "garbled",
            Self::NotRun => "not-run",
        }
    }

    /// The mismatch of this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mismatch| mismatch.as_str() == word)
    }
}
