//! Mistakes in what comes of a tag that does not fit.

use super::{ENVELOPES_OPEN, envelope};
use crate::models::envelope::Failure;
use crate::{Computed, Mistake, Stop};
use ::envelope::facts::Role;
use vectors::{Fields, Reason};

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "opening-tag-not-checked",
        sentence: "Returns the plaintext although the tag is wrong",
        operations: ENVELOPES_OPEN,
        links: &[
            "https://github.com/RustCrypto/AEADs/security/advisories/GHSA-423w-p2w9-r7vq",
            "https://github.com/MattSurabian/aes-gcm-stream/issues/1",
        ],
        wrong: |parts| envelope(parts).on_failure = unverified,
    },
    Mistake {
        name: "opening-nothing-on-failure",
        sentence: "Returns an empty plaintext if the tag is wrong",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).on_failure = |_| Ok(Vec::new()),
    },
    Mistake {
        name: "opening-ciphertext-on-failure",
        sentence: "Returns the ciphertext if it cannot be opened, as if it had never been sealed",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).on_failure = |failure| Ok(failure.input.bytes("ciphertext").to_vec()),
    },
    Mistake {
        name: "opening-crashes-on-failure",
        sentence: "Crashes on a wrong tag, with an uncaught exception",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).on_failure = |_| Err(Stop::Crash),
    },
    Mistake {
        name: "opening-failure-is-malformed",
        sentence: "Reports a wrong password or a changed envelope as `malformed`",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).on_failure = |_| Err(Stop::Refuse(Reason::Malformed)),
    },
    Mistake {
        name: "opening-failure-is-parameter",
        sentence: "Reports a wrong password or a changed envelope as `parameter`",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).on_failure = |_| Err(Stop::Refuse(Reason::Parameter)),
    },
    Mistake {
        name: "opening-wrong-password-told-apart",
        sentence: "Looks at the plaintext before the tag and answers differently if it is not text, which tells an attacker more than the tag does",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).on_failure = told_apart,
    },
    Mistake {
        name: "opening-short-ciphertext-crashes",
        sentence: "Crashes on a ciphertext that is shorter than a tag",
        operations: ENVELOPES_OPEN,
        links: &["https://github.com/Milchdealer/sjcl-rust"],
        wrong: |parts| {
            envelope(parts).document.members = |form, members| {
                let sealed = form.layout().member(Role::Sealed);
                let decoded = sealed.and_then(|sealed| sealed.encoding()?.decode(&members.text(sealed.name)?));
                if decoded.is_some_and(|bytes| bytes.len() < 16) { Err(Stop::Crash) } else { Ok(members) }
            };
        },
    },
];

/// The plaintext without regard to the tag: the cipher's key stream, which it gives away when it seals zeros.
fn unverified(failure: &Failure<'_>) -> Computed<Vec<u8>> {
    let sealed = failure.input.bytes("ciphertext");
    let tag_length = match failure.input.value("tag_length") {
        Some(_) => usize::try_from(failure.input.integer("tag_length")).unwrap_or(16),
        None => 16,
    };
    let body = &sealed[..sealed.len().saturating_sub(tag_length)];
    let seal = if failure.cipher == "aes-256-gcm.open" { "aes-256-gcm.seal" } else { "xchacha20-poly1305.seal" };
    let members = failure.input.iter().filter(|(name, _)| *name != "tag_length");
    let question = members.fold(Fields::new(), |question, (name, value)| match name {
        "ciphertext" => question.with_bytes("plaintext", vec![0; body.len()]),
        _ => question.with(name, value.clone()),
    });
    let question = match failure.input.value("tag_length") {
        Some(length) => question.with("tag_length", length.clone()),
        None => question,
    };
    let stream = failure.port.primitive(seal, &question)?;
    Ok(body.iter().zip(stream.bytes("ciphertext")).map(|(one, other)| one ^ other).collect())
}

fn told_apart(failure: &Failure<'_>) -> Computed<Vec<u8>> {
    match String::from_utf8(unverified(failure)?) {
        Ok(_) => Err(failure.stop),
        Err(_) => Err(Stop::Refuse(Reason::Parameter)),
    }
}
