//! Envelopes whose JSON or base64 is not what a client writes.

use super::open::{begun, whole};
use super::sample::{Mode, Sample, array, base64};
use crate::build::checked::{Deviation, MALFORMED, PARAMETER, UNOPENABLE, UNREADABLE, deviation, swap};
use crate::build::{FileBuilder, KeyStream};

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
    for table in tables {
        file.deviate((parent, "envelope"), &sample.envelope(), table, |envelope| envelope);
    }
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

/// The text with a member's value changed; values hold no escapes.
pub(super) fn edited(envelope: &str, member: &str, edit: impl FnOnce(&str) -> String) -> Vec<u8> {
    let opening = format!("\"{member}\":\"");
    let start = envelope.find(&opening).map_or(0, |at| at + opening.len());
    let end = envelope[start..].find('"').map_or(start, |length| start + length);
    [&envelope[..start], &edit(&envelope[start..end]), &envelope[end..]].concat().into_bytes()
}

/// The text without a member that is not its last.
pub(super) fn without(envelope: &str, member: &str) -> Vec<u8> {
    let start = envelope.find(&format!("\"{member}\":")).unwrap_or(0);
    let end = envelope[start..].find(',').map_or(start, |length| start + length + 1);
    [&envelope[..start], &envelope[end..]].concat().into_bytes()
}

/// The text with a member's value, text or not, put in another's place.
pub(super) fn valued(envelope: &str, member: &str, value: &str) -> Vec<u8> {
    let opening = format!("\"{member}\":");
    let start = envelope.find(&opening).map_or(0, |at| at + opening.len());
    let end = envelope[start..].find([',', '}']).map_or(start, |length| start + length);
    [&envelope[..start], value, &envelope[end..]].concat().into_bytes()
}

/// The text with a member in front of its others.
pub(super) fn fronted(envelope: &str, member: &str) -> Vec<u8> {
    swap(envelope, "{", &format!("{{{member},"))
}

/// Text with its last character replaced by the one that has its lowest bit set, too.
fn spare_bit(text: &str) -> String {
    let next = text.chars().last().map(|c| char::from(c as u8 + 1)).unwrap_or_default();
    format!("{}{next}", &text[..text.len() - 1])
}

