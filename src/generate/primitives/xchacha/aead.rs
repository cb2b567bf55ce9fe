//! XChaCha20-Poly1305-IETF, sealed, opened and refused.

use crate::generate::primitives::{AUTHENTICATION, PARAMETER, TOO_SHORT, flipped};
use crate::generate::{Ask, AskRefused, CaseId, Change, FileBuilder, KeyStream, Recipe};
use crate::oracle::sodium;
use crate::vector::{BugClass, Fields, Flag, Reason, Value};

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "xchacha20-poly1305/seal-lengths", write: sealed_lengths },
        Recipe { name: "xchacha20-poly1305/seal-long", write: sealed_long },
        Recipe { name: "xchacha20-poly1305/seal-refused", write: seal_refused },
        Recipe { name: "xchacha20-poly1305/open-lengths", write: opened_lengths },
        Recipe { name: "xchacha20-poly1305/open-long", write: opened_long },
        Recipe { name: "xchacha20-poly1305/open-tampered", write: tampered },
        Recipe { name: "xchacha20-poly1305/open-refused", write: open_refused },
    ]
}

fn file(operation: &str, title: &str) -> FileBuilder {
    flags().into_iter().fold(
        FileBuilder::new(operation, title).spec(&["draft-irtf-cfrg-xchacha-03 §2.3", "RFC 8439 §2.8"]),
        |file, (name, flag)| file.flag(name, flag),
    )
}

fn flags() -> Vec<(&'static str, Flag)> {
    use BugClass::{AuthBypass, EdgeCase, Functionality, ModifiedParameter};
    vec![
        (
            "BlockEdge",
            Flag::new(
                EdgeCase,
                "Key stream comes in blocks of 64 bytes, Poly1305 takes blocks of 16",
                "Messages at whole blocks, or next to them, are wrong",
            ),
        ),
        (
            "AadPad",
            Flag::new(
                EdgeCase,
                "Text and associated data are each padded with zeros to 16 bytes, and their lengths follow",
                "Tags are those of the older construction without padding",
            )
            .link("https://github.com/jedisct1/libsodium/issues/461"),
        ),
        (
            "AadIgnored",
            Flag::new(
                AuthBypass,
                "The tag covers the associated data, also when there are none",
                "Whoever adds or changes them is not noticed",
            ),
        ),
        (
            "CounterWrap8",
            Flag::new(
                EdgeCase,
                "The block counter has 32 bits and begins at 1",
                "Text beyond 16,320 bytes repeats the key stream",
            ),
        ),
        (
            "LongMessage",
            Flag::new(
                Functionality,
                "Code that takes several blocks at a time has a path that short messages never reach",
                "Long messages come out wrong, and no public vector is longer than 1,024 bytes",
            )
            .link("https://github.com/C2SP/wycheproof/issues/73")
            .link("https://github.com/weidai11/cryptopp/issues/1069"),
        ),
        (
            "PartialTagCompare",
            Flag::new(
                AuthBypass,
                "Every byte of the tag counts",
                "A comparison of some bytes, or of their sum, makes forging cheap",
            ),
        ),
        (
            "TagTruncated",
            Flag::new(AuthBypass, "The tag has 16 bytes", "An attacker cuts the tag until it can be guessed")
                .cve("CVE-2020-12403"),
        ),
        (
            "ModifiedCiphertext",
            Flag::new(
                AuthBypass,
                "The tag covers every byte of the ciphertext",
                "The plaintext can be changed bit by bit",
            ),
        ),
        (
            "NonceTail",
            Flag::new(
                AuthBypass,
                "The first 16 bytes of the nonce make the subkey, the last eight are the nonce under it",
                "Part of the nonce does not matter, and nonces repeat",
            )
            .link("https://github.com/jedisct1/libsodium/issues/742"),
        ),
        (
            "NonceLength",
            Flag::new(ModifiedParameter, "The nonce has 24 bytes", "A longer nonce is silently cut, and nonces repeat")
                .link("https://github.com/Mbed-TLS/mbedtls/issues/4301")
                .cve("CVE-2019-1543"),
        ),
        ("WrongKey", Flag::new(AuthBypass, "Another key gives another tag", "Garbage is taken for plaintext")),
        (
            "KeySize",
            Flag::new(ModifiedParameter, "The key has 32 bytes", "Bytes are read past the end, cut off or made up"),
        ),
    ]
}

