//! Envelopes whose JSON is not that of an envelope: what `JSON.parse` refuses, and what it takes.

use ::document::{Spelling, all, document, member};

use super::open::{begun, whole};
use super::sample::{Mode, Sample};
use crate::builder::checked::{Deviation, MALFORMED, UNOPENABLE, UNREADABLE, deviation};
use crate::builder::forms::json::{NOT_JSON, UNKNOWN};
use crate::builder::{FileBuilder, KeyStream};

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
    let forms = tables.iter().copied().flatten().filter(|form| wanted(form.name));
    file.deviate((parent, "envelope"), &sample.envelope(), forms);
    file.finish()
}

/// Forms of [`NOT_JSON`] in the name of `format`, which may be missing: to a reader that skips unknown members the name is
/// one, and `\f` is an escape.
const TAKEN: &[&str] = &["overlong-letter", "name-broken-utf-8", "escape-of-itself"];

const CORE: &[Deviation] = &[
    deviation(
        "iv-with-a-capital",
        "The nonce's name begins with a capital, which Go folds",
        "MissingMember",
        MALFORMED,
    )
    .by(member("iv").rename("Iv")),
    deviation("iv-with-a-space", "The nonce's name ends in a space", "MissingMember", MALFORMED)
        .by(member("iv").rename("iv ")),
    deviation("iv-with-a-nul", "The nonce's name ends in a NUL", "MissingMember", MALFORMED)
        .by(member("iv").rename(r"iv\u0000")),
    deviation("nonce-for-iv", "The nonce is called nonce", "MissingMember", MALFORMED).by(member("iv").rename("nonce")),
    deviation("cipher-with-a-capital", "The ciphertext's name begins with a capital", "MissingMember", MALFORMED)
        .by(member("cipher").rename("Cipher")),
    deviation("cipher-in-capitals", "The ciphertext's name is in capitals", "MissingMember", MALFORMED)
        .by(member("cipher").rename("CIPHER")),
    deviation(
        "cipher-with-a-cyrillic-letter",
        "The ciphertext's name begins with a letter that looks the same",
        "MissingMember",
        MALFORMED,
    )
    .by(member("cipher").rename("\u{441}ipher")),
    deviation("cipher-cut", "The ciphertext's name has lost a letter", "MissingMember", MALFORMED)
        .by(member("cipher").rename("ciphe")),
    deviation("cipher-true", "The ciphertext is a truth value", "WrongType", UNOPENABLE)
        .by(member("cipher").value("true")),
    deviation("cipher-object", "The ciphertext is an object", "WrongType", UNOPENABLE).by(member("cipher").value("{}")),
    deviation("cipher-empty-array", "The ciphertext is an empty array", "WrongType", UNOPENABLE)
        .by(member("cipher").value("[]")),
    deviation("iv-number", "The nonce is a number", "WrongType", UNOPENABLE).by(member("iv").value("24")),
    deviation("iv-true", "The nonce is a truth value", "WrongType", UNOPENABLE).by(member("iv").value("true")),
    deviation("iv-object", "The nonce is an object", "WrongType", UNOPENABLE)
        .by(member("iv").value(r#"{"length":24}"#)),
    deviation("iv-empty-array", "The nonce is an empty array", "WrongType", UNOPENABLE).by(member("iv").value("[]")),
    deviation("iv-of-zeros", "The nonce is all zeros, and another sealed the text", "FieldSwap", UNOPENABLE)
        .by(member("iv").text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
    deviation("iv-16-bytes", "The nonce has lost its last eight bytes", "NonceSize", UNREADABLE).by(all(&[
        member("iv").in_text().keep(21),
        member("iv").in_text().replace_each("-", "A"),
        member("iv").in_text().replace_each("_", "A"),
        member("iv").in_text().after("A"),
    ])),
    deviation("iv-32-bytes", "The nonce has eight bytes more", "NonceSize", UNREADABLE)
        .by(member("iv").in_text().after("AAAAAAAAAAA")),
    deviation("duplicate-iv-null-last", "The nonce occurs twice, and the second is null", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""iv":null"#)),
    deviation(
        "duplicate-cipher-null-last",
        "The ciphertext occurs twice, and the second is null",
        "DupKey",
        UNOPENABLE,
    )
    .by(document().last_member(r#""cipher":null"#)),
    deviation(
        "duplicate-cipher-escaped-last",
        "The ciphertext occurs twice, and the second, with an escape in its name, is a tag alone",
        "DupKey",
        UNOPENABLE,
    )
    .by(document().last_member(r#""c\u0069pher":"AAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation("length-hexadecimal", "The length is hexadecimal", "NumberForm", MALFORMED)
        .by(member("length").value("0x27")),
    deviation("length-hexadecimal-capital", "The length is hexadecimal, with a capital X", "NumberForm", MALFORMED)
        .by(member("length").value("0X27")),
    deviation("length-octal", "The length is octal", "NumberForm", MALFORMED).by(member("length").value("0o47")),
    deviation("length-with-a-point", "The length ends in a point", "NumberForm", MALFORMED)
        .by(member("length").value("39.")),
    deviation("length-from-a-point", "The length begins with a point", "NumberForm", MALFORMED)
        .by(member("length").value(".39")),
    deviation("length-exponent-cut", "The length ends in an exponent without digits", "NumberForm", MALFORMED)
        .by(member("length").value("39e")),
    deviation("length-minus-alone", "The length is a minus", "NumberForm", MALFORMED).by(member("length").value("-")),
    deviation("length-infinity", "The length is infinite", "NumberForm", MALFORMED)
        .by(member("length").value("Infinity")),
    deviation("length-full-width", "The length is written in full-width digits", "NumberForm", MALFORMED)
        .by(member("length").value("\u{ff13}\u{ff19}")),
    deviation("length-big-integer", "The length is a big integer of JavaScript", "NumberForm", MALFORMED)
        .by(member("length").value("39n")),
    deviation("length-without-value", "The length has no value", "NumberForm", MALFORMED)
        .by(member("length").value("")),
    deviation("alg-raw-newline", "A raw newline is in the name of the algorithm", "NotJson", MALFORMED).by(member(
        "alg",
    )
    .in_text()
    .before("\n")),
    deviation("alg-raw-nul", "A raw NUL is in the name of the algorithm", "NotJson", MALFORMED)
        .by(member("alg").in_text().before("\0")),
];

const PASSWORD_CORE: &[Deviation] = &[
    deviation("salt-with-a-capital", "The salt's name begins with a capital", "MissingMember", UNOPENABLE)
        .by(member("salt").rename("Salt")),
    deviation(
        "salt-with-a-long-s",
        "The salt's name begins with a long s, which Go folds",
        "MissingMember",
        UNOPENABLE,
    )
    .by(member("salt").rename("\u{17f}alt")),
    deviation("salt-32-bytes", "The salt has 32 bytes", "SaltSize", UNREADABLE)
        .by(member("salt").text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
    deviation("duplicate-salt-wrong-last", "The salt occurs twice, and the second is another", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""salt":"AAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation("duplicate-salt-short-last", "The salt occurs twice, and the second is a byte", "DupKey", UNOPENABLE)
        .by(document().last_member(r#""salt":"AA""#)),
];

const ITEM_CORE: &[Deviation] = &[
    deviation("id-raw-newline", "A raw newline is in the id", "NotJson", MALFORMED)
        .by(member("id").in_text().before("\n")),
    deviation("id-raw-tab", "A raw tab is in the id", "NotJson", MALFORMED).by(member("id").in_text().before("\t")),
    deviation("id-raw-control", "A raw control character is in the id", "NotJson", MALFORMED)
        .by(member("id").in_text().before("\x01")),
    deviation("id-raw-nul", "A raw NUL is in the id", "NotJson", MALFORMED).by(member("id").in_text().before("\0")),
    deviation("id-escape-hexadecimal", "An escape of JavaScript is in the id", "JsonEscape", MALFORMED).by(member(
        "id",
    )
    .in_text()
    .before(r"\x41")),
    deviation("id-escape-cut", "An escape in the id has two digits", "JsonEscape", MALFORMED)
        .by(member("id").in_text().before(r"\u41-")),
    deviation("v-hexadecimal", "The version is hexadecimal", "NumberForm", MALFORMED).by(member("v").value("0x6")),
    deviation("v-comma", "The version is written with a comma", "NumberForm", MALFORMED).by(member("v").value("6,1")),
    deviation("v-leading-zero", "The version has a zero at the front", "NumberForm", MALFORMED)
        .by(member("v").value("06.1")),
    deviation("v-nan", "The version is NaN", "NumberForm", MALFORMED).by(member("v").value("NaN")),
];

const STRICT: &[Deviation] = &[
    deviation("duplicate-cipher-same", "The ciphertext occurs twice, the same", "DupKey", MALFORMED)
        .by(all(&[member("cipher").twice(), member("cipher").next().move_last()])),
    deviation("duplicate-alg", "The algorithm occurs twice, the same", "DupKey", MALFORMED)
        .by(document().last_member(r#""alg":"xcha-argon2i13-7""#)),
    deviation("duplicate-format-other-first", "The format occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(document().first_member(r#""format":"hex""#)),
    deviation("duplicate-length", "The length occurs twice", "DupKey", MALFORMED)
        .by(document().last_member(r#""length":39"#)),
    deviation(
        "unknown-in-capitals",
        "The ciphertext occurs twice, once with its name in capitals",
        "UnknownMember",
        MALFORMED,
    )
    .by(document().first_member(r#""CIPHER":"AAAA""#)),
    deviation("passes-member", "A member asks for one pass", "CostInEnvelope", MALFORMED)
        .by(document().first_member(r#""opslimit":1"#)),
    deviation("memory-member", "A member asks for 8 KiB", "CostInEnvelope", MALFORMED)
        .by(document().first_member(r#""memlimit":8192"#)),
    deviation("iterations-member", "A member asks for a million iterations", "CostInEnvelope", MALFORMED)
        .by(document().first_member(r#""iterations":1000000"#)),
    deviation("kdf-member", "A member names another key derivation", "CostInEnvelope", MALFORMED)
        .by(document().first_member(r#""kdf":{"name":"none"}"#)),
    deviation("key-member", "A member brings a key", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation("password-member", "A member brings a password", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""password":"x""#)),
    deviation("aad-member", "A member brings associated data", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""aad":"AAAA""#)),
    deviation("tag-member", "A member brings a tag of its own", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""tag":"AAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation("compressed-member", "A member says that the text is compressed", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""compressed":true"#)),
    deviation("hash-member", "A member of backups brings a hash", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""hash":"00""#)),
    deviation("format-empty", "The format is empty", "UnknownAlg", UNREADABLE).by(member("format").text("")),
    deviation("format-in-capitals", "The format is in capitals", "UnknownAlg", UNREADABLE)
        .by(member("format").in_text().spell(Spelling::Upper)),
    deviation("format-uint8array", "The format is the client's other one", "UnknownAlg", UNREADABLE)
        .by(member("format").text("uint8array")),
    deviation("format-number", "The format is a number", "WrongType", MALFORMED).by(member("format").value("64")),
    deviation("format-false", "The format is a truth value", "WrongType", MALFORMED)
        .by(member("format").value("false")),
    deviation("alg-empty", "The algorithm is empty", "UnknownAlg", UNREADABLE).by(member("alg").text("")),
    deviation("alg-none", "The algorithm is none", "UnknownAlg", UNREADABLE).by(member("alg").text("none")),
    deviation("alg-in-capitals", "The algorithm is in capitals", "UnknownAlg", UNREADABLE)
        .by(member("alg").in_text().spell(Spelling::Upper)),
    deviation("alg-space-at-end", "The algorithm ends in a space", "UnknownAlg", UNREADABLE)
        .by(member("alg").in_text().after(" ")),
    deviation("alg-nul-at-end", "The algorithm ends in a NUL", "UnknownAlg", UNREADABLE)
        .by(member("alg").in_text().after(r"\u0000")),
    deviation("alg-prefix", "The algorithm's name goes on", "UnknownAlg", UNREADABLE)
        .by(member("alg").in_text().after("-s")),
    deviation("alg-cut", "The algorithm does not name its base64", "UnknownAlg", UNREADABLE)
        .by(member("alg").in_text().keep(14)),
    deviation("alg-other-base64", "The algorithm names padded base64", "UnknownAlg", UNREADABLE)
        .by(all(&[member("alg").in_text().keep(14), member("alg").in_text().after("-5")])),
    deviation("alg-stream", "The algorithm is that of attachments", "UnknownAlg", UNREADABLE)
        .by(member("alg").text("xcha-stream")),
    deviation("alg-pgp", "The algorithm is that of the inbox", "UnknownAlg", UNREADABLE)
        .by(member("alg").text("pgp-aes256")),
    deviation("alg-not-extended", "The algorithm names ChaCha20 without the X", "UnknownAlg", UNREADABLE).by(member(
        "alg",
    )
    .in_text()
    .drop_first(1)),
    deviation("alg-number", "The algorithm is a number", "WrongType", MALFORMED).by(member("alg").value("7")),
    deviation("alg-array", "The algorithm is in an array", "WrongType", MALFORMED)
        .by(member("alg").value(r#"["xcha-argon2i13-7"]"#)),
    deviation("length-in-an-array", "The length is in an array", "WrongType", MALFORMED)
        .by(member("length").value("[39]")),
    deviation("length-in-two-arrays", "The length is in an array in an array", "WrongType", MALFORMED)
        .by(member("length").value("[[39]]")),
    deviation("length-object", "The length is in an object", "WrongType", MALFORMED)
        .by(member("length").value(r#"{"n":39}"#)),
    deviation("length-true", "The length is a truth value", "WrongType", MALFORMED).by(member("length").value("true")),
    deviation("length-empty-text", "The length is an empty text", "WrongType", MALFORMED)
        .by(member("length").value(r#""""#)),
    deviation("length-fraction", "The length is between two integers", "NumberForm", MALFORMED)
        .by(member("length").value("39.5")),
    deviation("length-exponent-capital", "The length has an exponent with a plus", "NumberForm", MALFORMED)
        .by(member("length").value("39E+0")),
    deviation("length-infinite", "The length is beyond every number", "NumberForm", MALFORMED)
        .by(member("length").value("1e400")),
    deviation("length-above-64-bits", "The length is 39 in 64 bits, and 2^64 more", "NumberForm", MALFORMED)
        .by(member("length").value("18446744073709551655")),
    deviation("chunk-size-text", "The chunk size is a text", "WrongType", MALFORMED)
        .by(document().first_member(r#""chunkSize":"524288""#)),
    deviation("chunk-size-negative", "The chunk size is negative", "NumberForm", MALFORMED)
        .by(document().first_member(r#""chunkSize":-1"#)),
    deviation("chunk-size-fraction", "The chunk size is between two integers", "NumberForm", MALFORMED)
        .by(document().first_member(r#""chunkSize":0.5"#)),
    deviation("cipher-broken-utf-8", "A byte that is not UTF-8 is before the ciphertext", "Charset", MALFORMED)
        .by(member("cipher").in_text().before_bytes(b"\xff")),
    deviation("alg-broken-utf-8", "A cut character is before the algorithm", "Charset", MALFORMED)
        .by(member("alg").in_text().before_bytes(b"\xe2\x82")),
    deviation("cipher-lone-surrogate", "Half a character is before the ciphertext", "Charset", MALFORMED).by(member(
        "cipher",
    )
    .in_text()
    .before(r"\udc00")),
];

const PASSWORD_STRICT: &[Deviation] = &[
    deviation("duplicate-salt-wrong-first", "The salt occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(document().first_member(r#""salt":"AAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation("duplicate-salt-escaped", "The salt occurs twice, once with an escape in its name", "DupKey", MALFORMED)
        .by(document().first_member(r#""\u0073alt":"AAAAAAAAAAAAAAAAAAAAAA""#)),
    deviation("v-added", "The envelope has a version, as if it were an item", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""v":6.1"#)),
    deviation("item-members-added", "The envelope has all the members of an item", "UnknownMember", MALFORMED)
        .by(document().last_member(r#""v":6.1,"id":"a","keyVersion":1"#)),
    deviation("key-version-added", "The envelope has a key version, as if it were an item", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""keyVersion":0"#)),
];

const ITEM_STRICT: &[Deviation] = &[
    deviation("id-broken-utf-8", "A byte that is not UTF-8 is in the id", "Charset", MALFORMED)
        .by(member("id").in_text().before_bytes(b"\xff")),
    deviation("id-cut-character", "A character of the id has lost its last byte", "Charset", MALFORMED).by(member(
        "id",
    )
    .in_text()
    .before_bytes(b"\xf0\x9f\x94")),
    deviation("id-overlong", "A slash in the id is UTF-8 of two bytes", "Charset", MALFORMED)
        .by(member("id").in_text().before_bytes(b"\xc0\xaf")),
    deviation("id-surrogate-bytes", "A surrogate is in the id as three bytes", "Charset", MALFORMED)
        .by(member("id").in_text().before_bytes(b"\xed\xa0\xbd")),
    deviation("id-low-surrogate", "The id begins with the second half of a character", "Charset", MALFORMED)
        .by(member("id").in_text().before(r"\udc00")),
    deviation(
        "id-high-surrogate-and-more",
        "The id begins with the first half of a character and goes on",
        "Charset",
        MALFORMED,
    )
    .by(member("id").in_text().before(r"\ud800x")),
    deviation("id-halves-exchanged", "The id begins with two halves in the wrong order", "Charset", MALFORMED)
        .by(member("id").in_text().before(r"\udd11\ud83d")),
    deviation("id-array", "The id is in an array", "WrongType", MALFORMED).by(member("id").value(r#"["a"]"#)),
    deviation("id-object", "The id is an object", "WrongType", MALFORMED).by(member("id").value("{}")),
    deviation("id-false", "The id is a truth value", "WrongType", MALFORMED).by(member("id").value("false")),
    deviation("duplicate-id", "The id occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(document().first_member(r#""id":"b""#)),
    deviation("duplicate-id-last", "The id occurs twice, and the second is another", "DupKey", MALFORMED)
        .by(document().last_member(r#""id":"b""#)),
    deviation("duplicate-v", "The version occurs twice, and the first is another", "DupKey", MALFORMED)
        .by(document().first_member(r#""v":5.9"#)),
    deviation("duplicate-key-version", "The key version occurs twice", "DupKey", MALFORMED)
        .by(document().first_member(r#""keyVersion":1,"keyVersion":0"#)),
    deviation("id-with-a-capital", "A second id is there, with a capital", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""Id":"b""#)),
    deviation("v-4-9", "The version is older than the clients read", "KeyVersion", UNREADABLE)
        .by(member("v").value("4.9")),
    deviation("v-6-2", "The version is one more than the last", "KeyVersion", UNREADABLE).by(member("v").value("6.2")),
    deviation("v-61", "The version has lost its point", "KeyVersion", UNREADABLE).by(member("v").value("61")),
    deviation("v-negative", "The version is negative", "KeyVersion", UNREADABLE).by(member("v").value("-6.1")),
    deviation("v-0", "The version is 0", "KeyVersion", UNREADABLE).by(member("v").value("0")),
    deviation("v-null", "The version is null", "WrongType", MALFORMED).by(member("v").value("null")),
    deviation("v-true", "The version is a truth value", "WrongType", MALFORMED).by(member("v").value("true")),
    deviation("v-in-an-array", "The version is in an array", "WrongType", MALFORMED).by(member("v").value("[6.1]")),
    deviation("key-version-256", "The key version is 0 in 8 bits, and 256 more", "NumberForm", UNREADABLE)
        .by(document().first_member(r#""keyVersion":256"#)),
    deviation("key-version-two-to-the-32", "The key version is 1 in 32 bits, and 2^32 more", "NumberForm", UNREADABLE)
        .by(document().first_member(r#""keyVersion":4294967297"#)),
    deviation("key-version-fraction", "The key version is written with a fraction of zero", "NumberForm", UNREADABLE)
        .by(document().first_member(r#""keyVersion":1.0"#)),
    deviation("key-version-true", "The key version is a truth value", "WrongType", MALFORMED)
        .by(document().first_member(r#""keyVersion":true"#)),
    deviation("type-member", "The type of the item is beside it", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""type":"note""#)),
    deviation("deleted-member", "A member says that the item is deleted", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""deleted":true"#)),
    deviation("salt-number", "The salt is a number", "WrongType", MALFORMED).by(member("salt").value("7")),
    deviation("length-and-salt-missing", "Salt and length are missing", "MissingMember", MALFORMED)
        .by(all(&[member("salt").remove(), member("length").remove()])),
];
