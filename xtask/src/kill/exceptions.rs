//! Vector files of operations with known mistakes that notice nothing alone, and why they are kept.

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
        files: &["fortuna/double", "fortuna/double-zero", "fortuna/single"],
        kept: Kept::AsSet,
        why: "the same scripts in three families: a port claims the one that it has, and must find every script there",
    },
    Exception {
        files: &["aes-256-gcm/seal-iv1[26]-tag*", "aes-256-gcm/open-iv1[26]-tag*"],
        kept: Kept::AsSet,
        why: "every length of a tag under both usual lengths of an IV, one file each, so that a port runs those that it claims",
    },
    Exception {
        files: &["aes-256-gcm/seal-iv-lengths", "aes-256-gcm/open-iv-lengths"],
        kept: Kept::AsSet,
        why: "IVs of other lengths in both directions",
    },
    Exception {
        files: &["aes-256-gcm/seal-counter-wrap", "aes-256-gcm/open-counter-wrap"],
        kept: Kept::AsSet,
        why: "counters at their edges in both directions, under IVs of all lengths",
    },
    Exception {
        files: &[
            "aes-256-gcm/seal-lengths",
            "aes-256-gcm/open-lengths",
            "aes-256-gcm/seal-long*",
            "aes-256-gcm/open-long*",
        ],
        kept: Kept::AsSet,
        why: "texts and data from nothing to beyond 65,535 bytes in both directions, cut so that no file is too large",
    },
    Exception {
        files: &["aes-256-gcm/seal-refused", "aes-256-gcm/open-refused"],
        kept: Kept::AsSet,
        why: "parameters outside the standard in both directions",
    },
    Exception {
        files: &["xchacha20-poly1305/seal-lengths", "xchacha20-poly1305/open-lengths"],
        kept: Kept::AsSet,
        why: "the same lengths of text and data in both directions",
    },
    Exception {
        files: &["xchacha20-poly1305/seal-long*", "xchacha20-poly1305/open-long*"],
        kept: Kept::AsSet,
        why: "long texts in both directions, cut so that no file is too large",
    },
    Exception {
        files: &["xchacha20-poly1305/seal-refused", "xchacha20-poly1305/open-refused"],
        kept: Kept::AsSet,
        why: "keys and nonces of wrong sizes in both directions",
    },
    Exception {
        files: &["xchacha20-poly1305/seal-poly1305", "xchacha20-poly1305/open-poly1305"],
        kept: Kept::AsSet,
        why: "the edges of Poly1305 in both directions",
    },
    Exception {
        files: &["aes-256-gcm/open-two-keys", "xchacha20-poly1305/open-two-keys"],
        kept: Kept::AsEvidence,
        why: "neither cipher commits to its key: a property that a reader of a format has to know, and no mistake of a port",
    },
    Exception {
        files: &["aes-256-gcm/sjcl-*"],
        kept: Kept::AsEvidence,
        why: "written by SJCL itself: what it seals and opens, whatever the standard says",
    },
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
    Exception {
        files: &["autonomail*/*-pieces", "notesnook*/*-pieces"],
        kept: Kept::AsSet,
        why: "characters across the ends of pieces in whatever turns text into bytes or bytes into text",
    },
    Exception {
        files: &["notesnook/open-ranges", "notesnook-item/open-ranges"],
        kept: Kept::AsSet,
        why: "numbers that mean nothing, in both envelopes",
    },
    Exception { files: &["argon2i*/lengths"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/passwords"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/password-forms"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/salts"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception {
        files: &["autonomail*/open-edges", "notesnook*/open-edges"],
        kept: Kept::AsSet,
        why: "the same edges of passwords, bytes and plaintexts in every family, since a port may have only one",
    },
    Exception { files: &["argon2i*/refused"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/refused-salts"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception { files: &["argon2i*/hostile-cost"], kept: Kept::AsSet, why: TWO_VARIANTS },
    Exception {
        files: &[
            "autonomail*/open",
            "autonomail*/open-bound",
            "autonomail*/open-cost",
            "autonomail*/open-header*",
            "autonomail*/open-iterations*",
            "autonomail*/open-one-refusal",
            "autonomail*/open-record*",
            "autonomail*/open-sjcl-text*",
            "autonomail*/open-tampered",
            "autonomail*/open-two-keys",
        ],
        kept: Kept::AsSet,
        why: "how a record opens: the two profiles are one format but for the key and the count, and each file has one policy",
    },
    Exception {
        files: &["autonomail*/seal*"],
        kept: Kept::AsSet,
        why: "how a record is sealed, with bytes given or drawn, in two profiles",
    },
    Exception {
        files: &["autonomail*/sjcl-*"],
        kept: Kept::AsEvidence,
        why: "SJCL itself wrote and opened these, so that the recipes are not believed for their own sake",
    },
    Exception {
        files: &["autonomail*/open-json*", "notesnook*/open-json*"],
        kept: Kept::AsSet,
        why: "one list of JSON that readers differ on, asked of every format that is JSON, cut by policy",
    },
    Exception {
        files: &["autonomail*/open-base64*", "notesnook*/open-base64*"],
        kept: Kept::AsSet,
        why: "one list of base64 that readers differ on, asked of every format that holds base64, cut by policy",
    },
    Exception {
        files: &["autonomail*/*-words", "notesnook*/*-words"],
        kept: Kept::AsSet,
        why: "one list of passwords, plaintexts and ids, asked of every operation that takes one",
    },
    Exception {
        files: &[
            "notesnook*/open",
            "notesnook*/open-bound",
            "notesnook*/open-members*",
            "notesnook*/open-one-refusal",
            "notesnook*/open-tampered",
            "notesnook*/open-two-keys",
        ],
        kept: Kept::AsSet,
        why: "how an envelope opens, under a password and under a key: most of its members are the same, and each file has one policy",
    },
    Exception {
        files: &["notesnook*/seal*"],
        kept: Kept::AsSet,
        why: "how an envelope is sealed, with bytes given or drawn, under a password and under a key",
    },
    Exception {
        files: &["notesnook/derive-key*"],
        kept: Kept::AsSet,
        why: "the key by itself, for ports that have no operation for envelopes",
    },
    Exception {
        files: &["notesnook/login-hash*"],
        kept: Kept::AsSet,
        why: "the login hash of a few addresses and passwords, and of the list that every operation is asked",
    },
    Exception {
        files: &["notesnook/server-*"],
        kept: Kept::AsSet,
        why: "what the server keeps and how it checks it, with a salt given or drawn, cut by policy",
    },
];

const TWO_VARIANTS: &str = "The same cases for Argon2i and for Argon2id: a mistake in what they share is in both";
