//! A model of PBKDF2-HMAC-SHA512.

use crate::diagnosis::Computed;
use crate::vector::Fields;

/// The steps of PBKDF2-HMAC-SHA512.
#[derive(Clone, Copy, Debug)]
pub struct Pbkdf2 {}

impl Pbkdf2 {
    /// Every step as the specification has it.
    pub const RIGHT: Self = Self {};

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn derive(&self, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }
}
