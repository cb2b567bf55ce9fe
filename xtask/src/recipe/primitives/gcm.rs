//! AES-256-GCM: IVs of every length, above all the 16 bytes of SJCL, with every tag length, sealed, opened and refused.

use crate::builder::{Ask, CaseId, FileBuilder, KeyStream, Recipe};
use oracle;
use primitives::gcm::{Gcm, Iv};
use vectors::Fields;

mod chosen;
mod edges;
mod flags;
mod iv;
mod late;
mod messages;
mod open;
mod refusals;
mod solve;
mod strict;

/// Bytes of a block, of J0 and of a whole tag.
const BLOCK_BYTES: usize = 16;

pub(super) fn recipes() -> Vec<Recipe> {
    let mut recipes = seal_recipes();
    recipes.extend(open_recipes());
    recipes
}

fn seal_recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "aes-256-gcm/seal-iv12-tag4", write: |stream| messages::sealed(Shape(12, 4), stream) },
        Recipe { name: "aes-256-gcm/seal-iv12-tag8", write: |stream| messages::sealed(Shape(12, 8), stream) },
        Recipe { name: "aes-256-gcm/seal-iv12-tag12", write: |stream| messages::sealed(Shape(12, 12), stream) },
        Recipe { name: "aes-256-gcm/seal-iv12-tag13", write: |stream| messages::sealed(Shape(12, 13), stream) },
        Recipe { name: "aes-256-gcm/seal-iv12-tag14", write: |stream| messages::sealed(Shape(12, 14), stream) },
        Recipe { name: "aes-256-gcm/seal-iv12-tag15", write: |stream| messages::sealed(Shape(12, 15), stream) },
        Recipe { name: "aes-256-gcm/seal-iv12-tag16", write: |stream| messages::sealed(Shape(12, 16), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag4", write: |stream| messages::sealed(Shape(16, 4), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag8", write: |stream| messages::sealed(Shape(16, 8), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag12", write: |stream| messages::sealed(Shape(16, 12), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag13", write: |stream| messages::sealed(Shape(16, 13), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag14", write: |stream| messages::sealed(Shape(16, 14), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag15", write: |stream| messages::sealed(Shape(16, 15), stream) },
        Recipe { name: "aes-256-gcm/seal-iv16-tag16", write: |stream| messages::sealed(Shape(16, 16), stream) },
        Recipe { name: "aes-256-gcm/seal-lengths", write: messages::sealed_lengths },
        Recipe { name: "aes-256-gcm/seal-iv-lengths", write: messages::sealed_iv_lengths },
        Recipe { name: "aes-256-gcm/seal-counter-wrap", write: messages::sealed_counter_wrap },
        Recipe { name: "aes-256-gcm/seal-long", write: messages::sealed_long },
        Recipe { name: "aes-256-gcm/seal-refused", write: strict::seal_refused },
        Recipe { name: "aes-256-gcm/seal-long-aad", write: messages::sealed_long_aad },
    ]
}

fn open_recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "aes-256-gcm/open-iv12-tag4", write: |stream| open::opened(Shape(12, 4), stream) },
        Recipe { name: "aes-256-gcm/open-iv12-tag8", write: |stream| open::opened(Shape(12, 8), stream) },
        Recipe { name: "aes-256-gcm/open-iv12-tag12", write: |stream| open::opened(Shape(12, 12), stream) },
        Recipe { name: "aes-256-gcm/open-iv12-tag13", write: |stream| open::opened(Shape(12, 13), stream) },
        Recipe { name: "aes-256-gcm/open-iv12-tag14", write: |stream| open::opened(Shape(12, 14), stream) },
        Recipe { name: "aes-256-gcm/open-iv12-tag15", write: |stream| open::opened(Shape(12, 15), stream) },
        Recipe { name: "aes-256-gcm/open-iv12-tag16", write: |stream| open::opened(Shape(12, 16), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag4", write: |stream| open::opened(Shape(16, 4), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag8", write: |stream| open::opened(Shape(16, 8), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag12", write: |stream| open::opened(Shape(16, 12), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag13", write: |stream| open::opened(Shape(16, 13), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag14", write: |stream| open::opened(Shape(16, 14), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag15", write: |stream| open::opened(Shape(16, 15), stream) },
        Recipe { name: "aes-256-gcm/open-iv16-tag16", write: |stream| open::opened(Shape(16, 16), stream) },
        Recipe { name: "aes-256-gcm/open-iv-lengths", write: open::opened_iv_lengths },
        Recipe { name: "aes-256-gcm/open-counter-wrap", write: open::opened_counter_wrap },
        Recipe { name: "aes-256-gcm/open-long", write: open::opened_long },
        Recipe { name: "aes-256-gcm/open-refused", write: strict::open_refused },
        Recipe { name: "aes-256-gcm/open-lengths", write: open::opened_lengths },
        Recipe { name: "aes-256-gcm/open-long-text", write: open::opened_long_text },
        Recipe { name: "aes-256-gcm/open-long-aad", write: open::opened_long_aad },
        Recipe { name: "aes-256-gcm/open-tag-compare", write: chosen::opened_lookalikes },
        Recipe { name: "aes-256-gcm/open-two-keys", write: chosen::opened_under_two_keys },
        Recipe { name: "aes-256-gcm/open-edges", write: edges::opened },
        Recipe { name: "aes-256-gcm/open-long-late", write: late::opened },
    ]
}

/// IV and tag length, bytes.
#[derive(Clone, Copy)]
struct Shape(usize, u64);

/// A message before it is sealed, and why it is one of the cases.
#[derive(Clone)]
struct Message {
    name: String,
    why: String,
    flags: Vec<&'static str>,
    key: [u8; 32],
    iv: Vec<u8>,
    aad: Vec<u8>,
    plaintext: Vec<u8>,
    tag_length: u64,
}

impl Message {
    /// Random bytes of these lengths: IV, associated data, plaintext.
    fn random(stream: &mut KeyStream, [iv, aad, plaintext]: [usize; 3], tag_length: u64) -> Self {
        Self {
            name: String::new(),
            why: String::new(),
            flags: Vec::new(),
            key: key(stream),
            iv: stream.bytes(iv),
            aad: stream.bytes(aad),
            plaintext: stream.bytes(plaintext),
            tag_length,
        }
    }

    fn called(self, name: &str, why: &str, flags: &[&'static str]) -> Self {
        Self { name: name.to_owned(), why: why.to_owned(), flags: flags.to_vec(), ..self }
    }

    fn common(&self) -> Fields {
        Fields::new().with_bytes("key", self.key).with_bytes("iv", self.iv.clone()).with_bytes("aad", self.aad.clone())
    }

    /// Ciphertext and tag as OpenSSL seals them; empty where it does not, which no opener takes.
    fn sealed(&self) -> Vec<u8> {
        let Self { key, iv, aad, plaintext, tag_length, .. } = self;
        oracle::openssl::aes_256_gcm_seal(key, iv, aad, plaintext, *tag_length).unwrap_or_default()
    }

    /// H and J0 (SP 800-38D §7.1, steps 1 and 2).
    fn trace(&self) -> Vec<(&'static str, String)> {
        let gcm = Gcm::new(&self.key);
        let j0 = Iv::read(&self.iv).map(|iv| gcm.j0(iv)).map(hex::encode).unwrap_or_default();
        vec![("h", hex::encode(gcm.h())), ("j0", j0)]
    }

    fn ask(&self, file: &mut FileBuilder, input: Fields) -> CaseId {
        let Self { name, why, flags, tag_length, .. } = self;
        let input = input.with_integer("tag_length", *tag_length);
        file.confirm(Ask { name, why, flags, input, trace: &self.trace() })
    }

    /// Adds the case of a seal.
    fn ask_seal(&self, file: &mut FileBuilder) -> CaseId {
        self.ask(file, self.common().with_bytes("plaintext", self.plaintext.clone()))
    }

    /// Adds the case of opening what OpenSSL sealed.
    fn ask_open(&self, file: &mut FileBuilder) -> CaseId {
        self.ask(file, self.common().with_bytes("ciphertext", self.sealed()))
    }
}

fn key(stream: &mut KeyStream) -> [u8; 32] {
    std::array::from_fn(|_| stream.byte())
}

fn seal_file(title: &str) -> FileBuilder {
    flags::add(FileBuilder::new("aes-256-gcm.seal", title)).spec(&["NIST SP 800-38D"])
}

fn open_file(title: &str) -> FileBuilder {
    flags::add(FileBuilder::new("aes-256-gcm.open", title)).spec(&["NIST SP 800-38D"])
}
