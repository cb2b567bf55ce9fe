//! The search against machines whose truth is known.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the numbers are small"
)]

use std::time::Duration;

use super::autonomail::{Run, follow};
use super::simulated::Simulated;
use super::*;

const SEEDS: u64 = 300;

const ITERATIONS: Scale = Scale { least: 16, most: (1 << 31) - 1, shape: Shape::Straight };

fn order(target: f64, seed: u64) -> Order {
    Order { target: Target::read(Duration::from_secs_f64(target)).unwrap(), scale: ITERATIONS, seed }
}

/// Calibrates each seed's machine and holds the number against the truth: off by 3 % or one step of the clock at most, with at
/// most 40 probes and work worth twice the target.
fn holds(what: &str, target: f64, machine: impl Fn(u64) -> Simulated) -> Vec<Calibration> {
    let mut all = Vec::new();
    for seed in 0..SEEDS {
        let mut machine = machine(seed);
        let found = search(&mut machine, &order(target, seed))
            .unwrap_or_else(|error| panic!("{what}, {seed}: {error} {:?}", machine.clock));
        let truth = machine.truth(found.chosen);
        let off = (truth - target).abs();
        let allowed = (0.03 * target).max(if machine.step > 1e-4 { machine.step } else { 0.0 });
        let told = (found.chosen, found.expected(), &found.doubts, &found.probes);
        assert!(off <= allowed, "{what}, seed {seed}: takes {truth} s: {told:?}");
        assert!(machine.probes <= PROBES_MAX, "{what}, seed {seed}: {} probes", machine.probes);
        assert!(machine.worked <= 2.0 * target, "{what}, seed {seed}: worked {} s: {told:?}", machine.worked);
        all.push(found);
    }
    all
}

/// The plain case at every speed and target that there is: native code, JavaScript, a watch.
#[test]
fn steady_machines_are_met() {
    for per_unit in [0.3e-6, 1.2e-6, 20e-6, 300e-6] {
        for target in [0.1, 0.25, 1.0, 5.0, 60.0] {
            let all = holds("steady", target, |seed| Simulated::steady(per_unit, seed));
            for found in all {
                assert!(found.stands(), "{per_unit} {target} {:?} {:?}", found.doubts, found.probes);
                let took = found.expected();
                assert!(took.least <= took.seconds && took.seconds <= took.most, "{took:?}");
            }
        }
    }
}

/// What does not depend on the cost (pages, a request's way through pipes) must not be counted into each unit.
#[test]
fn fixed_costs_are_told_from_the_cost_of_a_unit() {
    for fixed in [0.002, 0.02, 0.05] {
        let all = holds("affine", 1.0, |seed| Simulated { fixed, ..Simulated::steady(1.2e-6, seed) });
        assert!(all.iter().all(Calibration::stands));
    }
}

/// JavaScript's first iterations take up to eight times as long; a single early sample gives an eighth of the number.
#[test]
fn compilers_are_waited_for() {
    for after in [500.0, 1_000.0, 1_500.0] {
        let machine = |seed| Simulated { compiled_after: Some(after), ..Simulated::steady(20e-6, seed) };
        let all = holds("compiled", 1.0, machine);
        assert!(all.iter().all(|found| found.cold.unwrap() > 1.2), "the cold cost is not told");
    }
}

/// Browsers and old systems count in milliseconds and worse.
#[test]
fn coarse_clocks_cost_a_step_at_most() {
    for step in [0.001, 0.0156, 0.1] {
        for per_unit in [1.2e-6, 20e-6] {
            let machine = |seed| Simulated { step, tells_cpu: false, ..Simulated::steady(per_unit, seed) };
            for found in holds("coarse", 1.0, machine) {
                let seen = found.clock_step.as_secs_f64();
                assert!((seen - step).abs() < 1e-6, "the step is {step}, seen as {seen}");
                assert_eq!(found.doubts.iter().any(|doubt| matches!(doubt, Doubt::Coarse { .. })), step > 0.06);
            }
        }
    }
}

