//! Raw bytes to `inspect`: it has a word on every text, and says that the strict reader refuses exactly where it does.

use conformance::registry::FORMATS;
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::account::StoredHash;
use envelope::notesnook::cipher::{Item, PasswordEnvelope};
use envelope::{Format, facts, sjcl};
use primitives::Limits;

/// At most one format recognises a text, each inspects it without a fault, and none calls readable what is not.
pub fn inspect(bytes: &[u8]) {
    let knowing: Vec<_> = FORMATS.iter().filter(|format| format.recognises(bytes)).map(|format| format.id()).collect();
    if knowing.len() > 1 {
        mismatch!(two_formats_recognise_one_text, "{knowing:?}");
    }
    for format in FORMATS {
        let seen = format.inspect(bytes);
        if seen.format != format.id() {
            mismatch!(inspection_names_another_format, "{} for {}", seen.format, format.id());
        }
        let refused = seen.findings.iter().any(|finding| finding.text.starts_with("the strict reader rejects it"));
        let read = is_read(*format, bytes);
        if read == refused {
            mismatch!(inspection_errs_on_the_reader, "{}: read {read}, called refused {refused}", format.id());
        }
        if read && !format.recognises(bytes) {
            mismatch!(a_readable_text_is_not_recognised, "{}", format.id());
        }
    }
}

fn is_read(format: &dyn Format, bytes: &[u8]) -> bool {
    let limits = Limits::default();
    match format.id() {
        "autonomail" => documented::Record::read(bytes, &limits).is_ok(),
        "autonomail-2014" => client_2014::Record::read(bytes, &limits).is_ok(),
        "sjcl" => sjcl::Envelope::read(bytes, &limits).is_ok(),
        "notesnook" => PasswordEnvelope::read(bytes, &limits).is_ok(),
        "notesnook-item" => Item::read(bytes, &limits).is_ok(),
        // A stored hash comes out of a file with the file's last line break.
        "notesnook-server-hash" => {
            StoredHash::read(String::from_utf8_lossy(bytes).trim_end_matches(['\r', '\n'])).is_ok()
        }
        other => facts::of(&format!("{other}.open")).is_some_and(|facts| (facts.check)(bytes, &limits).is_ok()),
    }
}
