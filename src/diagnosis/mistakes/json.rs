//! Mistakes in JSON: documents that are read too leniently or not at all, and that are written otherwise.

mod bytes;
mod members;

use super::{ENVELOPES_OPEN, ENVELOPES_SEAL, envelope};
use crate::diagnosis::models::envelope::document::Form;
use crate::diagnosis::{Mistake, Stop};
use crate::vector::Reason;

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
        wrong: |parts| envelope(parts).document.members = members::escapes_kept,
    },
    Mistake {
        name: "json-first-of-equal-names",
        sentence: "Takes the first of several members of one name",
        operations: ENVELOPES_OPEN,
        links: &["CVE-2017-12635", "https://github.com/theupdateframework/python-tuf/issues/372"],
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
        links: &["https://github.com/golang/go/issues/14750"],
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
                let needed =
                    |name: &&&str| !["format", "alg"].contains(*name) && (form, **name) != (Form::Item, "salt");
                let missing = members::written(form).iter().filter(needed).any(|name| members.find(name).is_none());
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
        name: "json-number-in-text-taken",
        sentence: "Takes a number that stands in quotes",
        operations: &["autonomail-2014.open", "autonomail.open", "notesnook.open", "notesnook-item.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::unquoted_numbers(form, members)),
    },
    Mistake {
        name: "json-number-in-an-array-taken",
        sentence: "Takes a number that stands alone in an array, as JavaScript's Number does",
        operations: &["autonomail-2014.open"],
        links: &[],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(members::bare_numbers(form, members)),
    },
    Mistake {
        name: "json-truth-as-number",
        sentence: "Takes true for 1 and false for 0",
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
        sentence: "Takes 1e3 or 1000.0 for an integer",
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
        sentence: "Takes a number with zeros in front",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members =
                |form, members| Ok(members::numbers(form, members, members::without_zeros));
        },
    },
    Mistake {
        name: "json-plus-taken",
        sentence: "Takes a number with a plus in front",
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
        sentence: "Takes -0 for an integer",
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
        sentence: "Takes NaN and Infinity for numbers, as Python's json does",
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
        name: "json-hex-number-taken",
        sentence: "Takes a number in hex",
        operations: &["autonomail-2014.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                Ok(members::numbers(form, members, |text| {
                    let number = text.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok());
                    number.map_or_else(|| text.to_owned(), |number| number.to_string())
                }))
            };
        },
    },
    Mistake {
        name: "json-huge-number-taken",
        sentence: "Takes a number beyond 64 bits, or beyond every float, for the largest that it knows",
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
        sentence: "Refuses integers that need more than 32 bits, in members that nobody needs too",
        operations: &["autonomail.open", "autonomail-2014.open", "notesnook.open", "notesnook-item.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let wide = |name: &&str| members.integer(name).is_some_and(|number| i32::try_from(number).is_err());
                if members::numeric(form).iter().any(|name| wide(name)) { Err(MALFORMED) } else { Ok(members) }
            };
        },
    },
    Mistake {
        name: "json-unsigned-only",
        sentence: "Refuses a negative number in a member that nobody needs",
        operations: NOTESNOOK_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let negative = |name: &&str| members.integer(name).is_some_and(|number| number < 0);
                if members::numeric(form).iter().any(|name| negative(name)) { Err(MALFORMED) } else { Ok(members) }
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
                Form::Documented | Form::Client2014 | Form::Password | Form::Item => Ok(members),
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
    Mistake {
        name: "json-written-with-spaces",
        sentence: "Writes a space behind each colon and comma, as Python's json does",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.write = |_, members| {
                let member = |member: &crate::diagnosis::models::envelope::document::Member| {
                    format!("{}: {}", member.quoted_name, member.value)
                };
                format!("{{{}}}", members.0.iter().map(member).collect::<Vec<_>>().join(", ")).into()
            };
        },
    },
    Mistake {
        name: "json-written-with-a-line-end",
        sentence: "Writes a line end behind the document",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).document.write = |_, members| format!("{}\n", members.write()).into(),
    },
    Mistake {
        name: "json-written-with-a-bom",
        sentence: "Writes a byte order mark in front of the document",
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
                members.0.sort_by_key(crate::diagnosis::models::envelope::document::Member::name);
                members
            };
        },
    },
    Mistake {
        name: "json-written-in-ascii",
        sentence: "Writes escapes for all but ASCII",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.write = |_, members| members::in_ascii(members).into(),
    },
    Mistake {
        name: "json-written-with-escaped-slashes",
        sentence: "Writes a backslash before each slash, as PHP's json_encode does",
        operations: RECORDS_SEAL_AND_ITEM,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.write = |_, members| members.write().replace('/', "\\/").into();
        },
    },
    Mistake {
        name: "json-written-safe-for-html",
        sentence: "Writes escapes for < and > and &, as Go's encoding/json does",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.write = |_, members| {
                let text = members.write().replace('<', "\\u003c").replace('>', "\\u003e");
                text.replace('&', "\\u0026").into()
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

const MALFORMED: Stop = Stop::Refuse(Reason::Malformed);

/// Where a slash can stand in a text.
const RECORDS_SEAL_AND_ITEM: &[&str] = &["autonomail.seal", "autonomail-2014.seal", "notesnook-item.seal"];