/// One sample in ten is held up; a single sample is then off by five.
#[test]
fn samples_that_are_held_up_do_not_count() {
    for (spikes_work, tells_cpu) in [(true, true), (false, true), (false, false)] {
        let machine = |seed| Simulated { spikes: 0.1, spikes_work, tells_cpu, ..Simulated::steady(1.2e-6, seed) };
        holds("spikes", 1.0, machine);
    }
}

/// Beside other work the wall's clock runs on while this work waits; a number chosen by it would be as much weaker.
#[test]
fn work_of_others_does_not_make_the_number_weaker() {
    for (waiting, compiled_after) in [(1.5, None), (4.0, None), (10.0, None), (4.0, Some(1_000.0))] {
        let machine = |seed| Simulated { waiting, compiled_after, ..Simulated::steady(12e-6, seed) };
        for found in holds("beside others", 1.0, machine) {
            assert_eq!(found.basis, Basis::Cpu);
            assert!(found.wall.seconds > found.cpu.unwrap().seconds, "{:?}", found.wall);
            assert!(waiting < 2.0 || found.quality == Quality::Contended, "{found:?}");
        }
    }
}

/// A machine that gets hot is a fifth slower when the number is used than when it was first measured.
#[test]
fn a_machine_that_gets_hot_is_met_as_it_is_then() {
    for after in [1.0, 3.0, 6.0] {
        holds("hot", 1.0, |seed| Simulated { hot_after: Some(after), ..Simulated::steady(1.2e-6, seed) });
    }
}

/// Passes come in whole numbers: the most that fit, and not one more or less.
#[test]
fn whole_passes_are_counted() {
    let passes = Scale { least: 1, most: u64::from(u32::MAX), shape: Shape::Straight };
    for (fixed, per_unit) in [(0.02, 0.04), (0.005, 0.01), (0.1, 0.15), (0.2, 0.4), (0.0, 0.9)] {
        for seed in 0..SEEDS {
            let mut machine = Simulated { fixed, ..Simulated::steady(per_unit, seed) };
            let found = search(&mut machine, &Order { scale: passes, ..order(1.0, seed) }).unwrap();
            let (fits, one_more) = (machine.truth(found.chosen), machine.truth(found.chosen + 1));
            assert!(fits <= 1.03 && one_more >= 0.97, "{fixed} {per_unit} {seed}: {fits} {one_more}: {found:?}");
            assert!(machine.worked <= 2.0, "{fixed} {per_unit} {seed}: worked {}: {found:?}", machine.worked);
        }
    }
}

/// Memory outgrows one cache after another, so that what fits into them says too little about what does not.
#[test]
fn large_memory_is_measured_large() {
    let memory = Scale { least: 1, most: 4096, shape: Shape::Bent };
    for seed in 0..SEEDS {
        let mut machine = Simulated { bend: 1.08, ..Simulated::steady(0.002, seed) };
        let found = search(&mut machine, &Order { scale: memory, ..order(1.0, seed) }).unwrap();
        let truth = machine.truth(found.chosen);
        assert!((truth - 1.0).abs() <= 0.03, "{seed}: {} MiB take {truth} s: {found:?}", found.chosen);
        assert!(machine.worked <= 2.0, "{seed}: worked {}", machine.worked);
    }
}

/// A number at a bound is not the number that was asked for, and must say so.
#[test]
fn bounds_are_told_and_doubted() {
    let scale = Scale { least: 1, most: 1_000, shape: Shape::Straight };
    let found = search(&mut Simulated::steady(0.000_1, 1), &Order { scale, ..order(1.0, 1) }).unwrap();
    assert_eq!(found.chosen, 1_000);
    assert!(matches!(found.clamps[..], [Clamp::ToMost { most: 1_000, .. }]), "{:?}", found.clamps);
    assert!(found.doubts.contains(&Doubt::OutOfReach));
    let found = search(&mut Simulated::steady(1.7, 1), &Order { scale, ..order(1.0, 1) }).unwrap();
    assert_eq!((found.chosen, &found.clamps[..]), (1, &[Clamp::ToLeast { least: 1 }][..]));
    assert!(found.doubts.contains(&Doubt::OutOfReach));
}

