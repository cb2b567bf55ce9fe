//! Envelopes whose JSON or base64 is not what a client writes.

use ::document::{Charset, Place, Spelling, all, document, first_member, member};

use super::open::{begun, whole};
use super::sample::{Mode, Sample, array, base64};
use crate::builder::checked::{Deviation, MALFORMED, PARAMETER, UNOPENABLE, UNREADABLE, deviation};
use crate::builder::{FileBuilder, KeyStream};

/// What the published clients refuse too.
pub(super) fn core(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let own = match mode {
        Mode::Password => PASSWORD_CORE,
        Mode::Item => ITEM_CORE,
    };
    deviating(mode, stream, "Envelopes that no reader may take", |file| file, &[CORE, own])
}

/// What the node build of the published library takes.
pub(super) fn strict(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let own = match mode {
        Mode::Password => PASSWORD_STRICT,
        Mode::Item => ITEM_STRICT,
    };
    deviating(mode, stream, "Envelopes that a lenient reader takes", |file| file.policy("strict"), &[STRICT, own])
}

fn deviating(
    mode: Mode,
    stream: &mut KeyStream,
    title: &str,
    describe: impl FnOnce(FileBuilder) -> FileBuilder,
    tables: &[&[Deviation]],
) -> FileBuilder {
    let mut file = begun(mode, title, describe);
    let sample = with_both_alphabets(Sample::new(mode, stream), stream);
    let parent = whole(&mut file, &sample);
    file.deviate((parent, "envelope"), &sample.envelope(), tables.iter().copied().flatten());
    file.finish()
}

/// A sample whose ciphertext and nonce are spelled otherwise in the other alphabet.
fn with_both_alphabets(mut sample: Sample, stream: &mut KeyStream) -> Sample {
    let differs = |bytes: &[u8]| base64(bytes).contains(['-', '_']);
    while !(differs(&sample.nonce) && differs(&sample.sealed())) {
        sample.nonce = array(stream);
    }
    sample
}

