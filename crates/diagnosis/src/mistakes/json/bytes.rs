//! What lenient readers take for a document, put as the strict one wants it. Whatever is not understood stays as it is.

use crate::models::envelope::document::Form;
use ::document::{Member, Members, quoted};

use super::members;

/// A document in UTF-16, recognised by its mark or by its zeros.
pub(super) fn from_utf_16(text: &[u8]) -> Vec<u8> {
    let (order, body): (fn([u8; 2]) -> u16, _) = match text {
        [0xff, 0xfe, body @ ..] => (u16::from_le_bytes, body),
        [0xfe, 0xff, body @ ..] => (u16::from_be_bytes, body),
        [_, 0, ..] => (u16::from_le_bytes, text),
        [0, _, ..] => (u16::from_be_bytes, text),
        _ => return text.to_vec(),
    };
    let units: Vec<_> = body.chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_or_else(|_| text.to_vec(), Into::into)
}

/// What is inside texts and what is between them: each piece of the document with whether it is a text.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let (mut pieces, mut start, mut inside, mut escaped) = (Vec::new(), 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match (byte, inside) {
            (b'"', false) => {
                pieces.push((&text[start..at], false));
                (start, inside) = (at, true);
            }
            (b'"', true) if !escaped => {
                pieces.push((&text[start..=at], true));
                (start, inside) = (at + 1, false);
            }
            _ => {}
        }
        escaped = inside && byte == b'\\' && !escaped;
    }
    pieces.push((&text[start..], inside));
    pieces
}

/// The document with everything between its texts rewritten.
fn between_texts(text: &[u8], rewrite: fn(&str) -> String) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(text) else { return text.to_vec() };
    let rewritten = |(piece, is_text): (&str, bool)| if is_text { piece.to_owned() } else { rewrite(piece) };
    pieces(text).into_iter().map(rewritten).collect::<String>().into()
}

/// The document with its texts rewritten.
fn within_texts(text: &[u8], rewrite: fn(&str) -> String) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(text) else { return text.to_vec() };
    let rewritten = |(piece, is_text): (&str, bool)| if is_text { rewrite(piece) } else { piece.to_owned() };
    pieces(text).into_iter().map(rewritten).collect::<String>().into()
}

/// The first object, without what follows it.
pub(super) fn first_object(text: &[u8]) -> Vec<u8> {
    let Ok(document) = std::str::from_utf8(text) else { return text.to_vec() };
    let (mut depth, mut at) = (0_i64, 0);
    for (piece, is_text) in pieces(document) {
        for (offset, byte) in piece.bytes().enumerate().filter(|_| !is_text) {
            depth += match byte {
                b'{' => 1,
                b'}' => -1,
                _ => 0,
            };
            if byte == b'}' && depth == 0 {
                return text[..=at + offset].to_vec();
            }
        }
        at += piece.len();
    }
    text.to_vec()
}

pub(super) fn without_last_comma(text: &[u8]) -> Vec<u8> {
    let Some(body) = text.trim_ascii().strip_suffix(b"}") else { return text.to_vec() };
    let Some(body) = body.trim_ascii_end().strip_suffix(b",") else { return text.to_vec() };
    [body, b"}"].concat()
}

pub(super) fn without_comments(text: &[u8]) -> Vec<u8> {
    let Ok(document) = std::str::from_utf8(text) else { return text.to_vec() };
    let (mut kept, mut rest) = (String::new(), document);
    while let Some((piece, is_text)) = pieces(rest).into_iter().find(|(piece, is_text)| *is_text || !piece.is_empty()) {
        let comment = if is_text { None } else { piece.find("/*").map(|at| (at, "*/")) };
        let comment = comment.or_else(|| if is_text { None } else { piece.find("//").map(|at| (at, "\n")) });
        let Some((at, end)) = comment else {
            kept.push_str(piece);
            rest = &rest[piece.len()..];
            continue;
        };
        kept.push_str(&rest[..at]);
        rest = rest[at..].find(end).map_or("", |found| &rest[at + found + end.len()..]);
    }
    kept.into()
}

pub(super) fn double_quoted(text: &[u8]) -> Vec<u8> {
    between_texts(text, |piece| piece.replace('\'', "\""))
}

