//! A model of Argon2 (RFC 9106), down to its rounds.
//!
//! In: password, salt, costs and length, and where a public vector has them a secret and associated data. Out: a key. BLAKE2b is
//! the reference's.

mod block;
mod inputs;

pub use block::{Block, compress, compress_with};
pub use inputs::{Costs, H0, Variant, blake2b, costs, h0, long_hash, salt};

use super::hash::{Taken, as_given};
use crate::computed::Computed;
use vectors::{Fields, Value};

/// Segments of a lane.
pub const SLICES: usize = 4;
/// Addresses that one block holds.
const ADDRESSES: usize = 128;

/// Memory of a lane that a key in small is made with.
const SMALL_KIB: u64 = (SLICES * (2 * ADDRESSES + 4)) as u64;

/// How the blocks lie: so many lanes of so many columns.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Lanes.
    pub lanes: usize,
    /// Blocks of a lane.
    pub columns: usize,
}

impl Shape {
    /// Blocks of a segment.
    #[must_use]
    pub fn segment(self) -> usize {
        self.columns / SLICES
    }
}

/// Where a block stands that is being made.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Passes before this one.
    pub pass: u64,
    /// Its slice, 0 ..= 3.
    pub slice: usize,
    /// Its lane.
    pub lane: usize,
    /// Its place in the segment.
    pub index: usize,
    /// Where it stands among all.
    pub shape: Shape,
}

/// Whether a block refers to its own lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Its own.
    Own,
    /// Another.
    Other,
}

/// The steps of Argon2.
#[derive(Clone, Copy, Debug)]
pub struct Argon2 {
    /// The password as it is taken in.
    pub password: Taken,
    /// The salt as it is taken in.
    pub salt: Taken,
    /// The costs that are borne and worked off, of those asked for.
    pub costs: fn(Costs) -> Computed<Costs>,
    /// Whether so much memory can be had; where it cannot, zeros come out.
    pub allocates: fn(Costs) -> bool,
    /// The variant that is computed, of the one asked for.
    pub variant: fn(Variant) -> Variant,
    /// The version that is hashed into H0.
    pub version: u32,
    /// How the blocks lie (§3.2, step 2).
    pub shape: fn(Costs) -> Shape,
    /// What H0 is the hash of (§3.2, step 1).
    pub h0: fn(&H0<'_>) -> Vec<u8>,
    /// H' (§3.3).
    pub long_hash: fn(&[u8], usize) -> Vec<u8>,
    /// What block `index`, 0 or 1, of a lane is the hash of (§3.2, steps 3 and 4).
    pub first: fn(h0: &[u8], lane: u32, index: u32) -> Vec<u8>,
    /// The order in which a pass fills slices and lanes.
    pub order: fn(lanes: usize) -> Vec<(usize, usize)>,
    /// Whether addresses come from a counter here, not from the blocks.
    pub independent: fn(Variant, &Place) -> bool,
    /// Whether new addresses are due before this block of a segment.
    pub refresh: fn(index: usize) -> bool,
    /// The seven words that addresses are made of (§3.4.1.2), the last of which counts from 1.
    pub address_words: fn(&Place, Costs, Variant, counter: u64) -> [u64; 7],
    /// Addresses of their block of words.
    pub addresses: fn(&Self, &Block) -> Block,
    /// The lower and the upper half of an address.
    pub halves: fn(u64) -> [u64; 2],
    /// The lane that is referred to, by the upper half of an address.
    pub lane: fn(&Place, u64) -> usize,
    /// How many blocks of that lane can be referred to.
    pub area: fn(&Place, Lane) -> usize,
    /// Which of them is, by the lower half.
    pub map: fn(u64, usize) -> usize,
    /// The column where they begin.
    pub start: fn(&Place) -> usize,
    /// G (§3.5).
    pub compress: fn(&Block, &Block) -> Block,
    /// Whether a block is combined with what it replaces in this pass.
    pub combines: fn(pass: u64) -> bool,
    /// The block that the key is made of (§3.2, step 7).
    pub last: fn(&[Block], Shape) -> Block,
    /// The key, of the bytes of that block.
    pub key: fn(&Self, &[u8], Costs) -> Vec<u8>,
}

impl Argon2 {
    /// Every step as the RFC has it, and the reference's ceilings.
    pub const RIGHT: Self = Self {
        password: as_given,
        salt,
        costs,
        allocates: |_| true,
        variant: |variant| variant,
        version: 0x13,
        shape: |costs| shape(costs, |memory, lanes| memory / (SLICES * lanes) * SLICES),
        h0,
        long_hash,
        first: |h0, lane, index| [h0, &index.to_le_bytes(), &lane.to_le_bytes()].concat(),
        order: |lanes| (0..SLICES).flat_map(|slice| (0..lanes).map(move |lane| (slice, lane))).collect(),
        independent,
        refresh: |index| index % ADDRESSES == 0,
        address_words,
        addresses: |steps, words| {
            let once = (steps.compress)(&[0; 128], words);
            (steps.compress)(&[0; 128], &once)
        },
        halves: |address| [address & u64::from(u32::MAX), address >> 32],
        lane,
        area,
        map,
        start,
        compress,
        combines: |pass| pass > 0,
        last,
        key: |steps, block, costs| (steps.long_hash)(block, usize::try_from(costs.length).unwrap_or_default()),
    };

