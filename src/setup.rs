//! `sealproof setup`: runs the ports' own set-up commands, each in its port's folder.

use std::process::{Command, ExitCode, Stdio};

use clap::Args;

use super::output::complain;
use conformance::port::{Manifest, ManifestError};

/// The arguments of `sealproof setup`.
#[derive(Args)]
pub(super) struct SetupArgs {
    /// The ports: their folders, or their names below ports/
    #[arg(required = true, value_name = "PORT")]
    ports: Vec<String>,
}

/// Runs `sealproof setup`; the first failure ends it.
pub(super) fn setup(args: &SetupArgs) -> ExitCode {
    for port in &args.ports {
        let manifest = match Manifest::find(port) {
            Ok(manifest) => manifest,
            Err(error) => {
                complain(&error);
                return ExitCode::from(match error {
                    ManifestError::Absent { .. } => 2,
                    ManifestError::Unreadable { .. } | ManifestError::Invalid { .. } => 5,
                });
            }
        };
        let Some((program, arguments)) = manifest.setup.split_first() else {
            eprintln!("{}: nothing to set up", manifest.name);
            continue;
        };
        eprintln!("{}: {}", manifest.name, manifest.setup.join(" "));
        let status = Command::new(program).args(arguments).current_dir(&manifest.folder).stdin(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => {
                eprintln!("sealproof: the setup of {} failed: {status}", manifest.name);
                return ExitCode::FAILURE;
            }
            Err(error) => {
                complain(&error);
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
