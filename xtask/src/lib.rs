//! What only maintainers need: what writes the vectors, and what the vectors and the catalogue owe each other.
//!
//! - [`generate`]: the recipes of the vectors, and what writes them;
//! - [`kill`]: the kill table, its rules, and the catalogue's pages;
//! - [`export`]: the vectors as packages for other languages.
//!
//! Users need none of it: the vectors travel inside `sealproof`. The commands are in `main.rs`: `cargo xtask --help`.

pub mod export;
pub mod generate;
pub mod kill;
