//! A model of Fortuna (Cryptography Engineering, chapter 9) over AES-256 and SHA-256, as docs/fortuna.md words it.

use super::gcm::PARAMETER;
use crate::computed::{Computed, Stop};
use primitives::aes::Aes;
use primitives::hash::sha256;
use vectors::{Fields, Reason, Value};

/// A family's hash.
pub type Hash = fn(&[u8]) -> [u8; 32];

/// An event as the script has it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Where it comes from.
    pub source: u8,
    /// The pool it goes to.
    pub pool: usize,
    /// What it brings.
    pub data: Vec<u8>,
}

/// One pool.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// What its digest covers.
    pub bytes: Vec<u8>,
    /// The bytes that were added since it was emptied, those of the headers too.
    pub added: usize,
    /// The bytes of data among them.
    pub data: usize,
}

/// The steps of Fortuna.
#[derive(Clone, Copy, Debug)]
pub struct Fortuna {
    /// The hash that a family's name stands for.
    pub family: fn(&str) -> Computed<Hash>,
    /// An event out of source, pool and data.
    pub event: fn(&[u8]) -> Computed<Event>,
    /// The bytes to give for a request's length.
    pub length: fn(u64) -> Computed<usize>,
    /// What an event adds to its pool.
    pub framed: fn(&Event) -> Vec<u8>,
    /// Puts what an event adds into the pools.
    pub pour: fn(&mut [Pool], &Event, &[u8]),
    /// Whether pool 0 is worth a reseed.
    pub due: fn(&Pool) -> bool,
    /// The pools of the n-th reseed, counted from 1, in the order of their digests.
    pub used: fn(u64) -> Vec<usize>,
    /// What a pool gives to the seed.
    pub digest: fn(Hash, &Pool) -> Vec<u8>,
    /// A pool after it was used.
    pub emptied: fn(Hash, &Pool) -> Pool,
    /// The seed out of the digests.
    pub seed: fn(Hash, Vec<u8>) -> Vec<u8>,
    /// The new key out of the old one and the seed.
    pub rekeyed: fn(Hash, &[u8], &[u8]) -> [u8; 32],
    /// The counter after a reseed.
    pub reseeded: fn(u128) -> u128,
    /// Whether bytes are given after so many reseeds.
    pub seeded: fn(u64) -> Computed<()>,
    /// The block cipher under the key.
    pub cipher: fn(&[u8]) -> Computed<Aes>,
    /// The counter as a block.
    pub block: fn(u128) -> [u8; 16],
    /// The counter after a block.
    pub next: fn(u128) -> u128,
    /// How often the key is replaced after a request of so many bytes.
    pub keys: fn(usize) -> usize,
}

impl Fortuna {
    /// Every step as the page has it.
    pub const RIGHT: Self = Self {
        family,
        event,
        length: |length| match usize::try_from(length) {
            Ok(bytes) if bytes <= REQUEST_BYTES_MAX => Ok(bytes),
            Ok(_) | Err(_) => Err(PARAMETER),
        },
        framed: |event| [&[event.source, low_byte(event.data.len())], event.data.as_slice()].concat(),
        pour: |pools, event, bytes| pools[event.pool].add(bytes, event.data.len()),
        due: |pool| pool.added >= POOL_BYTES_MIN,
        used: |reseed| (0..POOLS).filter(|pool| reseed.is_multiple_of(1 << pool)).collect(),
        digest: |hash, pool| hash(&pool.bytes).to_vec(),
        emptied: |_, _| Pool::default(),
        seed: |_, digests| digests,
        rekeyed: |hash, key, seed| hash(&[key, seed].concat()),
        reseeded: |counter| counter.wrapping_add(1),
        seeded: |reseeds| if reseeds > 0 { Ok(()) } else { Err(PARAMETER) },
        cipher: |key| Aes::new(key).ok_or(PARAMETER),
        block: u128::to_le_bytes,
        next: |counter| counter.wrapping_add(1),
        keys: |_| 1,
    };

    /// The last bytes of each request of a script.
    ///
    /// # Errors
    ///
    /// [`Stop`].
    pub fn generate(&self, input: &Fields) -> Computed<Fields> {
        let (events, lengths) = (input.bytes_list("events"), input.integer_list("requests"));
        let mut state = State::new((self.family)(input.text("family_text"))?);
        let mut requests =
            lengths.iter().map(|length| (self.length)(*length)).collect::<Computed<Vec<_>>>()?.into_iter();
        bear(requests.len(), requests.as_slice().iter().sum())?;
        let mut outputs = Vec::new();
        for event in events {
            if event.is_empty() {
                outputs.push(shown(self.request(&mut state, requests.next().ok_or(PARAMETER)?)?));
            } else {
                let event = (self.event)(event)?;
                (self.pour)(&mut state.pools, &event, &(self.framed)(&event));
            }
        }
        match requests.next() {
            Some(_) => Err(PARAMETER),
            None => Ok(Fields::new().with("outputs", Value::BytesList(outputs))),
        }
    }

