//! Others' tokens and strings in parts: told by a prefix or by what stands between separators. Layer: `foreign`; pure.

use serde_json::Value as Json;

use super::Kind;
use super::given::{Given, base64, hex_bytes, spelled};
use crate::Inspection;
use crate::inspection::members;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        name: "Fernet token",
        what: "a Fernet token: AES-128-CBC and HMAC-SHA256 under a key of 32 bytes; base64url with padding",
        opens: "Fernet (`cryptography.fernet` in Python) with the key of 32 bytes; under a password the key was derived beside it, and nothing in the token says how",
        tell: |given, seen| fernet(given, seen),
    },
    Kind {
        name: "JWE, compact",
        what: "an encrypted JSON Web Token: header, encrypted key, IV, ciphertext and tag, in base64url",
        opens: "a JOSE library: with the password where alg begins with PBES2, with the shared key where it is dir or ends in KW, else with the recipient's private key",
        tell: |given, seen| jose(given, seen, 5),
    },
    Kind {
        name: "JWT",
        what: "a signed JSON Web Token: header, payload and signature, in base64url; it is signed and not encrypted",
        opens: "nothing has to be opened: anyone can read the payload (base64url of JSON); a JOSE library checks the signature",
        tell: |given, seen| jose(given, seen, 3),
    },
    Kind {
        name: "Bitwarden string",
        what: "a string that Bitwarden encrypted: type, then IV, ciphertext and MAC in base64",
        opens: "Bitwarden with the account's or the organisation's key; the master password leads to it by way of e-mail address and KDF settings, which are not in the string",
        tell: |given, seen| bitwarden(given, seen),
    },
    Kind {
        name: "Standard Notes 004",
        what: "a string that Standard Notes encrypted, version 004: nonce in hex, ciphertext and authenticated data in base64; XChaCha20-Poly1305",
        opens: "Standard Notes with the item's key; the account's password leads to it by Argon2id (64 MiB, 5 passes) and the root key",
        tell: |given, seen| standard_notes_004(given, seen),
    },
    Kind {
        name: "Standard Notes 001 to 003",
        what: "a string that Standard Notes encrypted, version 001 to 003: MAC, uuid, IV and ciphertext; AES-256-CBC and HMAC-SHA256",
        opens: "Standard Notes with the item's key; the account's password leads to it by PBKDF2-HMAC-SHA512 (110,000 iterations in 003)",
        tell: |given, seen| standard_notes_old(given, seen),
    },
    Kind {
        name: "iron cookie",
        what: "a sealed cookie of iron (hapi, iron-session): AES-256-CBC and HMAC-SHA256 under a password of 32 characters and more",
        opens: "`@hapi/iron` or `iron-webcrypto` with the password",
        tell: |given, seen| {
            let parts: Vec<_> = given.text.strip_prefix("Fe26.2*")?.split('*').collect();
            (parts.len() >= 7).then(|| seen.parameter("password id", &parts[0]))
        },
    },
    Kind {
        name: "Vault transit ciphertext",
        what: "ciphertext of HashiCorp Vault's transit engine",
        opens: "`vault write transit/decrypt/NAME ciphertext=…`, for who may use the key; no password opens it",
        tell: |given, seen| {
            let rest = given.text.strip_prefix("vault:v")?;
            let (version, _) = rest.split_once(':')?;
            version.parse::<u32>().ok().map(|version| seen.parameter("key version", &version))
        },
    },
    Kind {
        name: "iocane string",
        what: "a string of iocane (Buttercup): ciphertext, IV, salt, authentication, rounds and method",
        opens: "npm's `iocane` with the password (PBKDF2-HMAC-SHA256)",
        tell: |given, seen| {
            let parts: Vec<_> = given.text.split('$').collect();
            let method = parts.get(5).filter(|method| parts.len() == 6 && ["cbc", "gcm"].contains(*method))?;
            seen.parameter("method", method);
            seen.parameter("rounds", &parts[4]);
            Some(())
        },
    },
];

pub(super) static LIKELY: &[Kind] = &[Kind {
    name: "values in parts",
    what: "values in hex or base64 between separators: salt, IV and ciphertext, as home-made code often joins them",
    opens: "only the code that wrote it: nothing in it names the cipher or the key derivation. The lengths are a hint: an IV of 12 bytes is usual for GCM, of 16 for CBC and CTR, of 24 for XChaCha20",
    tell: |given, seen| in_parts(given, seen),
}];

