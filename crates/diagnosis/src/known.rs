//! Derivations that the vectors hold themselves, so that a diagnosis need not make them again.
//!
//! In: cases with their traces and outputs. Out: answers of `derive` operations. Two implementations confirmed each of
//! these values when the vectors were made. Layer: `diagnosis`; pure.

use super::drawn::{base64, drawn};
use super::{Derivations, Exhibit};
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
    let Case { input, expect, .. } = case;
    match (operation.name, expect) {
        ("pbkdf2-hmac-sha512.derive" | "argon2i.derive" | "argon2id.derive", Expect::Output(output)) => {
            Some((operation.name, input.clone(), output.optional_bytes("key")?.to_vec()))
        }
        ("notesnook.derive-key", Expect::Output(output)) => {
            Some(notesnook(input, input.optional_bytes("salt")?, output.optional_bytes("key")?.to_vec()))
        }
        ("notesnook.seal" | "notesnook.open", Expect::Output(output)) => {
            let salt = salt("notesnook.seal", input, output)?;
            Some(notesnook(input, &salt, traced(case, "key")?))
        }
        ("autonomail.seal" | "autonomail.open", Expect::Output(output)) => {
            let salt = salt("autonomail.seal", input, output)?;
            Some(autonomail(input, &salt, input.integer("iterations"), traced(case, "derived")?))
        }
        ("autonomail-2014.seal", Expect::Output(output)) => {
            let salt = salt("autonomail-2014.seal", input, output)?;
            Some(autonomail(input, &salt, input.integer("iterations"), traced(case, "derived")?))
        }
        ("notesnook.login-hash", Expect::Output(output)) => {
            let (salt, key) = (traced(case, "salt")?, base64(output.text("hash_text"))?);
            Some(("argon2id.derive", argon2(input, &salt, 65_536), key))
        }
        (_, _) => None,
    }
}

fn traced(case: &Case, name: &str) -> Option<Vec<u8>> {
    hex::decode(case.trace.get(name)?).ok()
}

/// The salt of a seal, which is the input of an opener or the output of a sealer.
fn salt(sealer: &str, input: &Fields, output: &Fields) -> Option<Vec<u8>> {
    let holds = |fields: &&Fields| ["envelope", "record"].iter().any(|name| fields.value(name).is_some());
    let held = [input, output].into_iter().find(holds)?;
    let drawn = drawn(operation::find(sealer)?, held);
    drawn.into_iter().find(|(name, _)| *name == "salt").map(|(_, salt)| salt)
}

fn notesnook(input: &Fields, salt: &[u8], key: Vec<u8>) -> Told {
    ("argon2i.derive", argon2(input, salt, 8_192), key)
}

fn argon2(input: &Fields, salt: &[u8], memory_kib: u64) -> Fields {
    Fields::new()
        .with_bytes("password", input.text("password_text").as_bytes())
        .with_bytes("salt", salt)
        .with_integer("passes", 3)
        .with_integer("memory_kib", memory_kib)
        .with_integer("lanes", 1)
        .with_integer("length", 32)
}

fn autonomail(input: &Fields, salt: &[u8], iterations: u64, derived: Vec<u8>) -> Told {
    let question = Fields::new()
        .with_bytes("password", input.text("password_text").as_bytes())
        .with_bytes("salt", salt)
        .with_integer("iterations", iterations)
        .with_integer("length", 64);
    ("pbkdf2-hmac-sha512.derive", question, derived)
}
