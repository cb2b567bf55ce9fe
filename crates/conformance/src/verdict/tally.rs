//! Observations by the case that they belong to: a case has its verdict when all of its draws were seen. Layer: `verdict`.

use std::time::Duration;

use super::{Freshness, Known, Mismatch, Observed, Opener, Stale, Verdict, compare, judge, reference_opens};
use crate::registry;
use vectors::{Answer, Expect, Fields, Operation};

/// A case as far as its verdict needs it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'v> {
    /// What is asked for.
    pub operation: &'static Operation,
    /// The request's input.
    pub input: &'v Fields,
    /// What must come back.
    pub expect: &'v Expect,
    /// How often it is asked; 0 when it is left out.
    pub draws: u32,
    /// What a known issue says about it.
    pub known: Known,
}

/// A case with its verdict.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The position of its subject.
    pub subject: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The observation that decided it; `None` when all was as expected.
    pub observed: Option<Observed>,
    /// What the observation alone does not tell, in words.
    pub remark: Option<String>,
    /// What shows that a salt or nonce is not fresh.
    pub stale: Option<Stale>,
    /// The longest of its draws.
    pub elapsed: Duration,
}

/// Collects observations until each case has all of its own.
pub struct Tally<'v> {
    subjects: Vec<Subject<'v>>,
    opener: Opener<'v>,
    open: Vec<Progress>,
    freshness: Freshness,
}

/// What is known of a case that still waits for draws.
#[derive(Default)]
struct Progress {
    seen: u32,
    elapsed: Duration,
    first: Option<Observed>,
    worst: Option<Finding>,
}

struct Finding {
    mismatch: Mismatch,
    observed: Observed,
    remark: Option<String>,
    stale: Option<Stale>,
}

impl<'v> Tally<'v> {
    /// No observations yet.
    #[must_use]
    pub fn new(subjects: Vec<Subject<'v>>) -> Self {
        Self::opening(subjects, &reference_opens)
    }

    /// No observations yet; seals are opened by somebody who answers as the reference does.
    #[must_use]
    pub fn opening(subjects: Vec<Subject<'v>>, opener: Opener<'v>) -> Self {
        let open = subjects.iter().map(|_| Progress::default()).collect();
        Self { subjects, opener, open, freshness: Freshness::default() }
    }

    /// Takes in one observation; the verdict, if it was the last that the case waited for.
    pub fn observe(&mut self, at: usize, observed: Observed, elapsed: Duration) -> Option<Judged> {
        let subject = self.subjects[at];
        let finding = self.find(&subject, at, &observed);
        let progress = &mut self.open[at];
        progress.seen += 1;
        progress.elapsed = progress.elapsed.max(elapsed);
        progress.worst = worse(progress.worst.take(), finding);
        if progress.seen < subject.draws {
            if progress.first.is_none() && matches!(subject.expect, Expect::Output(_) | Expect::Reject(_)) {
                progress.first = Some(observed);
            }
            return None;
        }
        let progress = std::mem::take(progress);
        let verdict = judge(progress.worst.as_ref().map(|finding| finding.mismatch), subject.known);
        let (observed, remark, stale) = match progress.worst {
            Some(finding) => (Some(finding.observed), finding.remark, finding.stale),
            None => (None, None, None),
        };
        Some(Judged { subject: at, verdict, observed, remark, stale, elapsed: progress.elapsed })
    }

    fn find(&mut self, subject: &Subject<'_>, at: usize, observed: &Observed) -> Option<Finding> {
        let finding = |mismatch, remark| Finding { mismatch, observed: observed.clone(), remark, stale: None };
        if let Some(first) = self.changed_from(at, observed)
            && !matches!(subject.known, Known::Flaky(_))
        {
            let remark = format!("first answered {}", first.to_json());
            return Some(finding(Mismatch::Nondeterministic, Some(remark)));
        }
        if let Some(mismatch) = compare(subject.operation, subject.input, subject.expect, observed, self.opener) {
            return Some(finding(mismatch, remark(subject, observed)));
        }
        match (subject.expect, observed) {
            (Expect::Opens(_), Observed::Answer(Answer::Output(output))) => {
                let (stale, words) = self.freshness.objection(subject.operation, subject.input, output)?;
                Some(Finding { stale: Some(stale), ..finding(Mismatch::NotFresh, Some(words)) })
            }
            (Expect::Opens(_) | Expect::Output(_) | Expect::Reject(_), _) => None,
        }
    }

