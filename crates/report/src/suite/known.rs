//! A port's known issues in one run: which cases they excuse, and which of them are themselves at fault. Layer: `suite`; pure.

use super::{Extent, Order};
use conformance::plan::{CasePattern, Fate, Plan};
use conformance::port::{Hello, KnownIssue};
use conformance::verdict::{Excuse, KnownIssueFault, Scope, excuses};
use vectors::errata::Retired;
use vectors::{Errata, VectorFile};

/// What a port's known issues come to.
pub(super) struct Issues<'a> {
    /// The cases that they excuse.
    pub(super) excused: Vec<Excuse<'a>>,
    /// What turns the run red, one line each.
    pub(super) faults: Vec<String>,
    /// Issues of cases that are retired, one line each.
    pub(super) outlived: Vec<String>,
}

/// The issues that are known to fail only sometimes, and are in force.
pub(super) fn flaky(issues: &[KnownIssue], hello: &Hello) -> Vec<CasePattern> {
    let in_scope = |issue: &&KnownIssue| issue.when.iter().all(|(key, value)| hello.says(key, value));
    let flaky = issues.iter().filter(in_scope).filter(|issue| issue.flaky);
    flaky.map(|issue| CasePattern::from(issue.case.clone())).collect()
}

/// Applies the known issues to a plan.
pub(super) fn apply<'a>(order: &Order<'a>, hello: &Hello, plan: &Plan<'_>) -> Issues<'a> {
    let scope = Scope { hello, today: order.today };
    let (excused, mut faults) = excuses(order.known_issues, scope, |issue| matched(order.files, plan, issue));
    faults.retain(|fault| match (fault, order.extent) {
        (KnownIssueFault::MatchesNothing { .. }, Extent::Given) => false,
        (
            KnownIssueFault::MatchesNothing { .. }
            | KnownIssueFault::TooWide { .. }
            | KnownIssueFault::Expired { .. }
            | KnownIssueFault::Overlap { .. },
            Extent::Suite | Extent::Given,
        ) => true,
    });
    let (outlived, faults) = outlived(&faults, order.errata);
    Issues { excused, faults: faults.iter().map(ToString::to_string).collect(), outlived }
}

/// How many cases a known issue matches in all vectors, and which of them are asked.
fn matched(files: &[VectorFile], plan: &Plan<'_>, issue: &KnownIssue) -> (usize, Vec<usize>) {
    let pattern = CasePattern::from(issue.case.clone());
    let all = files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    let asked = plan
        .entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| matches!(entry.fate, Fate::Asked { .. }) && pattern.matches(entry.file, entry.case));
    (all.filter(|(file, case)| pattern.matches(file, case)).count(), asked.map(|(position, _)| position).collect())
}

/// Known issues of retired cases are notes, for the case was wrong and not the port; the other faults stay.
fn outlived<'f>(faults: &'f [KnownIssueFault], errata: &Errata) -> (Vec<String>, Vec<&'f KnownIssueFault>) {
    let (mut notes, mut left) = (Vec::new(), Vec::new());
    for fault in faults {
        let retired = match fault {
            KnownIssueFault::MatchesNothing { case } => CasePattern::read(case)
                .ok()
                .and_then(|pattern| errata.retired.iter().find(|retired| pattern.matches_id(&retired.case))),
            KnownIssueFault::Expired { .. } | KnownIssueFault::Overlap { .. } | KnownIssueFault::TooWide { .. } => None,
        };
        match retired {
            Some(Retired { case, since, why, .. }) => {
                notes.push(format!("{case} is retired since {since}, so remove its known issue: {why}"));
            }
            None => left.push(fault),
        }
    }
    (notes, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A port that recorded a case as its failure, and was right, must not be punished when the case goes.
    #[test]
    fn a_known_issue_of_a_retired_case_is_a_note() {
        let retired = Retired {
            case: "sha512/lengths/7".to_owned(),
            input_sha256: String::new(),
            why: "the digest was another's".to_owned(),
            since: "0.2.0".to_owned(),
            replaced_by: Vec::new(),
        };
        let errata = Errata { retired: vec![retired], ..Errata::none() };
        let faults: Vec<_> = ["sha512/lengths/7", "sha512/lengths/8"]
            .map(|case| KnownIssueFault::MatchesNothing { case: case.to_owned() })
            .into();
        let (notes, left) = outlived(&faults, &errata);
        assert_eq!((notes.len(), left), (1, vec![&faults[1]]));
    }
}
