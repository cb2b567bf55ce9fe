//! A model of Poly1305 (RFC 8439 §2.5), on limbs of 64 bits, the lowest first.

/// An integer below 2^192; the accumulator stays a little above 2^130.
pub type Wide = [u64; 3];

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
    pub fold: fn([u64; 5]) -> Wide,
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
        let step = |sum, block: &[u8]| (self.fold)(multiply((self.sum)(sum, (self.block)(block)), r));
        let sum = message.chunks(16).fold([0; 3], step);
        (self.blind)((self.reduce)(sum), s).to_le_bytes()
    }
}

/// Up to 16 bytes as a little-endian integer.
#[must_use]
pub fn little(bytes: &[u8]) -> u128 {
    bytes.iter().rev().fold(0, |integer, byte| integer << 8 | u128::from(*byte))
}

/// high · 2^128 + low.
#[must_use]
pub fn wide(low: u128, high: u64) -> Wide {
    [limb(low), limb(low >> 64), high]
}

/// The lowest 64 bits.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a limb is what is left when the rest is cut off")]
pub fn limb(integer: u128) -> u64 {
    integer as u64
}

/// The lowest 128 bits.
#[must_use]
pub fn low_128([a, b, _]: Wide) -> u128 {
    u128::from(b) << 64 | u128::from(a)
}

/// The sum, every carry taken along.
#[must_use]
pub fn add(one: Wide, other: Wide) -> Wide {
    let mut carry = 0;
    std::array::from_fn(|at| {
        let sum = u128::from(one[at]) + u128::from(other[at]) + carry;
        carry = sum >> 64;
        limb(sum)
    })
}

/// The product.
#[must_use]
pub fn multiply(sum: Wide, r: u128) -> [u64; 5] {
    let mut product = [0_u64; 5];
    for (at, factor) in [limb(r), limb(r >> 64)].into_iter().enumerate() {
        let mut carry = 0;
        for (limb_of_sum, place) in sum.iter().zip(at..) {
            let whole = u128::from(*limb_of_sum) * u128::from(factor) + u128::from(product[place]) + carry;
            product[place] = limb(whole);
            carry = whole >> 64;
        }
        product[at + 3] = limb(carry);
    }
    product
}

/// What stands above bit 130, five times, onto what stands below.
#[must_use]
pub fn times_five_onto([a, b, c, d, e]: [u64; 5]) -> [u64; 5] {
    let above = [c >> 2 | d << 62, d >> 2 | e << 62, e >> 2];
    let five = add(add(above, above), add(above, above));
    let [a, b, c] = add([a, b, c & 3], add(five, above));
    [a, b, c, 0, 0]
}

/// The rest modulo 2^130 - 5.
#[must_use]
pub fn below_p(sum: Wide) -> Wide {
    let [a, b, c] = folded(sum);
    let [x, y, z] = add([a, b, c], [5, 0, 0]);
    if z >> 2 == 0 { [a, b, c] } else { [x, y, z & 3] }
}

/// An accumulator brought below 2^130, which may still be 2^130 - 5 or more.
#[must_use]
pub fn folded([a, b, c]: Wide) -> Wide {
    first_three(times_five_onto(times_five_onto([a, b, c, 0, 0])))
}

/// The limbs that an accumulator has.
#[must_use]
pub fn first_three([a, b, c, ..]: [u64; 5]) -> Wide {
    [a, b, c]
}