    /// The first answer, if this is another one. Only answers can change; a crash speaks for itself.
    fn changed_from(&self, at: usize, observed: &Observed) -> Option<&Observed> {
        use Answer::{Failure, Output, Reject, Unsupported};
        let first = self.open[at].first.as_ref()?;
        let changed = match (first, observed) {
            (Observed::Answer(first), Observed::Answer(second)) => match (first, second) {
                (Output(first), Output(second)) => first != second,
                (Reject { reason: first, .. }, Reject { reason: second, .. }) => first != second,
                (Unsupported { .. }, Unsupported { .. }) | (Failure { .. }, Failure { .. }) => false,
                (Output(_) | Reject { .. } | Unsupported { .. } | Failure { .. }, _) => true,
            },
            (_, _) => false,
        };
        changed.then_some(first)
    }
}

/// Why a seal is wrong although it opens.
fn remark(subject: &Subject<'_>, observed: &Observed) -> Option<String> {
    match (subject.expect, observed) {
        (Expect::Opens(_), Observed::Answer(Answer::Output(output))) => {
            registry::other_cost(subject.operation, subject.input, output)
        }
        (Expect::Opens(_) | Expect::Output(_) | Expect::Reject(_), _) => None,
    }
}

/// The first finding stands, for what follows a crash is often only its echo; but a change says more than either answer.
fn worse(first: Option<Finding>, second: Option<Finding>) -> Option<Finding> {
    match (first, second) {
        (_, Some(second)) if second.mismatch == Mismatch::Nondeterministic => Some(second),
        (first, second) => first.or(second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vectors::Reason;
    use vectors::operation::find;

    fn digest(byte: u8) -> Observed {
        Observed::Answer(Answer::Output(Fields::new().with_bytes("digest", [byte])))
    }

    fn refusal() -> Observed {
        Observed::Answer(Answer::Reject { reason: Reason::Malformed, detail: String::new() })
    }

    fn died() -> Observed {
        Observed::Died { how: String::new(), stderr: String::new() }
    }

    /// An answer that changes must not pass for either of its values, in whatever order they come.
    #[test]
    fn several_draws_come_to_one_verdict() {
        let (input, expect) =
            (Fields::new().with_bytes("message", []), Expect::Output(Fields::new().with_bytes("digest", [1])));
        let changed = Verdict::Fail(Mismatch::Nondeterministic);
        for (known, draws, verdict) in [
            (Known::No, vec![digest(1), digest(1)], Verdict::Pass),
            (Known::No, vec![digest(1), digest(2)], changed),
            (Known::No, vec![digest(2), digest(1)], changed),
            (Known::No, vec![digest(2), digest(3)], changed),
            (Known::No, vec![digest(1), refusal()], changed),
            (Known::No, vec![digest(2), digest(2)], Verdict::Fail(Mismatch::WrongOutput)),
            (Known::No, vec![digest(1), died()], Verdict::Fail(Mismatch::Died)),
            (Known::No, vec![died(), digest(1)], Verdict::Fail(Mismatch::Died)),
            (
                Known::Flaky(Mismatch::WrongOutput),
                vec![digest(1), digest(2)],
                Verdict::KnownFailure(Mismatch::WrongOutput),
            ),
            (Known::Flaky(Mismatch::WrongOutput), vec![digest(1), digest(1)], Verdict::Pass),
            (Known::Fails(Mismatch::WrongOutput), vec![digest(1)], Verdict::UnexpectedPass),
        ] {
            let draws_planned = u32::try_from(draws.len()).unwrap();
            let subject = Subject {
                operation: find("sha512.digest").unwrap(),
                input: &input,
                expect: &expect,
                draws: draws_planned,
                known,
            };
            let mut tally = Tally::new(vec![subject]);
            let mut judged: Vec<_> =
                draws.iter().filter_map(|observed| tally.observe(0, observed.clone(), Duration::ZERO)).collect();
            assert_eq!(judged.len(), 1, "{draws:?}");
            assert_eq!(judged.pop().unwrap().verdict, verdict, "{known:?} {draws:?}");
        }
    }
}