    /// `argon2i.derive` or `argon2id.derive`.
    ///
    /// # Errors
    ///
    /// [`Stop`](crate::computed::Stop) as the reference refuses, or where a mistake stops.
    pub fn derive(&self, operation: &str, input: &Fields) -> Computed<Fields> {
        let salt = (self.salt)(input.bytes("salt"))?;
        let costs = (self.costs)(Costs::of(input))?;
        if !(self.allocates)(costs) {
            return Ok(Fields::new().with_bytes("key", vec![0; usize::try_from(costs.length).unwrap_or_default()]));
        }
        let password = (self.password)(input.bytes("password"))?;
        let variant = (self.variant)(Variant::of(operation));
        let [secret, associated_data] =
            ["secret", "associated_data"].map(|name| input.optional_bytes(name).unwrap_or_default());
        let shape = (self.shape)(costs);
        let (password, salt, version) = (&*password, &*salt, self.version);
        let h0 = (self.h0)(&H0 { costs, shape, version, variant, password, salt, secret, associated_data });
        let memory = self.fill(&blake2b(&h0, 64), costs, shape, variant);
        let last = (self.last)(&memory, shape).map(u64::to_le_bytes);
        Ok(Fields::new().with_bytes("key", (self.key)(self, last.as_flattened(), costs)))
    }

    /// Whether the key would be the right one, as far as the costs that are worked off and a key of little memory tell.
    #[must_use]
    pub fn is_right_in_small(&self, operation: &'static str, input: &Fields) -> bool {
        let costs = Costs::of(input);
        let Costs { passes, memory_kib, lanes, .. } = costs;
        // Two passes, and segments that take addresses more than twice.
        let small = input
            .clone()
            .replacing("passes", Value::Integer(passes.min(2)))
            .replacing("memory_kib", Value::Integer(memory_kib.min(lanes.saturating_mul(SMALL_KIB))));
        (self.costs)(costs) == Ok(costs)
            && (self.allocates)(costs)
            && Self { costs: Ok, ..*self }.derive(operation, &small) == Self::RIGHT.derive(operation, &small)
    }

    /// All blocks after the last pass, lane by lane.
    fn fill(&self, h0: &[u8], costs: Costs, shape: Shape, variant: Variant) -> Vec<Block> {
        let mut memory = vec![[0; 128]; shape.lanes * shape.columns];
        for (lane, blocks) in memory.chunks_mut(shape.columns).enumerate() {
            for (index, block) in blocks.iter_mut().take(2).enumerate() {
                let [lane, index] = [lane, index].map(|number| u32::try_from(number).unwrap_or_default());
                let bytes = (self.long_hash)(&(self.first)(h0, lane, index), 1024);
                block.iter_mut().zip(bytes.as_chunks().0).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
            }
        }
        for pass in 0..costs.passes {
            for (slice, lane) in (self.order)(shape.lanes) {
                self.segment(&mut memory, Place { pass, slice, lane, index: 0, shape }, costs, variant);
            }
        }
        memory
    }

