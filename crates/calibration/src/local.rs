//! The embedded reference as a meter. Layer: `calibration`; reads clocks.

use std::time::{Duration, Instant};

use rustix::time::ClockId;
use zeroize::Zeroizing;

use super::machine::{Machine, processor_time};
use super::{Load, Meter, MeterError, Sample, Scale, Shape};
use primitives::kdf::{
    Argon2Arena, Argon2Params, Argon2Salt, Argon2Variant, Pbkdf2Params, argon2_in, pbkdf2_hmac_sha512,
};
use primitives::{Limits, ParamError};

/// Passwords and salts say nothing about a cost; these are for every probe.
pub(super) const PASSWORD: &[u8] = b"calibration";
const SALT: [u8; 16] = [0xca; 16];

/// Bytes of the derived key: what the envelopes take, and one block of PBKDF2-HMAC-SHA512.
pub(super) const KEY_BYTES: u64 = 32;

/// The least number of iterations that is tried.
const ITERATIONS_LEAST: u64 = 16;

/// RFC 8018 counts in 32 bits, many libraries in 31.
const ITERATIONS_MOST: u64 = (1 << 31) - 1;

/// A key derivation with what is held fixed in it; the rest is the cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kdf {
    /// The cost is iterations.
    Pbkdf2HmacSha512,
    /// The cost is passes, at this memory.
    Argon2Passes {
        /// Argon2i or Argon2id.
        variant: Argon2Variant,
        /// Memory, MiB.
        memory_mib: u32,
    },
    /// The cost is memory in MiB, at this number of passes.
    Argon2Memory {
        /// Argon2i or Argon2id.
        variant: Argon2Variant,
        /// Passes.
        passes: u32,
    },
}

impl Kdf {
    /// The costs that are tried; memory up to this number of MiB.
    #[must_use]
    pub fn scale(self, memory_mib_max: u32) -> Scale {
        match self {
            Self::Pbkdf2HmacSha512 => Scale { least: ITERATIONS_LEAST, most: ITERATIONS_MOST, shape: Shape::Straight },
            Self::Argon2Passes { .. } => Scale { least: 1, most: u64::from(u32::MAX), shape: Shape::Straight },
            Self::Argon2Memory { .. } => Scale { least: 1, most: u64::from(memory_mib_max), shape: Shape::Bent },
        }
    }

    /// What one unit of the cost is called, for one and for many.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Pbkdf2HmacSha512 => "iterations",
            Self::Argon2Passes { .. } => "passes",
            Self::Argon2Memory { .. } => "MiB",
        }
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pbkdf2HmacSha512 => "pbkdf2-hmac-sha512",
            Self::Argon2Passes { variant, .. } | Self::Argon2Memory { variant, .. } => match variant {
                Argon2Variant::I => "argon2i",
                Argon2Variant::Id => "argon2id",
            },
        }
    }

    /// Passes and memory in KiB at a cost; nothing for PBKDF2.
    pub(super) fn argon2_costs(self, cost: u64) -> Option<(Argon2Variant, u64, u64)> {
        match self {
            Self::Pbkdf2HmacSha512 => None,
            Self::Argon2Passes { variant, memory_mib } => Some((variant, cost, u64::from(memory_mib) << 10)),
            Self::Argon2Memory { variant, passes } => Some((variant, u64::from(passes), cost << 10)),
        }
    }
}

/// What may be asked for is the scale's to say; a calibration is nobody's untrusted input.
const LIMITS: Limits = Limits {
    iterations_max: u64::MAX,
    memory_kib_max: u64::MAX,
    argon2_work_kib_max: u64::MAX,
    derived_bytes_max: KEY_BYTES,
    generated_bytes_max: 0,
    envelope_bytes_max: 0,
};

/// The reference's key at a cost.
pub(super) fn reference_key(kdf: Kdf, cost: u64, salt: &[u8]) -> Result<Zeroizing<Vec<u8>>, ParamError> {
    derive(kdf, cost, salt, &mut Argon2Arena::default())
}

fn derive(kdf: Kdf, cost: u64, salt: &[u8], arena: &mut Argon2Arena) -> Result<Zeroizing<Vec<u8>>, ParamError> {
    Ok(match kdf.argon2_costs(cost) {
        None => pbkdf2_hmac_sha512(PASSWORD, salt, Pbkdf2Params::read(cost, KEY_BYTES, &LIMITS)?),
        Some((variant, passes, memory_kib)) => {
            let params = Argon2Params::read(passes, memory_kib, 1, KEY_BYTES, &LIMITS)?;
            argon2_in(arena, variant, PASSWORD, Argon2Salt::read(salt)?, &params)
        }
    })
}

/// The reference on this thread, with one arena for all probes.
pub struct LocalMeter {
    kdf: Kdf,
    arena: Argon2Arena,
    began: Instant,
    machine: Machine,
}

impl LocalMeter {
    /// A meter of this derivation. Nothing is computed yet.
    #[must_use]
    pub fn new(kdf: Kdf) -> Self {
        Self { kdf, arena: Argon2Arena::default(), began: Instant::now(), machine: Machine::look() }
    }

    /// How long a cost takes with memory that was never touched, as in a process that derives once.
    ///
    /// # Errors
    ///
    /// As [`Meter::probe`].
    pub fn cold(&mut self, cost: u64) -> Result<Sample, MeterError> {
        self.arena = Argon2Arena::default();
        self.probe(cost)
    }
}

impl Meter for LocalMeter {
    fn now(&mut self) -> Duration {
        self.began.elapsed()
    }

    fn pause(&mut self, time: Duration) {
        std::thread::sleep(time);
    }

    fn probe(&mut self, cost: u64) -> Result<Sample, MeterError> {
        let (wall, cpu) = (self.began.elapsed(), processor_time(ClockId::ThreadCPUTime));
        let key = derive(self.kdf, cost, &SALT, &mut self.arena);
        let worked = processor_time(ClockId::ThreadCPUTime).checked_sub(cpu).ok_or(MeterError::WentBack)?;
        let wall = self.began.elapsed().checked_sub(wall).ok_or(MeterError::WentBack)?;
        match key {
            Ok(key) => {
                std::hint::black_box(key);
                Ok(Sample { wall, cpu: Some(worked) })
            }
            Err(error) => Err(MeterError::NotDone { cost, why: error.to_string() }),
        }
    }

    fn load(&mut self) -> Load {
        self.machine.since(Duration::ZERO)
    }
}
