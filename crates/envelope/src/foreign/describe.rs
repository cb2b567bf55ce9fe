//! Bytes that have no name, described as far as that helps. Layer: `foreign`; pure.

use super::repair::{is_json, scan};

/// Characters of a beginning that is shown.
const SHOWN_CHARS: usize = 24;

/// One sentence about bytes of no known kind.
pub(super) fn describe(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "there are no bytes: the file or the input is empty".to_owned();
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return binary(bytes) };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return format!("{} bytes of white space", bytes.len());
    }
    if trimmed.starts_with(['{', '[']) {
        return json(bytes.len(), text);
    }
    let beginning: String = trimmed.chars().take(SHOWN_CHARS).collect();
    format!("{} bytes of text in no format that sealproof knows, beginning with {beginning:?}", bytes.len())
}

fn json(length: usize, text: &str) -> String {
    if is_json(text) {
        return format!("{length} bytes of JSON without the members of any format that sealproof knows");
    }
    let scan = scan(text.trim_end());
    if scan.is_cut() {
        return format!(
            "{length} bytes of JSON that is cut off: {}; is the file complete?",
            scan.place(text.trim_end())
        );
    }
    let fault = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
    format!(
        "{length} bytes that begin like JSON and are none: {}",
        fault.map(|fault| fault.to_string()).unwrap_or_default()
    )
}

fn binary(bytes: &[u8]) -> String {
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let head = hex::encode(&bytes[..bytes.len().min(8)]);
    format!(
        "{} bytes in no format that sealproof knows, beginning with {head}; not UTF-8 from byte {at} on: a ciphertext or key without a header, or another program's file",
        bytes.len()
    )
}
