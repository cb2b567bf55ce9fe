//! Hints for Argon2.

use super::{Hint, always, on, with};

/// The memory has another unit.
const MEMORY: &[&str] = &[
    "argon2-memory-in-bytes",
    "argon2-memory-a-thousandfold",
    "argon2-memory-in-kilobytes",
    "argon2-memory-hashed-in-bytes",
    "notesnook-memory-in-bytes",
    "account-login-of-64-kib",
    "account-server-of-64-mib",
];
/// It is another variant or version.
const VARIANT: &[&str] = &[
    "argon2-i-computed-as-id",
    "argon2-id-computed-as-i",
    "argon2-is-argon2d",
    "argon2-version-0x10",
    "notesnook-argon2id",
    "account-login-argon2i",
    "account-server-argon2i",
];
/// The number of lanes is another.
const LANES: &[&str] = &["notesnook-four-lanes", "argon2-lanes-ignored", "argon2-one-lane-only"];
/// The number of passes is another.
const PASSES: &[&str] = &[
    "notesnook-two-passes",
    "notesnook-four-passes",
    "account-login-of-two-passes",
    "account-server-of-four-passes",
    "argon2-passes-ignored",
];
/// A salt is made to fit.
const FITTED: &[&str] = &[
    "argon2-salt-made-16",
    "argon2-salt-cut-at-16",
    "argon2-salt-filled-to-16",
    "argon2-short-salt-taken",
    "notesnook-salt-filled-up",
    "notesnook-salt-of-any-length",
    "notesnook-salt-cut-to-8",
    "notesnook-salt-of-envelope-filled-up",
];
/// The memory could not be had, and nobody looked.
const ZEROS: &[&str] = &["argon2-zeros-above-8-mib", "notesnook-key-of-zeros", "account-login-of-zeros"];

