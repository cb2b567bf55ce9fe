//! Hints for base64 and hex.

use super::{Hint, always, on};

/// The other alphabet is read.
const EITHER: &[&str] = &["base64-either-alphabet"];
/// White space is skipped.
const SPACE: &[&str] = &["base64-white-space-skipped", "base64-line-ends-skipped"];
/// Everything that is no base64 is skipped.
const JUNK: &[&str] =
    &["base64-junk-skipped", "base64-ends-at-padding", "base64-padding-inside", "base64-lone-character-ignored"];
/// Padding is optional.
const PADDING: &[&str] = &["base64-padding-optional", "base64-padding-taken"];
/// Spare bits are ignored.
const SPARE: &[&str] = &["base64-spare-bits-ignored"];
/// Another alphabet or padding is written.
const WRITTEN: &[&str] = &[
    "base64-written-in-the-other-alphabet",
    "base64-written-unpadded",
    "base64-written-padded",
    "account-login-in-standard-base64",
    "account-stored-in-padded-base64",
];
/// Lines are broken.
const LINES: &[&str] = &["base64-written-in-lines", "base64-written-in-lines-*"];
/// Other spellings of hex are read.
const HEX: &[&str] = &[
    "hex-capitals-taken",
    "hex-white-space-skipped",
    "hex-bad-digits-are-zero",
    "hex-0x-dropped",
    "hex-other-lengths-taken",
];
/// Zeros of hex are lost.
const ZEROS: &[&str] = &["hex-zeros-lost"];
/// Hex is written in capitals.
const CAPITALS: &[&str] = &["hex-written-in-capitals"];

