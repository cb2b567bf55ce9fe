//! Messages that agree but for a byte near their end.
//!
//! In: nothing. Out: lengths and the byte in which two messages differ, for ciphers to seal both and to exchange their tags.

/// Two messages under one key and nonce: what is special about the byte in which they differ, their length, and the byte.
pub type Late = (&'static str, &'static str, usize, usize);

/// Whoever remembers a message by its front, or looks at the front alone, takes the one for the other.
pub const LATE: &[Late] = &[
    ("last-byte-of-48", "the last of 48 bytes", 48, 47),
    ("last-block-of-48", "the first byte of the last block of 48 bytes", 48, 32),
    ("byte-1000-of-1100", "byte 1,000 of 1,100", 1_100, 1_000),
    ("byte-4096-of-4200", "byte 4,096 of 4,200", 4_200, 4_096),
];
