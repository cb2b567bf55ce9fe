//! JSON documents, read strictly: UTF-8 without a byte order mark, one object, nothing after it, no name twice.

mod member;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Deref;

use serde::{Deserialize, Deserializer};

use self::member::Watched;
use super::OpenError;
use document::encoding::{Base64, decode_hex};
use primitives::Limits;

/// Room for what most errors say.
const WORDS_BYTES: usize = 128;

/// A member's text, borrowed where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Reads a document whose members are the fields of `T`.
///
/// # Errors
///
/// [`OpenError::TooCostly`] above the limit for envelopes, [`OpenError::Malformed`] with the member and the offset in
/// the document for everything else.
pub(super) fn read<'a, T: Deserialize<'a>>(
    document: &'static str,
    text: &'a [u8],
    limits: &Limits,
) -> Result<T, OpenError> {
    if text.len() > limits.envelope_bytes_max {
        let (found, ceiling) = (text.len() as u64, limits.envelope_bytes_max as u64);
        return Err(OpenError::TooCostly { member: document.to_owned(), found, ceiling });
    }
    let start = text.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(text.len());
    if text.get(start) != Some(&b'{') {
        // serde would read an array as the fields in their order.
        return Err(malformed(document.to_owned(), start, "expected a JSON object".to_owned()));
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    let mut member = None;
    let value = T::deserialize(Watched { reader: &mut reader, fault: &mut member }).map_err(|error| {
        let member = member.map_or_else(|| document.to_owned(), |name| [document, ".", &name].concat());
        fault(member, text, &error)
    })?;
    reader.end().map_err(|error| fault(document.to_owned(), text, &error))?;
    Ok(value)
}

/// A member that may be left out and may not be `null`: with `#[serde(default, deserialize_with = "json::present")]`.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Option<T>, D::Error> {
    T::deserialize(reader).map(Some)
}

/// A member's base64 as exactly `N` bytes.
pub(super) fn base64_of<const N: usize>(
    member: &str,
    dialect: Base64,
    text: &str,
    allowed: &'static str,
) -> Result<[u8; N], OpenError> {
    sized(member, &base64(member, dialect, text)?, allowed)
}

/// A member's base64 as bytes.
pub(super) fn base64(member: &str, dialect: Base64, text: &str) -> Result<Vec<u8>, OpenError> {
    dialect.decode(text).map_err(|error| OpenError::encoding(member, &error))
}

/// A member's lower-case hex as exactly `N` bytes.
pub(super) fn hex_of<const N: usize>(member: &str, text: &str, allowed: &'static str) -> Result<[u8; N], OpenError> {
    sized(member, &decode_hex(text).map_err(|error| OpenError::encoding(member, &error))?, allowed)
}

fn sized<const N: usize>(member: &str, bytes: &[u8], allowed: &'static str) -> Result<[u8; N], OpenError> {
    bytes.try_into().map_err(|_| OpenError::parameter(member, &format!("{} bytes", bytes.len()), allowed))
}

fn malformed(member: String, at: usize, what: String) -> OpenError {
    OpenError::Malformed { member, at, what }
}

fn fault(member: String, text: &[u8], error: &serde_json::Error) -> OpenError {
    malformed(member, offset(text, error.line(), error.column()), words(error))
}

/// The error's words without its place, which they end in.
fn words(error: &serde_json::Error) -> String {
    let mut words = String::with_capacity(WORDS_BYTES);
    // A string takes everything.
    let _ = write!(words, "{error}");
    let digits = |number: usize| number.checked_ilog10().map_or(1, |exponent| exponent as usize + 1);
    let place = " at line  column ".len() + digits(error.line()) + digits(error.column());
    words.truncate(words.len() - if error.line() == 0 { 0 } else { place });
    words
}

