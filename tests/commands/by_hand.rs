//! `sealproof open`, `seal` and `inspect` as a person uses them.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Runs the command with the password or key in a variable.
fn sealproof(arguments: &[&str], secret: &str, input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealproof"));
    command.args(arguments).env("SECRET", secret);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn stdout(arguments: &[&str], secret: &str, input: &[u8]) -> Vec<u8> {
    let output = sealproof(arguments, secret, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn inspect(envelope: &[u8]) -> String {
    String::from_utf8(stdout(&["inspect"], "", envelope)).unwrap()
}

/// A tool that cannot read what it wrote helps nobody to find out who is wrong.
#[test]
fn each_format_opens_what_it_sealed_and_nothing_else() {
    let salted = &["--id", "a", "--key-salt", "AAAAAAAAAAAAAAAAAAAAAA"][..];
    let (counted, none) = (&["--iterations", "50"][..], &[][..]);
    for (format, secret, sealing, opening) in [
        ("autonomail", "pässword", counted, counted),
        ("autonomail-2014", "pässword", counted, none),
        ("notesnook", "pässword", none, none),
        ("notesnook-item", KEY, salted, none),
    ] {
        let sealed = stdout(&[&["seal", format, "--password-env", "SECRET"], sealing].concat(), secret, b"\0\xff");
        let open = [&["open", format, "--password-env", "SECRET"], opening].concat();
        assert_eq!(stdout(&open, secret, &sealed), b"\0\xff", "{format}");
        let other = secret.replace(['p', 'f'], "0");
        let refused = sealproof(&open, &other, &sealed);
        assert_eq!(refused.status.code(), Some(1), "{format}");
        assert_eq!(refused.stdout, b"", "{format}");
        let told = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(
            told, "sealproof: refused as authentication: wrong password or key, or the data was changed\n",
            "{format}"
        );
    }
}

/// An option that is silently ignored is believed to have worked.
#[test]
fn arguments_that_do_not_fit_are_usage_errors() {
    for (arguments, told) in [
        (&["open", "notesnook"][..], "--password-file <FILE>|--password-env <VARIABLE>"),
        (&["open", "sjcl", "--password-env", "SECRET"], "invalid value 'sjcl'"),
        (&["open", "autonomail", "--password-env", "SECRET"], "autonomail needs --iterations"),
        (
            &["open", "notesnook", "--password-env", "SECRET", "--iterations", "3"],
            "notesnook does not use --iterations",
        ),
        (&["open", "notesnook-item", "--password-env", "SECRET"], "the key must be 64 hex digits"),
        (&["open", "notesnook", "--password-env", "NO_SUCH_VARIABLE"], "NO_SUCH_VARIABLE is not set"),
        (&["open", "notesnook", "--password-file", "/no/such/file"], "/no/such/file"),
        (&["seal", "notesnook-item", "--password-env", "SECRET"], "notesnook-item needs --id"),
        (&["seal", "notesnook", "--password-env", "SECRET", "--id", "a"], "notesnook does not use --id"),
    ] {
        let output = sealproof(arguments, "password", b"{}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
}

/// A text editor ends every file with a newline; a password typed elsewhere has none.
#[test]
fn a_newline_at_the_end_of_a_password_file_is_not_part_of_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "password\r\n").unwrap();
    let sealed = stdout(&["seal", "notesnook", "--password-file", file.to_str().unwrap()], "", b"hello");
    assert_eq!(stdout(&["open", "notesnook", "--password-env", "SECRET"], "password", &sealed), b"hello");
}

/// What whoever stored an envelope could have done to it must meet the eye, and must not act on the terminal.
#[test]
fn what_is_odd_or_dangerous_is_told_without_the_secret() {
    let salt = "00".repeat(32);
    let data = "eyJpdiI6IkFBQUFBQUFBQUFBQUFBQUEiLCJ2IjoxLCJpdGVyIjoxMDAwLCJrcyI6MjU2LCJ0cyI6NjQsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0IjoiQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIn0=";
    insta::assert_snapshot!(inspect(format!(r#"{{"salt":"{salt}","iterations":500,"secureData":"{data}"}}"#).as_bytes()), @r#"
    format: autonomail-2014
    key: PBKDF2-HMAC-SHA512, second 256 bits (the document says the first)
    iterations: 500
    salt bytes: 32
    cipher: aes
    mode: gcm
    key bits: 256
    tag bits: 64
    IV bytes: 12
    plaintext bytes: 10
    note: the record is not authenticated: anyone who holds it can change the count
    danger: weak: the client never used fewer than 10000 iterations
    note: the header is not authenticated: anyone who holds the envelope can change every member except iv and ct
    note: iter 1000 is not used: nothing is derived from a raw key
    danger: a tag of 64 bits: anyone can cut a full tag to this length
    odd: an IV of 12 bytes; SJCL writes 16 by default
    danger: the strict reader rejects it: `secureData.ts` is 64, allowed is 128
    "#);
    insta::assert_snapshot!(inspect(br#"{"cipher":"AAAAAAAAAAAAAAAAAAAAAAA","iv":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","length":9,"alg":"xcha-argon2i13-1-7","id":"\u001b[31m\u202e","v":6.1}"#), @r#"
    format: notesnook-item
    key: passed in by the caller, 32 bytes
    outer id: \u{1b}[31m\u{202e}
    database version: 6.1
    nonce bytes: 24
    plaintext bytes: 1
    note: id, v and keyVersion are not authenticated: anyone who holds the item can change them
    note: no salt: the server drops it; opening under a key does not need it
    odd: alg xcha-argon2i13-1-7 is obsolete or unknown: clients ignore it, the strict reader rejects it
    odd: no format: written by a phone, or dropped by the server; the web client needs it
    danger: length says 9, but the plaintext has 1 bytes: a reader that trusts it truncates or overflows
    danger: the strict reader rejects it: `envelope.alg` is "xcha-argon2i13-1-7", allowed is "xcha-argon2i13-7"
    "#);
    insta::assert_snapshot!(inspect(b"$argon2id$v=19$m=64,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8\0"), @r#"
    format: notesnook-server-hash
    odd: zero bytes at the end (1), as libsodium's buffer leaves them: some readers reject the string
    danger: the strict reader rejects it: `stored_text`, byte 94: not of this base64 alphabet
    "#);
    let unknown = sealproof(&["inspect"], "", b"{}");
    assert_eq!(unknown.status.code(), Some(1));
}
