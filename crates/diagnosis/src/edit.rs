//! A value changed on its way: what a list of mistakes cannot hold, because it has a parameter.
//!
//! In: a member of an operation's input or output, a [`Change`]. Out: the value as a port with that change takes it or gives
//! it out. Layer: `diagnosis`; pure.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use conformance::shown::counted;
use primitives::hash::{sha256, sha512};
use vectors::{Fields, Value};

/// One member of one or more operations, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The operations: those that a port computes with one function.
    pub operations: &'static [&'static str],
    /// The member of their input or output.
    pub member: &'static str,
    /// What becomes of it.
    pub change: Change,
}

/// What becomes of a value. Lengths and positions are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The number is this one.
    Set(u64),
    /// So many more.
    Plus(u64),
    /// So many less, at least 0.
    Minus(u64),
    /// So many times as much.
    Times(u64),
    /// The whole part of a so-manieth.
    Over(u64),
    /// The bytes as text in this encoding.
    Spelled(Spelling),
    /// The text in this code page instead of UTF-8.
    Encoded(CodePage),
    /// Its digest.
    Hashed(Hash),
    /// The first so many bytes.
    Cut(usize),
    /// All but the first so many bytes.
    Skip(usize),
    /// The second half.
    SecondHalf,
    /// Zeros behind it up to so many bytes.
    Filled(usize),
    /// This byte behind it.
    Followed(u8),
    /// This byte in front of it.
    Preceded(u8),
    /// The last byte first.
    Reversed,
    /// Words of so many bytes, each with its last byte first.
    WordsReversed(usize),
    /// The same bytes, beginning with the one at this position.
    Rotated(usize),
    /// Twice in a row.
    Doubled,
    /// This byte exclusive-or'ed at this position, counted around.
    Flipped(usize, u8),
    /// The byte at this position left out, counted around.
    Dropped(usize),
    /// The byte at this position exchanged for the next one, counted around.
    Exchanged(usize),
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// UTF-8 of the characters whose numbers the bytes are.
    Utf8OfLatin1,
}

/// The encodings of text that are met instead of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// Hashes that a value is given to first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Edit {
    /// Whether the operation's members of this name are changed.
    #[must_use]
    pub fn concerns(&self, operation: &str) -> bool {
        self.operations.contains(&operation)
    }

    /// The fields with the member changed; as they were where there is none, or where the change does not fit it.
    #[must_use]
    pub fn apply(&self, fields: Fields) -> Fields {
        match fields.value(self.member).and_then(|value| self.change.of(value)) {
            Some(value) => fields.replacing(self.member, value),
            None => fields,
        }
    }

    /// What a port with this change does, as a sentence without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        let operations: Vec<_> = self.operations.iter().map(|operation| format!("`{operation}`")).collect();
        format!("In {}, `{}` is {}", operations.join(" and "), self.member, self.change.words())
    }

    /// A name in kebab case, made of its parts.
    #[must_use]
    pub fn name(&self) -> String {
        let family = self.operations.first().map_or("", |operation| operation.split('.').next().unwrap_or(operation));
        format!("{family}-{}-{}", self.member.replace('_', "-"), self.change.name())
    }
}

impl Change {
    /// The changed value; `None` where the change does not fit its kind.
    #[must_use]
    pub fn of(self, value: &Value) -> Option<Value> {
        match value {
            Value::Bytes(bytes) => self.of_bytes(bytes).map(Value::Bytes),
            Value::Text(text) => {
                self.of_bytes(text.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok()).map(Value::Text)
            }
            Value::Integer(number) => self.of_number(*number).map(Value::Integer),
            Value::BytesList(list) => {
                let changed: Option<Vec<_>> = list.iter().map(|bytes| self.of_bytes(bytes)).collect();
                changed.map(Value::BytesList)
            }
            Value::Flag(_) | Value::IntegerList(_) => None,
        }
    }

