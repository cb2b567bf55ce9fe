//! Changes to a JSON document as a whole. Layer: `fuzzing`; pure.

use super::edits;
use super::member::rearranged;
use super::scan::Object;

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
        self.whole(text).or_else(|| {
            let object = Object::scan(text)?;
            self.between(&object).or_else(|| self.reordered(&object)).or_else(|| self.more(&object))
        })
    }

    /// Something put between tokens.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn between(&self, object: &Object<'_>) -> Option<Vec<u8>> {
        let text = object.text;
        let (first, last) = (object.open + 1, object.close);
        let front = |what: &[u8]| Some(object.with(first..first, what));
        let end = |what: &[u8]| Some(object.with(last..last, what));
        match self {
            Self::BomInside => front(b"\xef\xbb\xbf"),
            Self::Inside(what) => front(what.as_bytes()),
            Self::BeforeEnd(what) => end(what.as_bytes()),
            Self::Comment => front(b"/**/"),
            Self::CommaEnd => end(b","),
            Self::CommaFront => front(b","),
            Self::Equals => {
                let name = &object.members.first()?.name;
                let colon = name.end + text[name.end..].iter().position(|byte| *byte == b':')?;
                Some(object.with(colon..colon + 1, b"="))
            }
            Self::Overlong => Some(object.with(object.open..first, b"\xc1\xbb")),
            Self::BrokenName(byte) => {
                let start = object.members.first()?.name.start + 1;
                Some(object.with(start..start, &[*byte]))
            }
            _ => None,
        }
    }

    /// The same members otherwise.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn reordered(&self, object: &Object<'_>) -> Option<Vec<u8>> {
        match self {
            Self::CommaTwice => joined(object, b",,"),
            Self::CommaMissing => joined(object, b" "),
            Self::Semicolon => joined(object, b";"),
            Self::Pretty => joined(object, b" ,\n  "),
            Self::Reversed => rearranged(object, &(0..object.members.len()).rev().collect::<Vec<_>>()),
            Self::Rotated(by) => {
                let mut order: Vec<_> = (0..object.members.len()).collect();
                let by = by.checked_rem(order.len())?;
                order.rotate_left(by);
                rearranged(object, &order)
            }
            Self::BareNames => Some(object.members.iter().rev().fold(object.text.to_vec(), |mut text, pair| {
                text.remove(pair.name.end - 1);
                text.remove(pair.name.start);
                text
            })),
            Self::Values => {
                let values: Vec<_> = (0..object.members.len()).map(|index| object.raw(index)).collect();
                Some([b"[", &values.join(&b","[..])[..], b"]"].concat())
            }
            _ => None,
        }
    }

    /// A member more.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn more(&self, object: &Object<'_>) -> Option<Vec<u8>> {
        let comma: &[u8] = if object.members.is_empty() { b"" } else { b"," };
        let (first, last) = (object.open + 1, object.close);
        let member_first = |member: &[u8]| Some(object.with(first..first, &[member, comma].concat()));
        let member_last = |member: &[u8]| Some(object.with(last..last, &[comma, member].concat()));
        match self {
            Self::UnknownFirst(member) => member_first(member.as_bytes()),
            Self::UnknownLast(member) | Self::Optional(member) => member_last(member.as_bytes()),
            Self::Deep(depth) => {
                let depth = (*depth).min(2_000);
                member_last(format!("\"note\":{}{}", "[".repeat(depth), "]".repeat(depth)).as_bytes())
            }
            Self::DeepOpen(depth) => {
                member_last(format!("\"note\":{}", "{\"\":".repeat((*depth).min(2_000))).as_bytes())
            }
            Self::LongText(length) => {
                member_last(format!("\"note\":\"{}\"", "a".repeat((*length).min(8_192))).as_bytes())
            }
            Self::BrokenText(byte) => member_last(&[b"\"note\":\"", &[*byte][..], b"\""].concat()),
            _ => None,
        }
    }

    /// Changes for which the text need be no object.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn whole(&self, text: &[u8]) -> Option<Vec<u8>> {
        let around = |front: &[u8], end: &[u8]| Some([front, text, end].concat());
        let decoded = || std::str::from_utf8(text).ok();
        let units =
            |bytes: fn(u16) -> [u8; 2]| move |text: &str| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        match self {
            Self::Bom => around(b"\xef\xbb\xbf", b""),
            Self::Utf16Le => decoded().map(units(u16::to_le_bytes)).map(|text| [b"\xff\xfe", &text[..]].concat()),
            Self::Utf16Be => decoded().map(units(u16::to_be_bytes)),
            Self::Utf32 => decoded().map(|text| text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
            Self::Front(what) => around(what.as_bytes(), b""),
            Self::Behind(what) => around(b"", what.as_bytes()),
            Self::Cut(count) => text.len().checked_sub(*count).map(|length| text[..length].to_vec()),
            Self::Twice => around(b"", text),
            Self::InArray => around(b"[", b"]"),
            Self::InObject => around(b"{\"data\":", b"}"),
            Self::InText => decoded().map(|text| serde_json::Value::from(text).to_string().into_bytes()),
            Self::SingleQuotes => Some(text.iter().map(|byte| if *byte == b'"' { b'\'' } else { *byte }).collect()),
            Self::NoMembers => Some(b"{}".to_vec()),
            Self::Empty => Some(Vec::new()),
            _ => None,
        }
    }
}

/// The members as they stand with another separator.
fn joined(object: &Object<'_>, separator: &[u8]) -> Option<Vec<u8>> {
    if object.members.len() < 2 {
        return None;
    }
    let (first, last) = (object.members.first()?.name.start, object.members.last()?.value.end);
    let members: Vec<_> = (0..object.members.len()).map(|index| object.whole(index)).collect();
    Some(object.with(first..last, &members.join(separator)))
}