const CORE: &[Deviation] = &[
    deviation("empty", "The envelope is empty", "NotJson", MALFORMED).by(document().with("")),
    deviation("empty-object", "The envelope is an empty object", "MissingMember", MALFORMED).by(document().with("{}")),
    deviation("null", "The envelope is null", "WrongType", MALFORMED).by(document().with("null")),
    deviation("number", "The envelope is a number", "WrongType", MALFORMED).by(document().with("7")),
    deviation("cut", "The last brace is missing", "NotJson", MALFORMED).by(document().drop_last(1)),
    deviation("cut-in-the-middle", "The second half is missing", "NotJson", MALFORMED).by(document().first_half()),
    deviation("bom", "A byte order mark is before the envelope", "Charset", MALFORMED)
        .by(document().before("\u{feff}")),
    deviation("utf-16le", "The envelope is UTF-16, little-endian", "Charset", MALFORMED)
        .by(document().transcode(Charset::Utf16Le)),
    deviation("in-an-array", "The envelope is in an array", "WrongType", MALFORMED).by(document().wrap("[", "]")),
    deviation("in-a-string", "The envelope is a string that holds the envelope", "WrongType", MALFORMED)
        .by(document().quote()),
    deviation("text-after", "A letter is after the envelope", "NotJson", MALFORMED).by(document().after("x")),
    deviation("second-envelope-after", "A second envelope is after the first", "NotJson", MALFORMED)
        .by(document().twice("")),
    deviation("nul-after", "A NUL is after the envelope", "NotJson", MALFORMED).by(document().after("\0")),
    deviation("comma-at-end", "A comma is after the last member", "NotJson", MALFORMED).by(Place::end().with(",")),
    deviation("comment", "A comment is before the envelope", "NotJson", MALFORMED).by(document().before("/* */")),
    deviation("single-quotes", "The quotes are single", "NotJson", MALFORMED).by(document().replace_each("\"", "'")),
    deviation("name-without-quotes", "A name has no quotes", "NotJson", MALFORMED)
        .by(member("iv").at_name().requote("")),
    deviation("raw-newline", "A raw newline is in a value", "NotJson", MALFORMED)
        .by(member("cipher").in_text().before("\n")),
    deviation("length-leading-zero", "The length has a zero at the front", "NumberForm", MALFORMED).by(member(
        "length",
    )
    .at_value()
    .before("0")),
    deviation("length-plus", "The length has a leading plus", "NumberForm", MALFORMED)
        .by(member("length").at_value().before("+")),
    deviation("length-nan", "The length is NaN", "NumberForm", MALFORMED).by(member("length").value("NaN")),
    deviation("cipher-missing", "The ciphertext is missing", "MissingMember", MALFORMED).by(member("cipher").remove()),
    deviation("cipher-null", "The ciphertext is null", "WrongType", MALFORMED).by(member("cipher").value("null")),
    deviation("cipher-number", "The ciphertext is a number", "WrongType", UNOPENABLE).by(member("cipher").value("7")),
    deviation("cipher-empty", "The ciphertext is empty", "TagTruncated", UNOPENABLE).by(member("cipher").text("")),
    deviation("cipher-15-bytes", "The ciphertext is shorter than a tag", "TagTruncated", UNOPENABLE).by(member(
        "cipher",
    )
    .in_text()
    .keep(20)),
    deviation("cipher-hex", "The ciphertext is hex", "B64Alphabet", UNOPENABLE)
        .by(member("cipher").text("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")),
    deviation("iv-missing", "The nonce is missing", "MissingMember", MALFORMED).by(member("iv").remove()),
    deviation("iv-null", "The nonce is null", "WrongType", MALFORMED).by(member("iv").value("null")),
    deviation("iv-empty", "The nonce is empty", "NonceSize", UNREADABLE).by(member("iv").text("")),
    deviation("iv-12-bytes", "The nonce has 12 bytes, as that of ChaCha20-Poly1305", "NonceSize", UNREADABLE)
        .by(member("iv").in_text().keep(16)),
    deviation("iv-23-bytes", "The nonce has 23 bytes", "NonceSize", UNREADABLE)
        .by(member("iv").text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
    deviation("iv-25-bytes", "The nonce has 25 bytes", "NonceSize", UNREADABLE).by(member("iv").in_text().after("AA")),
    deviation("iv-wrong-case", "The nonce's member is written in capitals", "MissingMember", MALFORMED)
        .by(member("iv").rename("IV")),
    deviation("duplicate-iv-wrong-last", "The nonce occurs twice, and the second is another", "DupKey", UNOPENABLE)
        .by(member("iv").twice_last(r#""AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation(
        "duplicate-cipher-wrong-last",
        "The ciphertext occurs twice, and the second is another",
        "DupKey",
        UNOPENABLE,
    )
    .by(member("salt").whole().before(r#""cipher":"AAAAAAAAAAAAAAAAAAAAAA","#)),
];

const PASSWORD_CORE: &[Deviation] = &[
    deviation("salt-missing", "The salt is missing, without which nothing can be derived", "MissingMember", UNOPENABLE)
        .by(member("salt").remove()),
    deviation("salt-null", "The salt is null", "WrongType", UNOPENABLE).by(member("salt").value("null")),
    deviation("salt-empty", "The salt is empty", "SaltSize", UNOPENABLE).by(member("salt").text("")),
    deviation("salt-8-bytes", "The salt has 8 bytes", "SaltSize", UNREADABLE).by(member("salt").text("AAAAAAAAAAA")),
    deviation("salt-15-bytes", "The salt has 15 bytes", "SaltSize", UNREADABLE)
        .by(member("salt").text("AAAAAAAAAAAAAAAAAAAA")),
    deviation("salt-17-bytes", "The salt has 17 bytes", "SaltSize", UNREADABLE)
        .by(member("salt").text("AAAAAAAAAAAAAAAAAAAAAAA")),
    deviation("salt-of-another", "The salt is another envelope's", "SaltSize", UNOPENABLE)
        .by(member("salt").text("AAAAAAAAAAAAAAAAAAAAAA")),
];

const ITEM_CORE: &[Deviation] = &[];

const STRICT: &[Deviation] = &[
    deviation("duplicate-iv-same", "The nonce occurs twice, the same", "DupKey", MALFORMED)
        .by(all(&[member("iv").twice(), member("iv").move_first()])),
    deviation("duplicate-iv-wrong-first", "The nonce occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(document().first_member(r#""iv":"AAAA""#)),
    deviation("duplicate-iv-escaped", "The nonce occurs twice, once with an escape in its name", "DupKey", MALFORMED)
        .by(document().first_member(r#""\u0069v":"AAAA""#)),
    deviation(
        "duplicate-cipher-wrong-first",
        "The ciphertext occurs twice, and the first is another",
        "DupKey",
        MALFORMED,
    )
    .by(document().first_member(r#""cipher":"AAAA""#)),
    deviation("unknown-member", "A member is in it that the format does not have", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""pepper":"00""#)),
    deviation("unknown-name-in-capitals", "A name is in it twice, once in other letters", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""IV":"AAAA""#)),
    deviation("proto-member", "A member is called __proto__", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""__proto__":{"iv":"AAAA"}"#)),
    deviation("deep-member", "A member holds five thousand arrays in each other", "Depth", MALFORMED)
        .by(all(&[document().first_member(r#""deep":[]"#), first_member().at_value().wrap_times("[", "]", 4_999)])),
    deviation("format-null", "The format is null", "WrongType", MALFORMED).by(member("format").value("null")),
    deviation("format-hex", "The format says hex", "UnknownAlg", PARAMETER).by(member("format").text("hex")),
    deviation("alg-unknown", "The algorithm is unknown", "UnknownAlg", PARAMETER).by(member("alg").text("aes-gcm")),
    deviation("alg-other-variant", "The algorithm names Argon2id", "UnknownAlg", PARAMETER)
        .by(member("alg").text("xcha-argon2id13-7")),
    deviation(
        "alg-of-february-2021",
        "The algorithm is what was written for a week in February 2021",
        "UnknownAlg",
        PARAMETER,
    )
    .by(member("alg").text("xcha-argon2i13-0-7")),
    deviation(
        "alg-compressed",
        "The algorithm names a compressed plaintext, as was written for a week in February 2021",
        "UnknownAlg",
        PARAMETER,
    )
    .by(member("alg").text("xcha-argon2i13-1-7")),
    deviation(
        "alg-none-compressed",
        "The algorithm is what was written for two days in February 2021",
        "UnknownAlg",
        PARAMETER,
    )
    .by(member("alg").text("xcha-argon2i13-0-none-7")),
    deviation("alg-nil", "The algorithm is that of the first streams", "UnknownAlg", PARAMETER)
        .by(member("alg").text("xcha-argon2i13-nil")),
    deviation("alg-null", "The algorithm is null", "WrongType", MALFORMED).by(member("alg").value("null")),
    deviation("length-text", "The length is a text", "WrongType", MALFORMED).by(member("length").value(r#""39""#)),
    deviation("length-null", "The length is null", "WrongType", MALFORMED).by(member("length").value("null")),
    deviation("length-float", "The length is written with a fraction of zero", "NumberForm", MALFORMED)
        .by(member("length").value("39.0")),
    deviation("length-exponent", "The length is written with an exponent", "NumberForm", MALFORMED)
        .by(member("length").value("39e0")),
    deviation("length-negative-zero", "The length is -0", "NumberForm", MALFORMED).by(member("length").value("-0")),
    deviation("length-huge", "The length has four hundred digits", "NumberForm", MALFORMED)
        .by(member("length").at_value().with_bytes(&[b'9'; 400])),
    deviation("chunk-size-null", "The chunk size is null", "WrongType", MALFORMED)
        .by(document().first_member(r#""chunkSize":null"#)),
    deviation("cipher-standard-alphabet", "The ciphertext is base64 of the other alphabet", "B64Alphabet", MALFORMED)
        .by(member("cipher").in_text().spell(Spelling::OtherAlphabet)),
    deviation("iv-standard-alphabet", "The nonce is base64 of the other alphabet", "B64Alphabet", MALFORMED)
        .by(member("iv").in_text().spell(Spelling::OtherAlphabet)),
    deviation("cipher-padded", "The ciphertext is padded", "B64Pad", MALFORMED)
        .by(member("cipher").in_text().spell(Spelling::Padded("="))),
    deviation("cipher-spaced", "A space is in the ciphertext", "B64Whitespace", MALFORMED)
        .by(member("cipher").in_text().insert(4, " ")),
    deviation("cipher-wrapped", "A newline is in the ciphertext", "B64Whitespace", MALFORMED)
        .by(member("cipher").in_text().insert(4, r"\n")),
    deviation("cipher-nul", "A NUL is in the ciphertext", "B64Alphabet", MALFORMED)
        .by(member("cipher").in_text().insert(4, r"\u0000")),
    deviation("cipher-not-ascii", "A letter that is not ASCII is in the ciphertext", "B64Alphabet", MALFORMED)
        .by(member("cipher").in_text().insert(4, "é")),
    deviation("cipher-spare-bits", "Spare bits of the last character are set", "B64NonCanonical", MALFORMED)
        .by(member("cipher").in_text().spell(Spelling::SpareBits([1, 1]))),
    deviation("cipher-character-more", "A lone character is at the end", "B64Pad", MALFORMED)
        .by(member("cipher").in_text().after("==A")),
];

const PASSWORD_STRICT: &[Deviation] = &[
    deviation("salt-padded", "The salt is padded", "B64Pad", MALFORMED).by(member("salt").in_text().after("==")),
    deviation("salt-spaced", "A space is in the salt", "B64Whitespace", MALFORMED)
        .by(member("salt").in_text().insert(4, " ")),
    deviation("salt-spare-bits", "Spare bits of the salt's last character are set", "B64NonCanonical", MALFORMED)
        .by(member("salt").in_text().spell(Spelling::SpareBits([1, 1]))),
    deviation("length-missing", "The length is missing", "MissingMember", MALFORMED).by(member("length").remove()),
    deviation("id-added", "The envelope has an id, as if it were an item", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""id":"a""#)),
];

const ITEM_STRICT: &[Deviation] = &[
    deviation("length-missing", "The length is missing", "MissingMember", MALFORMED).by(member("length").remove()),
    deviation("salt-null", "The salt is null", "WrongType", MALFORMED).by(member("salt").value("null")),
    deviation("salt-15-bytes", "The salt has 15 bytes", "SaltSize", UNREADABLE)
        .by(member("salt").text("AAAAAAAAAAAAAAAAAAAA")),
    deviation("salt-not-base64", "The salt is not base64", "B64Alphabet", MALFORMED)
        .by(member("salt").text("**********************")),
    deviation("id-missing", "The id is missing", "MissingMember", MALFORMED).by(member("id").remove()),
    deviation("id-null", "The id is null", "WrongType", MALFORMED).by(member("id").value("null")),
    deviation("id-number", "The id is a number", "WrongType", MALFORMED).by(member("id").value("7")),
    deviation("id-lone-surrogate", "The id has half a character", "Charset", MALFORMED)
        .by(member("id").value(r#""\ud83d""#)),
    deviation("v-missing", "The version is missing", "MissingMember", MALFORMED).by(member("v").remove()),
    deviation("v-text", "The version is a text", "WrongType", MALFORMED).by(member("v").value(r#""6.1""#)),
    deviation("v-7", "The version is unknown", "KeyVersion", PARAMETER).by(member("v").value("7")),
    deviation("v-huge", "The version is beyond every number", "NumberForm", UNREADABLE).by(member("v").value("1e400")),
    deviation("key-version-2", "The key version is unknown", "KeyVersion", PARAMETER)
        .by(document().first_member(r#""keyVersion":2"#)),
    deviation("key-version-null", "The key version is null", "WrongType", MALFORMED)
        .by(document().first_member(r#""keyVersion":null"#)),
    deviation("key-version-text", "The key version is a text", "WrongType", MALFORMED)
        .by(document().first_member(r#""keyVersion":"1""#)),
    deviation("key-version-negative", "The key version is negative", "KeyVersion", UNREADABLE)
        .by(document().first_member(r#""keyVersion":-1"#)),
    deviation("user-id", "The server's own member is still there", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""userId":"64b1""#)),
];
