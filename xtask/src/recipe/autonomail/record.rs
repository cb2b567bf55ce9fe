//! Records whose outer JSON is not what the client writes.

use super::flags::described;
use super::open::{opens_from, whole};
use super::sample::{Profile, Sample};
use crate::build::checked::{AUTHENTICATION, Checked, Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation, swap};
use crate::build::{CaseId, FileBuilder, KeyStream};

/// What `JSON.parse`, `atob` and the client's own code refuse too.
pub(super) fn core(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    deviating(profile, stream, "Records that no reader may take", described, CORE)
}

/// What the published client takes.
pub(super) fn strict(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let strict = |file| described(file).policy("strict");
    let (mut file, sample, parent) = begun(profile, stream, "Records that a lenient reader takes", strict);
    file.deviate((parent, "record"), &sample.record(), STRICT, |record| record);
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
    file.deviate((parent, "record"), &sample.record(), ITERATIONS_STRICT, |record| record);
    let once = Sample { iterations: 1, ..Sample::new(profile, stream) };
    let about =
        ("sealed-with-1-iteration", "One iteration sealed it, which JavaScript also calls true", &["IterEdge"][..]);
    let parent = opens_from(&mut file, &once, once.record(), about);
    let record = once.record().replace(":1,", ":true,").into_bytes();
    let of_sjcl = Sample { iterations: 10_000, ..once.clone() };
    file.forge((parent, "record"), ("iterations-true", "The count is a truth value", "WrongType"), MALFORMED, record);
    let about = ("sealed-with-10000-iterations", "The count is SJCL's default", &["IterEdge"][..]);
    let parent = opens_from(&mut file, &of_sjcl, of_sjcl.record(), about);
    for (name, why, from, to) in [
        ("iterations-missing", "The count is missing, and SJCL's default sealed it", "\"iterations\":10000,", ""),
        ("iterations-null", "The count is null, and SJCL's default sealed it", ":10000,", ":null,"),
        ("iterations-0", "The count is 0, and SJCL's default sealed it", ":10000,", ":0,"),
        ("iterations-empty-text", "The count is an empty text, and SJCL's default sealed it", ":10000,", ":\"\","),
    ] {
        let record = of_sjcl.record().replace(from, to).into_bytes();
        file.forge((parent, "record"), (name, why, "MissingMember"), UNREADABLE, record);
    }
    let record = of_sjcl.record().replace("\"iterations\":10000,", "");
    let members: Vec<&str> = record.trim_matches(['{', '}']).rsplit(',').collect();
    let (name, why) = ("iterations-missing-members-reversed", "The count is missing, and the salt stands last");
    let record = format!("{{{}}}", members.join(",")).into_bytes();
    file.forge((parent, "record"), (name, why, "MissingMember"), UNREADABLE, record);
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
    file.deviate((parent, "record"), &sample.record(), deviations, |record| record);
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

/// A text with something in front of it.
fn after(front: &[u8], text: &str) -> Vec<u8> {
    [front, text.as_bytes()].concat()
}

/// A text with something behind it.
fn before(text: &str, end: &str) -> Vec<u8> {
    [text, end].concat().into_bytes()
}

const CORE: &[Deviation] = &[
    deviation("bom", "A byte order mark stands before the record", "Charset", MALFORMED, |r| after(b"\xef\xbb\xbf", r)),
    deviation("utf-16le", "The record is UTF-16, little-endian", "Charset", MALFORMED, |r| {
        r.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    deviation(
        "utf-16be-with-bom",
        "The record is UTF-16, big-endian, with a byte order mark",
        "Charset",
        MALFORMED,
        |r| [0xfeff].into_iter().chain(r.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
    ),
    deviation("empty-object", "The record is an empty object", "MissingMember", MALFORMED, |_| b"{}".to_vec()),
    deviation("one-space", "The record is one space", "NotJson", MALFORMED, |_| b" ".to_vec()),
    deviation("null", "The record is null", "WrongType", MALFORMED, |_| b"null".to_vec()),
    deviation("array", "The values stand in an array without names", "WrongType", MALFORMED, |r| {
        r.replace("{\"salt\":", "[")
            .replace("\"iterations\":", "")
            .replace("\"secureData\":", "")
            .replace('}', "]")
            .into_bytes()
    }),
    deviation("in-a-string", "The record is a string that holds the record", "WrongType", MALFORMED, |r| {
        format!("{r:?}").into_bytes()
    }),
    deviation("in-an-array", "The record stands in an array", "WrongType", MALFORMED, |r| {
        format!("[{r}]").into_bytes()
    }),
    deviation("text-after", "A letter stands after the record", "NotJson", MALFORMED, |r| before(r, "x")),
    deviation("second-record-after", "A second record stands after the first", "NotJson", MALFORMED, |r| before(r, r)),
    deviation("nul-after", "A NUL stands after the record", "NotJson", MALFORMED, |r| before(r, "\0")),
    deviation("comma-at-end", "A comma stands after the last member", "NotJson", MALFORMED, |r| swap(r, "\"}", "\",}")),
    deviation("comment", "A comment stands before the record", "NotJson", MALFORMED, |r| after(b"/* */", r)),
    deviation("single-quotes", "The quotes are single", "NotJson", MALFORMED, |r| r.replace('"', "'").into_bytes()),
    deviation("name-without-quotes", "A name has no quotes", "NotJson", MALFORMED, |r| swap(r, "\"salt\"", "salt")),
    deviation("brace-missing", "The last brace is missing", "NotJson", MALFORMED, |r| {
        r.trim_end_matches('}').as_bytes().to_vec()
    }),
    deviation("newline-in-value", "A raw newline stands in a value", "NotJson", MALFORMED, |r| {
        swap(r, "\"secureData\":\"", "\"secureData\":\"\n")
    }),
    deviation("no-break-space", "A no-break space stands between tokens", "Whitespace", MALFORMED, |r| {
        swap(r, ",", ",\u{a0}")
    }),
    deviation("name-in-capitals", "A name is written in other letters", "MissingMember", MALFORMED, |r| {
        swap(r, "secureData", "securedata")
    }),
    deviation("salt-null", "The salt is null", "WrongType", MALFORMED, |r| {
        swap(r, "{\"salt\":\"", "{\"salt\":null,\"\":\"")
    }),
    deviation("secure-data-null", "The sealed text is null", "WrongType", MALFORMED, |r| {
        swap(r, "\"secureData\":\"", "\"secureData\":null,\"\":\"")
    }),
    deviation("secure-data-empty", "The sealed text is empty", "NotJson", MALFORMED, |r| {
        let start = r.find("\"secureData\":\"").unwrap_or(0) + 14;
        format!("{}\"}}", &r[..start]).into_bytes()
    }),
    deviation(
        "secure-data-not-base64",
        "The base64 has a character of the other alphabet",
        "B64Alphabet",
        MALFORMED,
        |r| swap(r, "\"secureData\":\"e", "\"secureData\":\"-"),
    ),
    deviation("secure-data-character-more", "The base64 has a lone character at its end", "B64Pad", MALFORMED, |r| {
        swap(r, "\"}", "=A\"}")
    }),
    deviation("secure-data-nul", "The base64 goes on after a NUL", "B64Alphabet", MALFORMED, |r| {
        swap(r, "\"secureData\":\"", "\"secureData\":\"\\u0000")
    }),
    deviation("salt-odd", "The salt has an odd number of digits", "HexForm", UNOPENABLE, |r| {
        swap(r, "{\"salt\":\"", "{\"salt\":\"0")
    }),
    deviation("salt-not-hex", "The salt has a letter that is no digit", "HexForm", UNOPENABLE, |r| {
        let mut record = r.as_bytes().to_vec();
        record[9] = b'g';
        record
    }),
    deviation("salt-nul", "The salt begins with a NUL", "HexForm", UNOPENABLE, |r| {
        swap(r, "{\"salt\":\"", "{\"salt\":\"\\u0000")
    }),
    deviation(
        "duplicate-salt-wrong-last",
        "The salt stands twice, and the second is another",
        "DupKey",
        UNOPENABLE,
        |r| swap(r, ",\"secureData\"", ",\"salt\":\"00\",\"secureData\""),
    ),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-salt-same", "The salt stands twice, the same", "DupKey", MALFORMED, |r| {
        let salt = r[1..74].to_owned();
        swap(r, ",\"secureData\"", &format!(",{salt},\"secureData\""))
    }),
    deviation(
        "duplicate-salt-wrong-first",
        "The salt stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |r| swap(r, "{", "{\"salt\":\"00\","),
    ),
    deviation(
        "duplicate-salt-escaped",
        "The salt stands twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
        |r| swap(r, "{", "{\"\\u0073alt\":\"00\","),
    ),
    deviation(
        "duplicate-secure-data",
        "The sealed text stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |r| swap(r, ",\"secureData\"", ",\"secureData\":\"e30=\",\"secureData\""),
    ),
    deviation(
        "unknown-member",
        "A member stands in it that the format does not have",
        "UnknownMember",
        MALFORMED,
        |r| swap(r, "{", "{\"pepper\":\"00\","),
    ),
    deviation(
        "unknown-name-in-capitals",
        "A name stands in it twice, once in other letters",
        "UnknownMember",
        MALFORMED,
        |r| swap(r, "{", "{\"Salt\":\"00\","),
    ),
    deviation("proto-member", "A member is called __proto__", "ProtoKey", MALFORMED, |r| {
        swap(r, "{", "{\"__proto__\":{\"salt\":\"00\"},")
    }),
    deviation("deep-member", "A member holds five thousand arrays in each other", "Depth", MALFORMED, |r| {
        swap(r, "{", &format!("{{\"deep\":{}{},", "[".repeat(5_000), "]".repeat(5_000)))
    }),
    deviation("salt-in-capitals", "The salt is written in capitals", "HexForm", MALFORMED, |r| {
        [&r[..9], &r[9..73].to_uppercase(), &r[73..]].concat().into_bytes()
    }),
    deviation("salt-0x", "The salt begins with 0x", "HexForm", MALFORMED, |r| {
        swap(r, "{\"salt\":\"", "{\"salt\":\"0x")
    }),
    deviation("salt-spaced", "A space stands in the salt", "HexForm", MALFORMED, |r| {
        [&r[..11], " ", &r[11..]].concat().into_bytes()
    }),
    deviation("secure-data-padding-missing", "The base64 has lost its padding", "B64Pad", MALFORMED, |r| {
        swap(r, "=\"}", "\"}")
    }),
    deviation("secure-data-spaced", "A space stands in the base64", "B64Whitespace", MALFORMED, |r| {
        swap(r, "\"secureData\":\"eyJp", "\"secureData\":\"ey Jp")
    }),
    deviation("secure-data-wrapped", "A newline stands in the base64", "B64Whitespace", MALFORMED, |r| {
        swap(r, "\"secureData\":\"eyJp", "\"secureData\":\"eyJp\\n")
    }),
    deviation(
        "secure-data-spare-bits",
        "Spare bits of the last character of the base64 are set",
        "B64NonCanonical",
        MALFORMED,
        |r| swap(r, "0=\"}", "1=\"}"),
    ),
];

const ITERATIONS: &[Deviation] = &[
    deviation("iterations-missing", "The count is missing", "MissingMember", UNOPENABLE, |r| {
        swap(r, "\"iterations\":100,", "")
    }),
    deviation("iterations-null", "The count is null", "WrongType", UNOPENABLE, |r| swap(r, ":100,", ":null,")),
    deviation("iterations-0", "The count is 0", "Iter0", UNOPENABLE, |r| swap(r, ":100,", ":0,")),
    deviation("iterations-negative", "The count is negative", "WrongType", UNREADABLE, |r| swap(r, ":100,", ":-100,")),
    deviation("iterations-negative-zero", "The count is -0", "NumberForm", UNOPENABLE, |r| swap(r, ":100,", ":-0,")),
    deviation("iterations-leading-zero", "The count has a zero in front", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":0100,")
    }),
    deviation("iterations-plus", "The count has a plus in front", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":+100,")
    }),
    deviation("iterations-hex", "The count is hexadecimal", "NumberForm", MALFORMED, |r| swap(r, ":100,", ":0x64,")),
    deviation("iterations-nan", "The count is NaN", "NumberForm", MALFORMED, |r| swap(r, ":100,", ":NaN,")),
    deviation("iterations-fraction", "The count is between two integers", "NumberForm", UNOPENABLE, |r| {
        swap(r, ":100,", ":100.5,")
    }),
    deviation("iterations-array", "The count stands in an array of two", "WrongType", UNOPENABLE, |r| {
        swap(r, ":100,", ":[100,100],")
    }),
    deviation("iterations-one-more", "The count is one more", "WrongPassword", AUTHENTICATION, |r| {
        swap(r, ":100,", ":101,")
    }),
    deviation("iterations-hex-capital", "The count is hexadecimal, with a capital X", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":0X64,")
    }),
    deviation("iterations-octal", "The count is octal", "NumberForm", MALFORMED, |r| swap(r, ":100,", ":0o144,")),
    deviation("iterations-with-a-point", "The count ends in a point", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":100.,")
    }),
    deviation("iterations-with-an-underscore", "The count has an underscore inside", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":1_00,")
    }),
    deviation("iterations-with-a-suffix", "The count is a big integer of JavaScript", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":100n,")
    }),
    deviation("iterations-full-width", "The count is written in full-width digits", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":１００,")
    }),
    deviation("iterations-without-quotes", "The count is a word", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":hundred,")
    }),
    deviation(
        "iterations-true",
        "The count is a truth value, and 100 sealed the record",
        "WrongType",
        UNOPENABLE,
        |r| swap(r, ":100,", ":true,"),
    ),
    deviation("iterations-object", "The count stands in an object", "WrongType", UNOPENABLE, |r| {
        swap(r, ":100,", ":{\"n\":100},")
    }),
    deviation(
        "iterations-duplicate-wrong-last",
        "The count stands twice, and the second is another",
        "DupKey",
        UNOPENABLE,
        |r| swap(r, ":100,", ":100,\"iterations\":101,"),
    ),
    deviation("iterations-a-little-more", "The count is a little above an integer", "NumberForm", UNOPENABLE, |r| {
        swap(r, ":100,", ":100.0000001,")
    }),
];

