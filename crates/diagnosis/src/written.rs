//! In what a document differs from the right one: names, order, spelling, values.
//!
//! In: an envelope as a port wrote it, and as it should be. Out: the differences in words. They name no mistake and are true of
//! what was compared. Layer: `diagnosis`; pure.

use super::drawn::decoded;
use super::relation;
use ::document::{Encoding, Members, encoding::Base64};
use conformance::shown::shorten;
use vectors::Fields;

/// Differences that are told; what follows is often of the same kind.
const TOLD_MAX: usize = 3;

/// A value is cut beyond this.
const SHOWN_CHARS_MAX: usize = 32;

/// Documents in each other that are looked into.
const DEPTH_MAX: usize = 2;

/// The differences, in a sentence without its full stop; `None` where there are none.
pub(super) fn difference(found: &[u8], wanted: &[u8], given: &Fields) -> Option<String> {
    let (Ok(found), Ok(wanted)) = (std::str::from_utf8(found), std::str::from_utf8(wanted)) else {
        return (found != wanted).then(|| "it is no UTF-8 text".to_owned());
    };
    let told = of_documents(found, wanted, given, DEPTH_MAX);
    (!told.is_empty()).then(|| told.into_iter().take(TOLD_MAX).collect::<Vec<_>>().join("; "))
}

fn of_documents(found: &str, wanted: &str, given: &Fields, depth: usize) -> Vec<String> {
    if found == wanted {
        return Vec::new();
    }
    if found.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']) == wanted {
        let mark = if found.starts_with('\u{feff}') { "a byte order mark" } else { "white space" };
        return vec![format!("there is {mark} before or behind it")];
    }
    if packed(found) == packed(wanted) {
        return vec![
            "there is white space between its tokens: {\"a\": 1, \"b\": 2} instead of {\"a\":1,\"b\":2}".to_owned(),
        ];
    }
    let (Some(found_members), Some(wanted_members)) =
        (Members::read(found.as_bytes()), Members::read(wanted.as_bytes()))
    else {
        return vec![format!("it is no JSON object: it begins with {}", shorten(found, SHOWN_CHARS_MAX))];
    };
    let spaced = if packed(found) == found || packed(wanted) != wanted {
        None
    } else {
        Some("there is white space between its tokens".to_owned())
    };
    spaced.into_iter().chain(of_members(&found_members, &wanted_members, given, depth)).collect()
}

fn of_members(found: &Members, wanted: &Members, given: &Fields, depth: usize) -> Vec<String> {
    let names = |members: &Members| members.0.iter().map(::document::Member::name).collect::<Vec<_>>();
    let (found_names, wanted_names) = (names(found), names(wanted));
    let lacks =
        |names: &[String], of: &[String]| of.iter().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>();
    let (missing, new) = (lacks(&found_names, &wanted_names), lacks(&wanted_names, &found_names));
    let mut told = Vec::new();
    match (&*missing, &*new) {
        ([], []) if found_names != wanted_names => {
            told.push(format!(
                "the members stand in another order: {} instead of {}",
                found_names.join(", "),
                wanted_names.join(", ")
            ));
        }
        ([missing], [new]) => told.push(format!("there is `{new}` instead of `{missing}`")),
        (_, _) => {
            told.extend(missing.iter().map(|name| format!("`{name}` is missing")));
            told.extend(new.iter().map(|name| format!("`{name}` is too many")));
        }
    }
    let values = wanted.0.iter().flat_map(|member| {
        let name = member.name();
        let other = found.find(&name).filter(|other| other.value != member.value);
        other.map(|other| of_values(&name, &other.value, &member.value, given, depth)).unwrap_or_default()
    });
    told.extend(values);
    told
}

/// The differences of one member's value, as both stand in their documents.
fn of_values(name: &str, found: &str, wanted: &str, given: &Fields, depth: usize) -> Vec<String> {
    let text = |raw: &str| serde_json::from_str::<String>(raw).ok();
    match (text(found), text(wanted)) {
        (Some(found_text), Some(wanted_text)) if found_text == wanted_text => {
            let escape = found.find('\\').map_or("", |at| &found[at..]);
            let shown: String = escape.chars().take(if escape.starts_with("\\u") { 6 } else { 2 }).collect();
            vec![format!("`{name}` is spelled with escapes such as {shown}")]
        }
        (Some(found), Some(wanted)) => of_texts(name, &found, &wanted, given, depth),
        (Some(_), None) => vec![format!("`{name}` is a text in quotes instead of a number")],
        (None, Some(_)) => vec![format!("`{name}` is no text in quotes")],
        (None, None) => {
            let shown = [found, wanted].map(|raw| shorten(raw, SHOWN_CHARS_MAX));
            let number = |raw: &str| raw.parse::<f64>().ok();
            let is_close = number(found).zip(number(wanted)).is_some_and(|(one, other)| (one - other).abs() < 1e-6);
            let words = if is_close { "another spelling of the same number" } else { "another value" };
            vec![format!("`{name}` is {} instead of {}, {words}", shown[0], shown[1])]
        }
    }
}

