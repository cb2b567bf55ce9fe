//! ring and aws-lc beside the reference, with the names of benches/primitives.rs, so that `scripts/bench` shows them in one
//! table. Both take IVs of 12 bytes only and have no Argon2 and no XChaCha20.
//!
//! `cargo bench --features peers --bench peers`

use std::hint::black_box;
use std::num::NonZeroU32;
use std::time::Duration;

use conformance::registry;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use primitives::Limits;
use vectors::{Answer, Fields, operation};

const ITERATIONS: u32 = 10_000;
const KEY: [u8; 32] = [1; 32];
const IV: [u8; 12] = [3; 12];

/// The reference's bytes, which a peer has to give before it is timed.
fn reference(operation: &str, input: &Fields, member: &str) -> Vec<u8> {
    let operation = operation::find(operation).expect("the suite knows its own operations");
    let answer = registry::reference(operation, input, &Limits::default());
    let Answer::Output(output) = answer else { panic!("{} is not computed: {answer:?}", operation.name) };
    output.bytes(member).to_vec()
}

/// PBKDF2-HMAC-SHA512, 10,000 iterations, 64 bytes.
macro_rules! pbkdf2 {
    ($criterion:expr, $peer:ident) => {{
        let (password, salt) = (b"correct horse", [1; 32]);
        let iterations = NonZeroU32::new(ITERATIONS).expect("it is not 0");
        let derive = |password: &[u8]| {
            let mut key = [0; 64];
            $peer::pbkdf2::derive($peer::pbkdf2::PBKDF2_HMAC_SHA512, iterations, &salt, password, &mut key);
            key
        };
        let input = Fields::new()
            .with_bytes("password", password)
            .with_bytes("salt", salt)
            .with_integer("iterations", u64::from(ITERATIONS))
            .with_integer("length", 64);
        assert_eq!(derive(password).to_vec(), reference("pbkdf2-hmac-sha512.derive", &input, "key"));
        let mut group = $criterion.benchmark_group("pbkdf2-hmac-sha512.derive/real cost");
        group.bench_function(BenchmarkId::new(stringify!($peer), "autonomail key, 10000 iterations"), |bencher| {
            bencher.iter(|| derive(black_box(password)));
        });
    }};
}

/// AES-256-GCM, a key schedule for each message, as in an envelope.
macro_rules! gcm {
    ($criterion:expr, $peer:ident, $size:expr, $bytes:expr) => {{
        let plaintext = vec![2; $bytes];
        let seal = |plaintext: &[u8]| {
            let key = $peer::aead::UnboundKey::new(&$peer::aead::AES_256_GCM, &KEY).expect("the key has 32 bytes");
            let mut sealed = plaintext.to_vec();
            let nonce = $peer::aead::Nonce::assume_unique_for_key(IV);
            let key = $peer::aead::LessSafeKey::new(key);
            key.seal_in_place_append_tag(nonce, $peer::aead::Aad::empty(), &mut sealed).expect("the text is short");
            sealed
        };
        let input = Fields::new()
            .with_bytes("key", KEY)
            .with_bytes("iv", IV)
            .with_bytes("aad", b"")
            .with_bytes("plaintext", plaintext.clone())
            .with_integer("tag_length", 16);
        assert_eq!(seal(&plaintext), reference("aes-256-gcm.seal", &input, "ciphertext"));
        let mut group = $criterion.benchmark_group(format!("aes-256-gcm.seal/{}", $size));
        group.throughput(Throughput::Bytes($bytes as u64));
        group.bench_function(BenchmarkId::new(stringify!($peer), "12-byte IV"), |bencher| {
            bencher.iter(|| seal(black_box(&plaintext)));
        });
    }};
}

fn peers(criterion: &mut Criterion) {
    pbkdf2!(criterion, ring);
    pbkdf2!(criterion, aws_lc_rs);
    for (size, bytes) in [("64 B", 64), ("1 KiB", 1 << 10), ("64 KiB", 1 << 16), ("1 MiB", 1 << 20)] {
        gcm!(criterion, ring, size, bytes);
        gcm!(criterion, aws_lc_rs, size, bytes);
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    targets = peers
}
criterion_main!(benches);
