//! Derivations that the vectors hold themselves, so that a diagnosis need not make them again.
//!
//! In: cases with their traces and outputs. Out: answers of `derive` operations. Two implementations confirmed each of
//! these values when the vectors were made. Layer: `diagnosis`; pure.

use super::drawn::{decoded, part};
use super::{Derivations, Exhibit};
use conformance::registry;
use envelope::facts::{self, Cost, Derivation, Salt, Shows};
use vectors::{Case, Expect, Fields, Operation, operation};

/// Takes in what the cases tell.
pub(super) fn learn(derivations: &Derivations, exhibits: &[Exhibit<'_>]) {
    for exhibit in exhibits {
        if let Some((name, input, key)) = told(exhibit.operation(), exhibit.case)
            && let Some(derive) = operation::find(name)
        {
            derivations.learn(derive, &input, Fields::new().with_bytes("key", key));
        }
    }
}

/// A derivation: operation, input, key.
type Told = (&'static str, Fields, Vec<u8>);

fn told(operation: &'static Operation, case: &Case) -> Option<Told> {
    let (input, Expect::Output(output)) = (&case.input, &case.expect) else { return None };
    if operation.verb() == "derive" {
        return Some((operation.name, input.clone(), output.optional_bytes("key")?.to_vec()));
    }
    let derivation = facts::operation(operation.name)?.derivation?;
    let salt = match derivation.salt {
        Salt::Request(member) => input.optional_bytes(member)?.to_vec(),
        // An opener is given the envelope, and a sealer gives it.
        Salt::Envelope => [input, output].into_iter().find_map(|fields| part(operation, fields, "salt"))?,
        Salt::Computed => traced(case, "salt")?,
    };
    let key = match derivation.shows {
        Shows::Bytes(member) => output.optional_bytes(member)?.to_vec(),
        Shows::Text(member, encoding) => decoded(encoding, output.text(member))?,
        Shows::Inside => traced(case, "derived").or_else(|| traced(case, "key"))?,
    };
    let question = question(&derivation, registry::derivation(operation, input)?.units, input, &salt);
    (key.len() as u64 == derivation.length).then_some((derivation.primitive, question, key))
}

fn traced(case: &Case, name: &str) -> Option<Vec<u8>> {
    hex::decode(case.trace.get(name)?).ok()
}

/// The input of the primitive that derives; `units` are the iterations, where it counts those.
fn question(derivation: &Derivation, units: u64, input: &Fields, salt: &[u8]) -> Fields {
    let question =
        Fields::new().with_bytes("password", input.text(derivation.secret).as_bytes()).with_bytes("salt", salt);
    let question = match derivation.cost {
        Cost::Requested(_) | Cost::Named => question.with_integer("iterations", units),
        Cost::Fixed(cost) => question
            .with_integer("passes", cost.passes)
            .with_integer("memory_kib", cost.memory_kib)
            .with_integer("lanes", 1),
    };
    question.with_integer("length", derivation.length)
}
