//! Hints for the formats themselves.

use super::{Hint, always, on, with};

/// The half of the derived bits.
const HALF: &[&str] = &["autonomail-other-half", "autonomail-both-halves-tried"];
/// A key that is a text.
const KEY_AS_TEXT: &[&str] = &["autonomail-key-as-hex", "notesnook-key-as-text"];
/// Words in the machine's order.
const WORDS: &[&str] = &["autonomail-salt-as-swapped-words", "autonomail-iv-as-swapped-words"];
/// Case of the address.
const CASE: &[&str] = &[
    "account-address-as-it-is",
    "account-address-lower-case-*",
    "account-address-upper-case",
    "account-domain-lower-case",
];
/// Parameters that the text names.
const BELIEVED: &[&str] = &[
    "autonomail-associated-data-*",
    "autonomail-mode-ignored",
    "autonomail-cipher-ignored",
    "autonomail-key-size-ignored",
    "autonomail-tag-length-ignored",
];
/// Members that may be missing.
const REQUIRED: &[&str] = &[
    "notesnook-format-required",
    "notesnook-algorithm-required",
    "notesnook-salt-required",
    "notesnook-key-version-required",
];
/// What `length` says is believed.
const LENGTH: &[&str] = &["notesnook-length-trusted", "notesnook-length-cuts", "notesnook-length-checked"];
/// The salt of the account.
const CONSTANT: &[&str] = &[
    "account-constant-decoded",
    "account-constant-separated",
    "account-without-the-constant",
    "account-constant-alone",
    "account-address-first",
    "account-salt-keyed",
];
/// What the server keeps.
const STORED: &[&str] = &[
    "account-stored-without-zeros",
    "account-stored-with-one-zero",
    "account-verify-refuses-zeros",
    "account-verify-any-zeros",
];
/// SJCL's own parameters.
const SJCL: &[&str] =
    &["autonomail-ccm", "autonomail-key-of-128-bits", "autonomail-tag-of-64-bits", "autonomail-sjcl-defaults"];
/// The count of the decoy.
const DECOY: &[&str] =
    &["autonomail-decoy-count", "autonomail-iter-fixed", "autonomail-iter-bounded", "autonomail-count-as-iter"];

