//! Envelopes whose JSON is not that of an envelope: what `JSON.parse` refuses, and what it takes.

use super::members::{edited, fronted, valued, without};
use super::open::{begun, whole};
use super::sample::{Mode, Sample};
use crate::build::checked::{Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation, swap};
use crate::build::forms::json::{NOT_JSON, UNKNOWN};
use crate::build::{FileBuilder, KeyStream};

/// What the published clients refuse too.
pub(super) fn core(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let own = match mode {
        Mode::Password => PASSWORD_CORE,
        Mode::Item => ITEM_CORE,
    };
    deviating(
        mode,
        stream,
        "Envelopes in forms that no reader may take",
        |file| file,
        &[NOT_JSON, CORE, own],
        |form| !TAKEN.contains(&form),
    )
}

/// What the node build of the published library takes.
pub(super) fn strict(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let own = match mode {
        Mode::Password => PASSWORD_STRICT,
        Mode::Item => ITEM_STRICT,
    };
    let title = "Envelopes in forms that a lenient reader takes";
    let taken = |form: &str| TAKEN.contains(&form) || NOT_JSON.iter().all(|not_json| not_json.name != form);
    deviating(mode, stream, title, |file| file.policy("strict"), &[NOT_JSON, UNKNOWN, STRICT, own], taken)
}

fn deviating(
    mode: Mode,
    stream: &mut KeyStream,
    title: &str,
    describe: fn(FileBuilder) -> FileBuilder,
    tables: &[&[Deviation]],
    wanted: impl Fn(&str) -> bool,
) -> FileBuilder {
    let mut file = begun(mode, title, describe);
    let sample = Sample::new(mode, stream);
    let parent = whole(&mut file, &sample);
    for Deviation { name, why, flag, reasons, edit } in tables.iter().copied().flatten() {
        if !wanted(name) {
            continue;
        }
        file.forge((parent, "envelope"), (name, why, flag), reasons, edit(&sample.envelope()));
    }
    file.finish()
}

/// Forms of [`NOT_JSON`] in the name of `format`, which may be missing: to a reader that skips unknown members the name is
/// one, and `\f` is an escape.
const TAKEN: &[&str] = &["overlong-letter", "name-broken-utf-8", "escape-of-itself"];

/// The envelope with another member at its end.
fn ended(envelope: &str, end: &str) -> Vec<u8> {
    [&envelope[..envelope.len() - 1], end, "}"].concat().into_bytes()
}

/// The envelope with bytes at the start of a member's text.
fn begins(envelope: &str, member: &str, bytes: &[u8]) -> Vec<u8> {
    let start = envelope.find(&format!("\"{member}\":\"")).map_or(0, |at| at + member.len() + 4);
    [&envelope.as_bytes()[..start], bytes, &envelope.as_bytes()[start..]].concat()
}

