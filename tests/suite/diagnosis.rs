//! A failing port is told what it does wrong, and is told nothing that is not so.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use conformance::verdict::{Known, Subject, Tally};
use diagnosis::edit::{Change, Edit};
use diagnosis::{Derivations, Diagnosis, Exhibit, Finding, Hypothesis, Step, Watch, explain, mistakes};
use vectors::{Expect, VectorFile, load};

/// The strict and common vectors of these families.
fn vectors(families: &[&str]) -> Vec<VectorFile> {
    let is_wanted = |file: &VectorFile| {
        families.contains(&file.operation.family()) && ["core", "strict"].contains(&file.policy.as_str())
    };
    load::embedded().unwrap().into_iter().filter(is_wanted).collect()
}

/// What a run sees of a port that makes these mistakes.
fn exhibits<'v>(planted: &Hypothesis, files: &'v [VectorFile]) -> Vec<Exhibit<'v>> {
    let derivations = Derivations::default();
    let port = planted.port(&derivations);
    let cases = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    let exhibit = |(file, case): (&'v VectorFile, _)| {
        let case: &'v vectors::Case = case;
        let draws = if matches!(case.expect, Expect::Opens(_)) { 4 } else { 1 };
        let subject =
            Subject { operation: file.operation, input: &case.input, expect: &case.expect, draws, known: Known::No };
        let mut tally = Tally::new(vec![subject]);
        let ask = |_| tally.observe(0, port.observed(file.operation, &case.input), Duration::ZERO);
        let found = (0..draws).filter_map(ask).find_map(|judged| {
            Some(Finding { mismatch: judged.verdict.mismatch()?, observed: judged.observed?, stale: judged.stale })
        });
        Exhibit { file, case, found }
    };
    cases.map(exhibit).collect()
}

/// How often a diagnosis may ask what time it is: about once for each guess that it holds against a case.
const GUESSES_MAX: u64 = 150_000;

/// A diagnosis whose clock counts guesses and not seconds, so that it comes as far on every machine.
fn diagnosed(planted: &Hypothesis, families: &[&str]) -> Diagnosis {
    let (files, guesses) = (vectors(families), AtomicU64::new(0));
    let elapsed = || Duration::from_micros(guesses.fetch_add(1, Ordering::Relaxed));
    let watch = Watch { elapsed: &elapsed, allowed: Duration::from_micros(GUESSES_MAX) };
    explain(&exhibits(planted, &files), &Derivations::default(), watch)
}

fn planted(names: &[&str]) -> Hypothesis {
    let of =
        |name: &&str| Hypothesis::of(mistakes::find(name).unwrap_or_else(|| panic!("no mistake is called {name}")));
    names.iter().map(of).reduce(|one, other| one.and(&other)).unwrap()
}

/// The sentence that a porter is told is worth its name only if it is the right one.
#[test]
fn a_planted_mistake_is_named_first() {
    for (name, families) in [
        ("pbkdf2-with-sha256", &["pbkdf2-hmac-sha512", "autonomail"][..]),
        ("gcm-compare-first-8", &["aes-256-gcm"]),
        ("autonomail-other-half", &["autonomail"]),
        ("json-last-of-equal-names", &["autonomail", "autonomail-2014"]),
        ("xchacha-counter-from-0", &["xchacha20-poly1305"]),
        ("hmac-long-key-cut-at-128", &["hmac-sha512"]),
        ("autonomail-base64-of-the-url-alphabet", &["autonomail"]),
    ] {
        let diagnosis = diagnosed(&planted(&[name]), families);
        let named: Vec<_> = diagnosis.causes.iter().map(|cause| cause.hypothesis.names()).collect();
        assert_eq!(named.first(), Some(&vec![name.to_owned()]), "{named:?}");
        assert!(diagnosis.unexplained.is_empty(), "{name}: {:?}", diagnosis.unexplained);
    }
}

/// Each of these fails the same cases as the one beside it: only bytes that recur from case to case, a costly answer that takes
/// no time, or what was drawn in place of what was given tells them apart.
#[test]
fn mistakes_that_fail_alike_are_told_apart() {
    for (name, families) in [
        ("drawing-constant-salt", &["autonomail"][..]),
        ("drawing-salt-of-the-password", &["autonomail"]),
        ("drawing-constant-nonce", &["notesnook-item"]),
        ("drawing-nonce-of-the-secret", &["notesnook-item"]),
        ("drawing-counting-nonce", &["notesnook-item"]),
        ("drawing-nonce-with-the-device", &["notesnook-item"]),
        ("drawing-given-nonce-ignored", &["notesnook-item"]),
        ("argon2-zeros-above-8-mib", &["argon2id"]),
        ("gcm-tag-cut-as-sent", &["aes-256-gcm"]),
        ("gcm-short-input-opens", &["aes-256-gcm"]),
    ] {
        let diagnosis = diagnosed(&planted(&[name]), families);
        let cause = diagnosis.causes.first().unwrap_or_else(|| panic!("{name} has no cause"));
        assert_eq!(cause.hypothesis.names(), [name]);
        assert!(cause.alternatives.is_empty(), "{name}: {:?}", cause.alternatives);
    }
}

