//! Mistakes in AES-256-GCM: key, IV, counter and what is hashed.

use super::taking::without_leading_zero_words;
use crate::models::gcm::{Gcm, LOW_32, PARAMETER, bit_lengths, encrypt, hashed, j0};
use crate::models::tag::padded;
use crate::{Computed, Mistake, Parts, Stop};
use primitives::aes::Aes;
use primitives::gf128::ghash;

const SEAL: &str = "aes-256-gcm.seal";
const OPEN: &str = "aes-256-gcm.open";

/// Both directions.
pub(super) const BOTH: &[&str] = &[SEAL, OPEN];
/// What only an opener can get wrong.
pub(super) const OPENING: &[&str] = &[OPEN];

/// The model of a port, a right one if no mistake was made in it before.
pub(super) fn gcm(parts: &mut Parts) -> &mut Gcm {
    parts.gcm.get_or_insert(Gcm::RIGHT)
}

/// The IV, if its length is one of those that the port takes.
fn if_taken(iv: &[u8], taken: bool) -> Computed<Vec<u8>> {
    if taken { (Gcm::RIGHT.iv)(iv) } else { Err(PARAMETER) }
}

/// J0 with a wrong padding or length, for all IVs but those of 12 bytes.
fn j0_of(h: u128, iv: &[u8], blocks: &[u8]) -> u128 {
    if iv.len() == 12 { j0(h, iv) } else { ghash(h, blocks) }
}

/// A counter that is the last bits of J0 under this mask and wraps within them.
fn wrapping_in(bits: u128, j0: u128, block: u128) -> u128 {
    j0 & !bits | j0.wrapping_add(block) & bits
}

/// One block more or less of zeros where none is needed.
fn padded_always(bytes: &[u8]) -> Vec<u8> {
    let mut longer = bytes.to_vec();
    longer.resize((bytes.len() / 16 + 1) * 16, 0);
    longer
}

