//! Hints for what lies between a text and its bytes.

use super::{Hint, always, on, with};

/// The length has another unit.
const LENGTH: &[&str] =
    &["text-password-length-in-utf-16", "text-password-length-in-characters", "notesnook-plaintext-in-utf-16-length"];
/// Each character becomes one byte.
const LATIN: &[&str] = &[
    "text-password-latin-1",
    "text-password-latin-1-refused",
    "text-password-windows-1252",
    "text-password-ascii",
    "pbkdf2-password-in-latin1",
];
/// Each character becomes two bytes.
const UTF_16: &[&str] = &["text-password-utf-16*", "pbkdf2-password-in-utf16"];
/// Encoded once too often.
const TWICE: &[&str] = &[
    "text-password-utf-8-twice",
    "pbkdf2-password-utf8-of-latin1",
    "argon2-password-utf8-of-latin1",
    "pbkdf2-salt-utf8-of-latin1",
    "argon2-salt-utf8-of-latin1",
    "sha512-message-as-text",
    "hmac-key-as-text",
    "blake2b-message-as-text",
];
/// Halves of a pair by themselves.
const SURROGATES: &[&str] = &["text-password-cesu-8", "text-password-modified-utf-8", "pbkdf2-password-in-cesu8"];
/// Another normal form.
const NORMAL: &[&str] = &[
    "text-password-nf*",
    "text-plaintext-nfc",
    "pbkdf2-password-composed",
    "pbkdf2-password-decomposed",
    "pbkdf2-password-compatible",
    "account-address-nfkc",
];
/// White space is lost.
const TRIMMED: &[&str] = &[
    "text-password-trimmed",
    "text-password-end-trimmed",
    "pbkdf2-password-trimmed",
    "text-plaintext-trimmed",
    "account-address-trimmed",
];
/// A NUL ends it.
const NUL: &[&str] = &[
    "text-password-cut-at-nul",
    "text-password-with-its-nul",
    "text-password-nul-at-end-dropped",
    "text-plaintext-cut-at-nul",
    "text-plaintext-nul-at-end-dropped",
    "pbkdf2-password-up-to-nul",
    "pbkdf2-password-with-its-nul",
    "pbkdf2-salt-up-to-nul",
    "argon2-password-up-to-nul",
    "argon2-password-with-its-nul",
    "argon2-salt-up-to-nul",
    "hmac-key-up-to-nul",
    "sha512-message-up-to-nul",
    "blake2b-message-up-to-nul",
];
/// A byte order mark comes or goes.
const BOM: &[&str] = &["text-password-bom-*", "text-plaintext-bom-dropped", "pbkdf2-password-without-bom"];
/// What is not UTF-8 becomes U+FFFD.
const REPLACED: &[&str] = &[
    "pbkdf2-password-replaced",
    "pbkdf2-salt-replaced",
    "argon2-password-replaced",
    "argon2-salt-replaced",
    "json-invalid-utf-8-replaced",
    "json-lone-surrogate-replaced",
];
/// The length of a password is bounded.
const CUT: &[&str] = &[
    "text-password-cut-at-72",
    "text-password-cut-at-255",
    "text-password-length-in-a-byte",
    "pbkdf2-password-cut-at-*",
    "pbkdf2-password-above-*",
    "argon2-password-cut-at-*",
    "argon2-password-above-128-refused",
];
/// Bytes become text a piece at a time.
const DECODED_IN_PIECES: &[&str] = &[
    "text-plaintext-decoded-in-pieces-*",
    "text-password-decoded-in-pieces-*",
    "notesnook-id-decoded-in-pieces-*",
    "json-decoded-in-pieces-*",
];
/// Text becomes bytes a piece at a time.
const ENCODED_IN_PIECES: &[&str] = &["text-plaintext-encoded-in-pieces-*", "text-password-encoded-in-pieces-*"];