/// Two wrong things at once must not look like a third, nor like nothing.
#[test]
fn two_mistakes_at_once_are_both_named() {
    for (names, families) in [
        (["hmac-block-of-64", "hmac-pads-swapped"], &["hmac-sha512"][..]),
        (["hmac-block-of-64", "sha512-length-in-bytes"], &["hmac-sha512", "sha512"]),
    ] {
        let diagnosis = diagnosed(&planted(&names), families);
        let named: Vec<_> = diagnosis.causes.iter().flat_map(|cause| cause.hypothesis.names()).collect();
        assert!(names.iter().all(|name| named.contains(&(*name).to_owned())), "{names:?}: {named:?}");
    }
}

/// A value that no list holds is found by looking for it: another slice, another count, other bytes.
#[test]
fn a_changed_value_is_found() {
    let pbkdf2: &[&str] = &["pbkdf2-hmac-sha512.derive"];
    for (member, change) in
        [("iterations", Change::Over(8)), ("salt", Change::Reversed), ("key", Change::WordsReversed(4))]
    {
        let edit = Edit { operations: pbkdf2, member, change };
        let diagnosis = diagnosed(&Hypothesis::changing(edit), &["pbkdf2-hmac-sha512"]);
        let named: Vec<_> = diagnosis.causes.iter().map(|cause| cause.hypothesis.names()).collect();
        assert_eq!(named.first(), Some(&vec![edit.name()]), "{named:?}");
    }
}

/// Its primitives are right when they are asked by themselves.
#[test]
fn what_one_app_does_over_right_primitives_is_found() {
    let edit =
        Edit { operations: &["pbkdf2-hmac-sha512.derive"], member: "salt", change: Change::Number { signed: false } };
    let planted = Hypothesis::changing(edit).within(&["autonomail.seal", "autonomail.open"]);
    let diagnosis = diagnosed(&planted, &["autonomail", "pbkdf2-hmac-sha512"]);
    let named: Vec<_> = diagnosis.causes.iter().map(|cause| cause.hypothesis.names()).collect();
    assert_eq!(named, [["pbkdf2-hmac-sha512-salt-as-integer"]], "{:?}", diagnosis.unexplained);
}

/// What the answers prove is said though there is no time to look for a name.
#[test]
fn what_answers_show_needs_no_search() {
    for (name, families, words) in [
        ("drawing-constant-nonce", &["notesnook-item"][..], "`nonce` is the same in all"),
        ("autonomail-base64-of-the-url-alphabet", &["autonomail"], "base64url (- and _)"),
    ] {
        let (files, elapsed) = (vectors(families), || Duration::ZERO);
        let watch = Watch { elapsed: &elapsed, allowed: Duration::ZERO };
        let diagnosis = explain(&exhibits(&planted(&[name]), &files), &Derivations::default(), watch);
        let plain = diagnosis.unexplained.iter().filter_map(|group| group.seen.as_ref()).filter(|seen| seen.is_plain);
        let said: Vec<_> = plain.map(|seen| seen.words.as_str()).collect();
        assert!(said.iter().any(|said| said.contains(words)), "{name}: {said:?}");
    }
}

/// A guess must never be sold as a fact; what can be told is where the answers leave the right ones.
#[test]
fn an_unknown_mistake_gets_no_name_and_its_step() {
    for (operation, member, change, family, step) in [
        (&["hmac-sha512.tag"], "key", Change::Flipped(3, 9), "hmac-sha512", Step::Derivation),
        (&["hchacha20.subkey"], "input", Change::Exchanged(2), "hchacha20", Step::Derivation),
        (&["blake2b.digest"], "message", Change::Dropped(1), "blake2b", Step::Derivation),
    ] {
        let edit = Edit { operations: operation, member, change };
        let diagnosis = diagnosed(&Hypothesis::changing(edit), &[family]);
        let named: Vec<_> = diagnosis.causes.iter().map(|cause| cause.hypothesis.names()).collect();
        assert!(named.is_empty(), "{member} {change:?}: {named:?}");
        let first = diagnosis.unexplained.first().unwrap();
        assert_eq!(first.operation, operation[0]);
        assert_eq!(first.step, step, "{member} {change:?}");
    }
}

/// A port that is right needs no diagnosis.
#[test]
fn a_right_port_has_no_causes() {
    let diagnosis = diagnosed(&Hypothesis::default(), &["pbkdf2-hmac-sha512", "aes-256-gcm"]);
    assert!(diagnosis.causes.is_empty() && diagnosis.unexplained.is_empty());
}
