//! What wraps an envelope on its way through editors, shells, URLs, databases and other JSON. Layer: `foreign`; pure.
//!
//! In: bytes. Out: for each wrapping what it is and the bytes inside. Nobody says yet whether these are anything.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::given::{base64, hex_bytes};
use super::repair;
use crate::{Finding, Severity};

/// Members of an object and items of an array that are looked into.
const LOOKED_INTO_MAX: usize = 64;

/// Fewer characters are no base64 or hex of an envelope.
const ENCODED_CHARS_MIN: usize = 16;

/// What a wrapping is, and the bytes inside.
type Undone = (Finding, Vec<u8>);

/// One way of wrapping.
pub(super) struct Peel {
    /// The wrapping and what stands inside, for each place where something may.
    pub(super) undo: fn(&[u8]) -> Vec<Undone>,
    /// Whether a likeness inside is too little: members of objects are often hex.
    pub(super) needs_certain: bool,
}

/// The wrappings, the certain ones first.
pub(super) static PEELS: &[Peel] = &[
    Peel { undo: |bytes| byte_order_mark(bytes).into_iter().collect(), needs_certain: false },
    Peel { undo: |bytes| utf16(bytes).into_iter().collect(), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, json_string), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, quoted), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, escaped), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, percent), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, entities), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, damaged), needs_certain: false },
    Peel { undo: |bytes| on_text(bytes, several), needs_certain: false },
    Peel { undo: items, needs_certain: true },
    Peel { undo: nested, needs_certain: true },
    Peel { undo: |bytes| on_text(bytes, data_url), needs_certain: false },
    Peel { undo: |bytes| hexadecimal(bytes).into_iter().collect(), needs_certain: false },
    Peel { undo: |bytes| base64_text(bytes).into_iter().collect(), needs_certain: false },
];

/// Undoes what is certain by itself, whatever stands inside.
pub(super) fn undo_certain(bytes: &[u8]) -> (Vec<Finding>, Cow<'_, [u8]>) {
    match byte_order_mark(bytes).or_else(|| utf16(bytes)) {
        Some((layer, inner)) => (vec![layer], Cow::Owned(inner)),
        None => (Vec::new(), Cow::Borrowed(bytes)),
    }
}

fn odd(text: impl Into<String>) -> Finding {
    Finding { severity: Severity::Odd, text: text.into() }
}

fn on_text(bytes: &[u8], undo: fn(&str) -> Option<(Finding, String)>) -> Vec<(Finding, Vec<u8>)> {
    let text = std::str::from_utf8(bytes).ok().map(str::trim).filter(|text| !text.is_empty());
    text.and_then(undo).map(|(layer, inner)| (layer, inner.into_bytes())).into_iter().collect()
}

fn byte_order_mark(bytes: &[u8]) -> Option<(Finding, Vec<u8>)> {
    let rest = bytes.strip_prefix(b"\xef\xbb\xbf")?;
    let words =
        "a byte order mark (EF BB BF) stands before the text: strict readers reject it; write UTF-8 without one";
    Some((odd(words), rest.to_vec()))
}

/// UTF-16, by its byte order mark or by its zeros.
fn utf16(bytes: &[u8]) -> Option<(Finding, Vec<u8>)> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(32).filter(|byte| **byte == 0).count();
    let long = bytes.len() >= 8 && bytes.len().is_multiple_of(2);
    let wanted = (bytes.len() / 2).min(32);
    let (name, body, little) = match bytes {
        [0xFF, 0xFE, body @ ..] => ("little-endian, with a byte order mark", body, true),
        [0xFE, 0xFF, body @ ..] => ("big-endian, with a byte order mark", body, false),
        body if long && zeros(1) == wanted && zeros(0) == 0 => ("little-endian", body, true),
        body if long && zeros(0) == wanted && zeros(1) == 0 => ("big-endian", body, false),
        _ => return None,
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let text: Option<String> = char::decode_utf16(body.chunks_exact(2).map(unit)).map(Result::ok).collect();
    let words =
        format!("the text is UTF-16 ({name}), as PowerShell's `>` and Windows editors write it; envelopes are UTF-8");
    Some((odd(words), text?.into_bytes()))
}

/// JSON in JSON: a string that holds the text.
fn json_string(text: &str) -> Option<(Finding, String)> {
    let inner = text.starts_with('"').then(|| serde_json::from_str::<String>(text).ok())??;
    Some((odd("the text is a JSON string that holds it (JSON in JSON): it was serialised twice"), inner))
}

/// Quotes around the whole.
fn quoted(text: &str) -> Option<(Finding, String)> {
    let pairs = [
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('\u{201c}', '\u{201d}'),
        ('\u{2018}', '\u{2019}'),
        ('\u{ab}', '\u{bb}'),
    ];
    let inner = |(open, close): (char, char)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        Some((odd(format!("it stands between quotes ({open}…{close}) that are not part of it")), inner.to_owned()))
    };
    pairs.into_iter().find_map(inner)
}

