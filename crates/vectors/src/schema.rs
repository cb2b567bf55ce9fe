//! JSON Schemas (draft 2020-12) of what travels as JSON, for editors and for readers in other languages.
//!
//! In: the Rust types of the vector format and the table of operations. Out: the texts of `vectors/schema/*.json`, closed
//! down to the members of every operation.

use serde_json::{Map, Value as Json, json};

use super::fields::INTEGER_MAX;
use super::form::{CaseForm, FORMAT, FileForm};
use super::index::Index;
use super::operation::{self, Kind, Member, OPERATIONS, Operation};
use super::{Errata, Reason, Requirements, write};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Every schema: its name and its text.
#[must_use]
pub fn all() -> Vec<(&'static str, String)> {
    [
        ("vector-file", vector_file()),
        ("index", schemars::schema_for!(Index).to_value()),
        ("errata", schemars::schema_for!(Errata).to_value()),
        ("requirements", requirements()),
        ("port-request", port_request()),
        ("port-answer", port_answer()),
    ]
    .map(|(name, schema)| (name, write::pretty(&schema)))
    .into()
}

/// A vector file: the members of the Rust types, and for each operation those of its input and output.
fn vector_file() -> Json {
    let mut schema = schemars::schema_for!(FileForm<CaseForm<Json>>).to_value();
    schema["properties"]["format"] = json!({ "description": "The version of the format.", "const": FORMAT });
    schema["properties"]["operation"] = json!({
        "description": "The operation that every case asks for.",
        "enum": OPERATIONS.iter().map(|operation| operation.name).collect::<Vec<_>>(),
    });
    let case = &mut schema["$defs"]["Case"];
    case["properties"]["id"]["minimum"] = json!(1);
    case["properties"]["expect"] = expect();
    case["if"] = json!({ "properties": { "expect": { "required": ["reject"] } } });
    case["then"] = json!({ "required": ["derived_from"] });
    case["else"] = json!({ "properties": { "derived_from": false } });
    schema["$defs"].as_object_mut().into_iter().for_each(|definitions| definitions.extend(definitions_of_members()));
    schema["allOf"] = OPERATIONS.iter().map(cases_of).collect();
    schema
}

/// A requirement set: the members of the Rust types, ids as names and hashes as values.
fn requirements() -> Json {
    let mut schema = schemars::schema_for!(Requirements).to_value();
    let cases = &mut schema["$defs"]["RequiredFile"]["properties"]["cases"];
    cases["propertyNames"] = json!({ "pattern": "^[1-9][0-9]*$" });
    cases["additionalProperties"] = json!({ "type": "string", "pattern": "^[0-9a-f]{16}$" });
    schema
}

/// What must come back, before the operation is known.
fn expect() -> Json {
    json!({
        "description": "What must come back: exactly one of `output`, `reject` and `opens`.",
        "type": "object",
        "properties": {
            "output": { "description": "This output, byte for byte." },
            "reject": {
                "description": "A refusal for one of these reasons.",
                "type": "array", "items": reason(), "minItems": 1, "uniqueItems": true
            },
            "opens": { "description": "A sealed thing that the reference opens to these fields." }
        },
        "additionalProperties": false,
        "minProperties": 1,
        "maxProperties": 1
    })
}

/// If a file is of this operation, then its cases are of these members.
fn cases_of(operation: &Operation) -> Json {
    let opens =
        operation.opened_by.and_then(operation::find).map_or(json!(false), |opener| reference(opener, "output"));
    json!({
        "if": { "properties": { "operation": { "const": operation.name } } },
        "then": { "properties": { "cases": { "items": { "properties": {
            "input": reference(operation, "input"),
            "expect": { "properties": { "output": reference(operation, "output"), "opens": opens } }
        } } } } }
    })
}

/// A request of the port protocol, other than the handshake.
fn port_request() -> Json {
    let request = |operation: &Operation| json!({ "properties": { "op": { "const": operation.name }, "input": reference(operation, "input") } });
    json!({
        "$schema": DIALECT,
        "title": "PortRequest",
        "description": "A line that the runner sends to a port, other than the handshake.",
        "type": "object",
        "properties": { "id": integer(), "op": {}, "input": {} },
        "required": ["id", "op", "input"],
        "additionalProperties": false,
        "oneOf": OPERATIONS.iter().map(request).collect::<Vec<_>>(),
        "$defs": definitions_of_members()
    })
}

/// An answer of the port protocol, other than to the handshake.
fn port_answer() -> Json {
    let detail = json!({ "type": "string" });
    let words = json!({
        "type": "object",
        "properties": { "detail_text": detail },
        "required": ["detail_text"],
        "additionalProperties": false
    });
    let outputs: Vec<_> = OPERATIONS.iter().map(|operation| reference(operation, "output")).collect();
    json!({
        "$schema": DIALECT,
        "title": "PortAnswer",
        "description": "A line that a port sends to the runner, other than its answer to the handshake.",
        "type": "object",
        "properties": {
            "id": integer(),
            "output": { "description": "The result: the output of the operation that was asked for.", "anyOf": outputs },
            "reject": {
                "description": "The input is refused, as it would be in production.",
                "type": "object",
                "properties": { "reason": reason(), "detail_text": detail },
                "required": ["reason", "detail_text"],
                "additionalProperties": false
            },
            "unsupported": { "description": "The port cannot do this operation or parameter at all.", "$ref": "#/$defs/words" },
            "failure": { "description": "The adapter itself broke.", "$ref": "#/$defs/words" }
        },
        "required": ["id"],
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": false,
        "$defs": definitions_of_members().into_iter().chain([("words".to_owned(), words)]).collect::<Map<_, _>>()
    })
}

fn reference(operation: &Operation, side: &str) -> Json {
    json!({ "$ref": format!("#/$defs/{}.{side}", operation.name) })
}

/// `<operation>.input` and `<operation>.output` for every operation.
fn definitions_of_members() -> Map<String, Json> {
    let sides = |operation: &Operation| {
        [("input", operation.input), ("output", operation.output)]
            .map(|(side, members)| (format!("{}.{side}", operation.name), object(members)))
    };
    OPERATIONS.iter().flat_map(sides).collect()
}

fn object(members: &[Member]) -> Json {
    let required: Vec<_> = members.iter().filter(|member| !member.optional).map(|member| member.name).collect();
    let properties: Map<_, _> = members.iter().map(|member| (member.name.to_owned(), kind(member.kind))).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn kind(kind: Kind) -> Json {
    let hex = json!({ "type": "string", "pattern": "^([0-9a-f]{2})*$" });
    match kind {
        Kind::Hex => hex,
        Kind::Text => json!({ "type": "string" }),
        Kind::Integer => integer(),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::HexList => json!({ "type": "array", "items": hex }),
        Kind::IntegerList => json!({ "type": "array", "items": integer() }),
    }
}

fn integer() -> Json {
    json!({ "type": "integer", "minimum": 0, "maximum": INTEGER_MAX })
}

fn reason() -> Json {
    json!({ "enum": Reason::ALL.map(Reason::as_str) })
}
