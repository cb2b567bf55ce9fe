//! Fortuna (Ferguson, Schneier, Kohno: Cryptography Engineering, chapter 9) over AES-256 and SHA-256, without its clock.
//!
//! In: events for the 32 pools and requests for bytes, in order. Out: the bytes of each request. Every step of the book is
//! a function of its own. The rule of 100 ms between two reseeds is the caller's: here any time has passed before a request.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{Limits, ParamError};

/// The pools that events go to.
pub const POOLS: usize = 32;
/// Bytes that pool 0 must hold for a reseed: source, length and data bytes all count.
pub const POOL_BYTES_MIN: usize = 64;
/// The most bytes that one request may ask for: 2^16 blocks under one key.
pub const REQUEST_BYTES_MAX: u64 = 1 << 20;
const BLOCK_BYTES: usize = 16;
const KEY_BYTES: usize = 32;
/// What SHA-256 takes at a time; `double-zero` hashes as many zeros first.
const HASH_BLOCK_BYTES: usize = 64;

/// The hash that an implementation uses for its pools and its key. The three give different bytes for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// SHA-256(SHA-256(m)), as in `PyCrypto` and most others.
    Double,
    /// SHA-256(SHA-256(0^512 ‖ m)), as the edition of 2010 defines it.
    DoubleZero,
    /// SHA-256(m).
    Single,
}

impl Family {
    /// Accepts a name from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::Unknown`] for any other than the three.
    pub fn read(name: &str) -> Result<Self, ParamError> {
        match name {
            "double" => Ok(Self::Double),
            "double-zero" => Ok(Self::DoubleZero),
            "single" => Ok(Self::Single),
            _ => Err(ParamError::Unknown { parameter: "family_text", allowed: "double, double-zero, single" }),
        }
    }

    /// The family's hash of the parts, one after the other.
    #[must_use]
    pub fn hash(self, parts: &[&[u8]]) -> [u8; 32] {
        let once = |prefix: &[u8]| parts.iter().fold(Sha256::new_with_prefix(prefix), Sha256::chain_update).finalize();
        match self {
            Self::Double => Sha256::digest(once(&[])).into(),
            Self::DoubleZero => Sha256::digest(once(&[0; HASH_BLOCK_BYTES])).into(),
            Self::Single => once(&[]).into(),
        }
    }
}

/// An event: 1 ..= 32 bytes from one of 256 sources for one of 32 pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    source: u8,
    pool: usize,
    data: &'a [u8],
}

impl<'a> Event<'a> {
    /// Accepts source byte ‖ pool byte ‖ data from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] for a pool above 31, or no data, or more than 32 bytes of it.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ParamError> {
        let fault =
            |found: usize, allowed| ParamError::OutOfRange { parameter: "events", found: found as u64, allowed };
        match bytes {
            [_, pool, ..] if usize::from(*pool) >= POOLS => Err(fault(usize::from(*pool), "a pool from 0 to 31")),
            [source, pool, data @ ..] if (1..=32).contains(&data.len()) => {
                Ok(Self { source: *source, pool: usize::from(*pool), data })
            }
            _ => Err(fault(bytes.len(), "a source, a pool and 1 to 32 bytes of data")),
        }
    }
}

/// The length of a request, 0 ..= 2^20 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestBytes(usize);

impl RequestBytes {
    /// Accepts a length from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] above 2^20: the book's limit for one key, and no matter of cost.
    pub fn read(length: u64) -> Result<Self, ParamError> {
        match usize::try_from(length) {
            Ok(bytes) if length <= REQUEST_BYTES_MAX => Ok(Self(bytes)),
            Ok(_) | Err(_) => {
                Err(ParamError::OutOfRange { parameter: "requests", found: length, allowed: "0 to 1048576 bytes" })
            }
        }
    }
}

/// What happens to a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// An event goes to its pool.
    Event(Event<'a>),
    /// Bytes are asked for.
    Request(RequestBytes),
}

/// Reads a script: an empty event is the place of the next request.
///
/// # Errors
///
/// [`ParamError::OutOfRange`] for an event or a request that cannot be, or as many marks as there are not requests;
/// [`ParamError::TooCostly`] for more bytes, or more requests, than the caller bears.
pub fn script<'a>(events: &'a [Vec<u8>], requests: &[u64], limits: &Limits) -> Result<Vec<Step<'a>>, ParamError> {
    let (marks, allowed) = (events.iter().filter(|event| event.is_empty()).count(), "one for each empty event");
    if marks != requests.len() {
        return Err(ParamError::OutOfRange { parameter: "requests", found: requests.len() as u64, allowed });
    }
    let lengths = requests.iter().map(|length| RequestBytes::read(*length)).collect::<Result<Vec<_>, _>>()?;
    limits.bear_generated("requests", requests.len(), requests.iter().sum())?;
    let mut lengths = lengths.into_iter();
    let mut next_if = |mark: bool| mark.then(|| lengths.next()).flatten();
    let step = |event: &'a Vec<u8>| match next_if(event.is_empty()) {
        Some(length) => Ok(Step::Request(length)),
        None => Event::read(event).map(Step::Event),
    };
    events.iter().map(step).collect()
}

