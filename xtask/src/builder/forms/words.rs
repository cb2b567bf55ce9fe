//! Passwords and plaintexts that a port may change without being asked to.
//!
//! In: nothing. Out: texts with what is special about them. A port that cuts, trims, folds, normalises or recodes one of them
//! derives another key, or gives another plaintext back.

/// A text: name, one sentence for a porter, a flag of both families, the text.
pub type Word = (&'static str, &'static str, &'static str, &'static str);

/// A flag that both families have: name, cause, effect, links.
pub type WordFlag = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The flags of words and pieces that no family has of its own.
pub const FLAGS: &[WordFlag] = &[
    (
        "PwTrim",
        "White space at the ends of a password is part of it.",
        "Whoever typed a space is locked out, or gets in with another password.",
        &[],
    ),
    (
        "PwCase",
        "Capitals and small letters are different passwords.",
        "A port that folds them weakens every password.",
        &[],
    ),
    (
        "PwLatin1",
        "The password is UTF-8, also where Latin-1 or a code page could hold it.",
        "Passwords with an umlaut open nothing written elsewhere.",
        &["https://github.com/berlincode/sjcl"],
    ),
    (
        "PwNormal",
        "Nobody normalises: NFC, NFD, NFKC and NFKD of one text are different passwords.",
        "A port that normalises opens one spelling only, and what an older version sealed no more.",
        &[
            "https://github.com/cryptomator/cryptomator/issues/521",
            "https://github.com/Picocrypt-NG/Picocrypt-NG/issues/19",
        ],
    ),
    (
        "PwCut",
        "Every byte of a long password counts.",
        "A fixed buffer, bcrypt's 72 bytes or a length of one byte cut the password.",
        &[],
    ),
    (
        "PwUtf16",
        "Lengths of a password are bytes of UTF-8, not characters and not UTF-16 units.",
        "A password that is not ASCII is cut.",
        &[
            "https://github.com/streetwriters/notesnook/pull/7093",
            "https://github.com/lyubo/react-native-sodium/pull/20",
        ],
    ),
    (
        "PwMeaning",
        "A password is never parsed: not as hex, number, escape, entity or JSON.",
        "Two passwords become one, or a password opens nothing written elsewhere.",
        &[],
    ),
    (
        "PwBom",
        "A byte order mark is a character of the password.",
        "A text decoder drops it, and the key changes.",
        &[],
    ),
    (
        "CharacterAcrossPieces",
        "A text becomes bytes, and bytes become text, as a whole: a character may lie across the ends of pieces.",
        "Now and then a character of a long text becomes U+FFFD, and what was sealed is lost.",
        &["https://github.com/LinusU/node-jsonlines/issues/7", "https://github.com/denoland/std/pull/5381"],
    ),
];

