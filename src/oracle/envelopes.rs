//! Whole envelopes out of an oracle's own functions: a second reader, so that not only the reference finds a tag wrong.
//!
//! In: an envelope spelled plainly, as the clients write it. Out: what it opens to, or that the tag is refused. Of any
//! other spelling, size or parameter there is no opinion: whether it may be read is a question of the format and not of
//! the library. The reader is a few lines of its own and shares nothing with the reference's.

use super::{Answered, Declined, openssl, sodium};
use crate::primitives::Limits;
use crate::primitives::kdf::Argon2Variant;
use crate::vector::Fields;

/// A value without escapes: text as it stands between its quotes, or the digits of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plain<'t> {
    Text(&'t str),
    Number(&'t str),
}

/// The members of an object that is spelled plainly.
#[derive(Debug, PartialEq, Eq)]
struct Members<'t>(Vec<(&'t str, Plain<'t>)>);

/// `autonomail.open` out of OpenSSL alone: the first 256 bits of the derived key, the count from outside.
pub(super) fn autonomail_open(input: &Fields, limits: &Limits) -> Answered {
    let record = Members::read(input.bytes("record"), &["salt", "secureData"]).ok_or(NOT_PLAIN)?;
    autonomail(&record, input, (input.integer("iterations"), 0), limits)
}

/// `autonomail-2014.open` out of OpenSSL alone: the second 256 bits, the count in the record.
pub(super) fn autonomail_2014_open(input: &Fields, limits: &Limits) -> Answered {
    let names = ["salt", "iterations", "secureData"];
    let record = Members::read(input.bytes("record"), &names).ok_or(NOT_PLAIN)?;
    let iterations = record.number("iterations").ok_or(NOT_PLAIN)?;
    autonomail(&record, input, (iterations, 32), limits)
}

/// `notesnook.open` out of libsodium alone.
pub(super) fn notesnook_open(input: &Fields, limits: &Limits) -> Answered {
    let names = ["format", "alg", "cipher", "iv", "salt", "length"];
    let envelope = Members::read(input.bytes("envelope"), &names).ok_or(NOT_PLAIN)?;
    let Sealed { ciphertext, nonce, salt } = envelope.sealed().ok_or(NOT_PLAIN)?;
    // Whether an empty password is one is for the format to say, not for libsodium.
    let password =
        Some(input.text("password_text").as_bytes()).filter(|password| !password.is_empty()).ok_or(NOT_PLAIN)?;
    let key = sodium::argon2(Argon2Variant::I, password, &salt, (3, 8_192), 32, limits)?;
    let key = key.as_slice().try_into().map_err(|_| NOT_PLAIN)?;
    Ok(Fields::new().with_bytes("plaintext", sodium::xchacha20_poly1305_open(key, &nonce, b"", &ciphertext)?))
}

/// `notesnook-item.open` out of libsodium alone.
pub(super) fn notesnook_item_open(input: &Fields, _: &Limits) -> Answered {
    let names = ["format", "alg", "cipher", "iv", "salt", "length", "v", "id"];
    let envelope = Members::read(input.bytes("envelope"), &names).ok_or(NOT_PLAIN)?;
    let Sealed { ciphertext, nonce, .. } = envelope.sealed().ok_or(NOT_PLAIN)?;
    if !envelope.0.contains(&("v", Plain::Number("6.1"))) {
        return Err(NOT_PLAIN);
    }
    let (id, key) = (envelope.text("id").ok_or(NOT_PLAIN)?, input.bytes("key").try_into().map_err(|_| NOT_PLAIN)?);
    let plaintext = sodium::xchacha20_poly1305_open(key, &nonce, b"", &ciphertext)?;
    Ok(Fields::new().with_text("id_text", id).with_bytes("plaintext", plaintext))
}

const NOT_PLAIN: Declined = Declined::OutsideLimits { parameter: "the envelope" };

/// The salt's record around the SJCL text that holds IV and ciphertext.
fn autonomail(record: &Members<'_>, input: &Fields, (iterations, half): (u64, usize), limits: &Limits) -> Answered {
    let (salt, text) = record_parts(record).ok_or(NOT_PLAIN)?;
    let (iv, sealed) = sjcl_parts(&text).ok_or(NOT_PLAIN)?;
    let password = input.text("password_text").as_bytes();
    let derived = openssl::pbkdf2_hmac_sha512(password, &salt, iterations, 64, limits)?;
    let key = derived[half..half + 32].try_into().map_err(|_| NOT_PLAIN)?;
    Ok(Fields::new().with_bytes("plaintext", openssl::aes_256_gcm_open(key, &iv, b"", &sealed, 16)?))
}

fn record_parts(record: &Members<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let salt =
        record.text("salt").filter(|salt| salt.len() == 64 && !salt.contains(|c: char| c.is_ascii_uppercase()))?;
    Some((hex::decode(salt).ok()?, openssl::base64(record.text("secureData")?)?))
}

/// IV of 16 bytes and ciphertext with its whole tag of an SJCL text whose parameters are the scheme's.
fn sjcl_parts(text: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let text = Members::read(text, &["iv", "v", "iter", "ks", "ts", "mode", "adata", "cipher", "ct"])?;
    let numbers = [("v", 1), ("ks", 256), ("ts", 128)].iter().all(|(name, wanted)| text.number(name) == Some(*wanted));
    let texts = [("mode", "gcm"), ("adata", ""), ("cipher", "aes")];
    let texts = texts.iter().all(|(name, wanted)| text.text(name) == Some(wanted));
    let (iv, sealed) = (openssl::base64(text.text("iv")?)?, openssl::base64(text.text("ct")?)?);
    (numbers && texts && text.number("iter").is_some() && iv.len() == 16 && sealed.len() >= 16).then_some((iv, sealed))
}

/// What an envelope of Notesnook holds.
struct Sealed {
    ciphertext: Vec<u8>,
    nonce: [u8; 24],
    salt: [u8; 16],
}

impl<'t> Members<'t> {
    /// Reads an object of exactly these members in any order: no white space, no escape, no nesting, nothing twice.
    fn read(text: &'t [u8], names: &[&str]) -> Option<Self> {
        let mut rest = std::str::from_utf8(text).ok()?.strip_prefix('{')?.strip_suffix('}')?;
        let mut members = Vec::with_capacity(names.len());
        for left in (0..names.len()).rev() {
            let (name, after) = rest.strip_prefix('"')?.split_once("\":")?;
            let (value, after) = Plain::read(after)?;
            if !names.contains(&name) || members.iter().any(|(known, _)| *known == name) {
                return None;
            }
            members.push((name, value));
            rest = if left == 0 { after } else { after.strip_prefix(',')? };
        }
        rest.is_empty().then_some(Self(members))
    }

    fn text(&self, name: &str) -> Option<&'t str> {
        self.0.iter().find_map(|(known, value)| match value {
            Plain::Text(text) if *known == name => Some(*text),
            Plain::Text(_) | Plain::Number(_) => None,
        })
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.0.iter().find_map(|(known, value)| match value {
            Plain::Number(digits) if *known == name => digits.parse().ok().filter(|number| *number < 1 << 53),
            Plain::Number(_) | Plain::Text(_) => None,
        })
    }

    fn sealed(&self) -> Option<Sealed> {
        let named = self.text("format") == Some("base64") && self.text("alg") == Some("xcha-argon2i13-7");
        let bytes = |name| sodium::from_base64_url(self.text(name)?);
        let (ciphertext, nonce, salt) = (bytes("cipher")?, bytes("iv")?, bytes("salt")?);
        let sealed = Sealed { ciphertext, nonce: nonce.try_into().ok()?, salt: salt.try_into().ok()? };
        (named && self.number("length").is_some() && sealed.ciphertext.len() >= 16).then_some(sealed)
    }
}

