//! The wrong computations of the chapter, each small and by itself.

use crate::models::envelope::document::{Form, Written};
use crate::models::envelope::notesnook::Opening;
use crate::{Computed, Stop};
use ::document::{Member, Members, quoted};
use document::encoding::Base64;
use vectors::Reason;

const PARAMETER: Stop = Stop::Refuse(Reason::Parameter);
const MALFORMED: Stop = Stop::Refuse(Reason::Malformed);

/// Bytes cut, or filled up with zeros.
pub(super) fn resized(bytes: &[u8], length: usize) -> Vec<u8> {
    bytes.iter().copied().chain(std::iter::repeat(0)).take(length).collect()
}

/// A member's base64 of so many bytes, whatever it was.
pub(super) fn member_resized(members: Members, name: &str, length: usize) -> Members {
    let bytes = members.text(name).and_then(|text| Base64::UrlSafeUnpadded.decode(&text).ok());
    match bytes.filter(|bytes| bytes.len() != length) {
        Some(bytes) => members.with(name, quoted(&Base64::UrlSafeUnpadded.encode(&resized(&bytes, length)))),
        None => members,
    }
}

/// Refuses an envelope without this member.
pub(super) fn required(members: Members, name: &str) -> Computed<Members> {
    if members.find(name).is_some() { Ok(members) } else { Err(MALFORMED) }
}

/// Refuses an envelope with this member.
pub(super) fn refused(members: Members, name: &str) -> Computed<Members> {
    if members.find(name).is_some() { Err(MALFORMED) } else { Ok(members) }
}

/// Refuses an envelope whose integer of this name is another.
pub(super) fn only_if(members: Members, name: &str, taken: fn(i128) -> bool) -> Computed<Members> {
    if members.integer(name).is_none_or(taken) { Ok(members) } else { Err(MALFORMED) }
}

/// A plaintext of the length that the envelope names.
pub(super) fn of_named_length(opening: &Opening, plaintext: Vec<u8>) -> Computed<Vec<u8>> {
    match usize::try_from(opening.length) {
        Ok(length) if length == plaintext.len() => Ok(plaintext),
        Ok(length) if length <= 1 << 20 => Ok(resized(&plaintext, length)),
        Ok(_) | Err(_) => Err(Stop::Crash),
    }
}

/// A plaintext cut at the length that the envelope names.
pub(super) fn cut_at_named_length(opening: &Opening, mut plaintext: Vec<u8>) -> Vec<u8> {
    plaintext.truncate(usize::try_from(opening.length).unwrap_or(usize::MAX));
    plaintext
}

/// Refuses a plaintext of another length than the envelope names.
pub(super) fn only_of_named_length(opening: &Opening, plaintext: Vec<u8>) -> Computed<Vec<u8>> {
    match usize::try_from(opening.length) {
        Ok(length) if length == plaintext.len() => Ok(plaintext),
        Ok(_) | Err(_) => Err(PARAMETER),
    }
}

/// The id that stands inside the sealed item, where there is one.
pub(super) fn id_in_item(plaintext: &[u8]) -> Option<String> {
    Members::read(plaintext)?.text("id")
}

/// `alg` taken by its first two parts.
pub(super) fn by_first_parts_of_alg(members: Members) -> Members {
    let alg = members.text("alg").filter(|alg| alg.starts_with("xcha-argon2i13"));
    if alg.is_some() { members.with("alg", "\"xcha-argon2i13-7\"") } else { members }
}

/// The members as Android writes them.
pub(super) fn as_android_writes(written: &Written<'_>, members: &Members) -> Members {
    let mut order = vec!["iv", "salt", "length", "cipher", "alg"];
    if written.form == Form::Item {
        order.extend(["v", "id"]);
    }
    Members(order.into_iter().filter_map(|name| members.find(name).cloned()).collect())
}

/// The members with one more at the end.
pub(super) fn and(mut members: Members, name: &str, value: &str) -> Members {
    members.0.push(Member::new(name, value));
    members
}
