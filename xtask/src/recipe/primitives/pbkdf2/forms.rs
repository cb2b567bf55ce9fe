//! Passwords as bytes of one text in several forms: none of them is the same password, apart from trailing NULs.

use super::{Derivation, derive, file};
use crate::builder::forms::edges;
use crate::builder::{FileBuilder, KeyStream};

/// What a case is called, why it is there, its flag, and the password.
type Form = (&'static str, &'static str, &'static str, Vec<u8>);

pub(super) fn password_forms(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("PBKDF2-HMAC-SHA512 of passwords that an interface made of text would confuse");
    let salt = stream.bytes(16);
    for (name, why, flag, password) in text_forms().into_iter().chain(byte_forms()) {
        let derivation = Derivation { password: &password, salt: &salt, iterations: 100, length: 32 };
        derive(&mut file, name, why, &[flag], &derivation);
    }
    for (name, why, _, password) in edges::PASSWORDS {
        let derivation = Derivation { password: password.as_bytes(), salt: &salt, iterations: 100, length: 32 };
        derive(&mut file, name, why, &["PwMeaning"], &derivation);
    }
    file
}

fn text_forms() -> Vec<Form> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    vec![
        ("utf8", "A word with an umlaut in UTF-8, composed", "PwNfcNfd", utf8("\u{fc}ber")),
        ("utf8-decomposed", "The same word in UTF-8, decomposed: another password", "PwNfcNfd", utf8("u\u{308}ber")),
        ("latin1", "The same word in Latin-1: another password, and not UTF-8", "PwLatin1", b"\xfcber".to_vec()),
        ("utf16le", "The same word in UTF-16, little-endian: another password", "PwUtf16", utf16("\u{fc}ber")),
        (
            "utf8-twice",
            "The same word in UTF-8 that was read as Latin-1 and encoded again",
            "PwLatin1",
            utf8("\u{c3}\u{bc}ber"),
        ),
        ("hangul-composed", "Hangul as one code point a syllable", "PwNfcNfd", utf8("\u{d55c}\u{ae00}")),
        (
            "hangul-decomposed",
            "The same syllables as single letters: another password",
            "PwNfcNfd",
            utf8("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
        ),
        (
            "ligature",
            "A ligature, which compatible normalisation would split in two letters",
            "PwNfcNfd",
            utf8("\u{fb01}sh"),
        ),
        ("ligature-split", "The two letters instead of the ligature: another password", "PwNfcNfd", utf8("fish")),
        (
            "emoji",
            "A code point outside the basic plane is four bytes, not two surrogates of three",
            "PwUtf16",
            utf8("\u{1f511}"),
        ),
        (
            "emoji-cesu8",
            "The same code point as two surrogates of three bytes: not UTF-8, and another password",
            "PwNonUtf8",
            b"\xed\xa0\xbd\xed\xb4\x91".to_vec(),
        ),
        ("bom", "A byte order mark before plain text", "PwBom", utf8("\u{feff}password")),
        ("plain", "The same text without the mark: another password", "PwBom", utf8("password")),
        ("upper-case", "The same text in upper case: another password", "PwCase", utf8("PASSWORD")),
        ("space-in-front", "A space before the text", "PwTrim", utf8(" password")),
        ("space-at-the-end", "A space at the end of the text", "PwTrim", utf8("password ")),
        ("newline-at-the-end", "A newline at the end, as files and terminals add it", "PwTrim", utf8("password\n")),
    ]
}

fn byte_forms() -> Vec<Form> {
    vec![
        ("nul-inside", "A NUL inside: what follows counts", "PwNul", b"pass\0word".to_vec()),
        ("before-the-nul", "Only what is before that NUL: another password", "PwNul", b"pass".to_vec()),
        (
            "nul-at-the-end",
            "A NUL at the end, which the padding of HMAC hides: the same key as the case before",
            "PwNul",
            b"pass\0".to_vec(),
        ),
        ("nul-in-front", "A NUL at the front is a byte like any other", "PwNul", b"\0pass".to_vec()),
        ("nul-alone", "A NUL alone, which the padding of HMAC makes the empty password", "PwNul", b"\0".to_vec()),
        ("not-utf8", "Bytes that no text in UTF-8 has", "PwNonUtf8", b"\xff\xfe\xc0\x80\xf5".to_vec()),
        ("broken-utf8", "UTF-8 that breaks off inside a character", "PwNonUtf8", b"caf\xc3".to_vec()),
        ("high-bytes", "Every byte from 128 to 255", "PwNonUtf8", (128..=255).collect()),
        ("whole-block", "A password of a whole block; the next case adds a NUL", "PwNul", vec![b'p'; 128]),
        (
            "nul-behind-a-whole-block",
            "The block before and a NUL, which the padding of HMAC does not hide: the password is hashed",
            "PwNul",
            [vec![b'p'; 128], vec![0]].concat(),
        ),
        (
            "nuls-beyond-the-block",
            "Four letters and 125 NULs: one byte more than a block, so that the password is hashed with its NULs",
            "PwNul",
            [b"pass".to_vec(), vec![0; 125]].concat(),
        ),
    ]
}
