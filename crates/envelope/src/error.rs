//! Why an envelope is refused.

use document::encoding::EncodingError;
use primitives::{Authentication, ParamError};

/// Why an envelope is refused. A member is named by its path from the document that it stands in: `record.salt`,
/// `secureData.iv`, `envelope.cipher`; the document alone is meant where no member is at fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It does not parse.
    #[error("`{member}`, byte {at}: {what}")]
    Malformed {
        /// The member, or the document.
        member: String,
        /// Offset in bytes: of the document where its JSON is at fault, of the member's own text where that is.
        at: usize,
        /// What stands there.
        what: String,
    },
    /// It parses and holds a value that the format does not allow.
    #[error("`{member}` is {found}, allowed is {allowed}")]
    Parameter {
        /// The member.
        member: String,
        /// What was found, as it would be written.
        found: String,
        /// What is allowed, in words.
        allowed: &'static str,
    },
    /// It asks for more than the caller bears; nothing has been computed.
    #[error("`{member}` asks for {found}, the ceiling is {ceiling}")]
    TooCostly {
        /// The member.
        member: String,
        /// What it asks for.
        found: u64,
        /// The ceiling in force.
        ceiling: u64,
    },
    /// The tag does not fit.
    #[error(transparent)]
    Authentication(#[from] Authentication),
}

impl OpenError {
    /// A text that is not an encoding of bytes, as the error of the member that holds it.
    pub(super) fn encoding(member: &str, error: &EncodingError) -> Self {
        Self::Malformed { member: member.to_owned(), at: error.at, what: error.problem.to_owned() }
    }

    /// A value that a member may not have.
    pub(super) fn parameter(member: &str, found: &impl ToString, allowed: &'static str) -> Self {
        Self::Parameter { member: member.to_owned(), found: found.to_string(), allowed }
    }

    /// A parameter out of bounds, as the error of the member that it was read from.
    pub(super) fn at(member: &str, error: &ParamError) -> Self {
        match *error {
            ParamError::OutOfRange { found, allowed, .. } => Self::parameter(member, &found, allowed),
            ParamError::Unknown { allowed, .. } => Self::parameter(member, &"unknown", allowed),
            ParamError::TooCostly { found, ceiling, .. } => {
                Self::TooCostly { member: member.to_owned(), found, ceiling }
            }
        }
    }
}

impl From<ParamError> for OpenError {
    /// A parameter that was given beside the envelope.
    fn from(error: ParamError) -> Self {
        match error {
            ParamError::OutOfRange { parameter, .. }
            | ParamError::Unknown { parameter, .. }
            | ParamError::TooCostly { parameter, .. } => Self::at(parameter, &error),
        }
    }
}
