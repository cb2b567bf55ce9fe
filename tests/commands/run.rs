//! `sealproof run` as a CI sees it: exit codes, where the output goes, signals.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

fn sealproof(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealproof"));
    command.args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn port(script: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("port.toml"), format!("name = \"port\"\ncommand = {script:?}\n")).unwrap();
    folder
}

fn reference_port(fake: &[&str]) -> tempfile::TempDir {
    port(&[&[env!("CARGO_BIN_EXE_sealproof"), "serve"], fake].concat())
}

fn run(folder: &Path, more: &[&str]) -> Output {
    let arguments = [&["run", "--select", "sha512", "--port", folder.to_str().unwrap()], more].concat();
    sealproof(&arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("{output:?}"))
}

/// Exit codes are what a CI acts on.
#[test]
fn exit_codes_are_those_of_the_protocol() {
    let honest = reference_port(&[]);
    let absent = port(&["no-such-program"]);
    let refuses = reference_port(&["--fake", "always-refuses"]);
    let deaf = reference_port(&["--fake", "dies-at-handshake"]);
    let invalid = tempfile::tempdir().unwrap();
    std::fs::write(invalid.path().join("port.toml"), "name = 1\n").unwrap();
    for (folder, more, wanted) in [
        (honest.path(), &[][..], 0),
        (honest.path(), &["--min-cases", "100000"], 3),
        (honest.path(), &["--select", "no-such-family"], 2),
        (honest.path(), &["--policy", "no-such-policy"], 2),
        (honest.path(), &["--shard", "3/2"], 2),
        (honest.path(), &["--report", "html=x"], 2),
        (honest.path(), &["--report", "jsonl=/no/such/folder/x"], 1),
        (absent.path(), &[], 4),
        (deaf.path(), &[], 4),
        (refuses.path(), &[], 4),
        (invalid.path(), &[], 5),
        (Path::new("no-such-port"), &[], 4),
    ] {
        let output = run(folder, more);
        assert_eq!(code(&output), wanted, "{more:?} {output:?}");
        let is_silent = output.stdout.is_empty() && output.stderr.is_empty();
        assert!(!is_silent, "exit code {wanted} without a word");
    }
    assert_eq!(code(&sealproof(&["run", "--select", "sha512"]).output().unwrap()), 0);
}

/// What does not fit is told with what would: the number wanted, the names nearby, what the port says of itself.
#[test]
fn messages_name_what_would_fit() {
    let honest = reference_port(&[]);
    let output = run(honest.path(), &["--min-cases", "100000"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.starts_with("too few cases ran: ")).unwrap();
    assert!(line.ends_with(", and at least 100000 must"), "{line}");
    assert!(text.contains("\nnote: only a part of the cases: --select sha512\n"), "{text}");
    for (selected, near) in [
        ("aes", "; did you mean aes-256-gcm?"),
        ("sha521", "; did you mean sha512?"),
        ("aes-256-gcm/open/1", "; did you mean aes-256-gcm/open-"),
        ("sha512/fips-180-examples/99", "; did you mean sha512/fips-180-examples/1 or sha512/fips-180-examples/3?"),
        ("no-such-family", "`no-such-family` matches no case\n"),
    ] {
        let output = sealproof(&["run", "--select", selected]).output().unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && words.contains(near), "{words}");
    }
}

/// An issue that is meant for one version must hold in its patch releases, and one that does not hold must be seen.
#[test]
fn the_scope_of_a_known_issue_is_read_by_the_parts_of_a_version() {
    let folder = reference_port(&[]);
    let path = folder.path().join("port.toml");
    let manifest = std::fs::read_to_string(&path).unwrap();
    let version = env!("CARGO_PKG_VERSION").rsplit_once('.').unwrap().0;
    let issue = "case = \"sha512/fips-180-examples/1\"\nmismatch = \"died\"\nwhy = \"w\"\nlink = \"l\"";
    for (scope, wanted) in [(version, 1), ("77.8", 0)] {
        let when = format!("when = {{ version = \"{scope}\" }}");
        std::fs::write(&path, format!("{manifest}\n[[known_issue]]\n{issue}\n{when}\n")).unwrap();
        let output = run(folder.path(), &[]);
        let text = String::from_utf8(output.stdout).unwrap();
        // In force, it is at fault: the case passes.
        assert_eq!(output.status.code(), Some(wanted), "{scope}: {text}");
        let said = "note: known issue `sha512/fips-180-examples/1` is not in force: it wants version \"77.8\"";
        assert_eq!(text.contains(said), wanted == 0, "{text}");
    }
}

