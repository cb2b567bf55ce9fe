//! Passwords and plaintexts that a port may change.

use super::flags::described;
use super::open::opens_from;
use super::sample::{Profile, Sample};
use super::seal;
use crate::builder::checked::{AUTHENTICATION, Checked};
use crate::builder::forms::words::{LONG_PASSWORDS, PASSWORDS, PLAINTEXTS, seals};
use crate::builder::{Change, FileBuilder, KeyStream, Refuse};
use vectors::Value;

/// Samples that differ in a word, each with its name, reason and flag.
fn samples(profile: Profile, stream: &mut KeyStream) -> Vec<(Sample, [String; 3])> {
    let mut samples = Vec::new();
    let mut add = |name: &str, why: &str, flag: &str, change: &dyn Fn(&mut Sample)| {
        let mut sample = Sample::new(profile, stream);
        change(&mut sample);
        samples.push((sample, [name, why, flag].map(str::to_owned)));
    };
    for (name, why, flag, password) in PASSWORDS {
        let name = format!("password-{name}");
        add(&name, why, flag, &|sample| (*password).clone_into(&mut sample.password));
    }
    for (name, why, flag, character, count) in LONG_PASSWORDS {
        let name = format!("password-{name}");
        add(&name, why, flag, &|sample| sample.password = character.to_string().repeat(*count));
    }
    for (name, why, plaintext) in PLAINTEXTS {
        add(name, why, "PlaintextBytes", &|sample| sample.plaintext = plaintext.as_bytes().to_vec());
    }
    samples
}

/// What every reader opens, and what nearly the same password does not open.
pub(super) fn open(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.open(), "Passwords and plaintexts that nothing may change", described);
    for (sample, [name, why, flag]) in samples(profile, stream) {
        opens_from(&mut file, &sample, sample.record(), (&name, &why, &[&flag]));
    }
    // HMAC pads its key with zeros up to a block and hashes what is longer, so a NUL at the end counts only there.
    let short = Sample { password: "password\0".to_owned(), ..Sample::new(profile, stream) };
    let why = "A NUL at the end of a short password vanishes in HMAC's padding, so the password without it opens, too";
    opens_from(&mut file, &short, short.record(), ("password-nul-at-end", why, &["PwNul"]));
    let without = Sample { password: "password".to_owned(), ..short.clone() };
    opens_from(&mut file, &without, short.record(), ("password-without-the-nul", why, &["PwNul"]));
    let long = Sample { password: "p".repeat(128) + "\0", ..Sample::new(profile, stream) };
    let why = "A NUL at the end of a password that is hashed before it is padded counts";
    let parent = opens_from(&mut file, &long, long.record(), ("password-129-bytes-with-a-nul", why, &["PwNul"]));
    let change = Change("password_text", Value::Text("p".repeat(128)));
    let (name, why) = ("password-128-bytes-without-the-nul", "Without its NUL a password of 129 bytes is another");
    let (flags, confirmed_by) = (&["PwNul"], &["reference"]);
    file.refuse(Refuse { name, why, flags, parent, change, reasons: AUTHENTICATION, confirmed_by });
    file.finish()
}

/// What is sealed to exactly these bytes.
pub(super) fn seal(profile: Profile, stream: &mut KeyStream) -> FileBuilder {
    let mut file = Checked::new(profile.seal(), "Passwords and plaintexts that nothing may change", described);
    for (sample, [name, why, flag]) in samples(profile, stream).into_iter().filter(|(_, [name, ..])| seals(name)) {
        seal::sealed(&mut file, &sample, [&name, &why, &flag]);
    }
    file.finish()
}
