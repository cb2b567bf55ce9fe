//! Integers around 2^130 - 5, on limbs of 64 bits, the lowest first. Not in constant time: for recipes and models, never for secrets.

/// An integer below 2^192; an accumulator of Poly1305 stays a little above 2^130.
pub type Wide = [u64; 3];

/// 2^130 - 5.
pub const P: Wide = [u64::MAX - 4, u64::MAX, 3];

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
pub fn multiply(one: Wide, other: Wide) -> [u64; 6] {
    let mut product = [0_u64; 6];
    for (at, factor) in other.into_iter().enumerate() {
        let mut carry = 0;
        for (limb_of_one, place) in one.iter().zip(at..) {
            let whole = u128::from(*limb_of_one) * u128::from(factor) + u128::from(product[place]) + carry;
            product[place] = limb(whole);
            carry = whole >> 64;
        }
        product[at + 3] = limb(carry);
    }
    product
}

/// What stands above bit 130 of an integer below 2^320, five times, onto what stands below: the same modulo 2^130 - 5.
#[must_use]
pub fn times_five_onto(integer: [u64; 6]) -> [u64; 6] {
    let above: Wide = std::array::from_fn(|at| integer[at + 2] >> 2 | integer.get(at + 3).map_or(0, |next| next << 62));
    let five = add(add(above, above), add(above, above));
    let [low, middle, high] = add([integer[0], integer[1], integer[2] & 3], add(five, above));
    [low, middle, high, 0, 0, 0]
}

/// The limbs that an accumulator has.
#[must_use]
pub fn first_three([a, b, c, ..]: [u64; 6]) -> Wide {
    [a, b, c]
}

/// An accumulator brought below 2^130, which may still be 2^130 - 5 or more.
#[must_use]
pub fn folded([a, b, c]: Wide) -> Wide {
    first_three(times_five_onto(times_five_onto([a, b, c, 0, 0, 0])))
}

/// The rest modulo 2^130 - 5.
#[must_use]
pub fn below_p(sum: Wide) -> Wide {
    let whole = folded(sum);
    let [x, y, z] = add(whole, [5, 0, 0]);
    if z >> 2 == 0 { whole } else { [x, y, z & 3] }
}

/// The product modulo 2^130 - 5.
#[must_use]
pub fn times(one: Wide, other: Wide) -> Wide {
    below_p(first_three(times_five_onto(times_five_onto(multiply(one, other)))))
}

/// The sum modulo 2^130 - 5.
#[must_use]
pub fn plus(one: Wide, other: Wide) -> Wide {
    below_p(add(one, other))
}

/// What is missing to 2^130 - 5, of an integer that is not above it.
#[must_use]
pub fn minus(integer: Wide) -> Wide {
    let [a, b, c] = below_p(integer);
    let (low, borrow) = low_128(P).overflowing_sub(low_128([a, b, c]));
    below_p(wide(low, P[2] - c - u64::from(borrow)))
}

/// x^(p - 2), the inverse of every x but 0.
#[must_use]
pub fn inverse(x: Wide) -> Wide {
    let exponent = [P[0] - 2, P[1], P[2]];
    let bit = |at: usize| exponent[at / 64] >> (at % 64) & 1 == 1;
    (0..130).rev().fold([1, 0, 0], |power, at| {
        let square = times(power, power);
        if bit(at) { times(square, x) } else { square }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every model of Poly1305 and every solved block stands on this. Expected: Python's integers.
    #[test]
    fn arithmetic_is_that_of_the_field() {
        let x = wide(0x0123_4567_89ab_cdef_fedc_ba98_7654_3210, 2);
        let y = wide(u128::MAX, 3);
        assert_eq!(times(x, y), wide(0x048d_159e_26af_37bf_fb72_ea61_d950_c84a, 0));
        assert_eq!(times(x, inverse(x)), [1, 0, 0]);
        assert_eq!(plus(x, minus(x)), [0; 3]);
        assert_eq!((below_p(P), minus([0; 3])), ([0; 3], [0; 3]));
    }
}