const CORE: &[Deviation] = &[
    deviation(
        "iv-with-a-capital",
        "The nonce's name begins with a capital, which Go folds",
        "MissingMember",
        MALFORMED,
        |e| swap(e, "\"iv\"", "\"Iv\""),
    ),
    deviation("iv-with-a-space", "The nonce's name ends in a space", "MissingMember", MALFORMED, |e| {
        swap(e, "\"iv\"", "\"iv \"")
    }),
    deviation("iv-with-a-nul", "The nonce's name ends in a NUL", "MissingMember", MALFORMED, |e| {
        swap(e, "\"iv\"", "\"iv\\u0000\"")
    }),
    deviation("nonce-for-iv", "The nonce is called nonce", "MissingMember", MALFORMED, |e| {
        swap(e, "\"iv\"", "\"nonce\"")
    }),
    deviation(
        "cipher-with-a-capital",
        "The ciphertext's name begins with a capital",
        "MissingMember",
        MALFORMED,
        |e| swap(e, "\"cipher\"", "\"Cipher\""),
    ),
    deviation("cipher-in-capitals", "The ciphertext's name is in capitals", "MissingMember", MALFORMED, |e| {
        swap(e, "\"cipher\"", "\"CIPHER\"")
    }),
    deviation(
        "cipher-with-a-cyrillic-letter",
        "The ciphertext's name begins with a letter that looks the same",
        "MissingMember",
        MALFORMED,
        |e| swap(e, "\"cipher\"", "\"\u{441}ipher\""),
    ),
    deviation("cipher-cut", "The ciphertext's name has lost a letter", "MissingMember", MALFORMED, |e| {
        swap(e, "\"cipher\"", "\"ciphe\"")
    }),
    deviation("cipher-true", "The ciphertext is a truth value", "WrongType", UNOPENABLE, |e| {
        valued(e, "cipher", "true")
    }),
    deviation("cipher-object", "The ciphertext is an object", "WrongType", UNOPENABLE, |e| valued(e, "cipher", "{}")),
    deviation("cipher-empty-array", "The ciphertext is an empty array", "WrongType", UNOPENABLE, |e| {
        valued(e, "cipher", "[]")
    }),
    deviation("iv-number", "The nonce is a number", "WrongType", UNOPENABLE, |e| valued(e, "iv", "24")),
    deviation("iv-true", "The nonce is a truth value", "WrongType", UNOPENABLE, |e| valued(e, "iv", "true")),
    deviation("iv-object", "The nonce is an object", "WrongType", UNOPENABLE, |e| valued(e, "iv", "{\"length\":24}")),
    deviation("iv-empty-array", "The nonce is an empty array", "WrongType", UNOPENABLE, |e| valued(e, "iv", "[]")),
    deviation("iv-of-zeros", "The nonce is all zeros, and another sealed the text", "FieldSwap", UNOPENABLE, |e| {
        edited(e, "iv", |_| "A".repeat(32))
    }),
    deviation("iv-16-bytes", "The nonce has lost its last eight bytes", "NonceSize", UNREADABLE, |e| {
        edited(e, "iv", |iv| iv[..22].replace(|c| !char::is_ascii_alphanumeric(&c), "A")[..21].to_owned() + "A")
    }),
    deviation("iv-32-bytes", "The nonce has eight bytes more", "NonceSize", UNREADABLE, |e| {
        edited(e, "iv", |iv| format!("{iv}AAAAAAAAAAA"))
    }),
    deviation("duplicate-iv-null-last", "The nonce stands twice, and the second is null", "DupKey", UNOPENABLE, |e| {
        ended(e, ",\"iv\":null")
    }),
    deviation(
        "duplicate-cipher-null-last",
        "The ciphertext stands twice, and the second is null",
        "DupKey",
        UNOPENABLE,
        |e| ended(e, ",\"cipher\":null"),
    ),
    deviation(
        "duplicate-cipher-escaped-last",
        "The ciphertext stands twice, and the second, with an escape in its name, is a tag alone",
        "DupKey",
        UNOPENABLE,
        |e| ended(e, ",\"c\\u0069pher\":\"AAAAAAAAAAAAAAAAAAAAAA\""),
    ),
    deviation("length-hexadecimal", "The length is hexadecimal", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "0x27")
    }),
    deviation(
        "length-hexadecimal-capital",
        "The length is hexadecimal, with a capital X",
        "NumberForm",
        MALFORMED,
        |e| valued(e, "length", "0X27"),
    ),
    deviation("length-octal", "The length is octal", "NumberForm", MALFORMED, |e| valued(e, "length", "0o47")),
    deviation("length-with-a-point", "The length ends in a point", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39.")
    }),
    deviation("length-from-a-point", "The length begins with a point", "NumberForm", MALFORMED, |e| {
        valued(e, "length", ".39")
    }),
    deviation("length-exponent-cut", "The length ends in an exponent without digits", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39e")
    }),
    deviation("length-minus-alone", "The length is a minus", "NumberForm", MALFORMED, |e| valued(e, "length", "-")),
    deviation("length-infinity", "The length is infinite", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "Infinity")
    }),
    deviation("length-full-width", "The length is written in full-width digits", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "\u{ff13}\u{ff19}")
    }),
    deviation("length-big-integer", "The length is a big integer of JavaScript", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39n")
    }),
    deviation("length-without-value", "The length has no value", "NumberForm", MALFORMED, |e| valued(e, "length", "")),
    deviation("alg-raw-newline", "A raw newline stands in the name of the algorithm", "NotJson", MALFORMED, |e| {
        begins(e, "alg", b"\n")
    }),
    deviation("alg-raw-nul", "A raw NUL stands in the name of the algorithm", "NotJson", MALFORMED, |e| {
        begins(e, "alg", b"\0")
    }),
];

