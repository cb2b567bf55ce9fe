//! Second opinions: other people's implementations that give the same answers as the reference, or show that it errs; and, of
//! what must not be read or computed, a second reader of the formats and the standards' own bounds.
//!
//! In: an operation and its input. Out: an [`Answer`], or `None` where the oracle has no opinion. It takes from `primitives` nothing but
//! the limits, the names of the Argon2 variants and the sharing of equal keys, and from `envelope` nothing at all, on purpose: what checks the
//! reference must not share its code. So a format's facts are told here a second time.
//!
//! Start with [`ORACLES`] and [`Oracle::answer`]. [`sodium`] holds the only `unsafe` of the project. OpenSSL is behind the feature `openssl`,
//! since it takes minutes to build: recipes, tests and CI have it.

mod bounds;
mod envelopes;
#[cfg(feature = "openssl")]
pub mod openssl;
mod opinions;
pub mod reader;
pub mod sodium;

use primitives::Limits;
use vectors::{Answer, Fields, Operation, Reason};

/// An output, or why there is none.
type Answered = Result<Fields, Declined>;

/// One operation's second opinion.
type Opinion = fn(&Fields, &Limits) -> Answered;

/// An independent implementation inside this process.
pub struct Oracle {
    /// Its name in `confirmed_by`.
    pub name: &'static str,
    /// What its opinions cost.
    pub kind: Kind,
    version: fn() -> String,
    opinions: &'static [(&'static str, Opinion)],
}

/// How an oracle comes to its opinions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It computes the answer again, at the same cost.
    Library,
    /// It judges what it reads and derives nothing.
    Judge,
}

/// The oracles, in the order in which `confirmed_by` names them.
pub static ORACLES: &[Oracle] = &[
    Oracle { name: "libsodium", kind: Kind::Library, version: sodium::version, opinions: opinions::LIBSODIUM },
    #[cfg(feature = "openssl")]
    Oracle { name: "openssl", kind: Kind::Library, version: openssl::version, opinions: openssl::OPENSSL },
    Oracle { name: "second-reader", kind: Kind::Judge, version: reader::version, opinions: reader::SECOND_READER },
    Oracle { name: "standard-bounds", kind: Kind::Judge, version: bounds::version, opinions: bounds::STANDARD_BOUNDS },
];

impl Oracle {
    /// The version of the linked library or libraries, or of the table.
    #[must_use]
    pub fn version(&self) -> String {
        (self.version)()
    }

    /// The names of the operations that it answers, in the order of the protocol page.
    pub fn operations(&self) -> impl Iterator<Item = &'static str> {
        self.opinions.iter().map(|(name, _)| *name)
    }

    /// The oracle's answer, which may only ever be a refusal; `None` where the operation, a parameter or the cost is outside its limits or the caller's.
    #[must_use]
    pub fn answer(&self, operation: &Operation, input: &Fields, limits: &Limits) -> Option<Answer> {
        let (_, opinion) = self.opinions.iter().find(|(name, _)| *name == operation.name)?;
        let refusal = |reason, error: &Declined| Some(Answer::Reject { reason, detail: error.to_string() });
        match opinion(input, limits) {
            Ok(output) => Some(Answer::Output(output)),
            Err(Declined::OutsideLimits { .. }) => None,
            Err(error @ Declined::Refused) => refusal(Reason::Parameter, &error),
            Err(error @ Declined::Against { reason, .. }) => refusal(reason, &error),
            Err(error @ Declined::Authentication) => refusal(Reason::Authentication, &error),
            Err(error @ Declined::Failed { .. }) => Some(Answer::Failure { detail: error.to_string() }),
        }
    }
}

/// Why an oracle gives no output.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// The library cannot take this, or the caller will not bear its cost: no opinion.
    #[error("{parameter} is outside the library's limits or above the caller's")]
    OutsideLimits {
        /// The parameter's name in the protocol.
        parameter: &'static str,
    },
    /// The library refuses a parameter.
    #[error("the library refuses a parameter")]
    Refused,
    /// A format or a standard does not allow it; no library has been asked.
    #[error("{what}")]
    Against {
        /// The refusal that is right.
        reason: Reason,
        /// What is not allowed.
        what: String,
    },
    /// The library refuses the tag.
    #[error("the library refuses the tag")]
    Authentication,
    /// The library failed where it had no reason to.
    #[error("the library failed: {detail}")]
    Failed {
        /// Its own words.
        detail: String,
    },
}

fn at_most(parameter: &'static str, found: u64, most: u64) -> Result<(), Declined> {
    if found > most {
        return Err(Declined::OutsideLimits { parameter });
    }
    Ok(())
}