/// A message before it is sealed.
struct Message {
    key: [u8; 32],
    nonce: [u8; 24],
    aad: Vec<u8>,
    plaintext: Vec<u8>,
}

impl Message {
    fn random(stream: &mut KeyStream, aad: usize, plaintext: usize) -> Self {
        Self {
            key: std::array::from_fn(|_| stream.byte()),
            nonce: std::array::from_fn(|_| stream.byte()),
            aad: stream.bytes(aad),
            plaintext: stream.bytes(plaintext),
        }
    }

    fn common(&self) -> Fields {
        let fields = Fields::new().with_bytes("key", self.key).with_bytes("nonce", self.nonce);
        fields.with_bytes("aad", self.aad.clone())
    }

    /// Ciphertext and tag as libsodium seals them.
    fn sealed(&self) -> Vec<u8> {
        sodium::xchacha20_poly1305_seal(&self.key, &self.nonce, &self.aad, &self.plaintext).unwrap_or_default()
    }

    /// The subkey, the 12-byte nonce under it, and the one-time key of Poly1305.
    fn trace(&self) -> [(&'static str, String); 3] {
        let [head, tail] = [&self.nonce[..16], &self.nonce[16..]];
        let mut first = [0; 16];
        first.copy_from_slice(head);
        let mut inner = [0; 12];
        inner[4..].copy_from_slice(tail);
        let subkey = sodium::hchacha20(&self.key, &first);
        let one_time = sodium::chacha20_key_stream(&subkey, &inner, 32);
        [
            ("subkey", hex::encode(subkey)),
            ("chacha20_nonce", hex::encode(inner)),
            ("poly1305_key", hex::encode(one_time)),
        ]
    }

    fn ask_seal(&self, file: &mut FileBuilder, name: &str, why: &str, flags: &[&str]) -> CaseId {
        let input = self.common().with_bytes("plaintext", self.plaintext.clone());
        file.confirm(Ask { name, why, flags, input, trace: &self.trace() })
    }

    fn ask_open(&self, file: &mut FileBuilder, name: &str, why: &str, flags: &[&str]) -> CaseId {
        let input = self.common().with_bytes("ciphertext", self.sealed());
        file.confirm(Ask { name, why, flags, input, trace: &self.trace() })
    }
}

/// Length of associated data and plaintext, and why.
type Lengths = (usize, usize, &'static str, &'static [&'static str]);

const LENGTHS: &[Lengths] = &[
    (0, 0, "Nothing is sealed, so the ciphertext is the tag alone", &["BlockEdge"]),
    (0, 1, "One byte", &["BlockEdge"]),
    (0, 15, "One byte less than a block of Poly1305", &["BlockEdge"]),
    (0, 16, "A whole block of Poly1305, to which no padding is added", &["BlockEdge", "AadPad"]),
    (0, 17, "One byte more than a block of Poly1305", &["BlockEdge"]),
    (0, 63, "One byte less than a block of key stream", &["BlockEdge"]),
    (0, 64, "A whole block of key stream", &["BlockEdge"]),
    (0, 65, "One byte more than a block of key stream", &["BlockEdge"]),
    (0, 127, "One byte less than two blocks of key stream", &["BlockEdge"]),
    (0, 128, "Two whole blocks of key stream", &["BlockEdge"]),
    (0, 255, "The largest length that one byte holds", &["LongMessage"]),
    (0, 256, "Four blocks of key stream, as many as 128-bit vector code takes at once", &["LongMessage"]),
    (0, 257, "One byte more than four blocks of key stream", &["LongMessage"]),
    (0, 511, "One byte less than eight blocks of key stream", &["LongMessage"]),
    (0, 513, "One byte more than eight blocks of key stream", &["LongMessage"]),
    (0, 1023, "One byte less than sixteen blocks of key stream", &["LongMessage"]),
    (0, 1024, "Sixteen blocks of key stream, the longest that public vectors have", &["LongMessage"]),
    (0, 1025, "One byte longer than public vectors are", &["LongMessage"]),
    (1, 0, "One byte of associated data and nothing else", &["AadPad"]),
    (15, 20, "Associated data one byte short of a block", &["AadPad"]),
    (16, 20, "Associated data of a whole block, to which no padding is added", &["AadPad"]),
    (17, 20, "Associated data one byte over a block", &["AadPad"]),
    (64, 16, "Associated data and text of whole blocks, without any padding", &["AadPad"]),
    (255, 1, "The largest length of associated data that one byte holds", &["AadPad"]),
    (256, 1, "Associated data whose length needs two bytes", &["AadPad"]),
];

fn sealed_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.seal", "XChaCha20-Poly1305 of lengths that surround the edges of blocks, sealed");
    for (aad, plaintext, why, flags) in LENGTHS {
        let name = format!("aad-{aad}-text-{plaintext}");
        Message::random(stream, *aad, *plaintext).ask_seal(&mut file, &name, why, flags);
    }
    file
}

fn opened_lengths(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of lengths that surround the edges of blocks, opened");
    for (aad, plaintext, why, flags) in LENGTHS {
        let name = format!("aad-{aad}-text-{plaintext}");
        Message::random(stream, *aad, *plaintext).ask_open(&mut file, &name, why, flags);
    }
    file
}

const LONG: &[Lengths] = &[
    (0, 16_321, "One byte beyond the 255 blocks that one byte counts from 1", &["CounterWrap8", "LongMessage"]),
    (20, 65_537, "A length that two bytes do not hold, and 1,025 blocks of key stream", &["LongMessage"]),
];

fn sealed_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.seal", "XChaCha20-Poly1305 of long messages, sealed");
    for (aad, plaintext, why, flags) in LONG {
        Message::random(stream, *aad, *plaintext).ask_seal(&mut file, &format!("text-{plaintext}"), why, flags);
    }
    file
}

/// The longest message is sealed only: one copy of it is enough of a file.
fn opened_long(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of long messages, opened");
    for (aad, plaintext, why, flags) in &LONG[..1] {
        let message = Message::random(stream, *aad, *plaintext);
        let parent = message.ask_open(&mut file, &format!("text-{plaintext}"), why, flags);
        let far = Change("ciphertext", Value::Bytes(flipped(&message.sealed(), plaintext - 1, 1)));
        let why = "The last bit of a long ciphertext is flipped";
        refuse(&mut file, "last-bit", why, "ModifiedCiphertext", (parent, far, AUTHENTICATION));
    }
    file
}

fn refuse(
    file: &mut FileBuilder,
    name: &str,
    why: &str,
    flag: &str,
    (parent, change, reasons): (CaseId, Change, &[Reason]),
) {
    file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons });
}

