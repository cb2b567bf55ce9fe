//! Models of the parts of a port: each a right computation made of small steps, of which a mistake replaces one.
//!
//! In: an operation's input. Out: its output. A test holds every model beside the reference on every vector; the models
//! share no code with it where a mistake has to reach inside.

pub mod argon2;
pub mod blake2b;
pub mod chacha;
pub mod envelope;
pub mod fortuna;
pub mod gcm;
pub mod hash;
pub mod pbkdf2;
pub mod poly1305;
pub mod sjcl_prng;
pub mod tag;
pub mod xchacha;
