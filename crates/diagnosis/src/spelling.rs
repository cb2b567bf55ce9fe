//! How values are written as text, and texts as bytes: what ports do that leave it to a default. Layer: `diagnosis`; pure.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use md5::{Digest as _, Md5};
use primitives::hash::{sha256, sha512};
use sha2::Sha384;
use unicode_normalization::UnicodeNormalization as _;

use super::mistakes::sha1;

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// Hex in small letters.
    Hex,
    /// Hex in capitals.
    HexCapitals,
    /// Base64 with `+` and `/`, padded.
    Base64,
    /// Base64 with `+` and `/`, without padding.
    Base64Unpadded,
    /// Base64 with `-` and `_`, padded.
    Base64Url,
    /// Base64 with `-` and `_`, without padding.
    Base64UrlUnpadded,
    /// Hex in small letters without the zero in front of a single digit.
    HexUnpadded,
    /// UTF-8 of the characters whose numbers the bytes are.
    Utf8OfLatin1,
    /// UTF-8 of the characters that Windows-1252 has for the bytes.
    Utf8OfWindows1252,
    /// Decoded as ASCII, with U+FFFD for each byte from 0x80.
    ReplacedAscii,
    /// Decoded as ASCII, with `?` for each byte from 0x80.
    QuestionAscii,
    /// Decoded as UTF-8, with U+FFFD for what is none.
    LossyUtf8,
}

/// The encodings of text that are met instead of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodePage {
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// UTF-32, low byte first.
    Utf32Le,
    /// Latin-1, the low byte of every UTF-16 unit.
    LowByte,
    /// ASCII, `?` for all else.
    AsciiOrQuestion,
    /// ASCII, all else left out.
    AsciiOrNothing,
    /// Latin-1, `?` for all else.
    Latin1OrQuestion,
    /// UTF-16, low byte first, behind a byte order mark.
    Utf16LeWithMark,
    /// UTF-8 behind a byte order mark.
    Utf8WithMark,
    /// Java's modified UTF-8: two surrogates of three bytes for each character beyond U+FFFF, and two bytes for NUL.
    ModifiedUtf8,
    /// CESU-8: the same, with NUL as one byte.
    Cesu8,
}

/// Hashes that a value is given to first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
    /// SHA-384.
    Sha384,
    /// SHA-1.
    Sha1,
    /// MD5.
    Md5,
}

/// Forms that texts are brought into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextForm {
    /// Small letters.
    Lower,
    /// Capitals.
    Upper,
    /// Small letters by the Turkish rule.
    LowerTurkish,
    /// Capitals by the Turkish rule.
    UpperTurkish,
    /// Without white space at both ends.
    Trimmed,
    /// Without white space at its end.
    TrimmedEnd,
    /// Without ASCII white space and NULs at both ends, as PHP's `trim` does it.
    TrimmedOfNul,
    /// Without characters up to U+0020 at both ends, as Java's `trim` does it.
    TrimmedOfControls,
    /// Composed.
    Nfc,
    /// Decomposed.
    Nfd,
    /// Composed, compatible characters unified.
    Nfkc,
    /// Decomposed, compatible characters unified.
    Nfkd,
    /// Up to its first NUL.
    UntilNul,
    /// Up to its first line end.
    UntilLineEnd,
    /// Every CR LF as LF.
    UnixLines,
    /// Every LF as CR LF.
    DosLines,
    /// A byte order mark in front left out.
    MarkDropped,
    /// In double quotes, escaped as JSON.
    Quoted,
    /// Escaped as in a URL.
    Percent,
    /// `&`, `<` and `>` as HTML entities.
    Html,
    /// Numbers with a fraction in 17 digits.
    LongFractions,
    /// Numbers of a document as texts.
    QuotedNumbers,
}

/// How one character of a text is written instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Escape {
    /// `\u002b`, hex in small letters.
    Unicode,
    /// `\u002B`, hex in capitals.
    UnicodeCapitals,
    /// A backslash in front of it.
    Backslash,
    /// A space.
    Space,
    /// `%2B`.
    Percent,
}

impl Spelling {
    /// Every spelling.
    pub const ALL: [Self; 12] = [
        Self::Hex,
        Self::HexCapitals,
        Self::Base64,
        Self::Base64Unpadded,
        Self::Base64Url,
        Self::Base64UrlUnpadded,
        Self::HexUnpadded,
        Self::Utf8OfLatin1,
        Self::Utf8OfWindows1252,
        Self::ReplacedAscii,
        Self::QuestionAscii,
        Self::LossyUtf8,
    ];