const PASSWORD_CORE: &[Deviation] = &[
    deviation("salt-with-a-capital", "The salt's name begins with a capital", "MissingMember", UNOPENABLE, |e| {
        swap(e, "\"salt\"", "\"Salt\"")
    }),
    deviation(
        "salt-with-a-long-s",
        "The salt's name begins with a long s, which Go folds",
        "MissingMember",
        UNOPENABLE,
        |e| swap(e, "\"salt\"", "\"\u{17f}alt\""),
    ),
    deviation("salt-32-bytes", "The salt has 32 bytes", "SaltSize", UNREADABLE, |e| {
        edited(e, "salt", |_| "A".repeat(43))
    }),
    deviation(
        "duplicate-salt-wrong-last",
        "The salt stands twice, and the second is another",
        "DupKey",
        UNOPENABLE,
        |e| ended(e, ",\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\""),
    ),
    deviation(
        "duplicate-salt-short-last",
        "The salt stands twice, and the second is a byte",
        "DupKey",
        UNOPENABLE,
        |e| ended(e, ",\"salt\":\"AA\""),
    ),
];

const ITEM_CORE: &[Deviation] = &[
    deviation("id-raw-newline", "A raw newline stands in the id", "NotJson", MALFORMED, |e| begins(e, "id", b"\n")),
    deviation("id-raw-tab", "A raw tab stands in the id", "NotJson", MALFORMED, |e| begins(e, "id", b"\t")),
    deviation("id-raw-control", "A raw control character stands in the id", "NotJson", MALFORMED, |e| {
        begins(e, "id", b"\x01")
    }),
    deviation("id-raw-nul", "A raw NUL stands in the id", "NotJson", MALFORMED, |e| begins(e, "id", b"\0")),
    deviation("id-escape-hexadecimal", "An escape of JavaScript stands in the id", "JsonEscape", MALFORMED, |e| {
        begins(e, "id", b"\\x41")
    }),
    deviation("id-escape-cut", "An escape in the id has two digits", "JsonEscape", MALFORMED, |e| {
        begins(e, "id", b"\\u41-")
    }),
    deviation("v-hexadecimal", "The version is hexadecimal", "NumberForm", MALFORMED, |e| valued(e, "v", "0x6")),
    deviation("v-comma", "The version is written with a comma", "NumberForm", MALFORMED, |e| valued(e, "v", "6,1")),
    deviation("v-leading-zero", "The version has a zero in front", "NumberForm", MALFORMED, |e| valued(e, "v", "06.1")),
    deviation("v-nan", "The version is NaN", "NumberForm", MALFORMED, |e| valued(e, "v", "NaN")),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-cipher-same", "The ciphertext stands twice, the same", "DupKey", MALFORMED, |e| {
        let start = e.find("\"cipher\":").unwrap_or(0);
        let end = e[start..].find(',').map_or(start, |length| start + length);
        ended(e, &format!(",{}", &e[start..end]))
    }),
    deviation("duplicate-alg", "The algorithm stands twice, the same", "DupKey", MALFORMED, |e| {
        ended(e, ",\"alg\":\"xcha-argon2i13-7\"")
    }),
    deviation(
        "duplicate-format-other-first",
        "The format stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |e| fronted(e, "\"format\":\"hex\""),
    ),
    deviation("duplicate-length", "The length stands twice", "DupKey", MALFORMED, |e| ended(e, ",\"length\":39")),
    deviation(
        "unknown-in-capitals",
        "The ciphertext stands twice, once with its name in capitals",
        "UnknownMember",
        MALFORMED,
        |e| fronted(e, "\"CIPHER\":\"AAAA\""),
    ),
    deviation("passes-member", "A member asks for one pass", "CostInEnvelope", MALFORMED, |e| {
        fronted(e, "\"opslimit\":1")
    }),
    deviation("memory-member", "A member asks for 8 KiB", "CostInEnvelope", MALFORMED, |e| {
        fronted(e, "\"memlimit\":8192")
    }),
    deviation("iterations-member", "A member asks for a million iterations", "CostInEnvelope", MALFORMED, |e| {
        fronted(e, "\"iterations\":1000000")
    }),
    deviation("kdf-member", "A member names another key derivation", "CostInEnvelope", MALFORMED, |e| {
        fronted(e, "\"kdf\":{\"name\":\"none\"}")
    }),
    deviation("key-member", "A member brings a key", "UnknownMember", MALFORMED, |e| {
        fronted(e, &format!("\"key\":\"{}\"", "A".repeat(43)))
    }),
    deviation("password-member", "A member brings a password", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"password\":\"x\"")
    }),
    deviation("aad-member", "A member brings associated data", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"aad\":\"AAAA\"")
    }),
    deviation("tag-member", "A member brings a tag of its own", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"tag\":\"AAAAAAAAAAAAAAAAAAAAAA\"")
    }),
    deviation("compressed-member", "A member says that the text is compressed", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"compressed\":true")
    }),
    deviation("hash-member", "A member of backups brings a hash", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"hash\":\"00\"")
    }),
    deviation("format-empty", "The format is empty", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "format", |_| String::new())
    }),
    deviation("format-in-capitals", "The format is in capitals", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "format", str::to_uppercase)
    }),
    deviation("format-uint8array", "The format is the client's other one", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "format", |_| "uint8array".to_owned())
    }),
    deviation("format-number", "The format is a number", "WrongType", MALFORMED, |e| valued(e, "format", "64")),
    deviation("format-false", "The format is a truth value", "WrongType", MALFORMED, |e| valued(e, "format", "false")),
    deviation("alg-empty", "The algorithm is empty", "UnknownAlg", UNREADABLE, |e| edited(e, "alg", |_| String::new())),
    deviation("alg-none", "The algorithm is none", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |_| "none".to_owned())
    }),
    deviation("alg-in-capitals", "The algorithm is in capitals", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", str::to_uppercase)
    }),
    deviation("alg-space-at-end", "The algorithm ends in a space", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |alg| format!("{alg} "))
    }),
    deviation("alg-nul-at-end", "The algorithm ends in a NUL", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |alg| format!("{alg}\\u0000"))
    }),
    deviation("alg-prefix", "The algorithm's name goes on", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |alg| format!("{alg}-s"))
    }),
    deviation("alg-cut", "The algorithm does not name its base64", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |alg| alg[..14].to_owned())
    }),
    deviation("alg-other-base64", "The algorithm names padded base64", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |alg| format!("{}-5", &alg[..14]))
    }),
    deviation("alg-stream", "The algorithm is that of attachments", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |_| "xcha-stream".to_owned())
    }),
    deviation("alg-pgp", "The algorithm is that of the inbox", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |_| "pgp-aes256".to_owned())
    }),
    deviation("alg-not-extended", "The algorithm names ChaCha20 without the X", "UnknownAlg", UNREADABLE, |e| {
        edited(e, "alg", |alg| alg[1..].to_owned())
    }),
    deviation("alg-number", "The algorithm is a number", "WrongType", MALFORMED, |e| valued(e, "alg", "7")),
    deviation("alg-array", "The algorithm stands in an array", "WrongType", MALFORMED, |e| {
        valued(e, "alg", "[\"xcha-argon2i13-7\"]")
    }),
    deviation("length-in-an-array", "The length stands in an array", "WrongType", MALFORMED, |e| {
        valued(e, "length", "[39]")
    }),
    deviation("length-in-two-arrays", "The length stands in an array in an array", "WrongType", MALFORMED, |e| {
        valued(e, "length", "[[39]]")
    }),
    deviation("length-object", "The length stands in an object", "WrongType", MALFORMED, |e| {
        valued(e, "length", "{\"n\":39}")
    }),
    deviation("length-true", "The length is a truth value", "WrongType", MALFORMED, |e| valued(e, "length", "true")),
    deviation("length-empty-text", "The length is an empty text", "WrongType", MALFORMED, |e| {
        valued(e, "length", "\"\"")
    }),
    deviation("length-fraction", "The length is between two integers", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39.5")
    }),
    deviation("length-exponent-capital", "The length has an exponent with a plus", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "39E+0")
    }),
    deviation("length-infinite", "The length is beyond every number", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "1e400")
    }),
    deviation("length-above-64-bits", "The length is 39 in 64 bits, and 2^64 more", "NumberForm", MALFORMED, |e| {
        valued(e, "length", "18446744073709551655")
    }),
    deviation("chunk-size-text", "The chunk size is a text", "WrongType", MALFORMED, |e| {
        fronted(e, "\"chunkSize\":\"524288\"")
    }),
    deviation("chunk-size-negative", "The chunk size is negative", "NumberForm", MALFORMED, |e| {
        fronted(e, "\"chunkSize\":-1")
    }),
    deviation("chunk-size-fraction", "The chunk size is between two integers", "NumberForm", MALFORMED, |e| {
        fronted(e, "\"chunkSize\":0.5")
    }),
    deviation(
        "cipher-broken-utf-8",
        "A byte that is not UTF-8 stands before the ciphertext",
        "Charset",
        MALFORMED,
        |e| begins(e, "cipher", b"\xff"),
    ),
    deviation("alg-broken-utf-8", "A cut character stands before the algorithm", "Charset", MALFORMED, |e| {
        begins(e, "alg", b"\xe2\x82")
    }),
    deviation("cipher-lone-surrogate", "Half a character stands before the ciphertext", "Charset", MALFORMED, |e| {
        begins(e, "cipher", b"\\udc00")
    }),
];

