//! Records whose SJCL text is nearly JSON, or nearly the header that stands in it.
//!
//! What SJCL's own reader refuses is `core`, what it takes is `strict`: it strikes white space everywhere, takes names
//! without quotes, the last of two members and any text after a number that it can read.

use ::document::{all, document, member};

use super::bound::other_modes;
use super::flags::described;
use super::open::whole;
use super::sample::{Profile, Sample};
use crate::builder::checked::{Checked, Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation};
use crate::builder::forms::json::{NOT_JSON, UNKNOWN};
use crate::builder::{CaseId, FileBuilder, KeyStream};

/// Forms of [`NOT_JSON`] that SJCL takes.
const TAKEN: &[&str] = &["form-feed", "vertical-tab", "tab-in-a-name"];

/// What SJCL's own reader refuses too.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Headers that no reader may take", described);
    add(&mut file, &Sample::new(profile, stream), |form| !taken(form.name), &[NOT_JSON, CORE]);
    file.finish()
}

/// What SJCL's own reader takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let mut file = Checked::new(profile.open(), "Headers that a lenient reader takes", strict);
    let sample = Sample::new(profile, stream);
    let parent = add(&mut file, &sample, |form| taken(form.name), &[NOT_JSON, UNKNOWN, STRICT]);
    other_modes(&mut file, parent, &sample);
    file.finish()
}

/// Whether SJCL takes a form, or refuses it for a reason of its own, as unknown members that any reader of JSON skips.
fn taken(form: &str) -> bool {
    TAKEN.contains(&form) || [UNKNOWN, STRICT].iter().copied().flatten().any(|taken| taken.name == form)
}

fn add(file: &mut Checked, sample: &Sample, wanted: impl Fn(&Deviation) -> bool, tables: &[&[Deviation]]) -> CaseId {
    let parent = whole(file, sample);
    let forms = tables.iter().copied().flatten().filter(|form| wanted(form));
    file.deviate_inside((parent, "record"), (&sample.record(), "secureData"), forms);
    parent
}

