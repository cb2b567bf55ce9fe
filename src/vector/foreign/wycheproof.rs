//! Wycheproof's JSON, v1: AES-GCM, XChaCha20-Poly1305, HMAC-SHA512 and PBKDF2-HMAC-SHA512.
//!
//! The project's own result decides: `valid` must give the output, `invalid` must be refused. `acceptable`, which no file of these
//! algorithms has, is no expectation and is left out. Layer: `vector`, pure.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use super::draft::{self, Draft, Reach};
use super::{ForeignError, Imported, of_json};
use crate::vector::{BugClass, Expect, Fields, Flag, Operation, Reason, operation};

const ORIGIN: &str = "wycheproof";

/// The flags that say that a length is wrong, so that a port may notice before it checks a tag.
const LENGTH_FLAGS: [&str; 2] = ["InvalidNonceSize", "ZeroLengthIv"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    algorithm: String,
    number_of_tests: Option<usize>,
    #[serde(default)]
    notes: BTreeMap<String, Note>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    bug_type: Option<String>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    effect: String,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    cves: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body<T> {
    #[serde(bound(deserialize = "T: Deserialize<'de>"))]
    test_groups: Vec<Group<T>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group<T> {
    /// Bits; PBKDF2 has none.
    tag_size: Option<u64>,
    #[serde(bound(deserialize = "T: Deserialize<'de>"))]
    tests: Vec<Test<T>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test<T> {
    tc_id: u32,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    flags: Vec<String>,
    result: Outcome,
    #[serde(flatten, bound(deserialize = "T: Deserialize<'de>"))]
    inputs: T,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Valid,
    Invalid,
    Acceptable,
}

#[derive(Deserialize)]
struct Aead {
    key: Hex,
    iv: Hex,
    aad: Hex,
    msg: Hex,
    ct: Hex,
    tag: Hex,
}

#[derive(Deserialize)]
struct Mac {
    key: Hex,
    msg: Hex,
    tag: Hex,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pbkdf {
    password: Hex,
    salt: Hex,
    iteration_count: u32,
    dk_len: u32,
    dk: Hex,
}

impl Aead {
    /// Under every name that an operation has for them.
    fn members(&self, tag_length: u64) -> Fields {
        Fields::new()
            .with_bytes("key", self.key.0.as_slice())
            .with_bytes("iv", self.iv.0.as_slice())
            .with_bytes("nonce", self.iv.0.as_slice())
            .with_bytes("aad", self.aad.0.as_slice())
            .with_bytes("plaintext", self.msg.0.as_slice())
            .with_bytes("ciphertext", [self.ct.0.as_slice(), self.tag.0.as_slice()].concat())
            .with_integer("tag_length", tag_length)
    }
}

struct Hex(Vec<u8>);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        hex::decode(&text).map(Self).map_err(|error| D::Error::custom(format!("expected hex: {error}")))
    }
}

/// Why a test has no case.
type Skipped = Option<&'static str>;

/// Reads a file.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Imported, ForeignError> {
    let head: Head = parse(name, bytes)?;
    let flags = head.notes.into_iter().map(|(name, note)| (name, note.into())).collect();
    let mut draft = Draft::new(ORIGIN, name, format!("Wycheproof: {}", head.algorithm), flags);
    match head.algorithm.as_str() {
        "AES-GCM" => aead(&mut draft, "aes-256-gcm", parse(name, bytes)?)?,
        "XCHACHA20-POLY1305" => aead(&mut draft, "xchacha20-poly1305", parse(name, bytes)?)?,
        "HMACSHA512" => each(&mut draft, parse(name, bytes)?, hmac_sha512)?,
        "PBKDF2-HMACSHA512" => each(&mut draft, parse(name, bytes)?, pbkdf2)?,
        _ => return Err(ForeignError::NoOperation { file: name.to_owned(), algorithm: head.algorithm }),
    }
    let imported = draft.finish()?;
    match head.number_of_tests {
        Some(said) if said != imported.left_out.tests => Err(ForeignError::Invalid {
            file: name.to_owned(),
            place: "numberOfTests".to_owned(),
            problem: format!("says {said}, found {}; the file is incomplete", imported.left_out.tests),
        }),
        Some(_) | None => Ok(imported),
    }
}

fn parse<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, ForeignError> {
    serde_json::from_slice(bytes).map_err(|error| of_json(name, &error))
}

/// A test of opening, and where it is valid the same to be sealed.
fn aead(draft: &mut Draft, family: &str, body: Body<Aead>) -> Result<(), ForeignError> {
    let (open, seal) = (find(family, "open"), find(family, "seal"));
    let takes_any_tag = open.input_member("tag_length").is_some();
    each(draft, body, |draft, tag_size, test| {
        match (test.inputs.key.0.len(), tag_size) {
            (32, Some(128)) => {}
            (32, Some(bits)) if takes_any_tag && bits % 8 == 0 => {}
            (32, _) => return Ok(Some("with a tag of another length")),
            (16, _) => return Ok(Some("with a key of 128 bits")),
            (24, _) => return Ok(Some("with a key of 192 bits")),
            (_, _) => return Ok(Some("with a key of another length")),
        }
        let members = test.inputs.members(tag_size.unwrap_or_default() / 8);
        let part = |table| Fields::pick(table, &[&members]);
        draft.add(Reach::Sendable, open, test.told(draft), part(open.input), expect(test, part(open.output)))?;
        match test.result {
            Outcome::Valid => {
                let sealed = Expect::Output(part(seal.output));
                draft.add(Reach::Sendable, seal, test.told(draft), part(seal.input), sealed)?;
            }
            Outcome::Invalid | Outcome::Acceptable => {}
        }
        Ok(None)
    })
}

/// The operation computes whole tags and checks none.
fn hmac_sha512(draft: &mut Draft, tag_size: Option<u64>, test: &Test<Mac>) -> Result<Skipped, ForeignError> {
    let Mac { key, msg, tag } = &test.inputs;
    if tag_size != Some(512) {
        return Ok(Some("with a cut tag"));
    }
    if let Outcome::Invalid = test.result {
        return Ok(Some("with a wrong tag, which the operation does not check"));
    }
    let input = Fields::new().with_bytes("key", key.0.as_slice()).with_bytes("message", msg.0.as_slice());
    let expect = Expect::Output(Fields::new().with_bytes("tag", tag.0.as_slice()));
    draft.add(Reach::Sendable, find("hmac-sha512", "tag"), test.told(draft), input, expect)?;
    Ok(None)
}

fn pbkdf2(draft: &mut Draft, _: Option<u64>, test: &Test<Pbkdf>) -> Result<Skipped, ForeignError> {
    let Pbkdf { password, salt, iteration_count, dk_len, dk } = &test.inputs;
    let input = Fields::new()
        .with_bytes("password", password.0.as_slice())
        .with_bytes("salt", salt.0.as_slice())
        .with_integer("iterations", u64::from(*iteration_count))
        .with_integer("length", u64::from(*dk_len));
    let expect = match test.result {
        Outcome::Valid | Outcome::Acceptable => Expect::Output(Fields::new().with_bytes("key", dk.0.as_slice())),
        Outcome::Invalid => Expect::Reject(vec![Reason::Malformed, Reason::Parameter]),
    };
    draft.add(Reach::Sendable, find("pbkdf2-hmac-sha512", "derive"), test.told(draft), input, expect)?;
    Ok(None)
}

/// Puts every test through `case`, and counts it.
fn each<T>(
    draft: &mut Draft,
    body: Body<T>,
    case: impl Fn(&mut Draft, Option<u64>, &Test<T>) -> Result<Skipped, ForeignError>,
) -> Result<(), ForeignError> {
    for group in body.test_groups {
        for test in &group.tests {
            draft.count()?;
            let skipped = match test.result {
                Outcome::Acceptable => Some("marked acceptable, which expects nothing"),
                Outcome::Valid | Outcome::Invalid => case(draft, group.tag_size, test)?,
            };
            if let Some(reason) = skipped {
                draft.leave_out(reason);
            }
        }
    }
    Ok(())
}

fn expect<T>(test: &Test<T>, output: Fields) -> Expect {
    match test.result {
        Outcome::Valid | Outcome::Acceptable => Expect::Output(output),
        Outcome::Invalid if test.flags.iter().any(|flag| LENGTH_FLAGS.contains(&flag.as_str())) => {
            Expect::Reject(vec![Reason::Authentication, Reason::Malformed, Reason::Parameter])
        }
        Outcome::Invalid => Expect::Reject(vec![Reason::Authentication]),
    }
}

impl<T> Test<T> {
    /// What the project says of the test: its comment, then what its flags mean.
    fn told(&self, draft: &Draft) -> draft::Test {
        let meanings = self.flags.iter().map(|flag| match draft.flag(flag) {
            Some(known) if !known.why.is_empty() => format!("{flag}: {}", known.why),
            Some(_) | None => flag.clone(),
        });
        let comment = Some(self.comment.clone()).filter(|comment| !comment.is_empty());
        let why = comment.into_iter().chain(meanings).collect::<Vec<_>>().join(". ");
        let flags = self.flags.iter().filter(|flag| draft.flag(flag).is_some()).cloned().collect();
        draft::Test { id: self.tc_id, name: format!("tc-{}", self.tc_id), why, flags }
    }
}

impl From<Note> for Flag {
    /// A class that the format does not name is one of functionality: no case is judged by it.
    fn from(note: Note) -> Self {
        let class = serde_json::from_value::<BugClass>(note.bug_type.into());
        Self {
            bug: class.unwrap_or(BugClass::Functionality),
            why: note.description,
            effect: note.effect,
            links: note.links,
            cves: note.cves,
        }
    }
}

fn find(family: &str, verb: &str) -> &'static Operation {
    operation::find(&format!("{family}.{verb}")).expect("the table has the operations that are named here")
}
