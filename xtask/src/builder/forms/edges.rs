//! Passwords, plaintexts and bytes at whose edges a port may change something.
//!
//! In: nothing. Out: texts and bytes, each with the change that it is there for; they stand in files of their own, so that
//! ids of older files stay.

use super::words::Word;

/// Passwords that somebody reads as something else than text.
pub const PASSWORDS: &[Word] = &[
    (
        "soft-hyphen",
        "The password has a soft hyphen, which is not shown and must not be dropped",
        "PwMeaning",
        "pass\u{ad}word",
    ),
    (
        "double-quoted",
        "The password is in double quotes, which are not stripped as those of a shell or JSON",
        "PwMeaning",
        "\"password\"",
    ),
    (
        "single-quoted",
        "The password is in single quotes, which are not stripped as those of a shell",
        "PwMeaning",
        "'password'",
    ),
    ("html-entity", "The password looks like escaped HTML, which is not unescaped", "PwMeaning", "a&amp;b&lt;c&#39;"),
    ("html-letters", "The password has what HTML escapes, and is not escaped", "PwMeaning", "<b>&\"'"),
    (
        "replacement-character",
        "The password has the replacement character itself, which is not dropped",
        "PwMeaning",
        "a\u{fffd}b",
    ),
    (
        "dollar-ampersand",
        "The password looks like a reference of a replacement text, which JavaScript's replace expands",
        "PwMeaning",
        "a$&b$$c$1",
    ),
    ("percent-41", "The password looks like a letter of a URL, which is not decoded", "PwMeaning", "%41"),
    (
        "crlf-inside",
        "A carriage return and a newline are inside, which do not become a newline",
        "PwTrim",
        "pass\r\nword",
    ),
];

/// Ends of plaintexts that somebody cuts off: name, one sentence, bytes. Each is some letters before that end.
pub const ENDS: &[(&str, &str, &[u8])] = &[
    (
        "end-01",
        "The plaintext ends in 01, as PKCS #7 would pad it by a byte, which is not taken off",
        b"123456789012345\x01",
    ),
    (
        "end-0202",
        "The plaintext ends in 0202, as PKCS #7 would pad it by two bytes, which are not taken off",
        b"12345678901234\x02\x02",
    ),
    (
        "end-block-of-10",
        "The plaintext ends in sixteen bytes of 10, as PKCS #7 pads a whole block, which is not taken off",
        b"1234567890123456\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10",
    ),
    ("end-nul", "The plaintext ends in a NUL, which is not padding", b"hello\0"),
    ("end-newline", "The plaintext ends in a newline, which is not taken off as that of a line", b"hello\n"),
    ("end-space", "The plaintext ends in a space, which is not trimmed", b"hello "),
];

/// An edge of a key, salt, IV or nonce: name, what it does, the first bytes, the last bytes.
pub type Edge = (&'static str, &'static str, &'static [u8], &'static [u8]);

/// Where a number or a text loses or gains a byte.
pub const BYTES: [Edge; 3] = [
    ("begins-with-00", "begins with two bytes of 00, which a number would lose", &[0, 0], &[]),
    (
        "begins-with-80",
        "begins with 80, which is negative as a number, and which some put 00 in front of",
        &[0x80],
        &[],
    ),
    ("ends-in-00", "ends in two bytes of 00, which no text and no padding may lose", &[], &[0, 0]),
];

/// White space at both ends of a salt: name, one sentence, the first byte and the last.
pub const SPACES: &[(&str, &str, u8)] = &[
    ("salt-in-spaces", "The salt's first and last bytes are 20, and no spaces to be trimmed", b' '),
    ("salt-in-newlines", "The salt's first and last bytes are 0a, and no line ends to be trimmed", b'\n'),
];

/// Plaintexts that a drawn seal is asked for the sake of its base64: name, one sentence, text. Their tags have 16 bytes.
pub const RESTS: &[(&str, &str, &str)] = &[
    ("base64-of-whole-groups", "Ciphertext and tag are whole groups of three bytes, which base64 does not pad", "ab"),
    ("base64-with-a-byte-over", "A byte of ciphertext and tag is over, for which base64 writes two characters", "abc"),
    (
        "base64-with-two-bytes-over",
        "Two bytes of ciphertext and tag are over, for which base64 writes three characters",
        "abcd",
    ),
];

/// Bytes with others at their front and end.
#[must_use]
pub fn edged<B: AsMut<[u8]>>(mut bytes: B, front: &[u8], end: &[u8]) -> B {
    let all = bytes.as_mut();
    let rest = all.len() - end.len();
    all[..front.len()].copy_from_slice(front);
    all[rest..].copy_from_slice(end);
    bytes
}
