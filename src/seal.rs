//! `sealproof seal`: one envelope, by hand.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::envelope::{
    CommandError, SecretArgs, compute, envelope_member, find, finish, formats_with, read_input, with_option,
    with_secret,
};
use document::encoding::Base64;
use vectors::Fields;

/// The arguments of `sealproof seal`.
#[derive(Args)]
pub(super) struct SealArgs {
    /// The envelope's format
    #[arg(value_parser = formats_with("seal"))]
    format: String,
    #[command(flatten)]
    secret: SecretArgs,
    /// The iteration count, for a format that needs one
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// The item's id, for `notesnook-item`
    #[arg(long, value_name = "TEXT")]
    id: Option<String>,
    /// The salt of the key's derivation, for `notesnook-item`: 32 hex digits or 22 characters of base64url
    #[arg(long, value_name = "SALT")]
    key_salt: Option<String>,
    /// The file with the plaintext [default: standard input]
    file: Option<PathBuf>,
}

/// Runs `sealproof seal`: the envelope goes to standard output, without a newline; salt and nonce are drawn.
pub(super) fn seal(args: &SealArgs) -> ExitCode {
    finish(sealed(args))
}

fn sealed(args: &SealArgs) -> Result<Vec<u8>, CommandError> {
    let operation = find(&args.format, "seal").ok_or_else(|| CommandError::Usage("no such format".to_owned()))?;
    let key_salt = args.key_salt.as_deref().map(salt_of).transpose()?;
    let input = Fields::new();
    let input = with_option(input, operation, ("iterations", "--iterations"), args.iterations, Fields::with_integer)?;
    let input = with_option(input, operation, ("id_text", "--id"), args.id.clone(), Fields::with_text)?;
    let input = with_option(input, operation, ("key_salt", "--key-salt"), key_salt, Fields::with_bytes)?;
    let input = with_secret(input, operation, &args.secret)?;
    let output = compute(operation, &input.with_bytes("plaintext", read_input(args.file.as_deref())?))?;
    Ok(output.bytes(envelope_member(operation)?).to_vec())
}

fn salt_of(text: &str) -> Result<Vec<u8>, CommandError> {
    let decoded = match text.len() {
        32 => hex::decode(text).ok(),
        22 => Base64::UrlSafeUnpadded.decode(text).ok(),
        _ => None,
    };
    decoded
        .ok_or_else(|| CommandError::Usage("--key-salt is not 32 hex digits or 22 characters of base64url".to_owned()))
}
