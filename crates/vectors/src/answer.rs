//! What a port may answer to a request.

use serde::{Deserialize, Serialize};

use super::Fields;

/// Why a port refuses an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It does not parse.
    Malformed,
    /// A value outside what the format allows.
    Parameter,
    /// A cost above the port's ceiling, refused before the work.
    TooCostly,
    /// Tag mismatch, wrong password or key.
    Authentication,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Malformed, Self::Parameter, Self::TooCostly, Self::Authentication];

    /// The word that the protocol uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Parameter => "parameter",
            Self::TooCostly => "too-costly",
            Self::Authentication => "authentication",
        }
    }
}

/// One answer to one request: the four things that a port may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The result.
    Output(Fields),
    /// The input is refused, as the port would refuse it in production.
    Reject {
        /// The class of the refusal.
        reason: Reason,
        /// The port's own words.
        detail: String,
    },
    /// The port cannot do this operation or parameter at all.
    Unsupported {
        /// The port's own words.
        detail: String,
    },
    /// The adapter itself broke.
    Failure {
        /// The adapter's own words.
        detail: String,
    },
}
