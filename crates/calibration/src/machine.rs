//! What else goes on on this machine. Layer: `calibration`; reads `/proc` and the control group's files, and a clock.

use std::fs;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use super::Load;

/// The parts of the first line of `/proc/stat` that are work: user, nice, system, irq, softirq, steal; guests are in user.
const BUSY: [usize; 6] = [0, 1, 2, 5, 6, 7];
const STEAL: usize = 7;

/// Ticks of `/proc/stat` in a second: the kernel's interface has had no other number for user space since 2.6.
const TICKS: f64 = 100.0;

/// The machine at one moment; later moments are compared with it.
pub(super) struct Machine {
    at: Instant,
    ticks: Option<Vec<f64>>,
    throttled: Option<u64>,
    own: Duration,
}

impl Machine {
    /// Looks at it now.
    pub(super) fn look() -> Self {
        Self { at: Instant::now(), ticks: ticks(), throttled: throttled(), own: own_work() }
    }

    /// What went on since then, beside this process and `children` (the processor's time of the port that it asked).
    pub(super) fn since(&self, children: Duration) -> Load {
        let now = Self::look();
        let elapsed = now.at.duration_since(self.at).as_secs_f64();
        let differences = self.ticks.as_ref().zip(now.ticks.as_ref()).map(|(before, after)| {
            before.iter().zip(after).map(|(before, after)| (after - before).max(0.0) / TICKS).collect::<Vec<_>>()
        });
        let processors =
            std::thread::available_parallelism().map_or(1.0, |count| super::fit::float(count.get() as u64));
        let own = now.own.saturating_sub(self.own).as_secs_f64() + children.as_secs_f64();
        let share = |seconds: f64| (seconds / (elapsed * processors)).clamp(0.0, 1.0);
        Load {
            foreign: differences.as_ref().map(|d| share(BUSY.iter().map(|at| d[*at]).sum::<f64>() - own)),
            stolen: differences.as_ref().map(|d| share(d[STEAL])),
            throttled: self.throttled.zip(now.throttled).map(|(before, after)| after.saturating_sub(before)),
        }
    }
}

/// The machine in words, for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// The processor's own name.
    pub processor: Option<String>,
    /// Processors that this process may use.
    pub processors: usize,
    /// Memory that could be used without swapping, MiB.
    pub available_mib: Option<u64>,
}

/// Describes this machine.
#[must_use]
pub fn describe() -> Description {
    let value = |path: &str, name: &str| {
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let available = value("/proc/meminfo", "MemAvailable");
    Description {
        processor: value("/proc/cpuinfo", "model name"),
        processors: std::thread::available_parallelism().map_or(1, usize::from),
        available_mib: available.and_then(|text| Some(text.strip_suffix(" kB")?.parse::<u64>().ok()? >> 10)),
    }
}

/// Time of the processor that this process has used.
fn own_work() -> Duration {
    processor_time(ClockId::ProcessCPUTime)
}

/// A clock of the processor's time.
pub(super) fn processor_time(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// The first line of `/proc/stat`, without its name.
fn ticks() -> Option<Vec<f64>> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let parts: Vec<f64> = text.lines().next()?.split_whitespace().skip(1).map_while(|part| part.parse().ok()).collect();
    (parts.len() > STEAL).then_some(parts)
}

/// How often this process's control group was held back, by either version of their files.
fn throttled() -> Option<u64> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    let second = groups.lines().find_map(|line| line.strip_prefix("0::"));
    let first = groups.lines().find_map(|line| line.split_once(":cpu").and_then(|(_, rest)| rest.split_once(':')));
    let files = [
        second.map(|path| format!("/sys/fs/cgroup{path}/cpu.stat")),
        first.map(|(_, path)| format!("/sys/fs/cgroup/cpu{path}/cpu.stat")),
        Some("/sys/fs/cgroup/cpu.stat".to_owned()),
    ];
    let text = files.into_iter().flatten().find_map(|file| fs::read_to_string(file).ok())?;
    text.lines().find_map(|line| line.strip_prefix("nr_throttled ")?.trim().parse().ok())
}
