//! Fortuna: each family's answers to the same scripts, what must be refused, and the limit of a request.
//!
//! The outputs are the reference's; `scripts/witness-fortuna` asks `PyCrypto`'s own code for every one of them again, and
//! `scripts/gen-vectors` fails if a byte differs.

mod flags;
mod refused;
mod script;
mod scripts;

use crate::builder::{Accept, CaseId, FileBuilder, KeyStream, Recipe};
use conformance::registry;
use primitives::Limits;
use primitives::fortuna::{self, Family, Fortuna, Step};
use script::Script;
use vectors::{Answer, Fields, operation};

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "fortuna/double", write: double },
        Recipe { name: "fortuna/double-zero", write: double_zero },
        Recipe { name: "fortuna/single", write: single },
        Recipe { name: "fortuna/refused", write: refused::refused },
        Recipe { name: "fortuna/request-limit", write: refused::request_limit },
    ]
}

fn double(stream: &mut KeyStream) -> FileBuilder {
    family("double", "Fortuna with SHA-256 twice", "2.6.1", stream)
}

fn double_zero(stream: &mut KeyStream) -> FileBuilder {
    family("double-zero", "Fortuna with SHA-256 twice, after a block of zeros", REPLACED, stream)
}

fn single(stream: &mut KeyStream) -> FileBuilder {
    family("single", "Fortuna with SHA-256 once", REPLACED, stream)
}

/// `PyCrypto` knows one family; for the others its hash is exchanged, and all else is its own.
const REPLACED: &str = "2.6.1, its hash replaced";

fn family(name: &'static str, title: &str, pycrypto: &str, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(title, pycrypto);
    for (case, why, flags, script) in scripts::all(stream) {
        accept(&mut file, name, (&case, &why, flags), &script);
    }
    file
}

fn file(title: &str, pycrypto: &str) -> FileBuilder {
    let file = FileBuilder::new("fortuna.generate", title)
        .spec(&["Ferguson, Schneier, Kohno: Cryptography Engineering, chapter 9", "docs/fortuna.md"])
        .oracle("pycrypto", pycrypto);
    flags::all().into_iter().fold(file, |file, (name, flag)| file.flag(name, flag))
}

fn accept(file: &mut FileBuilder, family: &str, (name, why, flags): (&str, &str, &[&str]), script: &Script) -> CaseId {
    let input = script.input(family);
    let trace = trace(family, &input);
    let output = output(&input);
    file.accept(Accept { name, why, flags, input, output, trace: &trace, confirmed_by: &["reference", "pycrypto"] })
}

fn output(input: &Fields) -> Fields {
    let operation = operation::find("fortuna.generate").expect("the table has it");
    match registry::reference(operation, input, &Limits::default()) {
        Answer::Output(output) => output,
        refusal @ (Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. }) => {
            panic!("{input:?}: {refusal:?}")
        }
    }
}

/// The first reseed, and what the last request leaves behind.
fn trace(family: &str, input: &Fields) -> Vec<(&'static str, String)> {
    let family = Family::read(family).expect("a recipe names a family");
    let (events, requests) = (input.bytes_list("events"), input.integer_list("requests"));
    let script = fortuna::script(events, requests, &Limits::default()).expect("a recipe's script is sound");
    let mut fortuna = Fortuna::new(family);
    let mut trace = Vec::new();
    for step in script {
        match step {
            Step::Event(event) => fortuna.add(event),
            Step::Request(length) => {
                fortuna.reseed_if_due();
                if trace.is_empty() {
                    trace.push(("first_key", hex::encode(fortuna.generator().key())));
                }
                fortuna.request(length).expect("a recipe's script is seeded");
            }
        }
    }
    trace.push(("last_key", hex::encode(fortuna.generator().key())));
    trace.push(("last_counter", hex::encode(fortuna.generator().counter_block())));
    trace
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::{Expect, Value};

    /// Published for these scripts by the self-test of `PyCrypto` 2.6.1 (public domain) and the tests of rust-crypto
    /// (src/fortuna.rs, MIT or Apache-2.0): the answers of two other people than the reference's author.
    #[test]
    fn the_published_scripts_have_the_published_answers() {
        let file = double(&mut KeyStream::new("fortuna/double")).build("fortuna/double").unwrap();
        let published = [
            ("pycrypto-self-test", "b7b86bd9a27d96d7bb4add1b6b10d1572350b1c61253db2f8da233be726dc15f"),
            (
                "rust-crypto-test",
                "152a67b4d32eb1e7acd26dc62228f5c74c7269b9ba70b7d51348ba1ab6d3fe58438ef666505d90987bbfa81a15c245d6f950\
                 b6a5cb45868c0bd032afb4d26e77034b0108058ee2a8b3f6522adfefc9171c1ec3c3099a1facd1e8ee6f4bfbc42bd9f15ded",
            ),
        ];
        for (case, (name, output)) in file.cases.iter().zip(published) {
            let wanted = Value::BytesList(vec![hex::decode(output).unwrap()]);
            assert_eq!(case.name, name);
            assert_eq!(case.expect, Expect::Output(Fields::new().with("outputs", wanted)));
        }
    }
}
