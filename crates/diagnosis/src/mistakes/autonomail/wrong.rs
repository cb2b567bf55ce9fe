//! The wrong computations of the chapter, each small and by itself.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use sha2::Sha256;

use crate::computed::Primitives;
use crate::models::envelope::autonomail::{Message, strictly};
use crate::models::envelope::document::Form;
use crate::{Computed, Stop};
use ::document::Members;
use document::encoding::Base64;
use primitives::Limits;
use primitives::hash::hmac_sha512;
use vectors::{Fields, Reason};

/// Most iterations that a wrong derivation of ours computes itself.
const ITERATIONS_MAX: u64 = 100_000;

/// PBKDF2 with HMAC-SHA256.
pub(super) fn with_sha256(_: &dyn Primitives, input: &Fields) -> Computed<Fields> {
    let iterations = iterations(input)?;
    let mut key = [0; 64];
    pbkdf2::pbkdf2_hmac::<Sha256>(input.bytes("password"), input.bytes("salt"), iterations, &mut key);
    Ok(Fields::new().with_bytes("key", key))
}

/// PBKDF2 with the block's number as a digit behind the salt, in place of four bytes.
pub(super) fn with_block_number_as_text(_: &dyn Primitives, input: &Fields) -> Computed<Fields> {
    let message = [input.bytes("salt"), b"1"].concat();
    let mut round = hmac_sha512(input.bytes("password"), &message);
    let mut key = round;
    for _ in 1..iterations(input)? {
        round = hmac_sha512(input.bytes("password"), &round);
        key.iter_mut().zip(round).for_each(|(byte, other)| *byte ^= other);
    }
    Ok(Fields::new().with_bytes("key", key))
}

fn iterations(input: &Fields) -> Computed<u32> {
    match input.integer("iterations") {
        0 => Err(Stop::Refuse(Reason::Parameter)),
        count @ 1..=ITERATIONS_MAX => u32::try_from(count).map_err(|_| Stop::Crash),
        _ => Err(Stop::Refuse(Reason::TooCostly)),
    }
}

/// The right derivation, with nothing that bounds it.
pub(super) fn unbounded(port: &dyn Primitives, input: &Fields) -> Computed<Fields> {
    match port.primitive("pbkdf2-hmac-sha512.derive", input) {
        Err(Stop::Refuse(Reason::TooCostly)) => Err(Stop::Hang),
        other => other,
    }
}

/// The SJCL text with IV, tag and associated data of whatever kind it says.
fn as_it_says(text: &[u8]) -> Option<Message> {
    let members = Members::read(text)?;
    let bytes = |name| Base64::Standard.decode(&members.text(name)?).ok();
    let fixed = [("v", "1"), ("ks", "256"), ("mode", "\"gcm\""), ("cipher", "\"aes\"")];
    let right = fixed.iter().all(|(name, value)| members.find(name).is_some_and(|member| member.value == *value));
    let tag_length = u64::try_from(members.integer("ts")?).ok()? / 8;
    let aad = members.text("adata")?.into_bytes();
    right.then_some(Message { iv: bytes("iv")?, aad, body: bytes("ct")?, tag_length })
}

/// Believes `ts` of the three lengths that SJCL knows.
pub(super) fn believing_ts(text: &[u8], limits: &Limits) -> Computed<Message> {
    let said = as_it_says(text).filter(|said| [8, 12].contains(&said.tag_length) && said.aad.is_empty());
    said.map_or_else(|| strictly(text, limits), Ok)
}

/// Takes an IV of any length.
pub(super) fn with_any_iv(text: &[u8], limits: &Limits) -> Computed<Message> {
    let said = as_it_says(text).filter(|said| (5..16).contains(&said.iv.len()) && said.tag_length == 16);
    said.filter(|said| said.aad.is_empty()).map_or_else(|| strictly(text, limits), Ok)
}

