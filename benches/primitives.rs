//! The reference beside libsodium and OpenSSL, in one run: every KDF and AEAD path at the costs and sizes of real envelopes.
//!
//! Each goes through the same door as in a run (an operation and its input), so the figures compare.

use std::hint::black_box;
use std::time::Duration;

use argon2_rust::params::Memory;
use argon2_rust::{Algorithm, Argon2, Params, Version};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sealproof::oracle::ORACLES;
use sealproof::primitives::Limits;
use sealproof::registry;
use sealproof::vector::{Answer, Fields, Operation, operation};

fn derivations() -> Vec<(&'static str, &'static str, Fields)> {
    let pbkdf2 = Fields::new()
        .with_bytes("password", b"correct horse")
        .with_bytes("salt", [1; 32])
        .with_integer("iterations", 10_000)
        .with_integer("length", 64);
    let argon2 = |memory_kib| {
        Fields::new()
            .with_bytes("password", b"correct horse")
            .with_bytes("salt", [1; 16])
            .with_integer("passes", 3)
            .with_integer("memory_kib", memory_kib)
            .with_integer("lanes", 1)
            .with_integer("length", 32)
    };
    vec![
        ("autonomail key, 10000 iterations", "pbkdf2-hmac-sha512.derive", pbkdf2),
        ("notesnook key, 8 MiB", "argon2i.derive", argon2(8_192)),
        ("notesnook login, 64 MiB", "argon2id.derive", argon2(65_536)),
    ]
}

fn seals(bytes: usize) -> Vec<(&'static str, &'static str, Fields)> {
    let gcm = |iv: &[u8]| {
        Fields::new()
            .with_bytes("key", [1; 32])
            .with_bytes("iv", iv)
            .with_bytes("aad", b"")
            .with_bytes("plaintext", vec![2; bytes])
            .with_integer("tag_length", 16)
    };
    let xchacha = Fields::new()
        .with_bytes("key", [1; 32])
        .with_bytes("nonce", [3; 24])
        .with_bytes("aad", b"")
        .with_bytes("plaintext", vec![2; bytes]);
    vec![
        ("12-byte IV", "aes-256-gcm.seal", gcm(&[3; 12])),
        ("16-byte IV", "aes-256-gcm.seal", gcm(&[3; 16])),
        ("24-byte nonce", "xchacha20-poly1305.seal", xchacha),
    ]
}

/// The second engine for Argon2, which `tests/argon2_engines.rs` holds to every key in the vectors: with an arena of its own for
/// each key, and with one that is kept.
fn second_engine(criterion: &mut Criterion, name: &str, operation: &Operation, input: &Fields) {
    let algorithm = match operation.name {
        "argon2i.derive" => Algorithm::Argon2i,
        "argon2id.derive" => Algorithm::Argon2id,
        _ => return,
    };
    let params = Params::builder().memory(Memory::kib(input.integer("memory_kib"))).passes(3).lanes(1).build();
    let engine = Argon2::new(algorithm, Version::V0x13, params.expect("the costs are allowed"));
    let (password, salt) = (input.bytes("password"), input.bytes("salt"));
    let mut group = criterion.benchmark_group(format!("{}/real cost", operation.name));
    group.bench_function(BenchmarkId::new("argon2-rust", name), |bencher| {
        bencher.iter(|| engine.hash(black_box(password), salt));
    });
    let (mut hasher, mut key) = (engine.hasher(), [0; 32]);
    group.bench_function(BenchmarkId::new("argon2-rust, arena kept", name), |bencher| {
        bencher.iter(|| hasher.hash_into(black_box(password), salt, &mut key));
    });
}

/// Benches everyone who answers this request.
fn everyone(
    criterion: &mut Criterion,
    group: &str,
    name: &str,
    operation: &'static Operation,
    input: &Fields,
    bytes: u64,
) {
    let limits = Limits::default();
    let mut group = criterion.benchmark_group(format!("{}/{group}", operation.name));
    group.throughput(Throughput::Bytes(bytes));
    assert!(matches!(registry::reference(operation, input, &limits), Answer::Output(_)), "{name} is not computed");
    group.bench_function(BenchmarkId::new("reference", name), |bencher| {
        bencher.iter(|| registry::reference(operation, black_box(input), &limits));
    });
    for oracle in ORACLES {
        if let Some(Answer::Output(_)) = oracle.answer(operation, input, &limits) {
            group.bench_function(BenchmarkId::new(oracle.name, name), |bencher| {
                bencher.iter(|| oracle.answer(operation, black_box(input), &limits));
            });
        }
    }
}

fn primitives(criterion: &mut Criterion) {
    let known = |name| operation::find(name).expect("the suite knows its own operations");
    for (name, operation, input) in derivations() {
        everyone(criterion, "real cost", name, known(operation), &input, 0);
        second_engine(criterion, name, known(operation), &input);
    }
    for (size, bytes) in [("64 B", 64), ("1 KiB", 1 << 10), ("64 KiB", 1 << 16), ("1 MiB", 1 << 20)] {
        for (name, operation, input) in seals(bytes) {
            everyone(criterion, size, name, known(operation), &input, bytes as u64);
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    targets = primitives
}
criterion_main!(benches);
