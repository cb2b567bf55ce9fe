//! Mistakes in drawing salts and nonces.

use super::{ENVELOPES_SEAL, envelope};
use crate::Mistake;
use crate::models::envelope::drawing::Draw;
use primitives::hash::sha512;

/// Everything that draws a salt.
const SALTS: &[&str] = &["autonomail.seal", "autonomail-2014.seal", "notesnook.seal", "notesnook.server-hash"];

/// Everything that draws.
const DRAWS: &[&str] =
    &["autonomail.seal", "autonomail-2014.seal", "notesnook.seal", "notesnook-item.seal", "notesnook.server-hash"];

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "drawing-all-zeros",
        sentence: "Uses buffers of zeros that were never filled with random bytes",
        operations: DRAWS,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| vec![0; draw.length],
    },
    Mistake {
        name: "drawing-constant-nonce",
        sentence: "Uses one nonce for everything",
        operations: ENVELOPES_SEAL,
        links: &[
            "https://github.com/OpenIDC/liboauth2/issues/26",
            "https://github.com/localstack/localstack/issues/12692",
            "https://github.com/EthanLipnik/OpenSesame/issues/6",
        ],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, |draw| hashed(draw, &[b"constant"])),
    },
    Mistake {
        name: "drawing-constant-salt",
        sentence: "Uses one salt for everybody",
        operations: SALTS,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, |draw| hashed(draw, &[b"constant"])),
    },
    Mistake {
        name: "drawing-counting-nonce",
        sentence: "Counts nonces up from zero, so that a restart repeats them",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, counted),
    },
    Mistake {
        name: "drawing-counting-nonce-in-front",
        sentence: "Counts nonces up in their first bytes",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| {
                of_nonces(draw, |draw| {
                    let mut nonce = counted(draw);
                    nonce.reverse();
                    nonce
                })
            };
        },
    },
    Mistake {
        name: "drawing-counting-salt",
        sentence: "Counts salts up from zero",
        operations: SALTS,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, counted),
    },
    Mistake {
        name: "drawing-salt-of-the-password",
        sentence: "Takes the salt from the password, or keeps it as long as the password stays, as a cache of derived keys does",
        operations: SALTS,
        links: &["https://github.com/bitwiseshiftleft/sjcl"],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| of_salts(draw, |draw| hashed(draw, &[b"salt", draw.secret]));
        },
    },
    Mistake {
        name: "drawing-nonce-of-the-secret",
        sentence: "Takes the nonce from the password or key, so that all that is sealed under it shares a key stream",
        operations: ENVELOPES_SEAL,
        links: &["CVE-2016-7798"],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| of_nonces(draw, |draw| hashed(draw, &[b"nonce", draw.secret]));
        },
    },
    Mistake {
        name: "drawing-nonce-of-the-plaintext",
        sentence: "Takes the nonce from the plaintext, so that equal plaintexts are seen to be equal",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| of_nonces(draw, |draw| hashed(draw, &[b"nonce", draw.plaintext]));
        },
    },
    Mistake {
        name: "drawing-nonce-from-the-input",
        sentence: "Uses bytes of the password, key or plaintext as the nonce",
        operations: &["notesnook-item.seal"],
        links: &[],
        wrong: |parts| {
            envelope(parts).drawing.draw =
                |draw| of_nonces(draw, |draw| draw.secret.iter().copied().cycle().take(draw.length).collect());
        },
    },
    Mistake {
        name: "drawing-nonce-half-zero",
        sentence: "Draws half of the nonce and leaves zeros after it",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, half_zero),
    },
    Mistake {
        name: "drawing-salt-half-zero",
        sentence: "Draws half of the salt and leaves zeros after it",
        operations: SALTS,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, half_zero),
    },
    Mistake {
        name: "drawing-nonce-with-the-device",
        sentence: "Begins every nonce with the same eight bytes, those of a device or a clock, and draws the rest",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| {
                of_nonces(draw, |draw| {
                    let mut nonce = draw.stream();
                    nonce[..8].copy_from_slice(b"device 1");
                    nonce
                })
            };
        },
    },
    Mistake {
        name: "drawing-from-a-few-values",
        sentence: "Draws from a generator that has few states, such as one seeded with the second",
        operations: DRAWS,
        links: &["https://github.com/bitwiseshiftleft/sjcl/issues/84"],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| {
                let state = [u8::try_from(draw.port.draw() % 3).unwrap_or_default()];
                hashed(draw, &[draw.member.as_bytes(), &state])
            };
        },
    },
    Mistake {
        name: "drawing-nonce-of-12-bytes",
        sentence: "Draws a nonce of 12 bytes, the length that most ciphers use",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).drawing.draw = |draw| of_nonces(draw, |draw| draw.stream()[..12].to_vec());
        },
    },
    Mistake {
        name: "drawing-salt-of-8-bytes",
        sentence: "Draws 8 bytes for a salt, SJCL's default",
        operations: SALTS,
        links: &["https://github.com/bitwiseshiftleft/sjcl"],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, |draw| draw.stream()[..8].to_vec()),
    },
    Mistake {
        name: "drawing-given-nonce-ignored",
        sentence: "Draws a nonce although one is given",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).drawing.given =
                |given, draw| if draw.member == "salt" { given.to_vec() } else { draw.stream() };
        },
    },
    Mistake {
        name: "drawing-nonce-ends-in-zero",
        sentence: "Draws a byte too few for the nonce",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, byte_short),
    },
    Mistake {
        name: "drawing-nonce-as-text",
        sentence: "Uses hex digits for a nonce, so that half of it was drawn",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, hex_digits),
    },
    Mistake {
        name: "drawing-nonce-of-seven-bits",
        sentence: "Draws numbers below 128 for the bytes of the nonce",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, seven_bits),
    },
    Mistake {
        name: "drawing-nonce-as-uuid",
        sentence: "Uses a random UUID for a nonce, which has six bits that are always the same",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_nonces(draw, uuid),
    },
    Mistake {
        name: "drawing-salt-ends-in-zero",
        sentence: "Draws a byte too few for the salt",
        operations: &["autonomail.seal", "autonomail-2014.seal", "notesnook.seal"],
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, byte_short),
    },
    Mistake {
        name: "drawing-salt-as-text",
        sentence: "Uses hex digits for a salt, so that half of it was drawn",
        operations: SALTS,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, hex_digits),
    },
    Mistake {
        name: "drawing-salt-twice-its-half",
        sentence: "Draws half of the salt and writes it twice",
        operations: SALTS,
        links: &[],
        wrong: |parts| envelope(parts).drawing.draw = |draw| of_salts(draw, twice_its_half),
    },
];

