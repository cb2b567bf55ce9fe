//! Mistakes in XChaCha20-Poly1305: key stream, what is hashed, the tag.

use super::compare;
use super::taking::without_leading_zero_words;
use crate::models::chacha::block;
use crate::models::tag::padded;
use crate::models::xchacha::{Xchacha, counter, hashed, inner_nonce, lengths, part};
use crate::{Mistake, Parts, Stop};
use salsa20::cipher::{KeyIvInit as _, StreamCipher as _};
use vectors::Reason;

const SEAL: &str = "xchacha20-poly1305.seal";
const OPEN: &str = "xchacha20-poly1305.open";

/// Both directions.
pub(super) const BOTH: &[&str] = &[SEAL, OPEN];
const OPENING: &[&str] = &[OPEN];

/// A refusal of a parameter.
pub(super) const PARAMETER: Stop = Stop::Refuse(Reason::Parameter);

/// The model of a port, a right one if no mistake was made in it before.
pub(super) fn xchacha(parts: &mut Parts) -> &mut Xchacha {
    parts.xchacha.get_or_insert(Xchacha::RIGHT)
}

/// As a secretbox is put together: no associated data, the tag in front, the text from the middle of block 0 on.
fn boxed(parts: &mut Parts) -> &mut Xchacha {
    let xchacha = xchacha(parts);
    xchacha.position = |byte, _| (counter((32 + byte) / 64), (32 + byte) % 64);
    xchacha.hashed = |_, text| text.to_vec();
    xchacha.tag.join = compare::join_in_front;
    xchacha.tag.split = compare::split_in_front;
    xchacha
}

