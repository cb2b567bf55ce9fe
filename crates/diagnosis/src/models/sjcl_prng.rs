//! A model of SJCL's generator (core/random.js of 1.0.9), as docs/fortuna.md words it.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};

use super::fortuna::{bear, shown};
use super::gcm::PARAMETER;
use crate::computed::Computed;
use primitives::hash::sha256;
use vectors::{Fields, Value};

/// The counter: four words.
pub type Counter = [u32; 4];

/// What happens, and when.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// 0 request, 1 number, 2 array, 3 text.
    pub kind: u8,
    /// The source, whose name is this number.
    pub source: u8,
    /// The caller's estimate of the entropy, bits.
    pub estimate: u16,
    /// The time.
    pub now_ms: u64,
    /// Its data, which are UTF-8 for a text.
    pub data: &'a [u8],
}

/// One pool.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// What its digest covers.
    pub bytes: Vec<u8>,
    /// The estimates of its events, bits.
    pub entropy: u64,
}

/// A source that has had an event.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Its name.
    pub name: u8,
    /// The pool of its next event.
    pub next_pool: usize,
    /// The events that it has had.
    pub events: u32,
}

/// How far a reseed goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All pools: the generator was not ready.
    All,
    /// Some: it was.
    Some,
}

/// The generator.
#[derive(Clone, Debug)]
pub struct State {
    /// Its pools.
    pub pools: Vec<Pool>,
    /// The sources, in the order of their first events.
    pub sources: Vec<Source>,
    /// The events of all sources.
    pub events: u32,
    /// The reseeds.
    pub reseeds: u64,
    /// The bits of the best reseed.
    pub strength: u64,
    /// The bits in all pools.
    pub pool_strength: u64,
    /// When it may reseed again.
    pub next_reseed_ms: u64,
    /// The words of `Math.random()` that were drawn.
    pub randoms: u16,
    key: [u8; 32],
    counter: Counter,
}

