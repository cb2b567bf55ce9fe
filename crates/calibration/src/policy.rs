//! Published floors for PBKDF2 counts. They are shown beside a number and never change it.

/// A number of iterations below which somebody advises against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    /// Iterations.
    pub iterations: u64,
    /// Who says so, and where.
    pub source: &'static str,
}

/// The floors for PBKDF2-HMAC-SHA512, highest first.
pub static FLOORS: &[Floor] = &[
    Floor { iterations: 220_000, source: "OWASP Password Storage Cheat Sheet (2026) for PBKDF2-HMAC-SHA512" },
    Floor { iterations: 10_000, source: "Autonomail's document: \"well above 10,000\", where its calibration starts" },
    Floor { iterations: 1_000, source: "NIST SP 800-132 §5.2" },
];
