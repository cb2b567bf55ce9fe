//! Vectors: what a port is asked and what must come back. The data contract that all other crates read.
//!
//! In: JSON files in the vector format, version 1, and the files of other projects' test vectors. Out: [`Case`]s, checked down to the
//! last member. This crate knows the shape of every operation and nothing of how one is computed.
//!
//! Start with [`operation`], the table of operations and their members; [`Fields`] is an input or output by that table. Then:
//!
//! - [`load`]: files to cases, each error with its place; [`source`]: where files come from, the embedded ones among them;
//! - [`lint`]: the rules of the format; [`write`](mod@write), [`index`], [`schema`]: the files as they are written;
//! - [`errata`], [`requirements`]: what was retired, and what a claim is frozen to;
//! - [`foreign`], [`given`]: Wycheproof and CAVP files as cases, and what `run --vectors` names.

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
pub use requirements::{Reasons, Requirements};
