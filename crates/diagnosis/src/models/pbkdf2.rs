//! A model of PBKDF2-HMAC-SHA512.
//!
//! In: password, salt, count and length. Out: a key. HMAC is the model of [`super::hash`], with its key taken in once.

use super::hash::{Hmac, Taken, as_given};
use crate::computed::{Computed, Stop};
use primitives::Limits;
use vectors::{Fields, Reason, Value};

/// A pseudo-random function with its key taken in: the front of the 64 bytes is its output.
pub type Prf = Box<dyn Fn(&[u8]) -> [u8; 64]>;

/// The block of a number, which counts from 1.
pub type Blocks<'a> = &'a dyn Fn(u64) -> [u8; 64];

/// The longest key that is made in small.
pub const SMALL_BYTES: u64 = 256;

/// The steps of PBKDF2 (RFC 8018 §5.2).
#[derive(Clone, Copy, Debug)]
pub struct Pbkdf2 {
    /// The count that is worked off, of the one asked for.
    pub count: fn(u64) -> Computed<u64>,
    /// The length of the key that comes out, of the one asked for, in bytes.
    pub length: fn(u64) -> Computed<u64>,
    /// Whether this count and this number of blocks are borne.
    pub bear: fn(count: u64, length: u64) -> Computed<()>,
    /// The members that are taken for the password and for the salt.
    pub members: [&'static str; 2],
    /// The password as it is taken in.
    pub password: Taken,
    /// The salt as it is taken in.
    pub salt: Taken,
    /// The steps of the pseudo-random function.
    pub hmac: Hmac,
    /// The pseudo-random function under a password.
    pub prf: fn(&Hmac, password: &[u8]) -> Prf,
    /// Bytes of the pseudo-random function, at most 64.
    pub prf_bytes: usize,
    /// What is hashed first for the block of this number, which counts from 1.
    pub first: fn(salt: &[u8], number: u64) -> Vec<u8>,
    /// A block: the combination of `count` outputs, the first of which is of this message.
    pub block: fn(prf: &Prf, bytes: usize, first: &[u8], count: u64) -> [u8; 64],
    /// Puts a key of this length together, of blocks of this many bytes.
    pub assemble: fn(length: usize, bytes: usize, block: Blocks<'_>) -> Vec<u8>,
    /// The key as it is given out.
    pub key: fn(Vec<u8>) -> Vec<u8>,
}

impl Pbkdf2 {
    /// Every step as the RFC has it, and the reference's ceilings.
    pub const RIGHT: Self = Self {
        count,
        length,
        bear,
        members: ["password", "salt"],
        password: as_given,
        salt: as_given,
        hmac: Hmac::RIGHT,
        prf: |hmac, password| {
            let keyed = hmac.keyed(password);
            Box::new(move |message| keyed.tag(message))
        },
        prf_bytes: 64,
        first: |salt, number| [salt, &number_of_32_bits(number).to_be_bytes()].concat(),
        block,
        assemble,
        key: |key| key,
    };

    /// `pbkdf2-hmac-sha512.derive`.
    ///
    /// # Errors
    ///
    /// [`Stop`] as the reference refuses, or where a mistake stops.
    pub fn derive(&self, input: &Fields) -> Computed<Fields> {
        let count = (self.count)(input.integer("iterations"))?;
        let length = (self.length)(input.integer("length"))?;
        (self.bear)(count, length)?;
        let [password, salt] = self.members.map(|member| input.bytes(member));
        let (password, salt) = ((self.password)(password)?, (self.salt)(salt)?);
        let prf = (self.prf)(&self.hmac, &password);
        let block = |number| (self.block)(&prf, self.prf_bytes, &(self.first)(&salt, number), count);
        let key = (self.assemble)(usize::try_from(length).map_err(|_| Stop::Crash)?, self.prf_bytes, &block);
        Ok(Fields::new().with_bytes("key", (self.key)(key)))
    }

    /// Whether the key would be the right one, as far as the count that is worked off and a key of three iterations tell;
    /// nobody knows of a key of more than [`SMALL_BYTES`].
    #[must_use]
    pub fn is_right_in_small(&self, input: &Fields) -> bool {
        let [count, length] = ["iterations", "length"].map(|member| input.integer(member));
        if length > SMALL_BYTES {
            return false;
        }
        let small = input.clone().replacing("iterations", Value::Integer(count.min(3)));
        (self.count)(count) == Ok(count)
            && (self.length)(length) == Ok(length)
            && (self.bear)(count, length).is_ok()
            && Self { count: Ok, length: Ok, bear: |_, _| Ok(()), ..*self }.derive(&small) == Self::RIGHT.derive(&small)
    }
}

/// 1 ..= 2^31 - 1.
///
/// # Errors
///
/// Outside.
pub fn count(asked: u64) -> Computed<u64> {
    match asked {
        1..=0x7fff_ffff => Ok(asked),
        _ => Err(Stop::Refuse(Reason::Parameter)),
    }
}

/// At least one byte, and not more than the reference gives out.
///
/// # Errors
///
/// Outside.
pub fn length(asked: u64) -> Computed<u64> {
    match asked {
        0 => Err(Stop::Refuse(Reason::Parameter)),
        _ if asked > Limits::default().derived_bytes_max => Err(Stop::Refuse(Reason::TooCostly)),
        _ => Ok(asked),
    }
}

/// Count times blocks below the reference's ceiling.
///
/// # Errors
///
/// Above.
pub fn bear(count: u64, length: u64) -> Computed<()> {
    let borne = count.saturating_mul(length.div_ceil(64)) <= Limits::default().iterations_max;
    if borne { Ok(()) } else { Err(Stop::Refuse(Reason::TooCostly)) }
}

/// The combination of all outputs, each the function of the one before.
#[must_use]
pub fn block(prf: &Prf, bytes: usize, first: &[u8], count: u64) -> [u8; 64] {
    let mut output = prf(first);
    let mut block = output;
    for _ in 1..count {
        output = prf(&output[..bytes]);
        block.iter_mut().zip(output).for_each(|(sum, byte)| *sum ^= byte);
    }
    block
}

/// As many blocks as it takes, the last one cut.
#[must_use]
pub fn assemble(length: usize, bytes: usize, block: Blocks<'_>) -> Vec<u8> {
    let numbers = 1..=length.div_ceil(bytes) as u64;
    let mut key: Vec<u8> = numbers.flat_map(|number| block(number).into_iter().take(bytes)).collect();
    key.truncate(length);
    key
}

/// The number of a block as four bytes hold it.
#[must_use]
pub fn number_of_32_bits(number: u64) -> u32 {
    u32::try_from(number & u64::from(u32::MAX)).unwrap_or_default()
}
