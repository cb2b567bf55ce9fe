//! Texts with characters across the ends of pieces, for ports that decode or encode a text piece by piece.
//!
//! In: the size of a piece, in bytes of UTF-8 or in UTF-16 units. Out: texts in which one character lies across the end of
//! its first piece, or many characters across the ends of pieces of all sizes.

/// A text: name, one sentence for a porter, the text.
pub type Text = (String, String, String);

/// Four bytes of UTF-8 and two UTF-16 units.
const EMOJI: char = '🔑';

/// The sizes at which an emoji has each of its three places.
pub const SHORT: [usize; 5] = [16, 64, 256, 512, 1_024];

/// A text for each of the three ends of a piece that can be within an emoji.
#[must_use]
pub fn across_each(size: usize) -> [Text; 3] {
    [1, 2, 3].map(|before| across(size, before))
}

/// A text with an emoji that begins so many bytes before the end of the first piece of `size` bytes. The letter of two bytes
/// in front keeps the emoji's surrogates within one piece of as many UTF-16 units.
#[must_use]
pub fn across(size: usize, before: usize) -> Text {
    let name = format!("emoji-{before}-before-byte-{size}");
    let why = format!("An emoji begins {before} before byte {size}, where a text that is decoded in pieces may be cut");
    let mut text = String::from("é");
    fill(&mut text, size - before);
    (name, why, text + "🔑 end")
}

/// A text with a pair of surrogates across the end of the first piece of so many UTF-16 units. The letter of two bytes in
/// front makes the emoji begin where a piece of as many bytes ends.
#[must_use]
pub fn pair(units: usize) -> Text {
    let name = format!("pair-across-unit-{units}");
    let why =
        format!("The halves of a surrogate pair are on both sides of UTF-16 unit {units}, where a text may be cut");
    let mut text = String::from("é");
    fill(&mut text, units);
    (name, why, text + "🔑 end")
}

/// A text with characters of two, three and four bytes across the ends of the first pieces of 16 bytes, of 32 and so on up
/// to `size`: which of them are broken tells the size of the pieces.
#[must_use]
pub fn mixed(size: usize) -> Text {
    let ends = std::iter::successors(Some(16), |end| Some(end * 2)).take_while(|end| *end <= size);
    let characters = [('é', 1), ('字', 1), ('字', 2), (EMOJI, 1), (EMOJI, 2), (EMOJI, 3)];
    let mut text = String::new();
    for (end, (character, before)) in ends.zip(characters.into_iter().cycle()) {
        fill(&mut text, end - before);
        text.push(character);
    }
    let why =
        format!("Characters of two, three and four bytes lie across each power of two from byte 16 to byte {size}");
    (format!("mixed-to-byte-{size}"), why, text + " end")
}

/// At least so many bytes without any ASCII, so that hardly a piece of whatever size ends between two characters.
#[must_use]
pub fn dense(size: usize) -> Text {
    let group = "é字🔑";
    let why = "There is no ASCII, so that a piece of nearly any size ends within a character".to_owned();
    (format!("dense-{size}"), why, group.repeat(size.div_ceil(group.len())))
}

/// The text with its last letter changed: whoever looks only at its front takes it for the same.
#[must_use]
pub fn changed_late(text: &str) -> String {
    let mut changed = text.to_owned();
    let last = changed.pop();
    changed.push(if last == Some('D') { 'd' } else { 'D' });
    changed
}

/// Words up to so many bytes.
fn fill(text: &mut String, length: usize) {
    let words = "plain words of one byte a letter, ".chars().cycle();
    let missing = length - text.len();
    text.extend(words.take(missing));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A character beside the end of a piece instead of across it asks nothing.
    #[test]
    fn each_character_lies_where_its_name_says() {
        for size in SHORT {
            for (before, (_, _, text)) in (1..).zip(across_each(size)) {
                assert_eq!(text.find(EMOJI), Some(size - before));
                assert_ne!(unit_of_the_emoji(&text), size - 1, "its surrogates stay together");
            }
            let (_, _, text) = pair(size);
            assert_eq!((unit_of_the_emoji(&text), text.find(EMOJI)), (size - 1, Some(size)));
        }
    }

    #[test]
    fn a_mixed_text_is_cut_at_every_power_of_two() {
        let (_, _, text) = mixed(4_096);
        assert!((4..=12).all(|power| !text.is_char_boundary(1 << power)));
    }

    fn unit_of_the_emoji(text: &str) -> usize {
        text.encode_utf16().position(|unit| unit == 0xd83d).unwrap_or_default()
    }
}
