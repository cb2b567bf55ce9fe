//! How bytes are lost or changed on their way into a primitive: wrong steps for passwords, salts, keys and messages.
#![expect(clippy::unnecessary_wraps, reason = "every step has one signature")]

use std::borrow::Cow;

use crate::{Computed, Stop};
use document::encoding::{Base64, decode_hex};
use vectors::Reason;

type Taking<'a> = Computed<Cow<'a, [u8]>>;

const REFUSED: Stop = Stop::Refuse(Reason::Parameter);

fn changed<'a>(bytes: impl Into<Vec<u8>>) -> Taking<'a> {
    Ok(Cow::Owned(bytes.into()))
}

fn kept_if(kept: fn(usize, usize) -> bool, bytes: &[u8], limit: usize) -> Taking<'_> {
    if kept(bytes.len(), limit) { Ok(Cow::Borrowed(bytes)) } else { Err(REFUSED) }
}

/// What is text is changed as text; what is not UTF-8 stays as it is.
fn as_text(bytes: &[u8], change: impl FnOnce(&str) -> Vec<u8>) -> Taking<'_> {
    Ok(std::str::from_utf8(bytes).map_or(Cow::Borrowed(bytes), |text| Cow::Owned(change(text))))
}

/// A text without its soft hyphens.
pub(super) fn soft_hyphens_dropped(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| text.replace('\u{ad}', "").into())
}

/// The first `N` bytes.
pub(super) fn cut<const N: usize>(bytes: &[u8]) -> Taking<'_> {
    Ok(Cow::Borrowed(&bytes[..N.min(bytes.len())]))
}

/// As many as the lowest `N` bits of the length say.
pub(super) fn length_in_bits<const N: u32>(bytes: &[u8]) -> Taking<'_> {
    Ok(Cow::Borrowed(&bytes[..bytes.len() % (1 << N)]))
}

/// Nothing, whatever is given.
pub(super) fn ignored(_: &[u8]) -> Taking<'_> {
    Ok(Cow::Borrowed(&[]))
}

/// `N` bytes: cut, or filled with zeros.
pub(super) fn made_to_fit<const N: usize>(bytes: &[u8]) -> Taking<'_> {
    let mut fitted = bytes.to_vec();
    fitted.resize(N, 0);
    changed(fitted)
}

/// At least `N` bytes, filled with zeros.
pub(super) fn filled<const N: usize>(bytes: &[u8]) -> Taking<'_> {
    let mut filled = bytes.to_vec();
    filled.resize(N.max(bytes.len()), 0);
    changed(filled)
}

pub(super) fn at_least<const N: usize>(bytes: &[u8]) -> Taking<'_> {
    kept_if(|length, least| length >= least, bytes, N)
}

pub(super) fn at_most<const N: usize>(bytes: &[u8]) -> Taking<'_> {
    kept_if(|length, most| length <= most, bytes, N)
}

pub(super) fn exactly<const N: usize>(bytes: &[u8]) -> Taking<'_> {
    kept_if(|length, only| length == only, bytes, N)
}

/// Up to the first NUL, as a C string.
pub(super) fn up_to_nul(bytes: &[u8]) -> Taking<'_> {
    Ok(Cow::Borrowed(bytes.split(|byte| *byte == 0).next().unwrap_or_default()))
}

pub(super) fn without_nuls_at_the_end(bytes: &[u8]) -> Taking<'_> {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    Ok(Cow::Borrowed(&bytes[..end]))
}

/// With the NUL that ends a C string.
pub(super) fn with_nul(bytes: &[u8]) -> Taking<'_> {
    changed([bytes, &[0]].concat())
}

pub(super) fn hex_text(bytes: &[u8]) -> Taking<'_> {
    changed(hex::encode(bytes))
}

pub(super) fn base64_text(bytes: &[u8]) -> Taking<'_> {
    changed(Base64::Standard.encode(bytes))
}

/// What reads as hex is decoded.
pub(super) fn hex_decoded(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| decode_hex(text).unwrap_or_else(|_| text.into()))
}

/// What reads as base64 is decoded.
pub(super) fn base64_decoded(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| Base64::Standard.decode(text).unwrap_or_else(|_| text.into()))
}

/// Each byte taken for a character of Latin-1, and encoded as UTF-8.
pub(super) fn utf8_of_latin1(bytes: &[u8]) -> Taking<'_> {
    changed(bytes.iter().map(|byte| char::from(*byte)).collect::<String>())
}

/// Text in Latin-1; a character that it does not have is an exception.
pub(super) fn latin1(bytes: &[u8]) -> Taking<'_> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(Cow::Borrowed(bytes)) };
    let latin1: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    latin1.map_or(Err(Stop::Crash), changed)
}

