//! Our readers of envelopes, base64 and hex beside others': `struson` and `data-encoding`, as `oracle::reader`
//! uses them.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use document::encoding::{Base64, decode_hex};
use envelope::OpenError;
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::cipher::{Item, PasswordEnvelope};
use oracle::reader;
use vectors::{Fields, operation};

use crate::limits;

type Reading = fn(&[u8]) -> Result<Fields, OpenError>;

/// Each opener, and the parts that our reader finds, under the names of the second reader.
static READINGS: [(&str, Reading); 4] = [
    ("autonomail.open", |bytes| {
        let record = documented::Record::read(bytes, &limits())?;
        let parts = Fields::new().with_integer("iterations", 1).with_bytes("salt", record.salt);
        Ok(parts.with_bytes("iv", record.envelope.iv).with_bytes("sealed", record.envelope.sealed()))
    }),
    ("autonomail-2014.open", |bytes| {
        let record = client_2014::Record::read(bytes, &limits())?;
        let parts = Fields::new().with_integer("iterations", record.iterations).with_bytes("salt", record.salt);
        Ok(parts.with_bytes("iv", record.envelope.iv).with_bytes("sealed", record.envelope.sealed()))
    }),
    ("notesnook.open", |bytes| {
        let envelope = PasswordEnvelope::read(bytes, &limits())?;
        let parts = Fields::new().with_bytes("salt", envelope.salt);
        Ok(parts.with_bytes("nonce", envelope.sealed.nonce).with_bytes("sealed", envelope.sealed.ciphertext()))
    }),
    ("notesnook-item.open", |bytes| {
        let item = Item::read(bytes, &limits())?;
        let parts = Fields::new().with_text("id_text", item.id.as_str());
        Ok(parts.with_bytes("nonce", item.sealed.nonce).with_bytes("sealed", item.sealed.ciphertext()))
    }),
];

/// Two readers that were written apart read the same envelopes, and the same parts in each.
pub fn readers(bytes: &[u8]) {
    for (name, read) in &READINGS {
        let (Some(operation), ours) = (operation::find(name), read(bytes)) else { continue };
        let limits = primitives::Limits { iterations_max: u64::MAX, ..limits() };
        let input = Fields::new().with_text("password_text", "p").with_integer("iterations", 1);
        let input = input.with_bytes("key", [0; 32]).with_bytes("record", bytes).with_bytes("envelope", bytes);
        let Some(theirs) = reader::parts(operation, &input, &limits) else { continue };
        match (&ours, &theirs) {
            (Ok(ours), Ok(theirs)) if ours != theirs => {
                mismatch!(readers_see_other_parts, "{name}: {ours:?} and {theirs:?}")
            }
            // The second reader looks at the count, which ours leaves to the derivation.
            (Ok(ours), Err(_)) if is_unbearable(ours) => {}
            (Ok(ours), Err(theirs)) => mismatch!(only_we_read, "{name}: {ours:?}, refused: {theirs}"),
            (Err(ours), Ok(theirs)) => mismatch!(only_they_read, "{name}: {theirs:?}, refused: {ours}"),
            (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        }
    }
}

/// Whether a count is outside what PBKDF2 is asked for in these formats.
fn is_unbearable(parts: &Fields) -> bool {
    parts.value("iterations").is_some() && !(1..1 << 31).contains(&parts.integer("iterations"))
}

/// Base64 in its three dialects and hex: read exactly where another reader reads, to the same bytes, and written back as
/// the same text.
pub fn encodings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for (dialect, other) in [
        (Base64::Standard, BASE64),
        (Base64::StandardUnpadded, BASE64_NOPAD),
        (Base64::UrlSafeUnpadded, BASE64URL_NOPAD),
    ] {
        // The other reader also takes padded texts that follow one another, as `QQ==QQ==`.
        let theirs = other.decode(bytes).map_err(|error| error.to_string());
        let theirs = theirs.and_then(|theirs| {
            if other.encode(&theirs) == text { Ok(theirs) } else { Err("another spelling".to_owned()) }
        });
        match (dialect.decode(text), theirs) {
            (Ok(ours), Ok(theirs)) if ours != theirs => {
                mismatch!(base64_readers_see_other_bytes, "{dialect:?} {text:?}: {ours:?} and {theirs:?}")
            }
            (Ok(ours), Ok(_)) if dialect.encode(&ours) != text => {
                mismatch!(base64_has_two_spellings, "{dialect:?} {text:?}: {}", dialect.encode(&ours))
            }
            (Ok(ours), Err(theirs)) => mismatch!(only_we_read_base64, "{dialect:?} {text:?}: {ours:?}, {theirs}"),
            (Err(ours), Ok(theirs)) => mismatch!(only_they_read_base64, "{dialect:?} {text:?}: {theirs:?}, {ours}"),
            (Err(ours), Err(_)) if ours.at > text.len() => {
                mismatch!(base64_has_no_such_place, "{dialect:?} {text:?}: {ours}")
            }
            (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
        }
    }
    match (decode_hex(text), HEXLOWER.decode(bytes)) {
        (Ok(ours), Ok(theirs)) if ours == theirs => {}
        (Err(ours), Err(_)) if ours.at <= text.len() => {}
        (ours, theirs) => mismatch!(hex_readers_disagree, "{text:?}: {ours:?} and {theirs:?}"),
    }
}
