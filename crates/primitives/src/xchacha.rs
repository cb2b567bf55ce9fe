//! HChaCha20 and XChaCha20-Poly1305-IETF (draft-irtf-cfrg-xchacha-03, RFC 8439).

use chacha20::R20;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305};
use zeroize::Zeroizing;

use super::Authentication;

/// Bytes of a Poly1305 tag.
pub const TAG_BYTES: usize = 16;

/// HChaCha20 (draft-irtf-cfrg-xchacha-03 §2.2): a 32-byte subkey from a 32-byte key and the first 16 bytes of a nonce.
#[must_use]
pub fn hchacha20(key: &[u8; 32], input: &[u8; 16]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(chacha20::hchacha::<R20>(&(*key).into(), &(*input).into()).into())
}

/// Seals with a 24-byte nonce: ciphertext ‖ 16-byte tag.
///
/// # Panics
///
/// Above 256 GiB of plaintext, which no request can carry.
#[must_use]
pub fn seal(key: &[u8; 32], nonce: &[u8; 24], aad: &[u8], plaintext: &[u8]) -> Vec<u8> {
    let mut sealed = plaintext.to_vec();
    let tag = XChaCha20Poly1305::new(&(*key).into())
        .encrypt_inout_detached(&(*nonce).into(), aad, sealed.as_mut_slice().into())
        .expect("a plaintext in memory is below the cipher's 256 GiB");
    sealed.extend_from_slice(&tag);
    sealed
}

/// Opens ciphertext ‖ tag; the tag is checked in constant time and before anything is decrypted.
///
/// # Errors
///
/// [`Authentication`] when the tag does not fit or the input is shorter than a tag.
///
/// # Panics
///
/// Never: the tag is 16 bytes by the split.
pub fn open(key: &[u8; 32], nonce: &[u8; 24], aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Authentication> {
    let body = sealed.len().checked_sub(TAG_BYTES).ok_or(Authentication)?;
    let (ciphertext, tag) = sealed.split_at(body);
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    let tag = Tag::try_from(tag).expect("the split leaves exactly one tag");
    XChaCha20Poly1305::new(&(*key).into())
        .decrypt_inout_detached(&(*nonce).into(), aad, plaintext.as_mut_slice().into(), &tag)
        .map_err(|_| Authentication)?;
    Ok(plaintext)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The draft's own known answer, §2.2.1.
    #[test]
    fn hchacha20_gives_the_drafts_subkey() {
        let key = std::array::from_fn(|at| u8::try_from(at).unwrap());
        let input = hex::decode("000000090000004a0000000031415927").unwrap();
        let subkey = hchacha20(&key, &input.try_into().unwrap());
        assert_eq!(hex::encode(*subkey), "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    /// A reader that skips or shortens the comparison accepts forgeries.
    #[test]
    fn every_bit_of_the_sealed_bytes_counts() {
        let (key, nonce) = ([1; 32], [2; 24]);
        let sealed = seal(&key, &nonce, b"aad", b"seal");
        assert_eq!(open(&key, &nonce, b"aad", &sealed).unwrap().as_slice(), b"seal");
        for bit in 0..sealed.len() * 8 {
            let mut forged = sealed.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(open(&key, &nonce, b"aad", &forged), Err(Authentication), "bit {bit}");
        }
        assert_eq!(open(&key, &nonce, b"aad", &sealed[..15]), Err(Authentication));
    }
}
