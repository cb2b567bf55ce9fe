//! Records whose SJCL text is not what SJCL writes.

use super::flags::described;
use super::open::whole;
use super::sample::{Profile, Sample};
use crate::build::checked::{Checked, Deviation, MALFORMED, PARAMETER, UNOPENABLE, UNREADABLE, deviation, swap};
use crate::build::{CaseId, FileBuilder, KeyStream};

/// What SJCL's own reader refuses too.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "SJCL texts that no reader may take", described);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    file.deviate((parent, "record"), &sample.text(), CORE, |text| sample.record_of(&text).into_bytes());
    file.finish()
}

/// What SJCL's own reader takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let mut file = Checked::new(profile.open(), "SJCL texts that a lenient reader takes", strict);
    let sample = Sample::new(profile, stream);
    let parent = whole(&mut file, &sample);
    file.deviate((parent, "record"), &sample.text(), STRICT, |text| sample.record_of(&text).into_bytes());
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
        add(name, why, "TagLenFromEnvelope", swap(&text, "\"ts\":128", &format!("\"ts\":{bits}")));
    }
    let text = sample.text_of(&sample.sealed_with(b"data", 16));
    add(
        "adata-sealed",
        "Sealed with associated data",
        "ParamNotBound",
        swap(&text, "\"adata\":\"\"", "\"adata\":\"ZGF0YQ==\""),
    );
}