fn of_texts(name: &str, found: &str, wanted: &str, given: &Fields, depth: usize) -> Vec<String> {
    let document = |text: &str| {
        let bytes = decoded(Encoding::Base64(Base64::Standard), text).filter(|bytes| bytes.first() == Some(&b'{'));
        bytes.and_then(|bytes| String::from_utf8(bytes).ok())
    };
    if let (Some(found), Some(wanted), 1..) = (document(found), document(wanted), depth)
        && found != wanted
    {
        let inside = of_documents(&found, &wanted, given, depth - 1);
        return inside.into_iter().map(|told| format!("in the document inside `{name}`, {told}")).collect();
    }
    if let Some(words) = of_spellings(found, wanted) {
        return vec![format!("`{name}` {words}")];
    }
    let bytes = |text: &str| {
        let encodings = [Encoding::Hex, Encoding::Base64(Base64::Standard)];
        encodings.into_iter().find_map(|encoding| decoded(encoding, text))
    };
    let change = bytes(found)
        .zip(bytes(wanted))
        .and_then(|(one, other)| relation::between(&one, &other, given).first().copied());
    let change = change.or_else(|| relation::between(found.as_bytes(), wanted.as_bytes(), given).first().copied());
    // Of a value that is simply another one there is nothing to say here.
    change.map(|change| format!("`{name}` is {}", change.words())).into_iter().collect()
}

/// How the same bytes are spelled otherwise.
fn of_spellings(found: &str, wanted: &str) -> Option<&'static str> {
    let unpadded = |text: &str| text.trim_end_matches('=').to_owned();
    let standard = |text: &str| text.replace('-', "+").replace('_', "/");
    let is_same = |of: &dyn Fn(&str) -> String| of(found) == of(wanted);
    if found.replace(' ', "+") == wanted {
        return Some("has spaces where + belongs, as a form's decoder leaves them");
    }
    if found.eq_ignore_ascii_case(wanted) && wanted.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some("is hex in letters of the other case");
    }
    if is_same(&|text| text.chars().filter(|c| !c.is_whitespace()).collect()) {
        return Some("has line ends or spaces inside");
    }
    match (is_same(&unpadded), is_same(&standard), is_same(&|text| standard(&unpadded(text)))) {
        (true, _, _) if wanted.ends_with('=') => Some("is base64 without its padding (=)"),
        (true, _, _) => Some("is base64 with padding (=) where the format has none"),
        (_, true, _) if wanted.contains(['-', '_']) => {
            Some("is base64 of the standard alphabet (+ and /) instead of base64url (- and _)")
        }
        (_, true, _) => Some("is base64url (- and _) instead of base64 of the standard alphabet (+ and /)"),
        (_, _, true) => {
            Some("is base64 of the other alphabet and padding (standard has + / =, base64url - _ and no =)")
        }
        (false, false, false) => None,
    }
}

/// A JSON text without white space outside its strings.
fn packed(text: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    let keeps = |c: &char| {
        let is_space = !inside && matches!(c, ' ' | '\t' | '\r' | '\n');
        match (escaped, *c) {
            (true, _) => escaped = false,
            (false, '\\') => escaped = inside,
            (false, '"') => inside = !inside,
            (false, _) => {}
        }
        !is_space
    };
    text.chars().filter(keeps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_difference_has_its_words() {
        let inner = |text: &str| Base64::Standard.encode(text.as_bytes());
        let nested = |text: &str| format!(r#"{{"salt":"ab","data":"{}"}}"#, inner(text));
        let right = r#"{"v":6.1,"length":3,"iv":"AAA_","ct":"AA=="}"#;
        for (found, wanted, words) in [
            (
                r#"{"v": 6.1, "length":3,"iv":"AAA_","ct":"AA=="}"#.to_owned(),
                right,
                "there is white space between its tokens",
            ),
            (
                r#"{"v":6.1,"length":3,"iv":"AAA_","ct":"AA\u003d\u003d"}"#.to_owned(),
                right,
                r"`ct` is spelled with escapes such as \u003d",
            ),
            (
                r#"{"v":6.1,"length":"3","iv":"AAA_","ct":"AA=="}"#.to_owned(),
                right,
                "`length` is a text in quotes instead of a number",
            ),
            (
                r#"{"v":6.1,"length":3,"iv":"AAA/","ct":"AA=="}"#.to_owned(),
                right,
                "`iv` is base64 of the standard alphabet",
            ),
            (r#"{"v":6.1,"length":3,"iv":"AAA_","ct":"AA"}"#.to_owned(), right, "`ct` is base64 without its padding"),
            (
                r#"{"v":6.0999999999999996,"length":3,"iv":"AAA_","ct":"AA=="}"#.to_owned(),
                right,
                "another spelling of the same number",
            ),
            (r#"{"length":3,"v":6.1,"iv":"AAA_","ct":"AA=="}"#.to_owned(), right, "the members stand in another order"),
            (r#"{"v":6.1,"len":3,"iv":"AAA_","ct":"AA=="}"#.to_owned(), right, "there is `len` instead of `length`"),
            ("not JSON".to_owned(), right, "it is no JSON object"),
            (
                nested(r#"{"a": 1}"#),
                &nested(r#"{"a":1}"#),
                "in the document inside `data`, there is white space between its tokens",
            ),
        ] {
            let said = difference(found.as_bytes(), wanted.as_bytes(), &Fields::new()).unwrap_or_default();
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(difference(right.as_bytes(), right.as_bytes(), &Fields::new()), None);
    }
}
