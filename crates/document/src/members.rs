//! An object taken apart into its members, to be put together otherwise.

use crate::object::{Object, quoted};

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
    /// The members of an object, from a text's first brace to its last. Values are not looked into, and may be anything that
    /// has no comma on its own level. `None` where the text is no object so far, or is not UTF-8.
    #[must_use]
    pub fn read(text: &[u8]) -> Option<Self> {
        std::str::from_utf8(text).ok()?;
        let object = Object::read_loosely(text)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let members = (0..object.members.len())
            .map(|index| Member { quoted_name: text(object.name(index)), value: text(object.raw(index)) });
        Some(Self(members.collect()))
    }

    /// The object's text, without a space between its tokens.
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
            r#"{"a":tru,"b":}"#,
            r#"{"a":"b}"#,
            r#"{"a":1}}"#,
            r#"{"a":1}{"a":2,"b":3}"#,
        ] {
            assert_eq!(Members::read(text.as_bytes()).map(|members| members.write()).as_deref(), Some(text));
        }
        let spaced = b" { \"a\" : [ 1 ] ,\n\"b\":2 } ";
        assert_eq!(Members::read(spaced).map(|members| members.write()).as_deref(), Some(r#"{"a":[ 1 ],"b":2}"#));
        let not_objects = [
            "",
            "{",
            "}",
            "[]",
            "null",
            r#"{"a":1}x"#,
            r#"{"a":1,}"#,
            "{a:1}",
            "{'a':1}",
            "\u{feff}{}",
            r#"{"a":1,"":"#,
        ];
        for text in not_objects {
            assert_eq!(Members::read(text.as_bytes()), None, "{text}");
        }
    }
}