/// Text in UTF-16, little-endian.
pub(super) fn utf16(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// Characters outside the basic plane as two surrogates of three bytes.
pub(super) fn cesu8(bytes: &[u8]) -> Taking<'_> {
    let unit = |unit: u16| -> [u8; 3] {
        let part = |shift: u32, mark: u8| mark | (unit >> shift).to_le_bytes()[0] & 0x3f;
        [0xe0 | (unit >> 12).to_le_bytes()[0], part(6, 0x80), part(0, 0x80)]
    };
    let character = |c: char| match c.len_utf8() {
        4 => c.encode_utf16(&mut [0; 2]).iter().flat_map(|half| unit(*half)).collect(),
        _ => c.to_string().into_bytes(),
    };
    as_text(bytes, |text| text.chars().flat_map(character).collect())
}

/// What is not UTF-8 replaced by U+FFFD.
pub(super) fn lossy(bytes: &[u8]) -> Taking<'_> {
    changed(String::from_utf8_lossy(bytes).into_owned())
}

pub(super) fn utf8_only(bytes: &[u8]) -> Taking<'_> {
    std::str::from_utf8(bytes).map(|_| Cow::Borrowed(bytes)).map_err(|_| REFUSED)
}

pub(super) fn without_bom(bytes: &[u8]) -> Taking<'_> {
    Ok(Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)))
}

pub(super) fn trimmed(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| text.trim().into())
}

pub(super) fn lower_case(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| text.to_lowercase().into_bytes())
}

/// Some letters and how they are composed: enough for what the vectors say, and too little for a language.
const COMPOSED: [(char, &str); 6] = [
    ('\u{e4}', "a\u{308}"),
    ('\u{f6}', "o\u{308}"),
    ('\u{fc}', "u\u{308}"),
    ('\u{e9}', "e\u{301}"),
    ('\u{e5}', "a\u{30a}"),
    ('\u{f1}', "n\u{303}"),
];

/// Normal form C of those letters and of Hangul.
pub(super) fn composed(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| {
        let latin =
            COMPOSED.iter().fold(text.to_owned(), |text, (whole, parts)| text.replace(parts, &whole.to_string()));
        latin.chars().fold(String::new(), with_syllables).into_bytes()
    })
}

/// Normal form D of those letters and of Hangul.
pub(super) fn decomposed(bytes: &[u8]) -> Taking<'_> {
    as_text(bytes, |text| text.chars().flat_map(parts).collect::<String>().into_bytes())
}

/// Normal form KC: C after what is compatible was replaced.
pub(super) fn compatible(bytes: &[u8]) -> Taking<'_> {
    let replaced = as_text(bytes, |text| text.replace('\u{fb01}', "fi").into_bytes())?;
    changed(composed(&replaced)?.into_owned())
}

/// Adds a letter; a Hangul vowel or end joins the syllable before it.
fn with_syllables(mut text: String, c: char) -> String {
    let last = text.chars().next_back().map(u32::from);
    let joined = match (last, u32::from(c)) {
        (Some(lead @ 0x1100..0x1113), vowel @ 0x1161..0x1176) => {
            Some(0xac00 + ((lead - 0x1100) * 21 + vowel - 0x1161) * 28)
        }
        (Some(syllable @ 0xac00..0xd7a4), end @ 0x11a8..0x11c3) if (syllable - 0xac00) % 28 == 0 => {
            Some(syllable + end - 0x11a7)
        }
        _ => None,
    };
    if joined.is_some() {
        text.pop();
    }
    text.push(joined.and_then(char::from_u32).unwrap_or(c));
    text
}

/// The letters that a letter is composed of.
fn parts(c: char) -> Vec<char> {
    if let Some((_, parts)) = COMPOSED.iter().find(|(whole, _)| *whole == c) {
        return parts.chars().collect();
    }
    let Some(at) = u32::from(c).checked_sub(0xac00).filter(|at| *at < 11_172) else { return vec![c] };
    let end = (at % 28 > 0).then_some(0x11a7 + at % 28);
    let letters = [0x1100 + at / 588, 0x1161 + at % 588 / 28].into_iter().chain(end);
    letters.filter_map(char::from_u32).collect()
}

/// Bytes that were kept as a number of 16-bit words, whose first words are lost where they are 0.
pub(super) fn without_leading_zero_words(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.chunks_exact(2).take_while(|word| **word == [0, 0]).count();
    &bytes[2 * zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mistake that is not the one it claims to be proves nothing. The pairs are those of the Unicode standard's own examples.
    #[test]
    fn texts_change_as_they_do_elsewhere() {
        let bytes = |taking: Taking<'_>| taking.unwrap().into_owned();
        for (whole, parts) in
            [("\u{fc}", "u\u{308}"), ("\u{d55c}\u{ae00}", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}")]
        {
            assert_eq!(bytes(composed(parts.as_bytes())), whole.as_bytes());
            assert_eq!(bytes(decomposed(whole.as_bytes())), parts.as_bytes());
        }
        assert_eq!(bytes(compatible("\u{fb01}sh".as_bytes())), b"fish");
        assert_eq!(bytes(cesu8("a\u{1f511}".as_bytes())), b"a\xed\xa0\xbd\xed\xb4\x91");
        assert_eq!(bytes(utf8_of_latin1(b"\xfc")), "\u{fc}".as_bytes());
        assert_eq!(latin1("\u{d55c}".as_bytes()), Err(Stop::Crash));
    }
}
