//! Texts that are nearly one flat JSON object.

use crate::build::checked::{Deviation, MALFORMED, deviation, swap};

/// Arrays or objects that a hostile text nests: above what readers of Python, PHP and Rust bear, and few bytes.
const DEPTH: usize = 1_100;

/// The text with something put behind its first brace.
#[must_use]
pub fn fronted(text: &str, front: &str) -> Vec<u8> {
    swap(text, "{", &format!("{{{front}"))
}

/// The text with its first name's first letter written otherwise.
fn letter(text: &str, spelled: impl FnOnce(u32) -> String) -> Vec<u8> {
    let first = text[2..].chars().next().map_or(0, u32::from);
    format!("{{\"{}{}", spelled(first), &text[3..]).into_bytes()
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2], bom: &[u16]) -> Vec<u8> {
    bom.iter().copied().chain(text.encode_utf16()).flat_map(bytes).collect()
}

/// What every reader of JSON refuses, and so does each format.
pub const NOT_JSON: &[Deviation] = &[
    deviation("no-bytes", "There is no text at all", "NotJson", MALFORMED, |_| Vec::new()),
    deviation("only-a-nul", "The text is one NUL", "NotJson", MALFORMED, |_| b"\0".to_vec()),
    deviation("only-a-bom", "The text is one byte order mark", "Charset", MALFORMED, |_| b"\xef\xbb\xbf".to_vec()),
    deviation("only-true", "The text is a truth value", "WrongType", MALFORMED, |_| b"true".to_vec()),
    deviation("only-a-word", "The text is JavaScript's undefined", "NotJson", MALFORMED, |_| b"undefined".to_vec()),
    deviation("utf-16be", "The text is UTF-16, big-endian, without a mark", "Charset", MALFORMED, |t| {
        utf_16(t, u16::to_be_bytes, &[])
    }),
    deviation("utf-16le-with-bom", "The text is UTF-16, little-endian, with a mark", "Charset", MALFORMED, |t| {
        utf_16(t, u16::to_le_bytes, &[0xfeff])
    }),
    deviation("utf-32le", "The text is UTF-32, which Python's reader guesses", "Charset", MALFORMED, |t| {
        t.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()
    }),
    deviation("utf-7", "The first brace is UTF-7", "Charset", MALFORMED, |t| swap(t, "{", "+AHs-")),
    deviation(
        "two-boms",
        "Two byte order marks stand in front, of which a reader may drop one",
        "Charset",
        MALFORMED,
        |t| [b"\xef\xbb\xbf\xef\xbb\xbf", t.as_bytes()].concat(),
    ),
    deviation("bom-inside", "A byte order mark stands between tokens", "Charset", MALFORMED, |t| {
        fronted(t, "\u{feff}")
    }),
    deviation("bom-at-end", "A byte order mark stands after the text", "Charset", MALFORMED, |t| {
        [t, "\u{feff}"].concat().into_bytes()
    }),
    deviation("overlong-brace", "The first brace is UTF-8 of two bytes", "Charset", MALFORMED, |t| {
        [b"\xc1\xbb", &t.as_bytes()[1..]].concat()
    }),
    deviation("overlong-letter", "A letter of a name is UTF-8 of two bytes", "Charset", MALFORMED, |t| {
        let letter = t.as_bytes()[2];
        [b"{\"", &[0xc0 | letter >> 6, 0x80 | letter & 0x3f][..], &t.as_bytes()[3..]].concat()
    }),
    deviation("name-broken-utf-8", "A name begins with a byte that is not UTF-8", "Charset", MALFORMED, |t| {
        [b"{\"\xff", &t.as_bytes()[2..]].concat()
    }),
    deviation("form-feed", "A form feed stands between tokens", "Whitespace", MALFORMED, |t| fronted(t, "\u{c}")),
    deviation("vertical-tab", "A vertical tab stands between tokens", "Whitespace", MALFORMED, |t| fronted(t, "\u{b}")),
    deviation("next-line", "A next-line control stands between tokens", "Whitespace", MALFORMED, |t| {
        fronted(t, "\u{85}")
    }),
    deviation("line-separator", "A line separator stands between tokens", "Whitespace", MALFORMED, |t| {
        fronted(t, "\u{2028}")
    }),
    deviation("zero-width-space", "A zero-width space stands between tokens", "Whitespace", MALFORMED, |t| {
        fronted(t, "\u{200b}")
    }),
    deviation("ideographic-space", "An ideographic space stands in front", "Whitespace", MALFORMED, |t| {
        ["\u{3000}", t].concat().into_bytes()
    }),
    deviation("nul-in-front", "A NUL stands in front", "NotJson", MALFORMED, |t| ["\0", t].concat().into_bytes()),
    deviation("nul-inside", "A NUL stands between tokens", "NotJson", MALFORMED, |t| fronted(t, "\0")),
    deviation("comma-in-front", "A comma stands before the first member", "NotJson", MALFORMED, |t| fronted(t, ",")),
    deviation("comma-twice", "Two commas stand between members", "NotJson", MALFORMED, |t| swap(t, ",", ",,")),
    deviation("comma-missing", "A space stands between members and no comma", "NotJson", MALFORMED, |t| {
        swap(t, ",\"", " \"")
    }),
    deviation("semicolon-for-comma", "A semicolon stands between members", "NotJson", MALFORMED, |t| {
        swap(t, ",\"", ";\"")
    }),
    deviation("equals-for-colon", "A name and its value are joined by an equals sign", "NotJson", MALFORMED, |t| {
        swap(t, "\":", "\"=")
    }),
    deviation("colon-missing", "A name and its value are not joined", "NotJson", MALFORMED, |t| swap(t, "\":", "\" ")),
    deviation("colon-twice", "A name and its value are joined twice", "NotJson", MALFORMED, |t| swap(t, "\":", "\"::")),
    deviation("quote-missing", "A name is not closed", "NotJson", MALFORMED, |t| swap(t, "\":", ":")),
    deviation("brace-twice", "The last brace stands twice", "NotJson", MALFORMED, |t| [t, "}"].concat().into_bytes()),
    deviation("two-braces-in-front", "The first brace stands twice", "NotJson", MALFORMED, |t| {
        ["{", t].concat().into_bytes()
    }),
    deviation("bracket-for-brace", "The last brace is a bracket", "NotJson", MALFORMED, |t| {
        [&t[..t.len() - 1], "]"].concat().into_bytes()
    }),
    deviation("semicolon-after", "A semicolon stands after the text", "NotJson", MALFORMED, |t| {
        [t, ";"].concat().into_bytes()
    }),
    deviation("line-comment-in-front", "A line of comment stands in front", "NotJson", MALFORMED, |t| {
        ["//\n", t].concat().into_bytes()
    }),
    deviation("hash-comment-after", "A comment as of a shell stands after the text", "NotJson", MALFORMED, |t| {
        [t, "#"].concat().into_bytes()
    }),
    deviation("comment-inside", "A comment stands between tokens", "NotJson", MALFORMED, |t| fronted(t, "/**/")),
    deviation("comment-after", "A comment stands after the text", "NotJson", MALFORMED, |t| {
        [t, "/**/"].concat().into_bytes()
    }),
    deviation("in-parentheses", "The text stands in parentheses, as for eval", "NotJson", MALFORMED, |t| {
        format!("({t})").into_bytes()
    }),
    deviation("in-a-call", "The text is the argument of a function, as JSONP has it", "NotJson", MALFORMED, |t| {
        format!("f({t})").into_bytes()
    }),
    deviation("guard-in-front", "The guard of a web API stands in front", "NotJson", MALFORMED, |t| {
        [")]}',\n", t].concat().into_bytes()
    }),
    deviation("two-lines", "The text stands on two lines, as in a log", "NotJson", MALFORMED, |t| {
        [t, "\n", t].concat().into_bytes()
    }),
    deviation("two-in-a-row", "The text stands twice with a comma between", "NotJson", MALFORMED, |t| {
        [t, ",", t].concat().into_bytes()
    }),
    deviation("escape-hexadecimal", "A letter of a name is an escape of JavaScript", "JsonEscape", MALFORMED, |t| {
        letter(t, |code| format!("\\x{code:02x}"))
    }),
    deviation("escape-octal", "A letter of a name is an escape of C", "JsonEscape", MALFORMED, |t| {
        letter(t, |code| format!("\\{code:03o}"))
    }),
    deviation(
        "escape-in-braces",
        "A letter of a name is an escape of Rust and newer JavaScript",
        "JsonEscape",
        MALFORMED,
        |t| letter(t, |code| format!("\\u{{{code:x}}}")),
    ),
    deviation(
        "escape-of-three-digits",
        "A letter of a name is an escape with a digit too few",
        "JsonEscape",
        MALFORMED,
        |t| letter(t, |code| format!("\\u{code:03x}")),
    ),
    deviation("escape-of-itself", "A letter of a name is escaped by a backslash alone", "JsonEscape", MALFORMED, |t| {
        letter(t, |code| format!("\\{}q", char::from_u32(code).unwrap_or_default()))
    }),
    deviation("tab-in-a-name", "A raw tab stands in a name", "NotJson", MALFORMED, |t| swap(t, "{\"", "{\"\t")),
    deviation("nul-in-a-name", "A raw NUL stands in a name", "NotJson", MALFORMED, |t| swap(t, "{\"", "{\"\0")),
    deviation("delete-after", "A DEL stands after the text", "NotJson", MALFORMED, |t| {
        [t, "\u{7f}"].concat().into_bytes()
    }),
    deviation("in-an-object", "The text is the one member of an object", "WrongType", MALFORMED, |t| {
        format!("{{\"data\":{t}}}").into_bytes()
    }),
    deviation(
        "in-proto",
        "The members stand in __proto__, from which a copied object inherits them",
        "ProtoKey",
        MALFORMED,
        |t| format!("{{\"__proto__\":{t}}}").into_bytes(),
    ),
    deviation(
        "in-constructor-prototype",
        "The members stand in constructor.prototype, where a deep merge puts them for everybody",
        "ProtoKey",
        MALFORMED,
        |t| format!("{{\"constructor\":{{\"prototype\":{t}}}}}").into_bytes(),
    ),
    deviation("in-many-arrays", "The text stands in eleven hundred arrays", "Depth", MALFORMED, |t| {
        ["[".repeat(DEPTH).as_str(), t, &"]".repeat(DEPTH)].concat().into_bytes()
    }),
    deviation("in-many-objects", "The text stands in eleven hundred objects", "Depth", MALFORMED, |t| {
        ["{\"\":".repeat(DEPTH).as_str(), t, &"}".repeat(DEPTH)].concat().into_bytes()
    }),
    deviation("many-brackets", "Eleven hundred brackets are opened and none is closed", "Depth", MALFORMED, |_| {
        "[".repeat(DEPTH).into_bytes()
    }),
];