    pub(super) fn of(self, bytes: &[u8]) -> String {
        let ascii =
            |other: char| bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { other }).collect();
        match self {
            Self::Hex => hex::encode(bytes),
            Self::HexCapitals => hex::encode_upper(bytes),
            Self::Base64 => STANDARD.encode(bytes),
            Self::Base64Unpadded => STANDARD_NO_PAD.encode(bytes),
            Self::Base64Url => URL_SAFE.encode(bytes),
            Self::Base64UrlUnpadded => URL_SAFE_NO_PAD.encode(bytes),
            Self::HexUnpadded => {
                let digits = |byte: &u8| hex::encode([*byte]).trim_start_matches('0').to_owned();
                bytes.iter().map(digits).map(|digits| if digits.is_empty() { "0".to_owned() } else { digits }).collect()
            }
            Self::Utf8OfLatin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
            Self::Utf8OfWindows1252 => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
            Self::ReplacedAscii => ascii(char::REPLACEMENT_CHARACTER),
            Self::QuestionAscii => ascii('?'),
            Self::LossyUtf8 => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// What has become of bytes, in words that follow "is".
    pub(super) fn sentence_end(self) -> String {
        let decoded = match self {
            Self::Utf8OfLatin1 => "as Latin-1 and written as UTF-8 again, so that é becomes Ã©",
            Self::Utf8OfWindows1252 => {
                "as Windows-1252 and written as UTF-8 again, so that é becomes Ã© and € becomes â‚¬"
            }
            Self::ReplacedAscii => "as ASCII, with U+FFFD (�) for every byte from 0x80",
            Self::QuestionAscii => "as ASCII, with ? for every byte from 0x80",
            Self::LossyUtf8 => "as UTF-8 although it is not text: U+FFFD (�) stands for every byte that is no UTF-8",
            Self::Hex
            | Self::HexCapitals
            | Self::Base64
            | Self::Base64Unpadded
            | Self::Base64Url
            | Self::Base64UrlUnpadded
            | Self::HexUnpadded => return format!("{} text instead of bytes", self.words()),
        };
        format!("decoded {decoded}")
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::HexCapitals => "upper-case hex",
            Self::Base64 => "base64",
            Self::Base64Unpadded => "unpadded base64",
            Self::Base64Url => "padded base64url",
            Self::Base64UrlUnpadded => "base64url",
            Self::HexUnpadded => "hex without leading zeros",
            Self::Utf8OfLatin1 => "Latin-1 to UTF-8",
            Self::Utf8OfWindows1252 => "Windows-1252 to UTF-8",
            Self::ReplacedAscii => "ASCII with U+FFFD",
            Self::QuestionAscii => "ASCII with ?",
            Self::LossyUtf8 => "lossy UTF-8",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hex => "as-hex",
            Self::HexCapitals => "as-hex-in-capitals",
            Self::Base64 => "as-base64",
            Self::Base64Unpadded => "as-unpadded-base64",
            Self::Base64Url => "as-padded-base64url",
            Self::Base64UrlUnpadded => "as-base64url",
            Self::HexUnpadded => "as-hex-without-zeros",
            Self::Utf8OfLatin1 => "as-utf8-of-latin1",
            Self::Utf8OfWindows1252 => "as-utf8-of-windows-1252",
            Self::ReplacedAscii => "as-ascii-or-replacement",
            Self::QuestionAscii => "as-ascii-or-question",
            Self::LossyUtf8 => "as-lossy-utf8",
        }
    }
}

impl CodePage {
    /// Every encoding.
    pub const ALL: [Self; 11] = [
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Utf32Le,
        Self::LowByte,
        Self::AsciiOrQuestion,
        Self::AsciiOrNothing,
        Self::Latin1OrQuestion,
        Self::Utf16LeWithMark,
        Self::Utf8WithMark,
        Self::ModifiedUtf8,
        Self::Cesu8,
    ];

    pub(super) fn of(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            Self::LowByte => text.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect(),
            Self::AsciiOrQuestion => {
                text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?')).collect()
            }
            Self::AsciiOrNothing => text.bytes().filter(u8::is_ascii).collect(),
            Self::Latin1OrQuestion => text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
            Self::Utf16LeWithMark => [0xff, 0xfe].into_iter().chain(Self::Utf16Le.of(text)).collect(),
            Self::Utf8WithMark => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Self::ModifiedUtf8 => surrogates(text, b"\xc0\x80"),
            Self::Cesu8 => surrogates(text, b"\0"),
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Utf16Le => "UTF-16, low byte first",
            Self::Utf16Be => "UTF-16, high byte first",
            Self::Utf32Le => "UTF-32, low byte first",
            Self::LowByte => "the low bytes of its UTF-16 units",
            Self::AsciiOrQuestion => "ASCII with ? for all other characters",
            Self::AsciiOrNothing => "ASCII without any other characters",
            Self::Latin1OrQuestion => "Latin-1 with ? for all other characters",
            Self::Utf16LeWithMark => "UTF-16, low byte first, behind a byte order mark",
            Self::Utf8WithMark => "UTF-8 behind a byte order mark",
            Self::ModifiedUtf8 => {
                "Java's modified UTF-8 (an emoji becomes two surrogates of three bytes, NUL two bytes)"
            }
            Self::Cesu8 => "CESU-8 (an emoji becomes two surrogates of three bytes each)",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf16Le => "in-utf16le",
            Self::Utf16Be => "in-utf16be",
            Self::Utf32Le => "in-utf32le",
            Self::LowByte => "in-low-bytes",
            Self::AsciiOrQuestion => "in-ascii",
            Self::AsciiOrNothing => "in-ascii-alone",
            Self::Latin1OrQuestion => "in-latin1",
            Self::Utf16LeWithMark => "in-utf16-with-mark",
            Self::Utf8WithMark => "in-utf8-with-mark",
            Self::ModifiedUtf8 => "in-modified-utf8",
            Self::Cesu8 => "in-cesu8",
        }
    }
}

