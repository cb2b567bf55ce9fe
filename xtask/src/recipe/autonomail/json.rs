//! Records whose JSON is not that of a record: what `JSON.parse` refuses, and what it takes.

use super::flags::described;
use super::open::whole;
use super::sample::{Profile, Sample};
use crate::build::checked::{Checked, Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation, swap};
use crate::build::forms::json::{NOT_JSON, UNKNOWN, fronted};
use crate::build::{FileBuilder, KeyStream};

/// What the published client refuses too.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    deviating(profile, stream, "Records in forms that no reader may take", |file| file, &[NOT_JSON, CORE])
}

/// What the published client takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let own: &[Deviation] = match profile {
        Profile::Documented => COUNTED,
        Profile::Client2014 => &[],
    };
    let title = "Records in forms that a lenient reader takes";
    deviating(profile, stream, title, |file| file.policy("strict"), &[UNKNOWN, STRICT, own])
}

fn deviating(
    profile: Profile,
    stream: &mut KeyStream,
    title: &str,
    describe: fn(FileBuilder) -> FileBuilder,
    tables: &[&[Deviation]],
) -> FileBuilder {
    let mut file = Checked::new(profile.open(), title, |file| describe(described(file)));
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    for table in tables {
        file.deviate((parent, "record"), &sample.record(), table, |record| record);
    }
    file.finish()
}

/// The record with another value, text or not, for its salt.
fn salted(record: &str, salt: &str) -> Vec<u8> {
    [&record[..8], salt, &record[74..]].concat().into_bytes()
}

/// The record with another value, text or not, for what is sealed.
fn sealed(record: &str, data: &str) -> Vec<u8> {
    let start = record.find("\"secureData\":").map_or(0, |at| at + 13);
    [&record[..start], data, "}"].concat().into_bytes()
}

/// What is sealed, as it stands in the record.
fn data(record: &str) -> &str {
    let start = record.find("\"secureData\":\"").map_or(0, |at| at + 14);
    &record[start..record.len() - 2]
}

/// The record with another member at its end.
fn ended(record: &str, end: &str) -> Vec<u8> {
    [&record[..record.len() - 1], end, "}"].concat().into_bytes()
}