    fn of_number(self, number: u64) -> Option<u64> {
        match self {
            Self::Set(to) => Some(to),
            Self::Plus(more) => number.checked_add(more),
            Self::Minus(less) => Some(number.saturating_sub(less)),
            Self::Times(factor) => number.checked_mul(factor).filter(|product| *product < 1 << 53),
            Self::Over(divisor) => number.checked_div(divisor),
            Self::Spelled(_)
            | Self::Encoded(_)
            | Self::Hashed(_)
            | Self::Cut(_)
            | Self::Skip(_)
            | Self::SecondHalf
            | Self::Filled(_)
            | Self::Followed(_)
            | Self::Preceded(_)
            | Self::Reversed
            | Self::WordsReversed(_)
            | Self::Rotated(_)
            | Self::Doubled
            | Self::Flipped(..)
            | Self::Dropped(_)
            | Self::Exchanged(_) => None,
        }
    }

    fn of_bytes(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let around = |at: usize| at.checked_rem(bytes.len());
        Some(match self {
            Self::Set(_) | Self::Plus(_) | Self::Minus(_) | Self::Times(_) | Self::Over(_) => return None,
            Self::Spelled(spelling) => spelling.of(bytes).into_bytes(),
            Self::Encoded(page) => page.of(std::str::from_utf8(bytes).ok()?),
            Self::Hashed(Hash::Sha256) => sha256(bytes).to_vec(),
            Self::Hashed(Hash::Sha512) => sha512(bytes).to_vec(),
            Self::Cut(length) => bytes[..length.min(bytes.len())].to_vec(),
            Self::Skip(length) => bytes[length.min(bytes.len())..].to_vec(),
            Self::SecondHalf => bytes[bytes.len() / 2..].to_vec(),
            Self::Filled(length) => [bytes, &vec![0; length.saturating_sub(bytes.len())]].concat(),
            Self::Followed(byte) => [bytes, &[byte]].concat(),
            Self::Preceded(byte) => [&[byte], bytes].concat(),
            Self::Reversed => bytes.iter().rev().copied().collect(),
            Self::WordsReversed(size) => {
                bytes.chunks(size.max(1)).flat_map(|word| word.iter().rev().copied()).collect()
            }
            Self::Rotated(by) => {
                let (front, back) = bytes.split_at(around(by)?);
                [back, front].concat()
            }
            Self::Doubled => bytes.repeat(2),
            Self::Flipped(at, mask) => {
                let at = around(at)?;
                bytes.iter().enumerate().map(|(i, byte)| if i == at { byte ^ mask } else { *byte }).collect()
            }
            Self::Dropped(at) => {
                let at = around(at)?;
                [&bytes[..at], &bytes[at + 1..]].concat()
            }
            Self::Exchanged(at) => {
                let (at, mut changed) = (around(at)?, bytes.to_vec());
                changed.swap(at, (at + 1) % bytes.len());
                changed
            }
        })
    }