const CORE: &[Deviation] = &[
    deviation("empty", "The envelope is empty", "NotJson", MALFORMED, |_| Vec::new()),
    deviation("empty-object", "The envelope is an empty object", "MissingMember", MALFORMED, |_| b"{}".to_vec()),
    deviation("null", "The envelope is null", "WrongType", MALFORMED, |_| b"null".to_vec()),
    deviation("number", "The envelope is a number", "WrongType", MALFORMED, |_| b"7".to_vec()),
    deviation("cut", "The last brace is missing", "NotJson", MALFORMED, |e| {
        e.trim_end_matches('}').as_bytes().to_vec()
    }),
    deviation("cut-in-the-middle", "The second half is missing", "NotJson", MALFORMED, |e| {
        e.as_bytes()[..e.len() / 2].to_vec()
    }),
    deviation("bom", "A byte order mark stands before the envelope", "Charset", MALFORMED, |e| {
        [b"\xef\xbb\xbf", e.as_bytes()].concat()
    }),
    deviation("utf-16le", "The envelope is UTF-16, little-endian", "Charset", MALFORMED, |e| {
        e.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }),
    deviation("in-an-array", "The envelope stands in an array", "WrongType", MALFORMED, |e| {
        format!("[{e}]").into_bytes()
    }),
    deviation("in-a-string", "The envelope is a string that holds the envelope", "WrongType", MALFORMED, |e| {
        format!("{e:?}").into_bytes()
    }),
    deviation("text-after", "A letter stands after the envelope", "NotJson", MALFORMED, |e| {
        [e, "x"].concat().into_bytes()
    }),
    deviation("second-envelope-after", "A second envelope stands after the first", "NotJson", MALFORMED, |e| {
        [e, e].concat().into_bytes()
    }),
    deviation("nul-after", "A NUL stands after the envelope", "NotJson", MALFORMED, |e| {
        [e, "\0"].concat().into_bytes()
    }),
    deviation("comma-at-end", "A comma stands after the last member", "NotJson", MALFORMED, |e| {
        format!("{},}}", &e[..e.len() - 1]).into_bytes()
    }),
    deviation("comment", "A comment stands before the envelope", "NotJson", MALFORMED, |e| {
        ["/* */", e].concat().into_bytes()
    }),
    deviation("single-quotes", "The quotes are single", "NotJson", MALFORMED, |e| e.replace('"', "'").into_bytes()),
    deviation("name-without-quotes", "A name has no quotes", "NotJson", MALFORMED, |e| swap(e, "\"iv\"", "iv")),
    deviation("raw-newline", "A raw newline stands in a value", "NotJson", MALFORMED, |e| {
        edited(e, "cipher", |cipher| format!("\n{cipher}"))
    }),
    deviation("length-leading-zero", "The length has a zero in front", "NumberForm", MALFORMED, |e| {
        swap(e, "\"length\":", "\"length\":0")
    }),
    deviation("length-plus", "The length has a plus in front", "NumberForm", MALFORMED, |e| {
        swap(e, "\"length\":", "\"length\":+")
    }),
    deviation("length-nan", "The length is NaN", "NumberForm", MALFORMED, |e| valued(e, "length", "NaN")),
    deviation("cipher-missing", "The ciphertext is missing", "MissingMember", MALFORMED, |e| without(e, "cipher")),
    deviation("cipher-null", "The ciphertext is null", "WrongType", MALFORMED, |e| valued(e, "cipher", "null")),
    deviation("cipher-number", "The ciphertext is a number", "WrongType", UNOPENABLE, |e| valued(e, "cipher", "7")),
    deviation("cipher-empty", "The ciphertext is empty", "TagTruncated", UNOPENABLE, |e| {
        edited(e, "cipher", |_| String::new())
    }),
    deviation("cipher-15-bytes", "The ciphertext is shorter than a tag", "TagTruncated", UNOPENABLE, |e| {
        edited(e, "cipher", |cipher| cipher[..20].to_owned())
    }),
    deviation("cipher-hex", "The ciphertext is hex", "B64Alphabet", UNOPENABLE, |e| {
        edited(e, "cipher", |_| "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff".to_owned())
    }),
    deviation("iv-missing", "The nonce is missing", "MissingMember", MALFORMED, |e| without(e, "iv")),
    deviation("iv-null", "The nonce is null", "WrongType", MALFORMED, |e| valued(e, "iv", "null")),
    deviation("iv-empty", "The nonce is empty", "NonceSize", UNREADABLE, |e| edited(e, "iv", |_| String::new())),
    deviation("iv-12-bytes", "The nonce has 12 bytes, as that of ChaCha20-Poly1305", "NonceSize", UNREADABLE, |e| {
        edited(e, "iv", |iv| iv[..16].to_owned())
    }),
    deviation("iv-23-bytes", "The nonce has 23 bytes", "NonceSize", UNREADABLE, |e| {
        edited(e, "iv", |_| "A".repeat(31))
    }),
    deviation("iv-25-bytes", "The nonce has 25 bytes", "NonceSize", UNREADABLE, |e| {
        edited(e, "iv", |iv| format!("{iv}AA"))
    }),
    deviation("iv-wrong-case", "The nonce's member is written in capitals", "MissingMember", MALFORMED, |e| {
        swap(e, "\"iv\"", "\"IV\"")
    }),
    deviation(
        "duplicate-iv-wrong-last",
        "The nonce stands twice, and the second is another",
        "DupKey",
        UNOPENABLE,
        |e| swap(e, "\"salt\"", "\"iv\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"salt\""),
    ),
    deviation(
        "duplicate-cipher-wrong-last",
        "The ciphertext stands twice, and the second is another",
        "DupKey",
        UNOPENABLE,
        |e| swap(e, "\"salt\"", "\"cipher\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"salt\""),
    ),
];

const PASSWORD_CORE: &[Deviation] = &[
    deviation(
        "salt-missing",
        "The salt is missing, without which nothing can be derived",
        "MissingMember",
        UNOPENABLE,
        |e| without(e, "salt"),
    ),
    deviation("salt-null", "The salt is null", "WrongType", UNOPENABLE, |e| valued(e, "salt", "null")),
    deviation("salt-empty", "The salt is empty", "SaltSize", UNOPENABLE, |e| edited(e, "salt", |_| String::new())),
    deviation("salt-8-bytes", "The salt has 8 bytes", "SaltSize", UNREADABLE, |e| {
        edited(e, "salt", |_| "AAAAAAAAAAA".to_owned())
    }),
    deviation("salt-15-bytes", "The salt has 15 bytes", "SaltSize", UNREADABLE, |e| {
        edited(e, "salt", |_| "A".repeat(20))
    }),
    deviation("salt-17-bytes", "The salt has 17 bytes", "SaltSize", UNREADABLE, |e| {
        edited(e, "salt", |_| "A".repeat(23))
    }),
    deviation("salt-of-another", "The salt is another envelope's", "SaltSize", UNOPENABLE, |e| {
        edited(e, "salt", |_| "A".repeat(22))
    }),
];

const ITEM_CORE: &[Deviation] = &[];

