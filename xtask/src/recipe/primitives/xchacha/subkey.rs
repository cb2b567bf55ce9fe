//! HChaCha20: a subkey from a key and 16 bytes of nonce.

use crate::builder::{Ask, AskRefused, CaseId, Change, FileBuilder, KeyStream, Recipe};
use crate::recipe::primitives::PARAMETER;
use vectors::{BugClass, Fields, Flag, Value};

pub(super) fn recipes() -> Vec<Recipe> {
    vec![Recipe { name: "hchacha20/subkeys", write: subkeys }, Recipe { name: "hchacha20/refused", write: refused }]
}

fn file(title: &str) -> FileBuilder {
    FileBuilder::new("hchacha20.subkey", title)
        .spec(&["draft-irtf-cfrg-xchacha-03 §2.2"])
        .flag(
            "FeedForward",
            Flag::new(
                BugClass::WrongPrimitive,
                "HChaCha20 is ChaCha20 without the addition of its input at the end, and returns the first and the last row",
                "Every subkey is wrong, and the port opens its own seals only",
            ),
        )
        .flag(
            "Layout",
            Flag::new(
                BugClass::EdgeCase,
                "Constants, key and input fill the sixteen words in order, each word little-endian",
                "Words that are swapped or dropped go unnoticed where they are all alike",
            )
            .link("https://github.com/jedisct1/libsodium/issues/742"),
        )
        .flag(
            "Carry",
            Flag::new(BugClass::EdgeCase, "Additions are modulo 2^32, rotations lose no bit", "Words of all ones come out wrong"),
        )
        .flag(
            "SizeInvalid",
            Flag::new(BugClass::ModifiedParameter, "The key has 32 bytes, the input 16", "Bytes are read past the end, cut off or made up"),
        )
}

fn subkeys(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("HChaCha20 of keys and inputs with one thing about each");
    let counting: Vec<u8> = (0..32).collect();
    let draft = hex::decode("000000090000004a0000000031415927").unwrap_or_default();
    subkey(&mut file, "draft-example", "The example of the draft, section 2.2.1", &["FeedForward"], &counting, &draft);
    subkey(
        &mut file,
        "all-zero",
        "Key and input are zeros, so the constants are all there is",
        &["FeedForward"],
        &[0; 32],
        &[0; 16],
    );
    subkey(&mut file, "all-ones", "Key and input are ones", &["Carry"], &[0xff; 32], &[0xff; 16]);
    subkey(&mut file, "key-ones", "The key is all ones and the input zeros", &["Carry"], &[0xff; 32], &[0; 16]);
    subkey(&mut file, "input-ones", "The input is all ones and the key zeros", &["Carry"], &[0; 32], &[0xff; 16]);
    for word in 0..8 {
        let why = format!("Word {word} of the key is the only one that is not zero");
        subkey(&mut file, &format!("key-word-{word}"), &why, &["Layout"], &lone_word(32, word), &[0; 16]);
    }
    for word in 0..4 {
        let why = format!("Word {word} of the input is the only one that is not zero");
        subkey(&mut file, &format!("input-word-{word}"), &why, &["Layout"], &[0; 32], &lone_word(16, word));
    }
    for (name, why, at, bits) in [
        ("first-bit", "The first bit of the input is set", 0, 1),
        ("last-bit", "The last bit of the input is set", 15, 0x80),
    ] {
        let mut input = [0; 16];
        input[at] = bits;
        subkey(&mut file, name, why, &["Layout"], &[0; 32], &input);
    }
    for number in 1..=12 {
        let (key, input) = (stream.bytes(32), stream.bytes(16));
        subkey(
            &mut file,
            &format!("random-{number}"),
            "Random bytes, in which every word differs",
            &["FeedForward"],
            &key,
            &input,
        );
    }
    file
}

/// Zeros but for one word, whose four bytes differ.
fn lone_word(length: usize, word: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    bytes[4 * word..4 * word + 4].copy_from_slice(&[0x01, 0x23, 0x45, 0x67]);
    bytes
}

fn refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("HChaCha20 of keys and inputs of the wrong size");
    let (key, input) = (stream.bytes(32), stream.bytes(16));
    let parent = subkey(&mut file, "right-sizes", "Key and input have the right sizes", &["FeedForward"], &key, &input);
    for (member, length, what) in [
        ("key", 0, "no byte"),
        ("key", 16, "half its bytes"),
        ("key", 31, "one byte too few"),
        ("key", 33, "one byte too many"),
        ("input", 0, "no byte"),
        ("input", 12, "the size of a ChaCha20 nonce"),
        ("input", 15, "one byte too few"),
        ("input", 17, "one byte too many"),
        ("input", 24, "the size of a whole XChaCha20 nonce"),
    ] {
        let change = Change(member, Value::Bytes(stream.bytes(length)));
        let (name, why) = (format!("{member}-{length}"), format!("The {member} has {what}"));
        let reasons = PARAMETER;
        file.confirm_refusal(AskRefused { name: &name, why: &why, flags: &["SizeInvalid"], parent, change, reasons });
    }
    file
}

fn subkey(file: &mut FileBuilder, name: &str, why: &str, flags: &[&str], key: &[u8], input: &[u8]) -> CaseId {
    // The sixteen words before the first round: constants, key, input.
    let state = [b"expand 32-byte k".as_slice(), key, input].concat();
    let input = Fields::new().with_bytes("key", key).with_bytes("input", input);
    file.confirm(Ask { name, why, flags, input, trace: &[("initial_state", hex::encode(state))] })
}