/// The steps of SJCL's generator.
#[derive(Clone, Copy, Debug)]
pub struct SjclPrng {
    /// The pools of a new generator.
    pub pools_at_first: usize,
    /// The bits that a paranoia level asks for.
    pub bits: fn(u64) -> Computed<u64>,
    /// The pool of a source's event, by the source's place.
    pub robin: fn(&mut State, usize) -> usize,
    /// The header of an event, by its source's place.
    pub header: fn(&State, usize, &Event<'_>) -> Vec<u32>,
    /// The length in an event's header.
    pub length: fn(&Event<'_>) -> usize,
    /// The data as they are added.
    pub data: fn(&Event<'_>) -> Vec<u8>,
    /// The hash of pools and key.
    pub hash: fn(&[u8]) -> [u8; 32],
    /// Whether a generator is ready that was asked for so many bits.
    pub ready: fn(&State, u64) -> bool,
    /// Whether a generator that is ready reseeds at this time.
    pub fresh: fn(&State, u64) -> bool,
    /// What is done without enough bits: perhaps a reseed.
    pub short: fn() -> Computed<Option<Extent>>,
    /// How many pools a reseed takes, by the reseeds before and the number of pools.
    pub used: fn(u64, usize, Extent) -> Vec<usize>,
    /// Whether a pool is added, by the reseeds before and the number of pools.
    pub grows: fn(u64, usize) -> bool,
    /// What is in the seed before the digests: from the next reseed's time, and 16 words of `Math.random()`.
    pub seed: fn(u64, &[u8]) -> Vec<u8>,
    /// What is hashed for the new key, out of the old one and the seed.
    pub rekeyed: fn(&[u8], &[u8]) -> Vec<u8>,
    /// The strength after a reseed of so many bits.
    pub strength: fn(u64, u64) -> u64,
    /// The counter after a reseed.
    pub reseeded: fn(Counter) -> Counter,
    /// The counter before a block.
    pub before: fn(Counter) -> Counter,
    /// The counter after a block.
    pub after: fn(Counter) -> Counter,
    /// The counter as a block.
    pub block: fn(Counter) -> [u8; 16],
    /// Whether the key changes within a request, after so many blocks of it.
    pub burst: fn(usize) -> bool,
    /// Whether the key changes after a request of so many words.
    pub rekeys: fn(usize) -> bool,
}

impl SjclPrng {
    /// Every step as SJCL has it.
    pub const RIGHT: Self = Self {
        pools_at_first: 1,
        bits: |level| {
            let level = usize::try_from(level).unwrap_or(usize::MAX);
            LEVEL_BITS.get(level).copied().ok_or(PARAMETER)
        },
        robin: |state, source| {
            let (pool, pools) = (state.sources[source].next_pool, state.pools.len());
            state.sources[source].next_pool = (pool + 1) % pools;
            pool
        },
        header: |state, source, event| {
            vec![
                low_word(source as u64),
                state.events,
                event.kind.into(),
                event.estimate.into(),
                low_word(event.now_ms),
            ]
        },
        length: |event| match event.kind {
            3 => String::from_utf8_lossy(event.data).encode_utf16().count(),
            _ => event.data.len() / 4,
        },
        data: |event| event.data.to_vec(),
        hash: sha256,
        ready: |state, bits| state.strength > 0 && state.strength >= bits,
        fresh: |state, now_ms| state.pools[0].entropy > 80 && now_ms > state.next_reseed_ms,
        short: || Err(PARAMETER),
        used: |reseeds, pools, extent| match extent {
            Extent::All => (0..pools).collect(),
            Extent::Some => (0..pools.min(reseeds.trailing_zeros() as usize + 1)).collect(),
        },
        grows: |reseeds, pools| reseeds >= 1 << pools,
        seed: |next_reseed_ms, randoms| [&low_word(next_reseed_ms).to_be_bytes(), randoms].concat(),
        rekeyed: |key, seed| [key, seed].concat(),
        strength: u64::max,
        reseeded: counted,
        before: counted,
        after: |counter| counter,
        block,
        burst: |_| false,
        rekeys: |_| true,
    };

    /// The last bytes of each request of a script.
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::computed::Stop).
    pub fn generate(&self, input: &Fields) -> Computed<Fields> {
        let (bits, start_ms) = ((self.bits)(input.integer("paranoia"))?, input.integer("start_ms"));
        let events =
            input.bytes_list("events").iter().map(|bytes| read(bytes, start_ms)).collect::<Computed<Vec<_>>>()?;
        let requests: Vec<_> = events.iter().filter(|event| event.kind == 0).map(words).collect();
        bear(requests.len(), requests.iter().map(|words| words * 4).sum())?;
        let (mut state, mut outputs) = (State::new(self.pools_at_first), Vec::new());
        for event in &events {
            match event.kind {
                0 => outputs.push(shown(self.request(&mut state, bits, words(event), event.now_ms)?)),
                _ => self.add(&mut state, event),
            }
        }
        Ok(Fields::new().with("outputs", Value::BytesList(outputs)))
    }

    fn add(&self, state: &mut State, event: &Event<'_>) {
        let source = state.place(event.source);
        let pool = (self.robin)(state, source);
        let mut header = (self.header)(state, source, event);
        header.push(low_word((self.length)(event) as u64));
        state.pools[pool].bytes.extend(header.into_iter().flat_map(u32::to_be_bytes));
        state.pools[pool].bytes.extend((self.data)(event));
        state.pools[pool].entropy += u64::from(event.estimate);
        state.pool_strength += u64::from(event.estimate);
        state.events = state.events.wrapping_add(1);
        state.sources[source].events += 1;
    }

    fn request(&self, state: &mut State, bits: u64, words: usize, now_ms: u64) -> Computed<Vec<u8>> {
        if let Some(extent) = self.due(state, bits, now_ms)? {
            self.reseed(state, extent, now_ms);
        }
        let mut bytes = Vec::with_capacity(words * 4 + 16);
        for block in 1..=words.div_ceil(4) {
            bytes.extend(self.blocks(state, 1));
            if (self.burst)(block) {
                self.rekey(state);
            }
        }
        if (self.rekeys)(words) {
            self.rekey(state);
        }
        bytes.truncate(words * 4);
        Ok(bytes)
    }

    fn due(&self, state: &State, bits: u64, now_ms: u64) -> Computed<Option<Extent>> {
        match (self.ready)(state, bits) {
            true => Ok((self.fresh)(state, now_ms).then_some(Extent::Some)),
            false if state.pool_strength >= bits => Ok(Some(Extent::All)),
            false => (self.short)(),
        }
    }

    fn reseed(&self, state: &mut State, extent: Extent, now_ms: u64) {
        state.next_reseed_ms = now_ms + 30_000;
        let mut seed = (self.seed)(state.next_reseed_ms, &state.draw_randoms());
        let mut strength = 0;
        for at in (self.used)(state.reseeds, state.pools.len(), extent) {
            let pool = std::mem::take(&mut state.pools[at]);
            seed.extend((self.hash)(&pool.bytes));
            strength += pool.entropy;
        }
        if (self.grows)(state.reseeds, state.pools.len()) {
            state.pools.push(Pool::default());
        }
        state.pool_strength -= strength;
        state.strength = (self.strength)(state.strength, strength);
        state.reseeds += 1;
        state.key = (self.hash)(&(self.rekeyed)(&state.key, &seed));
        state.counter = (self.reseeded)(state.counter);
    }

    fn rekey(&self, state: &mut State) {
        let key = self.blocks(state, 2);
        state.key.copy_from_slice(&key);
    }

    fn blocks(&self, state: &mut State, count: usize) -> Vec<u8> {
        let cipher = Aes256::new(&Array::from(state.key));
        let mut blocks = Vec::with_capacity(count * 16);
        for _ in 0..count {
            state.counter = (self.before)(state.counter);
            let mut block = Array::from((self.block)(state.counter));
            cipher.encrypt_block(&mut block);
            blocks.extend_from_slice(&block);
            state.counter = (self.after)(state.counter);
        }
        blocks
    }
}

impl State {
    fn new(pools: usize) -> Self {
        Self {
            pools: vec![Pool::default(); pools],
            sources: Vec::new(),
            events: 0,
            reseeds: 0,
            strength: 0,
            pool_strength: 0,
            next_reseed_ms: 0,
            randoms: 0,
            key: [0; 32],
            counter: [0; 4],
        }
    }

    /// The place of a source in the order of first events.
    fn place(&mut self, name: u8) -> usize {
        self.sources.iter().position(|source| source.name == name).unwrap_or_else(|| {
            self.sources.push(Source { name, next_pool: 0, events: 0 });
            self.sources.len() - 1
        })
    }

    /// 16 words of `Math.random()`, the k-th of which is k · 2^16.
    fn draw_randoms(&mut self) -> Vec<u8> {
        let first = self.randoms;
        self.randoms = first.wrapping_add(16);
        (0..16).flat_map(|at| (u32::from(first.wrapping_add(at)) << 16).to_be_bytes()).collect()
    }
}

const LEVEL_BITS: [u64; 11] = [0, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
const START_MS_MAX: u64 = 1 << 48;

/// The counter moved on by one: word 0 counts first.
#[must_use]
pub fn counted(mut counter: Counter) -> Counter {
    for word in &mut counter {
        *word = word.wrapping_add(1);
        if *word != 0 {
            break;
        }
    }
    counter
}

/// Four words, each big-endian.
#[must_use]
pub fn block(counter: Counter) -> [u8; 16] {
    counter.map(u32::to_be_bytes).as_flattened().try_into().unwrap_or([0; 16])
}

/// An integer modulo 2^32.
#[must_use]
pub fn low_word(integer: u64) -> u32 {
    u32::try_from(integer & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

fn read(bytes: &[u8], start_ms: u64) -> Computed<Event<'_>> {
    let Some((&[kind, source, e0, e1, t0, t1, t2, t3], data)) = bytes.split_first_chunk() else {
        return Err(PARAMETER);
    };
    let sound = match kind {
        0 | 1 => data.len() == 4,
        2 => data.len().is_multiple_of(4),
        3 => std::str::from_utf8(data).is_ok(),
        _ => false,
    };
    if !sound || start_ms > START_MS_MAX {
        return Err(PARAMETER);
    }
    let now_ms = start_ms + u64::from(u32::from_be_bytes([t0, t1, t2, t3]));
    Ok(Event { kind, source, estimate: u16::from_be_bytes([e0, e1]), now_ms, data })
}

/// The words that a request asks for.
fn words(request: &Event<'_>) -> usize {
    request.data.iter().fold(0, |words, byte| words << 8 | usize::from(*byte))
}
