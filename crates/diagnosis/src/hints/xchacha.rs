//! Hints for XChaCha20-Poly1305 and what stands below it.

use super::{Hint, always, on};

/// The nonce is another.
const NONCE: &[&str] = &[
    "xchacha-is-chacha20-of-12-bytes",
    "xchacha-nonce-cut",
    "notesnook-nonce-of-12-bytes",
    "notesnook-nonce-of-16-bytes",
    "drawing-nonce-of-12-bytes",
];
/// It is a secretbox.
const SECRETBOX: &[&str] = &["xchacha-is-secretbox", "xchacha-text-behind-the-key", "hchacha20-words-of-hsalsa20"];
/// A size is made to fit.
const FITTED: &[&str] = &[
    "xchacha-key-of-any-size",
    "xchacha-nonce-filled*",
    "hchacha20-input-of-any-size",
    "notesnook-nonce-filled-up",
    "notesnook-nonce-of-envelope-filled-up",
    "notesnook-key-filled-up",
];
/// Something is authenticated that must not be.
const DATA: &[&str] =
    &["notesnook-id-authenticated", "notesnook-algorithm-authenticated", "notesnook-salt-authenticated"];

pub(super) static HINTS: &[Hint] = &[
    always(
        NONCE,
        "XChaCha20 has a nonce of 24 bytes, ChaCha20-Poly1305 one of 12: they are two ciphers. Use the library's function for 24.",
    ),
    on(
        "python",
        NONCE,
        "`cryptography`'s `ChaCha20Poly1305` supports only 12 bytes: use PyNaCl's `nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt`, or PyCryptodome's `ChaCha20_Poly1305.new(key=key, nonce=nonce)` with 24.",
    ),
    on("go", NONCE, "`chacha20poly1305.NewX(key)`; `New` has 12 bytes."),
    on(
        "javascript",
        NONCE,
        "`sodium.crypto_aead_xchacha20poly1305_ietf_encrypt`, or `xchacha20poly1305` of `@noble/ciphers`; Node's `chacha20-poly1305` has 12 bytes.",
    ),
    on(
        "java",
        NONCE,
        "The JDK's `ChaCha20-Poly1305` has 12 bytes, and BouncyCastle has no XChaCha20 as a service: use lazysodium or Tink.",
    ),
    on("swift", NONCE, "CryptoKit's `ChaChaPoly` has 12 bytes: use swift-sodium's `aead.xchacha20poly1305ietf`."),
    on("rust", NONCE, "`XChaCha20Poly1305` of the crate `chacha20poly1305`; `ChaCha20Poly1305` has 12 bytes."),
    on(
        "php",
        NONCE,
        "`sodium_crypto_aead_xchacha20poly1305_ietf_encrypt`; the name without the x has 12 bytes or eight.",
    ),
    on("c#", NONCE, "`System.Security.Cryptography.ChaCha20Poly1305` has 12 bytes: use Geralt or NSec."),
    on(
        "c",
        NONCE,
        "`crypto_aead_xchacha20poly1305_ietf_encrypt`; wolfSSL's `wc_XChaCha20Poly1305_Encrypt` wants a pointer for the data even where there are none.",
    ),
    always(
        SECRETBOX,
        "A secretbox is another construction: it has no lengths and no associated data, and its tag comes first. Use the AEAD, `crypto_aead_xchacha20poly1305_ietf_*`.",
    ),
    on(
        "javascript",
        SECRETBOX,
        "`sodium.crypto_secretbox_easy` and TweetNaCl's `secretbox` are not it: `sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(text, null, null, nonce, key)`.",
    ),
    on(
        "python",
        SECRETBOX,
        "`nacl.secret.SecretBox` is not it; `nacl.secret.Aead` and `nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt` are.",
    ),
    always(
        FITTED,
        "Check sizes before the call and refuse others: key 32, nonce 24, HChaCha20's input 16. C interfaces read as many bytes as they need, wherever they come from.",
    ),
    always(DATA, "Notesnook has no associated data: pass none, not the id, the algorithm or the salt."),
    on(
        "javascript",
        DATA,
        "The second argument of `crypto_aead_xchacha20poly1305_ietf_encrypt` is the associated data: `null`.",
    ),
    always(
        &["xchacha-aad-refused", "xchacha-empty-aad-refused", "gcm-empty-aad-refused"],
        "The bare primitive takes associated data of any length, none included. A port that cannot says so in its claims: `aad_length`.",
    ),
    always(
        &["xchacha-empty-text-*", "gcm-empty-text-*", "text-plaintext-empty-refused"],
        "An empty text is a text: its ciphertext is only the tag. Test for a missing value, not for an empty one.",
    ),
    on(
        "c",
        &["xchacha-empty-text-*", "gcm-empty-text-*"],
        "An empty buffer may be a null pointer, which some functions take for a missing argument: pass a valid pointer with a length of 0.",
    ),
];
