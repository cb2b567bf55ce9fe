//! The salt and nonce in a seal that no strict reader takes.
//!
//! In: a seal. Out: what was drawn for it, by member. Layer: `diagnosis`; pure.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use ::document::Members;
use conformance::registry;
use vectors::{Fields, Operation};

/// The salt, IV or nonce of a seal, as its reader finds them, or as anybody finds them who looks for their names.
pub(super) fn drawn(operation: &Operation, seal: &Fields) -> Vec<(&'static str, Vec<u8>)> {
    let strictly = registry::randomness(operation, seal);
    if strictly.is_empty() { loosely(operation, seal).unwrap_or_default() } else { strictly }
}

fn loosely(operation: &Operation, seal: &Fields) -> Option<Vec<(&'static str, Vec<u8>)>> {
    match operation.family() {
        "autonomail" | "autonomail-2014" => {
            let record = Members::read(seal.optional_bytes("record")?)?;
            let text = record.text("secureData").and_then(|data| base64(&data)).unwrap_or_default();
            let iv = base64(&Members::read(&text)?.text("iv")?)?;
            Some(vec![("salt", hex::decode(record.text("salt")?).ok()?), ("iv", iv)])
        }
        "notesnook" => {
            let envelope = Members::read(seal.optional_bytes("envelope")?)?;
            Some(vec![("salt", base64(&envelope.text("salt")?)?), ("nonce", base64(&envelope.text("iv")?)?)])
        }
        "notesnook-item" => {
            let envelope = Members::read(seal.optional_bytes("envelope")?)?;
            Some(vec![("nonce", base64(&envelope.text("iv")?)?)])
        }
        _ => None,
    }
}

/// Base64 of either alphabet, padded or not.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabets = [STANDARD, URL_SAFE].map(|alphabet| GeneralPurpose::new(&alphabet, config));
    alphabets.iter().find_map(|engine| engine.decode(text.trim()).ok())
}
