//! The members of an input or output, read against an operation's table.

use serde_json::Value as Json;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::operation::{Kind, Member};

/// 2^53 - 1: the largest integer that every JSON reader holds exactly.
pub const INTEGER_MAX: u64 = (1 << 53) - 1;

/// One member's value. It may be a password or a key, so it is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub enum Value {
    /// Bytes, hex in JSON.
    Bytes(Vec<u8>),
    /// Unicode text.
    Text(String),
    /// An integer below 2^53.
    Integer(u64),
    /// A truth value.
    Flag(bool),
    /// Byte strings, an array of hex in JSON.
    BytesList(Vec<Vec<u8>>),
    /// Integers below 2^53.
    IntegerList(Vec<u64>),
}

/// Why a JSON object is not the members that an operation asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("member `{member}`: {problem}")]
pub struct FieldError {
    /// The member at fault.
    pub member: String,
    /// What is wrong with it and what was expected.
    pub problem: String,
}

/// Members in the order of an operation's table, every one of the right kind.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// No members yet; [`Fields::with`] adds them.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// These fields and one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: Value) -> Self {
        self.0.push((name, value));
        self
    }

    /// These fields and a byte string.
    #[must_use]
    pub fn with_bytes(self, name: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.with(name, Value::Bytes(bytes.into()))
    }

    /// These fields and a text.
    #[must_use]
    pub fn with_text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with(name, Value::Text(text.into()))
    }

    /// These fields and an integer.
    #[must_use]
    pub fn with_integer(self, name: &'static str, integer: u64) -> Self {
        self.with(name, Value::Integer(integer))
    }

    /// Reads a JSON object against a table of members.
    ///
    /// # Errors
    ///
    /// [`FieldError`] for a missing, unknown or wrongly typed member, hex that is not lower-case pairs, or an integer above 2^53 - 1.
    pub fn read(members: &'static [Member], json: &Json) -> Result<Self, FieldError> {
        let Json::Object(object) = json else {
            return Err(fault("", format!("expected an object, found {}", name_of(json))));
        };
        if let Some(name) = object.keys().find(|name| members.iter().all(|member| member.name != name.as_str())) {
            return Err(fault(name, "is not a member of this operation".to_owned()));
        }
        let mut fields = Vec::with_capacity(members.len());
        for member in members {
            match object.get(member.name) {
                Some(json) => fields.push((member.name, read_value(member, json)?)),
                None if member.optional => {}
                None => return Err(fault(member.name, "is missing".to_owned())),
            }
        }
        Ok(Self(fields))
    }

    /// Picks the members of a table by name from several sets of fields; the first that has one wins.
    #[must_use]
    pub fn pick(members: &'static [Member], sources: &[&Self]) -> Self {
        let found = |member: &Member| sources.iter().find_map(|source| source.value(member.name).cloned());
        Self(members.iter().filter_map(|member| found(member).map(|value| (member.name, value))).collect())
    }

    /// These fields with one value put in another's place.
    #[must_use]
    pub fn replacing(mut self, name: &'static str, value: Value) -> Self {
        if let Some((_, held)) = self.0.iter_mut().find(|(known, _)| *known == name) {
            *held = value;
        }
        self
    }

    /// The JSON object that [`Fields::read`] reads back.
    #[must_use]
    pub fn to_json(&self) -> Json {
        Json::Object(self.0.iter().map(|(name, value)| ((*name).to_owned(), value.to_json())).collect())
    }

    /// The members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// The member's value, if it is there.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// An optional byte string.
    #[must_use]
    pub fn optional_bytes(&self, name: &str) -> Option<&[u8]> {
        match self.value(name) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            Some(Value::Text(_) | Value::Integer(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_))
            | None => None,
        }
    }

    /// A byte string that the operation's table promises.
    ///
    /// # Panics
    ///
    /// When the table has no such member: a mistake of the caller.
    #[must_use]
    pub fn bytes(&self, name: &str) -> &[u8] {
        self.optional_bytes(name).unwrap_or_else(|| panic!("the operation's table has no byte member {name}"))
    }

    /// A text that the operation's table promises.
    ///
    /// # Panics
    ///
    /// When the table has no such member: a mistake of the caller.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        match self.value(name) {
            Some(Value::Text(text)) => text,
            other => panic!("the operation's table has no text member {name}, but {other:?}"),
        }
    }

    /// An integer that the operation's table promises.
    ///
    /// # Panics
    ///
    /// When the table has no such member: a mistake of the caller.
    #[must_use]
    pub fn integer(&self, name: &str) -> u64 {
        match self.value(name) {
            Some(Value::Integer(integer)) => *integer,
            other => panic!("the operation's table has no integer member {name}, but {other:?}"),
        }
    }

    /// A list of byte strings that the operation's table promises.
    ///
    /// # Panics
    ///
    /// When the table has no such member: a mistake of the caller.
    #[must_use]
    pub fn bytes_list(&self, name: &str) -> &[Vec<u8>] {
        match self.value(name) {
            Some(Value::BytesList(list)) => list,
            other => panic!("the operation's table has no list of bytes {name}, but {other:?}"),
        }
    }

    /// A list of integers that the operation's table promises.
    ///
    /// # Panics
    ///
    /// When the table has no such member: a mistake of the caller.
    #[must_use]
    pub fn integer_list(&self, name: &str) -> &[u64] {
        match self.value(name) {
            Some(Value::IntegerList(list)) => list,
            other => panic!("the operation's table has no list of integers {name}, but {other:?}"),
        }
    }
}

