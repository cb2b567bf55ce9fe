//! The lines of the port protocol, version 1, without any input or output.
//!
//! In: requests to write, lines to read. Out: bytes for a port's standard input, and [`Line`]s: an answer, an answer that
//! does not fit the protocol, or noise. Layer: `port`, on `vector`.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value as Json;

use vectors::{Answer, Fields, Operation, Reason, Value};

/// The protocol version that the handshake names.
pub const VERSION: u64 = 1;

/// The longest line that either side may write.
pub const LINE_BYTES_MAX: usize = 16 << 20;

/// The number by which an answer finds its request; it says nothing about the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// The id of the handshake; no other request has it.
pub const HELLO_ID: RequestId = RequestId(0);

/// What one line of a port's standard output is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An answer to an open request.
    Answer {
        /// The request.
        id: RequestId,
        /// What the port said.
        answer: Answer,
    },
    /// Names an open request and does not fit the protocol.
    Garbled {
        /// The request.
        id: RequestId,
        /// What was expected and what was found.
        what: String,
    },
    /// Not a JSON object with the id of an open request.
    Noise,
}

/// Appends one request line, newline included.
pub fn write_request(out: &mut Vec<u8>, id: RequestId, operation: &str, input: &Fields) {
    append(out, format_args!("{{\"id\":{},\"op\":\"{operation}\",\"input\":{{", id.0));
    write_members(out, input);
    out.extend_from_slice(b"}}\n");
}

/// Appends the handshake's request line, newline included.
pub fn write_hello_request(out: &mut Vec<u8>) {
    append(out, format_args!("{{\"id\":{},\"op\":\"hello\",\"input\":{{\"protocol\":{VERSION}}}}}\n", HELLO_ID.0));
}

/// Appends one answer line, newline included: the port's side of the protocol.
pub fn write_answer(out: &mut Vec<u8>, id: RequestId, answer: &Answer) {
    append(out, format_args!("{{\"id\":{},", id.0));
    match answer {
        Answer::Output(fields) => {
            out.extend_from_slice(b"\"output\":{");
            write_members(out, fields);
        }
        Answer::Reject { reason, detail } => {
            append(out, format_args!("\"reject\":{{\"reason\":\"{}\",\"detail_text\":", reason.as_str()));
            write_text(out, detail);
        }
        Answer::Unsupported { detail } => write_detail(out, "unsupported", detail),
        Answer::Failure { detail } => write_detail(out, "failure", detail),
    }
    out.extend_from_slice(b"}}\n");
}

/// Reads one line; `open` knows the operation of each open request.
#[must_use]
pub fn read_line(line: &[u8], open: impl Fn(RequestId) -> Option<&'static Operation>) -> Line {
    match serde_json::from_slice::<Object<WireAnswer>>(line) {
        Ok(Object(wire)) => {
            let asked = wire.id.map(RequestId).and_then(|id| Some((id, open(id)?)));
            match asked {
                Some((id, operation)) => match wire.into_answer(operation) {
                    Ok(answer) => Line::Answer { id, answer },
                    Err(what) => Line::Garbled { id, what },
                },
                None => Line::Noise,
            }
        }
        Err(problem) => match id_of(line) {
            Some(id) if open(id).is_some() => Line::Garbled { id, what: problem.to_string() },
            Some(_) | None => Line::Noise,
        },
    }
}

/// Reads an answer that stands alone, with or without an id.
///
/// # Errors
///
/// What was expected and what was found, with its position where it is no JSON.
pub fn read_answer(text: &[u8], operation: &'static Operation) -> Result<Answer, String> {
    let Object(wire) = serde_json::from_slice::<Object<WireAnswer>>(text).map_err(|fault| fault.to_string())?;
    wire.into_answer(operation)
}

/// The id that a line carries, if it is a JSON object with one.
pub(crate) fn id_of(line: &[u8]) -> Option<RequestId> {
    serde_json::from_slice::<Object<WireId>>(line).ok().map(|Object(wire)| RequestId(wire.id))
}

/// The id of an output line that names it as another kind of value, `"7"` or `7.0` for `7`, and what is wrong with it. Such
/// a line answers nothing and is noise.
pub(crate) fn mistyped_id(line: &[u8]) -> Option<(RequestId, String)> {
    let Object(wire) = serde_json::from_slice::<Object<WireMistyped>>(line).ok()?;
    let (number, found) = match &wire.id {
        Json::String(text) => (text.trim().parse().ok()?, "a string"),
        // Only a float is left here, and one below 2^53 is exact.
        Json::Number(number) => (number.as_f64()?.to_string().parse().ok()?, "not an integer"),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => return None,
    };
    let what = format!("`id` is {} ({found}): it must be the request's own number, {number}, without quotes", wire.id);
    Some((RequestId(number), what))
}

