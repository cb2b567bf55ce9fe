//! A model of AES-256-GCM.

use crate::diagnosis::Computed;
use crate::vector::Fields;

/// The steps of AES-256-GCM.
#[derive(Clone, Copy, Debug)]
pub struct Gcm {}

impl Gcm {
    /// Every step as the specification has it.
    pub const RIGHT: Self = Self {};

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