const CORE: &[Deviation] = &[
    deviation("bom", "A byte order mark stands before the text", "Charset", MALFORMED, |t| {
        [b"\xef\xbb\xbf", t.as_bytes()].concat()
    }),
    deviation("utf-16le", "The text is UTF-16, little-endian", "Charset", MALFORMED, |t| {
        t.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    deviation("broken-utf-8", "A byte in the text is not UTF-8", "Charset", MALFORMED, |t| {
        let mut text = t.as_bytes().to_vec();
        text[10] = 0xff;
        text
    }),
    deviation("text-empty", "The text is empty", "NotJson", MALFORMED, |_| Vec::new()),
    deviation("text-cut", "The last brace is missing", "NotJson", MALFORMED, |t| {
        t.trim_end_matches('}').as_bytes().to_vec()
    }),
    deviation("text-after", "A letter stands after the text", "NotJson", MALFORMED, |t| [t, "x"].concat().into_bytes()),
    deviation("nul-after", "A NUL stands after the text", "NotJson", MALFORMED, |t| [t, "\0"].concat().into_bytes()),
    deviation("comma-at-end", "A comma stands after the last member", "NotJson", MALFORMED, |t| swap(t, "\"}", "\",}")),
    deviation("comma-in-front", "A comma stands before the first member", "NotJson", MALFORMED, |t| swap(t, "{", "{,")),
    deviation("comment", "A comment stands before the first member", "NotJson", MALFORMED, |t| swap(t, "{", "{/* */")),
    deviation("array", "The text stands in an array", "WrongType", MALFORMED, |t| format!("[{t}]").into_bytes()),
    deviation("value-null", "The ciphertext is null", "WrongType", MALFORMED, |t| {
        swap(t, "\"ct\":\"", "\"ct\":null,\"c\":\"")
    }),
    deviation("value-array", "The cipher's name stands in an array", "WrongType", MALFORMED, |t| {
        swap(t, "\"aes\"", "[\"aes\"]")
    }),
    deviation("value-object", "The cipher's name stands in an object", "WrongType", MALFORMED, |t| {
        swap(t, "\"aes\"", "{\"name\":\"aes\"}")
    }),
    deviation("slash-escaped", "A slash is escaped, as PHP writes it", "JsonEscape", MALFORMED, |t| {
        swap(t, "\"ct\":\"", "\"ct\":\"\\/")
    }),
    deviation("iter-plus", "The decoy count has a plus in front", "NumberForm", MALFORMED, |t| {
        swap(t, "1000", "+1000")
    }),
    deviation("ts-text", "The tag length is a text", "WrongType", UNREADABLE, |t| swap(t, "128", "\"128\"")),
    deviation("ks-text", "The key length is a text", "WrongType", UNREADABLE, |t| swap(t, "256", "\"256\"")),
    deviation("ts-missing", "The tag length is missing, and SJCL's default is 64", "MissingMember", UNOPENABLE, |t| {
        swap(t, "\"ts\":128,", "")
    }),
    deviation("mode-missing", "The mode is missing, and SJCL's default is ccm", "MissingMember", UNOPENABLE, |t| {
        swap(t, "\"mode\":\"gcm\",", "")
    }),
    deviation("ct-missing", "The ciphertext is missing", "MissingMember", UNREADABLE, |t| {
        [&t[..t.find(",\"ct\"").unwrap_or(0)], "}"].concat().into_bytes()
    }),
    deviation("mode-in-capitals", "The mode is written GCM", "ModeConfusion", UNREADABLE, |t| swap(t, "gcm", "GCM")),
    deviation("mode-ocb2", "The mode is ocb2", "ModeConfusion", UNOPENABLE, |t| swap(t, "gcm", "ocb2")),
    deviation(
        "mode-constructor",
        "The mode is the name of a property that every object of JavaScript has",
        "ProtoKey",
        UNREADABLE,
        |t| swap(t, "gcm", "constructor"),
    ),
    deviation("mode-empty", "The mode is empty", "ModeConfusion", UNREADABLE, |t| swap(t, "gcm", "")),
    deviation("cipher-in-capitals", "The cipher is written AES", "ModeConfusion", UNREADABLE, |t| {
        swap(t, "aes", "AES")
    }),
    deviation("cipher-unknown", "The cipher is another", "ModeConfusion", UNREADABLE, |t| swap(t, "aes", "serpent")),
    deviation("ks-512", "The key length is no key length of AES", "ParamNotBound", UNREADABLE, |t| {
        swap(t, "256", "512")
    }),
    deviation("ks-0", "The key length is 0", "ParamNotBound", UNREADABLE, |t| swap(t, "256", "0")),
    deviation(
        "ts-96",
        "The tag length is 96 bits and the ciphertext is whole",
        "TagLenFromEnvelope",
        UNOPENABLE,
        |t| swap(t, "128", "96"),
    ),
    deviation("ts-0", "The tag length is 0", "TagLenFromEnvelope", UNREADABLE, |t| swap(t, "128", "0")),
    deviation("ts-8", "The tag length is 8 bits", "TagLenFromEnvelope", UNREADABLE, |t| swap(t, "128", "8")),
    deviation("ts-256", "The tag length is longer than a tag", "TagLenFromEnvelope", UNREADABLE, |t| {
        swap(t, "128", "256")
    }),
    deviation("ts-negative", "The tag length is negative", "TagLenFromEnvelope", UNREADABLE, |t| {
        swap(t, "128", "-128")
    }),
    deviation("iv-empty", "The IV is empty", "IvSize", UNREADABLE, |t| with_iv(t, "")),
    deviation("iv-4-bytes", "The IV has 4 bytes", "IvSize", UNREADABLE, |t| with_iv(t, "AAAAAA==")),
    deviation("iv-17-bytes", "The IV has 17 bytes", "IvSize", UNREADABLE, |t| with_iv(t, "AAAAAAAAAAAAAAAAAAAAAAA=")),
    deviation("iv-url-alphabet", "The IV is base64 of the other alphabet", "B64Alphabet", MALFORMED, |t| {
        with_iv(t, "-_8AAAAAAAAAAAAAAAAAAA==")
    }),
    deviation("iv-hex", "The IV is hex", "B64Alphabet", UNREADABLE, |t| with_iv(t, "000102030405060708090a0b0c0d0e0f")),
    deviation(
        "ct-url-alphabet",
        "A character of the other alphabet stands in the ciphertext",
        "B64Alphabet",
        MALFORMED,
        |t| swap(t, "\"ct\":\"", "\"ct\":\"-"),
    ),
    deviation("ct-percent", "A character is percent-encoded", "B64Alphabet", MALFORMED, |t| {
        swap(t, "\"ct\":\"", "\"ct\":\"%2B")
    }),
    deviation("ct-nul", "A NUL stands in the ciphertext", "B64Alphabet", MALFORMED, |t| {
        swap(t, "\"ct\":\"", "\"ct\":\"\0")
    }),
    deviation(
        "duplicate-ct-wrong-last",
        "The ciphertext stands twice, and the second is empty",
        "DupKey",
        UNOPENABLE,
        |t| swap(t, "\"}", "\",\"ct\":\"\"}"),
    ),
    deviation("duplicate-mode-wrong-last", "The mode stands twice, and the second is ccm", "DupKey", UNOPENABLE, |t| {
        swap(t, "\"}", "\",\"mode\":\"ccm\"}")
    }),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-iv-same", "The IV stands twice, the same", "DupKey", MALFORMED, |t| {
        [&t[..t.len() - 1], ",", &t[1..32], "}"].concat().into_bytes()
    }),
    deviation("duplicate-iv-wrong-first", "The IV stands twice, and the first is another", "DupKey", MALFORMED, |t| {
        swap(t, "{", "{\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA==\",")
    }),
    deviation(
        "duplicate-ct-wrong-first",
        "The ciphertext stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |t| swap(t, "{", "{\"ct\":\"AAAA\","),
    ),
    deviation("duplicate-mode-wrong-first", "The mode stands twice, and the first is ccm", "DupKey", MALFORMED, |t| {
        swap(t, "{", "{\"mode\":\"ccm\",")
    }),
    deviation(
        "unknown-member",
        "A member stands in it that the format does not have",
        "UnknownMember",
        MALFORMED,
        |t| swap(t, "{", "{\"note\":\"x\","),
    ),
    deviation("salt-member", "A salt stands in it, as if there were a password", "UnknownMember", MALFORMED, |t| {
        swap(t, "{", "{\"salt\":\"AAAAAAAAAAA=\",")
    }),
    deviation("names-without-quotes", "A name has no quotes", "NotJson", MALFORMED, |t| swap(t, "\"mode\"", "mode")),
    deviation("names-in-single-quotes", "A name has single quotes", "NotJson", MALFORMED, |t| {
        swap(t, "\"mode\"", "'mode'")
    }),
    deviation("space-in-a-value", "A space stands in a value", "Whitespace", PARAMETER, |t| {
        swap(t, "\"gcm\"", "\"g cm\"")
    }),
    deviation("space-in-a-number", "A space stands in a number", "Whitespace", MALFORMED, |t| swap(t, "128", "1 28")),
    deviation("newline-in-ct", "A newline stands in the ciphertext", "Whitespace", MALFORMED, |t| {
        swap(t, "\"ct\":\"", "\"ct\":\"\n")
    }),
    deviation("form-feed-between-tokens", "A form feed stands between tokens", "Whitespace", MALFORMED, |t| {
        swap(t, ",", ",\u{c}")
    }),
    deviation("v-2", "The version is another", "ParamNotBound", PARAMETER, |t| swap(t, "\"v\":1", "\"v\":2")),
    deviation("v-text", "The version is a text", "WrongType", MALFORMED, |t| swap(t, "\"v\":1", "\"v\":\"1\"")),
    deviation("v-true", "The version is a truth value", "WrongType", MALFORMED, |t| swap(t, "\"v\":1", "\"v\":true")),
    deviation("v-missing", "The version is missing", "MissingMember", MALFORMED, |t| swap(t, "\"v\":1,", "")),
    deviation("iter-missing", "The decoy count is missing", "MissingMember", MALFORMED, |t| {
        swap(t, "\"iter\":1000,", "")
    }),
    deviation("iter-negative", "The decoy count is negative", "NumberForm", MALFORMED, |t| swap(t, "1000", "-1000")),
    deviation("ts-leading-zero", "The tag length has a zero in front", "NumberForm", MALFORMED, |t| {
        swap(t, "128", "0128")
    }),
    deviation("ks-missing", "The key length is missing, and SJCL's default is 128", "MissingMember", MALFORMED, |t| {
        swap(t, "\"ks\":256,", "")
    }),
    deviation("ks-128", "The key length is 128, and the key has 256 bits", "ParamNotBound", PARAMETER, |t| {
        swap(t, "256", "128")
    }),
    deviation("adata-missing", "The associated data are missing", "MissingMember", MALFORMED, |t| {
        swap(t, "\"adata\":\"\",", "")
    }),
    deviation("cipher-missing", "The cipher is missing", "MissingMember", MALFORMED, |t| {
        swap(t, "\"cipher\":\"aes\",", "")
    }),
    deviation("ct-padding-missing", "The ciphertext has lost its padding", "B64Pad", MALFORMED, |t| {
        swap(t, "=\"}", "\"}")
    }),
    deviation("ct-padding-more", "The ciphertext has a padding character more", "B64Pad", MALFORMED, |t| {
        swap(t, "=\"}", "==\"}")
    }),
    deviation("iv-padding-missing", "The IV has lost its padding", "B64Pad", MALFORMED, |t| swap(t, "==\"", "\"")),
    deviation("padding-inside", "A padding character stands inside the ciphertext", "B64Pad", MALFORMED, |t| {
        swap(t, "\"ct\":\"", "\"ct\":\"=")
    }),
    deviation("ct-spare-bits", "Spare bits of the last character are set", "B64NonCanonical", MALFORMED, spare_bits),
    // What follows SJCL's own reader refuses, but any reader of JSON takes it, and takes it for the same text.
    deviation(
        "value-escaped",
        "A character of a value is an escape, which SJCL's reader does not know",
        "JsonEscape",
        MALFORMED,
        |t| swap(t, "\"gcm\"", "\"\\u0067cm\""),
    ),
    deviation(
        "name-escaped",
        "A character of a name is an escape, which SJCL's reader does not know",
        "JsonEscape",
        MALFORMED,
        |t| swap(t, "\"mode\"", "\"\\u006dode\""),
    ),
    deviation(
        "name-unknown-with-underscore",
        "A member is called __proto__, which SJCL's reader takes for no name",
        "ProtoKey",
        MALFORMED,
        |t| swap(t, "{", "{\"__proto__\":1,"),
    ),
    deviation("ts-float", "The tag length is written with a fraction of zero", "NumberForm", MALFORMED, |t| {
        swap(t, "128", "128.0")
    }),
    deviation("ts-exponent", "The tag length is written with an exponent", "NumberForm", MALFORMED, |t| {
        swap(t, "128", "1.28e2")
    }),
    deviation("iter-exponent", "The decoy count is written with an exponent", "NumberForm", MALFORMED, |t| {
        swap(t, "1000", "1e3")
    }),
    deviation("iter-float", "The decoy count is written with a fraction of zero", "NumberForm", MALFORMED, |t| {
        swap(t, "1000", "1000.0")
    }),
];

/// The text with another IV.
fn with_iv(text: &str, iv: &str) -> Vec<u8> {
    ["{\"iv\":\"", iv, &text[31..]].concat().into_bytes()
}

/// The text with the lowest bit set of the last character before the padding.
fn spare_bits(text: &str) -> Vec<u8> {
    let mut text = text.as_bytes().to_vec();
    let last = text.len() - 4;
    text[last] += 1;
    text
}
