//! Does a port conform? From a request to a verdict.
//!
//! In: the cases of [`vectors`] and something that answers. Out: a verdict for each case. The parts, lowest first:
//!
//! - [`registry`]: what the reference computes, one line an operation;
//! - [`port`]: talking to a port, whatever it is: a child process, a process a request, the reference in this process;
//! - [`plan`]: which cases a port is asked, and what is left out;
//! - [`runner`]: asks them, in bounded time and memory; it never sees what is expected;
//! - [`verdict`]: compares what was seen with what is expected;
//! - [`shown`]: what came from outside, made harmless for a terminal.
//!
//! Why an answer is wrong is not said here: that is the crate `diagnosis`, above this one.

pub mod plan;
pub mod port;
pub mod registry;
pub mod runner;
pub mod shown;
pub mod verdict;
