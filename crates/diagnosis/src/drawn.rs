//! The salt and nonce in a seal that no strict reader takes.
//!
//! In: a seal. Out: what was drawn for it, by member. Layer: `diagnosis`; pure.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use conformance::registry;
use document::Encoding;
use envelope::facts;
use vectors::{Fields, Operation};

/// The salt, IV or nonce of a seal, as its reader finds them, or as anybody finds them who looks for their names.
pub(super) fn drawn(operation: &Operation, seal: &Fields) -> Vec<(&'static str, Vec<u8>)> {
    let strictly = registry::randomness(operation, seal);
    if strictly.is_empty() { loosely(operation, seal).unwrap_or_default() } else { strictly }
}

fn loosely(operation: &Operation, seal: &Fields) -> Option<Vec<(&'static str, Vec<u8>)>> {
    facts::of(operation.name)?.find_drawn(registry::envelope(operation, seal)?, &decoded)
}

/// The value in an envelope that this member of its sealer's input gave, as anybody finds it who looks for its name.
pub(super) fn part(operation: &Operation, envelope: &Fields, member: &str) -> Option<Vec<u8>> {
    let facts = facts::of(operation.name)?;
    let part = facts.parts.iter().find(|part| part.member == member)?;
    facts.layout()?.bytes(registry::envelope(operation, envelope)?, part.role, &decoded)
}

/// Bytes in hex of either case or base64 of either alphabet.
pub(super) fn decoded(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Hex => hex::decode(text).ok(),
        Encoding::Base64(_) => base64(text),
    }
}

/// Base64 of either alphabet, padded or not.
fn base64(text: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let alphabets = [STANDARD, URL_SAFE].map(|alphabet| GeneralPurpose::new(&alphabet, config));
    alphabets.iter().find_map(|engine| engine.decode(text.trim()).ok())
}
