//! Changes to texts of the input: passwords, addresses, ids. Layer: `fuzzing`; pure.

use unicode_normalization::UnicodeNormalization as _;

use super::edits;

/// What is put in a text, front, end or inside.
const MARKS: &[char] = &[
    '\0',
    '\u{feff}',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u{a0}',
    '\u{200b}',
    '\u{301}',
    'é',
    'ß',
    'İ',
    'Σ',
    '\u{212a}',
    '字',
    '🔑',
    '"',
    '\\',
    '%',
    '+',
    '@',
    '.',
    '\u{fffd}',
    '\u{ffff}',
    '\u{10ffff}',
    '\u{2028}',
    '\u{7f}',
    '\u{ad}',
];
/// Whole texts.
const WORDS: &[&str] = &[
    "",
    " ",
    "\0",
    "\u{feff}",
    "password",
    "caf\u{e9}",
    "cafe\u{301}",
    "null",
    "0",
    "70617373",
    "__proto__",
    "\\u0041",
    "%41",
    "User@EXAMPLE.com",
    "İ@example.com",
    "ΑΣ@example.com",
    "double",
    "double-zero",
    "single",
    "DOUBLE",
];
/// Lengths around those that passwords are cut at.
const LENGTHS: &[usize] = &[1, 2, 55, 56, 64, 71, 72, 73, 127, 128, 129, 255, 256, 257, 1_024, 2_047, 2_048, 2_049];

edits! {
    /// A change to a text.
    pub enum Text {
        /// A character in front.
        Front(char: '\0') "text-front",
        /// A character at the end.
        End(char: '\0') "text-end",
        /// A character before the one at a position.
        Inside(usize: 1, char: '\0') "text-inside",
        /// The character at a position is left out.
        Drop(usize: 0) "text-drop",
        /// Another text.
        Word(String: String::new()) "text-word",
        /// Repeated and cut to so many characters; `a` where it is empty.
        Long(usize: 256) "text-long",
        /// Composed.
        Nfc "nfc",
        /// Decomposed.
        Nfd "nfd",
        /// Composed, with compatible characters replaced.
        Nfkc "nfkc",
        /// Small letters.
        Lower "lower",
        /// Capitals.
        Upper "upper",
        /// White space at both ends is left out.
        Trim "trim",
        /// Its UTF-8 taken for Latin-1.
        Latin "latin",
    }
}

impl Text {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        let mark = |random: &mut fastrand::Rng| MARKS[random.usize(..MARKS.len())];
        match self {
            Self::Front(what) | Self::End(what) => *what = mark(random),
            Self::Inside(at, what) => (*at, *what) = (random.usize(..16), mark(random)),
            Self::Drop(at) => *at = random.usize(..16),
            Self::Word(word) => WORDS[random.usize(..WORDS.len())].clone_into(word),
            Self::Long(length) => *length = LENGTHS[random.usize(..LENGTHS.len())],
            Self::Nfc | Self::Nfd | Self::Nfkc | Self::Lower | Self::Upper | Self::Trim | Self::Latin => {}
        }
    }

    pub(crate) fn apply(&self, text: &str) -> Option<String> {
        let from = |at: usize| {
            let count = text.chars().count();
            text.char_indices().nth(at.checked_rem(count)?).map(|(at, _)| at)
        };
        Some(match self {
            Self::Front(what) => format!("{what}{text}"),
            Self::End(what) => format!("{text}{what}"),
            Self::Inside(at, what) => {
                let (front, rest) = text.split_at(from(*at)?);
                format!("{front}{what}{rest}")
            }
            Self::Drop(at) => {
                let mut text = text.to_owned();
                text.remove(from(*at)?);
                text
            }
            Self::Word(word) => word.clone(),
            Self::Long(length) => {
                let text = if text.is_empty() { "a" } else { text };
                text.chars().cycle().take((*length).min(4_096)).collect()
            }
            Self::Nfc => text.nfc().collect(),
            Self::Nfd => text.nfd().collect(),
            Self::Nfkc => text.nfkc().collect(),
            Self::Lower => text.to_lowercase(),
            Self::Upper => text.to_uppercase(),
            Self::Trim => text.trim().to_owned(),
            Self::Latin => text.bytes().map(char::from).collect(),
        })
    }
}
