//! IVs that give a wanted J0.
//!
//! For IVs that are not 12 bytes, J0 = GHASH(IV, padded, ‖ its length in bits): a polynomial in H, which can be solved for its first block.

use super::BLOCK_BYTES;
use crate::primitives::gcm::Gcm;

/// An IV that gives this J0 and has these bytes after its first block. It is longer than 12 bytes by construction.
pub(super) fn solve(key: &[u8; 32], rest: &[u8], j0: [u8; BLOCK_BYTES]) -> Vec<u8> {
    let h = u128::from_be_bytes(*Gcm::new(key).h());
    let back = inverse(h);
    let bits = u128::try_from((BLOCK_BYTES + rest.len()) * 8).unwrap_or_default();
    let mut sum = multiply(u128::from_be_bytes(j0), back) ^ bits;
    for block in rest.chunks(BLOCK_BYTES).rev() {
        sum = multiply(sum, back) ^ padded(block);
    }
    [&multiply(sum, back).to_be_bytes(), rest].concat()
}

fn padded(block: &[u8]) -> u128 {
    let mut bytes = [0; BLOCK_BYTES];
    bytes[..block.len()].copy_from_slice(block);
    u128::from_be_bytes(bytes)
}

/// The product in GF(2^128) as GCM writes it: the first bit of a block is the coefficient of x^0 (SP 800-38D §6.3).
fn multiply(x: u128, y: u128) -> u128 {
    let (mut sum, mut shifted) = (0, y);
    for bit in (0..128).rev() {
        if x >> bit & 1 == 1 {
            sum ^= shifted;
        }
        let carried = shifted & 1 == 1;
        shifted >>= 1;
        if carried {
            shifted ^= 0xe1 << 120;
        }
    }
    sum
}

/// x^(2^128 - 2), the inverse of every x but 0.
fn inverse(x: u128) -> u128 {
    let (mut product, mut square) = (1 << 127, x);
    for _ in 1..128 {
        square = multiply(square, square);
        product = multiply(product, square);
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::gcm::Iv;

    /// A case that claims a wrap and has none would pass on every port that cannot wrap.
    #[test]
    fn the_solved_iv_gives_the_wanted_j0() {
        let wanted = *b"wanted\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe";
        for rest in [0, 1, 8, 16, 17, 32, 48] {
            let iv = solve(&[7; 32], &vec![9; rest], wanted);
            assert_eq!(iv.len(), 16 + rest);
            assert_eq!(Gcm::new(&[7; 32]).j0(Iv::read(&iv).unwrap()), wanted, "{rest}");
        }
    }
}
