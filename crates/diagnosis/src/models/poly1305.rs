//! A model of Poly1305 (RFC 8439 §2.5).

use primitives::prime1305::{Wide, add, below_p, first_three, little, low_128, multiply, times_five_onto, wide};

/// The steps of Poly1305.
#[derive(Clone, Copy, Debug)]
pub struct Poly1305 {
    /// r from the first half of the one-time key.
    pub clamp: fn(u128) -> u128,
    /// A block of 1 ..= 16 bytes as an integer.
    pub block: fn(&[u8]) -> Wide,
    /// The accumulator and a block.
    pub sum: fn(Wide, Wide) -> Wide,
    /// A product, modulo 2^130 - 5, as an integer of little more than 130 bits.
    pub fold: fn([u64; 6]) -> Wide,
    /// The accumulator's last 128 bits, after it was brought below 2^130 - 5.
    pub reduce: fn(Wide) -> u128,
    /// The result and s, the second half of the one-time key.
    pub blind: fn(u128, u128) -> u128,
}

impl Poly1305 {
    /// Every step as the RFC has it.
    pub const RIGHT: Self = Self {
        clamp: |r| r & 0x0fff_fffc_0fff_fffc_0fff_fffc_0fff_ffff,
        block: |bytes| match bytes.len() {
            16 => wide(little(bytes), 1),
            length => wide(little(bytes) | 1 << (8 * length), 0),
        },
        sum: add,
        fold: |product| first_three(times_five_onto(times_five_onto(product))),
        reduce: |sum| low_128(below_p(sum)),
        blind: u128::wrapping_add,
    };

    /// The tag of a message under a one-time key.
    #[must_use]
    pub fn tag(&self, key: &[u8; 32], message: &[u8]) -> [u8; 16] {
        let (r, s) = ((self.clamp)(little(&key[..16])), little(&key[16..]));
        let step = |sum, block: &[u8]| (self.fold)(multiply((self.sum)(sum, (self.block)(block)), wide(r, 0)));
        let sum = message.chunks(16).fold([0; 3], step);
        (self.blind)((self.reduce)(sum), s).to_le_bytes()
    }
}
