//! The strict readers of envelopes beside bare `serde_json`, which finds the members and looks at none.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::cipher::{Item, PasswordEnvelope};
use primitives::Limits;
use vectors::{Expect, load};

/// The first envelope in the vectors that an operation opens.
fn sample(operation: &str, member: &str) -> Vec<u8> {
    let files = load::embedded().expect("the embedded vectors are valid");
    let cases = files.iter().filter(|file| file.operation.name == operation).flat_map(|file| &file.cases);
    let opens = cases.into_iter().find(|case| matches!(case.expect, Expect::Output(_)));
    opens.expect("the operation opens something").input.bytes(member).to_vec()
}

fn bench(criterion: &mut Criterion, format: &str, text: &[u8], read: impl Fn(&[u8]) -> bool) {
    assert!(read(text), "{format} is not read");
    let mut group = criterion.benchmark_group("an envelope is read");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function(BenchmarkId::new("reference", format), |bencher| bencher.iter(|| read(black_box(text))));
    group.bench_function(BenchmarkId::new("bare serde_json", format), |bencher| {
        bencher.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(text)).is_ok());
    });
}

fn parse(criterion: &mut Criterion) {
    let limits = Limits::default();
    let text = sample("autonomail.open", "record");
    bench(criterion, "autonomail", &text, |text| documented::Record::read(text, &limits).is_ok());
    let text = sample("autonomail-2014.open", "record");
    bench(criterion, "autonomail-2014", &text, |text| client_2014::Record::read(text, &limits).is_ok());
    let text = sample("notesnook.open", "envelope");
    bench(criterion, "notesnook", &text, |text| PasswordEnvelope::read(text, &limits).is_ok());
    let text = sample("notesnook-item.open", "envelope");
    bench(criterion, "notesnook-item", &text, |text| Item::read(text, &limits).is_ok());
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = parse
}
criterion_main!(benches);
