//! SJCL's generator (core/random.js, 1.0.9), a relative of Fortuna: pools that grow from one, entropy that the caller
//! estimates, SHA-256 once, and a counter of four words of which the first counts first.
//!
//! In: a paranoia level, and events and requests with their times. Out: the bytes of each request. The clock is the
//! script's, and `Math.random()` gives k / 65,536 at its k-th call, counted from 0 and modulo 65,536.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};

use super::{Limits, ParamError, hash};

/// Bits of entropy that each paranoia level asks for.
const LEVEL_BITS: [u64; 11] = [0, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
/// More bits than this in pool 0 are worth a reseed.
const RESEED_BITS: u64 = 80;
/// Milliseconds from one reseed to the next.
const RESEED_MS: u64 = 30_000;
/// Words of `Math.random()` in a seed.
const RANDOM_WORDS: usize = 16;
/// The latest start, so that no time is beyond what a JavaScript number holds exactly.
const START_MS_MAX: u64 = 1 << 48;
const WORD_BYTES: usize = 4;
const BLOCK_WORDS: usize = 4;

/// The bits that a generator must have before it gives anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paranoia(u64);

impl Paranoia {
    /// Accepts a level from a request.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] above 10.
    pub fn read(level: u64) -> Result<Self, ParamError> {
        let bits = usize::try_from(level).ok().and_then(|level| LEVEL_BITS.get(level));
        bits.map(|bits| Self(*bits)).ok_or(ParamError::OutOfRange {
            parameter: "paranoia",
            found: level,
            allowed: "0 to 10",
        })
    }
}

/// What an event brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data<'a> {
    /// One word.
    Number(&'a [u8; WORD_BYTES]),
    /// Words, big-endian, one after the other.
    Array(&'a [u8]),
    /// Text.
    Text(&'a str),
}

/// What happens to the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Words are asked for.
    Request {
        /// How many.
        words: u32,
    },
    /// `addEntropy`.
    Event {
        /// The source, whose name is this number.
        source: u8,
        /// The caller's estimate of the entropy, bits.
        estimate: u16,
        /// What it brings.
        data: Data<'a>,
    },
}

/// Something that happens, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    elapsed_ms: u32,
    action: Action<'a>,
}

impl<'a> Step<'a> {
    /// Accepts kind (1 byte) ‖ source (1) ‖ estimate (2) ‖ milliseconds since the start (4) ‖ data, all big-endian.
    /// Kind 0 is a request, whose data are a count of words; 1 a number, 2 an array, 3 a text.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] for anything else.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ParamError> {
        let allowed = "kind, source, estimate, time and the data of that kind";
        let fault = ParamError::OutOfRange { parameter: "events", found: bytes.len() as u64, allowed };
        let Some((&[kind, source, e0, e1, t0, t1, t2, t3], data)) = bytes.split_first_chunk() else {
            return Err(fault);
        };
        let event = |data| Action::Event { source, estimate: u16::from_be_bytes([e0, e1]), data };
        let action = match kind {
            0 => data.try_into().ok().map(|count| Action::Request { words: u32::from_be_bytes(count) }),
            1 => data.try_into().ok().map(|word| event(Data::Number(word))),
            2 => data.len().is_multiple_of(WORD_BYTES).then(|| event(Data::Array(data))),
            3 => std::str::from_utf8(data).ok().map(|text| event(Data::Text(text))),
            _ => None,
        };
        action.map(|action| Self { elapsed_ms: u32::from_be_bytes([t0, t1, t2, t3]), action }).ok_or(fault)
    }
}

/// Reads a script.
///
/// # Errors
///
/// [`ParamError::OutOfRange`] for an event that cannot be read, [`ParamError::TooCostly`] for more bytes, or more
/// requests, than the caller bears.
pub fn script<'a>(events: &'a [Vec<u8>], limits: &Limits) -> Result<Vec<Step<'a>>, ParamError> {
    let steps = events.iter().map(|event| Step::read(event)).collect::<Result<Vec<_>, _>>()?;
    let asked = steps.iter().filter_map(|step| match step.action {
        Action::Request { words } => Some(u64::from(words)),
        Action::Event { .. } => None,
    });
    let words: Vec<_> = asked.collect();
    limits.bear_generated("events", words.len(), words.iter().sum::<u64>() * WORD_BYTES as u64)?;
    Ok(steps)
}