pub(super) static HINTS: &[Hint] = &[
    always(
        LENGTH,
        "Encode first, then take the length of the bytes: a text's own length counts UTF-16 units, code points or letters, and cuts every text that is not ASCII.",
    ),
    on(
        "swift",
        LENGTH,
        "`[password length]` and `password.utf16.count` are UTF-16 units, `password.count` letters: pass `password.utf8.count`, or the `length` of `dataUsingEncoding:NSUTF8StringEncoding`.",
    ),
    on(
        "javascript",
        LENGTH,
        "`text.length` counts UTF-16 units: `new TextEncoder().encode(text).length` or `Buffer.byteLength(text)`.",
    ),
    on("java", LENGTH, "`text.length()` counts UTF-16 units: `text.getBytes(StandardCharsets.UTF_8).length`."),
    on("c#", LENGTH, "`text.Length` counts UTF-16 units: `Encoding.UTF8.GetByteCount(text)`."),
    on("dart", LENGTH, "`text.length` counts UTF-16 units: `utf8.encode(text).length`."),
    on("python", LENGTH, "`len(text)` counts code points: `len(text.encode('utf-8'))`."),
    on("go", LENGTH, "`len(text)` is right; `utf8.RuneCountInString` and `len([]rune(text))` are not."),
    on("php", LENGTH, "`strlen` is right; `mb_strlen` counts characters."),
    always(
        LATIN,
        "Encode passwords as UTF-8 explicitly: one byte a character loses, or confuses, everything beyond Latin-1.",
    ),
    on(
        "javascript",
        LATIN,
        "`charCodeAt` in a byte array, `Buffer.from(text, 'binary')` and `btoa` take one byte a character: `new TextEncoder().encode(text)`.",
    ),
    on(
        "java",
        LATIN,
        "`getBytes()` without an argument takes the system's charset before Java 18: `getBytes(StandardCharsets.UTF_8)`. Android's PBKDF2 before 4.4 took the low byte of each char.",
    ),
    with(
        "python",
        "sjcl",
        LATIN,
        "PyPI's `sjcl` hands a `str` to PyCryptodome, which encodes it as Latin-1: pass `password.encode('utf-8')`.",
    ),
    on("python", LATIN, "PyCryptodome's `PBKDF2` encodes a `str` as Latin-1: pass `password.encode('utf-8')`."),
    on(
        "c#",
        LATIN,
        "`Encoding.Default` of .NET Framework and `Encoding.ASCII` lose characters: `Encoding.UTF8.GetBytes(text)`.",
    ),
    on("dart", LATIN, "`Uint8List.fromList(text.codeUnits)` keeps the low byte of each unit: `utf8.encode(text)`."),
    on("swift", LATIN, "`.data(using: .ascii)` and `.isoLatin1` are not it: `Data(text.utf8)`."),
    always(UTF_16, "Hand over the UTF-8 of the text, not the memory of the platform's string."),
    on("c#", UTF_16, "`Encoding.Unicode` is UTF-16: `Encoding.UTF8.GetBytes(text)`."),
    on("swift", UTF_16, "`.utf16` and `.data(using: .unicode)` are UTF-16: `Data(text.utf8)`."),
    on(
        "java",
        UTF_16,
        "Copying chars into bytes, or a `CharBuffer` without an encoder, is UTF-16: `StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars))`.",
    ),
    on("c", UTF_16, "Convert `wchar_t` with `WideCharToMultiByte(CP_UTF8, …)` on Windows before you hash."),
    always(
        TWICE,
        "Encode once: bytes are not characters, and what already is UTF-8 must not be read as Latin-1 and encoded again.",
    ),
    on(
        "javascript",
        TWICE,
        "`unescape(encodeURIComponent(text))` already is UTF-8, one character a byte: turn it into bytes with `charCodeAt` and do not encode it again. Bytes in a string need `Buffer.from(s, 'binary')`.",
    ),
    on(
        "php",
        TWICE,
        "PHP's strings from a form already are UTF-8: leave `utf8_encode` and `mb_convert_encoding` away.",
    ),
    on("python", TWICE, "`data.decode('latin-1').encode('utf-8')` encodes twice: hash `data`."),
    always(
        SURROGATES,
        "Characters beyond the basic plane, emoji among them, are four bytes of UTF-8, and NUL is one byte of zero.",
    ),
    on(
        "java",
        SURROGATES,
        "JNI's `GetStringUTFChars` and `DataOutputStream.writeUTF` give modified UTF-8: call `getBytes(StandardCharsets.UTF_8)` in Java and pass a `byte[]`.",
    ),
    on(
        "javascript",
        SURROGATES,
        "A conversion that walks over `charCodeAt` encodes each half by itself: `new TextEncoder().encode(text)`.",
    ),
    always(
        NORMAL,
        "Normalise nothing: these formats hash what was typed. Two spellings are two passwords, as in the published clients.",
    ),
    on("python", NORMAL, "Leave `unicodedata.normalize` away."),
    on("javascript", NORMAL, "Leave `normalize()` away."),
    on("swift", NORMAL, "Leave `precomposedStringWithCanonicalMapping` away; `fileSystemRepresentation` decomposes."),
    on("java", NORMAL, "Leave `java.text.Normalizer` away."),
    on("go", NORMAL, "Leave `golang.org/x/text/unicode/norm` and PRECIS profiles away."),
    always(
        TRIMMED,
        "Leave white space where it is: it was typed. If a password comes from a file or terminal, take off the one line end that the reader added, and nothing else.",
    ),
    on(
        "go",
        TRIMMED,
        "`strings.TrimSpace` takes too much: `strings.TrimSuffix(line, \"\\n\")` where a line was read, nothing elsewhere.",
    ),
    on(
        "rust",
        TRIMMED,
        "`trim()` and `trim_end()` take too much: `strip_suffix('\\n')` where a line was read, nothing elsewhere.",
    ),
    on("python", TRIMMED, "`.strip()` takes too much: `removesuffix('\\n')` where a line was read, nothing elsewhere."),
    on("javascript", TRIMMED, "Leave `.trim()` on the value of an input field away."),
    on("php", TRIMMED, "`trim()` takes NULs off as well; leave it away."),
    always(
        NUL,
        "Pass a length with every pointer, in bytes and without the terminating NUL: a NUL in a password is one of its characters.",
    ),
    on(
        "c",
        NUL,
        "`strlen` ends at the first NUL, and so does `PKCS5_PBKDF2_HMAC` with a length of -1: keep the length from where the text came.",
    ),
    on("c#", NUL, "Marshalling as `LPStr` or `LPUTF8Str` ends at a NUL: pass a `byte[]` with its length."),
    on(
        "swift",
        NUL,
        "`strlen(password.UTF8String)` ends at a NUL: take the length of the `NSData`, or `Array(password.utf8).count`.",
    ),
    on("java", NUL, "Text that goes through JNI as a C string ends at a NUL: pass a `byte[]`."),
    always(BOM, "A byte order mark inside a text is a character of it: take none off and add none."),
    on(
        "javascript",
        BOM,
        "`TextDecoder` drops a byte order mark: `new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })`, in which `ignoreBOM` means that it is kept.",
    ),
    on("python", BOM, "The codec `utf-8-sig` adds and drops a mark: use `utf-8`."),
    on(
        "c#",
        BOM,
        "`StreamReader` drops a mark, and a `StreamWriter` with `Encoding.UTF8` writes one: use `new UTF8Encoding(false).GetBytes`.",
    ),
    always(REPLACED, "Decode strictly, so that bytes that are not UTF-8 are an error and never become text."),
    on(
        "javascript",
        REPLACED,
        "`buffer.toString()` and `TextDecoder` put U+FFFD: `new TextDecoder('utf-8', { fatal: true })`. `TextEncoder` puts it for half a surrogate pair: check `text.isWellFormed()`.",
    ),
    on(
        "java",
        REPLACED,
        "`new String(bytes, UTF_8)` puts U+FFFD: `StandardCharsets.UTF_8.newDecoder()` reports malformed input. `getBytes` puts a question mark for half a surrogate pair.",
    ),
    on("go", REPLACED, "`encoding/json` and `[]rune(text)` put U+FFFD: check `utf8.Valid` first."),
    on("rust", REPLACED, "`String::from_utf8_lossy` puts U+FFFD: `String::from_utf8`."),
    on(
        "swift",
        REPLACED,
        "`String(decoding:as:)` puts U+FFFD: `String(validating:as:)`, or `String(data:encoding:)`, which gives `nil`.",
    ),
    on("c#", REPLACED, "`Encoding.UTF8` puts U+FFFD: `new UTF8Encoding(false, true)` throws."),
    on("python", REPLACED, "Leave `errors='replace'` and `'ignore'` away."),
    always(
        CUT,
        "Hand over the whole password: no format here has a limit, but the server's of 2,048 UTF-16 units. Limits of 72 bytes are bcrypt's.",
    ),
    on(
        "c",
        CUT,
        "A buffer on the stack or a `uint8_t` for the length cuts it: allocate what is needed, and keep lengths in `size_t`.",
    ),
    always(
        &["text-plaintext-line-ends"],
        "Read and write plaintexts as binary: a stream in text mode changes line ends.",
    ),
    on(
        "python",
        &["text-plaintext-line-ends"],
        "`open(path, 'rb')`; text mode turns `\\r\\n` into `\\n` unless `newline=''` is given. `sys.stdin.buffer` for standard input.",
    ),
    always(
        &["text-plaintext-unpadded", "text-plaintext-padded"],
        "GCM and XChaCha20 are stream ciphers: leave PKCS #7 away in both directions.",
    ),
    always(
        &["text-plaintext-json-only"],
        "Give back what the tag vouches for: what the plaintext means is the caller's matter.",
    ),
    always(
        &["text-password-percent-encoded"],
        "`escape` and `encodeURIComponent` make percent signs of what is not ASCII: encode as UTF-8 bytes in their place.",
    ),
    always(
        &["text-password-lower-case", "pbkdf2-password-in-lower-case"],
        "Turn the address to lower case where the login's salt is made, and never the password.",
    ),
    always(
        &["text-password-hex-decoded", "pbkdf2-salt-decoded-from-*", "argon2-salt-decoded-from-*"],
        "Do not guess: a text that happens to be hex or base64 is a text, and bytes that happen to be its digits are bytes.",
    ),
    always(
        &["text-password-empty-as-null"],
        "`String(null)` and its like make a word of nothing: test for a missing value before you convert it.",
    ),
    always(
        DECODED_IN_PIECES,
        "Decode when all bytes are there, at once; what must be decoded in pieces needs a decoder that keeps the beginning of a character for the next piece.",
    ),
    on(
        "javascript",
        DECODED_IN_PIECES,
        "`chunk.toString()` and `text += chunk` decode each piece by itself: `Buffer.concat(chunks).toString('utf8')`, a `StringDecoder`, or one `TextDecoder` with `decode(chunk, { stream: true })` and a last `decode()`.",
    ),
    on(
        "python",
        DECODED_IN_PIECES,
        "`b''.join(pieces).decode('utf-8')`, or `codecs.getincrementaldecoder('utf-8')()` with `final=True` for the last piece; leave `errors='replace'` away, which hides it.",
    ),
    on(
        "java",
        DECODED_IN_PIECES,
        "`new String(buffer, 0, n, UTF_8)` for each piece that was read loses characters: collect in a `ByteArrayOutputStream`, or read through an `InputStreamReader`.",
    ),
    on(
        "go",
        DECODED_IN_PIECES,
        "`string(a) + string(b)` keeps all bytes, but `encoding/json` and `range` put U+FFFD for a part of a character: read everything (`io.ReadAll`) first.",
    ),
    on(
        "c#",
        DECODED_IN_PIECES,
        "`Encoding.UTF8.GetString` for each piece loses characters: one `Encoding.UTF8.GetDecoder()` for all of them, or a `StreamReader`.",
    ),
    on("rust", DECODED_IN_PIECES, "Collect a `Vec<u8>`, then `String::from_utf8`; leave `from_utf8_lossy` away."),
    on(
        "dart",
        DECODED_IN_PIECES,
        "`utf8.decode(chunk)` for each piece fails or loses characters: `stream.transform(utf8.decoder)`.",
    ),
    always(
        ENCODED_IN_PIECES,
        "Encode the text as a whole, or cut it between code points: half a surrogate pair has no UTF-8.",
    ),
    on(
        "javascript",
        ENCODED_IN_PIECES,
        "`text.slice(a, b)` cuts surrogate pairs, and `TextEncoder` and `Buffer.from` put U+FFFD for each half: encode the whole text, or write it to a `TextEncoderStream`, which keeps the first half.",
    ),
    on(
        "java",
        ENCODED_IN_PIECES,
        "`getBytes` of a `substring` puts a question mark for each half of a pair: encode the whole text, or write it to an `OutputStreamWriter`, which keeps the first half.",
    ),
    on(
        "c#",
        ENCODED_IN_PIECES,
        "`GetBytes` of a `Substring` puts U+FFFD for each half of a pair: encode the whole text, or use one `Encoding.UTF8.GetEncoder()`.",
    ),
];
