//! Mistakes in both Autonomail profiles and in the SJCL text inside.

mod wrong;

use super::envelope;
use crate::diagnosis::models::envelope::autonomail::Profile;
use crate::diagnosis::models::envelope::document::{Form, Member, Members, Written, quoted};
use crate::diagnosis::{Mistake, Stop};
use crate::primitives::encoding::Base64;
use crate::vector::Reason;

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
        sentence: "Takes the other half of the 512 derived bits for the key: the document and the published client disagree on it",
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
        sentence: "Seals under a key of zeros, the derivation having failed unnoticed",
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
                    .replacing("key", crate::vector::Value::Bytes([&derived.bytes("key")[..8], &[0; 56]].concat())))
            };
        },
    },
    Mistake {
        name: "autonomail-salt-as-text",
        sentence: "Salts with the 64 hex digits as they stand, in place of the 32 bytes that they mean",
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
        sentence: "Derives without a salt, an argument of the wrong type having been taken for none",
        operations: BOTH,
        links: &["CVE-2025-6547"],
        wrong: |parts| envelope(parts).autonomail.salt = |_| Vec::new(),
    },
    Mistake {
        name: "autonomail-salt-as-swapped-words",
        sentence: "Reads the salt's words back to front, the byte order of the machine in place of SJCL's",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.salt = wrong::words_swapped,
    },
    Mistake {
        name: "autonomail-decoy-count",
        sentence: "Derives with the iter of the SJCL text, which is a decoy",
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
        sentence: "Iterates once where no iteration is asked for, since the first round stands before the loop",
        operations: SEAL,
        links: &["https://github.com/randombit/botan/issues/2088", "https://github.com/smuellerDD/libkcapi/issues/93"],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right.max(1),
    },
    Mistake {
        name: "autonomail-count-in-32-bits",
        sentence: "Keeps the count in 32 bits, so that 2^32 more are none more",
        operations: BOTH,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.count = |counts| counts.right & 0xffff_ffff,
    },
    Mistake {
        name: "autonomail-count-unbounded",
        sentence: "Works on any count that a record or request asks for",
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
                let missing = form == Form::Client2014 && members.find("iterations").is_none();
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
        sentence: "Uses the base64 of the IV as it stands, in place of its bytes",
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
        sentence: "Reads the IV's words back to front, the byte order of the machine in place of SJCL's",
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
        name: "autonomail-iv-of-any-length",
        sentence: "Takes an IV of any length that SJCL takes, 5 to 16 bytes",
        operations: TEXT,
        links: &[SJCL, "https://github.com/bitwiseshiftleft/sjcl/issues/180"],
        wrong: |parts| envelope(parts).autonomail.read = wrong::with_any_iv,
    },
    Mistake {
        name: "autonomail-tag-length-believed",
        sentence: "Checks as many bytes of tag as ts says, so that a cut tag is taken with a smaller ts beside it",
        operations: TEXT,
        links: &["CVE-2018-1000539", "CVE-2023-37464", "CVE-2025-54887", "CVE-2026-34182", "CVE-2026-5500"],
        wrong: |parts| envelope(parts).autonomail.read = wrong::believing_ts,
    },
    Mistake {
        name: "autonomail-tag-length-ignored",
        sentence: "Ignores ts and takes any value for 128",
        operations: OPEN,
        links: &["https://github.com/mdp/sjcl_rb"],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "ts", "128"));
        },
    },
    Mistake {
        name: "autonomail-tag-in-front",
        sentence: "Puts the tag in front of the ciphertext",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.ciphertext = |mut sealed| {
                sealed.rotate_right(16);
                sealed
            };
        },
    },
    Mistake {
        name: "autonomail-tag-left-out",
        sentence: "Writes the ciphertext without its tag",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.ciphertext = |mut sealed| {
                sealed.truncate(sealed.len() - 16);
                sealed
            };
        },
    },
    Mistake {
        name: "autonomail-tag-of-64-bits",
        sentence: "Writes a tag of 64 bits, SJCL's default",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.ciphertext = |mut sealed| {
                sealed.truncate(sealed.len() - 8);
                sealed
            };
            envelope(parts).document.written = |_, members| members.changing("ts", "64");
        },
    },
    Mistake {
        name: "autonomail-associated-data-believed",
        sentence: "Authenticates whatever the SJCL text names as adata",
        operations: TEXT,
        links: &["https://github.com/mebius1080p/SJCLDecryptor"],
        wrong: |parts| envelope(parts).autonomail.read = wrong::believing_adata,
    },
    Mistake {
        name: "autonomail-associated-data-believed-as-base64",
        sentence: "Authenticates what the SJCL text names as adata, decoded from base64 as SJCL since 1.0.2 does",
        operations: TEXT,
        links: &[SJCL],
        wrong: |parts| envelope(parts).autonomail.read = wrong::believing_adata_in_base64,
    },
    Mistake {
        name: "autonomail-associated-data-ignored",
        sentence: "Ignores adata and opens as if there were none",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "adata", "\"\""));
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
    Mistake {
        name: "autonomail-mode-ignored",
        sentence: "Ignores mode and takes any for GCM",
        operations: TEXT,
        links: &["https://github.com/mdp/sjcl_rb", "https://github.com/hashcat/hashcat/issues/2570"],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "mode", "\"gcm\""));
        },
    },
    Mistake {
        name: "autonomail-names-looked-up",
        sentence: "Looks mode and cipher up in an object that inherits, finds what every object has, and dies of using it",
        operations: TEXT,
        links: &[SJCL],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let inherited = ["constructor", "hasOwnProperty", "toString", "valueOf", "__proto__"];
                let found = |name| members.text(name).is_some_and(|text| inherited.contains(&&*text));
                if form == Form::Sjcl && (found("mode") || found("cipher")) { Err(Stop::Crash) } else { Ok(members) }
            };
        },
    },
    Mistake {
        name: "autonomail-ccm",
        sentence: "Seals with CCM, the mode that SJCL takes where none is named",
        operations: SEAL,
        links: &["https://github.com/hashcat/hashcat/issues/2570"],
        wrong: |parts| envelope(parts).autonomail.seal = wrong::ccm_seal,
    },
    Mistake {
        name: "autonomail-cipher-ignored",
        sentence: "Ignores cipher and takes any for AES",
        operations: TEXT,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "cipher", "\"aes\""));
        },
    },
    Mistake {
        name: "autonomail-names-of-ciphers-in-capitals",
        sentence: "Takes AES and GCM in capitals for the names that SJCL knows",
        operations: TEXT,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, mut members| {
                for member in members.0.iter_mut().filter(|_| form == Form::Sjcl) {
                    if ["\"GCM\"", "\"AES\""].contains(&&*member.value) {
                        member.value = member.value.to_lowercase();
                    }
                }
                Ok(members)
            };
        },
    },
    Mistake {
        name: "autonomail-key-size-ignored",
        sentence: "Ignores ks and takes any value for 256",
        operations: TEXT,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "ks", "256"));
        },
    },
    Mistake {
        name: "autonomail-version-ignored",
        sentence: "Ignores v, as SJCL itself does",
        operations: TEXT,
        links: &[SJCL],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "v", "1"));
        },
    },
    Mistake {
        name: "autonomail-sjcl-defaults",
        sentence: "Takes SJCL's defaults for members of the SJCL text that are missing",
        operations: TEXT,
        links: &[SJCL],
        wrong: |parts| envelope(parts).document.members = |form, members| Ok(wrong::with_defaults(form, members)),
    },
    Mistake {
        name: "autonomail-iter-fixed",
        sentence: "Refuses an SJCL text whose iter is not 1000, although nothing is derived with it",
        operations: TEXT,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.integer("iter") {
                Some(count) if form == Form::Sjcl && count != 1_000 => Err(Stop::Refuse(Reason::Parameter)),
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "autonomail-iter-bounded",
        sentence: "Refuses an SJCL text whose iter is above a ceiling, although nothing is derived with it",
        operations: OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| match members.integer("iter") {
                Some(count) if form == Form::Sjcl && count > 10_000_000 => Err(Stop::Refuse(Reason::TooCostly)),
                Some(_) | None => Ok(members),
            };
        },
    },
    Mistake {
        name: "autonomail-text-as-it-is",
        sentence: "Writes the SJCL text into the record as it is, without base64",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.secure_data = |_, text| quoted(&String::from_utf8_lossy(text));
        },
    },
    Mistake {
        name: "autonomail-text-as-object",
        sentence: "Writes the SJCL text into the record as an object",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.secure_data = |_, text| String::from_utf8_lossy(text).into_owned();
        },
    },
    Mistake {
        name: "autonomail-text-in-base64-twice",
        sentence: "Writes the SJCL text into the record in base64 of base64",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).autonomail.secure_data = |envelope, text| {
                let once = Base64::Standard.encode(text);
                quoted(&(envelope.encoding.write_base64)(Base64::Standard, once.as_bytes()))
            };
        },
    },
    Mistake {
        name: "autonomail-count-as-iter",
        sentence: "Writes the iteration count as iter into the SJCL text, where it stands in the clear beside the ciphertext",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written =
                |written, members| members.changing("iter", written.iterations.to_string());
        },
    },
    Mistake {
        name: "autonomail-count-written",
        sentence: "Writes the iteration count into the record, from which the document keeps it away",
        operations: &["autonomail.seal"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written = |written, mut members| {
                if written.form == Form::Documented {
                    members.0.insert(1, Member::new("iterations", written.iterations.to_string()));
                }
                members
            };
        },
    },
    Mistake {
        name: "autonomail-count-left-out",
        sentence: "Leaves the iteration count out of a record of 2014",
        operations: &["autonomail-2014.seal"],
        links: &[],
        wrong: |parts| envelope(parts).document.written = |_, members| members.without("iterations"),
    },
    Mistake {
        name: "autonomail-other-name",
        sentence: "Calls the sealed member secureKeyStorage, as another document of the client does",
        operations: SEAL,
        links: &["https://github.com/autonomail/autonomail"],
        wrong: |parts| {
            envelope(parts).document.written = |_, mut members| {
                for member in members.0.iter_mut().filter(|member| member.name() == "secureData") {
                    member.quoted_name = quoted("secureKeyStorage");
                }
                members
            };
        },
    },
    Mistake {
        name: "autonomail-salt-in-the-text",
        sentence: "Writes a salt into the SJCL text, as SJCL does for a password of its own",
        operations: SEAL,
        links: &[],
        wrong: |parts| envelope(parts).document.written = with_salt,
    },
    Mistake {
        name: "autonomail-defaults-left-out",
        sentence: "Leaves members out of the SJCL text that have SJCL's default value, as SJCL before 2012 did",
        operations: SEAL,
        links: &[SJCL],
        wrong: |parts| {
            envelope(parts).document.written = |_, members| members.without("v").without("adata").without("cipher");
        },
    },
    Mistake {
        name: "autonomail-salt-of-any-length",
        sentence: "Seals with a salt of any length",
        operations: SEAL,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.salt_sized = |salt| Ok(salt.to_vec()),
    },
    Mistake {
        name: "autonomail-iv-of-any-length-sealed",
        sentence: "Seals with an IV of any length that GCM takes",
        operations: SEAL,
        links: &[],
        wrong: |parts| envelope(parts).autonomail.iv_sized = |iv| Ok(iv.to_vec()),
    },
    Mistake {
        name: "autonomail-plaintext-quoted",
        sentence: "Seals the plaintext as a JSON text, quotes included, having called JSON.stringify twice",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).text.sealed = |plaintext| Ok(quoted(&String::from_utf8_lossy(plaintext)).into());
        },
    },
];

fn with_salt(written: &Written<'_>, members: Members) -> Members {
    match written.form {
        Form::Sjcl => members.with("salt", "\"AAAAAAAAAAA=\""),
        Form::Documented | Form::Client2014 | Form::Password | Form::Item => members,
    }
}