    /// Fills one segment (§3.4).
    fn segment(&self, memory: &mut [Block], mut place: Place, costs: Costs, variant: Variant) {
        let Place { pass, slice, lane, shape, .. } = place;
        let independent = (self.independent)(variant, &place);
        let (mut addresses, mut counter) = ([0; 128], 0);
        for index in 0..shape.segment() {
            place.index = index;
            if independent && (self.refresh)(index) {
                counter += 1;
                let mut words = [0; 128];
                words[..7].copy_from_slice(&(self.address_words)(&place, costs, variant, counter));
                addresses = (self.addresses)(self, &words);
            }
            if pass == 0 && slice == 0 && index < 2 {
                continue;
            }
            let column = slice * shape.segment() + index;
            let at = |lane: usize, column: usize| lane * shape.columns + column;
            let before = at(lane, (column + shape.columns - 1) % shape.columns);
            let address = if independent { addresses[index % ADDRESSES] } else { memory[before][0] };
            let (other, other_column) = self.reference(&place, address);
            let mut block = (self.compress)(&memory[before], &memory[at(other, other_column)]);
            let replaced = &mut memory[at(lane, column)];
            if (self.combines)(pass) {
                block.iter_mut().zip(replaced.iter()).for_each(|(word, old)| *word ^= old);
            }
            *replaced = block;
        }
    }

    /// The lane and the column that an address refers to (§3.4.2).
    fn reference(&self, place: &Place, address: u64) -> (usize, usize) {
        let [lower, upper] = (self.halves)(address);
        let lane = (self.lane)(place, upper);
        let whose = if lane == place.lane { Lane::Own } else { Lane::Other };
        let relative = (self.map)(lower, (self.area)(place, whose));
        (lane, (self.start)(place).wrapping_add(relative) % place.shape.columns)
    }
}

/// The shape of a memory whose lanes have so many columns.
#[must_use]
pub fn shape(costs: Costs, columns: fn(memory: usize, lanes: usize) -> usize) -> Shape {
    let [lanes, memory] = [costs.lanes, costs.memory_kib].map(|cost| usize::try_from(cost).unwrap_or_default());
    Shape { lanes, columns: columns(memory, lanes) }
}

/// Argon2i always, Argon2id in the first half of the first pass.
#[must_use]
pub fn independent(variant: Variant, place: &Place) -> bool {
    match variant {
        Variant::D => false,
        Variant::I => true,
        Variant::Id => place.pass == 0 && place.slice < 2,
    }
}

/// Pass, lane, slice, all blocks, passes, type, counter.
#[must_use]
pub fn address_words(place: &Place, costs: Costs, variant: Variant, counter: u64) -> [u64; 7] {
    let [lane, slice, blocks] =
        [place.lane, place.slice, place.shape.lanes * place.shape.columns].map(|number| number as u64);
    [place.pass, lane, slice, blocks, costs.passes, variant.code().into(), counter]
}

/// Any lane, but the own one while the others have nothing to refer to.
#[must_use]
pub fn lane(place: &Place, upper: u64) -> usize {
    match (place.pass, place.slice) {
        (0, 0) => place.lane,
        _ => any_lane(place, upper),
    }
}

/// Any lane.
#[must_use]
pub fn any_lane(place: &Place, upper: u64) -> usize {
    usize::try_from(upper % place.shape.lanes as u64).unwrap_or_default()
}

/// Finished segments, and of the own lane what is done of this one; never the block just before.
#[must_use]
pub fn area(place: &Place, whose: Lane) -> usize {
    let finished = finished(place);
    match whose {
        Lane::Own => (finished + place.index).saturating_sub(1),
        Lane::Other => finished.saturating_sub(usize::from(place.index == 0)),
    }
}

/// Blocks of a lane's finished segments.
#[must_use]
pub fn finished(place: &Place) -> usize {
    match place.pass {
        0 => place.slice * place.shape.segment(),
        _ => place.shape.columns - place.shape.segment(),
    }
}

/// More likely a late block than an early one: by the square of the number.
#[must_use]
pub fn map(lower: u64, area: usize) -> usize {
    area.wrapping_sub(1).wrapping_sub(scaled((lower * lower) >> 32, area))
}

/// A number of 32 bits as a part of the area.
#[must_use]
pub fn scaled(number: u64, area: usize) -> usize {
    usize::try_from((area as u64 * number) >> 32).unwrap_or_default()
}

/// The first column in the first pass, then the one behind this segment.
#[must_use]
pub fn start(place: &Place) -> usize {
    match place.pass {
        0 => 0,
        _ => (place.slice + 1) % SLICES * place.shape.segment(),
    }
}

/// The combination of every lane's last block.
#[must_use]
pub fn last(memory: &[Block], shape: Shape) -> Block {
    let lasts = memory.chunks(shape.columns).filter_map(<[Block]>::last);
    lasts.fold([0; 128], |sum, block| std::array::from_fn(|at| sum[at] ^ block[at]))
}