/// A struct that is read from a JSON object only; serde's structs would take an array too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

/// A JSON object whose member names are unique; serde's maps would let the last one win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UniqueMap<V>(pub(crate) BTreeMap<String, V>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for UniqueMap<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueMapVisitor(PhantomData))
    }
}

struct UniqueMapVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for UniqueMapVisitor<V> {
    type Value = UniqueMap<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = map.next_entry::<String, V>()? {
            if members.contains_key(&name) {
                return Err(A::Error::custom(format_args!("duplicate member `{name}`")));
            }
            members.insert(name, value);
        }
        Ok(UniqueMap(members))
    }
}

#[derive(Deserialize)]
struct WireId {
    id: u64,
}

#[derive(Deserialize)]
struct WireMistyped {
    id: Json,
    #[serde(rename = "output")]
    _output: Json,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireAnswer {
    #[serde(default)]
    id: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    output: Option<UniqueMap<Json>>,
    #[serde(default, deserialize_with = "present")]
    reject: Option<Object<WireReject>>,
    #[serde(default, deserialize_with = "present")]
    unsupported: Option<Object<WireDetail>>,
    #[serde(default, deserialize_with = "present")]
    failure: Option<Object<WireDetail>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireReject {
    reason: Reason,
    detail_text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireDetail {
    detail_text: String,
}

impl WireAnswer {
    fn into_answer(self, operation: &'static Operation) -> Result<Answer, String> {
        match (self.output, self.reject, self.unsupported, self.failure) {
            (Some(output), None, None, None) => {
                let json = Json::Object(output.0.into_iter().collect());
                Fields::read(operation.output, &json).map(Answer::Output).map_err(|fault| fault.to_string())
            }
            (None, Some(Object(WireReject { reason, detail_text })), None, None) => {
                Ok(Answer::Reject { reason, detail: detail_text })
            }
            (None, None, Some(Object(WireDetail { detail_text })), None) => {
                Ok(Answer::Unsupported { detail: detail_text })
            }
            (None, None, None, Some(Object(WireDetail { detail_text }))) => Ok(Answer::Failure { detail: detail_text }),
            (None, None, None, None) => Err("expected one of output, reject, unsupported, failure".to_owned()),
            _ => Err("more than one of output, reject, unsupported, failure".to_owned()),
        }
    }
}

/// Reads a member that is there; `null` is a wrong value and not an absent one.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

fn write_members(out: &mut Vec<u8>, fields: &Fields) {
    for (at, (name, value)) in fields.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        append(out, format_args!("\"{name}\":"));
        write_value(out, value);
    }
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Bytes(bytes) => write_hex(out, bytes),
        Value::Text(text) => write_text(out, text),
        Value::Integer(integer) => append(out, format_args!("{integer}")),
        Value::Flag(flag) => append(out, format_args!("{flag}")),
        Value::BytesList(list) => write_list(out, list, |out, bytes| write_hex(out, bytes)),
        Value::IntegerList(list) => write_list(out, list, |out, integer| append(out, format_args!("{integer}"))),
    }
}

fn write_list<T>(out: &mut Vec<u8>, list: &[T], write_item: impl Fn(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (at, item) in list.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_item(out, item);
    }
    out.push(b']');
}

fn write_detail(out: &mut Vec<u8>, member: &str, detail: &str) {
    append(out, format_args!("\"{member}\":{{\"detail_text\":"));
    write_text(out, detail);
}

fn write_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.reserve(2 * bytes.len() + 2);
    out.push(b'"');
    out.extend(bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]));
    out.push(b'"');
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(&mut *out, text).expect("a string is always JSON, and a vector takes every write");
}

