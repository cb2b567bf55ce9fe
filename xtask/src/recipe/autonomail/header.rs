//! Records whose SJCL text is nearly JSON, or nearly the header that stands in it.
//!
//! What SJCL's own reader refuses is `core`, what it takes is `strict`: it strikes white space everywhere, takes names
//! without quotes, the last of two members and any text after a number that it can read.

use super::bound::other_modes;
use super::flags::described;
use super::open::whole;
use super::sample::{Profile, Sample};
use crate::build::checked::{Checked, Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation, swap};
use crate::build::forms::json::{NOT_JSON, UNKNOWN, fronted};
use crate::build::{CaseId, FileBuilder, KeyStream};

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
    for form in tables.iter().copied().flatten().filter(|form| wanted(form)) {
        let Deviation { name, why, flag, reasons, edit } = form;
        let record = sample.record_of(&edit(&sample.text())).into_bytes();
        file.forge((parent, "record"), (name, why, flag), reasons, record);
    }
    parent
}

/// The text with another member at its end.
fn ended(text: &str, end: &str) -> Vec<u8> {
    [&text[..text.len() - 1], end, "}"].concat().into_bytes()
}

const OTHER_IV: &str = ",\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA==\"";

const CORE: &[Deviation] = &[
    deviation("duplicate-iv-wrong-last", "The IV stands twice, and the second is another", "DupKey", UNOPENABLE, |t| {
        ended(t, OTHER_IV)
    }),
    deviation(
        "duplicate-ts-wrong-last",
        "The tag length stands twice, and the second is 64",
        "DupKey",
        UNOPENABLE,
        |t| ended(t, ",\"ts\":64"),
    ),
    deviation(
        "duplicate-ks-wrong-last",
        "The key length stands twice, and the second is none",
        "DupKey",
        UNOPENABLE,
        |t| ended(t, ",\"ks\":100"),
    ),
    deviation(
        "duplicate-cipher-wrong-last",
        "The cipher stands twice, and the second is unknown",
        "DupKey",
        UNOPENABLE,
        |t| ended(t, ",\"cipher\":\"des\""),
    ),
    deviation(
        "duplicate-adata-wrong-last",
        "The associated data stand twice, and the second are some",
        "DupKey",
        UNOPENABLE,
        |t| ended(t, ",\"adata\":\"AAAA\""),
    ),
    deviation(
        "adata-of-three-bytes",
        "The associated data say something that was not sealed",
        "ParamNotBound",
        UNOPENABLE,
        |t| swap(t, "\"adata\":\"\"", "\"adata\":\"AAAA\""),
    ),
    deviation("adata-null", "The associated data are null", "WrongType", MALFORMED, |t| {
        swap(t, "\"adata\":\"\"", "\"adata\":null")
    }),
    deviation("iv-null", "The IV is null", "WrongType", MALFORMED, |t| swap(t, "{\"iv\":\"", "{\"iv\":null,\"i\":\"")),
    deviation("iv-number", "The IV is a number", "WrongType", UNOPENABLE, |t| {
        swap(t, "{\"iv\":\"", "{\"iv\":7,\"i\":\"")
    }),
    deviation("iv-missing", "The IV is missing", "MissingMember", UNOPENABLE, |t| {
        [&t[..1], &t[33..]].concat().into_bytes()
    }),
    deviation("iv-of-zeros", "The IV is all zeros, and another sealed the text", "FieldSwap", UNOPENABLE, |t| {
        [&t[..7], "AAAAAAAAAAAAAAAAAAAAAA==", &t[31..]].concat().into_bytes()
    }),
    deviation("iv-cut-to-12-bytes", "The IV has lost its last four bytes", "IvSize", UNOPENABLE, |t| {
        [&t[..23], &t[31..]].concat().into_bytes()
    }),
    deviation("ct-of-8-bytes", "The ciphertext is shorter than a tag", "TagLenFromEnvelope", UNOPENABLE, |t| {
        with_ct(t, "AAAAAAAAAAA=")
    }),
    deviation("ct-of-15-bytes", "The ciphertext is a byte shorter than a tag", "TagLenFromEnvelope", UNOPENABLE, |t| {
        with_ct(t, "AAAAAAAAAAAAAAAAAAAA")
    }),
    deviation("ct-number", "The ciphertext is a number", "WrongType", UNOPENABLE, |t| {
        swap(t, "\"ct\":\"", "\"ct\":7,\"c\":\"")
    }),
    deviation("name-in-capitals", "The IV's name is in capitals", "MissingMember", UNOPENABLE, |t| {
        swap(t, "\"iv\"", "\"IV\"")
    }),
    deviation("name-with-a-capital", "The mode's name begins with a capital", "MissingMember", UNOPENABLE, |t| {
        swap(t, "\"mode\"", "\"Mode\"")
    }),
    deviation(
        "name-with-a-kelvin-sign",
        "The key length's name begins with the Kelvin sign, which Go folds",
        "MissingMember",
        MALFORMED,
        |t| swap(t, "\"ks\"", "\"\u{212a}s\""),
    ),
    deviation(
        "name-with-a-long-s",
        "The tag length's name ends in a long s, which Go folds",
        "MissingMember",
        MALFORMED,
        |t| swap(t, "\"ts\"", "\"t\u{17f}\""),
    ),
    deviation("mode-cbc", "The mode is cbc, which hides no change", "ModeConfusion", UNOPENABLE, |t| {
        swap(t, "\"gcm\"", "\"cbc\"")
    }),
    deviation("mode-ctr", "The mode is ctr, which has no tag", "ModeConfusion", UNOPENABLE, |t| {
        swap(t, "\"gcm\"", "\"ctr\"")
    }),
    deviation("mode-ccm", "The mode is SJCL's default, and gcm sealed the text", "ModeConfusion", UNOPENABLE, |t| {
        swap(t, "\"gcm\"", "\"ccm\"")
    }),
    deviation("mode-number", "The mode is a number", "WrongType", UNREADABLE, |t| swap(t, "\"gcm\"", "1")),
    deviation("mode-null", "The mode is null", "WrongType", MALFORMED, |t| swap(t, "\"gcm\"", "null")),
    deviation("mode-proto", "The mode is __proto__", "ProtoKey", UNREADABLE, |t| swap(t, "\"gcm\"", "\"__proto__\"")),
    deviation(
        "mode-with-the-key-length",
        "The mode is what OpenSSL calls the cipher",
        "ModeConfusion",
        UNREADABLE,
        |t| swap(t, "\"gcm\"", "\"aes-256-gcm\""),
    ),
    deviation("cipher-with-the-mode", "The cipher is what OpenSSL calls it", "ModeConfusion", UNREADABLE, |t| {
        swap(t, "\"aes\"", "\"aes-256-gcm\"")
    }),
    deviation("cipher-empty", "The cipher's name is empty", "ModeConfusion", UNREADABLE, |t| {
        swap(t, "\"aes\"", "\"\"")
    }),
    deviation("cipher-null", "The cipher is null", "WrongType", MALFORMED, |t| swap(t, "\"aes\"", "null")),
    deviation("cipher-number", "The cipher is a number", "WrongType", UNREADABLE, |t| swap(t, "\"aes\"", "1")),
    deviation(
        "cipher-constructor",
        "The cipher is the name of a property that every object has",
        "ProtoKey",
        UNOPENABLE,
        |t| swap(t, "\"aes\"", "\"constructor\""),
    ),
    deviation("cipher-to-string", "The cipher is the name of another such property", "ProtoKey", UNOPENABLE, |t| {
        swap(t, "\"aes\"", "\"toString\"")
    }),
    deviation("ts-null", "The tag length is null", "WrongType", MALFORMED, |t| swap(t, "128", "null")),
    deviation("ts-true", "The tag length is a truth value", "WrongType", UNREADABLE, |t| swap(t, "128", "true")),
    deviation("ts-in-an-array", "The tag length stands in an array", "WrongType", MALFORMED, |t| {
        swap(t, "128", "[128]")
    }),
    deviation("ts-in-bytes", "The tag length counts bytes", "TagLenFromEnvelope", UNREADABLE, |t| swap(t, "128", "16")),
    deviation(
        "ts-wrapped-at-32-bits",
        "The tag length is 128 in 32 bits, and 2^32 more",
        "NumberForm",
        UNREADABLE,
        |t| swap(t, "128", "4294967424"),
    ),
    deviation("ts-wrapped-at-8-bits", "The tag length is 128 in 8 bits, and 256 more", "NumberForm", UNREADABLE, |t| {
        swap(t, "128", "384")
    }),
    deviation(
        "ts-wrapped-at-64-bits",
        "The tag length is 128 in 64 bits, and 2^64 more",
        "NumberForm",
        UNREADABLE,
        |t| swap(t, "128", "18446744073709551744"),
    ),
    deviation("ts-hexadecimal", "The tag length is hexadecimal", "NumberForm", MALFORMED, |t| swap(t, "128", "0x80")),
    deviation("ts-plus", "The tag length has a plus in front", "NumberForm", MALFORMED, |t| swap(t, "128", "+128")),
    deviation("ts-with-a-unit", "The tag length has a letter after it", "NumberForm", MALFORMED, |t| {
        swap(t, "128", "128b")
    }),
    deviation("ts-with-a-point", "The tag length ends in a point", "NumberForm", MALFORMED, |t| swap(t, "128", "128.")),
    deviation("ts-nan", "The tag length is NaN", "NumberForm", MALFORMED, |t| swap(t, "128", "NaN")),
    deviation("ks-in-bytes", "The key length counts bytes", "KeySizeConfusion", UNREADABLE, |t| swap(t, "256", "32")),
    deviation("ks-negative", "The key length is negative", "KeySizeConfusion", UNREADABLE, |t| swap(t, "256", "-256")),
    deviation("ks-null", "The key length is null", "WrongType", MALFORMED, |t| swap(t, "256", "null")),
    deviation("ks-255", "The key length is a bit short", "KeySizeConfusion", UNREADABLE, |t| swap(t, "256", "255")),
    deviation(
        "ks-wrapped-at-32-bits",
        "The key length is 256 in 32 bits, and 2^32 more",
        "NumberForm",
        UNREADABLE,
        |t| swap(t, "256", "4294967552"),
    ),
    deviation("v-null", "The version is null", "WrongType", MALFORMED, |t| swap(t, "\"v\":1", "\"v\":null")),
    deviation("v-in-an-array", "The version stands in an array", "WrongType", MALFORMED, |t| {
        swap(t, "\"v\":1", "\"v\":[1]")
    }),
    deviation("iter-null", "The decoy count is null", "WrongType", MALFORMED, |t| swap(t, "1000", "null")),
    deviation("iter-nan", "The decoy count is NaN", "NumberForm", MALFORMED, |t| swap(t, "1000", "NaN")),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-ct-same", "The ciphertext stands twice, the same", "DupKey", MALFORMED, |t| {
        let ct = t[t.find(",\"ct\"").unwrap_or(0)..t.len() - 1].to_owned();
        ended(t, &ct)
    }),
    deviation(
        "duplicate-ts-wrong-first",
        "The tag length stands twice, and the first is 64",
        "DupKey",
        MALFORMED,
        |t| fronted(t, "\"ts\":64,"),
    ),
    deviation(
        "duplicate-ks-wrong-first",
        "The key length stands twice, and the first is 128",
        "DupKey",
        MALFORMED,
        |t| fronted(t, "\"ks\":128,"),
    ),
    deviation(
        "duplicate-cipher-wrong-first",
        "The cipher stands twice, and the first is unknown",
        "DupKey",
        MALFORMED,
        |t| fronted(t, "\"cipher\":\"des\","),
    ),
    deviation(
        "duplicate-adata-wrong-first",
        "The associated data stand twice, and the first are some",
        "DupKey",
        MALFORMED,
        |t| fronted(t, "\"adata\":\"AAAA\","),
    ),
    deviation(
        "duplicate-v-wrong-last",
        "The version stands twice, and the second is another",
        "DupKey",
        MALFORMED,
        |t| ended(t, ",\"v\":2"),
    ),
    deviation(
        "duplicate-iter-wrong-last",
        "The decoy count stands twice, and the second is another",
        "DupKey",
        MALFORMED,
        |t| ended(t, ",\"iter\":1"),
    ),
    deviation(
        "unknown-name-in-capitals",
        "The IV stands twice, once with its name in capitals",
        "UnknownMember",
        MALFORMED,
        |t| fronted(t, "\"IV\":\"AAAAAAAAAAAAAAAAAAAAAA==\","),
    ),
    deviation("kdf-member", "A member names another key derivation", "UnknownMember", MALFORMED, |t| {
        fronted(t, "\"kdf\":\"scrypt\",")
    }),
    deviation("password-member", "A member that the key would come from is empty", "UnknownMember", MALFORMED, |t| {
        fronted(t, "\"key\":\"\",")
    }),
    deviation("v-0", "The version is 0", "ParamNotBound", UNREADABLE, |t| swap(t, "\"v\":1", "\"v\":0")),
    deviation("v-negative", "The version is negative", "ParamNotBound", UNREADABLE, |t| swap(t, "\"v\":1", "\"v\":-1")),
    deviation("v-wrapped-at-32-bits", "The version is 1 in 32 bits, and 2^32 more", "NumberForm", UNREADABLE, |t| {
        swap(t, "\"v\":1", "\"v\":4294967297")
    }),
    deviation("v-wrapped-at-64-bits", "The version is 1 in 64 bits, and 2^64 more", "NumberForm", UNREADABLE, |t| {
        swap(t, "\"v\":1", "\"v\":18446744073709551617")
    }),
    deviation("v-leading-zero", "The version has a zero in front", "NumberForm", MALFORMED, |t| {
        swap(t, "\"v\":1", "\"v\":01")
    }),
    deviation("iter-text", "The decoy count is a text", "WrongType", MALFORMED, |t| swap(t, "1000", "\"1000\"")),
    deviation("iter-false", "The decoy count is a truth value", "WrongType", MALFORMED, |t| swap(t, "1000", "false")),
    deviation("iter-leading-zero", "The decoy count has a zero in front", "NumberForm", MALFORMED, |t| {
        swap(t, "1000", "01000")
    }),
    deviation("iter-negative-zero", "The decoy count is -0", "NumberForm", MALFORMED, |t| swap(t, "1000", "-0")),
    deviation("iter-above-64-bits", "The decoy count needs more than 64 bits", "NumberForm", MALFORMED, |t| {
        swap(t, "1000", "18446744073709551616")
    }),
    deviation("iter-of-400-digits", "The decoy count has four hundred digits", "NumberForm", MALFORMED, |t| {
        swap(t, "1000", &"9".repeat(400))
    }),
    deviation("ks-leading-zero", "The key length has a zero in front", "NumberForm", MALFORMED, |t| {
        swap(t, "256", "0256")
    }),
    deviation("ks-192", "The key length is 192, and the key has 256 bits", "KeySizeConfusion", UNREADABLE, |t| {
        swap(t, "256", "192")
    }),
    deviation("tab-in-a-number", "A tab stands in a number", "Whitespace", MALFORMED, |t| swap(t, "128", "12\t8")),
    deviation("mode-space-at-end", "The mode ends in a space", "ModeConfusion", UNREADABLE, |t| {
        swap(t, "\"gcm\"", "\"gcm \"")
    }),
    deviation("all-names-bare", "No name has quotes, as SJCL wrote before November 2011", "NotJson", MALFORMED, |t| {
        NAMES
            .iter()
            .fold(t.to_owned(), |text, name| text.replace(&format!("\"{name}\":"), &format!("{name}:")))
            .into_bytes()
    }),
    deviation(
        "adata-omitted-with-version",
        "The defaults are left out, as SJCL wrote before February 2012",
        "MissingMember",
        MALFORMED,
        |t| t.replace("\"v\":1,", "").replace("\"adata\":\"\",\"cipher\":\"aes\",", "").into_bytes(),
    ),
];

/// The names of the nine members.
const NAMES: [&str; 9] = ["iv", "v", "iter", "ks", "ts", "mode", "adata", "cipher", "ct"];

/// The text with another ciphertext.
fn with_ct(text: &str, ct: &str) -> Vec<u8> {
    let start = text.find("\"ct\":\"").map_or(0, |at| at + 6);
    [&text[..start], ct, "\"}"].concat().into_bytes()
}
