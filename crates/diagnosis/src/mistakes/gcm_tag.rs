//! Mistakes in AES-256-GCM around the tag: its length, its place and how it is checked.

use super::compare;
use super::gcm::{BOTH, OPENING, gcm};
use crate::models::gcm::{Gcm, PARAMETER, length_of};
use crate::{Computed, Mistake, Stop};

/// The length, if it is one of those that the port takes.
fn if_taken(length: u64, taken: bool) -> Computed<usize> {
    if taken { (Gcm::RIGHT.tag_length)(length) } else { Err(PARAMETER) }
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "gcm-tag-length-ignored-16",
        sentence: "Seals and opens with tags of 16 bytes whatever is asked for",
        operations: BOTH,
        links: &["https://github.com/gchq/CyberChef/issues/1546"],
        wrong: |parts| gcm(parts).tag_length = |length| (Gcm::RIGHT.tag_length)(length).map(|_| 16),
    },
    Mistake {
        name: "gcm-tag-length-ignored-8",
        sentence: "Seals and opens with tags of 8 bytes whatever is asked for",
        operations: BOTH,
        links: &["https://github.com/Milchdealer/sjcl-rust", "https://github.com/mdp/sjcl_rb"],
        wrong: |parts| gcm(parts).tag_length = |length| (Gcm::RIGHT.tag_length)(length).map(|_| 8),
    },
    Mistake {
        name: "gcm-tag-other-than-16-refused",
        sentence: "Refuses tags of 4, 8 and 12 to 15 bytes, which the standard allows",
        operations: BOTH,
        links: &["https://github.com/gchq/CyberChef/issues/1546"],
        wrong: |parts| gcm(parts).tag_length = |length| if_taken(length, length == 16),
    },
    Mistake {
        name: "gcm-tag-below-12-refused",
        sentence: "Refuses tags of 4 and 8 bytes, as the crate aes-gcm does",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).tag_length = |length| if_taken(length, length >= 12),
    },
    Mistake {
        name: "gcm-tag-of-4-refused",
        sentence: "Refuses tags of 4 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).tag_length = |length| if_taken(length, length != 4),
    },
    Mistake {
        name: "gcm-tag-of-13-to-15-refused",
        sentence: "Refuses tags of 13, 14 and 15 bytes and accepts only those of whole words",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).tag_length = |length| if_taken(length, length % 4 == 0),
    },
    Mistake {
        name: "gcm-tag-of-any-length",
        sentence: "Accepts tags of every length up to 16 bytes, and no tag at all",
        operations: BOTH,
        links: &["https://github.com/weidai11/cryptopp/issues/954", "https://github.com/nodejs/node/issues/17523"],
        wrong: |parts| {
            gcm(parts).tag_length = |length| if length <= 16 { Ok(length_of(length)) } else { Err(PARAMETER) };
        },
    },
    Mistake {
        name: "gcm-tag-of-4-to-16",
        sentence: "Accepts tags of every length from 4 to 16 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).tag_length = |length| match length {
                4..=16 => Ok(length_of(length)),
                _ => Err(PARAMETER),
            };
        },
    },
    Mistake {
        name: "gcm-tag-length-0-is-16",
        sentence: "Treats a tag length of 0 as the usual one, as SJCL does",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).tag_length = |length| (Gcm::RIGHT.tag_length)(if length == 0 { 16 } else { length }),
    },
    Mistake {
        name: "gcm-tag-length-capped",
        sentence: "Treats a tag length above 16 as 16",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).tag_length = |length| (Gcm::RIGHT.tag_length)(length.min(16)),
    },
    Mistake {
        name: "gcm-tag-longer-than-16",
        sentence: "Accepts tags of more than 16 bytes: compares the first 16, or sends zeros after them",
        operations: BOTH,
        links: &["https://github.com/AzureAD/azure-activedirectory-identitymodel-extensions-for-dotnet/issues/2201"],
        wrong: |parts| {
            let gcm = gcm(parts);
            gcm.tag_length = |length| match length {
                17..=32 => Ok(length_of(length)),
                _ => (Gcm::RIGHT.tag_length)(length),
            };
            gcm.cut = |tag, length| [tag, [0; 16]].concat()[..length].to_vec();
            gcm.tag.fits = |computed, sent| computed.iter().zip(sent).take(16).all(|(one, other)| one == other);
        },
    },
    Mistake {
        name: "gcm-tag-length-in-bits",
        sentence: "Reads the tag length as bits instead of bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).tag_length = |length| match length % 8 {
                0 => (Gcm::RIGHT.tag_length)(length / 8),
                _ => Err(PARAMETER),
            };
        },
    },
    Mistake {
        name: "gcm-tag-cut-from-the-right",
        sentence: "Keeps the last bytes of the whole tag instead of the first",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).cut = |tag, length| tag[16 - length..].to_vec(),
    },
    Mistake {
        name: "gcm-tag-cut-compared-whole",
        sentence: "Compares a short tag with all 16 bytes of the computed one, so that no short tag is right",
        operations: OPENING,
        links: &["https://github.com/chipsalliance/caliptra-sw/pull/4186"],
        wrong: |parts| gcm(parts).cut = |tag, _| tag.to_vec(),
    },
    Mistake {
        name: "gcm-tag-cut-as-sent",
        sentence: "Compares as many bytes of the tag as were sent, so that half a tag is enough and none is too",
        operations: OPENING,
        links: &[
            "https://github.com/kazu-yamamoto/crypton/pull/80",
            "https://github.com/dotnet/runtime/issues/71366",
            "https://nodejs.org/api/deprecations.html#DEP0182",
            "CVE-2018-1000539",
            "CVE-2023-37464",
            "CVE-2025-54887",
            "CVE-2026-34182",
            "CVE-2026-5500",
        ],
        wrong: |parts| {
            let tag = &mut gcm(parts).tag;
            tag.split = |sealed, tag_length| Ok(compare::tag_of_what_is_there(sealed, tag_length));
            tag.fits = compare::first::<16>;
        },
    },
    Mistake {
        name: "gcm-short-input-crashes",
        sentence: "Crashes on an input that is shorter than a tag",
        operations: OPENING,
        links: &["https://github.com/Milchdealer/sjcl-rust"],
        wrong: |parts| {
            gcm(parts).tag.split = |sealed, tag_length| {
                if sealed.len() < tag_length {
                    Err(Stop::Crash)
                } else {
                    Ok(compare::tag_of_what_is_there(sealed, tag_length))
                }
            };
        },
    },
    Mistake {
        name: "gcm-short-input-opens",
        sentence: "Opens an input that is shorter than a tag to an empty text",
        operations: OPENING,
        links: &[],
        wrong: |parts| {
            let tag = &mut gcm(parts).tag;
            tag.split = |sealed, tag_length| Ok(compare::tag_of_what_is_there(sealed, tag_length));
            tag.fits = |computed, sent| sent.len() < computed.len() || computed == sent;
        },
    },
    Mistake {
        name: "gcm-empty-input-opens",
        sentence: "Opens an empty input to an empty text, without a tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| {
            let tag = &mut gcm(parts).tag;
            tag.split = compare::split_unless_empty;
            tag.fits = compare::unless_empty;
        },
    },
    Mistake {
        name: "gcm-tag-in-front",
        sentence: "Puts the tag before the ciphertext",
        operations: BOTH,
        links: &["https://github.com/interledger/interledger-rs/issues/310"],
        wrong: |parts| {
            let tag = &mut gcm(parts).tag;
            tag.join = compare::join_in_front;
            tag.split = compare::split_in_front;
        },
    },
    Mistake {
        name: "gcm-tag-not-sent",
        sentence: "Sends no tag, and reads the last bytes of the text as one",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            let tag = &mut gcm(parts).tag;
            tag.join = |ciphertext, _| ciphertext.to_vec();
            tag.fits = |_, _| true;
        },
    },
    Mistake {
        name: "gcm-tag-not-checked",
        sentence: "Does not check the tag, or returns the decrypted text although the tag is wrong",
        operations: OPENING,
        links: &[
            "https://github.com/DCIT/perl-CryptX/issues/47",
            "https://github.com/jeroen/openssl/issues/73",
            "https://github.com/RustCrypto/AEADs/security/advisories/GHSA-423w-p2w9-r7vq",
            "https://github.com/wolfSSL/wolfssl/issues/5732",
            "https://github.com/OP-TEE/optee_os/pull/7554",
        ],
        wrong: |parts| gcm(parts).tag.fits = |_, _| true,
    },
    Mistake {
        name: "gcm-failure-gives-nothing",
        sentence: "Gives an empty text instead of an error if the tag is wrong",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.unfit = |_| Ok(Vec::new()),
    },
    Mistake {
        name: "gcm-failure-crashes",
        sentence: "Crashes on a wrong tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.unfit = |_| Err(Stop::Crash),
    },
    Mistake {
        name: "gcm-compare-first-4",
        sentence: "Compares the first four bytes of the tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::first::<4>,
    },
    Mistake {
        name: "gcm-compare-first-8",
        sentence: "Compares the first eight bytes of the tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::first::<8>,
    },
    Mistake {
        name: "gcm-compare-first-12",
        sentence: "Compares the first twelve bytes of the tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::first::<12>,
    },
    Mistake {
        name: "gcm-compare-first-15",
        sentence: "Compares all bytes of the tag but the sixteenth",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::first::<15>,
    },
    Mistake {
        name: "gcm-compare-last-word",
        sentence: "Keeps only the difference of the last 32-bit word: each word overwrites the one before",
        operations: OPENING,
        links: &["https://github.com/mdp/sjcl_rb"],
        wrong: |parts| gcm(parts).tag.fits = compare::last::<4>,
    },
    Mistake {
        name: "gcm-compare-last-byte",
        sentence: "Keeps only the difference of the last byte: each byte overwrites the one before",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::last::<1>,
    },
    Mistake {
        name: "gcm-compare-xor-folded",
        sentence: "Adds up the differences of all bytes with xor instead of or",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::folded,
    },
    Mistake {
        name: "gcm-compare-high-bits",
        sentence: "Compares the highest bit of each byte",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::masked::<0x80>,
    },
    Mistake {
        name: "gcm-compare-seven-bits",
        sentence: "Compares seven bits of each byte, as of ASCII",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::masked::<0x7f>,
    },
    Mistake {
        name: "gcm-compare-low-nibbles",
        sentence: "Compares the low half of each byte",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::masked::<0x0f>,
    },
    Mistake {
        name: "gcm-compare-to-nul",
        sentence: "Compares tags as C compares texts, to the first zero byte",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::to_nul,
    },
    Mistake {
        name: "gcm-compare-as-text",
        sentence: "Compares tags as texts, in which all bytes that are not UTF-8 look alike",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::as_text,
    },
    Mistake {
        name: "gcm-compare-unordered",
        sentence: "Asks whether the tags have the same bytes, in any order",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::unordered,
    },
    Mistake {
        name: "gcm-compare-zeros-pass",
        sentence: "Accepts a tag of zeros as right",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::or_zeros,
    },
    Mistake {
        name: "gcm-compare-xor-folded-words",
        sentence: "Adds up the differences of all 32-bit words with xor instead of or",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::folded_words,
    },
    Mistake {
        name: "gcm-compare-sums",
        sentence: "Compares the sums of the tags' bytes",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::sums,
    },
    Mistake {
        name: "gcm-compare-zeros-refused",
        sentence: "Treats a tag of zeros as missing, even if it is right",
        operations: OPENING,
        links: &[],
        wrong: |parts| gcm(parts).tag.fits = compare::but_zeros,
    },
];
