//! The `sealproof` command: everything it does is in [`sealproof::cli`].

fn main() -> std::process::ExitCode {
    sealproof::cli::main()
}
