//! Mistakes in AES-256-GCM.

use crate::diagnosis::Mistake;

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[];
