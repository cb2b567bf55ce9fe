//! Mistakes in what the server keeps of a login hash and in how it checks one.

use super::super::envelope;
use super::{LOGIN_COST, SERVER_COST};
use crate::models::envelope::account::padded;
use crate::models::envelope::notesnook::Cost;
use crate::{Mistake, Stop};
use document::encoding::Base64;
use envelope::notesnook::account::StoredHash;
use vectors::Reason;

const HASH: &[&str] = &["notesnook.server-hash"];
const VERIFY: &[&str] = &["notesnook.server-verify"];

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "account-server-of-64-mib",
        sentence: "Reads the server's 65536 as KiB, while the server's library counts in bytes",
        operations: HASH,
        links: &["https://github.com/samuel-lucas6/Geralt/issues/12"],
        wrong: |parts| envelope(parts).account.server = LOGIN_COST,
    },
    Mistake {
        name: "account-server-argon2i",
        sentence: "Hashes with Argon2i on the server",
        operations: HASH,
        links: &[],
        wrong: |parts| envelope(parts).account.server = Cost { operation: "argon2i.derive", ..SERVER_COST },
    },
    Mistake {
        name: "account-server-of-four-passes",
        sentence: "Hashes with 4 passes on the server",
        operations: HASH,
        links: &[],
        wrong: |parts| envelope(parts).account.server = Cost { passes: 4, ..SERVER_COST },
    },
    Mistake {
        name: "account-stored-without-zeros",
        sentence: "Keeps the PHC string without the zeros that fill libsodium's buffer",
        operations: HASH,
        links: &["https://github.com/samuel-lucas6/Geralt/issues/12"],
        wrong: |parts| envelope(parts).account.stored = |stored| stored.text(),
    },
    Mistake {
        name: "account-stored-with-one-zero",
        sentence: "Keeps the PHC string with the NUL of a C string after it",
        operations: HASH,
        links: &[],
        wrong: |parts| envelope(parts).account.stored = |stored| stored.text() + "\0",
    },
    Mistake {
        name: "account-stored-costs-in-another-order",
        sentence: "Writes passes before memory",
        operations: HASH,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.stored = |stored| padded(&stored.text().replace("m=64,t=3", "t=3,m=64"));
        },
    },
    Mistake {
        name: "account-stored-in-padded-base64",
        sentence: "Writes salt and hash in padded base64",
        operations: HASH,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.stored = |stored| {
                let [salt, hash] = [&stored.salt, &stored.hash].map(|bytes| Base64::Standard.encode(bytes));
                padded(&format!("$argon2id$v=19$m=64,t=3,p=1${salt}${hash}"))
            };
        },
    },
    Mistake {
        name: "account-stored-without-version",
        sentence: "Leaves v=19 out, which means version 16",
        operations: HASH,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.stored = |stored| padded(&stored.text().replace("v=19$", ""));
        },
    },
    Mistake {
        name: "account-long-password-taken",
        sentence: "Hashes passwords of more than 2048 characters, however long",
        operations: HASH,
        links: &["CVE-2013-1443"],
        wrong: |parts| envelope(parts).account.fits = |_| Ok(()),
    },
    Mistake {
        name: "account-longest-password-refused",
        sentence: "Refuses a password of 2048 characters, which is the longest allowed",
        operations: HASH,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.fits =
                |password| if password.encode_utf16().count() >= 2_048 { Err(PARAMETER) } else { Ok(()) };
        },
    },
    Mistake {
        name: "account-password-counted-in-bytes",
        sentence: "Counts the bytes of a password where the server counts UTF-16 units",
        operations: HASH,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.fits = |password| if password.len() > 2_048 { Err(PARAMETER) } else { Ok(()) };
        },
    },
    Mistake {
        name: "account-password-counted-in-code-points",
        sentence: "Counts the code points of a password where the server counts UTF-16 units",
        operations: HASH,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.fits =
                |password| if password.chars().count() > 2_048 { Err(PARAMETER) } else { Ok(()) };
        },
    },
    Mistake {
        name: "account-verify-compares-text",
        sentence: "Compares the whole stored texts, zeros included",
        operations: VERIFY,
        links: &["https://github.com/adamcaudill/libsodium-net/issues/157"],
        wrong: |parts| envelope(parts).account.equal = |compared| compared.kept_text == compared.computed_text,
    },
    Mistake {
        name: "account-verify-refuses-zeros",
        sentence: "Refuses the zeros after the PHC string",
        operations: VERIFY,
        links: &["https://github.com/terl/lazysodium-java/issues/39"],
        wrong: |parts| envelope(parts).account.respelt = |stored| stored.replace('\0', "!"),
    },
    Mistake {
        name: "account-verify-any-zeros",
        sentence: "Accepts any number of zeros after the PHC string",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.respelt = |stored| stored.trim_end_matches('\0').to_owned(),
    },
    Mistake {
        name: "account-verify-always",
        sentence: "Says yes to every password",
        operations: VERIFY,
        links: &["RUSTSEC-2019-0026"],
        wrong: |parts| envelope(parts).account.equal = |_| true,
    },
    Mistake {
        name: "account-verify-never",
        sentence: "Says no to every password",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.equal = |_| false,
    },
    Mistake {
        name: "account-verify-compares-16-bytes",
        sentence: "Compares 16 of the hash's 32 bytes",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.equal = |compared| compared.kept[..16] == compared.computed[..16],
    },
    Mistake {
        name: "account-verify-skips-the-first-byte",
        sentence: "Compares the hash from its second byte on",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.equal = |compared| compared.kept[1..] == compared.computed[1..],
    },
    Mistake {
        name: "account-verify-compares-case-folded",
        sentence: "Compares hashes as texts without regard to case, as a database column does",
        operations: VERIFY,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.equal = |compared| {
                let [kept, computed] =
                    [compared.kept, compared.computed].map(|hash| Base64::StandardUnpadded.encode(hash));
                kept.eq_ignore_ascii_case(&computed)
            };
        },
    },
    Mistake {
        name: "account-verify-costs-of-today",
        sentence: "Checks with its own costs instead of those that the stored hash names, so that older hashes lock their users out",
        operations: VERIFY,
        links: &["https://github.com/streetwriters/notesnook/commit/057b56360"],
        wrong: |parts| {
            envelope(parts).account.parameters = |mut stored, _| {
                stored.cost = SERVER_COST;
                Ok(stored)
            };
        },
    },
    Mistake {
        name: "account-verify-costs-unbounded",
        sentence: "Accepts any cost that a stored hash names",
        operations: VERIFY,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.parameters = |stored, port| {
                let (memory, limits) = (stored.cost.memory_kib, port.limits());
                let work = memory.saturating_mul(stored.cost.passes);
                let bounded = memory <= limits.memory_kib_max && work <= limits.argon2_work_kib_max;
                if bounded { Ok(stored) } else { Err(Stop::Hang) }
            };
        },
    },
    Mistake {
        name: "account-verify-variant-ignored",
        sentence: "Accepts a stored hash of another variant as one of Argon2id",
        operations: VERIFY,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.respelt =
                |stored| stored.replacen("$argon2i$", "$argon2id$", 1).replacen("$argon2d$", "$argon2id$", 1);
        },
    },
    Mistake {
        name: "account-verify-version-ignored",
        sentence: "Accepts a stored hash of version 16, or without a version, as one of version 19",
        operations: VERIFY,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.respelt =
                |stored| stored.replacen("$v=16$", "$v=19$", 1).replacen("$argon2id$m=", "$argon2id$v=19$m=", 1);
        },
    },
    Mistake {
        name: "account-verify-lanes-ignored",
        sentence: "Accepts a stored hash of several lanes, or of none, as one of a single lane",
        operations: VERIFY,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.respelt = |stored| {
                let named = stored.find(",p=").and_then(|at| Some((at, at + stored[at..].find('$')?)));
                named.map_or_else(|| stored.to_owned(), |(at, end)| format!("{},p=1{}", &stored[..at], &stored[end..]))
            };
        },
    },
    Mistake {
        name: "account-verify-costs-in-any-order",
        sentence: "Accepts the costs of a stored hash in any order",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.respelt = |stored| in_order(stored).unwrap_or_else(|| stored.to_owned()),
    },
    Mistake {
        name: "account-verify-white-space-trimmed",
        sentence: "Drops white space around a stored hash",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.respelt = |stored| stored.trim().to_owned(),
    },
    Mistake {
        name: "account-verify-zeros-in-numbers",
        sentence: "Accepts leading zeros in the numbers of a stored hash",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.respelt = |stored| stored.replace("=0", "="),
    },
    Mistake {
        name: "account-verify-lenient-base64",
        sentence: "Accepts padding and the other alphabet in a stored hash",
        operations: VERIFY,
        links: &[],
        wrong: |parts| envelope(parts).account.respelt = |stored| lenient(stored),
    },
    Mistake {
        name: "account-verify-malformed-is-no-match",
        sentence: "Says that the password is wrong if the stored hash does not parse",
        operations: VERIFY,
        links: &[],
        wrong: |parts| {
            envelope(parts).account.respelt = |stored| match StoredHash::read(stored) {
                Ok(_) => stored.to_owned(),
                Err(_) => format!("$argon2id$v=19$m=64,t=3,p=1${}${}", "A".repeat(22), "A".repeat(43)),
            };
        },
    },
];

const PARAMETER: Stop = Stop::Refuse(Reason::Parameter);

/// A stored hash with its costs in the order in which they are written.
fn in_order(stored: &str) -> Option<String> {
    let start = stored.find("$v=19$")? + 6;
    let end = start + stored[start..].find('$')?;
    let mut costs: Vec<_> = stored[start..end].split(',').collect();
    costs.sort_by_key(|cost| "mtp".find(cost.chars().next().unwrap_or('z')));
    Some(format!("{}{}{}", &stored[..start], costs.join(","), &stored[end..]))
}

/// A stored hash with its salt and hash in the alphabet of PHC strings and without padding.
fn lenient(stored: &str) -> String {
    let Some(start) = stored.find(",p=1$").map(|at| at + 5) else { return stored.to_owned() };
    let (head, data) = stored.split_at(start);
    format!("{head}{}", data.replace('=', "").replace('-', "+").replace('_', "/"))
}
