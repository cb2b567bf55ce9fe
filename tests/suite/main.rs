//! What the crates promise together, a file each promise; what one crate promises alone is tested in it.
//!
//! `cargo test --test suite liars::` asks one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod catalogue;
mod diagnosis;
mod engines;
mod liar;
mod liars;
mod schema;
mod trust;
mod verdicts;