fn tampered(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of bytes that were tampered with");
    let message = Message::random(stream, 13, 80);
    let parent =
        message.ask_open(&mut file, "ordinary", "A message of two blocks of key stream with associated data", &[]);
    let sealed = message.sealed();
    for at in 0..16 {
        let bits = if at % 2 == 0 { 0x01 } else { 0x80 };
        let change = Change("ciphertext", Value::Bytes(flipped(&sealed, 80 + at, bits)));
        let why = format!("Byte {at} of the tag differs and all others are right");
        refuse(&mut file, &format!("tag-byte-{at}"), &why, "PartialTagCompare", (parent, change, AUTHENTICATION));
    }
    for (name, why, flag, bytes, reasons) in tampered_ciphertexts(&sealed) {
        refuse(&mut file, name, why, flag, (parent, Change("ciphertext", Value::Bytes(bytes)), reasons));
    }
    for (name, why, flag, member, bytes) in tampered_inputs(&message) {
        refuse(&mut file, name, why, flag, (parent, Change(member, Value::Bytes(bytes)), AUTHENTICATION));
    }
    let bare = Message::random(stream, 0, 0);
    let parent = bare.ask_open(&mut file, "empty", "A tag alone, without associated data", &["BlockEdge"]);
    let added = Change("aad", Value::Bytes(vec![0]));
    refuse(
        &mut file,
        "aad-added",
        "A zero of associated data where there were none",
        "AadIgnored",
        (parent, added, AUTHENTICATION),
    );
    let forged = Change("ciphertext", Value::Bytes(flipped(&bare.sealed(), 15, 1)));
    refuse(
        &mut file,
        "empty-tag-last-bit",
        "The last bit of a tag of nothing is flipped",
        "PartialTagCompare",
        (parent, forged, AUTHENTICATION),
    );
    file
}