const CORE: &[Deviation] = &[
    deviation("duplicate-iv-wrong-last", "The IV occurs twice, and the second is another", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""iv":"AAAAAAAAAAAAAAAAAAAAAA==""#)),
    deviation("duplicate-ts-wrong-last", "The tag length occurs twice, and the second is 64", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""ts":64"#)),
    deviation("duplicate-ks-wrong-last", "The key length occurs twice, and the second is none", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""ks":100"#)),
    deviation(
        "duplicate-cipher-wrong-last",
        "The cipher occurs twice, and the second is unknown",
        "DupKey",
        UNOPENABLE,
    )
    .by(document().last_member(r#""cipher":"des""#)),
    deviation(
        "duplicate-adata-wrong-last",
        "The associated data occur twice, and the second are some",
        "DupKey",
        UNOPENABLE,
    )
    .by(document().last_member(r#""adata":"AAAA""#)),
    deviation(
        "adata-of-three-bytes",
        "The associated data say something that was not sealed",
        "ParamNotBound",
        UNOPENABLE,
    )
    .by(member("adata").value(r#""AAAA""#)),
    deviation("adata-null", "The associated data are null", "WrongType", MALFORMED).by(member("adata").value("null")),
    deviation("iv-null", "The IV is null", "WrongType", MALFORMED)
        .by(all(&[member("iv").twice_first("null"), member("iv").next().rename("i")])),
    deviation("iv-number", "The IV is a number", "WrongType", UNOPENABLE)
        .by(all(&[member("iv").twice_first("7"), member("iv").next().rename("i")])),
    deviation("iv-missing", "The IV is missing", "MissingMember", UNOPENABLE).by(member("iv").remove()),
    deviation("iv-of-zeros", "The IV is all zeros, and another sealed the text", "FieldSwap", UNOPENABLE)
        .by(member("iv").text("AAAAAAAAAAAAAAAAAAAAAA==")),
    deviation("iv-cut-to-12-bytes", "The IV has lost its last four bytes", "IvSize", UNOPENABLE)
        .by(member("iv").in_text().keep(16)),
    deviation("ct-of-8-bytes", "The ciphertext is shorter than a tag", "TagLenFromEnvelope", UNOPENABLE)
        .by(member("ct").text("AAAAAAAAAAA=")),
    deviation("ct-of-15-bytes", "The ciphertext is a byte shorter than a tag", "TagLenFromEnvelope", UNOPENABLE)
        .by(member("ct").text("AAAAAAAAAAAAAAAAAAAA")),
    deviation("ct-number", "The ciphertext is a number", "WrongType", UNOPENABLE)
        .by(all(&[member("ct").twice_first("7"), member("ct").next().rename("c")])),
    deviation("name-in-capitals", "The IV's name is in capitals", "MissingMember", UNOPENABLE)
        .by(member("iv").rename("IV")),
    deviation("name-with-a-capital", "The mode's name begins with a capital", "MissingMember", UNOPENABLE)
        .by(member("mode").rename("Mode")),
    deviation(
        "name-with-a-kelvin-sign",
        "The key length's name begins with the Kelvin sign, which Go folds",
        "MissingMember",
        MALFORMED,
    )
    .by(member("ks").rename("\u{212a}s")),
    deviation(
        "name-with-a-long-s",
        "The tag length's name ends in a long s, which Go folds",
        "MissingMember",
        MALFORMED,
    )
    .by(member("ts").rename("t\u{17f}")),
    deviation("mode-cbc", "The mode is cbc, which hides no change", "ModeConfusion", UNOPENABLE)
        .by(member("mode").text("cbc")),
    deviation("mode-ctr", "The mode is ctr, which has no tag", "ModeConfusion", UNOPENABLE)
        .by(member("mode").text("ctr")),
    deviation("mode-ccm", "The mode is SJCL's default, and gcm sealed the text", "ModeConfusion", UNOPENABLE)
        .by(member("mode").text("ccm")),
    deviation("mode-number", "The mode is a number", "WrongType", UNREADABLE).by(member("mode").value("1")),
    deviation("mode-null", "The mode is null", "WrongType", MALFORMED).by(member("mode").value("null")),
    deviation("mode-proto", "The mode is __proto__", "ProtoKey", UNREADABLE).by(member("mode").text("__proto__")),
    deviation("mode-with-the-key-length", "The mode is what OpenSSL calls the cipher", "ModeConfusion", UNREADABLE)
        .by(member("mode").text("aes-256-gcm")),
    deviation("cipher-with-the-mode", "The cipher is what OpenSSL calls it", "ModeConfusion", UNREADABLE)
        .by(member("cipher").text("aes-256-gcm")),
    deviation("cipher-empty", "The cipher's name is empty", "ModeConfusion", UNREADABLE).by(member("cipher").text("")),
    deviation("cipher-null", "The cipher is null", "WrongType", MALFORMED).by(member("cipher").value("null")),
    deviation("cipher-number", "The cipher is a number", "WrongType", UNREADABLE).by(member("cipher").value("1")),
    deviation(
        "cipher-constructor",
        "The cipher is the name of a property that every object has",
        "ProtoKey",
        UNOPENABLE,
    )
    .by(member("cipher").text("constructor")),
    deviation("cipher-to-string", "The cipher is the name of another such property", "ProtoKey", UNOPENABLE)
        .by(member("cipher").text("toString")),
    deviation("ts-null", "The tag length is null", "WrongType", MALFORMED).by(member("ts").value("null")),
    deviation("ts-true", "The tag length is a truth value", "WrongType", UNREADABLE).by(member("ts").value("true")),
    deviation("ts-in-an-array", "The tag length is in an array", "WrongType", MALFORMED)
        .by(member("ts").value("[128]")),
    deviation("ts-in-bytes", "The tag length counts bytes", "TagLenFromEnvelope", UNREADABLE)
        .by(member("ts").value("16")),
    deviation("ts-wrapped-at-32-bits", "The tag length is 128 in 32 bits, and 2^32 more", "NumberForm", UNREADABLE)
        .by(member("ts").value("4294967424")),
    deviation("ts-wrapped-at-8-bits", "The tag length is 128 in 8 bits, and 256 more", "NumberForm", UNREADABLE)
        .by(member("ts").value("384")),
    deviation("ts-wrapped-at-64-bits", "The tag length is 128 in 64 bits, and 2^64 more", "NumberForm", UNREADABLE)
        .by(member("ts").value("18446744073709551744")),
    deviation("ts-hexadecimal", "The tag length is hexadecimal", "NumberForm", MALFORMED)
        .by(member("ts").value("0x80")),
    deviation("ts-plus", "The tag length has a leading plus", "NumberForm", MALFORMED).by(member("ts").value("+128")),
    deviation("ts-with-a-unit", "The tag length has a letter after it", "NumberForm", MALFORMED)
        .by(member("ts").value("128b")),
    deviation("ts-with-a-point", "The tag length ends in a point", "NumberForm", MALFORMED)
        .by(member("ts").value("128.")),
    deviation("ts-nan", "The tag length is NaN", "NumberForm", MALFORMED).by(member("ts").value("NaN")),
    deviation("ks-in-bytes", "The key length counts bytes", "KeySizeConfusion", UNREADABLE)
        .by(member("ks").value("32")),
    deviation("ks-negative", "The key length is negative", "KeySizeConfusion", UNREADABLE)
        .by(member("ks").value("-256")),
    deviation("ks-null", "The key length is null", "WrongType", MALFORMED).by(member("ks").value("null")),
    deviation("ks-255", "The key length is a bit short", "KeySizeConfusion", UNREADABLE).by(member("ks").value("255")),
    deviation("ks-wrapped-at-32-bits", "The key length is 256 in 32 bits, and 2^32 more", "NumberForm", UNREADABLE)
        .by(member("ks").value("4294967552")),
    deviation("v-null", "The version is null", "WrongType", MALFORMED).by(member("v").value("null")),
    deviation("v-in-an-array", "The version is in an array", "WrongType", MALFORMED).by(member("v").value("[1]")),
    deviation("iter-null", "The decoy count is null", "WrongType", MALFORMED).by(member("iter").value("null")),
    deviation("iter-nan", "The decoy count is NaN", "NumberForm", MALFORMED).by(member("iter").value("NaN")),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-ct-same", "The ciphertext occurs twice, the same", "DupKey", MALFORMED)
        .by(member("ct").twice()),
    deviation("duplicate-ts-wrong-first", "The tag length occurs twice, and the first is 64", "DupKey", MALFORMED)
        .by(document().first_member(r#""ts":64"#)),
    deviation("duplicate-ks-wrong-first", "The key length occurs twice, and the first is 128", "DupKey", MALFORMED)
        .by(document().first_member(r#""ks":128"#)),
    deviation("duplicate-cipher-wrong-first", "The cipher occurs twice, and the first is unknown", "DupKey", MALFORMED)
        .by(document().first_member(r#""cipher":"des""#)),
    deviation(
        "duplicate-adata-wrong-first",
        "The associated data occur twice, and the first are some",
        "DupKey",
        MALFORMED,
    )
    .by(document().first_member(r#""adata":"AAAA""#)),
    deviation("duplicate-v-wrong-last", "The version occurs twice, and the second is another", "DupKey", MALFORMED)
        .by(document().last_member(r#""v":2"#)),
    deviation(
        "duplicate-iter-wrong-last",
        "The decoy count occurs twice, and the second is another",
        "DupKey",
        MALFORMED,
    )
    .by(document().last_member(r#""iter":1"#)),
    deviation(
        "unknown-name-in-capitals",
        "The IV occurs twice, once with its name in capitals",
        "UnknownMember",
        MALFORMED,
    )
    .by(document().first_member(r#""IV":"AAAAAAAAAAAAAAAAAAAAAA==""#)),
    deviation("kdf-member", "A member names another key derivation", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""kdf":"scrypt""#)),
    deviation("password-member", "A member that the key would come from is empty", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""key":"""#)),
    deviation("v-0", "The version is 0", "ParamNotBound", UNREADABLE).by(member("v").value("0")),
    deviation("v-negative", "The version is negative", "ParamNotBound", UNREADABLE).by(member("v").value("-1")),
    deviation("v-wrapped-at-32-bits", "The version is 1 in 32 bits, and 2^32 more", "NumberForm", UNREADABLE)
        .by(member("v").value("4294967297")),
    deviation("v-wrapped-at-64-bits", "The version is 1 in 64 bits, and 2^64 more", "NumberForm", UNREADABLE)
        .by(member("v").value("18446744073709551617")),
    deviation("v-leading-zero", "The version has a zero at the front", "NumberForm", MALFORMED)
        .by(member("v").value("01")),
    deviation("iter-text", "The decoy count is a text", "WrongType", MALFORMED).by(member("iter").value(r#""1000""#)),
    deviation("iter-false", "The decoy count is a truth value", "WrongType", MALFORMED)
        .by(member("iter").value("false")),
    deviation("iter-leading-zero", "The decoy count has a zero at the front", "NumberForm", MALFORMED)
        .by(member("iter").value("01000")),
    deviation("iter-negative-zero", "The decoy count is -0", "NumberForm", MALFORMED).by(member("iter").value("-0")),
    deviation("iter-above-64-bits", "The decoy count needs more than 64 bits", "NumberForm", MALFORMED)
        .by(member("iter").value("18446744073709551616")),
    deviation("iter-of-400-digits", "The decoy count has four hundred digits", "NumberForm", MALFORMED).by(member(
        "iter",
    )
    .at_value()
    .with_bytes(&[b'9'; 400])),
    deviation("ks-leading-zero", "The key length has a zero at the front", "NumberForm", MALFORMED)
        .by(member("ks").value("0256")),
    deviation("ks-192", "The key length is 192, and the key has 256 bits", "KeySizeConfusion", UNREADABLE)
        .by(member("ks").value("192")),
    deviation("tab-in-a-number", "A tab is in a number", "Whitespace", MALFORMED).by(member("ts").value("12\t8")),
    deviation("mode-space-at-end", "The mode ends in a space", "ModeConfusion", UNREADABLE)
        .by(member("mode").text("gcm ")),
    deviation("all-names-bare", "No name has quotes, as SJCL wrote before November 2011", "NotJson", MALFORMED)
        .by(document().bare_names()),
    deviation(
        "adata-omitted-with-version",
        "The defaults are left out, as SJCL wrote before February 2012",
        "MissingMember",
        MALFORMED,
    )
    .by(all(&[member("v").remove(), member("adata").remove(), member("cipher").remove()])),
];