const CORE: &[Deviation] = &[
    deviation("salt-missing", "The salt is missing", "MissingMember", MALFORMED, |r| {
        [&r[..1], &r[75..]].concat().into_bytes()
    }),
    deviation("secure-data-missing", "The sealed text is missing", "MissingMember", MALFORMED, |r| {
        let end = r.find(",\"secureData\"").unwrap_or(0);
        [&r[..end], "}"].concat().into_bytes()
    }),
    deviation(
        "name-with-a-capital",
        "The salt's name begins with a capital, which Go folds",
        "MissingMember",
        MALFORMED,
        |r| swap(r, "\"salt\"", "\"Salt\""),
    ),
    deviation("name-all-capitals", "The salt's name is in capitals", "MissingMember", MALFORMED, |r| {
        swap(r, "\"salt\"", "\"SALT\"")
    }),
    deviation(
        "name-with-a-long-s",
        "The salt's name begins with a long s, which Go folds",
        "MissingMember",
        MALFORMED,
        |r| swap(r, "\"salt\"", "\"\u{17f}alt\""),
    ),
    deviation(
        "name-with-a-cyrillic-letter",
        "The salt's name begins with a letter that looks the same",
        "MissingMember",
        MALFORMED,
        |r| swap(r, "\"salt\"", "\"\u{455}alt\""),
    ),
    deviation("name-with-a-space", "The salt's name ends in a space", "MissingMember", MALFORMED, |r| {
        swap(r, "\"salt\"", "\"salt \"")
    }),
    deviation("name-with-a-nul", "The salt's name ends in a NUL", "MissingMember", MALFORMED, |r| {
        swap(r, "\"salt\"", "\"salt\\u0000\"")
    }),
    deviation("name-cut", "The salt's name has lost a letter", "MissingMember", MALFORMED, |r| {
        swap(r, "\"salt\"", "\"sal\"")
    }),
    deviation("name-in-snake-case", "The sealed text's name is secure_data", "MissingMember", MALFORMED, |r| {
        swap(r, "secureData", "secure_data")
    }),
    deviation(
        "name-of-the-key-page",
        "The sealed text's name is that of the client's page on keys",
        "MissingMember",
        MALFORMED,
        |r| swap(r, "secureData", "secureKeyStorage"),
    ),
    deviation("salt-number", "The salt is a number", "WrongType", MALFORMED, |r| salted(r, "7")),
    deviation("salt-true", "The salt is a truth value", "WrongType", MALFORMED, |r| salted(r, "true")),
    deviation("salt-array", "The salt stands in an array", "WrongType", MALFORMED, |r| {
        salted(r, &format!("[{}]", &r[8..74]))
    }),
    deviation("salt-object", "The salt stands in an object", "WrongType", MALFORMED, |r| {
        salted(r, &format!("{{\"hex\":{}}}", &r[8..74]))
    }),
    deviation("salt-emptied", "The salt is empty, and another sealed the record", "SaltSize", UNOPENABLE, |r| {
        salted(r, "\"\"")
    }),
    deviation("salt-of-zeros", "The salt is all zeros, and another sealed the record", "FieldSwap", UNOPENABLE, |r| {
        salted(r, &format!("\"{}\"", "0".repeat(64)))
    }),
    deviation("salt-byte-less", "The salt has lost its last byte", "SaltSize", UNOPENABLE, |r| {
        [&r[..71], &r[73..]].concat().into_bytes()
    }),
    deviation("salt-byte-more", "The salt has a byte of zeros more", "SaltSize", UNOPENABLE, |r| {
        [&r[..73], "01", &r[73..]].concat().into_bytes()
    }),
    deviation("salt-nul-at-end", "A NUL stands after a whole salt", "HexForm", UNOPENABLE, |r| {
        [&r[..73], "\\u0000", &r[73..]].concat().into_bytes()
    }),
    deviation(
        "salt-more-after-a-nul",
        "The salt goes on after a NUL, though it is whole before it",
        "HexForm",
        UNOPENABLE,
        |r| [&r[..73], "\\u000000", &r[73..]].concat().into_bytes(),
    ),
    deviation("salt-broken-utf-8", "The salt begins with a byte that is not UTF-8", "Charset", UNOPENABLE, |r| {
        [&r.as_bytes()[..9], b"\xff", &r.as_bytes()[10..]].concat()
    }),
    deviation("salt-full-width", "The salt begins with a full-width digit", "HexForm", UNOPENABLE, |r| {
        [&r[..9], "\u{ff11}", &r[10..]].concat().into_bytes()
    }),
    deviation("salt-in-base64", "The salt is base64", "HexForm", UNOPENABLE, |r| {
        let bytes = hex::decode(&r[9..73]).unwrap_or_default();
        salted(r, &format!("\"{}\"", primitives::encoding::Base64::Standard.encode(&bytes)))
    }),
    deviation(
        "secure-data-true",
        "The sealed text is a truth value, which has as many letters as a group",
        "WrongType",
        MALFORMED,
        |r| sealed(r, "true"),
    ),
    deviation("secure-data-number", "The sealed text is a number", "WrongType", MALFORMED, |r| sealed(r, "1234")),
    deviation("secure-data-object", "The sealed text stands as an object, not encoded", "WrongType", MALFORMED, |r| {
        let text = primitives::encoding::Base64::Standard.decode(data(r)).unwrap_or_default();
        sealed(r, &String::from_utf8_lossy(&text))
    }),
    deviation(
        "secure-data-not-encoded",
        "The sealed text stands as text, not encoded",
        "B64Alphabet",
        MALFORMED,
        |r| {
            let text = primitives::encoding::Base64::Standard.decode(data(r)).unwrap_or_default();
            sealed(r, &format!("{:?}", String::from_utf8_lossy(&text)))
        },
    ),
    deviation("secure-data-in-hex", "The sealed text is hex", "B64Alphabet", UNREADABLE, |r| {
        let text = primitives::encoding::Base64::Standard.decode(data(r)).unwrap_or_default();
        sealed(r, &format!("\"{}\"", hex::encode(text)))
    }),
    deviation("secure-data-lone-surrogate", "Half a character stands before the base64", "Charset", MALFORMED, |r| {
        swap(r, "\"secureData\":\"", "\"secureData\":\"\\ud83d")
    }),
    deviation(
        "secure-data-broken-utf-8",
        "A byte that is not UTF-8 stands before the base64",
        "Charset",
        MALFORMED,
        |r| {
            let start = r.len() - 2 - data(r).len();
            [&r.as_bytes()[..start], b"\xff", &r.as_bytes()[start..]].concat()
        },
    ),
    deviation(
        "duplicate-secure-data-wrong-last",
        "The sealed text stands twice, and the second is an empty object",
        "DupKey",
        UNOPENABLE,
        |r| ended(r, ",\"secureData\":\"e30=\""),
    ),
    deviation(
        "duplicate-secure-data-null-last",
        "The sealed text stands twice, and the second is null",
        "DupKey",
        UNOPENABLE,
        |r| ended(r, ",\"secureData\":null"),
    ),
    deviation("duplicate-salt-null-last", "The salt stands twice, and the second is null", "DupKey", UNOPENABLE, |r| {
        ended(r, ",\"salt\":null")
    }),
    deviation(
        "duplicate-salt-escaped-last",
        "The salt stands twice, and the second, with an escape in its name, is wrong",
        "DupKey",
        UNOPENABLE,
        |r| ended(r, ",\"\\u0073alt\":\"00\""),
    ),
    deviation(
        "duplicate-salt-right-first-and-last",
        "The salt stands three times, and the second and third are wrong",
        "DupKey",
        UNOPENABLE,
        |r| ended(r, ",\"salt\":\"00\",\"salt\":\"01\""),
    ),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-secure-data-same", "The sealed text stands twice, the same", "DupKey", MALFORMED, |r| {
        ended(r, &format!(",\"secureData\":\"{}\"", data(r)))
    }),
    deviation("duplicate-salt-null-first", "The salt stands twice, and the first is null", "DupKey", MALFORMED, |r| {
        fronted(r, "\"salt\":null,")
    }),
    deviation(
        "duplicate-salt-wrong-in-the-middle",
        "The salt stands three times, and the second is wrong",
        "DupKey",
        MALFORMED,
        |r| ended(r, &format!(",\"salt\":\"00\",{}", &r[1..74])),
    ),
    deviation(
        "duplicate-secure-data-escaped-same",
        "The sealed text stands twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
        |r| ended(r, &format!(",\"secure\\u0044ata\":\"{}\"", data(r))),
    ),
    deviation(
        "duplicate-salt-of-another-type",
        "The salt stands twice, and the first is an object",
        "DupKey",
        MALFORMED,
        |r| fronted(r, "\"salt\":{\"hex\":\"00\"},"),
    ),
    deviation(
        "secure-data-in-an-array",
        "The sealed text stands in an array, which JavaScript takes for its text",
        "WrongType",
        MALFORMED,
        |r| sealed(r, &format!("[\"{}\"]", data(r))),
    ),
    deviation("salt-0x-inside", "The digits 0x stand inside the salt, which SJCL strikes", "HexForm", MALFORMED, |r| {
        [&r[..11], "0x", &r[11..]].concat().into_bytes()
    }),
    deviation("salt-newline-at-end", "The salt ends in a newline", "HexForm", MALFORMED, |r| {
        [&r[..73], "\\n", &r[73..]].concat().into_bytes()
    }),
    deviation("salt-one-capital", "One digit of the salt is a capital", "HexForm", MALFORMED, |r| {
        let at = r[9..73].find(|c: char| c.is_ascii_lowercase()).map_or(9, |at| at + 9);
        [&r[..at], &r[at..=at].to_uppercase(), &r[at + 1..]].concat().into_bytes()
    }),
];

/// A count where the document has none.
const COUNTED: &[Deviation] = &[
    deviation(
        "count-added",
        "The record holds the count, as the client of 2014 wrote it",
        "UnknownMember",
        MALFORMED,
        |r| swap(r, ",\"secureData\"", ",\"iterations\":100,\"secureData\""),
    ),
    deviation(
        "count-added-of-1",
        "The record holds another count than the one that is given",
        "CostDowngrade",
        MALFORMED,
        |r| swap(r, ",\"secureData\"", ",\"iterations\":1,\"secureData\""),
    ),
];
