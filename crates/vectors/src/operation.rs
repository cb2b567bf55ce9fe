//! The operations of the port protocol: their names and the members of their inputs and outputs.
//!
//! This table is the protocol page's own, as data. Vectors, requests, answers and claims are all read against it.

/// What a member holds, and so how it is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bytes as lower-case hex.
    Hex,
    /// Unicode text as it stands; the member's name ends in `_text`.
    Text,
    /// An integer from 0 to 2^53 - 1.
    Integer,
    /// `true` or `false`.
    Flag,
    /// An array of byte strings, each as lower-case hex.
    HexList,
    /// An array of integers from 0 to 2^53 - 1.
    IntegerList,
}

/// One member of an input or output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be left out: the port then draws it itself.
    pub optional: bool,
}

/// One operation of the port protocol.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name, `<family>.<verb>`.
    pub name: &'static str,
    /// The members of its input, in the order in which they are written.
    pub input: &'static [Member],
    /// The members of its output, in the order in which they are written.
    pub output: &'static [Member],
    /// The operation that opens what this one seals. Its input members are found by name in this
    /// operation's input and output.
    pub opened_by: Option<&'static str>,
}

const fn hex(name: &'static str) -> Member {
    Member { name, kind: Kind::Hex, optional: false }
}

const fn drawn(name: &'static str) -> Member {
    Member { name, kind: Kind::Hex, optional: true }
}

const fn text(name: &'static str) -> Member {
    Member { name, kind: Kind::Text, optional: false }
}

const fn integer(name: &'static str) -> Member {
    Member { name, kind: Kind::Integer, optional: false }
}

const fn flag(name: &'static str) -> Member {
    Member { name, kind: Kind::Flag, optional: false }
}

const fn hex_list(name: &'static str) -> Member {
    Member { name, kind: Kind::HexList, optional: false }
}

const fn integer_list(name: &'static str) -> Member {
    Member { name, kind: Kind::IntegerList, optional: false }
}

const fn operation(name: &'static str, input: &'static [Member], output: &'static [Member]) -> Operation {
    Operation { name, input, output, opened_by: None }
}

const fn seal(
    name: &'static str,
    input: &'static [Member],
    output: &'static [Member],
    opened_by: &'static str,
) -> Operation {
    Operation { name, input, output, opened_by: Some(opened_by) }
}

const ARGON2_INPUT: &[Member] =
    &[hex("password"), hex("salt"), integer("passes"), integer("memory_kib"), integer("lanes"), integer("length")];

