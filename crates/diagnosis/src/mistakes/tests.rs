//! Some mistakes give the right answer to another question, which others have answered.

use crate::models::argon2::Argon2;
use vectors::Fields;

fn given(name: &str, operation: &str, input: &Fields) -> String {
    let parts = super::find(name).unwrap_or_else(|| panic!("no mistake is called {name}")).parts();
    parts.primitive(operation, input).unwrap().unwrap().to_json().to_string()
}

/// A mistake that is broken in another way than it says is noticed by every vector and proves nothing. Python: `hashlib.new`,
/// `hmac.digest(b"password", b"somesalt", hash)` and `hashlib.pbkdf2_hmac(hash, b"password", b"somesalt", 3, 70)`.
#[test]
fn other_hashes_are_what_they_claim_to_be() {
    let message = Fields::new().with_bytes("message", b"abc");
    let keyed = Fields::new().with_bytes("key", b"password").with_bytes("message", b"somesalt");
    let derived = Fields::new().with_bytes("password", b"password").with_bytes("salt", b"somesalt");
    let derived = derived.with_integer("iterations", 3).with_integer("length", 70);
    for (name, operation, input, output) in [
        (
            "sha512-is-sha512-256",
            "sha512.digest",
            &message,
            "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
        ),
        (
            "hmac-is-hmac-sha256",
            "hmac-sha512.tag",
            &keyed,
            "9a38dcdd4717361a33cb64ee1b603a5fe468f8befd2e6fe4eaae2f89c05fe4ac",
        ),
        (
            "hmac-is-hmac-sha384",
            "hmac-sha512.tag",
            &keyed,
            "8d5ed1c75b6e1c6166fbaafb142a4f836aaa602e302b767fb74dce9f65778b70b5c5f17c82e3718cb8651bafb9ffa0c0",
        ),
        (
            "pbkdf2-with-sha256",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "495f9c8dbbb654db78e3974c8c6a63323cb9c2dfec4589b95da7773a23022394ec6f86a366a044091b79dc5948b9743fb2daa9cae426964e68ce38472559391f8c02bbfb7d5e",
        ),
        (
            "pbkdf2-with-sha1",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "2a9e52385aca20d4d051ad94587dc037cf55d34037636061032b9a80b83720e4bf0912f1aee27db748fc7a2fc089dd8ce7859d8ac4c1438d8413fffb2d61780d90a808f85704",
        ),
        (
            "pbkdf2-with-sha384",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "8e28e25d1e0249589083d9e77991c4716941856061bdf99a3cea6444ea35f64840b3e24150cfc58a0375a2a37db8b0b4e5fbd3e2b76e257df6444c7c1125ee87eb3584cb7ea6",
        ),
        (
            "pbkdf2-with-sha512-256",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "9fb11f145adabc32dfc9f0225dc08ffe7d5a118768ddf73e18b05f133dc675525ac3ff1d0057228108d1dead4781e8694c72c13134b752548e32a9293faad4f3c3d59304d468",
        ),
    ] {
        let shown = given(name, operation, input);
        assert!(shown.contains(&format!(":\"{output}\"")), "{name}: {shown}");
    }
}

fn argon2_input(password: &[u8], salt: &[u8], costs: [u64; 3]) -> Fields {
    let names = ["passes", "memory_kib", "lanes"];
    let input = Fields::new().with_bytes("password", password).with_bytes("salt", salt);
    names
        .into_iter()
        .zip(costs)
        .fold(input, |input, (name, cost)| input.with_integer(name, cost))
        .with_integer("length", 32)
}

/// The known answers for version 0x10 in `test.c` of the reference implementation, phc-winner-argon2.
#[test]
fn the_old_version_of_argon2_is_that_of_its_authors() {
    for (costs, key) in [
        ([2, 256, 1], "fd4dd83d762c49bdeaf57c47bdcd0c2f1babf863fdeb490df63ede9975fccf06"),
        ([2, 256, 2], "b6c11560a6a9d61eac706b79a2f97d68b4463aa3ad87e00c07e2b01e90c564fb"),
    ] {
        let shown = given("argon2-version-0x10", "argon2i.derive", &argon2_input(b"password", b"somesalt", costs));
        assert!(shown.contains(key), "{costs:?}: {shown}");
    }
}

