//! Texts that are nearly one flat JSON object.

use ::document::{Charset, Escape, Place, all, document, first_member};

use crate::builder::checked::{Deviation, MALFORMED, deviation};

/// Arrays or objects that a hostile text nests: above what readers of Python, PHP and Rust bear, and few bytes.
const DEPTH: usize = 1_100;

/// What every reader of JSON refuses, and so does each format.
pub const NOT_JSON: &[Deviation] = &[
    deviation("no-bytes", "There is no text at all", "NotJson", MALFORMED).by(document().with("")),
    deviation("only-a-nul", "The text is one NUL", "NotJson", MALFORMED).by(document().with("\0")),
    deviation("only-a-bom", "The text is one byte order mark", "Charset", MALFORMED).by(document().with("\u{feff}")),
    deviation("only-true", "The text is a truth value", "WrongType", MALFORMED).by(document().with("true")),
    deviation("only-a-word", "The text is JavaScript's undefined", "NotJson", MALFORMED)
        .by(document().with("undefined")),
    deviation("utf-16be", "The text is UTF-16, big-endian, without a mark", "Charset", MALFORMED)
        .by(document().transcode(Charset::Utf16Be)),
    deviation("utf-16le-with-bom", "The text is UTF-16, little-endian, with a mark", "Charset", MALFORMED)
        .by(all(&[document().before("\u{feff}"), document().transcode(Charset::Utf16Le)])),
    deviation("utf-32le", "The text is UTF-32, which Python's reader guesses", "Charset", MALFORMED)
        .by(document().transcode(Charset::Utf32Le)),
    deviation("utf-7", "The first brace is UTF-7", "Charset", MALFORMED).by(Place::first_brace().with("+AHs-")),
    deviation("two-boms", "Two byte order marks come first, of which a reader may drop one", "Charset", MALFORMED)
        .by(document().before("\u{feff}\u{feff}")),
    deviation("bom-inside", "A byte order mark is between tokens", "Charset", MALFORMED)
        .by(Place::front().with("\u{feff}")),
    deviation("bom-at-end", "A byte order mark is after the text", "Charset", MALFORMED)
        .by(document().after("\u{feff}")),
    deviation("overlong-brace", "The first brace is UTF-8 of two bytes", "Charset", MALFORMED)
        .by(Place::first_brace().escape(0, Escape::Overlong)),
    deviation("overlong-letter", "A letter of a name is UTF-8 of two bytes", "Charset", MALFORMED)
        .by(first_member().in_name().escape(0, Escape::Overlong)),
    deviation("name-broken-utf-8", "A name begins with a byte that is not UTF-8", "Charset", MALFORMED)
        .by(first_member().in_name().before_bytes(b"\xff")),
    deviation("form-feed", "A form feed is between tokens", "Whitespace", MALFORMED).by(Place::front().with("\x0c")),
    deviation("vertical-tab", "A vertical tab is between tokens", "Whitespace", MALFORMED)
        .by(Place::front().with("\x0b")),
    deviation("next-line", "A next-line control is between tokens", "Whitespace", MALFORMED)
        .by(Place::front().with("\u{85}")),
    deviation("line-separator", "A line separator is between tokens", "Whitespace", MALFORMED)
        .by(Place::front().with("\u{2028}")),
    deviation("zero-width-space", "A zero-width space is between tokens", "Whitespace", MALFORMED)
        .by(Place::front().with("\u{200b}")),
    deviation("ideographic-space", "An ideographic space comes first", "Whitespace", MALFORMED)
        .by(document().before("\u{3000}")),
    deviation("nul-in-front", "A NUL comes first", "NotJson", MALFORMED).by(document().before("\0")),
    deviation("nul-inside", "A NUL is between tokens", "NotJson", MALFORMED).by(Place::front().with("\0")),
    deviation("comma-in-front", "A comma is before the first member", "NotJson", MALFORMED)
        .by(Place::front().with(",")),
    deviation("comma-twice", "Two commas are between members", "NotJson", MALFORMED).by(document().replace(",", ",,")),
    deviation("comma-missing", "A space is between members and no comma", "NotJson", MALFORMED)
        .by(document().replace(",\"", " \"")),
    deviation("semicolon-for-comma", "A semicolon is between members", "NotJson", MALFORMED)
        .by(document().replace(",\"", ";\"")),
    deviation("equals-for-colon", "A name and its value are joined by an equals sign", "NotJson", MALFORMED)
        .by(first_member().at_colon().with("=")),
    deviation("colon-missing", "A name and its value are not joined", "NotJson", MALFORMED)
        .by(first_member().at_colon().with(" ")),
    deviation("colon-twice", "A name and its value are joined twice", "NotJson", MALFORMED)
        .by(first_member().at_colon().with("::")),
    deviation("quote-missing", "A name is not closed", "NotJson", MALFORMED).by(first_member().at_name().drop_last(1)),
    deviation("brace-twice", "The last brace occurs twice", "NotJson", MALFORMED).by(document().after("}")),
    deviation("two-braces-in-front", "The first brace occurs twice", "NotJson", MALFORMED).by(document().before("{")),
    deviation("bracket-for-brace", "The last brace is a bracket", "NotJson", MALFORMED)
        .by(all(&[document().drop_last(1), document().after("]")])),
    deviation("semicolon-after", "A semicolon is after the text", "NotJson", MALFORMED).by(document().after(";")),
    deviation("line-comment-in-front", "A line of comment comes first", "NotJson", MALFORMED)
        .by(document().before("//\n")),
    deviation("hash-comment-after", "A comment as of a shell is after the text", "NotJson", MALFORMED)
        .by(document().after("#")),
    deviation("comment-inside", "A comment is between tokens", "NotJson", MALFORMED).by(Place::front().with("/**/")),
    deviation("comment-after", "A comment is after the text", "NotJson", MALFORMED).by(document().after("/**/")),
    deviation("in-parentheses", "The text is in parentheses, as for eval", "NotJson", MALFORMED)
        .by(document().wrap("(", ")")),
    deviation("in-a-call", "The text is the argument of a function, as JSONP has it", "NotJson", MALFORMED)
        .by(document().wrap("f(", ")")),
    deviation("guard-in-front", "The guard of a web API comes first", "NotJson", MALFORMED)
        .by(document().before(")]}',\n")),
    deviation("two-lines", "The text is on two lines, as in a log", "NotJson", MALFORMED).by(document().twice("\n")),
    deviation("two-in-a-row", "The text occurs twice with a comma between", "NotJson", MALFORMED)
        .by(document().twice(",")),
    deviation("escape-hexadecimal", "A letter of a name is an escape of JavaScript", "JsonEscape", MALFORMED)
        .by(first_member().in_name().escape(0, Escape::Hexadecimal)),
    deviation("escape-octal", "A letter of a name is an escape of C", "JsonEscape", MALFORMED)
        .by(first_member().in_name().escape(0, Escape::Octal)),
    deviation(
        "escape-in-braces",
        "A letter of a name is an escape of Rust and newer JavaScript",
        "JsonEscape",
        MALFORMED,
    )
    .by(first_member().in_name().escape(0, Escape::Braces)),
    deviation(
        "escape-of-three-digits",
        "A letter of a name is an escape with a digit too few",
        "JsonEscape",
        MALFORMED,
    )
    .by(first_member().in_name().escape(0, Escape::ThreeDigits)),
    deviation("escape-of-itself", "A letter of a name is escaped by a backslash alone", "JsonEscape", MALFORMED)
        .by(all(&[first_member().in_name().insert(1, "q"), first_member().in_name().before("\\")])),
    deviation("tab-in-a-name", "A raw tab is in a name", "NotJson", MALFORMED)
        .by(first_member().in_name().before("\t")),
    deviation("nul-in-a-name", "A raw NUL is in a name", "NotJson", MALFORMED)
        .by(first_member().in_name().before("\0")),
    deviation("delete-after", "A DEL is after the text", "NotJson", MALFORMED).by(document().after("\x7f")),
    deviation("in-an-object", "The text is the one member of an object", "WrongType", MALFORMED)
        .by(document().wrap(r#"{"data":"#, "}")),
    deviation(
        "in-proto",
        "The members are in __proto__, from which a copied object inherits them",
        "ProtoKey",
        MALFORMED,
    )
    .by(document().wrap(r#"{"__proto__":"#, "}")),
    deviation(
        "in-constructor-prototype",
        "The members are in constructor.prototype, where a deep merge puts them for everybody",
        "ProtoKey",
        MALFORMED,
    )
    .by(document().wrap(r#"{"constructor":{"prototype":"#, "}}")),
    deviation("in-many-arrays", "The text is in eleven hundred arrays", "Depth", MALFORMED)
        .by(document().wrap_times("[", "]", DEPTH)),
    deviation("in-many-objects", "The text is in eleven hundred objects", "Depth", MALFORMED)
        .by(document().wrap_times("{\"\":", "}", DEPTH)),
    deviation("many-brackets", "Eleven hundred brackets are opened and none is closed", "Depth", MALFORMED)
        .by(all(&[document().with(""), document().wrap_times("[", "", DEPTH)])),
];

/// Members that no format has, in forms that stock readers take.
pub const UNKNOWN: &[Deviation] = &[
    deviation("unknown-without-a-name", "A member's name is empty", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""":0"#)),
    deviation("unknown-null", "An unknown member is null", "UnknownMember", MALFORMED)
        .by(document().first_member(r#""note":null"#)),
    deviation("unknown-twice", "An unknown member occurs twice", "DupKey", MALFORMED)
        .by(document().first_member(r#""note":0,"note":1"#)),
    deviation("unknown-at-end", "An unknown member comes last", "UnknownMember", MALFORMED)
        .by(document().last_member(r#""note":0"#)),
    deviation("unknown-long-name", "An unknown name has a thousand letters", "UnknownMember", MALFORMED)
        .by(all(&[document().first_member("\"\":0"), first_member().in_name().wrap_times("n", "", 1_000)])),
    deviation("unknown-big-number", "An unknown member is beyond every number", "NumberForm", MALFORMED)
        .by(document().first_member(r#""note":1e400"#)),
    deviation("unknown-lone-surrogate", "An unknown member has half a character", "Charset", MALFORMED)
        .by(document().first_member(r#""note":"\ud83d""#)),
    deviation("unknown-two-halves", "An unknown member has two halves in the wrong order", "Charset", MALFORMED)
        .by(document().first_member(r#""note":"\udd11\ud83d""#)),
    deviation("unknown-broken-utf-8", "An unknown member holds a byte that is not UTF-8", "Charset", MALFORMED)
        .by(document().first_member_bytes(b"\"note\":\"\xff\"")),
    deviation("unknown-cesu-8", "An unknown member holds a surrogate as three bytes", "Charset", MALFORMED)
        .by(document().first_member_bytes(b"\"note\":\"\xed\xa0\xbd\"")),
    deviation("unknown-objects", "An unknown member holds eleven hundred objects in each other", "Depth", MALFORMED)
        .by(all(&[document().first_member(r#""note":0"#), first_member().at_value().wrap_times("{\"\":", "}", DEPTH)])),
    deviation("proto-null", "A member __proto__ is null", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""__proto__":null"#)),
    deviation("proto-escaped", "A member __proto__ is written with an escape", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""\u005f_proto__":{}"#)),
    deviation("constructor-member", "A member is called constructor", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""constructor":{"prototype":{}}"#)),
    deviation("has-own-property-member", "A member hides hasOwnProperty, which readers call", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""hasOwnProperty":0"#)),
    deviation("to-string-member", "A member hides toString", "ProtoKey", MALFORMED)
        .by(document().first_member(r#""toString":0"#)),
];
