//! Mistakes in HChaCha20 and in what becomes of XChaCha20's key and nonce.

use super::xchacha::{BOTH, PARAMETER, xchacha};
use crate::models::chacha::{State, state};
use crate::models::xchacha::{inner_nonce, part, sized, subkey_of};
use crate::{Mistake, Stop};

/// HChaCha20, by itself and below the cipher.
const EVERYWHERE: &[&str] = &["hchacha20.subkey", "xchacha20-poly1305.seal", "xchacha20-poly1305.open"];
/// HChaCha20 by itself.
const SUBKEY: &[&str] = &["hchacha20.subkey"];
/// The words of the subkey.
const OUTER: [usize; 8] = [0, 1, 2, 3, 12, 13, 14, 15];

fn words(state: &State, places: [usize; 8]) -> [u8; 32] {
    subkey_of(places.map(|place| state[place]))
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "hchacha20-feed-forward",
        sentence: "Adds HChaCha20's input to its output, as ChaCha20 does",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| {
            xchacha(parts).subkey = |before, after| {
                let sum: State = std::array::from_fn(|at| before[at].wrapping_add(after[at]));
                words(&sum, OUTER)
            }
        },
    },
    Mistake {
        name: "hchacha20-first-eight-words",
        sentence: "Uses the first eight words as the subkey instead of the first and the last four",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).subkey = |_, after| words(after, [0, 1, 2, 3, 4, 5, 6, 7]),
    },
    Mistake {
        name: "hchacha20-last-eight-words",
        sentence: "Uses the last eight words as the subkey instead of the first and the last four",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).subkey = |_, after| words(after, [8, 9, 10, 11, 12, 13, 14, 15]),
    },
    Mistake {
        name: "hchacha20-words-of-hsalsa20",
        sentence: "Uses HSalsa20's words for the subkey: the diagonal and the middle",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).subkey = |_, after| words(after, [0, 5, 10, 15, 6, 7, 8, 9]),
    },
    Mistake {
        name: "hchacha20-rows-swapped",
        sentence: "Takes the last row of words before the first",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).subkey = |_, after| words(after, [12, 13, 14, 15, 0, 1, 2, 3]),
    },
    Mistake {
        name: "hchacha20-subkey-big-endian",
        sentence: "Writes the subkey's words big-endian",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).subkey = |_, after| words(&after.map(u32::swap_bytes), OUTER),
    },
    Mistake {
        name: "hchacha20-12-rounds",
        sentence: "Has 12 rounds in HChaCha20",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).double_rounds_of_subkey = 6,
    },
    Mistake {
        name: "hchacha20-8-rounds",
        sentence: "Has 8 rounds in HChaCha20",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).double_rounds_of_subkey = 4,
    },
    Mistake {
        name: "hchacha20-20-double-rounds",
        sentence: "Has 20 double rounds in HChaCha20 instead of 20 rounds",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).double_rounds_of_subkey = 20,
    },
    Mistake {
        name: "hchacha20-state-big-endian",
        sentence: "Reads key and input as big-endian words",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| {
            xchacha(parts).state = |key, input| {
                let mut words = state(key, input);
                words[4..].iter_mut().for_each(|word| *word = word.swap_bytes());
                words
            }
        },
    },
    Mistake {
        name: "hchacha20-constants-of-short-keys",
        sentence: "Begins with the constants of 16-byte keys",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| {
            xchacha(parts).state = |key, input| {
                let mut words = state(key, input);
                (words[1], words[2]) = (0x3120_646e, 0x7962_2d36);
                words
            }
        },
    },
    Mistake {
        name: "hchacha20-input-before-key",
        sentence: "Puts the input before the key",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| {
            xchacha(parts).state = |key, input| {
                let mut words = state(key, input);
                words[4..].rotate_right(4);
                words
            }
        },
    },
    Mistake {
        name: "hchacha20-input-cut-to-12",
        sentence: "Takes 12 bytes of the input and leaves the place of the counter at zero",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).state = |key, input| state(key, &part(&[&[0; 4], &input[..12]].concat())),
    },
    Mistake {
        name: "hchacha20-half-the-key",
        sentence: "Takes the first half of the key twice",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).state = |key, input| state(&part(&[&key[..16], &key[..16]].concat()), input),
    },
    Mistake {
        name: "hchacha20-zero-key-refused",
        sentence: "Refuses a key of zeros as if it was never set",
        operations: SUBKEY,
        links: &[],
        wrong: |parts| {
            xchacha(parts).key = |key| if key.iter().all(|byte| *byte == 0) { Err(PARAMETER) } else { sized(key) };
        },
    },
    Mistake {
        name: "hchacha20-input-of-any-size",
        sentence: "Cuts an input that is too long and fills one that is too short with zeros",
        operations: SUBKEY,
        links: &[],
        wrong: |parts| xchacha(parts).input = |input| Ok(part(input)),
    },
    Mistake {
        name: "hchacha20-input-of-other-sizes-crashes",
        sentence: "Crashes on an input that does not have 16 bytes",
        operations: SUBKEY,
        links: &[],
        wrong: |parts| xchacha(parts).input = |input| input.try_into().map_err(|_| Stop::Crash),
    },
    Mistake {
        name: "xchacha-key-of-any-size",
        sentence: "Cuts a key that is too long and fills one that is too short with zeros",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).key = |key| Ok(part(key)),
    },
    Mistake {
        name: "xchacha-key-of-16-twice",
        sentence: "Uses a key of 16 bytes twice, as the original ChaCha20 does",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| {
            xchacha(parts).key = |key| match key.len() {
                16 => Ok(part(&[key, key].concat())),
                _ => sized(key),
            }
        },
    },
    Mistake {
        name: "xchacha-key-of-other-sizes-crashes",
        sentence: "Crashes on a key that does not have 32 bytes",
        operations: EVERYWHERE,
        links: &[],
        wrong: |parts| xchacha(parts).key = |key| key.try_into().map_err(|_| Stop::Crash),
    },
    Mistake {
        name: "xchacha-nonce-cut",
        sentence: "Cuts a nonce that is too long to 24 bytes",
        operations: BOTH,
        links: &["https://github.com/Mbed-TLS/mbedtls/issues/4301", "CVE-2019-1543"],
        wrong: |parts| xchacha(parts).nonce = |nonce| sized(&nonce[..nonce.len().min(24)]),
    },
    Mistake {
        name: "xchacha-nonce-filled",
        sentence: "Fills a nonce that is too short with zeros at the end",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).nonce = |nonce| if nonce.len() < 24 { Ok(part(nonce)) } else { sized(nonce) },
    },
    Mistake {
        name: "xchacha-nonce-filled-in-front",
        sentence: "Fills a nonce that is too short with zeros at the front",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            xchacha(parts).nonce = |nonce| {
                let zeros = vec![0; 24_usize.saturating_sub(nonce.len())];
                sized(&[&zeros, nonce].concat())
            }
        },
    },
    Mistake {
        name: "xchacha-nonce-of-other-sizes-crashes",
        sentence: "Crashes on a nonce that does not have 24 bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).nonce = |nonce| nonce.try_into().map_err(|_| Stop::Crash),
    },
    Mistake {
        name: "xchacha-nonce-forgotten",
        sentence: "Seals and opens under a nonce of zeros",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).nonce = |nonce| sized::<24>(nonce).map(|_| [0; 24]),
    },
    Mistake {
        name: "xchacha-nonce-tail-ignored",
        sentence: "Makes the subkey from the first 16 bytes of the nonce and forgets the last eight",
        operations: BOTH,
        links: &["https://github.com/jedisct1/libsodium/issues/742"],
        wrong: |parts| xchacha(parts).divide = |nonce| (part(&nonce[..16]), [0; 12]),
    },
    Mistake {
        name: "xchacha-nonce-head-ignored",
        sentence: "Takes the last eight bytes of the nonce and leaves HChaCha20's input at zero",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).divide = |nonce| ([0; 16], inner_nonce(&nonce[16..])),
    },
    Mistake {
        name: "xchacha-nonce-zeros-behind",
        sentence: "Puts the four zero bytes of the inner nonce after its tail",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).divide = |nonce| (part(&nonce[..16]), part(&nonce[16..])),
    },
    Mistake {
        name: "xchacha-nonce-tail-first",
        sentence: "Makes the subkey from the last 16 bytes of the nonce and the inner nonce from the first eight",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).divide = |nonce| (part(&nonce[8..]), inner_nonce(&nonce[..8])),
    },
    Mistake {
        name: "xchacha-nonce-overlaps",
        sentence: "Takes the last 12 bytes of the nonce for the inner nonce",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).divide = |nonce| (part(&nonce[..16]), part(&nonce[12..])),
    },
    Mistake {
        name: "xchacha-nonce-head-again",
        sentence: "Takes the first 12 bytes of the nonce for the inner nonce too",
        operations: BOTH,
        links: &[],
        wrong: |parts| xchacha(parts).divide = |nonce| (part(&nonce[..16]), part(&nonce[..12])),
    },
    Mistake {
        name: "xchacha-is-chacha20-of-12-bytes",
        sentence: "Computes ChaCha20-Poly1305 under the key itself and the first 12 bytes of the nonce",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            let xchacha = xchacha(parts);
            xchacha.subkey = |before, _| words(before, [4, 5, 6, 7, 8, 9, 10, 11]);
            xchacha.divide = |nonce| (part(nonce), part(&nonce[..12]));
        },
    },
];