/// RFC 9106 §5: its examples have a secret and associated data, which only a public set asks the model for.
#[test]
fn the_model_gives_the_examples_of_the_rfc() {
    let input = argon2_input(&[1; 32], &[2; 16], [3, 32, 4])
        .with_bytes("secret", [3; 8])
        .with_bytes("associated_data", [4; 12]);
    let shown = |operation| Argon2::RIGHT.derive(operation, &input).unwrap().to_json().to_string();
    assert!(shown("argon2i.derive").contains("c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8"));
    assert!(shown("argon2id.derive").contains("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    let as_d = given("argon2-is-argon2d", "argon2i.derive", &input);
    assert!(as_d.contains("512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb"), "{as_d}");
}

/// What ports call in the right function's place. OpenSSL 3: `openssl enc -aes-256-cbc -md HASH -k password -S 736f6d6573616c74
/// -P` prints the first 48 bytes; PyNaCl: `crypto_secretbox` and `crypto_aead_chacha20poly1305_encrypt` with the first 8 bytes.
#[test]
fn what_is_called_in_the_right_functions_place_is_what_it_claims_to_be() {
    let derived = Fields::new().with_bytes("password", b"password").with_bytes("salt", b"somesalt");
    let derived = derived.with_integer("iterations", 3).with_integer("length", 48);
    let message = b"a message of more than thirty-two bytes, and so of two blocks";
    let numbers = |count: u8| (0..count).collect::<Vec<_>>();
    let sealed = Fields::new().with_bytes("key", numbers(32)).with_bytes("nonce", numbers(24));
    let sealed = sealed.with_bytes("aad", b"aad").with_bytes("plaintext", message);
    for (name, operation, input, output) in [
        (
            "pbkdf2-is-bytes-to-key-of-md5",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "0a5571216e1daa47193351028cc62cf95a37697272cdd72bec234bb00b0895870bc8b3a8ab42a0018b20f05081bb539c",
        ),
        (
            "pbkdf2-is-bytes-to-key-of-sha1",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "48e69f9ad51aff214f1d788f82b92bf566f86c13cb0e57e03d5418028f9098215bacdb81f48554344c299104a1b021fa",
        ),
        (
            "pbkdf2-is-bytes-to-key-of-sha256",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "6bceb6d53d51a11c3bde77e8cafe1f152782c5e52a13e514da12a9e35b0c2bcb708cbf8dfa3afbf7e1e75626329f811d",
        ),
        (
            "pbkdf2-is-bytes-to-key-of-sha512",
            "pbkdf2-hmac-sha512.derive",
            &derived,
            "53d4287d1cad92ab81758a6b99f9d1e015a08d851d3905cca8e1ac5f8e4d6ba55bcbba88ae0a0045cfe1c44a5e1b5cc7",
        ),
        (
            "xchacha-is-xsalsa20-secretbox",
            "xchacha20-poly1305.seal",
            &sealed,
            "8b168ecbb96bb146663d5a477f664e623fdf552ab4b9c377de1ce05848e225e5378532b7ed4b1f9b7fcb15e02cead596ecfb97ac31d5862e99ec8efd5a15c4634c2748eb84f8fc2dd07044d669",
        ),
        (
            "xchacha-is-chacha20-of-8-bytes",
            "xchacha20-poly1305.seal",
            &sealed,
            "5920e6ff55cf54f37b042b715ce7b114ecfee14e28e8f92ce192129c3f04bdcaf57aa965b57dcd7a1ed8ddc08401970e66c1c70c3e44764c9b7c6de3acaa6813d14b5411a3413ebb51a823003f",
        ),
    ] {
        let shown = given(name, operation, input);
        assert!(shown.contains(&format!(":\"{output}\"")), "{name}: {shown}");
    }
}