pub(super) fn with_quoted_names(text: &[u8]) -> Vec<u8> {
    between_texts(text, |piece| {
        let Some(colon) = piece.find(':') else { return piece.to_owned() };
        let (before, after) = piece.split_at(colon);
        let start = before.rfind(['{', ',']).map_or(0, |at| at + 1);
        let (head, name) = before.split_at(start);
        match name.trim() {
            "" => piece.to_owned(),
            name => format!("{head}\"{name}\"{after}"),
        }
    })
}

pub(super) fn with_escaped_controls(text: &[u8]) -> Vec<u8> {
    within_texts(text, |piece| {
        let escaped = |c: char| if c < ' ' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        piece.chars().map(escaped).collect()
    })
}

pub(super) fn without_odd_space(text: &[u8]) -> Vec<u8> {
    between_texts(text, |piece| piece.chars().filter(|c| !c.is_whitespace()).collect())
}

pub(super) fn has_space(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    pieces(text).iter().any(|(piece, is_text)| !is_text && piece.contains([' ', '\t', '\r', '\n']))
}

pub(super) fn unwrapped(text: &[u8]) -> Vec<u8> {
    let inside = text.trim_ascii().strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]"));
    inside.filter(|inside| inside.starts_with(b"{")).unwrap_or(text).to_vec()
}

/// The deepest nesting of brackets.
pub(super) fn depth(text: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

pub(super) fn array_as_members(form: Form, text: &[u8]) -> Vec<u8> {
    let names = members::written(form);
    let Ok(values) = serde_json::from_slice::<Vec<serde_json::Value>>(text) else { return text.to_vec() };
    let members = names.zip(values).map(|(name, value)| Member::new(name, value.to_string()));
    Members(members.collect()).write().into()
}

/// Every known name with what follows the first colon behind it, up to the end of a text, or to a comma or brace.
pub(super) fn searched(form: Form, text: &[u8]) -> Vec<u8> {
    let Ok(document) = std::str::from_utf8(text) else { return text.to_vec() };
    let value = |name: &str| {
        let rest = &document[document.find(&quoted(name))? + name.len() + 2..];
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let end = match rest.strip_prefix('"') {
            Some(inside) => inside.find('"')? + 2,
            None => rest.find([',', '}']).unwrap_or(rest.len()),
        };
        Some(Member::new(name, rest[..end].trim()))
    };
    let found: Vec<_> = members::written(form).filter_map(value).collect();
    if found.is_empty() { text.to_vec() } else { Members(found).write().into() }
}

/// The SJCL text as SJCL takes it: white space dropped everywhere, then members of bare or quoted names, integers and
/// texts of few characters; a later member replaces an earlier one, an unknown one is of no account.
pub(super) fn sjcl_decoded(form: Form, text: &[u8]) -> Vec<u8> {
    let Ok(document) = std::str::from_utf8(text) else { return text.to_vec() };
    if form != Form::Sjcl {
        return text.to_vec();
    }
    let dense: String = document.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
    let inside = dense.strip_prefix('{').and_then(|dense| dense.strip_suffix('}'));
    let Some(inside) = inside else { return text.to_vec() };
    let members: Option<Vec<_>> = inside.split(',').map(sjcl_member).collect();
    let Some(members) = members else { return text.to_vec() };
    let read = members::known(form, members::last_of_equals(Members(members)));
    read.with("v", "1").write().into()
}

fn sjcl_member(text: &str) -> Option<Member> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim_matches(['"', '\'']);
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    let value = match value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        Some(inside) => {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "+/%*_.@=-".contains(c);
            let canonical = Some(inside).filter(|inside| inside.chars().all(allowed))?;
            let body = canonical.replace('=', "");
            let padding = if canonical.contains('=') || ["iv", "ct"].contains(&name) {
                "=".repeat(body.len().next_multiple_of(4) - body.len())
            } else {
                String::new()
            };
            format!("\"{body}{padding}\"")
        }
        None => value.parse::<i64>().ok().filter(|_| !value.starts_with('+'))?.to_string(),
    };
    named.then(|| Member::new(name, value))
}
