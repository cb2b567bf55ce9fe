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
        files: &[
            "autonomail*/open",
            "autonomail*/open-bound",
            "autonomail*/open-cost",
            "autonomail*/open-header*",
            "autonomail*/open-iterations*",
            "autonomail*/open-long",
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
            "notesnook*/open-long",
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
