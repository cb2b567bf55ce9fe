//! Envelopes at whose edges a port may change something: more passwords, keys, salts, nonces and ends of plaintexts, and
//! escapes.

use ::document::member;

use super::open::begun;
use super::sample::{Mode, Sample, array, derived, salt_of_words};
use crate::builder::checked::{Checked, edited_text};
use crate::builder::forms::edges::{BYTES, ENDS, Edge, PASSWORDS, edged};
use crate::builder::{Accept, FileBuilder, KeyStream};

/// The edges of a nonce: it is base64, which has no sign.
const NONCES: [Edge; 2] = [BYTES[0], BYTES[2]];

/// What every reader opens. The older files ask plaintexts that end like a padding or in a NUL.
pub(super) fn open(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let title = match mode {
        Mode::Password => "Passwords, salts, nonces and plaintexts at whose edges nothing may change",
        Mode::Item => "Keys, nonces, ids and plaintexts at whose edges nothing may change",
    };
    let mut file = begun(mode, title, |file| file);
    let start = Sample { plaintext: b"{}".to_vec(), ..Sample::new(mode, stream) };
    match mode {
        Mode::Password => under_passwords(&mut file, &start, stream),
        Mode::Item => under_keys(&mut file, &start, stream),
    }
    for (name, what, front, end) in NONCES {
        let mut sample = Sample { nonce: array(stream), ..start.clone() };
        sample.nonce = edged(sample.nonce, front, end);
        add(&mut file, &sample, &format!("nonce-{name}"), &format!("The nonce {what}"), "ByteEdge");
    }
    file.finish()
}

fn add(file: &mut Checked, sample: &Sample, name: &str, why: &str, flag: &str) {
    opens(file, sample, sample.envelope(), (name, why, flag));
}

/// Without intermediate values, which these cases are not about.
fn opens(file: &mut Checked, sample: &Sample, envelope: String, (name, why, flag): (&str, &str, &str)) {
    let (input, output) = (sample.opening(envelope), sample.opened());
    let confirmed_by = &["reference", "libsodium"];
    file.accept(Accept { name, why, flags: &[flag], input, output, trace: &[], confirmed_by });
}

fn under_passwords(file: &mut Checked, start: &Sample, stream: &mut KeyStream) {
    let salt = salt_of_words();
    for (name, why, flag, password) in PASSWORDS {
        let (nonce, key) = (array(stream), derived(password, &salt));
        let sample = Sample { nonce, key, salt, password: (*password).to_owned(), ..start.clone() };
        add(file, &sample, &format!("password-{name}"), why, flag);
    }
    for (name, why, plaintext) in ENDS.iter().filter(|(name, ..)| ["end-newline", "end-space"].contains(name)) {
        let sample = Sample { nonce: array(stream), plaintext: plaintext.to_vec(), ..start.clone() };
        add(file, &sample, name, why, "PlaintextBytes");
    }
    for (name, what, front, end) in BYTES {
        let mut sample = Sample { salt: array(stream), ..start.clone() };
        sample.salt = edged(sample.salt, front, end);
        sample.key = derived(&sample.password, &sample.salt);
        add(file, &sample, &format!("salt-{name}"), &format!("The salt {what}"), "ByteEdge");
    }
    let spelled = edited_text(&start.envelope(), &member("alg").in_text().set(9, r"\u006E"));
    let why = "A letter of a value is an escape with a capital digit, which is as good as a small one";
    opens(file, start, spelled, ("escape-with-a-capital-digit", why, "JsonEscape"));
}

fn under_keys(file: &mut Checked, start: &Sample, stream: &mut KeyStream) {
    for (name, what, front, end) in BYTES {
        let mut sample = Sample { key: array(stream), nonce: array(stream), ..start.clone() };
        sample.key = edged(sample.key, front, end);
        add(file, &sample, &format!("key-{name}"), &format!("The key {what}"), "ByteEdge");
    }
    for (name, why, id, spelled) in [
        ("id-escaped-slash", "A slash in the id is escaped, as PHP and Apple's writers do", "a/b", "a\\/b"),
        (
            "id-escape-with-capital-digits",
            "Letters of the id are escapes with capital digits, which are as good as small ones",
            "aJ\u{e9}\u{1f511}",
            "a\\u004A\\u00E9\\uD83D\\uDD11",
        ),
    ] {
        let envelope = edited_text(&start.envelope(), &member("id").text(spelled));
        opens(file, &Sample { id: id.to_owned(), ..start.clone() }, envelope, (name, why, "JsonEscape"));
    }
}
