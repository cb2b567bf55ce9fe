//! JSON documents, read strictly: UTF-8 without a byte order mark, one object, nothing after it, no name twice.

use serde::{Deserialize, Deserializer};

use super::OpenError;
use crate::primitives::Limits;
use crate::primitives::encoding::{Base64, decode_hex};

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
        return Err(malformed(document, start, "expected a JSON object"));
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path();
        let member = if path.iter().len() == 0 { document.to_owned() } else { format!("{document}.{path}") };
        fault(&member, text, error.inner())
    })?;
    reader.end().map_err(|error| fault(document, text, &error))?;
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

fn malformed(member: &str, at: usize, what: &str) -> OpenError {
    OpenError::Malformed { member: member.to_owned(), at, what: what.to_owned() }
}

fn fault(member: &str, text: &[u8], error: &serde_json::Error) -> OpenError {
    let words = error.to_string();
    let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
    malformed(member, offset(text, error.line(), error.column()), what)
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

    /// A reader that follows every bracket down runs out of stack.
    #[test]
    fn depth_is_no_work() {
        let deep = format!("{{\"name\":{}", "[".repeat(1 << 20));
        assert!(refusal(deep.as_bytes()).starts_with("`pair.name`"));
    }
}
