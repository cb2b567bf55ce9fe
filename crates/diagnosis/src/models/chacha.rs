//! A model of ChaCha20's state, rounds and blocks (RFC 8439 §2.3), for HChaCha20 and for the cipher under its subkey.

/// Sixteen words: constants, key, counter and nonce.
pub type State = [u32; 16];

/// The state of HChaCha20: constants, key and 16 bytes of nonce, each word little-endian.
#[must_use]
pub fn state(key: &[u8; 32], input: &[u8; 16]) -> State {
    let mut state = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (word, bytes) in state[4..].iter_mut().zip(key.chunks(4).chain(input.chunks(4))) {
        *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    state
}

/// So many double rounds: down the columns, then along the diagonals.
#[must_use]
pub fn rounds(mut state: State, double_rounds: u32) -> State {
    for _ in 0..double_rounds {
        for [a, b, c, d] in [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15]] {
            quarter(&mut state, a, b, c, d);
        }
        for [a, b, c, d] in [[0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]] {
            quarter(&mut state, a, b, c, d);
        }
    }
    state
}

fn quarter(state: &mut State, a: usize, b: usize, c: usize, d: usize) {
    for (one, other, third, turn) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
        state[one] = state[one].wrapping_add(state[other]);
        state[third] = (state[third] ^ state[one]).rotate_left(turn);
    }
}

/// One block of key stream.
#[must_use]
pub fn block(key: &[u8; 32], counter: u32, nonce: &[u8; 12], double_rounds: u32) -> [u8; 64] {
    let mut tail = [0; 16];
    tail[..4].copy_from_slice(&counter.to_le_bytes());
    tail[4..].copy_from_slice(nonce);
    let before = state(key, &tail);
    let after = rounds(before, double_rounds);
    let mut block = [0; 64];
    for (bytes, (before, after)) in block.chunks_mut(4).zip(before.iter().zip(after)) {
        bytes.copy_from_slice(&before.wrapping_add(after).to_le_bytes());
    }
    block
}
