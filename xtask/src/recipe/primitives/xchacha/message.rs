//! A message before it is sealed, and the questions that are made of it.

use super::flags;
use crate::builder::{Ask, AskRefused, CaseId, Change, FileBuilder, KeyStream};
use oracle::sodium;
use vectors::{Fields, Reason};

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

pub(super) fn refuse(
    file: &mut FileBuilder,
    name: &str,
    why: &str,
    flag: &str,
    (parent, change, reasons): (CaseId, Change, &[Reason]),
) {
    file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons });
}
