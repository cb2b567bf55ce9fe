//! PBKDF2-HMAC-SHA512 and Argon2.

use std::cell::RefCell;
use std::convert::Infallible;
use std::num::NonZeroU32;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use super::shared::{Derivation, Engine, Function};
use super::{Limits, ParamError};

pub use super::variant::Argon2Variant;

/// Bytes of one SHA-512 block of derived key.
const PBKDF2_BLOCK_BYTES: u64 = 64;

/// PBKDF2 cost and output length, checked together: an iteration count of 1 ..= 2^31 - 1 (RFC 8018 §5.2 asks for a positive
/// integer) and a length of at least one byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pbkdf2Params {
    iterations: NonZeroU32,
    length: usize,
}

impl Pbkdf2Params {
    /// Accepts a count and a length in bytes read from untrusted input.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] for 0 or a count above 2^31 - 1; [`ParamError::TooCostly`] where count × blocks or the length are above
    /// the limits. Nothing has been computed then.
    pub fn read(iterations: u64, length: u64, limits: &Limits) -> Result<Self, ParamError> {
        let count = i32::try_from(iterations).ok().and_then(|count| NonZeroU32::new(count.unsigned_abs()));
        let out_of_range =
            ParamError::OutOfRange { parameter: "iterations", found: iterations, allowed: "1 to 2^31 - 1" };
        let iterations = count.ok_or(out_of_range)?;
        let length = derived_length(length, 1, "at least 1 byte", limits)?;
        let work = u64::from(iterations.get()) * (length as u64).div_ceil(PBKDF2_BLOCK_BYTES);
        at_most("iterations", work, limits.iterations_max)?;
        Ok(Self { iterations, length })
    }
}

/// PBKDF2-HMAC-SHA512 (RFC 8018 §5.2) of a password and a salt of any length.
#[must_use]
pub fn pbkdf2_hmac_sha512(password: &[u8], salt: &[u8], params: Pbkdf2Params) -> Zeroizing<Vec<u8>> {
    let function = Function::Pbkdf2HmacSha512 { iterations: params.iterations.get().into() };
    shared(function, password, salt, params.length, || {
        let mut key = Zeroizing::new(vec![0; params.length]);
        pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, params.iterations.get(), &mut key);
        key
    })
}

/// The 64 bytes that PBKDF2-HMAC-SHA512 gives for 1 iteration, for 2, for 3 and so on: each costs one iteration more, so
/// that a count that nobody knows is found at the cost of its own derivation.
#[derive(Debug)]
pub struct Pbkdf2Chain {
    keyed: Hmac<Sha512>,
    last: Zeroizing<[u8; 64]>,
    sum: Zeroizing<[u8; 64]>,
}

impl Pbkdf2Chain {
    /// The chain of a password and a salt; [`Pbkdf2Chain::next_key`] begins with 1 iteration.
    ///
    /// # Panics
    ///
    /// Never: HMAC takes a key of any length.
    #[must_use]
    pub fn new(password: &[u8], salt: &[u8]) -> Self {
        let keyed = Hmac::<Sha512>::new_from_slice(password).expect("HMAC takes a key of any length");
        let mut first = keyed.clone();
        first.update(salt);
        // The number of the first block.
        first.update(&[0, 0, 0, 1]);
        let last = Zeroizing::new(first.finalize().into_bytes().into());
        Self { keyed, last, sum: Zeroizing::new([0; 64]) }
    }

    /// The key of one iteration more.
    pub fn next_key(&mut self) -> &[u8; 64] {
        self.sum.iter_mut().zip(self.last.iter()).for_each(|(sum, last)| *sum ^= last);
        let mut next = self.keyed.clone();
        next.update(&*self.last);
        self.last.copy_from_slice(&next.finalize().into_bytes());
        &self.sum
    }
}

/// Argon2 cost and output length, version 0x13 (RFC 9106 §3.1): passes ≥ 1, lanes 1 ..= 2^24 - 1, memory ≥ 8 × lanes KiB, length ≥ 4 bytes.
#[derive(Clone, Debug)]
pub struct Argon2Params(Params);

