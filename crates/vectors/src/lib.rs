//! Vectors: what a port is asked and what must come back.
//!
//! In: JSON files in the vector format, version 1, and the files of other projects' test vectors. Out: [`Case`]s, checked down to the
//! last member.
//! This layer knows the shape of every operation and nothing of how one is computed.

mod answer;
mod case;
pub mod errata;
mod error;
pub mod fields;
#[cfg(test)]
mod fixture;
pub mod foreign;
mod form;
pub mod given;
pub mod index;
pub mod lint;
pub mod load;
pub mod operation;
pub mod requirements;
pub mod schema;
pub mod source;
pub mod write;

pub use answer::{Answer, Reason};
pub use case::{BugClass, Case, Cost, Expect, Flag, Source, VectorFile};
pub use errata::Errata;
pub use error::LoadError;
pub use fields::{FieldError, Fields, Value};
pub use operation::{Kind, Member, Operation};
pub use requirements::Requirements;