/// Members that no format has, in forms that stock readers take.
pub const UNKNOWN: &[Deviation] = &[
    deviation("unknown-without-a-name", "A member's name is empty", "UnknownMember", MALFORMED, |t| {
        fronted(t, "\"\":0,")
    }),
    deviation("unknown-null", "An unknown member is null", "UnknownMember", MALFORMED, |t| {
        fronted(t, "\"note\":null,")
    }),
    deviation("unknown-twice", "An unknown member stands twice", "DupKey", MALFORMED, |t| {
        fronted(t, "\"note\":0,\"note\":1,")
    }),
    deviation("unknown-at-end", "An unknown member stands last", "UnknownMember", MALFORMED, |t| {
        [&t[..t.len() - 1], ",\"note\":0}"].concat().into_bytes()
    }),
    deviation("unknown-long-name", "An unknown name has a thousand letters", "UnknownMember", MALFORMED, |t| {
        fronted(t, &format!("\"{}\":0,", "n".repeat(1_000)))
    }),
    deviation("unknown-big-number", "An unknown member is beyond every number", "NumberForm", MALFORMED, |t| {
        fronted(t, "\"note\":1e400,")
    }),
    deviation("unknown-lone-surrogate", "An unknown member has half a character", "Charset", MALFORMED, |t| {
        fronted(t, "\"note\":\"\\ud83d\",")
    }),
    deviation("unknown-two-halves", "An unknown member has two halves in the wrong order", "Charset", MALFORMED, |t| {
        fronted(t, "\"note\":\"\\udd11\\ud83d\",")
    }),
    deviation("unknown-broken-utf-8", "An unknown member holds a byte that is not UTF-8", "Charset", MALFORMED, |t| {
        [b"{\"note\":\"\xff\",", &t.as_bytes()[1..]].concat()
    }),
    deviation("unknown-cesu-8", "An unknown member holds a surrogate as three bytes", "Charset", MALFORMED, |t| {
        [b"{\"note\":\"\xed\xa0\xbd\",", &t.as_bytes()[1..]].concat()
    }),
    deviation(
        "unknown-objects",
        "An unknown member holds eleven hundred objects in each other",
        "Depth",
        MALFORMED,
        |t| fronted(t, &format!("\"note\":{}0{},", "{\"\":".repeat(DEPTH), "}".repeat(DEPTH))),
    ),
    deviation("proto-null", "A member __proto__ is null", "ProtoKey", MALFORMED, |t| fronted(t, "\"__proto__\":null,")),
    deviation("proto-escaped", "A member __proto__ is written with an escape", "ProtoKey", MALFORMED, |t| {
        fronted(t, "\"\\u005f_proto__\":{},")
    }),
    deviation("constructor-member", "A member is called constructor", "ProtoKey", MALFORMED, |t| {
        fronted(t, "\"constructor\":{\"prototype\":{}},")
    }),
    deviation(
        "has-own-property-member",
        "A member hides hasOwnProperty, which readers call",
        "ProtoKey",
        MALFORMED,
        |t| fronted(t, "\"hasOwnProperty\":0,"),
    ),
    deviation("to-string-member", "A member hides toString", "ProtoKey", MALFORMED, |t| fronted(t, "\"toString\":0,")),
];
