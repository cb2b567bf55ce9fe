//! What the hashes are made of, and what stands next to them: for models that go wrong inside.

use blake2::Blake2sVarCore;
use blake2::digest::Output;
use blake2::digest::block_api::{Block, Buffer, UpdateCore, VariableOutputCore};

/// The compression function of SHA-512 (FIPS 180-4 §6.4.2): one block of 128 bytes into the state.
pub fn sha512_compress(state: &mut [u64; 8], block: &[u8; 128]) {
    sha2::block_api::compress512(state, std::slice::from_ref(block));
}

/// BLAKE2s (RFC 7693), which a port takes in BLAKE2b's place: a digest of 1 ..= 32 bytes, a key of at most 32.
///
/// # Panics
///
/// When the length or the key is longer.
#[must_use]
pub fn blake2s(message: &[u8], key: &[u8], length: usize) -> Vec<u8> {
    let mut core = Blake2sVarCore::new_with_params(&[], &[], key.len(), length);
    let mut buffer = Buffer::<Blake2sVarCore>::default();
    if !key.is_empty() {
        let mut block = Block::<Blake2sVarCore>::default();
        block[..key.len()].copy_from_slice(key);
        buffer.digest_blocks(&block, |blocks| core.update_blocks(blocks));
    }
    buffer.digest_blocks(message, |blocks| core.update_blocks(blocks));
    let mut digest = Output::<Blake2sVarCore>::default();
    core.finalize_variable_core(&mut buffer, &mut digest);
    digest[..length].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mistake that is not the one it claims to be proves nothing. RFC 7693, appendix B, and Python's hashlib.
    #[test]
    fn blake2s_is_the_rfcs() {
        assert_eq!(
            hex::encode(blake2s(b"abc", b"", 32)),
            "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"
        );
    }
}
