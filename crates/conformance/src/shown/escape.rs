//! Text from ports and envelopes on a terminal: the one place that makes it harmless. Pure.

/// The text with everything escaped that could move a cursor, hide or reorder what stands beside it.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || is_format(c) {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    safe
}

/// At most so many characters: the beginning, the end, and how much is missing between them.
#[must_use]
pub fn shorten(text: &str, chars_max: usize) -> String {
    let count = text.chars().count();
    if count <= chars_max {
        return text.to_owned();
    }
    let (front, back) = (chars_max * 2 / 3, chars_max / 3);
    let head: String = text.chars().take(front).collect();
    let tail: String = text.chars().skip(count - back).collect();
    format!("{head} … {} characters … {tail}", count - front - back)
}

/// Marks that are invisible or change the direction of the text around them.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a port prints must not be able to forge or erase a line of the report.
    #[test]
    fn nothing_a_port_prints_reaches_the_terminal_as_a_command() {
        let hostile = "ok\r\u{1b}[2K\u{9b}31m\n0 failed\u{202e}\u{7}";
        assert_eq!(printable(hostile), "ok\\u{d}\\u{1b}[2K\\u{9b}31m\\u{a}0 failed\\u{202e}\\u{7}");
        assert_eq!(printable("Grüße \u{1f600}"), "Grüße \u{1f600}");
    }

    /// A megabyte of ciphertext must not bury the report.
    #[test]
    fn long_text_keeps_both_ends() {
        assert_eq!(shorten("abc", 3), "abc");
        assert_eq!(shorten(&format!("{}yz", "ä".repeat(10)), 9), "ääääää … 3 characters … äyz");
    }
}
