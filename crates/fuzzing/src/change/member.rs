//! Changes to one member of a JSON object, its name and its value. Layer: `fuzzing`; pure.

use super::scan::Object;
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

    /// The document with the member changed; `None` where it has no such form.
    pub(super) fn apply(&self, object: &Object<'_>, index: usize) -> Option<Vec<u8>> {
        let name = object.members[index].name.clone();
        self.twice(object, index)
            .or_else(|| self.value(object, index).map(|value| object.with_value(index, &value)))
            .or_else(|| self.renamed(object, index).map(|other| object.with(name, &other)))
            .or_else(|| self.placed(object, index))
    }

    /// The member elsewhere, or nowhere.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn placed(&self, object: &Object<'_>, index: usize) -> Option<Vec<u8>> {
        let value = object.members[index].value.clone();
        match self {
            Self::Drop => Some(object.without(index)),
            Self::First => moved(object, index, 0),
            Self::Last => moved(object, index, object.members.len() - 1),
            Self::Space(what) => Some(object.with(value.start..value.start, what.as_bytes())),
            Self::Behind(what) => Some(object.with(value.end..value.end, what.as_bytes())),
            _ => None,
        }
    }

    /// The member twice.
    fn twice(&self, object: &Object<'_>, index: usize) -> Option<Vec<u8>> {
        let second = self.second(object, index)?;
        let (place, comma) = if matches!(self, Self::FirstWrong | Self::FirstEscaped) {
            (object.members[index].name.start, [&second[..], b","].concat())
        } else {
            (object.members[index].value.end, [b",", &second[..]].concat())
        };
        Some(object.with(place..place, &comma))
    }

    /// A second member of the name.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn second(&self, object: &Object<'_>, index: usize) -> Option<Vec<u8>> {
        let (name, raw) = (object.name(index), object.raw(index));
        let pair = |name: &[u8], value: &[u8]| [name, b":", value].concat();
        match self {
            Self::FirstWrong | Self::LastWrong => Some(pair(name, &wrong(raw))),
            Self::LastNull => Some(pair(name, b"null")),
            Self::LastEmpty => Some(pair(name, if raw.starts_with(b"\"") { b"\"\"" } else { b"0" })),
            Self::Twice => Some(object.whole(index).to_vec()),
            Self::FirstEscaped | Self::LastEscaped => Some(pair(&escaped(name, 0)?, &wrong(raw))),
            Self::LastUpper => Some(pair(&name.to_ascii_uppercase(), &wrong(raw))),
            _ => None,
        }
    }

    /// Another value.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn value(&self, object: &Object<'_>, index: usize) -> Option<Vec<u8>> {
        let raw = object.raw(index);
        let inside = || raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
        let around = |front: &[u8], end: &[u8]| Some([front, raw, end].concat());
        let quotes = |quote: &[u8]| inside().map(|inside| [quote, inside, quote].concat());
        match self {
            Self::Null => Some(b"null".to_vec()),
            Self::True => Some(b"true".to_vec()),
            Self::False => Some(b"false".to_vec()),
            Self::Zero => Some(b"0".to_vec()),
            Self::Empty => Some(b"\"\"".to_vec()),
            Self::EmptyArray => Some(b"[]".to_vec()),
            Self::EmptyObject => Some(b"{}".to_vec()),
            Self::InArray => around(b"[", b"]"),
            Self::InObject => around(b"{\"value\":", b"}"),
            Self::Stringified => Some(super::scan::quoted(&String::from_utf8_lossy(raw))),
            Self::BareValue => quotes(b""),
            Self::SingleValue => quotes(b"'"),
            Self::EscapedValue(at) => inside().and_then(|_| escaped(raw, *at)),
            Self::EscapedSlash => slashed(raw),
            Self::Raw(at, byte) => inside().map(|inside| {
                let (front, rest) = inside.split_at(at % (inside.len() + 1));
                [b"\"", front, &[*byte], rest, b"\""].concat()
            }),
            Self::Surrogate => inside().map(|inside| [b"\"", inside, b"\\ud83d\""].concat()),
            _ => None,
        }
    }

    /// Another name.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are made elsewhere")]
    fn renamed(&self, object: &Object<'_>, index: usize) -> Option<Vec<u8>> {
        let name = object.name(index);
        let inside = &name[1..name.len() - 1];
        let quotes = |name: &[u8]| Some([b"\"", name, b"\""].concat());
        match self {
            Self::Upper => Some(name.to_ascii_uppercase()),
            Self::Capital => {
                inside.split_first().and_then(|(first, rest)| quotes(&[&[first.to_ascii_uppercase()], rest].concat()))
            }
            Self::SpacedName => quotes(&[inside, b" "].concat()),
            Self::NulName => quotes(&[inside, b"\\u0000"].concat()),
            Self::ShortName => inside.split_last().and_then(|(_, rest)| quotes(rest)),
            Self::EscapedName(at) => escaped(name, *at),
            Self::BareName => Some(inside.to_vec()),
            Self::SingleName => Some([b"'", inside, b"'"].concat()),
            _ => None,
        }
    }
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

/// A text in quotes with one of its characters as an escape.
fn escaped(quoted: &[u8], at: usize) -> Option<Vec<u8>> {
    let inside = &quoted[1..quoted.len() - 1];
    let at = 1 + at.checked_rem(inside.len())?;
    let byte = quoted[at];
    if !byte.is_ascii() || inside.contains(&b'\\') {
        return None;
    }
    Some([&quoted[..at], format!("\\u{byte:04x}").as_bytes(), &quoted[at + 1..]].concat())
}

fn slashed(raw: &[u8]) -> Option<Vec<u8>> {
    raw.contains(&b'/').then(|| String::from_utf8_lossy(raw).replace('/', "\\/").into_bytes())
}

/// The members in another order: one of them at another's place.
fn moved(object: &Object<'_>, from: usize, to: usize) -> Option<Vec<u8>> {
    let mut order: Vec<_> = (0..object.members.len()).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    rearranged(object, &order)
}

/// The members in this order, each as it stands.
pub(super) fn rearranged(object: &Object<'_>, order: &[usize]) -> Option<Vec<u8>> {
    let first = object.members.first()?.name.start;
    let last = object.members.last()?.value.end;
    let members: Vec<_> = order.iter().map(|index| object.whole(*index)).collect();
    Some(object.with(first..last, &members.join(&b","[..])))
}
