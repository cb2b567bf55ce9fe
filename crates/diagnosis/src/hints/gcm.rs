//! Hints for AES-256-GCM, and for tags of both ciphers.

use super::{Hint, always, on, with};

/// The IV is made to have 12 bytes.
const IV_CUT: &[&str] = &["gcm-iv-cut-to-12", "autonomail-iv-cut-to-12", "gcm-iv-cut-to-16", "gcm-iv-padded-to-12"];
/// Only IVs of 12 bytes can be had.
const IV_OF_12: &[&str] = &["gcm-iv-other-than-12-refused", "gcm-iv-other-than-12-crashes"];
/// The input decides how much of the tag is checked.
const TAG_BELIEVED: &[&str] = &[
    "gcm-tag-cut-as-sent",
    "gcm-tag-of-any-length",
    "gcm-tag-of-4-to-16",
    "xchacha-tag-cut-as-sent",
    "autonomail-tag-length-believed",
];
/// The tag is not checked, or its verdict is not heard.
const UNCHECKED: &[&str] = &[
    "gcm-tag-not-checked",
    "gcm-failure-gives-nothing",
    "xchacha-tag-not-checked",
    "xchacha-failure-gives-nothing",
    "opening-tag-not-checked",
    "opening-nothing-on-failure",
    "opening-ciphertext-on-failure",
];
/// The tag stands elsewhere, or nowhere.
const PLACE: &[&str] = &[
    "gcm-tag-in-front",
    "gcm-tag-not-sent",
    "xchacha-tag-in-front",
    "autonomail-tag-in-front",
    "autonomail-tag-left-out",
    "notesnook-tag-in-front",
];
/// What is too short makes the port die.
const SHORT: &[&str] = &[
    "gcm-short-input-*",
    "gcm-empty-input-opens",
    "xchacha-short-input-*",
    "xchacha-empty-input-opens",
    "opening-short-ciphertext-crashes",
];
/// A failure makes the port die.
const CRASH: &[&str] = &["gcm-failure-crashes", "xchacha-failure-crashes", "opening-crashes-on-failure"];
/// The comparison looks at too little.
const COMPARE: &[&str] = &["gcm-compare-*", "xchacha-compare-*"];
/// The tag's length has another unit, or is another.
const TAG_LENGTH: &[&str] = &["gcm-tag-length-in-bits", "gcm-tag-length-ignored-*"];
/// The counter block counts in other than its last 32 bits.
const COUNTER: &[&str] = &["gcm-counter-of-*", "gcm-counter-stops-at-its-end", "gcm-counter-skips-zero"];
/// A key is made to fit.
const KEY: &[&str] = &["gcm-key-padded", "gcm-key-picks-the-cipher", "gcm-aes-128"];

