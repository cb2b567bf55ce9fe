//! Laws that hold for every input, tried on random ones: the reference and the oracles are one function.

use conformance::registry;
use oracle::{ORACLES, Oracle};
use primitives::Limits;
use proptest::collection::vec;
use proptest::prelude::*;
use vectors::{Answer, Fields, operation};

fn oracle(name: &str) -> &'static Oracle {
    ORACLES.iter().find(|oracle| oracle.name == name).expect("the tests name oracles that exist")
}

/// Asks the reference and the named oracles; all must answer, and alike.
fn agreed(operation: &str, input: &Fields, oracles: &[&str]) -> Result<Answer, TestCaseError> {
    let operation = operation::find(operation).expect("the tests name operations that exist");
    let limits = Limits::default();
    let wanted = registry::reference(operation, input, &limits);
    for name in oracles {
        let answer = oracle(name).answer(operation, input, &limits);
        let same = match (&wanted, &answer) {
            (Answer::Reject { reason, .. }, Some(Answer::Reject { reason: theirs, .. })) => reason == theirs,
            (wanted, answer) => Some(wanted) == answer.as_ref(),
        };
        prop_assert!(same, "{} of {input:?}: reference {wanted:?}, {name} {answer:?}", operation.name);
    }
    Ok(wanted)
}

fn opened(answer: &Answer, member: &str) -> Vec<u8> {
    match answer {
        Answer::Output(output) => output.bytes(member).to_vec(),
        Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => {
            panic!("no output but {answer:?}")
        }
    }
}

fn bytes(lengths: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), lengths)
}