/// The bytes that an event adds to its pool: words of source, event number, kind, estimate, time and length, then the data.
/// A text's length is in UTF-16 units, and its data are UTF-8, so what follows it need not begin at a word.
#[must_use]
pub fn event_bytes(source: u32, event: u32, estimate: u16, now_ms: u64, data: Data<'_>) -> Vec<u8> {
    let (kind, length, data) = match data {
        Data::Number(word) => (1, 1, word.as_slice()),
        Data::Array(words) => (2, words.len() / WORD_BYTES, words),
        Data::Text(text) => (3, text.encode_utf16().count(), text.as_bytes()),
    };
    let length = low_word(length as u64);
    let head = [source, event, kind, u32::from(estimate), low_word(now_ms), length].map(u32::to_be_bytes);
    [head.as_flattened(), data].concat()
}

/// The pools of a reseed: all of them, or up to and with the first whose bit is set in the number of reseeds before.
#[must_use]
pub fn pools_of(reseeds: u64, pools: usize, extent: Extent) -> usize {
    match extent {
        Extent::All => pools,
        Extent::Some => (0..pools).find(|pool| reseeds >> pool & 1 == 1).map_or(pools, |last| last + 1),
    }
}

/// How far a reseed goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All pools: the generator was not ready.
    All,
    /// Some pools: it was, and pool 0 has something new.
    Some,
}

#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    entropy: u64,
}

/// The generator.
pub struct Prng {
    paranoia: Paranoia,
    pools: Vec<Pool>,
    reseeds: u64,
    /// For each source its number, in the order of their first events, and the pool of its next event.
    sources: [Option<(u32, usize)>; 256],
    sources_known: u32,
    events: u32,
    strength: u64,
    pool_strength: u64,
    next_reseed_ms: u64,
    randoms: u16,
    key: [u8; 32],
    counter: [u32; BLOCK_WORDS],
}

impl Prng {
    /// `new sjcl.prng(paranoia)`.
    #[must_use]
    pub fn new(paranoia: Paranoia) -> Self {
        Self {
            paranoia,
            pools: vec![Pool::default()],
            reseeds: 0,
            sources: [None; 256],
            sources_known: 0,
            events: 0,
            strength: 0,
            pool_strength: 0,
            next_reseed_ms: 0,
            randoms: 0,
            key: [0; 32],
            counter: [0; BLOCK_WORDS],
        }
    }

    /// `addEntropy`: each source goes round the pools by itself.
    pub fn add(&mut self, source: u8, estimate: u16, now_ms: u64, data: Data<'_>) {
        let known = &mut self.sources[usize::from(source)];
        let (number, pool) = known.unwrap_or((self.sources_known, 0));
        self.sources_known += u32::from(known.is_none());
        *known = Some((number, (pool + 1) % self.pools.len()));
        self.pools[pool].bytes.extend(event_bytes(number, self.events, estimate, now_ms, data));
        self.events = self.events.wrapping_add(1);
        self.pools[pool].entropy += u64::from(estimate);
        self.pool_strength += u64::from(estimate);
    }

    /// `randomWords`: reseeds if it must, generates, and changes the key.
    ///
    /// # Errors
    ///
    /// [`ParamError::OutOfRange`] if there is not the entropy that the paranoia level asks for.
    pub fn words(&mut self, count: u32, now_ms: u64) -> Result<Vec<u8>, ParamError> {
        if let Some(extent) = self.due(now_ms)? {
            self.reseed(extent, now_ms);
        }
        let length = count as usize * WORD_BYTES;
        let mut bytes = self.blocks((count as usize).div_ceil(BLOCK_WORDS));
        self.key = self.blocks(2).try_into().unwrap_or_else(|_| unreachable!("two blocks are a key"));
        bytes.truncate(length);
        Ok(bytes)
    }

    /// Whether a reseed is due, and how far it goes. Strength never falls, so a generator that is ready stays so.
    fn due(&self, now_ms: u64) -> Result<Option<Extent>, ParamError> {
        let Paranoia(bits) = self.paranoia;
        if self.strength > 0 && self.strength >= bits {
            let fresh = self.pools[0].entropy > RESEED_BITS && now_ms > self.next_reseed_ms;
            return Ok(fresh.then_some(Extent::Some));
        }
        if self.pool_strength >= bits {
            return Ok(Some(Extent::All));
        }
        let allowed = "as much entropy before a request as the paranoia level asks for";
        Err(ParamError::OutOfRange { parameter: "events", found: self.pool_strength, allowed })
    }

