//! What a part of a port gives back, and what a model of an envelope asks of the port that it stands in.
//!
//! Models and mistakes stand on this file alone; the port that is put together of them stands on all three.

use primitives::Limits;
use vectors::{Fields, Reason};

/// Why a port has no output for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It refuses the input.
    Refuse(Reason),
    /// It does not come back: it works on a cost that nobody bounds.
    Hang,
    /// It dies.
    Crash,
}

/// What a part gives back.
pub type Computed<T> = Result<T, Stop>;

/// The port's own primitives, bounds and randomness, below its envelopes.
pub trait Primitives {
    /// The output of a primitive, such as `aes-256-gcm.open`.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    ///
    /// # Panics
    ///
    /// When the suite knows no such operation: a mistake of the caller.
    fn primitive(&self, name: &'static str, input: &Fields) -> Computed<Fields>;

    /// The ceilings that the port keeps.
    fn limits(&self) -> &Limits;

    /// The next bytes of the port's stream for a member, at most 64: such as nobody else has, but the same in every run.
    fn stream(&self, member: &str, length: usize) -> Vec<u8>;

    /// How often the port has drawn a salt or nonce, counting this time.
    fn draw(&self) -> u64;
}
