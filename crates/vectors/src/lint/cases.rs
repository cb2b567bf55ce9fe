//! Rules about one case.

use super::{CaseRule, is_hex, is_kebab, is_sentence, repeated};
use crate::{Case, Expect, Fields, VectorFile};

/// How `confirmed_by` names this suite's own implementation.
const REFERENCE: &str = "reference";

pub(super) const RULES: &[CaseRule] = &[
    CaseRule("name", name),
    CaseRule("why", why),
    CaseRule("flags", flags),
    CaseRule("confirmed", confirmed),
    CaseRule("oracles", oracles),
    CaseRule("reasons", reasons),
    CaseRule("parent", parent),
    CaseRule("one-change", one_change),
    CaseRule("trace", trace),
];

fn name(_: &VectorFile, case: &Case) -> Vec<String> {
    if is_kebab(&case.name) { Vec::new() } else { vec![format!("`{}` is not kebab case", case.name)] }
}

fn why(_: &VectorFile, case: &Case) -> Vec<String> {
    if is_sentence(&case.why) { Vec::new() } else { vec!["`why` must be one sentence on one line".to_owned()] }
}

fn flags(_: &VectorFile, case: &Case) -> Vec<String> {
    repeated(&case.flags).into_iter().map(|flag| format!("duplicate flag `{flag}`")).collect()
}

/// Implementations that confirm a case, at least.
const WITNESSES_MIN: usize = 2;

/// One implementation may share its author's mistake with the case; two that were written apart hardly do. That holds for
/// what must be refused as for what must succeed, and for every policy: there is no exception.
fn confirmed(_: &VectorFile, case: &Case) -> Vec<String> {
    let mut found: Vec<_> =
        repeated(&case.confirmed_by).into_iter().map(|name| format!("duplicate `{name}`")).collect();
    let confirmed = case.confirmed_by.len() - found.len();
    if confirmed < WITNESSES_MIN {
        found.push(format!("confirmed by {confirmed} implementations, at least {WITNESSES_MIN} are needed"));
    }
    found
}

fn oracles(file: &VectorFile, case: &Case) -> Vec<String> {
    let known = |name: &String| name == REFERENCE || file.source.oracles.contains_key(name);
    let unknown = case.confirmed_by.iter().filter(|name| !known(name));
    unknown.map(|name| format!("`source.oracles` has no version of `{name}`")).collect()
}

fn reasons(_: &VectorFile, case: &Case) -> Vec<String> {
    match &case.expect {
        Expect::Reject(reasons) => {
            repeated(reasons).into_iter().map(|reason| format!("duplicate `{}`", reason.as_str())).collect()
        }
        Expect::Output(_) | Expect::Opens(_) => Vec::new(),
    }
}

/// A negative case leads back to a positive one: its parent is positive or stands before it.
fn parent(file: &VectorFile, case: &Case) -> Vec<String> {
    let Some(id) = case.derived_from else { return Vec::new() };
    match file.case(id) {
        None => vec![format!("`derived_from` names case {id}, which is not in the file")],
        Some(other) => match other.expect {
            Expect::Output(_) | Expect::Opens(_) => Vec::new(),
            Expect::Reject(_) if id < case.id => Vec::new(),
            Expect::Reject(_) => vec![format!("case {id} is a negative test and does not come before this one")],
        },
    }
}

fn one_change(file: &VectorFile, case: &Case) -> Vec<String> {
    let Some(other) = case.derived_from.and_then(|id| file.case(id)) else { return Vec::new() };
    match changed(file, &case.input, &other.input).as_slice() {
        [_] => Vec::new(),
        [] => vec![format!("the same input as case {}", other.id)],
        several => vec![format!("differs from case {} in {}, expected one difference", other.id, several.join(", "))],
    }
}

/// The input members whose values differ; one that only one side has does.
fn changed(file: &VectorFile, ours: &Fields, theirs: &Fields) -> Vec<&'static str> {
    let names = file.operation.input.iter().map(|member| member.name);
    names.filter(|name| ours.value(name) != theirs.value(name)).collect()
}

fn trace(_: &VectorFile, case: &Case) -> Vec<String> {
    let snake = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let names = case.trace.keys().filter(|name| !snake(name)).map(|name| format!("`{name}` is not snake case"));
    let values = case.trace.iter().filter(|(name, value)| !name.ends_with("_text") && !is_hex(value));
    names.chain(values.map(|(name, _)| format!("`{name}` is not hex and its name does not end in `_text`"))).collect()
}
