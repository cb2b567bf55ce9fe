//! Records at whose edges a port may change something: more passwords, salts, IVs and ends of plaintexts, and escapes.

use ::document::member;

use super::flags::described;
use super::sample::{Profile, Sample};
use crate::builder::checked::{Checked, edited_text};
use crate::builder::forms::edges::{BYTES, ENDS, PASSWORDS, edged};
use crate::builder::forms::words::Word;
use crate::builder::{Accept, FileBuilder, KeyStream};

/// What every reader opens. The older files ask plaintexts that end like a padding or in a NUL. Both profiles take a
/// password in one way, so that a few are enough for the second.
pub(super) fn open(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let title = "Passwords, salts, IVs and plaintexts at whose edges nothing may change";
    let mut file = Checked::new(profile.open(), title, described);
    let mut sample = || Sample { plaintext: b"{}".to_vec(), ..Sample::new(profile, stream) };
    for (name, why, flag, password) in passwords(profile) {
        let sample = Sample { password: (*password).to_owned(), ..sample() };
        opens(&mut file, &sample, sample.record(), (&format!("password-{name}"), why, flag));
    }
    let [zeros, _, zeros_at_end] = BYTES;
    for (name, what, front, end) in [zeros, zeros_at_end] {
        let mut sample = sample();
        sample.iv = edged(sample.iv, front, end);
        opens(&mut file, &sample, sample.record(), (&format!("iv-{name}"), &format!("The IV {what}"), "ByteEdge"));
    }
    let mut salted = sample();
    salted.salt = edged(salted.salt, &[0, 0x0a], &[]);
    let why = "The salt's hex begins with three zeros, which a number would lose";
    opens(&mut file, &salted, salted.record(), ("salt-begins-with-000", why, "ByteEdge"));
    for (name, why, plaintext) in ENDS.iter().filter(|(name, ..)| ["end-newline", "end-space"].contains(name)) {
        let sample = Sample { plaintext: plaintext.to_vec(), ..sample() };
        opens(&mut file, &sample, sample.record(), (name, why, "PlaintextBytes"));
    }
    let sample = sample();
    let spelled = edited_text(&sample.record(), &member("secureData").in_text().set(2, r"\u004A"));
    let why = "A letter of the sealed text is an escape with a capital digit, which is as good as a small one";
    opens(&mut file, &sample, spelled, ("escape-with-a-capital-digit", why, "JsonEscape"));
    file.finish()
}

fn passwords(profile: Profile) -> &'static [Word] {
    match profile {
        Profile::Documented => PASSWORDS,
        Profile::Client2014 => &PASSWORDS[..4],
    }
}

/// Without intermediate values, which these cases are not about.
fn opens(file: &mut Checked, sample: &Sample, record: String, (name, why, flag): (&str, &str, &str)) {
    let (input, output) = (sample.opening(record), sample.opened());
    let confirmed_by = &["reference", "openssl"];
    file.accept(Accept { name, why, flags: &[flag], input, output, trace: &[], confirmed_by });
}
