//! A second engine for Argon2, which computes its blocks with vector instructions, against every key in the vectors.

use argon2_rust::params::{Memory, TagLen};
use argon2_rust::{Algorithm, Argon2, Error, Params, Version};
use vectors::{Answer, Case, Expect, Fields, load};

/// Cases of both variants in the vectors; fewer means that the test no longer finds them.
const CASES_MIN: usize = 200;

fn key(algorithm: Algorithm, input: &Fields) -> Result<Vec<u8>, Error> {
    let number = |name| u32::try_from(input.integer(name)).unwrap();
    let params = Params::builder()
        .memory(Memory::kib(input.integer("memory_kib")))
        .passes(number("passes"))
        .lanes(number("lanes"))
        .tag_len(TagLen::bytes(input.integer("length")))
        .build()?;
    Argon2::new(algorithm, Version::V0x13, params).hash(input.bytes("password"), input.bytes("salt"))
}

/// Figures of the faster engine beside ours compare nothing unless both give the same keys.
#[test]
fn the_faster_engine_gives_every_key_of_the_vectors() {
    let mut compared = 0;
    for file in load::embedded().unwrap() {
        let algorithm = match file.operation.name {
            "argon2i.derive" => Algorithm::Argon2i,
            "argon2id.derive" => Algorithm::Argon2id,
            _ => continue,
        };
        for case @ Case { input, expect, .. } in &file.cases {
            if let Expect::Output(expected) = expect {
                let key = key(algorithm, input).map(|key| Answer::Output(Fields::new().with_bytes("key", key)));
                assert_eq!(key, Ok(Answer::Output(expected.clone())), "{}", file.case_id(case));
                compared += 1;
            }
        }
    }
    assert!(compared >= CASES_MIN, "only {compared} keys were compared");
}