const PASSWORD_STRICT: &[Deviation] = &[
    deviation(
        "duplicate-salt-wrong-first",
        "The salt stands twice, and the first is another",
        "DupKey",
        MALFORMED,
        |e| fronted(e, "\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\""),
    ),
    deviation(
        "duplicate-salt-escaped",
        "The salt stands twice, once with an escape in its name",
        "DupKey",
        MALFORMED,
        |e| fronted(e, "\"\\u0073alt\":\"AAAAAAAAAAAAAAAAAAAAAA\""),
    ),
    deviation("v-added", "The envelope has a version, as if it were an item", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"v\":6.1")
    }),
    deviation("item-members-added", "The envelope has all the members of an item", "UnknownMember", MALFORMED, |e| {
        ended(e, ",\"v\":6.1,\"id\":\"a\",\"keyVersion\":1")
    }),
    deviation(
        "key-version-added",
        "The envelope has a key version, as if it were an item",
        "UnknownMember",
        MALFORMED,
        |e| fronted(e, "\"keyVersion\":0"),
    ),
];

const ITEM_STRICT: &[Deviation] = &[
    deviation("id-broken-utf-8", "A byte that is not UTF-8 stands in the id", "Charset", MALFORMED, |e| {
        begins(e, "id", b"\xff")
    }),
    deviation("id-cut-character", "A character of the id has lost its last byte", "Charset", MALFORMED, |e| {
        begins(e, "id", b"\xf0\x9f\x94")
    }),
    deviation("id-overlong", "A slash in the id is UTF-8 of two bytes", "Charset", MALFORMED, |e| {
        begins(e, "id", b"\xc0\xaf")
    }),
    deviation("id-surrogate-bytes", "A surrogate stands in the id as three bytes", "Charset", MALFORMED, |e| {
        begins(e, "id", b"\xed\xa0\xbd")
    }),
    deviation("id-low-surrogate", "The id begins with the second half of a character", "Charset", MALFORMED, |e| {
        begins(e, "id", b"\\udc00")
    }),
    deviation(
        "id-high-surrogate-and-more",
        "The id begins with the first half of a character and goes on",
        "Charset",
        MALFORMED,
        |e| begins(e, "id", b"\\ud800x"),
    ),
    deviation("id-halves-exchanged", "The id begins with two halves in the wrong order", "Charset", MALFORMED, |e| {
        begins(e, "id", b"\\udd11\\ud83d")
    }),
    deviation("id-array", "The id stands in an array", "WrongType", MALFORMED, |e| valued(e, "id", "[\"a\"]")),
    deviation("id-object", "The id is an object", "WrongType", MALFORMED, |e| valued(e, "id", "{}")),
    deviation("id-false", "The id is a truth value", "WrongType", MALFORMED, |e| valued(e, "id", "false")),
    deviation("duplicate-id", "The id stands twice, and the first is another", "DupKey", MALFORMED, |e| {
        fronted(e, "\"id\":\"b\"")
    }),
    deviation("duplicate-id-last", "The id stands twice, and the second is another", "DupKey", MALFORMED, |e| {
        ended(e, ",\"id\":\"b\"")
    }),
    deviation("duplicate-v", "The version stands twice, and the first is another", "DupKey", MALFORMED, |e| {
        fronted(e, "\"v\":5.9")
    }),
    deviation("duplicate-key-version", "The key version stands twice", "DupKey", MALFORMED, |e| {
        fronted(e, "\"keyVersion\":1,\"keyVersion\":0")
    }),
    deviation("id-with-a-capital", "A second id stands there, with a capital", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"Id\":\"b\"")
    }),
    deviation("v-4-9", "The version is older than the clients read", "KeyVersion", UNREADABLE, |e| {
        valued(e, "v", "4.9")
    }),
    deviation("v-6-2", "The version is one more than the last", "KeyVersion", UNREADABLE, |e| valued(e, "v", "6.2")),
    deviation("v-61", "The version has lost its point", "KeyVersion", UNREADABLE, |e| valued(e, "v", "61")),
    deviation("v-negative", "The version is negative", "KeyVersion", UNREADABLE, |e| valued(e, "v", "-6.1")),
    deviation("v-0", "The version is 0", "KeyVersion", UNREADABLE, |e| valued(e, "v", "0")),
    deviation("v-null", "The version is null", "WrongType", MALFORMED, |e| valued(e, "v", "null")),
    deviation("v-true", "The version is a truth value", "WrongType", MALFORMED, |e| valued(e, "v", "true")),
    deviation("v-in-an-array", "The version stands in an array", "WrongType", MALFORMED, |e| valued(e, "v", "[6.1]")),
    deviation("key-version-256", "The key version is 0 in 8 bits, and 256 more", "NumberForm", UNREADABLE, |e| {
        fronted(e, "\"keyVersion\":256")
    }),
    deviation(
        "key-version-two-to-the-32",
        "The key version is 1 in 32 bits, and 2^32 more",
        "NumberForm",
        UNREADABLE,
        |e| fronted(e, "\"keyVersion\":4294967297"),
    ),
    deviation(
        "key-version-fraction",
        "The key version is written with a fraction of zero",
        "NumberForm",
        UNREADABLE,
        |e| fronted(e, "\"keyVersion\":1.0"),
    ),
    deviation("key-version-true", "The key version is a truth value", "WrongType", MALFORMED, |e| {
        fronted(e, "\"keyVersion\":true")
    }),
    deviation("type-member", "The type of the item stands beside it", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"type\":\"note\"")
    }),
    deviation("deleted-member", "A member says that the item is deleted", "UnknownMember", MALFORMED, |e| {
        fronted(e, "\"deleted\":true")
    }),
    deviation("salt-number", "The salt is a number", "WrongType", MALFORMED, |e| valued(e, "salt", "7")),
    deviation("length-and-salt-missing", "Salt and length are missing", "MissingMember", MALFORMED, |e| {
        without(&String::from_utf8_lossy(&without(e, "salt")), "length")
    }),
];
