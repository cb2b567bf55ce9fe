//! The envelopes as operations: members in, members out; salts and nonces that are not given are drawn here.

use super::primitives::{draw, sized};
use super::{Compute, Refusal};
use ::primitives::{Limits, ParamError};
use envelope::facts::{self, Facts, Functions, Given, Opened, Part, Role};
use envelope::notesnook;
use envelope::notesnook::{Cost, account};
use vectors::{Fields, Operation, Value};

type Computed = Result<Fields, Refusal>;

/// What the reference computes beside what formats seal and open.
pub(super) static COMPUTED: &[(&str, Compute)] = &[
    ("notesnook.login-hash", notesnook_login_hash),
    ("notesnook.server-hash", notesnook_server_hash),
    ("notesnook.server-verify", notesnook_server_verify),
    ("notesnook.derive-key", notesnook_derive_key),
];

/// Seals or opens by the format's own functions; `None` for an operation that does neither.
pub(super) fn compute(operation: &Operation, input: &Fields, limits: &Limits) -> Option<Computed> {
    let facts = facts::of(operation.name)?;
    let functions = facts.functions?;
    let is_seal = facts.seal.name == operation.name;
    Some(if is_seal { seal(facts, functions, input, limits) } else { open(facts, functions, input, limits) })
}

fn seal(facts: &Facts, functions: Functions, input: &Fields, limits: &Limits) -> Computed {
    let given = given(&facts.seal, input, limits)?;
    let value = |part: &Part| match input.optional_bytes(part.member) {
        None if part.is_drawn => draw(part.length),
        None | Some(_) => input.bytes(part.member).to_vec(),
    };
    let parts: Vec<_> = facts.parts.iter().map(|part| (part.role, value(part))).collect();
    let part = |role| parts.iter().find(|(known, _)| *known == role).map_or(&[][..], |(_, bytes)| bytes);
    let text = input.bytes("plaintext");
    let sealed = (functions.seal)(&Given { salt: part(Role::Salt), nonce: part(Role::Nonce), text, ..given })?;
    Ok(Fields::new().with_bytes(facts.envelope, sealed))
}

fn open(facts: &Facts, functions: Functions, input: &Fields, limits: &Limits) -> Computed {
    let given = Given { text: input.bytes(facts.envelope), ..given(&facts.open, input, limits)? };
    let Opened { plaintext, id } = (functions.open)(&given)?;
    let output = id.map_or_else(Fields::new, |id| Fields::new().with_text("id_text", id));
    Ok(output.with_bytes("plaintext", plaintext.as_slice()))
}

/// What a request gives beside the text and what is drawn for it.
fn given<'a>(operation: &facts::Operation, input: &'a Fields, limits: &'a Limits) -> Result<Given<'a>, ParamError> {
    let (password, key) = match operation.derivation {
        Some(derivation) => (input.text(derivation.secret), &[0; 32]),
        None => ("", sized("key", "32 bytes", input)?),
    };
    let iterations = operation.counted().map_or(0, |member| input.integer(member));
    let id = if let Some(Value::Text(id)) = input.value("id_text") { id } else { "" };
    Ok(Given { password, key, iterations, salt: &[], nonce: &[], id, text: &[], limits })
}

fn notesnook_login_hash(input: &Fields, limits: &Limits) -> Computed {
    let hash = account::login_hash(input.text("email_text"), input.text("password_text"), Cost::LOGIN, limits)?;
    Ok(Fields::new().with_text("hash_text", hash))
}

fn notesnook_server_hash(input: &Fields, limits: &Limits) -> Computed {
    let salt = given_or_drawn("salt", "16 bytes", input)?;
    Ok(Fields::new().with_text("stored_text", account::server_hash(input.text("hash_text"), &salt, limits)?))
}

fn notesnook_server_verify(input: &Fields, limits: &Limits) -> Computed {
    let valid = account::server_verify(input.text("hash_text"), input.text("stored_text"), limits)?;
    Ok(Fields::new().with("valid", Value::Flag(valid)))
}

fn notesnook_derive_key(input: &Fields, limits: &Limits) -> Computed {
    let key = notesnook::derive_key(input.text("password_text"), sized("salt", "16 bytes", input)?, Cost::KEY, limits)?;
    Ok(Fields::new().with_bytes("key", key.as_slice()))
}

