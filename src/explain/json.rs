//! A case, a judgement and a diagnosis for programs.

use serde_json::{Value as Json, json};

use super::proven;
use conformance::port::{Mismatch, Observed};
use diagnosis::{Diagnosis, Hypothesis, Match, Swept, hints};
use vectors::{Case, Expect, VectorFile};

/// A case by itself, with the mistakes that it catches.
pub(super) fn shown(file: &VectorFile, case: &Case, noticing: &Swept<Match>) -> Json {
    let mut object = asked(file, case);
    object["why_text"] = case.why.as_str().into();
    object["policy"] = file.policy.as_str().into();
    object["trace"] = json!(case.trace);
    object["catches"] = noticing.found.iter().map(|found| found.mistake.name).collect();
    object["mistakes_tried"] = noticing.tried.into();
    object["complete"] = noticing.complete.into();
    object
}

/// A right answer.
pub(super) fn passed(file: &VectorFile, case: &Case, observed: &Observed) -> Json {
    let mut object = asked(file, case);
    object["verdict"] = "pass".into();
    object["observed"] = observed.to_json();
    object
}

/// A wrong answer.
pub(super) fn failed(file: &VectorFile, case: &Case, mismatch: Mismatch, observed: &Observed) -> Json {
    let mut object = asked(file, case);
    object["verdict"] = "fail".into();
    object["mismatch"] = mismatch.as_str().into();
    object["observed"] = observed.to_json();
    object
}

/// Adds what is known of a wrong answer.
pub(super) fn diagnose(object: &mut Json, known: &Swept<Match>, beyond: Option<&Diagnosis>) {
    object["diagnosis"] = proven(known, beyond).iter().map(cause).collect();
    let alike = known.found.iter().filter(|found| !found.reproduces);
    object["cannot_tell_apart"] = alike.map(|found| found.mistake.name).collect();
    object["guesses_tried"] = known.tried.max(beyond.map_or(0, |diagnosis| diagnosis.tried)).into();
    object["complete"] = beyond.map_or(known.complete, |diagnosis| diagnosis.complete && known.complete).into();
}

fn cause(guess: &Hypothesis) -> Json {
    let fixes: Vec<_> = guess.mistakes.iter().filter_map(|mistake| hints::fix(mistake.name)).collect();
    let links: Vec<_> = guess.mistakes.iter().flat_map(|mistake| mistake.links).collect();
    json!({
        "mistakes": guess.mistakes.iter().map(|mistake| mistake.name).collect::<Vec<_>>(),
        "names": guess.names(),
        "sentence_text": guess.sentence(),
        "fixes_text": fixes,
        "links": links,
    })
}

/// The question and what is right.
fn asked(file: &VectorFile, case: &Case) -> Json {
    let expected = match &case.expect {
        Expect::Output(output) => json!({ "output": output.to_json() }),
        Expect::Opens(output) => json!({ "opens": output.to_json() }),
        Expect::Reject(reasons) => json!({ "reject": reasons }),
    };
    let is_given = file.path == super::given::PATH;
    json!({
        "schema": 1,
        "case": (!is_given).then(|| file.case_id(case)),
        "name": (!is_given).then_some(&case.name),
        "operation": file.operation.name,
        "input": case.input.to_json(),
        "expected": expected,
    })
}
