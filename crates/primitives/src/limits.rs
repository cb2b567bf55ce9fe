//! Ceilings for what untrusted input may ask for, and the error for what lies outside a parameter's range.

/// The cost that is borne for input from outside. Anything above is refused before the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// PBKDF2 iterations times output blocks.
    pub iterations_max: u64,
    /// Argon2 memory, KiB.
    pub memory_kib_max: u64,
    /// Argon2 passes times memory, KiB.
    pub argon2_work_kib_max: u64,
    /// Bytes that one derivation may return.
    pub derived_bytes_max: u64,
    /// Bytes that a generator may be asked for in one operation, all requests together.
    pub generated_bytes_max: u64,
    /// Bytes of an envelope or record.
    pub envelope_bytes_max: usize,
}

impl Default for Limits {
    /// Ceilings for a reader on a server or desktop: seconds of work, 1 GiB of memory, 16 MiB of envelope.
    fn default() -> Self {
        Self {
            iterations_max: 10_000_000,
            memory_kib_max: 1 << 20,
            argon2_work_kib_max: 16 << 20,
            derived_bytes_max: 1 << 20,
            generated_bytes_max: 16 << 20,
            envelope_bytes_max: 16 << 20,
        }
    }
}

/// Requests that a generator may get in one operation: each changes its key.
const GENERATED_REQUESTS_MAX: u64 = 1 << 16;

impl Limits {
    /// Whether a generator may be asked so often, and for so many bytes in all.
    pub(super) fn bear_generated(
        &self,
        parameter: &'static str,
        requests: usize,
        bytes: u64,
    ) -> Result<(), ParamError> {
        for (found, ceiling) in [(requests as u64, GENERATED_REQUESTS_MAX), (bytes, self.generated_bytes_max)] {
            if found > ceiling {
                return Err(ParamError::TooCostly { parameter, found, ceiling });
            }
        }
        Ok(())
    }
}

/// A parameter that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParamError {
    /// Outside the range that the specification allows.
    #[error("{parameter} is {found}, allowed is {allowed}")]
    OutOfRange {
        /// The parameter's name in the protocol.
        parameter: &'static str,
        /// What was given.
        found: u64,
        /// The range, in words.
        allowed: &'static str,
    },
    /// A name that the specification does not know.
    #[error("{parameter} is none of {allowed}")]
    Unknown {
        /// The parameter's name in the protocol.
        parameter: &'static str,
        /// The names that there are.
        allowed: &'static str,
    },
    /// Allowed by the specification and above the caller's [`Limits`].
    #[error("{parameter} asks for {found}, the ceiling is {ceiling}")]
    TooCostly {
        /// The parameter's name in the protocol.
        parameter: &'static str,
        /// What was asked for.
        found: u64,
        /// The ceiling in force.
        ceiling: u64,
    },
}