fn flipped(mut bytes: Vec<u8>, bit: proptest::sample::Index) -> Vec<u8> {
    let bit = bit.index(bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Two SHA-512s that differ anywhere would make every derived key a matter of taste.
    #[test]
    fn sha512_is_one_function(message in bytes(0..400)) {
        agreed("sha512.digest", &Fields::new().with_bytes("message", message), &["libsodium", "openssl"])?;
    }

    /// Keys around the 128-byte block are where HMACs part, and the empty key is where OpenSSL's interfaces do.
    #[test]
    fn hmac_sha512_is_one_function(key in prop_oneof![Just(Vec::new()), bytes(0..300)], message in bytes(0..300)) {
        let input = Fields::new().with_bytes("key", key).with_bytes("message", message);
        agreed("hmac-sha512.tag", &input, &["libsodium", "openssl"])?;
    }

    /// The reference composes BLAKE2b's keyed start itself, for every key and digest length.
    #[test]
    fn blake2b_is_one_function(message in bytes(0..300), key in bytes(0..=65), length in 0_u64..=66) {
        let input = Fields::new().with_bytes("message", message).with_bytes("key", key).with_integer("length", length);
        agreed("blake2b.digest", &input, &["libsodium"])?;
    }

    /// A wrong block index or salt edge shows as a wrong key only at some lengths.
    #[test]
    fn pbkdf2_is_one_function(password in bytes(0..200), salt in bytes(0..200), iterations in 0_u64..20, length in 1_u64..200) {
        let input = Fields::new().with_bytes("password", password).with_bytes("salt", salt);
        let input = input.with_integer("iterations", iterations).with_integer("length", length);
        agreed("pbkdf2-hmac-sha512.derive", &input, &["openssl"])?;
    }

    /// The reference composes GCM itself, for every IV and tag length.
    #[test]
    fn gcm_is_one_function(
        key in bytes(32), iv in bytes(0..=64), aad in bytes(0..80), plaintext in bytes(0..400),
        tag_length in prop::sample::select(vec![4_u64, 8, 12, 13, 14, 15, 16]), bit in any::<prop::sample::Index>(),
    ) {
        let common = |iv: &[u8]| Fields::new().with_bytes("key", key.clone()).with_bytes("iv", iv).with_bytes("aad", aad.clone());
        let seal = common(&iv).with_bytes("plaintext", plaintext.clone()).with_integer("tag_length", tag_length);
        let sealed = agreed("aes-256-gcm.seal", &seal, &["openssl"])?;
        if iv.is_empty() {
            return Ok(());
        }
        let sealed = opened(&sealed, "ciphertext");
        let open = |sealed: Vec<u8>| common(&iv).with_bytes("ciphertext", sealed).with_integer("tag_length", tag_length);
        let answer = agreed("aes-256-gcm.open", &open(sealed.clone()), &["openssl"])?;
        prop_assert_eq!(opened(&answer, "plaintext"), plaintext);
        agreed("aes-256-gcm.open", &open(flipped(sealed, bit)), &["openssl"])?;
    }

    /// A subkey off by one word gives a cipher that opens its own seals and nobody else's.
    #[test]
    fn hchacha20_is_one_function(key in bytes(32), nonce in bytes(16)) {
        agreed("hchacha20.subkey", &Fields::new().with_bytes("key", key).with_bytes("input", nonce), &["libsodium"])?;
    }

    /// Sealing, opening and refusing must agree at every length of text and associated data.
    #[test]
    fn xchacha20_poly1305_is_one_function(
        key in bytes(32), nonce in bytes(24), aad in bytes(0..80), plaintext in bytes(0..400), bit in any::<prop::sample::Index>(),
    ) {
        let common = || Fields::new().with_bytes("key", key.clone()).with_bytes("nonce", nonce.clone()).with_bytes("aad", aad.clone());
        let sealed = agreed("xchacha20-poly1305.seal", &common().with_bytes("plaintext", plaintext.clone()), &["libsodium"])?;
        let sealed = opened(&sealed, "ciphertext");
        let answer = agreed("xchacha20-poly1305.open", &common().with_bytes("ciphertext", sealed.clone()), &["libsodium"])?;
        prop_assert_eq!(opened(&answer, "plaintext"), plaintext);
        agreed("xchacha20-poly1305.open", &common().with_bytes("ciphertext", flipped(sealed, bit)), &["libsodium"])?;
    }

    /// Ciphertexts from an attacker come in every length, also below a tag.
    #[test]
    fn xchacha20_poly1305_refuses_noise_alike(key in bytes(32), nonce in bytes(24), noise in bytes(0..40)) {
        let input = Fields::new().with_bytes("key", key).with_bytes("nonce", nonce).with_bytes("aad", []);
        agreed("xchacha20-poly1305.open", &input.with_bytes("ciphertext", noise), &["libsodium"])?;
    }
}

fn argon2_input(password: Vec<u8>, salt: Vec<u8>, costs: [u64; 3], length: u64) -> Fields {
    let [passes, memory_kib, lanes] = costs;
    let input = Fields::new().with_bytes("password", password).with_bytes("salt", salt);
    let input = input.with_integer("passes", passes).with_integer("memory_kib", memory_kib);
    input.with_integer("lanes", lanes).with_integer("length", length)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Within libsodium's limits three implementations meet.
    #[test]
    fn argon2_with_one_lane_is_one_function(
        password in bytes(0..150), salt in bytes(16), passes in 3_u64..5, memory_kib in 8_u64..200, length in 16_u64..150,
    ) {
        let input = argon2_input(password, salt, [passes, memory_kib, 1], length);
        agreed("argon2i.derive", &input, &["libsodium", "openssl"])?;
        agreed("argon2id.derive", &input, &["libsodium", "openssl"])?;
    }

    /// Lanes, odd memory, short and long salts and outputs: where published vectors are blind (and what lies outside the RFC).
    #[test]
    fn argon2_with_many_lanes_is_one_function(
        password in bytes(0..150), salt in bytes(6..70), passes in 0_u64..4, memory_kib in 0_u64..200, lanes in 0_u64..9, length in 2_u64..150,
    ) {
        let input = argon2_input(password, salt, [passes, memory_kib, lanes], length);
        agreed("argon2i.derive", &input, &["openssl"])?;
        agreed("argon2id.derive", &input, &["openssl"])?;
    }
}

/// A length that a library does not check must not reach it: what it would read then is not ours.
#[test]
fn inputs_outside_an_oracles_limits_get_no_opinion() {
    let bytes = |name, length| Fields::new().with_bytes(name, vec![7; length]);
    let gcm = |tag_length, ciphertext| {
        let input = bytes("key", 32).with_bytes("iv", [7; 16]).with_bytes("aad", []);
        input.with_bytes("ciphertext", vec![7; ciphertext]).with_integer("tag_length", tag_length)
    };
    let xchacha = |key, nonce| {
        bytes("key", key).with_bytes("nonce", vec![7; nonce]).with_bytes("aad", []).with_bytes("ciphertext", [7; 20])
    };
    let argon2 = |salt, costs, length| argon2_input(vec![7; 4], vec![7; salt], costs, length);
    let pbkdf2 = |iterations, length| {
        bytes("password", 4)
            .with_bytes("salt", [7; 4])
            .with_integer("iterations", iterations)
            .with_integer("length", length)
    };
    let outside = [
        ("libsodium", "hchacha20.subkey", bytes("key", 31).with_bytes("input", [7; 16])),
        ("libsodium", "hchacha20.subkey", bytes("key", 32).with_bytes("input", [7; 15])),
        ("libsodium", "xchacha20-poly1305.open", xchacha(31, 24)),
        ("libsodium", "xchacha20-poly1305.open", xchacha(32, 23)),
        ("libsodium", "xchacha20-poly1305.open", xchacha(32, 25)),
        ("libsodium", "argon2i.derive", argon2(15, [3, 64, 1], 32)),
        ("libsodium", "argon2i.derive", argon2(17, [3, 64, 1], 32)),
        ("libsodium", "argon2i.derive", argon2(16, [2, 64, 1], 32)),
        ("libsodium", "argon2id.derive", argon2(16, [0, 64, 1], 32)),
        ("libsodium", "argon2id.derive", argon2(16, [1, 7, 1], 32)),
        ("libsodium", "argon2id.derive", argon2(16, [1, 64, 2], 32)),
        ("libsodium", "argon2id.derive", argon2(16, [1, 64, 1], 15)),
        ("libsodium", "argon2id.derive", argon2(16, [1, 1 << 31, 1], 32)),
        ("libsodium", "argon2id.derive", argon2(16, [1 << 31, 64, 1], 32)),
        ("libsodium", "argon2id.derive", argon2(16, [1, 64, 1], 1 << 40)),
        ("libsodium", "argon2id.derive", argon2(16, [1, (1 << 53) - 1, 1], 32)),
        ("libsodium", "pbkdf2-hmac-sha512.derive", pbkdf2(1, 32)),
        ("openssl", "argon2id.derive", argon2(16, [1, 1 << 31, 1], 32)),
        ("openssl", "argon2id.derive", argon2(16, [1 << 31, 64, 1], 32)),
        ("openssl", "argon2id.derive", argon2(16, [1, 64, 1 << 40], 32)),
        ("openssl", "pbkdf2-hmac-sha512.derive", pbkdf2(i32::MAX as u64, 32)),
        ("openssl", "pbkdf2-hmac-sha512.derive", pbkdf2((1 << 53) - 1, 32)),
        ("openssl", "pbkdf2-hmac-sha512.derive", pbkdf2(1, 1 << 40)),
        ("openssl", "pbkdf2-hmac-sha512.derive", pbkdf2(1, 0)),
        ("openssl", "aes-256-gcm.open", gcm(5, 40)),
        ("openssl", "aes-256-gcm.open", gcm(17, 40)),
        ("openssl", "aes-256-gcm.open", gcm(16, 15)),
    ];
    for (name, operation, input) in outside {
        let answer = oracle(name).answer(operation::find(operation).unwrap(), &input, &Limits::default());
        assert_eq!(answer, None, "{name} {operation} {input:?}");
    }
}

/// The refusals that OpenSSL can judge are its own, so that a vector's refusal has a second witness.
#[test]
fn openssl_refuses_what_the_specifications_exclude() {
    let pbkdf2 = |iterations, length| {
        let input = Fields::new().with_bytes("password", []).with_bytes("salt", []);
        ("pbkdf2-hmac-sha512.derive", input.with_integer("iterations", iterations).with_integer("length", length))
    };
    let argon2 = |salt, costs, length| ("argon2i.derive", argon2_input(vec![], vec![7; salt], costs, length));
    let gcm = Fields::new().with_bytes("key", [7; 32]).with_bytes("iv", []).with_bytes("aad", []);
    let refused = [
        pbkdf2(0, 32),
        argon2(7, [3, 64, 1], 32),
        argon2(16, [0, 64, 1], 32),
        argon2(16, [3, 31, 4], 32),
        argon2(16, [3, 64, 0], 32),
        argon2(16, [3, 64, 1], 3),
        ("aes-256-gcm.seal", gcm.clone().with_bytes("plaintext", []).with_integer("tag_length", 16)),
        ("aes-256-gcm.open", gcm.with_bytes("ciphertext", [7; 20]).with_integer("tag_length", 16)),
    ];
    for (operation, input) in refused {
        agreed(operation, &input, &["openssl"]).unwrap();
    }
}

/// The server's check is libsodium's own, and a text that would set another cost is not asked at all.
#[test]
fn libsodium_checks_stored_hashes_of_the_servers_cost_only() {
    let verify = operation::find("notesnook.server-verify").unwrap();
    let ask = |stored: &str| {
        let input = Fields::new().with_text("hash_text", "pass").with_text("stored_text", stored);
        oracle("libsodium").answer(verify, &input, &Limits::default())
    };
    let body = "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let stored = |cost| format!("$argon2id$v=19${cost}${body}");
    assert!(matches!(ask(&stored("m=64,t=3,p=1")), Some(Answer::Output(_))));
    for cost in ["m=4294967295,t=3,p=1", "m=64,t=4294967295,p=1", "m=64,t=3,p=2", "m=064,t=3,p=1", ""] {
        assert_eq!(ask(&stored(cost)), None, "{cost}");
    }
    assert_eq!(ask("$argon2id$v=19$m=64,t=3,p=1$AAAA$AAAA"), None);
}

/// The oracle composes Notesnook's derivations itself. Expected: the published client, @notesnook/crypto 2.1.3, through its port.
#[test]
fn libsodium_derives_what_notesnooks_client_derives() {
    let login = |email, password| Fields::new().with_text("email_text", email).with_text("password_text", password);
    let hash = |text| Fields::new().with_text("hash_text", text);
    let salt: Vec<u8> = (0..16).collect();
    let key = hex::decode("f3157644a3b09e1d0c0eb72a55c14ab5572ae9af37eef9a2a4eb417b1db0ccb1").unwrap();
    let known = [
        (
            "notesnook.derive-key",
            Fields::new().with_text("password_text", "p\u{e4}ssword").with_bytes("salt", salt),
            Fields::new().with_bytes("key", key),
        ),
        (
            "notesnook.login-hash",
            login("\u{c4}NNE@Example.com", "p\u{e4}ssword"),
            hash("7fy0pZ4Ns2RrLXSrEFWzmCNm6BuRrP_GJHxjSjTLm5I"),
        ),
    ];
    for (name, input, output) in known {
        let answer = oracle("libsodium").answer(operation::find(name).unwrap(), &input, &Limits::default());
        assert_eq!(answer, Some(Answer::Output(output)), "{name}");
    }
}