pub(super) static HINTS: &[Hint] = &[
    always(
        EITHER,
        "Read one alphabet: `+` and `/` in Autonomail's records, `-` and `_` in Notesnook's envelopes. Encoding again what was decoded, and comparing, finds the other one.",
    ),
    on(
        "javascript",
        EITHER,
        "`Buffer.from(text, 'base64')` and `'base64url'` read both alphabets and skip what they do not know: test with a regular expression first, or use libsodium's `from_base64(text, variant)`.",
    ),
    on(
        "python",
        EITHER,
        "`urlsafe_b64decode` reads `+` and `/` as well: check `re.fullmatch('[A-Za-z0-9_-]*', text)` first.",
    ),
    always(
        SPACE,
        "Refuse white space: check the characters before decoding, or compare what was decoded, encoded again, with the text.",
    ),
    on(
        "go",
        SPACE,
        "`encoding/base64` skips `\\r` and `\\n` even with `Strict()`: check `strings.ContainsAny(text, \"\\r\\n\")` first.",
    ),
    on("javascript", SPACE, "`atob` and `Buffer.from` skip white space: test with a regular expression first."),
    on("c#", SPACE, "`Convert.FromBase64String` skips white space: check for it first."),
    on(
        "java",
        SPACE,
        "`Base64.getMimeDecoder()` and Android's `Base64.decode` skip line ends: `Base64.getDecoder()` does not.",
    ),
    on("ruby", SPACE, "`Base64.decode64` skips everything that is not base64: `Base64.strict_decode64`."),
    always(
        JUNK,
        "Use a strict decoder: a character outside the alphabet is an error anywhere, and so is anything after the padding.",
    ),
    on(
        "python",
        JUNK,
        "`base64.b64decode(text, validate=True)`: without it every other character is skipped. `urlsafe_b64decode` has no such argument; check the characters first.",
    ),
    on(
        "javascript",
        JUNK,
        "`Buffer.from(text, 'base64')` never fails: it skips what it does not know and ends at the first `=`.",
    ),
    on("java", JUNK, "`Base64.getMimeDecoder()` skips what it does not know: `Base64.getDecoder()`."),
    on("php", JUNK, "`base64_decode($text, true)`: without `true` every other character is skipped."),
    on("swift", JUNK, "Leave `.ignoreUnknownCharacters` away."),
    on("ruby", JUNK, "`Base64.strict_decode64` instead of `decode64`."),
    always(PADDING, "Autonomail's base64 is padded and Notesnook's is not: demand the one, refuse the other."),
    on(
        "java",
        PADDING,
        "`Base64.getDecoder()` and `getUrlDecoder()` read both with and without padding: check `length % 4` and the last characters.",
    ),
    on("javascript", PADDING, "`atob` and `Buffer.from` read both: check `text.length % 4` and `text.endsWith('=')`."),
    on(
        "python",
        PADDING,
        "`urlsafe_b64decode` wants padding: check that there is none, then decode `text + '=' * (-len(text) % 4)`.",
    ),
    on(
        "go",
        PADDING,
        "`base64.StdEncoding` wants padding and `base64.RawURLEncoding` refuses it: use the one that the format has, and do not trim `=`.",
    ),
    on(
        "rust",
        PADDING,
        "`STANDARD` wants padding and `URL_SAFE_NO_PAD` refuses it, in the crate `base64`; leave `DecodePaddingMode::Indifferent` away.",
    ),
    always(SPARE, "Refuse a last character with bits that mean nothing: encode again what was decoded and compare."),
    on("go", SPARE, "`base64.StdEncoding.Strict()` and `base64.RawURLEncoding.Strict()`."),
    on("python", SPARE, "Python ignores them, also with `validate=True`: encode again and compare."),
    on("java", SPARE, "`java.util.Base64` ignores them: encode again and compare."),
    on("javascript", SPARE, "`atob` and `Buffer.from` ignore them: encode again and compare."),
    always(
        WRITTEN,
        "Write the alphabet and padding of the format: standard and padded for Autonomail, URL-safe and unpadded for Notesnook's envelopes and login hash.",
    ),
    on(
        "javascript",
        WRITTEN,
        "`buffer.toString('base64')` is padded standard, `'base64url'` unpadded URL-safe. `sodium.to_base64(bytes)` is unpadded URL-safe by default.",
    ),
    on(
        "python",
        WRITTEN,
        "`base64.b64encode(data)` for Autonomail; `base64.urlsafe_b64encode(data).rstrip(b'=')` for Notesnook.",
    ),
    on("go", WRITTEN, "`base64.StdEncoding` for Autonomail, `base64.RawURLEncoding` for Notesnook."),
    on(
        "java",
        WRITTEN,
        "`Base64.getEncoder()` for Autonomail, `Base64.getUrlEncoder().withoutPadding()` for Notesnook: without that call it pads. On Android `URL_SAFE | NO_PADDING | NO_WRAP`.",
    ),
    on(
        "swift",
        WRITTEN,
        "`base64EncodedString()` is padded standard: for Notesnook replace `+` by `-` and `/` by `_`, and take the `=` off.",
    ),
    on(
        "c",
        WRITTEN,
        "`sodium_bin2base64` with `sodium_base64_VARIANT_ORIGINAL` for Autonomail, `…_VARIANT_URLSAFE_NO_PADDING` for Notesnook.",
    ),
    on(
        "php",
        WRITTEN,
        "`base64_encode` for Autonomail; `sodium_bin2base64($data, SODIUM_BASE64_VARIANT_URLSAFE_NO_PADDING)` for Notesnook.",
    ),
    on(
        "c#",
        WRITTEN,
        "`Convert.ToBase64String` is padded standard: for Notesnook replace the two characters and take the `=` off.",
    ),
    on("rust", WRITTEN, "`general_purpose::STANDARD` for Autonomail, `URL_SAFE_NO_PAD` for Notesnook."),
    always(LINES, "Write base64 in one line, without a line end after it."),
    on(
        "java",
        LINES,
        "Android's `Base64.DEFAULT` breaks lines and ends with one: `Base64.NO_WRAP`. `Base64.getMimeEncoder()` breaks them too.",
    ),
    on("python", LINES, "`base64.encodebytes` breaks lines: `base64.b64encode`."),
    on("ruby", LINES, "`Base64.encode64` breaks lines: `Base64.strict_encode64`."),
    on("swift", LINES, "Pass no option with `lineLength` to `base64EncodedString`."),
    on("c", LINES, "OpenSSL's `BIO_f_base64` breaks lines unless `BIO_FLAGS_BASE64_NO_NL` is set."),
    always(
        HEX,
        "A salt is exactly 64 digits from 0-9 and a-f: check that before decoding, and refuse everything else.",
    ),
    on(
        "javascript",
        HEX,
        "`Buffer.from(text, 'hex')` ends silently at the first character that is not a digit, and accepts capitals: test with `/^[0-9a-f]{64}$/`. `parseInt(pair, 16)` reads `1z` as 1.",
    ),
    on(
        "python",
        HEX,
        "`bytes.fromhex` skips white space and reads capitals: check `re.fullmatch('[0-9a-f]{64}', text)`.",
    ),
    on("go", HEX, "`hex.DecodeString` reads capitals: check `strings.ToLower(text) == text` and the length."),
    on(
        "java",
        HEX,
        "`HexFormat.parseHex` reads capitals; `Integer.parseInt(pair, 16)` reads `+1`: check with a regular expression first.",
    ),
    always(ZEROS, "Write two digits for every byte, also for those below 16."),
    on("javascript", ZEROS, "`byte.toString(16).padStart(2, '0')`, or `Buffer.from(bytes).toString('hex')`."),
    on(
        "java",
        ZEROS,
        "`Integer.toHexString` and `new BigInteger(1, bytes).toString(16)` drop zeros: `HexFormat.of().formatHex(bytes)`, or `String.format(\"%02x\", b)`.",
    ),
    on("go", ZEROS, "`%x` of a byte drops its zero: `hex.EncodeToString(bytes)`."),
    on("swift", ZEROS, "`String(byte, radix: 16)` and `%x` drop zeros: `String(format: \"%02x\", byte)`."),
    on("c", ZEROS, "`%x` drops zeros: `%02x`, or `sodium_bin2hex`."),
    on("dart", ZEROS, "`byte.toRadixString(16).padLeft(2, '0')`."),
    always(CAPITALS, "Write hex in small letters."),
    on(
        "c#",
        CAPITALS,
        "`Convert.ToHexString` and `BitConverter` write capitals: `.ToLowerInvariant()`, or `Convert.ToHexStringLower`.",
    ),
    on("java", CAPITALS, "`%02X` and `HexFormat.of().withUpperCase()` write capitals: `%02x`."),
    always(
        &["base64-lone-character-crashes", "base64-empty-crashes", "base64-not-ascii-crashes"],
        "Let the decoder's failure be a refusal, and look at length and range before you index a table or the last character.",
    ),
];
