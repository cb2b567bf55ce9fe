//! Steps of JSON, and the members of an object as they stand in its text.
//!
//! Reading is a rewriting: whatever a lenient reader takes is put as the strict one wants it.

use serde_json::Value as Json;

use super::Envelope;
use crate::Computed;

/// The documents that are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Autonomail's record as documented.
    Documented,
    /// Autonomail's record of 2014.
    Client2014,
    /// The SJCL text inside either record.
    Sjcl,
    /// Notesnook's envelope under a password.
    Password,
    /// Notesnook's synced item.
    Item,
}

/// The steps of JSON.
#[derive(Clone, Copy, Debug)]
pub struct Document {
    /// The bytes of a document before it is taken apart: as they are.
    pub bytes: fn(Form, &[u8]) -> Computed<Vec<u8>>,
    /// Its members before they are read strictly: as they stand.
    pub members: fn(Form, Members) -> Computed<Members>,
    /// The members that are written.
    pub written: fn(&Written<'_>, Members) -> Members,
    /// How they are written: without a space.
    pub write: fn(Form, &Members) -> Vec<u8>,
}

/// What a document is written of, beside its members.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The document.
    pub form: Form,
    /// The plaintext.
    pub plaintext: &'a [u8],
    /// The iteration count, where there is one.
    pub iterations: u64,
}

/// The members of an object, in their order, equal names included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members(pub Vec<Member>);

/// One member, as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name, in its quotes.
    pub quoted_name: String,
    /// The value.
    pub value: String,
}

impl Document {
    /// JSON as the formats have it.
    pub const RIGHT: Self = Self {
        bytes: |_, text| Ok(text.to_vec()),
        members: |_, members| Ok(members),
        written: |_, members| members,
        write: |_, members| members.write().into_bytes(),
    };
}

impl Member {
    /// A member of this name and JSON value.
    #[must_use]
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Self { quoted_name: quoted(name), value: value.into() }
    }

    /// The name without quotes and escapes.
    #[must_use]
    pub fn name(&self) -> String {
        serde_json::from_str(&self.quoted_name).unwrap_or_else(|_| self.quoted_name.clone())
    }

    /// The value, if it is a text.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        serde_json::from_str(&self.value).ok()
    }
}

impl Members {
    /// The members of an object, if the text is one as far as its outermost level goes. Values are not looked into.
    #[must_use]
    pub fn scan(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let mut rest = trimmed(text).strip_prefix('{')?.strip_suffix('}')?;
        let mut members = Vec::new();
        while !trimmed(rest).is_empty() || !members.is_empty() {
            let (name, after) = trimmed(rest).split_at_checked(text_end(trimmed(rest))?)?;
            let after = trimmed(after).strip_prefix(':')?;
            let end = value_end(after);
            members.push(Member { quoted_name: name.to_owned(), value: trimmed(&after[..end]).to_owned() });
            match after[end..].strip_prefix(',') {
                Some(after) => rest = after,
                None => break,
            }
        }
        Some(Self(members))
    }

    /// The object's text.
    #[must_use]
    pub fn write(&self) -> String {
        let members = self.0.iter().map(|member| format!("{}:{}", member.quoted_name, member.value));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }

    /// The first member of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Member> {
        self.0.iter().find(|member| member.name() == name)
    }

    /// The text of a member.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.find(name)?.text()
    }

    /// The integer of a member.
    #[must_use]
    pub fn integer(&self, name: &str) -> Option<i128> {
        self.find(name)?.value.parse().ok()
    }

    /// These members with another value in the first of this name, or with a member more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        match self.0.iter_mut().find(|member| member.name() == name) {
            Some(member) => member.value = value.into(),
            None => self.0.push(Member::new(name, value)),
        }
        self
    }

    /// These members with another value where there is one of this name.
    #[must_use]
    pub fn changing(self, name: &str, value: impl Into<String>) -> Self {
        if self.find(name).is_some() { self.with(name, value) } else { self }
    }

    /// These members without those of this name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|member| member.name() != name);
        self
    }
}

/// A JSON text.
#[must_use]
pub fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

/// Where the text that stands in front ends, quotes included.
fn text_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map(|end| end + 2)
}

/// Where the value that stands in front ends: before a comma on its level, or with the object.
fn value_end(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => at += text_end(&text[at..]).map_or(0, |end| end - 1),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

impl Envelope {
    /// A document as the strict reader then reads it.
    pub(super) fn rewritten(&self, form: Form, text: &[u8]) -> Computed<Vec<u8>> {
        let bytes = (self.document.bytes)(form, text)?;
        let Some(members) = Members::scan(&bytes) else { return Ok(bytes) };
        let members = (self.document.members)(form, members)?;
        Ok(self.encoding.respelt(form, members)?.write().into_bytes())
    }

    /// A document of these members.
    pub(super) fn write(&self, written: &Written<'_>, members: Vec<Member>) -> Vec<u8> {
        let members = (self.document.written)(written, Members(members));
        (self.document.write)(written.form, &members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The strict reader must see what it would have seen: a rewriting that repairs by itself would hide every mistake.
    #[test]
    fn objects_are_taken_apart_and_put_together_unchanged() {
        for text in [
            "{}",
            r#"{"a":1}"#,
            r#"{"a":"}\",\\","a":[1,{"b":","}],"\u0061":null}"#,
            r#"{"a":tru,"":"#,
            r#"{"a":1,"b":}"#,
        ] {
            let rewritten = Members::scan(text.as_bytes()).map(|members| members.write());
            assert!(rewritten.is_none_or(|written| written == text), "{text}");
        }
        assert_eq!(
            Members::scan(b" { \"a\" : [ 1 ] ,\n\"b\":2 } ").map(|m| m.write()).unwrap(),
            r#"{"a":[ 1 ],"b":2}"#
        );
        for text in ["", "[]", "null", r#"{"a":1}}x"#, r#"{"a":1,}"#, "{a:1}", "{'a':1}", "\u{feff}{}"] {
            assert_eq!(Members::scan(text.as_bytes()), None, "{text}");
        }
    }
}
