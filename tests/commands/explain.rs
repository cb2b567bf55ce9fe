//! `sealproof explain`, and `inspect` with a secret, as porters meet them.

use std::io::Write as _;
use std::process::{Command, Stdio};

const PASSWORD: &str = "correct horse battery staple";
const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const PLAINTEXT: &str = "thirty-two bytes of plaintext...";

/// Exit code, standard output and standard error.
fn sealproof(args: &[&str], secret: &str, input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealproof"));
    command.args(args).env("SECRET", secret).env("COLUMNS", "1000");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that refuses its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn explain(case: &str, answer: &str) -> (i32, String, String) {
    sealproof(&["explain", case, "--diagnose-for", "60", "--answer", answer], "", "")
}

/// A PBKDF2 case: two iterations of a password of 12 bytes.
const CASE: &str = "pbkdf2-hmac-sha512/iterations/2";

/// Keys for that case, made with Python's hashlib and not with this suite:
/// `pbkdf2_hmac(hash, bytes.fromhex("6b4ed6befa95dac011812d79"), salt, 2, 32)` with `salt =
/// bytes.fromhex("dd83f13aa6666a0159c78a1aed78bc6c")`; the last with the salt's 32 hex digits in place of its bytes.
const RIGHT: &str = "300e6980c32a6aeff744c24aad7b9b6152be8544e756226ea0a35371dd376d68";
const WITH_SHA256: &str = "9bb3579f6278b1480902ef7de624ba20bf3bc5a31fdfdf53c466bdfc3eb7a2e8";
const SALT_AS_TEXT: &str = "96640dc109656af08b6691780a1e7b37a6eb53962a21ee3e32aef21676c18863";

/// A porter without the case's notes looks for the mistake in the wrong place.
#[test]
fn a_case_is_shown_with_its_steps_and_with_what_it_notices() {
    let (code, shown, _) = sealproof(&["explain", CASE, "--diagnose-for", "60"], "", "");
    assert_eq!(code, 0);
    for part in [
        "pbkdf2-hmac-sha512/iterations/2 iterations-2\n",
        "operation: pbkdf2-hmac-sha512.derive\n",
        "  password  6b4ed6befa95dac011812d79  (12 bytes)\n",
        "  iterations  2\n",
        RIGHT,
        "block_1_u_1",
        " known mistakes\n  ",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

/// Every form in which people have an answer at hand must come to the same verdict.
#[test]
fn an_answer_is_taken_in_every_form_and_judged() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer");
    std::fs::write(&file, format!("{{\"key\":\"{RIGHT}\"}}\r\n")).unwrap();
    for answer in [
        RIGHT.to_owned(),
        RIGHT.to_uppercase(),
        format!("\"{RIGHT}\""),
        format!("{{\"key\":\"{RIGHT}\"}}"),
        format!("{{\"output\":{{\"key\":\"{RIGHT}\"}}}}"),
        format!("{{\"id\":7,\"output\":{{\"key\":\"{RIGHT}\"}}}}"),
        format!("@{}", file.display()),
    ] {
        let (code, told, error) = explain(CASE, &answer);
        assert_eq!((code, error.as_str()), (0, ""), "{answer}: {told}");
        assert!(told.ends_with("pass: the answer is right\n"), "{told}");
    }
    let (code, told, _) = sealproof(&["explain", CASE, "--answer", "-"], "", &format!("{RIGHT}\n"));
    assert_eq!(code, 0, "{told}");
}

/// The mistake of another's code must be named out of its bytes alone.
#[test]
fn the_mistake_behind_wrong_bytes_is_named_with_its_fix() {
    let (code, told, _) = explain(CASE, WITH_SHA256);
    assert_eq!(code, 1, "{told}");
    for part in [
        "fail: wrong-output\n",
        "diagnosis: The function is HMAC-SHA256",
        "  proof: a port with only this mistake gives exactly this answer",
        "  fix: Name the hash explicitly",
        "  seen: https://github.com/bitwiseshiftleft/sjcl/issues/331\n",
        "  more: sealproof mistakes show pbkdf2-with-sha256\n",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let args = ["explain", CASE, "--language", "Go", "--answer", WITH_SHA256];
    let (_, told, _) = sealproof(&args, "", "");
    assert!(told.contains("  fix: `pbkdf2.Key(sha512.New"), "{told}");
    let (code, told, _) = explain(CASE, SALT_AS_TEXT);
    assert_eq!(code, 1);
    assert!(told.contains("diagnosis: ") && told.contains("hex"), "{told}");
}

/// A guess that is sold as a fact sends the porter to the wrong code.
#[test]
fn one_verdict_alone_is_never_a_diagnosis() {
    for (case, args) in [
        ("notesnook/open/1", &["--answer", r#"{"reject":{"reason":"authentication","detail_text":""}}"#][..]),
        (CASE, &["--mismatch", "died"]),
        (CASE, &["--answer", r#"{"failure":{"detail_text":"\u001b[2J"}}"#]),
    ] {
        let (code, told, error) = sealproof(&[&["explain", case], args].concat(), "", "");
        assert_eq!((code, error.as_str()), (1, ""), "{told}");
        assert!(told.contains("\nno diagnosis: ") && !told.contains("\ndiagnosis: "), "{told}");
        assert!(!told.contains('\u{1b}'), "{told}");
    }
    let (_, told, _) = explain("notesnook/open/1", r#"{"reject":{"reason":"authentication","detail_text":""}}"#);
    assert!(told.contains("cannot tell them apart") && told.contains("\n  and "), "{told}");
    // Bytes that no mistake gives.
    let (code, told, _) = sealproof(&["explain", CASE, "--answer", &"5a".repeat(32)], "", "");
    assert_eq!(code, 1);
    assert!(told.contains("first wrong: pbkdf2-hmac-sha512.derive is wrong from its first byte"), "{told}");
    assert!(told.contains("no diagnosis: none of "), "{told}");
}

/// What cannot be judged must not look judged.
#[test]
fn what_cannot_be_read_is_a_usage_error_that_says_where() {
    for (case, answer, told) in [
        ("pbkdf2-hmac-sha512/iterations/999999", RIGHT, "there is no case"),
        (CASE, "96640g", "position 5"),
        (CASE, "966", "odd number of digits"),
        (CASE, "{\"key\":\"00\"", "line 1 column 11"),
        (CASE, "{\"kex\":\"00\"}", "`kex`"),
        (
            CASE,
            "{\"output\":{\"key\":\"00\"},\"reject\":{\"reason\":\"malformed\",\"detail_text\":\"\"}}",
            "more than one",
        ),
        (CASE, "{\"reject\":{\"reason\":\"bad\",\"detail_text\":\"\"}}", "bad"),
        (CASE, "@/no/such/file", "/no/such/file"),
        ("notesnook-item/open/1", "00", "id_text, plaintext"),
    ] {
        let (code, out, error) = explain(case, answer);
        assert_eq!((code, out.as_str()), (2, ""), "{answer}: {error}");
        assert!(error.contains(told), "{answer}: {error}");
    }
    assert_eq!(sealproof(&["explain", CASE, "--answer", RIGHT, "--mismatch", "died"], "", "").0, 2);
}

/// The right key of standardnotes/snjs#176: Argon2id of `debugtest`, 5 passes, 64 MiB.
const POSTED: &str = "2396d6ac0bc70fe45db1d2bcf3daa522603e9c6fcc88dc933ce1a3a31bbc08eda5eb9fbc767eafd6e54fd9d3646b19520e038ba2ccc9cceddf2340b37b788b47";

/// The mistake that was reported there, the salt's hex text as salt, at 2 passes and 64 KiB: made with Python's argon2-cffi.
const POSTED_WRONG: &str = "337d44a0eefc3ca7c64ae163f1963109a079bc435839e101d2bbc30edf1349a1";

/// Values from a bug report are in no vector, and have causes all the same.
#[test]
fn values_that_no_case_holds_are_judged_and_explained() {
    let by_hand = |costs: &str, answer: &str, form: &str| {
        let input =
            format!(r#"{{"password_text":"debugtest","salt":"7129955DBBBFB376FDCAC49890EF17BC","lanes":1,{costs}}}"#);
        let args = [
            "explain",
            "--op",
            "argon2id.derive",
            "--input",
            &input,
            "--diagnose-for",
            "120",
            "--format",
            form,
            "--answer",
            answer,
        ];
        sealproof(&args, "", "")
    };
    let (code, told, error) = by_hand(r#""passes":5,"memory_kib":65536,"length":64"#, POSTED, "text");
    assert_eq!((code, error.as_str()), (0, ""), "{told}");
    assert_eq!(told, "argon2id.derive, with the values given\npass: the answer is right\n");
    let cheap = r#""passes":2,"memory_kib":64,"length":32"#;
    let (code, told, _) = by_hand(cheap, POSTED_WRONG, "text");
    assert_eq!(code, 1);
    assert!(told.contains("diagnosis: ") && told.contains("hex"), "{told}");
    let (code, told, _) = by_hand(cheap, POSTED_WRONG, "json");
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!((code, &json["verdict"], &json["case"]), (1, &"fail".into(), &().into()));
    assert!(json["diagnosis"][0]["sentence_text"].as_str().unwrap().contains("hex"), "{told}");
    let (code, told, _) =
        sealproof(&["explain", "--op", "sha512.digest", "--input", r#"{"message_base64":""}"#], "", "");
    assert_eq!(code, 0);
    assert!(told.contains("expected:\n  digest  cf83e1357eefb8bd"), "{told}");
}

/// A seal of one's own randomness has no right bytes; it has to open.
#[test]
fn a_seal_given_by_hand_is_opened() {
    let input = format!(r#"{{"password_text":"{PASSWORD}","plaintext":"{}"}}"#, hex::encode(PLAINTEXT));
    let judge = |envelope: &str| {
        sealproof(
            &["explain", "--op", "notesnook.seal", "--input", &input, "--diagnose-for", "1", "--answer", envelope],
            "",
            "",
        )
    };
    let (_, sealed, _) = sealproof(&["seal", "notesnook", "--password-env", "SECRET"], PASSWORD, PLAINTEXT);
    assert_eq!(judge(&sealed).0, 0);
    let (code, told, _) = judge(SEALED_WRONGLY[1].4);
    assert_eq!(code, 1);
    assert!(told.contains("fail: does-not-open\n"), "{told}");
}

/// What does not fit is named with its place, in little time, and never half judged.
#[test]
fn an_input_that_does_not_fit_is_named_with_its_place() {
    let deep = format!("{{\"message\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let folder = tempfile::tempdir().unwrap();
    let (file, huge) = (folder.path().join("deep"), folder.path().join("huge"));
    std::fs::write(&file, deep).unwrap();
    std::fs::File::create(&huge).unwrap().set_len(1 << 30).unwrap();
    let (file, huge) = (format!("@{}", file.display()), format!("@{}", huge.display()));
    for (operation, input, told) in [
        ("sha512.digset", "{}", "similar names: sha512.digest"),
        ("sha512.digest", "{\"message\":", "line 1 column 11"),
        ("sha512.digest", "{}", "member `message`: is missing"),
        (
            "sha512.digest",
            "{\"message\":\n  7}",
            "expected a string of lower-case hex, found a number (line 2 column 3)",
        ),
        ("sha512.digest", "{\"message\":\"0g\"}", "found 'g' at character 1 (line 1 column 12)"),
        ("sha512.digest", "{\"message\":\"\",\"message\":\"\"}", "stands twice"),
        ("sha512.digest", "{\"massage\":\"\"}", "sha512.digest takes message"),
        ("sha512.digest", &file, "recursion limit exceeded"),
        ("sha512.digest", &huge, "is larger than 16777216 bytes"),
        ("random.draw", "{\"length\":1,\"count\":1}", "no one right answer"),
    ] {
        let started = std::time::Instant::now();
        let (code, out, error) = sealproof(&["explain", "--op", operation, "--input", input, "--answer", "00"], "", "");
        assert_eq!((code, out.as_str()), (2, ""), "{input:.40}: {error}");
        assert!(error.contains(told), "{input:.40}: {error}");
        assert!(started.elapsed().as_secs() < 30, "{input:.40}");
    }
    let (code, _, error) =
        sealproof(&["explain", "--op", "sha512.digest", "--input", "{\"message\":\"\"}", "--answer", &huge], "", "");
    assert_eq!(code, 2, "{error}");
    assert_eq!(sealproof(&["explain", CASE, "--op", "sha512.digest", "--input", "{}"], "", "").0, 2);
}

/// Envelopes that real code sealed wrongly: the ports in `ports/`, each with one line of it changed, were sent
/// `{"id":1,"op":"….seal","input":{…}}` with this password or key, 10,000 iterations where a count is asked for, and the
/// plaintext; salt and nonce are what they drew.
const SEALED_WRONGLY: &[(&str, &str, &[&str], &str, &str)] = &[
    (
        "Go's AES-GCM with the first 12 bytes of the IV",
        PASSWORD,
        &["--iterations", "10000"],
        "gcm-iv-cut-to-12",
        r#"{"salt":"78752fd69f0b478cddfe0205a84123067816e350b3b6366ad1f2522ec9b2ce70","secureData":"eyJpdiI6IkdxeTBQMTZIVW81TnB5RWJNMkxSNVE9PSIsInYiOjEsIml0ZXIiOjEwMDAsImtzIjoyNTYsInRzIjoxMjgsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0IjoiaFhSNnZYT0FBQmFtRlpFNFBBUTVZYWNOY0JRSjg5NmwyUXNGTWN0WGk5ZU93Y1FIOTcwWXRseVhoRnpDMUo5NyJ9"}"#,
    ),
    (
        "Go's Argon2 with MiB for KiB",
        PASSWORD,
        &[],
        "notesnook-memory-in-bytes",
        r#"{"format":"base64","alg":"xcha-argon2i13-7","cipher":"XEz_KKFtlqRf5QfcBicZPCuXltcLT5UoZPXd6qR8BhaMDFKeSH5kylZZDAfmLPQm","iv":"G0pDtRvwgmu3hYZ2ya2-dbggmwrm_43E","salt":"AAbAFTyKgQB8kPBU2Z1snw","length":32}"#,
    ),
    (
        "Go's `base64.RawStdEncoding` in place of `RawURLEncoding`",
        PASSWORD,
        &[],
        "base64-written-in-the-other-alphabet",
        r#"{"format":"base64","alg":"xcha-argon2i13-7","cipher":"fWgudmsaXa7yXQmRx9TnZynuv2Edde3yXkPJb/PD3mNcLLqwrgcNoH3wkvAlwpCH","iv":"xMskROJLYxyjHSZsFLct0HDrwh/i/fZx","salt":"fSGc2SDC0mGnWLk03vTZpQ","length":32}"#,
    ),
    (
        "the same, under a key",
        KEY,
        &[],
        "base64-written-in-the-other-alphabet",
        r#"{"format":"base64","alg":"xcha-argon2i13-7","cipher":"HPAMwRuVyr/yu46z8Fn9M72W7AjYKC6TcRElhCQzoNUoas9s19XWjEQGQEL3gweM","iv":"2fZr502HJ1vV0qPmQdLhQbUeJ+5Sme6I","salt":"ABEiM0RVZneImaq7zN3u/w","length":32,"v":6.1,"id":"note-1"}"#,
    ),
    (
        "Go, the second half of the derived key where the document says the first",
        PASSWORD,
        &["--iterations", "10000"],
        "autonomail-other-half",
        r#"{"salt":"766eeabe976131cb687f5c265ee1a9d94930508faf1909707887ab171f487428","secureData":"eyJpdiI6IjFRQ0U0eGVobFJMcXFUbXZneHE1ckE9PSIsInYiOjEsIml0ZXIiOjEwMDAsImtzIjoyNTYsInRzIjoxMjgsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0Ijoid0RIS3BXbWFCbFRUMEJqVklKUEpQM290NXVsc1J1T0NnQm95d0dkTEFPdlZPSUNlRGF2VmxIQmxYWmN3djA5VCJ9"}"#,
    ),
    (
        "SJCL's base64 of iv and ct in the URL-safe alphabet",
        PASSWORD,
        &[],
        "base64-either-alphabet",
        r#"{"salt":"52c17b6f9fe0b50eb6ccc32d956181af513fcb03fa8a008b8d27f0365ddf6003","iterations":10000,"secureData":"eyJpdiI6IjhiSGJ3VklGNWVkMmpuSldBd1BTeVE9PSIsInYiOjEsIml0ZXIiOjEwMDAsImtzIjoyNTYsInRzIjoxMjgsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0Ijoib293YkJTYjJGS3A1UlRYbkk2ajFDbVJBcC1VZnZCNGl4UmhJM1dGWEk4ZjM3TVNkXzRFeTZxOENVN0U1WDJaQiJ9"}"#,
    ),
    (
        "SJCL, the IV cut to 12 bytes",
        PASSWORD,
        &[],
        "gcm-iv-cut-to-12",
        r#"{"salt":"1b7d74063688639667e5afc936e2561e1bb7861540320992d4aa71de1e6e8fa4","iterations":10000,"secureData":"eyJpdiI6ImIyTENvK3hIU3NzQUNjODBCQ25UOWc9PSIsInYiOjEsIml0ZXIiOjEwMDAsImtzIjoyNTYsInRzIjoxMjgsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0IjoiSjFWN3ZTMTMyVEU2ektQU0pXYURkcGF2NWtJNDJna1JFOHpZdFVLazNpUW9TdEt5cXk3QjdHTVJaMXVxcTBEMSJ9"}"#,
    ),
    (
        "Notesnook's libsodium with KiB handed over where it counts in bytes",
        PASSWORD,
        &[],
        "notesnook-memory-in-bytes",
        r#"{"format":"base64","alg":"xcha-argon2i13-7","cipher":"3b__UWUCDLmg5KhwS8hGEfesP4qfbf93phQ5tisPliugF3DQy_J14Gi9sWLpraYY","iv":"5KiDQSWJ1w8itERxzHu4VqueHn8OIpaO","salt":"DSi_FMuVg9NqmS6I6Zw7iQ","length":32}"#,
    ),
    (
        "SJCL, the password in NFKC",
        "\u{fb01}sh \u{212b}",
        &[],
        "text-password-nfkc",
        r#"{"salt":"0c8bdfca33aa7e26e5e8c33136bc3059810b373a7dc867fc67e14cf8b7e1cdf3","iterations":10000,"secureData":"eyJpdiI6ImtuOUdkUCs2bllTZE9hWjhsYkRzQVE9PSIsInYiOjEsIml0ZXIiOjEwMDAsImtzIjoyNTYsInRzIjoxMjgsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0IjoiMUxzK3hud2lRb0x4czVldVZJRUpVSUJIK3V0RHdLa01TU0xiVlExNVJZK1JEelRPM3NMbDJRSElVTmtLSmJOLyJ9"}"#,
    ),
];

/// The only thing that a user has of a broken port may be one envelope that nobody else opens.
#[test]
fn who_sealed_a_lone_envelope_wrongly_is_told() {
    for (what, secret, options, wanted, envelope) in SEALED_WRONGLY {
        let args = [&["inspect", "--password-env", "SECRET", "--diagnose-for", "120"], *options].concat();
        let (code, told, error) = sealproof(&args, secret, envelope);
        assert_eq!((code, error.as_str()), (1, ""), "{what}: {told}");
        let (_, found) = told
            .split_once("\nopens (32 bytes of plaintext) with this mistake: ")
            .unwrap_or_else(|| panic!("{what}: {told}"));
        assert!(found.contains(wanted), "{what}: {found}");
        assert!(found.contains("\n  proof: the tag verifies"), "{what}: {found}");
        assert!(!told.contains(secret) && !told.contains(PLAINTEXT), "{what}: {told}");
    }
}

/// A mistake that opens everything would explain every wrong password.
#[test]
fn nothing_explains_another_password_or_a_changed_byte() {
    let (_, sealed, _) =
        sealproof(&["seal", "autonomail-2014", "--password-env", "SECRET", "--iterations", "1"], PASSWORD, PLAINTEXT);
    let inspect = |secret: &str, envelope: &str| {
        sealproof(&["inspect", "--password-env", "SECRET", "--diagnose-for", "120"], secret, envelope)
    };
    let (code, told, _) = inspect(PASSWORD, &sealed);
    assert_eq!(code, 0);
    assert!(told.ends_with("\nopens: 32 bytes of plaintext\n"), "{told}");
    let (head, salt) = sealed.split_at("{\"salt\":\"".len());
    let other = if salt.starts_with('0') { "1" } else { "0" };
    let changed = format!("{head}{other}{}", &salt[1..]);
    for (secret, envelope) in [("another password", &sealed), (PASSWORD, &changed)] {
        let (code, told, _) = inspect(secret, envelope);
        assert_eq!(code, 1);
        assert!(told.contains("\nnone of ") && !told.contains("\nopens"), "{told}");
    }
}

/// Options that are silently ignored are believed to have worked.
#[test]
fn options_of_inspect_that_do_not_fit_are_usage_errors() {
    let record = SEALED_WRONGLY[0].4;
    for (args, told) in [
        (&["inspect", "--password-env", "SECRET", "--diagnose-for", "0"][..], "autonomail needs --iterations"),
        (&["inspect", "--iterations", "10000"], "--password-file"),
    ] {
        let (code, _, error) = sealproof(args, PASSWORD, record);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(told), "{error}");
    }
    let stored = "$argon2id$v=19$m=64,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8";
    let (code, _, error) = sealproof(&["inspect", "--password-env", "SECRET"], PASSWORD, stored);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("there is nothing to open"), "{error}");
}