/// An optional member of exactly `N` bytes, or as many from the system.
fn given_or_drawn<const N: usize>(
    member: &'static str,
    allowed: &'static str,
    input: &Fields,
) -> Result<[u8; N], ParamError> {
    if input.optional_bytes(member).is_some() {
        return sized(member, allowed, input).copied();
    }
    let mut bytes = [0; N];
    bytes.copy_from_slice(&draw(N));
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{computed, other_cost, reference};
    use vectors::{Answer, operation};

    /// An input for each seal, with nothing given that can be drawn.
    fn inputs() -> Vec<(&'static Operation, Fields)> {
        let text = |name: &'static str, text: &str| Fields::new().with_text(name, text);
        let sealed = |fields: Fields| fields.with_bytes("plaintext", b"seal");
        let password = || text("password_text", "päss");
        let item =
            Fields::new().with_bytes("key", [1; 32]).with_bytes("key_salt", [2; 16]).with_text("id_text", "\"\u{1}é");
        [
            ("autonomail.seal", sealed(password().with_integer("iterations", 3))),
            ("autonomail-2014.seal", sealed(password().with_integer("iterations", 3))),
            ("notesnook.seal", sealed(password())),
            ("notesnook-item.seal", sealed(item)),
            ("notesnook.server-hash", text("hash_text", "hash")),
        ]
        .map(|(name, input)| (operation::find(name).unwrap(), input))
        .to_vec()
    }

    fn output(operation: &Operation, input: &Fields) -> Fields {
        match reference(operation, input, &Limits::default()) {
            Answer::Output(output) => output,
            other @ (Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. }) => {
                panic!("{}: {other:?}", operation.name)
            }
        }
    }

    /// A seal that its own opener refuses would blame every port.
    #[test]
    fn what_is_sealed_opens_to_what_was_sealed() {
        for (sealer, input) in inputs() {
            let opens = operation::find(sealer.opened_by.unwrap()).unwrap();
            let sealed = output(sealer, &input);
            let opened = output(opens, &Fields::pick(opens.input, &[&sealed, &input]));
            match opens.name {
                "notesnook.server-verify" => assert_eq!(opened.value("valid"), Some(&Value::Flag(true))),
                name => assert_eq!(opened.bytes("plaintext"), b"seal", "{name}"),
            }
        }
    }

    /// A hash that is cheap to guess opens like any other, for its reader follows the cost that stands in it.
    #[test]
    fn a_seal_that_names_another_cost_is_told() {
        for (sealer, input) in inputs() {
            assert_eq!(other_cost(sealer, &input, &output(sealer, &input)), None, "{}", sealer.name);
        }
        let hash = operation::find("notesnook.server-hash").unwrap();
        for (text, told) in [
            ("$argon2id$v=19$m=8,t=3,p=1$", "m=8,t=3 that it names itself, m=64,t=3 is right"),
            ("$argon2id$v=19$m=64,t=1,p=1$", "m=64,t=1 that it names itself, m=64,t=3 is right"),
        ] {
            let stored = format!("{text}{}${}", "A".repeat(22), "A".repeat(43));
            let told_of = other_cost(hash, &Fields::new(), &Fields::new().with_text("stored_text", stored));
            assert!(told_of.as_ref().is_some_and(|found| found.contains(told)), "{told_of:?}");
        }
        let (sealer, input) = inputs().swap_remove(1);
        let cheap = output(sealer, &input.clone().replacing("iterations", Value::Integer(1)));
        let told = other_cost(sealer, &input, &cheap).unwrap();
        assert!(told.contains("iterations: 1 that") && told.contains("iterations: 3 is"), "{told}");
    }

    /// Freshness is judged on these bytes: the wrong ones would call a constant nonce fresh.
    #[test]
    fn what_was_drawn_seals_again_to_the_same_bytes() {
        for (sealer, input) in inputs() {
            let once = output(sealer, &input);
            let drawn = super::super::randomness(sealer, &once);
            let names: Vec<_> =
                sealer.input.iter().filter(|member| member.optional).map(|member| member.name).collect();
            assert_eq!(drawn.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names, "{}", sealer.name);
            let given = drawn.into_iter().fold(input.clone(), |input, (name, bytes)| input.with_bytes(name, bytes));
            assert_eq!(output(sealer, &given), once, "{}", sealer.name);
            assert_ne!(output(sealer, &input), once, "{}", sealer.name);
        }
    }

    /// The facts are told beside the table of the protocol: where they part, envelopes are looked for where none are.
    #[test]
    fn the_facts_fit_the_table_of_operations() {
        for known in facts::SYSTEMS.iter().flat_map(|system| system.operations()) {
            let operation = operation::find(known.name).unwrap();
            assert!(known.below.iter().all(|name| operation::find(name).is_some()), "{}", known.name);
            let derivation = known.derivation.iter();
            assert!(derivation.clone().all(|derivation| known.below.contains(&derivation.primitive)), "{}", known.name);
            let named = derivation.flat_map(|derivation| match derivation.cost {
                facts::Cost::Requested(member) => vec![derivation.secret, member],
                facts::Cost::Named | facts::Cost::Fixed(_) => vec![derivation.secret],
            });
            named.for_each(|member| assert!(operation.input_member(member).is_some(), "{} {member}", known.name));
        }
        for facts in facts::formats() {
            let [seal, open] = [facts.seal.name, facts.open.name].map(|name| operation::find(name).unwrap());
            assert_eq!(seal.opened_by, Some(open.name));
            assert!(seal.output.iter().any(|member| member.name == facts.envelope));
            assert!(open.input_member(facts.envelope).is_some());
            let drawn = seal.input.iter().filter(|member| member.optional).map(|member| member.name);
            assert!(drawn.eq(facts.drawn().map(|part| part.member)), "{}", seal.name);
        }
        let in_groups = facts::SYSTEMS.iter().flat_map(|system| system.together).copied().flatten();
        in_groups.for_each(|name| assert!(facts::operation(name).is_some(), "{name}"));
    }

    /// An operation of the protocol that the reference does not compute is one that no vector covers.
    #[test]
    fn every_operation_is_computed() {
        for operation in operation::OPERATIONS {
            assert!(computed().any(|name| name == operation.name), "{}", operation.name);
        }
    }
}
