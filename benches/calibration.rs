//! Calibration itself, for a quarter of a second of PBKDF2: what finding a number costs, and how far from the target the number's time is.
//! Beside it a single sample scaled to the target, which is how known calibrators choose, and Autonomail's own rule.

use std::hint::black_box;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use calibration::{Kdf, Load, LocalMeter, Meter, MeterError, Order, Sample, Target, autonomail, fixed, search};
use criterion::{BenchmarkId, Criterion, SamplingMode, criterion_group, criterion_main};

const TARGET: Duration = Duration::from_millis(250);

/// The document's least count, and the one sample.
const FIRST: u64 = 10_000;

const KDF: Kdf = Kdf::Pbkdf2HmacSha512;

/// A way to choose a number.
type Way = fn(&mut dyn Meter) -> u64;

/// What a bench looks at in a way.
type Look = fn(Way) -> Duration;

/// A meter that adds up the processor's time of every probe.
struct Counted {
    meter: LocalMeter,
    spent: Duration,
}

impl Meter for Counted {
    fn now(&mut self) -> Duration {
        self.meter.now()
    }

    fn pause(&mut self, time: Duration) {
        self.meter.pause(time);
    }

    fn probe(&mut self, cost: u64) -> Result<Sample, MeterError> {
        let sample = self.meter.probe(cost)?;
        self.spent += sample.cpu.unwrap_or(sample.wall);
        Ok(sample)
    }

    fn load(&mut self) -> Load {
        self.meter.load()
    }
}

fn order() -> Order {
    let target = Target::read(TARGET).expect("a quarter of a second is a target");
    Order { target, scale: KDF.scale(0), seed: u64::from(fastrand::u32(..)) }
}

fn by_search(meter: &mut dyn Meter) -> u64 {
    search(meter, &order()).expect("the reference can be calibrated").chosen
}

fn by_autonomail(meter: &mut dyn Meter) -> u64 {
    let Order { target, scale, .. } = order();
    let runs = autonomail::follow(meter, target, scale.most).expect("the rule ends");
    runs.last().expect("the rule runs once at least").iterations
}

fn by_one_sample(meter: &mut dyn Meter) -> u64 {
    let took = meter.probe(FIRST).expect("the reference derives").wall;
    let scaled = u128::from(FIRST) * TARGET.as_nanos() / took.as_nanos();
    u64::try_from(scaled).expect("a count of a quarter of a second")
}

/// The processor's time that it took to choose a number.
fn work(choose: Way) -> Duration {
    let mut counted = Counted { meter: LocalMeter::new(KDF), spent: Duration::ZERO };
    choose(&mut counted);
    counted.spent
}

/// How far a number's time is from the target, by three looks over the two seconds after it was chosen: the next moment
/// alone would favour who looked at the last one alone.
fn distance(choose: Way) -> Duration {
    let mut meter = LocalMeter::new(KDF);
    let number = choose(&mut meter);
    let found = fixed(&mut meter, number, &order()).expect("the reference derives");
    Duration::from_secs_f64(found.expected().seconds).abs_diff(TARGET)
}

/// The same with a thread at work on every core from the choice to the end of the looks, or to a panic.
fn distance_when_busy(choose: Way) -> Duration {
    let running = Arc::new(());
    for _ in 0..std::thread::available_parallelism().map_or(1, NonZero::get) {
        let running = Arc::downgrade(&running);
        std::thread::spawn(move || {
            while running.strong_count() > 0 {
                black_box(());
            }
        });
    }
    distance(choose)
}

fn calibration(criterion: &mut Criterion) {
    let ways: [(&str, Way); 3] =
        [("search", by_search), ("autonomail's rule", by_autonomail), ("one sample", by_one_sample)];
    let looks: [(&str, Look); 3] = [
        ("work to find it", work),
        ("distance of its time", distance),
        ("distance of its time, all cores busy", distance_when_busy),
    ];
    for (look, of) in looks {
        let mut group = criterion.benchmark_group(format!("a number for 250 ms: {look}"));
        group.sampling_mode(SamplingMode::Flat);
        for (way, choose) in ways {
            group.bench_function(BenchmarkId::new(way, "pbkdf2-hmac-sha512"), |bencher| {
                bencher.iter_custom(|times| (0..times).map(|_| of(choose)).sum());
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(15).warm_up_time(Duration::from_millis(1)).measurement_time(Duration::from_millis(1));
    targets = calibration
}
criterion_main!(benches);