/// A place in lines and columns, both counted from 1, as an offset in bytes.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let lines_before = text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1));
    let start: usize = lines_before.map(<[u8]>::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only reading is tested")]
    struct Pair {
        name: String,
        #[serde(default, deserialize_with = "present")]
        count: Option<u64>,
    }

    fn refusal(text: &[u8]) -> String {
        read::<Pair>("pair", text, &Limits::default()).unwrap_err().to_string()
    }

    /// Where two readers of one text see two values, an attacker chooses who sees which.
    #[test]
    fn texts_that_other_readers_take_are_refused_with_member_and_byte() {
        for (text, told) in [
            (&br#"{"name":"a","name":"b"}"#[..], "`pair`, byte 17: duplicate field `name`"),
            (br#"{"name":"a","\u006eame":"b"}"#, "`pair`, byte 22: duplicate field `name`"),
            (br#"{"name":"a","count":null}"#, "`pair.count`, byte 23: invalid type: null, expected u64"),
            (
                br#"{"name":"a","count":1e3}"#,
                "`pair.count`, byte 22: invalid type: floating point `1000.0`, expected u64",
            ),
            (br#"{"name":"a","count":01}"#, "`pair.count`, byte 21: invalid number"),
            (br#"{"name":"a","count":-0}"#, "`pair.count`, byte 21: invalid type: floating point `-0.0`, expected u64"),
            (br#"{"name":"a","other":1}"#, "`pair.other`, byte 18: unknown field `other`, expected `name` or `count`"),
            (br#"{"count":1}"#, "`pair`, byte 10: missing field `name`"),
            (br#"{"name":"a"}x"#, "`pair`, byte 12: trailing characters"),
            (br#"{"name":"\ud800"}"#, "`pair.name`, byte 15: unexpected end of hex escape"),
            (b"{\"name\":\"\xff\"}", "`pair.name`, byte 9: invalid unicode code point"),
            (b"\xef\xbb\xbf{\"name\":\"a\"}", "`pair`, byte 0: expected a JSON object"),
            (br#"["a",1]"#, "`pair`, byte 0: expected a JSON object"),
            (b"", "`pair`, byte 0: expected a JSON object"),
            (b"{\n\"name\":\n  7}", "`pair.name`, byte 12: invalid type: integer `7`, expected a string"),
        ] {
            assert_eq!(refusal(text), told, "{}", String::from_utf8_lossy(text));
        }
    }

    /// Every text that is one byte away from a document: where a fault lies is what `serde_path_to_error` says, and the
    /// words are `serde_json`'s. A member named wrongly sends whoever reads the refusal to the wrong place.
    #[test]
    fn faults_lie_where_another_reader_finds_them() {
        let document = br#"{"name":"a\u0062","count": 10}"#;
        let mut refused = 0;
        for at in 0..=document.len() {
            for byte in
                [None, Some(b'"'), Some(b','), Some(b'}'), Some(b'['), Some(b'\\'), Some(b'-'), Some(b'n'), Some(0xff)]
            {
                let end = usize::from(at < document.len() && byte.is_some());
                let text = [&document[..at], byte.as_slice(), &document[at + end..]].concat();
                let whole = byte.map_or(&document[..at], |_| &text);
                refused += usize::from(is_refused_alike(whole));
            }
        }
        assert!(refused > 200, "{refused}");
    }

    /// Whether both refuse, alike; a text that ours alone refuses has no brace at its start or something after its end.
    fn is_refused_alike(text: &[u8]) -> bool {
        let theirs = serde_path_to_error::deserialize::<_, Pair>(&mut serde_json::Deserializer::from_slice(text));
        let (Err(theirs), Err(OpenError::Malformed { member, what, .. })) =
            (theirs, read::<Pair>("pair", text, &Limits::default()))
        else {
            return false;
        };
        if what != "expected a JSON object" {
            let path = theirs.path().to_string();
            // A question mark and a full stop stand for no name.
            let named = if ["?", "."].contains(&path.as_str()) { "pair".to_owned() } else { format!("pair.{path}") };
            let words = theirs.inner().to_string();
            // Where no colon comes after a name, ours tells the name.
            let is_bare = ["expected `:`", "EOF while parsing an object"].contains(&what.as_str());
            assert!(member == named || is_bare, "{member}, not {named}: {}", text.escape_ascii());
            assert_eq!(words.rsplit_once(" at line ").map(|(words, _)| words), Some(what.as_str()));
        }
        true
    }

    /// A reader that follows every bracket down runs out of stack.
    #[test]
    fn depth_is_no_work() {
        let deep = format!("{{\"name\":{}", "[".repeat(1 << 20));
        assert!(refusal(deep.as_bytes()).starts_with("`pair.name`"));
    }
}
