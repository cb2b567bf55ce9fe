//! Records whose outer JSON is not what the client writes.

use ::document::{Charset, Place, Spelling, all, document, first_member, member};

use super::flags::described;
use super::open::{opens_from, whole};
use super::sample::{Profile, Sample};
use crate::builder::checked::{
    AUTHENTICATION, Checked, Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation, edited,
};
use crate::builder::{CaseId, FileBuilder, KeyStream};

/// What `JSON.parse`, `atob` and the client's own code refuse too.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    deviating(profile, stream, "Records that no reader may take", described, CORE)
}

/// What the published client takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let (mut file, sample, parent) = begun(profile, stream, "Records that a lenient reader takes", strict);
    file.deviate((parent, "record"), &sample.record(), STRICT);
    for (name, why, salt) in [
        ("salt-31-bytes", "Sealed with a salt of 31 bytes", stream.bytes(31)),
        ("salt-33-bytes", "Sealed with a salt of 33 bytes", stream.bytes(33)),
        ("salt-16-bytes", "Sealed with a salt of 16 bytes", stream.bytes(16)),
        ("salt-empty", "Sealed with no salt", Vec::new()),
    ] {
        let record = Sample { salt, ..sample.clone() }.record().into_bytes();
        file.forge((parent, "record"), (name, why, "SaltSize"), UNREADABLE, record);
    }
    file.finish()
}

/// Counts that are none, in the member that only the client of 2014 wrote.
pub(super) fn iterations(stream: &mut KeyStream) -> FileBuilder {
    deviating(Profile::Client2014, stream, "Counts that no reader may take", described, ITERATIONS)
}

/// Counts that JavaScript takes.
pub(super) fn iterations_strict(stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let (profile, title) = (Profile::Client2014, "Counts that a lenient reader takes");
    let (mut file, sample, parent) = begun(profile, stream, title, strict);
    file.deviate((parent, "record"), &sample.record(), ITERATIONS_STRICT);
    let once = Sample { iterations: 1, ..Sample::new(profile, stream) };
    let about =
        ("sealed-with-1-iteration", "One iteration sealed it, which JavaScript also calls true", &["IterEdge"][..]);
    let parent = opens_from(&mut file, &once, once.record(), about);
    let (name, why) = ("iterations-true", "The count is a truth value");
    let record = edited(&once.record(), &member("iterations").value("true"), name);
    let of_sjcl = Sample { iterations: 10_000, ..once.clone() };
    file.forge((parent, "record"), (name, why, "WrongType"), MALFORMED, record);
    let about = ("sealed-with-10000-iterations", "The count is SJCL's default", &["IterEdge"][..]);
    let parent = opens_from(&mut file, &of_sjcl, of_sjcl.record(), about);
    file.deviate((parent, "record"), &of_sjcl.record(), UNCOUNTED);
    file.finish()
}

fn deviating(
    profile: Profile,
    stream: &mut KeyStream,
    title: &str,
    describe: impl FnOnce(FileBuilder) -> FileBuilder,
    deviations: &[Deviation],
) -> FileBuilder {
    let (mut file, sample, parent) = begun(profile, stream, title, describe);
    file.deviate((parent, "record"), &sample.record(), deviations);
    file.finish()
}

fn begun(
    profile: Profile,
    stream: &mut KeyStream,
    title: &str,
    describe: impl FnOnce(FileBuilder) -> FileBuilder,
) -> (Checked, Sample, CaseId) {
    let mut file = Checked::new(profile.open(), title, describe);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    (file, sample, parent)
}