const STRICT: &[Deviation] = &[
    deviation("duplicate-iv-same", "The nonce stands twice, the same", "DupKey", MALFORMED, |e| {
        let iv = &e[e.find("\"iv\"").unwrap_or(0)..][..39];
        fronted(e, iv)
    }),
    deviation(
        "duplicate-iv-wrong-first",
        "The nonce stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |e| fronted(e, "\"iv\":\"AAAA\""),
    ),
    deviation(
        "duplicate-iv-escaped",
        "The nonce stands twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
        |e| fronted(e, "\"\\u0069v\":\"AAAA\""),
    ),
    deviation(
        "duplicate-cipher-wrong-first",
        "The ciphertext stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |e| fronted(e, "\"cipher\":\"AAAA\""),
    ),
    deviation(
        "unknown-member",
        "A member stands in it that the format does not have",
        "UnknownMember",
        MALFORMED,
        |e| fronted(e, "\"pepper\":\"00\""),
    ),
    deviation(
        "unknown-name-in-capitals",
        "A name stands in it twice, once in other letters",
        "UnknownMember",
        MALFORMED,
        |e| fronted(e, "\"IV\":\"AAAA\""),
    ),
    deviation("proto-member", "A member is called __proto__", "ProtoKey", MALFORMED, |e| {
        fronted(e, "\"__proto__\":{\"iv\":\"AAAA\"}")
    }),
    deviation("deep-member", "A member holds five thousand arrays in each other", "Depth", MALFORMED, |e| {
        fronted(e, &format!("\"deep\":{}{}", "[".repeat(5_000), "]".repeat(5_000)))
    }),
    deviation("format-null", "The format is null", "WrongType", MALFORMED, |e| valued(e, "format", "null")),
    deviation("format-hex", "The format says hex", "UnknownAlg", PARAMETER, |e| swap(e, "\"base64\"", "\"hex\"")),
    deviation("alg-unknown", "The algorithm is unknown", "UnknownAlg", PARAMETER, |e| {
        swap(e, "xcha-argon2i13-7", "aes-gcm")
    }),
    deviation("alg-other-variant", "The algorithm names Argon2id", "UnknownAlg", PARAMETER, |e| {
        swap(e, "argon2i13", "argon2id13")
    }),
    deviation(
        "alg-of-february-2021",
        "The algorithm is what was written for a week in February 2021",
        "UnknownAlg",
        PARAMETER,
        |e| swap(e, "argon2i13-7", "argon2i13-0-7"),
    ),
    deviation(
        "alg-compressed",
        "The algorithm names a compressed plaintext, as was written for a week in February 2021",
        "UnknownAlg",
        PARAMETER,
        |e| swap(e, "argon2i13-7", "argon2i13-1-7"),
    ),
    deviation(
        "alg-none-compressed",
        "The algorithm is what was written for two days in February 2021",
        "UnknownAlg",
        PARAMETER,
        |e| swap(e, "argon2i13-7", "argon2i13-0-none-7"),
    ),
    deviation("alg-nil", "The algorithm is that of the first streams", "UnknownAlg", PARAMETER, |e| {
        swap(e, "argon2i13-7", "argon2i13-nil")
    }),
    deviation("alg-null", "The algorithm is null", "WrongType", MALFORMED, |e| valued(e, "alg", "null")),
    deviation("length-text", "The length is a text", "WrongType", MALFORMED, |e| valued(e, "length", "\"39\"")),
    deviation("length-null", "The length is null", "WrongType", MALFORMED, |e| valued(e, "length", "null")),
    deviation("length-float", "The length is written with a fraction of zero", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39.0")
    }),
    deviation("length-exponent", "The length is written with an exponent", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39e0")
    }),
    deviation("length-negative-zero", "The length is -0", "NumberForm", MALFORMED, |e| valued(e, "length", "-0")),
    deviation("length-huge", "The length has four hundred digits", "NumberForm", MALFORMED, |e| {
        valued(e, "length", &"9".repeat(400))
    }),
    deviation("chunk-size-null", "The chunk size is null", "WrongType", MALFORMED, |e| {
        fronted(e, "\"chunkSize\":null")
    }),
    deviation(
        "cipher-standard-alphabet",
        "The ciphertext is base64 of the other alphabet",
        "B64Alphabet",
        MALFORMED,
        |e| edited(e, "cipher", |cipher| cipher.replace('-', "+").replace('_', "/")),
    ),
    deviation("iv-standard-alphabet", "The nonce is base64 of the other alphabet", "B64Alphabet", MALFORMED, |e| {
        edited(e, "iv", |iv| iv.replace('-', "+").replace('_', "/"))
    }),
    deviation("cipher-padded", "The ciphertext is padded", "B64Pad", MALFORMED, |e| {
        edited(e, "cipher", |cipher| format!("{cipher}{}", "=".repeat((4 - cipher.len() % 4) % 4)))
    }),
    deviation("cipher-spaced", "A space stands in the ciphertext", "B64Whitespace", MALFORMED, |e| {
        edited(e, "cipher", |cipher| format!("{} {}", &cipher[..4], &cipher[4..]))
    }),
    deviation("cipher-wrapped", "A newline stands in the ciphertext", "B64Whitespace", MALFORMED, |e| {
        edited(e, "cipher", |cipher| format!("{}\\n{}", &cipher[..4], &cipher[4..]))
    }),
    deviation("cipher-nul", "A NUL stands in the ciphertext", "B64Alphabet", MALFORMED, |e| {
        edited(e, "cipher", |cipher| format!("{}\\u0000{}", &cipher[..4], &cipher[4..]))
    }),
    deviation(
        "cipher-not-ascii",
        "A letter that is not ASCII stands in the ciphertext",
        "B64Alphabet",
        MALFORMED,
        |e| edited(e, "cipher", |cipher| format!("{}é{}", &cipher[..4], &cipher[4..])),
    ),
    deviation("cipher-spare-bits", "Spare bits of the last character are set", "B64NonCanonical", MALFORMED, |e| {
        edited(e, "cipher", spare_bit)
    }),
    deviation("cipher-character-more", "A lone character stands at the end", "B64Pad", MALFORMED, |e| {
        edited(e, "cipher", |cipher| format!("{cipher}==A"))
    }),
];

