//! Mistakes in JSON: documents that are read too leniently or not at all, and that are written otherwise.

mod bytes;
mod members;
pub(super) mod numbers;
pub(super) mod writing;

use super::{ENVELOPES_OPEN, envelope};
use crate::models::envelope::document::Form;
use crate::{Mistake, Stop};
use vectors::Reason;

/// Notesnook's envelopes.
const NOTESNOOK_OPEN: &[&str] = &["notesnook.open", "notesnook-item.open"];

/// Autonomail's records.
const RECORDS_OPEN: &[&str] = &["autonomail.open", "autonomail-2014.open"];

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "json-bom-skipped",
        sentence: "Skips a byte order mark in front of a document",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes = |_, text| Ok(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).to_vec());
        },
    },
    Mistake {
        name: "json-utf-16-read",
        sentence: "Finds out that a document is UTF-16 and reads it",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::from_utf_16(text)),
    },
    Mistake {
        name: "json-invalid-utf-8-replaced",
        sentence: "Reads a document that is not UTF-8 with U+FFFD in place of what does not fit",
        operations: &["notesnook-item.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes = |_, text| Ok(String::from_utf8_lossy(text).into_owned().into());
        },
    },
    Mistake {
        name: "json-rest-ignored",
        sentence: "Stops reading at the end of the object and ignores what follows",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::first_object(text)),
    },
    Mistake {
        name: "json-ends-at-nul",
        sentence: "Ends a document at its first NUL",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| Ok(text.split(|byte| *byte == 0).next().unwrap_or_default().to_vec());
        },
    },
    Mistake {
        name: "json-comma-at-end-taken",
        sentence: "Reads an object with a comma behind its last member",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::without_last_comma(text)),
    },
    Mistake {
        name: "json-comments-skipped",
        sentence: "Skips comments in a document",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::without_comments(text)),
    },
    Mistake {
        name: "json-single-quotes-taken",
        sentence: "Reads texts in single quotes",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::double_quoted(text)),
    },
    Mistake {
        name: "json-names-without-quotes-taken",
        sentence: "Reads names without quotes",
        operations: ENVELOPES_OPEN,
        links: &["https://github.com/bitwiseshiftleft/sjcl"],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::with_quoted_names(text)),
    },
    Mistake {
        name: "json-controls-in-texts-taken",
        sentence: "Reads texts that hold line ends and other controls as they are",
        operations: &["notesnook-item.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::with_escaped_controls(text)),
    },
    Mistake {
        name: "json-any-space-skipped",
        sentence: "Skips any white space of Unicode between tokens, where JSON knows four",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::without_odd_space(text)),
    },
    Mistake {
        name: "json-array-unwrapped",
        sentence: "Takes the only element of an array for the document",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::unwrapped(text)),
    },
    Mistake {
        name: "json-text-unwrapped",
        sentence: "Reads a document that is a JSON text which holds the document",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| Ok(serde_json::from_slice::<String>(text).map_or_else(|_| text.to_vec(), Into::into));
        },
    },
    Mistake {
        name: "json-array-as-members",
        sentence: "Takes the elements of an array for the members in their order, as serde does for a struct",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |form, text| Ok(bytes::array_as_members(form, text)),
    },
    Mistake {
        name: "json-searched",
        sentence: "Looks for each name in the text and takes the value behind it, without reading the document",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |form, text| Ok(bytes::searched(form, text)),
    },
    Mistake {
        name: "json-spaces-refused",
        sentence: "Refuses a document that has white space between tokens",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| if bytes::has_space(text) { Err(MALFORMED) } else { Ok(text.to_vec()) };
        },
    },
    Mistake {
        name: "json-line-end-refused",
        sentence: "Refuses a document with a line end behind it",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| if text.ends_with(b"\n") { Err(MALFORMED) } else { Ok(text.to_vec()) };
        },
    },
    Mistake {
        name: "json-depth-crashes",
        sentence: "Follows every bracket down and dies of a deeply nested value in a member that nobody needs",
        operations: ENVELOPES_OPEN,
        links: &["CVE-2020-36518"],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| if bytes::depth(text) > 100 { Err(Stop::Crash) } else { Ok(text.to_vec()) };
        },
    },
    Mistake {
        name: "json-order-fixed",
        sentence: "Refuses a document whose members stand in another order than they are written in",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = members::in_order,
    },
    Mistake {
        name: "json-escapes-refused",
        sentence: "Refuses escapes in names and values",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members =
                |_, members| if members.write().contains('\\') { Err(MALFORMED) } else { Ok(members) };
        },
    },
    Mistake {
        name: "json-escapes-kept",
        sentence: "Takes texts as they stand between their quotes, escapes included",
        operations: &["notesnook-item.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members::escapes_kept(members)),
    },
    Mistake {
        name: "json-first-of-equal-names",
        sentence: "Takes the first of several members of one name",
        operations: ENVELOPES_OPEN,
        links: &[
            "CVE-2017-12635",
            "https://github.com/theupdateframework/python-tuf/issues/372",
            "https://github.com/bignerdranch/Freddy/issues/62",
        ],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members::first_of_equals(members)),
    },
    Mistake {
        name: "json-last-of-equal-names",
        sentence: "Takes the last of several members of one name, as most JSON readers do",
        operations: ENVELOPES_OPEN,
        links: &["CVE-2017-12635", "https://github.com/letsencrypt/boulder/issues/1078"],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members::last_of_equals(members)),
    },
    Mistake {
        name: "json-equal-names-compared-as-written",
        sentence: "Looks for members of one name in the text, so that one spelt with an escape goes unseen and the last counts",
        operations: &["autonomail.open", "autonomail-2014.open", "notesnook.open", "notesnook-item.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| members::refused_as_written(members),
    },
    Mistake {
        name: "json-unknown-members-ignored",
        sentence: "Ignores members that the format does not have",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::known(form, members)),
    },
    Mistake {
        name: "json-proto-ignored",
        sentence: "Assigns members to a JavaScript object, where one called __proto__ leaves no trace",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members.without("__proto__")),
    },
    Mistake {
        name: "json-names-in-any-case",
        sentence: "Takes a name in other case for the name, as Go and .NET do",
        operations: RECORDS_OPEN,
        links: &["https://github.com/golang/go/issues/14750", "https://github.com/golang/go/issues/11673"],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::case_folded(form, members)),
    },
    Mistake {
        name: "json-null-is-absent",
        sentence: "Takes null for a member that is left out",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |_, mut members| {
                members.0.retain(|member| member.value != "null");
                Ok(members)
            };
        },
    },
    Mistake {
        name: "json-null-is-nothing",
        sentence: "Takes null for zero, or for the empty text",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::null_as_nothing(form, members)),
    },
    Mistake {
        name: "json-absent-is-nothing",
        sentence: "Takes a number that is missing for zero, and a text for the empty one",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(members::absent_as_nothing(form, members));
        },
    },
    Mistake {
        name: "json-missing-member-crashes",
        sentence: "Dies of a document that lacks a member, of an exception that nobody catches",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let mut needed = form.layout().members.iter().filter(|member| !member.may_lack);
                let missing = needed.any(|member| members.find(member.name).is_none());
                if missing { Err(Stop::Crash) } else { Ok(members) }
            };
        },
    },
    Mistake {
        name: "json-texts-in-a-fixed-buffer",
        sentence: "Reads texts into buffers of 1024 bytes and dies of a longer one",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |_, members| {
                let long = members.0.iter().any(|member| member.value.len() > 1_024);
                if long { Err(Stop::Crash) } else { Ok(members) }
            };
        },
    },
    Mistake {
        name: "json-lone-surrogate-replaced",
        sentence: "Takes half a surrogate pair in a text for U+FFFD",
        operations: &["notesnook-item.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.members = |_, members| Ok(members::surrogates_replaced(members)),
    },
    Mistake {
        name: "json-sjcl-text-by-the-book",
        sentence: "Reads the SJCL text with a reader for JSON, which knows the escapes that SJCL's own does not",
        operations: RECORDS_OPEN,
        links: &["https://github.com/bitwiseshiftleft/sjcl"],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match form {
                Form::Sjcl => Ok(members::unescaped(members)),
                Form::Record(_) | Form::Password | Form::Item => Ok(members),
            };
        },
    },
    Mistake {
        name: "json-sjcl-text-by-sjcl",
        sentence: "Reads the SJCL text with SJCL's own reader, which drops all white space, takes bare names and reads numbers that JSON does not have",
        operations: RECORDS_OPEN,
        links: &["https://github.com/bitwiseshiftleft/sjcl"],
        wrong: |parts| envelope(parts).document.bytes = |form, text| Ok(bytes::sjcl_decoded(form, text)),
    },
];

const MALFORMED: Stop = Stop::Refuse(Reason::Malformed);
