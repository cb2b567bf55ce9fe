//! sealproof: does every port of a password-based encrypted envelope open what every other port sealed?

pub mod cli;
pub mod envelope;
pub mod generate;
pub mod oracle;
pub mod primitives;
pub mod registry;
pub mod vector;
