//! Changes to how bytes are spelt in base64 or hex: other texts, which a lenient reader takes for the same bytes.
//! Layer: `fuzzing`; pure.

use ::document::{Base64, Edit, Encoding, Escape, Spelling as Base, all, document};

use super::{edits, position};

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
        let all_of = |edits: &[Edit<'_>]| all(edits).apply(text.as_bytes());
        let mut character = [0; 4];
        let base64 = document();
        let edit = match self {
            Self::Alphabet => base64.spell(Base::OtherAlphabet),
            Self::Unpadded => base64.spell(Base::Unpadded),
            Self::Padding(count) => base64.wrap_times("", "=", *count.min(&64)),
            Self::PaddingInside(at) => base64.insert(*at, "="),
            Self::Behind => return utf_8(all_of(&[base64.spell(Base::Unpadded), base64.after("==QUFB")])?),
            Self::Space(at, what) | Self::Junk(at, what) => base64.insert(*at, what.encode_utf8(&mut character)),
            Self::LineEnd => base64.after("\n"),
            Self::Lines(length) => return lines(text, *length),
            Self::Replace(at, what) => base64.set(*at, what.encode_utf8(&mut character)),
            Self::Nul(at) => base64.insert(*at, "\0"),
            Self::NulEnd => base64.after("\0AAAA"),
            Self::Spare => return spare_bits(text),
            Self::Lone => base64.spell(Base::BeforePadding("A")),
            Self::Odd => base64.drop_last(1),
            Self::Percent => return Some(text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")),
            Self::Upper => base64.spell(Base::Upper),
            Self::Lower => base64.spell(Base::Lower),
            Self::Prefix => base64.before("0x"),
            Self::Other => base64.spell(Base::Recoded(encoding, other(encoding))),
            Self::Twice => base64.spell(Base::Encoded(encoding)),
            Self::Wide(at) => base64.escape(*at, Escape::Wide),
            Self::Url => base64.before("data:;base64,"),
        };
        utf_8(edit.apply(text.as_bytes())?)
    }
}

/// The text with a spare bit of its last character set; `None` where it has none, or where the character that comes next in
/// the alphabet is of another kind.
pub(super) fn spare_bits(text: &str) -> Option<String> {
    if text.trim_end_matches('=').ends_with(['Z', 'z', '9', '+']) {
        return None;
    }
    utf_8(document().spell(Base::SpareBits([1, 1])).apply(text.as_bytes())?)
}

fn utf_8(text: Vec<u8>) -> Option<String> {
    String::from_utf8(text).ok()
}

fn lines(text: &str, length: usize) -> Option<String> {
    let lines: Vec<_> = text.as_bytes().chunks(length.max(1)).map(String::from_utf8_lossy).collect();
    (lines.len() > 1).then(|| lines.join("\r\n"))
}

/// Base64 for hex, and hex for base64.
fn other(encoding: Encoding) -> Encoding {
    match encoding {
        Encoding::Hex => Encoding::Base64(Base64::Standard),
        Encoding::Base64(_) => Encoding::Hex,
    }
}
