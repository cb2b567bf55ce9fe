//! Mistakes in writing an Autonomail record and the SJCL text inside.

use super::super::envelope;
use super::{SEAL, SJCL, wrong};
use crate::Mistake;
use crate::models::envelope::document::{Form, Written};
use ::document::{Member, Members, quoted};
use ::envelope::autonomail::Profile;
use document::encoding::Base64;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "autonomail-tag-in-front",
        sentence: "Puts the tag before the ciphertext",
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
        name: "autonomail-ccm",
        sentence: "Seals with CCM, SJCL's mode if none is named",
        operations: SEAL,
        links: &["https://github.com/hashcat/hashcat/issues/2570"],
        wrong: |parts| envelope(parts).autonomail.seal = wrong::ccm_seal,
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
        sentence: "Writes the iteration count as iter into the SJCL text, in the clear beside the ciphertext",
        operations: SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written =
                |written, members| members.changing("iter", written.iterations.to_string());
        },
    },
    Mistake {
        name: "autonomail-count-written",
        sentence: "Writes the iteration count into the record, where the document does not want it",
        operations: &["autonomail.seal"],
        links: &[],
        wrong: |parts| {
            envelope(parts).document.written = |written, mut members| {
                if written.form == Form::Record(Profile::Documented) {
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
        sentence: "Seals the plaintext as a JSON text, quotes included, because JSON.stringify is called twice",
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
        Form::Record(_) | Form::Password | Form::Item => members,
    }
}
