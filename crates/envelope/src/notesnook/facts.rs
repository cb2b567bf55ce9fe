//! The facts of what is sealed under a password, of the synced item and of the login.

use super::account::StoredHash;
use super::cipher::{self, Item, PasswordEnvelope};
use super::{ALG, Cost as Argon2, NONCE_BYTES, SALT_BYTES};
use crate::description::{
    Cost, Derivation, Facts, Functions, Layout, Member, Opened, Operation, Part, Phc, Role, Salt, Shows, System, Text,
    XCHACHA, sized,
};
use document::{Base64, Encoding};

/// Notesnook.
pub static SYSTEM: System = System {
    name: "notesnook",
    formats: &[&SERVER_HASH, &PASSWORD_ENVELOPE, &ITEM],
    beside: &[LOGIN_HASH, DERIVE_KEY],
    together: &[
        &["notesnook.login-hash"],
        &["notesnook.derive-key", "notesnook.seal", "notesnook.open"],
        &["notesnook.derive-key"],
        &["notesnook-item.seal", "notesnook-item.open"],
    ],
};

const URL: Encoding = Encoding::Base64(Base64::UrlSafeUnpadded);

const FORMAT: Member = Member::text("format", Role::Other).always("base64").or_none();
const NAMES: Member = Member::text("alg", Role::Other).always(ALG).or_none();
const CIPHER: Member = Member::bytes("cipher", URL, Role::Sealed);
const IV: Member = Member::bytes("iv", URL, Role::Nonce);
const SALT: Member = Member::bytes("salt", URL, Role::Salt);
const LENGTH: Member = Member::number("length", Role::Length);
const CHUNK_SIZE: Member = Member::number("chunkSize", Role::Other).or_none();

/// The members of an envelope under a password.
pub static PASSWORD_MEMBERS: Layout =
    Layout { members: &[FORMAT, NAMES, CIPHER, IV, SALT, LENGTH], added: &[CHUNK_SIZE] };

/// The members of a synced item, whose salt is a copy of the key's.
pub static ITEM_MEMBERS: Layout = Layout {
    members: &[
        FORMAT,
        NAMES,
        CIPHER,
        IV,
        SALT.or_none(),
        LENGTH,
        Member::number("v", Role::Other).always("6.1"),
        Member::text("id", Role::Id),
    ],
    added: &[CHUNK_SIZE, Member::number("keyVersion", Role::Other).or_none()],
};

const DRAWN_SALT: Part = Part { member: "salt", role: Role::Salt, length: SALT_BYTES, is_drawn: true };
const DRAWN_NONCE: Part = Part { member: "nonce", role: Role::Nonce, length: NONCE_BYTES, is_drawn: true };
const KEY_SALT: Part = Part { member: "key_salt", role: Role::Salt, length: SALT_BYTES, is_drawn: false };

const KEY: Derivation = Derivation {
    primitive: "argon2i.derive",
    secret: "password_text",
    salt: Salt::Envelope,
    cost: Cost::Fixed(Argon2::KEY),
    length: 32,
    key_at: 0,
    shows: Shows::Inside,
};
const LOGIN: Derivation = Derivation {
    primitive: "argon2id.derive",
    salt: Salt::Computed,
    cost: Cost::Fixed(Argon2::LOGIN),
    shows: Shows::Text("hash_text", URL),
    ..KEY
};
const SERVER: Derivation =
    Derivation { primitive: "argon2id.derive", secret: "hash_text", cost: Cost::Fixed(Argon2::SERVER), ..KEY };

const LOGIN_HASH: Operation =
    Operation { name: "notesnook.login-hash", below: &["blake2b.digest", "argon2id.derive"], derivation: Some(LOGIN) };

const DERIVE_KEY: Operation = Operation {
    name: "notesnook.derive-key",
    below: &["argon2i.derive"],
    derivation: Some(Derivation { salt: Salt::Request("salt"), shows: Shows::Bytes("key"), ..KEY }),
};

static SERVER_HASH: Facts = Facts {
    envelope: "stored_text",
    text: Text::Phc(|stored| {
        let StoredHash { passes, memory_kib, salt, .. } = StoredHash::read(stored).ok()?;
        Some(Phc { salt: salt.to_vec(), cost: Argon2 { passes, memory_kib } })
    }),
    parts: &[DRAWN_SALT],
    seal: Operation { name: "notesnook.server-hash", below: &["argon2id.derive"], derivation: Some(SERVER) },
    open: Operation { name: "notesnook.server-verify", below: &["argon2id.derive"], derivation: Some(SERVER) },
    cipher: None,
    functions: None,
    check: |stored, _| StoredHash::read(&String::from_utf8_lossy(stored)).map(drop),
};

static PASSWORD_ENVELOPE: Facts = Facts {
    envelope: "envelope",
    text: Text::Json(&PASSWORD_MEMBERS),
    parts: &[DRAWN_SALT, DRAWN_NONCE],
    seal: Operation {
        name: "notesnook.seal",
        below: &["argon2i.derive", "notesnook.derive-key", "xchacha20-poly1305.seal"],
        derivation: Some(KEY),
    },
    open: Operation {
        name: "notesnook.open",
        below: &["argon2i.derive", "notesnook.derive-key", "xchacha20-poly1305.open"],
        derivation: Some(KEY),
    },
    cipher: Some(XCHACHA),
    functions: Some(Functions {
        seal: |given| {
            let (salt, nonce) = (sized("salt", "16 bytes", given.salt)?, sized("nonce", "24 bytes", given.nonce)?);
            cipher::seal(given.password, salt, nonce, given.text, Argon2::KEY, given.limits)
        },
        open: |given| cipher::open(given.password, given.text, Argon2::KEY, given.limits).map(Opened::from),
    }),
    check: |envelope, limits| PasswordEnvelope::read(envelope, limits).map(drop),
};

static ITEM: Facts = Facts {
    envelope: "envelope",
    text: Text::Json(&ITEM_MEMBERS),
    parts: &[KEY_SALT, DRAWN_NONCE],
    seal: Operation { name: "notesnook-item.seal", below: &["xchacha20-poly1305.seal"], derivation: None },
    open: Operation { name: "notesnook-item.open", below: &["xchacha20-poly1305.open"], derivation: None },
    cipher: Some(XCHACHA),
    functions: Some(Functions {
        seal: |given| {
            let (salt, nonce) = (sized("key_salt", "16 bytes", given.salt)?, sized("nonce", "24 bytes", given.nonce)?);
            Ok(cipher::seal_item(given.key, salt, given.id, nonce, given.text))
        },
        open: |given| {
            let (id, plaintext) = cipher::open_item(given.key, given.text, given.limits)?;
            Ok(Opened { plaintext, id: Some(id) })
        },
    }),
    check: |envelope, limits| Item::read(envelope, limits).map(drop),
};
