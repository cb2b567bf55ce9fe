//! IVs that give a wanted J0.
//!
//! For IVs that are not 12 bytes, J0 = GHASH(IV, padded, ‖ its length in bits): a polynomial in H, which can be solved for its first block.

use super::BLOCK_BYTES;
use primitives::gcm::Gcm;
use primitives::gf128::{inverse, multiply, padded};

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

#[cfg(test)]
mod tests {
    use super::*;
    use primitives::gcm::Iv;

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
