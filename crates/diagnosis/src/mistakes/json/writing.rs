//! Mistakes in writing a document.

use super::super::{ENVELOPES_SEAL, envelope};
use super::members;
use crate::Mistake;
use ::document::Member;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "json-written-with-spaces",
        sentence: "Writes a space after each colon and comma, as Python's json does",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.write = |_, members| {
                let member = |member: &Member| format!("{}: {}", member.quoted_name, member.value);
                format!("{{{}}}", members.0.iter().map(member).collect::<Vec<_>>().join(", ")).into()
            };
        },
    },
    Mistake {
        name: "json-written-with-a-line-end",
        sentence: "Writes a line end after the document",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).document.write = |_, members| format!("{}\n", members.write()).into(),
    },
    Mistake {
        name: "json-written-with-a-bom",
        sentence: "Writes a byte order mark before the document",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).document.write = |_, members| format!("\u{feff}{}", members.write()).into(),
    },
    Mistake {
        name: "json-written-in-order-of-names",
        sentence: "Writes the members in the order of their names, as a sorted map does",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written = |_, mut members| {
                members.0.sort_by_key(Member::name);
                members
            };
        },
    },
    Mistake {
        name: "json-written-in-ascii",
        sentence: "Writes escapes for everything outside ASCII",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.write = |_, members| members::in_ascii(members).into(),
    },
    Mistake {
        name: "json-written-with-escaped-slashes",
        sentence: "Writes a backslash before each slash, as PHP's json_encode does",
        operations: RECORDS_SEAL_AND_ITEM,
        links: &["https://github.com/tymondesigns/jwt-auth/issues/118", "https://github.com/namshi/jose/pull/41"],
        wrong: |parts| {
            envelope(parts).document.write = |_, members| members.write().replace('/', "\\/").into();
        },
    },
    Mistake {
        name: "json-written-safe-for-html",
        sentence: "Writes escapes for < and > and & and U+2028, as Go's encoding/json does",
        operations: &["notesnook-item.seal"],
        links: &["https://github.com/steemit/jussi/pull/258"],
        wrong: |parts| {
            envelope(parts).document.write = |_, members| {
                let text = members.write().replace('<', "\\u003c").replace('>', "\\u003e");
                text.replace('&', "\\u0026").replace('\u{2028}', "\\u2028").into()
            };
        },
    },
    Mistake {
        name: "json-written-without-escapes",
        sentence: "Writes texts between quotes without escaping what must be escaped",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.written = |_, members| members::unescaped_for_writing(members),
    },
    Mistake {
        name: "json-written-numbers-in-quotes",
        sentence: "Writes numbers in quotes",
        operations: &["autonomail.seal", "autonomail-2014.seal", "notesnook.seal", "notesnook-item.seal"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written =
                |written, members| members::numbers(written.form, members, |text| format!("\"{text}\""));
        },
    },
];

/// Where a slash can stand in a text.
const RECORDS_SEAL_AND_ITEM: &[&str] = &["autonomail.seal", "autonomail-2014.seal", "notesnook-item.seal"];