/// The pools of the n-th reseed, counted from 1: pool i if 2^i divides n.
pub fn pools_of(reseed: u64) -> impl Iterator<Item = usize> {
    (0..POOLS).take_while(move |pool| reseed.is_multiple_of(1 << pool))
}

/// The bytes that an event adds to its pool: source ‖ length of the data ‖ data.
#[must_use]
pub fn event_bytes(event: Event<'_>) -> Vec<u8> {
    // The constructor holds the data to 32 bytes.
    let length = u8::try_from(event.data.len()).unwrap_or(u8::MAX);
    [&[event.source, length], event.data].concat()
}

/// The generator: AES-256 of a counter, under a key that changes after every request.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Generator {
    key: [u8; KEY_BYTES],
    counter: u128,
}

impl Generator {
    /// Key and counter are zero; a counter of zero is the sign of a generator that was never seeded.
    #[must_use]
    pub fn new() -> Self {
        Self { key: [0; KEY_BYTES], counter: 0 }
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> &[u8; KEY_BYTES] {
        &self.key
    }

    /// The counter as the block that will be encrypted next: 16 bytes, little-endian.
    #[must_use]
    pub fn counter_block(&self) -> [u8; BLOCK_BYTES] {
        self.counter.to_le_bytes()
    }

    /// Whether there has been a seed.
    #[must_use]
    pub fn is_seeded(&self) -> bool {
        self.counter != 0
    }

    /// The new key is the hash of the old key and the seed; the counter moves on.
    pub fn reseed(&mut self, family: Family, seed: &[u8]) {
        self.key = family.hash(&[&self.key, seed]);
        self.counter = self.counter.wrapping_add(1);
    }

    /// So many blocks: the encrypted counter, which moves on after each.
    #[must_use]
    pub fn blocks(&mut self, count: usize) -> Zeroizing<Vec<u8>> {
        let cipher = Aes256::new(&Array::from(self.key));
        let mut blocks = Zeroizing::new(Vec::with_capacity(count * BLOCK_BYTES));
        for _ in 0..count {
            let mut block = Array::from(self.counter_block());
            cipher.encrypt_block(&mut block);
            blocks.extend_from_slice(&block);
            self.counter = self.counter.wrapping_add(1);
        }
        blocks
    }

    /// So many bytes, and then two blocks for a new key, even if no byte was asked for.
    #[must_use]
    pub fn bytes(&mut self, RequestBytes(length): RequestBytes) -> Vec<u8> {
        let mut bytes = self.blocks(length.div_ceil(BLOCK_BYTES));
        let key = self.blocks(KEY_BYTES / BLOCK_BYTES);
        self.key.copy_from_slice(&key);
        bytes.truncate(length);
        std::mem::take(&mut *bytes)
    }
}

impl Default for Generator {
    fn default() -> Self {
        Self::new()
    }
}

/// Pools and generator.
pub struct Fortuna {
    family: Family,
    pools: [Zeroizing<Vec<u8>>; POOLS],
    reseeds: u64,
    generator: Generator,
}

impl Fortuna {
    /// Empty pools and an unseeded generator.
    #[must_use]
    pub fn new(family: Family) -> Self {
        Self { family, pools: Default::default(), reseeds: 0, generator: Generator::new() }
    }

    /// The generator, to be looked at.
    #[must_use]
    pub fn generator(&self) -> &Generator {
        &self.generator
    }

    /// Adds an event to its pool.
    pub fn add(&mut self, event: Event<'_>) {
        self.pools[event.pool].extend(event_bytes(event));
    }

    /// Reseeds if pool 0 holds enough, and generates.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] while there has been no reseed.
    pub fn request(&mut self, length: RequestBytes) -> Result<Vec<u8>, ParamError> {
        self.reseed_if_due();
        if self.generator.is_seeded() {
            return Ok(self.generator.bytes(length));
        }
        let (found, allowed) = (self.pools[0].len() as u64, "64 bytes or more in pool 0 before the first request");
        Err(ParamError::OutOfRange { parameter: "events", found, allowed })
    }

