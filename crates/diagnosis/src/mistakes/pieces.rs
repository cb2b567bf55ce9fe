//! Mistakes of streams and buffers: a text that is decoded or encoded piece by piece.

use super::{ENVELOPES_OPEN, ENVELOPES_SEAL, envelope};
use crate::change::decoded_in_pieces;
use crate::{Mistake, Parts};

/// Reports of a character that was lost between two pieces.
const REPORTS: &[&str] =
    &["https://github.com/LinusU/node-jsonlines/issues/7", "https://github.com/denoland/std/pull/5381"];

/// What opens long plaintexts: one text of 64 KiB in each system is enough.
const LONG: &[&str] = &["autonomail.open", "notesnook-item.open"];

/// What asks passwords that are long enough.
const PASSWORDS: &[&str] = &["autonomail.open", "notesnook.derive-key"];

const ITEM: &[&str] = &["notesnook-item.open"];

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    plaintext::<16>(
        "text-plaintext-decoded-in-pieces-of-16",
        "Decodes the opened plaintext in pieces of 16 bytes, block by block, so that a character across two becomes U+FFFD",
        ENVELOPES_OPEN,
    ),
    plaintext::<64>(
        "text-plaintext-decoded-in-pieces-of-64",
        "Decodes the opened plaintext in pieces of 64 bytes, a block of key stream, so that a character across two becomes U+FFFD",
        ENVELOPES_OPEN,
    ),
    plaintext::<256>(
        "text-plaintext-decoded-in-pieces-of-256",
        "Decodes the opened plaintext in pieces of 256 bytes, so that a character across two becomes U+FFFD",
        ENVELOPES_OPEN,
    ),
    plaintext::<512>(
        "text-plaintext-decoded-in-pieces-of-512",
        "Decodes the opened plaintext in pieces of 512 bytes, so that a character across two becomes U+FFFD",
        ENVELOPES_OPEN,
    ),
    plaintext::<1_024>(
        "text-plaintext-decoded-in-pieces-of-1024",
        "Decodes the opened plaintext in pieces of 1,024 bytes, so that a character across two becomes U+FFFD",
        ENVELOPES_OPEN,
    ),
    plaintext::<4_096>(
        "text-plaintext-decoded-in-pieces-of-4096",
        "Decodes the opened plaintext in pieces of 4,096 bytes, so that a character across two becomes U+FFFD",
        ENVELOPES_OPEN,
    ),
    plaintext::<8_192>(
        "text-plaintext-decoded-in-pieces-of-8192",
        "Decodes the opened plaintext in pieces of 8,192 bytes, so that a character across two becomes U+FFFD",
        LONG,
    ),
    plaintext::<16_384>(
        "text-plaintext-decoded-in-pieces-of-16384",
        "Decodes the opened plaintext in pieces of 16,384 bytes, so that a character across two becomes U+FFFD",
        LONG,
    ),
    plaintext::<65_536>(
        "text-plaintext-decoded-in-pieces-of-65536",
        "Decodes the opened plaintext in pieces of 65,536 bytes, as streams hand them on, so that a character across two becomes U+FFFD",
        LONG,
    ),
    sealed::<16>(
        "text-plaintext-encoded-in-pieces-of-16",
        "Encodes the plaintext in pieces of 16 UTF-16 units before it is sealed, so that each half of a surrogate pair becomes U+FFFD",
    ),
    sealed::<64>(
        "text-plaintext-encoded-in-pieces-of-64",
        "Encodes the plaintext in pieces of 64 UTF-16 units before it is sealed, so that each half of a surrogate pair becomes U+FFFD",
    ),
    sealed::<512>(
        "text-plaintext-encoded-in-pieces-of-512",
        "Encodes the plaintext in pieces of 512 UTF-16 units before it is sealed, so that each half of a surrogate pair becomes U+FFFD",
    ),
    sealed::<1_024>(
        "text-plaintext-encoded-in-pieces-of-1024",
        "Encodes the plaintext in pieces of 1,024 UTF-16 units before it is sealed, so that each half of a surrogate pair becomes U+FFFD",
    ),
    sealed::<4_096>(
        "text-plaintext-encoded-in-pieces-of-4096",
        "Encodes the plaintext in pieces of 4,096 UTF-16 units before it is sealed, so that each half of a surrogate pair becomes U+FFFD",
    ),
    password::<16>(
        "text-password-decoded-in-pieces-of-16",
        "Decodes the password in pieces of 16 bytes, so that a character across two becomes U+FFFD",
    ),
    password::<64>(
        "text-password-decoded-in-pieces-of-64",
        "Decodes the password in pieces of 64 bytes, so that a character across two becomes U+FFFD",
    ),
    password::<128>(
        "text-password-decoded-in-pieces-of-128",
        "Decodes the password in pieces of 128 bytes, so that a character across two becomes U+FFFD",
    ),
    password::<512>(
        "text-password-decoded-in-pieces-of-512",
        "Decodes the password in pieces of 512 bytes, so that a character across two becomes U+FFFD",
    ),
    password::<1_024>(
        "text-password-decoded-in-pieces-of-1024",
        "Decodes the password in pieces of 1,024 bytes, so that a character across two becomes U+FFFD",
    ),
    password::<4_096>(
        "text-password-decoded-in-pieces-of-4096",
        "Decodes the password in pieces of 4,096 bytes, so that a character across two becomes U+FFFD",
    ),
    password_in_units::<16>(
        "text-password-encoded-in-pieces-of-16",
        "Encodes the password in pieces of 16 UTF-16 units, so that each half of a surrogate pair becomes U+FFFD",
    ),
    password_in_units::<64>(
        "text-password-encoded-in-pieces-of-64",
        "Encodes the password in pieces of 64 UTF-16 units, so that each half of a surrogate pair becomes U+FFFD",
    ),
    password_in_units::<512>(
        "text-password-encoded-in-pieces-of-512",
        "Encodes the password in pieces of 512 UTF-16 units, so that each half of a surrogate pair becomes U+FFFD",
    ),
    id::<16>(
        "notesnook-id-decoded-in-pieces-of-16",
        "Decodes an item's id in pieces of 16 bytes, so that a character across two becomes U+FFFD",
    ),
    id::<64>(
        "notesnook-id-decoded-in-pieces-of-64",
        "Decodes an item's id in pieces of 64 bytes, so that a character across two becomes U+FFFD",
    ),
    id::<512>(
        "notesnook-id-decoded-in-pieces-of-512",
        "Decodes an item's id in pieces of 512 bytes, so that a character across two becomes U+FFFD",
    ),
    id::<1_024>(
        "notesnook-id-decoded-in-pieces-of-1024",
        "Decodes an item's id in pieces of 1,024 bytes, so that a character across two becomes U+FFFD",
    ),
    document::<64>(
        "json-decoded-in-pieces-of-64",
        "Decodes a document in pieces of 64 bytes, so that a character of the id across two becomes U+FFFD",
    ),
    document::<512>(
        "json-decoded-in-pieces-of-512",
        "Decodes a document in pieces of 512 bytes, so that a character of the id across two becomes U+FFFD",
    ),
    document::<1_024>(
        "json-decoded-in-pieces-of-1024",
        "Decodes a document in pieces of 1,024 bytes, so that a character of the id across two becomes U+FFFD",
    ),
];

