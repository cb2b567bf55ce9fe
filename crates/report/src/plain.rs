//! Failures that speak for themselves: a refusal for another reason, an end, a silence. They need no search, and no known
//! mistake is looked for where one sentence says it. Layer: `report`; pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{Diagnosed, Explained};
use conformance::port::{Mismatch, Observed};
use conformance::shown::shorten;
use diagnosis::Exhibit;
use vectors::{Answer, Expect, Reason};

/// What is said of everything is seen in no fewer failures.
const ALIKE_MIN: usize = 3;

/// What to do about an operation that refuses everything.
const REFUSING: &str =
    "Read the refusal's detail_text. Often the adapter takes a member for another, or for another type.";

/// What is said of an operation that answers otherwise each time.
const CHANGES: &str = "gives another answer to the same question each time: something random, or something left from an earlier \
                       request, goes into it";

/// What to do about an operation that answers otherwise each time.
const CHANGING: &str = "Look for something drawn at random that the request gives, such as a salt, and for state that one request \
                        leaves to the next: a buffer, a cache, a shared cipher object.";

/// What a port said is cut beyond this.
const SHOWN_CHARS_MAX: usize = 200;

/// The one reason that a port gives for all of its refusals, and the exhibits where it is wrong.
pub(crate) fn one_reason(exhibits: &[Exhibit<'_>]) -> Option<(Reason, Vec<usize>)> {
    let wrong = exhibits.iter().enumerate().filter_map(|(at, exhibit)| Some((at, wrong_reason(exhibit)?)));
    let (cases, reasons): (Vec<usize>, Vec<Reason>) = wrong.unzip();
    let reason = *reasons.first()?;
    // A refusal that was right for other reasons alone was not given this one.
    let fits = exhibits.iter().filter(|exhibit| exhibit.found.is_none()).all(|exhibit| match &exhibit.case.expect {
        Expect::Reject(wanted) => wanted.contains(&reason),
        Expect::Output(_) | Expect::Opens(_) => true,
    });
    let is_one = cases.len() >= ALIKE_MIN && reasons.iter().all(|other| *other == reason) && fits;
    is_one.then_some((reason, cases))
}

/// The exhibits of a port that refuses every input that it has to accept, of several operations.
pub(crate) fn refuses_all(exhibits: &[Exhibit<'_>]) -> Option<Vec<usize>> {
    let positive = || exhibits.iter().enumerate().filter(|(_, exhibit)| wants_an_output(exhibit));
    let operations: BTreeSet<_> = positive().map(|(_, exhibit)| exhibit.operation().name).collect();
    let is_all = positive().count() >= ALIKE_MIN && operations.len() > 1;
    (is_all && positive().all(|(_, exhibit)| is_refused(exhibit))).then(|| positive().map(|(at, _)| at).collect())
}

fn wants_an_output(exhibit: &Exhibit<'_>) -> bool {
    match exhibit.case.expect {
        Expect::Output(_) | Expect::Opens(_) => true,
        Expect::Reject(_) => false,
    }
}

fn is_refused(exhibit: &Exhibit<'_>) -> bool {
    exhibit.found.as_ref().is_some_and(|found| found.mismatch == Mismatch::Refused)
}

/// The operations that were seen to give another answer to the same question.
fn changing<'e>(exhibits: &'e [Exhibit<'_>]) -> BTreeSet<&'e str> {
    let is_changed = |exhibit: &&Exhibit<'_>| {
        exhibit.found.as_ref().is_some_and(|found| found.mismatch == Mismatch::Nondeterministic)
    };
    exhibits.iter().filter(is_changed).map(|exhibit| exhibit.operation().name).collect()
}

fn wrong_reason(exhibit: &Exhibit<'_>) -> Option<Reason> {
    let found = exhibit.found.as_ref().filter(|found| found.mismatch == Mismatch::WrongReason)?;
    match &found.observed {
        Observed::Answer(Answer::Reject { reason, .. }) => Some(*reason),
        Observed::Answer(Answer::Output(_) | Answer::Unsupported { .. } | Answer::Failure { .. })
        | Observed::Died { .. }
        | Observed::TimedOut { .. }
        | Observed::Garbled { .. }
        | Observed::Nondeterministic { .. }
        | Observed::NotRun { .. } => None,
    }
}

/// The cause of a port that knows one error alone.
pub(crate) fn of_one_reason(reason: Reason, cases: Vec<usize>) -> Explained {
    Explained {
        sentence: format!("gives `{}` for every refusal", reason.as_str()),
        proof: "every refusal gave this reason, and no refusal that passed wants another one".to_owned(),
        fixes: vec![
            "Tell the reasons apart: malformed, parameter, too-costly, authentication (docs/porting.md).",
            "If the library has one error for everything, set reasons = \"any\" in port.toml: refusals then count whatever reason they give, and the report says so.",
        ],
        cases,
        ..Explained::default()
    }
}

/// The cause of a port that accepts nothing.
pub(crate) fn of_refusing_all(cases: Vec<usize>) -> Explained {
    Explained {
        sentence: "refuses every input that it has to accept".to_owned(),
        proof: "no operation gave an output".to_owned(),
        fixes: vec![REFUSING],
        cases,
        ..Explained::default()
    }
}

/// Says what is plain of the failures that no cause explains; `positions` are the records' of the exhibits.
pub(crate) fn describe(diagnosed: &mut Diagnosed, exhibits: &[Exhibit<'_>], positions: &[usize]) {
    let causes = || diagnosed.causes.iter();
    let explained: BTreeSet<usize> =
        causes().flat_map(|cause| cause.cases.iter().chain(&cause.unchecked)).copied().collect();
    let mut described: BTreeMap<String, Explained> = BTreeMap::new();
    let changing = changing(exhibits);
    for (exhibit, position) in exhibits.iter().zip(positions).filter(|(_, position)| !explained.contains(position)) {
        let Some(Plain { sentence, said, fix }) = plain(exhibit, &changing) else { continue };
        let cause = described.entry(sentence).or_insert_with_key(|sentence| Explained {
            sentence: sentence.clone(),
            // What changes from answer to answer needs no other cause.
            speaks_for_itself: !sentence.ends_with(CHANGES),
            proof: "the answers say so themselves".to_owned(),
            fixes: vec![fix],
            ..Explained::default()
        });
        if cause.shown_by.is_none() && !said.is_empty() {
            let id = exhibit.file.case_id(exhibit.case);
            cause.shown_by = Some(format!("{id}: {}", shorten(said, SHOWN_CHARS_MAX)));
        }
        cause.cases.push(*position);
    }
    let told: BTreeSet<usize> = described.values().flat_map(|cause| &cause.cases).copied().collect();
    for group in &mut diagnosed.unexplained {
        group.cases.retain(|position| !told.contains(position));
    }
    diagnosed.unexplained.retain(|group| !group.cases.is_empty());
    diagnosed.causes.extend(described.into_values());
}

/// What is plain of one failure.
struct Plain<'e> {
    sentence: String,
    /// What the port said of it.
    said: &'e str,
    fix: &'static str,
}

fn plain<'e>(exhibit: &'e Exhibit<'_>, changing: &BTreeSet<&str>) -> Option<Plain<'e>> {
    let found = exhibit.found.as_ref()?;
    let operation = exhibit.operation().name;
    let plain = |words: &str, said, fix| Some(Plain { sentence: format!("{operation} {words}"), said, fix });
    match (&found.observed, found.mismatch) {
        (Observed::Nondeterministic { what }, _) => plain(CHANGES, what, CHANGING),
        (_, Mismatch::Nondeterministic) => plain(CHANGES, "", CHANGING),
        (Observed::Answer(Answer::Output(_)), Mismatch::WrongOutput) if changing.contains(operation) => {
            plain(CHANGES, "", CHANGING)
        }
        (Observed::Answer(Answer::Reject { reason, detail }), Mismatch::WrongReason) => {
            let Expect::Reject(wanted) = &exhibit.case.expect else { return None };
            let wanted: Vec<_> = wanted.iter().map(|reason| format!("`{}`", reason.as_str())).collect();
            let words = format!("refuses as `{}` where {} is right", reason.as_str(), wanted.join(" or "));
            plain(
                &words,
                detail,
                "Answer with the reason that the case wants (docs/porting.md tells what each one means).",
            )
        }
        (Observed::Died { how, stderr }, _) => plain(
            &format!("ends the port's process: {how}"),
            stderr.trim_end().lines().last().unwrap_or_default(),
            "Catch the error in the adapter, and answer `reject` if your code refuses this input.",
        ),
        (Observed::TimedOut { .. }, _) => plain(
            "gives no answer in time",
            "",
            "Look for an endless loop, or for work that is done before the cost is checked.",
        ),
        (Observed::Garbled { what }, _) => plain(
            "gives an answer that does not fit the protocol",
            what,
            "Compare the answer's members with the table of operations in docs/porting.md.",
        ),
        (Observed::Answer(Answer::Unsupported { detail }), _) => plain(
            "answers `unsupported` inside its own claims",
            detail,
            "Claim less in hello (docs/porting.md, section 4), or support it.",
        ),
        (Observed::Answer(Answer::Failure { detail }), _) => plain(
            "answers `failure`: the adapter itself broke",
            detail,
            "Mend the adapter; if your code refuses this input, answer `reject`.",
        ),
        (Observed::Answer(Answer::Output(_) | Answer::Reject { .. }) | Observed::NotRun { .. }, _) => None,
    }
}
