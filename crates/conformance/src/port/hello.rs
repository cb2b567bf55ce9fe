//! What a port says about itself in the handshake, and whether a case lies within its claims.
//!
//! In: the answer line of the handshake. Out: [`Hello`], strict in every member. Layer: `port`, no input or output.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;

use super::protocol::{HELLO_ID, Object, UniqueMap, VERSION, id_of, mistyped_id};
use vectors::{Fields, Kind, Operation, Value, operation};

/// Why a handshake's answer is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HelloError {
    /// A member is missing, unknown or of the wrong kind.
    #[error("hello member `{member}`: {problem}")]
    Member {
        /// The path of the member at fault.
        member: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Another version of the protocol.
    #[error("the port speaks protocol {found}, this suite speaks {VERSION}")]
    Protocol {
        /// The port's version.
        found: u64,
    },
    /// A constraint that fits no member of the operation's input.
    #[error("claim `{operation}`, constraint `{constraint}`: {problem}")]
    Constraint {
        /// The operation's name.
        operation: String,
        /// The constraint's name.
        constraint: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// What a port says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hello {
    /// The protocol's version, 1.
    pub protocol: u64,
    /// The port's name.
    pub name_text: String,
    /// The port's version.
    pub version_text: String,
    /// The language that it is written in.
    pub language_text: String,
    /// What runs it.
    pub runtime_text: String,
    /// The libraries that do the work, with their versions.
    pub libraries: BTreeMap<String, String>,
    /// The claims: operation name → constraints by name.
    pub operations: BTreeMap<String, BTreeMap<String, Constraint>>,
    /// The policies that the port follows beside `core`.
    pub policies: Vec<String>,
}

/// What a claim allows an input member, or its length, to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Constraint {
    /// One of these integers.
    OneOf(Vec<u64>),
    /// One of these texts.
    TextOneOf(Vec<String>),
    /// An optional member that must (or must not) be given.
    #[serde(deserialize_with = "object")]
    Given(Given),
    /// An integer in this range, both ends included.
    #[serde(deserialize_with = "object")]
    Range(Range),
    /// A constraint of an operation that this suite does not know; kept to be shown.
    Unread(Json),
}

/// The constraint of an optional member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// `true`: the port cannot draw the member itself; `false`: the port cannot take it.
    pub given: bool,
}

/// A range of integers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The smallest allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// The largest allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
}