impl Value {
    /// The bytes of a byte string, or of a text in UTF-8; none of any other kind.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(text) => Some(text.as_bytes()),
            Self::Integer(_) | Self::Flag(_) | Self::BytesList(_) | Self::IntegerList(_) => None,
        }
    }

    /// The value as the protocol writes it.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Bytes(bytes) => Json::String(hex::encode(bytes)),
            Self::Text(text) => Json::String(text.clone()),
            Self::Integer(integer) => Json::from(*integer),
            Self::Flag(flag) => Json::Bool(*flag),
            Self::BytesList(list) => list.iter().map(|bytes| Json::String(hex::encode(bytes))).collect(),
            Self::IntegerList(list) => list.iter().copied().map(Json::from).collect(),
        }
    }
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.to_json())
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.to_json())
    }
}

fn fault(member: &str, problem: String) -> FieldError {
    FieldError { member: member.to_owned(), problem }
}

fn read_value(member: &Member, json: &Json) -> Result<Value, FieldError> {
    let wrong = |wanted: &str| fault(member.name, format!("expected {wanted}, found {}", name_of(json)));
    match (member.kind, json) {
        (Kind::Hex, Json::String(text)) => read_hex(member.name, text).map(Value::Bytes),
        (Kind::Hex, _) => Err(wrong("a string of lower-case hex")),
        (Kind::Text, Json::String(text)) => Ok(Value::Text(text.clone())),
        (Kind::Text, _) => Err(wrong("a string")),
        (Kind::Integer, json) => read_integer(member.name, json).map(Value::Integer),
        (Kind::Flag, Json::Bool(flag)) => Ok(Value::Flag(*flag)),
        (Kind::Flag, _) => Err(wrong("true or false")),
        (Kind::HexList, Json::Array(items)) => items
            .iter()
            .map(|item| match item {
                Json::String(text) => read_hex(member.name, text),
                Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                    Err(wrong("an array of hex strings"))
                }
            })
            .collect::<Result<_, _>>()
            .map(Value::BytesList),
        (Kind::HexList, _) => Err(wrong("an array of hex strings")),
        (Kind::IntegerList, Json::Array(items)) => {
            items.iter().map(|item| read_integer(member.name, item)).collect::<Result<_, _>>().map(Value::IntegerList)
        }
        (Kind::IntegerList, _) => Err(wrong("an array of integers")),
    }
}

fn read_integer(member: &str, json: &Json) -> Result<u64, FieldError> {
    match json {
        Json::Number(number) => match number.as_u64() {
            Some(integer) if integer <= INTEGER_MAX => Ok(integer),
            Some(_) | None => Err(fault(member, format!("expected an integer from 0 to 2^53 - 1, found {number}"))),
        },
        Json::Null | Json::Bool(_) | Json::String(_) | Json::Array(_) | Json::Object(_) => {
            Err(fault(member, format!("expected an integer, found {}", name_of(json))))
        }
    }
}

/// Lower-case hex to bytes, naming the first offending character.
fn read_hex(member: &str, text: &str) -> Result<Vec<u8>, FieldError> {
    let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !digit(*c)) {
        return Err(fault(member, format!("expected lower-case hex, found {c:?} at character {at}")));
    }
    hex::decode(text).map_err(|_| fault(member, format!("expected pairs of hex digits, found {} digits", text.len())))
}

fn name_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::find;

    /// A list that is read leniently would be another request than the one that its reader sees.
    #[test]
    fn lists_hold_items_of_one_kind_only() {
        let members = find("fortuna.generate").unwrap().input;
        let read = |events: Json, requests: Json| {
            Fields::read(members, &json!({ "family_text": "double", "events": events, "requests": requests }))
        };
        let sound = read(json!(["00ff", ""]), json!([0, INTEGER_MAX])).unwrap();
        assert_eq!(sound.bytes_list("events"), [vec![0, 255], vec![]]);
        assert_eq!(sound.integer_list("requests"), [0, INTEGER_MAX]);
        assert_eq!(Fields::read(members, &sound.to_json()), Ok(sound));
        for requests in [json!([1.0]), json!([-1]), json!([INTEGER_MAX + 1]), json!(["1"]), json!([[1]]), json!(1)] {
            assert_eq!(read(json!([]), requests).unwrap_err().member, "requests");
        }
        assert_eq!(read(json!(["0"]), json!([])).unwrap_err().member, "events");
    }
}