/// The inside of a JSON string or a source text: `{\"salt\":…}`.
fn escaped(text: &str) -> Option<(Finding, String)> {
    let inner = text.contains("\\\"").then(|| serde_json::from_str::<String>(&format!("\"{text}\"")).ok())??;
    Some((odd("its quotes are escaped (\\\"): it is the inside of a string in JSON or source code"), inner))
}

/// Percent-encoding, with the name of a form's field before it or not.
fn percent(text: &str) -> Option<(Finding, String)> {
    if !text.contains('%') || text.contains(char::is_whitespace) {
        return None;
    }
    let (field, value) = match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c)) => {
            (format!(", in the form field `{}`", name.chars().take(40).collect::<String>()), value)
        }
        _ => (String::new(), text),
    };
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                hex::decode(digits).ok()?[0]
            }
            plain => plain,
        };
        bytes.push(decoded);
    }
    let inner = String::from_utf8(bytes).ok()?;
    Some((odd(format!("it is percent-encoded, as in a URL{field}")), inner))
}

/// Quotes as HTML writes them.
fn entities(text: &str) -> Option<(Finding, String)> {
    let inner = text.contains("&quot;").then(|| text.replace("&quot;", "\"").replace("&amp;", "&"))?;
    Some((odd("its quotes are HTML's (&quot;): it was escaped for a web page"), inner))
}

fn damaged(text: &str) -> Option<(Finding, String)> {
    let (wrong, whole) = repair::repaired(text)?;
    let severity = Severity::Danger;
    Some((
        Finding { severity, text: format!("this is no JSON: {wrong}. What follows is told of the text without that") },
        whole,
    ))
}

/// A whole document and more behind it.
fn several(text: &str) -> Option<(Finding, String)> {
    text.starts_with('{').then_some(())?;
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let first = documents.next()?.ok()?.get();
    let at = documents.byte_offset();
    let rest = text.get(at..)?.trim_start();
    if rest.is_empty() {
        return None;
    }
    let next = if rest.starts_with('{') { "another document" } else { "text that is no JSON object" };
    let words =
        format!("{next} follows at byte {at}: sealproof takes one at a time, and what follows is told of the first");
    Some((Finding { severity: Severity::Danger, text: words }, first.to_owned()))
}

/// An array: its items.
fn items(bytes: &[u8]) -> Vec<(Finding, Vec<u8>)> {
    let Ok(items) = serde_json::from_slice::<Vec<&RawValue>>(bytes) else { return Vec::new() };
    let all = items.len();
    let layer =
        |at: usize| odd(format!("it is item {} of an array of {all}: sealproof takes one envelope at a time", at + 1));
    let looked = items.into_iter().enumerate().take(LOOKED_INTO_MAX);
    looked.map(|(at, item)| (layer(at), item.get().as_bytes().to_vec())).collect()
}

/// An object: what its members hold.
fn nested(bytes: &[u8]) -> Vec<(Finding, Vec<u8>)> {
    let Ok(members) = serde_json::from_slice::<std::collections::BTreeMap<String, &RawValue>>(bytes) else {
        return Vec::new();
    };
    let inner = |value: &RawValue| match value.get().as_bytes() {
        [b'{' | b'[', ..] => Some(value.get().as_bytes().to_vec()),
        [b'"', ..] => serde_json::from_str::<String>(value.get()).ok().map(String::into_bytes),
        _ => None,
    };
    let layer = |name: &str| {
        odd(format!("it stands in member `{}` of a JSON object", name.chars().take(40).collect::<String>()))
    };
    let looked = members.into_iter().take(LOOKED_INTO_MAX);
    looked.filter_map(|(name, value)| Some((layer(&name), inner(value)?))).collect()
}

fn data_url(text: &str) -> Option<(Finding, String)> {
    let (_, inner) = text.strip_prefix("data:")?.split_once(',')?;
    Some((odd("it is a data: URL"), inner.to_owned()))
}

fn hexadecimal(bytes: &[u8]) -> Option<(Finding, Vec<u8>)> {
    let text = long_text(bytes)?;
    let plain = text.strip_prefix("0x").or_else(|| text.strip_prefix("\\x")).unwrap_or(text);
    Some((encoded("hex", text), hex_bytes(plain)?))
}

fn base64_text(bytes: &[u8]) -> Option<(Finding, Vec<u8>)> {
    let text = long_text(bytes)?;
    Some((encoded("base64", text), base64(text)?))
}

fn long_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(str::trim).filter(|text| text.len() >= ENCODED_CHARS_MIN)
}

fn encoded(encoding: &str, text: &str) -> Finding {
    odd(format!("the text is {encoding} ({} characters) of what follows", text.len()))
}
