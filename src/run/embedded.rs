//! The run without a port: the embedded reference, recomputed by the oracles.

use std::collections::BTreeMap;

use super::signals::Signals;
use super::sinks::Sinks;
use super::{Failed, RunArgs, Target, Vectors, one};
use conformance::plan::{self, Claims, Entry, Fate};
use conformance::port::{Crosschecked, InProcess as _, LocalPort, Reference, Sample};
use oracle::ORACLES;
use vectors::Reasons;

/// The target's name in messages.
const NAME: &str = "reference";

/// The reference over the vectors.
pub(super) fn run(args: &RunArgs, vectors: &Vectors, signals: &Signals, sinks: &mut Sinks) -> Result<u8, Failed> {
    let reference = Reference::default();
    let mut crosschecked = Crosschecked::new(&reference, reference.limits.clone());
    let (selection, hello) = (args.selection(), crosschecked.hello());
    let claims = Claims { hello: &hello, policies: &[], flaky: &[] };
    let plan = plan::select(&vectors.given.files, &selection, &claims)
        .map_err(|error| Failed::Run { port: NAME.to_owned(), source: error.into() })?;
    if !args.all_opinions {
        let requests = plan.steps.iter().map(|step| (step.operation, step.input, step.work));
        crosschecked = crosschecked.sampling(Sample::draw(requests, selection.seed));
    }
    let notes = witnesses(&plan.entries).into_iter().collect();
    let target = Target {
        name: NAME.to_owned(),
        policies: &[],
        reasons: Reasons::Own,
        known_issues: &[],
        notes,
        port_arguments: String::new(),
    };
    // What the reference seals is opened on this thread.
    crosschecked.while_sharing(|| one(&LocalPort::new(&crosschecked), &target, args, vectors, signals, sinks))
}

/// Whose answers the asked cases hold, beside those of the reference and of what this run asks itself.
fn witnesses(entries: &[Entry<'_>]) -> Option<String> {
    let is_here = |name: &str| name == NAME || ORACLES.iter().any(|oracle| oracle.name == name);
    let asked = entries.iter().filter(|entry| matches!(entry.fate, Fate::Asked { .. }));
    let mut answers: BTreeMap<&str, usize> = BTreeMap::new();
    for name in asked.flat_map(|entry| &entry.case.confirmed_by).filter(|name| !is_here(name)) {
        *answers.entry(name).or_default() += 1;
    }
    let words = answers.iter().map(|(name, count)| format!("{count} of {name}")).collect::<Vec<_>>().join(", ");
    (!answers.is_empty()).then(|| format!("the vectors hold recorded answers of other implementations: {words}"))
}
