//! Every known mistake is noticed by two cases at least, each mistake a test of its own: `cargo test --test mistakes pbkdf2-with-sha256`.
//!
//! Files are asked until two cases notice it. How many do in all is the kill table's business (`cargo xtask kill-table`).

use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use conformance::port::POLICIES;
use diagnosis::kill::failed;
use diagnosis::mistakes;
use diagnosis::{Derivations, Mistake, Mutant};
use libtest_mimic::{Arguments, Failed, Trial};
use vectors::{VectorFile, load};

/// Cases that notice each mistake; one alone may be lost by an edit of its file.
const KILLS_MIN: usize = 2;

/// Equal derivations of all tests are made once.
static DERIVATIONS: LazyLock<Derivations> = LazyLock::new(Derivations::default);

fn main() -> ExitCode {
    let files = match load::embedded() {
        Ok(files) => Arc::new(files),
        Err(error) => {
            let unread = Trial::test("vectors/load", move || Err(error.into()));
            return libtest_mimic::run(&Arguments::from_args(), vec![unread]).exit_code();
        }
    };
    let mut trials = Vec::new();
    for chapter in mistakes::chapters() {
        for mistake in chapter.mistakes {
            let files = Arc::clone(&files);
            trials.push(Trial::test(format!("{}/{}", chapter.name, mistake.name), move || noticed(mistake, &files)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn noticed(mistake: &Mistake, files: &[VectorFile]) -> Result<(), Failed> {
    let binding = |file: &&VectorFile| file.policy == "core" || POLICIES.contains(&file.policy.as_str());
    let touched = files.iter().filter(binding).filter(|file| mistake.operations.contains(&file.operation.name));
    let port = Mutant::new(mistake.parts(), &DERIVATIONS);
    let mut count = 0;
    for file in touched {
        count += failed(&port, file).len();
        if count >= KILLS_MIN {
            return Ok(());
        }
    }
    Err(format!("{count} cases notice it, {KILLS_MIN} are the least").into())
}
