//! The report for programs. Pure.

use serde_json::{Value as Json, json};

use super::words::{doubt, doubt_name, fault};
use super::{Rule, Sheet};
use crate::autonomail::Run;
use crate::policy::FLOORS;
use crate::{Basis, Calibration, Clamp, Expected, Kdf, Outcome, Probe, Purpose, Subject, matrix};

/// The version of the form.
const SCHEMA: u64 = 1;

/// One object, indented, with a line's end.
#[must_use]
pub fn json(sheet: &Sheet) -> String {
    let rule = match sheet.rule {
        Rule::Search => json!({"name": "search"}),
        Rule::Fixed(cost) => json!({"name": "fixed", "cost": cost}),
        Rule::Autonomail => json!({"name": "autonomail"}),
    };
    let held = match sheet.kdf {
        Kdf::Pbkdf2HmacSha512 => json!({}),
        Kdf::Argon2Passes { memory_mib, .. } => json!({"memory_mib": memory_mib, "lanes": 1}),
        Kdf::Argon2Memory { passes, .. } => json!({"passes": passes, "lanes": 1}),
    };
    let floors: Vec<_> = match sheet.kdf {
        Kdf::Pbkdf2HmacSha512 => {
            FLOORS.iter().map(|f| json!({"iterations": f.iterations, "source": f.source})).collect()
        }
        Kdf::Argon2Passes { .. } | Kdf::Argon2Memory { .. } => Vec::new(),
    };
    let whole = json!({
        "schema": SCHEMA,
        "suite": env!("CARGO_PKG_VERSION"),
        "kdf": sheet.kdf.name(),
        "held": held,
        "unit": sheet.kdf.unit(),
        "target_s": sheet.target.as_secs_f64(),
        "rule": rule,
        "seed": sheet.seed,
        "machine": {
            "processor": sheet.machine.processor,
            "processors": sheet.machine.processors,
            "available_mib": sheet.machine.available_mib,
        },
        "cold_arena": sheet.cold_arena,
        "floors": floors,
        "subjects": sheet.subjects.iter().map(|one| subject(one, sheet.kdf)).collect::<Vec<_>>(),
        "matrix": matrix(&sheet.subjects).iter().map(|row| json!({
            "chosen_on": row.chosen_on,
            "cost": row.cost,
            "seconds": row.seconds.iter().map(|(on, s)| (on.clone(), json!(s))).collect::<serde_json::Map<_, _>>(),
        })).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn subject(subject: &Subject, kdf: Kdf) -> Json {
    let mut object = match &subject.outcome {
        Outcome::Found(found) => calibration(found, kdf),
        Outcome::Followed(runs) => followed(runs),
        Outcome::Failed(why) => json!({"error": why}),
    };
    object["name"] = json!(subject.name);
    object["about"] = json!(subject.about);
    if let Some(claim) = &subject.claim {
        let answers = claim.answers.iter().map(|answer| {
            json!({"target_ms": answer.target_ms, "iterations": answer.iterations, "elapsed_ms": answer.elapsed_ms})
        });
        let faults = claim.faults.iter().map(|one| json!({"fault": one.as_str(), "words": fault(one)}));
        object["calibrator"] = json!({"answers": answers.collect::<Vec<_>>(), "faults": faults.collect::<Vec<_>>()});
    }
    object
}

fn followed(runs: &[Run]) -> Json {
    let told = |run: &Run| json!({"iterations": run.iterations, "elapsed_ms": run.elapsed_ms});
    json!({"chosen": runs.last().map(|run| run.iterations), "runs": runs.iter().map(told).collect::<Vec<_>>()})
}

fn calibration(found: &Calibration, kdf: Kdf) -> Json {
    let clamps = found.clamps.iter().map(|clamp| {
        let words = super::words::clamp(clamp, kdf);
        match clamp {
            Clamp::ToLeast { least } => json!({"clamp": "to-least", "least": least, "words": words}),
            Clamp::ToMost { most, wanted } => {
                json!({"clamp": "to-most", "most": most, "wanted": wanted, "words": words})
            }
            Clamp::Correction { wanted, given } => {
                json!({"clamp": "correction", "wanted": wanted, "given": given, "words": words})
            }
        }
    });
    let doubts = found.doubts.iter().map(|one| json!({"doubt": doubt_name(one), "words": doubt(one)}));
    json!({
        "chosen": found.chosen,
        "stands": found.stands(),
        "basis": match found.basis { Basis::Cpu => "cpu", Basis::Wall => "wall" },
        "cpu_s": found.cpu.map(expected),
        "wall_s": expected(found.wall),
        "fixed_s": found.fixed,
        "per_unit_s": found.per_unit,
        "cold_factor": found.cold,
        "quality": found.quality.as_str(),
        "load": {"foreign": found.load.foreign, "stolen": found.load.stolen, "throttled": found.load.throttled},
        "clock_step_s": found.clock_step.as_secs_f64(),
        "clamps": clamps.collect::<Vec<_>>(),
        "doubts": doubts.collect::<Vec<_>>(),
        "spent_s": found.spent(),
        "elapsed_s": found.elapsed.as_secs_f64(),
        "probes": found.probes.iter().map(probe).collect::<Vec<_>>(),
    })
}

fn expected(expected: Expected) -> Json {
    json!({"expected": expected.seconds, "least": expected.least, "most": expected.most})
}

fn probe(probe: &Probe) -> Json {
    let purpose = match probe.purpose {
        Purpose::Up => "up",
        Purpose::WarmUp => "warm-up",
        Purpose::Small => "small",
        Purpose::Large => "large",
        Purpose::Check => "check",
        Purpose::After => "after",
    };
    let cpu = probe.sample.cpu.map(|time| time.as_secs_f64());
    json!({"purpose": purpose, "at_s": probe.at.as_secs_f64(), "cost": probe.cost,
           "wall_s": probe.sample.wall.as_secs_f64(), "cpu_s": cpu})
}