const ITERATIONS_STRICT: &[Deviation] = &[
    deviation("iterations-text", "The count is a text", "WrongType", MALFORMED, |r| swap(r, ":100,", ":\"100\",")),
    deviation("iterations-exponent", "The count is written with an exponent", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":1e2,")
    }),
    deviation("iterations-float", "The count is written with a fraction of zero", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":100.0,")
    }),
    deviation("iterations-in-an-array", "The count stands in an array of one", "WrongType", MALFORMED, |r| {
        swap(r, ":100,", ":[100],")
    }),
    deviation("duplicate-iterations", "The count stands twice, and the first is another", "DupKey", MALFORMED, |r| {
        swap(r, "\"iterations\":100,", "\"iterations\":1,\"iterations\":100,")
    }),
    deviation("iterations-in-two-arrays", "The count stands in an array in an array", "WrongType", MALFORMED, |r| {
        swap(r, ":100,", ":[[100]],")
    }),
    deviation("iterations-text-in-an-array", "The count is a text in an array", "WrongType", MALFORMED, |r| {
        swap(r, ":100,", ":[\"100\"],")
    }),
    deviation("iterations-text-hexadecimal", "The count is a hexadecimal text", "WrongType", MALFORMED, |r| {
        swap(r, ":100,", ":\"0x64\",")
    }),
    deviation("iterations-text-spaced", "The count is a text with spaces", "WrongType", MALFORMED, |r| {
        swap(r, ":100,", ":\" 100 \",")
    }),
    deviation("iterations-exponent-plus", "The count has an exponent with a plus", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":1E+2,")
    }),
    deviation("iterations-exponent-minus", "The count has a negative exponent", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":1000e-1,")
    }),
    deviation("iterations-of-many-zeros", "The count has a fraction of thirty zeros", "NumberForm", MALFORMED, |r| {
        swap(r, ":100,", ":100.000000000000000000000000000000,")
    }),
    deviation(
        "iterations-nearly",
        "The count is so little above an integer that a double cannot tell",
        "NumberForm",
        MALFORMED,
        |r| swap(r, ":100,", ":100.000000000000000001,"),
    ),
    deviation(
        "iterations-duplicate-escaped",
        "The count stands twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
        |r| swap(r, "\"iterations\":100,", "\"\\u0069terations\":1,\"iterations\":100,"),
    ),
];
