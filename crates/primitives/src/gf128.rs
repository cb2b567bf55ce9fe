//! GF(2^128) as GCM writes it: the first bit of a block is the coefficient of x^0, and a block is a big-endian integer
//! (SP 800-38D §6.3). Not in constant time: for recipes and models, never for secrets.

/// The product.
#[must_use]
pub fn multiply(x: u128, y: u128) -> u128 {
    let (mut sum, mut shifted) = (0, y);
    for bit in (0..128).rev() {
        sum ^= shifted & (x >> bit & 1).wrapping_neg();
        shifted = shifted >> 1 ^ (0xe1 << 120) & (shifted & 1).wrapping_neg();
    }
    sum
}

/// x^(2^128 - 2), the inverse of every x but 0.
#[must_use]
pub fn inverse(x: u128) -> u128 {
    let (mut product, mut square) = (1 << 127, x);
    for _ in 1..128 {
        square = multiply(square, square);
        product = multiply(product, square);
    }
    product
}

/// GHASH of whole blocks under H (SP 800-38D §6.4); what is left over counts as padded with zeros.
#[must_use]
pub fn ghash(h: u128, blocks: &[u8]) -> u128 {
    blocks.chunks(16).fold(0, |sum, block| multiply(sum ^ padded(block), h))
}

/// Up to 16 bytes as a block with zeros behind.
#[must_use]
pub fn padded(bytes: &[u8]) -> u128 {
    let mut block = [0; 16];
    block[..bytes.len()].copy_from_slice(bytes);
    u128::from_be_bytes(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every model of GHASH stands on this. Expected: "The Galois/Counter Mode of Operation", appendix B, test case 2.
    #[test]
    fn ghash_gives_the_papers_value() {
        let h = 0x66e9_4bd4_ef8a_2c3b_884c_fa59_ca34_2b2e;
        let ciphertext: u128 = 0x0388_dace_60b6_a392_f328_c2b9_71b2_fe78;
        let blocks = [ciphertext.to_be_bytes(), 128_u128.to_be_bytes()].concat();
        assert_eq!(ghash(h, &blocks), 0xf38c_bb1a_d692_23dc_c345_7ae5_b6b0_f885);
        assert_eq!(multiply(h, inverse(h)), 1 << 127);
    }
}
