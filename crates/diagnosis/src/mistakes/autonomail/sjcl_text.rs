//! Mistakes in reading the SJCL text inside an Autonomail record.

use super::super::envelope;
use super::{OPEN, SJCL, TEXT, wrong};
use crate::models::envelope::document::Form;
use crate::{Mistake, Stop};
use vectors::Reason;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "autonomail-iv-of-any-length",
        sentence: "Takes an IV of any length that SJCL takes, 5 to 16 bytes",
        operations: TEXT,
        links: &[SJCL, "https://github.com/bitwiseshiftleft/sjcl/issues/180"],
        wrong: |parts| envelope(parts).autonomail.read = wrong::with_any_iv,
    },
    Mistake {
        name: "autonomail-tag-length-believed",
        sentence: "Checks as many bytes of the tag as ts says, so that a cut tag is accepted with a smaller ts",
        operations: TEXT,
        links: &["CVE-2018-1000539", "CVE-2023-37464", "CVE-2025-54887", "CVE-2026-34182", "CVE-2026-5500"],
        wrong: |parts| envelope(parts).autonomail.read = wrong::believing_ts,
    },
    Mistake {
        name: "autonomail-tag-length-ignored",
        sentence: "Ignores ts and treats any value as 128",
        operations: OPEN,
        links: &["https://github.com/mdp/sjcl_rb"],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "ts", "128"));
        },
    },
    Mistake {
        name: "autonomail-associated-data-believed",
        sentence: "Authenticates the adata of the SJCL text",
        operations: TEXT,
        links: &["https://github.com/mebius1080p/SJCLDecryptor"],
        wrong: |parts| envelope(parts).autonomail.read = wrong::believing_adata,
    },
    Mistake {
        name: "autonomail-associated-data-believed-as-base64",
        sentence: "Authenticates the adata of the SJCL text, decoded from base64 as SJCL since 1.0.2 does",
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
        name: "autonomail-mode-ignored",
        sentence: "Ignores mode and treats any value as GCM",
        operations: TEXT,
        links: &["https://github.com/mdp/sjcl_rb", "https://github.com/hashcat/hashcat/issues/2570"],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "mode", "\"gcm\""));
        },
    },
    Mistake {
        name: "autonomail-names-looked-up",
        sentence: "Looks mode and cipher up in an object with inherited members, finds one of those, and crashes on it",
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
        name: "autonomail-cipher-ignored",
        sentence: "Ignores cipher and treats any value as AES",
        operations: TEXT,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| Ok(wrong::ignoring(form, members, "cipher", "\"aes\""));
        },
    },
    Mistake {
        name: "autonomail-names-of-ciphers-in-capitals",
        sentence: "Accepts AES and GCM in capitals, which SJCL does not know",
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
        sentence: "Ignores ks and treats any value as 256",
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
        sentence: "Uses SJCL's defaults for missing members of the SJCL text",
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
];
