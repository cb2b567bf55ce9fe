//! What stands in every form of the report alike. Pure.

use super::{Rule, Sheet};
use crate::{Basis, Calibration, Clamp, Doubt, Fault, Kdf};
use conformance::shown::grouped;

/// Seconds to three digits.
pub(super) fn seconds(seconds: f64) -> String {
    match seconds {
        long if long >= 100.0 => format!("{long:.0} s"),
        whole if whole >= 10.0 => format!("{whole:.1} s"),
        some if some >= 1.0 => format!("{some:.2} s"),
        part if part >= 0.1 => format!("{:.0} ms", 1e3 * part),
        part => format!("{:.3} ms", 1e3 * part),
    }
}

/// The derivation with what is held fixed in it.
pub(super) fn derivation(kdf: Kdf) -> String {
    match kdf {
        Kdf::Pbkdf2HmacSha512 => kdf.name().to_owned(),
        Kdf::Argon2Passes { memory_mib, .. } => format!("{} at {memory_mib} MiB, one lane", kdf.name()),
        Kdf::Argon2Memory { passes, .. } => format!("{} at {passes} passes, one lane", kdf.name()),
    }
}

/// The rule, for people.
pub(super) fn rule(sheet: &Sheet) -> String {
    match sheet.rule {
        Rule::Search => format!("searched for the cost that takes {}", seconds(sheet.target.as_secs_f64())),
        Rule::Fixed(cost) => format!("timed {} {}", grouped(cost), sheet.kdf.unit()),
        Rule::Autonomail => format!(
            "Autonomail's rule for {}: start at 10,000, one sample each, stop at the first run that takes this long",
            seconds(sheet.target.as_secs_f64())
        ),
    }
}

pub(super) fn basis(found: &Calibration) -> &'static str {
    match found.basis {
        Basis::Cpu => "processor time",
        Basis::Wall => "wall-clock time, since processor time is not available",
    }
}

pub(super) fn clamp(clamp: &Clamp, kdf: Kdf) -> String {
    let unit = kdf.unit();
    match clamp {
        Clamp::ToLeast { least } => {
            format!("raised to {} {unit}, the minimum: it takes longer than the target", grouped(*least))
        }
        Clamp::ToMost { wanted, most } => {
            format!("lowered from {wanted:.0} to {} {unit}, the maximum", grouped(*most))
        }
        Clamp::Correction { wanted, given } => {
            format!("the check suggests a factor of {wanted:.2}; {given:.2} was applied, since it is one sample")
        }
    }
}

/// The doubt's name in JSON.
pub(super) fn doubt_name(doubt: &Doubt) -> &'static str {
    match doubt {
        Doubt::Contended => "contended",
        Doubt::Throttled => "throttled",
        Doubt::Unsteady { .. } => "unsteady",
        Doubt::Corrected { .. } => "corrected",
        Doubt::Outlier { .. } => "outlier",
        Doubt::Few { .. } => "few-looks",
        Doubt::Unchecked => "unchecked",
        Doubt::Coarse { .. } => "coarse-clock",
        Doubt::OutOfReach => "out-of-reach",
    }
}

/// The doubt, and what helps.
pub(super) fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Contended => "other programs used this machine; stop them, or repeat when it is idle".to_owned(),
        Doubt::Throttled => "a CPU quota slowed this process down; measure without it".to_owned(),
        Doubt::Unsteady { ratio } => {
            format!("the slowest sample took {ratio:.2} times as long as the fastest; repeat, and take the median")
        }
        Doubt::Corrected { predicted, measured } => format!(
            "the check took {}, but smaller costs predicted {}; the number follows the check; repeat",
            seconds(*measured),
            seconds(*predicted)
        ),
        Doubt::Outlier { predicted, measured } => format!(
            "the check took {}, but the samples before and after it predict {}; it is ignored as delayed; repeat",
            seconds(*measured),
            seconds(*predicted)
        ),
        Doubt::Few { looks } => {
            format!("it is based on only {looks} samples")
        }
        Doubt::Unchecked => "the number itself was not timed, since that would take too long".to_owned(),
        Doubt::Coarse { step } => format!("the clock counts in steps of {}", seconds(step.as_secs_f64())),
        Doubt::OutOfReach => "no allowed cost reaches the target; choose another target".to_owned(),
    }
}

pub(super) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::BelowFloor { iterations } => {
            format!("{} is below the document's minimum of 10,000", grouped(*iterations))
        }
        Fault::NotMonotone { once, twice } => {
            format!("{} for the target, but {} for twice the target", grouped(*once), grouped(*twice))
        }
        Fault::TooWeak { seconds: took, target } | Fault::TooSlow { seconds: took, target } => {
            format!("its number takes {} instead of {}", seconds(*took), seconds(*target))
        }
        Fault::SaysOtherwise { seconds: took, said } => {
            format!("it says that its number took {}; measured: {}", seconds(*said), seconds(*took))
        }
        Fault::Silent(why) => why.clone(),
    }
}

/// Text that is no markup.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A digit too many or too few is a wrong number to whoever reads it.
    #[test]
    fn numbers_are_told_to_three_digits() {
        let told = [0.000_012, 0.25, 0.999_6, 1.234, 12.34, 123.4].map(seconds);
        assert_eq!(told, ["0.012 ms", "250 ms", "1000 ms", "1.23 s", "12.3 s", "123 s"]);
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
