//! Changes to one member of a JSON object, its name and its value. Layer: `fuzzing`; pure.

use ::document::{Escape, MemberPlace, Spelling, member, quoted};

use super::{edits, position};

/// What stands in a text as it may not.
const CONTROLS: &[u8] = &[b'\n', b'\t', b'\r', 0, 1, 0x1f, 0x7f, 0xff, 0xc0, 0x80];
/// What stands around a colon.
const SPACES: &[&str] = &[" ", "\n", "\t", "\r\n", "\u{c}", "\u{a0}", "\u{feff}", "\0", "/**/", "//\n"];

edits! {
    /// A change to a member.
    pub enum Member {
        /// It is left out.
        Drop "drop",
        /// It stands twice, the first with a wrong value.
        FirstWrong "first-wrong",
        /// It stands twice, the last with a wrong value.
        LastWrong "last-wrong",
        /// It stands twice, the last as `null`.
        LastNull "last-null",
        /// It stands twice, the last with nothing in it.
        LastEmpty "last-empty",
        /// It stands twice with one value.
        Twice "twice-the-same",
        /// It stands twice, the first wrong and its name with an escape.
        FirstEscaped "first-wrong-escaped",
        /// It stands twice, the last wrong and its name with an escape.
        LastEscaped "last-wrong-escaped",
        /// It stands twice, the last wrong and its name in capitals.
        LastUpper "last-wrong-capitals",
        /// `null`.
        Null "null",
        /// `true`.
        True "true",
        /// `false`.
        False "false",
        /// The number 0.
        Zero "zero-number",
        /// The empty text.
        Empty "empty-text",
        /// An empty array.
        EmptyArray "empty-array",
        /// An empty object.
        EmptyObject "empty-object",
        /// The value in an array.
        InArray "in-array",
        /// The value in an object.
        InObject "in-object",
        /// The value as the text of it.
        Stringified "stringified",
        /// The value without quotes.
        BareValue "bare-value",
        /// The value in single quotes.
        SingleValue "single-quoted-value",
        /// A character of the value as an escape.
        EscapedValue(usize: 0) "escaped-value",
        /// A slash behind a backslash.
        EscapedSlash "escaped-slash",
        /// A byte in the value as it may not stand there.
        Raw(usize: 0, u8: b'\n') "raw-byte",
        /// Half a surrogate pair behind the value's text.
        Surrogate "surrogate",
        /// It comes first.
        First "moved-first",
        /// It comes last.
        Last "moved-last",
        /// Its name in capitals.
        Upper "name-capitals",
        /// Its name with a capital in front.
        Capital "name-capital",
        /// Its name with a space behind.
        SpacedName "name-spaced",
        /// Its name with a NUL behind, as an escape.
        NulName "name-nul",
        /// Its name without its last letter.
        ShortName "name-shorter",
        /// A letter of its name as an escape.
        EscapedName(usize: 0) "name-escaped",
        /// Its name without quotes.
        BareName "name-bare",
        /// Its name in single quotes.
        SingleName "name-single-quoted",
        /// Something before its value.
        Space(String: " ".to_owned()) "space-before-value",
        /// Something behind its value.
        Behind(String: " ".to_owned()) "space-behind-value",
    }
}