    fn request(&self, state: &mut State, length: usize) -> Computed<Vec<u8>> {
        if (self.due)(&state.pools[0]) {
            self.reseed(state);
        }
        (self.seeded)(state.reseeds)?;
        let mut bytes = self.blocks(state, length.div_ceil(16))?;
        bytes.truncate(length);
        for _ in 0..(self.keys)(length) {
            let key = self.blocks(state, 2)?;
            state.key.copy_from_slice(&key);
        }
        Ok(bytes)
    }

    fn reseed(&self, state: &mut State) {
        state.reseeds += 1;
        let mut digests = Vec::new();
        for at in (self.used)(state.reseeds) {
            digests.extend((self.digest)(state.hash, &state.pools[at]));
            state.pools[at] = (self.emptied)(state.hash, &state.pools[at]);
        }
        state.key = (self.rekeyed)(state.hash, &state.key, &(self.seed)(state.hash, digests));
        state.counter = (self.reseeded)(state.counter);
    }

    fn blocks(&self, state: &mut State, count: usize) -> Computed<Vec<u8>> {
        let cipher = (self.cipher)(&state.key)?;
        let mut blocks = Vec::with_capacity(count * 16);
        for _ in 0..count {
            blocks.extend(cipher.encrypt((self.block)(state.counter)));
            state.counter = (self.next)(state.counter);
        }
        Ok(blocks)
    }
}

/// The generator and its pools.
struct State {
    hash: Hash,
    pools: Vec<Pool>,
    reseeds: u64,
    key: [u8; 32],
    counter: u128,
}

impl State {
    fn new(hash: Hash) -> Self {
        Self { hash, pools: vec![Pool::default(); POOLS], reseeds: 0, key: [0; 32], counter: 0 }
    }
}

impl Pool {
    /// Adds bytes, of which so many are data.
    pub fn add(&mut self, bytes: &[u8], data: usize) {
        self.bytes.extend_from_slice(bytes);
        self.added += bytes.len();
        self.data += data;
    }
}

/// The pools.
pub const POOLS: usize = 32;
/// The most bytes of one request.
pub const REQUEST_BYTES_MAX: usize = 1 << 20;
const POOL_BYTES_MIN: usize = 64;
/// The most bytes and requests of one script, and the last bytes of a request that its answer shows.
const SCRIPT_BYTES_MAX: usize = 16 << 20;
const SCRIPT_REQUESTS_MAX: usize = 1 << 16;
const SHOWN_BYTES: usize = 1024;

/// The families of docs/fortuna.md.
///
/// # Errors
///
/// [`Stop::Refuse`] for any other name.
pub fn family(name: &str) -> Computed<Hash> {
    match name {
        "double" => Ok(double),
        "double-zero" => Ok(double_zero),
        "single" => Ok(sha256),
        _ => Err(PARAMETER),
    }
}

/// SHA-256 twice.
#[must_use]
pub fn double(message: &[u8]) -> [u8; 32] {
    sha256(&sha256(message))
}

/// SHA-256 twice, after a block of zeros.
#[must_use]
pub fn double_zero(message: &[u8]) -> [u8; 32] {
    double(&[&[0; 64], message].concat())
}

/// An event of 1 to 32 bytes for one of 32 pools.
///
/// # Errors
///
/// [`Stop::Refuse`] for any other.
pub fn event(bytes: &[u8]) -> Computed<Event> {
    match any_event(bytes)? {
        event if event.pool < POOLS && (1..=32).contains(&event.data.len()) => Ok(event),
        _ => Err(PARAMETER),
    }
}

/// An event of any pool and any data.
///
/// # Errors
///
/// [`Stop::Refuse`] for fewer than two bytes.
pub fn any_event(bytes: &[u8]) -> Computed<Event> {
    match bytes {
        [source, pool, data @ ..] => Ok(Event { source: *source, pool: usize::from(*pool), data: data.to_vec() }),
        _ => Err(PARAMETER),
    }
}

/// A length in one byte, modulo 256.
#[must_use]
pub fn low_byte(length: usize) -> u8 {
    length.to_le_bytes()[0]
}

/// Refuses a script that asks for too much.
pub(super) fn bear(requests: usize, bytes: usize) -> Computed<()> {
    let costly = requests > SCRIPT_REQUESTS_MAX || bytes > SCRIPT_BYTES_MAX;
    if costly { Err(Stop::Refuse(Reason::TooCostly)) } else { Ok(()) }
}

/// The end of an output, which is all that an answer shows.
pub(super) fn shown(mut output: Vec<u8>) -> Vec<u8> {
    output.split_off(output.len().saturating_sub(SHOWN_BYTES))
}