impl Argon2Params {
    /// Accepts costs (passes, memory in KiB, lanes) and a length in bytes read from untrusted input.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] outside RFC 9106 §3.1; [`ParamError::TooCostly`] above the limits. Nothing has been computed or allocated then.
    ///
    /// # Panics
    ///
    /// Never: the bounds are at least as narrow as the crate's.
    pub fn read(passes: u64, memory_kib: u64, lanes: u64, length: u64, limits: &Limits) -> Result<Self, ParamError> {
        let lanes = within("lanes", lanes, 1, (1 << 24) - 1, "1 to 2^24 - 1")?;
        let least = 8 * u64::from(lanes);
        let memory = within("memory_kib", memory_kib, least, u64::from(u32::MAX), "8 × lanes to 2^32 - 1 KiB")?;
        let count = within("passes", passes, 1, u64::from(u32::MAX), "1 to 2^32 - 1")?;
        let length = derived_length(length, 4, "at least 4 bytes", limits)?;
        at_most("memory_kib", memory_kib, limits.memory_kib_max)?;
        at_most("passes", passes.saturating_mul(memory_kib), limits.argon2_work_kib_max)?;
        let params = Params::new(memory, count, lanes, Some(length));
        Ok(Self(params.expect("the bounds above are at least as narrow as the crate's")))
    }

    fn length(&self) -> usize {
        self.0.output_len().expect("Argon2Params always holds a length")
    }
}

/// A salt for Argon2: 8 ..= 2^32 - 1 bytes (RFC 9106 §3.1 recommends 16; the crate and libargon2 ask for 8).
#[derive(Clone, Copy)]
pub struct Argon2Salt<'a>(&'a [u8]);

impl<'a> Argon2Salt<'a> {
    /// Accepts a salt from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] below 8 bytes.
    pub fn read(salt: &'a [u8]) -> Result<Self, ParamError> {
        match salt.len() {
            short @ 0..8 => {
                Err(ParamError::OutOfRange { parameter: "salt", found: short as u64, allowed: "at least 8 bytes" })
            }
            _ => Ok(Self(salt)),
        }
    }
}

/// Argon2 version 0x13 (RFC 9106) without secret and associated data.
///
/// # Panics
///
/// When the machine has not the memory that the caller's limits allow.
#[must_use]
pub fn argon2(
    variant: Argon2Variant,
    password: &[u8],
    salt: Argon2Salt<'_>,
    params: &Argon2Params,
) -> Zeroizing<Vec<u8>> {
    let costs = &params.0;
    let (passes, memory_kib, lanes) = (costs.t_cost().into(), costs.m_cost().into(), costs.p_cost().into());
    let function = Function::Argon2 { variant, passes, memory_kib, lanes };
    let fill = |blocks: &mut [Block]| derive_into(blocks, variant, password, salt, params);
    shared(function, password, salt.0, params.length(), || with_arena(costs.block_count(), fill))
}

/// The reference's key, computed unless the caller shares it.
fn shared(
    function: Function,
    password: &[u8],
    salt: &[u8],
    length: usize,
    derive: impl FnOnce() -> Zeroizing<Vec<u8>>,
) -> Zeroizing<Vec<u8>> {
    let derivation = Derivation { engine: Engine::Reference, function, password, salt, length: length as u64 };
    let Ok(key) = derivation.key(|| Ok::<_, Infallible>(derive()));
    key
}

/// Memory for derivations after each other; it grows to the largest of them and stays.
#[derive(Default)]
pub struct Argon2Arena(Vec<Block>);

/// [`argon2()`] in the caller's memory.
///
/// # Panics
///
/// When the machine has not the memory that the caller's limits allow.
#[must_use]
pub fn argon2_in(
    arena: &mut Argon2Arena,
    variant: Argon2Variant,
    password: &[u8],
    salt: Argon2Salt<'_>,
    params: &Argon2Params,
) -> Zeroizing<Vec<u8>> {
    let blocks = params.0.block_count();
    if arena.0.len() < blocks {
        arena.0 = Vec::new();
        arena.0 = vec![Block::new(); blocks];
    }
    derive_into(&mut arena.0[..blocks], variant, password, salt, params)
}

fn derive_into(
    blocks: &mut [Block],
    variant: Argon2Variant,
    password: &[u8],
    salt: Argon2Salt<'_>,
    params: &Argon2Params,
) -> Zeroizing<Vec<u8>> {
    let algorithm = match variant {
        Argon2Variant::I => Algorithm::Argon2i,
        Argon2Variant::Id => Algorithm::Argon2id,
    };
    let mut key = Zeroizing::new(vec![0; params.length()]);
    Argon2::new(algorithm, Version::V0x13, params.0.clone())
        .hash_password_into_with_memory(password, salt.0, &mut key, blocks)
        .expect("lengths are checked by the parameter types");
    key
}

