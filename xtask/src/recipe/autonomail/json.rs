//! Records whose JSON is not that of a record: what `JSON.parse` refuses, and what it takes.

use ::document::{Base64, Encoding, Escape, Spelling, all, document, member};

use super::flags::described;
use super::open::whole;
use super::sample::{Profile, Sample};
use crate::builder::checked::{Checked, Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation};
use crate::builder::forms::json::{NOT_JSON, UNKNOWN};
use crate::builder::{FileBuilder, KeyStream};

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
    file.deviate((parent, "record"), &sample.record(), tables.iter().copied().flatten());
    file.finish()
}

const STANDARD: Encoding = Encoding::Base64(Base64::Standard);

const CORE: &[Deviation] = &[
    deviation("salt-missing", "The salt is missing", "MissingMember", MALFORMED).by(member("salt").remove()),
    deviation("secure-data-missing", "The sealed text is missing", "MissingMember", MALFORMED)
        .by(member("secureData").remove()),
    deviation(
        "name-with-a-capital",
        "The salt's name begins with a capital, which Go folds",
        "MissingMember",
        MALFORMED,
    )
    .by(member("salt").rename("Salt")),
    deviation("name-all-capitals", "The salt's name is in capitals", "MissingMember", MALFORMED)
        .by(member("salt").rename("SALT")),
    deviation("name-with-a-long-s", "The salt's name begins with a long s, which Go folds", "MissingMember", MALFORMED)
        .by(member("salt").rename("\u{17f}alt")),
    deviation(
        "name-with-a-cyrillic-letter",
        "The salt's name begins with a letter that looks the same",
        "MissingMember",
        MALFORMED,
    )
    .by(member("salt").rename("\u{455}alt")),
    deviation("name-with-a-space", "The salt's name ends in a space", "MissingMember", MALFORMED)
        .by(member("salt").rename("salt ")),
    deviation("name-with-a-nul", "The salt's name ends in a NUL", "MissingMember", MALFORMED)
        .by(member("salt").rename(r"salt\u0000")),
    deviation("name-cut", "The salt's name has lost a letter", "MissingMember", MALFORMED)
        .by(member("salt").rename("sal")),
    deviation("name-in-snake-case", "The sealed text's name is secure_data", "MissingMember", MALFORMED)
        .by(member("secureData").rename("secure_data")),
    deviation(
        "name-of-the-key-page",
        "The sealed text's name is that of the client's page on keys",
        "MissingMember",
        MALFORMED,
    )
    .by(member("secureData").rename("secureKeyStorage")),
    deviation("salt-number", "The salt is a number", "WrongType", MALFORMED).by(member("salt").value("7")),
    deviation("salt-true", "The salt is a truth value", "WrongType", MALFORMED).by(member("salt").value("true")),
    deviation("salt-array", "The salt is in an array", "WrongType", MALFORMED)
        .by(member("salt").at_value().wrap("[", "]")),
    deviation("salt-object", "The salt is in an object", "WrongType", MALFORMED)
        .by(member("salt").at_value().wrap("{\"hex\":", "}")),
    deviation("salt-emptied", "The salt is empty, and another sealed the record", "SaltSize", UNOPENABLE)
        .by(member("salt").value(r#""""#)),
    deviation("salt-of-zeros", "The salt is all zeros, and another sealed the record", "FieldSwap", UNOPENABLE)
        .by(member("salt").text("0000000000000000000000000000000000000000000000000000000000000000")),
    deviation("salt-byte-less", "The salt has lost its last byte", "SaltSize", UNOPENABLE)
        .by(member("salt").in_text().drop_last(2)),
    deviation("salt-byte-more", "The salt has a byte of zeros more", "SaltSize", UNOPENABLE)
        .by(member("salt").in_text().after("01")),
    deviation("salt-nul-at-end", "A NUL is after a whole salt", "HexForm", UNOPENABLE)
        .by(member("salt").in_text().after(r"\u0000")),
    deviation(
        "salt-more-after-a-nul",
        "The salt goes on after a NUL, though it is whole before it",
        "HexForm",
        UNOPENABLE,
    )
    .by(member("salt").in_text().after(r"\u000000")),
    deviation("salt-broken-utf-8", "The salt begins with a byte that is not UTF-8", "Charset", UNOPENABLE).by(member(
        "salt",
    )
    .in_text()
    .set_bytes(0, b"\xff")),
    deviation("salt-full-width", "The salt begins with a full-width digit", "HexForm", UNOPENABLE)
        .by(member("salt").in_text().set(0, "\u{ff11}")),
    deviation("salt-in-base64", "The salt is base64", "HexForm", UNOPENABLE)
        .by(member("salt").in_text().spell(Spelling::Recoded(Encoding::Hex, STANDARD))),
    deviation(
        "secure-data-true",
        "The sealed text is a truth value, which has as many letters as a group",
        "WrongType",
        MALFORMED,
    )
    .by(member("secureData").value("true")),
    deviation("secure-data-number", "The sealed text is a number", "WrongType", MALFORMED)
        .by(member("secureData").value("1234")),
    deviation("secure-data-object", "The sealed text is an object, not encoded", "WrongType", MALFORMED).by(all(&[
        member("secureData").at_value().requote(""),
        member("secureData").at_value().spell(Spelling::Decoded(STANDARD)),
    ])),
    deviation("secure-data-not-encoded", "The sealed text is text, not encoded", "B64Alphabet", MALFORMED).by(member(
        "secureData",
    )
    .content()
    .spell(Spelling::Decoded(STANDARD))),
    deviation("secure-data-in-hex", "The sealed text is hex", "B64Alphabet", UNREADABLE)
        .by(member("secureData").in_text().spell(Spelling::Recoded(STANDARD, Encoding::Hex))),
    deviation("secure-data-lone-surrogate", "Half a character is before the base64", "Charset", MALFORMED).by(member(
        "secureData",
    )
    .in_text()
    .before(r"\ud83d")),
    deviation("secure-data-broken-utf-8", "A byte that is not UTF-8 is before the base64", "Charset", MALFORMED)
        .by(member("secureData").in_text().before_bytes(b"\xff")),
    deviation(
        "duplicate-secure-data-wrong-last",
        "The sealed text occurs twice, and the second is an empty object",
        "DupKey",
        UNOPENABLE,
    )
    .by(member("secureData").twice_last(r#""e30=""#)),
    deviation(
        "duplicate-secure-data-null-last",
        "The sealed text occurs twice, and the second is null",
        "DupKey",
        UNOPENABLE,
    )
    .by(member("secureData").twice_last("null")),
    deviation("duplicate-salt-null-last", "The salt occurs twice, and the second is null", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""salt":null"#)),
    deviation(
        "duplicate-salt-escaped-last",
        "The salt occurs twice, and the second, with an escape in its name, is wrong",
        "DupKey",
        UNOPENABLE,
    )
    .by(document().last_member(r#""\u0073alt":"00""#)),
    deviation(
        "duplicate-salt-right-first-and-last",
        "The salt occurs three times, and the second and third are wrong",
        "DupKey",
        UNOPENABLE,
    )
    .by(document().last_member(r#""salt":"00","salt":"01""#)),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-secure-data-same", "The sealed text occurs twice, the same", "DupKey", MALFORMED)
        .by(member("secureData").twice()),
    deviation("duplicate-salt-null-first", "The salt occurs twice, and the first is null", "DupKey", MALFORMED)
        .by(member("salt").twice_first("null")),
    deviation(
        "duplicate-salt-wrong-in-the-middle",
        "The salt occurs three times, and the second is wrong",
        "DupKey",
        MALFORMED,
    )
    .by(all(&[
        member("salt").twice(),
        member("salt").next().move_last(),
        member("salt").next().twice_first(r#""00""#),
    ])),
    deviation(
        "duplicate-secure-data-escaped-same",
        "The sealed text occurs twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
    )
    .by(all(&[member("secureData").twice(), member("secureData").next().in_name().escape(6, Escape::Json)])),
    deviation(
        "duplicate-salt-of-another-type",
        "The salt occurs twice, and the first is an object",
        "DupKey",
        MALFORMED,
    )
    .by(member("salt").twice_first(r#"{"hex":"00"}"#)),
    deviation(
        "secure-data-in-an-array",
        "The sealed text is in an array, which JavaScript takes for its text",
        "WrongType",
        MALFORMED,
    )
    .by(member("secureData").at_value().wrap("[", "]")),
    deviation("salt-0x-inside", "The digits 0x are inside the salt, which SJCL strikes", "HexForm", MALFORMED)
        .by(member("salt").in_text().insert(2, "0x")),
    deviation("salt-newline-at-end", "The salt ends in a newline", "HexForm", MALFORMED)
        .by(member("salt").in_text().after(r"\n")),
    deviation("salt-one-capital", "One digit of the salt is a capital", "HexForm", MALFORMED)
        .by(member("salt").in_text().spell(Spelling::OneCapital)),
];

/// A count where the document has none.
const COUNTED: &[Deviation] = &[
    deviation("count-added", "The record holds the count, as the client of 2014 wrote it", "UnknownMember", MALFORMED)
        .by(member("secureData").whole().before(r#""iterations":100,"#)),
    deviation(
        "count-added-of-1",
        "The record holds another count than the one that is given",
        "CostDowngrade",
        MALFORMED,
    )
    .by(member("secureData").whole().before(r#""iterations":1,"#)),
];