type TamperedCiphertext = (&'static str, &'static str, &'static str, Vec<u8>, &'static [Reason]);

/// From a ciphertext of 80 bytes and its tag.
fn tampered_ciphertexts(sealed: &[u8]) -> Vec<TamperedCiphertext> {
    let (body, tag) = sealed.split_at(80);
    let alike = flipped(&flipped(sealed, 80, 0x5a), 81, 0x5a);
    vec![
        ("tag-zeros", "The tag is all zeros", "PartialTagCompare", [body, &[0; 16]].concat(), AUTHENTICATION),
        (
            "tag-two-bytes-alike",
            "Two bytes differ by the same bits, which a comparison by xor alone would cancel",
            "PartialTagCompare",
            alike,
            AUTHENTICATION,
        ),
        (
            "tag-in-front",
            "The tag stands before the ciphertext, as in a secretbox",
            "ModifiedCiphertext",
            [tag, body].concat(),
            AUTHENTICATION,
        ),
        (
            "tag-cut-by-one",
            "The last byte of the tag is missing",
            "TagTruncated",
            sealed[..95].to_vec(),
            AUTHENTICATION,
        ),
        ("tag-removed", "There is no tag behind the ciphertext", "TagTruncated", body.to_vec(), AUTHENTICATION),
        ("extended", "A zero follows the tag", "ModifiedCiphertext", [sealed, &[0]].concat(), AUTHENTICATION),
        (
            "first-bit",
            "The first bit of the ciphertext is flipped",
            "ModifiedCiphertext",
            flipped(sealed, 0, 0x80),
            AUTHENTICATION,
        ),
        (
            "last-bit",
            "The last bit of the ciphertext is flipped",
            "ModifiedCiphertext",
            flipped(sealed, 79, 1),
            AUTHENTICATION,
        ),
        (
            "second-block-first-bit",
            "The first bit of the second block of key stream is flipped",
            "ModifiedCiphertext",
            flipped(sealed, 64, 0x80),
            AUTHENTICATION,
        ),
        (
            "first-byte-missing",
            "The first byte of the ciphertext is missing",
            "ModifiedCiphertext",
            sealed[1..].to_vec(),
            AUTHENTICATION,
        ),
        ("tag-alone", "Only the tag is left", "ModifiedCiphertext", tag.to_vec(), AUTHENTICATION),
        (
            "fifteen-bytes",
            "There are 15 bytes, which is less than a tag",
            "TagTruncated",
            sealed[..15].to_vec(),
            TOO_SHORT,
        ),
        ("one-byte", "There is one byte, which is less than a tag", "TagTruncated", sealed[..1].to_vec(), TOO_SHORT),
        ("nothing", "There is no byte at all", "TagTruncated", Vec::new(), TOO_SHORT),
    ]
}

