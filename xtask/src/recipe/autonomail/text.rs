//! Records whose SJCL text is not what SJCL writes.

use ::document::{Charset, Place, Spelling, all, document, member};

use super::flags::described;
use super::open::whole;
use super::sample::{Profile, Sample};
use crate::builder::checked::{Checked, Deviation, MALFORMED, PARAMETER, UNOPENABLE, UNREADABLE, deviation, edited};
use crate::builder::{CaseId, FileBuilder, KeyStream};

/// What SJCL's own reader refuses too.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "SJCL texts that no reader may take", described);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    file.deviate_inside((parent, "record"), (&sample.record(), "secureData"), CORE);
    file.finish()
}

/// What SJCL's own reader takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let mut file = Checked::new(profile.open(), "SJCL texts that a lenient reader takes", strict);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    file.deviate_inside((parent, "record"), (&sample.record(), "secureData"), STRICT);
    resealed(&mut file, parent, &sample, stream);
    file.finish()
}

/// Texts that were sealed as they say, with parameters that are SJCL's and not Autonomail's.
fn resealed(file: &mut Checked, parent: CaseId, sample: &Sample, stream: &mut KeyStream) {
    let mut add = |name, why, flag, text: Vec<u8>| {
        let record = sample.record_of(&text).into_bytes();
        file.forge((parent, "record"), (name, why, flag), UNREADABLE, record);
    };
    for (name, why, length) in [
        ("iv-12-bytes", "Sealed with an IV of 12 bytes, GCM's usual", 12),
        ("iv-8-bytes", "Sealed with an IV of 8 bytes", 8),
        ("iv-15-bytes", "Sealed with an IV of 15 bytes", 15),
    ] {
        let other = Sample { iv: stream.bytes(length), ..sample.clone() };
        add(name, why, "IvSize", other.text().into_bytes());
    }
    for (name, why, bytes, bits) in [
        ("tag-8-bytes", "The tag is cut to 8 bytes, and ts says so", 8, "64"),
        ("tag-12-bytes", "The tag is cut to 12 bytes, and ts says so", 12, "96"),
    ] {
        let text = sample.text_of(&sample.sealed_with(b"", bytes));
        add(name, why, "TagLenFromEnvelope", edited(&text, &member("ts").value(bits), name));
    }
    let text = sample.text_of(&sample.sealed_with(b"data", 16));
    let (name, edit) = ("adata-sealed", member("adata").text("ZGF0YQ=="));
    add(name, "Sealed with associated data", "ParamNotBound", edited(&text, &edit, name));
}

