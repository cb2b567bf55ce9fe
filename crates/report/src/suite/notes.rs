//! What people should know of a run: before it begins what is not asked and how answers are judged, and afterwards what was
//! odd. Layer: `suite`; pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{Extent, NoisePolicy, Order};
use crate::{CaseRecord, Counts};
use conformance::plan::{Claims, Fate, LeftOut, Plan, Selection};
use conformance::port::{Hello, KnownIssue, Mismatch, Remarks};
use conformance::shown::counted;
use vectors::{Reasons, VectorFile};

/// Characters of noise that a note shows.
const NOISE_CHARS_SHOWN: usize = 200;

/// A claim that leaves out nine cases in ten is worth a word.
const NEARLY_ALL: (usize, usize) = (9, 10);

/// The families that the port claims, and of which its constraints leave out every case that it would be asked.
pub(super) fn untested(files: &[VectorFile], claims: &Claims<'_>) -> BTreeMap<&'static str, usize> {
    let mut families: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for file in
        files.iter().filter(|file| claims.follows(&file.policy) && claims.hello.claims_operation(file.operation))
    {
        let (asked, all) = families.entry(file.operation.family()).or_default();
        *all += file.cases.len();
        *asked += file.cases.iter().filter(|case| claims.hello.claims(file.operation, &case.input)).count();
    }
    families.into_iter().filter(|(_, (asked, _))| *asked == 0).map(|(family, (_, all))| (family, all)).collect()
}

/// What is known before the first question.
pub(super) fn before(
    order: &Order<'_>,
    claims: &Claims<'_>,
    plan: &Plan<'_>,
    untested: &BTreeMap<&'static str, usize>,
) -> Vec<String> {
    let hello = claims.hello;
    let mut notes: Vec<String> = part(&order.selection).into_iter().collect();
    notes.extend(reasons(order));
    notes.extend(
        hello
            .unknown_operations()
            .map(|name| format!("the port claims `{name}`, which is not an operation of this suite")),
    );
    let nothing = |(family, all): (&&str, &usize)| {
        let cases = counted(*all, "case");
        format!("the port claims {family}, but its constraints leave out every one of {cases}: the claim is not tested")
    };
    notes.extend(untested.iter().map(nothing));
    notes.extend(narrow(plan, untested));
    notes.extend(idle_policies(order, hello, plan));
    notes.extend(order.known_issues.iter().filter_map(|issue| out_of_force(issue, hello)));
    notes
}

/// What makes the run a part of the whole.
fn part(selection: &Selection) -> Option<String> {
    let patterns = selection.patterns.iter().map(|pattern| format!("--select {}", pattern.as_str()));
    let policy = selection.policy.iter().map(|policy| format!("--policy {policy}"));
    let shard = selection.shard.iter().map(|shard| format!("--shard {shard}"));
    let words: Vec<_> = patterns.chain(policy).chain(shard).collect();
    (!words.is_empty()).then(|| format!("only a part of the cases: {}", words.join(" ")))
}

fn reasons(order: &Order<'_>) -> Option<String> {
    match (order.reasons, order.reasons(), &order.required) {
        (Reasons::Own, _, _) => None,
        (Reasons::Any, Reasons::Any, _) => {
            Some("the reasons of refusals are not judged: port.toml says reasons = \"any\"".to_owned())
        }
        (Reasons::Any, Reasons::Own, required) => {
            let name = required.as_ref().map_or("", |required| &required.name);
            Some(format!(
                "{name} wants the reasons of refusals judged, so reasons = \"any\" in port.toml has no effect"
            ))
        }
    }
}

/// Claims that leave out nearly all cases of their operation.
fn narrow(plan: &Plan<'_>, untested: &BTreeMap<&'static str, usize>) -> Vec<String> {
    let mut operations: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for entry in plan.entries.iter().filter(|entry| !untested.contains_key(entry.file.operation.family())) {
        let (left_out, all) = operations.entry(entry.file.operation.name).or_default();
        match entry.fate {
            Fate::Asked { .. } => *all += 1,
            Fate::LeftOut(LeftOut::Constraint) => (*left_out, *all) = (*left_out + 1, *all + 1),
            Fate::LeftOut(LeftOut::Policy | LeftOut::Operation) => {}
        }
    }
    let is_narrow = |(left_out, all): (usize, usize)| left_out > 0 && left_out * NEARLY_ALL.1 >= all * NEARLY_ALL.0;
    let words = |(name, (left_out, all)): (&str, (usize, usize))| {
        format!("the constraints on {name} leave out {left_out} of {}", counted(all, "case"))
    };
    operations.into_iter().filter(|(_, counts)| is_narrow(*counts)).map(words).collect()
}

/// Claimed policies that no file has, perhaps by a slip of the pen, and those of which a whole run asks nothing.
fn idle_policies(order: &Order<'_>, hello: &Hello, plan: &Plan<'_>) -> BTreeSet<String> {
    let is_whole = part(&order.selection).is_none();
    let is_asked = |policy: &String| {
        let of_policy = |entry: &&conformance::plan::Entry<'_>| entry.file.policy == *policy;
        plan.entries.iter().filter(of_policy).any(|entry| matches!(entry.fate, Fate::Asked { .. }))
    };
    let words = |policy: &String| {
        let exists = order.files.iter().any(|file| file.policy == *policy);
        match (exists, order.extent) {
            (false, Extent::Suite) => Some(format!("the port claims the policy `{policy}`, but no vectors have it")),
            (true, _) if is_whole && !is_asked(policy) => {
                Some(format!("the port claims the policy `{policy}`, but no case of it is within its claims"))
            }
            (false, Extent::Given) | (true, _) => None,
        }
    };
    hello.policies.iter().chain(order.policies).filter_map(words).collect()
}

/// A known issue whose scope is another port's.
fn out_of_force(issue: &KnownIssue, hello: &Hello) -> Option<String> {
    let (key, value) = issue.when.iter().find(|(key, value)| !hello.says(key, value))?;
    let found = match hello.word(key) {
        Some(word) => format!("the port says \"{word}\""),
        None => "the port says nothing of it".to_owned(),
    };
    Some(format!("known issue `{}` is not in force: it wants {key} \"{value}\", and {found}", issue.case))
}

/// What a requirement set says of a run, beside the counts of all cases.
pub(super) fn gate(name: &str, all: &Counts, gating: &Counts) -> String {
    let outside = counted(all.failed - gating.failed, "failure");
    let Counts { passed, failed, .. } = gating;
    format!(
        "{name}: {passed} passed, {failed} failed, {} skipped; not counted: {outside} outside this set",
        gating.skipped()
    )
}

/// Operations whose probes were wrong, of a run that judges nevertheless.
pub(super) fn wrong_probes(wrong: &[&'static str]) -> Option<String> {
    let names = wrong.join(", ");
    (!wrong.is_empty()).then(|| {
        format!(
            "the simplest answers of {names} are wrong: a pass there may be luck; other operations are not affected"
        )
    })
}

/// Operations that the port claims and then calls unsupported.
pub(super) fn declined(plan: &Plan<'_>, cases: &[CaseRecord]) -> Option<String> {
    let mut operations: BTreeMap<&str, usize> = BTreeMap::new();
    for (entry, record) in plan.entries.iter().zip(cases) {
        if record.outcome.mismatch() == Some(Mismatch::Declined) {
            *operations.entry(entry.file.operation.name).or_default() += 1;
        }
    }
    let words: Vec<_> =
        operations.iter().map(|(name, count)| format!("{name} ({})", counted(*count, "case"))).collect();
    (!words.is_empty()).then(|| {
        format!(
            "answered `unsupported` inside its own claims: {}; claim less in hello, or support it",
            words.join(", ")
        )
    })
}

/// What a port's outputs and end come to.
pub(super) fn remark(remarks: &Remarks, policy: NoisePolicy, notes: &mut Vec<String>, faults: &mut Vec<String>) {
    notes.extend(remarks.notes.iter().cloned());
    if remarks.noise_lines > 0 {
        let skipped = remarks.noise.chars().count().saturating_sub(NOISE_CHARS_SHOWN);
        let shown: String = remarks.noise.chars().skip(skipped).collect();
        let words = format!(
            "standard output had {} besides the answers, ending with: {}",
            counted(usize::try_from(remarks.noise_lines).unwrap_or(usize::MAX), "line"),
            shown.trim_end()
        );
        match policy {
            NoisePolicy::Note => notes.push(words),
            NoisePolicy::Fault => faults.push(words),
        }
    }
    if let Some(last) = remarks.stderr.trim_end().lines().last() {
        notes.push(format!("standard error ended with: {}", last.chars().take(NOISE_CHARS_SHOWN).collect::<String>()));
    }
}
