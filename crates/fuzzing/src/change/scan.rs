//! One flat JSON object with the positions of its members, in any spelling that a JSON reader takes. Layer: `fuzzing`; pure.

use std::borrow::Cow;
use std::ops::Range;

/// A name and its value, as places in the text; the name with its quotes.
pub(super) struct Pair {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

/// An object's members, in order.
pub(super) struct Object<'t> {
    pub(super) text: &'t [u8],
    pub(super) members: Vec<Pair>,
    /// The place of the first brace.
    pub(super) open: usize,
    /// The place of the last brace.
    pub(super) close: usize,
}

impl<'t> Object<'t> {
    /// Reads an object; `None` where the text is none.
    pub(super) fn scan(text: &'t [u8]) -> Option<Self> {
        let open = space(text, 0);
        let mut members = Vec::with_capacity(10);
        let mut at = space(text, expect(text, open, b'{')?);
        if text.get(at) == Some(&b'}') {
            return Some(Self { text, members, open, close: at });
        }
        loop {
            let name = at..string(text, at)?;
            let start = space(text, expect(text, space(text, name.end), b':')?);
            let value = start..value(text, start)?;
            at = space(text, value.end);
            members.push(Pair { name, value });
            match text.get(at)? {
                b',' => at = space(text, at + 1),
                b'}' => return Some(Self { text, members, open, close: at }),
                _ => return None,
            }
        }
    }

    /// The number of the first member of this name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let is_named = |pair: &Pair| {
            let written = &self.text[pair.name.start + 1..pair.name.end - 1];
            written == name.as_bytes() || (written.contains(&b'\\') && unescaped(&self.text[pair.name.clone()]) == name)
        };
        self.members.iter().position(is_named)
    }

    /// The value as it stands.
    pub(super) fn raw(&self, index: usize) -> &'t [u8] {
        &self.text[self.members[index].value.clone()]
    }

    /// The name as it stands, with its quotes.
    pub(super) fn name(&self, index: usize) -> &'t [u8] {
        &self.text[self.members[index].name.clone()]
    }

    /// Name and value as they stand.
    pub(super) fn whole(&self, index: usize) -> &'t [u8] {
        &self.text[self.span(index)]
    }

    /// The value's text without quotes and escapes; `None` where it is no text.
    pub(super) fn content(&self, index: usize) -> Option<Cow<'t, str>> {
        let raw = self.raw(index);
        let inside = raw.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        if inside.contains(&b'\\') {
            return serde_json::from_slice::<String>(raw).ok().map(Cow::Owned);
        }
        std::str::from_utf8(inside).ok().map(Cow::Borrowed)
    }

    /// The place of a member, name and value.
    pub(super) fn span(&self, index: usize) -> Range<usize> {
        self.members[index].name.start..self.members[index].value.end
    }

    /// The text with another in a place of it.
    pub(super) fn with(&self, place: Range<usize>, other: &[u8]) -> Vec<u8> {
        [&self.text[..place.start], other, &self.text[place.end..]].concat()
    }

    /// The text with another value.
    pub(super) fn with_value(&self, index: usize, value: &[u8]) -> Vec<u8> {
        self.with(self.members[index].value.clone(), value)
    }

    /// The text without a member.
    pub(super) fn without(&self, index: usize) -> Vec<u8> {
        let span = self.span(index);
        let place = match (index.checked_sub(1), self.members.get(index + 1)) {
            (Some(before), _) => self.members[before].value.end..span.end,
            (None, Some(next)) => span.start..next.name.start,
            (None, None) => span,
        };
        self.with(place, b"")
    }
}

/// A text as JSON writes it.
pub(super) fn quoted(text: &str) -> Vec<u8> {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        return [b"\"", text.as_bytes(), b"\""].concat();
    }
    serde_json::Value::from(text).to_string().into_bytes()
}

fn unescaped(quoted: &[u8]) -> String {
    serde_json::from_slice(quoted).unwrap_or_default()
}

fn space(text: &[u8], from: usize) -> usize {
    from + text[from..].iter().take_while(|byte| b" \t\r\n".contains(byte)).count()
}

fn expect(text: &[u8], at: usize, byte: u8) -> Option<usize> {
    (text.get(at) == Some(&byte)).then_some(at + 1)
}

/// The end of a text that begins here.
fn string(text: &[u8], start: usize) -> Option<usize> {
    let mut at = expect(text, start, b'"')?;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The end of a value that begins here.
fn value(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    loop {
        match text.get(at)? {
            b'"' => at = string(text, at)? - 1,
            b'[' | b'{' => depth += 1,
            b']' | b'}' | b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => break,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    (at > start).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scanner that is off by one changes another member than the recipe says.
    #[test]
    fn members_stand_where_they_are_said_to() {
        let text = br#" { "a" : "x,}\"" , "\u0062":[1,{"c":"]"}],"d":-1.5e3 ,"e":null} "#;
        let object = Object::scan(text).unwrap();
        let raw: Vec<_> =
            (0..object.members.len()).map(|index| String::from_utf8_lossy(object.raw(index)).into_owned()).collect();
        assert_eq!(raw, [r#""x,}\"""#, r#"[1,{"c":"]"}]"#, "-1.5e3", "null"]);
        assert_eq!(object.find("b"), Some(1));
        assert_eq!(object.content(0).as_deref(), Some("x,}\""));
        assert_eq!((text[object.open], text[object.close]), (b'{', b'}'));
        for (index, left) in [(0, br#" { "\u0062":"#.as_slice()), (3, b"-1.5e3} ")] {
            let text = object.without(index);
            assert!(text.starts_with(left) || text.ends_with(left), "{}", String::from_utf8_lossy(&text));
        }
    }

    /// Changed texts are scanned again: no text may bring it down.
    #[test]
    fn what_is_no_object_is_none() {
        for text in [
            &b""[..],
            b"{",
            b"{\"",
            b"{\"a",
            b"{\"a\"",
            b"{\"a\":",
            b"{\"a\":1",
            b"{\"a\":1,",
            b"{\"a\":\"\\",
            b"[]",
            b"{a:1}",
        ] {
            assert!(Object::scan(text).is_none(), "{}", String::from_utf8_lossy(text));
        }
        assert!(Object::scan(b"{}").is_some_and(|object| object.members.is_empty()));
    }
}
