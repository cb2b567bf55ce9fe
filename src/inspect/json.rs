//! An inspection for programs.

use serde_json::{Map, Value as Json, json};

use super::plaintext;
use super::text::severity;
use super::told::{Opening, Told};
use diagnosis::{Hypothesis, Lone};
use envelope::Finding;
use envelope::foreign::Found;

/// One object: `format` or `kind` (both null where the bytes have no name), `wrapped_in`, `parameters`, `findings`, `opening`.
pub(super) fn told(told: &Told) -> Json {
    let (format, kind, unknown) = match &told.found {
        Found::Format(format) => (Some(format.id()), None, None),
        Found::Foreign(kind, _) => (None, Some(*kind), None),
        Found::Unknown(words) => (None, None, Some(words)),
    };
    let seen = &told.seen;
    let parameters: Map<String, Json> = seen
        .iter()
        .flat_map(|seen| &seen.parameters)
        .map(|(name, value)| ((*name).to_owned(), Json::String(value.clone())))
        .collect();
    let findings = seen.iter().flat_map(|seen| &seen.findings).map(finding);
    json!({
        "schema": 1,
        "format": format,
        "kind": kind.map(|kind| kind.name),
        "what_text": kind.map(|kind| kind.what),
        "opened_by_text": kind.map(|kind| kind.opens),
        "unknown_text": unknown,
        "wrapped_in": told.layers.iter().map(finding).collect::<Vec<_>>(),
        "parameters": parameters,
        "findings": findings.collect::<Vec<_>>(),
        "opening": told.opening.as_ref().map(opening),
    })
}

fn finding(finding: &Finding) -> Json {
    json!({ "severity": severity(finding.severity), "text": finding.text })
}

fn opening(opening: &Opening) -> Json {
    match opening {
        Opening::Opens { plaintext: bytes, iterations } => json!({
            "opens": true,
            "plaintext_bytes": bytes.len(),
            "iterations": iterations,
            "odd_text": plaintext::oddity(bytes).map(|odd| format!("the plaintext {odd}")),
        }),
        Opening::Closed { reason, detail, lone } => closed(reason, detail, lone),
        Opening::Refused { reason, detail } => json!({ "opens": false, "reason": reason, "detail_text": detail }),
        Opening::Uncounted(search) => json!({
            "opens": false,
            "reason": "authentication",
            "detail_text": "no iteration count that was tried opens it with this password",
            "iterations_tried": search.tried,
            "iterations_step": search.step,
        }),
        Opening::Nothing(why) => json!({ "opens": false, "detail_text": why }),
    }
}

fn closed(reason: &str, detail: &str, lone: &Lone) -> Json {
    let under = |opening: &diagnosis::Opening| {
        let mut under = guess(&opening.hypothesis);
        under["plaintext_bytes"] = opening.plaintext_bytes.into();
        under
    };
    json!({
        "opens": false,
        "reason": reason,
        "detail_text": detail,
        "opens_with": lone.openings.iter().map(under).collect::<Vec<_>>(),
        "written_by": lone.writers.iter().map(guess).collect::<Vec<_>>(),
        "guesses_tried": lone.tried,
        "complete": lone.complete,
    })
}

fn guess(guess: &Hypothesis) -> Json {
    let mistakes: Vec<_> = guess.mistakes.iter().map(|mistake| mistake.name).collect();
    json!({ "mistakes": mistakes, "names": guess.names(), "sentence_text": guess.sentence() })
}
