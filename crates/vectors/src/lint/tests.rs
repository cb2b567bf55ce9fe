use super::*;
use crate::Reason;
use crate::fixture::{CLEAN, broken, source};

fn rules(source: &SourceFile) -> Vec<&'static str> {
    one(source).iter().map(|finding| finding.rule).collect()
}

/// The end of the clean file's negative case, and the same with one witness.
const NEGATIVE_BY_TWO: &str = "{},\"confirmed_by\":[\"reference\",\"openssl\"]";
const NEGATIVE_BY_ONE: &str = "{},\"confirmed_by\":[\"reference\"]";

/// Every rule, and a change to the clean file that breaks it and nothing else (but for its spelling where noted).
const BREAKS: &[(&[&str], &str, &str)] = &[
    (&["loads"], "\"core\"", "7"),
    (&["canonical"], "\"format\": 1", "\"format\":1"),
    (&["canonical"], "BLAKE2b of", "BLAKE2b\\u0020of"),
    (&["title"], "BLAKE2b of little", "BLAKE2b"),
    (&["title"], "BLAKE2b of little", "BLAKE2b of\\nlittle"),
    (&["policy"], "\"core\"", "\"Core\""),
    (&["policy"], "\"core\"", "\"\""),
    (&["cost"], "\"fast\"", "\"hostile\""),
    (&["spec"], "RFC 7693", " "),
    (&["source"], "blake2b/little", "BLAKE2b/little"),
    (&["source"], "5a6d", "5A6D"),
    (&["source"], "5a6d", ""),
    (&["flag-names"], "OutLen", "out-len"),
    (&["flag-texts"], "a digest of no strength", ""),
    (&["unused-flags"], "[\"OutLen\"]", "[]"),
    (&["confirmed", "unused-oracles"], "[\"reference\",\"openssl\"]", "[\"reference\"]"),
    (&["confirmed", "unused-oracles"], "\"reference\",\"openssl\"", "\"reference\",\"reference\""),
    (&["confirmed"], NEGATIVE_BY_TWO, NEGATIVE_BY_ONE),
    (&["confirmed"], NEGATIVE_BY_TWO, "{},\"confirmed_by\":[]"),
    (
        &["confirmed"],
        "{\"block\":\"00ff\"},\"confirmed_by\":[\"reference\",",
        "{\"block\":\"00ff\"},\"confirmed_by\":[",
    ),
    (&["oracles"], "{},\"confirmed_by\":[\"reference\"", "{},\"confirmed_by\":[\"sodium\""),
    (&["ids"], "\"id\":2", "\"id\":0"),
    (&["name"], "\"no-byte\"", "\"no_byte\""),
    (&["name"], "\"no-byte\"", "\"no--byte\""),
    (&["why"], "A digest of no byte", ""),
    (&["why"], "A digest of no byte", "A digest "),
    (&["flags"], "[\"OutLen\"]", "[\"OutLen\",\"OutLen\"]"),
    (&["reasons"], "\"parameter\"", "\"parameter\",\"parameter\""),
    (&["parent"], "\"derived_from\":1", "\"derived_from\":2"),
    (&["parent"], "\"derived_from\":1", "\"derived_from\":9"),
    (&["one-change"], "\"length\":0", "\"length\":1"),
    (&["one-change"], "\"key\":\"\",\"length\":0", "\"key\":\"00\",\"length\":0"),
    (&["trace"], "\"block\":\"00ff\"", "\"block\":\"0\""),
    (&["trace"], "\"block\"", "\"Block\""),
];

/// A rule that never fires holds nothing.
#[test]
fn each_rule_finds_what_it_is_for() {
    for (wanted, from, to) in BREAKS {
        let found = rules(&broken(from, to));
        for rule in *wanted {
            assert!(found.contains(rule), "{from} -> {to}: wanted {rule}, found {found:?}");
        }
    }
}

/// A rule without a broken file above could be dead, and nobody would know.
#[test]
fn each_rule_has_a_file_that_breaks_it() {
    let names = files::RULES.iter().map(|rule| rule.0).chain(cases::RULES.iter().map(|rule| rule.0));
    // The path and the folder are not in the text, and are tested below.
    for rule in names.chain(["loads", "canonical"]).filter(|rule| !["path", "family"].contains(rule)) {
        assert!(BREAKS.iter().any(|(wanted, ..)| wanted.contains(&rule)), "nothing breaks {rule}");
    }
}

/// What a format refuses to read was once left to one witness; a reader's own policy would be the next to ask for that.
#[test]
fn no_reason_and_no_policy_makes_do_with_one_witness() {
    let alone = CLEAN.replace(NEGATIVE_BY_TWO, NEGATIVE_BY_ONE);
    for reason in Reason::ALL.map(Reason::as_str) {
        for policy in ["core", "strict", "cost-ceiling", "sjcl-reader"] {
            let change = |text: &str| text.replace("\"parameter\"", &format!("\"{reason}\"")).replace("core", policy);
            assert_eq!(rules(&source(&change(&alone))), ["confirmed"], "{reason} {policy}");
            assert_eq!(rules(&source(&change(CLEAN))), [""; 0], "{reason} {policy}");
        }
    }
}

/// Rules that cry over good files are soon ignored.
#[test]
fn the_clean_file_breaks_no_rule() {
    assert_eq!(one(&source(CLEAN)), []);
}

/// Case ids are built from paths; a path that a shell, URL or glob reads otherwise would lose its cases.
#[test]
fn paths_are_kebab_case() {
    for path in ["blake2b/Little", "blake2b/lit tle", "blake2b/", "blake2b/*"] {
        let renamed = SourceFile { path: path.to_owned(), ..source(CLEAN) };
        assert!(rules(&renamed).contains(&"path"), "{path}");
    }
}

/// A file in another family's folder would be left out of every run that selects its own.
#[test]
fn the_folder_is_named_after_the_operation() {
    for (folder, fits) in [("blake2b", true), ("blake", false), ("blake2b-keyed", false), ("sha512", false)] {
        let moved = SourceFile { path: format!("{folder}/little"), ..source(CLEAN) };
        assert_eq!(!rules(&moved).contains(&"family"), fits, "{folder}");
    }
}

/// A file that no editor opens is reviewed by nobody.
#[test]
fn large_files_say_so_in_their_name() {
    let long = CLEAN.replace("00ff", &"00".repeat(FILE_BYTES_MAX / 4));
    assert_eq!(rules(&source(&long)), ["size"]);
    let named = SourceFile { path: "blake2b/long".to_owned(), ..source(&long) };
    assert_eq!(rules(&named), [""; 0]);
}

/// A negative whose chain of parents ran in a circle would be derived from nothing.
#[test]
fn a_negative_may_follow_an_earlier_negative_only() {
    let second = CLEAN.rfind("    {\"id\":2").unwrap();
    let end = CLEAN.rfind("\n  ]\n}").unwrap();
    let third = CLEAN[second..end]
        .replace("\"id\":2", "\"id\":3")
        .replace("no-byte", "too-many")
        .replace("\"length\":0", "\"length\":65");
    for (second_parent, third_parent, wanted) in [(1, 2, &[][..]), (3, 1, &["parent"][..]), (3, 2, &["parent"][..])] {
        let mut text = CLEAN[..end].replace("\"derived_from\":1", &format!("\"derived_from\":{second_parent}"));
        text += ",\n";
        text += &third.replace("\"derived_from\":1", &format!("\"derived_from\":{third_parent}"));
        text += &CLEAN[end..];
        assert_eq!(rules(&source(&text)), wanted, "{second_parent} {third_parent}");
    }
}
