//! Other spellings of one character, and other encodings of a whole text.

/// How one ASCII character is spelled otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// `\u0041`, as JSON has it.
    Json,
    /// `\x41`, as JavaScript has it.
    Hexadecimal,
    /// `\101`, as C has it.
    Octal,
    /// `\u{41}`, as Rust has it.
    Braces,
    /// `\u041`, a digit too few.
    ThreeDigits,
    /// `%41`, as URLs have it.
    Percent,
    /// The full-width form of Unicode.
    Wide,
    /// The character with its eighth bit set, as Latin-1.
    EighthBit,
    /// UTF-8 of two bytes.
    Overlong,
}

impl Escape {
    /// The text with the character at a position, modulo its length, spelled so. `None` where there is no character, where
    /// it is not ASCII, and for JSON's own escape in a text that has others.
    pub(crate) fn apply(self, text: &[u8], at: usize) -> Option<Vec<u8>> {
        let at = at.checked_rem(text.len())?;
        let byte = text[at];
        if !byte.is_ascii() || (self == Self::Json && text.contains(&b'\\')) {
            return None;
        }
        let spelled = match self {
            Self::Json => format!("\\u{byte:04x}").into_bytes(),
            Self::Hexadecimal => format!("\\x{byte:02x}").into_bytes(),
            Self::Octal => format!("\\{byte:03o}").into_bytes(),
            Self::Braces => format!("\\u{{{byte:x}}}").into_bytes(),
            Self::ThreeDigits => format!("\\u{byte:03x}").into_bytes(),
            Self::Percent => format!("%{byte:02X}").into_bytes(),
            Self::Wide => char::from_u32(u32::from(byte) + 0xfee0)?.to_string().into_bytes(),
            Self::EighthBit => char::from(byte | 0x80).to_string().into_bytes(),
            Self::Overlong => vec![0xc0 | byte >> 6, 0x80 | byte & 0x3f],
        };
        Some([&text[..at], &spelled, &text[at + 1..]].concat())
    }
}

/// An encoding of Unicode that is not UTF-8. None writes a mark of its own: that is a character in front of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// UTF-32, little-endian.
    Utf32Le,
}

impl Charset {
    /// The text in this encoding; `None` where it is not UTF-8.
    pub(crate) fn apply(self, text: &[u8]) -> Option<Vec<u8>> {
        let text = std::str::from_utf8(text).ok()?;
        Some(match self {
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
        })
    }
}
