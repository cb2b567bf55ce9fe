//! Autonomail's record and SJCL's text in it.

use data_encoding::{BASE64, HEXLOWER};

use super::object::Object;
use super::{malformed, parameter, too_costly};
use crate::Declined;
use primitives::Limits;
use vectors::Fields;

/// The largest count of the format.
const ITERATIONS_MAX: u64 = (1 << 31) - 1;

/// Bytes of the tag.
const TAG_BYTES: usize = 16;

/// What a record holds, beside its count.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// What PBKDF2 is asked for.
    pub(crate) iterations: u64,
    pub(crate) salt: [u8; 32],
    pub(crate) iv: [u8; 16],
    /// Ciphertext and tag.
    pub(crate) sealed: Vec<u8>,
}

impl Record {
    /// The parts under the names of the protocol.
    pub(super) fn parts(self) -> Fields {
        let parts = Fields::new().with_integer("iterations", self.iterations).with_bytes("salt", self.salt);
        parts.with_bytes("iv", self.iv).with_bytes("sealed", self.sealed)
    }
}

/// The record of the document: the count comes from outside.
///
/// # Errors
///
/// Why it is not read.
pub(crate) fn documented(input: &Fields, limits: &Limits) -> Result<Record, Declined> {
    let object = Object::read(input.bytes("record"), &["salt", "secureData"], limits)?;
    record(&object, input.integer("iterations"), limits)
}

/// The record of the client of 2014: the count stands in it.
///
/// # Errors
///
/// Why it is not read.
pub(crate) fn client_2014(input: &Fields, limits: &Limits) -> Result<Record, Declined> {
    let object = Object::read(input.bytes("record"), &["salt", "iterations", "secureData"], limits)?;
    record(&object, object.count("iterations")?, limits)
}

fn record(object: &Object, iterations: u64, limits: &Limits) -> Result<Record, Declined> {
    let salt = object.sized("salt", &HEXLOWER)?;
    let (iv, sealed) = sjcl(&object.bytes("secureData", &BASE64)?, limits)?;
    bear(iterations, limits)?;
    Ok(Record { iterations, salt, iv, sealed })
}

/// One output block of so many iterations.
pub(super) fn bear(iterations: u64, limits: &Limits) -> Result<(), Declined> {
    match iterations {
        0 => Err(parameter("no iterations")),
        count if count > ITERATIONS_MAX => Err(parameter(format!("{count} iterations"))),
        count if count > limits.iterations_max => Err(too_costly(format!("{count} iterations"))),
        _ => Ok(()),
    }
}

/// IV and ciphertext with its tag of SJCL's nine members, none of which may be escaped.
fn sjcl(text: &[u8], limits: &Limits) -> Result<([u8; 16], Vec<u8>), Declined> {
    if text.contains(&b'\\') {
        return Err(malformed("an escape in SJCL's text"));
    }
    let object = Object::read(text, &["iv", "v", "iter", "ks", "ts", "mode", "adata", "cipher", "ct"], limits)?;
    let (iv, sealed) = (object.bytes("iv", &BASE64)?, object.bytes("ct", &BASE64)?);
    object.count("iter")?;
    for (name, wanted) in [("v", 1), ("ks", 256), ("ts", 128)] {
        object.must_count(name, wanted)?;
    }
    for (name, wanted) in [("mode", "gcm"), ("adata", ""), ("cipher", "aes")] {
        object.must_say(name, wanted)?;
    }
    if sealed.len() < TAG_BYTES {
        return Err(parameter("less than a tag"));
    }
    Ok((super::members::sized("iv", &iv)?, sealed))
}
