//! The facts of both profiles.

use super::{Profile, SALT_BYTES, client_2014, documented};
use crate::description::{
    Cost, Derivation, Facts, Functions, GCM, Layout, Member, Opened, Operation, Part, Role, Salt, Shows, System, Text,
    sized,
};
use crate::sjcl;
use document::{Base64, Encoding};

/// Autonomail.
pub static SYSTEM: System = System {
    name: "autonomail",
    formats: &[&DOCUMENTED, &CLIENT_2014],
    beside: &[],
    together: &[&["autonomail.seal", "autonomail.open", "autonomail-2014.seal", "autonomail-2014.open"]],
};

const SALT: Member = Member::bytes("salt", Encoding::Hex, Role::Salt);
const SECURE_DATA: Member = Member::document("secureData", Base64::Standard, &sjcl::LAYOUT);

static DOCUMENTED_MEMBERS: Layout = Layout { members: &[SALT, SECURE_DATA], added: &[] };
static MEMBERS_OF_2014: Layout =
    Layout { members: &[SALT, Member::number("iterations", Role::Iterations), SECURE_DATA], added: &[] };

const PARTS: &[Part] = &[
    Part { member: "salt", role: Role::Salt, length: SALT_BYTES, is_drawn: true },
    Part { member: "iv", role: Role::Nonce, length: sjcl::IV_BYTES, is_drawn: true },
];

/// Whoever seals and opens by the document is given the count; the first half of what is derived is the key.
const DERIVATION: Derivation = Derivation {
    primitive: "pbkdf2-hmac-sha512.derive",
    secret: "password_text",
    salt: Salt::Envelope,
    cost: Cost::Requested("iterations"),
    length: 64,
    key_at: 0,
    shows: Shows::Inside,
};
const SEAL_OF_2014: Derivation = Derivation { key_at: 32, ..DERIVATION };
const OPEN_OF_2014: Derivation = Derivation { cost: Cost::Named, ..SEAL_OF_2014 };

const fn seal(name: &'static str, derivation: Derivation) -> Operation {
    Operation { name, below: &["pbkdf2-hmac-sha512.derive", "aes-256-gcm.seal"], derivation: Some(derivation) }
}

const fn open(name: &'static str, derivation: Derivation) -> Operation {
    Operation { name, below: &["pbkdf2-hmac-sha512.derive", "aes-256-gcm.open"], derivation: Some(derivation) }
}

static DOCUMENTED: Facts = Facts {
    envelope: "record",
    text: Text::Json(&DOCUMENTED_MEMBERS),
    parts: PARTS,
    seal: seal("autonomail.seal", DERIVATION),
    open: open("autonomail.open", DERIVATION),
    cipher: Some(GCM),
    functions: Some(Functions {
        seal: |given| {
            let (salt, iv) = (sized("salt", "32 bytes", given.salt)?, sized("iv", "16 bytes", given.nonce)?);
            documented::seal(given.password, given.iterations, salt, iv, given.text, given.limits)
        },
        open: |given| documented::open(given.password, given.iterations, given.text, given.limits).map(Opened::from),
    }),
    check: |record, limits| documented::Record::read(record, limits).map(drop),
};

static CLIENT_2014: Facts = Facts {
    envelope: "record",
    text: Text::Json(&MEMBERS_OF_2014),
    parts: PARTS,
    seal: seal("autonomail-2014.seal", SEAL_OF_2014),
    open: open("autonomail-2014.open", OPEN_OF_2014),
    cipher: Some(GCM),
    functions: Some(Functions {
        seal: |given| {
            let (salt, iv) = (sized("salt", "32 bytes", given.salt)?, sized("iv", "16 bytes", given.nonce)?);
            client_2014::seal(given.password, given.iterations, salt, iv, given.text, given.limits)
        },
        open: |given| client_2014::open(given.password, given.text, given.limits).map(Opened::from),
    }),
    check: |record, limits| client_2014::Record::read(record, limits).map(drop),
};

impl Profile {
    /// What is true of it.
    #[must_use]
    pub fn facts(self) -> &'static Facts {
        match self {
            Self::Documented => &DOCUMENTED,
            Self::Client2014 => &CLIENT_2014,
        }
    }

    /// The members of its record.
    #[must_use]
    pub fn layout(self) -> &'static Layout {
        match self {
            Self::Documented => &DOCUMENTED_MEMBERS,
            Self::Client2014 => &MEMBERS_OF_2014,
        }
    }

    /// The 32 bytes of the key among the 64 that are derived.
    #[must_use]
    pub fn key(self, derived: &[u8]) -> &[u8] {
        let at = match self {
            Self::Documented => DERIVATION.key_at,
            Self::Client2014 => SEAL_OF_2014.key_at,
        };
        &derived[at..at + 32]
    }
}
