//! Hints for SHA-512, HMAC, BLAKE2b and PBKDF2.

use super::{Hint, always, on, with};

/// The hash is another one.
const OTHER_HASH: &[&str] = &["pbkdf2-with-sha256", "pbkdf2-with-sha1", "autonomail-derived-with-sha-256"];
/// The length has another unit.
const LENGTH: &[&str] = &["pbkdf2-length-in-bits", "autonomail-length-in-bits"];
/// A number is kept in too few bits.
const NARROW: &[&str] = &[
    "pbkdf2-count-in-8-bits",
    "pbkdf2-count-in-16-bits",
    "pbkdf2-count-in-32-bits",
    "pbkdf2-negative-count-is-one",
    "pbkdf2-length-in-8-bits",
    "pbkdf2-length-in-32-bits",
];
/// A text is used in place of the bytes that it stands for.
const AS_TEXT: &[&str] = &[
    "pbkdf2-salt-as-hex-text",
    "pbkdf2-salt-as-base64-text",
    "autonomail-salt-as-text",
    "notesnook-salt-as-text",
    "notesnook-salt-as-hex",
    "argon2-salt-as-hex-text",
    "argon2-salt-as-base64-text",
];
/// A count of zero is worked off.
const ZERO: &[&str] = &["pbkdf2-no-iteration-is-*", "autonomail-count-of-zero-is-*"];

