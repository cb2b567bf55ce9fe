//! What a port is made of: one entry for each part that a mistake can replace.

use super::computed::Computed;
use super::models::{argon2, blake2b, envelope, fortuna, gcm, hash, pbkdf2, sjcl_prng, xchacha};
use vectors::Fields;

/// The parts of a port. `None` is the reference's own; a mistake puts a model there ([`super::models`]) with one step
/// replaced, so that two mistakes can stand side by side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// SHA-512 and HMAC-SHA512 by themselves (`sha512.digest`, `hmac-sha512.tag`).
    pub hash: Option<hash::Hash>,
    /// BLAKE2b, also below a login's salt.
    pub blake2b: Option<blake2b::Blake2b>,
    /// PBKDF2-HMAC-SHA512, also below the envelopes that derive with it.
    pub pbkdf2: Option<pbkdf2::Pbkdf2>,
    /// Argon2i and Argon2id, also below the envelopes and hashes that derive with them.
    pub argon2: Option<argon2::Argon2>,
    /// AES-256-GCM, also inside envelopes.
    pub gcm: Option<gcm::Gcm>,
    /// HChaCha20 and XChaCha20-Poly1305, also inside envelopes.
    pub xchacha: Option<xchacha::Xchacha>,
    /// Fortuna.
    pub fortuna: Option<fortuna::Fortuna>,
    /// The other generator of that kind, from one pool upwards.
    pub sjcl_prng: Option<sjcl_prng::SjclPrng>,
    /// How envelopes are put together and taken apart.
    pub envelope: Option<envelope::Envelope>,
}

impl Parts {
    /// Every part a model, and right.
    pub const MODELS: Self = Self {
        hash: Some(hash::Hash::RIGHT),
        blake2b: Some(blake2b::Blake2b::RIGHT),
        pbkdf2: Some(pbkdf2::Pbkdf2::RIGHT),
        argon2: Some(argon2::Argon2::RIGHT),
        gcm: Some(gcm::Gcm::RIGHT),
        xchacha: Some(xchacha::Xchacha::RIGHT),
        fortuna: Some(fortuna::Fortuna::RIGHT),
        sjcl_prng: Some(sjcl_prng::SjclPrng::RIGHT),
        envelope: Some(envelope::Envelope::RIGHT),
    };

    /// The answer of the part that computes this primitive operation, if it is not the reference's own.
    #[must_use]
    pub fn primitive(&self, operation: &str, input: &Fields) -> Option<Computed<Fields>> {
        match operation {
            "sha512.digest" => self.hash.map(|hash| hash.digest(input)),
            "hmac-sha512.tag" => self.hash.map(|hash| hash.tag(input)),
            "blake2b.digest" => self.blake2b.map(|blake2b| blake2b.digest(input)),
            "pbkdf2-hmac-sha512.derive" => self.pbkdf2.map(|pbkdf2| pbkdf2.derive(input)),
            "argon2i.derive" | "argon2id.derive" => self.argon2.map(|argon2| argon2.derive(operation, input)),
            "aes-256-gcm.seal" => self.gcm.map(|gcm| gcm.seal(input)),
            "aes-256-gcm.open" => self.gcm.map(|gcm| gcm.open(input)),
            "hchacha20.subkey" => self.xchacha.map(|xchacha| xchacha.subkey(input)),
            "xchacha20-poly1305.seal" => self.xchacha.map(|xchacha| xchacha.seal(input)),
            "xchacha20-poly1305.open" => self.xchacha.map(|xchacha| xchacha.open(input)),
            "fortuna.generate" => self.fortuna.map(|fortuna| fortuna.generate(input)),
            "sjcl-prng.generate" => self.sjcl_prng.map(|prng| prng.generate(input)),
            _ => None,
        }
    }
}
