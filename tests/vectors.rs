//! Every vector against the reference, each a test of its own.

fn main() {}
