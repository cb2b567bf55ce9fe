//! Changes to a text in JSON that names something: a mode, a format, an id. Layer: `fuzzing`; pure.

use super::edits;

/// What such texts are elsewhere.
const WORDS: &[&str] = &[
    "gcm",
    "ccm",
    "ocb2",
    "cbc",
    "ctr",
    "GCM",
    "aes",
    "AES",
    "des",
    "aes-256-gcm",
    "base64",
    "hex",
    "uint8array",
    "xcha-argon2i13-7",
    "xcha-argon2i13-6",
    "xcha-argon2i13-7-c",
    "xcha-argon2id13-7",
    "xcha-argon2i13",
    "QUFB",
    "a",
    "0",
    "null",
    "__proto__",
    "toString",
];
/// What is put behind or in front.
const MARKS: &[char] = &[' ', '\0', '\n', '\u{feff}', 'x', '\\', '"', '\u{301}', '🔑'];

edits! {
    /// A change to a text.
    pub enum Word {
        /// Another text.
        Text(String: String::new()) "word",
        /// Capitals.
        Upper "word-capitals",
        /// A capital in front.
        Capital "word-capital",
        /// A character in front.
        Front(char: ' ') "word-front",
        /// A character behind.
        End(char: ' ') "word-end",
        /// The last character left out.
        Shorter "word-shorter",
        /// The first character as an escape of a URL.
        Percent "word-percent",
        /// Many times.
        Long(usize: 300) "word-long",
    }
}

impl Word {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Text(text) => WORDS[random.usize(..WORDS.len())].clone_into(text),
            Self::Front(mark) | Self::End(mark) => *mark = MARKS[random.usize(..MARKS.len())],
            Self::Long(length) => *length = [64, 300, 1_025, 4_096][random.usize(..4)],
            Self::Upper | Self::Capital | Self::Shorter | Self::Percent => {}
        }
    }

    pub(super) fn apply(&self, text: &str) -> Option<String> {
        let first = text.chars().next();
        Some(match self {
            Self::Text(other) => other.clone(),
            Self::Upper => text.to_uppercase(),
            Self::Capital => first?.to_uppercase().chain(text.chars().skip(1)).collect(),
            Self::Front(mark) => format!("{mark}{text}"),
            Self::End(mark) => format!("{text}{mark}"),
            Self::Shorter => text.chars().take(text.chars().count().checked_sub(1)?).collect(),
            Self::Percent => format!("%{:02x}{}", first.filter(char::is_ascii).map(u32::from)?, &text[1..]),
            Self::Long(length) => {
                let text = if text.is_empty() { "a" } else { text };
                text.chars().cycle().take((*length).min(4_096)).collect()
            }
        })
    }
}
