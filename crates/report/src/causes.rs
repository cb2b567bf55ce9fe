//! Why cases failed, as reports tell it.
//!
//! In: a diagnosis, and what the port says of itself. Out: each cause in words, with what to do on that port's platform, and
//! the records that it explains. Layer: `report`; pure.

use std::time::Duration;

use conformance::port::{Hello, Observed};
use conformance::shown::{counted, shorten};
use diagnosis::{Cause, Diagnosis, Divergence, Exhibit, Hypothesis, Step, hints};
use vectors::{Answer, Expect, Value};

/// Bytes of proof are cut beyond this.
const SHOWN_CHARS_MAX: usize = 96;

/// Of a long text so many characters are shown on either side of the place where it is wrong.
const AROUND_CHARS: usize = 24;

/// Ways to mend a mistake that are told.
const FIXES_MAX: usize = 3;

/// What can be said of a run's failures.
#[derive(Clone, Debug, Default)]
pub struct Diagnosed {
    /// The causes, the one that explains most first.
    pub causes: Vec<Explained>,
    /// Failures that no known mistake explains.
    pub unexplained: Vec<Unexplained>,
    /// How many guesses were tried.
    pub tried: usize,
    /// Whether the search ended before its time did.
    pub complete: bool,
    /// How long it was allowed to take.
    pub allowed: Duration,
}

/// A cause.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// The names of the mistakes: one, or several that are made at once; none where the answers speak for themselves.
    pub mistakes: Vec<String>,
    /// What the port does wrong, in a sentence.
    pub sentence: String,
    /// Whether the port's own bytes prove it.
    pub is_proven: bool,
    /// Whether it only tells what the answers say, without what is behind it.
    pub speaks_for_itself: bool,
    /// What the diagnosis rests on.
    pub proof: String,
    /// The case and the bytes that show it, if bytes do.
    pub shown_by: Option<String>,
    /// What to do about it, what fits the port best first.
    pub fixes: Vec<&'static str>,
    /// Public reports of the same mistake.
    pub links: Vec<&'static str>,
    /// Other mistakes that explain the same: their names and sentences.
    pub alternatives: Vec<(String, String)>,
    /// The positions of the records that it explains, ascending.
    pub cases: Vec<usize>,
    /// The positions of records that it may explain and that there was no time for.
    pub unchecked: Vec<usize>,
}

/// Failures that no known mistake explains, and where they begin.
#[derive(Clone, Debug)]
pub struct Unexplained {
    /// The first operation that goes wrong.
    pub operation: &'static str,
    /// Its first step that is seen to be wrong, in words.
    pub step: &'static str,
    /// What the failures have in common, or what their answers show, in words.
    pub detail: Option<String>,
    /// What fits some of them best, though not well enough for a cause.
    pub nearest: Vec<String>,
    /// The positions of the records, ascending.
    pub cases: Vec<usize>,
}

