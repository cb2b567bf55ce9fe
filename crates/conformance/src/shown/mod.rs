//! How texts and numbers from outside are shown to people: harmless to a terminal, not too long, easy to read. Pure.

mod escape;
mod numbers;

pub use escape::{printable, shorten};
pub use numbers::{counted, grouped};
