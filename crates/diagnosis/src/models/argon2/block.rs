//! Blocks of 1 KiB and their compression.

/// 1 KiB as 64-bit words.
pub type Block = [u64; 128];

/// G (RFC 9106 §3.5) of two blocks.
#[must_use]
pub fn compress(left: &Block, right: &Block) -> Block {
    compress_with(left, right, |a, b| {
        let product = (a & u64::from(u32::MAX)).wrapping_mul(b & u64::from(u32::MAX));
        a.wrapping_add(b).wrapping_add(product << 1)
    })
}

/// G with another addition inside P (§3.6).
#[must_use]
pub fn compress_with(left: &Block, right: &Block, add: impl Fn(u64, u64) -> u64 + Copy) -> Block {
    let combined: Block = std::array::from_fn(|at| left[at] ^ right[at]);
    let mut mixed = combined;
    for row in mixed.as_chunks_mut::<16>().0 {
        permute(row, add);
    }
    for column in (0..16).step_by(2) {
        let place = |at: usize| at / 2 * 16 + column + at % 2;
        let mut words: [u64; 16] = std::array::from_fn(|at| mixed[place(at)]);
        permute(&mut words, add);
        (0..16).for_each(|at| mixed[place(at)] = words[at]);
    }
    mixed.iter_mut().zip(combined).for_each(|(word, before)| *word ^= before);
    mixed
}

/// P: one round of BLAKE2b without a message and with another addition.
#[inline]
fn permute(v: &mut [u64; 16], add: impl Fn(u64, u64) -> u64 + Copy) {
    for [a, b, c, d] in [
        [0, 4, 8, 12],
        [1, 5, 9, 13],
        [2, 6, 10, 14],
        [3, 7, 11, 15],
        [0, 5, 10, 15],
        [1, 6, 11, 12],
        [2, 7, 8, 13],
        [3, 4, 9, 14],
    ] {
        v[a] = add(v[a], v[b]);
        v[d] = (v[d] ^ v[a]).rotate_right(32);
        v[c] = add(v[c], v[d]);
        v[b] = (v[b] ^ v[c]).rotate_right(24);
        v[a] = add(v[a], v[b]);
        v[d] = (v[d] ^ v[a]).rotate_right(16);
        v[c] = add(v[c], v[d]);
        v[b] = (v[b] ^ v[c]).rotate_right(63);
    }
}
