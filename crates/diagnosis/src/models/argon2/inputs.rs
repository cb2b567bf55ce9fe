//! What is hashed before and after the blocks.

use std::borrow::Cow;

use super::Shape;
use crate::computed::{Computed, Stop};
use primitives::Limits;
use primitives::hash::{self, Blake2bKey, Blake2bLength};
use vectors::{Fields, Reason};

/// Which Argon2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Addresses depend on the password.
    D,
    /// Addresses do not.
    I,
    /// Those of the first half of the first pass do not.
    Id,
}

impl Variant {
    /// The variant of an operation.
    #[must_use]
    pub fn of(operation: &str) -> Self {
        if operation.starts_with("argon2id") { Self::Id } else { Self::I }
    }

    /// Its type as it is hashed.
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::D => 0,
            Self::I => 1,
            Self::Id => 2,
        }
    }
}

/// What a derivation costs, and the length of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// Passes.
    pub passes: u64,
    /// Memory, KiB.
    pub memory_kib: u64,
    /// Lanes.
    pub lanes: u64,
    /// Bytes of the key.
    pub length: u64,
}

impl Costs {
    /// Those that a derivation asks for.
    #[must_use]
    pub fn of(input: &Fields) -> Self {
        let [passes, memory_kib, lanes, length] =
            ["passes", "memory_kib", "lanes", "length"].map(|name| input.integer(name));
        Self { passes, memory_kib, lanes, length }
    }
}

/// At least eight bytes.
///
/// # Errors
///
/// Below.
pub fn salt(salt: &[u8]) -> Computed<Cow<'_, [u8]>> {
    if salt.len() < 8 { Err(Stop::Refuse(Reason::Parameter)) } else { Ok(Cow::Borrowed(salt)) }
}

/// The ranges of RFC 9106 §3.1 and the reference's ceilings.
///
/// # Errors
///
/// Outside.
pub fn costs(asked: Costs) -> Computed<Costs> {
    let Costs { passes, memory_kib, lanes, length } = asked;
    let count = 1..=u64::from(u32::MAX);
    let in_range = (1..1 << 24).contains(&lanes)
        && (8 * lanes..=u64::from(u32::MAX)).contains(&memory_kib)
        && count.contains(&passes)
        && length >= 4;
    let limits = Limits::default();
    let too_costly = length > limits.derived_bytes_max
        || memory_kib > limits.memory_kib_max
        || passes.saturating_mul(memory_kib) > limits.argon2_work_kib_max;
    match (in_range, too_costly) {
        (true, false) => Ok(asked),
        (true, true) => Err(Stop::Refuse(Reason::TooCostly)),
        (false, _) => Err(Stop::Refuse(Reason::Parameter)),
    }
}

/// What H0 is the hash of.
#[derive(Clone, Copy, Debug)]
pub struct H0<'a> {
    /// Passes, memory as it was asked for, lanes, length.
    pub costs: Costs,
    /// Memory as it lies.
    pub shape: Shape,
    /// The version.
    pub version: u32,
    /// The variant.
    pub variant: Variant,
    /// The password.
    pub password: &'a [u8],
    /// The salt.
    pub salt: &'a [u8],
    /// The secret, which no operation has.
    pub secret: &'a [u8],
    /// Associated data, which no operation has.
    pub associated_data: &'a [u8],
}

/// Numbers of 32 bits, then each byte string behind its length.
#[must_use]
pub fn h0(of: &H0<'_>) -> Vec<u8> {
    let Costs { passes, memory_kib, lanes, length } = of.costs;
    let fixed = [u64::from(of.version), u64::from(of.variant.code())];
    let mut hashed: Vec<u8> = [lanes, length, memory_kib, passes].into_iter().chain(fixed).flat_map(word).collect();
    for bytes in [of.password, of.salt, of.secret, of.associated_data] {
        hashed.extend(word(bytes.len() as u64));
        hashed.extend(bytes);
    }
    hashed
}

/// A number in four bytes, the lowest first.
fn word(number: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = number.to_le_bytes();
    [a, b, c, d]
}

/// H' (RFC 9106 §3.3): a hash of any length.
#[must_use]
pub fn long_hash(input: &[u8], length: usize) -> Vec<u8> {
    let mut hashed = [&word(length as u64), input].concat();
    let mut output = Vec::with_capacity(length);
    while length - output.len() > 64 {
        hashed = blake2b(&hashed, 64);
        output.extend_from_slice(&hashed[..32]);
    }
    output.extend(blake2b(&hashed, length - output.len()));
    output
}

/// BLAKE2b without a key; at no length nothing.
#[must_use]
pub fn blake2b(message: &[u8], length: usize) -> Vec<u8> {
    Blake2bLength::read(length as u64)
        .map(|length| hash::blake2b(message, Blake2bKey::NONE, length))
        .unwrap_or_default()
}