impl Hash {
    /// Every hash.
    pub const ALL: [Self; 5] = [Self::Sha256, Self::Sha512, Self::Sha384, Self::Sha1, Self::Md5];

    pub(super) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => sha256(bytes).to_vec(),
            Self::Sha512 => sha512(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha1 => sha1(bytes),
            Self::Md5 => Md5::digest(bytes).to_vec(),
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
            Self::Sha384 => "SHA-384",
            Self::Sha1 => "SHA-1",
            Self::Md5 => "MD5",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Sha384 => "sha384",
            Self::Sha1 => "sha1",
            Self::Md5 => "md5",
        }
    }
}

impl TextForm {
    /// Every form.
    pub const ALL: [Self; 22] = [
        Self::Lower,
        Self::Upper,
        Self::LowerTurkish,
        Self::UpperTurkish,
        Self::Trimmed,
        Self::TrimmedEnd,
        Self::TrimmedOfNul,
        Self::TrimmedOfControls,
        Self::Nfc,
        Self::Nfd,
        Self::Nfkc,
        Self::Nfkd,
        Self::UntilNul,
        Self::UntilLineEnd,
        Self::UnixLines,
        Self::DosLines,
        Self::MarkDropped,
        Self::Quoted,
        Self::Percent,
        Self::Html,
        Self::LongFractions,
        Self::QuotedNumbers,
    ];

    pub(super) fn of(self, text: &str) -> String {
        match self {
            Self::Lower => text.to_lowercase(),
            Self::Upper => text.to_uppercase(),
            Self::LowerTurkish => text.replace('I', "ı").replace('İ', "i").to_lowercase(),
            Self::UpperTurkish => text.replace('i', "İ").to_uppercase(),
            Self::Trimmed => text.trim().to_owned(),
            Self::TrimmedEnd => text.trim_end().to_owned(),
            Self::TrimmedOfNul => text.trim_matches([' ', '\t', '\n', '\r', '\0', '\u{b}']).to_owned(),
            Self::TrimmedOfControls => text.trim_matches(|c| c <= ' ').to_owned(),
            Self::Nfc => text.nfc().collect(),
            Self::Nfd => text.nfd().collect(),
            Self::Nfkc => text.nfkc().collect(),
            Self::Nfkd => text.nfkd().collect(),
            Self::UntilNul => text.split('\0').next().unwrap_or_default().to_owned(),
            Self::UntilLineEnd => text.split(['\r', '\n']).next().unwrap_or_default().to_owned(),
            Self::UnixLines => text.replace("\r\n", "\n"),
            Self::DosLines => text.replace("\r\n", "\n").replace('\n', "\r\n"),
            Self::MarkDropped => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
            Self::Quoted => document::quoted(text),
            Self::Percent => text.bytes().map(percent).collect(),
            Self::Html => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            Self::LongFractions => numbers(text, |number| {
                let value = number.parse::<f64>().ok().filter(|_| number.contains('.'));
                value.map_or_else(|| number.to_owned(), seventeen_digits)
            }),
            Self::QuotedNumbers => numbers(text, |number| format!("\"{number}\"")),
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Lower => "in small letters",
            Self::Upper => "in capitals",
            Self::LowerTurkish => "in small letters by the Turkish rule (I becomes ı), as a locale's default has it",
            Self::UpperTurkish => "in capitals by the Turkish rule (i becomes İ), as a locale's default has it",
            Self::Trimmed => "trimmed: without white space at both ends",
            Self::TrimmedEnd => "without white space at its end",
            Self::TrimmedOfNul => "trimmed: without ASCII white space and NULs at both ends, as PHP's trim does it",
            Self::TrimmedOfControls => "trimmed: without characters up to U+0020 at both ends, as Java's trim does it",
            Self::Nfc => "normalised to NFC",
            Self::Nfd => "normalised to NFD",
            Self::Nfkc => "normalised to NFKC",
            Self::Nfkd => "normalised to NFKD",
            Self::UntilNul => "cut at its first NUL",
            Self::UntilLineEnd => "cut at its first line end",
            Self::UnixLines => "with every CR LF turned into LF",
            Self::DosLines => "with every LF turned into CR LF",
            Self::MarkDropped => "without its byte order mark",
            Self::Quoted => "written as a JSON string, quotes included",
            Self::Percent => "percent-encoded as in a URL",
            Self::Html => "written with HTML entities for &, < and >",
            Self::LongFractions => {
                "written with the fractions of its numbers in 17 digits (6.1 becomes 6.0999999999999996), as %.17g does"
            }
            Self::QuotedNumbers => "written with its numbers as texts in quotes",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Lower => "lower-case",
            Self::Upper => "upper-case",
            Self::LowerTurkish => "turkish-lower-case",
            Self::UpperTurkish => "turkish-upper-case",
            Self::Trimmed => "trimmed",
            Self::TrimmedEnd => "trimmed-at-its-end",
            Self::TrimmedOfNul => "trimmed-of-nul",
            Self::TrimmedOfControls => "trimmed-of-controls",
            Self::Nfc => "in-nfc",
            Self::Nfd => "in-nfd",
            Self::Nfkc => "in-nfkc",
            Self::Nfkd => "in-nfkd",
            Self::UntilNul => "until-nul",
            Self::UntilLineEnd => "until-line-end",
            Self::UnixLines => "with-unix-lines",
            Self::DosLines => "with-dos-lines",
            Self::MarkDropped => "without-mark",
            Self::Quoted => "in-quotes",
            Self::Percent => "percent-encoded",
            Self::Html => "html-escaped",
            Self::LongFractions => "with-long-fractions",
            Self::QuotedNumbers => "with-quoted-numbers",
        }
    }
}

