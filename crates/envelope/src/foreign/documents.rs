//! Others' JSON documents: told by their members. Layer: `foreign`; pure.

use serde_json::Value as Json;

use super::Kind;
use super::given::{Given, base64, spelled};
use crate::Inspection;

/// Members that are shown of a document that nobody knows.
const MEMBERS_MAX: usize = 12;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        name: "CryptoJS JSON",
        what: "ciphertext under a password as JSON formatters for CryptoJS write it: ct in base64, iv and s (the salt) in hex; AES-256-CBC without a tag",
        opens: "CryptoJS with the password: `CryptoJS.AES.decrypt({ciphertext, iv, salt}, password)`; key and IV come from EVP_BytesToKey with MD5",
        tell: |given, seen| {
            (given.has(&["ct", "s"]) && !given.has(&["salt"]) && !given.has(&["mode"])).then_some(())?;
            tell_lengths(given, seen, &[("salt bytes", "s"), ("IV bytes", "iv"), ("ciphertext bytes", "ct")]);
            Some(())
        },
    },
    Kind {
        name: "SJCL under a password",
        what: "SJCL's JSON under a password, as `sjcl.encrypt(password, text)` writes it: the key is made by PBKDF2-HMAC-SHA256 of the password and salt, with iter iterations",
        opens: "the password: `sjcl.decrypt(password, text)`; elsewhere PBKDF2-HMAC-SHA256 with this salt and iter, ks / 8 bytes, then AES in this mode",
        tell: |given, seen| sjcl(given, seen),
    },
    Kind {
        name: "JWE, JSON",
        what: "an encrypted JSON Web Token in its JSON form",
        opens: "a JOSE library: with the password where alg begins with PBES2, with the shared key where it is dir or ends in KW, else with the recipient's private key",
        tell: |given, seen| {
            given.has(&["ciphertext", "protected"]).then_some(())?;
            (given.has(&["tag"]) || given.has(&["recipients"])).then_some(())?;
            if let Some(header) = given.member("protected").and_then(base64) {
                let header = Given::new(&header);
                tell_values(&header, seen, &[("alg", "alg"), ("enc", "enc"), ("iterations", "p2c")]);
            }
            Some(())
        },
    },
    Kind {
        name: "Ethereum keystore",
        what: "an Ethereum keystore: a private key under a password; AES-128-CTR, and a MAC over the ciphertext alone",
        opens: "a wallet (go-ethereum, ethers) with the password; version 4 is EIP-2335, for validators",
        tell: |given, seen| {
            (given.has(&["version"]) && (given.has(&["crypto"]) || given.has(&["Crypto"]))).then_some(())?;
            tell_values(given, seen, &[("version", "version")]);
            Some(())
        },
    },
    Kind {
        name: "MetaMask vault",
        what: "a vault of MetaMask: PBKDF2-HMAC-SHA256 and AES-256-GCM with an IV of 16 bytes; on phones AES-CBC",
        opens: "`@metamask/browser-passworder` or MetaMask's vault decryptor with the password",
        tell: |given, seen| {
            let browser = given.has(&["data", "iv", "salt"]);
            let phone = given.has(&["cipher", "iv", "lib"]);
            (browser || phone).then_some(())?;
            tell_lengths(given, seen, &[("salt bytes", "salt"), ("IV bytes", "iv"), ("ciphertext bytes", "data")]);
            Some(())
        },
    },
    Kind {
        name: "Bitwarden export",
        what: "an encrypted export of Bitwarden",
        opens: "Bitwarden: with the export's password where passwordProtected is true, else only with the account that wrote it",
        tell: |given, seen| {
            given.has(&["encrypted", "encKeyValidation_DO_NOT_EDIT"]).then_some(())?;
            tell_values(given, seen, &[("password-protected", "passwordProtected"), ("iterations", "kdfIterations")]);
            Some(())
        },
    },
    Kind {
        name: "PrivateBin paste",
        what: "a paste of PrivateBin, version 2: PBKDF2-HMAC-SHA256, 100,000 iterations, AES-256-GCM with the text of adata",
        opens: "the paste's link (the key is the part after its #), and the password if one was set",
        tell: |given, _| (given.has(&["adata", "ct", "v"]) && !given.has(&["iv"])).then_some(()),
    },
    Kind {
        name: "Cryptomator master key",
        what: "a master key file of Cryptomator: scrypt and AES key wrap",
        opens: "Cryptomator with the vault's password",
        tell: |given, seen| {
            given.has(&["scryptSalt", "primaryMasterKey"]).then_some(())?;
            tell_values(given, seen, &[("scrypt N", "scryptCostParam")]);
            Some(())
        },
    },
    Kind {
        name: "JSON Web Key",
        what: "a key as JSON (JWK): it is not encrypted",
        opens: "nothing has to be opened: this file is the key",
        tell: |given, seen| {
            given.has(&["kty"]).then_some(())?;
            tell_values(given, seen, &[("type", "kty"), ("alg", "alg")]);
            Some(())
        },
    },
];

pub(super) static LIKELY: &[Kind] = &[Kind {
    name: "JSON with sealed members",
    what: "a JSON object with values in hex or base64, in no format that sealproof knows: home-made, as it seems",
    opens: "only the code that wrote it: look there for the cipher, the key derivation with its cost, and what each member holds",
    tell: |given, seen| home_made(given, seen),
}];

/// Values of members, where they are there.
fn tell_values(given: &Given<'_>, seen: &mut Inspection, members: &[(&'static str, &str)]) {
    for (name, member) in members {
        if let Some(value) = given.shown(member) {
            seen.parameter(name, &value);
        }
    }
}

/// The number of bytes that members spell, where they are there.
fn tell_lengths(given: &Given<'_>, seen: &mut Inspection, members: &[(&'static str, &str)]) {
    for (name, member) in members {
        if let Some((bytes, _)) = given.member(member).and_then(spelled) {
            seen.parameter(name, &bytes);
        }
    }
}

fn sjcl(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    (given.has(&["ct", "iv", "salt"]) && !given.has(&["secureData"])).then_some(())?;
    tell_values(
        given,
        seen,
        &[("iterations", "iter"), ("cipher", "cipher"), ("mode", "mode"), ("key bits", "ks"), ("tag bits", "ts")],
    );
    tell_lengths(given, seen, &[("salt bytes", "salt"), ("IV bytes", "iv"), ("ciphertext and tag bytes", "ct")]);
    match given.members().get("iter").and_then(Json::as_u64) {
        Some(count) if count < 600_000 => {
            seen.odd(format!("weak today: {count} iterations of PBKDF2-HMAC-SHA256; 600,000 are recommended"));
        }
        Some(_) => {}
        None => seen.odd("no iter: SJCL takes 10,000, before 1.0.7 it took 1,000"),
    }
    seen.note("it is no record of Autonomail, whose SJCL text has no salt and is sealed under a raw key");
    Some(())
}

fn home_made(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let told: Vec<_> = given
        .members()
        .iter()
        .filter_map(|(name, value)| Some((name, value.as_str()?)))
        .filter_map(|(name, text)| spelled(text).filter(|(bytes, _)| *bytes >= 8).map(|spelled| (name, spelled)))
        .map(|(name, (bytes, spelling))| format!("{name} ({bytes} bytes in {spelling})"))
        .take(MEMBERS_MAX)
        .collect();
    if told.is_empty() {
        return None;
    }
    seen.parameter("members", &told.join(", "));
    Some(())
}
