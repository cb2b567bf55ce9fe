//! `sealproof calibrate` as people and a CI see it. How exact its numbers are is tested on machines whose truth is known, in
//! `crates/calibration/src/tests.rs`; here only what no clock changes: bounds, words, forms, exit codes, and that it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

const SEALPROOF: &str = env!("CARGO_BIN_EXE_sealproof");

fn calibrate(arguments: &[&str]) -> Output {
    Command::new(SEALPROOF).arg("calibrate").args(arguments).output().unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> Json {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", words(&output.stderr)))
}

/// A port whose adapter is a shell script, in a folder of its own.
fn port(name: &str, script: &str) -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix(name).tempdir().unwrap();
    fs::write(folder.path().join("adapter.sh"), script).unwrap();
    let manifest = "name = \"scripted\"\ncommand = [\"sh\", \"adapter.sh\"]\nmode = \"loop\"\n[limits]\nstart_s = 5\n";
    fs::write(folder.path().join("port.toml"), manifest).unwrap();
    folder
}

/// A script that shakes hands, claiming PBKDF2, and then does the rest with each line.
fn scripted(rest: &str) -> String {
    format!(
        r#"read -r hello
printf '%s\n' '{{"id":0,"output":{{"protocol":1,"name_text":"scripted","version_text":"1","language_text":"sh","runtime_text":"sh","libraries":{{}},"operations":{{"pbkdf2-hmac-sha512.derive":{{}}}},"policies":[]}}}}'
while read -r line; do
  id=$(printf '%s' "$line" | sed 's/^{{"id":\([0-9]*\).*/\1/')
  {rest}
done
"#
    )
}

/// The reference behind pipes, with a calibrator of its own: iterations for each millisecond of the target.
fn calibrating(each_ms: u64, least: u64, elapsed_ms: &str) -> String {
    format!(
        r#"mkfifo to-serve
"{SEALPROOF}" serve < to-serve | sed -u 's/"operations":{{/"operations":{{"calibrate.pbkdf2-hmac-sha512":{{}},/' &
exec 3> to-serve
while read -r line; do
  case "$line" in
  *calibrate.pbkdf2*)
    id=$(printf '%s' "$line" | sed 's/^{{"id":\([0-9]*\).*/\1/')
    ms=$(printf '%s' "$line" | sed 's/.*"target_ms":\([0-9]*\).*/\1/')
    n=$((ms * {each_ms})); [ $n -ge {least} ] || n={least}
    printf '{{"id":%s,"output":{{"iterations":%s,"elapsed_ms":%s}}}}\n' "$id" "$n" "{elapsed_ms}" ;;
  *) printf '%s\n' "$line" >&3 ;;
  esac
done
"#
    )
}

fn at(folder: &tempfile::TempDir) -> &str {
    folder.path().to_str().unwrap()
}

/// What is in the report must hang together, and `--strict` must go by it and by nothing else.
#[test]
fn a_number_comes_with_all_that_is_known_about_it() {
    let output = calibrate(&["--target", "100ms", "--seed", "1", "--strict", "--report", "json=-"]);
    let found = json(&output);
    let subject = &found["subjects"][0];
    assert_eq!((&found["schema"], &found["seed"], &found["target_s"]), (&1.into(), &1.into(), &0.1.into()));
    assert!(subject["chosen"].as_u64().unwrap() >= 16);
    for clock in ["cpu_s", "wall_s"] {
        let [least, expected, most] = ["least", "expected", "most"].map(|name| subject[clock][name].as_f64().unwrap());
        assert!(0.0 < least && least <= expected && expected <= most, "{clock}: {least} {expected} {most}");
    }
    let stands = subject["stands"].as_bool().unwrap();
    assert_eq!(stands, subject["doubts"].as_array().unwrap().is_empty());
    assert_eq!(output.status.code(), Some(if stands { 0 } else { 4 }));
    assert!(["quiet", "contended", "throttled", "unknown"].contains(&subject["quality"].as_str().unwrap()));
    let probes = subject["probes"].as_array().unwrap();
    assert!(!probes.is_empty() && probes.len() <= 40);
    assert!(subject["elapsed_s"].as_f64().unwrap() >= 2.0, "samples are spread over two seconds");
    // Floors are shown and change nothing: a tenth of a second may be below one of them.
    let floors: Vec<_> =
        found["floors"].as_array().unwrap().iter().map(|floor| floor["iterations"].as_u64().unwrap()).collect();
    assert_eq!(floors, [220_000, 10_000, 1_000]);
}

