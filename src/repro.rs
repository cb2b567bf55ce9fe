//! `sealproof repro`: asks one question of a campaign again.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use clap::Args;

use super::output::{complain, print};
use conformance::plan::Step;
use conformance::port::{LocalPort, Manifest, ManifestError, Observed, Port, ProcessPort, Reference, StartError};
use conformance::runner::{Budget, Manner, Runner};
use conformance::shown::{printable, shorten};
use fuzzing::capsule::{Capsule, Replay};
use vectors::source::read_bounded;

/// Bytes of a capsule.
const CAPSULE_BYTES_MAX: u64 = 4 << 20;

/// Characters of an answer that are shown.
const SHOWN_CHARS: usize = 600;

/// The arguments of `sealproof repro`.
#[derive(Args)]
#[command(
    after_help = "Exit codes: 0 the answers no longer differ, 1 they still do, 2 usage, 4 the port did not start, 5 \
                        the capsule or a manifest is invalid."
)]
pub(super) struct ReproArgs {
    /// A capsule: a reproducer that `sealproof fuzz --save` wrote
    #[arg(value_name = "CAPSULE")]
    capsule: PathBuf,
    /// The port to ask: its folder, or its name below ports/ [default: the reference, compared with its recorded answer]
    #[arg(long, value_name = "DIR|NAME")]
    port: Option<String>,
}

/// Runs `sealproof repro`.
pub(super) fn repro(args: &ReproArgs) -> ExitCode {
    let read = read_bounded(&args.capsule, CAPSULE_BYTES_MAX).map_err(|error| error.to_string()).and_then(|bytes| {
        let capsule = Capsule::read(&bytes).map_err(|error| error.to_string())?;
        let replay = capsule.replay().map_err(|error| error.to_string())?;
        Ok((capsule, replay))
    });
    let (capsule, replay) = match read {
        Ok(read) => read,
        Err(problem) => {
            eprintln!("sealproof: {}: {}", args.capsule.display(), printable(&problem));
            return ExitCode::from(5);
        }
    };
    let Some(port) = &args.port else { return against_then(&capsule, &replay) };
    let manifest = match Manifest::find(port) {
        Ok(manifest) => manifest,
        Err(error) => {
            complain(&error);
            return ExitCode::from(if matches!(error, ManifestError::Absent { .. }) { 4 } else { 5 });
        }
    };
    match ask(&ProcessPort::new(manifest), &replay) {
        Ok(observed) => tell(&capsule, &replay, &observed),
        Err(error) => {
            complain(&error);
            super::run::explain_start(&error);
            ExitCode::from(4)
        }
    }
}

/// The port's answer to the one question.
fn ask(port: &dyn Port, replay: &Replay) -> Result<Observed, StartError> {
    let interrupt = AtomicBool::new(false);
    let budget = Budget { jobs: 1, floor: Duration::from_secs(2), ..Budget::default() };
    let (mut runner, _) = Runner::start(port, budget, &interrupt)?;
    let (operation, input) = (replay.question.operation, &replay.question.input);
    let mut observed = Observed::NotRun { why: "there was no answer".to_owned() };
    runner.ask(&[Step { entry: 0, operation, input, work: replay.work }], Manner::OneByOne, &mut |seen| {
        observed = seen.observed;
        std::ops::ControlFlow::Continue(())
    });
    let _ = runner.finish();
    Ok(observed)
}

fn tell(capsule: &Capsule, replay: &Replay, observed: &Observed) -> ExitCode {
    let difference = replay.difference(observed);
    let (verdict, code) = match difference {
        Some(found) if found == capsule.difference => (format!("still differs: {}", found.in_words()), 1),
        Some(found) => (format!("differs in another way than recorded: {}", found.in_words()), 1),
        None if matches!(observed, Observed::NotRun { .. }) => ("the port could not be asked".to_owned(), 1),
        None => ("no longer differs".to_owned(), 0),
    };
    let shown = |observed: &Observed| printable(&shorten(&observed.to_json().to_string(), SHOWN_CHARS));
    let reference = Observed::Answer(replay.reference.clone());
    let mut text =
        format!("{}\nreference {}\nport      {}\n", printable(&capsule.class), shown(&reference), shown(observed));
    if !replay.reference_stands(capsule) {
        text += "the reference's answer has changed since the capsule was written\n";
    }
    print(&format!("{text}{verdict}\n"));
    ExitCode::from(code)
}

/// The reference beside its own answer of then.
fn against_then(capsule: &Capsule, replay: &Replay) -> ExitCode {
    let reference = Reference::default();
    let observed = match ask(&LocalPort::new(&reference), replay) {
        Ok(observed) => observed,
        Err(error) => {
            complain(&error);
            return ExitCode::from(4);
        }
    };
    if replay.difference(&observed).is_some() {
        return tell(capsule, replay, &observed);
    }
    let stands = replay.reference_stands(capsule);
    let words = if stands { "the reference's answer is unchanged" } else { "the reference's answer has changed" };
    print(&format!("{}\n{words}\n", printable(&capsule.class)));
    ExitCode::from(u8::from(!stands))
}
