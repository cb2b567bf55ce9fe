//! Fortuna: each family's answers to the same scripts, what must be refused, and the limit of a request.
//!
//! The outputs are the reference's; `scripts/witness-fortuna` asks `PyCrypto`'s own code for every one of them again, and
//! `scripts/gen-vectors` fails if a byte differs.

mod flags;
mod refused;
mod script;
mod scripts;

use crate::generate::{Accept, CaseId, FileBuilder, KeyStream, Recipe};
use crate::primitives::Limits;
use crate::primitives::fortuna::{self, Family, Fortuna, Step};
use crate::registry;
use crate::vector::{Answer, Fields, operation};
use script::Script;

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
