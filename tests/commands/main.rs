//! Every command as people, scripts and CI meet it, a file each: what it prints, what it writes, how it ends.
//!
//! `cargo test --test commands run::` asks one command. One program of all, since each is linked with everything.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod by_hand;
mod calibrate;
mod explain;
mod fuzz;
mod mistakes;
mod run;
mod vectors;
mod words;
