//! Mistakes in what is sealed of a plaintext, and in what is given back.

use unicode_normalization::UnicodeNormalization as _;

use super::{ENVELOPES_OPEN, ENVELOPES_SEAL, envelope};
use crate::models::envelope::text::Text;
use crate::{Computed, Mistake, Parts, Stop};
use vectors::Reason;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "text-plaintext-bom-dropped",
        sentence: "Drops a byte order mark before the plaintext, as a browser's TextDecoder does",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).text.opened =
                |plaintext| Ok(plaintext.strip_prefix(b"\xef\xbb\xbf").unwrap_or(plaintext).to_vec());
        },
    },
    Mistake {
        name: "text-plaintext-cut-at-nul",
        sentence: "Ends the plaintext at its first NUL",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).text.opened =
                |plaintext| Ok(plaintext.split(|byte| *byte == 0).next().unwrap_or_default().to_vec());
        },
    },
    Mistake {
        name: "text-plaintext-nul-at-end-dropped",
        sentence: "Drops NULs at the end of the plaintext, as if they were the rest of a buffer",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).text.opened = |plaintext| {
                let end = plaintext.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
                Ok(plaintext[..end].to_vec())
            };
        },
    },
    Mistake {
        name: "text-plaintext-trimmed",
        sentence: "Drops white space at both ends of the plaintext",
        operations: ENVELOPES_BOTH,
        links: &[],
        wrong: |parts| plaintexts(parts, |plaintext| Ok(plaintext.trim_ascii().to_vec())),
    },
    Mistake {
        name: "text-plaintext-line-ends",
        sentence: "Turns the line ends of the plaintext into those of Unix, as a stream in text mode does",
        operations: ENVELOPES_BOTH,
        links: &[],
        wrong: |parts| plaintexts(parts, |plaintext| Ok(unix_lines(plaintext))),
    },
    Mistake {
        name: "text-plaintext-nfc",
        sentence: "Composes the plaintext's characters (NFC)",
        operations: ENVELOPES_BOTH,
        links: &[],
        wrong: |parts| {
            plaintexts(parts, |plaintext| match std::str::from_utf8(plaintext) {
                Ok(text) => Ok(text.nfc().collect::<String>().into()),
                Err(_) => Ok(plaintext.to_vec()),
            });
        },
    },
    Mistake {
        name: "text-plaintext-empty-refused",
        sentence: "Refuses to seal or to give back an empty plaintext",
        operations: ENVELOPES_BOTH,
        links: &["https://github.com/mdp/sjcl_rb"],
        wrong: |parts| {
            plaintexts(parts, |plaintext| if plaintext.is_empty() { Err(MALFORMED) } else { Ok(plaintext.to_vec()) });
        },
    },
    Mistake {
        name: "text-plaintext-json-only",
        sentence: "Refuses a plaintext that is not JSON, although the tag is right",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).text.opened = |plaintext| match serde_json::from_slice::<serde::de::IgnoredAny>(plaintext) {
                Ok(_) => Ok(plaintext.to_vec()),
                Err(_) => Err(MALFORMED),
            };
        },
    },
    Mistake {
        name: "text-plaintext-unpadded",
        sentence: "Removes block cipher padding (PKCS #7) from a plaintext that happens to end like it",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).text.opened = |plaintext| Ok(unpadded(plaintext)),
    },
    Mistake {
        name: "text-plaintext-padded",
        sentence: "Pads the plaintext to whole blocks of 16 bytes (PKCS #7) before it is sealed",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).text.sealed = |plaintext| Ok(padded(plaintext)),
    },
    Mistake {
        name: "text-short-plaintext-crashes",
        sentence: "Crashes on a plaintext shorter than 8 bytes, because it subtracts the length of a tag",
        operations: ENVELOPES_SEAL,
        links: &["https://github.com/Milchdealer/sjcl-rust"],
        wrong: |parts| {
            envelope(parts).text.sealed =
                |plaintext| if plaintext.len() < 8 { Err(Stop::Crash) } else { Ok(plaintext.to_vec()) };
        },
    },
    Mistake {
        name: "text-plaintext-newline-at-end-dropped",
        sentence: "Drops a newline after the plaintext, as a reader of lines does",
        operations: &["autonomail.open", "autonomail-2014.open", "notesnook.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).text.opened = |plaintext| Ok(plaintext.strip_suffix(b"\n").unwrap_or(plaintext).to_vec());
        },
    },
];

/// Everything that a plaintext goes into or comes out of.
const ENVELOPES_BOTH: &[&str] = &[
    "autonomail.seal",
    "autonomail.open",
    "autonomail-2014.seal",
    "autonomail-2014.open",
    "notesnook.seal",
    "notesnook.open",
    "notesnook-item.seal",
    "notesnook-item.open",
];

const MALFORMED: Stop = Stop::Refuse(Reason::Malformed);

/// The same wrong step both ways.
fn plaintexts(parts: &mut Parts, wrong: fn(&[u8]) -> Computed<Vec<u8>>) {
    let text = &mut envelope(parts).text;
    *text = Text { sealed: wrong, opened: wrong, ..*text };
}

fn unix_lines(plaintext: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(plaintext.len());
    for (at, byte) in plaintext.iter().enumerate() {
        match (byte, plaintext.get(at + 1)) {
            (b'\r', Some(b'\n')) => {}
            (b'\r', _) => lines.push(b'\n'),
            (byte, _) => lines.push(*byte),
        }
    }
    lines
}

fn unpadded(plaintext: &[u8]) -> Vec<u8> {
    let Some(&count @ 1..=16) = plaintext.last() else { return plaintext.to_vec() };
    let (body, padding) = plaintext.split_at(plaintext.len().saturating_sub(usize::from(count)));
    if padding.iter().all(|byte| *byte == count) { body.to_vec() } else { plaintext.to_vec() }
}

fn padded(plaintext: &[u8]) -> Vec<u8> {
    let count = 16 - plaintext.len() % 16;
    let padding = u8::try_from(count).unwrap_or(16);
    plaintext.iter().copied().chain(std::iter::repeat_n(padding, count)).collect()
}
