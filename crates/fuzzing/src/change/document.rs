//! Changes to a JSON document as a whole. Layer: `fuzzing`; pure.

use ::document::{Charset, Edit, Escape, Place, all, document, first_member};

use super::edits;

/// The byte order mark.
const BOM: &str = "\u{feff}";
/// UTF-16, little-endian, with a mark.
const MARKED_UTF_16: Edit<'_> = all(&[document().before(BOM), document().transcode(Charset::Utf16Le)]);

/// What stands behind a text, or in front.
const ENDS: &[&str] = &[
    " ", "\n", "\r\n", "\t", "\0", "x", "}", "]", ",", ";", "{}", "\u{feff}", "/**/", "//", "#", "null", "\u{c}",
    "\u{a0}", "\u{85}", "\u{2028}", "\u{200b}", "\n\n\n", "\0\0\0\0", "\u{1a}",
];
/// Members that no format has, or another one.
const UNKNOWN: &[&str] = &[
    "\"note\":0",
    "\"note\":null",
    "\"note\":\"\"",
    "\"\":0",
    "\"__proto__\":{}",
    "\"__proto__\":null",
    "\"__proto__\":{\"salt\":\"\"}",
    "\"constructor\":{\"prototype\":{}}",
    "\"toString\":0",
    "\"hasOwnProperty\":0",
    "\"note\":1e400",
    "\"note\":\"\\ud83d\"",
    "\"note\":0,\"note\":1",
    "\"\\u006eote\":0",
    "\"salt\":\"AAECAwQFBgcICQoLDA0ODw\"",
    "\"iter\":1",
    "\"iterations\":1",
    "\"iterations\":100",
    "\"ts\":64",
    "\"tag\":\"\"",
    "\"key\":\"\"",
    "\"id\":\"x\"",
    "\"v\":6.1",
    "\"userId\":\"x\"",
    "\"deleted\":true",
    "\"synced\":true",
];

/// Members that a format has and mostly does without.
const OPTIONAL: &[&str] = &[
    "\"keyVersion\":0",
    "\"keyVersion\":1",
    "\"keyVersion\":2",
    "\"keyVersion\":-1",
    "\"keyVersion\":\"1\"",
    "\"keyVersion\":null",
    "\"keyVersion\":4294967297",
    "\"chunkSize\":524288",
    "\"chunkSize\":0",
    "\"chunkSize\":-1",
    "\"chunkSize\":1e3",
    "\"chunkSize\":null",
    "\"chunkSize\":18446744073709551616",
];

edits! {
    /// A change to a document.
    pub enum Document {
        /// A byte order mark in front.
        Bom "bom",
        /// A byte order mark behind the first brace.
        BomInside "bom-inside",
        /// UTF-16, little-endian, with a mark.
        Utf16Le "utf-16-le",
        /// UTF-16, big-endian, without a mark.
        Utf16Be "utf-16-be",
        /// UTF-32, little-endian.
        Utf32 "utf-32",
        /// Something in front.
        Front(String: " ".to_owned()) "in-front",
        /// Something behind.
        Behind(String: " ".to_owned()) "behind",
        /// Something behind the first brace.
        Inside(String: " ".to_owned()) "inside",
        /// Something before the last brace.
        BeforeEnd(String: " ".to_owned()) "before-end",
        /// So many bytes fewer at the end.
        Cut(usize: 1) "cut",
        /// A comma behind the last member.
        CommaEnd "comma-at-end",
        /// A comma before the first member.
        CommaFront "comma-in-front",
        /// Two commas between members.
        CommaTwice "comma-twice",
        /// No comma between members.
        CommaMissing "comma-missing",
        /// A semicolon between members.
        Semicolon "semicolon",
        /// An equals sign for a colon.
        Equals "equals",
        /// A comment between tokens.
        Comment "comment",
        /// Single quotes everywhere.
        SingleQuotes "single-quotes",
        /// No names in quotes.
        BareNames "bare-names",
        /// White space around every token.
        Pretty "pretty",
        /// The members from the last to the first.
        Reversed "reversed",
        /// The members so many places on.
        Rotated(usize: 1) "rotated",
        /// The document twice.
        Twice "document-twice",
        /// The document in an array.
        InArray "document-in-array",
        /// The document in an object.
        InObject "document-in-object",
        /// The document as a JSON text.
        InText "document-in-text",
        /// The values alone, as an array.
        Values "values-alone",
        /// No members.
        NoMembers "no-members",
        /// Nothing.
        Empty "empty-document",
        /// A member more in front.
        UnknownFirst(String: "\"note\":0".to_owned()) "unknown-first",
        /// A member more at the end.
        UnknownLast(String: "\"note\":0".to_owned()) "unknown-last",
        /// A member more at the end that a format has and mostly does without.
        Optional(String: "\"keyVersion\":2".to_owned()) "optional-member",
        /// A member with so many arrays in each other.
        Deep(usize: 600) "deep",
        /// A member with so many objects in each other, none closed.
        DeepOpen(usize: 600) "deep-open",
        /// A member with a long text.
        LongText(usize: 1_025) "long-text",
        /// A member with a byte that is not UTF-8.
        BrokenText(u8: 0xff) "broken-utf-8",
        /// A name that begins with a byte that is not UTF-8.
        BrokenName(u8: 0xff) "broken-utf-8-name",
        /// The first brace as UTF-8 of two bytes.
        Overlong "overlong",
    }
}

