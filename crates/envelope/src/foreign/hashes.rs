//! Hashes of passwords, and bare hashes. Layer: `foreign`; pure.

use super::Kind;
use super::binary::hex_length;
use super::given::{Given, base64};
use crate::Inspection;
use crate::notesnook::account::SERVER_MEMORY_KIB;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        name: "Argon2 PHC string",
        what: "a password's hash by Argon2, with its parameters, salt and hash (PHC string format)",
        opens: "nothing opens a hash: a password can be checked against it (`argon2_cffi`, libsodium's `crypto_pwhash_str_verify`)",
        tell: |given, seen| argon2(given, seen),
    },
    Kind {
        name: "bcrypt hash",
        what: "a password's hash by bcrypt: cost, 16 bytes of salt, 23 bytes of hash",
        opens: "nothing opens a hash: a password can be checked against it (bcrypt, `htpasswd -v`)",
        tell: |given, seen| {
            let rest =
                ["$2a$", "$2b$", "$2x$", "$2y$"].into_iter().find_map(|prefix| given.text.strip_prefix(prefix))?;
            let (cost, value) = rest.split_once('$')?;
            seen.parameter("cost", &format!("2^{cost} rounds"));
            if value.len() != 53 {
                seen.danger(format!("{} characters of salt and hash; bcrypt writes 53: is it complete?", value.len()));
            }
            Some(())
        },
    },
    Kind {
        name: "scrypt hash",
        what: "a password's hash by scrypt, with its parameters, salt and hash",
        opens: "nothing opens a hash: a password can be checked against it with the library that wrote it",
        tell: |given, seen| prefixed(given, seen, &["$scrypt$", "$s0$", "$s1$", "$s2$", "$7$", "scrypt:", "SCRYPT:"]),
    },
    Kind {
        name: "PBKDF2 hash",
        what: "a password's hash by PBKDF2, with its iterations, salt and hash",
        opens: "nothing opens a hash: a password can be checked against it with the library that wrote it (passlib, Django, Werkzeug)",
        tell: |given, seen| prefixed(given, seen, &["$pbkdf2", "pbkdf2_", "pbkdf2:", "$pbkdf2-"]),
    },
    Kind {
        name: "crypt hash",
        what: "a password's hash as crypt(3) writes it into /etc/shadow",
        opens: "nothing opens a hash: a password can be checked against it (`openssl passwd`, crypt)",
        tell: |given, seen| {
            prefixed(given, seen, &["$1$", "$5$", "$6$", "$y$", "$gy$", "$apr1$", "$P$", "$H$", "$md5$", "$sha1$"])
        },
    },
    Kind {
        name: "LDAP hash",
        what: "a password's hash as LDAP servers keep it",
        opens: "nothing opens a hash: a password can be checked against it with the server that wrote it",
        tell: |given, seen| {
            prefixed(
                given,
                seen,
                &["{SSHA}", "{SHA}", "{SSHA256}", "{SSHA512}", "{SHA256}", "{SHA512}", "{CRYPT}", "{PBKDF2"],
            )
        },
    },
];

pub(super) static LIKELY: &[Kind] = &[Kind {
    name: "bare hash or key",
    what: "some bytes of the length of a hash or key, with nothing beside them",
    opens: "nothing opens a hash; a key opens what was sealed under it. To tell which mistake made a wrong one: sealproof explain --op NAME --input JSON --answer VALUE",
    tell: |given, seen| bare(given, seen),
}];

/// Every PHC string of Argon2 but the one that Notesnook's server keeps, which is a format of the suite.
fn argon2(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let parts: Vec<_> = given.text.strip_prefix("$argon2").map(|_| given.text[1..].split('$').collect())?;
    let servers = format!("m={SERVER_MEMORY_KIB},");
    if parts[0] == "argon2id" && parts.get(2).is_some_and(|cost| cost.starts_with(&servers) && cost.ends_with(",p=1")) {
        return None;
    }
    seen.parameter(
        "hash",
        &match parts[0] {
            "argon2i" => "Argon2i",
            "argon2d" => "Argon2d",
            "argon2id" => "Argon2id",
            _ => return None,
        },
    );
    let mut rest = parts[1..].iter().copied().peekable();
    match rest.next_if(|part| part.starts_with("v=")) {
        Some(version) => seen.parameter("version", &&version[2..]),
        None => seen.odd("no version: 16 (0x10), from before 2016, is meant"),
    }
    for parameter in rest.next_if(|part| part.starts_with("m=")).unwrap_or_default().split(',') {
        match parameter.split_once('=') {
            Some(("m", value)) => seen.parameter("memory KiB", &value),
            Some(("t", value)) => seen.parameter("passes", &value),
            Some(("p", value)) => seen.parameter("lanes", &value),
            Some(_) | None => seen.odd(format!("`{parameter}` is no parameter of Argon2")),
        }
    }
    for name in ["salt bytes", "hash bytes"] {
        match rest.next().and_then(base64) {
            Some(bytes) => seen.parameter(name, &bytes.len()),
            None => seen.danger(format!("no {}: is it complete?", name.trim_end_matches(" bytes"))),
        }
    }
    Some(())
}

/// A hash that is told by its prefix; its parameters are the parts before the salt.
fn prefixed(given: &Given<'_>, seen: &mut Inspection, prefixes: &[&str]) -> Option<()> {
    prefixes.iter().find(|prefix| given.text.starts_with(**prefix))?;
    if given.text.len() > 1_024 || given.text.contains(char::is_whitespace) {
        return None;
    }
    let mut parts: Vec<_> = given.text.split('$').filter(|part| !part.is_empty()).collect();
    // The last two are salt and hash; a single part is all that there is.
    parts.truncate(parts.len().saturating_sub(2).max(1));
    seen.parameter("parameters", &parts.join(", ").chars().take(80).collect::<String>());
    Some(())
}

fn bare(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let of = |bytes: usize| match bytes {
        16 => Some("MD5, a salt, a key of AES-128"),
        20 => Some("SHA-1"),
        28 => Some("SHA-224"),
        32 => Some("SHA-256, a key of 256 bits, a derived key"),
        48 => Some("SHA-384"),
        64 => Some("SHA-512, a derived key of 512 bits"),
        _ => None,
    };
    if let Some(bytes) = hex_length(given.text) {
        let candidates = of(bytes)?;
        seen.parameter("bytes", &format!("{bytes}, in hex"));
        seen.parameter("as long as", &candidates);
        return Some(());
    }
    let bytes = base64(given.text)?.len();
    let candidates = of(bytes)?;
    seen.parameter("bytes", &format!("{bytes}, in base64"));
    seen.parameter("as long as", &candidates);
    if bytes == 32 && given.text.len() == 43 {
        seen.note("a login hash of Notesnook looks like this: 43 characters of base64url (notesnook.login-hash)");
    }
    Some(())
}
