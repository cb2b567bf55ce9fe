//! The JSON layout of a vector file: its members, in the order in which they are written.
//!
//! Reading, writing and the JSON Schema share these two structs, so that none of them can know a member of which the
//! others know nothing. What stands inside `cases`, `input` and `expect` is a parameter: slices of the text while a
//! file is read, finished JSON while it is written.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::operation::{self, Operation};
use super::{Cost, Flag, Source};

/// The version of the vector format that this suite reads and writes.
pub(super) const FORMAT: u32 = 1;

/// A vector file.
#[derive(Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "VectorFile")]
pub(super) struct FileForm<C> {
    /// The version of the format.
    #[serde(deserialize_with = "known_format")]
    pub(super) format: u32,
    /// The operation that every case asks for.
    #[serde(serialize_with = "operation_name", deserialize_with = "known_operation")]
    #[schemars(with = "String")]
    pub(super) operation: &'static Operation,
    /// One line for people.
    pub(super) title_text: String,
    /// The policy under which the expectations hold; `core` binds every port.
    pub(super) policy: String,
    /// What a case of this file costs.
    pub(super) cost: Cost,
    /// The documents that the expectations follow.
    pub(super) spec: Vec<String>,
    /// Where the bytes come from.
    pub(super) source: Source,
    /// The flags that the cases use.
    #[serde(deserialize_with = "unique_names")]
    #[schemars(with = "BTreeMap<String, Flag>")]
    pub(super) flags: BTreeMap<String, Flag>,
    /// The cases, by ascending id.
    pub(super) cases: Vec<C>,
}

/// One case of a vector file.
#[derive(Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Case")]
pub(super) struct CaseForm<J> {
    /// Unique in its file and never used again.
    pub(super) id: u32,
    /// Unique in its file: what is special about the case, in kebab case.
    pub(super) name: String,
    /// One sentence for a porter.
    pub(super) why: String,
    /// Names of the file's flags.
    pub(super) flags: Vec<String>,
    /// The case that a negative case was made from; positive cases have no such member.
    #[serde(default, deserialize_with = "never_null", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub(super) derived_from: Option<u32>,
    /// The request's input.
    pub(super) input: J,
    /// What must come back: exactly one of `output`, `reject` and `opens`.
    pub(super) expect: J,
    /// Intermediate values by name, in hex (text values where the name ends in `_text`).
    #[serde(deserialize_with = "unique_names")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub(super) trace: BTreeMap<String, String>,
    /// The implementations that gave this answer.
    pub(super) confirmed_by: Vec<String>,
}

/// Reads an object as a map, refusing a name that is there twice (serde keeps the last without a word).
pub(super) fn unique_names<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    let members = Members::<V>::deserialize(deserializer)?;
    Ok(members.0.into_iter().collect())
}

/// The members of an object in the order of the text, no name twice.
pub(super) struct Members<V>(pub(super) Vec<(String, V)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Members<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

struct MembersVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for MembersVisitor<V> {
    type Value = Members<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names = std::collections::HashSet::new();
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("duplicate member `{name}`")));
            }
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }
}

fn known_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        FORMAT => Ok(FORMAT),
        other => Err(D::Error::custom(format_args!("format {other} is unknown, expected {FORMAT}"))),
    }
}

fn known_operation<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Operation, D::Error> {
    let name = String::deserialize(deserializer)?;
    operation::find(&name).ok_or_else(|| {
        let names: Vec<_> = operation::OPERATIONS.iter().map(|operation| operation.name).collect();
        D::Error::custom(format_args!("unknown operation `{name}`, expected one of {}", names.join(", ")))
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde calls")]
fn operation_name<S: Serializer>(operation: &&'static Operation, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(operation.name)
}

/// A member that may be missing, but not be null.
fn never_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    u32::deserialize(deserializer).map(Some)
}
