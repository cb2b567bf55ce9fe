//! Changes to how bytes are spelt in base64 or hex: other texts, which a lenient reader takes for the same bytes.
//! Layer: `fuzzing`; pure.

use super::place::Encoding;
use super::{edits, position};
use primitives::encoding::Base64;

/// White space.
const SPACES: &[char] = &[' ', '\n', '\t', '\r', '\u{c}', '\u{b}', '\u{a0}', '\u{feff}', '\u{2028}'];
/// What is in neither alphabet.
const JUNK: &[char] = &['*', '$', '.', ':', '!', '"', '\\', '\'', '%', 'é', 'ｱ', '\u{7f}', '\u{1}', 'g', 'z', '~', '='];

edits! {
    /// A change to a spelling.
    pub enum Spelling {
        /// The other alphabet of base64.
        Alphabet "alphabet",
        /// No padding.
        Unpadded "unpadded",
        /// So many signs of padding more.
        Padding(usize: 1) "padding",
        /// A sign of padding at a position.
        PaddingInside(usize: 4) "padding-inside",
        /// Other text behind the padding.
        Behind "behind-padding",
        /// White space at a position.
        Space(usize: 0, char: ' ') "space",
        /// A line end behind it.
        LineEnd "line-end",
        /// In lines of so many characters.
        Lines(usize: 16) "lines",
        /// A character of no alphabet at a position.
        Junk(usize: 0, char: '*') "junk",
        /// A character of no alphabet in another's place.
        Replace(usize: 0, char: '*') "replace",
        /// A NUL at a position, as text.
        Nul(usize: 4) "nul",
        /// A NUL and more behind it.
        NulEnd "nul-end",
        /// Spare bits set in the last character.
        Spare "spare-bits",
        /// A lone character behind it.
        Lone "lone",
        /// The last character left out.
        Odd "odd",
        /// Every `+`, `/` and `=` as in a URL.
        Percent "percent",
        /// Capitals.
        Upper "capitals",
        /// Small letters.
        Lower "small",
        /// `0x` in front.
        Prefix "hex-prefix",
        /// The bytes in hex, or those of hex in base64.
        Other "other-encoding",
        /// Encoded twice.
        Twice "encoded-twice",
        /// A digit or letter as the full-width one.
        Wide(usize: 0) "full-width",
        /// `data:` of a URL in front.
        Url "data-url",
    }
}

impl Spelling {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Padding(count) => *count = 1 + random.usize(..4),
            Self::PaddingInside(at) | Self::Nul(at) | Self::Wide(at) => *at = position(random),
            Self::Space(at, what) => (*at, *what) = (position(random), SPACES[random.usize(..SPACES.len())]),
            Self::Junk(at, what) | Self::Replace(at, what) => {
                (*at, *what) = (position(random), JUNK[random.usize(..JUNK.len())]);
            }
            Self::Lines(length) => *length = [4, 16, 64, 76][random.usize(..4)],
            Self::Alphabet
            | Self::Unpadded
            | Self::Behind
            | Self::LineEnd
            | Self::NulEnd
            | Self::Spare
            | Self::Lone
            | Self::Odd
            | Self::Percent
            | Self::Upper
            | Self::Lower
            | Self::Prefix
            | Self::Other
            | Self::Twice
            | Self::Url => {}
        }
    }

    /// The other text; `None` where there is no such form of this one.
    pub(super) fn apply(&self, text: &str, encoding: Encoding) -> Option<String> {
        if !text.is_ascii() {
            return None;
        }
        let bare = text.trim_end_matches('=');
        Some(match self {
            Self::Alphabet => other_alphabet(text),
            Self::Unpadded => bare.to_owned(),
            Self::Padding(count) => format!("{text}{}", "=".repeat(*count.min(&64))),
            Self::PaddingInside(at) => put(text, *at, "="),
            Self::Behind => format!("{bare}==QUFB"),
            Self::Space(at, what) | Self::Junk(at, what) => put(text, *at, what.encode_utf8(&mut [0; 4])),
            Self::LineEnd => format!("{text}\n"),
            Self::Lines(length) => lines(text, *length)?,
            Self::Replace(at, what) => replace(text, *at, *what)?,
            Self::Nul(at) => put(text, *at, "\0"),
            Self::NulEnd => format!("{text}\0AAAA"),
            Self::Spare => spare_bits(text)?,
            Self::Lone => format!("{bare}A{}", &text[bare.len()..]),
            Self::Odd => text.get(..text.len().checked_sub(1)?)?.to_owned(),
            Self::Percent => text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D"),
            Self::Upper => text.to_ascii_uppercase(),
            Self::Lower => text.to_ascii_lowercase(),
            Self::Prefix => format!("0x{text}"),
            Self::Other => other(text, encoding)?,
            Self::Twice => encoding.encode(text.as_bytes()),
            Self::Wide(at) => wide(text, *at)?,
            Self::Url => format!("data:;base64,{text}"),
        })
    }
}

/// Every character of one alphabet of base64 in the other.
pub(super) fn other_alphabet(text: &str) -> String {
    let other = |c| match c {
        '+' => '-',
        '/' => '_',
        '-' => '+',
        '_' => '/',
        c => c,
    };
    text.chars().map(other).collect()
}

/// The text with a spare bit of its last character set; `None` where it has none.
pub(super) fn spare_bits(text: &str) -> Option<String> {
    let bare = text.trim_end_matches('=');
    if !bare.is_ascii() || !matches!(bare.len() % 4, 2 | 3) {
        return None;
    }
    let (kept, last) = bare.split_at(bare.len() - 1);
    let next = match last.as_bytes()[0] {
        letter @ (b'A'..=b'Y' | b'a'..=b'y' | b'0'..=b'8') => char::from(letter + 1),
        _ => return None,
    };
    Some(format!("{kept}{next}{}", &text[bare.len()..]))
}

fn put(text: &str, at: usize, what: &str) -> String {
    let (front, rest) = text.split_at(at % (text.len() + 1));
    [front, what, rest].concat()
}

fn lines(text: &str, length: usize) -> Option<String> {
    let lines: Vec<_> = text.as_bytes().chunks(length.max(1)).map(String::from_utf8_lossy).collect();
    (lines.len() > 1).then(|| lines.join("\r\n"))
}

fn replace(text: &str, at: usize, what: char) -> Option<String> {
    let at = at.checked_rem(text.len())?;
    Some(format!("{}{what}{}", &text[..at], &text[at + 1..]))
}

fn wide(text: &str, at: usize) -> Option<String> {
    let at = at.checked_rem(text.len())?;
    let wide = char::from_u32(u32::from(text.as_bytes()[at]) + 0xfee0)?;
    replace(text, at, wide)
}

fn other(text: &str, encoding: Encoding) -> Option<String> {
    let bytes = encoding.decode(text)?;
    Some(match encoding {
        Encoding::Hex => Base64::Standard.encode(&bytes),
        Encoding::Base64(_) => hex::encode(bytes),
    })
}
