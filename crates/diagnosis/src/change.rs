//! What becomes of a value on its way. Layer: `diagnosis`; pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::arrangement::Arrangement;
use super::spelling::{CodePage, Escape, Hash, Spelling, TextForm};
use conformance::shown::counted;
use vectors::{Fields, Value};

/// What becomes of a value. Lengths and positions are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// The number is this one.
    Set(u64),
    /// So many more.
    Plus(u64),
    /// So many less, at least 0.
    Minus(u64),
    /// So many times as much.
    Times(u64),
    /// The whole part of a so-manieth.
    Over(u64),
    /// Counted in units of 1,000 instead of 1,024.
    InThousands,
    /// The bytes as text in this encoding.
    Spelled(Spelling),
    /// The text in this code page instead of UTF-8.
    Encoded(CodePage),
    /// Its digest.
    Hashed(Hash),
    /// The first so many bytes.
    Cut(usize),
    /// All but the first so many bytes.
    Skip(usize),
    /// The second half.
    SecondHalf,
    /// Zeros behind it up to so many bytes.
    Filled(usize),
    /// This byte behind it.
    Followed(u8),
    /// This byte in front of it.
    Preceded(u8),
    /// The last byte first.
    Reversed,
    /// Words of so many bytes, each with its last byte first.
    WordsReversed(usize),
    /// The same bytes, beginning with the one at this position.
    Rotated(usize),
    /// Twice in a row.
    Doubled,
    /// This byte exclusive-or'ed at this position, counted around.
    Flipped(usize, u8),
    /// The byte at this position left out, counted around.
    Dropped(usize),
    /// The byte at this position exchanged for the next one, counted around.
    Exchanged(usize),
    /// Every byte exclusive-or'ed with this one.
    Xored(u8),
    /// All but the last so many bytes.
    Short(usize),
    /// So many zeros behind it.
    Zeros(usize),
    /// Zeros behind it up to a multiple of so many bytes.
    ZerosTo(usize),
    /// Padded by PKCS #7 to a multiple of so many bytes.
    Pkcs7(usize),
    /// Its zeros at the end left out, as padding is.
    ZerosDropped,
    /// As text in this encoding, cut to as many bytes as it had.
    SpelledAndCut(Spelling),
    /// Zeros instead of its bytes.
    Cleared,
    /// Its digest, cut to as many bytes as it had.
    HashedAndCut(Hash),
    /// Its digest as text in this encoding.
    HashedAndSpelled(Hash, Spelling),
    /// As text in this encoding, which in turn is in this code page instead of ASCII.
    SpelledAndEncoded(Spelling, CodePage),
    /// A number in bytes: without zeros in front and, where it is signed, with one before a first bit that is set.
    Number {
        /// Whether a first bit that is set would be a sign.
        signed: bool,
    },
    /// Every such character of a text written in another way.
    Escaped(char, Escape),
    /// The same in the documents that stand in it as base64.
    EscapedInside(char, Escape),
    /// The text brought into this form.
    Text(TextForm),
    /// UTF-8 decoded in pieces of so many bytes, so that characters across their ends become U+FFFD.
    InPieces(usize),
    /// Its last so many bytes in front of the others.
    LastFirst(usize),
    /// A seal put together in another way.
    Arranged(Arrangement),
    /// This member of the request in front of it.
    Behind(&'static str),
    /// This member of the request behind it.
    Before(&'static str),
    /// This member of the request in its place.
    Is(&'static str),
    /// Exchanged for this member of the request.
    Swapped(&'static str),
}

impl Change {
    /// The changed value, where `given` is the request; `None` where the change does not fit its kind.
    #[must_use]
    pub fn of(self, value: &Value, given: &Fields) -> Option<Value> {
        if let Self::Is(other) = self {
            let other = given.value(other)?;
            return match (value, other) {
                (Value::Bytes(_), Value::Text(text)) => Some(Value::Bytes(text.as_bytes().to_vec())),
                (Value::Bytes(_), Value::Bytes(_))
                | (Value::Text(_), Value::Text(_))
                | (Value::Integer(_), Value::Integer(_)) => Some(other.clone()),
                (_, _) => None,
            };
        }
        match value {
            Value::Bytes(bytes) => self.of_bytes(bytes, given).map(Value::Bytes),
            Value::Text(text) => {
                self.of_bytes(text.as_bytes(), given).and_then(|bytes| String::from_utf8(bytes).ok()).map(Value::Text)
            }
            Value::Integer(number) => self.of_number(*number).map(Value::Integer),
            Value::BytesList(list) => {
                let changed: Option<Vec<_>> = list.iter().map(|bytes| self.of_bytes(bytes, given)).collect();
                changed.map(Value::BytesList)
            }
            Value::Flag(_) | Value::IntegerList(_) => None,
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "all others are changes of bytes")]
    fn of_number(self, number: u64) -> Option<u64> {
        match self {
            Self::Set(to) => Some(to),
            Self::Plus(more) => number.checked_add(more),
            Self::Minus(less) => Some(number.saturating_sub(less)),
            Self::Times(factor) => number.checked_mul(factor).filter(|product| *product < 1 << 53),
            Self::Over(divisor) => number.checked_div(divisor),
            Self::InThousands => number.checked_mul(1_000).map(|product| product / 1_024),
            _ => None,
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table with a line for each change")]
    fn of_bytes(self, bytes: &[u8], given: &Fields) -> Option<Vec<u8>> {
        let around = |at: usize| at.checked_rem(bytes.len());
        Some(match self {
            Self::Set(_)
            | Self::Plus(_)
            | Self::Minus(_)
            | Self::Times(_)
            | Self::Over(_)
            | Self::InThousands
            | Self::Is(_)
            | Self::Swapped(_) => return None,
            Self::Spelled(spelling) => spelling.of(bytes).into_bytes(),
            Self::SpelledAndCut(spelling) => spelling.of(bytes).into_bytes().get(..bytes.len())?.to_vec(),
            Self::Encoded(page) => page.of(std::str::from_utf8(bytes).ok()?),
            Self::Text(form) => form.of(std::str::from_utf8(bytes).ok()?).into_bytes(),
            Self::Escaped(character, escape) => escape.of(std::str::from_utf8(bytes).ok()?, character).into_bytes(),
            Self::EscapedInside(character, escape) => {
                inside(std::str::from_utf8(bytes).ok()?, |text| escape.of(text, character))
            }
            Self::Hashed(hash) => hash.of(bytes),
            Self::Arranged(arrangement) => arrangement.of(bytes, given)?,
            Self::Cleared => vec![0; bytes.len()],
            Self::HashedAndCut(hash) => hash.of(bytes).get(..bytes.len())?.to_vec(),
            Self::SpelledAndEncoded(spelling, page) => page.of(&spelling.of(bytes)),
            Self::HashedAndSpelled(hash, spelling) => spelling.of(&hash.of(bytes)).into_bytes(),
            Self::Cut(length) => bytes[..length.min(bytes.len())].to_vec(),
            Self::Skip(length) => bytes[length.min(bytes.len())..].to_vec(),
            Self::SecondHalf => bytes[bytes.len() / 2..].to_vec(),
            Self::Filled(length) => [bytes, &vec![0; length.saturating_sub(bytes.len())]].concat(),
            Self::Followed(byte) => [bytes, &[byte]].concat(),
            Self::Preceded(byte) => [&[byte], bytes].concat(),
            Self::Reversed => bytes.iter().rev().copied().collect(),
            Self::WordsReversed(size) => {
                bytes.chunks(size.max(1)).flat_map(|word| word.iter().rev().copied()).collect()
            }
            Self::Rotated(by) => {
                let (front, back) = bytes.split_at(around(by)?);
                [back, front].concat()
            }
            Self::Doubled => bytes.repeat(2),
            Self::Flipped(at, mask) => {
                let at = around(at)?;
                bytes.iter().enumerate().map(|(i, byte)| if i == at { byte ^ mask } else { *byte }).collect()
            }
            Self::Dropped(at) => {
                let at = around(at)?;
                [&bytes[..at], &bytes[at + 1..]].concat()
            }
            Self::Exchanged(at) => {
                let (at, mut changed) = (around(at)?, bytes.to_vec());
                changed.swap(at, (at + 1) % bytes.len());
                changed
            }
            Self::Xored(mask) => bytes.iter().map(|byte| byte ^ mask).collect(),
            Self::Short(by) => bytes[..bytes.len().saturating_sub(by)].to_vec(),
            Self::Zeros(count) => [bytes, &vec![0; count]].concat(),
            Self::ZerosTo(size) => [bytes, &vec![0; bytes.len().next_multiple_of(size.max(1)) - bytes.len()]].concat(),
            Self::Pkcs7(size) => {
                let missing = size - bytes.len() % size.max(1);
                [bytes, &vec![u8::try_from(missing).ok()?; missing]].concat()
            }
            Self::ZerosDropped => {
                let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                bytes[..end].to_vec()
            }
            Self::Number { signed } => {
                let digits = &bytes[bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len())..];
                let sign: &[u8] = if signed && digits.first().is_some_and(|first| *first >= 0x80) { &[0] } else { &[] };
                [sign, digits].concat()
            }
            Self::InPieces(size) => decoded_in_pieces(bytes, size),
            Self::LastFirst(count) => {
                let (front, back) = bytes.split_at(bytes.len().checked_sub(count)?);
                [back, front].concat()
            }
            Self::Behind(other) => [given.value(other)?.as_bytes()?, bytes].concat(),
            Self::Before(other) => [bytes, given.value(other)?.as_bytes()?].concat(),
        })
    }

    /// What has become of the value, in words that follow "is".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Set(to) => format!("always {to}"),
            Self::Plus(more) => format!("{more} more than asked for"),
            Self::Minus(less) => format!("{less} less than asked for"),
            Self::Times(factor) => format!("{factor} times as much as asked for"),
            Self::Over(divisor) => format!("only 1/{divisor} of what is asked for"),
            Self::InThousands => "counted in units of 1,000 instead of 1,024".to_owned(),
            Self::Spelled(spelling) => spelling.sentence_end(),
            Self::Encoded(page) => format!("in {} instead of UTF-8", page.words()),
            Self::Hashed(hash) => format!("its {} digest", hash.words()),
            Self::HashedAndSpelled(hash, Spelling::Utf8OfLatin1) => {
                format!("its {} digest, whose bytes went through UTF-8 as if they were characters", hash.words())
            }
            Self::HashedAndSpelled(hash, spelling) => {
                format!("its {} digest as {} text", hash.words(), spelling.words())
            }
            Self::SpelledAndCut(spelling) => {
                format!("{} text instead of bytes, cut to the same length", spelling.words())
            }
            Self::SpelledAndEncoded(spelling, page) => {
                format!("{} text instead of bytes, and that in {}", spelling.words(), page.words())
            }
            Self::Cleared => "all zeros, whatever it should be".to_owned(),
            Self::HashedAndCut(hash) => format!("its {} digest, cut to the same length", hash.words()),
            Self::Cut(0) => "left out or empty".to_owned(),
            Self::Cut(length) => format!("cut to its first {}", counted(length, "byte")),
            Self::Skip(length) => format!("without its first {}", counted(length, "byte")),
            Self::SecondHalf => "its second half".to_owned(),
            Self::Filled(length) => format!("padded with zeros to {length} bytes"),
            Self::Followed(byte) => format!("followed by a byte 0x{byte:02x}"),
            Self::Preceded(byte) => format!("preceded by a byte 0x{byte:02x}"),
            Self::Reversed => "in reverse byte order".to_owned(),
            Self::WordsReversed(size) => format!("in words of {size} bytes, each in reverse order"),
            Self::Rotated(by) => format!("rotated, so that it begins at byte {by}"),
            Self::Doubled => "repeated, twice in a row".to_owned(),
            Self::Flipped(at, mask) => format!("XORed with 0x{mask:02x} at byte {at}"),
            Self::Dropped(at) => format!("without its byte {at}"),
            Self::Exchanged(at) => format!("with its bytes {at} and {} swapped", at.wrapping_add(1)),
            Self::Xored(mask) => format!("XORed with 0x{mask:02x} at every byte"),
            Self::Short(by) => format!("without its last {}", counted(by, "byte")),
            Self::Zeros(count) => format!("followed by {}", counted(count, "zero byte")),
            Self::ZerosTo(size) => format!("padded with zeros to a multiple of {size} bytes"),
            Self::Pkcs7(size) => format!("padded by PKCS #7 to a multiple of {size} bytes"),
            Self::ZerosDropped => "without the zeros at its end".to_owned(),
            Self::Number { signed: true } => {
                "a signed big integer in bytes: zeros in front are lost, and one comes before a high first bit"
                    .to_owned()
            }
            Self::Number { signed: false } => "a big integer in bytes: zeros in front are lost".to_owned(),
            Self::Escaped(character, escape) => escape.words(character),
            Self::EscapedInside(character, escape) => {
                format!("a record whose sealed document is {}", escape.words(character))
            }
            Self::Text(form) => form.words().to_owned(),
            Self::InPieces(size) => {
                format!("decoded in pieces of {size} bytes, so that a character across two pieces becomes U+FFFD")
            }
            Self::LastFirst(count) => format!("written with its last {} in front", counted(count, "byte")),
            Self::Arranged(arrangement) => arrangement.words(),
            Self::Behind(other) => format!("written with `{other}` in front of it"),
            Self::Before(other) => format!("written with `{other}` behind it"),
            Self::Is(other) => format!("the value of `{other}`"),
            Self::Swapped(other) => format!("swapped with `{other}`"),
        }
    }

    /// What to do about it, in a sentence for every platform.
    #[must_use]
    pub fn fix(self) -> &'static str {
        match self {
            Self::Set(_) | Self::Plus(_) | Self::Minus(_) | Self::Times(_) | Self::Over(_) | Self::InThousands => {
                "Hand the number on as the request gives it, in the unit that the library's function takes; set it by name and not by \
                 position."
            }
            Self::Spelled(
                Spelling::Utf8OfLatin1
                | Spelling::Utf8OfWindows1252
                | Spelling::ReplacedAscii
                | Spelling::QuestionAscii,
            )
            | Self::Encoded(_)
            | Self::InPieces(_) => {
                "Name UTF-8 wherever bytes become text or text becomes bytes, and convert the whole value at once."
            }
            Self::Spelled(_) | Self::SpelledAndCut(_) | Self::SpelledAndEncoded(..) => {
                "Hand over the bytes themselves: decode hex or base64 first, and ask for raw output."
            }
            Self::Hashed(_) | Self::HashedAndSpelled(..) | Self::HashedAndCut(_) => {
                "Leave out the hash: hand the value itself to the function."
            }
            Self::Text(_) => "Take the text as it is: no trimming, no case, no normalisation, no escapes.",
            Self::Escaped(..) | Self::EscapedInside(..) => {
                "Let the JSON writer write the character itself (such as SetEscapeHTML(false), disableHtmlEscaping() or \
                 UnsafeRelaxedJsonEscaping), and do not send an envelope through a form's decoder."
            }
            Self::Zeros(_)
            | Self::ZerosTo(_)
            | Self::Pkcs7(_)
            | Self::Filled(_)
            | Self::Followed(_)
            | Self::Preceded(_)
            | Self::Doubled => {
                "Give out exactly the bytes that the function wrote, by the length that it returns; these ciphers need no padding."
            }
            Self::Arranged(arrangement) if arrangement.has_no_tag() => {
                "Ask for the tag and write it behind the ciphertext: many libraries give it out by itself (getAuthTag(), an argument $tag, \
                 EVP_CTRL_GCM_GET_TAG)."
            }
            Self::Behind(_) | Self::Before(_) | Self::LastFirst(_) | Self::Arranged(_) => {
                "Write each part in its own place: the library's combined form has another order or holds more than is wanted here."
            }
            Self::Is(_) | Self::Swapped(_) => {
                "Pass the arguments by name, or look up the order in which the function takes them."
            }
            Self::Number { .. } => "Keep the bytes as bytes: a big integer loses zeros in front and may add a sign.",
            Self::Cleared | Self::Cut(0) => {
                "Look for where the value is lost: an argument that is not passed on, a name that is misspelled, a form that the library \
                 does not read."
            }
            Self::Cut(_)
            | Self::Skip(_)
            | Self::SecondHalf
            | Self::Short(_)
            | Self::Dropped(_)
            | Self::ZerosDropped => {
                "Take the whole value: look at the length that is passed on, and at what strips its ends."
            }
            Self::Reversed
            | Self::WordsReversed(_)
            | Self::Rotated(_)
            | Self::Flipped(..)
            | Self::Exchanged(_)
            | Self::Xored(_) => "Hand the bytes on in their order, without words of another byte order.",
        }
    }

    pub(super) fn name(self) -> String {
        match self {
            Self::Set(to) => format!("always-{to}"),
            Self::Plus(more) => format!("plus-{more}"),
            Self::Minus(less) => format!("minus-{less}"),
            Self::Times(factor) => format!("times-{factor}"),
            Self::Over(divisor) => format!("over-{divisor}"),
            Self::InThousands => "in-thousands".to_owned(),
            Self::Spelled(spelling) => spelling.name().to_owned(),
            Self::Encoded(page) => page.name().to_owned(),
            Self::Hashed(hash) => format!("as-{}", hash.name()),
            Self::HashedAndSpelled(hash, spelling) => format!("as-{}-{}", hash.name(), spelling.name()),
            Self::SpelledAndCut(spelling) => format!("{}-cut", spelling.name()),
            Self::SpelledAndEncoded(spelling, page) => format!("{}-{}", spelling.name(), page.name()),
            Self::Cleared => "zeros".to_owned(),
            Self::HashedAndCut(hash) => format!("as-{}-cut", hash.name()),
            Self::Cut(0) => "empty".to_owned(),
            Self::Cut(length) => format!("cut-to-{length}"),
            Self::Skip(length) => format!("without-first-{length}"),
            Self::SecondHalf => "second-half".to_owned(),
            Self::Filled(length) => format!("filled-to-{length}"),
            Self::Followed(byte) => format!("followed-by-{byte:02x}"),
            Self::Preceded(byte) => format!("preceded-by-{byte:02x}"),
            Self::Reversed => "reversed".to_owned(),
            Self::WordsReversed(size) => format!("words-of-{size}-reversed"),
            Self::Rotated(by) => format!("from-byte-{by}"),
            Self::Doubled => "doubled".to_owned(),
            Self::Flipped(at, mask) => format!("byte-{at}-changed-by-{mask:02x}"),
            Self::Dropped(at) => format!("without-byte-{at}"),
            Self::Exchanged(at) => format!("byte-{at}-exchanged"),
            Self::Xored(mask) => format!("changed-by-{mask:02x}"),
            Self::Short(by) => format!("without-last-{by}"),
            Self::Zeros(count) => format!("followed-by-{count}-zeros"),
            Self::ZerosTo(size) => format!("zeros-to-{size}"),
            Self::Pkcs7(size) => format!("padded-to-{size}"),
            Self::ZerosDropped => "without-zeros-at-the-end".to_owned(),
            Self::Number { signed: true } => "as-signed-integer".to_owned(),
            Self::Number { signed: false } => "as-integer".to_owned(),
            Self::EscapedInside(character, escape) => {
                format!("{}-inside-of-{:02x}", escape.name(), u32::from(character))
            }
            Self::Escaped(character, escape) => format!("{}-of-{:02x}", escape.name(), u32::from(character)),
            Self::Text(form) => form.name().to_owned(),
            Self::InPieces(size) => format!("in-pieces-of-{size}"),
            Self::LastFirst(count) => format!("last-{count}-first"),
            Self::Arranged(arrangement) => arrangement.name(),
            Self::Behind(other) => format!("behind-{}", other.replace('_', "-")),
            Self::Before(other) => format!("before-{}", other.replace('_', "-")),
            Self::Is(other) => format!("is-{}", other.replace('_', "-")),
            Self::Swapped(other) => format!("swapped-with-{}", other.replace('_', "-")),
        }
    }
}

/// UTF-8 that went through text in pieces of so many bytes.
pub(crate) fn decoded_in_pieces(bytes: &[u8], size: usize) -> Vec<u8> {
    bytes.chunks(size.max(1)).map(String::from_utf8_lossy).collect::<String>().into_bytes()
}

/// A document with each text in it that is the base64 of another document changed.
fn inside(text: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let changed = |part: &str| {
        let document = STANDARD.decode(part).ok().filter(|bytes| bytes.first() == Some(&b'{'));
        let document = document.and_then(|bytes| String::from_utf8(bytes).ok());
        document.map_or_else(|| part.to_owned(), |document| STANDARD.encode(change(&document)))
    };
    text.split('"').map(changed).collect::<Vec<_>>().join("\"").into_bytes()
}
