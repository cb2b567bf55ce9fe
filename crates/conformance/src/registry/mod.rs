//! What the suite knows how to compute: one line for each operation, with the primitives' or with the envelopes'.
//!
//! In: an operation and its input. Out: the reference's answer, and what the runner has to know about a request
//! beforehand (its work) and about a seal afterwards (what was drawn).

mod envelopes;
mod primitives;

use ::primitives::{Authentication, Limits, ParamError};
pub use envelope::FORMATS;
use envelope::OpenError;
use envelope::facts::{self, Argon2, Cost, Facts, Named};
pub use primitives::{Kdf, Work};
use vectors::operation::OPERATIONS;
use vectors::{Answer, Fields, Operation, Reason, Value};

/// Computes an output or refuses the input.
type Compute = fn(&Fields, &Limits) -> Result<Fields, Refusal>;

/// What the reference computes by functions of its own; what formats seal and open, their own do ([`facts`]).
fn own(name: &str) -> Option<Compute> {
    let computed = primitives::COMPUTED.iter().chain(envelopes::COMPUTED);
    computed.copied().find(|(known, _)| *known == name).map(|(_, compute)| compute)
}

/// The operations that the reference computes, in the order of the protocol page.
pub fn computed() -> impl Iterator<Item = &'static str> {
    let is_computed = |name: &&str| {
        let sealed = facts::of(name).is_some_and(|facts| facts.functions.is_some());
        sealed || own(name).is_some()
    };
    OPERATIONS.iter().map(|operation| operation.name).filter(is_computed)
}

/// The reference's answer to a request.
#[must_use]
pub fn reference(operation: &Operation, input: &Fields, limits: &Limits) -> Answer {
    let computed = match own(operation.name) {
        Some(compute) => Some(compute(input, limits)),
        None => envelopes::compute(operation, input, limits),
    };
    match computed {
        Some(Ok(output)) => Answer::Output(output),
        Some(Err(Refusal { reason, detail })) => Answer::Reject { reason, detail },
        None => Answer::Unsupported { detail: format!("the reference does not compute {}", operation.name) },
    }
}

/// Why the reference refuses an input: the class for the protocol and the error's own words.
pub struct Refusal {
    /// The class for the protocol.
    pub reason: Reason,
    detail: String,
}

impl From<ParamError> for Refusal {
    fn from(error: ParamError) -> Self {
        let reason = match error {
            ParamError::OutOfRange { .. } | ParamError::Unknown { .. } => Reason::Parameter,
            ParamError::TooCostly { .. } => Reason::TooCostly,
        };
        Self { reason, detail: error.to_string() }
    }
}

impl From<Authentication> for Refusal {
    fn from(error: Authentication) -> Self {
        Self { reason: Reason::Authentication, detail: error.to_string() }
    }
}

impl From<OpenError> for Refusal {
    fn from(error: OpenError) -> Self {
        let reason = match error {
            OpenError::Malformed { .. } => Reason::Malformed,
            OpenError::Parameter { .. } => Reason::Parameter,
            OpenError::TooCostly { .. } => Reason::TooCostly,
            OpenError::Authentication(_) => Reason::Authentication,
        };
        Self { reason, detail: error.to_string() }
    }
}

/// A derivation of a cost that a format fixes is as good as none below so many units: no deadline, batch or sample need
/// allow for it.
const SMALL_UNITS: u64 = 1_000;

/// The key derivation that a request asks for and that is to be allowed for; `None` where it asks for none, for one that
/// cannot be told beforehand, or for a small one that the format fixes.
#[must_use]
pub fn work(operation: &Operation, input: &Fields) -> Option<Work> {
    let is_fixed = matches!(cost_of(operation), Some(Cost::Fixed(_)));
    derivation(operation, input).filter(|work| !is_fixed || work.units >= SMALL_UNITS)
}

/// The key derivation that a request asks for, however small; `None` where it asks for none or for one that cannot be
/// told beforehand. That of a stored hash is the one that the format fixes, also where the hash names another.
#[must_use]
pub fn derivation(operation: &Operation, input: &Fields) -> Option<Work> {
    if let Some(kdf) = Kdf::of(operation.name) {
        return Some(kdf.work(input));
    }
    match cost_of(operation)? {
        Cost::Requested(member) => Some(Work::pbkdf2(input.integer(member))),
        Cost::Named => match named_cost(operation, input)? {
            Named::Iterations(count) => Some(Work::pbkdf2(count)),
            Named::Argon2(Argon2 { passes, memory_kib }) => Some(Work::argon2(passes, memory_kib)),
        },
        Cost::Fixed(Argon2 { passes, memory_kib }) => Some(Work::argon2(passes, memory_kib)),
    }
}