/// Data on standard output must be data alone; people read the text beside it.
#[test]
fn data_and_words_do_not_mix() {
    let honest = reference_port(&[]);
    let output = run(honest.path(), &["--report", "jsonl=-"]);
    let lines = String::from_utf8(output.stdout).unwrap();
    let records: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let selected = usize::try_from(records[0]["selected"].as_u64().unwrap()).unwrap();
    assert!(selected > 0);
    assert_eq!(records.len(), selected + 2);
    assert_eq!(records.last().unwrap()["exit"], 0);
    assert!(String::from_utf8(output.stderr).unwrap().trim_end().ends_with(", 0 failed, 0 skipped"));
}

/// The journal of a whole run holds what the report holds, in the order in which it came.
#[test]
fn the_journal_is_a_report_in_another_order() {
    let honest = reference_port(&[]);
    let folder = tempfile::tempdir().unwrap();
    let (report, journal) = (folder.path().join("report"), folder.path().join("journal"));
    let report_argument = format!("jsonl={}", report.display());
    run(honest.path(), &["--report", &report_argument, "--journal", journal.to_str().unwrap()]);
    let sorted = |path| {
        let mut lines: Vec<String> = std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(report), sorted(journal));
}

/// Waits until a file holds something, and gives it.
fn contents(path: &Path) -> String {
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        assert!(Instant::now() < until, "{} stayed empty", path.display());
        match std::fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text,
            Ok(_) | Err(_) => std::thread::yield_now(),
        }
    }
}