pub(super) static HINTS: &[Hint] = &[
    always(
        HALF,
        "Derive 64 bytes and choose the half by the profile: `autonomail`, the document, takes bytes 0 to 31; `autonomail-2014`, the client that was published, bytes 32 to 63. Try no other.",
    ),
    with(
        "javascript",
        "sjcl",
        HALF,
        "`sjcl.bitArray.bitSlice(dk, 0, 256)` is the document's half, `bitSlice(dk, 256, 512)` the published client's.",
    ),
    on("python", HALF, "`dk[:32]` is the document's half, `dk[32:]` the published client's."),
    on("go", HALF, "`dk[:32]` is the document's half, `dk[32:64]` the published client's."),
    always(KEY_AS_TEXT, "The cipher's key is 32 bytes: keep hex and base64 for printing."),
    always(
        WORDS,
        "The bytes are read from the front: on a machine of little-endian words convert each with big-endian functions, or avoid words altogether.",
    ),
    on(
        "javascript",
        WORDS,
        "A `Uint32Array` over the bytes has the machine's order: `new DataView(buffer).getUint32(at)`, which is big-endian, or `sjcl.codec.bytes.toBits`.",
    ),
    always(
        SJCL,
        "SJCL's defaults (`ccm`, `ts` 64, `ks` 128) are another format: write and demand mode `gcm`, `ts` 128 and `ks` 256.",
    ),
    with(
        "javascript",
        "sjcl",
        SJCL,
        "`sjcl.encrypt(key, text, { mode: 'gcm', ts: 128, ks: 256, iv, iter: 1000 })`: whatever is left out is SJCL's default.",
    ),
    always(
        DECOY,
        "`iter` in the SJCL text is never derived with, for the key is given raw: take any, write 1000, and take the count from the record or from outside.",
    ),
    always(
        BELIEVED,
        "Nothing of these members is authenticated: compare each with the one value that the format has, and refuse others.",
    ),
    always(
        &["autonomail-names-looked-up"],
        "Compare `mode` and `cipher` with the two texts; a look-up in an object finds `constructor` and its like.",
    ),
    always(
        &["autonomail-text-as-it-is", "autonomail-text-as-object", "autonomail-text-in-base64-twice"],
        "`secureData` is the padded standard base64 of the SJCL text, once, as a JSON text.",
    ),
    always(
        &["autonomail-plaintext-quoted"],
        "Seal the plaintext's own bytes: it is already the result of `JSON.stringify`, which must not be called again.",
    ),
    always(
        &["autonomail-header-authenticated"],
        "SJCL authenticates nothing but iv and ciphertext: pass no associated data.",
    ),
    always(
        &["autonomail-iv-cut-to-13", "autonomail-iv-as-text"],
        "Decode the IV from base64 and give GCM all 16 bytes. Cutting it to 13 is what CCM does.",
    ),
    always(
        REQUIRED,
        "Let it be missing: phones, the server and older clients leave it out, and opening does not need it.",
    ),
    always(
        LENGTH,
        "Ignore `length`: the plaintext is as long as the cipher makes it, and writers have counted in other units.",
    ),
    on("c", LENGTH, "Allocate the ciphertext's length less 16, and take the plaintext's length from the function."),
    on(
        "java",
        LENGTH,
        "Size the array by `cipher.length - 16` and never by `length`; a JNI function writes past the end of a buffer that is too small.",
    ),
    always(
        &["notesnook-length-in-characters", "notesnook-length-with-the-tag"],
        "Write the number of bytes of UTF-8 of the plaintext, without the tag.",
    ),
    on(
        "javascript",
        &["notesnook-length-in-characters"],
        "`new TextEncoder().encode(text).length` instead of `text.length`.",
    ),
    always(
        &["notesnook-key-missing-is-zeros", "notesnook-empty-password-taken"],
        "Refuse a missing or empty password and a missing key before anything is derived: a key of zeros opens for everybody.",
    ),
    always(&["notesnook-memory-of-64-mib"], "The key takes 8 MiB (8192 KiB); the 64 MiB are the login hash's."),
    always(
        &["account-login-of-8-mib"],
        "The login hash takes 64 MiB (65536 KiB); the 8 MiB are the key's, and a comment in the client is wrong.",
    ),
    always(
        &["notesnook-salt-missing-is-zeros", "notesnook-salt-ignored"],
        "Under a password, require the envelope's salt and its 16 bytes; refuse everything else.",
    ),
    always(
        &["notesnook-id-from-inside", "notesnook-id-lost"],
        "Return the `id` beside the cipher: the caller compares it with the one inside, since it is not authenticated.",
    ),
    always(
        &["notesnook-given-salt-ignored", "drawing-given-nonce-ignored"],
        "Use what the request gives, and draw only what it does not give.",
    ),
    always(
        CASE,
        "Turn the whole address to lower case by Unicode's full rules, without a locale: final sigma and dotted capital I included.",
    ),
    on(
        "go",
        CASE,
        "`strings.ToLower` goes rune by rune: it makes no final sigma and loses the dot of a capital dotted I. `cases.Lower(language.Und)` of `golang.org/x/text/cases` follows the full rules.",
    ),
    on(
        "java",
        CASE,
        "`toLowerCase()` goes by the system's locale, in which a Turkish I is another letter: `toLowerCase(Locale.ROOT)`, in Kotlin `lowercase()`.",
    ),
    on("javascript", CASE, "`toLowerCase()` is right, `toLocaleLowerCase()` goes by the locale."),
    on("python", CASE, "`lower()` is right, `casefold()` is another function."),
    on(
        "rust",
        CASE,
        "`to_lowercase()` of a `str` is right; `to_ascii_lowercase` and `char::to_lowercase` for each character are not.",
    ),
    on("php", CASE, "`strtolower` supports only ASCII; `mb_strtolower` makes the final sigma from PHP 8.3 on."),
    on("swift", CASE, "`lowercased()` is right, `lowercased(with: .current)` goes by the locale."),
    on("c", CASE, "`tolower` supports only single bytes: use ICU's `u_strToLower` with an empty locale."),
    always(
        CONSTANT,
        "BLAKE2b without a key, 16 bytes, over the constant's characters followed directly by the address. It looks like base64 and is not decoded.",
    ),
    always(&["account-salt-of-sha-256", "account-salt-of-sha-512"], "The salt is a BLAKE2b digest of 16 bytes."),
    always(
        STORED,
        "libsodium fills its buffer of 128 bytes with zeros, and the server keeps them: write them, and read the text with all of them or with none.",
    ),
    on(
        "go",
        STORED,
        "`string(buffer)` keeps the zeros, `strings.TrimRight` drops them: do each where the format wants it.",
    ),
    on("python", STORED, "PyNaCl gives the text without zeros: pad with `.ljust(128, b'\\0')` when storing."),
    always(
        &["account-verify-compares-text", "account-verify-compares-case-folded"],
        "Parse the stored text, derive with its salt and costs, and compare the 32 bytes in constant time; texts of one hash can differ in their zeros.",
    ),
    always(
        &["account-verify-costs-of-today"],
        "Derive with the costs that the stored text names, within your ceilings: older accounts have older costs.",
    ),
    always(
        &["account-verify-malformed-is-no-match"],
        "Answer `malformed` where the stored text does not parse: a broken database is not a wrong password.",
    ),
    on(
        "php",
        &["account-verify-*"],
        "`sodium_crypto_pwhash_str_verify` takes other variants as well: check the beginning of the text, `$argon2id$v=19$`, first.",
    ),
    always(
        &["account-password-counted-*", "account-longest-password-refused", "account-long-password-taken"],
        "The server's limit is 2,048 UTF-16 units: count those, and take a password of exactly 2,048.",
    ),
    on("rust", &["account-password-counted-*"], "`password.encode_utf16().count()`; `len()` counts bytes."),
    on("go", &["account-password-counted-*"], "`len(utf16.Encode([]rune(password)))`; `len(password)` counts bytes."),
    on(
        "python",
        &["account-password-counted-*"],
        "`len(password.encode('utf-16-le')) // 2`; `len(password)` counts code points.",
    ),
];