impl Escape {
    /// Every escape.
    pub const ALL: [Self; 5] = [Self::Unicode, Self::UnicodeCapitals, Self::Backslash, Self::Space, Self::Percent];

    pub(super) fn of(self, text: &str, character: char) -> String {
        text.replace(character, &self.written(character))
    }

    /// What stands in the place of a character.
    fn written(self, character: char) -> String {
        let number = u32::from(character);
        match self {
            Self::Unicode => format!("\\u{number:04x}"),
            Self::UnicodeCapitals => format!("\\u{number:04X}"),
            Self::Backslash => format!("\\{character}"),
            Self::Space => " ".to_owned(),
            Self::Percent => format!("%{number:02X}"),
        }
    }

    pub(super) fn words(self, character: char) -> String {
        let written = self.written(character);
        match self {
            Self::Unicode | Self::UnicodeCapitals | Self::Backslash => format!(
                "written with {written} for every {character}: the same JSON, spelled as an HTML-safe writer spells it"
            ),
            Self::Space => format!("written with a space for every {character}, as a form's decoder leaves it"),
            Self::Percent => format!("written with {written} for every {character}, as in a URL"),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode-escape",
            Self::UnicodeCapitals => "unicode-escape-in-capitals",
            Self::Backslash => "backslash",
            Self::Space => "space-in-place",
            Self::Percent => "percent-escape",
        }
    }
}

fn percent(byte: u8) -> String {
    let is_plain = byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    if is_plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// UTF-8, but for surrogates of three bytes in place of characters of four, and this for NUL.
fn surrogates(text: &str, nul: &[u8]) -> Vec<u8> {
    let of = |unit: u16| match unit {
        0 => nul.to_vec(),
        0xd800..=0xdfff => {
            let low = |shift: u16| 0x80 | u8::try_from(unit >> shift & 0x3f).unwrap_or_default();
            vec![0xe0 | u8::try_from(unit >> 12).unwrap_or_default(), low(6), low(0)]
        }
        unit => char::from_u32(unit.into()).map(|c| c.to_string().into_bytes()).unwrap_or_default(),
    };
    text.encode_utf16().flat_map(of).collect()
}

/// The character that Windows-1252 has for a byte; those that it leaves out are controls, as browsers have them.
fn windows_1252(byte: u8) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match byte {
        0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        byte => char::from(byte),
    }
}

/// A JSON document with each number that is a member's value changed.
fn numbers(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut parts = text.split("\":");
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c)).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        changed.push_str("\":");
        changed.push_str(&if number.is_empty() { String::new() } else { change(number) });
        changed.push_str(rest);
    }
    changed
}

/// A number as C's `%.17g` prints one between 1 and 10^17.
fn seventeen_digits(value: f64) -> String {
    let whole = format!("{:.0}", value.trunc().abs()).len();
    let digits = format!("{value:.0$}", 17_usize.saturating_sub(whole));
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}
