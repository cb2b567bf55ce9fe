//! A request line to the reference and to every oracle: libsodium, OpenSSL, the second reader, the standards' bounds.

use conformance::registry;
use oracle::ORACLES;
use serde_json::Value as Json;
use vectors::{Answer, Fields, Operation, operation};

use crate::limits;

/// An oracle that gives an output gives the reference's, and what an oracle refuses the reference refuses too.
pub fn opinions(bytes: &[u8]) {
    let Some((operation, input)) = request(bytes) else { return };
    let ours = registry::reference(operation, &input, &limits());
    for oracle in ORACLES {
        let Some(theirs) = oracle.answer(operation, &input, &limits()) else { continue };
        match (&ours, &theirs) {
            (Answer::Output(ours), Answer::Output(theirs)) if ours == theirs => {}
            (Answer::Reject { .. }, Answer::Reject { .. }) => {}
            (Answer::Output(ours), Answer::Output(theirs)) => {
                mismatch!(an_oracle_computes_otherwise, "{} {}: {ours:?} and {theirs:?}", oracle.name, operation.name)
            }
            (Answer::Output(ours), theirs) => {
                mismatch!(an_oracle_refuses_alone, "{} {}: {ours:?} and {theirs:?}", oracle.name, operation.name)
            }
            // Dearer than an input may be here is no refusal of the format.
            (Answer::Reject { reason, .. }, Answer::Output(_)) if reason.as_str() == "too-costly" => {}
            (ours, theirs) => {
                mismatch!(the_reference_refuses_alone, "{} {}: {ours:?} and {theirs:?}", oracle.name, operation.name)
            }
        }
    }
}

/// `{"op":…,"input":{…}}` as an operation and its input.
pub(crate) fn request(bytes: &[u8]) -> Option<(&'static Operation, Fields)> {
    let json: Json = serde_json::from_slice(bytes).ok()?;
    let operation = operation::find(json.get("op")?.as_str()?)?;
    Some((operation, Fields::read(operation.input, json.get("input")?).ok()?))
}
