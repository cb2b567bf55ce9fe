//! One JSON object with the places of its members, in any spelling that a JSON reader takes.

use std::borrow::Cow;
use std::ops::Range;

/// A name and its value, as places in the text; the name with its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// An object's members, in order.
#[derive(Debug)]
pub(crate) struct Object<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) members: Vec<Pair>,
    /// The place of the first brace.
    pub(crate) open: usize,
    /// The place of the last brace.
    pub(crate) close: usize,
}

/// Finds the end of a value that begins at a place of a text; `None` where there is none.
type ValueEnd = fn(&[u8], usize) -> Option<usize>;

impl<'t> Object<'t> {
    /// Reads the object that a text begins with; `None` where it begins with none. What follows the object is not read.
    pub(crate) fn read(text: &'t [u8]) -> Option<Self> {
        Self::scan(text, text.len(), token_end)
    }

    /// Reads a text from its first brace to its last, whatever stands between the commas; `None` where a name is none.
    pub(crate) fn read_loosely(text: &'t [u8]) -> Option<Self> {
        let close = text.iter().rposition(|byte| !is_space(*byte)).filter(|at| text[*at] == b'}')?;
        Self::scan(text, close, |text, start| Some(comma_or_end(text, start)))
    }

    /// Reads up to an end: the object's brace, or a place in front of which it must end.
    fn scan(text: &'t [u8], end: usize, value_end: ValueEnd) -> Option<Self> {
        let within = &text[..end];
        let open = space(within, 0);
        let mut at = space(within, expect(within, open, b'{')?);
        let mut members = Vec::with_capacity(10);
        let object = |members, close| Some(Self { text, members, open, close });
        let ends = |at: usize| text.get(at) == Some(&b'}') && (end == text.len() || at == end);
        if ends(at) {
            return object(members, at);
        }
        loop {
            let name = at..string(within, at)?;
            let start = space(within, expect(within, space(within, name.end), b':')?);
            let value = start..value_end(within, start)?;
            at = space(within, value.end);
            members.push(Pair { name, value });
            if ends(at) {
                return object(members, at);
            }
            at = space(within, expect(within, at, b',')?);
        }
    }

    /// The number of a member of this name: the first, or the one that comes so many behind it.
    pub(crate) fn find(&self, name: &str, later: usize) -> Option<usize> {
        let named = |index: &usize| {
            let written = self.inside_name(*index);
            written == name.as_bytes() || (written.contains(&b'\\') && unescaped(self.name(*index)) == name)
        };
        (0..self.members.len()).filter(named).nth(later)
    }

    /// The value as it stands.
    pub(crate) fn raw(&self, index: usize) -> &'t [u8] {
        &self.text[self.members[index].value.clone()]
    }

    /// The name as it stands, with its quotes.
    pub(crate) fn name(&self, index: usize) -> &'t [u8] {
        &self.text[self.members[index].name.clone()]
    }

    fn inside_name(&self, index: usize) -> &'t [u8] {
        let name = self.name(index);
        &name[1..name.len() - 1]
    }

    /// Name and value as they stand.
    pub(crate) fn whole(&self, index: usize) -> &'t [u8] {
        &self.text[self.span(index)]
    }

    /// The value's text without quotes and escapes; `None` where it is no text.
    pub(crate) fn content(&self, index: usize) -> Option<Cow<'t, str>> {
        let raw = self.raw(index);
        let inside = raw.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        if inside.contains(&b'\\') {
            return serde_json::from_slice::<String>(raw).ok().map(Cow::Owned);
        }
        std::str::from_utf8(inside).ok().map(Cow::Borrowed)
    }

    /// The place of a member, name and value.
    pub(crate) fn span(&self, index: usize) -> Range<usize> {
        self.members[index].name.start..self.members[index].value.end
    }

    /// The text with another in a place of it.
    pub(crate) fn with(&self, place: Range<usize>, other: &[u8]) -> Vec<u8> {
        [&self.text[..place.start], other, &self.text[place.end..]].concat()
    }

    /// The text without a member and without the comma beside it.
    pub(crate) fn without(&self, index: usize) -> Vec<u8> {
        let span = self.span(index);
        let place = match (index.checked_sub(1), self.members.get(index + 1)) {
            (Some(before), _) => self.members[before].value.end..span.end,
            (None, Some(next)) => span.start..next.name.start,
            (None, None) => span,
        };
        self.with(place, b"")
    }

    /// The text with its members in this order, each as it stands; `None` where there are none.
    pub(crate) fn rearranged(&self, order: &[usize]) -> Option<Vec<u8>> {
        let members: Vec<_> = order.iter().map(|index| self.whole(*index)).collect();
        self.with_all(&members.join(&b","[..]))
    }

    /// The text with another separator between its members; `None` where there are fewer than two.
    pub(crate) fn joined(&self, separator: &[u8]) -> Option<Vec<u8>> {
        let members: Vec<_> = (0..self.members.len()).map(|index| self.whole(index)).collect();
        if members.len() < 2 { None } else { self.with_all(&members.join(separator)) }
    }

    /// The text with something in the place of all members.
    fn with_all(&self, other: &[u8]) -> Option<Vec<u8>> {
        Some(self.with(self.members.first()?.name.start..self.members.last()?.value.end, other))
    }
}