type TamperedInput = (&'static str, &'static str, &'static str, &'static str, Vec<u8>);

fn tampered_inputs(message: &Message) -> Vec<TamperedInput> {
    let Message { key, nonce, aad, .. } = message;
    vec![
        (
            "aad-first-bit",
            "The first bit of the associated data is flipped",
            "AadIgnored",
            "aad",
            flipped(aad, 0, 0x80),
        ),
        ("aad-last-bit", "The last bit of the associated data is flipped", "AadIgnored", "aad", flipped(aad, 12, 1)),
        ("aad-missing", "The associated data are missing", "AadIgnored", "aad", Vec::new()),
        (
            "aad-and-a-zero",
            "A zero follows the associated data, where the padding was",
            "AadPad",
            "aad",
            [aad.as_slice(), &[0]].concat(),
        ),
        ("nonce-first-bit", "The first bit of the nonce is flipped", "NonceTail", "nonce", flipped(nonce, 0, 0x80)),
        (
            "nonce-byte-15",
            "The last byte that makes the subkey is changed",
            "NonceTail",
            "nonce",
            flipped(nonce, 15, 1),
        ),
        (
            "nonce-byte-16",
            "The first byte that is the nonce under the subkey is changed",
            "NonceTail",
            "nonce",
            flipped(nonce, 16, 1),
        ),
        ("nonce-last-bit", "The last bit of the nonce is flipped", "NonceTail", "nonce", flipped(nonce, 23, 1)),
        ("key-first-bit", "The first bit of the key is flipped", "WrongKey", "key", flipped(key, 0, 0x80)),
        ("key-last-bit", "The last bit of the key is flipped", "WrongKey", "key", flipped(key, 31, 1)),
    ]
}

fn seal_refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.seal", "XChaCha20-Poly1305 asked to seal with keys and nonces of the wrong size");
    let message = Message::random(stream, 13, 20);
    let parent = message.ask_seal(&mut file, "right-sizes", "Key and nonce have the right sizes", &[]);
    refuse_sizes(&mut file, &message, parent, stream);
    file
}

fn open_refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file =
        file("xchacha20-poly1305.open", "XChaCha20-Poly1305 asked to open with keys and nonces of the wrong size");
    let message = Message::random(stream, 13, 20);
    let parent = message.ask_open(&mut file, "right-sizes", "Key and nonce have the right sizes", &[]);
    refuse_sizes(&mut file, &message, parent, stream);
    file
}

/// The right key and nonce, cut or with more behind: what a port that cuts or pads would take.
fn refuse_sizes(file: &mut FileBuilder, message: &Message, parent: CaseId, stream: &mut KeyStream) {
    let more = stream.bytes(16);
    let resized = |bytes: &[u8], length: usize| [bytes, &more].concat()[..length].to_vec();
    for (length, what) in [
        (0, "none"),
        (8, "that of the first ChaCha20"),
        (12, "that of ChaCha20"),
        (16, "that of HChaCha20's input"),
        (23, "one byte short"),
        (25, "one byte too long"),
        (32, "that of a key"),
    ] {
        let change = Change("nonce", Value::Bytes(resized(&message.nonce, length)));
        let why = format!("The nonce has {length} bytes in place of 24, its size is {what}");
        refuse(file, &format!("nonce-{length}"), &why, "NonceLength", (parent, change, PARAMETER));
    }
    for (length, what) in [(0, "missing"), (16, "cut in half"), (31, "one byte short"), (33, "one byte too long")] {
        let change = Change("key", Value::Bytes(resized(&message.key, length)));
        let why = format!("The key has {length} bytes in place of 32, it is {what}");
        refuse(file, &format!("key-{length}"), &why, "KeySize", (parent, change, PARAMETER));
    }
}
