//! The recipes of the envelopes, a folder a format.
//!
//! They build every byte by hand, from values of the oracles, and use neither the crate `envelope`'s writers nor its readers: an error
//! there must not write itself into the vectors.

pub(crate) mod autonomail;
pub(crate) mod notesnook;