pub(super) static HINTS: &[Hint] = &[
    always(
        IV_CUT,
        "Give GCM all 16 bytes of the IV and tell it the length: an IV that does not have 12 bytes is hashed, so that its first 12 are another IV.",
    ),
    on(
        "c",
        IV_CUT,
        "OpenSSL takes 12 bytes unless `EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, 16, NULL)` comes after the cipher and before the IV; a reset or another init sets it back.",
    ),
    on(
        "ruby",
        IV_CUT,
        "Set `cipher.iv_len = 16` before `cipher.iv = iv`, instead of cutting the IV until the `ArgumentError` is gone.",
    ),
    on("swift", IV_CUT, "`AES.GCM.Nonce(data: iv)` takes 16 bytes, although its documentation speaks of 12."),
    on("go", IV_CUT, "`cipher.NewGCMWithNonceSize(block, 16)`, and the whole IV."),
    on("java", IV_CUT, "`new GCMParameterSpec(128, iv)` takes 16 bytes with SunJCE and BouncyCastle."),
    always(
        IV_OF_12,
        "Take a GCM that accepts an IV of 16 bytes: ring, aws-lc-rs, Tink, Conscrypt and .NET's `AesGcm` have none. If yours has none, claim `iv_length` 12; Autonomail's records need 16.",
    ),
    on(
        "go",
        IV_OF_12,
        "`cipher.NewGCM` panics on an IV of 16 bytes: `cipher.NewGCMWithNonceSize(block, len(iv))`, with the length checked before.",
    ),
    on(
        "java",
        IV_OF_12,
        "Conscrypt on Android accepts only 12 bytes; add BouncyCastle's lightweight `GCMBlockCipher` to the app. SunJCE takes 16.",
    ),
    on(
        "c#",
        IV_OF_12,
        "`System.Security.Cryptography.AesGcm` has nonces of 12 bytes and no others: use `GcmBlockCipher` of BouncyCastle.Cryptography.",
    ),
    on(
        "rust",
        IV_OF_12,
        "In the crate `aes-gcm` the length is a type: `AesGcm` of `Aes256` and `U16`. `ring` and `aws-lc-rs` support only 12 bytes.",
    ),
    on(
        "python",
        &["gcm-iv-below-8-refused", "gcm-iv-above-16-refused"],
        "pyca's `AESGCM` takes nonces of 8 to 128 bytes: claim `iv_length` accordingly.",
    ),
    always(
        &["gcm-iv-of-16-as-j0"],
        "An IV of 16 bytes is not a counter block: J0 is its GHASH. A CTR mode under the IV itself is another cipher.",
    ),
    always(&["gcm-iv-empty-accepted"], "Refuse an empty IV: J0 is zero then, and the tag gives H away."),
    always(
        COUNTER,
        "The counter is the last 32 bits of the counter block, big-endian, and wraps within them. A hashed IV begins anywhere, so that the wrap is met by ordinary envelopes.",
    ),
    on(
        "javascript",
        COUNTER,
        "WebCrypto's and Node's AES-CTR count in as many bits as they are told, up to 128: use AES-GCM itself, or a counter of 32 bits.",
    ),
    with(
        "dart",
        "cryptography",
        COUNTER,
        "Version 2.7.1 of `package:cryptography` is reported to give wrong ciphertexts for some IVs of 16 bytes (emz-hanauer/dart-cryptography, issue 12): check with these vectors, or use PointyCastle.",
    ),
    always(KEY, "Check that the key has 32 bytes before you hand it over, and name the cipher for 256 bits."),
    on(
        "php",
        KEY,
        "`openssl_encrypt` fills a key that is too short with NULs and cuts one that is too long, both without a word: check `strlen($key) === 32`.",
    ),
    with(
        "javascript",
        "sjcl",
        KEY,
        "`new sjcl.cipher.aes(key)` goes by the number of words, and a key of 31 bytes has eight: check `sjcl.bitArray.bitLength(key) === 256`.",
    ),
    always(
        TAG_LENGTH,
        "The tag has 16 bytes, which are 128 bits: look up which of the two your function counts, and pass it even where it is the default.",
    ),
    on(
        "javascript",
        TAG_LENGTH,
        "WebCrypto's `tagLength` and SJCL's `ts` are in bits (128); Node's `authTagLength` is in bytes (16). SJCL's default is 64 bits.",
    ),
    on("java", TAG_LENGTH, "The first argument of `GCMParameterSpec` is in bits: 128. SunJCE takes 96 to 128."),
    on("python", TAG_LENGTH, "PyCryptodome's `mac_len` is in bytes: 16."),
    with(
        "javascript",
        "node forge",
        &["gcm-tag-of-4-refused", "gcm-tag-below-12-refused", "gcm-tag-cut-compared-whole"],
        "node-forge 1.4.3 never verifies tags of 4 and 8 bytes: it compares them with all 16. Claim `tag_length` 12 to 16.",
    ),
    on(
        "rust",
        &["gcm-tag-below-12-refused", "gcm-tag-of-4-refused"],
        "The crate `aes-gcm` has tags below 12 bytes only with its feature `hazmat`, from version 0.11 on. These formats have 16.",
    ),
    on(
        "go",
        &["gcm-tag-below-12-refused", "gcm-tag-of-4-refused", "gcm-tag-other-than-16-refused"],
        "Go's GCM has tags of 12 to 16 bytes, and other than 16 only with an IV of 12: claim `tag_length` accordingly.",
    ),
    always(
        TAG_BELIEVED,
        "Fix the length of the tag at 16 bytes in your code and refuse others: an attacker who may choose it forges an envelope in 256 tries. Neither `ts` nor the length of the input is authenticated.",
    ),
    on(
        "javascript",
        TAG_BELIEVED,
        "Node's `setAuthTag` takes tags of 4 and 8 bytes by default: `createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })`, and check `tag.length === 16`.",
    ),
    on("php", TAG_BELIEVED, "`openssl_decrypt` takes a tag of one byte: check `strlen($tag) === 16` before."),
    on("ruby", TAG_BELIEVED, "`cipher.auth_tag=` takes a tag of one byte: check `tag.bytesize == 16` before."),
    on("c", TAG_BELIEVED, "mbedTLS and libgcrypt take tags of 4 bytes, OpenSSL of one: check the length before."),
    on(
        "python",
        TAG_BELIEVED,
        "`AESGCM` wants 16 bytes. With `modes.GCM(iv, tag)` leave `min_tag_length` at 16; PyCryptodome's `mac_len` is 16 unless lowered.",
    ),
    always(
        UNCHECKED,
        "Use the call that decrypts and verifies in one, treat its failure as the end, and give nothing back that was decrypted before it.",
    ),
    on(
        "javascript",
        UNCHECKED,
        "Node's `decipher.update` gives plaintext that nobody has verified: call `decipher.final()`, let its exception through, and return only then.",
    ),
    on("python", UNCHECKED, "PyCryptodome's `decrypt` does not verify: `decrypt_and_verify(ciphertext, tag)`."),
    on(
        "php",
        UNCHECKED,
        "`openssl_decrypt` and `sodium_crypto_aead_xchacha20poly1305_ietf_decrypt` return `false`: compare with `=== false`, since an empty plaintext is falsy too.",
    ),
    on(
        "java",
        UNCHECKED,
        "Call `doFinal` and let `AEADBadTagException` through; the `CipherInputStream` of old JDKs swallows it.",
    ),
    on(
        "c",
        UNCHECKED,
        "`EVP_DecryptFinal_ex` returns whether the tag fits, `crypto_aead_…_decrypt` returns -1: check it, and clear the buffer. mbedTLS's `mbedtls_gcm_crypt_and_tag` does not verify at all.",
    ),
    on("go", UNCHECKED, "Return the error of `Open` and drop its bytes; `cipher.NewCTR` verifies nothing."),
    always(
        PLACE,
        "The tag comes after the ciphertext: 16 bytes at the end of `ct` or `cipher`. If your library returns it separately, append it when sealing and cut it off when opening.",
    ),
    on(
        "javascript",
        PLACE,
        "In Node: `Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])`. WebCrypto, SJCL and libsodium.js append it themselves.",
    ),
    on("swift", PLACE, "`box.ciphertext + box.tag`: CryptoKit's `combined` also has the nonce before them."),
    on("c#", PLACE, "`AesGcm` gives the tag apart: append it to the ciphertext."),
    on(
        "python",
        PLACE,
        "PyCryptodome's `encrypt_and_digest` returns the tag separately: append it. `AESGCM` appends it itself. A PyNaCl `SecretBox` is another construction, with the tag first.",
    ),
    on(
        "php",
        PLACE,
        "`openssl_encrypt` gives the tag in its sixth argument: append it. The sodium functions append it themselves.",
    ),
    on("ruby", PLACE, "Append `cipher.auth_tag` to `update` and `final`."),
    always(
        SHORT,
        "Refuse whatever is shorter than the tag before you slice it: `length - 16` of less than 16 bytes is negative, or huge.",
    ),
    on("go", SHORT, "`data[len(data)-16:]` panics: compare `len(data) < 16` first. `gcm.Open` does so itself."),
    on(
        "java",
        SHORT,
        "JDK 17 answers an input shorter than the tag with a `ProviderException`, which is not a `GeneralSecurityException`: compare the length first.",
    ),
    on("rust", SHORT, "`split_at(len - 16)` panics: use `checked_sub`, or `decrypt`, which refuses it."),
    with(
        "rust",
        "sjcl",
        SHORT,
        "The crate `sjcl` 1.0.0 panics on a ciphertext shorter than its tag: check the length before you call it.",
    ),
    always(
        CRASH,
        "Catch the failure where the envelope is opened and answer `authentication`: a wrong password is an ordinary event.",
    ),
    on("rust", CRASH, "`aead::Error` is a value: map it, and do not `unwrap` it."),
    on("swift", CRASH, "`try!` ends the program: `do`, `try` and `catch CryptoKitError.authenticationFailure`."),
    always(
        COMPARE,
        "Leave the comparison to the library. By hand: add up the differences of all 16 bytes with `or`, and ask at the end whether the sum is zero.",
    ),
    on(
        "javascript",
        COMPARE,
        "`crypto.timingSafeEqual(a, b)` on buffers of equal length; comparing texts, or with `==`, compares something else.",
    ),
    on("python", COMPARE, "`hmac.compare_digest(a, b)` on bytes."),
    on(
        "java",
        COMPARE,
        "`MessageDigest.isEqual(a, b)`; `==` compares references, and `Arrays.hashCode` something else.",
    ),
    on("go", COMPARE, "`subtle.ConstantTimeCompare(a, b) == 1` of `crypto/subtle`."),
    with(
        "ruby",
        "sjcl",
        COMPARE,
        "sjcl_rb 1.0.1 keeps only the difference of the last word (`x =` instead of `x |=`): four of eight bytes can be changed unnoticed. Do not use it to verify.",
    ),
    on("c", COMPARE, "`sodium_memcmp` or `CRYPTO_memcmp`; `strcmp` and `strncmp` end at the first zero byte."),
    on("php", COMPARE, "`hash_equals`; `==` takes two numeric strings for numbers."),
];
