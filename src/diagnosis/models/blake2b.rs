//! A model of BLAKE2b.

use crate::diagnosis::Computed;
use crate::vector::Fields;

/// The steps of BLAKE2b.
#[derive(Clone, Copy, Debug)]
pub struct Blake2b {}

impl Blake2b {
    /// Every step as the specification has it.
    pub const RIGHT: Self = Self {};

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn digest(&self, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }
}
