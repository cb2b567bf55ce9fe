//! SHA-512: padding at the edges of its 128-byte block, and lengths beyond one byte and two.

use crate::builder::{Accept, Ask, FileBuilder, KeyStream, Recipe};
use vectors::{BugClass, Fields, Flag};

/// Bytes of a block.
const BLOCK_BYTES: usize = 128;

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "sha512/fips-180-examples", write: fips_180_examples },
        Recipe { name: "sha512/lengths", write: lengths },
        Recipe { name: "sha512/long-message", write: long_message },
    ]
}

/// The examples of FIPS 180 and the digest of nothing; digests by Python's hashlib.
fn fips_180_examples(_: &mut KeyStream) -> FileBuilder {
    let mut file = FileBuilder::new("sha512.digest", "SHA-512 of the messages that FIPS 180 works through")
        .spec(&["FIPS 180-4 §6.4"]);
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
        file.attest(Accept {
            name,
            why,
            flags: &[],
            input: Fields::new().with_bytes("message", message),
            output: Fields::new().with_bytes("digest", hex::decode(digest).expect("the digests above are hex")),
            trace: &[],
            confirmed_by: &[],
        });
    }
    file
}

fn flags(file: FileBuilder) -> FileBuilder {
    file.flag(
        "BlockEdge",
        Flag::new(
            BugClass::EdgeCase,
            "The padding takes a byte and a 16-byte length: from 112 bytes in the last block on it needs a block of its own",
            "Digests at some lengths are wrong, and with them every key of such a length",
        ),
    )
    .flag(
        "WrongBlock",
        Flag::new(
            BugClass::WrongPrimitive,
            "The block of SHA-512 is 128 bytes and its length field 16, twice those of SHA-256",
            "Digests around 56 and 64 bytes are wrong",
        ),
    )
    .flag(
        "LengthField",
        Flag::new(
            BugClass::EdgeCase,
            "The length is counted in bits, so 32 bytes pass one byte of it and 8,192 bytes two",
            "Digests of longer messages are wrong",
        ),
    )
    .flag(
        "LongMessage",
        Flag::new(
            BugClass::Functionality,
            "Code that takes several blocks at a time has a path that short messages never reach",
            "Digests of long messages are wrong",
        )
        .link("https://github.com/C2SP/wycheproof/issues/73"),
    )
}

fn lengths(stream: &mut KeyStream) -> FileBuilder {
    let title = "SHA-512 of messages whose lengths surround the edges of blocks and padding";
    let mut file = flags(FileBuilder::new("sha512.digest", title)).spec(&["FIPS 180-4 §5.1.2, §6.4"]);
    for (length, why, flags) in LENGTHS {
        digest(&mut file, *length, why, flags, stream);
    }
    file
}

const LENGTHS: &[(usize, &str, &[&str])] = &[
    (0, "Nothing is hashed but the padding", &["BlockEdge"]),
    (1, "One byte, which the padding follows directly", &[]),
    (31, "248 bits still fit in one byte of the length field", &["LengthField"]),
    (32, "256 bits are the first to need a second byte of the length field", &["LengthField"]),
    (55, "The most that one block of SHA-256 takes with its padding", &["WrongBlock"]),
    (56, "One byte more than one block of SHA-256 takes with its padding", &["WrongBlock"]),
    (63, "One byte less than a block of SHA-256", &["WrongBlock"]),
    (64, "A whole block of SHA-256, half a block of SHA-512", &["WrongBlock"]),
    (65, "One byte more than a block of SHA-256", &["WrongBlock"]),
    (110, "One byte short of the most that one block takes with its padding", &["BlockEdge"]),
    (111, "The most that one block takes with its padding", &["BlockEdge"]),
    (112, "One byte too many for the padding, which begins in this block and ends in the next", &["BlockEdge"]),
    (113, "Two bytes too many for the padding to end in this block", &["BlockEdge"]),
    (119, "An 8-byte length field would just fit in the block, the 16-byte one does not", &["BlockEdge"]),
    (120, "An 8-byte length field no longer fits in the block either", &["BlockEdge"]),
    (127, "The first byte of the padding is the last of the block", &["BlockEdge"]),
    (128, "A whole block, so that the padding is a block of its own", &["BlockEdge"]),
    (129, "One byte in the second block", &["BlockEdge"]),
    (239, "The most that two blocks take with the padding", &["BlockEdge"]),
    (240, "One byte too many for the padding to end in the second block", &["BlockEdge"]),
    (255, "The longest length in bytes that one byte holds", &["LengthField"]),
    (256, "Two whole blocks, and a length in bytes that no single byte holds", &["BlockEdge", "LengthField"]),
    (1000, "Eight blocks, the last one not whole", &[]),
    (8191, "65,528 bits still fit in two bytes of the length field", &["LengthField"]),
    (8192, "65,536 bits are the first to need a third byte of the length field", &["LengthField"]),
];

fn long_message(stream: &mut KeyStream) -> FileBuilder {
    let title = "SHA-512 of messages of 65,536 bytes and more";
    let mut file = flags(FileBuilder::new("sha512.digest", title)).spec(&["FIPS 180-4 §6.4"]);
    let why = "513 blocks, and a length in bytes that two bytes do not hold";
    digest(&mut file, 65_537, why, &["LongMessage", "LengthField"], stream);
    let why = "512 whole blocks, and a length in bytes that is 0 in two bytes";
    digest(&mut file, 65_536, why, &["LongMessage", "LengthField"], stream);
    file
}

fn digest(file: &mut FileBuilder, length: usize, why: &str, flags: &[&str], stream: &mut KeyStream) {
    file.confirm(Ask {
        name: &format!("length-{length}"),
        why,
        flags,
        input: Fields::new().with_bytes("message", stream.bytes(length)),
        trace: &[("padding", hex::encode(padding(length)))],
    });
}

/// What FIPS 180-4 §5.1.2 appends: a one bit, zeros, and the length in bits in 16 bytes.
fn padding(length: usize) -> Vec<u8> {
    let zeros = (2 * BLOCK_BYTES - 17 - length % BLOCK_BYTES) % BLOCK_BYTES;
    let bits = u128::try_from(length * 8).unwrap_or_default();
    [vec![0x80], vec![0; zeros], bits.to_be_bytes().to_vec()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A trace that is wrong would send a porter looking where nothing is broken.
    #[test]
    fn the_padding_fills_the_last_block() {
        for length in 0..300 {
            assert_eq!((length + padding(length).len()) % BLOCK_BYTES, 0, "{length}");
            assert!(padding(length).len() <= BLOCK_BYTES + 16, "{length}");
        }
    }
}