fn of_nonces(draw: &Draw<'_>, wrong: fn(&Draw<'_>) -> Vec<u8>) -> Vec<u8> {
    if draw.member == "salt" { draw.stream() } else { wrong(draw) }
}

fn of_salts(draw: &Draw<'_>, wrong: fn(&Draw<'_>) -> Vec<u8>) -> Vec<u8> {
    if draw.member == "salt" { wrong(draw) } else { draw.stream() }
}

fn hashed(draw: &Draw<'_>, of: &[&[u8]]) -> Vec<u8> {
    sha512(&of.concat())[..draw.length].to_vec()
}

fn counted(draw: &Draw<'_>) -> Vec<u8> {
    let count = draw.port.draw().to_be_bytes();
    let zeros = draw.length - count.len();
    std::iter::repeat_n(0, zeros).chain(count).collect()
}

fn half_zero(draw: &Draw<'_>) -> Vec<u8> {
    let mut drawn = draw.stream();
    drawn[draw.length / 2..].fill(0);
    drawn
}

fn byte_short(draw: &Draw<'_>) -> Vec<u8> {
    let mut drawn = draw.stream();
    drawn[draw.length - 1] = 0;
    drawn
}

fn hex_digits(draw: &Draw<'_>) -> Vec<u8> {
    hex::encode(&draw.stream()[..draw.length / 2]).into_bytes()
}

fn seven_bits(draw: &Draw<'_>) -> Vec<u8> {
    draw.stream().into_iter().map(|byte| byte & 0x7f).collect()
}

fn uuid(draw: &Draw<'_>) -> Vec<u8> {
    let mut drawn = draw.stream();
    drawn[6] = drawn[6] & 0x0f | 0x40;
    drawn[8] = drawn[8] & 0x3f | 0x80;
    drawn
}

fn twice_its_half(draw: &Draw<'_>) -> Vec<u8> {
    let half = draw.stream()[..draw.length / 2].to_vec();
    [half.clone(), half].concat()
}
