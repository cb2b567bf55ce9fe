//! XChaCha20-Poly1305-IETF, sealed, opened and refused.

use super::{edges, flags, tampered};
use crate::generate::primitives::{AUTHENTICATION, PARAMETER, flipped};
use crate::generate::{Ask, AskRefused, CaseId, Change, FileBuilder, KeyStream, Recipe};
use oracle::sodium;
use vectors::{Fields, Reason, Value};

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "xchacha20-poly1305/seal-lengths", write: sealed_lengths },
        Recipe { name: "xchacha20-poly1305/seal-long", write: sealed_long },
        Recipe { name: "xchacha20-poly1305/seal-refused", write: seal_refused },
        Recipe { name: "xchacha20-poly1305/open-lengths", write: opened_lengths },
        Recipe { name: "xchacha20-poly1305/open-long", write: opened_long },
        Recipe { name: "xchacha20-poly1305/open-tampered", write: tampered::tampered },
        Recipe { name: "xchacha20-poly1305/open-refused", write: open_refused },
        Recipe { name: "xchacha20-poly1305/open-long-text", write: opened_long_text },
        Recipe { name: "xchacha20-poly1305/open-edges", write: edges::opened },
    ]
}

pub(super) fn file(operation: &str, title: &str) -> FileBuilder {
    flags::all().into_iter().fold(
        FileBuilder::new(operation, title).spec(&["draft-irtf-cfrg-xchacha-03 §2.3", "RFC 8439 §2.8"]),
        |file, (name, flag)| file.flag(name, flag),
    )
}

/// A message before it is sealed.
#[derive(Clone)]
pub(super) struct Message {
    pub(super) key: [u8; 32],
    pub(super) nonce: [u8; 24],
    pub(super) aad: Vec<u8>,
    pub(super) plaintext: Vec<u8>,
}

impl Message {
    pub(super) fn random(stream: &mut KeyStream, aad: usize, plaintext: usize) -> Self {
        Self {
            key: std::array::from_fn(|_| stream.byte()),
            nonce: std::array::from_fn(|_| stream.byte()),
            aad: stream.bytes(aad),
            plaintext: stream.bytes(plaintext),
        }
    }

    pub(super) fn common(&self) -> Fields {
        let fields = Fields::new().with_bytes("key", self.key).with_bytes("nonce", self.nonce);
        fields.with_bytes("aad", self.aad.clone())
    }

    /// Ciphertext and tag as libsodium seals them.
    pub(super) fn sealed(&self) -> Vec<u8> {
        sodium::xchacha20_poly1305_seal(&self.key, &self.nonce, &self.aad, &self.plaintext).unwrap_or_default()
    }

    /// The ciphertext without the tag.
    pub(super) fn body(&self) -> Vec<u8> {
        self.sealed()[..self.plaintext.len()].to_vec()
    }

    /// The message that seals to this ciphertext.
    pub(super) fn with_ciphertext(self, ciphertext: &[u8]) -> Self {
        let changed = self.body().into_iter().zip(ciphertext).map(|(is, wanted)| is ^ wanted);
        let plaintext = self.plaintext.iter().zip(changed).map(|(text, change)| text ^ change).collect();
        Self { plaintext, ..self }
    }

    /// The subkey and the 12-byte nonce under it.
    fn inner(&self) -> ([u8; 32], [u8; 12]) {
        let [head, tail] = [&self.nonce[..16], &self.nonce[16..]];
        let mut first = [0; 16];
        first.copy_from_slice(head);
        let mut inner = [0; 12];
        inner[4..].copy_from_slice(tail);
        (sodium::hchacha20(&self.key, &first), inner)
    }

    /// The one-time key of Poly1305.
    pub(super) fn one_time_key(&self) -> Vec<u8> {
        let (subkey, inner) = self.inner();
        sodium::chacha20_key_stream(&subkey, &inner, 32)
    }

    /// The subkey, the 12-byte nonce under it, and the one-time key of Poly1305.
    fn trace(&self) -> [(&'static str, String); 3] {
        let (subkey, inner) = self.inner();
        let one_time = self.one_time_key();
        [
            ("subkey", hex::encode(subkey)),
            ("chacha20_nonce", hex::encode(inner)),
            ("poly1305_key", hex::encode(one_time)),
        ]
    }

    pub(super) fn ask_seal(&self, file: &mut FileBuilder, name: &str, why: &str, flags: &[&str]) -> CaseId {
        let input = self.common().with_bytes("plaintext", self.plaintext.clone());
        file.confirm(Ask { name, why, flags, input, trace: &self.trace() })
    }

    pub(super) fn ask_open(&self, file: &mut FileBuilder, name: &str, why: &str, flags: &[&str]) -> CaseId {
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

/// The longest message stands in a file of its own.
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

fn opened_long_text(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("xchacha20-poly1305.open", "XChaCha20-Poly1305 of a text beyond 65,535 bytes, opened");
    for (aad, plaintext, why, flags) in &LONG[1..] {
        let message = Message::random(stream, *aad, *plaintext);
        message.ask_open(&mut file, &format!("text-{plaintext}"), why, flags);
    }
    file
}

pub(super) fn refuse(
    file: &mut FileBuilder,
    name: &str,
    why: &str,
    flag: &str,
    (parent, change, reasons): (CaseId, Change, &[Reason]),
) {
    file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons });
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
