//! What was seen of a port for one request. Layer: `port`.

use serde_json::{Value as Json, json};

use vectors::Answer;

/// What was seen of a port for one request. Only [`Observed::Answer`] is the port's word; the rest is the runner's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// The port answered.
    Answer(Answer),
    /// The process ended with the request open, and no other request can have the blame.
    Died {
        /// Exit code, signal or limit.
        how: String,
        /// The end of its standard error.
        stderr: String,
    },
    /// No answer within the deadline.
    TimedOut {
        /// The deadline, milliseconds.
        after_ms: u64,
    },
    /// An answer that does not fit the protocol.
    Garbled {
        /// What was expected and what was found.
        what: String,
    },
    /// The process died on the request among others, and answered it when asked alone.
    Nondeterministic {
        /// What was seen.
        what: String,
    },
    /// The request could not be put to the port.
    NotRun {
        /// Why.
        why: String,
    },
}

impl Observed {
    /// The observation as reports write it: one member named after what was seen.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Answer(Answer::Output(fields)) => json!({"output": fields.to_json()}),
            Self::Answer(Answer::Reject { reason, detail }) => {
                json!({"reject": {"reason": reason.as_str(), "detail_text": detail}})
            }
            Self::Answer(Answer::Unsupported { detail }) => json!({"unsupported": {"detail_text": detail}}),
            Self::Answer(Answer::Failure { detail }) => json!({"failure": {"detail_text": detail}}),
            Self::Died { how, stderr } => json!({"died": {"how_text": how, "stderr_text": stderr}}),
            Self::TimedOut { after_ms } => json!({"timed-out": {"after_ms": after_ms}}),
            Self::Garbled { what } => json!({"garbled": {"what_text": what}}),
            Self::Nondeterministic { what } => json!({"nondeterministic": {"what_text": what}}),
            Self::NotRun { why } => json!({"not-run": {"why_text": why}}),
        }
    }
}