/// Every refusal says what is wrong and what would be right.
#[test]
fn bad_input_is_told_and_ends_at_once() {
    for (arguments, code, told) in [
        (&["--target", "0"][..], 2, "--target: the target is 0 s, allowed is 0.01 s to 60 s"),
        (&["--target", "9ms"], 2, "allowed is 0.01 s to 60 s"),
        (&["--target", "259200s"], 2, "the target is 259200 s"),
        (&["--target", "3 days"], 2, "expected a time as in 1s, 0.5s or 250ms"),
        (&["--target=-1s"], 2, "expected a time"),
        (&["--target", "NaN"], 2, "expected a time"),
        (&["--kdf", "scrypt"], 2, "pbkdf2-hmac-sha512, argon2i, argon2id"),
        (&["--passes", "3"], 2, "--passes and --memory are for Argon2"),
        (&["--kdf", "argon2id", "--passes", "3", "--memory", "64"], 2, "cannot be used with"),
        (&["--kdf", "argon2id", "--memory", "0"], 2, "1..=65536"),
        (&["--kdf", "argon2i", "--rule", "autonomail"], 2, "only with pbkdf2-hmac-sha512"),
        (&["--fixed", "0"], 2, "--fixed"),
        (&["--fixed", "10000", "--rule", "autonomail"], 2, "cannot be used with"),
        (&["--report", "xml=-"], 2, "expected text, json or html"),
        (&["--report", "json="], 2, "found no path"),
        (&["--port", "nowhere"], 2, "no port `nowhere`"),
        (&["--fixed", "1", "--target", "10ms", "--report", "json=/nowhere/x"], 1, "cannot write /nowhere/x"),
    ] {
        let began = Instant::now();
        let output = calibrate(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", words(&output.stderr));
        assert!(words(&output.stderr).contains(told), "{arguments:?}: {}", words(&output.stderr));
        assert!(began.elapsed() < Duration::from_secs(60), "{arguments:?}");
    }
}

/// A port that answers at once, wrongly, not at all or dies must get a verdict, soon, and no number.
#[test]
fn ports_that_do_not_work_get_a_verdict_and_no_number() {
    let answer = r#"printf '{"id":%s,"output":{"key":"'"$(printf '%064d' 0)"'"}}\n' "$id""#;
    let refuse = r#"printf '{"id":%s,"reject":{"reason":"too-costly","detail_text":"above 10"}}\n' "$id""#;
    let garble = r#"printf '{"id":%s,"output":{"key":7}}\n' "$id""#;
    for (name, script, told) in [
        ("at-once", scripted(answer), "gave a different key than the reference"),
        ("refuses", scripted(refuse), "refused as too-costly: above 10"),
        ("garbles", scripted(garble), "the answer does not fit the protocol"),
        ("dies", scripted("exit 3"), "the port exited with code 3"),
        ("never", scripted(":"), "no answer to cost 16 within 10 s"),
        ("no-hello", "exit 0".to_owned(), "it does not start: exited with code 0 before its hello"),
        (
            "no-kdf",
            scripted("").replace("pbkdf2-hmac-sha512.derive", "sha512.digest"),
            "claims no `pbkdf2-hmac-sha512.derive`",
        ),
    ] {
        let folder = port(name, &script);
        let began = Instant::now();
        let output = calibrate(&["--target", "50ms", "--port", at(&folder), "--report", "json=-"]);
        let subject = &json(&output)["subjects"][1];
        assert!(subject["error"].as_str().unwrap_or_default().contains(told), "{name}: {subject}");
        assert!(subject["chosen"].is_null(), "{name}");
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(began.elapsed() < Duration::from_secs(90), "{name}: {:?}", began.elapsed());
    }
}

/// A calibrator that chooses too little makes every envelope of that port weak, and one that lies hides it.
#[test]
fn a_ports_own_calibrator_is_held_against_its_measured_speed() {
    for (name, script, faults) in [
        ("floor", calibrating(1, 0, "$ms"), &["below-floor", "too-weak", "says-otherwise"][..]),
        ("constant", calibrating(0, 20_000, "1000"), &["too-weak", "says-otherwise", "not-monotone"]),
        ("huge", calibrating(10_000_000, 0, "$ms"), &["too-slow", "says-otherwise"]),
    ] {
        let folder = port(name, &script);
        let output = calibrate(&["--target", "200ms", "--port", at(&folder), "--report", "json=-"]);
        let found = json(&output);
        let calibrator = &found["subjects"][1]["calibrator"];
        let told: Vec<_> = calibrator["faults"]
            .as_array()
            .unwrap_or_else(|| panic!("{name}: {}", found["subjects"][1]))
            .iter()
            .map(|f| f["fault"].as_str().unwrap())
            .collect();
        for fault in faults {
            assert!(told.contains(fault), "{name}: {fault} is not among {told:?}");
        }
        assert_eq!(calibrator["answers"].as_array().unwrap().len(), 3, "{name}");
        assert_eq!(output.status.code(), Some(1), "{name}");
    }
}

/// The matrix is what people came for; and a name must not become markup or a command for a terminal.
#[test]
fn the_matrix_names_all_and_the_page_stands_alone() {
    let folder = port("<b>&", &format!("exec \"{SEALPROOF}\" serve\n"));
    let page = folder.path().join("page.html");
    let report = format!("html={}", page.display());
    let output = calibrate(&["--target", "50ms", "--port", at(&folder), "--report", &report, "--report", "json=-"]);
    let found = json(&output);
    let rows = found["matrix"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "{}", found["subjects"]);
    for row in rows {
        let own = row["seconds"][row["chosen_on"].as_str().unwrap()].as_f64().unwrap();
        assert!((0.03..0.2).contains(&own), "{row}: a number takes about its target where it was chosen");
        assert_eq!(row["seconds"].as_object().unwrap().len(), 2);
    }
    let html = contents(&page);
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<svg ") && html.contains("&lt;b&gt;&amp;"));
    for fetched in ["<b>&", "<script", "http:", "https:", "url(h", "@import"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    assert_eq!(html.matches("<polyline").count(), 2);
}

fn contents(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

/// Autonomail's rule stops at the first run of at least the target, and never below 10,000.
#[test]
fn the_rule_of_autonomail_is_followed_as_it_is() {
    let output = calibrate(&["--rule", "autonomail", "--target", "100ms", "--report", "json=-"]);
    let found = json(&output);
    let runs = found["subjects"][0]["runs"].as_array().unwrap();
    let told = |run: &Json| (run["iterations"].as_u64().unwrap(), run["elapsed_ms"].as_u64().unwrap());
    let runs: Vec<_> = runs.iter().map(told).collect();
    assert_eq!(runs[0].0, 10_000);
    for pair in runs.windows(2) {
        let ((n, ms), (next, _)) = (pair[0], pair[1]);
        assert!(ms < 100, "{runs:?}");
        assert_eq!(next, (n * 100).checked_div(ms).map_or(2 * n, |scaled| scaled + 1), "{runs:?}");
    }
    assert!(runs.last().unwrap().1 >= 100, "{runs:?}");
    assert_eq!(found["subjects"][0]["chosen"].as_u64(), runs.last().map(|run| run.0));
    // One sample a step is nothing to stand behind.
    let strict = calibrate(&["--rule", "autonomail", "--target", "10ms", "--strict"]);
    assert_eq!(strict.status.code(), Some(4));
}

/// Argon2's costs, and a number that is given.
#[test]
fn passes_memory_and_given_numbers() {
    for (arguments, unit) in [
        (&["--kdf", "argon2id", "--memory", "4"][..], "passes"),
        (&["--kdf", "argon2i", "--passes", "3", "--memory-max", "8"], "MiB"),
        (&["--fixed", "1000"], "iterations"),
        (&["--kdf", "argon2i", "--memory", "1", "--fixed", "3"], "passes"),
    ] {
        let output = calibrate(&[arguments, &["--target", "100ms", "--report", "json=-"]].concat());
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", words(&output.stderr));
        let found = json(&output);
        assert_eq!(found["unit"], unit, "{arguments:?}");
        let subject = &found["subjects"][0];
        let chosen = subject["chosen"].as_u64().unwrap();
        match (unit, arguments[0]) {
            ("MiB", _) => assert!(chosen <= 8, "{subject}"),
            (_, "--fixed") => assert_eq!(chosen, 1_000),
            ("passes", _) if arguments.contains(&"--fixed") => assert_eq!(chosen, 3),
            (_, _) => assert!(chosen >= 1),
        }
    }
}