    /// Reseeds if pool 0 holds enough: the digests of this reseed's pools, in their order, are the seed, and the
    /// pools are empty after it.
    pub fn reseed_if_due(&mut self) {
        if self.pools[0].len() < POOL_BYTES_MIN {
            return;
        }
        self.reseeds += 1;
        let mut seed = Zeroizing::new(Vec::new());
        for pool in pools_of(self.reseeds) {
            seed.extend(self.family.hash(&[&std::mem::take(&mut self.pools[pool])]));
        }
        self.generator.reseed(self.family, &seed);
    }
}

/// The bytes of every request of a script.
///
/// # Errors
///
/// [`ParamError::OutOfRange`] for a request before the first reseed.
pub fn generate(family: Family, script: &[Step<'_>]) -> Result<Vec<Vec<u8>>, ParamError> {
    let mut fortuna = Fortuna::new(family);
    let mut outputs = Vec::new();
    for step in script {
        match *step {
            Step::Event(event) => fortuna.add(event),
            Step::Request(length) => outputs.push(fortuna.request(length)?),
        }
    }
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(family: Family, seed: &[u8]) -> Generator {
        let mut generator = Generator::new();
        generator.reseed(family, seed);
        generator
    }

    fn read(generator: &mut Generator, length: u64) -> String {
        hex::encode(generator.bytes(RequestBytes::read(length).unwrap()))
    }

    /// Published by others for generators that are seeded directly: `PyCrypto` 2.6.1's self-test (public domain),
    /// dcrypt's generator.d, and maruel/fortuna's testdata/generator.json.
    #[test]
    fn each_family_gives_the_answers_that_others_published() {
        let mut double = seeded(Family::Double, b"Hello");
        assert_eq!(hex::encode(double.key()), "0ea6919d4361551364242a4ba890f8f073676e82cf1a52bb880f7e496648b565");
        assert_eq!(read(&mut double, 32), "7cbe2c17684ac223d08969ee8b565616717661c0d2f4758bd6ba140bf3791abd");
        assert_eq!(hex::encode(double.key()), "33a1bb21987859caf2bbfc5615bef56de6b71ff9f37112d0c193a135160862b7");
        assert_eq!(double.counter_block()[0], 5);
        assert_eq!(read(&mut double, 32), "fd6648ba3086e919cee34904ef09a7ff021f77580558b8c3e9248275f23042bf");

        let single = "2fd720d5d7f93dc8371586ae8c09547095613e2cf8967206f8d16d5717cf15a5\
                      3beae29b2cf9fc0443ae6c37fd1f11aefb13061415c4d5f27d876cb67a63ba592af029f0447815";
        assert_eq!(read(&mut seeded(Family::Single, &[0]), 71), single);

        let mut double_zero = seeded(Family::DoubleZero, &[0]);
        let first = "adb360869ee94b4f23e8cf564976138377c48456b15d4bafe9817104c138de75\
                     640b806c508e060cc1e57566fe1cdebcbddda52345c884c2a30976ee52b1cba6fab95e989e8a";
        assert_eq!(read(&mut double_zero, 70), first);
        assert_eq!(read(&mut double_zero, 10), "83e60f19d5bbd6f8a3f6");
    }

    /// What 2^i divides, by `PyCrypto`'s self-test: a reversed condition would drain every pool at once.
    #[test]
    fn pool_i_is_used_every_2_to_the_i_th_reseed() {
        for (reseed, pools) in [(1, 1), (2, 2), (3, 1), (4, 3), (6, 2), (7, 1), (8, 4), (1 << 31, 32), (1 << 40, 32)] {
            assert_eq!(pools_of(reseed).count(), pools, "reseed {reseed}");
        }
    }

    /// A hostile script must be refused before it is run.
    #[test]
    fn scripts_are_bounded() {
        let (limits, marks) = (Limits::default(), |count| vec![Vec::new(); count]);
        let costly = |requests: &[u64]| {
            matches!(script(&marks(requests.len()), requests, &limits), Err(ParamError::TooCostly { .. }))
        };
        assert!(costly(&[REQUEST_BYTES_MAX; 17]) && !costly(&[REQUEST_BYTES_MAX; 16]));
        assert!(costly(&vec![0; (1 << 16) + 1]) && !costly(&vec![0; 1 << 16]));
        assert!(script(&marks(1), &[], &limits).is_err() && script(&marks(1), &[1, 1], &limits).is_err());
        assert!(script(&marks(1), &[REQUEST_BYTES_MAX + 1], &limits).is_err());
    }
}