const CORE: &[Deviation] = &[
    deviation("bom", "A byte order mark is before the text", "Charset", MALFORMED).by(document().before("\u{feff}")),
    deviation("utf-16le", "The text is UTF-16, little-endian", "Charset", MALFORMED)
        .by(document().transcode(Charset::Utf16Le)),
    deviation("broken-utf-8", "A byte in the text is not UTF-8", "Charset", MALFORMED)
        .by(member("iv").in_text().set_bytes(3, b"\xff")),
    deviation("text-empty", "The text is empty", "NotJson", MALFORMED).by(document().with("")),
    deviation("text-cut", "The last brace is missing", "NotJson", MALFORMED).by(document().drop_last(1)),
    deviation("text-after", "A letter is after the text", "NotJson", MALFORMED).by(document().after("x")),
    deviation("nul-after", "A NUL is after the text", "NotJson", MALFORMED).by(document().after("\0")),
    deviation("comma-at-end", "A comma is after the last member", "NotJson", MALFORMED).by(Place::end().with(",")),
    deviation("comma-in-front", "A comma is before the first member", "NotJson", MALFORMED)
        .by(Place::front().with(",")),
    deviation("comment", "A comment is before the first member", "NotJson", MALFORMED).by(Place::front().with("/* */")),
    deviation("array", "The text is in an array", "WrongType", MALFORMED).by(document().wrap("[", "]")),
    deviation("value-null", "The ciphertext is null", "WrongType", MALFORMED)
        .by(all(&[member("ct").twice_first("null"), member("ct").next().rename("c")])),
    deviation("value-array", "The cipher's name is in an array", "WrongType", MALFORMED)
        .by(member("cipher").value(r#"["aes"]"#)),
    deviation("value-object", "The cipher's name is in an object", "WrongType", MALFORMED)
        .by(member("cipher").value(r#"{"name":"aes"}"#)),
    deviation("slash-escaped", "A slash is escaped, as PHP writes it", "JsonEscape", MALFORMED)
        .by(member("ct").in_text().before(r"\/")),
    deviation("iter-plus", "The decoy count has a leading plus", "NumberForm", MALFORMED)
        .by(member("iter").value("+1000")),
    deviation("ts-text", "The tag length is a text", "WrongType", UNREADABLE).by(member("ts").value(r#""128""#)),
    deviation("ks-text", "The key length is a text", "WrongType", UNREADABLE).by(member("ks").value(r#""256""#)),
    deviation("ts-missing", "The tag length is missing, and SJCL's default is 64", "MissingMember", UNOPENABLE)
        .by(member("ts").remove()),
    deviation("mode-missing", "The mode is missing, and SJCL's default is ccm", "MissingMember", UNOPENABLE)
        .by(member("mode").remove()),
    deviation("ct-missing", "The ciphertext is missing", "MissingMember", UNREADABLE).by(member("ct").remove()),
    deviation("mode-in-capitals", "The mode is written GCM", "ModeConfusion", UNREADABLE)
        .by(member("mode").text("GCM")),
    deviation("mode-ocb2", "The mode is ocb2", "ModeConfusion", UNOPENABLE).by(member("mode").text("ocb2")),
    deviation(
        "mode-constructor",
        "The mode is the name of a property that every object of JavaScript has",
        "ProtoKey",
        UNREADABLE,
    )
    .by(member("mode").text("constructor")),
    deviation("mode-empty", "The mode is empty", "ModeConfusion", UNREADABLE).by(member("mode").text("")),
    deviation("cipher-in-capitals", "The cipher is written AES", "ModeConfusion", UNREADABLE)
        .by(member("cipher").text("AES")),
    deviation("cipher-unknown", "The cipher is another", "ModeConfusion", UNREADABLE)
        .by(member("cipher").text("serpent")),
    deviation("ks-512", "The length is not a key length of AES", "ParamNotBound", UNREADABLE)
        .by(member("ks").value("512")),
    deviation("ks-0", "The key length is 0", "ParamNotBound", UNREADABLE).by(member("ks").value("0")),
    deviation("ts-96", "The tag length is 96 bits and the ciphertext is whole", "TagLenFromEnvelope", UNOPENABLE)
        .by(member("ts").value("96")),
    deviation("ts-0", "The tag length is 0", "TagLenFromEnvelope", UNREADABLE).by(member("ts").value("0")),
    deviation("ts-8", "The tag length is 8 bits", "TagLenFromEnvelope", UNREADABLE).by(member("ts").value("8")),
    deviation("ts-256", "The tag length is longer than a tag", "TagLenFromEnvelope", UNREADABLE)
        .by(member("ts").value("256")),
    deviation("ts-negative", "The tag length is negative", "TagLenFromEnvelope", UNREADABLE)
        .by(member("ts").value("-128")),
    deviation("iv-empty", "The IV is empty", "IvSize", UNREADABLE).by(member("iv").text("")),
    deviation("iv-4-bytes", "The IV has 4 bytes", "IvSize", UNREADABLE).by(member("iv").text("AAAAAA==")),
    deviation("iv-17-bytes", "The IV has 17 bytes", "IvSize", UNREADABLE)
        .by(member("iv").text("AAAAAAAAAAAAAAAAAAAAAAA=")),
    deviation("iv-url-alphabet", "The IV is base64 of the other alphabet", "B64Alphabet", MALFORMED)
        .by(member("iv").text("-_8AAAAAAAAAAAAAAAAAAA==")),
    deviation("iv-hex", "The IV is hex", "B64Alphabet", UNREADABLE)
        .by(member("iv").text("000102030405060708090a0b0c0d0e0f")),
    deviation("ct-url-alphabet", "A character of the other alphabet is in the ciphertext", "B64Alphabet", MALFORMED)
        .by(member("ct").in_text().before("-")),
    deviation("ct-percent", "A character is percent-encoded", "B64Alphabet", MALFORMED)
        .by(member("ct").in_text().before("%2B")),
    deviation("ct-nul", "A NUL is in the ciphertext", "B64Alphabet", MALFORMED).by(member("ct").in_text().before("\0")),
    deviation("duplicate-ct-wrong-last", "The ciphertext occurs twice, and the second is empty", "DupKey", UNOPENABLE)
        .by(member("ct").twice_last(r#""""#)),
    deviation("duplicate-mode-wrong-last", "The mode occurs twice, and the second is ccm", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""mode":"ccm""#)),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-iv-same", "The IV occurs twice, the same", "DupKey", MALFORMED)
        .by(all(&[member("iv").twice(), member("iv").next().move_last()])),
    deviation("duplicate-iv-wrong-first", "The IV occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(member("iv").twice_first(r#""AAAAAAAAAAAAAAAAAAAAAA==""#)),
    deviation("duplicate-ct-wrong-first", "The ciphertext occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(document().first_member(r#""ct":"AAAA""#)),
    deviation("duplicate-mode-wrong-first", "The mode occurs twice, and the first is ccm", "DupKey", MALFORMED)
        .by(document().first_member(r#""mode":"ccm""#)),
    deviation("unknown-member", "A member is in it that the format does not have", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""note":"x""#)),
    deviation("salt-member", "A salt is in it, as if there were a password", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""salt":"AAAAAAAAAAA=""#)),
    deviation("names-without-quotes", "A name has no quotes", "NotJson", MALFORMED)
        .by(member("mode").at_name().requote("")),
    deviation("names-in-single-quotes", "A name has single quotes", "NotJson", MALFORMED)
        .by(member("mode").at_name().requote("'")),
    deviation("space-in-a-value", "A space is in a value", "Whitespace", PARAMETER).by(member("mode").text("g cm")),
    deviation("space-in-a-number", "A space is in a number", "Whitespace", MALFORMED).by(member("ts").value("1 28")),
    deviation("newline-in-ct", "A newline is in the ciphertext", "Whitespace", MALFORMED)
        .by(member("ct").in_text().before("\n")),
    deviation("form-feed-between-tokens", "A form feed is between tokens", "Whitespace", MALFORMED)
        .by(document().replace(",", ",\u{c}")),
    deviation("v-2", "The version is another", "ParamNotBound", PARAMETER).by(member("v").value("2")),
    deviation("v-text", "The version is a text", "WrongType", MALFORMED).by(member("v").value(r#""1""#)),
    deviation("v-true", "The version is a truth value", "WrongType", MALFORMED).by(member("v").value("true")),
    deviation("v-missing", "The version is missing", "MissingMember", MALFORMED).by(member("v").remove()),
    deviation("iter-missing", "The decoy count is missing", "MissingMember", MALFORMED).by(member("iter").remove()),
    deviation("iter-negative", "The decoy count is negative", "NumberForm", MALFORMED)
        .by(member("iter").value("-1000")),
    deviation("ts-leading-zero", "The tag length has a zero at the front", "NumberForm", MALFORMED)
        .by(member("ts").value("0128")),
    deviation("ks-missing", "The key length is missing, and SJCL's default is 128", "MissingMember", MALFORMED)
        .by(member("ks").remove()),
    deviation("ks-128", "The key length is 128, and the key has 256 bits", "ParamNotBound", PARAMETER)
        .by(member("ks").value("128")),
    deviation("adata-missing", "The associated data are missing", "MissingMember", MALFORMED)
        .by(member("adata").remove()),
    deviation("cipher-missing", "The cipher is missing", "MissingMember", MALFORMED).by(member("cipher").remove()),
    deviation("ct-padding-missing", "The ciphertext has lost its padding", "B64Pad", MALFORMED)
        .by(member("ct").in_text().drop_last(1)),
    deviation("ct-padding-more", "The ciphertext has a padding character more", "B64Pad", MALFORMED)
        .by(member("ct").in_text().after("=")),
    deviation("iv-padding-missing", "The IV has lost its padding", "B64Pad", MALFORMED)
        .by(member("iv").in_text().spell(Spelling::Unpadded)),
    deviation("padding-inside", "A padding character is inside the ciphertext", "B64Pad", MALFORMED)
        .by(member("ct").in_text().before("=")),
    deviation("ct-spare-bits", "Spare bits of the last character are set", "B64NonCanonical", MALFORMED).by(member(
        "ct",
    )
    .in_text()
    .spell(Spelling::SpareBits([1, 1]))),
    // What follows SJCL's own reader refuses, but any reader of JSON takes it, and takes it for the same text.
    deviation(
        "value-escaped",
        "A character of a value is an escape, which SJCL's reader does not know",
        "JsonEscape",
        MALFORMED,
    )
    .by(member("mode").text(r"\u0067cm")),
    deviation(
        "name-escaped",
        "A character of a name is an escape, which SJCL's reader does not know",
        "JsonEscape",
        MALFORMED,
    )
    .by(member("mode").rename(r"\u006dode")),
    deviation(
        "name-unknown-with-underscore",
        "A member is called __proto__, which SJCL's reader takes for no name",
        "ProtoKey",
        MALFORMED,
    )
    .by(document().first_member(r#""__proto__":1"#)),
    deviation("ts-float", "The tag length is written with a fraction of zero", "NumberForm", MALFORMED)
        .by(member("ts").value("128.0")),
    deviation("ts-exponent", "The tag length is written with an exponent", "NumberForm", MALFORMED)
        .by(member("ts").value("1.28e2")),
    deviation("iter-exponent", "The decoy count is written with an exponent", "NumberForm", MALFORMED)
        .by(member("iter").value("1e3")),
    deviation("iter-float", "The decoy count is written with a fraction of zero", "NumberForm", MALFORMED)
        .by(member("iter").value("1000.0")),
];
