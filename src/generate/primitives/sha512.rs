//! SHA-512.

use crate::generate::{Accept, FileBuilder, KeyStream};
use crate::vector::Fields;

/// The examples of FIPS 180 and the digest of nothing; digests by OpenSSL 3.0 (Python's hashlib).
pub(in crate::generate) fn fips_180_examples(_: &mut KeyStream) -> FileBuilder {
    let mut file = FileBuilder::new("sha512.digest", "SHA-512 of the messages that FIPS 180 works through")
        .spec(&["FIPS 180-4 §6.4"])
        .oracle("openssl", "3.0.19");
    let long = b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
    for (name, why, message, digest) in [
        (
            "empty",
            "Padding is all that is hashed",
            &b""[..],
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        ),
        (
            "one-block",
            "The three bytes abc fit in one block with their padding",
            b"abc",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        ),
        (
            "two-blocks",
            "112 bytes leave no room for the length, so the padding takes a second block",
            long,
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909",
        ),
    ] {
        file.accept(Accept {
            name,
            why,
            flags: &[],
            input: Fields::new().with_bytes("message", message),
            output: Fields::new().with_bytes("digest", hex::decode(digest).expect("the digests above are hex")),
            trace: &[],
            confirmed_by: &["reference", "openssl"],
        });
    }
    file
}
