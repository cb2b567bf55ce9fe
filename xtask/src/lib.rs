//! What only maintainers need: what writes the vectors, and what the vectors and the catalogue owe each other.
//!
//! - [`builder`]: what recipes are made of;
//! - [`recipe`]: the recipes, a folder a family;
//! - [`generate`]: writes everything below `vectors/` but the files that SJCL and the readers write themselves;
//! - [`kill`]: the kill table, its rules and counts, and the catalogue's pages;
//! - [`book`]: all pages in one folder;
//! - [`export`]: the vectors as packages for other languages.
//!
//! Users need none of it: the vectors travel inside `sealproof`. The commands are in `main.rs`: `cargo xtask --help`.

pub mod book;
pub mod builder;
pub mod export;
pub mod generate;
pub mod kill;
pub mod recipe;
