//! What the suite knows how to compute: one line for each operation.
//!
//! In: an operation and its input. Out: the reference's answer, and what the runner has to know about a request
//! beforehand (its work) and about a seal afterwards (what was drawn).

mod envelopes;
mod primitives;

use ::primitives::{Authentication, Limits, ParamError};
use envelope::{Format, OpenError, autonomail, notesnook, sjcl};
use vectors::{Answer, Fields, Operation, Reason};

/// Computes an output or refuses the input.
type Compute = fn(&Fields, &Limits) -> Result<Fields, Refusal>;

/// What the reference computes, by operation.
static COMPUTED: &[(&str, Compute)] = &[
    ("sha512.digest", primitives::sha512),
    ("hmac-sha512.tag", primitives::hmac_sha512),
    ("blake2b.digest", primitives::blake2b),
    ("pbkdf2-hmac-sha512.derive", primitives::pbkdf2_hmac_sha512),
    ("argon2i.derive", primitives::argon2i),
    ("argon2id.derive", primitives::argon2id),
    ("aes-256-gcm.seal", primitives::aes_256_gcm_seal),
    ("aes-256-gcm.open", primitives::aes_256_gcm_open),
    ("hchacha20.subkey", primitives::hchacha20),
    ("xchacha20-poly1305.seal", primitives::xchacha20_poly1305_seal),
    ("xchacha20-poly1305.open", primitives::xchacha20_poly1305_open),
    ("fortuna.generate", primitives::fortuna),
    ("sjcl-prng.generate", primitives::sjcl_prng),
    ("autonomail.seal", envelopes::autonomail_seal),
    ("autonomail.open", envelopes::autonomail_open),
    ("autonomail-2014.seal", envelopes::autonomail_2014_seal),
    ("autonomail-2014.open", envelopes::autonomail_2014_open),
    ("notesnook.login-hash", envelopes::notesnook_login_hash),
    ("notesnook.server-hash", envelopes::notesnook_server_hash),
    ("notesnook.server-verify", envelopes::notesnook_server_verify),
    ("notesnook.derive-key", envelopes::notesnook_derive_key),
    ("notesnook.seal", envelopes::notesnook_seal),
    ("notesnook.open", envelopes::notesnook_open),
    ("notesnook-item.seal", envelopes::notesnook_item_seal),
    ("notesnook-item.open", envelopes::notesnook_item_open),
    ("random.draw", primitives::random),
];

/// The formats that the suite can inspect.
pub static FORMATS: &[&dyn Format] = &[
    &autonomail::Autonomail,
    &autonomail::Autonomail2014,
    &sjcl::Sjcl,
    &notesnook::Notesnook,
    &notesnook::NotesnookItem,
    &notesnook::NotesnookServerHash,
];

/// The operations that the reference computes, in the order of the protocol page.
pub fn computed() -> impl Iterator<Item = &'static str> {
    COMPUTED.iter().map(|(name, _)| *name)
}

/// The reference's answer to a request.
#[must_use]
pub fn reference(operation: &Operation, input: &Fields, limits: &Limits) -> Answer {
    let Some((_, compute)) = COMPUTED.iter().find(|(name, _)| *name == operation.name) else {
        return Answer::Unsupported { detail: format!("the reference does not compute {}", operation.name) };
    };
    match compute(input, limits) {
        Ok(output) => Answer::Output(output),
        Err(Refusal { reason, detail }) => Answer::Reject { reason, detail },
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

/// The key derivation that dominates a request's cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kdf {
    /// Work is counted in iterations times output blocks.
    Pbkdf2HmacSha512,
    /// Work is counted in passes times KiB.
    Argon2,
}

/// How much key derivation a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The derivation.
    pub kdf: Kdf,
    /// Its work, in the unit of the derivation.
    pub units: u64,
    /// The memory that it fills, KiB.
    pub memory_kib: u64,
}

/// The key derivation that a request asks for; `None` where it asks for none or for one that cannot be told beforehand.
#[must_use]
pub fn work(operation: &Operation, input: &Fields) -> Option<Work> {
    let pbkdf2 = |units| Work { kdf: Kdf::Pbkdf2HmacSha512, units, memory_kib: 0 };
    let argon2 = |passes: u64, memory_kib: u64| {
        Some(Work { kdf: Kdf::Argon2, units: passes.saturating_mul(memory_kib), memory_kib })
    };
    match operation.name {
        "pbkdf2-hmac-sha512.derive" => {
            Some(pbkdf2(input.integer("iterations").saturating_mul(input.integer("length").div_ceil(64))))
        }
        "autonomail.seal" | "autonomail.open" | "autonomail-2014.seal" => Some(pbkdf2(input.integer("iterations"))),
        "autonomail-2014.open" => envelopes::iterations_of_2014(input).map(pbkdf2),
        "argon2i.derive" | "argon2id.derive" => argon2(input.integer("passes"), input.integer("memory_kib")),
        "notesnook.login-hash" => argon2(3, 65_536),
        "notesnook.derive-key" | "notesnook.seal" | "notesnook.open" => argon2(3, 8_192),
        _ => None,
    }
}

/// The salt and nonce that a port drew for a seal, by member name (`salt`, `iv` or `nonce`), as they stand in the output.
/// Empty when the output is not readable.
#[must_use]
pub fn randomness(operation: &Operation, output: &Fields) -> Vec<(&'static str, Vec<u8>)> {
    envelopes::drawn(operation, output).unwrap_or_default()
}

/// In words, the cost that a seal names in its own text where it is not the one to seal with; readers follow it, so such
/// a seal opens. `None` where it is right, where the format has it nowhere, and where the output is not readable.
#[must_use]
pub fn other_cost(operation: &Operation, input: &Fields, output: &Fields) -> Option<String> {
    envelopes::other_cost(operation, input, output)
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
