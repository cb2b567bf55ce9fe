//! `sealproof serve`: the reference as a port.

use std::io;
use std::process::ExitCode;

use clap::Args;

use super::output::complain;
use conformance::port::fakes::{self, Fake};
use conformance::port::{Reference, serve};

/// The arguments of `sealproof serve`.
#[derive(Args)]
pub(super) struct ServeArgs {
    /// Misbehave in this way, to test the suite
    #[arg(long, value_name = "NAME", hide = true, value_parser = fake)]
    fake: Option<Fake>,
}

/// Runs `sealproof serve` until its standard input ends.
pub(super) fn serve(args: &ServeArgs) -> ExitCode {
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let served = match args.fake {
        Some(fake) => fakes::serve(fake, input, output, io::stderr()),
        None => serve::serve(&Reference::default(), input, output),
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn fake(name: &str) -> Result<Fake, String> {
    Fake::of_name(name).ok_or_else(|| format!("expected one of {}", Fake::ALL.map(Fake::name).join(", ")))
}
