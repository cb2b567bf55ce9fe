//! Mistakes in both Autonomail profiles and in the SJCL text inside.

pub(super) mod sjcl_text;
pub(super) mod writing;
mod wrong;

use super::envelope;
use crate::models::envelope::document::Form;
use crate::{Mistake, Stop};
use ::envelope::autonomail::Profile;
use document::encoding::Base64;
use vectors::Reason;

const SJCL: &str = "https://github.com/bitwiseshiftleft/sjcl";

const OPEN: &[&str] = &["autonomail.open", "autonomail-2014.open"];
const SEAL: &[&str] = &["autonomail.seal", "autonomail-2014.seal"];
const BOTH: &[&str] = &["autonomail.seal", "autonomail.open", "autonomail-2014.seal", "autonomail-2014.open"];
/// Where the SJCL text is taken apart: both profiles read it alike.
const TEXT: &[&str] = &["autonomail.open"];

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "autonomail-other-half",
        sentence: "Uses the other half of the 512 derived bits as the key: the document and the published client disagree on it",
        operations: BOTH,
        links: &["https://github.com/autonomail/docs"],
        wrong: |parts| {
            envelope(parts).autonomail.key = |profile, derived| match profile {
                Profile::Documented => derived[32..].to_vec(),
                Profile::Client2014 => derived[..32].to_vec(),
            };
        },
    },
    Mistake {
        name: "autonomail-both-halves-tried",
        sentence: "Tries the other half of the derived bits where the right one does not open the record",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.second_key = |profile, derived| {
                Some(match profile {
                    Profile::Documented => derived[32..].to_vec(),
                    Profile::Client2014 => derived[..32].to_vec(),
                })
            };
        },
    },
    Mistake {
        name: "autonomail-key-of-128-bits",
        sentence: "Uses 128 bits of the key, SJCL's default, and fills the rest with zeros",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.key = |profile, derived| {
                let start = if profile == Profile::Documented { 0 } else { 32 };
                [&derived[start..start + 16], &[0; 16]].concat()
            };
        },
    },
    Mistake {
        name: "autonomail-key-as-hex",
        sentence: "Uses the first 32 characters of the key's hex as the key",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.key = |profile, derived| {
                let start = if profile == Profile::Documented { 0 } else { 32 };
                hex::encode(&derived[start..start + 16]).into_bytes()
            };
        },
    },
    Mistake {
        name: "autonomail-key-of-zeros",
        sentence: "Seals under a key of zeros, because the derivation failed unnoticed",
        operations: BOTH,
        links: &["CVE-2025-6545", "CVE-2025-6547"],
        wrong: |parts| envelope(parts).autonomail.key = |_, _| vec![0; 32],
    },
    Mistake {
        name: "autonomail-derived-with-sha-256",
        sentence: "Derives with HMAC-SHA256, SJCL's default, to which a build without SHA-512 falls back silently",
        operations: BOTH,
        links: &[
            "https://github.com/bitwiseshiftleft/sjcl/issues/128",
            "https://github.com/bitwiseshiftleft/sjcl/issues/331",
            "https://github.com/bitwiseshiftleft/sjcl/issues/356",
            "https://github.com/blockchain/My-Wallet-V3/pull/180",
        ],
        wrong: |parts| envelope(parts).autonomail.derive = wrong::with_sha256,
    },
    Mistake {
        name: "autonomail-block-number-as-text",
        sentence: "Appends the block's number to the salt as a digit, as SJCL before August 2013 did for a salt that is a string",
        operations: BOTH,
        links: &["https://github.com/bitwiseshiftleft/sjcl/issues/326"],
        wrong: |parts| envelope(parts).autonomail.derive = wrong::with_block_number_as_text,
    },
    Mistake {
        name: "autonomail-length-in-bits",
        sentence: "Asks for 64 bits of key where 64 bytes are meant, and fills up with zeros",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.derive = |port, input| {
                let derived = port.primitive("pbkdf2-hmac-sha512.derive", input)?;
                Ok(derived
                    .clone()
                    .replacing("key", vectors::Value::Bytes([&derived.bytes("key")[..8], &[0; 56]].concat())))
            };
        },
    },
    Mistake {
        name: "autonomail-salt-as-text",
        sentence: "Salts with the 64 hex digits as they are, instead of the 32 bytes that they mean",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.salt = |salt| hex::encode(salt).into_bytes(),
    },
    Mistake {
        name: "autonomail-salt-cut-to-16",
        sentence: "Takes 16 bytes of the salt",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.salt = |salt| salt[..16].to_vec(),
    },
    Mistake {
        name: "autonomail-salt-ignored",
        sentence: "Derives without a salt, because an argument of the wrong type counts as none",
        operations: BOTH,
        links: &["CVE-2025-6547"],
        wrong: |parts| envelope(parts).autonomail.salt = |_| Vec::new(),
    },
    Mistake {
        name: "autonomail-salt-as-swapped-words",
        sentence: "Reads the salt's words back to front, the byte order of the machine instead of SJCL's",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.salt = wrong::words_swapped,
    },
    Mistake {
        name: "autonomail-decoy-count",
        sentence: "Derives with the iter of the SJCL text, which has no meaning there",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.decoy.unwrap_or(counts.right),
    },
    Mistake {
        name: "autonomail-count-one-more",
        sentence: "Iterates once more than it should, the first round not counted",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right.saturating_add(1),
    },
    Mistake {
        name: "autonomail-count-one-less",
        sentence: "Iterates once less than it should",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right.saturating_sub(1).max(1),
    },
    Mistake {
        name: "autonomail-count-raised",
        sentence: "Raises a low iteration count to 1000 without saying so",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right.max(1_000),
    },
    Mistake {
        name: "autonomail-low-count-refused",
        sentence: "Refuses 100 iterations and fewer, as SJCL does for passwords of its own",
        operations: BOTH,
        links: &["https://github.com/bitpay/wallet/issues/302"],
        wrong: |parts| {
            envelope(parts).autonomail.derive = |port, input| match input.integer("iterations") {
                0..=100 => Err(Stop::Refuse(Reason::Parameter)),
                _ => port.primitive("pbkdf2-hmac-sha512.derive", input),
            };
        },
    },
    Mistake {
        name: "autonomail-count-of-zero-is-default",
        sentence: "Takes 1000 iterations where none are asked for",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.count = |counts| if counts.right == 0 { 1_000 } else { counts.right };
        },
    },
    Mistake {
        name: "autonomail-count-of-zero-is-one",
        sentence: "Iterates once where no iteration is asked for, because the first round is before the loop",
        operations: SEAL,
        links: &["https://github.com/randombit/botan/issues/2088", "https://github.com/smuellerDD/libkcapi/issues/93"],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right.max(1),
    },
    Mistake {
        name: "autonomail-count-in-32-bits",
        sentence: "Keeps the count in 32 bits, so that 2^32 more change nothing",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right & 0xffff_ffff,
    },
    Mistake {
        name: "autonomail-count-unbounded",
        sentence: "Accepts any count that a record or request asks for",
        operations: BOTH,
        links: &["CVE-2022-36083", "CVE-2023-50967", "CVE-2023-6681"],
        wrong: |parts| envelope(parts).autonomail.derive = wrong::unbounded,
    },
    Mistake {
        name: "autonomail-count-missing-is-default",
        sentence: "Takes 10000 iterations, SJCL's default, where a record of 2014 has no count",
        operations: &["autonomail-2014.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let missing = form == Form::Record(Profile::Client2014) && members.find("iterations").is_none();
                Ok(if missing { members.with("iterations", "10000") } else { members })
            };
        },
    },
    Mistake {
        name: "autonomail-iv-cut-to-12",
        sentence: "Takes 12 of the IV's 16 bytes, the length that most libraries know",
        operations: BOTH,
        links: &[
            "https://github.com/latchset/jose/issues/42",
            "https://github.com/crypto-browserify/browserify-aes/issues/54",
        ],
        wrong: |parts| {
            envelope(parts).autonomail.message = |mut message| {
                message.iv.truncate(12);
                message
            };
        },
    },
    Mistake {
        name: "autonomail-iv-cut-to-13",
        sentence: "Takes 13 of the IV's 16 bytes, as SJCL does in CCM mode",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.message = |mut message| {
                message.iv.truncate(13);
                message
            };
        },
    },
    Mistake {
        name: "autonomail-iv-as-text",
        sentence: "Uses the base64 of the IV as it is, instead of its bytes",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.message = |mut message| {
                message.iv = Base64::Standard.encode(&message.iv).into_bytes();
                message
            };
        },
    },
    Mistake {
        name: "autonomail-iv-as-swapped-words",
        sentence: "Reads the IV's words back to front, the byte order of the machine instead of SJCL's",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.message = |mut message| {
                message.iv = wrong::words_swapped(&message.iv);
                message
            };
        },
    },
    Mistake {
        name: "autonomail-header-authenticated",
        sentence: "Authenticates the header, which SJCL does not",
        operations: BOTH,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.message = |mut message| {
                message.aad = b"aes-gcm-256-128".to_vec();
                message
            };
        },
    },
];
