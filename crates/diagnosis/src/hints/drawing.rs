//! Hints for randomness, and for what comes of a failure.

use super::{Hint, always, on, with};

/// Nothing was drawn.
const ZEROS: &[&str] = &["drawing-all-zeros", "drawing-nonce-half-zero", "drawing-salt-half-zero"];
/// The same again.
const CONSTANT: &[&str] = &["drawing-constant-*", "drawing-counting-*", "drawing-nonce-with-the-device"];
/// Made of what must stay secret or repeats.
const DERIVED: &[&str] = &["drawing-salt-of-the-password", "drawing-nonce-of-the-*", "drawing-nonce-from-the-input"];
/// Few states.
const WEAK: &[&str] = &["drawing-from-a-few-values"];
/// The wrong class of refusal.
const CLASS: &[&str] = &["opening-failure-is-*", "opening-wrong-password-told-apart"];

pub(super) static HINTS: &[Hint] = &[
    always(
        ZEROS,
        "Check that the generator filled the whole buffer: its length must be the buffer's, and its failure must end the seal.",
    ),
    on(
        "javascript",
        ZEROS,
        "`new Uint8Array(16)` is zeros until `crypto.getRandomValues` has filled it; `randomBytes(12)` copied into 24 leaves half.",
    ),
    on(
        "c",
        ZEROS,
        "`getrandom` may give fewer bytes and `RAND_bytes` may fail: check what they return, or use `randombytes_buf`.",
    ),
    on(
        "swift",
        ZEROS,
        "`SecRandomCopyBytes(kSecRandomDefault, count, &bytes)` tells by its result whether it filled them: compare with `errSecSuccess`.",
    ),
    on(
        "go",
        ZEROS,
        "`crypto/rand`'s `Read` fills the slice that it is given, and a slice of length 0 not at all: `make([]byte, 24)`.",
    ),
    on("java", ZEROS, "`new SecureRandom().nextBytes(iv)` after `new byte[16]`; without it the array is zeros."),
    always(
        CONSTANT,
        "Draw both anew for every seal: a nonce that comes twice under one key gives both plaintexts away, and a salt that all share serves one attack on all.",
    ),
    on("javascript", CONSTANT, "Draw inside the function that seals, not when the module is loaded."),
    on(
        "swift",
        CONSTANT,
        "Draw inside the function that seals; a nonce in the keychain or in a `static let` is drawn once.",
    ),
    on("java", CONSTANT, "Draw inside the method that seals, not in a `static final` field or a `companion object`."),
    on("python", CONSTANT, "Draw inside the function: a default argument is computed once."),
    on("go", CONSTANT, "Draw inside the function, not in a package variable."),
    always(
        DERIVED,
        "Draw them at random; a nonce or salt that is made of the password, key or plaintext repeats with them and tells of them.",
    ),
    with(
        "javascript",
        "sjcl",
        DERIVED,
        "`sjcl.misc.cachedPbkdf2` keeps one salt for every seal under a password: draw with `sjcl.random.randomWords(8)` and call `sjcl.misc.pbkdf2`.",
    ),
    always(WEAK, "Use the platform's cryptographic generator, unseeded by you."),
    on("javascript", WEAK, "`crypto.getRandomValues` or `crypto.randomBytes`; never `Math.random`."),
    on(
        "java",
        WEAK,
        "`java.security.SecureRandom`; never `java.util.Random`, Kotlin's `Random` or a seed of your own.",
    ),
    on("python", WEAK, "`secrets.token_bytes` or `os.urandom`; never `random`."),
    on("go", WEAK, "`crypto/rand`; never `math/rand`."),
    on("dart", WEAK, "`Random.secure()`; never `Random()`."),
    on("c#", WEAK, "`RandomNumberGenerator.GetBytes`; never `System.Random`."),
    on("php", WEAK, "`random_bytes`; never `mt_rand` or `uniqid`."),
    on("swift", WEAK, "`SecRandomCopyBytes` or `SystemRandomNumberGenerator`; never `srand48` or a seeded generator."),
    on("ruby", WEAK, "`SecureRandom.random_bytes`; never `rand`."),
    on("c", WEAK, "`randombytes_buf` or `getrandom`; never `rand`."),
    on("rust", WEAK, "`getrandom` or `OsRng`; never a generator with a seed."),
    always(&["drawing-salt-of-8-bytes"], "A salt has 32 bytes in Autonomail and 16 in Notesnook."),
    with(
        "javascript",
        "sjcl",
        &["drawing-salt-of-8-bytes"],
        "SJCL draws two words, eight bytes, on its own: `sjcl.random.randomWords(8)` are 32.",
    ),
    always(
        CLASS,
        "Answer `authentication` for every tag that is wrong, whatever caused it; `malformed` is for what does not parse and `parameter` for sizes and costs.",
    ),
    on(
        "python",
        CLASS,
        "Map `cryptography.exceptions.InvalidTag` and `nacl.exceptions.CryptoError` to `authentication`.",
    ),
    on("java", CLASS, "Map `AEADBadTagException` to `authentication`, before its parent `BadPaddingException`."),
    on(
        "javascript",
        CLASS,
        "In WebCrypto it is an `OperationError`, in SJCL `sjcl.exception.corrupt`, in Node an `Error` of `final`, in libsodium.js an `Error` whose words differ by build.",
    ),
    on("swift", CLASS, "Map `CryptoKitError.authenticationFailure` to `authentication`."),
    on(
        "c#",
        CLASS,
        "Map `AuthenticationTagMismatchException` to `authentication`, before its parent `CryptographicException`.",
    ),
];