    /// What has become of the value, in words that follow "is".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Set(to) => format!("always {to}"),
            Self::Plus(more) => format!("{more} more than asked for"),
            Self::Minus(less) => format!("{less} less than asked for"),
            Self::Times(factor) => format!("{factor} times as much as asked for"),
            Self::Over(divisor) => format!("only 1/{divisor} of what is asked for"),
            Self::Spelled(spelling) => format!("{} text instead of bytes", spelling.words()),
            Self::Encoded(page) => format!("in {} instead of UTF-8", page.words()),
            Self::Hashed(Hash::Sha256) => "its SHA-256 digest".to_owned(),
            Self::Hashed(Hash::Sha512) => "its SHA-512 digest".to_owned(),
            Self::Cut(length) => format!("cut to its first {}", counted(length, "byte")),
            Self::Skip(length) => format!("without its first {}", counted(length, "byte")),
            Self::SecondHalf => "its second half".to_owned(),
            Self::Filled(length) => format!("padded with zeros to {length} bytes"),
            Self::Followed(byte) => format!("followed by a byte 0x{byte:02x}"),
            Self::Preceded(byte) => format!("preceded by a byte 0x{byte:02x}"),
            Self::Reversed => "in reverse byte order".to_owned(),
            Self::WordsReversed(size) => format!("in words of {size} bytes, each in reverse order"),
            Self::Rotated(by) => format!("rotated, so that it begins at byte {by}"),
            Self::Doubled => "repeated, twice in a row".to_owned(),
            Self::Flipped(at, mask) => format!("XORed with 0x{mask:02x} at byte {at}"),
            Self::Dropped(at) => format!("without its byte {at}"),
            Self::Exchanged(at) => format!("with its bytes {at} and {} swapped", at.wrapping_add(1)),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Set(to) => format!("always-{to}"),
            Self::Plus(more) => format!("plus-{more}"),
            Self::Minus(less) => format!("minus-{less}"),
            Self::Times(factor) => format!("times-{factor}"),
            Self::Over(divisor) => format!("over-{divisor}"),
            Self::Spelled(spelling) => spelling.name().to_owned(),
            Self::Encoded(page) => page.name().to_owned(),
            Self::Hashed(Hash::Sha256) => "as-sha256".to_owned(),
            Self::Hashed(Hash::Sha512) => "as-sha512".to_owned(),
            Self::Cut(length) => format!("cut-to-{length}"),
            Self::Skip(length) => format!("without-first-{length}"),
            Self::SecondHalf => "second-half".to_owned(),
            Self::Filled(length) => format!("filled-to-{length}"),
            Self::Followed(byte) => format!("followed-by-{byte:02x}"),
            Self::Preceded(byte) => format!("preceded-by-{byte:02x}"),
            Self::Reversed => "reversed".to_owned(),
            Self::WordsReversed(size) => format!("words-of-{size}-reversed"),
            Self::Rotated(by) => format!("from-byte-{by}"),
            Self::Doubled => "doubled".to_owned(),
            Self::Flipped(at, mask) => format!("byte-{at}-changed-by-{mask:02x}"),
            Self::Dropped(at) => format!("without-byte-{at}"),
            Self::Exchanged(at) => format!("byte-{at}-exchanged"),
        }
    }
}

impl Spelling {
    /// Every spelling.
    pub const ALL: [Self; 7] = [
        Self::Hex,
        Self::HexCapitals,
        Self::Base64,
        Self::Base64Unpadded,
        Self::Base64Url,
        Self::Base64UrlUnpadded,
        Self::Utf8OfLatin1,
    ];

    fn of(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => hex::encode(bytes),
            Self::HexCapitals => hex::encode_upper(bytes),
            Self::Base64 => STANDARD.encode(bytes),
            Self::Base64Unpadded => STANDARD_NO_PAD.encode(bytes),
            Self::Base64Url => URL_SAFE.encode(bytes),
            Self::Base64UrlUnpadded => URL_SAFE_NO_PAD.encode(bytes),
            Self::Utf8OfLatin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::HexCapitals => "upper-case hex",
            Self::Base64 => "base64",
            Self::Base64Unpadded => "unpadded base64",
            Self::Base64Url => "padded base64url",
            Self::Base64UrlUnpadded => "base64url",
            Self::Utf8OfLatin1 => "Latin-1 to UTF-8",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Hex => "as-hex",
            Self::HexCapitals => "as-hex-in-capitals",
            Self::Base64 => "as-base64",
            Self::Base64Unpadded => "as-unpadded-base64",
            Self::Base64Url => "as-padded-base64url",
            Self::Base64UrlUnpadded => "as-base64url",
            Self::Utf8OfLatin1 => "as-utf8-of-latin1",
        }
    }
}

impl CodePage {
    /// Every encoding.
    pub const ALL: [Self; 5] = [Self::Utf16Le, Self::Utf16Be, Self::Utf32Le, Self::LowByte, Self::AsciiOrQuestion];

    fn of(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Self::Utf32Le => text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(),
            Self::LowByte => text.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect(),
            Self::AsciiOrQuestion => {
                text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?')).collect()
            }
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Utf16Le => "UTF-16, low byte first",
            Self::Utf16Be => "UTF-16, high byte first",
            Self::Utf32Le => "UTF-32, low byte first",
            Self::LowByte => "the low bytes of its UTF-16 units",
            Self::AsciiOrQuestion => "ASCII with ? for all other characters",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Utf16Le => "in-utf16le",
            Self::Utf16Be => "in-utf16be",
            Self::Utf32Le => "in-utf32le",
            Self::LowByte => "in-low-bytes",
            Self::AsciiOrQuestion => "in-ascii",
        }
    }
}
