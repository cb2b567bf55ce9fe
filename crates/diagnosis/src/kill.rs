//! Which vectors notice which mistake.
//!
//! In: mistakes and vector files. Out: for each mistake the cases that a port with it fails.

use std::ops::ControlFlow;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::parallel::on_threads;
use super::{Derivations, Mistake, Mutant};
use conformance::verdict::{Known, Subject, Tally};
use vectors::{Expect, Fields, Operation, VectorFile};

/// How often a port is asked for a seal with its own randomness.
const DRAWS: u32 = 4;

/// A mistake and the cases that notice it.
#[derive(Clone, Debug)]
pub struct Kills {
    /// The mistake.
    pub mistake: &'static Mistake,
    /// The cases: position of the file and id, in their order.
    pub by: Vec<(usize, u32)>,
}

impl Kills {
    /// The positions of the files that notice it, ascending.
    #[must_use]
    pub fn files(&self) -> Vec<usize> {
        let mut files: Vec<_> = self.by.iter().map(|(file, _)| *file).collect();
        files.dedup();
        files
    }
}

/// Asks a port with each mistake every case of the operations that the mistake touches, on so many threads.
///
/// # Panics
///
/// When a mistake does.
#[must_use]
pub fn kills(
    mistakes: &[&'static Mistake],
    files: &[VectorFile],
    derivations: &Derivations,
    threads: usize,
) -> Vec<Kills> {
    let found = Mutex::new(Vec::new());
    on_threads(threads, |at| {
        let Some(mistake) = mistakes.get(at) else { return ControlFlow::Break(()) };
        let kills = Kills { mistake, by: killers(mistake, files, derivations) };
        found.lock().unwrap_or_else(PoisonError::into_inner).push(kills);
        ControlFlow::Continue(())
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let place = |kills: &Kills| mistakes.iter().position(|mistake| mistake.name == kills.mistake.name);
    found.sort_by_key(place);
    found
}

/// The cases that a port with this mistake fails.
fn killers(mistake: &'static Mistake, files: &[VectorFile], derivations: &Derivations) -> Vec<(usize, u32)> {
    let port = Mutant::new(mistake.parts(), derivations);
    let touched = files.iter().enumerate().filter(|(_, file)| mistake.operations.contains(&file.operation.name));
    touched.flat_map(|(at, file)| failed(&port, file).into_iter().map(move |id| (at, id))).collect()
}

/// The ids of a file's cases that a port fails.
#[must_use]
pub fn failed(port: &Mutant<'_>, file: &VectorFile) -> Vec<u32> {
    let subjects = file.cases.iter().map(|case| Subject {
        operation: file.operation,
        input: &case.input,
        expect: &case.expect,
        draws: draws(&case.expect),
        known: Known::No,
    });
    let opener = |operation: &'static Operation, input: &Fields| port.derivations().opened(operation, input);
    let mut tally = Tally::opening(subjects.collect(), &opener);
    let mut failed = Vec::new();
    for (at, case) in file.cases.iter().enumerate() {
        for _ in 0..draws(&case.expect) {
            let judged = tally.observe(at, port.observed(file.operation, &case.input), Duration::ZERO);
            failed.extend(judged.filter(|judged| judged.verdict.mismatch().is_some()).map(|_| case.id));
        }
    }
    failed
}

fn draws(expect: &Expect) -> u32 {
    match expect {
        Expect::Opens(_) => DRAWS,
        Expect::Output(_) | Expect::Reject(_) => 1,
    }
}