fn append(out: &mut Vec<u8>, text: fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a vector takes every write");
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::operation::find;

    fn read(line: &str) -> Line {
        read_line(line.as_bytes(), |id| (id == RequestId(7)).then(|| find("sha512.digest").unwrap()))
    }

    /// The request must be what `Fields::read` reads back, or ports would be asked something else than the vector says.
    #[test]
    fn a_request_line_carries_the_input_and_nothing_else() {
        let operation = find("notesnook-item.seal").unwrap();
        let input = Fields::new()
            .with_bytes("key", [0xab; 3])
            .with_bytes("key_salt", [])
            .with_text("id_text", "a\"\\\n\u{1f600}")
            .with_bytes("plaintext", *b"hi");
        let mut line = Vec::new();
        write_request(&mut line, RequestId(9), operation.name, &input);
        assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1));
        let json: Json = serde_json::from_slice(&line).unwrap();
        assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "op", "input"]);
        assert_eq!(Fields::read(operation.input, &json["input"]).unwrap(), input);
    }

    /// An answer written by our own port side must be read as the same answer.
    #[test]
    fn every_answer_survives_its_line() {
        for answer in [
            Answer::Output(Fields::new().with_bytes("digest", [1, 2])),
            Answer::Reject { reason: Reason::TooCostly, detail: "a \"quoted\" reason\n".to_owned() },
            Answer::Unsupported { detail: String::new() },
            Answer::Failure { detail: "\u{1b}[31m".to_owned() },
        ] {
            let mut line = Vec::new();
            write_answer(&mut line, RequestId(7), &answer);
            assert_eq!(read(std::str::from_utf8(&line).unwrap()), Line::Answer { id: RequestId(7), answer });
        }
    }

    /// A stray print must not cost a port its verdict, and a second answer to a closed request must not be an answer.
    #[test]
    fn lines_without_an_open_id_are_noise() {
        for line in [
            "",
            "{\"output\":{\"digest\":\"00\"}}",
            "{\"id\":null,\"output\":{\"digest\":\"00\"}}",
            "hello",
            "[7]",
            "[7,{\"digest\":\"00\"}]",
            "null",
            "{\"id\":8,\"output\":{\"digest\":\"00\"}}",
            "{\"id\":\"7\",\"output\":{}}",
            "{\"id\":7,\"output\":{",
        ] {
            assert_eq!(read(line), Line::Noise, "{line}");
        }
    }

    /// An answer that does not fit must never be taken for a refusal or an output.
    #[test]
    fn answers_that_do_not_fit_are_garbled() {
        for (line, names) in [
            (r#"{"id":7}"#, "expected one of"),
            (r#"{"id":7,"output":{}}"#, "digest"),
            (r#"{"id":7,"output":null}"#, "null"),
            (r#"{"id":7,"output":{"digest":"0G"}}"#, "digest"),
            (r#"{"id":7,"output":{"digest":"AA"}}"#, "lower-case"),
            (r#"{"id":7,"output":{"digest":"00","key":"00"}}"#, "key"),
            (r#"{"id":7,"output":{"digest":"00","digest":"01"}}"#, "duplicate"),
            (r#"{"id":7,"output":{"digest":"00"},"output":{"digest":"00"}}"#, "duplicate"),
            (r#"{"id":7,"output":{"digest":"00"},"reject":{"reason":"malformed","detail_text":""}}"#, "more than one"),
            (r#"{"id":7,"output":{"digest":"00"},"extra":1}"#, "extra"),
            (r#"{"id":7,"output":["00"]}"#, "sequence"),
            (r#"{"id":7,"reject":["malformed",""]}"#, "sequence"),
            (r#"{"id":7,"reject":{"reason":"bad","detail_text":""}}"#, "bad"),
            (r#"{"id":7,"reject":{"reason":"malformed"}}"#, "detail_text"),
            (r#"{"id":7,"reject":{"reason":"malformed","detail_text":"","more":1}}"#, "more"),
        ] {
            match read(line) {
                Line::Garbled { id, what } => {
                    assert_eq!(id, RequestId(7));
                    assert!(what.contains(names), "{line}: {what}");
                }
                other @ (Line::Answer { .. } | Line::Noise) => panic!("{line}: {other:?}"),
            }
        }
    }

    /// A port that writes its ids as texts must be told so, and not be waited for until its time is over.
    #[test]
    fn an_id_of_another_kind_is_named() {
        for id in ["\"7\"", "7.0", "\" 7 \""] {
            let line = format!(r#"{{"id":{id},"output":{{"digest":"00"}}}}"#);
            let (number, what) = mistyped_id(line.as_bytes()).unwrap();
            assert_eq!((number, read(&line)), (RequestId(7), Line::Noise), "{id}");
            assert!(what.contains("`id` is ") && what.contains("number, 7, without quotes"), "{what}");
        }
        for id in ["7.5", "null", "\"seven\"", "[7]"] {
            assert_eq!(mistyped_id(format!(r#"{{"id":{id},"output":{{}}}}"#).as_bytes()), None, "{id}");
        }
        assert_eq!(mistyped_id(br#"{"id":"7","log":"a print"}"#), None);
    }

    /// Ports on Windows end their lines with both characters.
    #[test]
    fn a_carriage_return_is_no_garbage() {
        let line = "{\"id\":7,\"unsupported\":{\"detail_text\":\"\"}}\r";
        assert!(matches!(read(line), Line::Answer { .. }));
    }
}
