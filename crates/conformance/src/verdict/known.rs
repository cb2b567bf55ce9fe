//! Known issues, and when they are themselves at fault. Layer: `verdict`, pure.

use super::Known;
use crate::port::{Date, Hello, KnownIssue};

/// A glob may excuse at most so many cases.
const CASES_MAX: usize = 20;

/// Where and when known issues are applied.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// What the port says about itself.
    pub hello: &'a Hello,
    /// Today, for issues that expire.
    pub today: Date,
}

/// One known issue and the cases that it excuses, by their position in the run; an issue at fault excuses none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excuse<'a> {
    /// The issue.
    pub issue: &'a KnownIssue,
    /// The positions of its cases.
    pub cases: Vec<usize>,
}

/// Why a known issue turns the run red whatever its cases do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KnownIssueFault {
    /// No case in all the vectors.
    #[error("known issue `{case}` matches no case")]
    MatchesNothing {
        /// Its glob.
        case: String,
    },
    /// More cases than one excuse may have.
    #[error("known issue `{case}` matches {found} cases, at most {CASES_MAX} are allowed")]
    TooWide {
        /// Its glob.
        case: String,
        /// How many it matches.
        found: usize,
    },
    /// Past its day.
    #[error("known issue `{case}` expired on {expired}")]
    Expired {
        /// Its glob.
        case: String,
        /// The last day on which it held.
        expired: Date,
    },
    /// Two issues excuse one case.
    #[error("known issues `{case}` and `{other}` excuse the same case")]
    Overlap {
        /// One glob.
        case: String,
        /// The other.
        other: String,
    },
}

impl KnownIssue {
    /// What the issue says about each of its cases.
    #[must_use]
    pub fn known(&self) -> Known {
        if self.flaky { Known::Flaky(self.mismatch) } else { Known::Fails(self.mismatch) }
    }
}

/// Applies known issues: what they excuse, and what is wrong with them.
///
/// `matched` gives, for an issue, how many cases it matches in all vectors and the positions of those that are asked.
pub fn excuses<'a>(
    issues: &'a [KnownIssue],
    scope: Scope<'_>,
    matched: impl Fn(&KnownIssue) -> (usize, Vec<usize>),
) -> (Vec<Excuse<'a>>, Vec<KnownIssueFault>) {
    let (mut excuses, mut faults) = (Vec::<Excuse<'a>>::new(), Vec::new());
    for issue in issues.iter().filter(|issue| issue.when.iter().all(|(key, value)| scope.hello.says(key, value))) {
        let case = issue.case.as_str().to_owned();
        let (found, cases) = matched(issue);
        let overlapped = excuses.iter().find(|other| other.cases.iter().any(|case| cases.contains(case)));
        match (found, issue.expires, overlapped) {
            (0, _, _) => faults.push(KnownIssueFault::MatchesNothing { case }),
            (_, Some(expired), _) if expired < scope.today => faults.push(KnownIssueFault::Expired { case, expired }),
            (_, _, Some(other)) => {
                faults.push(KnownIssueFault::Overlap { case, other: other.issue.case.as_str().to_owned() });
            }
            (found, _, None) if found > CASES_MAX => faults.push(KnownIssueFault::TooWide { case, found }),
            (_, _, None) => excuses.push(Excuse { issue, cases }),
        }
    }
    (excuses, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{InProcess, Mismatch, Reference};

    fn issue(case: &str, expires: Option<&str>) -> KnownIssue {
        KnownIssue {
            case: glob::Pattern::new(case).unwrap(),
            mismatch: Mismatch::Died,
            why: "w".to_owned(),
            link: "l".to_owned(),
            when: std::collections::BTreeMap::new(),
            flaky: false,
            expires: expires.and_then(Date::read),
            producer: None,
            consumer: None,
        }
    }

    /// A list of excuses that cannot rot: each fault of its own must be said.
    #[test]
    fn an_excuse_at_fault_excuses_nothing() {
        let hello = Reference::default().hello();
        let scope = Scope { hello: &hello, today: Date::read("2026-05-05").unwrap() };
        let matched = |issue: &KnownIssue| match issue.case.as_str() {
            "none" => (0, Vec::new()),
            "wide" => (21, vec![1]),
            "left-out" => (1, Vec::new()),
            _ => (1, vec![7]),
        };
        for (issues, fault) in [
            (vec![issue("one", Some("2026-05-05"))], None),
            (vec![issue("left-out", None)], None),
            (vec![issue("none", None)], Some("matches no case")),
            (vec![issue("wide", None)], Some("21 cases")),
            (vec![issue("one", Some("2026-05-04"))], Some("expired on 2026-05-04")),
            (vec![issue("one", None), issue("two", None)], Some("same case")),
        ] {
            let (excuses, faults) = excuses(&issues, scope, matched);
            assert_eq!(faults.len(), usize::from(fault.is_some()), "{faults:?}");
            assert_eq!(excuses.len() + faults.len(), issues.len());
            assert!(faults.iter().zip(fault).all(|(found, wanted)| found.to_string().contains(wanted)), "{faults:?}");
        }
    }

    /// An issue of another platform neither excuses nor rots here.
    #[test]
    fn an_issue_out_of_scope_is_not_there() {
        let hello = Reference::default().hello();
        let scope = Scope { hello: &hello, today: Date::read("2026-05-05").unwrap() };
        let mut elsewhere = issue("none", None);
        elsewhere.when.insert("platform".to_owned(), "no-such-platform".to_owned());
        assert_eq!(excuses(&[elsewhere], scope, |_| (0, Vec::new())), (Vec::new(), Vec::new()));
    }
}