/// Nobody calibrates to nothing, and nobody waits for days.
#[test]
fn targets_without_sense_are_refused() {
    for time in [Duration::ZERO, Duration::from_millis(9), Duration::from_secs(61), Duration::from_secs(259_200)] {
        assert!(matches!(Target::read(time), Err(CalibrationError::Target { found, .. }) if found == time));
    }
}

/// A meter that is not to be trusted.
struct Hostile {
    clock: f64,
    readings: u64,
    probes: usize,
    now: fn(f64, u64) -> f64,
    takes: fn(f64, usize) -> f64,
    random: fastrand::Rng,
}

impl Hostile {
    fn new(now: fn(f64, u64) -> f64, takes: fn(f64, usize) -> f64) -> Self {
        Self { clock: 1e6, readings: 0, probes: 0, now, takes, random: fastrand::Rng::with_seed(1) }
    }
}

impl Meter for Hostile {
    fn now(&mut self) -> Duration {
        self.readings += 1;
        self.clock += 1e-6;
        Duration::from_secs_f64((self.now)(self.clock, self.readings))
    }

    fn pause(&mut self, time: Duration) {
        self.clock += time.as_secs_f64();
    }

    fn probe(&mut self, cost: u64) -> Result<Sample, MeterError> {
        let cost = cost as f64;
        self.probes += 1;
        let before = self.now();
        let takes = (self.takes)(cost, self.probes);
        self.clock += if takes < 0.0 { self.random.f64() } else { takes };
        Ok(Sample { wall: self.now().checked_sub(before).ok_or(MeterError::WentBack)?, cpu: None })
    }

    fn load(&mut self) -> Load {
        Load::default()
    }
}

