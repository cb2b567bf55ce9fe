//! A model of SHA-512.

use crate::diagnosis::Computed;
use crate::vector::Fields;

/// The steps of SHA-512.
#[derive(Clone, Copy, Debug)]
pub struct Hash {}

impl Hash {
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

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn tag(&self, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }
}