/// Passwords for every operation that takes one.
pub const PASSWORDS: &[Word] = &[
    ("small-letters", "The password is in small letters, the sibling of the next", "PwCase", "grundstück"),
    ("nfc", "The password has a precomposed letter, which NFD would change", "PwNormal", "caf\u{e9}"),
    ("nfd", "The password has a letter and a combining mark, which NFC would change", "PwNormal", "cafe\u{301}"),
    ("capitals", "The password is in capitals", "PwCase", "GRUNDSTÜCK"),
    ("sharp-s", "The password has a sharp s, which is not a double s", "PwCase", "Fußgänger"),
    ("dotless-i", "The password has a dotless and a dotted I", "PwCase", "ısı İzmir"),
    ("latin-1", "Every character is below U+0100, so Latin-1 could hold it in fewer bytes", "PwLatin1", "déjà vu ÿþ"),
    ("windows-1252", "The password has a euro sign and typographic quotes", "PwLatin1", "€ „zitat“"),
    ("utf-8-read-as-latin-1", "The password looks like UTF-8 that was read as Latin-1", "PwLatin1", "cafÃ©"),
    ("nfc-hangul", "Each syllable is one code point", "PwNormal", "\u{d55c}\u{ae00}"),
    (
        "nfd-hangul",
        "Each syllable is three code points",
        "PwNormal",
        "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    ),
    ("angstrom-sign", "The Angstrom sign is changed by NFC, too", "PwNormal", "\u{212b}ngstr\u{f6}m"),
    (
        "marks-out-of-order",
        "Two combining marks are in another order than normal forms have",
        "PwNormal",
        "a\u{301}\u{323}",
    ),
    (
        "nfkc-forms",
        "NFKC would change a ligature, a full-width letter and a superscript",
        "PwNormal",
        "\u{fb01}\u{ff21}\u{b2}",
    ),
    ("nfkc-spaces", "NFKC would change a no-break space inside", "PwNormal", "a\u{a0}b"),
    ("chinese", "Each character is three bytes and one UTF-16 unit", "PwUtf16", "密码是很长的一句话"),
    ("emoji", "Each character is four bytes and two UTF-16 units", "PwUtf16", "🔑🔒🗝️"),
    (
        "last-code-point",
        "The password has the last code point and one that is not a character",
        "PwUtf16",
        "\u{10ffff}\u{ffff}",
    ),
    ("space-in-front", "A space comes first", "PwTrim", " password"),
    ("space-at-end", "A space is at the end", "PwTrim", "password "),
    ("spaces-only", "The password is three spaces", "PwTrim", "   "),
    ("two-spaces-inside", "Two spaces are inside, which are not one", "PwTrim", "pass  word"),
    ("tab-in-front", "A tab comes first", "PwTrim", "\tpassword"),
    ("newline-at-end", "A newline is at the end, as a file or a pipe leaves it", "PwTrim", "password\n"),
    ("crlf-at-end", "A carriage return and a newline are at the end", "PwTrim", "password\r\n"),
    ("newline-inside", "A newline is inside, where a reader of lines would stop", "PwTrim", "pass\nword"),
    ("no-break-space-at-end", "A no-break space is at the end, which some languages trim", "PwTrim", "password\u{a0}"),
    ("zero-width-space-at-end", "A zero-width space is at the end", "PwTrim", "password\u{200b}"),
    ("nul-in-front", "A NUL comes first, so a C string is empty", "PwNul", "\0password"),
    ("nul-inside", "A NUL is inside", "PwNul", "pass\0word"),
    ("bom-in-front", "A byte order mark comes first", "PwBom", "\u{feff}password"),
    ("bom-at-end", "A byte order mark is at the end, which JavaScript trims", "PwBom", "password\u{feff}"),
    ("backslash-escape", "The password looks like an escape", "PwMeaning", "\\u0041\\n"),
    ("percent-escape", "The password looks like a part of a URL", "PwMeaning", "%41+b&c=%20"),
    ("looks-like-hex", "The password looks like hex", "PwMeaning", "70617373"),
    ("looks-like-a-number", "The password looks like a number with leading zeros", "PwMeaning", "000123"),
    ("looks-like-null", "The password looks like JSON's null", "PwMeaning", "null"),
    ("quotes", "The password has quotes of both kinds and a backslash", "PwMeaning", "\"a'b\\"),
    ("proto", "The password is __proto__, which poisons a cache that is a plain object", "PwMeaning", "__proto__"),
];

/// Long passwords: name, one sentence, flag, character, how many.
pub const LONG_PASSWORDS: &[(&str, &str, &str, char, usize)] = &[
    ("73-bytes", "The password has a byte more than bcrypt takes", "PwCut", 'p', 73),
    (
        "129-bytes-in-43-characters",
        "The password has 43 characters and more bytes than HMAC's block",
        "PwUtf16",
        '字',
        43,
    ),
    (
        "132-bytes-in-33-characters",
        "The password has 66 UTF-16 units and more bytes than HMAC's block",
        "PwUtf16",
        '🔑',
        33,
    ),
    ("257-bytes", "The password has more bytes than a length of one byte can say", "PwCut", 'q', 257),
    ("4097-bytes", "The password has a byte more than a page", "PwCut", 'r', 4097),
];

/// A plaintext: name, one sentence, text.
pub const PLAINTEXTS: &[(&str, &str, &str)] = &[
    ("plaintext-one-letter", "One byte is sealed", "x"),
    ("plaintext-one-nul", "One NUL is sealed, and it is not nothing", "\0"),
    ("plaintext-nul-first", "The plaintext begins with a NUL", "\0hello"),
    ("plaintext-nuls-at-end", "The plaintext ends in NULs, which are not padding", "hello\0\0\0"),
    ("plaintext-bom-first", "The plaintext begins with a byte order mark, which it keeps", "\u{feff}{\"a\":1}"),
    ("plaintext-only-a-bom", "The plaintext is a byte order mark", "\u{feff}"),
    ("plaintext-boms-inside", "Byte order marks are inside and at the end", "a\u{feff}b\u{feff}"),
    ("plaintext-spaces", "The plaintext has white space at both ends", " \t{}\r\n "),
    ("plaintext-crlf", "The plaintext has line ends of three kinds", "a\r\nb\nc\r"),
    ("plaintext-line-separators", "The plaintext has Unicode's line and paragraph ends", "a\u{2028}b\u{2029}c\u{85}"),
    ("plaintext-two-bytes", "Characters of two bytes", "Zoë Ünal ñ"),
    ("plaintext-three-bytes", "Characters of three bytes", "メモ帳 €"),
    ("plaintext-four-bytes", "Characters of four bytes, two UTF-16 units each", "🔑🗝️👩‍🔬 𐐷"),
    ("plaintext-decomposed", "The plaintext is decomposed, and stays so", "cafe\u{301}"),
    ("plaintext-replacement", "The plaintext has the replacement character itself", "a\u{fffd}b"),
    ("plaintext-controls", "The plaintext has control characters", "\u{1}\u{8}\u{c}\u{1b}\u{7f}"),
    ("plaintext-escapes", "The plaintext has what JSON escapes, and is not read as JSON", "\"\\u0041\\/\\n\"</script>"),
    ("plaintext-like-base64", "The plaintext looks like base64", "aGVsbG8="),
    ("plaintext-one-byte-of-padding", "The plaintext ends as PKCS #7 would pad it by a byte", "123456789012345\u{1}"),
    (
        "plaintext-two-bytes-of-padding",
        "The plaintext ends as PKCS #7 would pad it by two bytes",
        "12345678901234\u{2}\u{2}",
    ),
    (
        "plaintext-a-block-of-padding",
        "The plaintext ends in a block of PKCS #7",
        "1234567890123456\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}\u{10}",
    ),
    ("plaintext-15-bytes", "A byte less than a block of AES", "123456789012345"),
    ("plaintext-16-bytes", "A block of AES", "1234567890123456"),
    ("plaintext-17-bytes", "A byte more than a block of AES", "12345678901234567"),
    (
        "plaintext-63-bytes",
        "A byte less than a block of ChaCha20",
        "123456789012345678901234567890123456789012345678901234567890123",
    ),
    ("plaintext-64-bytes", "A block of ChaCha20", "1234567890123456789012345678901234567890123456789012345678901234"),
    (
        "plaintext-65-bytes",
        "A byte more than a block of ChaCha20",
        "12345678901234567890123456789012345678901234567890123456789012345",
    ),
];

/// The passwords that sealing, keys and the server's hashes are asked, too: one at least for each change that a port is
/// known to make. What else a port may change is asked when it opens.
const PASSWORDS_OF_SEALS: &[&str] = &[
    "nfc",
    "nfd",
    "capitals",
    "latin-1",
    "nfkc-forms",
    "emoji",
    "space-in-front",
    "newline-at-end",
    "nul-inside",
    "nul-at-end",
    "bom-in-front",
    "percent-escape",
    "looks-like-hex",
    "73-bytes",
    "129-bytes-in-43-characters",
    "257-bytes",
];

/// The plaintexts that sealing is asked, too.
const PLAINTEXTS_OF_SEALS: &[&str] = &[
    "plaintext-one-letter",
    "plaintext-one-nul",
    "plaintext-nuls-at-end",
    "plaintext-bom-first",
    "plaintext-spaces",
    "plaintext-crlf",
    "plaintext-four-bytes",
    "plaintext-decomposed",
    "plaintext-escapes",
    "plaintext-one-byte-of-padding",
    "plaintext-64-bytes",
];

/// Whether this password is one that sealing is asked.
#[must_use]
pub fn seals_under(name: &str) -> bool {
    PASSWORDS_OF_SEALS.contains(&name)
}

/// Whether the word of this name is one that sealing is asked: a plaintext, or a password with `password-` in front.
#[must_use]
pub fn seals(name: &str) -> bool {
    PLAINTEXTS_OF_SEALS.contains(&name) || name.strip_prefix("password-").is_some_and(seals_under)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that no word has would be a word that sealing is not asked, and nobody would see it.
    #[test]
    fn what_sealing_is_asked_exists() {
        let short = PASSWORDS.iter().map(|(name, ..)| *name);
        let passwords: Vec<_> = short.chain(LONG_PASSWORDS.iter().map(|(name, ..)| *name)).collect();
        for name in PASSWORDS_OF_SEALS.iter().filter(|name| **name != "nul-at-end") {
            assert!(passwords.contains(name), "{name}");
        }
        for name in PLAINTEXTS_OF_SEALS {
            assert!(PLAINTEXTS.iter().any(|(known, ..)| known == name), "{name}");
        }
    }
}