    fn reseed(&mut self, extent: Extent, now_ms: u64) {
        self.next_reseed_ms = now_ms + RESEED_MS;
        let mut seed = low_word(self.next_reseed_ms).to_be_bytes().to_vec();
        for _ in 0..RANDOM_WORDS {
            seed.extend((u32::from(self.randoms) << 16).to_be_bytes());
            self.randoms = self.randoms.wrapping_add(1);
        }
        let mut strength = 0;
        let used = pools_of(self.reseeds, self.pools.len(), extent);
        for pool in self.pools.drain(..used).collect::<Vec<_>>() {
            seed.extend(hash::sha256(&pool.bytes));
            strength += pool.entropy;
        }
        self.pools.splice(..0, std::iter::repeat_with(Pool::default).take(used));
        if self.reseeds >= 1 << self.pools.len() {
            self.pools.push(Pool::default());
        }
        self.pool_strength -= strength;
        self.strength = self.strength.max(strength);
        self.reseeds += 1;
        self.key = hash::sha256(&[self.key.as_slice(), &seed].concat());
        self.count();
    }

    /// So many blocks: the counter moves on before each.
    fn blocks(&mut self, count: usize) -> Vec<u8> {
        let cipher = Aes256::new(&Array::from(self.key));
        let mut blocks = Vec::with_capacity(count * BLOCK_WORDS * WORD_BYTES);
        for _ in 0..count {
            self.count();
            let mut block = Array::from(counter_block(self.counter));
            cipher.encrypt_block(&mut block);
            blocks.extend_from_slice(&block);
        }
        blocks
    }

    fn count(&mut self) {
        for word in &mut self.counter {
            *word = word.wrapping_add(1);
            if *word != 0 {
                break;
            }
        }
    }
}

/// The first word counts first, and each is big-endian: 1 is `00000001` and zeros.
#[must_use]
pub fn counter_block(counter: [u32; BLOCK_WORDS]) -> [u8; BLOCK_WORDS * WORD_BYTES] {
    let mut block = [0; BLOCK_WORDS * WORD_BYTES];
    block.copy_from_slice(counter.map(u32::to_be_bytes).as_flattened());
    block
}

fn low_word(integer: u64) -> u32 {
    u32::try_from(integer & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// The bytes of every request of a script.
///
/// # Errors
///
/// [`ParamError::OutOfRange`] for a start beyond 2^48 ms, or a request before there is enough entropy.
pub fn generate(paranoia: Paranoia, start_ms: u64, script: &[Step<'_>]) -> Result<Vec<Vec<u8>>, ParamError> {
    if start_ms > START_MS_MAX {
        let allowed = "0 to 2^48 milliseconds";
        return Err(ParamError::OutOfRange { parameter: "start_ms", found: start_ms, allowed });
    }
    let mut prng = Prng::new(paranoia);
    let mut outputs = Vec::new();
    for Step { elapsed_ms, action } in script {
        let now_ms = start_ms + u64::from(*elapsed_ms);
        match *action {
            Action::Request { words } => outputs.push(prng.words(words, now_ms)?),
            Action::Event { source, estimate, data } => prng.add(source, estimate, now_ms, data),
        }
    }
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(kind: u8, data: &[u8]) -> Vec<u8> {
        [&[kind, 0, 0, 0, 0, 0, 0, 0], data].concat()
    }

    /// A hostile script must be refused before it is run.
    #[test]
    fn scripts_are_bounded() {
        let limits = Limits::default();
        let costly = |events: &[Vec<u8>]| matches!(script(events, &limits), Err(ParamError::TooCostly { .. }));
        let request = |words: u32| step(0, &words.to_be_bytes());
        assert!(costly(&[request(u32::MAX)]) && costly(&vec![request(1 << 20); 5]));
        assert!(!costly(&vec![request(1 << 20); 4]) && costly(&vec![request(0); (1 << 16) + 1]));
        assert!(generate(Paranoia(0), u64::MAX, &[]).is_err());
    }

    /// A reader that took half an event would read beyond its end in another language.
    #[test]
    fn events_that_cannot_be_are_refused() {
        for event in
            [vec![], vec![1; 7], step(0, &[0; 3]), step(1, &[0; 5]), step(2, &[0; 3]), step(3, &[0xff]), step(4, &[])]
        {
            assert!(Step::read(&event).is_err(), "{event:?}");
        }
        for event in [step(0, &[0; 4]), step(1, &[0; 4]), step(2, &[]), step(3, b"a")] {
            assert!(Step::read(&event).is_ok(), "{event:?}");
        }
    }
}