const PASSWORD_STRICT: &[Deviation] = &[
    deviation("salt-padded", "The salt is padded", "B64Pad", MALFORMED, |e| {
        edited(e, "salt", |salt| format!("{salt}=="))
    }),
    deviation("salt-spaced", "A space stands in the salt", "B64Whitespace", MALFORMED, |e| {
        edited(e, "salt", |salt| format!("{} {}", &salt[..4], &salt[4..]))
    }),
    deviation(
        "salt-spare-bits",
        "Spare bits of the salt's last character are set",
        "B64NonCanonical",
        MALFORMED,
        |e| edited(e, "salt", spare_bit),
    ),
    deviation("length-missing", "The length is missing", "MissingMember", MALFORMED, |e| {
        [&e[..e.find(",\"length\"").unwrap_or(0)], "}"].concat().into_bytes()
    }),
    deviation("id-added", "The envelope has an id, as if it were an item", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"id\":\"a\"")
    }),
];

const ITEM_STRICT: &[Deviation] = &[
    deviation("length-missing", "The length is missing", "MissingMember", MALFORMED, |e| without(e, "length")),
    deviation("salt-null", "The salt is null", "WrongType", MALFORMED, |e| valued(e, "salt", "null")),
    deviation("salt-15-bytes", "The salt has 15 bytes", "SaltSize", UNREADABLE, |e| {
        edited(e, "salt", |_| "A".repeat(20))
    }),
    deviation("salt-not-base64", "The salt is not base64", "B64Alphabet", MALFORMED, |e| {
        edited(e, "salt", |_| "*".repeat(22))
    }),
    deviation("id-missing", "The id is missing", "MissingMember", MALFORMED, |e| {
        [&e[..e.find(",\"id\"").unwrap_or(0)], "}"].concat().into_bytes()
    }),
    deviation("id-null", "The id is null", "WrongType", MALFORMED, |e| valued(e, "id", "null")),
    deviation("id-number", "The id is a number", "WrongType", MALFORMED, |e| valued(e, "id", "7")),
    deviation("id-lone-surrogate", "The id has half a character", "Charset", MALFORMED, |e| {
        valued(e, "id", "\"\\ud83d\"")
    }),
    deviation("v-missing", "The version is missing", "MissingMember", MALFORMED, |e| without(e, "v")),
    deviation("v-text", "The version is a text", "WrongType", MALFORMED, |e| valued(e, "v", "\"6.1\"")),
    deviation("v-7", "The version is unknown", "KeyVersion", PARAMETER, |e| valued(e, "v", "7")),
    deviation("v-huge", "The version is beyond every number", "NumberForm", UNREADABLE, |e| valued(e, "v", "1e400")),
    deviation("key-version-2", "The key version is unknown", "KeyVersion", PARAMETER, |e| {
        fronted(e, "\"keyVersion\":2")
    }),
    deviation("key-version-null", "The key version is null", "WrongType", MALFORMED, |e| {
        fronted(e, "\"keyVersion\":null")
    }),
    deviation("key-version-text", "The key version is a text", "WrongType", MALFORMED, |e| {
        fronted(e, "\"keyVersion\":\"1\"")
    }),
    deviation("key-version-negative", "The key version is negative", "KeyVersion", UNREADABLE, |e| {
        fronted(e, "\"keyVersion\":-1")
    }),
    deviation("user-id", "The server's own member is still there", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"userId\":\"64b1\"")
    }),
];