/// Lends so many blocks. Each thread keeps up to 64 MiB of them for its next derivation: filling fresh pages is
/// a quarter of Argon2's time. What stands in them is no key, and is overwritten before it is read.
fn with_arena<T>(blocks: usize, derive: impl FnOnce(&mut [Block]) -> T) -> T {
    const BLOCKS_KEPT: usize = 64 << 10;
    thread_local! {
        static ARENA: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
    }
    ARENA.with_borrow_mut(|arena| {
        if arena.len() < blocks {
            *arena = vec![Block::new(); blocks];
        }
        let derived = derive(&mut arena[..blocks]);
        if arena.len() > BLOCKS_KEPT {
            *arena = Vec::new();
        }
        derived
    })
}

fn derived_length(length: u64, least: u64, allowed: &'static str, limits: &Limits) -> Result<usize, ParamError> {
    if length < least {
        return Err(ParamError::OutOfRange { parameter: "length", found: length, allowed });
    }
    at_most("length", length, limits.derived_bytes_max)?;
    usize::try_from(length).map_err(|_| ParamError::OutOfRange { parameter: "length", found: length, allowed })
}

fn within(
    parameter: &'static str,
    found: u64,
    least: u64,
    most: u64,
    allowed: &'static str,
) -> Result<u32, ParamError> {
    let in_range = u32::try_from(found).ok().filter(|_| (least..=most).contains(&found));
    in_range.ok_or(ParamError::OutOfRange { parameter, found, allowed })
}

fn at_most(parameter: &'static str, found: u64, ceiling: u64) -> Result<(), ParamError> {
    if found > ceiling {
        return Err(ParamError::TooCostly { parameter, found, ceiling });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An envelope that asks for hours of work must be refused before the first iteration.
    #[test]
    fn absurd_costs_are_refused_before_the_work() {
        let limits = Limits::default();
        let too_costly = |result: Result<(), ParamError>| matches!(result, Err(ParamError::TooCostly { .. }));
        assert!(too_costly(Pbkdf2Params::read(i32::MAX as u64, 32, &limits).map(drop)));
        assert!(too_costly(Pbkdf2Params::read(10_000_000, 65, &limits).map(drop)));
        assert!(too_costly(Pbkdf2Params::read(1, 1 << 40, &limits).map(drop)));
        assert!(too_costly(Argon2Params::read(1, 1 << 31, 1, 32, &limits).map(drop)));
        assert!(too_costly(Argon2Params::read(1 << 31, 8, 1, 32, &limits).map(drop)));
    }

    /// A chain that is one iteration off finds a count that opens nothing.
    #[test]
    fn the_chain_passes_through_the_key_of_every_count() {
        let mut chain = Pbkdf2Chain::new(b"password", b"salt");
        for count in 1..=70 {
            let params = Pbkdf2Params::read(count, 64, &Limits::default()).unwrap();
            assert_eq!(chain.next_key()[..], pbkdf2_hmac_sha512(b"password", b"salt", params)[..], "{count}");
        }
    }

    /// Counts of 0 and 2^31 are where libraries hang, wrap or raise silently.
    #[test]
    fn parameters_outside_the_specifications_are_refused() {
        let limits = Limits { iterations_max: u64::MAX, ..Limits::default() };
        let out_of_range = |result: Result<(), ParamError>| matches!(result, Err(ParamError::OutOfRange { .. }));
        for iterations in [0, 1 << 31, 1 << 32] {
            assert!(out_of_range(Pbkdf2Params::read(iterations, 32, &limits).map(drop)), "{iterations}");
        }
        for (passes, memory, lanes, length) in
            [(0, 8, 1, 32), (1, 7, 1, 32), (1, 31, 4, 32), (1, 8, 0, 32), (1, 8, 1, 3), (1, 8, 1, 0)]
        {
            let read = Argon2Params::read(passes, memory, lanes, length, &limits);
            assert!(out_of_range(read.map(drop)), "{passes} {memory} {lanes} {length}");
        }
        assert!(out_of_range(Argon2Salt::read(&[0; 7]).map(drop)));
    }
}