/// The cost of the key derivation in a format's operation.
fn cost_of(operation: &Operation) -> Option<Cost> {
    Some(facts::operation(operation.name)?.derivation?.cost)
}

/// The member of a request or an answer that holds an envelope whole as bytes; `None` for operations without envelopes.
#[must_use]
pub fn document_member(operation: &Operation) -> Option<&'static str> {
    facts::of(operation.name).filter(|facts| facts.layout().is_some()).map(|facts| facts.envelope)
}

/// The envelope in a request or an answer of a format's operation, or the text that stands for one.
#[must_use]
pub fn envelope<'f>(operation: &Operation, fields: &'f Fields) -> Option<&'f [u8]> {
    held(facts::of(operation.name)?, fields)
}

fn held<'f>(facts: &Facts, fields: &'f Fields) -> Option<&'f [u8]> {
    match fields.value(facts.envelope)? {
        Value::Bytes(bytes) => Some(bytes),
        Value::Text(text) => Some(text.as_bytes()),
        Value::Integer(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_) => None,
    }
}

/// The salt and nonce that a port drew for a seal, by member name (`salt`, `iv` or `nonce`), as they stand in the output.
/// Empty when the output is not readable.
#[must_use]
pub fn randomness(operation: &Operation, output: &Fields) -> Vec<(&'static str, Vec<u8>)> {
    let sealed = facts::of(operation.name).filter(|facts| facts.seal.name == operation.name);
    sealed.and_then(|facts| facts.read_drawn(held(facts, output)?)).unwrap_or_default()
}

/// The cost that an envelope names.
fn named_cost(operation: &Operation, fields: &Fields) -> Option<Named> {
    let facts = facts::of(operation.name)?;
    facts.named_cost(held(facts, fields)?)
}

/// In words, the cost that a seal names in its own text where it is not the one to seal with; readers follow it, so such
/// a seal opens. `None` where it is right, where the format has it nowhere, and where the output is not readable.
#[must_use]
pub fn other_cost(operation: &Operation, input: &Fields, output: &Fields) -> Option<String> {
    let right = match cost_of(operation)? {
        Cost::Requested(member) => Named::Iterations(input.integer(member)),
        Cost::Fixed(cost) => Named::Argon2(cost),
        Cost::Named => return None,
    };
    let found = named_cost(operation, output)?;
    (found != right).then(|| format!("it opens at the cost {found} that it names itself, {right} is right"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `inspect` decides by these: SJCL's text has a `cipher`, an `iv` and a `v` as an item has, and texts may be a mixture.
    #[test]
    fn at_most_one_format_recognises_a_text_and_each_inspects_all() {
        for (text, wanted) in [
            (
                r#"{"iv":"","v":1,"iter":1000,"ks":256,"ts":128,"mode":"gcm","adata":"","cipher":"aes","ct":""}"#,
                Some("sjcl"),
            ),
            (r#"{"cipher":"","iv":"","salt":"","length":0}"#, Some("notesnook")),
            (r#"{"cipher":"","iv":"","length":0,"v":6.1,"id":""}"#, Some("notesnook-item")),
            (r#"{"salt":"","secureData":"","cipher":"","iv":"","ct":"","id":""}"#, Some("autonomail")),
            (r#"{"iterations":1,"secureData":"","cipher":"","iv":"","ct":""}"#, Some("autonomail-2014")),
            ("$argon2id$", Some("notesnook-server-hash")),
            ("{}", None),
            ("\0", None),
        ] {
            let knowing = FORMATS.iter().filter(|format| format.recognises(text.as_bytes())).map(|format| format.id());
            assert_eq!(knowing.collect::<Vec<_>>(), wanted.into_iter().collect::<Vec<_>>(), "{text}");
            for format in FORMATS {
                assert_eq!(format.inspect(text.as_bytes()).format, format.id(), "{text}");
            }
        }
    }
}
