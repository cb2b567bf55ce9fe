//! Wycheproof's JSON, v1: AES-GCM, XChaCha20-Poly1305, HMAC-SHA512 and PBKDF2-HMAC-SHA512.
//!
//! The project's own result decides: `valid` must give the output, `invalid` must be refused. `acceptable`, which no file of these
//! algorithms has, is no expectation and is left out. Layer: `vector`, pure.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use super::draft::{self, Draft, Reach};
use super::{ForeignError, Imported, of_json};
use crate::{BugClass, Expect, Fields, Flag, Operation, Reason, operation};

const ORIGIN: &str = "wycheproof";

/// Notes that a file may have; the largest public file has 28.
const NOTES_MAX: usize = 1000;

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
    if head.notes.len() > NOTES_MAX {
        let problem = format!("has {} members, at most {NOTES_MAX} are read", head.notes.len());
        return Err(ForeignError::Invalid { file: name.to_owned(), place: "notes".to_owned(), problem });
    }
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
                Outcome::Acceptable => Some("marked acceptable, which leaves the result open"),
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

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "92ace3e348cd821092cd921aa3546374299ab46209691bc28b8752d17f123c20";

    /// A file of one group; each test is the members after its number and its result.
    fn file(algorithm: &str, tag_size: u64, tests: &[(&str, &str)]) -> String {
        let tests: Vec<_> = tests
            .iter()
            .zip(1..)
            .map(|((result, members), id)| {
                format!(r#"{{"tcId":{id},"comment":"c{id}","result":"{result}",{members}}}"#)
            })
            .collect();
        format!(
            r#"{{"algorithm":"{algorithm}","numberOfTests":{},"unknown":[1],
            "notes":{{"ZeroLengthIv":{{"bugType":"NEW","description":"No IV","cves":["CVE-1"]}}}},
            "testGroups":[{{"tagSize":{tag_size},"tests":[{}]}}]}}"#,
            tests.len(),
            tests.join(",\n")
        )
    }

    fn aead(key: &str, iv: &str, flag: &str) -> String {
        format!(r#""flags":["{flag}"],"key":"{key}","iv":"{iv}","aad":"0a","msg":"0b","ct":"0C","tag":"0d0e""#)
    }

    fn loaded(text: &str) -> Imported {
        read("x_test.json", text.as_bytes()).unwrap()
    }

    fn case<'i>(imported: &'i Imported, path: &str, id: u32) -> &'i crate::Case {
        imported.files.iter().find(|file| file.path == path).and_then(|file| file.case(id)).unwrap()
    }

    /// A test that is put to the wrong operation, or with its parts in the wrong order, would judge nobody.
    #[test]
    fn a_valid_test_is_opened_and_sealed_and_an_invalid_one_is_opened() {
        let (sound, forged, empty) =
            (aead(KEY, "0102", ""), aead(KEY, "0102", "ModifiedTag"), aead(KEY, "", "ZeroLengthIv"));
        let tests = [("valid", sound.as_str()), ("invalid", &forged), ("invalid", &empty)];
        let imported = loaded(&file("AES-GCM", 128, &tests));
        assert_eq!(imported.left_out.count(), 0);
        let open = case(&imported, "wycheproof/x_test.open", 1);
        let wanted = format!(r#"{{"key":"{KEY}","iv":"0102","aad":"0a","ciphertext":"0c0d0e","tag_length":16}}"#);
        assert_eq!(open.input.to_json().to_string(), wanted);
        assert_eq!(open.expect, Expect::Output(Fields::new().with_bytes("plaintext", [0x0b])));
        let seal = case(&imported, "wycheproof/x_test.seal", 1);
        assert_eq!(seal.expect, Expect::Output(Fields::new().with_bytes("ciphertext", [0x0c, 0x0d, 0x0e])));
        assert_eq!(imported.files.iter().map(|file| file.cases.len()).collect::<Vec<_>>(), [3, 1]);
        let refused = |id| case(&imported, "wycheproof/x_test.open", id).expect.clone();
        assert_eq!(refused(2), Expect::Reject(vec![Reason::Authentication]));
        assert_eq!(refused(3), Expect::Reject(vec![Reason::Authentication, Reason::Malformed, Reason::Parameter]));
        let empty = case(&imported, "wycheproof/x_test.open", 3);
        assert_eq!((empty.name.as_str(), empty.why.as_str()), ("tc-3", "c3. ZeroLengthIv: No IV"));
        assert_eq!(imported.files[0].flags["ZeroLengthIv"].cves, ["CVE-1"]);
    }

    /// A test that is dropped without a word looks like one that was passed.
    #[test]
    fn every_test_is_a_case_or_is_counted_with_its_reason() {
        let (short, long) = (aead(&KEY[..32], "01", ""), aead(KEY, "01", ""));
        let tests = [("valid", short.as_str()), ("valid", &long), ("acceptable", &long)];
        let left_out = loaded(&file("AES-GCM", 128, &tests)).left_out;
        let reasons = [("marked acceptable, which leaves the result open", 1), ("with a key of 128 bits", 1)];
        assert_eq!(
            (left_out.tests, left_out.reasons),
            (3, reasons.map(|(reason, count)| (reason.to_owned(), count)).into())
        );

        let mac = r#""key":"00","msg":"","tag":"01""#;
        let imported = loaded(&file("HMACSHA512", 512, &[("valid", mac), ("invalid", mac)]));
        assert_eq!((imported.files[0].cases.len(), imported.left_out.count()), (1, 1));
        assert_eq!(imported.files[0].path, "wycheproof/x_test");
        for (algorithm, tag_size, test) in [("HMACSHA512", 256, mac), ("XCHACHA20-POLY1305", 64, &long)] {
            let error = read("x.json", file(algorithm, tag_size, &[("valid", test)]).as_bytes()).unwrap_err();
            assert!(error.to_string().starts_with("no usable test: x.json: 1 of 1 tests"), "{error}");
        }
        let pbkdf = r#""password":"70","salt":"73","iterationCount":1,"dkLen":2,"dk":"0102""#;
        let imported = loaded(&file("PBKDF2-HMACSHA512", 0, &[("valid", pbkdf), ("invalid", pbkdf)]));
        assert_eq!(imported.files[0].cases.len(), 2);
    }

    /// Whoever gives a broken file finds out where it is broken.
    #[test]
    fn faults_are_named_with_their_place() {
        let sound = file("HMACSHA512", 512, &[("valid", r#""key":"00","msg":"","tag":"01""#)]);
        for (from, to, wanted) in [
            ("HMACSHA512", "AES-EAX", "x.json: this suite has no operation for AES-EAX"),
            (r#""key":"00""#, r#""key":"0""#, "expected hex: Odd number of digits"),
            (r#""msg":"","#, "", "missing field `msg`"),
            ("valid", "maybe", "unknown variant `maybe`"),
            (r#""tcId":1"#, r#""tcId":-1"#, "invalid value: integer `-1`, expected u32"),
            (
                r#""numberOfTests":1"#,
                r#""numberOfTests":2"#,
                "x.json, numberOfTests: says 2, found 1; the file is incomplete",
            ),
        ] {
            assert!(sound.contains(from), "{from}");
            let error = read("x.json", sound.replace(from, to).as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("x.json") && error.contains(wanted), "{to}: {error}");
            assert_eq!(error.starts_with("x.json, line 3, column "), !wanted.starts_with("x.json"), "{to}: {error}");
        }
        let twice = file("HMACSHA512", 512, &[("valid", r#""key":"","msg":"","tag":"""#); 2])
            .replace("\"tcId\":2", "\"tcId\":1");
        let error = read("x.json", twice.as_bytes()).unwrap_err().to_string();
        assert_eq!(error, "x.json, tc-1: another test has the same number");
    }
}
