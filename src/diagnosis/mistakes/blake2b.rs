//! Mistakes in BLAKE2b.

use crate::diagnosis::Mistake;

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[];
