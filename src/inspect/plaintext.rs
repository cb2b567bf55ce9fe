//! What can be told of a plaintext without showing it: whether it is text, and what its writer may have done to it. Pure.

/// What is odd about a plaintext, in words that follow "the plaintext"; nothing where it is clean UTF-8.
pub(super) fn oddity(plaintext: &[u8]) -> Option<String> {
    match std::str::from_utf8(plaintext) {
        Ok(text) => twice_encoded(text).then(|| {
            "looks like UTF-8 that was decoded as Latin-1 and encoded again (Ã© for é): its writer encoded it twice"
                .to_owned()
        }),
        Err(error) => {
            let at = error.valid_up_to();
            Some(format!("is not UTF-8: byte {at} ({:#04x}) {}", plaintext[at], kind(&plaintext[at..])))
        }
    }
}

/// What bytes that are no UTF-8 may be.
fn kind(rest: &[u8]) -> &'static str {
    match rest {
        [0xED, 0xA0..=0xBF, _, ..] => {
            "begins half a surrogate pair: its writer encoded UTF-16 units one by one (CESU-8; Java's and JNI's modified UTF-8)"
        }
        [0xC0, 0x80, ..] => "begins a NUL of two bytes: Java's and JNI's modified UTF-8",
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "begins UTF-16",
        [byte, next, ..] if *byte >= 0xC0 && *next < 0x80 => {
            "stands before ASCII, as in Latin-1 or Windows-1252: its writer used another encoding"
        }
        [_] => "is the last byte: the text was cut inside a character",
        _ if std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none()) => {
            "begins a character that is cut off at the end"
        }
        _ => "fits no character: binary data, or text in another encoding",
    }
}

/// Whether the characters of a text are the bytes of another one.
fn twice_encoded(text: &str) -> bool {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.is_some_and(|bytes| !bytes.is_ascii() && std::str::from_utf8(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plaintext that only some readers can show must not pass for a good one, nor a good one for a bad one.
    #[test]
    fn what_is_no_utf8_is_told_apart() {
        for (plaintext, told) in [
            (&b"caf\xe9 noir"[..], "byte 3 (0xe9) stands before ASCII, as in Latin-1"),
            (b"\xed\xa0\xbd\xed\xb8\x80", "byte 0 (0xed) begins half a surrogate pair"),
            (b"a\xc0\x80b", "modified UTF-8"),
            (b"\xff\xfeh\0", "begins UTF-16"),
            (b"caf\xc3", "cut inside a character"),
            (b"ab\xf0\x9f\x98", "cut off at the end"),
            ("cafÃ©".as_bytes(), "encoded it twice"),
            (b"\x80\x81\x82", "fits no character"),
        ] {
            let found = oddity(plaintext).unwrap();
            assert!(found.contains(told), "{plaintext:?}: {found}");
        }
        for text in ["", "plain", "café", "\u{1f600} Grüße", "日本"] {
            assert_eq!(oddity(text.as_bytes()), None, "{text}");
        }
    }
}
