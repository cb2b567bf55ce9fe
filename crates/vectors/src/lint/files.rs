//! Rules about a file as a whole.

use super::{FileRule, is_hex, is_kebab, is_sentence};
use crate::{Cost, Expect, Reason, VectorFile};

pub(super) const RULES: &[FileRule] = &[
    FileRule("path", path),
    FileRule("family", family),
    FileRule("title", title),
    FileRule("policy", policy),
    FileRule("cost", cost),
    FileRule("spec", spec),
    FileRule("source", source),
    FileRule("flag-names", flag_names),
    FileRule("flag-texts", flag_texts),
    FileRule("unused-flags", unused_flags),
    FileRule("unused-oracles", unused_oracles),
    FileRule("ids", ids),
];

/// The finding, if the condition does not hold.
fn unless(holds: bool, message: impl FnOnce() -> String) -> Vec<String> {
    if holds { Vec::new() } else { vec![message()] }
}

fn path(file: &VectorFile) -> Vec<String> {
    unless(file.path.split('/').all(is_kebab), || "family and topic must be kebab case".to_owned())
}

/// The folder is the operation's family or a shorter name of it, as `notesnook` for `notesnook-item.open`.
fn family(file: &VectorFile) -> Vec<String> {
    let folder = file.path.split('/').next().unwrap_or_default();
    let family = file.operation.family();
    let fits = family.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    unless(fits, || format!("`{}` does not belong in the folder `{folder}`", file.operation.name))
}

fn title(file: &VectorFile) -> Vec<String> {
    unless(is_sentence(&file.title), || "the title must be several words on one line".to_owned())
}

fn policy(file: &VectorFile) -> Vec<String> {
    unless(is_kebab(&file.policy), || format!("`{}` is not kebab case", file.policy))
}

/// A file of hostile cost that asks for nothing too costly is in the wrong class.
fn cost(file: &VectorFile) -> Vec<String> {
    let refused_for_cost = |expect: &Expect| match expect {
        Expect::Reject(reasons) => reasons.contains(&Reason::TooCostly),
        Expect::Output(_) | Expect::Opens(_) => false,
    };
    let holds = file.cost != Cost::Hostile || file.cases.iter().any(|case| refused_for_cost(&case.expect));
    unless(holds, || "cost is `hostile`, but no case expects `too-costly`".to_owned())
}

fn spec(file: &VectorFile) -> Vec<String> {
    let holds = !file.spec.is_empty() && file.spec.iter().all(|document| !document.trim().is_empty());
    unless(holds, || "expected at least one document, and none empty".to_owned())
}

fn source(file: &VectorFile) -> Vec<String> {
    let named = !file.source.recipe.is_empty() && file.source.recipe.split('/').all(is_kebab);
    let mut found = unless(named, || format!("recipe `{}` is not kebab case", file.source.recipe));
    let seeded = file.source.seed.len() == 64 && is_hex(&file.source.seed);
    found.extend(unless(seeded, || "the seed must be 32 bytes of lower-case hex".to_owned()));
    found
}

fn flag_names(file: &VectorFile) -> Vec<String> {
    let upper_camel = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let wrong = file.flags.keys().filter(|name| !upper_camel(name));
    wrong.map(|name| format!("`{name}` is not upper camel case")).collect()
}

fn flag_texts(file: &VectorFile) -> Vec<String> {
    let wrong = file.flags.iter().filter(|(_, flag)| !is_sentence(&flag.why) || !is_sentence(&flag.effect));
    wrong.map(|(name, _)| format!("`{name}`: `why` and `effect` must be sentences")).collect()
}

fn unused_flags(file: &VectorFile) -> Vec<String> {
    let used = |name: &String| file.cases.iter().any(|case| case.flags.contains(name));
    file.flags.keys().filter(|name| !used(name)).map(|name| format!("no case has the flag `{name}`")).collect()
}

fn unused_oracles(file: &VectorFile) -> Vec<String> {
    let used = |name: &String| file.cases.iter().any(|case| case.confirmed_by.contains(name));
    let unused = file.source.oracles.keys().filter(|name| !used(name));
    unused.map(|name| format!("no case is confirmed by `{name}`")).collect()
}

fn ids(file: &VectorFile) -> Vec<String> {
    let mut found = unless(!file.cases.is_empty(), || "the file has no case".to_owned());
    found.extend(unless(file.cases.first().is_none_or(|case| case.id > 0), || "ids begin at 1".to_owned()));
    let pairs = file.cases.iter().zip(file.cases.iter().skip(1));
    found.extend(pairs.filter(|(a, b)| a.id >= b.id).map(|(a, b)| format!("{} comes before {}", a.id, b.id)));
    found
}