impl<'t> Plain<'t> {
    /// The value at the start of a text, and what follows it.
    fn read(text: &'t str) -> Option<(Self, &'t str)> {
        if let Some(quoted) = text.strip_prefix('"') {
            let (value, after) = quoted.split_once('"')?;
            let plain = value.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
            return plain.then_some((Self::Text(value), after));
        }
        let (digits, after) = text.split_at(text.find(',').unwrap_or(text.len()));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number =
            [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        (is_number && !leading_zero).then_some((Self::Number(digits), after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An opinion on a text that this reader misreads would be no opinion on the tag.
    #[test]
    fn only_what_is_spelled_plainly_is_read() {
        let read = |text: &'static str| Members::read(text.as_bytes(), &["a", "b"]);
        let plain = Members(vec![("b", Plain::Number("10")), ("a", Plain::Text("x/+="))]);
        assert_eq!(read(r#"{"b":10,"a":"x/+="}"#), Some(plain));
        for odd in [
            "",
            "{}",
            r#"{"a":1}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":1,"c":2}"#,
            r#"{"a":1,"b":2,"b":3}"#,
            r#"{"a":1,"b":2,}"#,
            r#"{"a":1,"b":2}}"#,
            r#"{"a":1, "b":2}"#,
            r#"{"a":1,"b":2} "#,
            r#"{"a":01,"b":2}"#,
            r#"{"a":-1,"b":2}"#,
            r#"{"a":1e2,"b":2}"#,
            r#"{"a":.5,"b":2}"#,
            r#"{"a":null,"b":2}"#,
            r#"{"a":[1],"b":2}"#,
            r#"{"a":"\u0041","b":2}"#,
            r#"{"a":"x y","b":2}"#,
            r#"{"a":"é","b":2}"#,
            r#"{'a':1,"b":2}"#,
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
