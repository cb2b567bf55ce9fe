//! Raw bytes to each reader of envelopes: what is read is written and read again as the same; what is refused is refused at
//! a place that the text has.

use envelope::OpenError;
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::account::StoredHash;
use envelope::notesnook::cipher::{Item, PasswordEnvelope};
use envelope::sjcl::Envelope;

use crate::limits;

/// One target: read, write, read again. Each has mismatches of its own, so that no two formats share a crash.
macro_rules! reread {
    ($target:ident, $law:ident, $place:ident, $read:expr, $write:expr) => {
        /// What is read is written and read again as the same.
        pub fn $target(bytes: &[u8]) {
            match $read(bytes) {
                Ok(read) => {
                    let written: Vec<u8> = $write(&read);
                    // The same text is read as the same.
                    if written == bytes {
                        return;
                    }
                    let again = $read(&written);
                    if again.as_ref() != Ok(&read) {
                        mismatch!($law, "{read:?}, written {}, is read as {again:?}", written.escape_ascii());
                    }
                }
                Err(OpenError::Malformed { member, at, what }) if at > bytes.len() => {
                    mismatch!($place, "{what} at byte {at} of {member}, in a text of {} bytes", bytes.len())
                }
                Err(_) => {}
            }
        }
    };
}

reread!(
    parse_autonomail,
    autonomail_is_read_otherwise,
    autonomail_has_no_such_place,
    |bytes: &[u8]| documented::Record::read(bytes, &limits()),
    documented::Record::write
);
reread!(
    parse_autonomail_2014,
    autonomail_2014_is_read_otherwise,
    autonomail_2014_has_no_such_place,
    |bytes: &[u8]| client_2014::Record::read(bytes, &limits()),
    client_2014::Record::write
);
reread!(
    parse_sjcl,
    sjcl_is_read_otherwise,
    sjcl_has_no_such_place,
    |bytes: &[u8]| Envelope::read(bytes, &limits()),
    |read: &Envelope| read.write().into_bytes()
);
reread!(
    parse_notesnook,
    notesnook_is_read_otherwise,
    notesnook_has_no_such_place,
    |bytes: &[u8]| PasswordEnvelope::read(bytes, &limits()),
    PasswordEnvelope::write
);
reread!(
    parse_notesnook_item,
    notesnook_item_is_read_otherwise,
    notesnook_item_has_no_such_place,
    |bytes: &[u8]| Item::read(bytes, &limits()),
    Item::write
);

/// A stored hash has one spelling, but for the zeros at its end: what is read is what is written.
pub fn parse_server_hash(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match StoredHash::read(text) {
        Ok(read) => {
            let written = read.write();
            if written.trim_end_matches('\0') != text.trim_end_matches('\0') {
                mismatch!(server_hash_has_two_spellings, "{text:?} is written as {written:?}");
            }
            if StoredHash::read(&written).as_ref() != Ok(&read) {
                mismatch!(server_hash_is_read_otherwise, "{read:?}, written {written:?}");
            }
        }
        Err(OpenError::Malformed { at, what, .. }) if at > text.len() => {
            mismatch!(server_hash_has_no_such_place, "{what} at byte {at} of {text:?}")
        }
        Err(_) => {}
    }
}
