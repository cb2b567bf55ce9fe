//! A model of Argon2.

use crate::diagnosis::Computed;
use crate::vector::Fields;

/// The steps of Argon2.
#[derive(Clone, Copy, Debug)]
pub struct Argon2 {}

impl Argon2 {
    /// Every step as the specification has it.
    pub const RIGHT: Self = Self {};

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn derive(&self, _operation: &str, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }
}