const fn entry(
    name: &'static str,
    sentence: &'static str,
    operations: &'static [&'static str],
    wrong: fn(&mut Parts),
) -> Mistake {
    Mistake { name, sentence, operations, links: REPORTS, wrong }
}

const fn plaintext<const N: usize>(
    name: &'static str,
    sentence: &'static str,
    operations: &'static [&'static str],
) -> Mistake {
    entry(name, sentence, operations, |parts| {
        envelope(parts).text.opened = |plaintext| Ok(decoded_in_pieces(plaintext, N));
    })
}

const fn sealed<const N: usize>(name: &'static str, sentence: &'static str) -> Mistake {
    entry(name, sentence, ENVELOPES_SEAL, |parts| {
        envelope(parts).text.sealed =
            |plaintext| Ok(std::str::from_utf8(plaintext).map_or_else(|_| plaintext.to_vec(), encoded::<N>));
    })
}

const fn password<const N: usize>(name: &'static str, sentence: &'static str) -> Mistake {
    entry(name, sentence, PASSWORDS, |parts| {
        envelope(parts).text.password = |password| Ok(decoded_in_pieces(password.as_bytes(), N));
    })
}

const fn password_in_units<const N: usize>(name: &'static str, sentence: &'static str) -> Mistake {
    entry(name, sentence, PASSWORDS, |parts| envelope(parts).text.password = |password| Ok(encoded::<N>(password)))
}

const fn id<const N: usize>(name: &'static str, sentence: &'static str) -> Mistake {
    entry(name, sentence, ITEM, |parts| {
        envelope(parts).notesnook.id =
            |opening, _| String::from_utf8_lossy(&decoded_in_pieces(opening.id.as_bytes(), N)).into_owned();
    })
}

const fn document<const N: usize>(name: &'static str, sentence: &'static str) -> Mistake {
    entry(name, sentence, ITEM, |parts| envelope(parts).document.bytes = |_, text| Ok(decoded_in_pieces(text, N)))
}

/// The UTF-8 of a text whose UTF-16 was encoded in pieces of `N` units.
fn encoded<const N: usize>(text: &str) -> Vec<u8> {
    let units: Vec<_> = text.encode_utf16().collect();
    units.chunks(N).map(String::from_utf16_lossy).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Node 20 gives: `Buffer.from("abc🔑").subarray(0, 4).toString()` and the rest; `new TextEncoder().encode` of each half.
    #[test]
    fn a_character_across_two_pieces_is_lost_in_both() {
        let lost = |text: &str| text.replace('?', "\u{fffd}").into_bytes();
        assert_eq!(decoded_in_pieces("abc🔑".as_bytes(), 4), lost("abc????"));
        assert_eq!(decoded_in_pieces("abc🔑".as_bytes(), 5), lost("abc???"));
        assert_eq!(encoded::<4>("abc🔑"), lost("abc??"));
        assert_eq!(encoded::<3>("abc🔑"), "abc🔑".as_bytes());
    }
}