/// Two lengths in bits, those in bytes having been cut to so many bits before.
fn cut_lengths(aad: usize, text: usize, bytes_kept: usize) -> [u8; 16] {
    bit_lengths(aad & bytes_kept, text & bytes_kept)
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "gcm-key-picks-the-cipher",
        sentence: "Also accepts keys of 16 and 24 bytes, as keys of AES-128 and AES-192",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).cipher = |key| Aes::new(key).ok_or(PARAMETER),
    },
    Mistake {
        name: "gcm-aes-128",
        sentence: "Encrypts with AES-128 under the first half of the key",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).cipher = |key| match key.len() {
                32 => Aes::new(&key[..16]).ok_or(PARAMETER),
                _ => Err(PARAMETER),
            };
        },
    },
    Mistake {
        name: "gcm-key-padded",
        sentence: "Fills a key that is too short with zeros and cuts one that is too long, as SJCL does with 31 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).cipher = |key| {
                let mut whole = key.to_vec();
                whole.resize(32, 0);
                Aes::new(&whole).ok_or(PARAMETER)
            };
        },
    },
    Mistake {
        name: "gcm-iv-cut-to-12",
        sentence: "Cuts an IV to its first 12 bytes",
        operations: BOTH,
        links: &[
            "https://github.com/gchq/CyberChef/issues/469",
            "https://github.com/bmwcarit/MoCOCrW/pull/149",
            "https://github.com/facebookarchive/conceal/pull/136",
        ],
        wrong: |parts| gcm(parts).iv = |iv| (Gcm::RIGHT.iv)(iv).map(|iv| iv[..iv.len().min(12)].to_vec()),
    },
    Mistake {
        name: "gcm-iv-of-16-as-j0",
        sentence: "Takes an IV of 16 bytes as J0 itself",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).j0 = |h, iv| match <[u8; 16]>::try_from(iv) {
                Ok(block) => u128::from_be_bytes(block),
                Err(_) => j0(h, iv),
            };
        },
    },
    Mistake {
        name: "gcm-iv-cut-to-16",
        sentence: "Hashes the first 16 bytes of a longer IV and forgets the rest",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).iv = |iv| (Gcm::RIGHT.iv)(iv).map(|iv| iv[..iv.len().min(16)].to_vec()),
    },
    Mistake {
        name: "gcm-iv-padded-to-12",
        sentence: "Fills an IV of fewer than 12 bytes with zeros and does not hash it",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).iv = |iv| {
                let mut whole = (Gcm::RIGHT.iv)(iv)?;
                whole.resize(iv.len().max(12), 0);
                Ok(whole)
            };
        },
    },
    Mistake {
        name: "gcm-iv-of-12-hashed",
        sentence: "Hashes an IV of 12 bytes like any other",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).j0 = |h, iv| ghash(h, &hashed(&[], iv, bit_lengths)),
    },
    Mistake {
        name: "gcm-iv-length-in-bytes",
        sentence: "Ends the hashing of an IV with its length in bytes instead of bits",
        operations: BOTH,
        links: &["https://github.com/Mbed-TLS/mbedtls/issues/4884"],
        wrong: |parts| {
            gcm(parts).j0 = |h, iv| j0_of(h, iv, &hashed(&[], iv, |_, bytes| (bytes as u128).to_be_bytes()));
        },
    },
    Mistake {
        name: "gcm-iv-length-in-8-bits",
        sentence: "Has one byte for the length of an IV in bits, so that it wraps from 32 bytes on",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).j0 = |h, iv| j0_of(h, iv, &hashed(&[], iv, |_, bytes| bit_lengths(0, bytes % 32))),
    },
    Mistake {
        name: "gcm-iv-length-missing",
        sentence: "Hashes an IV without its length",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).j0 = |h, iv| j0_of(h, iv, &padded(iv)),
    },
    Mistake {
        name: "gcm-iv-not-padded",
        sentence: "Hashes an IV and its length without zeros between them",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).j0 = |h, iv| j0_of(h, iv, &[iv, &bit_lengths(0, iv.len())].concat()),
    },
    Mistake {
        name: "gcm-iv-padding-always",
        sentence: "Puts a block of zeros after an IV that already fills its blocks, such as one of 16 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).j0 = |h, iv| j0_of(h, iv, &[padded_always(iv), bit_lengths(0, iv.len()).to_vec()].concat());
        },
    },
    Mistake {
        name: "gcm-iv-other-than-12-refused",
        sentence: "Refuses every IV that does not have 12 bytes",
        operations: BOTH,
        links: &[
            "https://github.com/latchset/jose/issues/42",
            "https://github.com/iNPUTmice/Conversations/issues/2578",
        ],
        wrong: |parts| gcm(parts).iv = |iv| if_taken(iv, iv.len() == 12),
    },
    Mistake {
        name: "gcm-iv-other-than-12-crashes",
        sentence: "Crashes on an IV that does not have 12 bytes",
        operations: BOTH,
        links: &["https://github.com/dvsekhvalnov/jose2go/issues/21", "https://github.com/square/go-jose/pull/186"],
        wrong: |parts| gcm(parts).iv = |iv| if iv.len() == 12 { Ok(iv.to_vec()) } else { Err(Stop::Crash) },
    },
    Mistake {
        name: "gcm-iv-below-8-refused",
        sentence: "Refuses IVs of fewer than 8 bytes, as pyca does",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).iv = |iv| if_taken(iv, iv.len() >= 8),
    },
    Mistake {
        name: "gcm-iv-below-12-refused",
        sentence: "Refuses IVs of fewer than 12 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).iv = |iv| if_taken(iv, iv.len() >= 12),
    },
    Mistake {
        name: "gcm-iv-above-16-refused",
        sentence: "Refuses IVs of more than 16 bytes, as SJCL's envelopes do",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).iv = |iv| if_taken(iv, iv.len() <= 16),
    },
    Mistake {
        name: "gcm-iv-empty-accepted",
        sentence: "Accepts an empty IV, whose J0 is zero, and so masks the tag with H",
        operations: BOTH,
        links: &[
            "https://github.com/wolfSSL/wolfssl/pull/2910",
            "https://github.com/kazu-yamamoto/crypton/pull/79",
            "CVE-2017-7822",
            "https://github.com/golang/go/issues/37118",
        ],
        wrong: |parts| gcm(parts).iv = |iv| if iv.is_empty() { Ok(Vec::new()) } else { (Gcm::RIGHT.iv)(iv) },
    },
    Mistake {
        name: "gcm-iv-forgotten",
        sentence: "Seals and opens under an IV of zeros, because setting the key afterwards resets the IV",
        operations: BOTH,
        links: &["CVE-2016-7798"],
        wrong: |parts| gcm(parts).iv = |iv| (Gcm::RIGHT.iv)(iv).map(|_| vec![0; 12]),
    },
    Mistake {
        name: "gcm-counter-of-128-bits",
        sentence: "Counts blocks in all 128 bits of the counter block, where it wraps within the last 32",
        operations: BOTH,
        links: &["CVE-2018-2972", "https://github.com/haskell-crypto/cryptonite/pull/290"],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(u128::MAX, j0, block),
    },
    Mistake {
        name: "gcm-counter-of-64-bits",
        sentence: "Counts blocks in the last 64 bits of the counter block, where it wraps within the last 32",
        operations: BOTH,
        links: &[
            "https://github.com/openssl/openssl/pull/17607",
            "https://github.com/haskell-crypto/cryptonite/pull/290",
        ],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(u128::from(u64::MAX), j0, block),
    },
    Mistake {
        name: "gcm-counter-of-24-bits",
        sentence: "Counts blocks in the last 24 bits of the counter block alone",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(0x00ff_ffff, j0, block),
    },
    Mistake {
        name: "gcm-counter-of-16-bits",
        sentence: "Counts blocks in the last 16 bits of the counter block alone",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(0xffff, j0, block),
    },
    Mistake {
        name: "gcm-counter-of-8-bits",
        sentence: "Counts blocks in the last byte of the counter block alone",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(0xff, j0, block),
    },
    Mistake {
        name: "gcm-counter-from-j0",
        sentence: "Encrypts the first block under J0 itself, which masks the tag",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(LOW_32, j0, block - 1),
    },
    Mistake {
        name: "gcm-counter-from-j0-plus-2",
        sentence: "Encrypts the first block under J0 + 2, one too far",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).counter = |j0, block| wrapping_in(LOW_32, j0, block + 1),
    },
    Mistake {
        name: "gcm-counter-little-endian",
        sentence: "Counts blocks in a little-endian integer",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).counter = |j0, block| {
                let turned = |block: u128| block & !LOW_32 | (block & LOW_32).swap_bytes() >> 96;
                turned(wrapping_in(LOW_32, turned(j0), block))
            };
        },
    },
    Mistake {
        name: "gcm-counter-stops-at-its-end",
        sentence: "Counts no further than ffffffff, so that the last block of key stream repeats",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).counter = |j0, block| j0 & !LOW_32 | ((j0 & LOW_32) + block).min(LOW_32),
    },
    Mistake {
        name: "gcm-counter-skips-zero",
        sentence: "Counts on from 1, not from 0, after ffffffff",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).counter = |j0, block| {
                let whole = (j0 & LOW_32) + block;
                j0 & !LOW_32 | if whole > LOW_32 { whole - LOW_32 } else { whole }
            };
        },
    },
    Mistake {
        name: "gcm-lengths-in-bytes",
        sentence: "Hashes the lengths in bytes instead of bits",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed =
                |aad, text| hashed(aad, text, |aad, text| ((aad as u128) << 64 | text as u128).to_be_bytes());
        },
    },
    Mistake {
        name: "gcm-lengths-swapped",
        sentence: "Hashes the length of the text before that of the associated data",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).hashed = |aad, text| hashed(aad, text, |aad, text| bit_lengths(text, aad)),
    },
    Mistake {
        name: "gcm-lengths-little-endian",
        sentence: "Hashes the lengths as little-endian integers",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| {
                let turned = |block: [u8; 16]| u128::from_be_bytes(block).swap_bytes().rotate_left(64).to_be_bytes();
                hashed(aad, text, |aad, text| turned(bit_lengths(aad, text)))
            };
        },
    },
    Mistake {
        name: "gcm-lengths-of-32-bits",
        sentence: "Gives each length four bytes instead of eight",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| {
                hashed(aad, text, |aad, text| ((aad as u128 * 8) << 96 | (text as u128 * 8) << 64).to_be_bytes())
            };
        },
    },
    Mistake {
        name: "gcm-lengths-in-8-bits",
        sentence: "Has one byte for each length in bits, so that it wraps from 32 bytes on",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).hashed = |aad, text| hashed(aad, text, |aad, text| cut_lengths(aad, text, 0x1f)),
    },
    Mistake {
        name: "gcm-lengths-in-16-bits",
        sentence: "Has two bytes for each length in bits, so that it wraps from 8,192 bytes on",
        operations: BOTH,
        links: &["https://github.com/Mbed-TLS/mbedtls/issues/4884"],
        wrong: |parts| gcm(parts).hashed = |aad, text| hashed(aad, text, |aad, text| cut_lengths(aad, text, 0x1fff)),
    },
    Mistake {
        name: "gcm-text-length-wraps-at-64-kib",
        sentence: "Counts the bytes of the text in 16 bits, so that its length wraps from 65,536 bytes on",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| hashed(aad, text, |aad, text| bit_lengths(aad, text & 0xffff));
        },
    },
    Mistake {
        name: "gcm-aad-length-wraps-at-64-kib",
        sentence: "Counts the bytes of the associated data in 16 bits, so that their length wraps from 65,536 bytes on",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| hashed(aad, text, |aad, text| bit_lengths(aad & 0xffff, text));
        },
    },
    Mistake {
        name: "gcm-lengths-missing",
        sentence: "Hashes no lengths after the text",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).hashed = |aad, text| [padded(aad), padded(text)].concat(),
    },
    Mistake {
        name: "gcm-aad-ignored",
        sentence: "Leaves out the associated data, as if there were none",
        operations: BOTH,
        links: &["https://github.com/Milchdealer/sjcl-rust"],
        wrong: |parts| gcm(parts).hashed = |_, text| hashed(&[], text, bit_lengths),
    },
    Mistake {
        name: "gcm-aad-not-padded",
        sentence: "Lets the text follow the associated data within a block",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| {
                let lengths = bit_lengths(aad.len(), text.len());
                [padded(&[aad, text].concat()), lengths.to_vec()].concat()
            };
        },
    },
    Mistake {
        name: "gcm-text-not-padded",
        sentence: "Lets the lengths follow the text within a block",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed =
                |aad, text| [padded(aad), text.to_vec(), bit_lengths(aad.len(), text.len()).to_vec()].concat();
        },
    },
    Mistake {
        name: "gcm-aad-padding-always",
        sentence: "Puts a block of zeros after associated data that fill their blocks already",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| {
                let whole = if aad.is_empty() { Vec::new() } else { padded_always(aad) };
                [whole, padded(text), bit_lengths(aad.len(), text.len()).to_vec()].concat()
            };
        },
    },
    Mistake {
        name: "gcm-text-padding-always",
        sentence: "Puts a block of zeros after a text that fills its blocks already",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed =
                |aad, text| [padded(aad), padded_always(text), bit_lengths(aad.len(), text.len()).to_vec()].concat();
        },
    },
    Mistake {
        name: "gcm-aad-behind-the-text",
        sentence: "Hashes the associated data after the text",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed =
                |aad, text| [padded(text), padded(aad), bit_lengths(aad.len(), text.len()).to_vec()].concat();
        },
    },
    Mistake {
        name: "gcm-aad-alone-forgotten",
        sentence: "Leaves out the associated data where there is no text",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            gcm(parts).hashed = |aad, text| hashed(if text.is_empty() { &[] } else { aad }, text, bit_lengths);
        },
    },
    Mistake {
        name: "gcm-aad-cut-at-255",
        sentence: "Hashes no more than 255 bytes of associated data",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).hashed = |aad, text| hashed(&aad[..aad.len().min(255)], text, bit_lengths),
    },
    Mistake {
        name: "gcm-aad-as-hex-text",
        sentence: "Authenticates the hex digits of the associated data and not the bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).hashed = |aad, text| hashed(hex::encode(aad).as_bytes(), text, bit_lengths),
    },
    Mistake {
        name: "gcm-hashes-the-plaintext",
        sentence: "Hashes the plaintext and not the ciphertext",
        operations: BOTH,
        links: &["https://github.com/OP-TEE/optee_os/pull/7554"],
        wrong: |parts| gcm(parts).covered = |plaintext, _| plaintext,
    },
    Mistake {
        name: "gcm-tag-not-masked",
        sentence: "Sends GHASH's result as the tag, without adding the encrypted J0",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).mask = |_, _| 0,
    },
    Mistake {
        name: "gcm-tag-masked-by-the-first-block",
        sentence: "Masks the tag with the key stream's first block instead of the encrypted J0",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).mask = |cipher, j0| encrypt(cipher, wrapping_in(LOW_32, j0, 1)),
    },
    Mistake {
        name: "gcm-empty-text-refused",
        sentence: "Refuses to seal or open an empty text",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).admit = |_, text| if text == 0 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-empty-text-crashes",
        sentence: "Crashes on an empty text",
        operations: BOTH,
        links: &["https://github.com/mdp/sjcl_rb"],
        wrong: |parts| gcm(parts).admit = |_, text| if text == 0 { Err(Stop::Crash) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-empty-aad-refused",
        sentence: "Requires associated data",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).admit = |aad, _| if aad == 0 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-aad-alone-hangs",
        sentence: "Never returns from opening associated data without a text",
        operations: OPENING,
        links: &["https://github.com/chipsalliance/caliptra-sw/issues/4182"],
        wrong: |parts| gcm(parts).admit = |aad, text| if text == 0 && aad > 0 { Err(Stop::Hang) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-text-above-8191-refused",
        sentence: "Refuses texts of 8,192 bytes or more",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).admit = |_, text| if text > 8_191 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-text-above-65535-crashes",
        sentence: "Crashes on a text of 65,536 bytes or more",
        operations: BOTH,
        links: &["https://github.com/Milchdealer/sjcl-rust"],
        wrong: |parts| gcm(parts).admit = |_, text| if text > 65_535 { Err(Stop::Crash) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-aad-above-65535-refused",
        sentence: "Refuses associated data of 65,536 bytes or more",
        operations: BOTH,
        links: &[],
        wrong: |parts| gcm(parts).admit = |aad, _| if aad > 65_535 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "gcm-iv-leading-zeros-lost",
        sentence: "The IV is kept as a number of 16-bit words, so that leading zero words are lost unless all words are zero",
        operations: OPENING,
        links: &[],
        wrong: |parts| {
            gcm(parts).iv = |iv| match without_leading_zero_words(iv) {
                [] => (Gcm::RIGHT.iv)(iv),
                kept => (Gcm::RIGHT.iv)(kept),
            };
        },
    },
];