/// Every operation that this version of the suite knows, in the order of the protocol page.
pub static OPERATIONS: &[Operation] = &[
    operation("sha512.digest", &[hex("message")], &[hex("digest")]),
    operation("hmac-sha512.tag", &[hex("key"), hex("message")], &[hex("tag")]),
    operation("blake2b.digest", &[hex("message"), hex("key"), integer("length")], &[hex("digest")]),
    operation(
        "pbkdf2-hmac-sha512.derive",
        &[hex("password"), hex("salt"), integer("iterations"), integer("length")],
        &[hex("key")],
    ),
    operation("argon2i.derive", ARGON2_INPUT, &[hex("key")]),
    operation("argon2id.derive", ARGON2_INPUT, &[hex("key")]),
    operation(
        "aes-256-gcm.seal",
        &[hex("key"), hex("iv"), hex("aad"), hex("plaintext"), integer("tag_length")],
        &[hex("ciphertext")],
    ),
    operation(
        "aes-256-gcm.open",
        &[hex("key"), hex("iv"), hex("aad"), hex("ciphertext"), integer("tag_length")],
        &[hex("plaintext")],
    ),
    operation("hchacha20.subkey", &[hex("key"), hex("input")], &[hex("subkey")]),
    operation(
        "xchacha20-poly1305.seal",
        &[hex("key"), hex("nonce"), hex("aad"), hex("plaintext")],
        &[hex("ciphertext")],
    ),
    operation(
        "xchacha20-poly1305.open",
        &[hex("key"), hex("nonce"), hex("aad"), hex("ciphertext")],
        &[hex("plaintext")],
    ),
    operation(
        "fortuna.generate",
        &[text("family_text"), hex_list("events"), integer_list("requests")],
        &[hex_list("outputs")],
    ),
    operation(
        "sjcl-prng.generate",
        &[integer("paranoia"), integer("start_ms"), hex_list("events")],
        &[hex_list("outputs")],
    ),
    seal(
        "autonomail.seal",
        &[text("password_text"), integer("iterations"), drawn("salt"), drawn("iv"), hex("plaintext")],
        &[hex("record")],
        "autonomail.open",
    ),
    operation("autonomail.open", &[text("password_text"), integer("iterations"), hex("record")], &[hex("plaintext")]),
    seal(
        "autonomail-2014.seal",
        &[text("password_text"), integer("iterations"), drawn("salt"), drawn("iv"), hex("plaintext")],
        &[hex("record")],
        "autonomail-2014.open",
    ),
    operation("autonomail-2014.open", &[text("password_text"), hex("record")], &[hex("plaintext")]),
    operation("notesnook.login-hash", &[text("email_text"), text("password_text")], &[text("hash_text")]),
    seal(
        "notesnook.server-hash",
        &[text("hash_text"), drawn("salt")],
        &[text("stored_text")],
        "notesnook.server-verify",
    ),
    operation("notesnook.server-verify", &[text("hash_text"), text("stored_text")], &[flag("valid")]),
    operation("notesnook.derive-key", &[text("password_text"), hex("salt")], &[hex("key")]),
    seal(
        "notesnook.seal",
        &[text("password_text"), drawn("salt"), drawn("nonce"), hex("plaintext")],
        &[hex("envelope")],
        "notesnook.open",
    ),
    operation("notesnook.open", &[text("password_text"), hex("envelope")], &[hex("plaintext")]),
    seal(
        "notesnook-item.seal",
        &[hex("key"), hex("key_salt"), text("id_text"), drawn("nonce"), hex("plaintext")],
        &[hex("envelope")],
        "notesnook-item.open",
    ),
    operation("notesnook-item.open", &[hex("key"), hex("envelope")], &[text("id_text"), hex("plaintext")]),
    operation("random.draw", &[integer("length"), integer("count")], &[hex_list("samples")]),
];

/// A port's own calibration: asked by `sealproof calibrate` and by no vector, since its answer is the machine's.
pub static CALIBRATE: Operation =
    operation("calibrate.pbkdf2-hmac-sha512", &[integer("target_ms")], &[integer("iterations"), integer("elapsed_ms")]);

/// The operation of this name, if the suite knows it.
#[must_use]
pub fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

impl Operation {
    /// The part of the name before the last dot: `aes-256-gcm` of `aes-256-gcm.open`.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.name.rsplit_once('.').map_or(self.name, |(family, _)| family)
    }

    /// The part of the name after the last dot: `open` of `aes-256-gcm.open`.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        self.name.rsplit_once('.').map_or(self.name, |(_, verb)| verb)
    }

    /// The input member of this name.
    #[must_use]
    pub fn input_member(&self, name: &str) -> Option<&'static Member> {
        self.input.iter().find(|member| member.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A seal whose opener needs a member that neither its input nor its output has could never be judged.
    #[test]
    fn every_seal_carries_what_its_opener_needs() {
        for sealer in OPERATIONS {
            let Some(name) = sealer.opened_by else { continue };
            let opener = find(name).unwrap();
            for wanted in opener.input {
                let found = sealer.input.iter().chain(sealer.output).find(|member| member.name == wanted.name);
                assert_eq!(found.map(|member| member.kind), Some(wanted.kind), "{name} needs {}", wanted.name);
            }
        }
    }

    /// The protocol tells text from hex by the name alone.
    #[test]
    fn text_members_and_only_they_end_in_text() {
        for member in OPERATIONS.iter().flat_map(|operation| operation.input.iter().chain(operation.output)) {
            assert_eq!(member.kind == Kind::Text, member.name.ends_with("_text"), "{}", member.name);
        }
    }
}
