//! `sealproof mistakes` as porters meet it.

use std::process::Command;

use diagnosis::mistakes;

/// Exit code, standard output and standard error.
fn sealproof(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sealproof")).args(args).env("COLUMNS", "1000").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The names in a list.
fn names(list: &str) -> Vec<&str> {
    list.lines().filter_map(|line| line.strip_prefix("  ")?.split_once('\t')).map(|(name, _)| name).collect()
}

/// A mistake that is not listed is found by nobody.
#[test]
fn the_list_has_every_mistake_once_and_always_in_the_same_order() {
    let (code, list, _) = sealproof(&["mistakes", "list"]);
    assert_eq!(code, 0);
    assert_eq!(names(&list), mistakes::all().map(|mistake| mistake.name).collect::<Vec<_>>());
    assert_eq!(sealproof(&["mistakes", "list"]).1, list);
    assert!(list.starts_with("sha512: SHA-512\n  sha512-is-sha256\tSHA-256 is used instead of SHA-512\n"), "{list}");
}

/// A filter that lets others through, or nothing, sends a porter through the whole catalogue.
#[test]
fn the_list_can_be_narrowed() {
    let listed = |args: &[&str]| {
        let (code, list, _) = sealproof(&[&["mistakes", "list"], args].concat());
        assert_eq!(code, 0, "{args:?}");
        names(&list).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let touched = listed(&["--operation", "hchacha20.subkey"]);
    assert!(
        touched.contains(&"hchacha20-feed-forward".to_owned()) && !touched.contains(&"sha512-is-sha256".to_owned())
    );
    assert!(listed(&["--chapter", "drawing"]).iter().all(|name| name.starts_with("drawing-")));
    assert!(listed(&["--chapter", "pbkdf2", "sha256"]).contains(&"pbkdf2-with-sha256".to_owned()));
    assert_eq!(listed(&["pbkdf2-with-sha?"]), ["pbkdf2-with-sha1"]);
}

/// Scripts go by the exit code, people by the names that they meant.
#[test]
fn what_is_not_there_exits_with_2_and_leads_to_what_is() {
    for (args, offered) in [
        (&["mistakes", "show", "pbkdf2-with-sha265"][..], "pbkdf2-with-sha256"),
        (&["mistakes", "list", "--operation", "sha512.hash"], "sha512.digest"),
        (&["mistakes", "list", "--chapter", "json"], "json-reading"),
        (&["mistakes", "list", "no-such-mistake"], "mistakes list"),
        (&["mistakes", "list", "[a"], "is not a valid pattern"),
        (&["mistakes", "show", "\u{1b}[2Jx"], "\\u{1b}[2Jx"),
    ] {
        let (code, out, error) = sealproof(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(error.contains(offered), "{args:?}: {error}");
    }
}

/// The page of a mistake is what a failing porter acts on: each part must be there, and the numbers must agree.
#[test]
fn a_mistake_is_shown_with_its_fix_and_with_what_catches_it() {
    let (code, shown, error) = sealproof(&["mistakes", "show", "pbkdf2-with-sha256"]);
    assert_eq!((code, error.as_str()), (0, ""));
    for part in [
        "The function is HMAC-SHA256",
        "chapter: pbkdf2 (",
        "operations: pbkdf2-hmac-sha512.derive\n",
        "\nfix:\n  Name the hash explicitly",
        "\nGo:\n  `pbkdf2.Key(sha512.New, password, salt, n, 64)`",
        "\nJavaScript, sjcl:\n",
        "\nseen:\n  https://github.com/bitwiseshiftleft/sjcl/issues/331\n",
        "\nask your port:\n  sealproof run --port DIR --select ",
        "\n  cargo xtask kill-table --mistake pbkdf2-with-sha256\n",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let (total, after) = shown.split_once("caught by ").unwrap().1.split_once(" cases in ").unwrap();
    let listed: usize = after
        .lines()
        .skip(1)
        .map_while(|line| line.strip_prefix("  ")?.split_once('\t'))
        .map(|(_, cases)| cases.parse::<usize>().unwrap())
        .sum();
    assert!(listed > 2);
    assert_eq!(total, listed.to_string());
}

/// Programs get the same names, and the same counts.
#[test]
fn json_holds_what_the_text_does() {
    let json = |args: &[&str]| {
        let (code, told, _) = sealproof(&[&["mistakes"], args, &["--format", "json"]].concat());
        assert_eq!((code, told.lines().count()), (0, 1), "{told}");
        serde_json::from_str::<serde_json::Value>(&told).unwrap()
    };
    let listed = json(&["list", "--chapter", "pbkdf2"]);
    let names: Vec<_> =
        listed["mistakes"].as_array().unwrap().iter().map(|mistake| mistake["name"].as_str().unwrap()).collect();
    let (_, text, _) = sealproof(&["mistakes", "list", "--chapter", "pbkdf2"]);
    assert_eq!(names, self::names(&text));
    let shown = json(&["show", "pbkdf2-with-sha256"]);
    let caught: u64 = shown["caught_by"].as_object().unwrap().values().map(|cases| cases.as_u64().unwrap()).sum();
    let (_, text, _) = sealproof(&["mistakes", "show", "pbkdf2-with-sha256"]);
    assert!(text.contains(&format!("caught by {caught} cases in ")), "{caught}: {text}");
}
