//! `--require`: the set whose cases decide about a run.

use super::Failed;
use report::suite::Required;
use vectors::source::Companions;
use vectors::{Errata, Requirements, VectorFile};

/// The set of this name beside the vectors that are run, as long as it means what it meant when it was frozen.
pub(super) fn find(
    name: &str,
    companions: &Companions,
    files: &[VectorFile],
    errata: &Errata,
) -> Result<Required, Failed> {
    let Some(found) = companions.requirements.iter().find(|set| set.path == name) else {
        let known = companions.requirements.iter().map(|set| set.path.clone()).collect();
        return Err(Failed::NoSuchSet { name: name.to_owned(), known });
    };
    let set = Requirements::read(name, &found.bytes)?;
    match set.faults(files, errata).as_slice() {
        [] => Ok(Required { name: name.to_owned(), cases: set.cases().collect(), reasons: set.reasons }),
        faults => {
            let faults = faults.iter().map(ToString::to_string).collect();
            Err(Failed::StaleSet { name: name.to_owned(), faults })
        }
    }
}

/// The sets that there are, in words.
pub(super) fn listed(known: &[String]) -> String {
    if known.is_empty() { "these vectors have none".to_owned() } else { format!("known sets: {}", known.join(", ")) }
}
