//! Every vector that binds the reference against it, each a test of its own, and the vectors themselves against their
//! format.
//!
//! The names are those of the cases, so `cargo test --test vectors aes-256-gcm/` asks one family. The list is made from
//! the folder as it stands, not from what an older binary holds.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use boon::{Compiler, Schemas};
use conformance::port::{Crosschecked, InProcess as _, Reference};
use libtest_mimic::{Arguments, Failed, Trial};
use primitives::Limits;
use serde_json::{Value as Json, json};
use vectors::index::Index;
use vectors::{
    Answer, Case, Expect, Fields, Operation, Requirements, VectorFile, lint, load, operation, source, write,
};

type Checked = Result<(), Failed>;
type Edit = fn(&mut Json);

fn main() -> ExitCode {
    let mut trials = of_the_format();
    match load::directory(&folder()) {
        Ok(files) => trials.extend(of_the_cases(files)),
        Err(error) => trials.push(Trial::test("format/loads", move || Err(error.into()))),
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors")
}

fn of_the_cases(files: Vec<VectorFile>) -> Vec<Trial> {
    let mut trials = Vec::new();
    let total = files.iter().map(|file| file.cases.len()).sum::<usize>();
    let (ours, of_other_readers) = files.into_iter().partition::<Vec<_>, _>(|file| is_claimed(&file.policy));
    for file in of_other_readers {
        trials.push(Trial::test(format!("{}/reference", file.path), move || the_reference_is_another_reader(&file)));
    }
    for file in ours.into_iter().map(Arc::new) {
        for at in 0..file.cases.len() {
            let name = file.case_id(&file.cases[at]);
            let file = Arc::clone(&file);
            trials.push(Trial::test(name, move || answers_as_expected(&file, &file.cases[at])));
        }
    }
    trials.push(Trial::test("format/every-indexed-case-is-a-test", move || every_indexed_case_is_a_test(total)));
    trials
}

/// Whether the reference means to answer as files of this policy expect.
fn is_claimed(policy: &str) -> bool {
    policy == "core" || Reference::default().hello().policies.iter().any(|claimed| claimed == policy)
}

/// A file of a real reader says what that reader does, which the reference does not claim to do. It must open the case
/// that all others were made from, or none of them would say anything about it; and where it agrees with every case, the
/// cases belong under `core` or `strict`.
fn the_reference_is_another_reader(file: &VectorFile) -> Checked {
    let (whole, others) = file.cases.split_first().ok_or("no case")?;
    answers_as_expected(file, whole)?;
    if others.iter().all(|case| answers_as_expected(file, case).is_ok()) {
        return Err(format!("the reference answers as `{}` expects, in every case", file.policy).into());
    }
    Ok(())
}

/// The reference's answer, every derivation of which the oracles make again; equal ones are made once.
fn answer(operation: &'static Operation, input: &Fields) -> Answer {
    static REFERENCE: LazyLock<Reference> = LazyLock::new(Reference::default);
    static CROSSCHECKED: LazyLock<Crosschecked<'static>> =
        LazyLock::new(|| Crosschecked::new(&*REFERENCE, Limits::default()));
    CROSSCHECKED.answer(operation, input)
}

/// The reference must hold to the vectors, or it could not judge a port by them, and the oracles to the reference.
fn answers_as_expected(file: &VectorFile, case: &Case) -> Checked {
    let answer = answer(file.operation, &case.input);
    match (&case.expect, answer) {
        (Expect::Output(wanted), Answer::Output(found)) if *wanted == found => Ok(()),
        (Expect::Reject(reasons), Answer::Reject { reason, .. }) if reasons.contains(&reason) => Ok(()),
        (Expect::Opens(wanted), Answer::Output(sealed)) => opens_to(file, case, &sealed, wanted),
        (expect, answer) => Err(format!("{}\nexpected {expect:?}\nfound {answer:?}", case.why).into()),
    }
}

fn opens_to(file: &VectorFile, case: &Case, sealed: &Fields, wanted: &Fields) -> Checked {
    let opener = file.operation.opened_by.and_then(operation::find).ok_or("nothing opens it")?;
    let input = Fields::pick(opener.input, &[&case.input, sealed]);
    let answer = answer(opener, &input);
    if answer == Answer::Output(wanted.clone()) {
        return Ok(());
    }
    Err(format!("{}\nthe seal must open to {wanted:?}\nfound {answer:?}", case.why).into())
}

/// Green tests over no vectors would look like conformance. (A file of another reader is one test for all its cases.)
fn every_indexed_case_is_a_test(total: usize) -> Checked {
    let text = std::fs::read_to_string(folder().join("index.json"))?;
    let index: Index = serde_json::from_str(&text)?;
    if total == 0 || total != index.cases_total {
        return Err(format!("{total} tests for {} cases", index.cases_total).into());
    }
    Ok(())
}

fn of_the_format() -> Vec<Trial> {
    vec![
        Trial::test("format/lint", no_rule_is_broken),
        Trial::test("format/canonical", loading_and_writing_gives_the_same_bytes),
        Trial::test("format/embedded", the_binary_holds_the_folder),
        Trial::test("format/schema", every_file_is_valid_under_its_schema),
        Trial::test("format/schema-is-closed", the_schema_refuses_what_the_loader_refuses),
    ]
}

fn no_rule_is_broken() -> Checked {
    match lint::folder(&source::directory(&folder())?, &source::companions(&folder())?).as_slice() {
        [] => Ok(()),
        findings => Err(findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n").into()),
    }
}

/// Two programs that write the same content in two spellings would change hashes without changing a vector.
fn loading_and_writing_gives_the_same_bytes() -> Checked {
    for source in source::directory(&folder())? {
        if write::canonical(&load::file(&source)?).as_bytes() != &*source.bytes {
            return Err(format!("{} is not canonical", source.path).into());
        }
    }
    Ok(())
}

/// A binary with yesterday's vectors would judge ports by other cases than its report names.
fn the_binary_holds_the_folder() -> Checked {
    if source::embedded()? != source::directory(&folder())? {
        return Err("the embedded vectors are not those of the folder".into());
    }
    Ok(())
}

/// The schema of this name, as it is committed.
fn with_schema(name: &str, check: impl Fn(&dyn Fn(&Json) -> Result<(), String>) -> Checked) -> Checked {
    let path = folder().join("schema").join(name);
    let mut schemas = Schemas::new();
    let schema =
        Compiler::new().compile(&path.display().to_string(), &mut schemas).map_err(|error| format!("{error:#}"))?;
    check(&|json| schemas.validate(json, schema).map_err(|error| format!("{error:#}")))
}

/// An editor or a reader in another language that goes by the schema must not refuse our own files.
fn every_file_is_valid_under_its_schema() -> Checked {
    with_schema("vector-file.json", |valid| {
        for source in source::directory(&folder())? {
            valid(&serde_json::from_slice(&source.bytes)?).map_err(|error| format!("{}: {error}", source.path))?;
        }
        Ok(())
    })?;
    for source in source::embedded_canary() {
        let canary: Json = serde_json::from_slice(&source.bytes)?;
        with_schema("vector-file.json", |valid| Ok(valid(&canary)?))?;
    }
    let files = load::directory(&folder())?;
    let set = Requirements::freeze("core-1", "0.1.0", &["core".to_owned()], &files).text();
    let read = |file: &str| std::fs::read_to_string(folder().join(file));
    for (schema, text) in [
        ("index.json", read("index.json")?),
        ("index.json", read("canary/index.json")?),
        ("errata.json", read("errata.json")?),
        ("requirements.json", set),
    ] {
        let mut json = serde_json::from_str(&text)?;
        with_schema(schema, |valid| Ok(valid(&json)?))?;
        json["note"] = "".into();
        with_schema(schema, |valid| valid(&json).err().map(|_| ()).ok_or(format!("{schema} is open").into()))?;
    }
    Ok(())
}

/// A schema that takes everything would pass the check above as well.
fn the_schema_refuses_what_the_loader_refuses() -> Checked {
    let sound = std::fs::read_to_string(folder().join("aes-256-gcm/sjcl-open-iv16-tag8.json"))?;
    let edits: [(&str, Edit); 9] = [
        ("another format", |file| file["format"] = 2.into()),
        ("an unknown operation", |file| file["operation"] = "aes-256-ccm.open".into()),
        ("an unknown member", |file| file["cases"][0]["note"] = "".into()),
        ("an input of another operation", |file| file["operation"] = "aes-256-gcm.seal".into()),
        ("a missing input", |file| file["cases"][0]["input"] = json!({ "key": "", "iv": "" })),
        ("upper-case hex", |file| file["cases"][0]["input"]["iv"] = "AA".into()),
        ("a large integer", |file| file["cases"][0]["input"]["tag_length"] = (1_u64 << 53).into()),
        ("two expectations", |file| file["cases"][0]["expect"]["reject"] = Json::Array(vec!["malformed".into()])),
        ("a positive case with a parent", |file| file["cases"][0]["derived_from"] = 1.into()),
    ];
    with_schema("vector-file.json", |valid| {
        valid(&serde_json::from_str(&sound)?)?;
        for (what, edit) in edits {
            let mut file: Json = serde_json::from_str(&sound)?;
            edit(&mut file);
            let bytes = serde_json::to_vec(&file)?;
            if valid(&file).is_ok() {
                return Err(format!("the schema takes {what}").into());
            }
            if load::file(&source::SourceFile { path: "aes-256-gcm/edited".to_owned(), bytes: bytes.into() }).is_ok() {
                return Err(format!("the loader takes {what}").into());
            }
        }
        Ok(())
    })
}