/// Who watches a run must see at once what runs, and not an empty screen until the last case has its answer.
#[test]
fn the_header_stands_while_the_port_is_asked() {
    let silent = reference_port(&["--fake", "stops-reading"]);
    let mut child = sealproof(&["run", "--select", "sha512", "--deadline-floor-ms", "30000", "--port"])
        .arg(silent.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let header: Vec<_> = lines.by_ref().take(2).collect();
    assert!(child.try_wait().unwrap().is_none(), "it has ended");
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    child.wait().unwrap();
    assert!(header[0].starts_with("sealproof-reference ") && header[1].starts_with("sealproof "), "{header:?}");
    // What was not asked when the run was interrupted has not failed.
    let last: Vec<_> = lines.collect();
    let [.., skipped, sums] = last.as_slice() else { panic!("{last:?}") };
    let count = skipped.strip_prefix("skipped: ").and_then(|words| words.strip_suffix(" not run")).unwrap();
    assert_eq!(*sums, format!("0 passed, 0 failed, {count} skipped"));
}

/// The text report: first the header, then each failure once, then why, then the sums. In a log nothing moves.
#[test]
fn failures_stand_once_between_header_and_sums_and_a_log_holds_no_control_characters() {
    let fake = reference_port(&["--fake", "constant-nonce"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("text");
    let selected = ["run", "--select", "notesnook-item/seal*", "--diagnose-for", "30", "--report", "text=-"];
    let output = sealproof(&selected)
        .arg(format!("--report=text={}", file.display()))
        .arg("--port")
        .arg(fake.path())
        .env("TERM", "xterm")
        .env_remove("CI")
        .output()
        .unwrap();
    assert_eq!(code(&output), 1, "{output:?}");
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(![&out, &err].iter().any(|text| text.contains(['\r', '\u{1b}'])), "{out}{err}");
    let starts = |word: &str| out.lines().filter(|line| line.starts_with(word)).collect::<Vec<_>>();
    let (failures, at) = (starts("FAIL "), |text: &str| out.find(text).unwrap());
    let mut once = failures.clone();
    once.sort_unstable();
    once.dedup();
    assert!(!failures.is_empty() && once.len() == failures.len(), "{out}");
    assert!(out.starts_with("sealproof-reference "), "{out}");
    assert!(out.rfind("\nFAIL ").unwrap() < at("\nCAUSE ") && at("\nCAUSE ") < at(" failed, "), "{out}");
    let causes = out.lines().filter(|line| line.starts_with("     cases     notesnook-item/seal")).count();
    assert_eq!(causes, starts("CAUSE ").len() + starts("UNEXPLAINED ").len(), "{out}");
    // A file is written at the end, in the order of the cases.
    let written = std::fs::read_to_string(file).unwrap();
    let sorted = |text: &str| {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&written), sorted(&out));
}

/// Of costly derivations a run makes a sample again, the same for a seed, and says which part; asked for all it makes all.
#[test]
fn the_seed_draws_which_costly_derivations_are_made_again() {
    let notes = |more: &[&str]| {
        let output = sealproof(&[&["run", "--select", "notesnook/derive-key"], more].concat()).output().unwrap();
        assert_eq!(code(&output), 0, "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().filter(|line| line.starts_with("note: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let sampled = notes(&["--seed", "1"]);
    let note = sampled.iter().find(|note| note.contains("costly derivations were repeated")).unwrap();
    let (drawn, of) = note.strip_prefix("note: ").unwrap().split_once(" of ").unwrap();
    let of = of.split(' ').next().unwrap();
    let [drawn, of] = [drawn, of].map(|count| count.parse::<usize>().unwrap());
    assert_eq!(drawn, of.div_ceil(8));
    assert_eq!(notes(&["--seed", "1"]), sampled);
    let all = notes(&["--all-opinions"]);
    assert!(!all.iter().any(|note| note.contains("costly")), "{all:?}");
    let of_libsodium = |notes: &[String]| {
        let note = notes.iter().find(|note| note.starts_with("note: libsodium ")).unwrap();
        note.split(' ').nth(4).unwrap().parse::<usize>().unwrap()
    };
    assert!(of_libsodium(&sampled) < of_libsodium(&all), "{sampled:?} {all:?}");
    assert_eq!(code(&run(Path::new("no-such-port"), &["--all-opinions"])), 2);
}

/// A CI job that is cancelled must not leave processes behind, and must keep what it knew.
#[test]
fn a_signal_ends_the_children_and_writes_what_is_known() {
    let silent = format!("{} serve --fake stops-reading", env!("CARGO_BIN_EXE_sealproof"));
    for (signal, wanted) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        for (adapter, says_hello) in [(silent.as_str(), true), ("sleep 600", false)] {
            let folder = tempfile::tempdir().unwrap();
            let file = |name| folder.path().join(name);
            let manifest = format!("name = \"port\"\ncommand = [\"sh\", \"-c\", \"echo $$ > pid; exec {adapter}\"]\n");
            std::fs::write(file("port.toml"), manifest).unwrap();
            let child = sealproof(&["run", "--select", "sha512", "--deadline-floor-ms", "600000"])
                .arg(format!("--report=jsonl={}", file("report").display()))
                .arg("--journal")
                .arg(file("journal"))
                .arg("--port")
                .arg(folder.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let port_pid = contents(&file("pid")).trim().parse().unwrap();
            if says_hello {
                // The journal's header stands as soon as there is a hello.
                contents(&file("journal"));
            }
            kill_process(Pid::from_child(&child), signal).unwrap();
            let output = child.wait_with_output().unwrap();
            assert_eq!(code(&output), wanted, "{adapter} {output:?}");
            let port_pid = Pid::from_raw(port_pid).unwrap();
            assert!(rustix::process::test_kill_process(port_pid).is_err(), "{adapter} lives on");
            let report = std::fs::read_to_string(file("report")).unwrap();
            let footer = report.lines().last().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            assert_eq!(footer.map(|footer| footer["exit"].as_i64().unwrap()), says_hello.then_some(i64::from(wanted)));
        }
    }
}

/// `sealproof run | head -1` must not end in a panic.
#[test]
fn a_closed_pipe_is_no_panic() {
    let honest = reference_port(&[]);
    let mut child = sealproof(&["run", "--select", "sha512", "--report", "jsonl=-", "--port"])
        .arg(honest.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

/// A full disk under one report must be told, and must not cost the other reports.
#[test]
fn a_full_disk_is_told_and_costs_no_other_report() {
    let honest = reference_port(&[]);
    let output = run(honest.path(), &["--report", "jsonl=/dev/full"]);
    assert_eq!(code(&output), 1, "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write /dev/full"), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).ends_with(" skipped\n"), "{output:?}");
}

/// A set of others is asked like our own; a path that gives nothing must not be a green run of nothing.
#[test]
fn vectors_are_taken_from_the_paths_that_are_given() {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/third_party");
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let other = file("eax.json", r#"{"algorithm":"AES-EAX","testGroups":[]}"#);
    let cut = file("cut.json", r#"{"testGroups":["#);
    let honest = reference_port(&[]);
    let with = |paths: &[&Path], more: &[&str]| {
        let paths = paths.iter().flat_map(|path| ["--vectors".as_ref(), path.as_os_str()]);
        sealproof(&["run"]).args(paths).args(more).arg("--port").arg(honest.path()).output().unwrap()
    };
    let hmac = set.join("wycheproof/hmac_sha512_test.json");
    let digests = set.join("cryptography-vectors/SHA512ShortMsg.rsp");
    let output = with(&[&hmac, &digests], &["--min-cases", "162"]);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(code(&output), 0, "{output:?}");
    assert!(text.contains("note: hmac_sha512_test.json: 141 of 174 tests have no operation here: "), "{text}");
    assert!(text.ends_with("\n162 passed, 0 failed, 0 skipped\n"), "{text}");
    assert_eq!(code(&with(&[&hmac], &["--select", "wycheproof/hmac_sha512_test/1"])), 0);
    for (paths, wanted) in [
        (&[other.as_path()][..], "sealproof: eax.json: this suite has no operation for AES-EAX"),
        (&[cut.as_path()], "sealproof: cut.json, line 1, column 15: EOF while parsing a list"),
        (&[hmac.as_path(), hmac.as_path()], "sealproof: two files have the path wycheproof/hmac_sha512_test"),
        (&[Path::new("no-such-path")], "sealproof: no-such-path cannot be read"),
    ] {
        let output = with(paths, &[]);
        assert_eq!(code(&output), 5, "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with(wanted), "{output:?}");
    }
}

/// The line under a failure repeats it, and for vectors that were given it has to give them again.
#[test]
fn a_failure_in_given_vectors_can_be_repeated() {
    // HMAC-SHA512 of nothing under no key, then the same with a wrong tag: a set of which nothing is right fails the probes.
    let tag = "b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac6730c6c515421b327ec1d69402e53dfb49ad7381eb067b338fd7b0cb22247225d47";
    let test = |id, tag| format!(r#"{{"tcId":{id},"result":"valid","key":"","msg":"","tag":"{tag}"}}"#);
    let tests = format!("{},{}", test(1, tag), test(7, "00"));
    let wrong = format!(r#"{{"algorithm":"HMACSHA512","testGroups":[{{"tagSize":512,"tests":[{tests}]}}]}}"#);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mac.json");
    std::fs::write(&path, wrong).unwrap();
    let output = sealproof(&["run", "--vectors"]).arg(&path).output().unwrap();
    assert_eq!(code(&output), 1, "{output:?}");
    let repeat = format!("repeat    sealproof run --vectors {} --select wycheproof/mac/7\n", path.display());
    assert!(String::from_utf8(output.stdout).unwrap().contains(&repeat));
}
