//! What lenient readers make of members, put as the strict one wants them.

use super::MALFORMED;
use crate::Computed;
use crate::models::envelope::document::Form;
use ::document::{Member, Members, quoted};
use ::envelope::facts::Holds;

/// The members of a document in the order in which they are written.
pub(super) fn written(form: Form) -> impl Iterator<Item = &'static str> {
    form.layout().written()
}

/// Members that are numbers, those that other writers add among them.
pub(super) fn numeric(form: Form) -> impl Iterator<Item = &'static str> {
    let numbers = form.layout().all().filter(|member| matches!(member.holds, Holds::Number));
    numbers.map(|member| member.name)
}

fn is_numeric(form: Form, name: &str) -> bool {
    numeric(form).any(|number| number == name)
}

fn is_known(form: Form, name: &str) -> bool {
    form.layout().named(name).is_some()
}

pub(super) fn in_order(form: Form, members: Members) -> Computed<Members> {
    let place = |member: &Member| written(form).position(|name| name == member.name());
    let places: Vec<_> = members.0.iter().filter_map(place).collect();
    if places.is_sorted() { Ok(members) } else { Err(MALFORMED) }
}

pub(super) fn first_of_equals(members: Members) -> Members {
    let mut kept: Vec<Member> = Vec::new();
    for member in members.0 {
        if kept.iter().all(|known| known.name() != member.name()) {
            kept.push(member);
        }
    }
    Members(kept)
}

pub(super) fn last_of_equals(members: Members) -> Members {
    let reversed = Members(members.0.into_iter().rev().collect());
    Members(first_of_equals(reversed).0.into_iter().rev().collect())
}

/// Refuses names that are written alike twice; of those that are only read alike the last counts.
pub(super) fn refused_as_written(members: Members) -> Computed<Members> {
    let mut names: Vec<_> = members.0.iter().map(|member| &member.quoted_name).collect();
    names.sort();
    if names.windows(2).any(|pair| pair[0] == pair[1]) { Err(MALFORMED) } else { Ok(last_of_equals(members)) }
}

pub(super) fn known(form: Form, mut members: Members) -> Members {
    members.0.retain(|member| is_known(form, &member.name()));
    members
}

pub(super) fn case_folded(form: Form, mut members: Members) -> Members {
    for member in &mut members.0 {
        let name = member.name();
        let known = written(form).find(|known| known.eq_ignore_ascii_case(&name));
        if let Some(known) = known.filter(|known| *known != name) {
            member.quoted_name = quoted(known);
        }
    }
    last_of_equals(members)
}

/// The value that a member of a kind has before one is read into it.
fn nothing(form: Form, name: &str) -> &'static str {
    if is_numeric(form, name) { "0" } else { "\"\"" }
}

pub(super) fn null_as_nothing(form: Form, mut members: Members) -> Members {
    for member in members.0.iter_mut().filter(|member| member.value == "null") {
        nothing(form, &member.name()).clone_into(&mut member.value);
    }
    members
}

pub(super) fn absent_as_nothing(form: Form, members: Members) -> Members {
    let optional = ["format", "alg"];
    let absent = written(form).filter(|name| members.find(name).is_none() && !optional.contains(name));
    let absent: Vec<_> = absent.map(|name| Member::new(name, nothing(form, name))).collect();
    Members(members.0.into_iter().chain(absent).collect())
}

/// The members with their numbers rewritten, whatever stands in their place.
pub(super) fn numbers(form: Form, mut members: Members, rewrite: fn(&str) -> String) -> Members {
    for member in members.0.iter_mut().filter(|member| is_numeric(form, &member.name())) {
        member.value = rewrite(&member.value);
    }
    members
}

pub(super) fn unquoted_numbers(form: Form, members: Members) -> Members {
    numbers(form, members, |text| {
        let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        inside.filter(|inside| inside.parse::<f64>().is_ok()).unwrap_or(text).to_owned()
    })
}

/// The number that JavaScript's `Number` makes of an array of one or of hex.
pub(super) fn by_javascript(text: &str) -> String {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let inside = inside.filter(|inside| inside.parse::<f64>().is_ok()).unwrap_or(text);
    let hex = inside.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok());
    hex.map_or_else(|| inside.to_owned(), |number| number.to_string())
}

/// A float without a fraction as the integer that it is.
pub(super) fn whole(text: &str) -> String {
    let odd = text.contains(['.', 'e', 'E']);
    let number = text.parse::<f64>().ok().filter(|number| odd && number.fract() == 0.0 && number.abs() < 1e15);
    number.map_or_else(|| text.to_owned(), |number| format!("{number:.0}"))
}

pub(super) fn without_zeros(text: &str) -> String {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() > 1;
    match text.trim_start_matches('0') {
        "" if digits => "0".to_owned(),
        significant if digits => significant.to_owned(),
        _ => text.to_owned(),
    }
}

/// Texts whose escapes mean themselves.
pub(super) fn escapes_kept(mut members: Members) -> Members {
    let literal = |text: &str| text.replace('\\', "\\\\").replace("\\\\\"", "\\\\\\\"");
    for member in members.0.iter_mut().filter(|member| member.value.starts_with('"')) {
        member.value = literal(&member.value);
    }
    members
}

/// Names and texts spelt without escapes, as far as they can be.
pub(super) fn unescaped(mut members: Members) -> Members {
    for member in &mut members.0 {
        member.quoted_name = quoted(&member.name());
        if let Some(text) = member.text() {
            member.value = quoted(&text);
        }
    }
    members
}

pub(super) fn surrogates_replaced(mut members: Members) -> Members {
    for member in members.0.iter_mut().filter(|member| member.value.contains("\\u") && member.text().is_none()) {
        member.value = replaced(&member.value);
    }
    members
}

/// A text with U+FFFD for each escape of half a pair.
fn replaced(text: &str) -> String {
    let mut pieces = text.split("\\u");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |done, piece| {
        let half = piece.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        match half {
            Some(0xd800..=0xdfff) => done + "\\ufffd" + &piece[4..],
            Some(_) | None => done + "\\u" + piece,
        }
    })
}

/// Texts between quotes as they are.
pub(super) fn unescaped_for_writing(mut members: Members) -> Members {
    for member in &mut members.0 {
        if let Some(text) = member.text() {
            member.value = format!("\"{text}\"");
        }
    }
    members
}

pub(super) fn in_ascii(members: &Members) -> String {
    let escaped = |c: char| match c {
        ' '..='~' => c.to_string(),
        _ => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat(),
    };
    members.write().chars().map(escaped).collect()
}
