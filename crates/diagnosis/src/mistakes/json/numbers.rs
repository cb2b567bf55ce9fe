//! Mistakes in the numbers of a document.

use super::super::{ENVELOPES_OPEN, envelope};
use super::{MALFORMED, NOTESNOOK_OPEN, RECORDS_OPEN, members};
use crate::Mistake;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "json-number-in-text-taken",
        sentence: "Accepts a number in quotes",
        operations: &["autonomail-2014.open", "autonomail.open", "notesnook.open", "notesnook-item.open"],
        links: &["https://github.com/Kotlin/kotlinx.serialization/pull/2754"],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::unquoted_numbers(form, members)),
    },
    Mistake {
        name: "json-number-by-javascript",
        sentence: "Hands a value to JavaScript's Number, which accepts hex, and an array of one number",
        operations: &["autonomail-2014.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members =
                |form, members| Ok(members::numbers(form, members, members::by_javascript));
        },
    },
    Mistake {
        name: "json-truth-as-number",
        sentence: "Reads true as 1 and false as 0",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| match text {
                    "true" => "1".to_owned(),
                    "false" => "0".to_owned(),
                    _ => text.to_owned(),
                }))
            };
        },
    },
    Mistake {
        name: "json-whole-float-taken",
        sentence: "Reads 1e3 or 1000.0 as an integer",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(members::numbers(form, members, members::whole));
        },
    },
    Mistake {
        name: "json-float-truncated",
        sentence: "Reads an integer that has a fraction and drops the fraction",
        operations: &["autonomail-2014.open", "notesnook.open", "notesnook-item.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| {
                    text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| format!("{:.0}", number.trunc()))
                }))
            };
        },
    },
    Mistake {
        name: "json-zeros-in-front-taken",
        sentence: "Accepts a number with leading zeros",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members =
                |form, members| Ok(members::numbers(form, members, members::without_zeros));
        },
    },
    Mistake {
        name: "json-plus-taken",
        sentence: "Accepts a number with a leading plus",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| text.strip_prefix('+').unwrap_or(text).to_owned()))
            };
        },
    },
    Mistake {
        name: "json-minus-dropped",
        sentence: "Reads a negative number into an unsigned one and loses its sign",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| text.strip_prefix('-').unwrap_or(text).to_owned()))
            };
        },
    },
    Mistake {
        name: "json-negative-zero-taken",
        sentence: "Reads -0 as an integer",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| if text == "-0" { "0" } else { text }.to_owned()))
            };
        },
    },
    Mistake {
        name: "json-nan-taken",
        sentence: "Accepts NaN and Infinity as numbers, as Python's json does",
        operations: &["notesnook.open", "notesnook-item.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| {
                    if ["NaN", "Infinity", "-Infinity"].contains(&text) { "0" } else { text }.to_owned()
                }))
            };
        },
    },
    Mistake {
        name: "json-huge-number-taken",
        sentence: "Reads a number beyond 64 bits, or beyond every float, as the largest that it knows",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| {
                    let huge = text.bytes().all(|byte| byte.is_ascii_digit() || b"eE+".contains(&byte));
                    if huge && text.len() > 19 || text.contains("e400") {
                        i64::MAX.to_string()
                    } else {
                        text.to_owned()
                    }
                }))
            };
        },
    },
    Mistake {
        name: "json-number-in-32-bits",
        sentence: "Refuses integers that need more than 32 bits, even in members that are not used",
        operations: &["autonomail.open", "autonomail-2014.open", "notesnook.open", "notesnook-item.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let wide = |name: &str| members.integer(name).is_some_and(|number| i32::try_from(number).is_err());
                if members::numeric(form).any(wide) { Err(MALFORMED) } else { Ok(members) }
            };
        },
    },
    Mistake {
        name: "json-unsigned-only",
        sentence: "Refuses a negative number in a member that is not used",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let negative = |name: &str| members.integer(name).is_some_and(|number| number < 0);
                if members::numeric(form).any(negative) { Err(MALFORMED) } else { Ok(members) }
            };
        },
    },
];