pub(super) static HINTS: &[Hint] = &[
    always(
        MEMORY,
        "libsodium and its wrappers count memory in bytes, almost everybody else in KiB. Notesnook's key: 8,388,608 bytes or 8,192 KiB; its login: 67,108,864 or 65,536; what its server keeps: 65,536 or 64.",
    ),
    on(
        "javascript",
        MEMORY,
        "`sodium.crypto_pwhash` takes bytes (8388608). KiB (8192) are `memorySize` in `hash-wasm` and `m` in `@noble/hashes`.",
    ),
    on(
        "python",
        MEMORY,
        "PyNaCl's `memlimit` is in bytes (8388608); argon2-cffi's `memory_cost` and `cryptography`'s `memory_cost` are in KiB (8192).",
    ),
    on(
        "go",
        MEMORY,
        "`argon2.Key` and `argon2.IDKey` of `golang.org/x/crypto/argon2` count KiB: `argon2.Key(password, salt, 3, 8192, 1, 32)`.",
    ),
    on("java", MEMORY, "BouncyCastle's `withMemoryAsKB(8192)` counts KiB; lazysodium's `cryptoPwHash` counts bytes."),
    on("rust", MEMORY, "`argon2::Params::new(8192, 3, 1, Some(32))` counts KiB; bindings to libsodium count bytes."),
    on("php", MEMORY, "`sodium_crypto_pwhash` counts bytes; `memory_cost` of `password_hash` counts KiB."),
    on(
        "c#",
        MEMORY,
        "`MemorySize` of Konscious.Security.Cryptography and `MemoryCost` of Isopoh are in KiB; Geralt's `memorySize` is libsodium's, in bytes.",
    ),
    on("swift", MEMORY, "swift-sodium's `memLimit` is libsodium's, in bytes."),
    on(
        "c",
        MEMORY,
        "`crypto_pwhash` takes bytes; `m_cost` of libargon2's `argon2i_hash_raw` and of its siblings is in KiB.",
    ),
    always(
        VARIANT,
        "Name variant and version: Argon2i for Notesnook's keys, Argon2id for its login and its server, version 0x13 everywhere. A library's default may be either, and changes with its version.",
    ),
    on(
        "javascript",
        VARIANT,
        "`sodium.crypto_pwhash_ALG_ARGON2I13` for keys, `…_ALG_ARGON2ID13` for the login; never `…_ALG_DEFAULT`.",
    ),
    on(
        "python",
        VARIANT,
        "`nacl.pwhash.argon2i.kdf` and `nacl.pwhash.argon2id.kdf`; in argon2-cffi `hash_secret_raw(…, type=Type.I, version=19)` or `Type.ID`.",
    ),
    on("go", VARIANT, "`argon2.Key` is Argon2i, `argon2.IDKey` is Argon2id; both are version 0x13."),
    on(
        "java",
        VARIANT,
        "BouncyCastle: `new Argon2Parameters.Builder(Argon2Parameters.ARGON2_i)` or `ARGON2_id`, with `withVersion(Argon2Parameters.ARGON2_VERSION_13)`.",
    ),
    on("rust", VARIANT, "`Argon2::new(Algorithm::Argon2i, Version::V0x13, params)`: `Argon2::default()` is Argon2id."),
    on("php", VARIANT, "`SODIUM_CRYPTO_PWHASH_ALG_ARGON2I13` or `…_ARGON2ID13`, never `…_ALG_DEFAULT`."),
    on(
        "c",
        VARIANT,
        "`crypto_pwhash_ALG_ARGON2I13` or `crypto_pwhash_ALG_ARGON2ID13`: `crypto_pwhash_ALG_DEFAULT` is not the same in every version of libsodium.",
    ),
    always(
        LANES,
        "Notesnook has one lane, for libsodium has no other: pass 1, and do not trust a default. A port that can do only one says so in its claims.",
    ),
    on("python", LANES, "argon2-cffi's default for `parallelism` is 4: pass `parallelism=1`."),
    on("javascript", LANES, "Pass `parallelism: 1` (`p: 1` in `@noble/hashes`)."),
    always(
        PASSES,
        "Pass 3 as a number: libsodium's named limits differ by variant and by version, and are other numbers.",
    ),
    on(
        "c",
        PASSES,
        "`crypto_pwhash_OPSLIMIT_INTERACTIVE` is the default variant's limit: for Argon2i it is 4, for Argon2id 2. The schemes want 3.",
    ),
    always(
        &["argon2-passes-below-3-refused", "argon2-passes-raised-to-3"],
        "libsodium refuses Argon2i with fewer than three passes: claim `passes` from 3, or use another library for the bare primitive.",
    ),
    always(
        FITTED,
        "Check the length before the call: 16 bytes, neither cut nor filled. libsodium takes only a pointer, and reads 16 bytes from there.",
    ),
    with(
        "java",
        "libsodium jni",
        FITTED,
        "libsodium-jni silently reads a salt of eight bytes as one of 16, and derives a key that no other port gets: check `salt.length == 16` first.",
    ),
    with("rust", "argon2", FITTED, "The crate `argon2` takes salts from eight bytes on: compare with 16 yourself."),
    always(
        &[
            "argon2-salt-of-16-only",
            "argon2-salt-below-16-refused",
            "argon2-salt-above-16-refused",
            "argon2-salt-above-48-refused",
        ],
        "libsodium has salts of 16 bytes and no others, PHC strings have limits of their own. Claim `salt_length` as it is, or use a raw interface.",
    ),
    always(
        ZEROS,
        "Look at what the derivation returns: a failed allocation is an error code or an exception, and the key is zeros. Check the known answer at 64 MiB on the device.",
    ),
    on(
        "javascript",
        ZEROS,
        "libsodium.js has given zeros above 8 MiB in some phones' web views: test the 64 MiB vector there, and refuse a key of zeros.",
    ),
    on("c", ZEROS, "`crypto_pwhash` returns -1 and leaves the buffer as it was: check it."),
    always(
        &[
            "argon2-memory-without-a-ceiling",
            "argon2-passes-without-a-ceiling",
            "argon2-length-without-a-ceiling",
            "account-verify-costs-unbounded",
        ],
        "Compare memory, passes, their product and the length with ceilings of your own before anything is allocated; many libraries abort the process when memory cannot be had.",
    ),
    always(
        &["argon2-key-of-64-cut", "argon2-length-not-hashed", "argon2-length-ignored"],
        "Ask for the number of bytes that you need: the length is hashed, so that 32 bytes are not the front of 64.",
    ),
    on(
        "go",
        &["argon2-no-pass-*", "argon2-no-lane-*"],
        "`argon2.Key` panics for 0 passes and for 0 threads: check both before the call.",
    ),
];