fn fernet(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let bytes = given.text.strip_prefix("gAAAA").and_then(|_| base64(given.text))?;
    if bytes.first() != Some(&0x80) {
        return None;
    }
    let seconds = bytes.get(1..9).map(|time| time.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)))?;
    seen.parameter("sealed at", &format!("{seconds} seconds after 1970"));
    // Version, time, IV and HMAC are 57 bytes.
    match bytes.len().checked_sub(57) {
        Some(ciphertext) if ciphertext > 0 && ciphertext.is_multiple_of(16) => {
            seen.parameter("ciphertext bytes", &ciphertext);
        }
        Some(_) | None => seen.danger("it does not hold whole blocks and a MAC: is it complete?"),
    }
    Some(())
}

/// A token of so many parts whose first is base64url of a JSON header.
fn jose(given: &Given<'_>, seen: &mut Inspection, parts: usize) -> Option<()> {
    let found: Vec<_> = given.text.splitn(parts + 1, '.').collect();
    if found.len() != parts || !found[0].starts_with("ey") {
        return None;
    }
    let header = members(&base64(found[0])?);
    header.get("alg")?;
    for (name, member) in [("alg", "alg"), ("enc", "enc"), ("iterations", "p2c")] {
        if let Some(value) = header.get(member) {
            seen.parameter(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
    }
    if header.get("alg").and_then(Json::as_str) == Some("none") {
        seen.danger("alg is none: nothing protects it");
    }
    Some(())
}

fn bitwarden(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let (kind, rest) = given.text.split_once('.')?;
    let (cipher, parts) = match kind {
        "0" => ("AES-256-CBC without a MAC", 2),
        "1" => ("AES-128-CBC and HMAC-SHA256", 3),
        "2" => ("AES-256-CBC and HMAC-SHA256", 3),
        "3" => ("RSA-2048 with OAEP and SHA-256", 1),
        "4" => ("RSA-2048 with OAEP and SHA-1", 1),
        "5" | "6" => ("RSA-2048 with OAEP, and HMAC-SHA256", 2),
        "7" => ("COSE (XChaCha20-Poly1305)", 1),
        _ => return None,
    };
    let lengths: Option<Vec<_>> = rest.split('|').map(|part| base64(part).map(|bytes| bytes.len())).collect();
    let lengths = lengths?;
    // One part of base64 behind a digit and a dot is a number as well.
    if lengths.len() > 3 || lengths.len() == 1 && (parts != 1 || lengths[0] < 64) {
        return None;
    }
    seen.parameter("type", &format!("{kind}: {cipher}"));
    if lengths.len() != parts {
        seen.danger(format!("{} parts, and this type has {parts}: is it complete?", lengths.len()));
    }
    if let ("0" | "1" | "2", [iv, ciphertext, ..]) = (kind, lengths.as_slice()) {
        seen.parameter("IV bytes", iv);
        seen.parameter("ciphertext bytes", ciphertext);
    }
    Some(())
}

fn standard_notes_004(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let parts: Vec<_> = given.text.strip_prefix("004:")?.split(':').collect();
    let nonce = hex_bytes(parts.first()?)?;
    seen.parameter("nonce bytes", &nonce.len());
    if nonce.len() != 24 {
        seen.danger(format!("a nonce of {} bytes; XChaCha20 has 24", nonce.len()));
    }
    match parts.get(1).and_then(|text| base64(text)) {
        Some(ciphertext) => seen.parameter("plaintext bytes", &ciphertext.len().saturating_sub(16)),
        None => seen.danger("no ciphertext in base64 behind the nonce: is it complete?"),
    }
    match parts.get(2).and_then(|text| base64(text)) {
        Some(data) => {
            for (name, member) in [("item", "u"), ("version", "v")] {
                if let Some(value) = members(&data).get(member) {
                    seen.parameter(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
            }
        }
        None => seen.danger("no authenticated data at the end: is it complete?"),
    }
    Some(())
}

fn standard_notes_old(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let version = ["001", "002", "003"].into_iter().find(|version| given.text.starts_with(version))?;
    let parts: Vec<_> = given.text[3..].strip_prefix(':')?.split(':').collect();
    (parts.len() >= 3 && hex_bytes(parts[0]).is_some()).then(|| seen.parameter("version", &version))
}

/// Two to four values between one kind of separator.
fn in_parts(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let separator = [':', '|', '$', '.', ';', ','].into_iter().find(|separator| given.text.contains(*separator))?;
    let parts: Vec<_> = given.text.split(separator).collect();
    if !(2..=4).contains(&parts.len()) {
        return None;
    }
    let spelled: Option<Vec<_>> = parts.iter().map(|part| spelled(part)).collect();
    let spelled = spelled?;
    if spelled.iter().map(|(bytes, _)| bytes).sum::<usize>() < 24 || spelled.iter().any(|(bytes, _)| *bytes < 4) {
        return None;
    }
    let shown: Vec<_> = spelled.iter().map(|(bytes, spelling)| format!("{bytes} bytes in {spelling}")).collect();
    seen.parameter("parts", &shown.join(", "));
    Some(())
}
