//! Vector files that notice nothing alone, and why they are kept.

/// Why files are kept that notice nothing which no other file notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are one set, cut into files because a file has one operation, one shape of parameters and one policy: together
    /// they must notice something that no file outside the set does.
    AsSet,
    /// They are evidence of another kind, and are not held to what they notice.
    AsEvidence,
}

/// Files and why they are kept.
#[derive(Debug)]
pub struct Exception {
    /// Patterns of `<family>/<topic>`.
    pub files: &'static [&'static str],
    /// In which way they earn their place.
    pub kept: Kept,
    /// The reason, for people.
    pub why: &'static str,
}

/// Every exception.
pub static EXCEPTIONS: &[Exception] = &[
    Exception {
        files: &["sha512/fips-180-examples"],
        kept: Kept::AsEvidence,
        why: "The examples that the standard itself works through, with the digests that it states",
    },
    Exception {
        files: &["pbkdf2-hmac-sha512/sjcl"],
        kept: Kept::AsEvidence,
        why: "What SJCL itself gives, while the others are what our recipes ask of several implementations",
    },
    Exception {
        files: &[
            "pbkdf2-hmac-sha512/passwords",
            "pbkdf2-hmac-sha512/password-forms",
            "pbkdf2-hmac-sha512/salts",
            "pbkdf2-hmac-sha512/iterations",
            "pbkdf2-hmac-sha512/iterations-16-bits",
            "pbkdf2-hmac-sha512/lengths",
            "pbkdf2-hmac-sha512/long-key",
        ],
        kept: Kept::AsSet,
        why: "One sweep over what PBKDF2 takes, cut by the member that varies; SJCL's own file repeats much of it",
    },
    Exception {
        files: &[
            "argon2i*/costs",
            "argon2i*/lanes",
            "argon2i*/many-lanes",
            "argon2i*/segments",
            "argon2i*/large-memory",
            "argon2i*/notesnook-cost",
        ],
        kept: Kept::AsSet,
        why: "One grid of passes, memory and lanes, cut by what varies and by what it costs, for each of two variants",
    },
    Exception { files: &["argon2i*/lengths"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/passwords"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/salts"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/refused"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/refused-salts"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/hostile-cost"], kept: Kept::AsSet, why: TWO_VARIANTS },
];

const TWO_VARIANTS: &str = "The same cases for Argon2i and for Argon2id: a mistake in what they share is in both";