/// A text as JSON writes it, with its quotes and with as few escapes as JSON allows.
#[must_use]
pub fn quoted(text: &str) -> String {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        return ["\"", text, "\""].concat();
    }
    serde_json::Value::from(text).to_string()
}

fn unescaped(quoted: &[u8]) -> String {
    serde_json::from_slice(quoted).unwrap_or_default()
}

fn is_space(byte: u8) -> bool {
    b" \t\r\n".contains(&byte)
}

fn space(text: &[u8], from: usize) -> usize {
    from + text[from..].iter().take_while(|byte| is_space(**byte)).count()
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

/// The end of a value that ends as JSON's do: with white space, or before a comma or bracket on its level.
fn token_end(text: &[u8], start: usize) -> Option<usize> {
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

/// The end of whatever stands before a comma on its level or the end of the text, without the white space behind it.
fn comma_or_end(text: &[u8], start: usize) -> usize {
    let (mut depth, mut at, mut has_open_text) = (0_usize, start, false);
    while let Some(byte) = text.get(at) {
        match byte {
            // A text that is not closed is none; nor is any that begins behind its quote.
            b'"' if !has_open_text => match string(text, at) {
                Some(end) => at = end - 1,
                None => has_open_text = true,
            },
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    let trailing = text[start..at].iter().rev().take_while(|byte| is_space(**byte)).count();
    at - trailing
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scanner that is off by one changes another member than the edit says.
    #[test]
    fn members_stand_where_they_are_said_to() {
        let text = br#" { "a" : "x,}\"" , "\u0062":[1,{"c":"]"}],"d":-1.5e3 ,"e":null} "#;
        let object = Object::read(text).unwrap();
        let raw: Vec<_> =
            (0..object.members.len()).map(|index| String::from_utf8_lossy(object.raw(index)).into_owned()).collect();
        assert_eq!(raw, [r#""x,}\"""#, r#"[1,{"c":"]"}]"#, "-1.5e3", "null"]);
        assert_eq!(object.find("b", 0), Some(1));
        assert_eq!(object.find("b", 1), None);
        assert_eq!(object.content(0).as_deref(), Some("x,}\""));
        assert_eq!((text[object.open], text[object.close]), (b'{', b'}'));
    }

    /// Changed texts are read again: no text may bring the reader down.
    #[test]
    fn what_is_no_object_is_none() {
        for text in [
            &b""[..],
            b"{",
            b"{\"",
            b"{\"a",
            b"{\"a\"",
            b"{\"a\":",
            b"{\"a\":}",
            b"{\"a\":1",
            b"{\"a\":1,",
            b"{\"a\":\"\\",
            b"[]",
            b"{a:1}",
        ] {
            assert!(Object::read(text).is_none(), "{}", String::from_utf8_lossy(text));
        }
        assert!(Object::read(b"{}").is_some_and(|object| object.members.is_empty()));
    }

    /// Between members stands white space with one comma, and around them white space and braces: nothing is lost.
    #[test]
    fn members_and_what_is_between_them_are_the_whole_text() {
        let text = b" {\t\"a\" : 1 ,\n\"a\":\"\\\"\",\"\":{} }\r\n";
        for object in [Object::read(text).unwrap(), Object::read_loosely(text).unwrap()] {
            let starts = object.members.iter().map(|pair| pair.name.start).chain([object.close]);
            let ends = [object.open + 1].into_iter().chain(object.members.iter().map(|pair| pair.value.end));
            let between: Vec<_> = ends.zip(starts).map(|(end, start)| text[end..start].trim_ascii()).collect();
            assert_eq!(between, [&b""[..], b",", b",", b""]);
        }
    }

    /// A text that is not closed makes every quote behind it look like another one: the reader must not try each.
    #[test]
    fn hostile_quotes_are_read_in_one_pass() {
        let text = format!("{{\"a\":{}}}", "\"\\".repeat(1 << 17));
        let started = std::time::Instant::now();
        assert_eq!(Object::read_loosely(text.as_bytes()).map(|object| object.members.len()), Some(1));
        assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
    }
}