impl Diagnosed {
    /// A diagnosis in words; `positions` are the records' of its exhibits.
    #[must_use]
    pub fn of(
        diagnosis: &Diagnosis,
        exhibits: &[Exhibit<'_>],
        positions: &[usize],
        hello: &Hello,
        allowed: Duration,
    ) -> Self {
        let records = |cases: &[usize]| cases.iter().map(|at| positions[*at]).collect::<Vec<_>>();
        let explained = |cause: &Cause| Explained {
            cases: records(&cause.cases),
            unchecked: records(&cause.unchecked),
            shown_by: cause.proof.shown_by.and_then(|at| shown(&exhibits[at])),
            ..Explained::of(cause, hello)
        };
        let is_plain = |divergence: &&Divergence| divergence.seen.as_ref().is_some_and(|seen| seen.is_plain);
        let (plain, others): (Vec<&Divergence>, Vec<_>) = diagnosis.unexplained.iter().partition(is_plain);
        let unexplained = others.into_iter().map(|divergence| Unexplained {
            operation: divergence.operation,
            step: divergence.step.words(),
            detail: divergence.seen.as_ref().map(|seen| seen.words.clone()),
            nearest: divergence.nearest.clone(),
            cases: records(&divergence.cases),
        });
        let plain =
            plain.into_iter().map(|divergence| Explained { cases: records(&divergence.cases), ..seen(divergence) });
        Self {
            causes: diagnosis.causes.iter().map(explained).chain(plain).collect(),
            unexplained: unexplained.collect(),
            tried: diagnosis.tried,
            complete: diagnosis.complete,
            allowed,
        }
    }

    /// The cause of the record at this position.
    #[must_use]
    pub fn cause_of(&self, position: usize) -> Option<&Explained> {
        self.causes.iter().find(|cause| cause.cases.binary_search(&position).is_ok())
    }
}

impl Explained {
    fn of(cause: &Cause, hello: &Hello) -> Self {
        let mistakes = &cause.hypothesis.mistakes;
        let libraries = || hello.libraries.keys().map(String::as_str);
        let fitting = mistakes.iter().flat_map(|mistake| {
            hints::fitting(mistake.name, &hello.language_text, libraries()).into_iter().map(|hint| hint.text)
        });
        let general = mistakes.iter().filter_map(|mistake| hints::fix(mistake.name));
        let changed = cause.hypothesis.edits.iter().map(|edit| edit.change.fix());
        let mut fixes: Vec<&'static str> = Vec::new();
        for fix in fitting.chain(general).chain(changed) {
            if fixes.len() < FIXES_MAX && !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        let named = |other: &Hypothesis| (other.names().join(" and "), other.sentence());
        Self {
            mistakes: cause.hypothesis.names(),
            sentence: cause.hypothesis.sentence(),
            is_proven: cause.proof.reproduced > 0,
            speaks_for_itself: false,
            proof: cause.proof.words(),
            shown_by: None,
            fixes,
            links: mistakes.iter().flat_map(|mistake| mistake.links.iter().copied()).collect(),
            alternatives: cause.alternatives.iter().map(named).collect(),
            cases: Vec::new(),
            unchecked: Vec::new(),
        }
    }
}

/// What to do about values that are drawn badly.
const DRAWING: &str = "Draw each salt and nonce anew, for every seal, from the system's generator (getRandomValues, random_bytes, \
                       crypto/rand, SecureRandom), and write just what was drawn.";

/// What to do about a document that is written otherwise.
const WRITING: &str = "Write the document byte for byte as docs/formats.md shows it. Other writers of JSON and base64 have other defaults: \
                       look for an option, or put the few members together by hand.";

/// What to do about another plaintext.
const SEALING: &str = "Look at what becomes of the plaintext before it is sealed: pieces that are read or fed one after the other, a buffer \
                       that is used again, a conversion of text.";

/// A cause that the answers themselves show.
fn seen(divergence: &Divergence) -> Explained {
    let words = divergence.seen.as_ref().map_or("", |seen| &seen.words);
    let (does, fix) = match divergence.step {
        Step::Randomness => ("draws a bad value", DRAWING),
        Step::Taking
        | Step::Refusing
        | Step::Length
        | Step::Derivation
        | Step::Later
        | Step::Keystream
        | Step::Tag
        | Step::Seal
        | Step::Plaintext => ("does not seal what it is given", SEALING),
        Step::Layout => ("writes the envelope otherwise", WRITING),
    };
    Explained {
        sentence: format!("{} {does}: {words}", divergence.operation),
        proof: format!(
            "the port's answers to {} were compared with the right ones",
            counted(divergence.cases.len(), "case")
        ),
        fixes: vec![fix],
        ..Explained::default()
    }
}

/// The case, the port's bytes in it and the right ones: of the first member that is wrong.
fn shown(exhibit: &Exhibit<'_>) -> Option<String> {
    let Observed::Answer(Answer::Output(output)) = &exhibit.found.as_ref()?.observed else { return None };
    let right = |name: &str| match &exhibit.case.expect {
        Expect::Output(wanted) => wanted.value(name),
        Expect::Opens(_) | Expect::Reject(_) => None,
    };
    let is_wrong = |(name, value): &(&'static str, &Value)| right(name).is_none_or(|right| right != *value);
    let (name, value) = output.iter().find(is_wrong).or_else(|| output.iter().next())?;
    let id = exhibit.file.case_id(exhibit.case);
    if let Some((found, right)) = right(name).and_then(|right| parted(value, right)) {
        return Some(format!("{id}: {name} {found} instead of {right}"));
    }
    let instead = right(name).map_or_else(String::new, |right| format!(" instead of {}", shortened(right)));
    Some(format!("{id}: {name} {}{instead}", shortened(value)))
}

/// Two texts around the place where they part.
fn parted(found: &Value, right: &Value) -> Option<(String, String)> {
    let text = |value: &Value| {
        let text = String::from_utf8(value.as_bytes()?.to_vec()).ok()?;
        (text.len() > SHOWN_CHARS_MAX && !text.contains(char::is_control)).then(|| text.chars().collect::<Vec<_>>())
    };
    let (found, right) = (text(found)?, text(right)?);
    let same = found.iter().zip(&right).take_while(|(one, other)| one == other).count();
    let around = |text: &[char]| {
        let (from, to) = (same.saturating_sub(AROUND_CHARS), text.len().min(same + AROUND_CHARS));
        let (before, behind) = (if from > 0 { "… " } else { "" }, if to < text.len() { " …" } else { "" });
        format!("{before}{}{behind}", text[from..to].iter().collect::<String>())
    };
    Some((around(&found), around(&right)))
}

fn shortened(value: &Value) -> String {
    let text = match value {
        Value::Bytes(bytes) => hex::encode(bytes),
        Value::Text(text) => text.clone(),
        Value::Integer(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_) => value.to_json().to_string(),
    };
    if text.is_empty() { "(empty)".to_owned() } else { shorten(&text, SHOWN_CHARS_MAX) }
}