/// What a constraint's name means for an operation.
enum Subject {
    Integer(&'static str),
    Length(&'static str),
    Text(&'static str),
    Optional(&'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireLine {
    #[expect(dead_code, reason = "read before; named here because unknown members are refused")]
    id: u64,
    output: Object<WireHello>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireHello {
    protocol: u64,
    name_text: String,
    version_text: String,
    language_text: String,
    runtime_text: String,
    libraries: UniqueMap<String>,
    operations: UniqueMap<UniqueMap<Constraint>>,
    policies: Vec<String>,
}

impl Hello {
    /// Reads the answer line of the handshake; `None` when the line does not carry the handshake's id.
    ///
    /// # Errors
    ///
    /// [`HelloError`] names the missing, unknown or unusable member.
    #[must_use]
    pub fn read_line(line: &[u8]) -> Option<Result<Self, HelloError>> {
        let Some(id) = id_of(line) else {
            let (id, problem) = mistyped_id(line)?;
            return (id == HELLO_ID).then(|| Err(HelloError::Member { member: "id".to_owned(), problem }));
        };
        (id == HELLO_ID).then(|| {
            let read = serde_path_to_error::deserialize(&mut serde_json::Deserializer::from_slice(line));
            read.map_err(|fault| HelloError::Member {
                member: fault.path().to_string(),
                problem: fault.into_inner().to_string(),
            })
            .and_then(|Object(wire): Object<WireLine>| Self::check(wire.output.0))
        })
    }

    fn check(wire: WireHello) -> Result<Self, HelloError> {
        if wire.protocol != VERSION {
            return Err(HelloError::Protocol { found: wire.protocol });
        }
        let operations: BTreeMap<_, _> =
            wire.operations.0.into_iter().map(|(name, constraints)| (name, constraints.0)).collect();
        for (name, constraints) in &operations {
            if let Some(known) = operation::find(name) {
                check_constraints(known, constraints)?;
            }
        }
        Ok(Self {
            protocol: wire.protocol,
            name_text: wire.name_text,
            version_text: wire.version_text,
            language_text: wire.language_text,
            runtime_text: wire.runtime_text,
            libraries: wire.libraries.0,
            operations,
            policies: wire.policies,
        })
    }

    /// Whether the port claims the operation at all.
    #[must_use]
    pub fn claims_operation(&self, operation: &Operation) -> bool {
        self.operations.contains_key(operation.name)
    }

    /// Whether the port claims the operation for this input.
    #[must_use]
    pub fn claims(&self, operation: &Operation, input: &Fields) -> bool {
        self.operations.get(operation.name).is_some_and(|constraints| {
            constraints.iter().all(|(name, constraint)| allows(operation, name, constraint, input))
        })
    }

    /// Claimed operations that this suite does not know.
    pub fn unknown_operations(&self) -> impl Iterator<Item = &str> {
        self.operations
            .keys()
            .map(String::as_str)
            .filter(|name| operation::find(name).is_none() && *name != operation::CALIBRATE.name)
    }

    /// Whether one of the port's words about itself, a `<key>_text` member or a library's version, is this or begins with its parts.
    #[must_use]
    pub fn says(&self, key: &str, value: &str) -> bool {
        self.word(key).is_some_and(|own| {
            // A version stands for all that begin with its parts: 8.2 for 8.2.36.
            let is_part_of = own.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            is_part_of || (key == "platform" && own.contains(value))
        })
    }

    /// What the port says under this key of a scope.
    #[must_use]
    pub fn word(&self, key: &str) -> Option<&str> {
        match key {
            "name" => Some(&self.name_text),
            "version" => Some(&self.version_text),
            "language" => Some(&self.language_text),
            "runtime" | "platform" => Some(&self.runtime_text),
            _ => self.libraries.get(key).map(String::as_str),
        }
    }
}

impl Range {
    fn contains(self, integer: u64) -> bool {
        self.min.is_none_or(|min| min <= integer) && self.max.is_none_or(|max| integer <= max)
    }
}

fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object::deserialize(deserializer).map(|Object(read)| read)
}

fn check_constraints(known: &Operation, constraints: &BTreeMap<String, Constraint>) -> Result<(), HelloError> {
    for (name, constraint) in constraints {
        let fault = |problem: &str| HelloError::Constraint {
            operation: known.name.to_owned(),
            constraint: name.clone(),
            problem: problem.to_owned(),
        };
        match (subject(known, name), constraint) {
            (None, _) => return Err(fault("names no input member that can be constrained")),
            (Some(Subject::Integer(_) | Subject::Length(_)), Constraint::OneOf(_) | Constraint::Range(_))
            | (Some(Subject::Text(_)), Constraint::TextOneOf(_))
            | (Some(Subject::Optional(_)), Constraint::Given(_)) => {}
            (
                Some(Subject::Integer(_) | Subject::Length(_)),
                Constraint::TextOneOf(_) | Constraint::Given(_) | Constraint::Unread(_),
            ) => return Err(fault("expected a list of integers or {\"min\", \"max\"}")),
            (
                Some(Subject::Text(_)),
                Constraint::OneOf(_) | Constraint::Range(_) | Constraint::Given(_) | Constraint::Unread(_),
            ) => return Err(fault("expected a list of strings")),
            (
                Some(Subject::Optional(_)),
                Constraint::OneOf(_) | Constraint::TextOneOf(_) | Constraint::Range(_) | Constraint::Unread(_),
            ) => return Err(fault("expected {\"given\": true} or {\"given\": false}")),
        }
    }
    Ok(())
}

/// A member's own name comes first: `tag_length` is a member and not the length of a `tag`.
fn subject(operation: &Operation, name: &str) -> Option<Subject> {
    if let Some(member) = operation.input_member(name) {
        return match (member.kind, member.optional) {
            (Kind::Integer, _) => Some(Subject::Integer(member.name)),
            (_, true) => Some(Subject::Optional(member.name)),
            (Kind::Text, false) => Some(Subject::Text(member.name)),
            (Kind::Hex | Kind::Flag | Kind::HexList | Kind::IntegerList, false) => None,
        };
    }
    let member = operation.input_member(name.strip_suffix("_length")?)?;
    (member.kind == Kind::Hex).then_some(Subject::Length(member.name))
}

/// Whether one constraint allows the input; a member that is not given has no length to constrain.
fn allows(operation: &Operation, name: &str, constraint: &Constraint, input: &Fields) -> bool {
    let found = match subject(operation, name) {
        None => return false,
        Some(Subject::Optional(member)) => return given_as(constraint, input.value(member).is_some()),
        Some(Subject::Text(member)) => return is_one_of(constraint, input.text(member)),
        Some(Subject::Integer(member)) => match input.value(member) {
            Some(Value::Integer(integer)) => Some(*integer),
            Some(Value::Bytes(_) | Value::Text(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_))
            | None => None,
        },
        Some(Subject::Length(member)) => input.optional_bytes(member).map(|bytes| bytes.len() as u64),
    };
    let Some(found) = found else { return true };
    match constraint {
        Constraint::OneOf(allowed) => allowed.contains(&found),
        Constraint::Range(range) => range.contains(found),
        Constraint::TextOneOf(_) | Constraint::Given(_) | Constraint::Unread(_) => false,
    }
}

fn is_one_of(constraint: &Constraint, text: &str) -> bool {
    match constraint {
        Constraint::TextOneOf(allowed) => allowed.iter().any(|allowed| allowed == text),
        Constraint::OneOf(_) | Constraint::Range(_) | Constraint::Given(_) | Constraint::Unread(_) => false,
    }
}

fn given_as(constraint: &Constraint, is_given: bool) -> bool {
    match constraint {
        Constraint::Given(given) => given.given == is_given,
        Constraint::OneOf(_) | Constraint::TextOneOf(_) | Constraint::Range(_) | Constraint::Unread(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use vectors::operation::find;

    fn hello(operations: &Json) -> Json {
        json!({"protocol":1,"name_text":"n","version_text":"1","language_text":"C","runtime_text":"linux ios",
               "libraries":{"libsodium":"1.0.20"},"operations":operations,"policies":["strict"]})
    }

    fn read(output: &Json) -> Result<Hello, HelloError> {
        Hello::read_line(json!({"id":0,"output":output}).to_string().as_bytes()).unwrap()
    }

    fn gcm(iv_bytes: usize, tag_length: u64) -> Fields {
        Fields::new()
            .with_bytes("key", [0; 32])
            .with_bytes("iv", vec![0; iv_bytes])
            .with_bytes("aad", [])
            .with_bytes("ciphertext", [0; 20])
            .with_integer("tag_length", tag_length)
    }

    /// A claim read too widely would fail a port for what it never promised; too narrowly it would excuse it.
    #[test]
    fn constraints_hold_integers_and_lengths() {
        let claims = hello(&json!({"aes-256-gcm.open": {"iv_length":[12,16],"tag_length":{"min":12}}}));
        let hello = read(&claims).unwrap();
        let open = find("aes-256-gcm.open").unwrap();
        for (iv, tag, within) in
            [(12, 16, true), (16, 12, true), (13, 16, false), (12, 11, false), (12, u64::MAX >> 11, true)]
        {
            assert_eq!(hello.claims(open, &gcm(iv, tag)), within, "iv {iv}, tag {tag}");
        }
        assert!(!hello.claims(find("sha512.digest").unwrap(), &Fields::new().with_bytes("message", [])));
    }

    /// A library knows one hash of Fortuna's three, and could otherwise claim none of them.
    #[test]
    fn a_text_can_be_claimed_by_what_it_says() {
        let generate = find("fortuna.generate").unwrap();
        let of = |family: &str| {
            let lists = Fields::new().with("events", Value::BytesList(vec![]));
            lists.with("requests", Value::IntegerList(vec![])).with_text("family_text", family)
        };
        let hello = read(&hello(&json!({"fortuna.generate": {"family_text": ["double"]}}))).unwrap();
        assert!(hello.claims(generate, &of("double")) && !hello.claims(generate, &of("single")));
    }

    /// Libraries that draw the salt themselves cannot take one, and the other way round.
    #[test]
    fn an_optional_member_can_be_claimed_as_given_or_not() {
        let seal = find("autonomail.seal").unwrap();
        let bare =
            Fields::new().with_text("password_text", "p").with_integer("iterations", 1).with_bytes("plaintext", []);
        let salted = bare.clone().with_bytes("salt", [0; 32]);
        for (given, claims_bare) in [(true, false), (false, true)] {
            let hello = read(&hello(&json!({"autonomail.seal": {"salt":{"given":given}}}))).unwrap();
            assert_eq!(hello.claims(seal, &bare), claims_bare);
            assert_eq!(hello.claims(seal, &salted), !claims_bare);
        }
        let sized = read(&hello(&json!({"autonomail.seal": {"salt_length":[32]}}))).unwrap();
        assert!(sized.claims(seal, &bare) && sized.claims(seal, &salted));
    }

    /// A misspelt claim must not silently claim more or less than was meant.
    #[test]
    fn a_hello_with_a_wrong_member_is_refused_by_name() {
        let good = hello(&json!({}));
        let without = |name: &str| {
            let mut json = good.clone();
            json.as_object_mut().unwrap().remove(name);
            json
        };
        let with = |name: &str, value: Json| {
            let mut json = good.clone();
            json.as_object_mut().unwrap().insert(name.to_owned(), value);
            json
        };
        for (json, names) in [
            (without("policies"), "policies"),
            (without("name_text"), "name_text"),
            (with("extra", json!(1)), "extra"),
            (with("libraries", json!({"a": 1})), "libraries.a"),
            (with("protocol", json!(2)), "protocol 2"),
            (hello(&json!({"sha512.digest": {"mesage_length": [1]}})), "mesage_length"),
            (hello(&json!({"sha512.digest": {"message": [1]}})), "message"),
            (hello(&json!({"argon2id.derive": {"lanes": {"maximum": 1}}})), "lanes"),
            (hello(&json!({"argon2id.derive": {"lanes": "1"}})), "lanes"),
            (hello(&json!({"argon2id.derive": {"lanes": [null, 1]}})), "lanes"),
            (hello(&json!({"fortuna.generate": {"family_text": [1]}})), "family_text"),
            (hello(&json!({"fortuna.generate": {"events_length": [1]}})), "events_length"),
            (hello(&json!({"autonomail.seal": {"salt": [32]}})), "salt"),
            (hello(&json!({"autonomail.seal": {"salt": [true]}})), "salt"),
        ] {
            let problem = read(&json).unwrap_err().to_string();
            assert!(problem.contains(names), "{json}: {problem}");
        }
    }

    /// A port ahead of this suite must still run.
    #[test]
    fn unknown_operations_are_kept() {
        let hello = read(&hello(&json!({"joplin.open": {"x": "y"}, "sha512.digest": {}}))).unwrap();
        assert_eq!(hello.unknown_operations().collect::<Vec<_>>(), ["joplin.open"]);
    }

    /// The scope of a known issue is read from the port's own words.
    #[test]
    fn a_scope_is_matched_against_what_the_port_says() {
        let hello = read(&hello(&json!({}))).unwrap();
        for (key, value, says) in [
            ("language", "C", true),
            ("language", "Java", false),
            ("libsodium", "1.0.20", true),
            ("libsodium", "1.0", true),
            ("libsodium", "1.0.2", false),
            ("libsodium", "1.0.20.1", false),
            ("platform", "ios", true),
            ("colour", "red", false),
        ] {
            assert_eq!(hello.says(key, value), says, "{key} {value}");
        }
    }
}