impl Document {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds have no parameters")]
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Front(what) | Self::Behind(what) | Self::Inside(what) | Self::BeforeEnd(what) => {
                ENDS[random.usize(..ENDS.len())].clone_into(what);
            }
            Self::Cut(count) => *count = 1 + if random.bool() { random.usize(..8) } else { random.usize(..400) },
            Self::Rotated(by) => *by = 1 + random.usize(..8),
            Self::UnknownFirst(member) | Self::UnknownLast(member) => {
                UNKNOWN[random.usize(..UNKNOWN.len())].clone_into(member);
            }
            Self::Optional(member) => OPTIONAL[random.usize(..OPTIONAL.len())].clone_into(member),
            Self::Deep(depth) | Self::DeepOpen(depth) => *depth = [2, 33, 101, 129, 600, 1_100][random.usize(..6)],
            Self::LongText(length) => *length = [1_025, 4_097][random.usize(..2)],
            Self::BrokenText(byte) | Self::BrokenName(byte) => {
                *byte = [0xff, 0xc0, 0x80, 0xed, 0xf5][random.usize(..5)];
            }
            _ => {}
        }
    }

    /// The document changed; `None` where it is not one that can be so.
    pub(super) fn apply(&self, text: &[u8]) -> Option<Vec<u8>> {
        let first = first_member();
        let edit = match self {
            Self::Bom => document().before(BOM),
            Self::BomInside => Place::front().with(BOM),
            Self::Utf16Le => MARKED_UTF_16,
            Self::Utf16Be => document().transcode(Charset::Utf16Be),
            Self::Utf32 => document().transcode(Charset::Utf32Le),
            Self::Front(what) => document().before(what),
            Self::Behind(what) => document().after(what),
            Self::Inside(what) => Place::front().with(what),
            Self::BeforeEnd(what) => Place::end().with(what),
            Self::Cut(count) => document().drop_last(*count),
            Self::CommaEnd => Place::end().with(","),
            Self::CommaFront => Place::front().with(","),
            Self::CommaTwice => document().join_by(",,"),
            Self::CommaMissing => document().join_by(" "),
            Self::Semicolon => document().join_by(";"),
            Self::Equals => first.at_colon().with("="),
            Self::Comment => Place::front().with("/**/"),
            Self::SingleQuotes => return Some(text.iter().copied().map(single_quoted).collect()),
            Self::BareNames => document().bare_names(),
            Self::Pretty => document().join_by(" ,\n  "),
            Self::Reversed => document().reverse(),
            Self::Rotated(by) => document().rotate(*by),
            Self::Twice => document().twice(""),
            Self::InArray => document().wrap("[", "]"),
            Self::InObject => document().wrap("{\"data\":", "}"),
            Self::InText => document().quote(),
            Self::Values => document().values(),
            Self::NoMembers => document().with("{}"),
            Self::Empty => document().with(""),
            Self::UnknownFirst(member) => document().first_member(member),
            Self::UnknownLast(member) | Self::Optional(member) => document().last_member(member),
            Self::Deep(_) | Self::DeepOpen(_) | Self::LongText(_) | Self::BrokenText(_) => return self.longer(text),
            Self::BrokenName(byte) => return first.in_name().before_bytes(&[*byte]).apply(text),
            Self::Overlong => Place::first_brace().escape(0, Escape::Overlong),
        };
        edit.apply(text)
    }

    /// A member more that is made for the purpose.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds make none")]
    fn longer(&self, text: &[u8]) -> Option<Vec<u8>> {
        let value = match self {
            Self::Deep(depth) => ["[".repeat(*depth.min(&2_000)), "]".repeat(*depth.min(&2_000))].concat().into(),
            Self::DeepOpen(depth) => "{\"\":".repeat(*depth.min(&2_000)).into_bytes(),
            Self::LongText(length) => format!("\"{}\"", "a".repeat(*length.min(&8_192))).into_bytes(),
            Self::BrokenText(byte) => vec![b'"', *byte, b'"'],
            _ => return None,
        };
        document().last_member_bytes(&[b"\"note\":", &value[..]].concat()).apply(text)
    }
}

fn single_quoted(byte: u8) -> u8 {
    if byte == b'"' { b'\'' } else { byte }
}
