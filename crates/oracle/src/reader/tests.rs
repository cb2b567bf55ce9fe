use super::*;
use primitives::Limits;
use vectors::Fields;

/// A flat object of two members, as the tables below spell it.
fn object(text: &[u8]) -> Result<object::Object, Declined> {
    object::Object::read(text, &["a", "b"], &Limits::default())
}

fn reason(read: Result<impl std::fmt::Debug, Declined>) -> Option<Reason> {
    match read.unwrap_err() {
        Declined::Against { reason, .. } => Some(reason),
        Declined::OutsideLimits { .. } | Declined::Refused | Declined::Authentication | Declined::Failed { .. } => None,
    }
}

/// A second opinion on what it means is worth nothing if the text is read otherwise than JSON says.
#[test]
fn spellings_of_one_object_are_read_alike() {
    for text in [
        r#"{"a":"x/+=","b":10}"#,
        r#"{"b":10,"a":"x/+="}"#,
        " {\t\"a\" :\r\n\"x/+=\" , \"b\": 10 }\n",
        r#"{"\u0061":"x\/\u002B=","b":10}"#,
    ] {
        let read = object(text.as_bytes()).unwrap();
        assert_eq!((read.text("a").unwrap(), read.count("b").unwrap()), ("x/+=", 10), "{text}");
    }
    let pair = object(br#"{"a":"\ud83d\ude00"}"#).unwrap();
    assert_eq!(pair.text("a").unwrap(), "\u{1f600}");
}

/// Each of these is a text of which two readers make two things.
#[test]
fn what_is_not_one_flat_object_of_texts_and_numbers_is_malformed() {
    let utf16: Vec<u8> = r#"{"a":"x"}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let deep = format!("{{\"a\":{}", "[".repeat(1 << 20));
    let bytes: [&[u8]; 6] = [
        &utf16,
        deep.as_bytes(),
        b"\xef\xbb\xbf{\"a\":\"x\"}",
        b"{\"a\":\"\xff\"}",
        b"{\"\xc1\xa1\":\"overlong\"}",
        b"{\"a\":\"\xed\xa0\x80\"}",
    ];
    let texts = [
        "",
        " ",
        "{",
        "[]",
        "null",
        "7",
        r#""{}""#,
        r#"["x",1]"#,
        r#"{"a":"x"}{"a":"x"}"#,
        r#"{"a":"x"}x"#,
        "{\"a\":\"x\"}\0",
        "\u{b}{}",
        r#"{"a":"x",}"#,
        r#"{,"a":"x"}"#,
        r#"{"a":"x" "b":1}"#,
        r#"{"a":"x"/**/}"#,
        "{\"a\":\"x\"//\n}",
        r"{'a':'x'}",
        r#"{a:"x"}"#,
        "{\"a\":\"x\ny\"}",
        r#"{"a":"\x41"}"#,
        r#"{"a":"\u00g0"}"#,
        r#"{"a":"\ud800"}"#,
        r#"{"a":"\ude00\ud83d"}"#,
        r#"{"a":"x","a":"x"}"#,
        r#"{"a":"x","\u0061":"x"}"#,
        r#"{"c":1}"#,
        r#"{"A":"x"}"#,
        r#"{"":1}"#,
        r#"{"__proto__":1}"#,
        r#"{"a":null}"#,
        r#"{"a":true}"#,
        r#"{"a":[1]}"#,
        r#"{"a":{}}"#,
        r#"{"b":01}"#,
        r#"{"b":+1}"#,
        r#"{"b":.5}"#,
        r#"{"b":1.}"#,
        r#"{"b":0x1}"#,
        r#"{"b":NaN}"#,
        r#"{"b":Infinity}"#,
        r#"{"b":-}"#,
        r#"{"b":1e}"#,
    ];
    for text in texts.map(str::as_bytes).into_iter().chain(bytes) {
        let shown: String = String::from_utf8_lossy(text).chars().take(40).collect();
        assert_eq!(reason(object(text)), Some(Reason::Malformed), "{shown}");
    }
}

/// A number of another form is another number for another reader.
#[test]
fn an_integer_is_digits_that_fit() {
    for digits in ["-1", "-0", "1.0", "1e3", "1E3", "0.5", "18446744073709551616", "1e999"] {
        let read = object(format!("{{\"b\":{digits}}}").as_bytes());
        assert_eq!(reason(read.and_then(|object| object.count("b"))), Some(Reason::Malformed), "{digits}");
    }
    assert_eq!(object(br#"{"b":18446744073709551615}"#).unwrap().count("b"), Ok(u64::MAX));
    assert_eq!(reason(object(br#"{"b":"7"}"#).unwrap().count("b")), Some(Reason::Malformed));
    assert_eq!(reason(object(br#"{"a":7}"#).unwrap().text("a")), Some(Reason::Malformed));
}

/// An envelope that is read whatever its size is memory for whoever sends it.
#[test]
fn size_is_a_cost() {
    let limits = Limits { envelope_bytes_max: 8, ..Limits::default() };
    assert_eq!(reason(object::Object::read(br#"{"a":"xy"}"#, &["a"], &limits)), Some(Reason::TooCostly));
}

/// An operation's word on one input.
fn word(operation: &str, input: &Fields) -> Option<Reason> {
    let (_, opinion) = SECOND_READER.iter().find(|(name, _)| *name == operation).unwrap();
    reason(opinion(input, &Limits::default()))
}

const NO_WORD: Option<Reason> = None;
const MALFORMED: Option<Reason> = Some(Reason::Malformed);
const PARAMETER: Option<Reason> = Some(Reason::Parameter);
const TOO_COSTLY: Option<Reason> = Some(Reason::TooCostly);

const SJCL: &str = r#"{"iv":"AAAAAAAAAAAAAAAAAAAAAA==","v":1,"iter":1000,"ks":256,"ts":128,"mode":"gcm","adata":"","cipher":"aes","ct":"AAAAAAAAAAAAAAAAAAAAAA=="}"#;

/// A record around SJCL's text with one part put in another's place.
fn record(from: &str, to: &str) -> String {
    assert!(SJCL.contains(from), "{from}");
    let sealed = data_encoding::BASE64.encode(SJCL.replacen(from, to, 1).as_bytes());
    format!(r#"{{"salt":"{}","iterations":3,"secureData":"{sealed}"}}"#, "0a".repeat(32))
}

/// SJCL's header is not authenticated: whoever stores it chooses what a lenient reader makes of it.
#[test]
fn one_header_is_read() {
    for (from, to, said) in [
        ("{", "{ ", NO_WORD),
        // data-encoding reads padded texts that follow one another as one.
        (r#"AA=="}"#, r#"AA==AAAA"}"#, MALFORMED),
        ("1000", "0", NO_WORD),
        ("1000", "-1", MALFORMED),
        ("1000", "1e3", MALFORMED),
        (r#""iter":1000,"#, "", MALFORMED),
        (r#""v":1"#, r#""v":2"#, PARAMETER),
        ("256", "128", PARAMETER),
        ("128", "64", PARAMETER),
        ("128", "128.0", MALFORMED),
        ("128", r#""128""#, MALFORMED),
        ("gcm", "GCM", PARAMETER),
        ("gcm", r"\u0067cm", MALFORMED),
        ("aes", "AES", PARAMETER),
        (r#""adata":"""#, r#""adata":"YQ==""#, PARAMETER),
        ("AAAAAAAAAAAAAAAAAAAAAA==\"}", "AAAAAAAAAAAAAAAAAAAA\"}", PARAMETER),
        ("AAAAAAAAAAAAAAAAAAAAAA==\",", "AAAAAAAAAAAAAAAAAAAA\",", PARAMETER),
        ("AAAAAAAAAAAAAAAAAAAAAA==\"}", "AAAAAAAAAAAAAAAAAAAAAB==\"}", MALFORMED),
        ("AAAAAAAAAAAAAAAAAAAAAA==\"}", "AAAAAAAAAAAAAAAAAAAAAA\"}", MALFORMED),
        ("AAAAAAAAAAAAAAAAAAAAAA==\"}", "____AAAAAAAAAAAAAAAAAA==\"}", MALFORMED),
        ("{", r#"{"salt":"AAAAAAAAAAA=","#, MALFORMED),
        ("{", r#"{"v":1,"#, MALFORMED),
    ] {
        let input = Fields::new().with_text("password_text", "p").with_bytes("record", record(from, to));
        assert_eq!(word("autonomail-2014.open", &input), said, "{from} -> {to}");
    }
}

/// A salt that is another text, or a count that is another number, for another reader derives another key.
#[test]
fn one_spelling_of_salt_and_count_is_read() {
    let whole = record("{", "{");
    for (from, to, said) in [
        ("3", "1", NO_WORD),
        ("3", "10000000", NO_WORD),
        ("3", "10000001", TOO_COSTLY),
        ("3", "2147483648", PARAMETER),
        ("3", "0", PARAMETER),
        ("3", "3.0", MALFORMED),
        ("3", r#""3""#, MALFORMED),
        (r#""iterations":3,"#, "", MALFORMED),
        ("0a", "0A", MALFORMED),
        ("0a", "0", MALFORMED),
        ("0a", "", PARAMETER),
        ("0a", "0a0a", PARAMETER),
        ("0a", "0x", MALFORMED),
        ("=\"}", "\"}", MALFORMED),
    ] {
        assert!(whole.contains(from), "{from}");
        let input = Fields::new().with_text("password_text", "p").with_bytes("record", whole.replacen(from, to, 1));
        assert_eq!(word("autonomail-2014.open", &input), said, "{from} -> {to}");
    }
    let counted =
        Fields::new().with_text("password_text", "p").with_bytes("record", whole).with_integer("iterations", 3);
    assert_eq!(word("autonomail.open", &counted), MALFORMED, "a count has no place in the document's record");
}

const ENVELOPE: &str = r#"{"format":"base64","alg":"xcha-argon2i13-7","cipher":"AAAAAAAAAAAAAAAAAAAAAA","iv":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","salt":"_-AAAAAAAAAAAAAAAAAAAA","length":0}"#;

/// What of these is opened differs from client to client.
#[test]
fn envelopes_of_notesnook_are_read_in_one_form() {
    for (from, to, said) in [
        (r#""format":"base64","#, "", NO_WORD),
        (r#""alg":"xcha-argon2i13-7","#, "", NO_WORD),
        ("{", r#"{"chunkSize":524288,"#, NO_WORD),
        (":0}", ":-9223372036854775808}", NO_WORD),
        (":0}", ":18446744073709551615}", NO_WORD),
        (":0}", ":18446744073709551616}", MALFORMED),
        (":0}", ":-0}", MALFORMED),
        (":0}", ":1e1}", MALFORMED),
        (r#","length":0"#, "", MALFORMED),
        (r#""base64""#, r#""hex""#, PARAMETER),
        (r#""base64""#, "null", MALFORMED),
        ("13-7", "13-5", PARAMETER),
        ("{", r#"{"chunkSize":-1,"#, MALFORMED),
        ("{", r#"{"id":"x","#, MALFORMED),
        ("_-AA", "/+AA", MALFORMED),
        ("AAAA\",\"length\"", "AAAA==\",\"length\"", MALFORMED),
        ("AAAA\",\"length\"", "AAAB\",\"length\"", MALFORMED),
        ("AAAA\",\"length\"", "AAA\",\"length\"", MALFORMED),
        ("_-AAAA", "", PARAMETER),
        ("\"iv\":\"AAAA", "\"iv\":\"", PARAMETER),
        ("\"cipher\":\"AAAA", "\"cipher\":\"", PARAMETER),
    ] {
        assert!(ENVELOPE.contains(from), "{from}");
        let input =
            Fields::new().with_text("password_text", "p").with_bytes("envelope", ENVELOPE.replacen(from, to, 1));
        assert_eq!(word("notesnook.open", &input), said, "{from} -> {to}");
    }
    let nobody = Fields::new().with_text("password_text", "").with_bytes("envelope", ENVELOPE);
    assert_eq!(word("notesnook.open", &nobody), PARAMETER);
}

/// A version or key version that a reader lets through picks a format or a key that it does not have.
#[test]
fn items_are_read_in_known_versions() {
    let item = |more: &str, key: usize| {
        let envelope = ENVELOPE.replace(":0}", &format!(":0,{more}}}"));
        Fields::new().with_bytes("key", vec![0; key]).with_bytes("envelope", envelope)
    };
    for (more, said) in [
        (r#""v":5.0,"id":"""#, NO_WORD),
        (r#""v":5.9,"id":"\u00e9""#, NO_WORD),
        (r#""v":6,"id":"x""#, NO_WORD),
        (r#""v":6.1,"id":"x","keyVersion":1"#, NO_WORD),
        (r#""v":6.2,"id":"x""#, PARAMETER),
        (r#""v":4.9,"id":"x""#, PARAMETER),
        (r#""v":5.95,"id":"x""#, PARAMETER),
        (r#""v":61,"id":"x""#, PARAMETER),
        (r#""v":"6.1","id":"x""#, MALFORMED),
        (r#""id":"x""#, MALFORMED),
        (r#""v":6.1"#, MALFORMED),
        (r#""v":6.1,"id":7"#, MALFORMED),
        (r#""v":6.1,"id":"\udc00""#, MALFORMED),
        (r#""v":6.1,"id":"x","keyVersion":2"#, PARAMETER),
        (r#""v":6.1,"id":"x","keyVersion":0.5"#, MALFORMED),
        (r#""v":6.1,"id":"x","userId":"y""#, MALFORMED),
    ] {
        assert_eq!(word("notesnook-item.open", &item(more, 32)), said, "{more}");
    }
    assert_eq!(word("notesnook-item.open", &item(r#""v":6.1,"id":"x""#, 31)), PARAMETER);
}

/// A stored text that two readers take for two things lets a password in that nobody chose.
#[test]
fn stored_texts_are_read_in_one_form() {
    let whole = format!("$argon2id$v=19$m=64,t=3,p=1${}${}", "A".repeat(22), "A".repeat(43));
    let zeros = |count: usize| format!("{whole}{}", "\0".repeat(count));
    let swapped = |from: &str, to: &str| whole.replacen(from, to, 1);
    for (stored, said) in [
        (whole.clone(), NO_WORD),
        (zeros(128 - whole.len()), NO_WORD),
        (zeros(1), MALFORMED),
        (swapped("m=64", "m=8"), NO_WORD),
        (swapped("m=64", "m=7"), PARAMETER),
        (swapped("m=64", "m=2147483648"), TOO_COSTLY),
        (swapped("m=64", "m=4294967296"), MALFORMED),
        (swapped("m=64", "m=064"), MALFORMED),
        (swapped("m=64", "m=+64"), MALFORMED),
        (swapped("t=3", "t=0"), PARAMETER),
        (swapped("t=3", "t=4294967295"), TOO_COSTLY),
        (swapped("p=1", "p=2"), MALFORMED),
        (swapped("m=64,t=3", "t=3,m=64"), MALFORMED),
        (swapped("argon2id", "argon2i"), MALFORMED),
        (swapped("v=19$", ""), MALFORMED),
        (swapped("AAAA", ""), PARAMETER),
        (swapped("AAAA$", "AAAB$"), MALFORMED),
        (format!("{whole}="), MALFORMED),
        (format!("{whole}\n"), MALFORMED),
        (format!(" {whole}"), MALFORMED),
        (format!("{whole}$"), MALFORMED),
        (String::new(), MALFORMED),
    ] {
        let input = Fields::new().with_text("hash_text", "h").with_text("stored_text", &stored);
        assert_eq!(word("notesnook.server-verify", &input), said, "{stored:?}");
    }
    let long = Fields::new().with_text("hash_text", "x".repeat(2049)).with_text("stored_text", &whole);
    assert_eq!(word("notesnook.server-verify", &long), PARAMETER);
}

/// Salts and nonces of another size seal what nobody opens; one that is not given is drawn, and is no fault.
#[test]
fn what_is_given_for_a_seal_has_its_size() {
    let autonomail = |salt: usize, iv: usize, count| {
        Fields::new().with_integer("iterations", count).with_bytes("salt", vec![0; salt]).with_bytes("iv", vec![0; iv])
    };
    for (input, said) in [
        (autonomail(32, 16, 1), NO_WORD),
        (Fields::new().with_integer("iterations", 1), NO_WORD),
        (autonomail(31, 16, 1), PARAMETER),
        (autonomail(32, 12, 1), PARAMETER),
        (autonomail(32, 16, 0), PARAMETER),
        (autonomail(32, 16, 1_000_000_000), TOO_COSTLY),
    ] {
        assert_eq!(word("autonomail.seal", &input), said, "{input:?}");
    }
    let notesnook = Fields::new().with_bytes("salt", [0; 16]).with_bytes("nonce", [0; 12]);
    assert_eq!(word("notesnook.seal", &notesnook.clone().with_text("password_text", "p")), PARAMETER);
    assert_eq!(word("notesnook.seal", &Fields::new().with_text("password_text", "")), PARAMETER);
    assert_eq!(word("notesnook.derive-key", &Fields::new().with_bytes("salt", [0; 15])), PARAMETER);
    let hashed = Fields::new().with_text("hash_text", "\u{1f600}".repeat(1024));
    assert_eq!(word("notesnook.server-hash", &hashed), NO_WORD, "2048 units of UTF-16");
}

/// A version that is unknown names nobody.
#[test]
fn the_version_is_that_of_the_lock_file() {
    let version = version();
    assert!(version.starts_with("struson 0.") && version.contains(", data-encoding 2."), "{version}");
}