/// Authenticates the text of `adata`.
pub(super) fn believing_adata(text: &[u8], limits: &Limits) -> Computed<Message> {
    let said = as_it_says(text).filter(|said| !said.aad.is_empty() && said.iv.len() == 16 && said.tag_length == 16);
    said.map_or_else(|| strictly(text, limits), Ok)
}

/// Authenticates the bytes whose base64 `adata` is.
pub(super) fn believing_adata_in_base64(text: &[u8], limits: &Limits) -> Computed<Message> {
    let believed = |mut said: Message| {
        said.aad = Base64::Standard.decode(std::str::from_utf8(&said.aad).ok()?).ok()?;
        (!said.aad.is_empty() && said.iv.len() == 16 && said.tag_length == 16).then_some(said)
    };
    as_it_says(text).and_then(believed).map_or_else(|| strictly(text, limits), Ok)
}

/// The members of the SJCL text with one of another value set right.
pub(super) fn ignoring(form: Form, members: Members, name: &str, value: &str) -> Members {
    if form == Form::Sjcl { members.changing(name, value) } else { members }
}

/// The members of the SJCL text with SJCL's own defaults for those that are missing.
pub(super) fn with_defaults(form: Form, members: Members) -> Members {
    let defaults = [("v", "1"), ("iter", "10000"), ("ks", "128"), ("ts", "64"), ("mode", "\"ccm\"")];
    let defaults = defaults.into_iter().chain([("adata", "\"\""), ("cipher", "\"aes\"")]);
    let missing = |members: Members, (name, value): (&str, &str)| match members.find(name) {
        Some(_) => members,
        None => members.with(name, value),
    };
    if form == Form::Sjcl { defaults.fold(members, missing) } else { members }
}

/// Four bytes at a time, back to front.
pub(super) fn words_swapped(bytes: &[u8]) -> Vec<u8> {
    bytes.chunks(4).flat_map(|word| word.iter().rev().copied()).collect()
}

/// AES-256-CCM as SJCL has it: 13 bytes of IV at most, the tag behind.
pub(super) fn ccm_seal(_: &dyn Primitives, input: &Fields) -> Computed<Fields> {
    let (iv, plaintext) = (input.bytes("iv"), input.bytes("plaintext"));
    let cipher = Aes256::new_from_slice(input.bytes("key")).map_err(|_| Stop::Crash)?;
    let length_bytes = if plaintext.len() < 65_536 { 2 } else { 3 };
    let nonce = &iv[..iv.len().min(15 - length_bytes)];
    let block = |first: u8, number: usize| {
        let mut block = [0; 16];
        block[0] = first;
        block[1..=nonce.len()].copy_from_slice(nonce);
        let number = number.to_be_bytes();
        block[16 - length_bytes..].copy_from_slice(&number[number.len() - length_bytes..]);
        block
    };
    let width = u8::try_from(length_bytes - 1).unwrap_or(1);
    let mut tag = encrypted(&cipher, block(7 << 3 | width, plaintext.len()));
    for chunk in plaintext.chunks(16) {
        tag.iter_mut().zip(chunk).for_each(|(byte, other)| *byte ^= other);
        tag = encrypted(&cipher, tag);
    }
    let stream = |at: usize| encrypted(&cipher, block(width, at));
    let mut sealed = Vec::with_capacity(plaintext.len() + 16);
    for (at, chunk) in plaintext.chunks(16).enumerate() {
        sealed.extend(chunk.iter().zip(stream(at + 1)).map(|(byte, other)| byte ^ other));
    }
    sealed.extend(tag.iter().zip(stream(0)).map(|(byte, other)| byte ^ other));
    Ok(Fields::new().with_bytes("ciphertext", sealed))
}

fn encrypted(cipher: &Aes256, block: [u8; 16]) -> [u8; 16] {
    let mut block = Array::from(block);
    cipher.encrypt_block(&mut block);
    block.into()
}
