//! `sealproof open`, `seal` and `inspect` as a person uses them.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Runs the command with the password or key in a variable.
fn sealproof(arguments: &[&str], secret: &str, input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealproof"));
    command.args(arguments).env("SECRET", secret).env("COLUMNS", "1000");
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
        (&["open", "notesnook"][..], "give --password-file FILE, --password-env VARIABLE or --password-prompt"),
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
    danger: length says 9, but the plaintext has 1 byte: 8 bytes missing. Is the file complete?
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

/// Exit code, standard output and standard error of an inspection.
fn inspected(arguments: &[&str], secret: &str, input: &[u8]) -> (i32, String, String) {
    let output = sealproof(&[&["inspect"], arguments].concat(), secret, input);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn record(iterations: &str) -> Vec<u8> {
    stdout(&["seal", "autonomail", "--password-env", "SECRET", "--iterations", iterations], "pw", b"caf\xe9 noir")
}

/// What a person pastes is rarely an envelope as it was written.
#[test]
fn a_wrapped_envelope_is_inspected_and_opened_and_the_wrapping_is_told() {
    let record = String::from_utf8(record("1000")).unwrap();
    let wrapped = serde_json::json!([{ "payload": record }]).to_string();
    let (code, told, _) = inspected(&["--password-env", "SECRET", "--iterations", "1000"], "pw", wrapped.as_bytes());
    assert_eq!(code, 1, "it does not open as it stands: {told}");
    for part in [
        "odd: it is item 1 of an array of 1",
        "odd: it stands in member `payload` of a JSON object",
        "\nformat: autonomail\n",
        "\nopens: 9 bytes of plaintext, once what is said above is undone\n",
        "odd: the plaintext is not UTF-8: byte 3 (0xe9) stands before ASCII",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let (code, told, _) = inspected(&[], "", &record.as_bytes()[..150]);
    assert_eq!(code, 0);
    assert!(
        told.contains(
            "danger: this is no JSON: the JSON is cut off: it ends at byte 150, inside a string, in member `secureData`"
        ),
        "{told}"
    );
}

/// A count that nobody remembers is no reason to lose a record.
#[test]
fn an_unknown_count_is_found() {
    let record = record("1234");
    let (code, told, _) = inspected(&["--password-env", "SECRET", "--diagnose-for", "60"], "pw", &record);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("\nopens with 1,234 iterations: 9 bytes of plaintext\n"), "{told}");
    let (code, told, _) = inspected(&["--password-env", "SECRET", "--diagnose-for", "1"], "other", &record);
    assert_eq!(code, 1);
    assert!(told.contains("does not open: no iteration count up to ") && told.contains("--diagnose-for"), "{told}");
}

/// Each of these was called by the nearest format's name, or by none.
#[test]
fn what_others_sealed_is_named_with_what_opens_it() {
    let foreign = "$argon2id$v=19$m=65536,t=3,p=4$vluIvVk2VcsJtV7yBuiWqA$60qyjrgUS1Yqu+ij+K98KfNKCpI8Airz49YlhkJFcFA";
    let (code, told, _) = inspected(&[], "", foreign.as_bytes());
    assert_eq!(code, 0);
    for part in
        ["this is: Argon2 PHC string\n", "what opens it: nothing opens a hash", "memory KiB: 65536\n", "lanes: 4\n"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("notesnook"), "{told}");
    let (code, told, error) = inspected(&["--password-env", "SECRET"], "pw", b"Salted__12345678abcdefghijklmnop");
    assert_eq!(code, 2, "{told}");
    assert!(
        told.starts_with("this is: OpenSSL enc or CryptoJS\n") && error.contains("openssl enc -d"),
        "{told}{error}"
    );
    let (code, _, error) = inspected(&[], "", b"");
    assert_eq!(code, 1);
    assert!(error.contains("there are no bytes"), "{error}");
}

/// Programs read the same that people do.
#[test]
fn json_is_one_object_on_a_line() {
    let record = record("50");
    let json = |arguments: &[&str], input: &[u8]| {
        let output = sealproof(&[arguments, &["--format", "json"]].concat(), "pw", input);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        (output.status.code().unwrap(), serde_json::from_str::<serde_json::Value>(&text).unwrap())
    };
    let secret = ["--password-env", "SECRET", "--iterations", "50"];
    let (code, opened) = json(&[&["inspect"], &secret[..]].concat(), &record);
    assert_eq!((code, &opened["format"], &opened["opening"]["plaintext_bytes"]), (0, &"autonomail".into(), &9.into()));
    let (code, unknown) = json(&["inspect"], b"hello");
    assert_eq!((code, &unknown["format"], &unknown["kind"]), (1, &().into(), &().into()));
    let open = [&["open", "autonomail"], &secret[..]].concat();
    let (code, opened) = json(&open, &record);
    assert_eq!((code, &opened["plaintext"], &opened["plaintext_text"]), (0, &"636166e9206e6f6972".into(), &().into()));
    let (code, refused) =
        json(&open, &String::from_utf8(record).unwrap().replace("salt\":\"", "salt\":\"0").into_bytes());
    assert_eq!((code, &refused["opens"]), (1, &false.into()));
}

/// A terminal of 80 columns breaks longer lines anywhere.
#[test]
fn lines_fit_80_columns_with_a_hanging_indent() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealproof"));
    command.args(["mistakes", "show", "pbkdf2-with-sha256"]).env_remove("COLUMNS").stdin(Stdio::null());
    let told = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let long: Vec<_> = told.lines().filter(|line| line.chars().count() > 80 && line.trim().contains(' ')).collect();
    assert!(long.is_empty(), "{long:?}");
    assert!(told.contains("\n    "), "{told}");
}

/// A port's own words say why it does not start; ids of the wrong type must not cost its whole start limit.
#[test]
fn doctor_says_why_a_port_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = |script: &str| {
        let manifest = format!("name = \"port\"\ncommand = [\"sh\", \"-c\", {script:?}]\n");
        std::fs::write(folder.path().join("port.toml"), manifest).unwrap();
        let output = sealproof(&["doctor", folder.path().to_str().unwrap()], "", b"");
        assert_eq!(output.status.code(), Some(4));
        String::from_utf8(output.stdout).unwrap()
    };
    let told = doctor("echo no such library: libfoo >&2; exit 3");
    assert!(
        told.contains("UNSOUND it does not start: ") && told.contains("\n        no such library: libfoo\n"),
        "{told}"
    );
    let told = doctor("read line; echo '{\"id\":\"0\",\"output\":{}}'; sleep 60");
    assert!(told.contains("`id` is \"0\" (a string)"), "{told}");
}

/// No terminal, no question: a script must not hang.
#[test]
fn a_password_can_be_asked_for_only_at_a_terminal() {
    let mut command = Command::new("setsid");
    command.args(["--wait", env!("CARGO_BIN_EXE_sealproof"), "open", "notesnook", "--password-prompt"]);
    let Ok(output) = command.stdin(Stdio::null()).output() else { return };
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no terminal"), "{output:?}");
}