/// A block of `XSalsa20`'s key stream.
fn xsalsa20(key: &[u8; 32], nonce: &[u8; 24], number: u32) -> [u8; 64] {
    let mut blocks = vec![0; 64 * (number as usize + 1)];
    salsa20::XSalsa20::new(key.into(), nonce.into()).apply_keystream(&mut blocks);
    part(&blocks[blocks.len() - 64..])
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "xchacha-12-rounds",
        sentence: "Has 12 rounds in the cipher under the subkey",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).double_rounds = 6,
    },
    Mistake {
        name: "xchacha-8-rounds",
        sentence: "Has 8 rounds in the cipher under the subkey",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).double_rounds = 4,
    },
    Mistake {
        name: "xchacha-counter-from-0",
        sentence: "Encrypts the text from block 0 on, whose first bytes are Poly1305's key",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (counter(byte / 64), byte % 64),
    },
    Mistake {
        name: "xchacha-counter-from-2",
        sentence: "Encrypts the text from block 2 on",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (counter(2 + byte / 64), byte % 64),
    },
    Mistake {
        name: "xchacha-one-time-key-from-block-1",
        sentence: "Takes Poly1305's key from block 1, with which the text is encrypted too",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).one_time_block = 1,
    },
    Mistake {
        name: "xchacha-text-behind-the-key",
        sentence: "Encrypts the text with the rest of block 0 after Poly1305's key, as a secretbox does",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (counter((32 + byte) / 64), (32 + byte) % 64),
    },
    Mistake {
        name: "xchacha-counter-big-endian",
        sentence: "Writes the block counter big-endian",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (counter(1 + byte / 64).swap_bytes(), byte % 64),
    },
    Mistake {
        name: "xchacha-counter-stands-still",
        sentence: "Repeats the first block of key stream",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (1, byte % 64),
    },
    Mistake {
        name: "xchacha-counter-of-8-bits",
        sentence: "Counts blocks in one byte, so that the key stream repeats beyond 16,320 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (counter(1 + byte / 64) & 0xff, byte % 64),
    },
    Mistake {
        name: "xchacha-offset-of-16-bits",
        sentence: "Counts bytes in 16 bits, so that the key stream repeats from 65,536 bytes on",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).position = |byte, _| (counter(1 + byte % 65_536 / 64), byte % 64),
    },
    Mistake {
        name: "xchacha-four-blocks-at-once",
        sentence: "Swaps the last two of four blocks when it computes four at once (from 256 bytes on)",
        operations: BOTH,
        links: &["https://github.com/C2SP/wycheproof/issues/73"],
        wrong: |parts| {
            xchacha(parts).position = |byte, length| {
                let crossed = if byte / 256 < length / 256 && byte / 64 % 4 >= 2 { (byte / 64) ^ 1 } else { byte / 64 };
                (counter(1 + crossed), byte % 64)
            }
        },
    },
    Mistake {
        name: "xchacha-eight-blocks-at-once",
        sentence: "Continues the counter wrongly after the first eight blocks at once (beyond 512 bytes)",
        operations: BOTH,
        links: &["https://github.com/weidai11/cryptopp/issues/1069"],
        wrong: |parts| {
            xchacha(parts).position = |byte, _| (counter(1 + byte / 64 + usize::from(byte >= 512)), byte % 64);
        },
    },
    Mistake {
        name: "xchacha-sixteen-blocks-at-once",
        sentence: "Continues the counter wrongly after the first sixteen blocks at once (beyond 1,024 bytes)",
        operations: BOTH,
        links: &["https://github.com/C2SP/wycheproof/issues/73"],
        wrong: |parts| {
            xchacha(parts).position = |byte, _| (counter(1 + byte / 64 + usize::from(byte >= 1_024)), byte % 64);
        },
    },
    Mistake {
        name: "xchacha-last-block-counted-twice",
        sentence: "Uses the next block of key stream for a last block that is not whole",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).position = |byte, length| {
                let rest = byte >= 64 && byte / 64 == length / 64;
                (counter(1 + byte / 64 + usize::from(rest)), byte % 64)
            }
        },
    },
    Mistake {
        name: "xchacha-chunks-restart-blocks",
        sentence: "Begins a new block of key stream with each piece of 1,000 bytes that it is given",
        operations: BOTH,
        links: &["https://github.com/openssl/openssl/issues/8675"],
        wrong: |parts| {
            xchacha(parts).position = |byte, _| (counter(1 + byte / 1_000 * 16 + byte % 1_000 / 64), byte % 1_000 % 64);
        },
    },
    Mistake {
        name: "xchacha-lengths-in-8-bits",
        sentence: "Has one byte for each length",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed = |aad, text| hashed(aad, text, |aad, text| lengths(aad & 0xff, text & 0xff));
        },
    },
    Mistake {
        name: "xchacha-lengths-in-16-bits",
        sentence: "Has two bytes for each length",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed = |aad, text| hashed(aad, text, |aad, text| lengths(aad & 0xffff, text & 0xffff));
        },
    },
    Mistake {
        name: "xchacha-lengths-in-bits",
        sentence: "Hashes the lengths in bits instead of bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).hashed = |aad, text| hashed(aad, text, |aad, text| lengths(8 * aad, 8 * text)),
    },
    Mistake {
        name: "xchacha-lengths-big-endian",
        sentence: "Hashes the lengths as big-endian integers",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed =
                |aad, text| hashed(aad, text, |aad, text| ((aad as u128) << 64 | text as u128).to_be_bytes());
        },
    },
    Mistake {
        name: "xchacha-lengths-of-32-bits",
        sentence: "Gives each length four bytes instead of eight",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed =
                |aad, text| hashed(aad, text, |aad, text| ((text as u128) << 32 | aad as u128).to_le_bytes());
        },
    },
    Mistake {
        name: "xchacha-lengths-swapped",
        sentence: "Hashes the length of the text before that of the associated data",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).hashed = |aad, text| hashed(aad, text, |aad, text| lengths(text, aad)),
    },
    Mistake {
        name: "xchacha-lengths-missing",
        sentence: "Hashes no lengths after the text",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).hashed = |aad, text| [padded(aad), padded(text)].concat(),
    },
    Mistake {
        name: "xchacha-lengths-of-the-first-draft",
        sentence: "Hashes each part with its length and without padding, as before RFC 7539",
        operations: BOTH,
        links: &["https://github.com/jedisct1/libsodium/issues/461"],
        wrong: |parts| {
            xchacha(parts).hashed = |aad, text| {
                let length = |bytes: &[u8]| (bytes.len() as u64).to_le_bytes();
                [aad, &length(aad), text, &length(text)].concat()
            }
        },
    },
    Mistake {
        name: "xchacha-aad-ignored",
        sentence: "Leaves out the associated data, as if there were none",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).hashed = |_, text| hashed(&[], text, lengths),
    },
    Mistake {
        name: "xchacha-aad-not-padded",
        sentence: "Lets the text follow the associated data within a block",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed =
                |aad, text| [padded(&[aad, text].concat()), lengths(aad.len(), text.len()).to_vec()].concat();
        },
    },
    Mistake {
        name: "xchacha-aad-padding-always",
        sentence: "Puts a block of zeros after associated data that fill their blocks already",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed = |aad, text| {
                let more: &[u8] = if aad.len() % 16 == 0 && !aad.is_empty() { &[0; 16] } else { &[] };
                [&padded(aad), more, &hashed(&[], text, |_, text| lengths(aad.len(), text))].concat()
            }
        },
    },
    Mistake {
        name: "xchacha-aad-behind-the-text",
        sentence: "Hashes the associated data after the text",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed =
                |aad, text| [padded(text), padded(aad), lengths(aad.len(), text.len()).to_vec()].concat();
        },
    },
    Mistake {
        name: "xchacha-aad-cut-at-255",
        sentence: "Hashes no more than 255 bytes of associated data",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).hashed = |aad, text| hashed(&aad[..aad.len().min(255)], text, lengths),
    },
    Mistake {
        name: "xchacha-text-not-padded",
        sentence: "Lets the lengths follow the text within a block",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed =
                |aad, text| [padded(aad), text.to_vec(), lengths(aad.len(), text.len()).to_vec()].concat();
        },
    },
    Mistake {
        name: "xchacha-text-padding-always",
        sentence: "Puts a block of zeros after a text that fills its blocks already",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).hashed = |aad, text| {
                let more: &[u8] = if text.len() % 16 == 0 { &[0; 16] } else { &[] };
                [&padded(aad), &padded(text), more, &lengths(aad.len(), text.len())].concat()
            }
        },
    },
    Mistake {
        name: "xchacha-hashes-the-plaintext",
        sentence: "Hashes the plaintext and not the ciphertext",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).covered = |plaintext, _| plaintext,
    },
    Mistake {
        name: "xchacha-is-secretbox",
        sentence: "Is a secretbox: no associated data, no lengths, the tag in front, the text from the middle of block 0 on",
        operations: BOTH,
        links: &["https://github.com/RustCrypto/AEADs/pull/7"],
        wrong: |parts| {
            boxed(parts);
        },
    },
    Mistake {
        name: "xchacha-is-xsalsa20-secretbox",
        sentence: "Calls libsodium's secretbox, which is XSalsa20-Poly1305 with the tag in front and no associated data, instead of \
                   XChaCha20-Poly1305",
        operations: BOTH,
        links: &["https://github.com/jedisct1/libsodium-doc/pull/54"],
        wrong: |parts| boxed(parts).stream = Some(xsalsa20),
    },
    Mistake {
        name: "xchacha-is-chacha20-of-8-bytes",
        sentence: "Calls the original ChaCha20-Poly1305 with a nonce of 64 bits (libsodium's crypto_aead_chacha20poly1305 without _ietf) \
                   instead of XChaCha20-Poly1305: the key itself and the first 8 bytes of the nonce",
        operations: BOTH,
        links: &["https://github.com/jedisct1/libsodium.js/issues/302"],
        wrong: |parts| {
            let xchacha = xchacha(parts);
            xchacha.stream = Some(|key, nonce, number| block(key, number, &inner_nonce(&nonce[..8]), 10));
            xchacha.hashed = |aad, text| {
                let length = |bytes: &[u8]| (bytes.len() as u64).to_le_bytes();
                [aad, &length(aad), text, &length(text)].concat()
            };
        },
    },
    Mistake {
        name: "xchacha-empty-text-refused",
        sentence: "Refuses to seal or open an empty text",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).admit = |_, text| if text == 0 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "xchacha-empty-text-crashes",
        sentence: "Crashes on an empty text",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).admit = |_, text| if text == 0 { Err(Stop::Crash) } else { Ok(()) },
    },
    Mistake {
        name: "xchacha-empty-aad-refused",
        sentence: "Requires associated data",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).admit = |aad, _| if aad == 0 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "xchacha-aad-refused",
        sentence: "Refuses associated data, which Notesnook never has",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).admit = |aad, _| if aad == 0 { Ok(()) } else { Err(PARAMETER) },
    },
    Mistake {
        name: "xchacha-text-above-65535-refused",
        sentence: "Refuses texts of 65,536 bytes or more",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).admit = |_, text| if text > 65_535 { Err(PARAMETER) } else { Ok(()) },
    },
    Mistake {
        name: "xchacha-tag-in-front",
        sentence: "Puts the tag before the ciphertext",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            let tag = &mut xchacha(parts).tag;
            tag.join = compare::join_in_front;
            tag.split = compare::split_in_front;
        },
    },
    Mistake {
        name: "xchacha-tag-cut-as-sent",
        sentence: "Compares as many bytes of the tag as were sent, so that half a tag is enough and none is too",
        operations: OPENING,
        links: &["CVE-2020-12403"],
        wrong: |parts| {
            let tag = &mut xchacha(parts).tag;
            tag.split = |sealed, tag_length| Ok(compare::tag_of_what_is_there(sealed, tag_length));
            tag.fits = compare::first::<16>;
        },
    },
    Mistake {
        name: "xchacha-short-input-crashes",
        sentence: "Crashes on an input that is shorter than a tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| {
            xchacha(parts).tag.split = |sealed, tag_length| {
                if sealed.len() < tag_length {
                    Err(Stop::Crash)
                } else {
                    Ok(compare::tag_of_what_is_there(sealed, tag_length))
                }
            }
        },
    },
    Mistake {
        name: "xchacha-short-input-opens",
        sentence: "Opens an input that is shorter than a tag to an empty text",
        operations: OPENING,
        links: &[],
        wrong: |parts| {
            let tag = &mut xchacha(parts).tag;
            tag.split = |sealed, tag_length| Ok(compare::tag_of_what_is_there(sealed, tag_length));
            tag.fits = |computed, sent| sent.len() < computed.len() || computed == sent;
        },
    },
    Mistake {
        name: "xchacha-empty-input-opens",
        sentence: "Opens an empty input to an empty text, without a tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| {
            let tag = &mut xchacha(parts).tag;
            tag.split = compare::split_unless_empty;
            tag.fits = compare::unless_empty;
        },
    },
    Mistake {
        name: "xchacha-tag-not-checked",
        sentence: "Does not check the tag, or returns the decrypted text although the tag is wrong",
        operations: OPENING,
        links: &["https://github.com/DCIT/perl-CryptX/issues/47", "https://github.com/RustCrypto/AEADs/issues/551"],
        wrong: |parts| xchacha(parts).tag.fits = |_, _| true,
    },
    Mistake {
        name: "xchacha-failure-gives-nothing",
        sentence: "Gives an empty text instead of an error if the tag is wrong",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.unfit = |_| Ok(Vec::new()),
    },
    Mistake {
        name: "xchacha-failure-crashes",
        sentence: "Crashes on a wrong tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.unfit = |_| Err(Stop::Crash),
    },
    Mistake {
        name: "xchacha-compare-first-4",
        sentence: "Compares the first four bytes of the tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::first::<4>,
    },
    Mistake {
        name: "xchacha-compare-first-8",
        sentence: "Compares the first eight bytes of the tag",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::first::<8>,
    },
    Mistake {
        name: "xchacha-compare-first-15",
        sentence: "Compares all bytes of the tag but the sixteenth",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::first::<15>,
    },
    Mistake {
        name: "xchacha-compare-last-word",
        sentence: "Keeps only the difference of the last 32-bit word: each word overwrites the one before",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::last::<4>,
    },
    Mistake {
        name: "xchacha-compare-xor-folded",
        sentence: "Adds up the differences of all bytes with xor instead of or",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::folded,
    },
    Mistake {
        name: "xchacha-compare-high-bits",
        sentence: "Compares the highest bit of each byte",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::masked::<0x80>,
    },
    Mistake {
        name: "xchacha-compare-seven-bits",
        sentence: "Compares seven bits of each byte, as of ASCII",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::masked::<0x7f>,
    },
    Mistake {
        name: "xchacha-compare-low-nibbles",
        sentence: "Compares the low half of each byte",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::masked::<0x0f>,
    },
    Mistake {
        name: "xchacha-compare-to-nul",
        sentence: "Compares tags as C compares texts, to the first zero byte",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::to_nul,
    },
    Mistake {
        name: "xchacha-compare-as-text",
        sentence: "Compares tags as texts, in which all bytes that are not UTF-8 look alike",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::as_text,
    },
    Mistake {
        name: "xchacha-compare-unordered",
        sentence: "Asks whether the tags have the same bytes, in any order",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::unordered,
    },
    Mistake {
        name: "xchacha-compare-zeros-pass",
        sentence: "Accepts a tag of zeros as right",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::or_zeros,
    },
    Mistake {
        name: "xchacha-compare-xor-folded-words",
        sentence: "Adds up the differences of all 32-bit words with xor instead of or",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::folded_words,
    },
    Mistake {
        name: "xchacha-compare-sums",
        sentence: "Compares the sums of the tags' bytes",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::sums,
    },
    Mistake {
        name: "xchacha-compare-zeros-refused",
        sentence: "Treats a tag of zeros as missing, even if it is right",
        operations: OPENING,
        links: &[],
        wrong: |parts| xchacha(parts).tag.fits = compare::but_zeros,
    },
    Mistake {
        name: "xchacha-leading-zeros-lost",
        sentence: "Key and nonce are kept as numbers of 16-bit words, so that leading zero words move to the end",
        operations: &["xchacha20-poly1305.open"],
        links: &[],
        wrong: |parts| {
            let xchacha = xchacha(parts);
            xchacha.key = |key| (Xchacha::RIGHT.key)(&shifted(key));
            xchacha.nonce = |nonce| (Xchacha::RIGHT.nonce)(&shifted(nonce));
        },
    },
];

/// Without the zero words in front, and with as many behind.
fn shifted(bytes: &[u8]) -> Vec<u8> {
    let mut kept = without_leading_zero_words(bytes).to_vec();
    kept.resize(bytes.len(), 0);
    kept
}