impl Member {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds have no parameters")]
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::EscapedValue(at) | Self::EscapedName(at) => *at = position(random),
            Self::Raw(at, byte) => (*at, *byte) = (position(random), CONTROLS[random.usize(..CONTROLS.len())]),
            Self::Space(what) | Self::Behind(what) => SPACES[random.usize(..SPACES.len())].clone_into(what),
            _ => {}
        }
    }

    /// The document with the first member of a name changed; `None` where it has no such form.
    pub(super) fn apply(&self, text: &[u8], name: &str) -> Option<Vec<u8>> {
        let member = member(name);
        let edit = match self {
            Self::Drop => member.remove(),
            Self::FirstWrong
            | Self::LastWrong
            | Self::LastEmpty
            | Self::FirstEscaped
            | Self::LastEscaped
            | Self::LastUpper
            | Self::Stringified
            | Self::EscapedSlash => return self.made_of_value(text, member),
            Self::LastNull => member.twice_last("null"),
            Self::Twice => member.twice(),
            Self::Null => member.value("null"),
            Self::True => member.value("true"),
            Self::False => member.value("false"),
            Self::Zero => member.value("0"),
            Self::Empty => member.value("\"\""),
            Self::EmptyArray => member.value("[]"),
            Self::EmptyObject => member.value("{}"),
            Self::InArray => member.at_value().wrap("[", "]"),
            Self::InObject => member.at_value().wrap("{\"value\":", "}"),
            Self::BareValue => member.at_value().requote(""),
            Self::SingleValue => member.at_value().requote("'"),
            Self::EscapedValue(at) => member.in_text().escape(*at, Escape::Json),
            Self::Raw(at, byte) => member.in_text().insert_bytes(*at, std::slice::from_ref(byte)),
            Self::Surrogate => member.in_text().after("\\ud83d"),
            Self::First => member.move_first(),
            Self::Last => member.move_last(),
            Self::Upper => member.in_name().spell(Spelling::Upper),
            Self::Capital => member.in_name().spell(Spelling::Capital),
            Self::SpacedName => member.in_name().after(" "),
            Self::NulName => member.in_name().after("\\u0000"),
            Self::ShortName => member.in_name().drop_last(1),
            Self::EscapedName(at) => member.in_name().escape(*at, Escape::Json),
            Self::BareName => member.at_name().requote(""),
            Self::SingleName => member.at_name().requote("'"),
            Self::Space(what) => member.at_value().before(what),
            Self::Behind(what) => member.at_value().after(what),
        };
        edit.apply(text)
    }

    /// The changes that are made of what stands there.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds do not look at the value")]
    fn made_of_value(&self, text: &[u8], member: MemberPlace<'_>) -> Option<Vec<u8>> {
        let raw = member.at_value().get(text)?;
        let (first, last) = (member, member.next());
        let first_wrong = || first.at_value().with_bytes(&wrong(&raw)).apply(&member.twice_first("0").apply(text)?);
        let last_of = |value: &[u8]| last.at_value().with_bytes(value).apply(&member.twice_last("0").apply(text)?);
        match self {
            Self::FirstWrong => first_wrong(),
            Self::LastWrong => last_of(&wrong(&raw)),
            Self::LastEmpty => last_of(empty(&raw)),
            Self::FirstEscaped => first.in_name().escape(0, Escape::Json).apply(&first_wrong()?),
            Self::LastEscaped => last.in_name().escape(0, Escape::Json).apply(&last_of(&wrong(&raw))?),
            Self::LastUpper => last.in_name().spell(Spelling::Upper).apply(&last_of(&wrong(&raw))?),
            Self::Stringified => member.at_value().with(&quoted(&String::from_utf8_lossy(&raw))).apply(text),
            Self::EscapedSlash if raw.contains(&b'/') => member.at_value().with_bytes(&slashed(&raw)).apply(text),
            _ => None,
        }
    }
}

/// A value of the same kind with nothing in it.
fn empty(raw: &[u8]) -> &[u8] {
    if raw.starts_with(b"\"") { b"\"\"" } else { b"0" }
}

fn slashed(raw: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(raw).replace('/', "\\/").into_bytes()
}

/// A value like this one that is another.
fn wrong(raw: &[u8]) -> Vec<u8> {
    let mut other = raw.to_vec();
    let changed = other.iter_mut().rev().find(|byte| byte.is_ascii_alphanumeric() || **byte == b'-' || **byte == b'+');
    match changed {
        Some(last) => *last = if *last == b'1' { b'2' } else { b'1' },
        None => return b"\"1\"".to_vec(),
    }
    // The spare bits of base64 may hide a change in its last character: one in front of it as well.
    if let Some(first) = other.iter_mut().find(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte)) {
        *first = if *first == b'3' { b'4' } else { b'3' };
    }
    other
}
