//! Seeds, in the form that each target reads, out of what the vectors ask; and the words of each format for dictionaries.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use conformance::port::protocol::{RequestId, write_answer, write_hello_request, write_request};
use conformance::port::{InProcess, Reference};
use data_encoding::BASE64;
use serde_json::{Value as Json, json};
use vectors::operation::OPERATIONS;
use vectors::{Answer, Expect, Reason, VectorFile, operation, source, write};

/// Longer seeds slow a fuzzer down and show it nothing new.
const SEED_BYTES_MAX: usize = 2_048;

/// One target's seeds.
pub type Seeds = (&'static str, BTreeSet<Vec<u8>>);

/// The seeds that are made of vectors; `others` are the files of other projects, `manifests` those of ports.
#[must_use]
pub fn seeds(vectors: &[VectorFile], others: &[Vec<u8>], manifests: &[Vec<u8>]) -> Vec<Seeds> {
    let records = members(vectors, "autonomail.open", "record");
    let records_2014 = members(vectors, "autonomail-2014.open", "record");
    let envelopes = members(vectors, "notesnook.open", "envelope");
    let items = members(vectors, "notesnook-item.open", "envelope");
    let stored: BTreeSet<Vec<u8>> = texts(vectors, "notesnook.server-verify", "stored_text");
    let inner: BTreeSet<Vec<u8>> =
        records.iter().chain(&records_2014).filter_map(|record| inner_text(record)).collect();
    let all = [&records, &records_2014, &inner, &envelopes, &items, &stored].into_iter().flatten().cloned();
    let all: BTreeSet<Vec<u8>> = all.collect();
    let found = vec![
        ("encodings", all.iter().flat_map(|envelope| member_texts(envelope)).collect()),
        ("inspect", all.clone()),
        ("readers", all),
        ("parse_autonomail", records),
        ("parse_autonomail_2014", records_2014),
        ("parse_sjcl", inner),
        ("parse_notesnook", envelopes),
        ("parse_notesnook_item", items),
        ("parse_server_hash", stored),
        ("opinions", vectors.iter().flat_map(asked).chain([draw()]).collect()),
        ("serve", vectors.iter().flat_map(requested).chain([hello_request(), draw()]).collect()),
        ("protocol", vectors.iter().flat_map(answered).chain([hello()]).collect()),
        ("vector_file", vectors.iter().map(cut).chain(companions()).collect()),
        ("foreign_file", others.iter().map(|file| cut_foreign(file)).collect()),
        ("manifest", manifests.iter().cloned().collect()),
    ];
    found.into_iter().map(|(target, seeds)| (target, short(seeds))).collect()
}

fn short(seeds: BTreeSet<Vec<u8>>) -> BTreeSet<Vec<u8>> {
    seeds.into_iter().filter(|seed| seed.len() <= SEED_BYTES_MAX).collect()
}

fn members(vectors: &[VectorFile], operation: &str, member: &str) -> BTreeSet<Vec<u8>> {
    let files = vectors.iter().filter(|file| file.operation.name == operation);
    files.flat_map(|file| &file.cases).map(|case| case.input.bytes(member).to_vec()).collect()
}

fn texts(vectors: &[VectorFile], operation: &str, member: &str) -> BTreeSet<Vec<u8>> {
    let files = vectors.iter().filter(|file| file.operation.name == operation);
    files.flat_map(|file| &file.cases).map(|case| case.input.text(member).as_bytes().to_vec()).collect()
}

/// The SJCL text inside a record.
fn inner_text(record: &[u8]) -> Option<Vec<u8>> {
    let json: Json = serde_json::from_slice(record).ok()?;
    BASE64.decode(json.get("secureData")?.as_str()?.as_bytes()).ok()
}

/// The texts of an object's members.
fn member_texts(envelope: &[u8]) -> Vec<Vec<u8>> {
    let json: Json = serde_json::from_slice(envelope).unwrap_or_default();
    let members = json.as_object().into_iter().flat_map(serde_json::Map::values);
    members.filter_map(Json::as_str).map(|text| text.as_bytes().to_vec()).collect()
}

fn asked(file: &VectorFile) -> impl Iterator<Item = Vec<u8>> {
    let line = |input: Json| json!({"op": file.operation.name, "input": input}).to_string().into_bytes();
    file.cases.iter().map(move |case| line(case.input.to_json()))
}

/// One file's first requests, as a runner writes them.
fn requested(file: &VectorFile) -> impl Iterator<Item = Vec<u8>> {
    file.cases.iter().take(4).map(|case| {
        let mut line = Vec::new();
        write_request(&mut line, RequestId(u64::from(case.id)), file.operation.name, &case.input);
        line
    })
}

/// What no vector asks, for its answer is another each time.
fn draw() -> Vec<u8> {
    br#"{"id":1,"op":"random.draw","input":{"length":0,"count":2}}"#.to_vec()
}

fn hello_request() -> Vec<u8> {
    let mut line = Vec::new();
    write_hello_request(&mut line);
    line
}

/// One file's first answers, under the id by which the target knows the operation.
fn answered(file: &VectorFile) -> impl Iterator<Item = Vec<u8>> {
    let place = OPERATIONS.iter().position(|operation| operation.name == file.operation.name).unwrap_or_default();
    file.cases.iter().take(4).filter_map(move |case| {
        let answer = match &case.expect {
            Expect::Output(output) => Answer::Output(output.clone()),
            Expect::Reject(reasons) => Answer::Reject { reason: *reasons.first()?, detail: case.why.clone() },
            Expect::Opens(_) => Answer::Unsupported { detail: case.why.clone() },
        };
        let mut line = Vec::new();
        write_answer(&mut line, RequestId(place as u64 + 1), &answer);
        Some(line)
    })
}

fn hello() -> Vec<u8> {
    json!({"id": 0, "output": Reference::default().hello()}).to_string().into_bytes()
}

/// A vector file with its first cases.
fn cut(file: &VectorFile) -> Vec<u8> {
    let cases = file.cases.iter().take(2).cloned().collect();
    write::canonical(&VectorFile { cases, ..file.clone() }).into_bytes()
}

/// The embedded errata, and a requirement set of few files.
fn companions() -> Vec<Vec<u8>> {
    let companions = source::embedded_companions();
    let set = companions.requirements.iter().filter_map(|set| {
        let mut json: Json = serde_json::from_slice(&set.bytes).ok()?;
        json.get_mut("files")?.as_array_mut()?.truncate(1);
        let cases = json.get_mut("files")?.get_mut(0)?.get_mut("cases")?.as_object_mut()?;
        let late: Vec<_> = cases.keys().skip(2).cloned().collect();
        for case in &late {
            cases.remove(case);
        }
        Some(json.to_string().into_bytes())
    });
    companions.errata.iter().map(|errata| errata.to_vec()).chain(set).collect()
}

/// A file of others: Wycheproof's with its first tests, a text with its first lines.
fn cut_foreign(file: &[u8]) -> Vec<u8> {
    let Ok(mut json) = serde_json::from_slice::<Json>(file) else {
        let lines: Vec<_> = file.split_inclusive(|byte| *byte == b'\n').take(24).collect();
        return lines.concat();
    };
    for group in json.get_mut("testGroups").and_then(Json::as_array_mut).into_iter().flatten() {
        if let Some(tests) = group.get_mut("tests").and_then(Json::as_array_mut) {
            tests.truncate(1);
        }
    }
    if let Some(groups) = json.get_mut("testGroups").and_then(Json::as_array_mut) {
        groups.truncate(2);
    }
    if let Some(notes) = json.get_mut("notes").and_then(Json::as_object_mut) {
        let late: Vec<_> = notes.keys().skip(1).cloned().collect();
        for note in &late {
            notes.remove(note);
        }
    }
    json.to_string().into_bytes()
}

const JSON: &[&str] = &[
    "{",
    "}",
    "\":",
    "\",\"",
    "null",
    "true",
    "-0",
    "1e0",
    ".0",
    "18446744073709551616",
    "\\u0061",
    "\\ud83d\\ude00",
    "\u{feff}",
    "\0",
];
const RECORD: &[&str] = &["\"salt\":\"", "\"secureData\":\"", "\"iterations\":", "10000", "4294967296", "=\"", "=="];
const SJCL: &[&str] = &[
    "\"iv\":\"",
    "\"v\":1",
    "\"iter\":1000",
    "\"ks\":256",
    "\"ts\":128",
    "\"mode\":\"gcm\"",
    "\"mode\":\"ccm\"",
    "\"adata\":\"\"",
    "\"cipher\":\"aes\"",
    "\"ct\":\"",
    "=\"",
    "==",
];
const NOTESNOOK: &[&str] = &[
    "\"format\":\"base64\"",
    "\"alg\":\"xcha-argon2i13-7\"",
    "\"cipher\":\"",
    "\"iv\":\"",
    "\"salt\":\"",
    "\"length\":",
    "\"chunkSize\":",
    "\"v\":6.1",
    "\"v\":5.0",
    "\"id\":\"",
    "\"keyVersion\":",
    "-",
    "_",
];
const STORED: &[&str] =
    &["$argon2id$v=19$m=64,t=3,p=1$", "$argon2i$", "$argon2d$", "$v=16", ",t=", ",p=", "m=4294967295", "$", "\0\0\0\0"];
const MANIFEST: &[&str] = &[
    "name = \"",
    "command = [\"",
    "setup = [",
    "mode = \"loop\"",
    "mode = \"one-shot\"",
    "policies = [",
    "[limits]\n",
    "memory_mib = ",
    "start_s = ",
    "deadline_factor = ",
    "[[known_issue]]\n",
    "case = \"",
    "mismatch = \"",
    "why = \"",
    "link = \"",
    "when = { ",
    "flaky = true",
    "expires = \"2027-06-30\"",
    "producer = ",
    "nan",
    "inf",
    "'''",
    "\"\"\"",
    "wrong-output",
    "wrongly-accepted",
    "wrongly-rejected",
];
const WIRE: &[&str] = &[
    "\"id\":",
    "\"op\":\"",
    "\"input\":{",
    "\"output\":{",
    "\"reject\":{\"reason\":\"",
    "\"detail_text\":\"",
    "\"unsupported\":{",
    "\"failure\":{",
    "hello",
    "\"protocol\":1",
    "9007199254740991",
    "9007199254740992",
];
const FILE: &[&str] = &[
    "\"format\":1",
    "\"operation\":\"",
    "\"title_text\":\"",
    "\"policy\":\"core\"",
    "\"cost\":\"fast\"",
    "\"hostile\"",
    "\"spec\":[",
    "\"source\":{",
    "\"recipe\":\"",
    "\"seed\":\"",
    "\"oracles\":{",
    "\"flags\":{",
    "\"bug\":\"",
    "\"cases\":[",
    "\"derived_from\":",
    "\"why\":\"",
    "\"expect\":{",
    "\"opens\":{",
    "\"trace\":{",
    "\"confirmed_by\":[",
    "\"retired_files\":[",
    "\"retired\":[",
    "\"replaced_by\":[",
    "\"cases_total\":",
    "\"suite\":\"",
];
const FOREIGN: &[&str] = &[
    "\"algorithm\":\"",
    "\"testGroups\":[",
    "\"tests\":[",
    "\"tcId\":",
    "\"result\":\"valid\"",
    "\"result\":\"invalid\"",
    "\"acceptable\"",
    "\"ivSize\":",
    "\"keySize\":",
    "\"tagSize\":",
    "\"notes\":{",
    "AES-GCM",
    "PBKDF2-HMACSHA512",
    "XCHACHA20-POLY1305",
    "HMACSHA512",
    "[Keylen = 256]\n",
    "Count = ",
    "Key = ",
    "IV = ",
    "PT = ",
    "CT = ",
    "Tag = ",
    "AAD = ",
    "FAIL\n",
    "Len = ",
    "Msg = ",
    "MD = ",
];

/// Dictionaries by file name: the words of the formats, and how JSON's values can be misspelled.
#[must_use]
pub fn dictionaries() -> Vec<(&'static str, String)> {
    let protocol: BTreeSet<String> = OPERATIONS.iter().flat_map(words).collect();
    let protocol: Vec<&str> = protocol.iter().map(String::as_str).collect();
    vec![
        ("record.dict", dictionary(&[JSON, RECORD, SJCL])),
        ("sjcl.dict", dictionary(&[JSON, SJCL])),
        ("notesnook.dict", dictionary(&[JSON, NOTESNOOK])),
        ("stored.dict", dictionary(&[STORED])),
        ("envelope.dict", dictionary(&[JSON, RECORD, SJCL, NOTESNOOK, STORED])),
        ("protocol.dict", dictionary(&[JSON, WIRE, &Reason::ALL.map(Reason::as_str), &protocol])),
        ("vector.dict", dictionary(&[JSON, FILE, &protocol])),
        ("foreign.dict", dictionary(&[JSON, FOREIGN])),
        ("manifest.dict", dictionary(&[MANIFEST])),
    ]
}

/// An operation's name and its members' names.
fn words(operation: &operation::Operation) -> Vec<String> {
    let members = operation.input.iter().chain(operation.output).map(|member| format!("\"{}\":", member.name));
    members.chain([operation.name.to_owned()]).collect()
}

/// libFuzzer's form: each word in quotes, everything but plain ASCII as `\xAB`.
fn dictionary(words: &[&[&str]]) -> String {
    words.iter().flat_map(|words| words.iter()).fold(String::new(), |mut text, word| {
        text.push('"');
        for byte in word.bytes() {
            match byte {
                b'"' | b'\\' | 0..0x20 | 0x7f.. => drop(write!(text, "\\x{byte:02X}")),
                plain => text.push(char::from(plain)),
            }
        }
        text.push_str("\"\n");
        text
    })
}
