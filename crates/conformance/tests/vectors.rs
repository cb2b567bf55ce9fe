//! Every vector that binds the reference against it, each a test of its own, and the vectors themselves against their
//! format.
//!
//! The names are those of the cases, so `cargo test --test vectors aes-256-gcm/` asks one family. The list is made from
//! the folder as it stands, not from what an older binary holds.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use conformance::port::{Crosschecked, InProcess as _, Reference};
use libtest_mimic::{Arguments, Failed, Trial};
use primitives::Limits;
use vectors::index::Index;
use vectors::{Answer, Case, Expect, Fields, Operation, VectorFile, lint, load, operation, source, write};

type Checked = Result<(), Failed>;

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