/// Each must end soon, with an error that tells what is wrong, and never with a number that looks like any other.
#[test]
fn hostile_meters_get_an_error_in_bounded_time() {
    type Case = (&'static str, fn(f64, u64) -> f64, fn(f64, usize) -> f64, fn(&CalibrationError) -> bool);
    let cases: [Case; 8] = [
        ("reads 0", |_, _| 0.0, |cost, _| cost * 1e-6, |e| matches!(e, CalibrationError::StandsStill { .. })),
        ("stands still", |_, _| 7.0, |cost, _| cost * 1e-6, |e| matches!(e, CalibrationError::StandsStill { .. })),
        (
            "stops",
            |at, n| if n < 40 { at } else { 2e6 },
            |cost, _| cost * 1e-6,
            |e| matches!(e, CalibrationError::TooLong { .. } | CalibrationError::StandsStill { .. }),
        ),
        ("goes backwards", |at, _| 2e6 - at, |cost, _| cost * 1e-6, |e| matches!(e, CalibrationError::WentBack)),
        (
            "jumps back",
            |at, n| if n < 60 { at } else { at - 1e3 },
            |cost, _| cost * 1e-6,
            |e| matches!(e, CalibrationError::WentBack | CalibrationError::Meter(MeterError::WentBack)),
        ),
        ("answers at once", |at, _| at, |_, _| 0.0, |e| matches!(e, CalibrationError::DoesNotGrow { .. })),
        ("takes the same for all", |at, _| at, |_, _| 0.03, |e| matches!(e, CalibrationError::DoesNotGrow { .. })),
        (
            "takes longer each time",
            |at, _| at,
            |_, n| 10_f64.powi(i32::try_from(n).unwrap()) * 1e-3,
            |e| matches!(e, CalibrationError::TooLong { .. }),
        ),
    ];
    for (what, now, takes, fits) in cases {
        let mut meter = Hostile::new(now, takes);
        let found = search(&mut meter, &order(1.0, 1));
        match found {
            Err(error) => assert!(fits(&error), "{what}: {error}"),
            // Nothing is wrong with the clock, only with the number, and it says so.
            Ok(found) => assert!(what == "takes longer each time" && !found.stands(), "{what}: {found:?}"),
        }
        assert!(meter.probes <= PROBES_MAX && meter.readings < 50_000_000, "{what}: {} probes", meter.probes);
        assert!(meter.clock < 1e6 + 1_200.0, "{what}: {} s", meter.clock - 1e6);
    }
}

/// Where time has nothing to do with the cost there is no number to rely on.
#[test]
fn noise_without_a_signal_is_never_relied_on() {
    for seed in 0..SEEDS {
        let mut meter = Hostile::new(|at, _| at, |_, _| -1.0);
        meter.random = fastrand::Rng::with_seed(seed);
        if let Ok(found) = search(&mut meter, &order(1.0, seed)) {
            assert!(!found.stands(), "{seed}: {found:?}");
        }
        assert!(meter.probes <= PROBES_MAX);
    }
}

/// Autonomail's rule, as its published code was seen to run: 10000 in 665 ms, 15038 in 965, 15584 in 923, 16885 in 1252.
#[test]
fn the_rule_of_autonomail_goes_as_published() {
    struct Published(Vec<u64>, Duration);
    impl Meter for Published {
        fn now(&mut self) -> Duration {
            self.1
        }
        fn pause(&mut self, _: Duration) {}
        fn probe(&mut self, _: u64) -> Result<Sample, MeterError> {
            let wall = Duration::from_micros(1_000 * self.0.remove(0) + 999);
            self.1 += wall;
            Ok(Sample { wall, cpu: None })
        }
        fn load(&mut self) -> Load {
            Load::default()
        }
    }
    let second = Target::read(Duration::from_secs(1)).unwrap();
    let followed = |times: &[u64]| {
        let runs = follow(&mut Published(times.to_vec(), Duration::ZERO), second, u64::from(u32::MAX)).unwrap();
        runs.into_iter().map(|Run { iterations, elapsed_ms }| (iterations, elapsed_ms)).collect::<Vec<_>>()
    };
    let published = [(10_000, 665), (15_038, 965), (15_584, 923), (16_885, 1_252)];
    assert_eq!(followed(&[665, 965, 923, 1_252]), published);
    // It stops at the first run of at least the target, also at the start and also at the target exactly.
    assert_eq!(followed(&[1_000]), [(10_000, 1_000)]);
    // A clock that reads nothing doubles the count.
    assert_eq!(followed(&[0, 0, 999, 1_000]), [(10_000, 0), (20_000, 0), (40_000, 999), (40_041, 1_000)]);
    // It does not go on for ever.
    let endless = follow(&mut Published(vec![0; 50], Duration::ZERO), second, (1 << 31) - 1);
    assert!(matches!(endless, Err(CalibrationError::DoesNotGrow { .. })), "{endless:?}");
    let stuck = follow(&mut Published(vec![999; 50], Duration::ZERO), second, (1 << 31) - 1);
    assert_eq!(stuck, Err(CalibrationError::Erratic { probes: PROBES_MAX }));
}

/// A machine at work for others must never pass for a quiet one.
#[test]
fn the_machine_is_judged_by_all_that_is_known() {
    let quiet = Load { foreign: Some(0.02), stolen: Some(0.0), throttled: Some(0) };
    for (load, waiting, quality) in [
        (quiet, Some(1.01), Quality::Quiet),
        (quiet, None, Quality::Quiet),
        (quiet, Some(1.5), Quality::Contended),
        (Load { foreign: Some(0.5), ..quiet }, Some(1.0), Quality::Contended),
        (Load { stolen: Some(0.2), ..quiet }, Some(1.0), Quality::Contended),
        (Load { throttled: Some(1), foreign: Some(0.5), ..quiet }, Some(1.5), Quality::Throttled),
        (Load::default(), Some(1.5), Quality::Contended),
        (Load::default(), Some(1.0), Quality::Unknown),
        (Load::default(), None, Quality::Unknown),
    ] {
        assert_eq!(Quality::of(load, waiting), quality, "{load:?} {waiting:?}");
    }
    let mut machine = Simulated { says: Load { foreign: Some(0.6), ..quiet }, ..Simulated::steady(1.2e-6, 1) };
    let found = search(&mut machine, &order(1.0, 1)).unwrap();
    assert_eq!((found.quality, &found.doubts[..]), (Quality::Contended, &[Doubt::Contended][..]));
}

/// The speed of PBKDF2-HMAC-SHA512 on a shared virtual machine, millions of iterations a second of the processor's own time,
/// each half second, as it was recorded beside other work (90 values; the guest's steal time read 0 throughout).
const RECORDED: [f64; 90] = [
    1.26, 1.85, 1.34, 1.35, 1.27, 1.32, 1.25, 1.15, 1.11, 1.18, 1.37, 1.64, 1.19, 1.00, 1.18, 1.80, 1.59, 1.24, 1.12,
    1.30, 1.21, 1.31, 1.30, 1.82, 1.55, 1.12, 1.00, 1.45, 1.10, 1.11, 1.05, 1.05, 1.06, 1.02, 1.01, 1.07, 1.00, 1.16,
    1.55, 1.89, 1.28, 1.25, 1.46, 1.06, 1.30, 1.70, 1.30, 1.30, 1.84, 1.14, 1.02, 1.19, 1.15, 1.39, 1.05, 1.10, 1.13,
    1.10, 1.76, 1.66, 1.89, 1.81, 1.59, 1.83, 1.86, 1.86, 1.87, 1.86, 1.91, 1.91, 1.89, 1.78, 1.19, 1.20, 1.18, 1.81,
    1.68, 1.85, 1.61, 1.18, 1.08, 1.08, 1.58, 1.87, 1.86, 1.78, 1.06, 1.11, 1.08, 1.08,
];

fn recorded(seed: u64) -> Simulated {
    let trace = RECORDED.iter().map(|speed| (0.5, speed * 1e6)).collect();
    Simulated { trace, clock: 100.0 + 0.17 * seed as f64, ..Simulated::steady(1.0, seed) }
}

/// On such a machine nobody can promise what the next derivation takes, and a calibration must say so. What is held here:
/// the number lies between what the slowest and the fastest speed would give that was there while it was looked for; three in
/// four numbers are doubted; and numbers from different moments lie closer together than those of one sample of half a
/// second, which is what the best-known calibrator goes by.
#[test]
fn a_machine_that_jumps_is_told_from_a_steady_one() {
    let (mut doubted, mut ours, mut single) = (0, Vec::new(), Vec::new());
    for seed in 0..SEEDS {
        let mut machine = recorded(seed);
        let began = machine.clock;
        single.push(0.6 / machine.truth(600_000) * 1e6);
        let found = search(&mut machine, &order(1.0, seed)).unwrap();
        let speeds: Vec<_> = RECORDED.iter().cycle().skip((began % 45.0 / 0.5) as usize).take(90).collect();
        let seen = &speeds[..((machine.clock - began) / 0.5) as usize + 2];
        let number = found.chosen as f64 / 1e6;
        let (slowest, fastest) = seen.iter().fold((9.0_f64, 0.0_f64), |(low, high), s| (low.min(**s), high.max(**s)));
        assert!(number >= 0.97 * slowest && number <= 1.03 * fastest, "{seed}: {number} {slowest} {fastest}");
        assert!(machine.probes <= PROBES_MAX && machine.worked <= 3.0, "{seed}: {}", machine.worked);
        doubted += u64::from(!found.stands());
        ours.push(found.chosen as f64);
    }
    assert!(doubted >= SEEDS * 3 / 4, "{doubted} of {SEEDS}");
    assert!(spread(&ours) < spread(&single), "{} {}", spread(&ours), spread(&single));
}

/// The standard deviation over the mean.
fn spread(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64;
    variance.sqrt() / mean
}
