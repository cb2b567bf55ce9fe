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
        sentence: "Skips a byte order mark before a document",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes = |_, text| Ok(text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).to_vec());
        },
    },
    Mistake {
        name: "json-utf-16-read",
        sentence: "Detects that a document is UTF-16 and reads it",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::from_utf_16(text)),
    },
    Mistake {
        name: "json-invalid-utf-8-replaced",
        sentence: "Reads a document that is not UTF-8 and replaces invalid bytes by U+FFFD",
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
        sentence: "Reads an object with a comma after its last member",
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
        sentence: "Accepts raw line ends and other control characters in texts",
        operations: &["notesnook-item.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::with_escaped_controls(text)),
    },
    Mistake {
        name: "json-any-space-skipped",
        sentence: "Skips any Unicode white space between tokens; JSON has four kinds",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |_, text| Ok(bytes::without_odd_space(text)),
    },
    Mistake {
        name: "json-array-unwrapped",
        sentence: "Reads the only element of an array as the document",
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
        sentence: "Reads the elements of an array as the members in their order, as serde does for a struct",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.bytes = |form, text| Ok(bytes::array_as_members(form, text)),
    },
    Mistake {
        name: "json-searched",
        sentence: "Searches the text for each name and takes the value after it, without parsing the document",
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
        sentence: "Refuses a document with a line end after it",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| if text.ends_with(b"\n") { Err(MALFORMED) } else { Ok(text.to_vec()) };
        },
    },
    Mistake {
        name: "json-depth-crashes",
        sentence: "Recurses into every bracket and crashes on a deeply nested value in a member that is not used",
        operations: ENVELOPES_OPEN,
        links: &["CVE-2020-36518"],
        wrong: |parts| {
            envelope(parts).document.bytes =
                |_, text| if bytes::depth(text) > 100 { Err(Stop::Crash) } else { Ok(text.to_vec()) };
        },
    },
    Mistake {
        name: "json-order-fixed",
        sentence: "Refuses a document whose members are in another order than the format's",
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
        sentence: "Takes texts as they are between their quotes, escapes included",
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
        sentence: "Searches the text for duplicate members, so that a name written with an escape is not seen and the last one counts",
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
        sentence: "Accepts a name in other case, as Go and .NET do",
        operations: RECORDS_OPEN,
        links: &["https://github.com/golang/go/issues/14750", "https://github.com/golang/go/issues/11673"],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::case_folded(form, members)),
    },
    Mistake {
        name: "json-null-is-absent",
        sentence: "Reads null as a missing member",
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
        sentence: "Reads null as zero, or as the empty text",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::null_as_nothing(form, members)),
    },
    Mistake {
        name: "json-absent-is-nothing",
        sentence: "Reads a missing number as zero, and a missing text as empty",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(members::absent_as_nothing(form, members));
        },
    },
    Mistake {
        name: "json-missing-member-crashes",
        sentence: "Crashes on a document that lacks a member, with an uncaught exception",
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
        sentence: "Reads texts into buffers of 1024 bytes and crashes on a longer one",
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
        sentence: "Reads half a surrogate pair in a text as U+FFFD",
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
        sentence: "Reads the SJCL text with SJCL's own reader, which drops all white space and accepts bare names and numbers that JSON does not have",
        operations: RECORDS_OPEN,
        links: &["https://github.com/bitwiseshiftleft/sjcl"],
        wrong: |parts| envelope(parts).document.bytes = |form, text| Ok(bytes::sjcl_decoded(form, text)),
    },
];

const MALFORMED: Stop = Stop::Refuse(Reason::Malformed);
