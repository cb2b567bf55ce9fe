//! sealproof: does every port of a password-based encrypted envelope open what every other port sealed?

pub mod calibration;
pub mod cli;
pub mod diagnosis;
pub mod envelope;
pub mod export;
pub mod fuzzing;
#[cfg(feature = "openssl")]
pub mod generate;
pub mod oracle;
pub mod plan;
pub mod port;
pub mod primitives;
pub mod registry;
pub mod report;
pub mod runner;
pub mod suite;
pub mod vector;
pub mod verdict;
