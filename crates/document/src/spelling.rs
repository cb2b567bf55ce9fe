//! Other spellings of base64, of hex, and of words: most of them a lenient reader takes for the same.

use crate::Encoding;

/// A spelling of a text. Those of base64 take its padding, `=` at the end, for what is beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Base64 with every character of one alphabet in the other.
    OtherAlphabet,
    /// Base64 with the first of these characters in the other alphabet.
    MixedAlphabet,
    /// Base64 in the alphabet of IMAP, with a comma for the slash.
    ImapAlphabet,
    /// Base64 without padding.
    Unpadded,
    /// Base64 whose last group is filled up by something.
    Padded(&'static str),
    /// Base64 with padding that it should not have: as the last group needs it, or a sign more than it has.
    MorePadding,
    /// Base64 with something before its padding.
    BeforePadding(&'static str),
    /// Base64 whose last character is the one that comes so many later in the alphabet: by the first number where the last
    /// group has two characters, by the second where it has three. So are set the bits that no byte needs.
    SpareBits([u8; 2]),
    /// Capitals.
    Upper,
    /// Small letters.
    Lower,
    /// A capital in front.
    Capital,
    /// The first small letter as a capital.
    OneCapital,
    /// Small letters for capitals, and the other way round.
    CaseSwapped,
    /// The text itself in an encoding.
    Encoded(Encoding),
    /// The bytes that it spells in an encoding.
    Decoded(Encoding),
    /// The bytes of one encoding in another.
    Recoded(Encoding, Encoding),
}

impl Spelling {
    /// The text so spelled; `None` where it has no such spelling.
    pub(crate) fn apply(self, text: &[u8]) -> Option<Vec<u8>> {
        let (body, padding) = text.split_at(text.len() - text.iter().rev().take_while(|byte| **byte == b'=').count());
        let missing = (4 - body.len() % 4) % 4;
        Some(match self {
            Self::OtherAlphabet => text.iter().copied().map(other_alphabet).collect(),
            Self::MixedAlphabet => first_changed(text, other_alphabet)?,
            Self::ImapAlphabet => text.iter().map(|byte| if b"/_".contains(byte) { b',' } else { *byte }).collect(),
            Self::Unpadded => body.to_vec(),
            Self::Padded(sign) => [body, sign.repeat(missing).as_bytes()].concat(),
            Self::MorePadding if padding.is_empty() => [body, "=".repeat(missing).as_bytes()].concat(),
            Self::MorePadding => [text, b"="].concat(),
            Self::BeforePadding(what) => [body, what.as_bytes(), padding].concat(),
            Self::SpareBits(further) => [&spare_bits(body, further)?[..], padding].concat(),
            Self::Upper => text.to_ascii_uppercase(),
            Self::Lower => text.to_ascii_lowercase(),
            Self::Capital => {
                let (first, rest) = text.split_first()?;
                [&[first.to_ascii_uppercase()], rest].concat()
            }
            Self::OneCapital => first_changed(text, |byte| byte.to_ascii_uppercase())?,
            Self::CaseSwapped => text.iter().copied().map(case_swapped).collect(),
            Self::Encoded(encoding) => encoding.encode(text).into_bytes(),
            Self::Decoded(encoding) => encoding.decode(std::str::from_utf8(text).ok()?)?,
            Self::Recoded(from, to) => to.encode(&from.decode(std::str::from_utf8(text).ok()?)?).into_bytes(),
        })
    }
}

fn other_alphabet(byte: u8) -> u8 {
    match byte {
        b'+' => b'-',
        b'/' => b'_',
        b'-' => b'+',
        b'_' => b'/',
        same => same,
    }
}

fn case_swapped(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte }
}

/// The text with the first byte changed that a function changes.
fn first_changed(text: &[u8], change: impl Fn(u8) -> u8) -> Option<Vec<u8>> {
    let at = text.iter().position(|byte| change(*byte) != *byte)?;
    let mut changed = text.to_vec();
    changed[at] = change(text[at]);
    Some(changed)
}

fn spare_bits(body: &[u8], further: [u8; 2]) -> Option<Vec<u8>> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let further = match body.len() % 4 {
        2 => further[0],
        3 => further[1],
        _ => return None,
    };
    let body = Some(body).filter(|body| body.is_ascii())?;
    let (last, kept) = body.split_last()?;
    let at = ALPHABET.iter().position(|letter| letter == last)?;
    Some([kept, &[*ALPHABET.get(at + usize::from(further))?]].concat())
}