pub(super) static HINTS: &[Hint] = &[
    always(
        OTHER_HASH,
        "Name the hash explicitly: the scheme wants PBKDF2 with HMAC-SHA512, and hardly any library has it as its default.",
    ),
    with(
        "javascript",
        "sjcl",
        OTHER_HASH,
        "npm's `sjcl` is built without SHA-512, and `sjcl.misc.hmac` falls back to SHA-256 without a word when its hash is undefined. Build with `--with-sha512`, and pass a function that makes `new sjcl.misc.hmac(key, sjcl.hash.sha512)`.",
    ),
    with(
        "javascript",
        "crypto js",
        OTHER_HASH,
        "`CryptoJS.PBKDF2` has another default: pass `hasher: CryptoJS.algo.SHA512` and `keySize: 512 / 32`, which counts words of 32 bits.",
    ),
    on(
        "javascript",
        OTHER_HASH,
        "In Node `crypto.pbkdf2Sync(password, salt, n, 64, 'sha512')`: the digest is the last argument. In WebCrypto `{name: 'PBKDF2', hash: 'SHA-512', salt, iterations: n}`.",
    ),
    on(
        "python",
        OTHER_HASH,
        "`hashlib.pbkdf2_hmac('sha512', password, salt, n, dklen=64)`; in `cryptography`, `PBKDF2HMAC(hashes.SHA512(), 64, salt, n)`.",
    ),
    on(
        "go",
        OTHER_HASH,
        "`pbkdf2.Key(sha512.New, password, salt, n, 64)` in `crypto/pbkdf2`; in `golang.org/x/crypto/pbkdf2` the hash comes last: `pbkdf2.Key(password, salt, n, 64, sha512.New)`.",
    ),
    on(
        "java",
        OTHER_HASH,
        "`SecretKeyFactory.getInstance(\"PBKDF2WithHmacSHA512\")`: the name that ends with SHA1 or SHA256 is another function. Android has this one from API level 26 on.",
    ),
    on(
        "c#",
        OTHER_HASH,
        "`Rfc2898DeriveBytes` is built on HMAC-SHA1 by default: `Rfc2898DeriveBytes.Pbkdf2(password, salt, n, HashAlgorithmName.SHA512, 64)`.",
    ),
    on(
        "swift",
        OTHER_HASH,
        "CryptoKit has no PBKDF2. CommonCrypto has: `CCKeyDerivationPBKDF` with `CCPseudoRandomAlgorithm(kCCPRFHmacAlgSHA512)`.",
    ),
    on("php", OTHER_HASH, "`hash_pbkdf2('sha512', $password, $salt, $n, 64, true)`."),
    on(
        "ruby",
        OTHER_HASH,
        "`OpenSSL::KDF.pbkdf2_hmac(password, salt: salt, iterations: n, length: 64, hash: 'SHA512')`.",
    ),
    on(
        "rust",
        OTHER_HASH,
        "`pbkdf2::pbkdf2_hmac::<sha2::Sha512>(password, salt, n, &mut key)` with a key of 64 bytes.",
    ),
    on(
        "c",
        OTHER_HASH,
        "`PKCS5_PBKDF2_HMAC(…, EVP_sha512(), 64, out)`; the function whose name ends with `_SHA1` is another.",
    ),
    on(
        "dart",
        OTHER_HASH,
        "In `package:cryptography`, `Pbkdf2(macAlgorithm: Hmac.sha512(), iterations: n, bits: 512)`.",
    ),
    always(LENGTH, "The derived key has 64 bytes, which are 512 bits: look up which of the two your function counts."),
    on(
        "javascript",
        LENGTH,
        "Node's `crypto.pbkdf2Sync` counts bytes (64); WebCrypto's `deriveBits` and `sjcl.misc.pbkdf2` count bits (512); CryptoJS's `keySize` counts words (16).",
    ),
    on("java", LENGTH, "The last argument of `PBEKeySpec` is in bits: 512. With 64 it gives eight bytes and no error."),
    on("dart", LENGTH, "`bits` of `package:cryptography`'s `Pbkdf2` is in bits: 512."),
    on(
        "php",
        LENGTH,
        "`hash_pbkdf2` counts hex digits unless its last argument is `true`: with `true`, 64 are 64 bytes.",
    ),
    on("python", LENGTH, "`dklen` of `hashlib.pbkdf2_hmac` and `length` of `PBKDF2HMAC` are in bytes: 64."),
    always(
        AS_TEXT,
        "Decode the salt once, where the record is read, and hand the bytes to the derivation; the derivation takes a text for its characters and not for what they encode.",
    ),
    on(
        "javascript",
        AS_TEXT,
        "A string given to Node's `crypto.pbkdf2Sync` is taken as UTF-8: pass `Buffer.from(salt, 'hex')`. SJCL takes a string salt as UTF-8 too: pass `sjcl.codec.hex.toBits(salt)`.",
    ),
    on(
        "go",
        AS_TEXT,
        "`[]byte(salt)` are the characters: use `hex.DecodeString(salt)` or `base64.RawURLEncoding.DecodeString(salt)`.",
    ),
    on(
        "python",
        AS_TEXT,
        "`salt.encode()` are the characters: use `bytes.fromhex(salt)`, or `base64.urlsafe_b64decode` with the padding added.",
    ),
    on(
        "java",
        AS_TEXT,
        "`salt.getBytes()` are the characters: use `HexFormat.of().parseHex(salt)` or `Base64.getUrlDecoder().decode(salt)`.",
    ),
    on(
        "php",
        AS_TEXT,
        "PHP's strings are bytes: without `hex2bin($salt)` the derivation sees 64 digits instead of 32 bytes.",
    ),
    always(
        &["pbkdf2-password-ignored", "argon2-password-ignored", "text-password-ignored"],
        "The derivation was given a type that it does not know and took it for nothing. Hand it bytes, and try two passwords in a test: their keys must differ.",
    ),
    on(
        "javascript",
        &[
            "pbkdf2-password-ignored",
            "argon2-password-ignored",
            "text-password-ignored",
            "pbkdf2-salt-ignored",
            "autonomail-salt-ignored",
        ],
        "Typed arrays take a string or an object without an error and stay empty or zero: encode with `new TextEncoder().encode(password)` before you call a library that wants a `Uint8Array`.",
    ),
    always(
        ZERO,
        "Refuse a count of 0 yourself before you call the library: many work it off as one iteration, or as their default.",
    ),
    on("go", ZERO, "Go's `pbkdf2.Key` takes a count of 0 for 1 and reports no error: check `n >= 1` before."),
    with(
        "javascript",
        "sjcl",
        ZERO,
        "`sjcl.misc.pbkdf2` takes a count of 0 for its default of 10,000 (1,000 in old versions): check it before.",
    ),
    always(
        NARROW,
        "Keep count and length in 64 bits until they have been compared with your ceiling, and only then narrow them with a conversion that fails.",
    ),
    on(
        "java",
        NARROW,
        "Counts come as `long` from most JSON readers and are cast with `(int)`, which wraps: use `Math.toIntExact`.",
    ),
    on("c", NARROW, "`PKCS5_PBKDF2_HMAC` takes `int`: compare with `INT_MAX` before the conversion."),
    on(
        "javascript",
        NARROW,
        "`n | 0` and `n >>> 0` cut a number to 32 bits: use `Number.isSafeInteger(n)` and a comparison.",
    ),
    always(
        &["pbkdf2-count-without-a-ceiling", "autonomail-count-unbounded", "pbkdf2-length-without-a-ceiling"],
        "Set a ceiling in your own code, compare before the work begins, and answer `too-costly`: no library has one.",
    ),
    always(
        &[
            "pbkdf2-count-raised-to-*",
            "autonomail-count-raised",
            "pbkdf2-count-below-1000-refused",
            "pbkdf2-count-up-to-100-refused",
            "autonomail-low-count-refused",
        ],
        "The formats have no minimum when opening: use the count in the record, and keep a minimum for what you seal.",
    ),
    always(
        &["pbkdf2-one-iteration-too-*", "autonomail-count-one-*"],
        "The first output of the function counts as the first iteration: a count of n is n calls of HMAC for each block.",
    ),
    always(
        &["pbkdf2-empty-password-refused", "argon2-empty-password-refused", "text-password-empty-refused"],
        "The empty password is one where the format takes it; if the library refuses it, derive by other means or say in your claims that you do not take it.",
    ),
    on(
        "java",
        &["pbkdf2-empty-salt-refused"],
        "`PBEKeySpec` refuses an empty salt with an `IllegalArgumentException`: claim `salt_length` from 1, or derive with `Mac` yourself.",
    ),
    on(
        "java",
        &["hmac-empty-key-refused"],
        "`SecretKeySpec` refuses an empty key. A key of one zero byte is the same HMAC, since keys are filled with zeros.",
    ),
    always(
        &["hmac-block-of-64", "hmac-keys-above-64-hashed"],
        "The block of SHA-512 has 128 bytes, that of SHA-256 has 64: keys are filled to the block of the hash that is used.",
    ),
    on(
        "dart",
        &["hmac-block-of-64", "hmac-keys-above-64-hashed"],
        "PointyCastle's `HMac(SHA512Digest(), 128)` is told the block by hand: with 64 it is HMAC with SHA-256's block.",
    ),
    always(
        &["hmac-tag-cut-at-32"],
        "HMAC-SHA512 has 64 bytes. libsodium's `crypto_auth` is HMAC-SHA512-256, cut to 32: use `crypto_auth_hmacsha512`.",
    ),
    always(
        &["blake2b-digest-of-*", "blake2b-digest-always-64", "account-salt-cut-from-*"],
        "Ask for a digest of 16 bytes: the length is hashed, so that the front of a longer digest is something else.",
    ),
    on(
        "python",
        &["blake2b-digest-of-*", "blake2b-digest-always-64", "account-salt-cut-from-*"],
        "`hashlib.blake2b(data, digest_size=16)`: slicing the default of 64 bytes gives another value.",
    ),
    on(
        "rust",
        &["blake2b-digest-of-*", "blake2b-digest-always-64", "account-salt-cut-from-*"],
        "`Blake2bVar::new(16)`: `Blake2b512` cut to 16 bytes is another value.",
    ),
    on(
        "javascript",
        &["blake2b-digest-of-*", "blake2b-digest-always-64", "account-salt-cut-from-*"],
        "`sodium.crypto_generichash(16, data)`; in `@noble/hashes`, `blake2b(data, { dkLen: 16 })`.",
    ),
    on(
        "c",
        &["blake2b-digest-of-*", "blake2b-digest-always-64", "account-salt-cut-from-*"],
        "`crypto_generichash(out, 16, in, inlen, NULL, 0)`: its default length, `crypto_generichash_BYTES`, is 32.",
    ),
    on(
        "go",
        &["blake2b-digest-of-*", "blake2b-digest-always-64", "account-salt-cut-from-*"],
        "`blake2b.New(16, nil)` in `golang.org/x/crypto/blake2b`: `Sum256` and `Sum512` have other lengths, and so other values.",
    ),
    always(
        &["blake2b-keyed-by-hmac*", "blake2b-key-in-front-of-the-message", "blake2b-key-behind-the-message"],
        "BLAKE2b has a key of its own: pass it as the library's `key`, and use neither HMAC nor concatenation.",
    ),
    always(
        &["pbkdf2-key-of-zeros"],
        "An unknown name of a hash must be an error: check what it returns, and spell it as the library does (`sha512`, without a hyphen, in Node).",
    ),
    with(
        "javascript",
        "pbkdf2",
        &["pbkdf2-key-of-zeros"],
        "npm's `pbkdf2` before 3.1.3 gives zeros for names that it does not know (CVE-2025-6545): upgrade, and write `sha512`.",
    ),
    with(
        "javascript",
        "pbkdf2",
        &["pbkdf2-password-ignored", "pbkdf2-salt-ignored"],
        "npm's `pbkdf2` before 3.1.3 can take a `Uint8Array` for nothing (CVE-2025-6547): upgrade, or pass a `Buffer`.",
    ),
    always(
        &["pbkdf2-length-ignored", "pbkdf2-one-block-*", "pbkdf2-blocks-of-32"],
        "A block of HMAC-SHA512 has 64 bytes; the key is as many blocks, one after the other, as are needed, and the last one is cut.",
    ),
    always(
        &["pbkdf2-salt-of-8-only", "pbkdf2-salt-below-*", "pbkdf2-salt-of-64-refused"],
        "PBKDF2 takes a salt of any length: the limit is the library's or a habit from another format. These formats have 32 bytes.",
    ),
    with(
        "python",
        "sjcl",
        &["pbkdf2-salt-of-8-only", "pbkdf2-with-sha256"],
        "PyPI's `sjcl` has a salt of eight bytes and SHA-256 built in, and no raw keys: it cannot open Autonomail's records. Use `hashlib` and a GCM that takes 16 bytes of IV.",
    ),
];