const CORE: &[Deviation] = &[
    deviation("bom", "A byte order mark is before the record", "Charset", MALFORMED).by(document().before("\u{feff}")),
    deviation("utf-16le", "The record is UTF-16, little-endian", "Charset", MALFORMED)
        .by(document().transcode(Charset::Utf16Le)),
    deviation("utf-16be-with-bom", "The record is UTF-16, big-endian, with a byte order mark", "Charset", MALFORMED)
        .by(all(&[document().before("\u{feff}"), document().transcode(Charset::Utf16Be)])),
    deviation("empty-object", "The record is an empty object", "MissingMember", MALFORMED).by(document().with("{}")),
    deviation("one-space", "The record is one space", "NotJson", MALFORMED).by(document().with(" ")),
    deviation("null", "The record is null", "WrongType", MALFORMED).by(document().with("null")),
    deviation("array", "The values are in an array without names", "WrongType", MALFORMED).by(document().values()),
    deviation("in-a-string", "The record is a string that holds the record", "WrongType", MALFORMED)
        .by(document().quote()),
    deviation("in-an-array", "The record is in an array", "WrongType", MALFORMED).by(document().wrap("[", "]")),
    deviation("text-after", "A letter is after the record", "NotJson", MALFORMED).by(document().after("x")),
    deviation("second-record-after", "A second record is after the first", "NotJson", MALFORMED)
        .by(document().twice("")),
    deviation("nul-after", "A NUL is after the record", "NotJson", MALFORMED).by(document().after("\0")),
    deviation("comma-at-end", "A comma is after the last member", "NotJson", MALFORMED).by(Place::end().with(",")),
    deviation("comment", "A comment is before the record", "NotJson", MALFORMED).by(document().before("/* */")),
    deviation("single-quotes", "The quotes are single", "NotJson", MALFORMED).by(document().replace_each("\"", "'")),
    deviation("name-without-quotes", "A name has no quotes", "NotJson", MALFORMED)
        .by(member("salt").at_name().requote("")),
    deviation("brace-missing", "The last brace is missing", "NotJson", MALFORMED).by(document().drop_last(1)),
    deviation("newline-in-value", "A raw newline is in a value", "NotJson", MALFORMED)
        .by(member("secureData").in_text().before("\n")),
    deviation("no-break-space", "A no-break space is between tokens", "Whitespace", MALFORMED)
        .by(document().replace(",", ",\u{a0}")),
    deviation("name-in-capitals", "A name is written in other letters", "MissingMember", MALFORMED)
        .by(member("secureData").rename("securedata")),
    deviation("salt-null", "The salt is null", "WrongType", MALFORMED)
        .by(all(&[member("salt").twice_first("null"), member("salt").next().rename("")])),
    deviation("secure-data-null", "The sealed text is null", "WrongType", MALFORMED)
        .by(all(&[member("secureData").twice_first("null"), member("secureData").next().rename("")])),
    deviation("secure-data-empty", "The sealed text is empty", "NotJson", MALFORMED).by(member("secureData").text("")),
    deviation("secure-data-not-base64", "The base64 has a character of the other alphabet", "B64Alphabet", MALFORMED)
        .by(member("secureData").in_text().set(0, "-")),
    deviation("secure-data-character-more", "The base64 has a lone character at its end", "B64Pad", MALFORMED)
        .by(member("secureData").in_text().after("=A")),
    deviation("secure-data-nul", "The base64 goes on after a NUL", "B64Alphabet", MALFORMED)
        .by(member("secureData").in_text().before(r"\u0000")),
    deviation("salt-odd", "The salt has an odd number of digits", "HexForm", UNOPENABLE)
        .by(member("salt").in_text().before("0")),
    deviation("salt-not-hex", "The salt has a letter that is not a digit", "HexForm", UNOPENABLE)
        .by(member("salt").in_text().set(0, "g")),
    deviation("salt-nul", "The salt begins with a NUL", "HexForm", UNOPENABLE)
        .by(member("salt").in_text().before(r"\u0000")),
    deviation("duplicate-salt-wrong-last", "The salt occurs twice, and the second is another", "DupKey", UNOPENABLE)
        .by(member("secureData").whole().before(r#""salt":"00","#)),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-salt-same", "The salt occurs twice, the same", "DupKey", MALFORMED).by(all(&[
        member("salt").twice(),
        member("salt").next().move_last(),
        member("secureData").move_last(),
    ])),
    deviation("duplicate-salt-wrong-first", "The salt occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(member("salt").twice_first(r#""00""#)),
    deviation("duplicate-salt-escaped", "The salt occurs twice, once with an escape in its name", "DupKey", MALFORMED)
        .by(document().first_member(r#""\u0073alt":"00""#)),
    deviation("duplicate-secure-data", "The sealed text occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(member("secureData").twice_first(r#""e30=""#)),
    deviation("unknown-member", "A member is in it that the format does not have", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""pepper":"00""#)),
    deviation("unknown-name-in-capitals", "A name is in it twice, once in other letters", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""Salt":"00""#)),
    deviation("proto-member", "A member is called __proto__", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""__proto__":{"salt":"00"}"#)),
    deviation("deep-member", "A member holds five thousand arrays in each other", "Depth", MALFORMED)
        .by(all(&[document().first_member(r#""deep":[]"#), first_member().at_value().wrap_times("[", "]", 4_999)])),
    deviation("salt-in-capitals", "The salt is written in capitals", "HexForm", MALFORMED)
        .by(member("salt").in_text().spell(Spelling::Upper)),
    deviation("salt-0x", "The salt begins with 0x", "HexForm", MALFORMED).by(member("salt").in_text().before("0x")),
    deviation("salt-spaced", "A space is in the salt", "HexForm", MALFORMED)
        .by(member("salt").in_text().insert(2, " ")),
    deviation("secure-data-padding-missing", "The base64 has lost its padding", "B64Pad", MALFORMED).by(member(
        "secureData",
    )
    .in_text()
    .drop_last(1)),
    deviation("secure-data-spaced", "A space is in the base64", "B64Whitespace", MALFORMED)
        .by(member("secureData").in_text().insert(2, " ")),
    deviation("secure-data-wrapped", "A newline is in the base64", "B64Whitespace", MALFORMED)
        .by(member("secureData").in_text().insert(4, r"\n")),
    deviation(
        "secure-data-spare-bits",
        "Spare bits of the last character of the base64 are set",
        "B64NonCanonical",
        MALFORMED,
    )
    .by(member("secureData").in_text().spell(Spelling::SpareBits([1, 1]))),
];

const ITERATIONS: &[Deviation] = &[
    deviation("iterations-missing", "The count is missing", "MissingMember", UNOPENABLE)
        .by(member("iterations").remove()),
    deviation("iterations-null", "The count is null", "WrongType", UNOPENABLE).by(member("iterations").value("null")),
    deviation("iterations-0", "The count is 0", "Iter0", UNOPENABLE).by(member("iterations").value("0")),
    deviation("iterations-negative", "The count is negative", "WrongType", UNREADABLE)
        .by(member("iterations").value("-100")),
    deviation("iterations-negative-zero", "The count is -0", "NumberForm", UNOPENABLE)
        .by(member("iterations").value("-0")),
    deviation("iterations-leading-zero", "The count has a zero at the front", "NumberForm", MALFORMED)
        .by(member("iterations").value("0100")),
    deviation("iterations-plus", "The count has a leading plus", "NumberForm", MALFORMED)
        .by(member("iterations").value("+100")),
    deviation("iterations-hex", "The count is hexadecimal", "NumberForm", MALFORMED)
        .by(member("iterations").value("0x64")),
    deviation("iterations-nan", "The count is NaN", "NumberForm", MALFORMED).by(member("iterations").value("NaN")),
    deviation("iterations-fraction", "The count is between two integers", "NumberForm", UNOPENABLE)
        .by(member("iterations").value("100.5")),
    deviation("iterations-array", "The count is in an array of two", "WrongType", UNOPENABLE)
        .by(member("iterations").value("[100,100]")),
    deviation("iterations-one-more", "The count is one more", "WrongPassword", AUTHENTICATION)
        .by(member("iterations").value("101")),
    deviation("iterations-hex-capital", "The count is hexadecimal, with a capital X", "NumberForm", MALFORMED)
        .by(member("iterations").value("0X64")),
    deviation("iterations-octal", "The count is octal", "NumberForm", MALFORMED)
        .by(member("iterations").value("0o144")),
    deviation("iterations-with-a-point", "The count ends in a point", "NumberForm", MALFORMED)
        .by(member("iterations").value("100.")),
    deviation("iterations-with-an-underscore", "The count has an underscore inside", "NumberForm", MALFORMED)
        .by(member("iterations").value("1_00")),
    deviation("iterations-with-a-suffix", "The count is a big integer of JavaScript", "NumberForm", MALFORMED)
        .by(member("iterations").value("100n")),
    deviation("iterations-full-width", "The count is written in full-width digits", "NumberForm", MALFORMED)
        .by(member("iterations").value("１００")),
    deviation("iterations-without-quotes", "The count is a word", "NumberForm", MALFORMED)
        .by(member("iterations").value("hundred")),
    deviation("iterations-true", "The count is a truth value, and 100 sealed the record", "WrongType", UNOPENABLE)
        .by(member("iterations").value("true")),
    deviation("iterations-object", "The count is in an object", "WrongType", UNOPENABLE)
        .by(member("iterations").value(r#"{"n":100}"#)),
    deviation(
        "iterations-duplicate-wrong-last",
        "The count occurs twice, and the second is another",
        "DupKey",
        UNOPENABLE,
    )
    .by(member("iterations").twice_last("101")),
    deviation("iterations-a-little-more", "The count is a little above an integer", "NumberForm", UNOPENABLE)
        .by(member("iterations").value("100.0000001")),
];

/// Counts that a lenient reader takes for SJCL's default.
const UNCOUNTED: &[Deviation] = &[
    deviation("iterations-missing", "The count is missing, and SJCL's default sealed it", "MissingMember", UNREADABLE)
        .by(member("iterations").remove()),
    deviation("iterations-null", "The count is null, and SJCL's default sealed it", "MissingMember", UNREADABLE)
        .by(member("iterations").value("null")),
    deviation("iterations-0", "The count is 0, and SJCL's default sealed it", "MissingMember", UNREADABLE)
        .by(member("iterations").value("0")),
    deviation(
        "iterations-empty-text",
        "The count is an empty text, and SJCL's default sealed it",
        "MissingMember",
        UNREADABLE,
    )
    .by(member("iterations").value("\"\"")),
    deviation(
        "iterations-missing-members-reversed",
        "The count is missing, and the salt comes last",
        "MissingMember",
        UNREADABLE,
    )
    .by(all(&[member("iterations").remove(), document().reverse()])),
];

const ITERATIONS_STRICT: &[Deviation] = &[
    deviation("iterations-text", "The count is a text", "WrongType", MALFORMED)
        .by(member("iterations").value(r#""100""#)),
    deviation("iterations-exponent", "The count is written with an exponent", "NumberForm", MALFORMED)
        .by(member("iterations").value("1e2")),
    deviation("iterations-float", "The count is written with a fraction of zero", "NumberForm", MALFORMED)
        .by(member("iterations").value("100.0")),
    deviation("iterations-in-an-array", "The count is in an array of one", "WrongType", MALFORMED)
        .by(member("iterations").value("[100]")),
    deviation("duplicate-iterations", "The count occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(member("iterations").twice_first("1")),
    deviation("iterations-in-two-arrays", "The count is in an array in an array", "WrongType", MALFORMED)
        .by(member("iterations").value("[[100]]")),
    deviation("iterations-text-in-an-array", "The count is a text in an array", "WrongType", MALFORMED)
        .by(member("iterations").value(r#"["100"]"#)),
    deviation("iterations-text-hexadecimal", "The count is a hexadecimal text", "WrongType", MALFORMED)
        .by(member("iterations").value(r#""0x64""#)),
    deviation("iterations-text-spaced", "The count is a text with spaces", "WrongType", MALFORMED)
        .by(member("iterations").value(r#"" 100 ""#)),
    deviation("iterations-exponent-plus", "The count has an exponent with a plus", "NumberForm", MALFORMED)
        .by(member("iterations").value("1E+2")),
    deviation("iterations-exponent-minus", "The count has a negative exponent", "NumberForm", MALFORMED)
        .by(member("iterations").value("1000e-1")),
    deviation("iterations-of-many-zeros", "The count has a fraction of thirty zeros", "NumberForm", MALFORMED)
        .by(member("iterations").value("100.000000000000000000000000000000")),
    deviation(
        "iterations-nearly",
        "The count is so little above an integer that a double cannot tell",
        "NumberForm",
        MALFORMED,
    )
    .by(member("iterations").value("100.000000000000000001")),
    deviation(
        "iterations-duplicate-escaped",
        "The count occurs twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
    )
    .by(member("iterations").whole().before(r#""\u0069terations":1,"#)),
];
