//! A model of XChaCha20-Poly1305.

use crate::diagnosis::Computed;
use crate::vector::Fields;

/// The steps of XChaCha20-Poly1305.
#[derive(Clone, Copy, Debug)]
pub struct Xchacha {}

impl Xchacha {
    /// Every step as the specification has it.
    pub const RIGHT: Self = Self {};

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn subkey(&self, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn seal(&self, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }

    /// TODO
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::diagnosis::Stop).
    pub fn open(&self, _: &Fields) -> Computed<Fields> {
        unimplemented!()
    }
}
