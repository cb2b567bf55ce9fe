//! The envelopes as operations: members in, members out; salts and nonces that are not given are drawn here.

use super::Refusal;
use super::primitives::{draw, sized};
use ::primitives::{Limits, ParamError};
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::{Cost, account, cipher};
use envelope::{OpenError, notesnook};
use vectors::{Fields, Operation, Value};

type Computed = Result<Fields, Refusal>;

pub(super) fn autonomail_seal(input: &Fields, limits: &Limits) -> Computed {
    let (salt, iv) = (given_or_drawn("salt", "32 bytes", input)?, given_or_drawn("iv", "16 bytes", input)?);
    let (password, plaintext) = (input.text("password_text"), input.bytes("plaintext"));
    let record = documented::seal(password, input.integer("iterations"), &salt, &iv, plaintext, limits)?;
    Ok(Fields::new().with_bytes("record", record))
}

pub(super) fn autonomail_open(input: &Fields, limits: &Limits) -> Computed {
    let (password, iterations) = (input.text("password_text"), input.integer("iterations"));
    let plaintext = documented::open(password, iterations, input.bytes("record"), limits)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

pub(super) fn autonomail_2014_seal(input: &Fields, limits: &Limits) -> Computed {
    let (salt, iv) = (given_or_drawn("salt", "32 bytes", input)?, given_or_drawn("iv", "16 bytes", input)?);
    let (password, plaintext) = (input.text("password_text"), input.bytes("plaintext"));
    let record = client_2014::seal(password, input.integer("iterations"), &salt, &iv, plaintext, limits)?;
    Ok(Fields::new().with_bytes("record", record))
}

pub(super) fn autonomail_2014_open(input: &Fields, limits: &Limits) -> Computed {
    let plaintext = client_2014::open(input.text("password_text"), input.bytes("record"), limits)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

pub(super) fn notesnook_login_hash(input: &Fields, limits: &Limits) -> Computed {
    let hash = account::login_hash(input.text("email_text"), input.text("password_text"), Cost::LOGIN, limits)?;
    Ok(Fields::new().with_text("hash_text", hash))
}

pub(super) fn notesnook_server_hash(input: &Fields, limits: &Limits) -> Computed {
    let salt = given_or_drawn("salt", "16 bytes", input)?;
    Ok(Fields::new().with_text("stored_text", account::server_hash(input.text("hash_text"), &salt, limits)?))
}

pub(super) fn notesnook_server_verify(input: &Fields, limits: &Limits) -> Computed {
    let valid = account::server_verify(input.text("hash_text"), input.text("stored_text"), limits)?;
    Ok(Fields::new().with("valid", Value::Flag(valid)))
}

pub(super) fn notesnook_derive_key(input: &Fields, limits: &Limits) -> Computed {
    let key = notesnook::derive_key(input.text("password_text"), sized("salt", "16 bytes", input)?, Cost::KEY, limits)?;
    Ok(Fields::new().with_bytes("key", key.as_slice()))
}

pub(super) fn notesnook_seal(input: &Fields, limits: &Limits) -> Computed {
    let (salt, nonce) = (given_or_drawn("salt", "16 bytes", input)?, given_or_drawn("nonce", "24 bytes", input)?);
    let (password, plaintext) = (input.text("password_text"), input.bytes("plaintext"));
    let envelope = cipher::seal(password, &salt, &nonce, plaintext, Cost::KEY, limits)?;
    Ok(Fields::new().with_bytes("envelope", envelope))
}

pub(super) fn notesnook_open(input: &Fields, limits: &Limits) -> Computed {
    let plaintext = cipher::open(input.text("password_text"), input.bytes("envelope"), Cost::KEY, limits)?;
    Ok(Fields::new().with_bytes("plaintext", plaintext.as_slice()))
}

pub(super) fn notesnook_item_seal(input: &Fields, _: &Limits) -> Computed {
    let (key, key_salt) = (sized("key", "32 bytes", input)?, sized("key_salt", "16 bytes", input)?);
    let nonce = given_or_drawn("nonce", "24 bytes", input)?;
    let envelope = cipher::seal_item(key, key_salt, input.text("id_text"), &nonce, input.bytes("plaintext"));
    Ok(Fields::new().with_bytes("envelope", envelope))
}

pub(super) fn notesnook_item_open(input: &Fields, limits: &Limits) -> Computed {
    let (id, plaintext) = cipher::open_item(sized("key", "32 bytes", input)?, input.bytes("envelope"), limits)?;
    Ok(Fields::new().with_text("id_text", id).with_bytes("plaintext", plaintext.as_slice()))
}

/// The iteration count of a record, which the request does not name; `None` where the record does not parse.
pub(super) fn iterations_of_2014(input: &Fields) -> Option<u64> {
    let record = client_2014::Record::read(input.bytes("record"), &Limits::default());
    record.ok().map(|record| record.iterations)
}

/// What was drawn for a seal, by member name; `None` where nothing is drawn or the output is not readable.
pub(super) fn drawn(operation: &Operation, output: &Fields) -> Option<Vec<(&'static str, Vec<u8>)>> {
    drawn_from(operation, output, &Limits::default()).ok()
}

fn drawn_from(
    operation: &Operation,
    output: &Fields,
    limits: &Limits,
) -> Result<Vec<(&'static str, Vec<u8>)>, OpenError> {
    Ok(match operation.name {
        "autonomail.seal" => {
            let record = documented::Record::read(output.bytes("record"), limits)?;
            vec![("salt", record.salt.to_vec()), ("iv", record.envelope.iv.to_vec())]
        }
        "autonomail-2014.seal" => {
            let record = client_2014::Record::read(output.bytes("record"), limits)?;
            vec![("salt", record.salt.to_vec()), ("iv", record.envelope.iv.to_vec())]
        }
        "notesnook.seal" => {
            let envelope = cipher::PasswordEnvelope::read(output.bytes("envelope"), limits)?;
            vec![("salt", envelope.salt.to_vec()), ("nonce", envelope.sealed.nonce.to_vec())]
        }
        "notesnook-item.seal" => {
            let item = cipher::Item::read(output.bytes("envelope"), limits)?;
            vec![("nonce", item.sealed.nonce.to_vec())]
        }
        "notesnook.server-hash" => {
            vec![("salt", account::StoredHash::read(output.text("stored_text"))?.salt.to_vec())]
        }
        _ => Vec::new(),
    })
}

/// What a seal costs to open, where its text says so and says it wrongly.
pub(super) fn other_cost(operation: &Operation, input: &Fields, output: &Fields) -> Option<String> {
    let (found, right) = match operation.name {
        "autonomail-2014.seal" => {
            let record = client_2014::Record::read(output.bytes("record"), &Limits::default()).ok()?;
            let told = |iterations: u64| format!("iterations: {iterations}");
            (told(record.iterations), told(input.integer("iterations")))
        }
        "notesnook.server-hash" => {
            let stored = account::StoredHash::read(output.text("stored_text")).ok()?;
            let told = |memory_kib: u64, passes: u64| format!("m={memory_kib},t={passes}");
            (told(stored.memory_kib, stored.passes), told(account::SERVER_MEMORY_KIB, notesnook::PASSES))
        }
        _ => return None,
    };
    (found != right).then(|| format!("it opens at the cost {found} that it names itself, {right} is right"))
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
    use crate::registry::{COMPUTED, reference};
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

    /// An operation of the protocol that the reference does not compute is one that no vector covers.
    #[test]
    fn every_operation_is_computed() {
        for operation in operation::OPERATIONS {
            assert!(COMPUTED.iter().any(|(name, _)| *name == operation.name), "{}", operation.name);
        }
    }
}
