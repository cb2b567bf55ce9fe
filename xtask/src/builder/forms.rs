//! Texts that are nearly JSON, values that are nearly base64, and texts that a port may change: the same for every format.
//!
//! In: a right text or value. Out: the deviations of it that recipes ask for. Layer: generate.

pub mod base64;
pub mod edges;
pub mod json;
pub mod late;
pub mod pieces;
pub mod twins;
pub mod words;
